/* Remarks behind a coded report: once what stands between separators is complete, a segment that is
 * no value of its own is a remark (ket). It fills nothing and contradicts nothing; a word of dying
 * in it is heard all the same.
 */
#include "parsers/aside/aside.h"

#include "parsers/aside/trial.h"
#include "parsers/dying/death.h"
#include "parsers/field/field.h"
#include "parsers/parse/scratch.h"
#include "parsers/read/doubts.h"

#define LEAST_FIELDS 3 /* of a report that may be complete */
#define TRIES        10 /* so many ends of it are looked at */
#define NUMBER_DIGITS 4 /* longer ones are telephones */
#define VALUE_WORDS  2 /* "hb0 ya": a value without its key has no more */

/* Behind an explicit separator a report ends that lacks nothing, and which; last: nowhere. */
static size_t complete_at(
	struct parse *parse, const struct form_index *index, size_t last, struct report *report)
{
	size_t first = parse->first, segments = 0, tries = 0, from = whole_from(parse);

	for (size_t i = first + 1; i < last && tries < TRIES && trial_may(parse); i++) {
		if (!parse_crosses(parse, i) || ++segments < LEAST_FIELDS)
			continue;
		tries++;
		if (i < from)
			continue;
		if (trial_whole(parse, index, first, i, report))
			return i;
		parse_region(parse, index, first, last);
	}
	return last;
}

/* The value that a segment begins with, behind its key perhaps; NULL. */
static const struct candidate *opening_value(const struct parse *parse, size_t first, size_t end)
{
	size_t at = first;

	while (at + 1 < end && parse->taken[at] < 0 && key_of(parse, parse->index, at))
		at++;
	return parse->taken[at] >= 0 && parse->candidates[parse->taken[at]].first == at
		? &parse->candidates[parse->taken[at]] : NULL;
}

static bool untold(
	const struct parse *parse, const struct candidate *c, const struct report *report)
{
	const struct value *value =
		report_value(report, parse->index->form->fields[c->field].name);

	return !value || value->defaulted;
}

/* Read with all the rest, the segment begins with something that was not told yet. */
static bool tells_more(
	const struct parse *parse, size_t first, size_t end, const struct report *report)
{
	const struct candidate *c = opening_value(parse, first, end);
	bool more = c && c->kind != KIND_BARE && untold(parse, c, report);

	for_candidates(parse, word) { /* "sepsis diare": of two causes the second was chosen */
		more |= word->first == first && word->last < end && word->problem < 0 &&
			(word->flags & FLAG_SURE) && untold(parse, word, report) &&
			word->type == FIELD_CHOICE;
	}
	return more;
}

/* Read by itself, it is a key and its value, or one value alone, with no word that says more. */
static bool is_value(struct parse *parse, const struct form_index *index, size_t first, size_t end,
	const struct report *report)
{
	const struct form_field *field;
	const struct candidate *c;
	size_t words = 0;

	parse_region(parse, index, first, end);
	c = opening_value(parse, first, end);
	for (size_t i = first; i < end; i++)
		words += !parse->tokens[i].digits;
	field = c ? &index->form->fields[c->field] : NULL;
	if (c && c->kind == KIND_KEYED && field->type == FIELD_NAME &&
		parse_words_left(parse) > 0 && report_value(report, field->name))
		return false; /* "#ibunya masih lemas": about somebody who was named already */
	if (c && c->kind == KIND_KEYED && (c->first > first || !word_of(parse, first, CLASS_IN)))
		return true; /* "BB 3100", whatever is said behind it */
	if (!c || parse_words_left(parse) > 0 || (c->kind == KIND_BARE && words > 1))
		return false;
	return c->kind == KIND_KEYED || parse->nchosen == 1 || words <= VALUE_WORDS;
}

/* A count too many, not "2 balita sakit". */
static bool bare_number(const struct parse *parse, size_t first, size_t end)
{
	return parse->tokens[first].digits && parse->tokens[first].length <= NUMBER_DIGITS &&
		number_alone_at(parse, first, end);
}

/* "SAKIT#diare 5#campak 2": of a form that counts the sick no number is a remark. */
bool counts_more(
	const struct parse *parse, const struct form_index *index, size_t first, size_t end)
{
	for (size_t i = first; index->form->outbreak && i < end; i++) {
		if (parse->tokens[i].digits && parse->tokens[i].length <= NUMBER_DIGITS)
			return true;
	}
	return false;
}

/* "#koreksi bb 3100", "#ralat perempuan": takes back a value, and says nothing else. */
static bool mends(const struct parse *parse, size_t first, size_t end)
{
	size_t value = mended_at(parse, first);

	if (!value || value >= end)
		return false;
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (c->first == value && c->problem < 0 &&
			(c->kind == KIND_KEYED || c->last == end))
			return true;
	}
	return false;
}

/* What stands in remarks may be nothing; the rest is taken anew. */
static void set_aside(struct parse *parse, const bool *remark)
{
	size_t kept = 0;

	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];
		bool aside = false;

		for (size_t t = c->first; t < c->last; t++)
			aside |= remark[t];
		if (!aside)
			candidate_keep(parse, &kept, c);
	}
	parse->ncandidate = kept;
	parse_assign(parse);
	for (size_t t = parse->first; t < parse->last; t++) {
		if (remark[t])
			parse->taken[t] = TAKEN_REMARK;
	}
	parse_keep(parse);
}

bool remarks_mute(struct parse *parse)
{
	const struct form_index *index = parse->index;
	struct report report;
	size_t first = parse->first, last = parse->last,
	       end = complete_at(parse, index, last, &report);
	bool remark[TOKENS_ROOM] = {false}, any = false;

	for (size_t next; end < last; end = next) {
		parse_region(parse, index, first, last);
		for (next = end + 1; next < last && !parse_crosses(parse, next); next++)
			;
		if (bare_number(parse, end, next) || mends(parse, end, next) ||
			counts_more(parse, index, end, next) ||
			death_told_in(parse, end, next) < next ||
			tells_more(parse, end, next, &report) ||
			is_value(parse, index, end, next, &report))
			continue;
		any = true;
		for (size_t t = end; t < next; t++)
			remark[t] = true;
	}
	parse_region(parse, index, first, last);
	if (any)
		set_aside(parse, remark);
	return any;
}
