/* Counts that are told in parts: whether they add up, is asked where nobody can know it. */
#include <stdlib.h>
#include <string.h>

#include "parsers/read/doubts.h"
#include "parsers/parse/look.h"
#include "parsers/read/names.h"

/* How many words the key of a count has: the number may be "21" or "2l". */
static size_t key_words(const struct parse *parse, const struct candidate *c)
{
	size_t words = c->last - c->first;
	long value;

	if (parse->counts_first)
		return words - number_at(parse, c->first, &value);
	for (size_t i = c->first; i < c->last; i++) {
		if (i + number_at(parse, i, &value) == c->last)
			return i - c->first;
	}
	return words;
}

/* Both are told by the same words. */
static bool same_key(
	const struct parse *parse, const struct candidate *a, const struct candidate *b)
{
	size_t words = key_words(parse, a), first_a = a->first, first_b = b->first;

	if (words != key_words(parse, b))
		return false;
	if (parse->counts_first) {
		first_a = a->last - words;
		first_b = b->last - words;
	}
	for (size_t i = 0; i < words; i++) {
		if (strcmp(parse->tokens[first_a + i].text, parse->tokens[first_b + i].text) != 0)
			return false;
	}
	return true;
}

/* "bayi 7 (0-6 bln 3, 6-11 bln 4)": the sum stands beside its parts. */
static bool sum_told(const struct parse *parse, const struct form_field *field)
{
	double sum = 0, most = 0;
	size_t count = 0;

	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];
		const char *text;
		double value;

		if (candidate_field(parse, c) != field || !maybe_text(c->value, &text))
			continue;
		value = strtod(text, NULL);
		most = value > most ? value : most;
		sum += value;
		count++;
	}
	return count > 2 && most > 0 && sum <= 2 * most && sum >= 2 * most;
}

/* Parts add up when each has a key of its own; the same key twice is a contradiction or, when both
 * say the same, perhaps said again: nobody knows whether they add up. */
void doubled_find(struct parse *parse, struct report *report)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *a = &parse->candidates[parse->chosen[i]];

		for (size_t j = 0; j < i && candidate_field(parse, a)->adds; j++) {
			const struct candidate *b = &parse->candidates[parse->chosen[j]];

			if (a->field == b->field && (same_key(parse, a, b) ||
				sum_told(parse, candidate_field(parse, a))))
				report_ambiguous(report, candidate_field(parse, a));
		}
	}
}
