/* The regions of a message, one behind the other: see region.h. */
#include "parsers/region/region.h"

#include <string.h>

#include "parsers/aside/aside.h"
#include "parsers/aside/trial.h"
#include "parsers/dying/death.h"
#include "parsers/field/field.h"
#include "parsers/field/none.h"
#include "parsers/mood/mood.h"
#include "parsers/parse/scratch.h"
#include "parsers/read/explain.h"
#include "parsers/read/judge.h"
#include "parsers/read/nihil.h"
#include "parsers/read/reports.h"
#include "parsers/text/phone.h"

#define PLAIN_FIELDS  3
#define UNIT_WORDS    2 /* of a posyandu's name */

/* A keyword that is also a word of a story ("meninggal …") tells a story, unless the text is coded.
 */
static bool tells_story(
	const struct parse *parse, const struct keyword *keyword, size_t at, size_t count)
{
	const struct form_index *index = keyword->index;

	if (!phrase_at(parse, at, index->story_class, NULL))
		return false;
	if (!story_word_at(parse, index, at)) /* mati lampu; not "MATI BALITA … tahun lalu" */
		return !keyword_choice(parse, keyword);
	return (!keyword->slip && !same_name(parse->tokens[at].text, index->form->name) &&
			!phrase_at(parse, at, index->words[index->by_order[0]], NULL) &&
			!has_strong(parse, 0, count));
}

/* "ibu melahirkan meninggal": her death, not a birth. */
static bool mother_first(const struct parse *parse, const struct keyword *keyword)
{
	size_t at = keyword->end;
	bool both;

	return keyword->index->story_class < 0 && death_told_at(parse, at) &&
		mother_dies(parse, at, &both) + 1 < at;
}

/* "lahir di mana bayinya bu siti?": tells no number and no day. */
static bool only_asks(const struct parse *parse, size_t at, size_t count)
{
	return !has_strong(parse, at, count) && parse_digits(parse, at, count) == 0 &&
		mood_asks(parse, at, count);
}

static void refuse(struct parse *parse, struct reading *out)
{
	struct report *report = &out->reports[out->nreport++];

	report_begin(report, parse->index->form);
	report->status = STATUS_REFUSED;
	report->training = out->training;
	report_problem(report, "",
		parse->context->sender->role == ROLE_NONE ? PROBLEM_UNREGISTERED : PROBLEM_FORMAT);
	out->intent = INTENT_REPORT;
}

/* "lahir mati" is a keyword, and "lahir" one of a form that becomes the other by "mati": the one
 * that reads more is meant. */
static void read_shorter(
	struct parse *parse, const struct keyword *keyword, size_t at, size_t end)
{
	size_t good = good_fields(parse);
	struct keyword shorter = {0};

	if (keyword->end > at + 1)
		shorter = keyword_upto(parse, at, keyword->end - 1);
	if (!shorter.end || !shorter.index->form->becomes)
		return;
	parse_region(parse, shorter.index, shorter.end, end);
	if (good_fields(parse) <= good)
		parse_region(parse, keyword->index, region_start(parse, keyword, at), end);
}

/* Nothing that every such report must have is missing: "dirujuk ke rsud bu ina". */
static bool told_whole(const struct parse *parse)
{
	const struct form *form = parse->index->form;
	size_t told = 0;

	for (size_t i = 0; i < form->requires[0].nfield; i++)
		for (size_t k = 0; k < parse->nchosen; k++)
			told += chosen_at(parse, k)->problem < 0 &&
				form_role_is(form->requires[0].fields[i],
					form->fields[chosen_at(parse, k)->field].name);
	return told == form->requires[0].nfield;
}

/* An everyday word that is not the form's name, and little behind it: "bumil resti 2 orang". */
static bool everyday(const struct parse *parse, const struct keyword *keyword, size_t at)
{
	const struct form *form = keyword->index->form;

	return form->line_only && !form->front_only && !parse->strong &&
		!(keyword->end < parse->last && parse->tokens[keyword->end].sep == '|') &&
		form->nrequire > 0 &&
		strncmp(parse->tokens[at].text, form->name, strlen(form->name)) != 0 &&
		good_fields(parse) <= form->requires[0].nfield && !told_whole(parse);
}

