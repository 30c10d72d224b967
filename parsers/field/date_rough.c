/* Days told from today, by the week or by last month, and dates that were mistyped: asked, never
 * taken apart. */
#include <stdlib.h>
#include <string.h>

#include "parsers/field/date_parts.h"
#include "parsers/field/field.h"
#include "parsers/field/place_words.h"
#include "parsers/form/form_case.h"

#define LATELY_DAYS 60 /* a child that was weighed longer ago is reported by nobody */

#define DAYS_MOST   31
#define ROW_NUMBERS 4 /* counts behind a date */
#define DAYS_AGO    400 /* nobody tells an older event so */
#define WEEKS_AGO   8

/* "kemarin lusa", "tadi malam", and a part of the day behind it ("wingi sore") */
struct date_reading date_from_today(const struct parse *parse, size_t at)
{
	struct date_reading out = {.problem = -1};
	const char *offset = NULL, *part;
	size_t end = phrase_at(parse, at, parse_class(parse, CLASS_DAY), &offset);

	if (!end)
		return out;
	out.night = strchr(offset, 'n') != NULL;
	out.date = date_add_days(parse->context->now.date, atoi(offset));
	out.end = end;
	if (end < parse->last && !parse_crosses(parse, end) &&
	    (part = token_meaning(&parse->tokens[end], parse_class(parse, CLASS_HOUR)))) {
		out.night |= same_name(part, "malam") && same_name(offset, "0");
		if (same_name(part, "malam") && same_name(offset, "0"))
			out.date = date_add_days(parse->context->now.date, -1); /* tadi malam */
	}
	out.day = out.date.day;
	out.month = out.date.month;
	if (date_compare(out.date, parse->context->now.date) > 0)
		out.problem = PROBLEM_FUTURE;
	/* "tadi" alone says little beside an hour */
	out.worth = WORTH_DATE + WORTH_TOKEN * (int)(end - at);
	out.why = "a day told from today";
	return out;
}

/* "senin kmrn", "hari minggu", "ahad"; minggu (week) alone is no day */
struct date_reading date_of_weekday(const struct parse *parse, size_t at)
{
	struct date_reading out = {.problem = -1};
	size_t first = at, end;
	bool named = token_is(&parse->tokens[at], parse_class(parse, CLASS_DAY_WORD));
	const char *weekday;

	if (named)
		first++;
	if (first >= parse->last || (named && parse_crosses(parse, first)))
		return out;
	weekday = token_meaning(&parse->tokens[first], parse_class(parse, CLASS_WEEKDAY));
	if (!weekday)
		return out;
	if (!named && token_meaning(&parse->tokens[first], parse_class(parse, CLASS_UNIT)))
		return out; /* minggu: a week unless "hari" stands in front */
	end = first + 1;
	if (end < parse->last && !parse_crosses(parse, end) &&
	    token_is(&parse->tokens[end], parse_class(parse, CLASS_AGO)))
		end++;
	if (!named && parse->tokens[first].length < 4 && end == first + 1)
		return out; /* "sel", "sab" alone are too short to mean a day */
	out.date = date_add_days(parse->context->now.date, end > first + 1 ? -1 : 0);
	out.date = date_add_days(out.date, -((date_weekday(out.date) - atoi(weekday) + 7) % 7));
	out.day = out.date.day;
	out.month = out.date.month;
	out.end = end;
	out.worth = WORTH_DATE + WORTH_TOKEN * (int)(end - at);
	out.why = "a day of the week";
	return out;
}

/* "2 hr lalu", "telung dino kepungkur", "seminggu lalu" stays vague */
struct date_reading date_ago(const struct parse *parse, size_t at)
{
	struct date_reading out = {.problem = -1};
	struct decimal number = decimal_at(parse, at, false);
	const char *unit = number.end && number.end < parse->last &&
			!parse_crosses(parse, number.end)
		? date_unit(parse, number.end)
		: "";
	size_t end, days;

