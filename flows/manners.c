/* Never in a loop with a machine, never more answers than is decent. */
#include <stdio.h>
#include <string.h>

#include "flows/handlers.h"
#include "flows/report_json.h"
#include "parsers/phone.h"
#include "parsers/text.h"
#include "store/deadline.h"

static bool own_number(const struct turn *turn)
{
	const struct flow_settings *settings = turn->flow->settings;

	for (size_t i = 0; i < settings->nown; i++) {
		if (strcmp(settings->own[i], turn->sender.phone) == 0)
			return true;
	}
	return turn->message->to != NULL && strcmp(turn->message->to, turn->sender.phone) == 0;
}

/* How often this text came from this sender within the window, this time included. */
static int repeats_count(struct turn *turn)
{
	const char *folded = text_fold(turn->flow->arena, turn->message->text), *data;
	json_t *old = NULL;
	int64_t since = turn->flow->now;
	int error = store_session_get(turn->flow->store, turn->flow->arena, "repeat", turn->sender.phone,
		turn->flow->now, &data);

	turn->repeats = 1;
	if (error != OK && error != ERR_NOT_FOUND)
		return error;
	if (error == OK)
		old = json_loads(data, 0, NULL);
	if (old != NULL && json_is_string(json_object_get(old, "text"))
	    && strcmp(json_string_value(json_object_get(old, "text")), folded) == 0) {
		turn->repeats = (int)json_integer_value(json_object_get(old, "times")) + 1;
		since = json_integer_value(json_object_get(old, "since"));
	}
	json_decref(old);
	return store_session_put(turn->flow->store, "repeat", turn->sender.phone, json_to_arena(turn->flow->arena,
		json_pack("{s:s,s:i,s:I}", "text", folded, "times", turn->repeats, "since", (json_int_t)since)),
		since + turn->flow->settings->repeat_seconds);
}

int manners_check(struct turn *turn, enum manners *manners)
{
	const struct flow_settings *settings = turn->flow->settings;
	int64_t mine, all;
	int error;

	*manners = MANNERS_IGNORE;
	if (turn->sender.phone == NULL || phone_is_service(turn->sender.phone) || own_number(turn))
		return OK;
	*manners = MANNERS_ANSWER;
	error = repeats_count(turn);
	if (error == OK)
		error = store_counter_add(turn->flow->store, "replies", turn->sender.phone, turn_today(turn), &mine);
	if (error == OK)
		error = store_counter_add(turn->flow->store, "replies", "", turn_today(turn), &all);
	if (error != OK)
		return error;
	if (mine > settings->replies_per_sender_per_day || all > settings->replies_per_day)
		*manners = MANNERS_SILENT;
	else if (turn->repeats >= settings->repeat_times)
		*manners = MANNERS_REPEAT;
	else if (mine == settings->replies_per_sender_per_day)
		*manners = MANNERS_LIMIT;
	return OK;
}
