/* Inside the reader: the recognisers of field types.
 *
 * A recogniser looks at tokens from `at` on and adds candidates for a field; `key` is the first
 * token of the field's key in front of it, or `at` when there is none.
 */
#ifndef PARSERS_FIELD_H
#define PARSERS_FIELD_H

#include "parsers/field/parse.h"

typedef void field_recognise(struct parse *parse, int field, size_t key, size_t at);

field_recognise field_name, field_nik, field_int, field_count, field_date, field_time, field_choice,
	field_weight, field_length, field_age, field_posyandu, field_area, field_text;

/* Which fields of the form are recognised without their key. */
void candidates_index(struct form_index *index);
/* All candidates of the report's tokens. */
void candidates_find(struct parse *parse);

/* Finds the whole numbers of the report's tokens. */
void numbers_find(struct parse *parse);
/* The whole number in digits or words at a token: the tokens it takes, 0: none. */
size_t number_at(const struct parse *parse, size_t at, long *value);

struct decimal {
	double value;
	int places; /* digits after the sign; 0: a whole number */
	size_t end; /* first token after it; 0: no number there */
	bool words;
};
/* "3", "3,2", "3.200"; digits stand close to the sign. */
struct decimal decimal_at(const struct parse *parse, size_t at, bool with_fraction);
/* "43,5", "43.5 cm" by itself: no number begins or ends at its sign. "5.2.8.30" is a row. */
bool fraction_whole(const struct parse *parse, size_t at);
/* The canonical unit at a token ("KG"), not across an explicit separator; NULL. */
const char *unit_at(const struct parse *parse, size_t at);
/* Canonical text of a number: no decimals when it has none. */
const char *number_text(struct arena *arena, double value);
/* What a candidate is worth: its kind, its tokens. */
int keyed_worth(size_t key, size_t at, size_t end, int unkeyed);
/* 1: one digit too many or too few, 0: further from the field's range than that. */
int nearly(const struct form_field *field, double value);
int usual_worth(const struct form_field *field, double value);
static inline bool keyed(size_t key, size_t at)
{
	return key < at;
}

/* Dates and hours, shared with the story reader. */
struct date_reading {
	size_t end; /* 0: no date there */
	int day, month, year; /* as written; 0: not written */
	struct date date;
	int problem; /* -1: good */
	struct date offer; /* a swap that would do; year 0: none */
	int worth;
	bool night; /* semalam: an early hour makes it the next day */
	const char *why;
};
struct date_reading date_at(const struct parse *parse, size_t at, bool after_key);
#define YEARS_BACK 10 /* an event older than that is a slip of the year */
/* Fills date and problem from what was written; date_complete.c. */
void date_complete(const struct parse *parse, struct date_reading *out);
/* "20 bulan kemarin"; "98/24#45#…", "12/8/224": told wrongly; date_rough.c. */
struct date_reading date_of_last_month(const struct parse *parse, size_t at);
struct date_reading date_broken_at(const struct parse *parse, size_t at);
struct date_reading date_broken(size_t end, size_t at);
bool date_year_broken(const struct parse *parse, size_t at);
/* "32/13/2026": meant as a day, whatever it says. */
bool date_full_year(const struct parse *parse, size_t at, size_t next);
/* Whether a token could begin a date at all: most cannot. */
static inline bool date_may_begin(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	return token->digits || token->said || token->length == 1 ||
		token_may_mean(token, parse_class(parse, CLASS_DAY_WORD)) ||
		token_may_mean(token, parse_class(parse, CLASS_DAY)) ||
		token_may_mean(token, parse_class(parse, CLASS_WEEKDAY)) ||
		token_may_mean(token, parse_class(parse, CLASS_MONTH));
}

/* Whether a word could be a choice's with a slip: long enough, and means nothing else. */
bool choice_may_slip(const struct parse *parse, size_t at);
/* Nothing else stands between its explicit separators. */
bool whole_field(const struct parse *parse, size_t at, size_t end);

/* A bare age as days, months or years, to choose from. */
void age_units_offer(struct arena *arena, const char *number, struct problem *problem);

/* A posyandu's name, exactly, and the sender's. */
bool posyandu_named_at(const struct parse *parse, size_t at);
/* The same with the posyandu that it is: the token behind its name, 0: none, or several. */
size_t posyandu_exact_at(const struct parse *parse, size_t at, const struct posyandu **out);
/* Another posyandu's row begins at a token, after one that began at first. */
bool posyandu_row_at(
	const struct parse *parse, const struct form_index *index, size_t first, size_t at);

#endif
