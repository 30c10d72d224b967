/* Where the reports of a message begin and end: behind chat, behind one another, on lines and in
 * rows; and where a death is told behind a coded report.
 */
#include "parsers/read/split.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/field/death.h"
#include "parsers/field/field.h"
#include "parsers/field/none.h"

#define LEADING_WORDS 8 /* greetings in front of a keyword */
#define LINE_NUMBERS  2 /* so many make a line look like a report ... */
#define LINE_FIELDS   3 /* ... or so many separators */
#define PARTED_FIELDS 3 /* separators of a coded report */
#define PARTED_NEAR   2 /* words between its keyword and the first of them */
#define CODED_NUMBERS 3 /* so many numbers ... */
#define CODED_FIELDS  4 /* ... and so many good values make a report */

/* Greetings and fillers may stand in front of the keyword: the first token that is none of them. */
size_t skip_leading(const struct parse *parse, size_t count)
{
	size_t i = 0;

	while (i < count && i < LEADING_WORDS && !keyword_at(parse, i).end &&
	       token_is(&parse->tokens[i], parse_class(parse, CLASS_GREETING)))
		i++;
	return i < count ? i : 0;
}

size_t good_fields(const struct parse *parse)
{
	size_t good = 0;

	for (size_t i = 0; i < parse->nchosen; i++)
		good += parse->candidates[parse->chosen[i]].problem < 0;
	return good;
}

/* The keyword itself may be a value: IUFD is a kind of death. */
size_t region_start(const struct parse *parse, const struct keyword *keyword, size_t at)
{
	const struct form_index *index = keyword->index;

	if (keyword->within)
		return at;
	for (size_t f = 0; f < index->form->nfield; f++) {
		if (phrase_at(parse, at, index->words[f], NULL) >= keyword->end)
			return at;
	}
	return keyword->end;
}

static size_t line_end(const struct parse *parse, size_t first, size_t count)
{
	size_t end = first + 1;

	while (end < count && !parse->tokens[end].newline)
		end++;
	return end;
}

static size_t digits_on_line(const struct parse *parse, size_t first, size_t count)
{
	return parse_digits(parse, first, line_end(parse, first, count));
}

/* Numbers, or separators between fields: the line may be a report. */
static bool line_reports(const struct parse *parse, size_t first, size_t count)
{
	size_t end = line_end(parse, first, count), parted = 0;

	for (size_t i = first + 1; i < end; i++)
		parted += parse->tokens[i].before >= BOUND_MEDIUM;
	return parse_digits(parse, first, end) >= LINE_NUMBERS || parted >= LINE_FIELDS;
}

/* A word of some choice of the form: "lahir mati" as what became of the child. */
static bool choice_at(const struct parse *parse, const struct form_index *index, size_t at)
{
	for (size_t f = 0; f < index->form->nfield; f++) {
		if (index->words[f] >= 0 && phrase_at(parse, at, index->words[f], NULL))
			return digits_on_line(parse, at, parse->last) < 2;
	}
	return false;
}

/* A trial reading, which leaves the message as it was. */
static size_t try_region(
	struct parse *parse, const struct form_index *index, size_t first, size_t last)
{
	size_t was_first = parse->first, was_last = parse->last, good;
	const struct form_index *was = parse->index;

	parse_region(parse, index, first, last);
	good = good_fields(parse);
	parse->first = was_first;
	parse->last = was_last;
	parse->index = was;
	return good;
}

/* Explicit separators behind a keyword, the first within a few words, and no other keyword before
 * it. */
static bool parted_behind(const struct parse *parse, const struct keyword *keyword, size_t count)
{
	size_t parted = 0, first = count;

	for (size_t i = keyword->end; i < count; i++) {
		if (parse->tokens[i].before != BOUND_STRONG)
			continue;
		first = first < count ? first : i;
		parted++;
	}
	if (parted < PARTED_FIELDS || first > keyword->end + PARTED_NEAR)
		return false;
	for (size_t i = keyword->end; i < first; i++) {
		struct keyword next = keyword_at(parse, i);

		if (next.end && next.index != keyword->index)
			return false;
	}
	return true;
}

/* "luaran MATI": behind its key it is that field's value. */
static bool value_of_key(const struct parse *parse, const struct form_index *own, size_t at)
{
	const struct lexicon_entry *e =
		own && !parse_crosses(parse, at) ? parse->tokens[at - 1].keys : NULL;

	while (e && !(e->words == 1 && e->class_id == own->key_class &&
		phrase_at(parse, at, own->words[atoi(e->canonical)], NULL)))
		e = e->next;
	return e != NULL;
}

