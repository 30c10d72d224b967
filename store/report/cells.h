/* Single cells of what is kept, for who counts a month of a desa again: see flows/recount/mend.h. */
#ifndef STORE_REPORT_CELLS_H
#define STORE_REPORT_CELLS_H

#include "store/report/tally.h"

/* Names of what a form file counts: of events, of stocks; of coverage. */
struct cell_names {
	const char *const *list;
	size_t count;
};

/* The month with reports that comes next, by area and month; month "" is in front of the first.
 * ERR_NOT_FOUND: there is none. */
int store_month_next(struct store *store, struct arena *arena, const char **area,
	const char **month) MUST_CHECK;
/* The posyandu that reports of a desa's month name. */
int store_month_posyandu(struct store *store, struct arena *arena, const char *area,
	const char *month, const char **ids, size_t room, size_t *count) MUST_CHECK;
/* What is kept of a desa's month: "tally_day", "coverage_desa"; what is not there is not told. */
int store_desa_cells(struct store *store, const char *area, const char *month,
	const struct cell_names *events, const struct cell_names *coverage, kept_cell *each,
	void *context) MUST_CHECK;
/* The same of a posyandu's month: "stocks", "coverage_posyandu". */
int store_posyandu_cells(struct store *store, const char *posyandu, const char *month,
	const struct cell_names *stocks, const struct cell_names *coverage, kept_cell *each,
	void *context) MUST_CHECK;
/* Adds to one cell and to nothing above it; area: of a posyandu, else NULL. */
int store_cell_add(struct store *store, const char *table, const char *place, const char *what,
	const char *when, const char *area, int64_t delta) MUST_CHECK;

/* By which rules everything is counted, as a number that the caller makes; 0: not known. */
int store_counted_by(struct store *store, int64_t *rules) MUST_CHECK;
int store_counted_by_put(struct store *store, int64_t rules) MUST_CHECK;

#endif
