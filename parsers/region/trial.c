/* Stretches read on trial: what a region is worth before it is taken. */
#include "parsers/region/trial.h"

#include "parsers/parse/look.h"
#include "parsers/read/judge.h"

size_t good_fields(const struct parse *parse)
{
	size_t good = 0;

	for (size_t i = 0; i < parse->nchosen; i++)
		good += chosen_at(parse, i)->problem < 0;
	return good;
}

bool good_of(const struct parse *parse, enum field_type type)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		if (candidate_type(parse, chosen_at(parse, i)) == type &&
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
