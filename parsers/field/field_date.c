/* Dates and hours: digits in every style, month names, weekdays, "kemarin", "2 hr lalu", "tadi
 * subuh jam 4". */
#include <stdlib.h>
#include <string.h>

#include "parsers/field/date_parts.h"
#include "parsers/field/field.h"
#include "parsers/form/form_case.h"

#define ROW_NUMBERS     4 /* counts in a row */
#define VAGUE_WORTH     (WORTH_DATE + 8 * WORTH_TOKEN) /* "bulan kemarin", more than "kemarin" */

static struct date today(const struct parse *parse)
{
	return parse->context->now.date;
}

/* Joined by a date's signs, or by single spaces; never across an explicit separator. */
bool date_joined(const struct parse *parse, size_t i, bool spaces)
{
	const struct token *token;

	if (i >= parse->last || parse_crosses(parse, i))
		return false;
	token = &parse->tokens[i];
	if (token->sep == '/' || token->sep == '-' || token->sep == '.' || token->sep == '_' ||
		token->sep == '=')
		return true;
	return (token->sep == ':' && !token->spaced) || (spaces && token->sep == ' ');
}

/* A token as a day or month number: digits, or o and l for 0 and 1 in front of digits (o8, l2). */
size_t date_small_number(const struct parse *parse, size_t at, int *number)
{
	const struct token *token;

	if (at >= parse->last)
		return 0;
	token = &parse->tokens[at];
	if (token->digits && token->length <= 2) {
		*number = (int)token->number;
		return 1;
	}
	if (token->length == 1 && strchr("oli", token->text[0]) && at + 1 < parse->last) {
		const struct token *next = token + 1;

		if (next->digits && next->length == 1 && next->before == BOUND_NONE) {
			*number = (token->text[0] == 'o' ? 0 : 10) + (int)next->number;
			return 2;
		}
	}
	return 0;
}

int date_month_named(const struct parse *parse, size_t at)
{
	const char *month;

	if (at >= parse->last)
		return 0;
	month = token_meaning(&parse->tokens[at], parse_class(parse, CLASS_MONTH));
	return month ? atoi(month) : 0;
}

/* More numbers joined in the same way, in front or behind: perhaps a row of counts. */
bool date_in_a_run(const struct parse *parse, size_t at, size_t end)
{
	const struct token *first = &parse->tokens[at], *next = &parse->tokens[end];
	char sep = first[1].sep;

	if (at > parse->first && first[-1].digits && first->sep == sep && !first->spaced)
		return true;
	return end < parse->last && next->digits && next->sep == sep && !next->spaced;
}

/* Numbers joined in the same way in front, without white space. */
static size_t run_before(const struct parse *parse, size_t at)
{
	size_t i = at;

	while (i > parse->first && parse->tokens[i - 1].digits && !parse->tokens[i].spaced &&
		parse->tokens[i].sep == parse->tokens[at + 1].sep)
		i--;
	return at - i;
}

const char *date_unit(const struct parse *parse, size_t at)
{
	const char *unit = at < parse->last
		? token_meaning(&parse->tokens[at], parse_class(parse, CLASS_UNIT))
		: NULL;

	return unit ? unit : "";
}

/* A unit of weight or length. */
static bool measured(const char *unit)
{
	return same_name(unit, "KG") || same_name(unit, "GRAM") || same_name(unit, "ONS") ||
		same_name(unit, "CM");
}

/* A unit of age. */
static bool spans(const struct parse *parse, size_t at)
{
	const char *unit = at < parse->last ? unit_at(parse, at) : NULL;

	return unit && (same_name(unit, "BULAN") || same_name(unit, "TAHUN") ||
		same_name(unit, "HARI"));
}

/* "12 bulan 8 tahun 2024", behind its key */
static struct date_reading told_at(const struct parse *parse, size_t at)
{
	struct date_reading out = {.problem = -1};
	size_t used = date_small_number(parse, at, &out.day), next = at + used;

	if (!used || !date_joined(parse, next, true) ||
	    !same_name(date_unit(parse, next), "BULAN") ||
	    !date_joined(parse, next + 1, true))
		return out;
	next++;
	out.month = date_month_named(parse, next);
	used = out.month ? 1 : date_small_number(parse, next, &out.month);
	if (!used)
		return out;
	next += used;
	out.year = date_year_said(parse, &next, true);
	out.end = next;
	out.worth = WORTH_FULL_DATE + WORTH_TOKEN * (int)(next - at);
	out.why = "day, month, year in words";
	date_complete(parse, &out);
	return out;
}