/* "LUARAN=MATI", "#LUARAN MATI": a value. */
static bool behind_key(const struct parse *parse, size_t at)
{
	for (size_t f = 0; at > 0 && f < parse->reader->nform; f++) {
		if (value_of_key(parse, &parse->reader->index[f], at))
			return true;
	}
	if (at > 0 && keyword_at(parse, at - 1).end > at)
		at--; /* the second word of "luaran=lahir mati" */
	if (at == 0 || (parse->tokens[at].sep != '=' && parse->tokens[at].sep != ':' &&
			(at == 1 || parse->tokens[at].newline || !parse_crosses(parse, at - 1))))
		return false;
	for (const struct lexicon_entry *e = parse->tokens[at - 1].keys; e; e = e->next) {
		if (e->class_id >= 0 && e->class_id != parse->reader->keyword_class)
			return true;
	}
	return false;
}

bool keyword_with_choice(const struct parse *parse, const struct keyword *keyword)
{
	const struct form_index *index = keyword->index;

	return index->form->norder &&
		phrase_at(parse, keyword->end, index->words[index->by_order[0]], NULL);
}

/* "MATI#", "MATI BAYI": whatever stands in front of that, it is no lamp's. */
static bool opens_coded(const struct parse *parse, const struct keyword *keyword)
{
	return parse_crosses(parse, keyword->end) || keyword_with_choice(parse, keyword);
}

bool keyword_coded(const struct parse *parse, const struct keyword *keyword)
{
	return keyword->end < parse->last &&
		(keyword->index->story_class < 0 || opens_coded(parse, keyword));
}

struct keyword coded_keyword(const struct parse *parse, size_t count, size_t *at)
{
	for (size_t i = 0; i + 1 < count; i++) {
		struct keyword keyword = keyword_at(parse, i);

		if (!keyword.end || keyword.end >= count || behind_key(parse, i) ||
			(nobody_dies(parse, i) && !opens_coded(parse, &keyword)) ||
			!parted_behind(parse, &keyword, count))
			continue;
		*at = i;
		return keyword;
	}
	return (struct keyword){0};
}

/* "POS … N30 ILP …": the keyword of another form between two reports that read by themselves. */
static bool other_report(struct parse *parse, const struct keyword *own, const struct keyword *next,
	size_t at, size_t count)
{
	for (size_t f = 0; f < own->index->form->nfield; f++) {
		if (own->index->words[f] >= 0 && phrase_at(parse, at, own->index->words[f], NULL))
			return false;
	}
	return next->index != own->index && !nobody_dies(parse, at) &&
		parse_digits(parse, own->end, at) >= CODED_NUMBERS &&
		parse_digits(parse, next->end, count) >= CODED_NUMBERS &&
		try_region(parse, own->index, own->end, at) >= CODED_FIELDS &&
		try_region(parse, next->index, region_start(parse, next, at), count) >=
			CODED_FIELDS;
}

/* Where the next report of the message begins: a keyword on a new line, or the same keyword among
 * numbers. */
static size_t keyword_end(struct parse *parse, const struct keyword *keyword, size_t count)
{
	for (size_t i = keyword->end + 1; i < count; i++) {
		struct keyword next = keyword_at(parse, i);
		bool apart, none;

		if (next.end && other_report(parse, keyword, &next, i, count))
			return i;
		if (!next.end && posyandu_row_at(parse, keyword->index, keyword->end, i))
			return i;
		if (!next.end && parse->tokens[i].newline && line_reports(parse, i, count))
			next = keyword_behind(parse, i, count);
		none = next.end && none_told(parse, next.index, next.end);
		if (!next.end || (next.end + 2 >= count && !none))
			continue;
		if (none &&
			(next.index != keyword->index ||
				parse_digits(parse, keyword->end, i) >= 2 ||
				none_told(parse, keyword->index, keyword->end)))
			return i;
		apart = (parse->tokens[i].newline || parse->tokens[i].sep == ';') &&
			!choice_at(parse, keyword->index, i);
		if (apart &&
			(parse_digits(parse, next.end, count) > 0 || next.index != keyword->index))
			return i;
		if (next.index == keyword->index && parse_digits(parse, keyword->end, i) >= 2 &&
		    parse_digits(parse, next.end, count) >= 2)
			return i;
	}
	return count;
}

/* Candidates of a type that no reading took, on tokens that nothing else took: the first such token
 * behind the last value of its kind. */
static size_t left_over(
	const struct parse *parse, const struct form_index *index, enum field_type type)
{
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];
		bool taken = c->problem >= 0 || c->child > 0 ||
			index->form->fields[c->field].type != type;

		for (size_t t = c->first; t < c->last && !taken; t++)
			taken = parse->taken[t] >= 0;
		if (!taken)
			return c->first;
	}
	return parse->last;
}

static bool told(
	const struct parse *parse, const struct form_index *index, enum field_type type)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];

		if (index->form->fields[c->field].type == type && c->problem < 0)
			return true;
	}
	return false;
}

