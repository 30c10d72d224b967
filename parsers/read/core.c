/* Chat behind a report that is whole: what was told stays told, and the chat fills nothing. */
#include <stdlib.h>
#include <string.h>

#include "parsers/field/death.h"
#include "parsers/read/split.h"
#include "parsers/read/talk.h"

#define CORE_FIELDS 3 /* the least that a whole report tells */
#define CORE_TRIES  8
#define PHONE_LENGTH 10 /* of a telephone number, and more */

static bool filler(const struct parse *parse, size_t at)
{
	return token_is(&parse->tokens[at], parse_class(parse, CLASS_FILLER));
}

/* The ends of the values that the whole stretch was read as, in order. */
static size_t value_ends(const struct parse *parse, size_t ends[TOKENS_MAX])
{
	size_t count = 0;

	for (size_t i = parse->nchosen; i-- > 0;) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];

		if (c->problem < 0)
			ends[count++] = c->last;
	}
	return count;
}

static bool region_whole(struct parse *parse, const struct form_index *index, size_t first,
	size_t end, struct report *report)
{
	read_as(parse, index, first, end, report);
	return parse->children == 1 && report->status == STATUS_ACCEPTED;
}

/* The end of the sure value that begins at a token; 0. */
static size_t value_at(const struct parse *parse, size_t at)
{
	size_t end = 0;

	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (c->first == at && c->last > end && c->problem < 0 &&
			((c->flags & FLAG_SURE) || c->kind != KIND_BARE))
			end = c->last;
	}
	return end;
}

static bool is_key(const struct parse *parse, size_t at)
{
	const struct lexicon_entry *e = parse->tokens[at].keys;

	while (e && e->class_id != parse->index->key_class)
		e = e->next;
	return e != NULL;
}

/* Values up to the end of their clause, with nothing between them that says something else: its
 * end; 0. */
static size_t values_behind(const struct parse *parse, size_t at, size_t last)
{
	bool any = false;

	for (size_t next; at < last; at = next) {
		if (any && clause_ends_before(&parse->tokens[at]))
			break;
		next = value_at(parse, at);
		any |= next > 0;
		if (!next && (filler(parse, at) || is_key(parse, at)))
			next = at + 1;
		if (!next)
			return 0;
	}
	return any ? at : 0;
}

/* A field that the whole report left to its default, or untold. */
static bool untold(const struct report *report, const struct form_field *field)
{
	const struct value *value = report_value(report, field->name);

	return !value || (value->defaulted &&
		(field->type == FIELD_POSYANDU || field->type == FIELD_DATE));
}

/* "BERAT=3000", "tgl: 12/8": written as a field. */
static bool signed_key(const struct parse *parse, const struct candidate *c)
{
	for (size_t i = c->first + 1u; c->kind == KIND_KEYED && i < c->last; i++) {
		if (parse->tokens[i].sep == '=' || parse->tokens[i].sep == ':')
			return true;
	}
	return false;
}

/* A value of a field that is told already, or of none: not a number behind a key, good or not. */
static bool may_be_chat(
	const struct parse *parse, const struct candidate *c, const struct report *report)
{
	const struct form_field *field = &parse->index->form->fields[c->field];

	if (c->kind == KIND_BARE || field->type == FIELD_TIME)
		return true;
	if (signed_key(parse, c))
		return false;
	if (field->type == FIELD_NAME) /* a keyed one that was taken is the name */
		return c->kind != KIND_KEYED || parse->taken[c->first] < 0 ||
			&parse->candidates[parse->taken[c->first]] != c;
	if (c->kind == KIND_KEYED &&
		(field->type == FIELD_INT || field->type == FIELD_COUNT ||
			field->type == FIELD_WEIGHT || field->type == FIELD_LENGTH ||
			field->type == FIELD_AGE || field->type == FIELD_NIK))
		return false;
	return c->problem >= 0 || !untold(report, field);
}

/* What is no chat: values that are still wanted, a number right behind, a further field between
 * separators, a death. */
static bool told_behind(const struct parse *parse, size_t at, const struct report *report)
{
	if (parse->tokens[at].digits && parse->tokens[at].length < PHONE_LENGTH)
		return true;
	for (size_t i = at; i < parse->last; i++) {
		if ((i > at && parse_crosses(parse, i)) ||
			(phrase_at(parse, i, parse_class(parse, CLASS_DEATH), NULL) &&
				!nobody_dies(parse, i)))
			return true;
	}
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (c->last > at && !may_be_chat(parse, c, report))
			return true;
	}
	return false;
}

/* Between separators: a whole segment, of the last one its value; 0: inside a segment. */
static size_t segment_behind(const struct parse *parse, size_t at, size_t last)
{
	size_t end = parse_segment_end(parse, at), value = end == last ? value_at(parse, at) : 0;

	if (!parse_crosses(parse, at))
		return 0;
	return value ? value : end;
}

/* Where the chat begins behind a whole report; last: nowhere. */
static size_t chat_behind(struct parse *parse, const struct form_index *index, size_t first,
	size_t last, struct report *report)
{
	size_t ends[TOKENS_MAX], count = value_ends(parse, ends), end = last;

	for (size_t i = CORE_FIELDS; i <= count && i < CORE_FIELDS + CORE_TRIES; i++) {
		if (ends[i - 1] < last && region_whole(parse, index, first, ends[i - 1], report)) {
			end = ends[i - 1];
			break;
		}
	}
	for (size_t i = first + CORE_FIELDS; i < last && end == last && count < CORE_TRIES; i++) {
		if (sentence_begins(parse, i) && !parse->strong && ++count &&
			region_whole(parse, index, first, i, report))
			end = i;
	}
	parse_region(parse, index, first, last);
	for (size_t next; end < last; end = next) {
		if (parse->strong)
			next = segment_behind(parse, end, last);
		else
			next = values_behind(parse, end, last);
		if (!next)
			break;
	}
	return end;
}

void parse_told(struct parse *parse, const struct form_index *index, size_t first, size_t last)
{
	struct report report;
	size_t end;

	parse_region(parse, index, first, last);
	if (parse->children > 1 || parse->nchosen <= CORE_FIELDS || parse_words_left(parse) == 0)
		return;
	end = chat_behind(parse, index, first, last, &report);
	if (end == last || told_behind(parse, end, &report))
		return;
	parse_region(parse, index, first, end);
}
