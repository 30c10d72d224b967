/* Which words are the name, where none says so: not the cause behind the place; asked, when two
 * could be it. Which of two numbers is meant, with "or" or a sign of from and to between them.
 */
#include <string.h>

#include "parsers/field/field.h"
#include "parsers/parse/clause.h"
#include "parsers/parse/keyword.h"
#include "parsers/parse/look.h"
#include "parsers/read/judge.h"
#include "parsers/read/names.h"
#include "parsers/read/values.h"

#define DAYS_APART 7

/* All the others stand in front of a token in the form's order, and next comes a field whose words
 * are kept as written. */
static bool text_due(const struct parse *parse, size_t at)
{
	const struct form_index *index = parse->index;
	int order = -1;

	for (size_t i = parse->nchosen; i-- > 0;) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];

		if (c->first == at)
			continue;
		if (c->first > at || index->order[c->field] < order)
			return false;
		order = index->order[c->field];
	}
	return order >= 0 && (size_t)order + 1 < index->form->norder &&
		index->form->fields[index->by_order[order + 1]].written;
}

/* "BAYI#2 HR#11/8#RS#PANAS": behind the place stands the cause, nobody's name. */
void name_drop_late(struct parse *parse)
{
	size_t kept = 0;

	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];

		if (c->field != parse->index->name || c->kind != KIND_BARE ||
			!text_due(parse, c->first)) {
			parse->chosen[kept++] = parse->chosen[i];
			continue;
		}
		for (size_t t = c->first; t < c->last; t++)
			parse->taken[t] = -1;
	}
	parse->nchosen = kept;
}

/* Words alone between separators that could be the name as well as those that were taken. */
static const struct candidate *other_name(const struct parse *parse, const struct candidate *chosen)
{
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];
		bool free = c->field == chosen->field && c->problem < 0 &&
			c->first >= chosen->last && whole_field(parse, c->first, c->last);

		for (size_t t = c->first; t < c->last && free; t++)
			free = parse->taken[t] < 0;
		if (free)
			return c;
	}
	return NULL;
}

/* Whether the name stands where the form's order has it. */
static bool in_place(const struct parse *parse, const struct candidate *chosen)
{
	const struct form_index *index = parse->index;
	int order = -1;

	for (size_t i = parse->nchosen; i-- > 0;) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];

		if (index->order[c->field] < 0)
			continue;
		if (index->order[c->field] < order)
			return false;
		order = index->order[c->field];
	}
	return index->order[chosen->field] == 0 || chosen->first > parse->first;
}

/* "rafa 3 th anak pak agus": a name that nothing took, in front of whose child it is. */
static const struct candidate *called(const struct parse *parse, const struct candidate *chosen)
{
	if (!token_is(&parse->tokens[chosen->first], parse_class(parse, CLASS_CHILD)))
		return NULL;
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];
		bool free = c->field == chosen->field && c->problem < 0 &&
			c->last < chosen->first;

		for (size_t t = c->first; t < c->last && free; t++)
			free = parse->taken[t] < 0;
		if (free)
			return c;
	}
	return NULL;
}

static void name_offer(struct report *report, const struct form_field *field,
	const struct candidate *c, const struct candidate *other)
{
	struct problem *problem = other ? report_ambiguous(report, field) : NULL;

	if (!problem)
		return;
	problem_offer_value(problem, c);
	problem_offer_value(problem, other);
}

void name_check(struct parse *parse, struct report *report)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];
		const struct form_field *field = &parse->index->form->fields[c->field];

		if (c->field != parse->index->name || !report_value(report, field->name))
			continue;
		if (called(parse, c))
			name_offer(report, field, called(parse, c), c);
		else if (c->kind == KIND_BARE && parse->strong && !in_place(parse, c))
			name_offer(report, field, c, other_name(parse, c));
	}
}

static const struct form_field *field_of(const struct parse *parse, const struct candidate *c)
{
	return &parse->index->form->fields[c->field];
}

static bool or_at(const struct parse *parse, size_t at)
{
	const char *kind = token_meaning(&parse->tokens[at], parse_class(parse, CLASS_HEDGE));

	return kind && same_name(kind, "atau");
}

/* "jam 10 atau 11": behind the word the other amount of what stands in front; by its place alone it
 * was something else, or nothing. */
static void find_or(struct parse *parse, struct report *report)
{
	if (!parse_may_mean(parse, CLASS_HEDGE))
		return; /* nearly always */
	for (size_t i = parse->first + 1; i + 1 < parse->last; i++) {
		short before = parse->taken[i - 1], behind = parse->taken[i + 1];
		const struct form_field *field = before < 0 ? NULL
			: field_of(parse, &parse->candidates[before]);

		if (!or_at(parse, i) || parse->taken[i] >= 0 || !field ||
			!parse->tokens[i + 1].digits || parse_crosses(parse, i + 1) ||
			!(field_is_number(field->type) || field->type == FIELD_AGE ||
				field->type == FIELD_TIME || field->type == FIELD_DATE) ||
			(behind >= 0 && parse->candidates[behind].kind != KIND_BARE))
			continue;
		report_ambiguous(report, field);
		if (behind >= 0)
			report_set(report, parse->arena, &(struct value){.field = field_of(
				parse, &parse->candidates[behind])->name});
	}
}

/* "12-13 agustus": the number is the other day, whatever it was read as by its place. */
static void find_days(struct parse *parse, struct report *report)
{
	if (!parse_found(parse, FIELD_DATE))
		return;
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = chosen_at(parse, i);
		size_t at = c->first;
		long from = 0, to = 0;
		char sep = parse->tokens[at].sep;
		short other;

		if (c->type != FIELD_DATE || at <= parse->first ||
			!parse->tokens[at].digits)
			continue;
		at -= at > parse->first + 1u && or_at(parse, at - 1u) ? 2u : 1u;
		if (!parse->tokens[at].digits ||
			(at + 1u == c->first && (sep != '-' || parse->tokens[at].sep == '-') &&
				!(sep == '/' && at > parse->first &&
					key_of(parse, parse->index, at - 1u))) ||
			number_at(parse, at, &from) != 1 || number_at(parse, c->first, &to) != 1 ||
			from >= to || to - from > DAYS_APART)
			continue;
		other = parse->taken[at];
		if (other >= 0 && parse->candidates[other].kind == KIND_KEYED)
			continue;
		report_ambiguous(report, field_of(parse, c));
		if (other >= 0)
			report_set(report, parse->arena, &(struct value){.field = field_of(
				parse, &parse->candidates[other])->name});
	}
}

void either_find(struct parse *parse, struct report *report)
{
	find_or(parse, report);
	find_days(parse, report);
}

void mothers_check(struct parse *parse, struct report *report)
{
	const struct form *form = parse->index->form;

	for (size_t i = parse->first + 1; i + 1 < parse->last && form->mother; i++) {
		const struct candidate *c = parse->taken[i + 1] < 0
			? NULL : &parse->candidates[parse->taken[i + 1]];

		if (parse->taken[i] == -1 && clause_ends_before(&parse->tokens[i]) && c &&
			c->first == i + 1 && parse->index->repeat[c->field] >= 0 &&
			!parse->tokens[i].digits && parse->tokens[i].length > 2 &&
			!token_means(parse, i) &&
			!token_is(&parse->tokens[i], parse_class(parse, CLASS_ORDINAL)) &&
			!token_is(&parse->tokens[i], parse_class(parse, CLASS_KIN)))
			report_ambiguous(report, form_field(form, form->mother));
	}
}
