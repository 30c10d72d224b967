/* The one gate to being counted. Whatever changes a report comes through here: what is wanted is set
 * against what holds now, judged, compared with the others, and written with its counts, its links
 * and its open questions. Flows say what they want; none of them sets a status. */
#ifndef FLOWS_CHANGE_H
#define FLOWS_CHANGE_H

#include "flows/record/same_event.h"

enum verdict {
	CHANGE_DONE,
	CHANGE_STATE,  /* not in the state that the report is in; nothing is changed */
	CHANGE_ASKED,  /* `problem` comes first; nothing is changed */
	CHANGE_OTHERS, /* `same` and `found`: it was told before. A telling or an answer is stored
			  behind the other one, a correction is not made */
};

struct change {
	enum want want;
	const char *action; /* of the audit row; NULL: the want's own */
	bool only_look;	    /* the verdict of a correction, nothing else */
	bool affirmed;      /* that it is another event, or replaces the session that is there */
	/* as it is stored, id 0: not yet; and in: as it is wanted, out: as it is */
	struct record before, after;
	enum verdict verdict;
	struct problem problem;
	enum same same;
	struct record found;
	/* out: counts instead of what went, or of what it was linked with */
	struct record heir;
	bool inherited;
};

/* In the arena; `record` as it is stored, or as it was read (row.id 0). */
struct change *change_new(const struct turn *turn, enum want want, const struct record *record);
int record_change(struct turn *turn, struct change *change) MUST_CHECK;
/* The same for what needs no values and no verdict. */
int record_change_to(struct turn *turn, enum want want, struct record *record) MUST_CHECK;

#endif
