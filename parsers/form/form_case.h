/* A case: what several reports of one person belong to, as a form's file says it. A pregnancy with
 * its contacts, a child with its weighings.
 */
#ifndef PARSERS_FORM_CASE_H
#define PARSERS_FORM_CASE_H

#include "parsers/form/form_rules.h"

/* What is reached once, on the day of the report that completes it: "k6". Each row of need must be
 * held by so many reports of the case. It is counted under its name. */
struct form_mark {
	const char *name;
	const struct form_points *need;
	size_t nneed;
	bool say; /* the answer says what it still needs */
};

/* What ends a case: a report of its own form, or of another about the same person. */
struct form_end {
	const char *name; /* what the case is from then on: end.NAME of the catalogue */
	const char *form; /* NULL: its own */
	const char *who;  /* field of the other form that has the person's name; NULL: its usual one */
	struct condition when;
	int from, to; /* days around the due day in which it can be; both 0: any day */
};

/* Who is reminded when what should follow an event is not told: a mark of the case. */
struct form_follow {
	const char *name; /* its words: follow.FORM.NAME of the catalogue */
	const char *form; /* whose reports are the event */
	struct condition when;
	int days; /* after it */
	const char *mark;
	/* a report of this form about the person, since the event: there is nobody to be seen any more */
	const char *gone, *gone_who;
	struct condition gone_when;
};

/* What is known of the same person from another form's reports. */
struct form_known {
	const char *form;
	const struct form_carry *take; /* "tgl>lahir": its field, and ours */
	size_t ntake;
	int days; /* so far back */
};

struct form_case {
	const char *due; /* field of the day that makes it this one: expected, or of birth; NULL */
	int near; /* days: further off it is another one */
	bool ask; /* another one, while one is open, is asked */
	const char *same; /* field that must not differ either: the sex of a child; NULL */
	/* fields in which one person does not differ: another NIK is another person, anything else that
	 * is further off is asked */
	const struct form_same *person;
	size_t nperson;
	bool ask_alike; /* a name that is only alike is asked */
	const char *class; /* field whose newest value is the case's; NULL */
	const struct condition *risk; /* of the newest report: counts among those at risk; NULL */
	const char *contact, *seen_by; /* fields: which contact it is; who saw her; NULL */
	const struct condition *no_contact; /* a report that is none; NULL */
	const char *list; /* the question that lists open ones by their due day; NULL */
	int over; /* days behind the due day at which it is over by itself; 0: never */
	int ahead, late, lost; /* days before the due day, and behind it with nothing heard; 0: never */
	const struct form_mark *marks;
	const struct form_end *ends;
	const struct form_follow *follows;
	size_t nmark, nend, nfollow;
};

#endif
