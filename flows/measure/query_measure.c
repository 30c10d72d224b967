/* What an indicator is: its count, what it is a part of, and what waits. */
#include <math.h>
#include <string.h>

#include "flows/measure/query_cases.h"
#include "flows/record/report_json.h"
#include "store/report/report.h"
#include "store/report/tally.h"

const struct form_indicator *query_indicator(
	const struct reader *reader, const char *name, const struct form **form)
{
	const struct form_indicator *found = NULL;

	for (size_t i = 0; found == NULL && (*form = reader_form_at(reader, i)) != NULL; i++)
		found = form_indicator(*form, name);
	return found;
}

struct waiting {
	const struct turn *turn;
	const struct form_indicator *indicator;
	int64_t sum;
};

static void waiting_count(const struct form_count *count, double amount, void *context)
{
	struct waiting *waiting = context;

	if (count->by == NULL && waiting->indicator->count != NULL &&
		strcmp(count->name, waiting->indicator->count) == 0)
		waiting->sum += llround(amount);
}

static int waiting_row(const struct report_row *row, void *context)
{
	struct waiting *waiting = context;
	const struct turn *turn = waiting->turn;
	const char *const *confirmed;
	struct report report;

	if (row->original != 0)
		return OK; /* perhaps the same event, told again */
	if (report_from_row(turn->flow->reader, turn->flow->arena, row, &report, &confirmed) == OK)
		form_counts(report.form, &report, turn->now.date, waiting_count, waiting);
	return OK;
}

int query_reports(const struct turn *turn, const struct query *query,
	const struct report_filter *filter,
	int (*each)(const struct report_row *row, void *context), void *context)
{
	char from[DATE_TEXT], to[DATE_TEXT];
	struct report_filter own = *filter;
	int error = OK;

	date_format(query->period.from, from);
	date_format(query->period.to, to);
	own.date_from = from;
	own.date_to = to;
	for (size_t i = 0; error == OK && i < query_parts(query); i++) {
		own.area_prefix = query_part(query, i)->code;
		error = store_report_each(turn->flow->store, &own, each, context);
	}
	return error;
}

/* What was told of the indicator's form in the period and is not counted yet. */
static int measure_waiting(
	const struct turn *turn, const struct query *query, struct measured *measured)
{
	struct waiting waiting = {.turn = turn, .indicator = measured->indicator};
	int error = query_reports(turn, query,
		&(struct report_filter){.form = measured->form->name,
			.posyandu = query->posyandu == NULL ? NULL : query->posyandu->id,
			.waiting = true},
		waiting_row, &waiting);

	measured->waiting = waiting.sum;
	return error;
}

/* A stock beside what adds up is that of the sessions that were held; else each place's last. */
static int amount(const struct turn *turn, const struct query *query,
	const struct measured *measured, const char *name, bool stock, int64_t *sum)
{
	const struct form_indicator *indicator = measured->indicator;

	if (!stock)
		return query_sum(turn, query, name, query->period, sum);
	if (indicator->of != NULL && indicator->stock != indicator->of_stock)
		return query_stock_held(turn, query, measured->form, name, sum);
	return query_stock_sum(turn, query, name, query->period, sum);
}

/* "d - o - b" */
static int amount_less(const struct turn *turn, const struct query *query, struct measured *out)
{
	const struct form_indicator *indicator = out->indicator;
	int error = amount(turn, query, out, indicator->of, indicator->of_stock, &out->of);

	for (size_t i = 0; error == OK && i < indicator->nless; i++) {
		int64_t less = 0;

		error = query_sum(turn, query, indicator->less[i], query->period, &less);
		out->of -= less;
	}
	return error;
}

int query_measure(const struct turn *turn, const struct query *query, const char *indicator,
	struct measured *out)
{
	int error;

	*out = (struct measured){0};
	out->indicator = query_indicator(turn->flow->reader, indicator, &out->form);
	if (out->indicator == NULL)
		return ERR_NOT_FOUND;
	if (query->which != NULL)
		return query_measure_which(turn, query, out);
	if (out->indicator->cases != CASES_NONE)
		return query_open_count(turn, query, out);
	error = amount(turn, query, out, out->indicator->count, out->indicator->stock, &out->count);
	if (error == OK && out->indicator->of != NULL)
		error = amount_less(turn, query, out);
	if (error == OK && query->without) {
		out->count = out->of > out->count ? out->of - out->count : 0;
		return OK; /* what waits may be either */
	}
	if (error != OK || out->indicator->stock || query->counted)
		return error;
	return measure_waiting(turn, query, out);
}
