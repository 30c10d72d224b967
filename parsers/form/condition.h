/* Conditions of forms: `FIELD OP VALUE` joined by `and`, compiled once.
 *
 * VALUE is a literal, alternatives `A|B`, or fields added up (`n+t+o+b`). A date may be compared
 * with a day relative to today (`tgl<-30d`), an age with a duration (`umur<P7D`). A term whose
 * field (or a field on its right) is absent does not hold.
 */
#ifndef PARSERS_CONDITION_H
#define PARSERS_CONDITION_H

#include "parsers/form/reading.h"

enum condition_op { OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE };

enum literal_kind { LITERAL_WORD, LITERAL_NUMBER, LITERAL_DAY };
struct literal {
	enum literal_kind kind;
	double number; /* a duration in days; of LITERAL_DAY the days from today on */
};

#define CONDITION_NOTE "note" /* instead of a field: the notes of the report */
#define TERM_OPERANDS 8
struct condition_term {
	const char *field;
	enum condition_op op;
	unsigned char number, numbers[TERM_OPERANDS]; /* of the form's names: what they had there */
	const char *right[TERM_OPERANDS]; /* alternatives, or field names to add up */
	struct literal literals[TERM_OPERANDS]; /* what the alternatives say */
	size_t nright;
	bool sum; /* right names fields */
};

struct condition {
	struct condition_term *terms; /* all must hold; none: always */
	size_t nterm;
};

/* Compiles "berat<2500 and jk=L|P" into the arena. ERR_SYNTAX: *at is the part that is wrong. */
int condition_parse(
	struct arena *arena, const char *text, struct condition *out, const char **at) MUST_CHECK;
bool condition_holds(
	const struct condition *condition, const struct report *report, struct date today);
/* True when every field that the condition names is there (checks are silent otherwise). */
bool condition_known(const struct condition *condition, const struct report *report);

/* Days of an ISO 8601 duration ("P34Y", "P11M29D"); -1 when it is none. */
double duration_days(const char *duration);

#endif