/* "lahir nihil" behind other reports */
static bool none_there(struct parse *parse, const struct keyword *keyword, size_t end)
{
	parse->last = end;
	if (keyword->slip || form_says_none(keyword->index->form) ||
		!nihil_at(parse, keyword->end))
		return false;
	parse->index = keyword->index;
	return true;
}

/* story: something stands in front of the keyword, so that a death is told, not reported. */
static bool read_region(struct parse *parse, const struct keyword *keyword, size_t at, size_t end,
	bool story, struct reading *out)
{
	if (none_there(parse, keyword, end)) {
		nihil_add(parse, at, end, end, out);
		return true;
	}
	parse_told(parse, keyword->index, region_start(parse, keyword, at), end);
	read_shorter(parse, keyword, at, end);
	talk_cut(parse);
	explain_region(parse,
		keyword->slip           ? "its keyword, with a slip or glued to a value,"
			: keyword->within ? "a keyword further on, with words in front of it,"
					  : "its keyword",
		at, end);
	explain_parse(parse);
	if (everyday(parse, keyword, at))
		return false;
	if (!trial_unreadable(parse)) {
		add_reports(parse, story && keyword->index->story_class >= 0, keyword->slip, out);
		return true;
	}
	if (keyword->slip || keyword->index->story_class >= 0 || trial_chats(parse))
		return false;
	refuse(parse, out);
	return true;
}

/* Fields are parted in front of a keyword already: it is no first one. */
static bool parted_between(const struct parse *parse, size_t first, size_t at)
{
	for (size_t i = first + 1; i <= at; i++) {
		if (parse_crosses(parse, i) && !parse->tokens[i].newline)
			return true;
	}
	return at == first + 1;
}

/* The keyword of the first report: in front, behind chat when separators part its fields, with a
 * slip, or at last (late) wherever it reads. */
static struct keyword first_keyword(struct parse *parse, size_t *count, bool late, size_t *at)
{
	struct keyword keyword = keyword_at(parse, *at), coded;
	size_t behind = *at;

	if (keyword.end)
		return keyword;
	if (late) {
		*at = 0;
		return keyword_ahead(parse, *count, at);
	}
	coded = coded_keyword(parse, *count, &behind);
	if (!coded.end || parted_between(parse, *at, behind) ||
		parse_digits(parse, *at, behind) >= PLAIN_FIELDS)
		keyword = keyword_near(parse, count, *at);
	if (keyword.end || !coded.end)
		return keyword;
	*at = behind;
	return coded;
}

/* "HAMIL#YATMI#…#anaknya meninggal": whose child it was who died. */
static void name_mother(const struct parse *parse, size_t death, struct reading *out)
{
	struct report *told = &out->reports[out->nreport - 1];
	const struct report *front = told - 1;
	const char *mother;

	if (out->nreport < 2 || !told->form->story || !told->form->mother ||
		front->form->self || !front->form->mother ||
		!word_of(parse, death, CLASS_CHILD) ||
		report_value(told, told->form->self) || report_value(told, told->form->mother))
		return; /* nearly always */
	mother = report_text(front, front->form->mother);
	if (mother == NULL)
		return;
	report_set(told, parse->arena,
		&(struct value){.field = told->form->mother, .text = mother});
	judge_after_reading(parse->reader, parse->arena, parse->context, NULL, told);
}

/* The reports from a keyword on; lead: where the message's words begin. */
static bool read_row(struct parse *parse, struct keyword keyword, size_t at, size_t lead,
	size_t count, struct reading *out)
{
	while (keyword.index && reading_room(out, 1)) {
		size_t end, death;
		bool behind; /* what is not coded tells a story there */

		parse_window(parse, at, count);
		end = region_end(parse, &keyword, count);
		death = story_behind(parse, &keyword, end);
		behind = at > lead && out->nreport == 0 && !has_strong(parse, at, death);
		if (!read_region(parse, &keyword, at, death, behind, out) && out->nreport == 0)
			return false;
		parse->last = count;
		if (death < end && death_keyword(parse, death))
			end = death;
		else if (death < end)
			read_death(parse, death, end, out), name_mother(parse, death, out);
		if (end >= count)
			break;
		at = end;
		parse->last = count;
		keyword = next_keyword(parse, &keyword, at, count);
	}
	if (keyword.index && out->overfull)
		out->rest = parse->tokens[at].start;
	return out->nreport > 0;
}