/* A pair or triple by itself in front of the numbers of a row: "12/8 45/45/38/30", "12/8/24 5 2 8
 * 30". */
static bool apart(const struct parse *parse, size_t at, size_t end)
{
	size_t digits = 0;

	if (at > parse->first && parse->tokens[at].before < BOUND_STRONG &&
		!parse->tokens[at].spaced)
		return false;
	if (end >= parse->last || !(parse->tokens[end].spaced || parse_crosses(parse, end)) ||
		!parse->tokens[end].digits)
		return false;
	for (size_t i = at + 1; i < end; i++) {
		if (parse->tokens[i].spaced)
			return false;
	}
	for (size_t i = end; i < parse->last; i++)
		digits += parse->tokens[i].digits;
	return digits >= ROW_NUMBERS;
}

/* "25 juli 41 40 33": no year that is meant, a count behind the date. */
static bool count_behind(const struct parse *parse, size_t at, int year)
{
	const struct token *token = &parse->tokens[at];
	int now = today(parse).year;

	return token->length == 2 && token->sep == ' ' && parse->index->posyandu >= 0 &&
		(year > now || year < now - 1);
}

/* "12-8 - 45 - 45 - 38": the pair stands close, what is behind a wider sign is a count. */
static bool count_apart(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	return token->spaced && token->length <= 2 && token->sep != ' ' && !token[-1].spaced &&
		parse->index->posyandu >= 0;
}

/* "12agt24", "9 agustus '24" */
static bool glued_year(const struct parse *parse, size_t at)
{
	return at < parse->last && parse->tokens[at].digits &&
		(parse->tokens[at].before == BOUND_NONE || parse->tokens[at].sep == '\'');
}

/* 12/8/24, 12-8, 12 agst 2024, 2024-08-12, l2/8/24 */
static struct date_reading parts_at(const struct parse *parse, size_t at)
{
	struct date_reading out = {.problem = -1};
	size_t used = date_small_number(parse, at, &out.day), next = at + used;
	bool named;

	if (!used)
		return out;
	out.month = date_joined(parse, next, true) ||
			(next < parse->last && parse->tokens[next].before == BOUND_NONE)
		? date_month_named(parse, next)
		: 0;
	named = out.month > 0;
	if (named) {
		next++;
	} else {
		bool spaced = next < parse->last && parse->tokens[next].sep == ' ';

		if (!date_joined(parse, next, true) ||
			!(used = date_small_number(parse, next, &out.month)))
			return out;
		next += used;
		if (spaced &&
			(!date_joined(parse, next, true) ||
				abs(date_year_at(parse, next) - today(parse).year) > 1))
			return out;
	}
	if (!out.month)
		return out;
	if ((date_joined(parse, next, true) || (named && glued_year(parse, next))) &&
	    (out.year = date_year_at(parse, next)) &&
	    (named ? !count_behind(parse, next, out.year)
		   : (parse->tokens[next].sep != ' ' || parse->tokens[next - 1].sep == ' ') &&
			   !count_apart(parse, next)))
		next++;
	else
		out.year = 0;
	if (!named && !out.year && date_year_broken(parse, next))
		return date_broken(next + 1, at);
	if (!out.year)
		out.year = date_year_said(parse, &next, named);
	if (form_by_month(parse->index->form) && !named && !out.year &&
		date_in_a_run(parse, at, next))
		return out; /* a row of counts */
	if (!named && parse->index->posyandu >= 0 && run_before(parse, at) > 1)
		return out; /* "0/3/15/7/6/16/49/23" */
	if (!named && !out.year && (measured(date_unit(parse, next)) || spans(parse, next)))
		return out; /* "1.7 kilo", "6-11 bln" */
	out.end = next;
	/* a month's name is no field's beside a count: "3 AGUSTUS#41#40#33#21" */
	if (!out.year)
		out.worth = named ? WORTH_FULL_DATE : WORTH_SHORT_DATE;
	else
		out.worth = abs(out.year - today(parse).year) > 1 ? WORTH_DATE : WORTH_FULL_DATE;
	out.worth += (named ? 4 : 0) + WORTH_TOKEN * (int)(next - at);
	out.why = out.year ? "day, month, year" : "day and month";
	date_complete(parse, &out);
	if (!named && (date_in_a_run(parse, at, next) || parse->tokens[at + 1].sep == ' '))
		out.worth -= WORTH_FULL_DATE - WORTH_DATE;
	if (apart(parse, at, next) && out.problem != PROBLEM_INVALID)
		out.worth += out.year ? 0 : WORTH_WORD;
	else if (out.problem == PROBLEM_FUTURE && out.year)
		out.worth -= WORTH_FULL_DATE - WORTH_DATE;
	if (!out.year && !named && (out.month > 12 || out.day > 31 || out.day < 1 || out.month < 1))
		out.worth = WORTH_WRONG;
	else if (out.problem == PROBLEM_INVALID && !date_full_year(parse, at, next) &&
		(out.month > 31 || out.day > 31 || out.day < 1 ||
			(out.month > 12 && out.day > 12)))
		out.worth = WORTH_WRONG;
	return out;
}

