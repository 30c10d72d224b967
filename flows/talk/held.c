/* Kept unread: see held.h. */
#include "flows/talk/held.h"

#include "flows/report/loop.h"
#include "flows/talk/inbox.h"
#include "flows/turn/turn.h"
#include "store/message/deadline.h"

#define KIND	"held"
#define SECONDS 3600 /* one answer in it */

int held_keep(struct flow *flow, const struct flow_message *message)
{
	struct turn *turn = arena_alloc(flow->arena, sizeof(*turn));
	const char *data;
	bool may;
	int error = turn_begin(turn, flow, message->from);

	turn->message = message;
	if (error == OK)
		error = human_put(turn);
	if (error == OK)
		error = store_session_get(
			flow->store, flow->arena, KIND, message->from, flow->now, &data);
	if (error != ERR_NOT_FOUND)
		return error;
	error = loop_chat(turn, &may);
	if (error != OK || !may)
		return error;
	turn_say_plain(turn, MESSAGE_APOLOGY);
	error = turn_answer(turn);
	return error != OK ? error : store_session_put(flow->store, KIND, message->from, "{}",
						flow->now + SECONDS);
}

static int tell(const struct turn *turn, const char *phone, const struct held *held)
{
	struct person person = {.phone = phone, .language = "id"};
	struct moment until = moment_local(held->until, turn->flow->settings->timezone);
	enum message_id id = held->phone ? MESSAGE_OPERATOR_PHONE
		: held->all              ? MESSAGE_OPERATOR_ALL
					 : MESSAGE_OPERATOR_STRANGERS;
	struct sender sender;
	struct reply_context reply;
	int error = store_person_by_phone(turn->flow->store, turn->flow->arena, phone, &person);

	if (error != OK && error != ERR_NOT_FOUND)
		return error;
	turn_towards(turn, &person, &sender, &reply);
	return turn_send(turn, "alert", phone,
		message_text(turn->flow->catalogue, turn->flow->arena, reply_language(&reply), id,
			"count", arena_printf(turn->flow->arena, "%u", held->deaths), "phone",
			held->phone ? held->phone : "", "time",
			arena_printf(turn->flow->arena, "%02d.%02d", until.hour, until.minute),
			NULL),
		NULL);
}

int held_tell(struct flow *flow, const struct held *held)
{
	const struct flow_settings *settings = flow->settings;
	struct turn *turn = arena_alloc(flow->arena, sizeof(*turn));
	int error = turn_begin(turn, flow, NULL);

	for (size_t i = 0; error == OK && i < settings->noperator; i++)
		error = tell(turn, settings->operator[i], held);
	if (error == OK)
		error = turn_audit(turn, "kept unread",
			held->phone ? held->phone : held->all ? "all" : "strangers", NULL,
			arena_printf(flow->arena, "%u", held->deaths));
	return error;
}
