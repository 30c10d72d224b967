/* Which words are the name, where none says so: not the cause behind the place; asked, when two
 * could be it.
 */
#include <string.h>

#include "parsers/field/field.h"
#include "parsers/read/judge.h"
#include "parsers/read/names.h"

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

void name_check(struct parse *parse, struct report *report)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]], *other;
		const struct form_field *field = &parse->index->form->fields[c->field];
		struct problem *problem;

		if (c->field != parse->index->name || c->kind != KIND_BARE || !parse->strong ||
			!report_value(report, field->name) || in_place(parse, c))
			continue;
		other = other_name(parse, c);
		problem = other ? report_ambiguous(report, field) : NULL;
		if (!problem)
			continue;
		problem_offer_value(problem, c);
		problem_offer_value(problem, other);
	}
}
