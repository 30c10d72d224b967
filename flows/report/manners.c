/* Never in a loop with a machine, never more answers than is decent. */
#include <string.h>

#include "flows/report/habits.h"
#include "flows/report/loop.h"
#include "flows/turn/handlers.h"
#include "parsers/text/phone.h"
#include "store/message/deadline.h"

static bool own_number(const struct turn *turn)
{
	const struct flow_settings *settings = turn->flow->settings;

	for (size_t i = 0; i < settings->nown; i++) {
		if (strcmp(settings->own[i], turn->sender.phone) == 0)
			return true;
	}
	return turn->message->to != NULL && strcmp(turn->message->to, turn->sender.phone) == 0;
}

/* Counts this message: how often its text came within the window, and how many messages came today.
 */
static int count_message(struct turn *turn, int64_t *today)
{
	struct habits habits;
	int error = habits_load(turn, &habits);

	if (error == OK)
		error = habits_count(
			&habits, turn->flow, turn->message->text, turn->flow->now);
	if (error == OK)
		error = habits_today(turn, &habits, today);
	if (error != OK)
		return error;
	turn->repeats = habits.times;
	error = loop_look(turn, &habits.run, &habits.muted);
	return error == OK ? habits_store(turn, &habits) : error;
}

int manners_settle(struct turn *turn)
{
	struct habits habits;
	int error;

	if ((!turn->loop.quick && !turn->loop.repeats) || turn->loop.news)
		return OK;
	error = habits_load(turn, &habits);
	if (error != OK)
		return error;
	loop_settle(turn, &habits.run, &habits.muted);
	return habits_store(turn, &habits);
}

/* Strangers have a quarter of the day's answers, so that they cannot use up the others'. */
static int share(const struct turn *turn)
{
	int all = turn->flow->settings->replies_per_day, strangers = settings_stranger_replies(all);

	return turn->sender.role == ROLE_NONE ? strangers : all - strangers;
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
	error = count_message(turn, &mine);
	if (error == OK)
		error = store_counter_get(turn->flow->store, "replies", turn_share(turn),
			turn_today(turn), &all);
	if (error != OK)
		return error;
	if (mine > settings->replies_per_sender_per_day || all >= share(turn))
		*manners = MANNERS_SILENT;
	else if (turn->repeats >= settings->repeat_times)
		*manners = MANNERS_REPEAT;
	else if (mine == settings->replies_per_sender_per_day)
		*manners = MANNERS_LIMIT;
	return OK;
}
