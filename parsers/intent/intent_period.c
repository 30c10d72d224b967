/* The period of a question: "JUL 2024", "JAN-JUN 24", "TW 2", "minggu ini": marks its words. */
#include <stdlib.h>
#include <string.h>

#include "parsers/intent/period_words.h"

int period_month_at(const struct words *words, size_t i)
{
	size_t length;
	const char *month;

	if (i >= words->count || words->list[i].used || words->list[i].kind != WORD_LETTERS)
		return 0;
	month = words_phrase(words, "bulan", i, &length);
	return month && length == 1 ? atoi(month) : 0;
}

/* 2024, or 24 where two digits can only be a year; 0. */
int period_year_at(const struct words *words, size_t i, bool two_digits)
{
	long value = word_number(words, i);

	if (i >= words->count || words->list[i].used)
		return 0;
	if (words->list[i].length == 4 && value >= 2000 && value < 2100)
		return (int)value;
	return two_digits && words->list[i].length == 2 && value >= 10 && value < 60
		? 2000 + (int)value
		: 0;
}

/* The year behind, "juli tahun 2024": how many words tell it; 0: none does. */
size_t period_year_behind(const struct words *words, size_t i, int *year)
{
	size_t length, named;
	const char *unit = words_phrase(words, "satuan_periode", i, &length);
	const char *code = period_code_at(words, i, &named);

	if (code && *code == 'y') {
		*year = words->call->context->now.date.year + atoi(code + 1);
		return named;
	}
	named = unit && *unit == 'y' && !words->list[i].used ? length : 0;
	*year = period_year_at(words, i + named, true);
	return *year ? named + 1 : 0;
}

struct period period_months(int year, int first, int last_year, int last)
{
	return (struct period){
		{year, first, 1}, {last_year, last, date_month_days(last_year, last)}};
}

/* "sampai bulan juli": the word in front of a month. */
bool period_month_named(const struct words *words, size_t i)
{
	size_t length;
	const char *unit = words_phrase(words, "satuan_periode", i, &length);

	return unit && *unit == 'm' && length == 1 &&
		(period_month_at(words, i + 1) || word_number(words, i + 1) > 0);
}

/* Without a year: the latest that has begun. */
int period_year_of(int month, struct date today)
{
	return month <= today.month ? today.year : today.year - 1;
}

/* How many words say "up to" at i: s/d, sampai, or nothing but a dash. */
size_t period_until_at(const struct words *words, size_t i, bool *until)
{
	size_t length;

	*until = i < words->count && words_phrase(words, "sampai", i, &length);
	if (*until)
		return length;
	if (i > 0 && i < words->count)
		for (size_t at = word_raw_end(words, i - 1); at < words->list[i].raw; at++)
			*until = *until || words->call->text[at] == '-';
	return 0;
}

/* "s.d. juli", "sampai bulan juli": since the year began; how many words in front say so. */
size_t period_up_to(const struct words *words, size_t i)
{
	size_t length, named = i > 0 && words_phrase(words, "satuan_periode", i - 1, &length);

	for (size_t back = 1; back <= LEXICON_WORDS && back + named <= i; back++)
		if (words_phrase(words, "sampai", i - named - back, &length) && length == back)
			return back + named;
	return 0;
}

/* How many words say "and", or nothing but a sign does: 0. */
size_t period_joiner_at(const struct words *words, size_t i, size_t *length)
{
	if (!words_phrase(words, "dan_juga", i, length))
		*length = 0;
	return *length;
}

/* "tahun 2024 sampai agustus", "tahun lalu bulan juli": apart from its month, marked used; 0. */
int period_year_elsewhere(struct words *words)
{
	size_t length;
	int year = 0;

	for (size_t i = 0; i < words->count && !year; i++) {
		const char *code =
			words->list[i].used ? NULL : period_code_at(words, i, &length);

		if (i > 0 && period_month_at(words, i - 1))
			continue; /* that month's */
		if (code && *code == 'y') {
			words_use(words, i, length);
			return words->call->context->now.date.year + atoi(code + 1);
		}
		year = period_year_at(words, i, false);
		if (!year)
			continue;
		words_use(words, i, 1);
		if (i > 0 && words_phrase(words, "satuan_periode", i - 1, &length))
			words_use(words, i - 1, 1);
	}
	return year;
}

