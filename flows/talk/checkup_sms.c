/* CEK SEHAT by SMS: see checkup_sms.h. Where it stands is an open question of the phone, which
 * ends by itself after an hour. */
#include "flows/talk/checkup_sms.h"

#include <stdlib.h>
#include <string.h>

#include "flows/record/report_json.h"
#include "flows/talk/checkup_run.h"
#include "flows/turn/handlers.h"

#define KEEP_SECONDS 3600

static const char *titles(const struct turn *turn)
{
	const struct checkups *checkups = turn->flow->checkups;
	const char *text = "";

	for (size_t i = 0; i < checkups->count; i++)
		text = arena_printf(turn->flow->arena, "%s%s%zu=%s", text, i > 0 ? ", " : "",
			i + 1, checkups->list[i].title);
	return text;
}

static int ask(struct turn *turn, const char *state)
{
	struct pending pending = {.kind = PENDING_CHECKUP,
		.text = state,
		.until = turn->flow->now + KEEP_SECONDS};

	return pending_add(turn, turn->sender.phone, &pending);
}

static int go_on(struct turn *turn, const struct checkup_run *run)
{
	turn->answer = checkup_say(turn, run);
	return run->stage == CHECKUP_STAGE_END
		? pending_drop(turn, turn->sender.phone, PENDING_CHECKUP, 0)
		: ask(turn, json_to_arena(turn->flow->arena, checkup_save(run)));
}

static int begin(struct turn *turn, const struct checkup *checkup)
{
	struct checkup_run run;
	bool may;
	int error = checkup_may(turn, &may);

	if (error != OK)
		return error;
	if (!may) {
		turn_say_plain(turn, MESSAGE_CHECKUP_LIMIT);
		return pending_drop(turn, turn->sender.phone, PENDING_CHECKUP, 0);
	}
	checkup_start(&run, checkup);
	return go_on(turn, &run);
}

int checkup_handle(struct turn *turn)
{
	const struct checkups *checkups = turn->flow->checkups;
	const char *topic = turn->reading->topic == NULL ? "" : turn->reading->topic;
	const struct checkup *checkup = checkup_by_word(checkups, topic);

	if (checkups == NULL || checkups->count == 0) {
		turn_say_plain(turn, MESSAGE_CHECKUP_NONE);
		return OK;
	}
	if (checkup != NULL)
		return begin(turn, checkup);
	turn_say(turn, MESSAGE_CHECKUP_LIST, "options", titles(turn));
	return ask(turn, "");
}

/* The answer to the list: its number, or its word. */
static const struct checkup *chosen(const struct turn *turn, const char *text)
{
	const struct checkups *checkups = turn->flow->checkups;
	char *end;
	long number = strtol(text, &end, 10);

	if (end != text)
		return *(end + strspn(end, " .")) == '\0' && number >= 1 &&
				number <= (long)checkups->count
			? &checkups->list[number - 1] : NULL;
	return checkup_by_word(checkups, text);
}

static int answer_list(struct turn *turn, const char *text, bool alone, bool *done)
{
	const struct checkup *checkup = chosen(turn, text);

	if (checkup == NULL && (!alone || turn->reading->intent != INTENT_ANSWER))
		return OK; /* something else */
	*done = true;
	if (checkup != NULL)
		return begin(turn, checkup);
	turn_say(turn, MESSAGE_CHECKUP_LIST, "options", titles(turn));
	return OK;
}

/* BERHENTI, BATAL of somebody who has told nothing else that could be meant. */
static bool stops(const struct turn *turn)
{
	const char *ref = turn->reading->ref, *command = turn->reading->command;

	return turn->sender.role == ROLE_NONE &&
		((turn->reading->intent == INTENT_CANCEL && ref != NULL &&
			 strcmp(ref, "last") == 0) ||
			(turn->reading->intent == INTENT_PROFILE && command != NULL &&
				strcmp(command, "berhenti") == 0));
}

static bool may_mean(const struct turn *turn, const struct pending *newest)
{
	enum intent intent = turn->reading->intent;

	if (strcmp(newest->kind, PENDING_CHECKUP) != 0)
		return false;
	return intent == INTENT_ANSWER || intent == INTENT_HUMAN || stops(turn) ||
		(intent == INTENT_HELP && strchr(turn->message->text, '?') == NULL &&
			(newest->text == NULL || *newest->text == '\0'));
}

int checkup_ask_again(struct turn *turn, bool *done)
{
	struct checkup_run run = {0};
	struct pending pending;
	bool found;
	json_t *state;
	int error = pending_find(turn, turn->sender.phone, PENDING_CHECKUP, 0, &pending, &found);

	*done = false;
	if (error != OK || !found || turn->sender.role != ROLE_NONE || pending.text == NULL)
		return error;
	state = json_loads(pending.text, 0, NULL);
	*done = checkup_load(turn, state, &run);
	json_decref(state);
	if (*done)
		turn->answer = checkup_say(turn, &run);
	return OK;
}

int checkup_answer(struct turn *turn, const struct pending *newest, bool alone, bool *done)
{
	const char *text = turn->reading->text != NULL ? turn->reading->text : turn->message->text;
	struct checkup_run run;
	bool taken = false;
	json_t *state;
	int error = OK;

	*done = false;
	if (!may_mean(turn, newest) || turn->flow->checkups == NULL ||
		turn->reading->courtesy != NULL)
		return OK;
	if (stops(turn)) {
		*done = true;
		turn_say_plain(turn, MESSAGE_CHECKUP_STOPPED);
		return pending_drop(turn, turn->sender.phone, PENDING_CHECKUP, 0);
	}
	if (newest->text == NULL || *newest->text == '\0')
		return answer_list(turn, text, alone, done);
	state = json_loads(newest->text, 0, NULL);
	if (checkup_load(turn, state, &run))
		error = checkup_take(turn, &run, text, &taken);
	json_decref(state);
	if (error != OK || run.checkup == NULL)
		return error;
	if (!taken && (!alone || (turn->reading->intent != INTENT_ANSWER &&
					 run.stage != CHECKUP_STAGE_DESA)))
		return OK; /* it may answer what else is open */
	*done = true;
	return go_on(turn, &run);
}

int checkup_asked_last(struct turn *turn)
{
	struct pending pending;
	bool found;
	int error = pending_find(turn, turn->sender.phone, PENDING_CHECKUP, 0, &pending, &found);

	return error != OK || !found ? error : pending_add(turn, turn->sender.phone, &pending);
}
