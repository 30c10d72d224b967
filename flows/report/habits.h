/* What was said last by a phone and how often, and its messages of the day.
 *
 * It follows from what came in, so it is kept in memory and counted anew at the start; only a phone
 * that looks like a machine has a row, for what does not follow: its run and until when it is muted.
 *
 * Where several gateways share a store, a phone may come to any of them. There a phone that repeats
 * itself has a row too, which the others read, and the answers of its day are counted in the store as
 * soon as this gateway has given it an eighth of what it may get, but no more than HABITS_ALONE. So
 * what it gets of one more gateway is bounded by that.
 */
#ifndef FLOWS_REPORT_HABITS_H
#define FLOWS_REPORT_HABITS_H

#include "flows/turn/turn.h"

#define HABITS_DIGEST 16
#define HABITS_ALONE  8

struct habits {
	unsigned char text[HABITS_DIGEST]; /* of the last text; the text itself is not kept */
	int64_t since; /* when that text came first */
	int64_t at; /* when it came last */
	int64_t muted; /* until */
	int64_t answers; /* messages of the day */
	int day; /* 20240815, local */
	int times;
	int run; /* messages in a row that followed what we had sent */
	bool row; /* the store has one */
};

void habits_foresee(const struct flow *flow, const char *phone); /* flows/foresee.h */
/* Of the sender; all zero when nothing is known. */
int habits_load(const struct turn *turn, struct habits *habits) MUST_CHECK;
/* Messages of the day that count, by what all gateways have answered. */
int habits_today(const struct turn *turn, const struct habits *habits, int64_t *today) MUST_CHECK;
/* Counts a message that came at `now`. */
int habits_count(struct habits *habits, const struct flow *flow, const char *text, int64_t now)
	MUST_CHECK;
int habits_store(const struct turn *turn, struct habits *habits) MUST_CHECK;
/* From what came in lately; once, before the first message. */
int habits_rebuild(const struct flow *flow) MUST_CHECK;

#endif
