/* The text for a report, for several reports of one SMS, and for a reading without a store behind
 * it. */
#include "flows/reply/reply.h"

#include <stdio.h>
#include <string.h>

#include "flows/reply/catalogue.h"
#include "parsers/form/form.h"

#define LIST_ROOM   96 /* octets of several reports told back whole ... */
#define ASKING_ROOM 60 /* ... and in front of a question */

#define TEXT(id, ...)                                                                              \
	message_text(context->catalogue, context->arena, reply_language(context), id, __VA_ARGS__, \
		NULL)
#define PLAIN(id)                                                                                  \
	message_text(context->catalogue, context->arena, reply_language(context), id, NULL)

/* The questions come before what is missing: the first problem to ask about. */
static const struct problem *problem_first(const struct report *report)
{
	for (size_t i = 0; i < report->nproblem; i++) {
		if (report->problems[i].code != PROBLEM_MISSING &&
			report->problems[i].code != PROBLEM_UNREGISTERED)
			return &report->problems[i];
	}
	for (size_t i = 0; i < report->nproblem; i++) {
		if (report->problems[i].code == PROBLEM_MISSING)
			return &report->problems[i];
	}
	return NULL;
}

char *reply_question(const struct reply_context *context, const struct report *report)
{
	const struct problem *problem = problem_first(report);

	return problem == NULL || problem->code == PROBLEM_MISSING
		? NULL
		: reply_ask(context, report, problem);
}

static const char *note_text(const struct reply_context *context, const struct report *report)
{
	for (size_t i = 0; i < report->nnote; i++) {
		const char *text = reply_word(context, "note", report->notes[i], "");

		if (*text != '\0')
			return text;
	}
	return NULL;
}

/* To be told with sympathy; practice is answered like any other report. */
static bool report_is_death(const struct report *report)
{
	return !report->training && strcmp(report->form->name, "mati") == 0 &&
		!report_is_nihil(report);
}

/* By what became of the death: its last word, and the words in front of a question. */
static const enum message_id death_settled[] = {[REPLY_DEATH_TOLD] = MESSAGE_DEATH,
	[REPLY_DEATH_NOBODY] = MESSAGE_DEATH_NOBODY,
	[REPLY_DEATH_KNOWN] = MESSAGE_DEATH_FILLED};
static const enum message_id death_open[] = {[REPLY_DEATH_TOLD] = MESSAGE_DEATH_OPEN,
	[REPLY_DEATH_NOBODY] = MESSAGE_DEATH_OPEN_NOBODY,
	[REPLY_DEATH_KNOWN] = MESSAGE_DEATH_MORE};

static char *refused_text(const struct reply_context *context, const struct report *report)
{
	if (report->nproblem > 0 && report->problems[0].code == PROBLEM_UNREGISTERED)
		return PLAIN(MESSAGE_UNREGISTERED);
	return TEXT(MESSAGE_REFUSED, "form", report->form->title, "example",
		reply_example(context, report->form));
}

static char *settled_text(const struct reply_context *context, const struct report *report,
	const char *ref, const char *echo)
{
	const char *note = note_text(context, report);

	if (report_is_nihil(report))
		return TEXT(MESSAGE_NIHIL, "ref", ref, "echo", echo);
	if (report->status == STATUS_DUPLICATE)
		return TEXT(MESSAGE_DUPLICATE, "ref", ref, "echo", echo);
	if (report_is_death(report))
		return TEXT(death_settled[context->death], "ref", ref, "echo", echo);
	if (note != NULL)
		return TEXT(MESSAGE_ACCEPTED_NOTE, "ref", ref, "echo", echo, "note", note);
	return TEXT(MESSAGE_ACCEPTED, "ref", ref, "echo", echo);
}

/* The instruction behind a question: "Jenis kelamin bayi? Balas L atau P."; NULL: only choices, or
 * nothing. */
static const char *instruction_of(const char *ask)
{
	const char *mark = strstr(ask, "? ");

	return mark != NULL && mark[2] >= 'A' && mark[2] <= 'Z' && mark[3] >= 'a' && mark[3] <= 'z'
		? mark + 2 : NULL;
}

/* One missing value is named once: by its name, or by the question about it. */
static char *incomplete_text(const struct reply_context *context, const struct report *report,
	const char *ref, const char *echo, const struct problem *problem)
{
	const char *fields = reply_fields(context, report);
	const char *ask = reply_ask(context, report, problem);
	const char *how = instruction_of(ask);

	if (strchr(fields, ',') == NULL && how == NULL)
		return TEXT(MESSAGE_QUESTION, "ref", ref, "echo", echo, "ask", ask);
	if (strchr(fields, ',') == NULL)
		ask = how;
	return TEXT(MESSAGE_INCOMPLETE, "ref", ref, "echo", echo, "fields", fields, "ask", ask);
}

char *reply_practice(const struct reply_context *context, const char *text)
{
	const char *mark = TEXT(MESSAGE_TRAINING, "reply", "");

	return strncmp(text, mark, strlen(mark)) == 0 ? arena_strdup(context->arena, text)
		: TEXT(MESSAGE_TRAINING, "reply", text);
}