/* "jan feb mar", "juni dan juli": the last of months that follow each other, and how many words
 * tell them; 0: one stands alone. */
static size_t months_listed(const struct words *words, size_t i, int *last)
{
	size_t first = i, end = 0, length;
	int month = period_month_at(words, i), next;

	for (i++;; i++) {
		next = period_month_at(words, i + period_joiner_at(words, i, &length));
		if (next != month + 1)
			break;
		i += length;
		month = next;
		end = i + 1 - first;
	}
	*last = month;
	return end;
}

/* "sejak januari", "januari sampai sekarang": the month of today is the last. */
static size_t to_today(const struct words *words, size_t i, size_t next, bool *open)
{
	size_t gap, length, named = i > 0 && words_phrase(words, "satuan_periode", i - 1, &length);
	const char *code;
	bool until;

	*open = i > named && words_phrase(words, "sejak", i - named - 1, &length) && length == 1 &&
		!words->list[i - named - 1].used; /* "turun dari juni" */
	gap = period_until_at(words, next, &until);
	if (until && period_month_at(words,
			    next + gap + period_month_named(words, next + gap)))
		*open = false;
	code = until ? words_phrase(words, "yang_ini", next + gap, &length) : NULL;
	if (!code || atoi(code) != 0) {
		code = until ? words_phrase(words, "periode", next + gap, &length) : NULL;
		if (!code || code[1] != '0' || !strchr("dwm", *code))
			return 0;
	}
	*open = true;
	return gap + length;
}

static bool read_listed(struct words *words, struct date today, struct period *period)
{
	for (size_t i = 0; i < words->count; i++) {
		int month = period_month_at(words, i), last, year;
		size_t length = month ? months_listed(words, i, &last) : 0;

		if (length == 0)
			continue;
		length += period_year_behind(words, i + length, &year);
		year = year ? year : period_year_of(last, today);
		words_use(words, i, length);
		*period = period_months(year, month, year, last);
		return true;
	}
	return false;
}

/* Before "bulan ini" is read by itself. */
static bool read_open(struct words *words, struct date today, struct period *period)
{
	for (size_t i = 0; i < words->count; i++) {
		int month = period_month_at(words, i), year;
		size_t next = i + 1, gap;
		bool open;

		if (!month)
			continue;
		next += period_year_behind(words, next, &year);
		gap = to_today(words, i, next, &open);
		if (!open)
			continue;
		year = year ? year : period_year_of(month, today);
		words_use(words, i, next - i + gap);
		*period = period_months(year, month, today.year, today.month);
		return date_compare(period->from, period->to) <= 0;
	}
	return false;
}

/* "juli kemarin", "semester 1 kmrn": the last of its name that is over; how many words say so. */
size_t period_last_named(const struct words *words, size_t i)
{
	size_t length;
	const char *which = i < words->count && !words->list[i].used
		? words_phrase(words, "yang_ini", i, &length) : NULL;

	return which && atoi(which) < 0 ? length : 0;
}

/* "antara januari dan juni": between two "and" says "up to"; two that are compared stay two. */
static size_t between(const struct words *words, size_t i, size_t next, bool *until)
{
	size_t length, gap, named = i > 0 && words_phrase(words, "satuan_periode", i - 1, &length);

	*until = i > named && words_phrase(words, "antara", i - named - 1, &length) &&
		!words_have(words, "banding") && period_joiner_at(words, next, &gap) > 0;
	return *until ? gap : 0;
}

/* "agustus smp tgl 10": of the month at i the days up to that, told at `at`. */
static bool month_until_day(const struct words *words, size_t i, size_t at, struct date today,
	struct period *period)
{
	size_t length;
	const char *unit = words_phrase(words, "satuan_periode", at, &length);
	int month = period_month_at(words, i), year = period_year_of(month, today);
	long day = word_number(words, at + 1);

	if (!unit || *unit != 'd' || length != 1 || day < 1 || day > 31 ||
		period_month_at(words, at + 2) || !date_valid(year, month, (int)day))
		return false;
	*period = (struct period){{year, month, 1}, {year, month, (int)day}};
	return true;
}