/* A stretch that tells somebody's event by itself. */
static bool whole_event(
	struct parse *parse, const struct form_index *index, size_t first, size_t last)
{
	return first < last && try_region(parse, index, first, last) >= CODED_FIELDS &&
		told(parse, index, FIELD_NAME) && told(parse, index, FIELD_DATE);
}

/* "LAHIR#WATI#…#HIDUP; WARNI#30#…": a second name and a second date are another event, told without
 * its keyword. */
static size_t second_event(struct parse *parse, const struct keyword *keyword, size_t end)
{
	const struct form_index *index = keyword->index;
	size_t name;

	if (index->name < 0 || index->posyandu >= 0 ||
		parse_digits(parse, keyword->end, end) < 2 * CODED_NUMBERS)
		return end;
	try_region(parse, index, keyword->end, end);
	name = left_over(parse, index, FIELD_NAME);
	if (name <= keyword->end + CODED_FIELDS || name >= end ||
		left_over(parse, index, FIELD_DATE) >= end)
		return end;
	if (!whole_event(parse, index, keyword->end, name) ||
		!whole_event(parse, index, name, end))
		return end;
	return name;
}

size_t region_end(struct parse *parse, const struct keyword *keyword, size_t count)
{
	return second_event(parse, keyword, keyword_end(parse, keyword, count));
}

/* The keyword of the next report; that of the last one goes on for another posyandu's row. */
struct keyword next_keyword(
	const struct parse *parse, const struct keyword *last, size_t at, size_t count)
{
	struct keyword own = keyword_at(parse, at);

	if (!own.end && posyandu_row_at(parse, last->index, parse->first, at))
		return (struct keyword){.index = last->index, .end = at, .slip = last->slip};
	own = keyword_behind(parse, at, count);
	return own.end || last->index->posyandu >= 0
		? own
		: (struct keyword){.index = last->index, .end = at, .slip = last->slip};
}

bool sentence_begins(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	return token->newline ||
		(token->spaced && (token->sep == '.' || token->sep == '?' || token->sep == '!'));
}

/* Where the sentence of a death begins that stands behind a report without one's end between:
 * "… N30 bu warni meninggal". */
static size_t person_before(const struct parse *parse, size_t first, size_t at)
{
	size_t start = at;

	for (size_t i = at; i-- > first && !parse->tokens[i].digits;) {
		if (phrase_at(parse, i, parse_class(parse, CLASS_TITLE), NULL))
			start = i;
	}
	return start;
}

static const char *person_named(
	const struct parse *parse, const struct form_index *index, bool titled)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];
		const char *name;

		if (index->form->fields[c->field].type == FIELD_NAME &&
			((c->flags & FLAG_TITLE_BAYI && maybe_text(c->offer, &name)) ||
				maybe_text(c->value, &name)) &&
			!(titled && c->kind != KIND_TYPED))
			return name;
	}
	return NULL;
}

/* Whether the sentence from a token on tells the death of somebody whom the birth in front does not
 * name. */
static bool of_another(struct parse *parse, const struct keyword *keyword,
	const struct form_index *story, size_t start, size_t end)
{
	const char *mother, *dead;
	size_t stop = start + 1;

	while (stop < end && !parse_crosses(parse, stop))
		stop++;
	try_region(parse, keyword->index, keyword->end, start);
	mother = person_named(parse, keyword->index, false);
	try_region(parse, story, start, stop);
	dead = person_named(parse, story, true);
	return mother && dead && !form_names_alike(dead, mother);
}

/* "meninggal 0", "kematian nihil" */
static bool none_died(const struct parse *parse, size_t at)
{
	return at + 1 < parse->last && (parse->tokens[at + 1].number == 0 ||
		phrase_at(parse, at + 1, parse_class(parse, CLASS_NIHIL), NULL));
}

size_t story_behind(struct parse *parse, const struct keyword *keyword, size_t end)
{
	const struct form_index *own = keyword->index, *story = NULL;
	bool followed = own && own->form->follows;

	for (size_t f = 0; f < parse->reader->nform; f++) {
		if (parse->reader->index[f].story_class >= 0)
			story = &parse->reader->index[f];
	}
	for (size_t i = keyword->end + 1; story && own != story && i < end; i++) {
		size_t start = i;
		bool both;

		if (!story_word_at(parse, story, i) || none_died(parse, i) ||
			value_of_key(parse, own, i))
			continue;
		if (followed && mother_dies(parse, i, &both) < i)
			return end;
		while (start > keyword->end + 1 && !sentence_begins(parse, start) &&
			!parse_crosses(parse, start))
			start--;
		if (!own && nihil_at(parse, start))
			continue; /* one more that is none */
		if (!sentence_begins(parse, start))
			start = followed ? i : person_before(parse, keyword->end + 1, i);
		if (!followed || of_another(parse, keyword, story, start, end))
			return start;
	}
	return end;
}
