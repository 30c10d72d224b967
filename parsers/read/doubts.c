/* What the chosen candidates leave in doubt: what was told twice and differently, rows of counts
 * with a number too many or too few, numbers that nothing explains, readings that are as good.
 */
#include "parsers/read/doubts.h"

#include <string.h>

#include "parsers/dying/death.h"
#include "parsers/field/field.h"
#include "parsers/field/hedge.h"
#include "parsers/form/form.h"
#include "parsers/parse/keyword.h"
#include "parsers/parse/scratch.h"
#include "parsers/read/judge.h"
#include "parsers/read/names.h"
#include "parsers/read/reports.h"
#include "parsers/read/unit.h"

#define WEIGHT_DIGITS 4 /* of grams */
#define ROW_WHOLE     3 /* so many counts are told, not in a reason */

/* "L 3100 … BB 3200": a bare number that is hardly anything but a weight, and that nothing took. */
static bool weighs(const struct parse *parse, const struct candidate *c)
{
	return c->kind == KIND_BARE && candidate_field(parse, c)->type == FIELD_WEIGHT &&
		c->worth >= WORTH_NUMBER && parse->tokens[c->first].digits &&
		parse->tokens[c->first].length == WEIGHT_DIGITS;
}

/* Said for certain: by a word of its own, or behind its key, be it what cannot be. */
static bool says_surely(const struct parse *parse, const struct candidate *c)
{
	return c->kind == KIND_KEYED || ((c->flags & FLAG_SURE) && c->value.or_null) ||
		(c->kind == KIND_BARE && c->value.or_null && weighs(parse, c));
}

/* It fills what stands between its separators, and another value took only a part of that:
 * "#praktek bidan#" is a place, whatever "bidan" is. */
static bool split_up(const struct parse *parse, const struct candidate *c)
{
	if (c->kind == KIND_BARE || c->last < c->first + 2u ||
		!whole_field(parse, c->first, c->last))
		return false;
	for (size_t t = c->first; t < c->last; t++) {
		const struct candidate *other =
			parse->taken[t] < 0 ? NULL : &parse->candidates[parse->taken[t]];

		if (other && other->last - other->first < c->last - c->first)
			return true;
	}
	return false;
}

/* Its words went to a better reading; not so when a number behind its key went to none. */
static bool covered(const struct parse *parse, const struct candidate *c)
{
	/* "bb/pb 3200/49": keys in a row share the row of numbers behind them */
	bool taken = c->kind == KIND_KEYED && c->first > parse->first &&
		parse->taken[c->first - 1] < 0 && parse->taken[c->last - 1] >= 0 &&
		token_keys(&parse->tokens[c->first - 1], 1);

	if (split_up(parse, c))
		return false;
	for (size_t t = c->first; t < c->last; t++) {
		if (parse->taken[t] < 0 && parse->tokens[t].digits && c->kind == KIND_KEYED)
			return false;
		taken |= parse->taken[t] >= 0 && (c->kind != KIND_KEYED ||
			parse->candidates[parse->taken[t]].kind != KIND_BARE);
	}
	return taken;
}

/* A value that nothing chose although it is sure: the sender said it twice, differently. */
static void find_contradictions(struct parse *parse, struct report *report)
{
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];
		const struct form_field *field = candidate_field(parse, c);
		const char *chosen, *value;
		struct problem *problem;

		if (!says_surely(parse, c) || field->adds || field->type == FIELD_LIST)
			continue;
		chosen = report_text_of(report, (unsigned)c->field, field->name);
		if (!chosen || (maybe_text(c->value, &value) && same_name(chosen, value)) ||
			covered(parse, c) ||
			(c->last < parse->last && nobody_dies(parse, c->last)))
			continue; /* "td malam mati lampu" is another matter */
		problem = report_ambiguous(report, field);
		if (problem) {
			problem_offer(problem, chosen);
			problem_offer_value(problem, c);
		}
	}
}

/* A number between or behind the values that nothing took. */
static bool number_left(const struct parse *parse)
{
	for (size_t i = parse->first; i < parse->last; i++) {
		if (parse->taken[i] == -1 && parse->tokens[i].digits &&
			parse->tokens[i].length < PHONE_DIGITS && !number_owned(parse, i))
			return true;
	}
	return false;
}

/* "52 50 44 36 T 5 O 2 B": behind the row a key is left without its number, or each number stands
 * in front of its key. */
