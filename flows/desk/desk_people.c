/* What an officer decides at a screen: commands as he would text them, answers to the human inbox,
 * people. */
#include "flows/desk/desk.h"

#include <string.h>

#include "flows/reply/reply.h"
#include "flows/rules/scope.h"
#include "flows/turn/handlers.h"
#include "parsers/text/gsm7.h"
#include "store/message/deadline.h"
#include "store/message/inbound.h"
#include "store/message/outbox.h"

/* While the command is read: from what is no phone number it would be an operator's message. */
#define DESK_PHONE "+62810000000000"

static const char *text_of(const json_t *request, const char *key)
{
	const char *text = json_string_value(json_object_get(request, key));

	return text != NULL ? text : "";
}

/* TERIMA, VERIFIKASI, TOLAK, SETUJU, BLOKIR with what belongs to them: the very same rules. */
int desk_command(struct turn *turn, const json_t *request, json_t *answer)
{
	struct flow_message message = {
		.from = turn->person.phone, .to = "", .link = "", .text = text_of(request, "text")};
	int error;

	turn->message = &message;
	turn->sender.phone = DESK_PHONE;
	turn->reading = arena_alloc(turn->flow->arena, sizeof(*turn->reading));
	reader_read(turn->flow->reader, turn->flow->scratch, turn->flow->arena, &turn->read,
		message.text, turn->reading);
	turn->sender.phone = turn->person.phone;
	if (turn->reading->intent != INTENT_SUPERVISE)
		return ERR_SYNTAX;
	error = supervise_handle(turn);
	if (error == ERR_NOT_FOUND && turn->answer != NULL)
		error = OK;
	if (turn->answer != NULL)
		json_object_set_new(answer, "text", json_string(turn->answer));
	/* half of a deed must not stay: the batch is rolled back */
	return error == OK || error <= ERR_STORE_BUSY ? error : ERR_STORE;
}

static int human_of(struct turn *turn, const json_t *request, struct human_row *human)
{
	bool sees;
	int error = store_human_get(turn->flow->store, turn->flow->arena,
		json_integer_value(json_object_get(request, "id")), human);

	if (error == OK)
		error = desk_sees_phone(turn, human->phone, &sees);
	if (error != OK)
		return error;
	if (!sees)
		return ERR_NOT_FOUND;
	return strcmp(human->state, "waiting") == 0 ? OK : ERR_STATE;
}

/* The way back is the link that it came by; "" where that is not known any more. */
static int human_send(struct turn *turn, const struct human_row *human, const char *text)
{
	struct inbound inbound;
	struct outbox out = {.inbound = human->inbound,
		.kind = "human",
		.recipient = human->phone,
		.text = text,
		.state = "waiting",
		.created = turn->flow->now,
		.due = turn->flow->now};
	int error =
		store_inbound_get(turn->flow->store, turn->flow->arena, human->inbound, &inbound);

	if (error == OK)
		out.link = inbound.link;
	else if (error != ERR_NOT_FOUND)
		return error;
	return store_outbox_put(turn->flow->store, &out, NULL);
}

int desk_human_answer(struct turn *turn, const json_t *request, json_t *answer)
{
	const char *text = text_of(request, "text");
	ssize_t septets = gsm7_septets(text);
	struct human_row human;
	int error;

	(void)answer;
	if (text[strspn(text, " \t\r\n")] == '\0' || septets <= 0 || septets > SMS_SEPTETS)
		return ERR_RANGE;
	error = human_of(turn, request, &human);
	if (error == OK)
		error = human_send(turn, &human, text);
	if (error == OK)
		error = store_human_answered(turn->flow->store, human.id);
	return error != OK ? error
			   : turn_audit(turn, "inbox answer", human.phone, "waiting",
				     arena_printf(turn->flow->arena, "message %lld answered",
					     (long long)human.id));
}

int desk_human_close(struct turn *turn, const json_t *request, json_t *answer)
{
	struct human_row human;
	int error = human_of(turn, request, &human);

	(void)answer;
	if (error == OK)
		error = store_human_answered(turn->flow->store, human.id);
	return error != OK ? error
			   : turn_audit(turn, "inbox close", human.phone, "waiting",
				     arena_printf(turn->flow->arena, "message %lld closed",
					     (long long)human.id));
}

/* A person whom this account may approve or refuse. */
static int person_of(struct turn *turn, const json_t *request, struct person *person)
{
	struct sender target;
	int error = store_person_by_phone(
		turn->flow->store, turn->flow->arena, text_of(request, "phone"), person);

	if (error != OK)
		return error;
	person_to_sender(turn->flow, person, &target);
	return target.narea > 0 && scope_approves(&turn->sender, person->role, target.areas[0])
		? OK
		: ERR_NOT_FOUND;
}

int desk_person_state(struct turn *turn, const json_t *request, json_t *answer)
{
	static const char *const states[] = {"active", "stopped", "blocked"};
	const char *state = text_of(request, "state");
	struct person person;
	bool known = false;
	int error;

	(void)answer;
	for (size_t i = 0; i < COUNT_OF(states); i++)
		known |= strcmp(states[i], state) == 0;
	if (!known)
		return ERR_SYNTAX;
	error = person_of(turn, request, &person);
	if (error == OK && strcmp(person.state, "waiting") == 0)
		error = ERR_STATE; /* that is approved, and told */
	if (error == OK)
		error = store_person_set_state(turn->flow->store, person.phone, state);
	return error != OK ? error
			   : turn_audit(turn, "person state", person.phone, person.state, state);
}

int desk_person_move(struct turn *turn, const json_t *request, json_t *answer)
{
	const char *code = text_of(request, "area"), *id = text_of(request, "posyandu");
	const struct area *area = gazetteer_area(turn->flow->places, code);
	const struct posyandu *posyandu = gazetteer_posyandu(turn->flow->places, id);
	struct person person;
	int error = person_of(turn, request, &person);

	(void)answer;
	if (error != OK)
		return error;
	if (posyandu != NULL)
		area = posyandu->area;
	if (area == NULL || (*id != '\0' && posyandu == NULL))
		return ERR_RANGE;
	if (!scope_approves(&turn->sender, person.role, area))
		return ERR_NOT_FOUND;
	error = store_person_move(turn->flow->store, person.phone, area->code,
		posyandu != NULL ? posyandu->id : NULL);
	return error != OK ? error
			   : turn_audit(turn, "person move", person.phone, person.areas,
				     posyandu != NULL ? posyandu->id : area->code);
}
