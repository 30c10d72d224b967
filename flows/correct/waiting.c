/* What waits for the decision of an officer: see waiting.h. */
#include "flows/correct/waiting.h"

#include <stdlib.h>
#include <string.h>

#include "flows/alert/alert.h"
#include "flows/alert/alert_words.h"
#include "flows/correct/move.h"
#include "flows/correct/request.h"
#include "flows/people/approve.h"
#include "flows/record/record_scope.h"
#include "flows/rules/scope.h"
#include "flows/turn/handlers.h"
#include "parsers/form/form.h"
#include "store/message/deadline.h"

struct waits {
	size_t count;
	const char *list; /* "M2408-0001 Sarmi, L2408-0003 Siti"; "" */
	const char *ref;  /* of the first; "" */
	const char *text; /* the question about it; NULL */
};

#define WAITS_LISTED 9
#define IDS_MOST     512 /* wishes that wait anywhere, and are looked at */

struct ids {
	int64_t list[IDS_MOST];
	size_t count;
};

static void id_take(const char *key, const char *data, int64_t expires, void *context)
{
	struct ids *ids = context;

	(void)data;
	(void)expires;
	if (ids->count < IDS_MOST)
		ids->list[ids->count++] = strtoll(key, NULL, 10);
}

/* text: the question about it, of which only the first is needed. */
static void wait_put(const struct turn *turn, const char *ref, const char *who, const char *text,
	struct waits *out)
{
	if (out->count++ == 0) {
		out->ref = arena_strdup(turn->flow->arena, ref);
		out->text = text;
	}
	if (out->count <= WAITS_LISTED)
		out->list = arena_printf(turn->flow->arena, "%s%s%s %s", out->list,
			*out->list != '\0' ? ", " : "", ref, who);
}

static void wait_add(const struct turn *turn, const struct record *record, const char *text,
	struct waits *out)
{
	wait_put(turn, record->row.ref, alert_initials(turn->flow->arena, &record->report), text,
		out);
}

static int move_add(
	struct turn *turn, const struct move_wait *wait, const char *text, void *context)
{
	wait_put(turn, wait->ref, reply_title_case(turn->flow->arena, wait->name), text, context);
	return OK;
}

static int wish_add(struct turn *turn, int64_t id, struct waits *out)
{
	struct record *record = arena_alloc(turn->flow->arena, sizeof(*record));
	const char *kind, *by;
	json_t *request;
	int error = record_load(turn, id, record);

	if (error != OK || record_gone(record) || !scope_checks(turn, record))
		return error == ERR_NOT_FOUND ? OK : error;
	error = request_load(turn, record, &request);
	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error; /* its time is over */
	kind = json_string_value(json_object_get(request, "kind"));
	by = json_string_value(json_object_get(request, "by"));
	if (kind != NULL && by != NULL)
		wait_add(turn, record,
			request_text(turn, &turn->reply, record, kind,
				json_object_get(request, "changes"), by), out);
	json_decref(request);
	return OK;
}

static int held_add(struct turn *turn, const struct area *area, struct waits *out)
{
	struct report_filter filter = {.status = status_name(STATUS_HELD),
		.area_prefix = area->code};
	struct report_row *rows = arena_alloc(turn->flow->arena, WAITS_LISTED * sizeof(*rows));
	struct record *record = arena_alloc(turn->flow->arena, sizeof(*record));
	size_t count = 0;
	int error = store_report_find(
		turn->flow->store, turn->flow->arena, &filter, rows, WAITS_LISTED, &count);

	for (size_t i = 0; error == OK && i < count; i++) {
		error = record_of_row(turn, &rows[i], record);
		if (error == OK && scope_checks(turn, record))
			wait_add(turn, record,
				message_text(turn->flow->catalogue, turn->flow->arena,
					reply_language(&turn->reply), MESSAGE_HELD_ASK, "ref",
					record->row.ref, "echo",
					reply_echo(&turn->reply, &record->report), "place",
					reply_place(&turn->reply, record->row.area), "who",
					alert_who(turn, &turn->reply, record->row.sender), NULL),
				out);
	}
	return error;
}

static int waits_find(struct turn *turn, struct waits *out)
{
	struct ids *ids = arena_alloc(turn->flow->arena, sizeof(*ids));
	const struct sender *sender = &turn->sender;
	int error;

	*out = (struct waits){.list = "", .ref = ""};
	error = store_session_each(turn->flow->store, "request", id_take, ids);
	for (size_t i = 0; error == OK && i < ids->count; i++)
		error = wish_add(turn, ids->list[i], out);
	if (error == OK)
		error = move_each(turn, move_add, out);
	for (size_t i = 0; error == OK && i < sender->narea; i++)
		error = held_add(turn, sender->areas[i], out);
	for (size_t i = 0; error == OK && sender->puskesmas != NULL &&
		i < sender->puskesmas->narea; i++)
		error = held_add(turn, sender->puskesmas->areas[i], out);
	return error;
}

/* A registration alone is decided at once. Where nothing waits, his own report may: "Batalkan ...?
 * Balas YA". */
static int decide_person(struct turn *turn, const char *command, const char *people)
{
	bool done = false;
	int error = *people == '\0' ? answer_ask_again(turn, &done) : OK;

	return error != OK || done ? error : approve(turn, strcmp(command, "setuju") == 0, NULL);
}

int waits_decide(struct turn *turn, const char *command)
{
	struct waits waits;
	const char *people = "";
	int error = waits_find(turn, &waits);

	if (error == OK)
		error = approve_waiting(turn, &people);
	if (error != OK)
		return error;
	if (waits.count == 0)
		return decide_person(turn, command, people);
	if (waits.count == 1 && *people == '\0')
		turn->answer = waits.text;
	else
		turn_say(turn, MESSAGE_APPROVE_WAITS, "list",
			arena_printf(turn->flow->arena, "%s%s%s", waits.list,
				*people != '\0' ? ", " : "", people),
			"code", reply_upper(arena_strdup(turn->flow->arena, command)), "ref",
			waits.ref);
	return OK;
}
