/* Emergencies, and births that the bidan should know about. */
#include <stdio.h>
#include <string.h>

#include "flows/alert/alarm.h"
#include "flows/alert/alert.h"
#include "flows/alert/alert_case.h"
#include "flows/alert/bundle.h"
#include "flows/alert/plain.h"
#include "flows/alert/recipients.h"

#define QUOTED 100 /* of a longer message only the words that call for help are passed on */

static bool wanted(const struct flow_settings *settings, const char *note)
{
	return (strcmp(note, "bblr") == 0 && settings->alert_bblr)
		|| (strcmp(note, "unskilled_birth") == 0 && settings->alert_unskilled)
		|| (strcmp(note, "young_mother") == 0 && settings->alert_young)
		|| (strcmp(note, "old_mother") == 0 && settings->alert_old);
}

/* "BBLR 2400g, lahir ditolong dukun": the notes as words, a value in {} filled in. */
static const char *notes_text(
	const struct turn *turn, const struct reply_context *reply, const struct report *report)
{
	struct strbuf out = {0};
	const char *text;

	strbuf_puts(&out, "");
	for (size_t i = 0; i < report->nnote; i++) {
		const char *word = reply_word(reply, "info", report->notes[i], NULL);
		const char *open = word == NULL ? NULL : strchr(word, '{');
		const char *close = open == NULL ? NULL : strchr(open, '}');
		const char *field, *value;

		if (word == NULL || !wanted(turn->flow->settings, report->notes[i]))
			continue;
		strbuf_puts(&out, out.length > 0 ? ", " : "");
		if (close == NULL) {
			strbuf_puts(&out, word);
			continue;
		}
		field = arena_strndup(turn->flow->arena, open + 1, (size_t)(close - open - 1));
		value = report_text(report, field);
		strbuf_add(&out, word, (size_t)(open - word));
		strbuf_puts(&out,
			value == NULL ? "" : reply_value_text(reply, report->form, field, value));
		strbuf_puts(&out, close + 1);
	}
	text = arena_strdup(turn->flow->arena, out.text);
	strbuf_free(&out);
	return text;
}

/* What the bidan should know, in words; "": nothing. */
typedef const char *news_text(const struct turn *turn, const struct reply_context *reply,
	const struct record *before, const struct record *record);

static const char *own_notes(const struct turn *turn, const struct reply_context *reply,
	const struct record *before, const struct record *record)
{
	(void)before;
	return notes_text(turn, reply, &record->report);
}

/* The danger of which the alarm waits for a bundle is told here. */
static int with_danger(const struct turn *turn, const struct reply_context *reply,
	const struct record *record, const char *phone, const char **note)
{
	bool waits;
	int error = bundle_holds(turn, phone, record->row.ref, &waits);

	if (error == OK && waits && !record_is_death(record))
		*note = arena_printf(turn->flow->arena, "%s, %s",
			alarm_words(turn, reply, record), *note);
	return error;
}

static int inform(const struct turn *turn, const struct record *before,
	const struct record *record, news_text *text)
{
	const struct area *area = record->row.area == NULL
		? NULL
		: gazetteer_area(turn->flow->places, record->row.area);
	struct recipients to;
	int error;

	if (area == NULL || turn->sender.role == ROLE_BIDAN ||
		*text(turn, &turn->reply, before, record) == '\0')
		return OK;
	error = alert_recipients(turn, record, area, TO_BIDAN, &to);
	for (size_t i = 0; error == OK && i < to.count; i++) {
		struct sender sender;
		struct reply_context reply;
		const char *note;

		if (to.list[i].alarm)
			continue; /* only news: the next level need not know */
		turn_towards(turn, &to.list[i].person, &sender, &reply);
		note = text(turn, &reply, before, record);
		error = with_danger(turn, &reply, record, to.list[i].person.phone, &note);
		if (error != OK)
			break;
		error = turn_send(turn, "notice", to.list[i].person.phone,
			message_text(turn->flow->catalogue, turn->flow->arena,
				reply_language(&reply), MESSAGE_ALERT_INFO, "ref", record->row.ref,
				"note", note, "initials",
				alert_initials(turn->flow->arena, &record->report), "place",
				reply_place(&reply, area->code), "who",
				alert_who(turn, &reply, record->row.sender), NULL),
			record->row.ref);
	}
	return error;
}

