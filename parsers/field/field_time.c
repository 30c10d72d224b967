/* Hours of the day: 14:30, jam 4 sore, pkl 16.00, subuh jam 4. */
#include <stdlib.h>
#include <string.h>

#include "parsers/field/field.h"
#include "parsers/parse/clause.h"

#define DAY_MINUTES (24 * 60)
#define DAY_WORDS 3 /* "tadi malam", in front of an hour */

static const char *part_of_day(const struct parse *parse, size_t at)
{
	if (at >= parse->last || parse_crosses(parse, at))
		return NULL;
	return token_meaning(&parse->tokens[at], parse_class(parse, CLASS_HOUR));
}

/* What an hour of the clock face means in a part of the day; -1: it does not fit. */
static int hour_of_day(long hour, const char *part)
{
	if (hour > 12)
		return (int)hour;
	if (same_name(part, "subuh") || same_name(part, "pagi"))
		return hour == 12 ? 0 : (int)hour;
	if (same_name(part, "siang"))
		return hour >= 9 ? (int)hour : (int)hour + 12;
	if (same_name(part, "sore"))
		return hour == 12 ? 12 : (int)hour + 12;
	if (hour == 12)
		return 0;
	return hour >= 5 ? (int)hour + 12 : (int)hour; /* malam */
}

/* Part of the day in front of the key: "subuh jam 4", "sore pkl 3", "semalam jam 12". */
static const char *part_before(const struct parse *parse, size_t key)
{
	const char *part = key > parse->first && !parse_crosses(parse, key) ?
		token_meaning(&parse->tokens[key - 1], parse_class(parse, CLASS_HOUR)) : NULL;

	for (size_t back = 1; !part && back <= DAY_WORDS && back <= key - parse->first; back++) {
		const char *day = "";

		if (!parse_crosses(parse, key - back + 1) &&
			phrase_at(parse, key - back, parse_class(parse, CLASS_DAY), &day) == key &&
			strchr(day, 'n'))
			part = "malam";
	}
	return part;
}

/* What the words behind an hour add to it: "kurang seperempat", "lewat 10 menit"; *end behind them.
 * *sure: they tell how much. */
static long minutes_told(const struct parse *parse, size_t *end, bool *sure)
{
	const char *sense = NULL, *part = NULL;
	size_t at = *end, behind = at < parse->last && !parse_crosses(parse, at) &&
			!clause_ends_before(&parse->tokens[at])
		? phrase_at(parse, at, parse_class(parse, CLASS_MINUTES), &sense) : 0;
	const char *unit;
	struct decimal number;
	long minutes = 0;

	if (!behind)
		return 0;
	*sure = false;
	at = phrase_at(parse, behind, parse_class(parse, CLASS_FRACTION), &part);
	number = decimal_at(parse, behind, false);
	unit = number.end ? unit_at(parse, number.end) : NULL;
	if (at) {
		minutes = (long)(atof(part) * 60);
	} else if (number.end && number.value < 60 && (!unit || same_name(unit, "MENIT"))) {
		minutes = (long)number.value;
		at = number.end + (unit != NULL);
	} else {
		return 0;
	}
	*sure = true;
	*end = at;
	return same_name(sense, "kurang") ? -minutes : minutes;
}

/* The hour by the part of the day behind it, *end is then behind that, or in front of its key. */
static long hour_told(const struct parse *parse, size_t key, size_t *end, long hour)
{
	const char *part = part_of_day(parse, *end);

	if (part)
		++*end;
	else
		part = part_before(parse, key);
	return part ? hour_of_day(hour, part) : hour;
}

static bool minutes_at(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	return at < parse->last && token->digits && token->length == 2 && token->number < 60 &&
		!token->spaced && (token->sep == ':' || token->sep == '.') &&
		token->start == token[-1].end + 1;
}

static bool minutes_wrong(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	return at < parse->last && token->digits && !token->spaced &&
		(token->sep == ':' || token->sep == '.') &&
		(token->number > 59 || token[-1].number > 24);
}

/* "#14/8/24#06.10#": the day stands in the field in front, and is written otherwise. */
static bool dated_before(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	return at >= parse->first + 2 && parse_crosses(parse, at) && token[-1].digits &&
		token[-2].digits && (token[-1].sep == '/' || token[-1].sep == '-') &&
		token[1].sep == '.';
}

