/* SETUJU and TOLAK of a change that waits: see request_decide.h. */
#include "flows/correct/request_decide.h"

#include <stdlib.h>
#include <string.h>

#include "flows/alert/alert.h"
#include "flows/correct/cancel.h"
#include "flows/correct/correct.h"
#include "flows/correct/replace.h"
#include "flows/correct/request.h"
#include "store/message/deadline.h"

/* What was decided, in the words of the asker and of the verifier alike. */
static const char *decided_text(const struct turn *turn, const struct reply_context *reply,
	const struct record *record, const char *kind, const char *words)
{
	if (strcmp(kind, REQUEST_CANCEL) == 0)
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
			  alert_who(turn, &reply, turn->sender.phone), "reason",
			  reply_capital(arena_strdup(turn->flow->arena, reason)), NULL);
	return turn_send(turn, "notice", phone, text, record->row.ref);
}

static int refuse(struct turn *turn, const struct record *record, const char *by, const char *kind,
	const char *reason)
{
	int error = turn_audit(turn, "request refused", record->row.ref, kind, reason);

	turn_say(turn, MESSAGE_KEPT, "ref", record->row.ref, "echo",
		reply_echo(&turn->reply, &record->report));
	if (error == OK && record_is_death(record) && strcmp(kind, REQUEST_CORRECT) == 0)
		error = alert_left(turn, record); /* alarmed where it was said to be */
	return error != OK ? error : tell_asker(turn, by, record, kind, "", reason);
}

static int grant_correction(
	struct turn *turn, const struct record *record, json_t *changes, bool *done)
{
	const char *words = request_words(&turn->reply, record, changes);
	int error = correct_apply(turn, record, changes, done);

	if (error == OK && *done)
		turn->answer = decided_text(turn, &turn->reply, record, "correct", words);
	return error;
}

/* *done false: it cannot be done as things are now, and the answer says why. */
static int grant(struct turn *turn, struct record *record, const char *kind, json_t *changes,
	bool *done)
{
	const char *id = json_string_value(json_object_get(changes, REQUEST_BY));

	*done = true;
	if (strcmp(kind, REQUEST_REPLACE) == 0)
		return replace_do(turn, record, id == NULL ? 0 : strtoll(id, NULL, 10));
	if (strcmp(kind, REQUEST_CANCEL) != 0)
		return grant_correction(turn, record, changes, done);
	turn->answer = decided_text(turn, &turn->reply, record, kind, "");
	return cancel_do(turn, record);
}

/* The same question again, with the report as it is now. */
static int ask_anew(struct turn *turn, const struct record *record, json_t *request)
{
	const char *kind = json_string_value(json_object_get(request, "kind"));
	const char *by = json_string_value(json_object_get(request, "by"));
	json_t *changes = json_object_get(request, "changes");
	json_t *shown = json_deep_copy(json_object_get(request, "shown"));
	const char *stored;

	if (shown != NULL)
		json_array_append_new(shown, json_string(turn->sender.phone));
	turn->answer = request_text(turn, &turn->reply, record, kind, changes, by);
	return request_store(turn, record, kind, by, changes, shown, &stored);
}

/* It took the place of another wish: he may mean that one. */
static bool unseen(const struct turn *turn, json_t *request)
{
	json_t *shown = json_object_get(request, "shown"), *phone;
	size_t i;

	json_array_foreach(shown, i, phone) {
		if (strcmp(json_string_value(phone), turn->sender.phone) == 0)
			return false;
	}
	return shown != NULL;
}

static int tell_granted(struct turn *turn, const struct record *record, const char *by,
	const char *kind, json_t *changes)
{
	const char *words = strcmp(kind, REQUEST_CANCEL) == 0
		? ""
		: request_words(&turn->reply, record, changes);
	int error = OK;

	if (strcmp(kind, REQUEST_REPLACE) == 0)
		return OK; /* told with the replacing */
	if (strcmp(by, record->row.sender) != 0)
		error = alert_owner(turn, record,
			strcmp(kind, REQUEST_CANCEL) == 0 ? NULL : words);
	if (error != OK)
		return error;
	return tell_asker(turn, by, record, kind, words, NULL);
}

static int decide(struct turn *turn, struct record *record, json_t *request, bool yes,
	const char *reason)
{
	const char *kind = json_string_value(json_object_get(request, "kind"));
	const char *by = json_string_value(json_object_get(request, "by"));
	json_t *changes = json_object_get(request, "changes");
	json_int_t version = json_integer_value(json_object_get(request, "version"));
	bool done = false;
	int error;

	if (kind == NULL || by == NULL)
		return ERR_SYNTAX;
	if (record_gone(record)) {
		error = record_say_state(turn, record);
		return error != OK ? error : request_drop(turn, record);
	}
	if (yes && ((version != 0 && version != record->row.version) || unseen(turn, request)))
		return ask_anew(turn, record, request);
	error = yes ? grant(turn, record, kind, changes, &done)
		    : refuse(turn, record, by, kind, reason == NULL ? "" : reason);
	if (error == OK && yes && done)
		error = tell_granted(turn, record, by, kind, changes);
	if (error != OK || (yes && !done))
		return error;
	return store_session_drop(turn->flow->store, "request", request_key(turn, record));
}

int request_decide(struct turn *turn, struct record *record, bool yes, const char *reason)
{
	json_t *request;
	int error = request_load(turn, record, &request);

	if (error != OK)
		return error;
	record_about(turn, record);
	error = decide(turn, record, request, yes, reason);
	json_decref(request);
	return error;
}
