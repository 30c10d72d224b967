/* Ages of the dead as ISO 8601 durations: 34 th, 11 bln 29 hr, 3 mgg, 2 jam. */
#include <math.h>
#include <string.h>

#include "parsers/field/field.h"
#include "parsers/text/utf8.h"

static const struct {
	const char *unit;
	char letter;
	int factor, parts; /* so many of the letter's, or so many of the unit in one */
	int rank;
} units[] = {{"TAHUN", 'Y', 1, 1, 0}, {"BULAN", 'M', 1, 1, 1}, {"MINGGU", 'D', 7, 1, 2},
	{"HARI", 'D', 1, 1, 3}, {"JAM", 'D', 1, 24, 4}, {"MENIT", 'D', 1, 24 * 60, 5}};

#define MONTHS 12 /* of a year */
#define DAYS   30 /* of a month */

static int unit_index(const char *unit)
{
	for (size_t i = 0; unit && i < COUNT_OF(units); i++) {
		if (same_name(units[i].unit, unit))
			return (int)i;
	}
	return -1;
}

static bool half_at(const struct parse *parse, size_t at)
{
	return at < parse->last && !parse_crosses(parse, at) &&
		token_is(&parse->tokens[at], parse_class(parse, CLASS_HALF));
}

/* "lalu", "yg lalu", and no day by itself: "3 hr kmrn" is an age, and a day. */
static bool so_long_ago(const struct parse *parse, size_t at)
{
	return phrase_at(parse, at, parse_class(parse, CLASS_AGO), NULL) &&
		!phrase_at(parse, at, parse_class(parse, CLASS_DAY), NULL);
}

/* "3 th setengah", but not "3 th setengah bulan" */
static bool half_behind(const struct parse *parse, size_t at)
{
	return half_at(parse, at) && unit_index(unit_at(parse, at + 1)) < 0;
}

/* "3 1/2 th", "3,5 th", "3 th"; *fraction: it has one. */
static struct decimal age_number(const struct parse *parse, size_t at, bool *fraction)
{
	struct decimal mixed = mixed_at(parse, at);

	*fraction = mixed.end || fraction_whole(parse, at);
	return mixed.end ? mixed : decimal_at(parse, at, *fraction);
}

/* Parts from large to small; *end: first token after them, 0 when there is no age. */
static const char *age_parts(struct parse *parse, size_t at, int most, size_t *end)
{
	long parts[3] = {-1, -1, -1}; /* years, months, days */
	struct strbuf out = {.arena = parse->arena};
	int rank = -1;

	*end = 0;
	while (most-- > 0 && at < parse->last && (*end == 0 || !parse_crosses(parse, at))) {
		bool fraction;
		struct decimal number = age_number(parse, at, &fraction);
		bool half = number.end && half_at(parse, number.end); /* 1 setengah tahun */
		int i = number.end ? unit_index(unit_at(parse, number.end + half)) : -1;
		int slot;

		if (i < 0 || units[i].rank <= rank ||
			(units[i].rank > 1 && units[i].parts == 1 &&
				so_long_ago(parse, number.end + half + 1u)))
			break; /* "8 bulan 7 hari lalu": an age, and when */
		slot = units[i].letter == 'Y' ? 0 : units[i].letter == 'M' ? 1 : 2;
		parts[slot] = (parts[slot] > 0 ? parts[slot] : 0) +
			(long)number.value * units[i].factor / units[i].parts;
		if (half && slot < 2)
			parts[slot + 1] = slot == 0 ? 6 : 15;
		if (fraction && slot == 2)
			break;
		if (fraction)
			parts[slot + 1] = lround((number.value - floor(number.value)) *
				(slot == 0 ? MONTHS : DAYS));
		rank = units[i].rank;
		at = *end = number.end + half + 1;
		if (!half && !fraction && slot < 2 && half_behind(parse, at)) {
			parts[slot + 1] = slot == 0 ? 6 : 15;
			*end = at + 1;
			break;
		}
	}
	if (!*end)
		return NULL;
	strbuf_putc(&out, 'P');
	for (int i = 0; i < 3; i++) {
		if (parts[i] > 0 ||
			(parts[i] == 0 && out.length == 1 && (i == 2 || parts[i + 1] < 0)))
			strbuf_printf(&out, "%ld%c", parts[i], "YMD"[i]);
	}
	return out.length > 1 ? out.text : "P0D";
}

