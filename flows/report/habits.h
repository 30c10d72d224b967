/* What was said last by a phone and how often, and its messages of the day.
 *
 * It follows from what came in, so it is kept in memory and counted anew at the start; only a phone
 * that looks like a machine has a row, for what does not follow: its run and until when it is muted.
 */
#ifndef FLOWS_REPORT_HABITS_H
#define FLOWS_REPORT_HABITS_H

#include "flows/turn/turn.h"

#define HABITS_DIGEST 16

struct habits {
	unsigned char text[HABITS_DIGEST]; /* of the last text; the text itself is not kept */
	int64_t since; /* when that text came first */
	int64_t muted; /* until */
	int64_t answers; /* messages of the day */
	int day; /* 20240815, local */
	int times;
	int run; /* messages in a row that followed what we had sent */
	bool row; /* the store has one */
};

/* Of the sender; all zero when nothing is known. */
void habits_load(const struct turn *turn, struct habits *habits);
/* Counts a message that came at `now`. */
int habits_count(struct habits *habits, const struct flow *flow, const char *text, int64_t now)
	MUST_CHECK;
int habits_store(const struct turn *turn, struct habits *habits) MUST_CHECK;
/* From what came in lately; once, before the first message. */
int habits_rebuild(const struct flow *flow) MUST_CHECK;

#endif
