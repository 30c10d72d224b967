/* What a text means: the result of reader_read(), plain data, all strings in the reading's arena.
 *
 * Canonical names (forms, fields, choices, statuses, problem codes, notes, intents) are a contract:
 * the store, the exports and `kabarctl read` use them as they stand here.
 */
#ifndef PARSERS_READING_H
#define PARSERS_READING_H

#include "parsers/date.h"
#include "parsers/gazetteer.h"

struct form; /* parsers/form.h */

enum role { ROLE_NONE, ROLE_KADER, ROLE_BIDAN, ROLE_DESA, ROLE_PUSKESMAS, ROLE_DINKES, ROLE_PROVINSI };

/* Who speaks, as far as reading needs it. An unregistered sender has role ROLE_NONE and no areas. */
#define SENDER_AREAS 8
struct sender {
	const char *phone; /* "+62812…"; may be a short or alphanumeric address */
	const char *name; /* NULL when unregistered */
	const char *language; /* "id" */
	enum role role;
	const struct area *areas[SENDER_AREAS];
	size_t narea;
	const struct puskesmas *puskesmas; /* role puskesmas with a puskesmas as area */
	const struct posyandu *posyandu; /* a kader's own */
};

enum report_status { STATUS_ACCEPTED, STATUS_INCOMPLETE, STATUS_QUESTION, STATUS_SUSPECT, STATUS_DUPLICATE,
	STATUS_REFUSED, STATUS_CANCELLED, STATUS_SUPERSEDED, STATUS_HELD, STATUS_VERIFIED };

enum problem_code { PROBLEM_MISSING, PROBLEM_RANGE, PROBLEM_FUTURE, PROBLEM_INVALID, PROBLEM_AMBIGUOUS,
	PROBLEM_NIK, PROBLEM_SUM, PROBLEM_PLACE, PROBLEM_SCOPE, PROBLEM_OWNER, PROBLEM_REF, PROBLEM_FORMAT,
	PROBLEM_UNREGISTERED, PROBLEM_NO_PENDING, PROBLEM_PRIVACY, PROBLEM_EMPTY };

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
	const char *text; /* canonical: "SITI AMINAH", "2024-08-12", "3200", "48.5", "P34Y", "BIDAN" */
	const char *raw; /* as the sender wrote it */
	bool number; /* a JSON number */
	bool defaulted; /* not written by the sender: the form's default, the sender's desa … */
};

#define REPORT_FIELDS	40
#define REPORT_PROBLEMS 12
#define REPORT_NOTES	12
struct report {
	const struct form *form;
	enum report_status status;
	struct value values[REPORT_FIELDS]; /* in the form's order; derived ones (kelas) included */
	size_t nvalue;
	struct problem problems[REPORT_PROBLEMS];
	size_t nproblem;
	const char *notes[REPORT_NOTES];
	size_t nnote;
	bool story; /* told without a keyword first */
	bool training; /* LATIH */
	int linked; /* index of the report of the same message that it belongs to ("lived, then died"), -1 */
};

enum intent { INTENT_REPORT, INTENT_CORRECT, INTENT_CANCEL, INTENT_ANSWER, INTENT_REGISTER, INTENT_PROFILE,
	INTENT_QUERY, INTENT_MORE, INTENT_STATUS, INTENT_HELP, INTENT_EMERGENCY, INTENT_HUMAN, INTENT_IGNORE,
	INTENT_SUPERVISE };

/* command: what was asked within an intent.
 * profile:   "ganti_no" "berhenti" "pin"        (argument: the new number, the PIN)
 * supervise: "terima" "verifikasi" "tolak" "setuju" "blokir"  (ref or argument: number, kelas, reason)
 * answer:    "ya" "tidak" "beda" or "" (a value: text holds it) */
struct reading {
	enum intent intent;
	struct report reports[6];
	size_t nreport;
	struct problem problems[4]; /* of the message, or of the correction, query, registration */
	size_t nproblem;
	const char *text; /* the folded text, for answers and for the human inbox */
	const char *ref; /* "L2408-0007", "last", "" (must be asked); NULL: none in this intent */
	const char *command; /* see above; NULL */
	const char *argument; /* NULL */
	const char *topic; /* help: "lahir", "tempat", "" for the overview */
	struct value changes[8]; /* correct */
	size_t nchange;
	struct {
		const char *indicator; /* "lahir", "aki", "belum_lapor" …; NULL when not read */
		const char *area; /* code, or a puskesmas id */
		const char *period; /* ISO 8601 */
		const char *by; /* what is counted: "puskesmas" for CAKUPAN ILP PUSKESMAS; NULL */
	} query;
	struct {
		const char *role, *name, *area, *posyandu; /* NULL when not read */
	} registration;
	const struct area *place; /* a place named in a story or an emergency; NULL */
	bool training;
};

/* Names of the contract; NULL or -1 when there is none of that name. */
const char *intent_name(enum intent intent);
const char *status_name(enum report_status status);
const char *problem_name(enum problem_code code);
const char *role_name(enum role role);
int status_by_name(const char *name);
int problem_by_name(const char *name);
int role_by_name(const char *name);

const struct value *report_value(const struct report *report, const char *field); /* NULL: not there */
const char *report_text(const struct report *report, const char *field); /* its text; NULL */

#endif
