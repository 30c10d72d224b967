/* Somebody needs help now: the desa told decides who is alerted, the answer names only those. */
#include "flows/talk/emergency.h"

#include <ctype.h>
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

/* The place that was told, for what is written behind it; "": none so far. */
static int open_put(const struct turn *turn, const struct area *place)
{
	return store_session_put(turn->flow->store, KIND, turn->sender.phone,
		place == NULL ? "" : place->code, turn->flow->now + OPEN_SECONDS);
}

/* place: what was told; NULL: nothing, and whoever is near the sender is alerted. */
static int pass_on(struct turn *turn, const struct area *place, bool told_what, bool more)
{
	const struct area *told = place;
	const struct area *near = place;
	const char *phones;
	bool now;
	int error;

	if (near == NULL && several_desa(turn))
		near = turn->sender.role == ROLE_BIDAN ? turn->sender.areas[0]
						       : common(&turn->sender);
	else if (near == NULL)
		near = place = turn_place(turn);
	error = more ? alert_emergency_more(turn, near, place, &phones, &now)
		     : alert_emergency(turn, near, place, &phones, &now);
	if (error == OK)
		error = open_put(turn, told);
	if (error != OK)
		return error;
	turn->cried = more && now;
	if (*phones == '\0' && near == NULL)
		turn_say_plain(turn, MESSAGE_EMERGENCY_WHERE);
	else if (*phones == '\0')
		turn_say_plain(turn, MESSAGE_EMERGENCY_NOBODY);
	else if (!now)
		turn_say(turn, MESSAGE_EMERGENCY_LATER, "phones", phones);
	else if (place == NULL || !told_what)
		turn_say(turn, MESSAGE_EMERGENCY_WHAT, "phones", phones);
	else
		turn_say(turn, MESSAGE_EMERGENCY, "phones", phones, "place",
			reply_place(&turn->reply, place->code));
	return OK;
}

/* Where the cry of this hour was, for whoever has no desa of his own. */
static int open_place(const struct turn *turn, const struct area **place)
{
	const char *code;
	int error = turn->sender.narea > 0
		? ERR_NOT_FOUND
		: store_session_get(turn->flow->store, turn->flow->arena, KIND,
			  turn->sender.phone, turn->flow->now, &code);

	*place = error == OK ? gazetteer_area(turn->flow->places, code) : NULL;
	return error == ERR_NOT_FOUND ? OK : error;
}

/* More than TOLONG or 119: "perdarahan" says what happens. */
static bool tells_what(const struct turn *turn)
{
	const char *command = turn->reading->command, *at = turn->message->text;

	if (command == NULL || strcmp(command, "nilai") != 0)
		return command == NULL;
	while (*at != '\0' && !isalpha((unsigned char)*at))
		at++;
	return *at != '\0';
}

int emergency_handle(struct turn *turn)
{
	const struct area *place = turn->reading->place;
	int error = human_put_only(turn);

	if (error == OK && place == NULL)
		error = open_place(turn, &place);
	return error != OK ? error
			   : pass_on(turn, place, tells_what(turn), false);
}

int emergency_go_on(struct turn *turn, bool *done)
{
	const struct area *known, *place;
	struct reading *reading;
	const char *data;
	int error = store_session_get(turn->flow->store, turn->flow->arena, KIND,
		turn->sender.phone, turn->flow->now, &data);

	*done = turn->of_cry = error == OK;
	if (error == OK)
		error = human_put_only(turn);
	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error;
	known = gazetteer_area(turn->flow->places, data);
	reading = arena_alloc(turn->flow->arena, sizeof(*reading));
	reader_read(turn->flow->reader, turn->flow->scratch, turn->flow->arena, &turn->read,
		arena_printf(turn->flow->arena, "darurat di %s", turn->message->text), reading);
	place = reading->intent == INTENT_EMERGENCY ? reading->place : NULL;
	if (place == NULL)
		place = reader_place(turn->flow->reader, turn->flow->scratch, turn->flow->arena,
			&turn->read, turn->message->text);
	if (place == NULL)
		place = known;
	return pass_on(turn, place, true, true);
}