void read_behind(struct parse *parse, size_t first, size_t count, struct reading *out)
{
	parse_window(parse, first, count);
	read_row(parse, keyword_at(parse, first), first, first, count, out);
}

static bool read_reports(struct parse *parse, size_t *count, bool late, struct reading *out)
{
	size_t at, lead;
	struct keyword keyword;

	parse_window(parse, 0, *count);
	at = lead = skip_leading(parse, *count);
	keyword = first_keyword(parse, count, late, &at);
	if (!keyword.end)
		return false;
	parse->index = keyword.index;
	if (at == lead &&
		(tells_story(parse, &keyword, at, *count) || mother_first(parse, &keyword) ||
			only_asks(parse, at, *count)))
		return false;
	return read_row(parse, keyword, at, lead, *count, out);
}

/* The posyandu's name in front of the first key with its number; count: no such key is near. */
static size_t counts_open(const struct parse *parse, size_t lead, size_t count)
{
	const struct posyandu *unit;
	size_t at = lead;

	while (at < lead + UNIT_WORDS && at + 1 < count &&
		!(parse->tokens[at].keys && parse->tokens[at + 1].digits))
		at++;
	if (at + 1 >= count || !parse->tokens[at + 1].digits)
		return count; /* nearly always */
	return at == lead || posyandu_exact_at(parse, lead, &unit) == at ? at : count;
}

/* "S45 K45 D38 N30 bayi bu ani meninggal": counts by their keys are a session's, whatever is told
 * of somebody behind them. */
static bool read_counts(struct parse *parse, size_t count, struct reading *out)
{
	size_t lead = skip_leading(parse, count), at = counts_open(parse, lead, count);
	struct keyword keyword = {.end = lead};
	bool event = false;

	if (at == count || keyword_at(parse, lead).end)
		return false;
	keyword.index = counts_begin(parse, NULL, at);
	for (; keyword.index && at < count && !event; at++) {
		const struct form_index *next = keyword_at(parse, at).index;

		event = (next && next != keyword.index) || death_told_at(parse, at);
	}
	return event && read_row(parse, keyword, lead, lead, count, out);
}

bool read_any(struct parse *parse, size_t count, struct reading *out)
{
	parse_window(parse, 0, count);
	if (read_counts(parse, count, out))
		return true;
	parse_window(parse, 0, count);
	return read_reports(parse, &count, false, out) || read_story(parse, count, out) ||
		read_reports(parse, &count, true, out) || read_shape(parse, count, out);
}

static bool clause_begins(const struct parse *parse, size_t at)
{
	return at >= 2 && clause_ends_before(&parse->tokens[at]) &&
		!(parse_crosses(parse, at) && !parse->tokens[at].newline);
}

/* "Ralat sms tadi salah kirim. LAHIR …" is no command, "BATAL LAHIR …" is. */
static struct keyword behind_sentence(struct parse *parse, size_t count, size_t *at)
{
	struct keyword keyword = {0};
	size_t begin = *at;

	while (begin < count && !clause_begins(parse, begin))
		begin++;
	if (begin < count)
		keyword = keyword_ahead(parse, count, at);
	if (keyword.end && !clause_begins(parse, *at))
		keyword.end = 0;
	return keyword;
}

/* A keyword first and several fields behind it: no command, whatever words it holds. */
bool plainly_report(struct parse *parse, size_t count)
{
	struct keyword keyword;
	size_t at;

	parse_window(parse, 0, count > TOKENS_MAX ? 0 : count);
	if (!parse->last)
		return false;
	at = skip_leading(parse, count);
	keyword = keyword_at(parse, at);
	if (!keyword.end)
		keyword = coded_keyword(parse, count, &at);
	if (!keyword.end)
		keyword = keyword_slip(parse, at);
	if (!keyword.end)
		keyword = behind_sentence(parse, count, &at);
	if (!keyword.end || keyword.end >= count ||
		phone_is_service(parse->context->sender->phone) ||
		parse_digits(parse, 0, count) + keyword.index->form->line_only < 2)
		return false;
	parse_region(parse, keyword.index, region_start(parse, &keyword, at),
		region_end(parse, &keyword, count));
	return good_fields(parse) >= PLAIN_FIELDS;
}
