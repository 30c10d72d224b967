/* DAFTAR: who wants to report, from where; waits for the supervisor of the place. */
#include <string.h>

#include "flows/alert/plain.h"
#include "flows/alert/recipients.h"
#include "flows/record/pending.h"
#include "flows/people/approve.h"
#include "flows/turn/handlers.h"

static unsigned approvers_of(const char *role)
{
	switch ((enum role)role_by_name(role)) {
	case ROLE_BIDAN:
		return TO_PUSKESMAS;
	case ROLE_PUSKESMAS:
		return TO_DINKES;
	case ROLE_DINKES:
	case ROLE_PROVINSI:
		return TO_PROVINSI;
	default:
		return TO_BIDAN | TO_PUSKESMAS;
	}
}

static const struct area *area_of(const struct turn *turn, const char *code)
{
	const struct puskesmas *puskesmas = gazetteer_puskesmas(turn->flow->places, code);

	if (puskesmas != NULL)
		return puskesmas->narea > 0 ? puskesmas->areas[0] : NULL;
	return gazetteer_area(turn->flow->places, code);
}

static int tell_approvers(struct turn *turn, const struct person *person)
{
	struct recipients to;
	int error = recipients_find(
		turn, area_of(turn, person->areas), approvers_of(person->role), &to);

	for (size_t i = 0; error == OK && i < to.count; i++) {
		struct sender sender;
		struct reply_context reply;

		turn_towards(turn, &to.list[i].person, &sender, &reply);
		error = turn_send(turn, "notice", to.list[i].person.phone,
			message_text(turn->flow->catalogue, turn->flow->arena,
				reply_language(&reply), MESSAGE_REGISTER_ASK, "name",
				reply_title_case(turn->flow->arena, person->name), "role",
				reply_word(&reply, "role", person->role, person->role), "place",
				person_place(&reply, person), "phone", person->phone, NULL),
			NULL);
	}
	return error;
}

static bool equal(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

/* The same wish again: whoever approves has been told already. */
static bool waits_already(const struct turn *turn, const struct person *wish)
{
	return turn_state_is(turn, "waiting") && equal(turn->person.role, wish->role) &&
		equal(turn->person.areas, wish->areas) &&
		equal(turn->person.posyandu, wish->posyandu);
}

static int register_put(struct turn *turn, const char *name)
{
	struct person person = {.phone = turn->sender.phone,
		.name = name,
		.role = turn->reading->registration.role,
		.areas = turn->reading->registration.area,
		.posyandu = turn->reading->registration.posyandu,
		.language = "id",
		.state = "waiting"};
	const struct posyandu *posyandu = person.posyandu == NULL ? NULL
		: gazetteer_posyandu(turn->flow->places, person.posyandu);
	int changed, error;
	bool again, waits = turn_state_is(turn, "waiting");
	bool renamed = !equal(turn->person.name, name);

	if (person.areas == NULL && posyandu != NULL)
		person.areas = posyandu->area->code;
	again = waits_already(turn, &person);
	error = store_person_put(turn->flow->store, &person, &changed);
	if (error == OK)
		error = turn_audit(turn, "register", person.phone, NULL,
			arena_printf(turn->flow->arena, "%s %s", person.role, person.areas));
	if (error == OK && (!again || renamed))
		error = approve_changed(turn, person.phone, waits);
	if (error == OK && !again)
		error = tell_approvers(turn, &person);
	turn_say(turn, MESSAGE_REGISTER_WAITS, "name",
		reply_title_case(turn->flow->arena, person.name), "role",
		reply_word(&turn->reply, "role", person.role, person.role), "place",
		person_place(&turn->reply, &person));
	return error;
}

/* A place that could be several: a numbered question, and the same message again with the choice.
 * One that is near what was written is said and asked. */
static int ask_place(struct turn *turn, const struct problem *problem)
{
	struct pending pending = {.kind = "again", .slot = problem->field,
		.text = turn_text(turn)};
	const char *label = reply_label(&turn->reply, NULL, problem->field);

	if (problem->noption == 0) {
		turn_say(turn, MESSAGE_REGISTER_PLACE, "label", label);
		return OK;
	}
	for (size_t i = 0; i < problem->noption; i++)
		pending.options[pending.noption++] = problem->options[i].value;
	if (problem->noption == 1)
		turn_say(turn, MESSAGE_REGISTER_NEAR, "raw",
			plain_words(turn->flow->arena,
				reply_title_case(turn->flow->arena, problem->raw),
				turn->sender.phone),
			"place", problem->options[0].label);
	else
		turn_say(turn, MESSAGE_REGISTER_WHICH, "label", label, "options",
			reply_options(&turn->reply, problem->options, problem->noption));
	return pending_add(turn, turn->sender.phone, &pending);
}

int register_handle(struct turn *turn)
{
	const struct reading *reading = turn->reading;
	const char *name = "";
	int error;

	if (turn_state_is(turn, "stopped")) {
		error = store_person_set_state(turn->flow->store, turn->sender.phone, "active");
		turn_say(turn, MESSAGE_WELCOME_BACK, "name",
			reply_title_case(turn->flow->arena, turn->person.name));
		return error != OK
			? error
			: turn_audit(turn, "return", turn->sender.phone, "stopped", "active");
	}
	if (turn_state_is(turn, "active") && turn->sender.role != ROLE_NONE) {
		turn_say(turn, MESSAGE_REGISTER_ALREADY, "name",
			reply_title_case(turn->flow->arena, turn->person.name), "role",
			reply_word(&turn->reply, "role", turn->person.role, turn->person.role),
			"place", person_place(&turn->reply, &turn->person));
		return OK;
	}
	for (size_t i = 0; i < reading->nproblem; i++) {
		if (reading->problems[i].code == PROBLEM_AMBIGUOUS ||
			reading->problems[i].code == PROBLEM_PLACE)
			return ask_place(turn, &reading->problems[i]);
	}
	if (reading->registration.name != NULL) /* officers read it: no links, no numbers */
		name = plain_name(turn->flow->arena, reading->registration.name);
	if (reading->registration.role == NULL || *name == '\0' ||
		(reading->registration.area == NULL && reading->registration.posyandu == NULL)) {
		turn_say_plain(turn, MESSAGE_REGISTER_HOW);
		return OK;
	}
	return register_put(turn, name);
}
