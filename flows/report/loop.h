/* Loops with machines, told by their shape and not by their words: a phone that answers before
 * anybody could have read, or that says what we said.
 *
 * What it costs is bounded: such a phone is muted (nothing is sent back to it) for a while, chat is
 * answered a few times. On a link whose phones do so one after the other, no stranger's message that
 * followed ours at once is answered; whoever did not do so himself is answered as ever: no phones
 * silence another's. What was told is read and stored all the same.
 */
#ifndef FLOWS_LOOP_H
#define FLOWS_LOOP_H

#include "flows/turn/turn.h"

void loop_foresee(const struct flow *flow, const char *phone); /* flows/foresee.h */
/* Before the reading: fills turn->loop from what went out to the phone lately. run, muted: of the
 * phone's row; a row ends with a message that is neither quick nor ours. */
int loop_look(struct turn *turn, int *run, const int64_t *muted) MUST_CHECK;
/* What we sent ourselves, by a machine: it tells nothing and is not even read. */
bool loop_echoes(const struct turn *turn);
/* After the reading: *held, when the message is kept raw and nothing more is done about it (chat
 * and cries of what is muted, beyond the first few). */
int loop_hold(struct turn *turn, bool *held) MUST_CHECK;
/* At the end: may the answer leave? Sets turn->loop.news. */
int loop_answer(struct turn *turn, bool *may) MUST_CHECK;
/* Of a message that followed or repeated what we sent and told nothing new: one more in the row of
 * its phone, which may mute it. */
void loop_settle(struct turn *turn, int *run, int64_t *muted);
/* May a message that is no report, answer, command or query be answered? Counts it when it may. */
int loop_chat(struct turn *turn, bool *may) MUST_CHECK;

/* What the loops of one worker keep in memory: its links and figures. */
struct loops;
struct loops *loops_new(void);
void loops_free(struct loops *loops);
struct loops_status {
	uint64_t phones, links; /* that were muted */
	uint64_t silenced; /* answers that did not leave */
	uint64_t repeated; /* messages that were what we had said */
	uint64_t muted_phones, muted_links; /* now */
};
/* Any thread. now: UTC seconds. */
void loops_status(const struct loops *loops, int64_t now, struct loops_status *out);

#endif
