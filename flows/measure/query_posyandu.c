/* What one posyandu told, counted from its reports: sums are kept by desa only. */
#include <math.h>
#include <string.h>

#include "flows/change/count.h"
#include "flows/change/count_named.h"
#include "flows/measure/query_posyandu.h"
#include "store/report/report.h"
#include "store/report/tally.h"

#define MONTHS_MOST 120

/* The latest session of a month that tells a stock. */
struct latest {
	char month[8], date[DATE_TEXT];
	int64_t id, value;
};

struct posyandu_total {
	const struct turn *turn;
	const char *name; /* of the count; NULL: only the months are wanted */
	const struct report_row *row;
	bool last; /* of its case and month */
	int64_t events;
	struct latest months[MONTHS_MOST];
	size_t count;
};

static struct latest *latest_of(struct posyandu_total *total)
{
	size_t i = 0;

	while (i < total->count && strncmp(total->months[i].month, total->row->date, 7) != 0)
		i++;
	if (i == MONTHS_MOST)
		return NULL;
	if (i == total->count) {
		total->months[i] = (struct latest){.id = 0};
		memcpy(total->months[i].month, total->row->date, 7);
		total->count++;
	}
	return &total->months[i];
}

static void take_count(const struct form_count *count, double amount, void *context)
{
	struct posyandu_total *total = context;
	struct latest *latest;
	int order;

	if (total->name == NULL || strcmp(count->name, total->name) != 0)
		return;
	if (!count->stock && count->once && !total->last)
		return;
	if (!count->stock) {
		total->events += llround(amount);
		return;
	}
	latest = latest_of(total);
	order = latest == NULL ? -1 : strcmp(total->row->date, latest->date);
	if (order < 0 || (order == 0 && total->row->id < latest->id))
		return;
	(void)copy_string(latest->date, sizeof(latest->date), total->row->date);
	latest->id = total->row->id;
	latest->value = llround(amount);
}

static int take_row(const struct report_row *row, void *context)
{
	struct posyandu_total *total = context;
	struct record *record = arena_alloc(total->turn->flow->arena, sizeof(*record));
	int error = record_of_row(total->turn, row, record);

	if (error != OK || !count_holds(record))
		return error == ERR_NOT_FOUND ? OK : error;
	total->row = row;
	total->last = true;
	if (form_counts_once(record->report.form))
		error = count_is_last(total->turn, row, &total->last);
	if (error != OK)
		return error;
	if (total->name == NULL)
		(void)latest_of(total);
	else
		form_counts(record->report.form, &record->report, total->turn->now.date, take_count,
			total);
	return OK;
}

static int total_take(const struct query *query, const char *form, struct period period,
	struct posyandu_total *total)
{
	char from[DATE_TEXT], to[DATE_TEXT];
	struct report_filter filter = {.form = form,
		.posyandu = query->posyandu->id,
		.date_from = from,
		.date_to = to,
		.counted = true};

	date_format(period.from, from);
	date_format(period.to, to);
	return store_report_each(total->turn->flow->store, &filter, take_row, total);
}

int query_posyandu_sum(const struct turn *turn, const struct query *query, const char *name,
	struct period period, enum posyandu_sum kind, int64_t *sum)
{
	struct posyandu_total *total = arena_alloc(turn->flow->arena, sizeof(*total));
	const struct latest *last = NULL;
	int error;

	if (kind != POSYANDU_EVENTS && count_has_named(turn->flow->reader, name))
		return store_stock_told(turn->flow->store, query->posyandu->id, name, period,
			kind == POSYANDU_LAST, sum);
	*total = (struct posyandu_total){.turn = turn, .name = name};
	error = total_take(query, NULL, period, total);
	*sum = total->events;
	if (error != OK || kind == POSYANDU_EVENTS)
		return error;
	*sum = 0;
	for (size_t i = 0; i < total->count; i++) {
		const struct latest *one = &total->months[i];

		if (last == NULL || strcmp(one->month, last->month) > 0)
			last = one;
		*sum += one->value;
	}
	if (kind == POSYANDU_LAST)
		*sum = last == NULL ? 0 : last->value;
	return OK;
}

int query_posyandu_months(const struct turn *turn, const struct query *query,
	struct complete *complete, struct period period)
{
	struct posyandu_total *total = arena_alloc(turn->flow->arena, sizeof(*total));
	int error;

	*total = (struct posyandu_total){.turn = turn};
	error = total_take(query, complete->form->name, period, total);
	if (error == OK && complete->naming != NULL)
		error = total_take(query, complete->naming->name, period, total);
	complete->told = (int64_t)total->count;
	return error;
}
