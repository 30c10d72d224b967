/* A change on its way through the gate (change.h): what is wanted, and what came of it. */
#ifndef FLOWS_CHANGE_STATE_H
#define FLOWS_CHANGE_STATE_H

#include "flows/same/same_event.h"

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
	bool class_told;    /* the class is among the corrected values */
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
	bool placed; /* out: took the place of `found` */
	bool confirms; /* out: somebody from outside had told it, as `found` */
	const struct record *death; /* out: of somebody that it tells has died; NULL */
	/* out: such a death that it does not tell any more, and that the speaker may not end; NULL */
	const struct record *untold;
	const struct record *birth; /* out: of a child that lived after all; NULL */
};

#endif
