/* What the chosen candidates leave in doubt: what was told twice and differently, rows of counts
 * with a number too many or too few, numbers that nothing explains, readings that are as good.
 */
#include "parsers/read/doubts.h"

#include <string.h>

#include "parsers/field/death.h"
#include "parsers/field/field.h"
#include "parsers/field/hedge.h"
#include "parsers/form/form.h"
#include "parsers/parse/scratch.h"
#include "parsers/read/judge.h"
#include "parsers/read/names.h"
#include "parsers/read/reports.h"

#define PHONE_DIGITS 10

/* Says something else than what was chosen, or behind its key what cannot be. */
static bool contradicts(const struct candidate *c, const char *chosen)
{
	const char *value;

	if (!maybe_text(c->value, &value))
		return c->kind == KIND_KEYED;
	return ((c->flags & FLAG_SURE) || c->kind == KIND_KEYED) && strcmp(chosen, value) != 0;
}

/* Its words went to a better reading; not so when a number behind its key went to none. */
static bool covered(const struct parse *parse, const struct candidate *c)
{
	/* "bb/pb 3200/49": keys in a row share the row of numbers behind them */
	bool taken = c->kind == KIND_KEYED && c->first > parse->first &&
		parse->taken[c->first - 1] < 0 && parse->taken[c->last - 1] >= 0 &&
		token_keys(&parse->tokens[c->first - 1], 1);

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
		const char *chosen = report_text(report, field->name);
		struct problem *problem;

		if (!chosen || field->adds || !contradicts(c, chosen) || covered(parse, c) ||
			(c->last < parse->last && nobody_dies(parse, c->last)))
			continue; /* "td malam mati lampu" is another matter */
		problem = report_ambiguous(report, field);
		if (problem) {
			problem_offer(problem, chosen);
			problem_offer_value(problem, c);
		}
	}
}

/* Parts add up when each has a key of its own; the same key twice is a contradiction or, when both
 * say the same, perhaps said again: nobody knows whether they add up. */
static void find_doubled(struct parse *parse, struct report *report)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *a = &parse->candidates[parse->chosen[i]];

		for (size_t j = 0; j < i && candidate_field(parse, a)->adds; j++) {
			const struct candidate *b = &parse->candidates[parse->chosen[j]];

			if (a->field == b->field && a->last - a->first == b->last - b->first &&
				strncmp(candidate_raw(parse, a), candidate_raw(parse, b),
					parse->tokens[a->last - 1].start -
						parse->tokens[a->first].start) == 0)
				report_ambiguous(report, candidate_field(parse, a));
		}
	}
}

/* A number between or behind the values that nothing took. */
static bool number_left(const struct parse *parse)
{
	for (size_t i = parse->first; i < parse->last; i++) {
		if (parse->taken[i] == -1 && parse->tokens[i].digits &&
			parse->tokens[i].length < PHONE_DIGITS)
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

	if (parse->keyed_counts || report_value(report, form->held ? form->held : ""))
		return false;
	for (size_t i = 0; i < parse->nchosen; i++)
		row += bare_count(parse, &parse->candidates[parse->chosen[i]]);
	for (size_t i = 0; i < form->norder; i++) {
		const struct form_field *field = form_field(form, form->order[i]);

		wanting |= field->type == FIELD_COUNT && form_requires(form, field->name) &&
			!report_value(report, field->name);
	}
	return row > 1 && wanting;
}

/* A number too many or too few in a row of counts by position: any of them may be the wrong one. */
static void find_shift(struct parse *parse, struct report *report)
{
	const struct form_field *first = NULL;

	if (!number_left(parse) && !row_short(parse, report))
		return;
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];
		struct value gone = {.field = candidate_field(parse, c)->name};

		if (!bare_count(parse, c))
			continue;
		report_set(report, NULL, &gone);
		first = candidate_field(parse, c);
	}
	if (first)
		report_problem(report, first->name, PROBLEM_AMBIGUOUS);
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

		if (field->type == FIELD_COUNT && c->kind == KIND_KEYED && !field->adds &&
			c->last < parse->last && parse->taken[c->last] == -1 &&
			next->before <= BOUND_SOFT && !next->newline &&
			number_alone(parse, c->last))
			report_ambiguous(report, field);
	}
}

/* The field that was read last in front of a token; NULL. */
static const struct form_field *field_before(const struct parse *parse, size_t at)
{
	const struct candidate *best = NULL;

	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];

		if (c->last <= at && (!best || c->last > best->last))
			best = c;
	}
	return best ? candidate_field(parse, best) : NULL;
}

/* Whom a count is of, or a time: "12-59 bln". */
static bool is_age(const struct parse *parse, size_t at)
{
	size_t next = at + 1;

	if (next < parse->last && parse->tokens[next].digits && parse->tokens[next].sep == '-')
		next++;
	return unit_at(parse, next) != NULL;
}

/* A number between the values that nothing explains: told, and not understood. Prose may tell more
 * than the form asks for. */
static void find_unexplained(struct parse *parse, struct report *report)
{
	size_t last = parse->first;

	if (report->nproblem || !(parse->strong || parse->commas || parse->index->posyandu >= 0))
		return;
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];

		last = c->last > last ? c->last : last;
	}
	for (size_t i = parse->first; i < last; i++) {
		const struct form_field *field;

		if (parse->taken[i] != -1 || !parse->tokens[i].digits ||
			parse->tokens[i].length >= PHONE_DIGITS || number_owned(parse, i) ||
			other_day(parse, i) ||
			is_age(parse, i))
			continue;
		field = field_before(parse, i);
		if (field && field->type != FIELD_TEXT && report_value(report, field->name))
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

void doubts_find(struct parse *parse, struct report *report)
{
	find_contradictions(parse, report);
	if (parse->children > 1)
		return;
	find_doubled(parse, report);
	find_shift(parse, report);
	find_split(parse, report);
	find_unclear(parse, report);
	find_unexplained(parse, report);
	name_check(parse, report);
}
