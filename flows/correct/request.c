/* Changes that wait for a verifier, as one session per report. */
#include "flows/correct/request.h"

#include <stdlib.h>
#include <string.h>

#include "flows/alert/alert.h"
#include "flows/alert/recipients.h"
#include "flows/record/report_json.h"
#include "parsers/form/form.h"
#include "store/message/deadline.h"

#define KEEP_SECONDS (30 * 86400)

const char *request_key(const struct turn *turn, const struct record *record)
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

/* The value is what it was, and another changes: chosen again, because it rests on that one. */
static bool stays(const struct record *record, const char *name, json_t *changes)
{
	const char *before = report_text(&record->report, name);

	return before != NULL && json_object_size(changes) > 1 &&
		strcmp(before, json_string_value(json_object_get(changes, name))) == 0;
}

const char *request_words(
	const struct reply_context *reply, const struct record *record, json_t *changes)
{
	const char *name;
	json_t *item;
	struct strbuf out = {0};
	char *text;

	strbuf_puts(&out, "");
	json_object_foreach(changes, name, item) {
		if (!follows(record, name, changes) && !stays(record, name, changes))
			strbuf_printf(&out, "%s%s", out.length > 0 ? ", " : "",
				reply_change(reply, &record->report, name,
					json_string_value(item)));
	}
	text = arena_strdup(reply->arena, out.text);
	strbuf_free(&out);
	return text;
}

/* What the new report of a replacement tells. */
static const char *fresh_echo(
	const struct turn *turn, const struct reply_context *reply, json_t *changes)
{
	const char *id = json_string_value(json_object_get(changes, REQUEST_BY));
	struct record *fresh = arena_alloc(turn->flow->arena, sizeof(*fresh));

	return id != NULL && record_load(turn, strtoll(id, NULL, 10), fresh) == OK
		? reply_echo(reply, &fresh->report)
		: "";
}

const char *request_text(const struct turn *turn, const struct reply_context *reply,
	const struct record *record, const char *kind, json_t *changes, const char *by)
{
	const char *who = alert_who(turn, reply, by);

	if (strcmp(kind, REQUEST_REPLACE) == 0)
		return message_text(turn->flow->catalogue, turn->flow->arena, reply_language(reply),
			MESSAGE_REPLACE_REQUEST, "ref", record->row.ref, "echo",
			reply_echo(reply, &record->report), "who", who, "new",
			fresh_echo(turn, reply, changes), NULL);
	if (strcmp(kind, REQUEST_CANCEL) == 0)
		return message_text(turn->flow->catalogue, turn->flow->arena, reply_language(reply),
			MESSAGE_CANCEL_REQUEST, "ref", record->row.ref, "echo",
			reply_echo(reply, &record->report), "who", who, NULL);
	return message_text(turn->flow->catalogue, turn->flow->arena, reply_language(reply),
		MESSAGE_CORRECT_ASK, "ref", record->row.ref, "changes",
		request_words(reply, record, changes), "who", who, NULL);
}

/* Kept with the version it is about: what changed since is shown again before it is granted. */
int request_store(const struct turn *turn, const struct record *record, const char *kind,
	const char *by, json_t *changes, json_t *shown, const char **stored)
{
	json_t *request = json_pack("{s:s,s:s,s:i,s:o}", "kind", kind, "by", by, "version",
		record->row.version, "changes",
		changes == NULL ? json_object() : json_incref(changes));

	if (shown != NULL)
		json_object_set_new(request, "shown", shown);
	*stored = json_to_arena(turn->flow->arena, request);
	return store_session_put(turn->flow->store, "request", request_key(turn, record), *stored,
		turn->flow->now + KEEP_SECONDS);
}

/* Another wish waited for the same report: who was told of that one has not seen this. */
static int put_in_place(const struct turn *turn, const struct record *record, const char *kind,
	json_t *changes, const char **stored)
{
	json_t *old, *shown = NULL;
	int error = request_load(turn, record, &old);
	bool none = error == ERR_NOT_FOUND;
	const char *old_kind = json_string_value(json_object_get(old, "kind"));
	const char *old_by = json_string_value(json_object_get(old, "by"));
	json_t *same = changes == NULL ? json_object() : json_incref(changes);

	if (old_kind != NULL && old_by != NULL && strcmp(old_kind, kind) == 0 &&
		strcmp(old_by, turn->sender.phone) == 0 &&
		json_equal(json_object_get(old, "changes"), same))
		shown = json_deep_copy(json_object_get(old, "shown"));
	else if (!none)
		shown = json_array();
	json_decref(same);
	json_decref(old);
	if (error != OK && !none) {
		json_decref(shown);
		return error;
	}
	return request_store(turn, record, kind, turn->sender.phone, changes, shown, stored);
}

int request_put(struct turn *turn, const struct record *record, const char *kind, json_t *changes)
{
	const char *stored;
	struct recipients to;
	int64_t times = 0;
	int error = put_in_place(turn, record, kind, changes, &stored);

	if (error == OK)
		error = turn_audit(turn, "request", record->row.ref, NULL, stored);
	if (error == OK) /* officers read of it once a day */
		error = store_counter_add(turn->flow->store, "requests",
			arena_printf(turn->flow->arena, "%s %lld", turn->sender.phone,
				(long long)record->row.id),
			turn_today(turn), &times);
	to.count = 0;
	if (error == OK && times == 1)
		error = recipients_find(turn, gazetteer_area(turn->flow->places, record->row.area),
			TO_BIDAN | TO_PUSKESMAS, &to);
	for (size_t i = 0; error == OK && i < to.count; i++) {
		struct sender sender;
		struct reply_context reply;

		turn_towards(turn, &to.list[i].person, &sender, &reply);
		error = turn_send(turn, "notice", to.list[i].person.phone,
			request_text(turn, &reply, record, kind, changes,
				turn->sender.phone),
			record->row.ref);
	}
	json_decref(changes);
	return error;
}

int request_replace(struct turn *turn, const struct record *old, const struct record *fresh)
{
	return request_put(turn, old, REQUEST_REPLACE,
		json_pack("{s:s}", REQUEST_BY,
			arena_printf(turn->flow->arena, "%lld", (long long)fresh->row.id)));
}

int request_load(const struct turn *turn, const struct record *record, json_t **request)
{
	const char *data;
	int error = store_session_get(turn->flow->store, turn->flow->arena, "request",
		request_key(turn, record), turn->flow->now, &data);

	*request = error == OK ? json_loads(data, 0, NULL) : NULL;
	return error;
}

static const char *state_text(const struct turn *turn, const struct reply_context *reply,
	const struct record *record)
{
	return message_text(turn->flow->catalogue, turn->flow->arena, reply_language(reply),
		MESSAGE_SUPERVISE_STATE, "ref", record->row.ref, "state",
		reply_word(reply, "state", record->row.status, record->row.status), NULL);
}

int request_drop(struct turn *turn, const struct record *record)
{
	struct person person;
	struct sender sender;
	struct reply_context reply;
	json_t *request;
	const char *by;
	int error = request_load(turn, record, &request);

	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error;
	error = store_session_drop(turn->flow->store, "request", request_key(turn, record));
	by = json_string_value(json_object_get(request, "by"));
	by = by == NULL ? "" : arena_strdup(turn->flow->arena, by);
	json_decref(request);
	if (error != OK || strcmp(by, turn->sender.phone) == 0)
		return error;
	error = store_person_by_phone(turn->flow->store, turn->flow->arena, by, &person);
	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error;
	turn_towards(turn, &person, &sender, &reply);
	return turn_send(
		turn, "notice", by, state_text(turn, &reply, record), record->row.ref);
}