char *reply_report(
	const struct reply_context *context, const struct report *report, const char *ref)
{
	const struct problem *problem = problem_first(report);
	const char *echo;
	char *text;

	if (report->status == STATUS_REFUSED)
		return refused_text(context, report);
	echo = reply_echo(context, report);
	if (problem == NULL || report->status == STATUS_DUPLICATE)
		text = settled_text(context, report, ref, echo);
	else if (report_is_death(report))
		text = TEXT(death_open[context->death], "ref", ref, "echo", echo, "ask",
			reply_ask(context, report, problem));
	else if (problem->code == PROBLEM_MISSING)
		text = incomplete_text(context, report, ref, echo, problem);
	else
		text = TEXT(MESSAGE_QUESTION, "ref", ref, "echo", echo, "ask",
			reply_ask(context, report, problem));
	return report->training ? reply_practice(context, text) : text;
}

/* The name and the first value stay: "Siti, L 3000g". */
static char *cut_behind_first(char *echo)
{
	char *comma = strchr(echo, ',');

	comma = comma == NULL ? NULL : strchr(comma + 1, ',');
	if (comma != NULL)
		*comma = '\0';
	return echo;
}

char *reply_brief(const struct reply_context *context, const struct report *report)
{
	return cut_behind_first(reply_echo(context, report));
}

/* Told before, or perhaps (record_repeated): a question has something to be asked otherwise. */
static bool is_repeated(const struct report *report)
{
	return report->status == STATUS_DUPLICATE ||
		(report->status == STATUS_QUESTION && report->nproblem == 0);
}

/* One of several reports; brief, "L2408-0001 Siti, L 3000g": enough to tell them apart. */
static void list_add(const struct reply_context *context, struct strbuf *list,
	const struct report *report, const char *ref, bool brief)
{
	char *echo = reply_echo(context, report);

	if (brief)
		cut_behind_first(echo);
	strbuf_printf(list, "%s%s%s%s", list->length > 0 ? ". " : "", ref == NULL ? "" : ref,
		ref == NULL ? "" : " ", echo);
	if (is_repeated(report))
		strbuf_printf(list, " (%s)", reply_word(context, "state",
			report->status == STATUS_DUPLICATE ? "duplicate" : "perhaps", "?"));
}

/* What an echo says behind the name and the first value: ", 14/8/24, PKM, bidan, hidup"; "". */
static const char *echo_rest(const struct reply_context *context, const struct report *report)
{
	const char *comma =
		report_is_nihil(report) ? NULL : strchr(reply_echo(context, report), ',');

	comma = comma == NULL ? NULL : strchr(comma + 1, ',');
	return comma == NULL ? "" : comma;
}

/* Of twins all else is the same: said once, behind the last. */
static const char *shared_rest(
	const struct reply_context *context, const struct report *const *reports, size_t count)
{
	const char *rest = echo_rest(context, reports[0]);

	for (size_t i = 0; i < count; i++) {
		if (is_repeated(reports[i]) ||
			strcmp(echo_rest(context, reports[i]), rest) != 0)
			return "";
	}
	return rest;
}

/* All that was read, where it fits beside the rest of the reply; else briefly. */
static void list_fill(const struct reply_context *context, struct strbuf *list,
	const struct report *const *reports, const char *const *refs, size_t count, size_t room)
{
	const char *rest;

	strbuf_puts(list, "");
	for (size_t i = 0; i < count; i++)
		list_add(context, list, reports[i], refs[i], false);
	if (list->length <= room)
		return;
	strbuf_clear(list);
	for (size_t i = 0; i < count; i++)
		list_add(context, list, reports[i], refs[i], true);
	if (list->length > room) { /* the deaths first, who are not cut off */
		strbuf_clear(list);
		for (size_t i = 0; i < 2 * count; i++) {
			if (report_is_death(reports[i % count]) == (i < count))
				list_add(context, list, reports[i % count], refs[i % count], true);
		}
	}
	rest = shared_rest(context, reports, count);
	if (list->length + strlen(rest) <= room)
		strbuf_puts(list, rest);
}

char *reply_reports(const struct reply_context *context, const struct report *const *reports,
	const char *const *refs, size_t count, const char *besides)
{
	const struct report *open = NULL;
	bool death = false;
	struct strbuf list = {0};
	const char *ask = besides;
	char *text;

	if (count == 1 && besides == NULL)
		return reply_report(context, reports[0], refs[0]);
	for (size_t i = 0; i < count; i++) {
		death = death || report_is_death(reports[i]);
		if (problem_first(reports[i]) != NULL && reports[i]->status != STATUS_DUPLICATE)
			open = reports[i]; /* the last asked is the one that YA answers */
	}
	if (open != NULL)
		ask = open->status == STATUS_REFUSED ? refused_text(context, open)
			: reply_ask(context, open, problem_first(open));
	list_fill(context, &list, reports, refs, count, ask == NULL ? LIST_ROOM : ASKING_ROOM);
	if (ask == NULL) {
		text = death ? TEXT(death_settled[context->death], "ref", "", "echo", list.text)
			     : TEXT(MESSAGE_SEVERAL, "list", list.text);
	} else {
		text = death ? TEXT(death_open[context->death], "ref", "", "echo", list.text, "ask",
				       ask)
			     : TEXT(MESSAGE_SEVERAL_OPEN, "list", list.text, "ask", ask);
	}
	strbuf_free(&list);
	return count > 0 && reports[0]->training ? reply_practice(context, text) : text;
}
