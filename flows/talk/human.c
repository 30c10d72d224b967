/* Chat and questions go to people; help comes from the forms. */
#include "flows/query/query_then.h"
#include "flows/reply/reply_asked.h"
#include "flows/talk/checkup_sms.h"
#include "flows/talk/emergency.h"
#include "flows/talk/inbox.h"
#include "flows/turn/handlers.h"
#include "store/message/deadline.h"

static bool is_empty(const struct reading *reading)
{
	for (size_t i = 0; i < reading->nproblem; i++) {
		if (reading->problems[i].code == PROBLEM_EMPTY)
			return true;
	}
	return false;
}

/* How to register, once a day: to who reports, and to who only writes. */
static int say_register(struct turn *turn, const char *counter, enum message_id id)
{
	int64_t times;
	int error;

	if (turn_state_is(turn, "stopped")) {
		turn_say_plain(turn, MESSAGE_PAUSED);
		return OK;
	}
	error = store_counter_add(
		turn->flow->store, counter, turn->sender.phone, turn_today(turn), &times);

	if (error == OK && times == 1)
		turn_say_plain(turn, id);
	return error;
}

int unregistered_handle(struct turn *turn)
{
	return say_register(turn, "unregistered", MESSAGE_UNREGISTERED);
}

int courtesy_handle(struct turn *turn)
{
	int64_t times;
	bool done;
	int error;

	if (strcmp(turn->reading->courtesy, "terima_kasih") != 0)
		return answer_ask_again(turn, &done);
	error = store_counter_add(
		turn->flow->store, "thanks", turn->sender.phone, turn_today(turn), &times);
	if (error == OK && times == 1)
		turn_say_plain(turn, MESSAGE_WELCOME);
	return error;
}

int human_handle(struct turn *turn)
{
	bool done;
	int error;

	if (is_empty(turn->reading)) {
		turn_say_plain(turn, MESSAGE_EMPTY);
		return OK;
	}
	if (turn->reading->courtesy != NULL)
		return courtesy_handle(turn);
	error = emergency_go_on(turn, &done);
	if (error == OK && !done)
		error = query_follow(turn, &done);
	if (error != OK || done)
		return error;
	error = human_put(turn);
	if (error == OK)
		error = checkup_ask_again(turn, &done);
	if (error == OK && !done)
		error = answer_ask_again(turn, &done);
	if (error != OK || done || turn->repeats > 1)
		return error; /* the same chat again: somebody reads it, that is enough */
	if (turn->sender.role == ROLE_NONE)
		return say_register(turn, "chat", MESSAGE_UNREGISTERED_CHAT);
	if (turn->reading->query.unknown != NULL && turn->reading->query.indicator != NULL)
		turn->answer = reply_asked_in_part(&turn->reply, &turn->reading->query);
	else
		turn_say_plain(turn, reply_human(turn->reading));
	return OK;
}

int help_handle(struct turn *turn)
{
	if (turn->reading->ref != NULL) {
		turn_say(turn, MESSAGE_CORRECT_HOW, "ref", turn->reading->ref);
		return OK;
	}
	turn->answer = reply_explained(&turn->reply, turn->reading);
	return query_then(turn);
}
