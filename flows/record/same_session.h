/* Sessions compared; what same_event.h says of any event holds for the answer. */
#ifndef FLOWS_SAME_SESSION_H
#define FLOWS_SAME_SESSION_H

#include "flows/record/same_event.h"

/* own: `other` was told by who tells `record`; correcting: its day or place was told otherwise. */
enum same same_session_judge(const struct turn *turn, const struct record *record,
	const struct record *other, bool own, bool correcting);

#endif