static bool key_left(const struct parse *parse)
{
	for (size_t i = parse->row_end; i < parse->last && !parse->keyed_counts; i++) {
		const struct lexicon_entry *e =
			parse->taken[i] == -1 ? parse->tokens[i].keys : NULL;

		while (e && (e->class_id != parse->index->key_class || e->words != 1 ||
			parse->index->form->fields[e->number].type != FIELD_COUNT))
			e = e->next;
		if (e)
			return true;
	}
	return false;
}

static bool bare_count(const struct parse *parse, const struct candidate *c)
{
	return c->kind == KIND_BARE && candidate_field(parse, c)->type == FIELD_COUNT;
}

/* Of the counts that are required in a row by position some are not there. */
static bool row_short(const struct parse *parse, const struct report *report)
{
	const struct form *form = parse->index->form;
	size_t row = 0;
	bool wanting = false;

	for (size_t i = 0; i < parse->nchosen; i++)
		row += bare_count(parse, &parse->candidates[parse->chosen[i]]);
	if (row < 2 || parse->keyed_counts || (form->held && report_value(report, form->held)))
		return false;
	for (size_t i = 0; i < form->norder; i++) {
		const struct form_field *field = &form->fields[parse->index->by_order[i]];

		wanting |= field->type == FIELD_COUNT && form_requires(form, field->name) &&
			!report_value(report, field->name);
	}
	return wanting;
}

/* "25 JULI 23": the year may be the first count. */
static bool year_apart(const struct parse *parse, const struct candidate *c)
{
	const struct token *year = &parse->tokens[c->last - 1];

	return candidate_field(parse, c)->type == FIELD_DATE && c->problem < 0 &&
		c->last > c->first + 1u && year->digits && year->length <= 2 && year->spaced &&
		!year[-1].digits;
}

/* "TIDAK ADA, LIBUR 17 AGUSTUSAN": nothing was held, and a few numbers stand in the reason; a whole
 * row would contradict that. */
static bool drop_from_reason(struct parse *parse, struct report *report)
{
	const char *held = parse->index->form->held;
	const struct form_field *field = held ? form_field(parse->index->form, held) : NULL;
	const char *told = held ? report_text(report, held) : NULL;
	size_t row = 0;

	if (!told || !same_name(told, field->choices[field->nchoice - 1]))
		return false;
	for (size_t i = 0; i < parse->nchosen; i++)
		row += bare_count(parse, &parse->candidates[parse->chosen[i]]);
	for (size_t i = 0; i < parse->nchosen && row < ROW_WHOLE; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];
		struct value gone = {.field = candidate_field(parse, c)->name};

		if (!bare_count(parse, c))
			continue;
		report_set(report, NULL, &gone);
		for (size_t t = c->first; t < c->last; t++)
			parse->taken[t] = -1;
	}
	return row < ROW_WHOLE;
}

/* A number too many or too few in a row of counts by position: any of them may be the wrong one.
 * The field that the row is asked by; NULL. */
static const struct form_field *find_shift(struct parse *parse, struct report *report)
{
	const struct form_field *first = NULL;
	bool day = day_opens_row(parse, report);

	if (!day && !number_left(parse) && !row_short(parse, report) && !key_left(parse))
		return NULL;
	if (day)
		report_ambiguous(report, form_field(parse->index->form, parse->index->form->date));
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];
		struct value gone = {.field = candidate_field(parse, c)->name};

		if (year_apart(parse, c))
			report_ambiguous(report, candidate_field(parse, c));
		if (!bare_count(parse, c))
			continue;
		report_set(report, NULL, &gone);
		first = candidate_field(parse, c);
	}
	if (first)
		report_problem(report, first->name, PROBLEM_AMBIGUOUS);
	return first;
}

/* Where the row is asked whole, none of its counts is asked about besides. */
static void doubt_only(struct report *report, const struct form_field *row)
{
	size_t kept = 0;

	for (size_t i = 0; i < report->nproblem; i++) {
		const struct form_field *field =
			form_field(report->form, report->problems[i].field);

		if (field == row || !field || field->type != FIELD_COUNT ||
			report->problems[i].code != PROBLEM_AMBIGUOUS)
			report->problems[kept++] = report->problems[i];
	}
	report->nproblem = kept;
}

/* "saki diare l2": a letter that may be a digit, in one with the number behind it. */
static bool letter_in_front(const struct parse *parse, const struct candidate *c)
{
	const struct token *first = &parse->tokens[c->first];

	double ten = 10;

	while (ten <= (double)first->number)
		ten *= 10;
	return c->first > parse->first && parse->taken[c->first - 1] == -1 && first->digits &&
		first->before == BOUND_NONE && first[-1].length == 1 &&
		strchr("li", first[-1].text[0]) &&
		ten + (double)first->number <= candidate_field(parse, c)->max;
}

