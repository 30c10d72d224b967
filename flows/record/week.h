/* What units (puskesmas, the bidan of a desa) told of weeks: one report a unit and week.
 *
 * A puskesmas tells what its own desa told as well, so of the two only its figures count; the desa stand
 * in for a puskesmas that has told nothing.
 */
#ifndef FLOWS_RECORD_WEEK_H
#define FLOWS_RECORD_WEEK_H

#include "flows/record/record.h"

struct week_report {
	const char *unit; /* a puskesmas id, or the code of a desa */
	const struct puskesmas *puskesmas; /* the unit, else the one that serves the desa; NULL */
	bool desa; /* the unit is a desa */
	struct date last; /* day of the week */
	bool counted;
	int64_t received; /* when the unit first told of it */
	struct report report; /* the counted one */
};

struct week_list {
	struct week_report *list;
	size_t count;
};

/* All of a form in an area (it and what is below) with a last day within the period, added to a list. */
int week_load(const struct turn *turn, const struct form *form, const char *area,
	struct period period, struct week_list *out) MUST_CHECK;
/* Until when a report of the week that ends on a day is timely, or its unit is reminded. */
int64_t week_time(const struct turn *turn, struct date last, int hours);
bool week_timely(const struct turn *turn, const struct form *form, const struct week_report *one);
/* Cases of a field: of puskesmas, and of desa whose puskesmas told nothing of that week. */
int64_t week_sum(const struct week_list *list, const char *field);
/* The field says which unit tells, or of what kind it is. */
bool week_names_unit(const struct form *form, const char *field);
/* It is the unit of who speaks: a desa that he verifies in, a puskesmas that he is of or above. */
bool week_own(const struct turn *turn, const struct record *record);
/* The last day of the last week that is over; on its last day a week is. */
struct date week_last_day(struct date today);
/* Of one unit and week. */
bool week_same(const struct report *a, const struct report *b);
bool form_is_weekly(const struct form *form);

#endif
