/* Cases: what several reports of one person belong to (parsers/form/form_case.h). A row follows from
 * its reports and is written with them; what is asked by area and time is asked of the row.
 */
#ifndef STORE_REPORT_CASE_H
#define STORE_REPORT_CASE_H

#include "store/base/store.h"

struct case_row {
	int64_t id;
	const char *form, *area; /* whose; the desa where it is looked after */
	const char *posyandu;    /* of its first report; NULL */
	const char *name;        /* folded, as the first report told it */
	const char *opened, *last; /* ISO days of its first and of its newest report */
	const char *due;         /* NULL: not known */
	const char *same, *class; /* values of these roles; NULL */
	const char *state;       /* "open", else what ended it */
	const char *closed;      /* ISO day; NULL while it is open */
	const char *ref;         /* of its first report */
	const char *marks;       /* JSON: {"k1":"2024-05-03 35.03.01.2004"}, the day and the desa */
	int64_t first, ended_by; /* reports; ended_by 0: by itself, or by one of its own */
	int contacts;
	bool risk;
	const char *known; /* what its next report needs: flows/case/known.h; NULL */
};

int store_case_put(struct store *store, struct case_row *row) MUST_CHECK; /* id is set */
int store_case_set(struct store *store, const struct case_row *row) MUST_CHECK;
/* The same, when nothing changed but what its newest report says of last, class, risk and known. */
int store_case_follow(struct store *store, const struct case_row *row) MUST_CHECK;
int store_case_drop(struct store *store, int64_t id) MUST_CHECK;
int store_case_get(
	struct store *store, struct arena *arena, int64_t id, struct case_row *out) MUST_CHECK;
/* By name exactly, the newest first. */
int store_case_named(struct store *store, struct arena *arena, const char *form, const char *area,
	const char *name, struct case_row *rows, size_t room, size_t *count) MUST_CHECK;
/* Those of a desa that are open and that it wants; it sees their names alone. The newest first. */
typedef int case_wants(const struct case_row *row, void *context);
int store_case_open(struct store *store, struct arena *arena, const char *form, const char *area,
	case_wants *wants, void *context, struct case_row *rows, size_t room,
	size_t *count) MUST_CHECK;
/* Whether a desa has an open case of a form at all: false is sure. */
int store_case_any(
	struct store *store, const char *form, const char *area, bool *any) MUST_CHECK;
/* A batch will ask it: store_ask() of store/base/store.h. */
void store_case_any_foresee(struct store *store, const char *form, const char *area);
/* What a report ended. */
int store_case_ended(struct store *store, struct arena *arena, int64_t report,
	struct case_row *rows, size_t room, size_t *count) MUST_CHECK;

/* Open ones of an area (any level) by their due day, both inside; without any day at all: those
 * behind `offset`. */
int store_case_due(struct store *store, struct arena *arena, const char *form, const char *area,
	const char *from, const char *to, size_t offset, struct case_row *rows, size_t room,
	size_t *count) MUST_CHECK;
/* Closed on one of these days with this state. */
int store_case_closed(struct store *store, struct arena *arena, const char *form,
	const char *area, const char *state, const char *from, const char *to,
	struct case_row *rows, size_t room, size_t *count) MUST_CHECK;
/* Open at the end of a day, of an area of any level; risk: only those. */
int store_case_count(struct store *store, const char *form, const char *area, const char *day,
	bool risk, int64_t *count) MUST_CHECK;
/* The same, one by one; stops and returns what each() returns when not 0. */
typedef int case_each(const struct case_row *row, void *context);
int store_case_at(struct store *store, const char *form, const char *area, const char *day,
	bool risk, case_each *each, void *context) MUST_CHECK;

/* Which case a report belongs to; 0: none. */
int store_case_of(struct store *store, int64_t report, int64_t *id) MUST_CHECK;
int store_case_join(
	struct store *store, int64_t id, int64_t report, const char *date) MUST_CHECK;
int store_case_leave(struct store *store, int64_t report) MUST_CHECK;
/* Its reports up to a day (NULL: all), the newest first. */
int store_case_reports(struct store *store, int64_t id, const char *until, int64_t *reports,
	size_t room, size_t *count) MUST_CHECK;
/* The newest of its reports of a month ("2024-08"), but for one; 0: none. */
int store_case_newest(struct store *store, int64_t id, const char *month, int64_t but,
	int64_t *report) MUST_CHECK;
/* Counted reports of a form, a desa and a month that belong to no case, the oldest first. */
int store_case_without(struct store *store, const char *form, const char *area,
	const char *month, int64_t *reports, size_t room, size_t *count) MUST_CHECK;
/* All cases, for counting again. */
int store_case_each(struct store *store, case_each *each, void *context) MUST_CHECK;

#endif
