/* Days of a question: "12 agst 2024", "1-15 agustus", "tgl 5 bulan lalu", "senin kemarin". */
#include <stdlib.h>
#include <string.h>

#include "parsers/intent/period_words.h"

#define WEEK	    7
#define WORD_PLAIN  4 /* letters of a weekday that is no abbreviation */

/* "nov 23 - feb 24": a year of two digits in front of a dash is no day. */
static bool ends_month(const struct words *words, size_t i)
{
	int year;
	bool until;

	if (i == 0 || !period_month_at(words, i - 1) || !period_year_behind(words, i, &year))
		return false;
	(void)period_until_at(words, i + 1, &until);
	return until;
}

/* "4/8-10/8/24": what stands behind the dash is another day, and no year. */
static bool dash_behind(const struct words *words, size_t i)
{
	const char *behind = words->call->text + word_raw_end(words, i);

	return i + 1 < words->count && words->list[i + 1].length <= 2 &&
		behind[strspn(behind, " ")] == '-';
}

/* The day at i, "15 agustus 2024", "15/8/24" or its number alone; how many words it has, 0: none. A
 * month or year that is not told is 0. */
static size_t day_at(const struct words *words, size_t i, struct date *day)
{
	long number = i < words->count && !words->list[i].used ? word_number(words, i) : -1, month;
	size_t used = 1;
	bool dashed = false;

	if (number < 1 || number > 31 || words->list[i].length > 2 || ends_month(words, i))
		return 0;
	*day = (struct date){0, period_month_at(words, i + 1), (int)number};
	month = word_number(words, i + 1);
	if (day->month) {
		used = 2;
	} else if (month >= 1 && month <= 12 && words->call->text[word_raw_end(words, i)] == '/') {
		day->month = (int)month;
		used = 2;
		dashed = dash_behind(words, i + 1);
	}
	if (day->month && !dashed)
		used += period_year_behind(words, i + used, &day->year);
	return used;
}

/* "bulan lalu" behind the number of a day: its month; how many words tell it, 0: none does. */
static size_t month_behind(
	const struct words *words, size_t i, struct date today, struct date *day)
{
	size_t length;
	const char *code = i < words->count && !words->list[i].used
		? period_code_at(words, i, &length) : NULL;
	struct date month;

	if (!code || *code != 'm')
		return 0;
	month = date_add_months((struct date){today.year, today.month, 1}, atoi(code + 1));
	day->year = month.year;
	day->month = month.month;
	return length;
}

/* "tgl", "tanggal" in front of a number */
static bool day_named(const struct words *words, size_t i)
{
	size_t length;
	const char *unit = i > 0 ? words_phrase(words, "satuan_periode", i - 1, &length) : NULL;

	return unit && *unit == 'd' && length == 1;
}

/* "sejak 1 januari", "mulai tgl 1 agustus": until today. */
static bool since_at(const struct words *words, size_t i)
{
	size_t length;

	return i > 0 && !words->list[i - 1].used && words_phrase(words, "sejak", i - 1, &length) &&
		length == 1;
}

bool period_day(struct words *words, struct date today, struct period *period)
{
	for (size_t i = 0; i < words->count; i++) {
		struct date day;
		size_t used = day_at(words, i, &day);
		bool named = day_named(words, i), since = since_at(words, i - named);

		if (used && !day.month && named)
			used += month_behind(words, i + used, today, &day);
		if (!used || !day.month)
			continue;
		day.year = day.year ? day.year : period_year_of(day.month, today);
		if (!date_valid(day.year, day.month, day.day))
			continue;
		words_use(words, i - named - since, used + named + since);
		period->from = period->to = day;
		if (since && date_compare(day, today) < 0)
			period->to = today;
		return true;
	}
	return false;
}

/* What "up to" leads to: a day, "sekarang", "bulan ini" behind a number; how many words tell it. */
static size_t last_day(const struct words *words, size_t i, const struct date *from, bool named,
	struct date today, struct date *to)
{
	size_t length, used;
	const char *code = i < words->count && !words->list[i].used
		? period_code_at(words, i, &length) : NULL;

	if (code && *code == 'd' && from->month) {
		*to = date_add_days(today, atoi(code + 1));
		return length;
	}
	code = words_phrase(words, "yang_ini", i, &length);
	if (code && atoi(code) == 0 && from->month) {
		*to = today;
		return length;
	}
	i += used = words_phrase(words, "satuan_periode", i, &length) != NULL;
	length = day_at(words, i, to);
	if (!length)
		return 0;
	used += length;
	if (!to->month)
		used += month_behind(words, i + length, today, to);
	if (!to->month && named) /* "tgl 1 sampai 10" */
		to->month = today.month - (to->day > today.day && today.month > 1);
	return to->month ? used : 0;
}