/* 2024-08-12, 20240812, 12082024, 120824 */
static struct date_reading compact_at(const struct parse *parse, size_t at)
{
	struct date_reading out = {.problem = -1};
	const struct token *token = &parse->tokens[at];
	long n = token->number;

	if (token->digits && token->length == 4 && n >= 1950 && n <= 2100 &&
		date_joined(parse, at + 1, false) && date_joined(parse, at + 2, false) &&
		date_small_number(parse, at + 1, &out.month) == 1 &&
		date_small_number(parse, at + 2, &out.day) == 1) {
		out.end = at + 3;
		out.year = (int)n;
	} else if (token->digits && token->length == 8 && n / 10000 >= 1950 && n / 10000 <= 2100 &&
		date_valid((int)(n / 10000), (int)(n / 100 % 100), (int)(n % 100))) {
		out.end = at + 1;
		out.year = (int)(n / 10000);
		out.month = (int)(n / 100 % 100);
		out.day = (int)(n % 100);
	} else if (token->digits && token->length == 8) {
		out.end = at + 1;
		out.day = (int)(n / 1000000);
		out.month = (int)(n / 10000 % 100);
		out.year = (int)(n % 10000);
	} else if (token->digits && token->length == 6) {
		out.end = at + 1;
		out.day = (int)(n / 10000);
		out.month = (int)(n / 100 % 100);
		out.year = 2000 + (int)(n % 100);
	} else {
		return out;
	}
	out.worth = WORTH_DATE + WORTH_TOKEN * (int)(out.end - at);
	out.why = "digits of a date";
	date_complete(parse, &out);
	if (out.problem == PROBLEM_INVALID && out.end == at + 1)
		out.worth = WORTH_NUMBER;
	return out;
}

static struct date_reading day_only(const struct parse *parse, size_t at)
{
	struct date_reading out = {.problem = -1};
	size_t used = date_small_number(parse, at, &out.day);

	if (!used)
		return out;
	out.end = at + used;
	out.worth = WORTH_SHORT_DATE - 2;
	out.why = "a day of the month";
	date_complete(parse, &out);
	return out;
}

/* A number, and a word that may be of a class behind it. */
static bool number_of(const struct parse *parse, size_t at, enum word_class which)
{
	size_t said = parse->tokens[at].begun.said;

	return said && token_may_mean(&parse->tokens[at + said], parse_class(parse, which));
}

/* "dua puluh mei 2024" */
static struct date_reading date_spelt(const struct parse *parse, size_t at)
{
	struct date_reading out = {.problem = -1};
	long day;
	size_t month = at + number_at(parse, at, &day);

	out.month = date_month_named(parse, month);
	if (day < 1 || day > 31 || !out.month || parse_crosses(parse, month))
		return out;
	out.day = (int)day;
	out.year = date_joined(parse, month + 1, true) ? date_year_at(parse, month + 1) : 0;
	out.end = month + 1 + (out.year != 0);
	out.worth = WORTH_DATE + WORTH_TOKEN * (int)(out.end - at);
	out.why = "a day in words and a month";
	date_complete(parse, &out);
	return out;
}

static void take_better(struct date_reading *best, struct date_reading reading)
{
	if (reading.end && (!best->end || reading.worth > best->worth))
		*best = reading;
}

/* The best of what a date may be; each is asked only where it can begin. */
static struct date_reading best_at(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];
	bool small = token->length <= (token->digits ? 2 : 1);
	struct date_reading best = {.problem = -1};

	if (small)
		take_better(&best, parts_at(parse, at));
	if (token->digits && token->length >= 4)
		take_better(&best, compact_at(parse, at));
	if (token_may_mean(token, parse_class(parse, CLASS_DAY)))
		take_better(&best, date_from_today(parse, at));
	if (!token->digits && (token_may_mean(token, parse_class(parse, CLASS_DAY_WORD)) ||
		token_may_mean(token, parse_class(parse, CLASS_WEEKDAY))))
		take_better(&best, date_of_weekday(parse, at));
	if (number_of(parse, at, CLASS_UNIT))
		take_better(&best, date_ago(parse, at));
	if (!token->digits && number_of(parse, at, CLASS_MONTH))
		take_better(&best, date_spelt(parse, at));
	if (form_by_month(parse->index->form))
		take_better(&best, token->digits ? date_of_month_number(parse, at)
						 : date_of_month(parse, at));
	if (number_of(parse, at, CLASS_VAGUE_DAY))
		take_better(&best, date_of_last_month(parse, at));
	if (token->digits && small)
		take_better(&best, date_in_commas(parse, at));
	return best;
}

