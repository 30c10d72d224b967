/* Changes that wait for a verifier, as one session per report. */
#include "flows/talk/request.h"

#include <string.h>

#include "flows/alert/alert.h"
#include "flows/alert/recipients.h"
#include "flows/record/report_json.h"
#include "flows/talk/cancel.h"
#include "flows/talk/correct.h"
#include "parsers/form/form.h"
#include "store/deadline.h"

#define KEEP_SECONDS (30 * 86400)
#define CANCEL       "cancel"

static const char *key_of(const struct turn *turn, const struct record *record)
{
	return arena_printf(turn->flow->arena, "%lld", (long long)record->row.id);
}

/* A code that follows its text ("sebab_kode", "sebab") says nothing that the text does not. */
static bool follows(const struct record *record, const char *name, json_t *changes)
{
	const struct form_field *field = form_field(record->report.form, name);

	return field != NULL && field->written != NULL &&
		json_object_get(changes, field->written) != NULL;
}

static const char *words_of(
	const struct reply_context *reply, const struct record *record, json_t *changes)
{
	const char *name;
	json_t *item;
	struct strbuf out = {0};
	char *text;

	strbuf_puts(&out, "");
	json_object_foreach(changes, name, item) {
		if (!follows(record, name, changes))
			strbuf_printf(&out, "%s%s", out.length > 0 ? ", " : "",
				correct_change(reply, &record->report, name,
					json_string_value(item)));
	}
	text = arena_strdup(reply->arena, out.text);
	strbuf_free(&out);
	return text;
}

static const char *asking_text(const struct turn *turn, const struct reply_context *reply,
	const struct record *record, const char *kind, json_t *changes)
{
	const char *who = alert_who(turn, reply, turn->sender.phone);

	if (strcmp(kind, CANCEL) == 0)
		return message_text(turn->flow->catalogue, turn->flow->arena, reply_language(reply),
			MESSAGE_CANCEL_REQUEST, "ref", record->row.ref, "echo",
			reply_echo(reply, &record->report), "who", who, NULL);
	return message_text(turn->flow->catalogue, turn->flow->arena, reply_language(reply),
		MESSAGE_CORRECT_ASK, "ref", record->row.ref, "changes",
		words_of(reply, record, changes), "who", who, NULL);
}

int request_put(struct turn *turn, const struct record *record, const char *kind, json_t *changes)
{
	json_t *data = json_pack("{s:s,s:s,s:o}", "kind", kind, "by", turn->sender.phone,
		"changes", changes == NULL ? json_object() : json_incref(changes));
	const char *stored = json_to_arena(turn->flow->arena, data);
	struct recipients to;
	int error = store_session_put(turn->flow->store, "request", key_of(turn, record), stored,
		turn->flow->now + KEEP_SECONDS);

	if (error == OK)
		error = turn_audit(turn, "request", record->row.ref, NULL, stored);
	if (error == OK)
		error = recipients_find(turn, gazetteer_area(turn->flow->places, record->row.area),
			TO_BIDAN | TO_PUSKESMAS, &to);
	for (size_t i = 0; error == OK && i < to.count; i++) {
		struct sender sender;
		struct reply_context reply;

		turn_towards(turn, &to.list[i].person, &sender, &reply);
		error = turn_send(turn, "notice", to.list[i].person.phone,
			asking_text(turn, &reply, record, kind, changes), record->row.ref);
	}
	json_decref(changes);
	return error;
}

/* What was decided, in the words of the asker and of the verifier alike. */
static const char *decided_text(const struct turn *turn, const struct reply_context *reply,
	const struct record *record, const char *kind, const char *words)
{
	if (strcmp(kind, CANCEL) == 0)
		return message_text(turn->flow->catalogue, turn->flow->arena, reply_language(reply),
			MESSAGE_CANCELLED, "ref", record->row.ref, "echo",
			reply_echo(reply, &record->report), NULL);
	return message_text(turn->flow->catalogue, turn->flow->arena, reply_language(reply),
		MESSAGE_CORRECTED, "ref", record->row.ref, "changes", words, NULL);
}

static int tell_asker(struct turn *turn, const char *phone, const struct record *record,
	const char *kind, const char *words, const char *reason)
{
	struct person person;
	struct sender sender;
	struct reply_context reply;
	const char *text;
	int error = store_person_by_phone(turn->flow->store, turn->flow->arena, phone, &person);

	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error;
	turn_towards(turn, &person, &sender, &reply);
	text = reason == NULL ? decided_text(turn, &reply, record, kind, words)
		: message_text(turn->flow->catalogue, turn->flow->arena, reply_language(&reply),
			  MESSAGE_REQUEST_REFUSED, "ref", record->row.ref, "who",
			  alert_who(turn, &reply, turn->sender.phone), "reason", reason, NULL);
	return turn_send(turn, "notice", phone, text, record->row.ref);
}

static int refuse(struct turn *turn, const struct record *record, const char *by, const char *kind,
	const char *reason)
{
	int error = turn_audit(turn, "request refused", record->row.ref, kind, reason);

	turn_say(turn, MESSAGE_KEPT, "ref", record->row.ref, "echo",
		reply_echo(&turn->reply, &record->report));
	return error != OK ? error : tell_asker(turn, by, record, kind, "", reason);
}

static int grant(struct turn *turn, struct record *record, const char *by, const char *kind,
	json_t *changes)
{
	const char *words = words_of(&turn->reply, record, changes);
	int error = strcmp(kind, CANCEL) == 0 ? cancel_do(turn, record)
		: correct_apply(turn, record, changes);

	turn->answer = decided_text(turn, &turn->reply, record, kind, words);
	return error != OK ? error : tell_asker(turn, by, record, kind, words, NULL);
}

int request_decide(struct turn *turn, struct record *record, bool yes, const char *reason)
{
	const char *data, *kind, *by;
	json_t *request;
	int error = store_session_get(turn->flow->store, turn->flow->arena, "request",
		key_of(turn, record), turn->flow->now, &data);

	if (error != OK)
		return error;
	request = json_loads(data, 0, NULL);
	kind = json_string_value(json_object_get(request, "kind"));
	by = json_string_value(json_object_get(request, "by"));
	record_about(turn, record);
	if (kind == NULL || by == NULL)
		error = ERR_SYNTAX;
	else if (yes)
		error = grant(turn, record, by, kind, json_object_get(request, "changes"));
	else
		error = refuse(turn, record, by, kind, reason == NULL ? "" : reason);
	if (error == OK)
		error = store_session_drop(turn->flow->store, "request", key_of(turn, record));
	json_decref(request);
	return error;
}