int alert_inform(const struct turn *turn, const struct record *record)
{
	return inform(turn, NULL, record, own_notes);
}

int alert_news(
	const struct turn *turn, const struct record *before, const struct record *record)
{
	return inform(turn, before, record, alarm_news);
}

/* The words that call for help, or what they mean where they tell too little by themselves; of a
 * stranger's no links, and no numbers but his own. */
static const char *told_words(const struct turn *turn)
{
	const char *text = turn->message->text, *cry = turn->reading->cry;
	bool other = cry != NULL && (strlen(text) > QUOTED || strlen(cry) > strlen(text));
	const char *told = other ? cry : text;

	return turn->sender.role != ROLE_NONE
		? told
		: plain_words(turn->flow->arena, told, turn->sender.phone);
}

static const char *emergency_text(const struct turn *turn, const struct reply_context *reply,
	const struct area *place)
{
	/* a blocked number on no file has "-" for a name, a wish to register any that it likes */
	const char *name = turn->person.name == NULL || strcmp(turn->person.name, "-") == 0 ||
			!person_vouched(&turn->person)
		? ""
		: reply_title_case(turn->flow->arena, turn->person.name);

	return message_text(turn->flow->catalogue, turn->flow->arena, reply_language(reply),
		MESSAGE_EMERGENCY_ALERT, "place",
		place == NULL ? reply_word(reply, "no", "place", "?")
			      : reply_place(reply, place->code),
		"who",
		arena_printf(turn->flow->arena, "%s%s%s", name, *name == '\0' ? "" : " ",
			turn->sender.phone),
		"text", told_words(turn), NULL);
}

/* Bidan and puskesmas; where neither is anybody but the sender, the dinkes. */
static int helpers_find(
	const struct turn *turn, const struct area *near, struct recipients *to)
{
	int error = recipients_find(turn, near, TO_BIDAN | TO_PUSKESMAS, to);

	return error != OK || to->count > 0 ? error
					    : recipients_find(turn, near, TO_DINKES, to);
}

static int emergency_send(const struct turn *turn, const char *kind, const struct area *near,
	const struct area *place, const char **phones, bool *now)
{
	struct recipients to;
	struct strbuf list = {0};
	int error = helpers_find(turn, near, &to);

	*now = true;
	if (error == OK)
		error = bundle_begin(turn, kind, now);
	strbuf_puts(&list, "");
	for (size_t i = 0; error == OK && i < to.count; i++) {
		const struct person *person = &to.list[i].person;
		struct sender sender;
		struct reply_context reply;

		turn_towards(turn, person, &sender, &reply);
		error = *now ? turn_send(turn, "alert", person->phone,
				       emergency_text(turn, &reply, place), NULL)
			     : bundle_add(turn, person->phone, told_words(turn));
		if (i < 2)
			strbuf_printf(&list, "%s%s %s", list.length > 0 ? ", " : "",
				person->name == NULL
					? ""
					: reply_title_case(turn->flow->arena, person->name),
				person->phone);
	}
	*phones = arena_strdup(turn->flow->arena, list.text);
	strbuf_free(&list);
	return error;
}

int alert_emergency(const struct turn *turn, const struct area *near, const struct area *place,
	const char **phones, bool *now)
{
	return emergency_send(turn, "emergencies", near, place, phones, now);
}

int alert_emergency_more(const struct turn *turn, const struct area *near,
	const struct area *place, const char **phones, bool *now)
{
	return emergency_send(turn, "emergencies-more", near, place, phones, now);
}
