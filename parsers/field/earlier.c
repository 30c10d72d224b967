/* Values of an earlier day: "bb sebelum hamil 45", "hb bln lalu 9", "td dulu 150/90". The number is
 * no value of this report, whatever it may be by itself, nor are the words between. And what cannot
 * be a value of one field where it is surely another's.
 */
#include <string.h>

#include "parsers/field/field.h"
#include "parsers/parse/keyword.h"

#define SPANS_MOST 4 /* in one report */

/* The key of a number ends right in front of a token. */
static bool key_ends(const struct parse *parse, size_t end)
{
	for (size_t words = 1; words <= LEXICON_WORDS && words <= end - parse->first; words++) {
		const struct lexicon_entry *e = token_keys(&parse->tokens[end - words], words);

		for (; e; e = e->next) {
			enum field_type type;

			if (e->class_id != parse->index->key_class || e->words != words)
				continue;
			type = parse->index->form->fields[e->number].type;
			if (type == FIELD_PATTERN || type == FIELD_INT || type == FIELD_AMOUNT ||
				type == FIELD_WEIGHT || type == FIELD_LENGTH)
				return true;
		}
	}
	return false;
}

/* "bb lahir 3200" of a birth: both words are the key. */
static bool within_key(const struct parse *parse, size_t at)
{
	for (size_t words = 2; words <= LEXICON_WORDS; words++) {
		if (at > parse->first &&
			token_is_key(&parse->tokens[at - 1], words, parse->index->key_class))
			return true;
	}
	return false;
}

/* Behind the number, its fraction and its unit: "12,1 kg", "150/90". */
static size_t number_end(const struct parse *parse, size_t at)
{
	size_t end = at + 1;

	while (end < parse->last && parse->tokens[end].digits && !parse->tokens[end].spaced &&
		!parse_crosses(parse, end))
		end++;
	return unit_at(parse, end) ? end + 1 : end;
}

/* The words of an earlier day that begin at a token with their number: where that ends, 0. */
static size_t earlier_end(const struct parse *parse, size_t at)
{
	size_t number = phrase_at(parse, at, parse_class(parse, CLASS_EARLIER), NULL);

	if (!number || number >= parse->last || at == parse->first || parse_crosses(parse, at) ||
		parse_crosses(parse, number) || !parse->tokens[number].digits ||
		!key_ends(parse, at) || within_key(parse, at))
		return 0;
	return number_end(parse, number);
}

void earlier_drop(struct parse *parse)
{
	size_t firsts[SPANS_MOST], ends[SPANS_MOST], count = 0, kept = 0;

	for (size_t i = parse->first; i < parse->last && count < SPANS_MOST; i++) {
		size_t end = token_may_mean(&parse->tokens[i], parse_class(parse, CLASS_EARLIER))
			? earlier_end(parse, i) : 0;

		if (end) {
			firsts[count] = i - 1;
			ends[count++] = end;
		}
	}
	for (size_t i = 0; i < parse->ncandidate && count; i++) {
		const struct candidate *c = &parse->candidates[i];
		bool within = false;

		for (size_t s = 0; s < count; s++)
			within |= c->first < ends[s] && c->last > firsts[s];
		if (!within)
			candidate_keep(parse, &kept, c);
	}
	parse->ncandidate = count ? kept : parse->ncandidate;
}

/* A number that is surely something else is not an impossible value of another field; nor is what
 * a unit says there, when the same is another's good value: an age of 3 weeks. */
static bool explained(const struct parse *parse, const struct candidate *wrong)
{
	if (!parse_step(parse, parse->ncandidate / 8))
		return true;
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (wrong->kind == KIND_TYPED) {
			if (c->problem < 0 && c->first == wrong->first && c->last == wrong->last)
				return true;
		} else if (c->problem < 0 && c->first < wrong->last && wrong->first < c->last &&
		    (c->kind == KIND_KEYED || c->last - c->first > wrong->last - wrong->first ||
		     parse->index->form->fields[c->field].type == FIELD_DATE ||
		     parse->index->form->fields[c->field].type == FIELD_WEIGHT))
			return true;
	}
	return false;
}

void explained_drop(struct parse *parse)
{
	size_t kept = 0;

	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if ((c->kind == KIND_BARE ? c->problem >= 0 : c->problem == PROBLEM_RANGE) &&
			c->kind != KIND_KEYED && explained(parse, c))
			continue;
		candidate_keep(parse, &kept, c);
	}
	parse->ncandidate = kept;
}
