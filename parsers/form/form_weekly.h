/* What units tell week by week, as data: see parsers/form/form.h. */
#ifndef PARSERS_FORM_WEEKLY_H
#define PARSERS_FORM_WEEKLY_H

#include <stddef.h>

/* A report of a unit (a puskesmas, the bidan of a desa) about a week: what is not told is 0 when the total
 * is told, and what exceeds its least, or grew, is told on. Hours count from the beginning of the week's
 * last day. */
struct form_least {
	const char *field;
	double least;
};
struct form_weekly {
	const char *week, *year, *unit, *total; /* fields */
	const char *kind; /* becomes PUSKESMAS or DESA by who tells it; NULL */
	int due_desa, due_puskesmas;            /* timely until then */
	int remind_desa, remind_puskesmas;      /* who has not told is reminded then; 0: never */
	const struct form_least *least;
	size_t nleast;
	int weeks;    /* so many before are looked at ... */
	double times; /* ... more than so many times their mean alarms, ... */
	int from;     /* ... from so many cases on */
	int silence;  /* days after which it is over by itself */
};

#endif
