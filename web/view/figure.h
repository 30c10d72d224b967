/* Indicators as pages show them, with the numbers that a query by SMS gives: flows/query counts,
 * nothing here does. */
#ifndef WEB_FIGURE_H
#define WEB_FIGURE_H

#include "web/view/view.h"

enum figure_kind {
	FIGURE_COUNT, /* part alone */
	FIGURE_SHARE, /* part of whole */
	FIGURE_RATE,  /* part per so many of whole; a number alone while it is small */
};

struct figure_row {
	const char *name; /* in URLs; the indicator of a form that it is */
	enum figure_kind kind;
	const char *held;    /* coverage: sessions of this form that were held; NULL */
	int target;          /* percent; 0: none */
	bool low_good;       /* less is better */
	const char *form;    /* whose reports it rests on */
	const char *id, *en; /* heading */
	const char *id_long, *en_long;
};

const struct figure_row *figure_at(size_t index);       /* NULL after the last */
const struct figure_row *figure_find(const char *name); /* NULL: none */

struct figure {
	int64_t part, whole;
	int64_t waiting; /* told, not yet counted; figure_told() alone looks */
	bool untold;	 /* nobody told the form: no number follows, not even 0 */
};
int figure_get(struct request *request, const struct figure_row *row, const struct unit *unit,
	struct period period, struct figure *out) MUST_CHECK;
int figure_told(struct request *request, const struct figure_row *row, const struct unit *unit,
	struct period period, struct figure *out) MUST_CHECK;
/* Any number that a query answers. */
int figure_number(struct request *request, const char *indicator, const struct unit *unit,
	struct period period, int64_t *out) MUST_CHECK;
/* "84,2%", "12", "3" */
const char *figure_text(
	const struct request *request, const struct figure_row *row, struct figure figure);
/* The words of the SMS answer: "8, lahir hidup 7.340: 109 (47-215)/100.000"; "" when there are
 * none. */
const char *figure_words(struct request *request, const struct figure_row *row,
	const struct unit *unit, struct period period);
/* What a period changed against the one before, as EVALUASI tells it: "+3", "-1,2" points; NULL:
 * nothing. */
const char *figure_change(struct request *request, const struct figure_row *row,
	const struct unit *unit, struct period period);
/* For colours and bars: percent of a share, else the part; negative: none. */
double figure_value(const struct figure_row *row, struct figure figure);
/* Desa with a report of the form, of all. */
int figure_complete(struct request *request, const char *form, const struct unit *unit,
	struct period period, int64_t *with, int64_t *of) MUST_CHECK;

#endif
