/* Lists by time that nobody calls so: "aki 2022 2023 2024", "mei juni juli", "tren bblr", "3 tahun
 * terakhir". Their words are those of the period; each of its years or months is told by itself. */
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/intent/period_words.h"
#include "parsers/parse/reader_forms.h"
#include "parsers/question/question.h"

#define LISTED 3 /* two are set against each other, or added up ... */
#define SHARES 2 /* ... but nobody adds up shares of a session's numbers */

/* The next word of a list: behind "dan", "dengan tahun". */
static size_t next_of_list(const struct words *words, size_t i)
{
	size_t length;
	const char *unit;

	if (period_joiner_at(words, i, &length) > 0)
		i += length;
	unit = words_phrase(words, "satuan_periode", i, &length);
	if (unit && *unit == 'y')
		i += length;
	return i;
}

/* "2022 2023 2024", "th 2022, 2023 dan 2024": all of them, the words marked. */
static bool read_years(struct question *question)
{
	struct words *words = question->words;

	for (size_t i = 0; i < words->count; i++) {
		int first = period_year_at(words, i, false), last = first, year;
		size_t end = i + 1, count = 1, length;
		bool until;

		if (!first || (i > 0 && period_month_at(words, i - 1)))
			continue;
		for (;; count++) {
			size_t at = next_of_list(words, end);

			(void)period_until_at(words, end, &until);
			year = until ? 0 : period_year_at(words, at, false);
			if (!year)
				break;
			end = at + 1;
			first = year < first ? year : first;
			last = year > last ? year : last;
		}
		if (count < LISTED)
			continue;
		if (i > 0 && words_phrase(words, "satuan_periode", i - 1, &length))
			i--;
		words_use(words, i, end - i);
		question->period = period_months(first, 1, last, 12);
		question->period_told = true;
		return true;
	}
	return false;
}

/* "mei, juni dan juli": so many, named one by one. */
static bool lists_months(const struct words *words, size_t listed)
{
	size_t length;

	for (size_t i = 0; i < words->count; i++) {
		size_t at = i, count = 0;
		int month = period_month_at(words, i);
		bool until = false;

		while (!until && month && period_month_at(words, at) == month) {
			count++;
			month = month % 12 + 1;
			at++;
			(void)period_until_at(words, at, &until);
			if (period_joiner_at(words, at, &length) > 0)
				at += length;
		}
		if (count >= listed)
			return true;
	}
	return false;
}

/* D/S, N/D: told per posyandu, each of something else. */
static bool all_shares(const struct question *question)
{
	const struct reader *reader = question->words->call->reader;
	const struct form_indicator *share;
	const struct form *form;
	bool all = question->nindicator > 0;

	for (size_t k = 0; all && k < question->nindicator; k++) {
		share = NULL;
		for (size_t i = 0; !share && (form = reader_form_at(reader, i)); i++)
			if (form_field(form, form->place)->type == FIELD_POSYANDU)
				share = form_indicator(form, question->indicators[k]);
		all = share && share->of;
	}
	return all;
}

/* Counted by forms: only such numbers stand in a list by time. */
static bool all_numbers(const struct question *question)
{
	const struct reader *reader = question->words->call->reader;
	const struct form *form;
	bool all = question->nindicator > 0;

	for (size_t k = 0; all && k < question->nindicator; k++) {
		const char *name = question->indicators[k];
		bool number = false;

		for (size_t i = 0; !number && (form = reader_form_at(reader, i)); i++)
			number = form_indicator(form, name) != NULL ||
				(same_name(form->name, name) && form->nindicator > 0 &&
					form->indicators[0].of != NULL);
		all = number;
	}
	return all;
}

/* Nobody wants years added up. */
static bool several_years(const struct question *question)
{
	return question->period_told && question->against.from.year == 0 &&
		period_years(question->period) &&
		question->period.to.year > question->period.from.year;
}

/* "bulan depan melahirkan siapa": who is expected then. */
static void read_ahead(struct question *question, struct date today)
{
	const char *list = lexicon_word(question->words->call->lexicon, "akan_kata", "akan");

	if (question->asks_who && question->period_told && question->nindicator == 1 && list &&
		same_name(question->indicators[0], "lahir") &&
		date_compare(question->period.from, today) > 0)
		question->indicators[0] = list;
}

void question_times(struct question *question, struct date today)
{
	struct words *words = question->words;
	bool trend = words_have(words, "tren"),
	     months = lists_months(words, all_shares(question) ? SHARES : LISTED);

	if (trend)
		words_use_class(words, "tren");
	if (!read_years(question))
		question_told_period(question, today);
	read_ahead(question, today);
	if (question->by || !all_numbers(question))
		return;
	if (several_years(question))
		question->by = "tahun";
	else if ((trend || months) && question->against.from.year == 0)
		question->by = "bulan";
}

/* "sampai hari ini ... tahun 2024": the year of which that much is over. */
static bool is_its_year(const struct period *year, const struct period *period, struct date today)
{
	return period_years(*year) && year->from.year == year->to.year &&
		year->from.year == today.year && date_compare(period->from, year->from) == 0 &&
		period->to.year == today.year && period->to.month == today.month;
}

void question_told_again(struct question *question, struct date today)
{
	struct words more = *question->words;
	struct period period;

	if (question->period_told && intent_period(&more, today, &period) &&
		((date_compare(period.from, question->period.from) == 0 &&
			 date_compare(period.to, question->period.to) == 0) ||
			is_its_year(&period, &question->period, today)))
		*question->words = more;
}
