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

const char *period_code_at(const struct words *words, size_t i, size_t *length)
{
	const char *code = words_phrase(words, "periode", i, length);

	return code ? code : named_at(words, i, length);
}

/* A number, or a word of time. */
static bool tells_time(const struct words *words, size_t i)
{
	size_t length;

	return words->list[i].kind != WORD_LETTERS || words_phrase(words, "bulan", i, &length) ||
		words_phrase(words, "periode", i, &length) ||
		words_phrase(words, "satuan_periode", i, &length) ||
		words_phrase(words, "satu_periode", i, &length) ||
		words_phrase(words, "urutan_angka", i, &length) ||
		words_phrase(words, "bagian_tahun", i, &length) ||
		words_phrase(words, "awal_tahun", i, &length) ||
		words_phrase(words, "minggu_ke", i, &length) ||
		words_phrase(words, "kata_hari", i, &length) ||
		words_phrase(words, "hari_minggu", i, &length);
}

bool period_left(const struct words *words)
{
	size_t i = 0;

	while (i < words->count && (words->list[i].used || !tells_time(words, i)))
		i++;
	return i < words->count;
}

/* "juli tahun lalu", "tahun lalu tw 2", "juli kemarin": it says which of its name is meant. */
static bool belongs(const struct words *words, size_t i, size_t length, const char *code)
{
	size_t unit;
	bool year = *code == 'y', last = same_name(code, "d-1");

	if (last)
		return i > 0 && period_month_at(words, i - 1) > 0;
	for (size_t at = i > 3 ? i - 3 : 0; year && at < i + length + 2; at++)
		if (period_month_at(words, at) || words_phrase(words, "bagian_tahun", at, &unit))
			return true;
	return *code == 'm' && i > 1 && word_number(words, i - 1) > 0 &&
		word_number(words, i - 1) <= 31;
}

bool period_relative(
	struct words *words, struct date today, bool strict, struct period *period)
{
	for (size_t i = 0; i < words->count; i++) {
		size_t length, up, unit_length;
		const char *unit, *code =
			words->list[i].used ? NULL : period_code_at(words, i, &length);

		if (code && strict && belongs(words, i, length, code)) {
			i += length - 1;
			continue;
		}
		if (!code || !relative(code, today, period))
			continue;
		unit = i > 0 && same_name(code, "d-1")
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

/* "3 bulan", "tiga bulan", "sebulan": how many of which unit, in how many words; 0: nothing. */
static size_t some_units(const struct words *words, size_t i, long *number, const char **unit)
{
	size_t length, unit_length;
	const char *text;

	if (words->list[i].used)
		return 0;
	*unit = words_phrase(words, "satu_periode", i, &length);
	*number = 1;
	if (*unit)
		return length;
	*number = word_number(words, i);
	text = *number < 0 ? words_phrase(words, "urutan_angka", i, &length) : NULL;
	if (text)
		*number = atoi(text);
	*unit = words_phrase(words, "satuan_periode", i + 1, &unit_length);
	return *unit && *number > 0 && *number <= LAST_MOST ? 1 + unit_length : 0;
}

/* "3 bulan terakhir": this one is the last of them; "sebulan terakhir" is by days. */
bool period_last(struct words *words, struct date today, struct period *period)
{
	for (size_t i = 0; i + 1 < words->count; i++) {
		long number;
		const char *unit;
		size_t used = some_units(words, i, &number, &unit), length;
		bool one = used == 1;

		if (!used || !words_phrase(words, "terakhir", i + used, &length))
			continue;
		words_use(words, i, used + length);
		if (one && *unit == 'm') {
			period->from = date_add_days(date_add_months(today, -1), 1);
			period->to = today;
		} else if (*unit == 'm' || *unit == 'y') {
			int span = *unit == 'y' ? 12 * (int)number : (int)number;
			struct date first = date_add_months(
				(struct date){today.year, today.month, 1}, 1 - span);

			*period = *unit == 'y' && !one
				? period_months(today.year - (int)number + 1, 1, today.year, 12)
				: period_months(first.year, first.month, today.year, today.month);
		} else {
			int days = *unit == 'w' ? 7 * (int)number : (int)number;

			*period = (struct period){date_add_days(today, 1 - days), today};
		}
		return true;
	}
	return false;
}

/* "2 minggu ke depan": from today on. */
bool period_ahead(struct words *words, struct date today, struct period *period)
{
	for (size_t i = 0; i + 1 < words->count; i++) {
		long number;
		const char *unit;
		size_t used = some_units(words, i, &number, &unit), length;

		if (!used || !words_phrase(words, "ke_depan", i + used, &length))
			continue;
		words_use(words, i, used + length);
		period->from = today;
		period->to = *unit == 'm' ? date_add_months(today, (int)number)
			: *unit == 'y'    ? date_add_months(today, 12 * (int)number)
				: date_add_days(today, (*unit == 'w' ? 7 : 1) * (int)number);
		return true;
	}
	return false;
}

/* "tgl 5 bulan lalu", "tw 2 tahun lalu": the number names what is in front of it. */
static bool is_named(const struct words *words, size_t i)
{
	size_t length;

	return i > 0 && (words_phrase(words, "satuan_periode", i - 1, &length) ||
				words_phrase(words, "bagian_tahun", i - 1, &length) ||
				word_is(words, i - 1, "ke") ||
				word_number(words, i - 1) >= 0);
}

/* "2 bulan lalu", "seminggu yang lalu": that one alone. */
bool period_ago(struct words *words, struct date today, struct period *period)
{
	for (size_t i = 0; i + 1 < words->count; i++) {
		long number;
		const char *unit;
		size_t used = some_units(words, i, &number, &unit), length;

		if (!used || is_named(words, i) ||
			!words_phrase(words, "yang_lalu", i + used, &length))
			continue;
		words_use(words, i, used + length);
		return relative(arena_printf(words->call->arena, "%c-%ld", *unit, number), today,
			period);
	}
	return false;
}

/* "juli", "bulan juni", "bln 6", "bulan lalu", "sekarang" behind the gap of words that say "up to":
 * the month that it ends in, and how many words all that is; 0: another thing stands there. */
static size_t until_month(
	const struct words *words, size_t at, size_t gap, struct date today, int *month)
{
	size_t length, named = period_month_named(words, at);
	const char *code = period_code_at(words, at, &length);
	long number = word_number(words, at + named);

	if (period_month_at(words, at + named)) {
		*month = period_month_at(words, at + named);
		return gap + named + 1;
	}
	if (code) {
		if (*code == 'm')
			*month = date_add_months((struct date){today.year, today.month, 1},
				atoi(code + 1)).month;
		return gap + length;
	}
	if (!named || number < 1 || number > 12)
		return 0;
	*month = (int)number;
	return gap + named + 1;
}

/* "sejak awal tahun", "awal tahun sampai juli": until now where nothing else is told. */
bool period_begun(struct words *words, struct date today, struct period *period)
{
	for (size_t i = 0; i < words->count; i++) {
		size_t length, next, gap, named;
		int month = today.month, year = 0;
		bool until;

		if (words->list[i].used || !words_phrase(words, "awal_tahun", i, &length))
			continue;
		next = i + length;
		year = period_year_at(words, next, false);
		next += year > 0;
		if (!year)
			year = today.year;
		else if (year != today.year)
			month = 12;
		gap = period_until_at(words, next, &until);
		if (until)
			next += until_month(words, next + gap, gap, today, &month);
		named = i > 0 && words_phrase(words, "sejak", i - 1, &length);
		words_use(words, i - named, next - i + named);
		*period = period_months(year, 1, year, month);
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
