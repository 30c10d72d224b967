/* Sessions compared: what becomes of a telling that may be of one that was told. */
#ifndef FLOWS_SAME_SAME_SESSION_H
#define FLOWS_SAME_SAME_SESSION_H

#include "flows/record/record.h"

enum same { SAME_NONE,
	SAME_EVENT, /* told again: linked, not counted */
	SAME_AGAIN, /* an unfinished telling of what was finished since: as SAME_EVENT */
	SAME_PERHAPS, /* the mother and the days agree, something else differs: linked and asked */
	SAME_OTHER_FIGURES, /* the same session with other figures: ask */
	SAME_UNFINISHED, /* an earlier report of it still waits: the new one completes it */
};

/* own: `other` was told by who tells `record`; correcting: its day or place was told otherwise. */
enum same same_session_judge(const struct turn *turn, const struct record *record,
	const struct record *other, bool own, bool correcting);

#endif
