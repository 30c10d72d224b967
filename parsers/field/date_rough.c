/* Dates told by last month, and dates that were mistyped: asked, never taken apart. */
#include <string.h>

#include "parsers/field/field.h"

#define DAYS_MOST   31
#define ROW_NUMBERS 4 /* counts behind a date */

/* "20 bulan kemarin": that day of last month. */
struct date_reading date_of_last_month(const struct parse *parse, size_t at)
{
	struct date_reading out = {.problem = -1};
	struct date today = parse->context->now.date, last;
	const char *span = NULL;
	long day;
	size_t used = number_at(parse, at, &day), end;

	if (!used || day < 1 || day > DAYS_MOST || at + used >= parse->last ||
		parse_crosses(parse, at + used))
		return out;
	end = phrase_at(parse, at + used, parse_class(parse, CLASS_VAGUE_DAY), &span);
	if (!end || strcmp(span, "bulan") != 0 ||
		!(whole_field(parse, at, end) || (at > parse->first && parse->tokens[at - 1].keys)))
		return out; /* "hamil 3 bln kmrn" */
	last = date_add_days(today, -today.day);
	out.end = end;
	out.day = (int)day;
	out.month = last.month;
	out.year = last.year;
	out.worth = WORTH_FULL_DATE + WORTH_TOKEN * (int)(end - at);
	out.why = "a day of last month";
	date_complete(parse, &out);
	return out;
}

struct date_reading date_broken(size_t end, size_t at)
{
	return (struct date_reading){.end = end,
		.problem = PROBLEM_INVALID,
		.worth = WORTH_FULL_DATE + WORTH_TOKEN * (int)(end - at),
		.why = "no day that there is"};
}

/* A slash joins two numbers. */
static bool slashed(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	return at > parse->first && at < parse->last && token->digits && token[-1].digits &&
		token->sep == '/' && !token->spaced;
}

/* "12/8/224", "12/8/20224": the last of three is no year. */
bool date_year_broken(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	return slashed(parse, at) && slashed(parse, at - 1) && token->length >= 3 &&
		!slashed(parse, at + 1) &&
		!(at >= parse->first + 3 && slashed(parse, at - 2));
}

/* "127/24*20-11-11-5", "98/24#10#2#6#5": a pair by itself in front of counts that no slash
 * parts. */
struct date_reading date_broken_at(const struct parse *parse, size_t at)
{
	struct date_reading out = {.problem = -1};
	size_t digits = 0;

	if (!form_by_month(parse->index->form) || slashed(parse, at) || !slashed(parse, at + 1) ||
		slashed(parse, at + 2))
		return out;
	for (size_t i = at + 2; i < parse->last; i++) {
		if (slashed(parse, i))
			return out;
		digits += parse->tokens[i].digits;
	}
	return digits >= ROW_NUMBERS ? date_broken(at + 2, at) : out;
}
