/* What the pages of the web front look at beside single reports and sums. */
#ifndef STORE_REPORT_OVERVIEW_H
#define STORE_REPORT_OVERVIEW_H

#include "store/report/report.h"

/* Counted reports of a form by desa and month of an area, months like "2026-08", both inside.
 * posyandu: by posyandu (code: its id). Stops when each() returns non-zero, which is returned. */
typedef int coverage_each(const char *code, const char *month, int64_t count, void *context);
int store_coverage_each(struct store *store, const char *area, const char *form, bool posyandu,
	const char *from, const char *to, coverage_each *each, void *context) MUST_CHECK;

/* The newest reports of an area (NULL: all) by number, those with an id below `before` (0: all);
 * form, status NULL: any. Training only when asked for. large: the area holds a good part of all
 * reports. */
struct latest {
	const char *area, *form, *status, *sender;
	int64_t before;
	bool large, training;
};
int store_report_latest(struct store *store, struct arena *arena, const struct latest *latest,
	struct report_row *rows, size_t room, size_t *count) MUST_CHECK;

/* Reports of a form about the days from … to of exactly this area, newest first; form NULL: any. */
int store_report_days(struct store *store, struct arena *arena, const char *area, const char *form,
	const char *from, const char *to, struct report_row *rows, size_t room,
	size_t *count) MUST_CHECK;

/* Did a counted report of a form about the days from … to of exactly this area come until limit
 * (UTC)? posyandu NULL: of any. */
int store_report_in_time(struct store *store, const char *area, const char *posyandu,
	const char *form, const char *from, const char *to, int64_t limit, bool *in_time) MUST_CHECK;

/* How many of the human inbox wait. */
int store_human_count(struct store *store, const char *state, int64_t *count) MUST_CHECK;

#endif
