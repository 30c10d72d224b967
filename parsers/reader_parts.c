/* A text in its parts, each read by itself: see region/parts.h for where they may begin. */
#include "parsers/reader_parts.h"

#include <string.h>

#include "parsers/aside/trial.h"
#include "parsers/parse/scratch.h"
#include "parsers/read/digits.h"
#include "parsers/read/reports.h"
#include "parsers/reader_text.h"
#include "parsers/region/region.h"
#include "parsers/words/rewrite.h"

#define PART_VALUES  5 /* of a part that something is missing from */
#define INSIDE_STEPS (STEPS_MAX / 8) /* what took more is in no two reports that somebody wrote */

static bool whole(const struct report *report)
{
	return report->status == STATUS_ACCEPTED || report->status == STATUS_SUSPECT;
}

/* Read as one, something is open. */
static bool parts_needed(const struct reading *reading)
{
	for (size_t i = 0; i < reading->nreport; i++) {
		if (!whole(&reading->reports[i]))
			return true;
	}
	return reading->nreport == 0;
}

/* "BY NY RINA" tells a name and her mother's: one value. */
size_t values_told(const struct report *report)
{
	const struct form *form = report->form;
	size_t told = 0;

	for (size_t v = 0; v < report->nvalue; v++)
		told += !report->values[v].defaulted;
	if (form->story && form->self && form->mother && report_value(report, form->self) &&
		report_value(report, form->mother))
		told--;
	return told;
}

/* A whole report of each part is told already. */
static bool parts_told(const struct reading *reading, const struct part *parts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct report *report = &reading->reports[i];

		if (i == reading->nreport || report->form != parts[i].form || !whole(report) ||
			report_value(report, report->form->order_of_birth) ||
			values_told(report) < PART_VALUES)
			return false;
	}
	return true;
}

void part_add(struct reading *all, const struct report *report, size_t base)
{
	struct report *added = &all->reports[all->nreport++];

	report_copy(added, report);
	if (added->linked >= 0)
		added->linked += (int)base;
}

/* Adds what a part told by itself; false when that is no whole report, or one of fewer values.
 * Where parts are needed, one that lacks a little is enough. */
static bool parts_join(
	struct reading *all, const struct reading *part, bool needed, size_t least)
{
	size_t base = all->nreport;

	if (part->intent != INTENT_REPORT || !reading_room(all, part->nreport))
		return false;
	for (size_t i = 0; i < part->nreport; i++) {
		const struct report *report = &part->reports[i];

		if (values_told(report) < least)
			return false;
		if (!whole(report) && !(needed && report->status == STATUS_INCOMPLETE &&
			report->nvalue >= PART_VALUES))
			return false;
		part_add(all, report, base);
	}
	return part->nreport > 0;
}

void part_read(const struct intent_call *call, const char *whole, size_t start, size_t end,
	struct reading *out)
{
	struct parse *parse = &call->scratch->parse;
	struct intent_call one = *call;
	struct rule_set rules;
	const char *with;
	size_t count;
	char *text;
	bool cut;

	text = text_trimmed(call, arena_strndup(call->arena, whole + start, end - start), &cut,
		&rules);
	one.text = text;
	count = text_cut(parse, text, &with);
	parse->index = NULL; /* no other part's form says what a letter may be */
	if (count <= TOKENS_MAX && (digits_spell(parse, text, count) ||
		dashes_count(parse, text, count)))
		count = tokens_cut(text, parse->tokens, call->lexicon, call->reader->keys);
	reading_clear(out, out->training);
	read_text(&one, count, out);
}

/* Reads the parts of a text each by itself; *out changes only when all are whole and more than it
 * holds. all: room for two readings. */
static void read_parts(const struct intent_call *call, const char *whole,
	const struct part *starts, size_t parts, struct reading *all, struct reading *out)
{
	struct reading *part = all + 1;

	reading_clear(all, out->training);
	for (size_t i = 0; i < parts; i++) {
		size_t end = i + 1 < parts ? starts[i + 1].lead : strlen(call->text);

		if (call->scratch->steps > STEPS_MAX / 2)
			return;
		part->training = out->training;
		part_read(call, whole, starts[i].start, end, part);
		if (!parse_step(&call->scratch->parse, 0))
			return;
		if (!parts_join(all, part,
			    parts_needed(out) && !starts[parts - 1].least &&
				    !(i + 1 < parts && starts[i + 1].value),
			    starts[i].least))
			return; /* what it lacks may be the word that opens the next */
	}
	if (all->nreport <= out->nreport)
		return;
	all->intent = INTENT_REPORT;
	all->text = call->text;
	reading_copy(out, all);
}

