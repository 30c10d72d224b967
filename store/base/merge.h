/* Additions to counts that wait for the commit. Use inside a span: outside a batch they are written
 * by its end. */
#ifndef STORE_BASE_MERGE_H
#define STORE_BASE_MERGE_H

#include "store/base/merge_kind.h"
#include "store/statement/query.h"

#define MERGE_COUNTERS "counter" /* ahead.h, memo.h: the kind of what is written there */
#define MERGE_SERIALS  "serial"
#define MERGE_COUNTER_KEY 128
/* Kind, key and time of a counter as what memo.h knows it by; false: too long. */
bool merge_counter_key(char out[MERGE_COUNTER_KEY], const char *const *parts);
bool merge_serial_key(char out[MERGE_COUNTER_KEY], const char *const *parts);

void merge_add(
	struct store *store, enum merge_table table, const char *const *parts, int64_t delta);
/* An event on its day and in the months of all areas above. */
void merge_add_event(struct store *store, const char *area, const char *indicator,
	const char *day, int64_t delta);
#define MERGE_PERIOD 16
/* The name of a month's own period, its quarter or its year (0 to 2): "2024-08", "2024-Q3", "2024". */
void merge_period(char out[MERGE_PERIOD], const char *month, int which);
/* To a stock by name that is there (posyandu, indicator, month, area), and to the sums of so many of its
 * periods: month, quarter, year. */
void merge_add_named(
	struct store *store, const char *const *parts, int periods, int64_t delta);
/* The same without its row. */
void merge_add_sums(struct store *store, const char *const *parts, int periods, int64_t delta);
/* What was added and is not written yet. */
int64_t merge_pending(struct store *store, enum merge_table table, const char *const *parts);
/* For every area above a code (by its dots), and for itself when wanted. */
void merge_add_levels(struct store *store, enum merge_table table, const char *area,
	const char *indicator, const char *period, bool itself, int64_t delta);

/* Is anything not yet where it is counted? */
int merge_waits(struct store *store, bool *waits) MUST_CHECK;
/* In a batch: what the log and the batch hold of tallies goes where it is counted. */
int merge_fold(struct store *store) MUST_CHECK;
/* The same of a slice of the log, its oldest rows; more: others may be left. Due: it is long. */
int merge_fold_some(struct store *store, bool *more) MUST_CHECK;
bool merge_fold_due(const struct store *store);
/* Before the commit: durable with it, in the tables or in the log. */
int merge_settle(struct store *store) MUST_CHECK;
/* What the batch and the log have for a stock by name: its row is right but for that. */
int merge_named(struct store *store, const char *const *parts, int64_t *delta) MUST_CHECK;
void merge_drop(struct store *store);

#endif
