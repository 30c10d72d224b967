/* One field of a form, as data: see parsers/form/form.h. */
#ifndef PARSERS_FORM_FIELD_H
#define PARSERS_FORM_FIELD_H

#include "parsers/form/condition.h"

enum field_type {
	FIELD_NAME,
	FIELD_NIK,
	FIELD_INT,
	FIELD_COUNT,
	FIELD_DATE,
	FIELD_TIME,
	FIELD_CHOICE,
	FIELD_WEIGHT,
	FIELD_LENGTH,
	FIELD_AGE,
	FIELD_POSYANDU,
	FIELD_AREA,
	FIELD_TEXT,
	FIELD_AMOUNT, /* a number with decimals, in the unit of the field */
	FIELD_LIST, /* several of its choices: "SESAR,VAKUM" */
	FIELD_PATTERN /* what a pattern matches; its named groups are fields of their own */
};

struct field_pattern; /* parsers/form/field_pattern_match.h */

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
	/* allowed, and where most values lie; max 0: unbounded */
	double min, max, usual_min, usual_max;
	double rare_min, rare_max; /* out of range, but taken when it is affirmed; max 0: none */
	/* of a date: days from today, both 0: any that is past; ahead: of a day without a year
	 * the one that lies in them */
	int day_min, day_max;
	const struct form_note *notes;
	size_t nnote;
	const char *ask, *example; /* for replies, pages and help */
	bool adds; /* told in parts: the parts add up */
	bool female; /* a NIK that must be a woman's ... */
	struct condition female_when; /* ... when this holds */
	struct condition titled; /* a name behind a mother's title moves here when this holds */
	const char *mother; /* the choice that a mother's title in front of the name says; NULL */
	bool keyed; /* read behind its key only */
	bool tail; /* names and places may follow its word: "pkm kampak", "dr. Budi" */
	/* takes words that nothing else reads; only a whole explicit segment */
	bool rest, rest_segment;
	bool computed, computed_late, derived; /* a value that nobody wrote is found anew */
	struct condition rest_when; /* only when this holds */
	const struct field_pattern *pattern; /* of FIELD_PATTERN */
	const char *finer; /* the field that takes what is told in days or weeks, whole; NULL */
	const char *written; /* a text field that keeps the words of this choice as written; NULL */
};

/* Is it out of range, but taken when it is affirmed? */
bool field_rare(const struct form_field *field, double value);

int field_type_by_name(const char *name); /* -1 */
const char *field_type_name(enum field_type type);
/* Its values are numbers, in JSON too. */
static inline bool field_is_number(enum field_type type)
{
	return type == FIELD_INT || type == FIELD_COUNT || type == FIELD_WEIGHT ||
		type == FIELD_LENGTH || type == FIELD_AMOUNT;
}

#endif
