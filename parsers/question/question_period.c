/* The period of a question, told or meant. */
#include "parsers/question/question.h"

#include <string.h>

#include "parsers/form/form.h"
#include "parsers/form/form_case.h"
#include "parsers/number/date.h"
#include "parsers/parse/reader_forms.h"

#define YEARS_SHOWN  3
#define AHEAD_DAYS   280 /* nobody is expected later */
#define OVERDUE_DAYS 42 /* 2 weeks behind the day it is asked, 4 more it closes */

/* A number so small that a month of it says nothing: its form says so. */
static bool is_yearly(const struct question *question)
{
	const struct reader *reader = question->words->call->reader;
	const struct form *form;

	for (size_t i = 0; question->nindicator && (form = reader_form_at(reader, i)); i++) {
		const struct form_indicator *indicator =
			form_indicator(form, question->indicators[0]);

		if (indicator)
			return indicator->yearly;
	}
	return false;
}

/* Told week by week: a form that is, or what people tell cases of. */
static bool is_weekly(const struct question *question)
{
	const struct reader *reader = question->words->call->reader;
	const struct form *form;

	for (size_t i = 0; question->nindicator && (form = reader_form_at(reader, i)); i++) {
		if ((form->weekly && same_name(form->name, question->indicators[0])) ||
			(form->outbreak &&
				same_name(form->outbreak->by, question->indicators[0])) ||
			(form->weekly && question->form &&
				same_name(form->name, question->form)))
			return true;
	}
	return false;
}

/* Its weeks are Sunday to Saturday; without one: the last that is over. */
static struct period weeks_meant(
	const struct question *question, struct period period, struct date today)
{
	struct date monday = date_add_days(today, -((date_weekday(today) + 6) % 7));

	if (!question->period_told)
		period.from = date_add_days(today, -((date_weekday(today) + 1) % 7) - 6);
	else if (date_diff_days(period.to, period.from) != 6 || date_weekday(period.from) != 1)
		return period;
	else
		period.from = date_add_days(today,
			date_diff_days(period.from, monday) - date_weekday(today));
	period.to = date_add_days(period.from, 6);
	return period;
}

/* An evaluation is of a quarter: the last that is over. */
static bool is_quarterly(const struct question *question)
{
	return question->nindicator && same_name(question->indicators[0], "evaluasi");
}

/* A number by places is wanted of each: "per desa juni dan juli". */
static bool of_each(const struct question *question)
{
	return (question->by && !period_is_unit(question->by)) || is_quarterly(question);
}

static bool same_length(const struct period *one, const struct period *other)
{
	int months = (one->to.year - one->from.year) * 12 + one->to.month - one->from.month;

	return (other->to.year - other->from.year) * 12 + other->to.month - other->from.month ==
		months && (one->from.day == 1) == (other->from.day == 1);
}

/* "juni dan juli": one span, which "juli 2023 dan juli 2024" is not. */
static bool follow(const struct period *one, const struct period *other)
{
	return date_diff_days(other->from, one->to) == 1 ||
		date_diff_days(one->from, other->to) == 1;
}

/* "AKI 2023 dan 2024": nobody wants years added up. */
static bool is_year(const struct period *period)
{
	return period->from.month == 1 && period->from.day == 1 && period->to.month == 12 &&
		period->to.year == period->from.year;
}

/* "tw1 tw2": nothing joins the second to the first. */
static bool stand_apart(
	const struct question *question, const struct period *one, struct date today)
{
	struct words own = *question->words;
	struct period whole;

	return intent_period(&own, today, &whole) && date_compare(whole.from, one->from) == 0 &&
		date_compare(whole.to, one->to) == 0;
}

/* "tw 1 dan 2" of one word for both. */
static bool is_two_quarters(const struct question *question, const struct period *period)
{
	const struct words *words = question->words;
	size_t length;
	int months = (period->to.year - period->from.year) * 12 + period->to.month -
		period->from.month + 1;

	for (size_t i = 0; is_quarterly(question) && months == 6 && i < words->count; i++) {
		const char *part = words_phrase(words, "bagian_tahun", i, &length);

		if (part && same_name(part, "3"))
			return true;
	}
	return false;
}

