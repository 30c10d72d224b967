/* What a form proves, derives, counts and compares: rows of its file. */
#ifndef PARSERS_FORM_RULES_H
#define PARSERS_FORM_RULES_H

#include "parsers/form/form_field.h"

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

struct form_derive { /* rows of one field; the first that holds */
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
};

struct form_becomes {
	const char *form, *field, *value; /* stored as that form with field=value */
	struct condition when;
};

#endif