static bool read_months(struct words *words, struct date today, struct period *period)
{
	for (size_t i = 0; i < words->count; i++) {
		int month = period_month_at(words, i), last = 0, year, last_year;
		size_t next = i + 1, gap;
		bool until;

		if (!month)
			continue;
		next += period_year_behind(words, next, &year);
		gap = period_until_at(words, next, &until);
		if (!until)
			gap = between(words, i, next, &until);
		if (until && month_until_day(words, i, next + gap, today, period)) {
			words_use(words, i, next - i + gap + 2);
			return true;
		}
		if (until && period_month_named(words, next + gap))
			gap++;
		if (until)
			last = period_month_at(words, next + gap);
		if (!last) {
			size_t up = period_up_to(words, i);

			year = year ? year : period_year_elsewhere(words);
			next += period_last_named(words, next);
			year = year ? year : period_year_of(month, today);
			words_use(words, i - up, next - i + up);
			*period = period_months(year, up ? 1 : month, year, month);
			return true;
		}
		next += gap + 1;
		next += period_year_behind(words, next, &last_year);
		if (!last_year)
			last_year = year ? year + (last < month)
					 : period_year_of(month, today) + (last < month);
		if (!year)
			year = last_year - (last < month);
		words_use(words, i, next - i);
		*period = period_months(year, month, last_year, last);
		return date_compare(period->from, period->to) <= 0;
	}
	return false;
}

/* The latest day of that number that is not in the future. */
static bool day_of_month(long day, struct date today, struct period *period)
{
	struct date date = {today.year, today.month, (int)day};

	if (day > today.day) {
		date = date_add_months((struct date){today.year, today.month, 1}, -1);
		date.day = (int)day;
	}
	period->from = period->to = date;
	return date_valid(date.year, date.month, date.day);
}

/* "bulan 7", "tgl 12": a number named by the word before it; how many words it has, 0: none. */
static size_t named_number(
	const struct words *words, size_t i, struct date today, struct period *period)
{
	long value = word_number(words, i);
	int year;
	size_t length, behind = period_year_behind(words, i + 1, &year);
	size_t back = i > 1 && word_is(words, i - 1, "ke") ? 2 : 1; /* "bulan ke 7" */
	const char *unit = i >= back ? words_phrase(words, "satuan_periode", i - back, &length)
				     : NULL;

	if (!unit || length != 1 || value < 1 || words->list[i].length > 2)
		return 0;
	if (*unit == 'm' && value <= 12) {
		year = year ? year : period_year_of((int)value, today);
		*period = period_months(year, (int)value, year, (int)value);
		return 1 + behind;
	}
	if (*unit == 'y' && period_year_at(words, i, true)) {
		*period = period_months(2000 + (int)value, 1, 2000 + (int)value, 12); /* th 23 */
		return 1;
	}
	return *unit == 'd' && word_number(words, i + 1) < 0 && day_of_month(value, today, period)
		? 1
		: 0;
}

/* A year first: 2024-07, 2023-2024, 2024; how many words it has. */
static size_t year_first(const struct words *words, size_t i, struct period *period)
{
	int year = period_year_at(words, i, false), last;
	long month = word_number(words, i + 1);
	size_t gap;
	bool until;

	if (!year)
		return 0;
	gap = period_until_at(words, i + 1, &until);
	last = until ? period_year_at(words, i + 1 + gap, false) : 0; /* "2023 2024" is two */
	if (month >= 1 && month <= 12 && words->list[i + 1].length == 2) {
		*period = period_months(year, (int)month, year, (int)month);
		return 2;
	}
	*period = period_months(year, 1, last > year ? last : year, 12);
	return last > year ? 2 + gap : 1;
}

/* "tahun 2023 dan 2024": one span. */
static bool read_years(struct words *words, struct period *period)
{
	for (size_t i = 0; i < words->count; i++) {
		int year = period_year_at(words, i, false), last = 0;
		size_t gap, length, named = i > 0 &&
			words_phrase(words, "satuan_periode", i - 1, &length);

		if (year && period_joiner_at(words, i + 1, &gap) > 0)
			last = period_year_at(words, i + 1 + gap, false);
		if (last <= year || period_month_at(words, i - (i > 0)))
			continue;
		words_use(words, i - named, 2 + gap + named);
		*period = period_months(year, 1, last, 12);
		return true;
	}
	return false;
}