/* A list of days that are expected: "HPL september" in August is of those to come. */
bool question_lists_due(const struct question *question)
{
	const struct reader *reader = question->words->call->reader;
	const struct form *form;

	for (size_t i = 0; question->nindicator && (form = reader_form_at(reader, i)); i++)
		if (form->cases && form->cases->list &&
			same_name(form->cases->list, question->indicators[0]))
			return true;
	return false;
}

static int distance(const struct period *period, struct date today)
{
	int behind = date_diff_days(today, period->to), ahead = date_diff_days(period->from, today);

	return behind > 0 ? behind : ahead > 0 ? ahead : 0;
}

static struct period nearest(
	const struct question *question, struct period period, struct date today)
{
	struct period next = period;

	for (size_t i = 0; i < question->words->count; i++)
		if (question->words->list[i].kind == WORD_DIGITS &&
			question->words->list[i].length == 4)
			return period; /* the year is told */
	next.from = date_add_months(period.from, 12);
	next.to = date_add_months(period.to, 12);
	return distance(&next, today) < distance(&period, today) ? next : period;
}

/* "lewat hpl": of those whom a list waits for, the days that are over. */
static bool overdue(struct question *question, struct date today)
{
	if (!question_lists_due(question) || !words_use_any(question->words, "lewat_waktu"))
		return false;
	question->period = (struct period){
		date_add_days(today, -OVERDUE_DAYS), date_add_days(today, -1)};
	question->period_told = question->dated = true;
	return true;
}

/* "hpl agustus september": two months of those whom a list waits for, the second to come. */
static bool both_ahead(struct question *question, struct date today)
{
	struct words own = *question->words;
	struct period one, other, third;

	if (!question_lists_due(question) || !intent_period_one(&own, today, &one) ||
		!intent_period_one(&own, today, &other) || intent_period_one(&own, today, &third))
		return false;
	one = nearest(question, one, today);
	other = nearest(question, other, today);
	if (date_diff_days(other.from, one.to) != 1)
		return false;
	*question->words = own;
	question->period = (struct period){one.from, other.to};
	question->period_told = question->dated = true;
	return true;
}

static void read_period(struct question *question, struct date today)
{
	struct words *words = question->words, own = *words;
	struct period one, other, third;

	if (overdue(question, today) || both_ahead(question, today))
		return;

	if (intent_period_one(&own, today, &one) &&
		intent_period_one(&own, today, &other) && same_length(&one, &other) &&
		date_compare(one.from, other.from) != 0 &&
		(of_each(question) || !follow(&one, &other) || is_year(&one) ||
			stand_apart(question, &one, today)) &&
		!intent_period_one(&own, today, &third)) {
		bool ordered = date_compare(one.from, other.from) < 0;

		*words = own;
		question->period_told = true;
		question->against = ordered ? one : other;
		question->period = ordered ? other : one;
		return;
	}
	question->period_told = intent_period(words, today, &question->period);
	if (question->period_told && is_two_quarters(question, &question->period)) {
		question->against = question->period;
		question->period.from = date_add_months(question->period.from, 3);
		question->against.to = date_add_days(question->period.from, -1);
	}
}

/* "kira2 bulan depan lahir brp": of a time to come those who are expected then. */
static void due_ahead(struct question *question, struct date today)
{
	const struct reader *reader = question->words->call->reader;
	const struct form *form;

	if (question->nindicator != 1 || !question->period_told || question->against.from.year ||
		date_compare(question->period.from, today) <= 0 ||
		!words_have(question->words, "perkiraan"))
		return;
	for (size_t i = 0; (form = reader_form_with_cases(reader, &i));)
		for (size_t k = 0; form->cases->list && k < form->cases->nend; k++)
			if (form->cases->ends[k].form && same_name(form->cases->ends[k].form,
							 question->indicators[0]))
				question->indicators[0] = form->cases->list;
}

void question_told_period(struct question *question, struct date today)
{
	read_period(question, today);
	due_ahead(question, today);
}

static struct period quarter_before(struct date today)
{
	struct date first = {today.year, (today.month - 1) / 3 * 3 + 1, 1};

	return (struct period){date_add_months(first, -3), date_add_days(first, -1)};
}

/* A list by time of one of its units alone: since its year began, of years the last three. */
static struct period widened(const char *unit, struct period period)
{
	struct period one = period_unit_of(unit, period.from);

