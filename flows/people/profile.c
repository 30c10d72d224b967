/* GANTI NO, BERHENTI, MULAI, BAHASA: what a person changes about himself. */
#include "flows/people/profile.h"

#include <string.h>

#include "flows/rules/random.h"
#include "flows/people/pin.h"
#include "flows/turn/handlers.h"
#include "parsers/text/phone.h"
#include "store/message/deadline.h"
#include "store/message/outbox.h"
#include "store/moved.h"

#define MOVE_TRIES    5
#define CODES_PER_DAY 3

static int profile_stop(struct turn *turn)
{
	int error = store_person_set_state(turn->flow->store, turn->sender.phone, "stopped");

	turn_say_plain(turn, MESSAGE_STOPPED);
	return error != OK ? error
			   : turn_audit(turn, "stop", turn->sender.phone, "active", "stopped");
}

/* The code goes to the new number: who answers with it has both. */
static int profile_move_ask(struct turn *turn)
{
	char phone[PHONE_TEXT];
	struct pending pending = {
		.kind = "move", .id = turn->person.id, .slot = turn->sender.phone};
	struct person other;
	int64_t codes;
	int error;

	if (turn->reading->argument == NULL) {
		turn_say_plain(turn, MESSAGE_MOVE_HOW);
		return OK;
	}
	if (!phone_normalise(turn->reading->argument, phone) ||
		!store_outbox_allows(turn->flow->store, phone)) {
		turn_say_plain(turn, MESSAGE_MOVE_BAD);
		return OK;
	}
	error = store_counter_add(
		turn->flow->store, "codes", turn->sender.phone, turn_today(turn), &codes);
	if (error != OK || codes > CODES_PER_DAY) {
		turn_say_plain(turn, MESSAGE_MOVE_MANY);
		return error;
	}
	error = store_person_by_phone(turn->flow->store, turn->flow->arena, phone, &other);
	if (error != ERR_NOT_FOUND) {
		turn_say_plain(turn, MESSAGE_MOVE_BAD);
		return error;
	}
	pending.text = arena_printf(turn->flow->arena, "%06u", (unsigned)random_below(1000000));
	error = pending_add(turn, phone, &pending);
	if (error == OK)
		error = turn_send(turn, "code", phone,
			message_text(turn->flow->catalogue, turn->flow->arena,
				reply_language(&turn->reply), MESSAGE_MOVE_CODE, "code",
				pending.text, "hours",
				arena_printf(turn->flow->arena, "%d",
					(int)turn->flow->settings->question_hours),
				"name",
				reply_title_case(turn->flow->arena, turn->person.name), NULL),
			NULL);
	turn_say(turn, MESSAGE_MOVE_SENT, "phone", arena_strdup(turn->flow->arena, phone));
	return error;
}

static int profile_move(struct turn *turn, const struct pending *pending)
{
	struct person person;
	struct sender sender;
	struct reply_context reply;
	int error =
		store_person_by_phone(turn->flow->store, turn->flow->arena, pending->slot, &person);

	if (error == OK)
		error = pending_drop(turn, turn->sender.phone, "move", pending->id);
	if (error == OK)
		error = store_person_add_phone(turn->flow->store, person.id, turn->sender.phone);
	if (error == OK)
		error = store_person_drop_phone(turn->flow->store, pending->slot);
	if (error == OK)
		error = store_number_moved(turn->flow->store, pending->slot, turn->sender.phone);
	if (error == OK)
		error = turn_audit(
			turn, "move", turn->sender.phone, pending->slot, turn->sender.phone);
	if (error != OK)
		return error;
	turn_towards(turn, &person, &sender, &reply);
	turn_say(turn, MESSAGE_MOVED, "name", reply_title_case(turn->flow->arena, person.name));
	return turn_send(turn, "notice", pending->slot,
		message_text(turn->flow->catalogue, turn->flow->arena, reply_language(&reply),
			MESSAGE_MOVED_OLD, "phone", turn->sender.phone, NULL),
		NULL);
}

static int profile_move_wrong(struct turn *turn, const struct pending *pending)
{
	struct pending again = *pending;

	again.other++;
	turn_say_plain(turn, again.other < MOVE_TRIES ? MESSAGE_MOVE_WRONG : MESSAGE_MOVE_VOID);
	return again.other < MOVE_TRIES
		? pending_add(turn, turn->sender.phone, &again)
		: pending_drop(turn, turn->sender.phone, "move", pending->id);
}

/* Another asked for it: a shorter number is for what the phone itself was asked. */
int profile_code(struct turn *turn, const struct pending *pending, bool only, const char *text,
	bool *done)
{
	*done = strcmp(pending->kind, "move") == 0 && *text != '\0' &&
		text[strspn(text, "0123456789 ")] == '\0' &&
		(only || strlen(text) >= strlen(pending->text));
	if (!*done)
		return OK;
	return strcmp(pending->text, text) == 0 ? profile_move(turn, pending)
						: profile_move_wrong(turn, pending);
}

/* After BERHENTI. */
static int profile_start(struct turn *turn)
{
	int error = OK;

	if (turn_state_is(turn, "stopped")) {
		error = store_person_set_state(turn->flow->store, turn->sender.phone, "active");
		if (error == OK)
			error = turn_audit(
				turn, "return", turn->sender.phone, "stopped", "active");
	}
	turn_say(turn, MESSAGE_WELCOME_BACK, "name",
		reply_title_case(turn->flow->arena, turn->person.name));
	return error;
}

static int profile_language(struct turn *turn)
{
	struct person person = turn->person;
	int changed, error;

	if (turn->reading->argument == NULL) {
		turn_say_plain(turn, MESSAGE_LANGUAGE_HOW);
		return OK;
	}
	person.language = turn->reading->argument;
	error = store_person_put(turn->flow->store, &person, &changed);
	if (error == OK)
		error = turn_audit(turn, "language", turn->sender.phone, turn->person.language,
			person.language);
	turn->sender.language = person.language;
	turn_say_plain(turn, MESSAGE_LANGUAGE_SET);
	return error;
}

int profile_handle(struct turn *turn)
{
	const char *command = turn->reading->command == NULL ? "" : turn->reading->command;

	if (strcmp(command, "mulai") == 0 &&
		(turn->sender.role != ROLE_NONE || turn_state_is(turn, "stopped")))
		return profile_start(turn);
	if (turn->sender.role == ROLE_NONE)
		return unregistered_handle(turn);
	if (strcmp(command, "bahasa") == 0)
		return profile_language(turn);
	if (strcmp(command, "berhenti") == 0)
		return profile_stop(turn);
	if (strcmp(command, "pin") == 0)
		return pin_handle(turn);
	return profile_move_ask(turn);
}
