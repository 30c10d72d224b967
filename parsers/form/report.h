/* One report as it was read: its fields, what is wrong with it, what is worth noting. Plain data in
 * the reading's arena; the names are the same contract as in parsers/form/reading.h. */
#ifndef PARSERS_REPORT_H
#define PARSERS_REPORT_H

#include "parsers/form/form_names.h"

struct form; /* parsers/form/form.h */
enum report_status {
	STATUS_ACCEPTED, STATUS_INCOMPLETE, STATUS_QUESTION, STATUS_SUSPECT, STATUS_DUPLICATE,
	STATUS_REFUSED, STATUS_CANCELLED, STATUS_SUPERSEDED, STATUS_HELD, STATUS_VERIFIED
};

enum problem_code {
	PROBLEM_MISSING,
	PROBLEM_RANGE,
	PROBLEM_FUTURE,
	PROBLEM_INVALID,
	PROBLEM_AMBIGUOUS,
	PROBLEM_NIK,
	PROBLEM_SUM,
	PROBLEM_PLACE,
	PROBLEM_SCOPE,
	PROBLEM_OWNER,
	PROBLEM_REF,
	PROBLEM_FORMAT,
	PROBLEM_UNREGISTERED,
	PROBLEM_NO_PENDING,
	PROBLEM_PRIVACY,
	PROBLEM_EMPTY
};

/* One choice of a numbered question ("balas 1/2"). */
struct option {
	const char *value; /* canonical: "35.03.01.2004.006", "L", "3200" */
	const char *label; /* what the sender sees: "CEMPAKA 1" */
};

#define OPTIONS_MAX 9
struct problem {
	const char *field; /* "" when it is about the whole message */
	enum problem_code code;
	const char *raw; /* the text that is wrong, as written; NULL */
	const char *offer; /* canonical value the reply may propose; NULL */
	struct option options[OPTIONS_MAX];
	size_t noption;
};

struct value {
	const char *field; /* canonical name */
	/* canonical: "SITI AMINAH", "2024-08-12", "3200", "48.5", "P34Y", "BIDAN" */
	const char *text;
	const char *raw; /* as the sender wrote it */
	/* which of the form's names it has; NAME_NONE: none of them. True of what stands in a report, as
	 * is: report_set() finds it. */
	unsigned char number_of;
	bool number; /* a JSON number */
	bool defaulted; /* not written by the sender: the form's default, the sender's desa … */
};

#define NAME_NONE	UINT8_MAX
#define REPORT_FIELDS	48
#define REPORT_PROBLEMS 12
#define REPORT_NOTES	12
struct report {
	const struct form *form;
	enum report_status status;
	const struct form_names *names; /* the form's */
	unsigned char places[FORM_NAMES]; /* of values by the numbers of their names, from 1; 0: none */
	struct value values[REPORT_FIELDS]; /* in the form's order; derived ones (kelas) included */
	size_t nvalue;
	struct problem problems[REPORT_PROBLEMS];
	size_t nproblem;
	const char *notes[REPORT_NOTES];
	size_t nnote;
	bool story, coded; /* told without a keyword first; explicit separators part its fields */
	bool also, training; /* "bayinya juga": another one than told before; LATIH */
	/* index of the report of the same message that it belongs to ("lived, then died"), -1 */
	int linked;
};

/* Names of the contract; NULL or -1 when there is none of that name. */
const char *status_name(enum report_status status);
const char *problem_name(enum problem_code code);
int status_by_name(const char *name);
int problem_by_name(const char *name);

/* The value of the name with that number; NULL: there is none. */
static inline const struct value *report_at(const struct report *report, unsigned number)
{
	return report->places[number] ? &report->values[report->places[number] - 1] : NULL;
}

const struct value *report_value(const struct report *report, const char *field); /* NULL */
const char *report_text(const struct report *report, const char *field); /* its text; NULL */
/* ... of a name that has this number where the report is of its form. */
const char *report_text_of(const struct report *report, unsigned number, const char *name);
bool report_is_nihil(const struct report *report); /* that there was none in a month */

#endif
