/* Periods that are told by words: "bulan lalu", "3 bulan terakhir", "minggu ke 2 agustus". */
#include <stdlib.h>
#include <string.h>

#include "parsers/intent/period_words.h"

#define LAST_MOST 60 /* months, weeks or days back */
#define WEEKS	  5

static struct period moved_month(struct date today, int by, int span)
{
	struct date first = {today.year, (today.month - 1) / span * span + 1, 1}, last;

	first = date_add_months(first, by * span);
	last = date_add_months(first, span - 1);
	return period_months(first.year, first.month, last.year, last.month);
}

/* The lexicon writes relative periods as a unit and a number: d0 w-1 m-1 q0 y0. */
static bool relative(const char *code, struct date today, struct period *period)
{
	int by = atoi(code + 1), monday = (date_weekday(today) + 6) % 7;

	switch (*code) {
	case 'd': period->from = period->to = date_add_days(today, by); return true;
	case 'w':
		period->from = date_add_days(today, by * 7 - monday);
		period->to = date_add_days(period->from, 6);
		return true;
	case 'm': *period = moved_month(today, by, 1); return true;
	case 'q': *period = moved_month(today, by, 3); return true;
	case 's': *period = moved_month(today, by, 6); return true;
	case 'y': *period = moved_month(today, by, 12); return true;
	default: return false;
	}
}

/* "sampai bulan ini", "s/d sekarang": how many words in front say "up to". */
static size_t until_behind(const struct words *words, size_t i)
{
	size_t length;

	for (size_t back = 1; back <= 2 && back <= i; back++)
		if (words_phrase(words, "sampai", i - back, &length) && length == back)
			return back;
	return 0;
}

/* "taun niki", "bulan kepungkur": a unit, and which one. */
static const char *named_at(const struct words *words, size_t i, size_t *length)
{
	size_t unit_length, which_length;
	const char *unit = words_phrase(words, "satuan_periode", i, &unit_length), *which;

	which = unit ? words_phrase(words, "yang_ini", i + unit_length, &which_length) : NULL;
	if (!which)
		return NULL;
	*length = unit_length + which_length;
	return arena_printf(words->call->arena, "%c%s", *unit, which);
}

bool period_relative(struct words *words, struct date today, struct period *period)
{
	for (size_t i = 0; i < words->count; i++) {
		size_t length, up, unit_length;
		const char *unit, *code =
			words->list[i].used ? NULL : words_phrase(words, "periode", i, &length);

		if (!code && !words->list[i].used)
			code = named_at(words, i, &length);
		if (!code || !relative(code, today, period))
			continue;
		unit = i > 0 && strcmp(code, "d-1") == 0
			? words_phrase(words, "satuan_periode", i - 1, &unit_length) : NULL;
		if (unit && *unit != 'd') { /* "bulan kamari", "minggu wingi" */
			relative(arena_printf(words->call->arena, "%c-1", *unit), today, period);
			words_use(words, i - 1, 1);
		}
		up = strchr("dwm", *code) ? until_behind(words, i) : 0;
		if (up)
			*period = period_months(
				period->to.year, 1, period->to.year, period->to.month);
		words_use(words, i - up, length + up);
		return true;
	}
	return false;
}

/* "3 bulan terakhir", "7 hari terakhir": this one is the last of them. */
bool period_last(struct words *words, struct date today, struct period *period)
{
	for (size_t i = 0; i + 2 < words->count; i++) {
		long number = words->list[i].used ? -1 : word_number(words, i);
		size_t unit_length, length;
		const char *unit = words_phrase(words, "satuan_periode", i + 1, &unit_length);

		if (number < 1 || number > LAST_MOST || !unit ||
			!words_phrase(words, "terakhir", i + 1 + unit_length, &length))
			continue;
		words_use(words, i, 1 + unit_length + length);
		if (*unit == 'm' || *unit == 'y') {
			int span = *unit == 'y' ? 12 * (int)number : (int)number;
			struct date first = date_add_months(
				(struct date){today.year, today.month, 1}, 1 - span);

			*period = period_months(first.year, first.month, today.year, today.month);
		} else {
			int days = *unit == 'w' ? 7 * (int)number : (int)number;

			*period = (struct period){date_add_days(today, 1 - days), today};
		}
		return true;
	}
	return false;
}

/* "minggu ke 2 agustus": of a month the days 8 to 14. */
bool period_week(struct words *words, struct date today, struct period *period)
{
	for (size_t i = 0; i + 2 < words->count; i++) {
		size_t length, at;
		const char *unit =
			words->list[i].used ? NULL
					    : words_phrase(words, "satuan_periode", i, &length);
		long week;
		int month, year;

		if (!unit || *unit != 'w')
			continue;
		at = i + length + word_is(words, i + length, "ke");
		week = word_number(words, at);
		at += 1 + word_is(words, at + 1, "bulan");
		month = period_month_at(words, at);
		if (week < 1 || week > WEEKS || !month)
			continue;
		words_use(words, i, at + 1 - i + period_year_behind(words, at + 1, &year));
		year = year ? year : period_year_of(month, today);
		period->from = (struct date){year, month, (int)week * 7 - 6};
		period->to = (struct date){year, month,
			week == WEEKS ? date_month_days(year, month) : (int)week * 7};
		return date_valid(year, month, period->from.day);
	}
	return false;
}
