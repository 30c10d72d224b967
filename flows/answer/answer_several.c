/* One text, several waiting reports that take it. See answer_several.h. */
#include "flows/answer/answer_several.h"

#include <string.h>
#include <strings.h>

#include "flows/record/pending.h"
#include "flows/report/answer_value.h"
#include "parsers/form/form.h"

/* The name; of equal names what comes behind it too: "Siti, P 2300g". */
static const char *name_shown(
	const struct turn *turn, const struct record *records, size_t count, size_t index)
{
	char *echo = reply_echo(&turn->reply, &records[index].report);
	size_t length = strcspn(echo, ",");

	for (size_t i = 0; i < count; i++) {
		const char *other = reply_echo(&turn->reply, &records[i].report);

		if (i == index || strncmp(echo, other, length) != 0 ||
			strchr(",", other[length]) == NULL || echo[length] == '\0')
			continue;
		length += 1 + strcspn(echo + length + 1, ",");
		break;
	}
	echo[length] = '\0';
	return echo;
}

/* Which of the waiting reports take this text: a numbered question when there are several. */
int answer_which(
	struct turn *turn, const struct record *records, size_t count, const char *text)
{
	struct pending pending = {.kind = "choose", .text = text};
	struct strbuf list = {0};
	int error;

	for (size_t i = 0; i < count && i < OPTIONS_MAX; i++) {
		strbuf_printf(&list, "%s%zu=%s %s", i > 0 ? ", " : "", i + 1, records[i].row.ref,
			name_shown(turn, records, count, i));
		pending.options[pending.noption++] = arena_printf(turn->flow->arena, "%lld",
			(long long)records[i].row.id);
	}
	turn_say(turn, MESSAGE_ANSWER_WHICH, "list", list.text);
	strbuf_free(&list);
	error = pending_add(turn, turn->sender.phone, &pending);
	return error;
}

/* Children of one delivery: told at once, of one mother. */
static bool of_one_delivery(const struct record *records, size_t count)
{
	const struct report_row *first = &records[0].row;

	for (size_t i = 1; i < count; i++) {
		const struct report_row *row = &records[i].row;

		if (row->received != first->received || row->inbound != first->inbound ||
			strcmp(row->form, first->form) != 0 || row->match_name == NULL ||
			first->match_name == NULL ||
			strcmp(row->match_name, first->match_name) != 0)
			return false;
	}
	return true;
}

static bool same_text(const struct report *a, const struct report *b, const char *field)
{
	const char *x = report_text(a, field), *y = report_text(b, field);

	return strcmp(x == NULL ? "" : x, y == NULL ? "" : y) == 0;
}

/* Place and helper are those of the delivery; what each child has of its own is told for one. */
static bool is_shared(const struct turn *turn, const struct record *before, const char *text)
{
	const struct form *form = before->report.form;
	struct record after;
	struct problem problem;

	if (answer_value(turn, before, text, &after, &problem) != OK)
		return false;
	for (size_t i = 0; i < form->nrepeat; i++) {
		if (!same_text(&before->report, &after.report, form->repeats[i]))
			return false;
	}
	return true;
}

static int apply_to_all(
	struct turn *turn, struct record *records, size_t count, const char *text)
{
	const struct report *reports[PENDING_MAX];
	const char *refs[PENDING_MAX];
	int error = OK;

	for (size_t i = 0; error == OK && i < count; i++) { /* the newest stands first */
		struct record *record = &records[count - 1 - i];
		int64_t id = record->row.id;

		error = answer_apply(turn, id, text);
		if (error == OK)
			error = record_load(turn, id, record);
		reports[i] = &record->report;
		refs[i] = record->row.ref;
	}
	if (error == OK)
		turn->answer = reply_reports(&turn->reply, reports, refs, count, NULL);
	return error;
}

#define NAME_LEAST 3 /* letters of a word that names somebody */

/* "bu siti perempuan": a word of the text is one of the name. */
static bool names(const char *text, const char *name)
{
	for (size_t length; *text != '\0'; text += length + (text[length] != '\0')) {
		length = strcspn(text, " ,.:;#");
		for (const char *at = name; length >= NAME_LEAST && *at != '\0';
			at += strspn(at, " ")) {
			size_t word = strcspn(at, " ");

			if (word == length && strncasecmp(at, text, length) == 0)
				return true;
			at += word;
		}
	}
	return false;
}

/* The only one of them that the text names; NULL: none, or several. */
static const struct record *named(const struct record *records, size_t count, const char *text)
{
	const struct record *found = NULL;

	for (size_t i = 0; i < count; i++) {
		const char *who = form_who(&records[i].report);

		if (who == NULL || !names(text, who))
			continue;
		if (found != NULL)
			return NULL;
		found = &records[i];
	}
	return found;
}

int answer_several(struct turn *turn, struct record *records, size_t count, const char *text)
{
	const struct record *one;

	if (of_one_delivery(records, count) && is_shared(turn, &records[0], text))
		return apply_to_all(turn, records, count, text);
	one = named(records, count, text);
	return one != NULL ? answer_apply(turn, one->row.id, text)
			   : answer_which(turn, records, count, text);
}
