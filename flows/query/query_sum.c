/* Sums for queries, over an area or the desa of a puskesmas; numbers as Indonesians write them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "flows/query/query.h"
#include "store/tally.h"

typedef int (*sum_of)(struct store *store, const char *area, const char *name, struct period period,
	int64_t *sum);

static int sum_over(const struct turn *turn, const struct query *query, sum_of sum_of_area,
	const char *name, struct period period, int64_t *sum)
{
	int error = OK;

	if (query->puskesmas == NULL)
		return sum_of_area(turn->flow->store, query->area->code, name, period, sum);
	*sum = 0;
	for (size_t i = 0; error == OK && i < query->puskesmas->narea; i++) {
		int64_t one = 0;

		error = sum_of_area(
			turn->flow->store, query->puskesmas->areas[i]->code, name, period, &one);
		*sum += one;
	}
	return error;
}

int query_sum(const struct turn *turn, const struct query *query, const char *name,
	struct period period, int64_t *sum)
{
	return sum_over(turn, query, store_tally_sum, name, period, sum);
}

int query_stock_sum(const struct turn *turn, const struct query *query, const char *name,
	struct period period, int64_t *sum)
{
	return sum_over(turn, query, store_stock_sum, name, period, sum);
}

int query_stock_months(
	const struct turn *turn, const struct query *query, const char *name, int64_t *sum)
{
	struct date month = {query->period.from.year, query->period.from.month, 1};
	int error = OK;

	for (*sum = 0; error == OK && date_compare(month, query->period.to) <= 0;
		month = date_add_months(month, 1)) {
		struct period one = {
			month, {month.year, month.month, date_month_days(month.year, month.month)}};
		int64_t stock = 0;

		error = query_stock_sum(turn, query, name, one, &stock);
		*sum += stock;
	}
	return error;
}

int query_coverage(const struct turn *turn, const struct query *query, const char *form,
	int64_t *desa, int64_t *of)
{
	*of = query->puskesmas != NULL ? (int64_t)query->puskesmas->narea
				       : (int64_t)query->area->desa_count;
	return sum_over(turn, query, store_coverage_count, form, query->period, desa);
}

int query_complete(
	const struct turn *turn, const struct query *query, const char *form, const char **text)
{
	int64_t desa, of;
	int error = query_coverage(turn, query, form, &desa, &of);

	*text = arena_printf(turn->flow->arena, "%s %s %s %s",
		query_number_text(turn->flow->arena, desa),
		reply_word(&turn->reply, "of", "all", "dari"),
		query_number_text(turn->flow->arena, of),
		reply_word(&turn->reply, "complete", "desa", "desa"));
	return error;
}

const char *query_number_text(struct arena *arena, int64_t number)
{
	char digits[24], out[32];
	size_t length, at = 0;

	snprintf(digits, sizeof(digits), "%lld", (long long)(number < 0 ? -number : number));
	length = strlen(digits);
	if (number < 0)
		out[at++] = '-';
	for (size_t i = 0; i < length; i++) {
		if (i > 0 && (length - i) % 3 == 0)
			out[at++] = '.';
		out[at++] = digits[i];
	}
	out[at] = '\0';
	return arena_strdup(arena, out);
}

const char *percent_text(struct arena *arena, int64_t part, int64_t whole)
{
	double percent = whole > 0 ? 100.0 * (double)part / (double)whole : 0;
	char text[32];
	char *dot;

	snprintf(text, sizeof(text), percent < 10 ? "%.2f" : "%.1f", percent);
	dot = strchr(text, '.');
	if (dot != NULL && strspn(dot + 1, "0") == strlen(dot + 1))
		*dot = '\0';
	else if (dot != NULL)
		*dot = ',';
	return arena_printf(arena, "%s%%", text);
}
