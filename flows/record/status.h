/* What a report is now: who told it, how it is linked, what was decided. One function makes a status
 * of these; no other place sets one. The tables are drawn in docs/reports.md. */
#ifndef FLOWS_STATUS_H
#define FLOWS_STATUS_H

#include "parsers/form/report.h"

/* Who tells, seen from the place that the report is about; a greater one outweighs a smaller. */
enum standing {
	STANDING_STRANGER, /* on no file, or stopped */
	STANDING_OUTSIDE,  /* registered, but not for that place */
	STANDING_SCOPE,    /* of that place */
	STANDING_VERIFIER  /* a bidan or above of that place, or approved by one */
};

/* How a report is linked with the one that `original` names. */
enum linkage {
	LINK_NONE,
	LINK_SAME,      /* tells its event again: never counted beside it */
	LINK_REPLACES,  /* other figures of its session: waits for an answer */
	LINK_REPLACED,  /* took its place; gives it back when it goes */
	LINK_DIFFERENT, /* affirmed to be another event */
	LINK_BELONGS    /* told in one breath: lived, then died */
};

struct status_facts {
	enum report_status ended; /* cancelled, refused or superseded; accepted: not ended */
	enum linkage link;
	enum standing standing;
	bool verified; /* somebody who decides has checked it */
	bool story, death;
	bool asked, missing; /* problems: questions, and fields that are not there */
};

enum report_status status_of(const struct status_facts *facts);

/* What somebody wants with a report. */
enum want {
	WANT_TELL,      /* a telling of its own */
	WANT_WAIT,      /* it goes on waiting, with these values and problems as they are */
	WANT_FILL,      /* values that an answer gives */
	WANT_CORRECT,   /* other values than were told */
	WANT_CANCEL,
	WANT_VERIFY,
	WANT_REFUSE,
	WANT_APPROVE,   /* a telling from outside is let in */
	WANT_DIFFERENT, /* BEDA: another event than the one it is linked with */
	WANT_REPLACE,   /* this one instead of the one it is linked with */
	WANT_KEEP,      /* the other one instead of this */
	WANT_INHERIT,   /* what it was linked with is gone */
	WANT_COUNT
};

/* May this be done with a report of this status and link at all? Who may do it is another question:
 * record_scope.h. */
bool status_allows(enum report_status status, enum linkage link, enum want want);

const char *standing_name(enum standing standing);
const char *linkage_name(enum linkage link);
enum standing standing_by_name(const char *name); /* "" and NULL: of the place */
enum linkage linkage_by_name(const char *name);

#endif
