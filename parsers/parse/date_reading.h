/* Inside the reader: dates and hours as they are read, shared with the story reader. */
#ifndef PARSERS_DATE_READING_H
#define PARSERS_DATE_READING_H

#include "parsers/parse/parse.h"

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
/* Fits it to the days that a field may have; false: it is no value of it. */
bool date_for_field(const struct parse *parse, const struct form_field *field, bool keyed,
	struct date_reading *reading);
/* What a day behind the key of such a field is worth though it cannot be: it is no other number. */
int date_bound(const struct parse *parse, int field, size_t key, size_t at);
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

	return token->digits || token->begun.said || token->length == 1 ||
		token_may_mean(token, parse_class(parse, CLASS_DAY_WORD)) ||
		token_may_mean(token, parse_class(parse, CLASS_DAY)) ||
		token_may_mean(token, parse_class(parse, CLASS_WEEKDAY)) ||
		token_may_mean(token, parse_class(parse, CLASS_MONTH));
}

#endif