struct date_reading date_at(const struct parse *parse, size_t at, bool after_key)
{
	struct date_reading best = {.problem = -1};

	if (at >= parse->last || !date_may_begin(parse, at))
		return best;
	best = best_at(parse, at);
	if ((!best.end || best.worth <= WORTH_WRONG) && parse->tokens[at + 1].sep == '/') {
		struct date_reading broken = date_broken_at(parse, at);

		best = broken.end ? broken : best;
	}
	if (after_key) {
		struct date_reading told = told_at(parse, at);

		if (told.end)
			return told;
	}
	if (!best.end && after_key && !same_name(date_unit(parse, at - 1), "BULAN"))
		best = day_only(parse, at);
	return best;
}

/* The "kemarin" of "minggu kemarin"; but "hari minggu kemarin", "hamil 3 bln kmrn". */
static bool ends_vague(const struct parse *parse, size_t at)
{
	return at > parse->first && !parse_crosses(parse, at) &&
		phrase_at(parse, at - 1, parse_class(parse, CLASS_VAGUE_DAY), NULL) > at &&
		!(at > parse->first + 1 && (parse->tokens[at - 2].digits ||
			token_is(&parse->tokens[at - 2], parse_class(parse, CLASS_DAY_WORD))));
}

void field_date(struct parse *parse, int f, size_t key, size_t at)
{
	struct date_reading reading;
	struct candidate *c;
	char text[DATE_TEXT];
	const char *span;
	size_t vague;

	if (at >= parse->last || (keyed(key, at) && parse_crosses(parse, at)) ||
		ends_vague(parse, at) || (!keyed(key, at) && date_is_measure(parse, at)))
		return;
	if (!keyed(key, at))
		f = date_whose(parse, f, at);
	vague = at > parse->first &&
			token_is(&parse->tokens[at - 1], parse_class(parse, CLASS_DAY_WORD))
		? 0 /* "hari minggu kemarin" */
		: phrase_at(parse, at, parse_class(parse, CLASS_VAGUE_DAY), &span);
	if (vague && at > parse->first && same_name(span, "bulan") &&
		parse->tokens[at - 1].digits && !parse_crosses(parse, at))
		vague = 0; /* "hamil 3 bln kmrn" */
	if (!vague && !keyed(key, at) && date_month_done(parse, at, &key)) {
		f = form_field_index(parse->index->form, parse->index->form->date);
		vague = at + 1;
		span = "bulan";
	}
	if (vague && same_name(span, "bulan") && form_by_month(parse->index->form)) {
		date_format(date_add_days(today(parse), -today(parse).day), text);
		candidate_add(parse, key, vague, f, VAGUE_WORTH, arena_strdup(parse->arena, text),
			"the last day of last month");
		return;
	}
	if (vague) {
		c = candidate_wrong(
			parse, key, vague, f, VAGUE_WORTH, PROBLEM_AMBIGUOUS, "a week, not a day");
		c->flags |= FLAG_SURE;
		return;
	}
	reading = date_at(parse, at, keyed(key, at));
	if (!reading.end || !date_for_field(parse, &parse->index->form->fields[f],
				    keyed(key, at), &reading))
		return;
	if (reading.problem >= 0) {
		c = candidate_wrong(parse, key, reading.end, f,
			reading.worth + (keyed(key, at) ? 4 : -1) + date_bound(parse, f, key, at),
			(enum problem_code)reading.problem, reading.why);
		if (reading.offer.year) {
			date_format(reading.offer, text);
			c->offer.or_null = arena_strdup(parse->arena, text);
		}
	} else {
		date_format(reading.date, text);
		c = candidate_add(parse, key, reading.end, f, reading.worth +
			(keyed(key, at) ? 6 + WORTH_TOKEN * (int)(at - key) : 0),
			arena_strdup(parse->arena, text), reading.why);
	}
	c->kind = keyed(key, at) ? KIND_KEYED : KIND_TYPED;
	c->flags |=
		(reading.night ? FLAG_NIGHT : 0) |
		(reading.worth >= WORTH_DATE || keyed(key, at) ? FLAG_SURE : 0);
}