/* "3 kilo l": a letter that may be a digit, right behind a value, and nothing else. */
static void find_letters(struct parse *parse, struct report *report)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];
		const struct token *next = &parse->tokens[c->last];
		enum field_type type = candidate_field(parse, c)->type;

		if ((letter_in_front(parse, c) ||
			(c->last < parse->last && parse->taken[c->last] == -1 &&
				next->length == 1 && strchr("lio", next->text[0]) &&
				!parse_crosses(parse, c->last))) &&
			(type == FIELD_WEIGHT || type == FIELD_LENGTH || type == FIELD_INT ||
				type == FIELD_COUNT || type == FIELD_AGE ||
				type == FIELD_AMOUNT))
			report_ambiguous(report, candidate_field(parse, c));
	}
}

static bool in_kilos(const struct parse *parse, size_t at)
{
	const char *unit = unit_at(parse, at);

	return unit && same_name(unit, "KG");
}

/* "2 kilo l pkm": behind whole kilos a letter that is taken for the sex, which the form has in
 * front of the weight, may be the 1 of 2,1. */
static void find_sex_or_digit(struct parse *parse, struct report *report)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = chosen_at(parse, i);
		const struct candidate *sex = c->last < parse->last && parse->taken[c->last] >= 0
			? &parse->candidates[parse->taken[c->last]] : NULL;

		if (!sex || candidate_field(parse, c)->type != FIELD_WEIGHT ||
			candidate_field(parse, sex)->type != FIELD_CHOICE ||
			sex->kind == KIND_KEYED || sex->last != c->last + 1u ||
			parse->tokens[c->last].text[0] != 'l' ||
			parse->tokens[c->last].length > 1 ||
			parse->tokens[c->last].before > BOUND_SOFT ||
			!in_kilos(parse, c->last - 1u) || !parse->tokens[c->last - 2].digits ||
			(c->last > 2 && fraction_whole(parse, c->last - 3u)))
			continue;
		report_ambiguous(report, candidate_field(parse, c));
		report_ambiguous(report, candidate_field(parse, sex));
	}
}

/* A number that no word goes with: at the end, or in front of a key. */
static bool number_alone(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	if (!token->digits && !token_is(token, parse_class(parse, CLASS_NUMBER)))
		return false;
	return at + 1 == parse->last || parse_starts_segment(parse, at + 1) || token[1].newline ||
		token[1].digits || parse->taken[at + 1] >= 0;
}

/* "D3 8", "d dua lima": a number behind a count that nothing explains may belong to it. */
static void find_split(struct parse *parse, struct report *report)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];
		const struct form_field *field = candidate_field(parse, c);
		const struct token *next = &parse->tokens[c->last];

		if (field->type == FIELD_COUNT && c->kind == KIND_KEYED &&
			c->last < parse->last && parse->taken[c->last] == -1 &&
			next->before <= BOUND_SOFT && !next->newline &&
			number_alone(parse, c->last))
			report_ambiguous(report, field);
	}
}

static void find_unclear(struct parse *parse, struct report *report)
{
	for (size_t f = 0; f < parse->index->form->nfield; f++) {
		const struct form_field *field = &parse->index->form->fields[f];
		const char *chosen;
		struct problem *problem;

		if (!parse->unclear[f] || field->type == FIELD_TEXT)
			continue;
		chosen = report_text(report, field->name);
		problem = report_ambiguous(report, field);
		if (problem && chosen)
			problem_offer(problem, chosen);
		if (problem && parse->rival[f])
			problem_offer_value(problem, parse->rival[f]);
	}
}

/* "campak -5", "#-5": a dash that touches the number and nothing in front of it. */
static bool dash_touches(const struct parse *parse, size_t at)
{
	size_t start = parse->tokens[at].start;

	return start > 1 && parse->text[start - 1] == '-' &&
		strchr(" #=:,", parse->text[start - 2]);
}

/* No report has a number below nought, and it is not what stands without the dash. Several such
 * dashes part values. */
