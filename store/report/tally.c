/* Events by desa and day, and by each area above it and month. See tally.h. */
#include "store/report/tally.h"

#include <stdio.h>
#include <string.h>

#include "store/base/merge.h"
#include "store/base/span.h"

int store_tally_add(struct store *store, const char *area, const char *indicator, struct date day,
	int64_t delta)
{
	char text[DATE_TEXT];
	struct span span;
	int error = span_begin(&span, store);

	if (error)
		return error;
	date_format(day, text);
	merge_add_event(store, area, indicator, text, delta);
	return span_end(&span, OK);
}

static bool is_desa(const char *area)
{
	int dots = 0;

	for (; *area; area++)
		dots += *area == '.';
	return dots >= 3;
}

static int sum_desa(struct store *store, const char *area, const char *indicator,
	struct period period, int64_t *sum)
{
	char from[DATE_TEXT], to[DATE_TEXT];

	date_format(period.from, from);
	date_format(period.to, to);
	return query_int(store,
		"SELECT coalesce(sum(count), 0) FROM tally_day WHERE area = ? AND indicator = ? "
		"AND day >= ? AND day <= ?",
		PARAMS(p_text(area), p_text(indicator), p_text(from), p_text(to)), sum);
}

/* Days of a large area: the walk jumps from desa to desa, and reads only the wanted days of each.
 */
static int sum_days(struct store *store, const char *area, const char *indicator, struct date first,
	struct date last, int64_t *sum)
{
	char from[DATE_TEXT], to[DATE_TEXT], end[64];
	int64_t days = 0;
	int error;

	if (date_compare(first, last) > 0)
		return OK;
	snprintf(end, sizeof(end), "%s/", area);
	date_format(first, from);
	date_format(last, to);
	error = query_int(store,
		"WITH RECURSIVE desa (area) AS ("
		"SELECT min(area) FROM tally_day WHERE area >= ? AND area < ? UNION ALL "
		"SELECT (SELECT min(t.area) FROM tally_day t WHERE t.area > desa.area AND t.area < "
		"?) "
		"FROM desa WHERE desa.area IS NOT NULL) "
		"SELECT coalesce(sum(t.count), 0) FROM desa JOIN tally_day t ON t.area = desa.area "
		"AND t.indicator = ? AND t.day >= ? AND t.day <= ?",
		PARAMS(p_text(area), p_text(end), p_text(end), p_text(indicator), p_text(from),
			p_text(to)),
		&days);
	*sum += days;
	return error;
}

static int sum_months(struct store *store, const char *area, const char *indicator,
	struct date first, struct date last, int64_t *sum)
{
	char from[DATE_TEXT], to[DATE_TEXT];
	int64_t months = 0;
	int error;

	date_format(first, from);
	date_format(last, to);
	from[7] = to[7] = '\0';
	error = query_int(store,
		"SELECT coalesce(sum(count), 0) FROM tally_month WHERE area = ? AND indicator = ? "
		"AND month >= ? AND month <= ?",
		PARAMS(p_text(area), p_text(indicator), p_text(from), p_text(to)), &months);
	*sum += months;
	return error;
}

/* The whole months inside a period, and the days before and after them. */
int store_tally_sum(struct store *store, const char *area, const char *indicator,
	struct period period, int64_t *sum)
{
	struct date first = period.from, last = period.to;
	int error = store_fold(store);

	*sum = 0;
	if (error || date_compare(period.from, period.to) > 0)
		return error;
	if (is_desa(area))
		return sum_desa(store, area, indicator, period, sum);
	if (first.day > 1) {
		first.day = 1;
		first = date_add_months(first, 1);
	}
	if (last.day < date_month_days(last.year, last.month)) {
		last.day = 1;
		last = date_add_days(last, -1);
	}
	if (date_compare(first, last) > 0)
		return sum_days(store, area, indicator, period.from, period.to, sum);
	error = sum_months(store, area, indicator, first, last, sum);
	if (!error)
		error = sum_days(
			store, area, indicator, period.from, date_add_days(first, -1), sum);
	if (!error)
		error = sum_days(store, area, indicator, date_add_days(last, 1), period.to, sum);
	return error;
}
