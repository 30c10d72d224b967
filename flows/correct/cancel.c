/* BATAL: asks first, takes the report out of the counts, and tells everyone who was alerted of a
 * death. */
#include "flows/correct/cancel.h"

#include <string.h>

#include "flows/alert/alert.h"
#include "flows/correct/request.h"
#include "flows/record/find_ref.h"
#include "flows/record/record_scope.h"
#include "flows/record/own.h"
#include "flows/report/report.h"
#include "flows/rules/scope.h"
#include "flows/turn/handlers.h"

int cancel_do(struct turn *turn, const struct record *record)
{
	struct change *change = change_new(turn, WANT_CANCEL, record);
	int error = report_change(turn, change);

	return error != OK || change->untold == NULL
		? error
		: request_put(turn, change->untold, REQUEST_CANCEL, NULL);
}

/* Asked, or waits for who may: by how the report is now. */
static int cancel_ask(struct turn *turn, const struct record *record)
{
	struct pending pending = {
		.kind = "cancel", .id = record->row.id, .version = record->row.version};
	const struct record *seen;
	int error = own_seen(turn, record, &seen);

	if (error != OK)
		return error;
	record_about(turn, record);
	if (record->report.status == STATUS_CANCELLED) {
		turn_say(turn, MESSAGE_CANCEL_AGAIN, "ref", record->row.ref);
		return OK;
	}
	if (record_gone(record))
		return record_say_state(turn, record);
	if (!scope_changes(turn, record, record_is_death(record))) {
		turn_say(turn, MESSAGE_CANCEL_WAITS, "ref", record->row.ref);
		return request_put(turn, record, "cancel", NULL);
	}
	turn_say(turn, MESSAGE_CANCEL_ASK, "ref", record->row.ref, "echo",
		reply_echo(&turn->reply, &seen->report));
	return pending_add(turn, turn->sender.phone, &pending);
}

int cancel_handle(struct turn *turn)
{
	const struct problem *problem = &turn->reading->problems[0];
	struct record record;
	bool retired;
	int error;

	if (turn->reading->nproblem > 0 && problem->code == PROBLEM_REF) {
		error = find_retired(turn, problem, &retired);
		if (error != OK || retired)
			return error;
		turn_say(turn, MESSAGE_REF_UNKNOWN, "ref",
			reply_upper(arena_strdup(
				turn->flow->arena, problem->raw)));
		return OK;
	}
	error = find_ref(turn, turn->reading->ref, &record);

	if (error != OK)
		return error == ERR_NOT_FOUND || error == ERR_AMBIGUOUS ? OK : error;
	return cancel_ask(turn, &record);
}

int cancel_again(struct turn *turn, const struct pending *pending, bool *done)
{
	struct record record;
	int error = record_load(turn, pending->id, &record);

	*done = error == OK && !record_gone(&record);
	return *done ? cancel_ask(turn, &record) : error;
}

int cancel_answer(struct turn *turn, const struct pending *pending, bool yes)
{
	const struct record *seen;
	struct record record;
	int error = record_load(turn, pending->id, &record);

	if (error == OK)
		error = own_seen(turn, &record, &seen);
	if (error == OK)
		error = pending_drop(turn, turn->sender.phone, "cancel", pending->id);
	if (error != OK)
		return error;
	record_about(turn, &record);
	if (record_gone(&record)) /* by somebody else, meanwhile */
		return record_say_state(turn, &record);
	if (!yes) {
		turn_say(turn, MESSAGE_KEPT, "ref", record.row.ref, "echo",
			reply_echo(&turn->reply, &seen->report));
		return OK;
	}
	if ((pending->version != 0 && pending->version != record.row.version) ||
		!scope_changes(turn, &record, record_is_death(&record)))
		return cancel_ask(turn, &record); /* it is not what was asked about */
	turn_say(turn, MESSAGE_CANCELLED, "ref", record.row.ref, "echo",
		reply_echo(&turn->reply, &seen->report));
	error = cancel_do(turn, &record);
	return error != OK ? error : alert_owner(turn, &record, NULL);
}
