/* Stretches read on trial: what a region is worth before it is taken. */
#include "parsers/region/region.h"
#include "parsers/read/judge.h"

size_t good_fields(const struct parse *parse)
{
	size_t good = 0;

	for (size_t i = 0; i < parse->nchosen; i++)
		good += parse->candidates[parse->chosen[i]].problem < 0;
	return good;
}

/* A trial reading, which leaves the message as it was. */
size_t trial_good(
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

size_t trial_judge(struct parse *parse, const struct form_index *index, size_t first, size_t last,
	struct report *report)
{
	parse_region(parse, index, first, last);
	parse_report(parse, 0, report);
	judge_after_reading(parse->reader, parse->arena, parse->context, NULL, report);
	return report->nproblem;
}

/* Looking ahead may take no more than half of what a message is given. */
bool trial_may(const struct parse *parse)
{
	return parse->scratch->steps < STEPS_MAX / 2;
}
