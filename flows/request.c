/* Changes that wait for a verifier, as one session per report. */
#include "flows/request.h"

#include <string.h>

#include "flows/alert.h"
#include "flows/cancel.h"
#include "flows/correct.h"
#include "flows/recipients.h"
#include "flows/report_json.h"
#include "store/deadline.h"

#define KEEP_SECONDS (30 * 86400)

static const char *key_of(const struct turn *turn, const struct record *record)
{
	return arena_printf(turn->flow->arena, "%lld", (long long)record->row.id);
}

static const char *words_of(const struct reply_context *reply, const struct record *record,
	const char *kind, json_t *changes)
{
	const char *name;
	json_t *item;
	struct strbuf out = {0};
	char *text;

	if (strcmp(kind, "cancel") == 0)
		return reply_word(reply, "state", "cancelled", "BATAL");
	strbuf_puts(&out, "");
	json_object_foreach(changes, name, item)
		strbuf_printf(&out, "%s%s", out.length > 0 ? ", " : "",
			correct_change(reply, &record->report, name, json_string_value(item)));
	text = arena_strdup(reply->arena, out.text);
	strbuf_free(&out);
	return text;
}

int request_put(struct turn *turn, const struct record *record, const char *kind, json_t *changes)
{
	json_t *data = json_pack("{s:s,s:s,s:o}", "kind", kind, "by", turn->sender.phone,
		"changes", changes == NULL ? json_object() : json_incref(changes));
	struct recipients to;
	int error = store_session_put(turn->flow->store, "request", key_of(turn, record),
		json_to_arena(turn->flow->arena, data), turn->flow->now + KEEP_SECONDS);

	if (error == OK)
		error = recipients_find(turn, gazetteer_area(turn->flow->places, record->row.area),
			TO_BIDAN | TO_PUSKESMAS, &to);
	for (size_t i = 0; error == OK && i < to.count; i++) {
		struct sender sender;
		struct reply_context reply;

		turn_towards(turn, &to.list[i].person, &sender, &reply);
		error = turn_send(turn, "alert", to.list[i].person.phone,
			message_text(turn->flow->catalogue, turn->flow->arena,
				reply_language(&reply), MESSAGE_CORRECT_ASK, "ref", record->row.ref,
				"changes", words_of(&reply, record, kind, changes), "who",
				alert_who(turn, &reply, turn->sender.phone), NULL),
			record->row.ref);
	}
	json_decref(changes);
	return error;
}

static int tell_asker(struct turn *turn, const char *phone, const struct record *record, bool yes,
	const char *words, const char *reason)
{
	struct person person;
	struct sender sender;
	struct reply_context reply;
	const char *text;
	int error = store_person_by_phone(turn->flow->store, turn->flow->arena, phone, &person);

	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error;
	turn_towards(turn, &person, &sender, &reply);
	if (yes)
		text = message_text(turn->flow->catalogue, turn->flow->arena,
			reply_language(&reply), MESSAGE_CORRECTED, "ref", record->row.ref,
			"changes", words, NULL);
	else
		text = message_text(turn->flow->catalogue, turn->flow->arena,
			reply_language(&reply), MESSAGE_REJECTED_TELL, "ref", record->row.ref,
			"who", alert_who(turn, &reply, turn->sender.phone), "reason",
			reason == NULL ? "-" : reason, NULL);
	return turn_send(turn, "alert", phone, text, record->row.ref);
}

int request_decide(struct turn *turn, struct record *record, bool yes, const char *reason)
{
	const char *data, *kind, *by, *words;
	json_t *request, *changes;
	int error = store_session_get(turn->flow->store, turn->flow->arena, "request",
		key_of(turn, record), turn->flow->now, &data);

	if (error != OK)
		return error;
	request = json_loads(data, 0, NULL);
	kind = json_string_value(json_object_get(request, "kind"));
	by = json_string_value(json_object_get(request, "by"));
	changes = json_object_get(request, "changes");
	error = kind == NULL || by == NULL ? ERR_SYNTAX : OK;
	if (error != OK)
		goto out;
	words = words_of(&turn->reply, record, kind, changes);
	if (yes && strcmp(kind, "cancel") == 0)
		error = cancel_do(turn, record);
	else if (yes)
		error = correct_apply(turn, record, changes);
	if (error == OK)
		error = store_session_drop(turn->flow->store, "request", key_of(turn, record));
	if (error == OK)
		error = tell_asker(turn, by, record, yes, words, reason);
	turn->ref = record->row.ref;
	if (yes)
		turn_say(turn, MESSAGE_CORRECTED, "ref", turn->ref, "changes", words);
	else
		turn_say(turn, MESSAGE_KEPT, "ref", turn->ref, "echo",
			reply_echo(&turn->reply, &record->report));
out:
	json_decref(request);
	return error;
}
