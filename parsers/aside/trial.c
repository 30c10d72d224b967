/* Stretches read on trial: what a region is worth before it is taken. */
#include "parsers/aside/trial.h"

#include "parsers/form/condition.h"
#include "parsers/parse/look.h"
#include "parsers/read/judge.h"

#define PLAIN_FIELDS  3
#define STRANGE_WORDS 3 /* so many that nothing explains are talk */

size_t good_fields(const struct parse *parse)
{
	size_t good = 0;

	for (size_t i = 0; i < parse->nchosen; i++)
		good += chosen_at(parse, i)->problem < 0;
	return good;
}

bool row_told_whole(const struct parse *parse)
{
	unsigned long told = 0;

	for (size_t i = 0; i < parse->nchosen; i++)
		told |= 1ul << chosen_at(parse, i)->field;
	return (parse->index->row & ~told) == 0;
}

bool good_of(const struct parse *parse, enum field_type type)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		if (chosen_at(parse, i)->type == type &&
			chosen_at(parse, i)->problem < 0)
			return true;
	}
	return false;
}

/* A trial reading, which leaves the message as it was. */
size_t trial_good(
	struct parse *parse, const struct form_index *index, size_t first, size_t last)
{
	size_t was_first = parse->first, was_last = parse->last, good;
	const struct form_index *was = parse->index;

	parse_region(parse, index, first, last);
	good = good_fields(parse);
	parse_window(parse, was_first, was_last);
	parse->index = was;
	return good;
}

size_t trial_judge(struct parse *parse, const struct form_index *index, size_t first, size_t last,
	struct report *report)
{
	parse_region(parse, index, first, last);
	parse_report(parse, 0, report);
	judge_after_reading(parse->reader, parse->arena, parse->context, NULL, report);
	return report->nproblem;
}

const struct form_index *story_form(const struct parse *parse)
{
	for (size_t f = 0; f < parse->reader->nform; f++) {
		if (parse->reader->index[f].story_class >= 0)
			return &parse->reader->index[f];
	}
	return NULL;
}

size_t whole_from(const struct parse *parse)
{
	size_t ends[REPORT_FIELDS], from = parse->first;

	for (size_t f = 0; f < REPORT_FIELDS; f++)
		ends[f] = parse->last + 1;
	for_candidates(parse, c) {
		if (c->last < ends[c->field])
			ends[c->field] = c->last;
	}
	for (unsigned long needs = parse->index->needs; needs; needs &= needs - 1) {
		if (ends[__builtin_ctzl(needs)] > from)
			from = ends[__builtin_ctzl(needs)];
	}
	return from;
}

/* The fields that have a candidate in front of end, a bit each; behind a count with its key no
 * number counts by its place. */
static unsigned long told_before(const struct kept_reading *kept, size_t end)
{
	unsigned long fields = 0, bare = 0;
	bool keyed = false;

	for (size_t i = 0; i < kept->parse.ncandidate; i++) {
		const struct candidate *c = &kept->candidates[i];
		unsigned long bit = c->last <= end ? 1ul << c->field : 0;

		if (c->type == FIELD_COUNT && c->kind == KIND_BARE)
			bare |= bit;
		else
			fields |= bit;
		keyed |= bit && c->type == FIELD_COUNT && c->kind == KIND_KEYED;
	}
	return keyed && kept->parse.keyed_counts ? fields : fields | bare;
}

/* A field that the report must have, which nobody knows but by words, and it has no candidate in
 * front of end. */
static bool lacks_one(const struct kept_reading *kept, const struct report *report, size_t end,
	struct date today)
{
	const struct form *form = report->form;
	unsigned long there = kept->parse.index->alone | told_before(kept, end);

	for (size_t r = 0; r < form->nrequire; r++) {
		const struct form_require *require = &form->requires[r];

		for (size_t i = 0; i < require->nfield; i++) {
			int field = form_field_index(form, require->fields[i]);

			if (field >= 0 && !(there >> field & 1) &&
				condition_holds(&require->when, report, today))
				return true;
		}
	}
	return false;
}

bool trial_lacks(const struct parse *parse, const struct report *report, size_t end)
{
	for (size_t i = 0; i < parse->scratch->nkept; i++) {
		const struct kept_reading *kept = &parse->scratch->kept[i];

		if (kept->parse.read->form == report->form && kept->parse.read_first <= end &&
			kept->parse.read_last > end)
			return lacks_one(kept, report, end, parse->context->now.date);
	}
	return false;
}

bool trial_whole(struct parse *parse, const struct form_index *index, size_t first, size_t last,
	struct report *report)
{
	trial_judge(parse, index, first, last, report);
	return parse->children == 1 && report->status == STATUS_ACCEPTED;
}

/* Looking ahead may take no more than half of what a message is given. */
bool trial_may(const struct parse *parse)
{
	return parse->scratch->steps < STEPS_MAX / 2;
}

bool trial_chats(const struct parse *parse)
{
	for (size_t i = parse->first; i < parse->last; i++) {
		if (parse->taken[i] < 0 && word_of(parse, i, CLASS_CHAT))
			return true;
	}
	return false;
}

bool trial_unreadable(const struct parse *parse)
{
	const struct candidate *only = NULL;
	bool unknown = false, future = false, count = false, told = false, choice = false,
	     few = parse_tokens_left(parse) < STRANGE_WORDS;
	enum field_type type;
	size_t good = 0;

	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = chosen_at(parse, i);

		type = c->type;
		choice |= type == FIELD_CHOICE;
		count |= type == FIELD_COUNT;
		told |= type == FIELD_COUNT && c->kind == KIND_KEYED;
		future |= type == FIELD_DATE && c->problem == PROBLEM_FUTURE;
		unknown |= type == FIELD_POSYANDU && c->problem == PROBLEM_PLACE &&
			c->kind != KIND_KEYED;
		if (c->problem >= 0 && (c->kind == KIND_BARE ||
			(c->problem == PROBLEM_RANGE && type == FIELD_DATE)))
			continue;
		good++;
		only = c;
	}
	if (!choice && ((unknown && !count && !few) ||
		(parse->index->posyandu >= 0 && !parse->strong && !told &&
			(future || (!count && trial_chats(parse))) &&
			parse_digits(parse, parse->first, parse->last) < PLAIN_FIELDS)))
		return true;
	if (good != 1)
		return good == 0;
	type = only->type;
	return (only->problem >= 0 && type == FIELD_POSYANDU) ||
		((type == FIELD_CHOICE || type == FIELD_DATE) && !few);
}
