/* A form: what a kind of report holds, as data. Filled by gateway/config_form.c from conf/forms/<name>.ini.
 *
 * Plain immutable structs once loaded; all strings live in the form's arena.
 */
#ifndef PARSERS_FORM_H
#define PARSERS_FORM_H

#include "parsers/condition.h"

enum field_type { FIELD_NAME, FIELD_NIK, FIELD_INT, FIELD_COUNT, FIELD_DATE, FIELD_TIME, FIELD_CHOICE,
	FIELD_WEIGHT, FIELD_LENGTH, FIELD_AGE, FIELD_POSYANDU, FIELD_AREA, FIELD_TEXT };

struct form_note {
	const char *name;
	struct condition when;
};

struct form_field {
	const char *name, *label;
	enum field_type type;
	const char *const *keys; /* folded words that announce it */
	size_t nkey;
	const char *words; /* lexicon class of its choice words; NULL */
	const char *const *choices; /* canonical */
	size_t nchoice;
	const char *unit; /* canonical unit of a number without one ("TAHUN"); NULL ... */
	struct condition unit_when; /* ... when this holds (ages) */
	double min, max, usual_min, usual_max; /* allowed, and where most values lie; max 0: unbounded */
	const struct form_note *notes;
	size_t nnote;
	const char *ask, *example; /* for replies, pages and help */
	bool adds; /* told in parts: the parts add up */
	bool female; /* a NIK that must be a woman's ... */
	struct condition female_when; /* ... when this holds */
	struct condition titled; /* a name behind a mother's title moves here when this holds */
	bool keyed; /* read behind its key only */
	bool tail; /* names and places may follow its word: "pkm kampak", "dr. Budi" */
	bool rest, rest_segment; /* takes words that nothing else reads; only a whole explicit segment */
	struct condition rest_when; /* only when this holds */
	const char *written; /* a text field that keeps the words of this choice as written; NULL */
};

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
};

struct form_same { /* the same event told again: all must agree */
	const char *field;
	double tolerance; /* days of a date, else the field's own unit */
	bool fuzzy; /* a slip in a name does not matter */
};

struct form_count {
	const char *name;
	struct condition when;
	const char *by; /* adds this field's number; NULL: adds 1 */
	bool stock; /* a stock: the last of a period, never added over time */
};

struct form_becomes {
	const char *form, *field, *value; /* stored as that form with field=value */
	struct condition when;
};

struct form {
	const char *name, *title, *letter;
	const char *const *keywords, *const *order, *const *repeats;
	size_t nkeyword, norder, nrepeat;
	const char *date, *place; /* names of fields */
	const char *date_default; /* "today", or NULL: must be written */
	const struct form_field *fields;
	size_t nfield;
	const struct form_require *requires;
	const struct form_check *checks;
	const struct form_derive *derives;
	const struct form_same *same;
	const struct form_count *counts;
	const struct form_becomes *becomes, *follows; /* follows: a second report that a story word tells */
	size_t nrequire, ncheck, nderive, nsame, ncount, nbecome;
	const char *story; /* lexicon class whose words tell such an event without a keyword; NULL */
	struct arena *arena;
};

void form_free(struct form *form);
const struct form_field *form_field(const struct form *form, const char *name); /* NULL */
int form_field_index(const struct form *form, const char *name); /* -1 */
int field_type_by_name(const char *name); /* -1 */
const char *field_type_name(enum field_type type);

/* What a report adds to the tallies; nothing for a report that is not counted is decided by the caller. */
void form_counts(const struct form *form, const struct report *report, struct date today,
	void (*each)(const struct form_count *count, double amount, void *context), void *context);
/* Whether two reports of the form tell the same event (same_as; a field absent from both agrees). */
bool form_same_event(const struct form *form, const struct report *a, const struct report *b);

#endif