/* "7/24", "07-24" */
static bool is_slash(const struct words *words, size_t i)
{
	char sign = words->call->text[word_raw_end(words, i)];

	return word_number(words, i + 1) > 12 && (sign == '/' || sign == '-' || sign == '.');
}

/* The year last: 12/8/24, 7/2024; how many words it has. */
static size_t year_last(const struct words *words, size_t i, struct period *period)
{
	long a = word_number(words, i), b = word_number(words, i + 1);
	int year = period_year_at(words, i + 2, true);

	if (year && b >= 1 && b <= 12 && date_valid(year, (int)b, (int)a)) {
		period->from = period->to = (struct date){year, (int)b, (int)a};
		return 3;
	}
	year = period_year_at(words, i + 1, is_slash(words, i));
	if (a < 1 || a > 12 || !year)
		return 0;
	*period = period_months(year, (int)a, year, (int)a);
	return 2;
}

/* "bulan 1 sampai 6", "bln 6 dan 7 2024": how many words it has; 0: no such span. */
static size_t numbered_months(
	const struct words *words, size_t i, struct date today, struct period *period)
{
	size_t length, gap, next = i + 1;
	long first = word_number(words, i), last;
	const char *unit = i > 0 ? words_phrase(words, "satuan_periode", i - 1, &length) : NULL;
	bool until;
	int year;

	if (!unit || *unit != 'm' || length != 1 || first < 1 || first > 12 ||
		words->list[i].length > 2)
		return 0;
	gap = period_until_at(words, next, &until);
	if (!until && period_joiner_at(words, next, &gap) == 0)
		return 0;
	next += gap;
	next += period_month_named(words, next);
	last = word_number(words, next);
	if (last <= first || last > 12 || words->list[next].length > 2 ||
		(!until && last != first + 1))
		return 0;
	next += 1 + period_year_behind(words, next + 1, &year);
	year = year ? year : period_year_of((int)last, today);
	*period = period_months(year, (int)first, year, (int)last);
	return next - i;
}

static bool read_digits(struct words *words, struct date today, struct period *period)
{
	for (size_t i = 0; i < words->count; i++) {
		size_t length, unit_length;

		if (word_number(words, i) < 0 || words->list[i].used)
			continue;
		length = year_first(words, i, period);
		if (!length)
			length = numbered_months(words, i, today, period);
		if (!length)
			length = year_last(words, i, period);
		if (!length)
			length = named_number(words, i, today, period);
		if (length) {
			bool named = word_number(words, i) < 100 && i > 0 &&
				words_phrase(words, "satuan_periode", i - 1, &unit_length);

			words_use(words, i - named, length + named);
			return true;
		}
	}
	return false;
}

bool intent_period(struct words *words, struct date today, struct period *period)
{
	return period_left(words) &&
		((words_have(words, "bulan") && read_listed(words, today, period)) ||
			(words_have(words, "bagian_tahun") &&
				period_part(words, today, true, period)) ||
			read_years(words, period) || intent_period_one(words, today, period));
}

/* "3 bulan terakhir", "seminggu yang lalu": so many of a unit. */
static bool read_several(struct words *words, struct date today, struct period *period)
{
	return (words_have(words, "terakhir") && period_last(words, today, period)) ||
		(words_have(words, "yang_lalu") && period_ago(words, today, period)) ||
		(words_have(words, "ke_depan") && period_ahead(words, today, period));
}

bool intent_period_one(struct words *words, struct date today, struct period *period)
{
	bool month;

	if (!period_left(words))
		return false;
	month = words_have(words, "bulan");
	return read_several(words, today, period) ||
		(month && period_week(words, today, period)) ||
		period_weekday(words, today, period) ||
		(words_have(words, "minggu_ke") && period_epi_week(words, today, period)) ||
		(words_have(words, "awal_tahun") && period_begun(words, today, period)) ||
		period_days(words, today, period) || (month && read_open(words, today, period)) ||
		period_relative(words, today, true, period) ||
		(words_have(words, "bagian_tahun") &&
			period_part(words, today, false, period)) ||
		period_day(words, today, period) || (month && read_months(words, today, period)) ||
		read_digits(words, today, period) || period_relative(words, today, false, period);
}
