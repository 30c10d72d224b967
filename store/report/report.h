/* Reports with their versions. Fields are one JSON column beside the columns that every report has.
 */
#ifndef STORE_REPORT_REPORT_H
#define STORE_REPORT_REPORT_H

#include "store/base/store.h"

struct report_row {
	int64_t id;
	const char *ref;       /* "L2408-0007"; unique in a kabupaten */
	const char *kabupaten; /* "35.03" */
	int version;           /* 1 is the first; older versions stay */
	const char *form, *status;
	const char *area;                      /* desa code; "" while unknown */
	const char *posyandu;                  /* id; NULL */
	const char *date;                      /* the day that counts, ISO; NULL while unknown */
	const char *sender;                    /* phone */
	const char *fields, *problems, *notes; /* JSON object, array, array */
	const char *match_name; /* folded mother's or dead person's name, for the same event told
				   twice; NULL */
	int64_t inbound, received;
	int64_t revised;  /* when this version was made; = received for the first */
	int64_t original; /* id of the report it is linked with; 0 */
	const char *link; /* how: "same", "replaces", "replaced", "different", "belongs"; "" */
	const char *standing; /* of who tells it: "stranger", "outside", "scope", "verifier"; "" */
	bool verified; /* somebody who decides has checked it, whatever its status is now */
	const char *match_nik; /* for the same event told twice; NULL */
	bool training;
	const char *actor; /* who made this version */
};

/* Serial of the next reference of a letter and month in a kabupaten: 1, 2, … */
int store_serial_next(struct store *store, const char *kabupaten, const char *letter_month,
	int *serial) MUST_CHECK;

/* Version 1. id is set. */
int store_report_put(struct store *store, struct report_row *row) MUST_CHECK;
/* A new version of row->id: version becomes the stored one + 1; ERR_STATE when row->version is not
 * the newest. ref, kabupaten, sender, inbound and received stay those of version 1; set revised and
 * actor. */
int store_report_revise(struct store *store, struct report_row *row) MUST_CHECK;
/* Several that will be got, asked for at once where that saves waiting. */
int store_reports_expect(struct store *store, const int64_t *ids, size_t count) MUST_CHECK;
int store_report_get(
	struct store *store, struct arena *arena, int64_t id, struct report_row *out) MUST_CHECK;
int store_report_versions(struct store *store, struct arena *arena, int64_t id,
	struct report_row *rows, size_t room, size_t *count) MUST_CHECK;

/* Looking for reports: a field that is NULL or 0 does not matter. Newest received first.
 * area_prefix: an area's code, it and all below it. */
struct report_filter {
	const char *ref, *kabupaten, *area_prefix, *form, *status, *sender, *posyandu;
	const char *match_name, *match_nik;
	const char *date_from, *date_to; /* ISO, both inside */
	int64_t inbound, received_from, received_to;
	int64_t original; /* reports that repeat or belong to this one */
	bool counted;     /* accepted or verified */
	bool waiting;     /* incomplete, question or suspect */
	bool with_training;
	bool unnamed; /* of a form that names nobody */
	bool undated; /* the dates and times of receipt are one range: a report without a day goes
			 by its receipt; all four are set */
};
int store_report_find(struct store *store, struct arena *arena, const struct report_filter *filter,
	struct report_row *rows, size_t room, size_t *count) MUST_CHECK;
/* Is there one? None is read or sorted. */
int store_report_any(struct store *store, struct arena *arena, const struct report_filter *filter,
	bool *any) MUST_CHECK;
/* Streams all that match, oldest first; stops when each() returns non-zero, which is returned. */
int store_report_each(struct store *store, const struct report_filter *filter,
	int (*each)(const struct report_row *row, void *context), void *context) MUST_CHECK;

#endif
