/* Counts, kept in the same transaction as the reports they come from.
 *
 * Events add up: one row per desa, indicator and day, and one per ancestor (kecamatan, kabupaten,
 * provinsi), indicator and month. Stocks (S, K, stunting) are one row per posyandu, indicator and
 * month. Coverage counts distinct desa with any counted report of a form. Additions are merged in
 * memory until the commit; reads see them.
 */
#ifndef STORE_REPORT_TALLY_H
#define STORE_REPORT_TALLY_H

#include "parsers/number/date.h"
#include "store/base/store.h"

/* delta may be negative (a correction, a cancellation). area: a desa code. */
int store_tally_add(struct store *store, const char *area, const char *indicator, struct date day,
	int64_t delta) MUST_CHECK;
/* Sum over an area (any level) and a period; whole months of large areas come from the month rows.
 */
int store_tally_sum(struct store *store, const char *area, const char *indicator,
	struct period period, int64_t *sum) MUST_CHECK;

/* A posyandu's stock in a month; replaces an older value of the same month; value < 0 removes it.
 */
int store_stock_set(struct store *store, const char *posyandu, const char *area,
	const char *indicator, struct date month, int64_t value) MUST_CHECK;
/* The same, counted by name: what is told does not replace it until it is set otherwise. */
int store_stock_set_named(struct store *store, const char *posyandu, const char *area,
	const char *indicator, struct date month, int64_t value) MUST_CHECK;
/* One more or less of what is counted by name; ERR_NOT_FOUND: it is not. value: what it is then.
 * newest: nothing can be told of a month behind it. */
int store_stock_add_named(struct store *store, const char *posyandu, const char *indicator,
	struct date month, bool newest, int64_t delta, int64_t *value) MUST_CHECK;
int store_stock_is_named(struct store *store, const char *posyandu, const char *indicator,
	struct date month, bool *named) MUST_CHECK;
/* Sum of each posyandu's last month within the period. */
int store_stock_sum(struct store *store, const char *area, const char *indicator,
	struct period period, int64_t *sum) MUST_CHECK;
/* Of one posyandu: its last month within the period, or all of them added up. */
int store_stock_told(struct store *store, const char *posyandu, const char *indicator,
	struct period period, bool last, int64_t *sum) MUST_CHECK;
/* The last stock before a month; ERR_NOT_FOUND. */
int store_stock_last(struct store *store, const char *posyandu, const char *indicator,
	struct date before, int64_t *value) MUST_CHECK;

/* Counted reports (or NIHIL) of a form by desa and month, and by posyandu where there is one ("" or
 * NULL else). */
int store_coverage_add(struct store *store, const char *area, const char *posyandu,
	const char *form, struct date month, int delta) MUST_CHECK;
/* Distinct desa of an area with any in the period, of those on the list in its last
 * month. */
int store_coverage_count(struct store *store, const char *area, const char *form,
	struct period period, int64_t *desa) MUST_CHECK;
/* The same for each month of the period, added up: desa-months (posyandu-months) with a counted
 * report or NIHIL of the form; listed: those of places that were on the list in that month. */
int store_coverage_months(struct store *store, const char *area, const char *form,
	struct period period, bool by_posyandu, int64_t *months, int64_t *listed) MUST_CHECK;
/* Those on the list with both forms; what is told of the first costs most, it should be rare. */
int store_coverage_both(struct store *store, const char *area, const char *rare,
	const char *other, struct period period, bool by_posyandu, int64_t *months) MUST_CHECK;
/* Desa (posyandu) that are closed now and were on the list at the beginning of the period, and the
 * months of it until that in which they were closed, added up. */
struct closed_places {
	int64_t places, months;
};
int store_closed_places(struct store *store, const char *area, struct period period,
	bool by_posyandu, struct closed_places *out) MUST_CHECK;
/* S of the posyandu with a counted session of the form on a day of the period (which lies in one
 * month): their stock of that month. */
int store_stock_held(struct store *store, const char *area, const char *form,
	const char *indicator, struct period period, int64_t *sum) MUST_CHECK;
/* Desa (or posyandu) of an area that were on the list in the month and told none, in code order,
 * from `offset`; total: of all. */
int store_coverage_gaps(struct store *store, struct arena *arena, const char *area,
	const char *form, struct date month, bool by_posyandu, size_t offset, const char **codes,
	size_t room, size_t *count, size_t *total) MUST_CHECK;
/* Every cell that is kept, of all tables: "tally_day", a place (a posyandu of "stocks" and
 * "coverage_posyandu"), what is counted, and its day, month or period. Stops when each() returns
 * non-zero. */
typedef int kept_cell(const char *table, const char *place, const char *what, const char *when,
	int64_t value, void *context);
int store_kept_each(struct store *store, kept_cell *each, void *context) MUST_CHECK;

#endif