/* "1-15 agustus 2024", "1/8/24 - 15/8/24", "28 juli sampai 3 agustus", "tgl 1 s/d 10 bulan ini" */
bool period_days(struct words *words, struct date today, struct period *period)
{
	for (size_t i = 0; i + 1 < words->count; i++) {
		struct date from, to;
		size_t first = day_at(words, i, &from), gap, last;
		bool until, named = day_named(words, i);

		gap = first ? period_until_at(words, i + first, &until) : 0;
		last = first && until
			? last_day(words, i + first + gap, &from, named, today, &to) : 0;
		if (!last)
			continue;
		to.year = to.year ? to.year : period_year_of(to.month, today);
		from.month = from.month ? from.month : to.month;
		from.year = from.year ? from.year : to.year - (from.month > to.month);
		if (!date_valid(from.year, from.month, from.day) ||
			!date_valid(to.year, to.month, to.day) || date_compare(from, to) > 0)
			continue;
		words_use(words, i - named, first + gap + last + named);
		*period = (struct period){from, to};
		return true;
	}
	return false;
}

/* "hari senin", "senin", "hari minggu"; "minggu" alone is a week. How many words; 0: none. */
static size_t weekday_at(const struct words *words, size_t i, int *weekday)
{
	size_t named, length, unit;
	const char *name;

	if (i >= words->count || words->list[i].used)
		return 0;
	if (!words_phrase(words, "kata_hari", i, &named))
		named = 0;
	name = words_phrase(words, "hari_minggu", i + named, &length);
	if (!name || length != 1 || words->list[i + named].used ||
		(!named && (words->list[i].length < WORD_PLAIN ||
				   words_phrase(words, "satuan_periode", i, &unit))))
		return 0;
	*weekday = atoi(name);
	return named + 1;
}

/* Which of its name: "minggu lalu" in front or behind, "kemarin", "lalu"; how many words there. */
static const char *which_before(const struct words *words, size_t i, size_t *used)
{
	for (size_t back = 1; back <= LEXICON_WORDS && back <= i; back++) {
		size_t length;
		const char *code = words->list[i - back].used
			? NULL : period_code_at(words, i - back, &length);

		if (code && length == back && (*code == 'w' || *code == 'd')) {
			*used = back;
			return code;
		}
	}
	return NULL;
}

static const char *which_behind(const struct words *words, size_t i, size_t *used)
{
	const char *code;

	if (i >= words->count || words->list[i].used)
		return NULL;
	code = period_code_at(words, i, used);
	if (code && (*code == 'w' || *code == 'd'))
		return code;
	code = words_phrase(words, "yang_ini", i, used);
	return !code ? NULL : atoi(code) < 0 ? "d-1" : "w0";
}

/* Without more: the latest that is not in the future. */
static struct date weekday_meant(int weekday, const char *which, struct date today)
{
	int back = (date_weekday(today) - weekday + WEEK) % WEEK;

	if (which && *which == 'w')
		return date_add_days(today, atoi(which + 1) * WEEK -
				(date_weekday(today) + WEEK - 1) % WEEK +
				(weekday + WEEK - 1) % WEEK);
	if (which && atoi(which + 1) < 0 && back == 0)
		back = WEEK;
	return date_add_days(today, -back);
}

/* "senin sampai rabu", "senin sampai hari ini"; how many words tell the end, 0: it is one day. */
static size_t weekday_until(const struct words *words, size_t i, int weekday, struct date today,
	struct period *period)
{
	size_t gap, length;
	bool until;
	int last;
	const char *code;

	gap = period_until_at(words, i, &until);
	if (!until)
		return 0;
	code = period_code_at(words, i + gap, &length);
	if (code && *code == 'd') {
		period->to = date_add_days(today, atoi(code + 1));
		return gap + length;
	}
	length = weekday_at(words, i + gap, &last);
	if (!length)
		return 0;
	period->to = date_add_days(period->from, (last - weekday + WEEK) % WEEK);
	return gap + length;
}

bool period_weekday(struct words *words, struct date today, struct period *period)
{
	for (size_t i = 0; i < words->count; i++) {
		int weekday;
		size_t length = weekday_at(words, i, &weekday), before = 0, behind = 0, since, more;
		const char *which;
		struct date day;

		if (!length)
			continue;
		if (day_at(words, i + length, &day) && day.month) { /* "senin 5 agustus" */
			words_use(words, i, length);
			return false;
		}
		which = which_before(words, i, &before);
		if (!which)
			which = which_behind(words, i + length, &behind);
		period->from = period->to = weekday_meant(weekday, which, today);
		more = weekday_until(words, i + length + behind, weekday, today, period);
		if (i > before && words_phrase(words, "sejak", i - before - 1, &since) && !more) {
			before++;
			period->to = today;
		}
		words_use(words, i - before, before + length + behind + more);
		return date_compare(period->from, period->to) <= 0;
	}
	return false;
}
