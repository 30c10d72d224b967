/* Cases that were open at a time: how many, and one by one with what their reports told. */
#include "flows/measure/query_cases.h"

#include "flows/case/known.h"
#include "parsers/form/form_case.h"
#include "store/report/case.h"

struct walk {
	const struct form *form;
	struct arena *arena; /* of one case */
	void (*each)(const struct report *report, void *context);
	void *context;
};

/* When the period ended, or today. */
static void day_of(const struct turn *turn, const struct query *query, char day[DATE_TEXT])
{
	date_format(date_compare(query->period.to, turn->now.date) < 0 ? query->period.to
								       : turn->now.date,
		day);
}

int query_open_count(const struct turn *turn, const struct query *query, struct measured *out)
{
	char day[DATE_TEXT];
	int error = OK;

	day_of(turn, query, day);
	for (size_t i = 0; error == OK && i < query_parts(query); i++) {
		int64_t one = 0;

		error = store_case_count(turn->flow->store, out->form->name,
			query_part(query, i)->code, day, out->indicator->cases == CASES_RISK,
			&one);
		out->count += one;
	}
	return error;
}

static int one_case(const struct case_row *row, void *context)
{
	struct walk *walk = context;
	struct record record;

	arena_reset(walk->arena);
	if (!known_newest(walk->arena, walk->form, row, &record))
		report_begin(&record.report, walk->form);
	walk->each(&record.report, walk->context);
	return OK;
}

int query_open_each(const struct turn *turn, const struct query *query, const struct form *form,
	const struct form_indicator *indicator,
	void (*each)(const struct report *report, void *context), void *context)
{
	struct walk walk = {form, arena_new(), each, context};
	char day[DATE_TEXT];
	int error = OK;

	day_of(turn, query, day);
	for (size_t i = 0; error == OK && i < query_parts(query); i++)
		error = store_case_at(turn->flow->store, form->name, query_part(query, i)->code,
			day, indicator->cases == CASES_RISK, one_case, &walk);
	arena_free(walk.arena);
	return error;
}