/* The text with what was dropped from it by text_cut(). */
static const char *text_whole(struct arena *arena, const char *text, const char *with)
{
	char *whole;

	if (!with)
		return text;
	whole = arena_strdup(arena, text);
	for (size_t i = 0; whole[i]; i++)
		whole[i] = whole[i] == ' ' ? with[i] : whole[i];
	return whole;
}

/* One keyword at most, and neither a death nor "none" that could open a part beside it. */
static bool one_part(
	const struct parse *parse, const struct cuts *cuts, const struct class_set *classes)
{
	return cuts->ninside == 0 && cuts->keywords < 2 && !class_in(classes, CLASS_NIHIL) &&
		!class_meets(classes, &parse->reader->stories);
}

void cuts_find(struct parse *parse, const char *text, const char *with, size_t count,
	const struct class_set *classes, struct cuts *out)
{
	bool lines = false, keyword;
	size_t first;

	out->text = text_whole(parse->arena, text, with);
	out->keywords = out->slips = out->count[0] = out->count[1] = out->ninside = 0;
	out->opens = false;
	if (count > TOKENS_MAX)
		return;
	for (size_t i = 0; i < count; i++) {
		lines |= parse->tokens[i].newline;
		out->keywords += class_in(
			&parse->tokens[i].key_classes, CLASS_KEYWORD);
	}
	out->ninside = parts_inside(parse, count, out->inside);
	if (!one_part(parse, out, classes)) {
		out->count[0] = parts_find(parse, count, false, out->parts[0]);
		out->count[1] = lines ? parts_find(parse, count, true, out->parts[1]) : 0;
	}
	for (size_t i = 0; i < out->ninside; i++)
		out->slips += out->inside[i].slip != 0;
	keyword = count && keyword_at(parse, 0).end;
	out->opens = keyword || (count && keyword_slip(parse, 0).end);
	first = count ? skip_leading(parse, count) : 0;
	out->slips += first == 0 ? out->opens && !keyword
				 : !keyword_at(parse, first).end && keyword_slip(parse, first).end;
}

/* Each keyword has told its report, whole. */
static bool all_told(const struct cuts *cuts, const struct reading *out)
{
	for (size_t i = 0; i < cuts->ninside; i++) {
		if (cuts->inside[i].slip)
			return false;
	}
	return cuts->keywords == cuts->count[0] && cuts->count[1] <= cuts->count[0] &&
		parts_told(out, cuts->parts[0], cuts->count[0]);
}

/* Both ways cut alike. */
static bool same_parts(const struct cuts *cuts)
{
	const struct part *a = cuts->parts[0], *b = cuts->parts[1];
	size_t count = cuts->count[0], i = 0;

	if (count != cuts->count[1])
		return false;
	while (i < count && a[i].start == b[i].start && a[i].form == b[i].form &&
		a[i].value == b[i].value)
		i++;
	return i == count;
}

/* The text is one report that lacks nothing, from its first word on, and what stands in front of
 * the cut would be none: "MATI IBU#…" without its "#NIFAS#…". */
static bool cut_breaks(
	const struct parse *parse, const struct cuts *cuts, size_t i, const struct reading *out)
{
	return cuts->opens && out->nreport == 1 && out->reports[0].status == STATUS_ACCEPTED &&
		cuts->text == parse->text &&
		trial_lacks(parse, &out->reports[0], cuts->inside[i].at);
}

/* Reads the text in its parts where they may tell more than it told as a whole. */
void read_cuts(
	const struct intent_call *call, const struct cuts *cuts, struct reading *out)
{
	const struct parse *parse = &call->scratch->parse;
	bool same = same_parts(cuts), breaks[INSIDE_MAX];
	struct reading *room;

	if (all_told(cuts, out) ||
		(cuts->count[0] < 2 && cuts->count[1] < 2 && cuts->ninside == 0))
		return;
	for (size_t i = 0; i < cuts->ninside; i++)
		breaks[i] = cut_breaks(parse, cuts, i, out); /* before tokens are cut anew */
	room = arena_raw(call->arena, 2 * sizeof(*room));
	for (size_t i = 0; i < 2; i++) {
		if (cuts->count[i] > 1 && !(i > 0 && same) && parse_step(&call->scratch->parse, 0))
			read_parts(call, cuts->text, cuts->parts[i], cuts->count[i], room, out);
	}
	for (size_t i = 0; i < cuts->ninside && out->nreport <= cuts->ninside; i++) {
		const struct part two[2] = {{.least = cuts->inside[i].above}, cuts->inside[i]};

		if (!breaks[i] && out->intent == INTENT_REPORT &&
			call->scratch->steps < INSIDE_STEPS)
			read_parts(call, cuts->text, two, 2, room, out);
	}
}
