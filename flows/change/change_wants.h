/* The parts of the gate: one function per want. For the files of change.h only. */
#ifndef FLOWS_CHANGE_WANTS_H
#define FLOWS_CHANGE_WANTS_H

#include "flows/change/change_state.h"

int change_tell(struct turn *turn, struct change *change) MUST_CHECK;
int change_correct(struct turn *turn, struct change *change) MUST_CHECK;

/* Compares what would count from now on; told before, it is kept back behind the other one. */
int change_compare(struct turn *turn, struct change *change) MUST_CHECK;
/* What was found is none of the teller's: it is as if nothing had been. */
bool change_hides(
	const struct turn *turn, const struct record *told, const struct record *found);
/* The status that follows, the row, its links and questions. */
int change_write(struct turn *turn, struct change *change, enum report_status ended) MUST_CHECK;
/* `old` ends, and after takes its place. */
int change_place(struct turn *turn, struct change *change, struct record *old) MUST_CHECK;

#endif