/* 04.30 by itself between separators; 3.20 is a weight, 12.08 a date. */
static bool clock_alone(const struct parse *parse, size_t at)
{
	long minutes = at + 1 < parse->last ? parse->tokens[at + 1].number : 0;

	return parse->tokens[at].length == 2 &&
		(parse->tokens[at].text[0] == '0' || parse->tokens[at].number > 6) &&
		(minutes == 0 || minutes > 12 || dated_before(parse, at)) &&
		whole_field(parse, at, at + 2);
}

/* minutes: since midnight, of whatever day */
static struct candidate *add(
	struct parse *parse, int f, size_t key, size_t at, size_t end, long minutes)
{
	struct candidate *c = candidate_add(parse, key, end, f,
		keyed_worth(key, at, end, WORTH_UNIT), arena_printf(parse->arena,
		"%02ld:%02ld", minutes / 60 % 24, minutes % 60), "an hour");

	c->kind = keyed(key, at) ? KIND_KEYED : KIND_TYPED;
	c->flags |= FLAG_SURE;
	return c;
}

/* "setengah 5": half an hour before it. */
static void half_hour(struct parse *parse, int f, size_t key, size_t at)
{
	const struct token *next = &parse->tokens[at + 1];
	size_t end, used;
	struct candidate *c;
	long hour;

	if (at + 1 >= parse->last || parse_crosses(parse, at + 1) ||
		!token_is(next - 1, parse_class(parse, CLASS_HALF)))
		return;
	used = number_at(parse, at + 1, &hour);
	end = at + 1 + used;
	if (!used || hour < 1 || hour > 12 || (!keyed(key, at) && !part_of_day(parse, end)))
		return;
	hour = hour_told(parse, key, &end, hour);
	c = candidate_add(parse, key, end, f, keyed_worth(key, at, end, WORTH_UNIT),
		arena_printf(parse->arena, "%02ld:30", (hour + 23) % 24),
		"half an hour before the hour");
	c->kind = keyed(key, at) ? KIND_KEYED : KIND_TYPED;
	c->flags |= FLAG_SURE;
}

/* "jam lima", behind its key. */
static void hour_spelt(struct parse *parse, int f, size_t key, size_t at)
{
	long hour, minute;
	size_t used = keyed(key, at) ? number_at(parse, at, &hour) : 0, end = at + used;
	bool sure = true;

	if (!used || hour < 1 || hour > 12)
		return;
	minute = minutes_told(parse, &end, &sure);
	hour = hour_told(parse, key, &end, hour);
	if (sure)
		add(parse, f, key, at, end, hour * 60 + minute + DAY_MINUTES);
}

void field_time(struct parse *parse, int f, size_t key, size_t at)
{
	const struct token *token;
	bool minutes;
	struct candidate *c;
	size_t end = at + 1;
	long hour, minute = 0;
	bool sure = true;

	if (at >= parse->last || (keyed(key, at) && parse_crosses(parse, at)))
		return;
	if (!parse->tokens[at].digits) {
		half_hour(parse, f, key, at);
		hour_spelt(parse, f, key, at);
		return;
	}
	token = &parse->tokens[at];
	if (keyed(key, at) && token->length == 4 && token->number < 2400 &&
		token->number % 100 < 60) { /* "pk 0405" */
		add(parse, f, key, at, end, token->number / 100 * 60 + token->number % 100);
		return;
	}
	minutes = minutes_at(parse, at + 1);
	if (keyed(key, at) && token->length <= 2 &&
		(token->number > 24 || (minutes_wrong(parse, at + 1)))) {
		candidate_wrong(parse, key, end + minutes_wrong(parse, at + 1), f, WORTH_UNIT,
			PROBLEM_INVALID, "no hour of a day")
			->kind = KIND_KEYED;
		return;
	}
	if (token->length > 2 || token->number > 24 ||
	    (!keyed(key, at) && !(minutes && (token[1].sep == ':' || clock_alone(parse, at)))))
		return;
	hour = token->number;
	if (minutes) {
		minute = parse->tokens[at + 1].number;
		end++;
	}
	if (end < parse->last && token_is(&parse->tokens[end], parse_class(parse, CLASS_TIME_ZONE)))
		end++;
	if (!minutes)
		minute = minutes_told(parse, &end, &sure);
	hour = hour_told(parse, key, &end, hour);
	c = add(parse, f, key, at, end, hour * 60 + minute + DAY_MINUTES);
	if (!sure) { /* "jam 12 kurang" */
		c->value.or_null = NULL;
		c->problem = PROBLEM_AMBIGUOUS;
	}
}
