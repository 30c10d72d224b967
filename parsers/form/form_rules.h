/* What a form proves, derives, counts and compares: rows of its file. */
#ifndef PARSERS_FORM_RULES_H
#define PARSERS_FORM_RULES_H

#include "parsers/form/form_field.h"
#include "parsers/form/form_weekly.h"

struct form_require {
	const char *const *fields; /* "nama", or "nama|ibu" (any of them) */
	size_t nfield;
	struct condition when;
};

struct form_check {
	const char *field; /* blamed, and the name by which the sender confirms */
	struct condition when, rule;
	enum problem_code code;
	bool ask; /* the sender may affirm it; else it is an error */
	const char *note; /* noted when affirmed; NULL */
};

struct form_derive { /* the first that holds of one field, whose rows share the very same name */
	const char *field, *value;
	struct condition when;
	bool prose; /* not where explicit separators part the fields: the field may be mangled */
};

struct form_same { /* the same event told again: all must agree */
	const char *field;
	double tolerance; /* days of a date, else the field's own unit */
	bool fuzzy; /* a slip in a name does not matter */
};

struct form_count {
	const char *name;
	struct condition when;
	struct condition unless; /* no term: never kept out */
	const char *by; /* adds this field's number; NULL: adds 1 */
	bool stock; /* a stock: the last of a period, never added over time */
	/* each person once a month, as the last report of its case says */
	bool once;
	/* ... and as a stock of the posyandu, instead of what was told under this name, where it has
	 * any of that count (itself, or those that it is some of); NULL: it is not */
	const char *named;
};

struct form_points { /* of a score */
	double points;
	struct condition when, unless; /* no term of unless: never kept out */
};

/* A value that a function makes of others (compute.h); of one field the first that has one. */
#define COMPUTE_ARGS 6
struct form_compute {
	const char *field;
	const struct compute_function *function;
	const char *args[COMPUTE_ARGS]; /* in the function's order: a field, a number; NULL */
	unsigned char numbers[COMPUTE_ARGS]; /* of fields among them, in the form's names */
	const struct growth *table;
	const struct form_points *points;
	size_t npoint;
	struct condition when, unless; /* no term of unless: never kept out */
};

/* Who is told at once when it holds, until somebody takes it; a notice: the bidan, once. */
enum { FORM_TO_BIDAN = 1, FORM_TO_PUSKESMAS = 2, FORM_TO_DINKES = 4 };
struct form_alarm {
	const char *name; /* its words: alarm.FORM.NAME of the catalogue */
	struct condition when;
	unsigned levels;
	bool notice, daily; /* daily: with the others of the day */
	bool death; /* somebody died: a death is opened and alerted, nothing else */
};

/* Cases of one kind in a desa within some days that are too many. */
struct form_outbreak {
	const char *by, *sum; /* fields: the kind, and how many */
	int days, silence;    /* the window; days without a case that end it */
	const struct form_points *least; /* so many alarm: the first that holds */
	size_t nleast;
	const struct condition *dinkes; /* any of them: the dinkes too */
	size_t ndinkes;
};

/* Known from earlier reports of the same one: into its own field, or into another, of the last month
 * before ("bb>bb_lalu") or of the newest ("hpl>>hpl_lalu"). */
struct form_carry {
	const char *from, *to; /* to NULL: the same field */
	bool newest;
};

struct form_becomes {
	const char *form, *field, *value; /* stored as that form with field=value */
	struct condition when;
};

#endif
