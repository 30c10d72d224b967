/* A report's open questions: see questions.h. */
#include "flows/change/questions.h"

#include <string.h>

#include "flows/record/pending.h"
#include "store/message/deadline.h"

static const char *kind_of(const struct record *record)
{
	if (record->link == LINK_SAME && !record_gone(record))
		return record_is_nihil(record) ? NULL : "duplicate"; /* none is none */
	if (record->link == LINK_REPLACES && !record_gone(record))
		return "replace";
	return record_open(record) ? "report" : NULL;
}

static int expiry(const struct turn *turn, const struct record *record, bool waits)
{
	struct deadline deadline = {.kind = "question",
		.subject = arena_printf(turn->flow->arena, "%lld", (long long)record->row.id),
		.due = turn->flow->now + turn->flow->settings->question_hours * 3600};

	return waits ? store_deadline_put(turn->flow->store, &deadline)
		     : store_deadline_drop(turn->flow->store, "question", deadline.subject);
}

int questions_follow(const struct turn *turn, const struct record *record)
{
	static const char *const kinds[] = {"report", "duplicate", "replace"};
	const char *kind = kind_of(record);
	struct pending pending = {
		.kind = kind, .id = record->row.id, .other = record->row.original};
	struct report_row head;
	int error = OK;

	for (size_t i = 0; error == OK && record->row.version > 1 && i < COUNT_OF(kinds); i++) {
		if (kind == NULL || strcmp(kinds[i], kind) != 0)
			error = pending_drop(turn, record->row.sender, kinds[i], record->row.id);
	}
	if (error == OK && kind != NULL && record->link == LINK_REPLACES) {
		error = store_report_get(
			turn->flow->store, turn->flow->arena, pending.other, &head);
		pending.version = error == OK ? head.version : 0;
	}
	if (error == OK && kind != NULL)
		error = pending_add(turn, record->row.sender, &pending);
	if (error != OK || (kind == NULL && record->row.version == 1))
		return error;
	return expiry(turn, record, kind != NULL && strcmp(kind, "report") == 0);
}

int questions_tell(const struct turn *turn, const struct record *record, enum message_id id,
	const char *other)
{
	struct person person;
	struct sender sender;
	struct reply_context reply;
	int error;

	if (record->row.training || (turn->sender.phone != NULL &&
					    strcmp(turn->sender.phone, record->row.sender) == 0))
		return OK;
	error = store_person_by_phone(
		turn->flow->store, turn->flow->arena, record->row.sender, &person);
	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error;
	turn_towards(turn, &person, &sender, &reply);
	return turn_send(turn, "notice", record->row.sender,
		message_text(turn->flow->catalogue, turn->flow->arena, reply_language(&reply), id,
			"ref", record->row.ref, "echo", reply_echo(&reply, &record->report), "old",
			other == NULL ? "" : other, NULL),
		record->row.ref);
}
