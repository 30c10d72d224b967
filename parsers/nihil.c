/* "None this month": NIHIL as a whole message, or as one report among others. */
#include "parsers/nihil.h"

#include <stdio.h>
#include <string.h>

#include "parsers/field.h"
#include "parsers/judge.h"
#include "parsers/scratch.h"

#define NIHIL_TOKENS 16 /* of a message that tells nothing else */
#define NONE_WORDS   3  /* from a posyandu's name to "nihil" */

/* The month named in a stretch: false when it names none. */
static bool month_named(const struct parse *parse, size_t first, size_t last, struct date *date)
{
	struct date today = parse->context->now.date;

	*date = today;
	for (size_t i = first; i < last; i++) {
		const char *month = token_meaning(
				   &parse->tokens[i], parse_class(parse, CLASS_MONTH)),
			   *span;

		if (phrase_at(parse, i, parse_class(parse, CLASS_VAGUE_DAY), &span) &&
			strcmp(span, "bulan") == 0) {
			*date = date_add_days(today, -today.day);
			return true;
		}
		if (!month || parse->tokens[i].length < 3)
			continue;
		sscanf(month, "%d", &date->month);
		date->year -= date->month > today.month;
		if (i + 1 < last && parse->tokens[i + 1].digits && parse->tokens[i + 1].length == 4)
			date->year = (int)parse->tokens[i + 1].number;
		else if (i + 1 < last && parse->tokens[i + 1].digits &&
			parse->tokens[i + 1].length == 2)
			date->year = 2000 + (int)parse->tokens[i + 1].number;
		if (date->month != today.month || date->year != today.year)
			date->day = date_month_days(date->year, date->month);
		return true;
	}
	return false;
}

/* The month a NIHIL is for: its own, the one that the message names for all, or this one. */
static void add_nihil(
	struct parse *parse, size_t first, size_t last, size_t count, struct reading *out)
{
	struct report *report = &out->reports[out->nreport++];
	struct value nihil = {.field = "nihil", .text = "YA"}, tgl;
	char text[DATE_TEXT];
	struct date date;

	*report = (struct report){
		.form = parse->index->form, .linked = -1, .training = out->training};
	out->intent = INTENT_REPORT;
	if (!month_named(parse, first, last, &date))
		(void)month_named(parse, 0, count, &date);
	date_format(date, text);
	tgl = (struct value){.field = parse->index->form->date, .text = text};
	report_set(report, parse->arena, &nihil);
	report_set(report, parse->arena, &tgl);
	judge_defaults(parse->arena, parse->context, report);
	if (date_compare(date, parse->context->now.date) > 0)
		report_problem(report, parse->index->form->date, PROBLEM_FUTURE);
	if (!report_value(report, parse->index->form->place))
		report_problem(report, parse->index->form->place, PROBLEM_MISSING);
	report->status = report->nproblem ? STATUS_QUESTION : STATUS_ACCEPTED;
	if (report->nproblem && report->problems[0].code == PROBLEM_MISSING)
		report->status = STATUS_INCOMPLETE;
}

static bool is_nihil(const struct parse *parse, size_t at)
{
	return at < parse->last && phrase_at(parse, at, parse_class(parse, CLASS_NIHIL), NULL);
}

bool none_told(const struct parse *parse, const struct form_index *index, size_t at)
{
	int held = form_field_index(index->form, "diadakan");

	if (at >= parse->last || index->posyandu < 0)
		return at < parse->last &&
			phrase_at(parse, at, parse_class(parse, CLASS_NIHIL), NULL);
	if (held < 0 || !posyandu_named_at(parse, at))
		return false;
	for (size_t i = at + 1; i < parse->last && i <= at + NONE_WORDS &&
		parse->tokens[i].sep != ';' && !parse->tokens[i].newline;
		i++) {
		const char *meaning = NULL;

		if (phrase_at(parse, i, index->words[held], &meaning) &&
			strcmp(meaning, "TIDAK") == 0)
			return true;
	}
	return false;
}

/* "lahir dan mati nihil": the second keyword, when "nihil" is for both; 0. */
static size_t nihil_shared(const struct parse *parse, const struct keyword *keyword)
{
	size_t next = keyword->end;
	struct keyword other;

	if (next < parse->last && token_is(&parse->tokens[next], parse_class(parse, CLASS_AND)))
		next++;
	if (next >= parse->last || form_field(keyword->index->form, "diadakan"))
		return 0;
	other = keyword_at(parse, next);
	return other.end && other.index != keyword->index && is_nihil(parse, other.end) ? next : 0;
}

/* "nihil lahir", "lahir nihil": the token behind both, 0: neither. */
static size_t nihil_of(const struct parse *parse, size_t at, struct keyword *keyword)
{
	size_t end = phrase_at(parse, at, parse_class(parse, CLASS_NIHIL), NULL);

	*keyword = end >= parse->last ? (struct keyword){0} : keyword_at(parse, end ? end : at);
	if (!keyword->end || end)
		return keyword->end;
	if (!is_nihil(parse, keyword->end))
		return nihil_shared(parse, keyword);
	return phrase_at(parse, keyword->end, parse_class(parse, CLASS_NIHIL), NULL);
}

/* Where the next NIHIL begins; behind one that leads, a keyword alone: "nihil lahir dan mati". */
static size_t nihil_end(const struct parse *parse, size_t at, size_t count)
{
	struct keyword next;

	while (at < count && !nihil_of(parse, at, &next) &&
		!(is_nihil(parse, 0) && keyword_at(parse, at).end))
		at++;
	return at;
}

bool read_nihil_region(struct parse *parse, const struct keyword *keyword, size_t at, size_t end,
	struct reading *out)
{
	parse->last = end;
	if (keyword->slip || form_field(keyword->index->form, "diadakan") ||
		!is_nihil(parse, keyword->end))
		return false;
	parse->index = keyword->index;
	add_nihil(parse, at, end, end, out);
	return true;
}

bool read_nihil(struct parse *parse, size_t count, struct reading *out)
{
	struct keyword keyword;
	size_t at = 0, end, behind;

	parse->first = 0;
	parse->last = count;
	if (count < 2 || count > NIHIL_TOKENS || !nihil_of(parse, 0, &keyword))
		return false;
	for (; at < count && out->nreport < COUNT_OF(out->reports); at = end) {
		parse->last = count;
		behind = nihil_of(parse, at, &keyword);
		if (!behind) {
			keyword = keyword_at(parse, at);
			behind = keyword.end;
		}
		end = nihil_end(parse, behind, count);
		parse->index = keyword.index;
		if (form_field(keyword.index->form, "diadakan")) {
			/* the session was not held: an ordinary report of the form that says so */
			parse_region(
				parse, keyword.index, is_nihil(parse, at) ? at : keyword.end, end);
			add_reports(parse, false, false, out);
		} else {
			add_nihil(parse, at, end, count, out);
		}
	}
	return true;
}
