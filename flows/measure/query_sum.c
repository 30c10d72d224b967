/* Sums for queries, over an area or the desa of a puskesmas. */
#include <string.h>

#include "flows/measure/measure.h"
#include "flows/measure/query_posyandu.h"
#include "store/report/tally.h"

typedef int (*sum_of)(struct store *store, const char *area, const char *name, struct period period,
	int64_t *sum);

size_t query_parts(const struct query *query)
{
	return query->puskesmas == NULL ? 1 : query->puskesmas->narea;
}

const struct area *query_part(const struct query *query, size_t i)
{
	return query->puskesmas == NULL ? query->area : query->puskesmas->areas[i];
}

bool query_covers(const struct query *query, const struct area *area)
{
	for (size_t i = 0; i < query_parts(query); i++) {
		if (area_within(area, query_part(query, i)))
			return true;
	}
	return false;
}

static int sum_over(const struct turn *turn, const struct query *query, sum_of sum_of_area,
	const char *name, struct period period, int64_t *sum)
{
	int error = OK;

	*sum = 0;
	for (size_t i = 0; error == OK && i < query_parts(query); i++) {
		int64_t one = 0;

		error = sum_of_area(
			turn->flow->store, query_part(query, i)->code, name, period, &one);
		*sum += one;
	}
	return error;
}

int query_sum(const struct turn *turn, const struct query *query, const char *name,
	struct period period, int64_t *sum)
{
	if (query->posyandu != NULL)
		return query_posyandu_sum(turn, query, name, period, POSYANDU_EVENTS, sum);
	return sum_over(turn, query, store_tally_sum, name, period, sum);
}

int query_stock_sum(const struct turn *turn, const struct query *query, const char *name,
	struct period period, int64_t *sum)
{
	if (query->posyandu != NULL)
		return query_posyandu_sum(turn, query, name, period, POSYANDU_LAST, sum);
	return sum_over(turn, query, store_stock_sum, name, period, sum);
}

static bool one_month(struct period period)
{
	return period.from.year == period.to.year && period.from.month == period.to.month;
}

static bool whole_month(struct period period)
{
	return period.from.day == 1 &&
		period.to.day == date_month_days(period.to.year, period.to.month);
}

/* The posyandu that held a session on some days of a month. */
static int stock_of_days(const struct turn *turn, const struct query *query,
	const struct form *form, const char *name, struct period days, int64_t *sum)
{
	int error = OK;

	*sum = 0;
	for (size_t i = 0; error == OK && i < query_parts(query); i++) {
		int64_t one = 0;

		error = store_stock_held(turn->flow->store, query_part(query, i)->code, form->name,
			name, days, &one);
		*sum += one;
	}
	return error;
}

int query_stock_held(const struct turn *turn, const struct query *query, const struct form *form,
	const char *name, int64_t *sum)
{
	struct date month = {query->period.from.year, query->period.from.month, 1};
	int error = OK;

	if (query->posyandu != NULL)
		return query_posyandu_sum(
			turn, query, name, query->period, POSYANDU_HELD, sum);
	for (*sum = 0; error == OK && date_compare(month, query->period.to) <= 0;
		month = date_add_months(month, 1)) {
		struct date end = {
			month.year, month.month, date_month_days(month.year, month.month)};
		struct period part = {month, end};
		int64_t stock = 0;

		if (date_compare(part.from, query->period.from) < 0)
			part.from = query->period.from;
		if (date_compare(part.to, query->period.to) > 0)
			part.to = query->period.to;
		error = one_month(part) && whole_month(part)
			? query_stock_sum(turn, query, name, part, &stock)
			: stock_of_days(turn, query, form, name, part, &stock);
		*sum += stock;
	}
	return error;
}