static void find_below_zero(struct parse *parse, struct report *report)
{
	size_t dashes = 0;

	if (!strchr(parse->text, '-'))
		return;
	for (size_t i = parse->first; i < parse->last; i++)
		dashes += dash_touches(parse, i);
	for (size_t i = 0; dashes == 1 && i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];
		const struct form_field *field = candidate_field(parse, c);
		struct value none = {.field = field->name};
		struct problem *problem = NULL;

		for (size_t at = c->first; at < c->last && !problem; at++) {
			if (c->problem < 0 && field_is_number(field->type) &&
				parse->tokens[at].digits && dash_touches(parse, at))
				problem = report_problem(report, field->name, PROBLEM_RANGE);
			if (problem)
				problem->raw = arena_printf(
					parse->arena, "-%s", parse->tokens[at].text);
		}
		if (problem)
			report_set(report, parse->arena, &none);
	}
}

const struct candidate *chosen_of(const struct parse *parse, int field)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		if (parse->candidates[parse->chosen[i]].field == field)
			return &parse->candidates[parse->chosen[i]];
	}
	return NULL;
}

/* The pattern of a form's row that is due where a value stands which has no place in the row:
 * behind what the row has before it, in front of what it has after it; NULL. */
static const struct form_field *pattern_due(
	const struct parse *parse, const struct report *report, const struct candidate *c)
{
	const struct form *form = parse->index->form;

	for (size_t o = 1; o + 1 < form->norder; o++) {
		const struct form_field *field = &form->fields[parse->index->by_order[o]];
		const struct candidate *before = chosen_of(parse, parse->index->by_order[o - 1]);
		const struct candidate *after = chosen_of(parse, parse->index->by_order[o + 1]);

		if (field->type == FIELD_PATTERN && !report_value(report, field->name) &&
			((before && before->last == c->first) ||
				(after && after->first == c->last)))
			return field;
	}
	return NULL;
}

/* "…#24#12/8#11,5": a day where the row has the blood pressure, which some write so. */
static void find_due(struct parse *parse, struct report *report)
{
	for (size_t i = 0; parse->index->patterns && i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];
		const struct form_field *due;

		if (candidate_field(parse, c)->type != FIELD_DATE || c->kind == KIND_KEYED ||
			parse->index->order[c->field] >= 0 || c->last != c->first + 2u ||
			!whole_field(parse, c->first, c->last))
			continue;
		due = pattern_due(parse, report, c);
		if (due)
			report_ambiguous(report, due);
	}
}

/* A number by its place alone that may be another field's as well. */
static bool may_be(const struct parse *parse, const struct candidate *c, int field)
{
	for_candidates(parse, o) {
		if (o->first == c->first && o->last == c->last && o->field == field &&
			o->kind == KIND_BARE && o->problem < 0)
			return true;
	}
	return false;
}

/* "HAMIL RINI 24 32": in plain words of a form about a person, two numbers beside each other of
 * which each may be the other. */
static void find_beside(struct parse *parse, struct report *report)
{
	for (size_t i = 0; parse->index->form->line_only && !parse->strong && !parse->commas &&
		i < parse->nchosen; i++) {
		const struct candidate *a = chosen_at(parse, i);
		const struct candidate *b = a->last < parse->last && parse->taken[a->last] >= 0
			? &parse->candidates[parse->taken[a->last]] : NULL;

		if (!b || a->kind != KIND_BARE || b->kind != KIND_BARE ||
			!parse->tokens[b->first].spaced || !plain_number(parse, a) ||
			!plain_number(parse, b) || !may_be(parse, a, b->field) ||
			!may_be(parse, b, a->field))
			continue;
		report_ambiguous(report, candidate_field(parse, a));
		report_ambiguous(report, candidate_field(parse, b));
	}
}

void doubts_find(struct parse *parse, struct report *report)
{
	bool reason = drop_from_reason(parse, report);
	const struct form_field *row = NULL;

	nihil_word_drop(parse, report);
	find_contradictions(parse, report);
	if (parse->children > 1) {
		place_left_find(parse, report);
		mothers_check(parse, report);
		return;
	}
	doubled_find(parse, report);
	if (!reason)
		row = find_shift(parse, report);
	if (parse_tokens_left(parse))
		find_split(parse, report), find_letters(parse, report);
	find_sex_or_digit(parse, report);
	find_below_zero(parse, report);
	find_unclear(parse, report);
	misplaced_find(parse, report);
	find_beside(parse, report);
	find_due(parse, report);
	part_find(parse, report);
	numberless_find(parse, report);
	not_yet_find(parse, report);
	strange_find(parse, report);
	mended_find(parse, report);
	either_find(parse, report);
	loose_find(parse, report);
	unexplained_find(parse, report);
	place_left_find(parse, report);
	unit_find(parse, report);
	name_check(parse, report);
	if (row)
		doubt_only(report, row);
}
