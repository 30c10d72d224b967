/* The calendar: what comes by itself every month, quarter or week, each once for its time, whatever the
 * clock did and with two gateways too. */
#ifndef FLOWS_REMIND_CALENDAR_H
#define FLOWS_REMIND_CALENDAR_H

#include "flows/turn/turn.h"
#include "store/message/deadline.h"

enum calendar_every { CALENDAR_MONTH, CALENDAR_QUARTER, CALENDAR_WEEK };

struct calendar_job {
	const char *kind; /* of its deadline */
	enum calendar_every every;
	int day, hour; /* of the month (0: not wanted), or of the week: 0 Sunday, -1: not wanted; local */
};

/* Makes sure that the next one of each job stands in the store as a deadline. */
int calendar_plan(const struct turn *turn, const struct calendar_job *jobs, size_t count) MUST_CHECK;

/* What a job does to one person on file, in whatever state; due: the day that it runs. */
typedef int calendar_person(const struct turn *turn, struct person *person, struct date due);
/* Runs a deadline of the calendar: on its day, by day, some people at a time. */
int calendar_run(const struct turn *turn, const struct deadline *deadline,
	calendar_person *each) MUST_CHECK;
/* People in one transaction: messages come in between. */
#define CALENDAR_PHONES 1000 /* room for those of so many people */
size_t calendar_people(const struct turn *turn);
/* Once for this person (or whatever `who` names) and day. */
int calendar_once(const struct turn *turn, const char *job, const char *time, const char *who,
	bool *first) MUST_CHECK;

#endif
