/* PINDAH: somebody is looked after in another desa from now on, when its bidan says SETUJU. What was
 * told before stays counted where it was. */
#ifndef FLOWS_CORRECT_MOVE_H
#define FLOWS_CORRECT_MOVE_H

#include "flows/turn/turn.h"
#include "store/message/deadline.h"

/* A move that waits: whose case, from where, where to, who asked. */
struct move_wait {
	const char *ref, *name, *from, *to, *by;
};

int move_handle(struct turn *turn) MUST_CHECK;
/* SETUJU or TOLAK of a move that waits for the sender; *done false: there is none of that reference. */
int move_decide(struct turn *turn, const char *ref, bool yes, bool *done) MUST_CHECK;
/* Those that the sender may decide, each with the question about it. */
typedef int move_each_fn(struct turn *turn, const struct move_wait *wait, const char *text, void *context);
int move_each(struct turn *turn, move_each_fn *each, void *context) MUST_CHECK;
/* Nobody answered: whoever asked is told. */
int move_on_due(const struct turn *turn, const struct deadline *deadline) MUST_CHECK;

#endif
