/* The report that there was none in a month: see nihil.h. */
#include "parsers/read/nihil.h"

#include <string.h>

#include "parsers/field/date_parts.h"
#include "parsers/field/place_words.h"
#include "parsers/parse/look.h"
#include "parsers/parse/place_memo.h"
#include "parsers/parse/scratch.h"
#include "parsers/read/doubts.h"
#include "parsers/read/judge.h"
#include "parsers/read/names.h"
#include "parsers/read/values.h"
#include "parsers/text/error.h"

bool form_says_none(const struct form *form)
{
	return form->held || form->weekly;
}

/* "31/7/24", "30/6": the last day of the month that a day in numbers is of; not the future. */
static bool month_of_day(const struct parse *parse, size_t at, struct date *date)
{
	struct date today = parse->context->now.date;
	const struct token *month = &parse->tokens[at + 1];
	struct date_reading day = {.end = 0};

	if (parse->tokens[at].digits && at + 1 < parse->last && month->digits && month->sep &&
		strchr("/-", month->sep) && !month->spaced)
		day = date_at(parse, at, false);
	if (!day.end || (day.problem >= 0 && day.problem != PROBLEM_FUTURE))
		return false;
	if (day.problem == PROBLEM_FUTURE) {
		*date = day.date;
		return true;
	}
	*date = (struct date){day.date.year, day.date.month,
		date_month_days(day.date.year, day.date.month)};
	if (date_compare(*date, today) > 0)
		*date = today;
	return true;
}

/* The month named in a stretch: false when it names none; year 0: there is no such month. */
static bool month_named(const struct parse *parse, size_t first, size_t last, struct date *date)
{
	struct date today = parse->context->now.date;

	*date = today;
	for (size_t i = first; i < last; i++) {
		struct date_reading month = date_month_number(parse, i);
		const char *span;

		if (month_of_day(parse, i, date))
			return true;
		if (!month.end)
			month = date_month_name(parse, i);
		if (month.end == i + 1 && month.end < last && parse->tokens[i + 1].digits &&
			parse->tokens[i + 1].length == 4)
			month.date.year = (int)parse->tokens[i + 1].number; /* no such year */
		if (month.end)
			*date = month.date;
		else if (phrase_at(parse, i, parse_class(parse, CLASS_VAGUE_DAY), &span) &&
			same_name(span, "bulan"))
			*date = date_add_days(today, -today.day);
		else if (phrase_of(parse, i, CLASS_NEXT_MONTH))
			*date = date_add_days(today, date_month_days(today.year, today.month));
		else
			continue;
		return true;
	}
	return false;
}

/* "lahir nihil, mati 1 bulan juli": a month that is told behind it all is of both. */
static bool month_behind(struct parse *parse, size_t from, struct date *date)
{
	size_t end = from, last = parse->last;
	bool named = false;

	while (end < TOKENS_MAX && parse->tokens[end].length > 0)
		end++;
	parse->last = end;
	for (size_t i = from; i + 1 < end && !named; i++) {
		const char *unit = token_meaning(&parse->tokens[i], parse_class(parse, CLASS_UNIT));

		named = unit && same_name(unit, "BULAN") &&
			month_named(parse, i + 1, i + 2, date);
	}
	parse->last = last;
	return named;
}

/* Nobody says which desa: one of them, or the sender's own where an area above it is named. */
static void ask_place(struct parse *parse, struct report *report, const struct area_matches *found)
{
	const struct area *own = place_scope(parse->context->sender, 0);
	struct problem *problem =
		report_ambiguous(report, form_field(report->form, report->form->place));

	if (!problem)
		return;
	if (own && own->level == LEVEL_DESA)
		problem->options[problem->noption++] =
			(struct option){own->code, area_label(parse->arena, own)};
	for (size_t i = 0; i < found->count && problem->noption < OPTIONS_MAX; i++) {
		if (found->list[i]->level == LEVEL_DESA && found->list[i] != own)
			problem->options[problem->noption++] = (struct option){
				found->list[i]->code, area_label(parse->arena, found->list[i])};
	}
}

/* Of several desa of one name the sender's. */
static void keep_own(const struct sender *sender, struct area_matches *found)
{
	size_t own = 0;

	for (size_t i = 0; i < found->count; i++) {
		if (in_scope(sender, found->list[i]))
			found->list[own++] = found->list[i];
	}
	if (own > 0)
		found->count = own;
}

/* "nihil lahir mati juli nglebeng": the desa that the message names is where there was none, by its
 * name alone, too; above a desa nothing counts. */
static bool place_named(
	struct parse *parse, size_t first, size_t last, struct report *report)
{
	const struct form_field *place =
		report->form->place ? form_field(report->form, report->form->place) : NULL;
	const struct area *own = place_scope(parse->context->sender, 0);
	struct area_matches found, above = {.count = 0};

