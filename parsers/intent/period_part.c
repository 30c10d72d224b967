/* Parts of a year that carry a number: "TW 2 2024", "semester pertama", "minggu 32". */
#include <stdlib.h>
#include <string.h>

#include "parsers/intent/period_words.h"

/* The number of a part at i: 2, II, "ke 2", "kedua"; how many words tell it; 0: none. */
static size_t part_number(const struct words *words, size_t i, long *number)
{
	size_t behind = word_is(words, i, "ke"), length;
	const char *text;

	*number = word_number(words, i + behind);
	if (*number >= 0)
		return words->list[i + behind].used ? 0 : behind + 1;
	text = words_phrase(words, "romawi", i + behind, &length);
	if (!text)
		text = words_phrase(words, "urutan_angka", i + behind, &length);
	*number = text && !words->list[i + behind].used ? atoi(text) : 0;
	return *number > 0 ? behind + length : 0;
}

/* "tw 1 dan 2", "tw i s/d iii": the part that the span ends with; how many words tell it; 0. */
static size_t part_until(
	const struct words *words, size_t i, const char *unit, long first, bool joined, long *last)
{
	size_t length, gap, number;
	bool until;

	gap = period_until_at(words, i, &until);
	if (!until && (!joined || period_joiner_at(words, i, &gap) == 0))
		return 0;
	if (words_phrase(words, "bagian_tahun", i + gap, &length) &&
		same_name(words_phrase(words, "bagian_tahun", i + gap, &length), unit))
		gap += length;
	number = part_number(words, i + gap, last);
	return number > 0 && *last > first ? gap + number : 0;
}

/* "TW 2 2024", "semester 1 kmrn", "triwulan I dan II": the lexicon gives the months that each part
 * spans. */
bool period_part(struct words *words, struct date today, bool joined, struct period *period)
{
	for (size_t i = 0; i < words->count; i++) {
		size_t length, next, more, over, up;
		const char *unit = words->list[i].used
			? NULL
			: words_phrase(words, "bagian_tahun", i, &length);
		int span = unit ? atoi(unit) : 0, year;
		long first, last;

		if (span < 1 || span > 6)
			continue;
		next = i + length;
		more = part_number(words, next, &first);
		if (!more || first < 1 || first > 12 / span)
			continue;
		next += more;
		last = first;
		more = part_until(words, next, unit, first, joined, &last);
		if (!more || last > 12 / span)
			last = first;
		else
			next += more;
		up = last == first ? period_up_to(words, i) : 0;
		next += period_year_behind(words, next, &year);
		over = period_last_named(words, next);
		words_use(words, i - up, next - i + over + up);
		if (!year)
			year = period_year_elsewhere(words);
		first = up ? 1 : (first - 1) * span + 1;
		if (!year)
			year = period_year_of((int)(over ? last * span : first), today);
		*period = period_months(year, (int)first, year, (int)last * span);
		return true;
	}
	return false;
}

/* "minggu 30-32", "mgg 30 sampai mgg 32": how many words tell the last. */
static size_t week_until(const struct words *words, size_t i, long week, long *last)
{
	bool until;
	size_t length, gap = period_until_at(words, i, &until),
	       named = until && words_phrase(words, "minggu_ke", i + gap, &length) ? length : 0;
	long number;

	gap += named;
	number = until ? word_number(words, i + gap) : -1;

	if (number <= week || number > 53 || words->list[i + gap].length > 2)
		return 0;
	*last = number;
	return gap + 1;
}

/* "minggu 32 2024", "minggu ke 32": an epidemiological week; "sampai minggu 32": all up to it. */
bool period_epi_week(struct words *words, struct date today, struct period *period)
{
	for (size_t i = 0; i + 1 < words->count; i++) {
		size_t length, behind, up;
		long week, last;
		int year, this_year;

		if (words->list[i].used || !words_phrase(words, "minggu_ke", i, &length) ||
			(words->list[i].length == 1 && !word_glued(words, i + 1)))
			continue; /* "M28", not "m 28" */
		week = word_number(words, i + length);
		last = week;
		behind = week_until(words, i + length + 1, week, &last);
		behind += period_year_behind(words, i + length + 1 + behind, &year);
		(void)week_of(today, &this_year);
		if (!year)
			year = this_year - (week > 0 && date_compare(
				week_first_day(this_year, (int)week), today) > 0);
		if (week < 1 || week > weeks_in_year(year))
			continue;
		up = last == week ? period_up_to(words, i) : 0;
		words_use(words, i - up, up + length + 1 + behind);
		period->from = week_first_day(year, up ? 1 : (int)week);
		period->to = date_add_days(week_first_day(year, (int)last), 6);
		return true;
	}
	return false;
}