	if (date_compare(one.to, period.to) < 0)
		return period;
	if (same_name(unit, "tahun"))
		period.from = (struct date){period.to.year - YEARS_SHOWN + 1, 1, 1};
	else if (same_name(unit, "pekan"))
		period.from = (struct date){period.to.year, period.to.month, 1};
	else
		period.from = (struct date){period.to.year, 1, 1};
	return period;
}

/* A list of those open cases that an indicator counts. */
static const struct form_indicator *cases_of(const struct form *form, const char *name)
{
	const struct form_indicator *indicator = form_indicator(form, name);

	return indicator && indicator->cases != CASES_NONE ? indicator : NULL;
}

/* "daftar kematian ibu 2024": of the reports, where nothing else is asked of them. */
static bool lists_dead(const struct question *question)
{
	const struct reader *reader = question->words->call->reader;
	const struct form_indicator *indicator = NULL;
	const struct form *form = NULL;

	if (question->nindicator != 1 || question->by || question->which || question->split ||
		!words_have(question->words, "daftar_laporan"))
		return false;
	for (size_t i = 0; !indicator && (form = reader_form_at(reader, i)); i++)
		indicator = form->story ? form_indicator(form, question->indicators[0]) : NULL;
	return indicator && indicator->count;
}

void question_due_of(struct question *question)
{
	const struct reader *reader = question->words->call->reader;
	const struct form_indicator *of = NULL;
	const struct form *form = NULL;
	bool list = false;

	if (lists_dead(question))
		question->by = "laporan";
	for (size_t i = 0; question->nindicator > 0 && !form &&
		(form = reader_form_with_cases(reader, &i));) {
		const char *first = question->indicators[0];

		if (!form->cases->list ||
			(!same_name(form->cases->list, first) && !cases_of(form, first)))
			form = NULL;
	}
	for (size_t k = 0; form && k < question->nindicator; k++) {
		bool listed = same_name(form->cases->list, question->indicators[k]);

		list |= listed;
		if (!listed && (of || !(of = cases_of(form, question->indicators[k]))))
			return;
	}
	if (!of || (!list && !question->asks_who && !words_have(question->words, "daftar_kata")))
		return;
	question->kind = of->cases == CASES_RISK ? of->name : NULL;
	question->open = !list;
	question->indicators[0] = form->cases->list;
	question->nindicator = 1;
}

/* "kalau juni", "yg laki": where it goes on with what was asked before. */
static size_t led_at(const struct words *words)
{
	size_t length;

	if (!words_have(words, "lanjut_tanya") && !words_have(words, "yang"))
		return 0;
	for (size_t i = 0; i < words->count; i++)
		if (words_phrase(words, "lanjut_tanya", i, &length) ||
			words_phrase(words, "yang", i, &length))
			return i + 1;
	return 0;
}

void question_period_fill(const struct question *question, struct reading *out)
{
	struct date today = question->words->call->context->now.date;
	struct period period = out->query.nbeside > 0 && question->one_told ? question->told
									     : question->period;
	char text[PERIOD_TEXT];

	if (is_quarterly(question) && !question->period_told)
		period = quarter_before(today);
	else if (is_weekly(question))
		period = weeks_meant(question, question->period, today);
	else if (question->period_told && question_lists_due(question) && !question->dated)
		period = nearest(question, period, today);
	else if (!question->period_told && question->open)
		period = (struct period){date_add_days(today, -OVERDUE_DAYS),
			date_add_days(today, AHEAD_DAYS)};
	else if (!question->period_told && is_yearly(question))
		period = (struct period){{today.year, 1, 1}, {today.year, 12, 31}};
	else if (!question->period_told)
		period = (struct period){{today.year, today.month, 1},
			{today.year, today.month, date_month_days(today.year, today.month)}};
	if (question->by && period_is_unit(question->by))
		period = widened(question->by, period);
	period_format(period, text);
	out->query.period_told = question->period_told;
	out->query.who = question->asks_who;
	out->query.led = led_at(question->words);
	out->query.period = arena_strdup(question->words->call->arena, text);
	if (question->against.from.year == 0 || (out->query.nbeside > 0 && question->one_told))
		return;
	period_format(is_weekly(question) ? weeks_meant(question, question->against, today)
					  : question->against, text);
	out->query.against = arena_strdup(question->words->call->arena, text);
}
