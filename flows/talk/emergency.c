/* Somebody needs help now: the desa told decides who is alerted, the answer names only those. */
#include "flows/talk/emergency.h"

#include <string.h>

#include "flows/alert/alert.h"
#include "flows/talk/inbox.h"
#include "flows/turn/handlers.h"
#include "store/message/deadline.h"

#define KIND	     "emergency"
#define OPEN_SECONDS 3600 /* so long what is written next is about it */

/* Who has several desa says which. */
static bool several_desa(const struct turn *turn)
{
	return turn->sender.role != ROLE_NONE && turn->sender.posyandu == NULL &&
		turn->sender.narea > 1;
}

/* What several desa of one sender share. */
static const struct area *common(const struct sender *sender)
{
	const struct area *area = sender->areas[0];

	for (size_t i = 1; i < sender->narea; i++) {
		while (area != NULL && !area_within(sender->areas[i], area))
			area = area->parent;
	}
	return area;
}

static int open_put(const struct turn *turn)
{
	return store_session_put(turn->flow->store, KIND, turn->sender.phone, "{}",
		turn->flow->now + OPEN_SECONDS);
}

/* place: what was told; NULL: nothing, and whoever is near the sender is alerted. */
static int pass_on(struct turn *turn, const struct area *place, bool told_what)
{
	const struct area *near = place;
	const char *phones;
	int error;

	if (near == NULL && several_desa(turn))
		near = turn->sender.role == ROLE_BIDAN ? turn->sender.areas[0]
						       : common(&turn->sender);
	else if (near == NULL)
		near = place = turn_place(turn);
	error = alert_emergency(turn, near, place, &phones);
	if (error == OK)
		error = open_put(turn);
	if (error != OK)
		return error;
	if (*phones == '\0' && near == NULL)
		turn_say_plain(turn, MESSAGE_EMERGENCY_WHERE);
	else if (*phones == '\0')
		turn_say_plain(turn, MESSAGE_EMERGENCY_NOBODY);
	else if (place == NULL || !told_what)
		turn_say(turn, MESSAGE_EMERGENCY_WHAT, "phones", phones);
	else
		turn_say(turn, MESSAGE_EMERGENCY, "phones", phones, "place",
			reply_place(&turn->reply, place->code));
	return OK;
}

int emergency_handle(struct turn *turn)
{
	int error = human_put_only(turn);

	return error != OK
		? error
		: pass_on(turn, turn->reading->place, turn->reading->command == NULL);
}

int emergency_go_on(struct turn *turn, bool *done)
{
	struct reading *reading;
	const char *data;
	int error = store_session_get(turn->flow->store, turn->flow->arena, KIND,
		turn->sender.phone, turn->flow->now, &data);

	*done = error == OK;
	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error;
	reading = arena_alloc(turn->flow->arena, sizeof(*reading));
	reader_read(turn->flow->reader, turn->flow->scratch, turn->flow->arena, &turn->read,
		arena_printf(turn->flow->arena, "darurat di %s", turn->message->text), reading);
	return pass_on(turn, reading->intent == INTENT_EMERGENCY ? reading->place : NULL, true);
}
