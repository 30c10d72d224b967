/* Asking later: see later.h. */
#include "flows/remind/later.h"

#include <stdlib.h>

#include "flows/record/pending.h"
#include "parsers/form/form.h"

#define KIND	     "later"
#define HOUR	     3600
#define ANSWER_HOURS 72

static bool waits(const struct record *record)
{
	const struct form *form = record->report.form;

	return form->later != NULL && report_value(&record->report, form->later) == NULL &&
		!record->row.training &&
		(record->report.status == STATUS_ACCEPTED ||
			record->report.status == STATUS_VERIFIED);
}

int later_see(const struct turn *turn, const struct record *before, const struct record *after)
{
	struct deadline deadline = {.kind = KIND,
		.subject = arena_printf(turn->flow->arena, "%lld", (long long)after->row.id),
		.due = turn->flow->now + (int64_t)after->report.form->later_hours * HOUR};

	return !waits(after) || (before != NULL && waits(before))
		? OK
		: store_deadline_put(turn->flow->store, &deadline);
}

int later_ask(const struct turn *turn, const struct record *record, const char *field,
	later_words *words, const void *what)
{
	struct pending pending = {.kind = "correct",
		.id = record->row.id,
		.text = "{}",
		.slot = field,
		.until = turn->flow->now + (int64_t)ANSWER_HOURS * HOUR};
	struct person person;
	struct sender sender;
	struct reply_context reply;
	int error = store_person_by_phone(
		turn->flow->store, turn->flow->arena, record->row.sender, &person);

	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error;
	turn_towards(turn, &person, &sender, &reply);
	error = pending_add(turn, person.phone, &pending);
	if (error != OK)
		return error;
	return turn_send(turn, "notice", person.phone,
		message_text(turn->flow->catalogue, turn->flow->arena, reply_language(&reply),
			MESSAGE_QUESTION, "ref", record->row.ref, "echo",
			reply_echo(&reply, &record->report), "ask",
			words(&reply, &record->report, what), NULL),
		record->row.ref);
}

static const char *missing_words(
	const struct reply_context *reply, const struct report *report, const void *field)
{
	struct problem missing = {.code = PROBLEM_MISSING, .field = field};

	return reply_ask(reply, report, &missing);
}

int later_on_due(const struct turn *turn, const struct deadline *deadline)
{
	struct record record;
	int error = record_load(turn, strtoll(deadline->subject, NULL, 10), &record);

	if (error != OK || !waits(&record))
		return error == ERR_NOT_FOUND ? OK : error;
	return later_ask(turn, &record, record.report.form->later, missing_words,
		record.report.form->later);
}
