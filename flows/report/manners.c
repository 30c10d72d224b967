/* Never in a loop with a machine, never more answers than is decent. */
#include <stdio.h>
#include <string.h>

#include <sodium.h>

#include "flows/record/report_json.h"
#include "flows/report/loop.h"
#include "flows/turn/handlers.h"
#include "parsers/text/phone.h"
#include "parsers/text/text.h"
#include "store/message/deadline.h"

#define DIGEST 16
#define KEEP_SECONDS 86400 /* the day may end anywhere in it */

static bool own_number(const struct turn *turn)
{
	const struct flow_settings *settings = turn->flow->settings;

	for (size_t i = 0; i < settings->nown; i++) {
		if (strcmp(settings->own[i], turn->sender.phone) == 0)
			return true;
	}
	return turn->message->to != NULL && strcmp(turn->message->to, turn->sender.phone) == 0;
}

/* One row per sender: what was said last and how often, and the answers of the day. */
struct habits {
	char text[2 * DIGEST + 1]; /* of the last text; the text itself is not kept */
	int64_t since; /* when that text came first */
	int times;
	const char *day;
	int64_t answers;
	int run; /* messages in a row that followed what we had sent */
	int64_t muted; /* until */
};

static int habits_load(const struct turn *turn, struct habits *habits)
{
	const char *data, *text, *day;
	json_int_t since, answers, muted = 0;
	json_t *stored;
	int error = store_session_get(turn->flow->store, turn->flow->arena, "manners",
		turn->sender.phone, turn->flow->now, &data);

	*habits = (struct habits){.day = ""};
	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error;
	stored = json_loads(data, 0, NULL);
	if (json_unpack(stored, "{s:s,s:I,s:i,s:s,s:I,s?i,s?I}", "text", &text, "since", &since,
		    "times", &habits->times, "day", &day, "answers", &answers, "run",
		    &habits->run, "muted", &muted) == 0) {
		(void)copy_string(habits->text, sizeof(habits->text), text);
		habits->since = since;
		habits->day = arena_strdup(turn->flow->arena, day);
		habits->answers = answers;
		habits->muted = muted;
	}
	json_decref(stored);
	return OK;
}

static int habits_store(const struct turn *turn, const struct habits *habits)
{
	return store_session_put(turn->flow->store, "manners", turn->sender.phone,
		json_to_arena(turn->flow->arena,
			json_pack("{s:s,s:I,s:i,s:s,s:I,s:i,s:I}", "text", habits->text, "since",
				(json_int_t)habits->since, "times", habits->times, "day",
				habits->day, "answers", (json_int_t)habits->answers, "run",
				habits->run, "muted", (json_int_t)habits->muted)),
		turn->flow->now + KEEP_SECONDS + turn->flow->settings->repeat_seconds);
}

/* Counts this message: how often its text came within the window, and how many messages came today.
 */
static int habits_count(struct turn *turn, int64_t *today)
{
	const char *folded = text_fold(turn->flow->arena, turn->message->text);
	unsigned char digest[DIGEST];
	char text[2 * DIGEST + 1];
	struct habits habits;
	int error = habits_load(turn, &habits);

	if (error != OK)
		return error;
	if (crypto_generichash(
		    digest, DIGEST, (const unsigned char *)folded, strlen(folded), NULL, 0) != 0)
		return ERR_SYSTEM;
	sodium_bin2hex(text, sizeof(text), digest, DIGEST);
	if (strcmp(text, habits.text) != 0 ||
		turn->flow->now >= habits.since + turn->flow->settings->repeat_seconds) {
		memcpy(habits.text, text, sizeof(text));
		habits.since = turn->flow->now;
		habits.times = 0;
	}
	if (strcmp(habits.day, turn_today(turn)) != 0) {
		habits.day = turn_today(turn);
		habits.answers = 0;
	}
	turn->repeats = ++habits.times;
	*today = ++habits.answers;
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
	error = habits_count(turn, &mine);
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