	if (!place || place->type != FIELD_AREA || !own || !parse->context->places)
		return true;
	for (size_t i = first; i < last; i++) {
		if (!meaningless(parse, i) || !parse_step(parse, EXACT_STEPS))
			continue;
		if (desa_behind(parse, i, i + 1, &found)) {
			keep_own(parse->context->sender, &found);
			if (found.count > 1)
				ask_place(parse, report, &found);
			else
				report_set(report, parse->arena, &(struct value){
					.field = place->name, .text = found.list[0]->code});
			return true;
		}
		if (!above.count &&
			gazetteer_find_area_exact(parse->context->places, parse->tokens[i].text,
				kabupaten_of(own), LEVEL_ANY, &found) != ERR_NOT_FOUND)
			above = found;
	}
	if (above.count && above.list[0]->level == LEVEL_KECAMATAN)
		ask_place(parse, report, &above);
	return above.count > 0;
}

/* Whatever stands in front is of months without an event, too: no birth that was elsewhere. */
static bool only_none(const struct reading *out)
{
	for (size_t i = 0; i < out->nreport; i++) {
		if (!report_is_nihil(&out->reports[i]))
			return false;
	}
	return true;
}

void nihil_add(
	struct parse *parse, size_t first, size_t last, size_t count, struct reading *out)
{
	struct report *report = &out->reports[out->nreport++];
	struct value nihil = {.field = "nihil", .text = "YA"}, tgl;
	char text[DATE_TEXT];
	struct date date;

	report_begin(report, parse->index->form);
	report->training = out->training;
	out->intent = INTENT_REPORT;
	if (!month_named(parse, first, last, &date) && !month_named(parse, 0, count, &date) &&
		!month_behind(parse, count, &date))
		date = parse->context->now.date;
	report_set(report, parse->arena, &nihil);
	if (date.year) {
		date_format(date, text);
		tgl = (struct value){.field = parse->index->form->date, .text = text};
		report_set(report, parse->arena, &tgl);
	}
	if (!place_named(parse, first, last, report) && only_none(out))
		(void)place_named(parse, 0, count, report);
	if (!report_has_problem(report, report->form->place))
		judge_defaults(parse->arena, parse->context, report);
	if (!date.year)
		report_problem(report, parse->index->form->date, PROBLEM_INVALID);
	else if (date_compare(date, parse->context->now.date) > 0)
		report_problem(report, parse->index->form->date, PROBLEM_FUTURE);
	else if (date_years_between(date, parse->context->now.date) >= YEARS_BACK)
		report_problem(report, parse->index->form->date, PROBLEM_RANGE);
	if (!report_value(report, parse->index->form->place) &&
		!report_has_problem(report, parse->index->form->place))
		report_problem(report, parse->index->form->place, PROBLEM_MISSING);
	report->status = report->nproblem ? STATUS_QUESTION : STATUS_ACCEPTED;
	if (report->nproblem && report->problems[0].code == PROBLEM_MISSING)
		report->status = STATUS_INCOMPLETE;
}

/* "POS ANGGREK bulan depan S45 …": in front of the counts a time to come. */
static void to_come_find(struct parse *parse, struct report *report)
{
	const struct form *form = parse->index->form;
	size_t first = parse->last;

	if (!parse_may_mean(parse, CLASS_NEXT_MONTH) || !form_says_none(form) ||
		(form->held && report_value(report, form->date)))
		return; /* nearly always */
	if (form->weekly && report_value(report, form->weekly->week))
		return;
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = chosen_at(parse, i);

		if (c->type == FIELD_COUNT && c->first < first)
			first = c->first;
	}
	for (size_t i = parse->first; first < parse->last && i < first; i++)
		if (phrase_of(parse, i, CLASS_NEXT_MONTH)) {
			report_problem(report,
				form->weekly ? form->weekly->week : form->date,
				PROBLEM_FUTURE);
			return;
		}
}

void not_yet_find(struct parse *parse, struct report *report)
{
	const struct form *form = parse->index->form;
	const struct form_field *held = form->held ? form_field(form, form->held) : NULL;
	const struct candidate *c = held ? chosen_of(parse, (int)(held - form->fields)) : NULL;
	struct date today = parse->context->now.date, day = today;
	const char *text = form->date ? report_text(report, form->date) : NULL, *kind = "";

	to_come_find(parse, report);
	if (!c || !parse_may_mean(parse, CLASS_NOT_YET) ||
		!phrase_at(parse, c->first, parse_class(parse, CLASS_NOT_YET), &kind) ||
		*kind != '1' || (text && !date_parse(text, &day)))
		return;
	if (day.year == today.year && day.month == today.month)
		report_ambiguous(report, held);
}