/* As it is stored, in one piece: P11M29D. */
static const char *age_iso(struct parse *parse, size_t at, size_t *end)
{
	const char *next = "ymd", *start = parse->text + parse->tokens[at].start;
	size_t i = at + 1;

	if (!same_name(parse->tokens[at].text, "p"))
		return NULL;
	for (; i + 1 < parse->last && parse->tokens[i].before == BOUND_NONE; i += 2) {
		const struct token *number = &parse->tokens[i], *letter = number + 1;
		const char *found = strchr(next, letter->text[0]);

		if (!number->digits || letter->before != BOUND_NONE || letter->length != 1 ||
			!found)
			return NULL;
		next = found + 1;
	}
	*end = i;
	return i == at + 1 ? NULL
			   : text_upper(parse->arena,
				     arena_strndup(parse->arena, start,
					     parse->tokens[i - 1].end - parse->tokens[at].start));
}

void age_units_offer(struct arena *arena, const char *number, struct problem *problem)
{
	static const char *const offered[] = {"hari", "bulan", "tahun"};

	for (size_t i = 0; i < COUNT_OF(offered); i++)
		problem->options[problem->noption++] = (struct option){
			arena_printf(arena, "P%s%c", number, "DMY"[i]),
			arena_printf(arena, "%s %s", number, offered[i])};
}

/* "jam 10": a number right behind the word is an hour of the day. */
static bool of_clock(const struct parse *parse, size_t key, size_t at)
{
	const char *unit = !keyed(key, at) && at > parse->first ? unit_at(parse, at - 1) : NULL;

	return unit && same_name(unit, "JAM") && parse->tokens[at].before <= BOUND_SOFT &&
		!(at > parse->first + 1 && parse->tokens[at - 2].digits);
}

/* What else a bare number could be: the reply offers it by unit. */
static void bare_age(struct parse *parse, int f, size_t key, size_t at)
{
	struct decimal number = decimal_at(parse, at, false);
	char text[8] = "?";
	struct candidate *c;

	if (!number.end || number.value > 120 || number.words || unit_at(parse, number.end) ||
		of_clock(parse, key, at))
		return;
	copy_string(text + 1, sizeof(text) - 1, number_text(parse->arena, number.value));
	c = candidate_add(parse, key, number.end, f,
		keyed_worth(key, at, number.end, WORTH_NUMBER) - 2,
		arena_strdup(parse->arena, text), "a number without a unit");
	c->kind = keyed(key, at) ? KIND_KEYED : KIND_BARE;
}

static void age_add(
	struct parse *parse, int f, size_t key, size_t at, size_t end, const char *value)
{
	struct candidate *c = candidate_add(parse, key, end, f,
		keyed_worth(key, at, end, WORTH_UNIT), value, "an age by its units");

	c->kind = keyed(key, at) ? KIND_KEYED : KIND_TYPED;
	c->flags |= FLAG_SURE;
}

/* "rt 3", "hamil 8 bln": nobody's age, unless years are said. */
static bool another_number(const struct parse *parse, size_t key, size_t at, const char *value)
{
	const char *word = key == at && at > parse->first && parse->tokens[at].before <= BOUND_SOFT
		? token_meaning(&parse->tokens[at - 1], parse_class(parse, CLASS_NOT_NAME))
		: NULL;

	if (word && same_name(word, "3"))
		return value && strchr(value, 'M'); /* "lahir 7 bln" */
	return word && same_name(word, "2") && !(value && strchr(value, 'Y'));
}

void field_age(struct parse *parse, int f, size_t key, size_t at)
{
	const char *value;
	size_t end, first_end;

	if (at >= parse->last || (keyed(key, at) && parse_crosses(parse, at)) ||
		(fraction_whole(parse, at) && !age_parts(parse, at, 1, &end)))
		return;
	value = age_iso(parse, at, &end);
	if (value) {
		age_add(parse, f, key, at, end, value);
		return;
	}
	value = age_parts(parse, at, 1, &first_end);
	if (another_number(parse, key, at, value))
		return;
	if (!value) {
		bare_age(parse, f, key, at);
		return;
	}
	age_add(parse, f, key, at, first_end, value);
	value = age_parts(parse, at, 3, &end);
	if (end > first_end)
		age_add(parse, f, key, at, end, value);
}