	if ((!same_name(unit, "HARI") && !same_name(unit, "MINGGU")))
		return out;
	if (number.end + 1 >= parse->last || parse_crosses(parse, number.end + 1))
		return out;
	end = phrase_at(parse, number.end + 1, parse_class(parse, CLASS_AGO), NULL);
	if (end && at > parse->first && !parse_crosses(parse, at) &&
		phrase_at(parse, number.end + 1, parse_class(parse, CLASS_DAY), NULL) &&
		!key_before(parse, at, FIELD_DATE) &&
		(parse->tokens[at - 1].keys || unit_at(parse, at - 1)))
		return out; /* "umur 3 bulan 2 minggu kemarin": an age, and a day */
	if (!end || number.value > (same_name(unit, "HARI") ? DAYS_AGO : WEEKS_AGO))
		return out;
	days = (size_t)number.value * (same_name(unit, "HARI") ? 1 : 7);
	out.date = date_add_days(parse->context->now.date, -(int)days);
	out.day = out.date.day;
	out.month = out.date.month;
	out.end = end;
	out.worth = WORTH_DATE + WORTH_TOKEN * (int)(end - at) + 6;
	out.why = "so many days ago";
	return out;
}

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
	if (!end || !same_name(span, "bulan") ||
		!(whole_field(parse, at, end) || key_before(parse, at, FIELD_DATE)))
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

bool date_is_measure(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	if (strcmp(token->text, "td") == 0)
		return token[1].digits && token[2].digits && token[2].sep == '/';
	return token->digits && at > parse->first && (token[1].sep == '.' || token[1].sep == ':') &&
		same_name(date_unit(parse, at - 1), "JAM");
}

int date_year_said(const struct parse *parse, size_t *next, bool number)
{
	size_t behind = *next + 1;
	int year;

	if (!date_joined(parse, *next, true) || strcmp(date_unit(parse, *next), "TAHUN") != 0 ||
		!date_joined(parse, behind, true))
		return 0;
	year = number ? date_year_at(parse, behind) : 0;
	if (!year && token_is(&parse->tokens[behind], parse_class(parse, CLASS_AGO)))
		year = parse->context->now.date.year - 1;
	if (year)
		*next = behind + 1;
	return year;
}

/* "mawar 8/8", "melati wonocoyo 8/8": right behind the name of a posyandu. */
static bool behind_posyandu(const struct parse *parse, size_t at)
{
	const struct posyandu *unit;

	for (size_t back = 1; back <= PLACE_TOKENS && back <= at - parse->first; back++) {
		size_t end = posyandu_exact_at(parse, at - back, &unit);

		if (end && (end == at || (end < at && desa_named_at(parse, end, at))))
			return true;
	}
	return false;
}

/* "timbang 8/8 bima": in front of all, and not long ago. */
static bool opens_lately(const struct parse *parse, size_t at)
{
	struct date_reading day = {.end = 0};
	int ago;

	if (at == parse->first && parse->tokens[at].digits)
		day = date_at(parse, at, false);
	ago = day.end && day.problem < 0
		? (int)date_diff_days(parse->context->now.date, day.date) : -1;
	return ago >= 0 && ago <= LATELY_DAYS;
}

int date_whose(const struct parse *parse, int f, size_t at)
{
	static const enum word_class classes[] = {
		CLASS_VAGUE_DAY, CLASS_DAY, CLASS_DAY_WORD, CLASS_WEEKDAY};
	const struct form *form = parse->index->form;

	if (!form->self || !form->mother || !form->cases || !form->date ||
		!form_role_is(form->cases->due, form->fields[f].name))
		return f;
	if (parse->index->posyandu >= 0 &&
		(behind_posyandu(parse, at) || opens_lately(parse, at)))
		return form_field_index(form, form->date); /* "timbang mawar 9/8 nino" */
	for (size_t i = 0; i < COUNT_OF(classes); i++) {
		if (token_may_mean(&parse->tokens[at], parse_class(parse, classes[i])))
			return form_field_index(form, form->date);
	}
	return f;
}
