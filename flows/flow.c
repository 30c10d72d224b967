/* The journey of one message through this floor: who speaks, manners, reading, answers, one row per
 * intent. */
#include "flows/flow.h"

#include <string.h>

#include "flows/record/record.h"
#include "flows/record/report_json.h"
#include "flows/report/loop.h"
#include "flows/talk/checkup_sms.h"
#include "flows/talk/echo.h"
#include "flows/talk/inbox.h"
#include "flows/talk/offered.h"
#include "flows/turn/early.h"
#include "flows/turn/handlers.h"
#include "flows/turn/secret.h"
#include "parsers/form/form.h"
#include "store/message/deadline.h"

#define LOOP_TIMES 20 /* so often no person says the same within minutes */
#define DEATHS_ANSWERED 40 /* over the limit of the day, for each sender */

static int ignore_handle(struct turn *turn)
{
	turn->answer = NULL;
	return OK;
}

static const struct {
	enum intent intent;
	int (*handle)(struct turn *turn);
	bool strangers; /* may be used before registration */
} table[] = {
	{INTENT_REPORT, report_handle, true},
	{INTENT_CORRECT, correct_handle, false},
	{INTENT_CANCEL, cancel_handle, false},
	{INTENT_ANSWER, answer_handle, true},
	{INTENT_REGISTER, register_handle, true},
	{INTENT_PROFILE, profile_handle, true},
	{INTENT_QUERY, query_handle, false},
	{INTENT_MORE, query_more_handle, false},
	{INTENT_STATUS, status_handle, false},
	{INTENT_HELP, help_handle, true},
	{INTENT_EMERGENCY, emergency_handle, true},
	{INTENT_HUMAN, human_handle, true},
	{INTENT_SUPERVISE, supervise_handle, false},
	{INTENT_CHECKUP, checkup_handle, true},
	{INTENT_IGNORE, ignore_handle, true},
};

/* LATIH is for reports: nothing else may happen in earnest behind it. */
static bool only_training(const struct reading *reading)
{
	return reading->training && reading->intent != INTENT_REPORT &&
		reading->intent != INTENT_HELP && reading->intent != INTENT_IGNORE;
}

int flow_dispatch(struct turn *turn)
{
	if (only_training(turn->reading)) {
		turn->answer = reply_help(&turn->reply, NULL, true);
		return OK;
	}
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		if (table[i].intent != turn->reading->intent)
			continue;
		if (turn->sender.role == ROLE_NONE && !table[i].strangers)
			return unregistered_handle(turn);
		return table[i].handle(turn);
	}
	return ERR_NOT_FOUND;
}

/* "L", "YA", "1" and "LAGI" are meant each time; anything else told so often is a loop or
 * impatience. */
static bool meant_again(const struct turn *turn)
{
	return turn->answered || turn->followed || turn->reading->intent == INTENT_ANSWER ||
		turn->reading->intent == INTENT_MORE;
}

/* The last answer of the day says so, when there is room. */
static void say_limit(struct turn *turn)
{
	const char *answer = turn->answer, *both;

	turn_say_plain(turn, MESSAGE_LIMIT);
	both = arena_printf(turn->flow->arena, "%s %s", answer, turn->answer);
	turn->answer = template_fits(both) ? both : answer;
}

static bool tells_death(const struct reading *reading)
{
	for (size_t i = 0; reading->intent == INTENT_REPORT && i < reading->nreport; i++) {
		const struct record record = {.report = reading->reports[i]};

		if (record_is_death(&record))
			return true;
	}
	return false;
}

/* A death that was put down, what is asked about one, or what becomes of its report. */
static bool of_death(const struct turn *turn)
{
	enum intent intent = turn->reading->intent;

	return turn->about_death && (turn->nstored > 0 || turn->answered ||
		intent == INTENT_CORRECT || intent == INTENT_CANCEL || intent == INTENT_SUPERVISE);
}

/* Over the day's limit what is told of a death is answered, as it is alarmed: who told it must
 * know that it came, and what is asked about it. So many a day. */
static int answers_death(struct turn *turn, enum manners *manners)
{
	int64_t count = 0;
	int error;

	if (*manners != MANNERS_SILENT || turn->repeats > LOOP_TIMES || !of_death(turn))
		return OK;
	error = store_counter_add(turn->flow->store, "late-deaths", turn->sender.phone,
		turn_today(turn), &count);
	if (count <= DEATHS_ANSWERED)
		*manners = MANNERS_ANSWER;
	return error;
}

static int answer_or_not(struct turn *turn, enum manners manners)
{
	bool may;
	int error = answers_death(turn, &manners);

	if (error != OK)
		return error;
	if (turn->reading->intent == INTENT_EMERGENCY || turn->reading->emergency) {
		/* who calls for help is answered, whatever the limits */
		if (turn->repeats <= LOOP_TIMES)
			return turn_answer(turn);
	}
	if ((manners == MANNERS_SILENT && turn->cried) ||
		(manners == MANNERS_REPEAT && turn->repeats <= LOOP_TIMES && meant_again(turn)))
		manners = MANNERS_ANSWER; /* what is written behind the cry too, but in no loop */
	if (manners == MANNERS_SILENT || manners == MANNERS_REPEAT)
		turn->answer = NULL;
	error = loop_answer(turn, &may);
	if (error != OK)
		return error;
	if (!may)
		turn->answer = NULL;
	if (manners == MANNERS_LIMIT && turn->answer != NULL && *turn->answer != '\0')
		say_limit(turn);
	return turn_answer(turn);
}

static int dispatch_or_hold(struct turn *turn)
{
	bool held;
	int error = loop_hold(turn, &held);

	return error != OK || held ? error : flow_dispatch(turn);
}

/* A PIN is seen by what changes it, and by nothing else. */
static void read_secretly(struct turn *turn, const char *told, const char *shown)
{
	const struct flow *flow = turn->flow;

	reader_read(flow->reader, flow->scratch, flow->arena, &turn->read, told, turn->reading);
	if (told == shown ||
		(turn->reading->intent == INTENT_PROFILE && turn->reading->command != NULL &&
			strcmp(turn->reading->command, "pin") == 0))
		return;
	reader_read(flow->reader, flow->scratch, flow->arena, &turn->read, shown,
		turn->reading);
}

/* Without the words of ours that come back. */
static void read_message(struct turn *turn, const char *told, struct said_match *echo)
{
	struct early *early = told == turn->message->text ? early_of(turn) : NULL;
	const char *words;

	offered_look(turn);
	if (early != NULL && turn->loop.to == 0) {
		*echo = early->echo;
		turn->reading = early->reading;
		return;
	}
	turn->reading = arena_raw(turn->flow->arena, sizeof(*turn->reading));
	words = echo_own_words(turn, echo);
	read_secretly(turn, told == turn->message->text ? words : told, words);
}

static bool is_blocked(const struct turn *turn)
{
	return turn->known && turn->person.state != NULL &&
		strcmp(turn->person.state, "blocked") == 0;
}

/* What one answer has no room for is read by a person: nothing told is lost. */
static int rest_to_people(struct turn *turn)
{
	if (!turn->reading->overfull || turn->reading->training)
		return OK;
	if (turn->answer != NULL)
		turn->answer = arena_printf(turn->flow->arena, "%s %s", turn->answer,
			message_text(turn->flow->catalogue, turn->flow->arena,
				reply_language(&turn->reply), MESSAGE_REST, NULL));
	return human_put(turn);
}

/* Nothing but deaths: the rest of what stands there was heard already, or waits for a person. */
static void keep_deaths(struct reading *reading)
{
	size_t kept = 0;

	for (size_t i = 0; i < reading->nreport; i++) {
		if (!reading->reports[i].form->story)
			continue;
		if (kept != i)
			report_copy(&reading->reports[kept], &reading->reports[i]);
		reading->reports[kept++].linked = -1;
	}
	reading->nreport = kept;
}

/* A cry is known to be one, and its place may stand anywhere; the rest is read by itself. */
static void read_besides(const struct turn *turn, const char *besides, struct reading *out)
{
	const struct flow *flow = turn->flow;

	if (turn->reading->besides_cries) {
		reading_clear(out, false);
		out->intent = INTENT_EMERGENCY;
		out->text = out->cry = besides;
		out->place = reader_place(flow->reader, flow->scratch, flow->arena, &turn->read,
			turn->message->text);
		return;
	}
	reader_read(flow->reader, flow->scratch, flow->arena, &turn->read, besides, out);
	if (out->intent == INTENT_REPORT && !out->training)
		keep_deaths(out);
}

/* A death, a cry or a practice beside what was handled: a message of its own, and what is grave is
 * answered first. */
static int hear_besides(struct turn *turn)
{
	const struct flow *flow = turn->flow;
	const char *answer = turn->answer, *ref = turn->ref, *besides = turn->reading->besides;
	struct reading *reading = arena_raw(flow->arena, sizeof(*reading));
	bool checkup = turn->reading->intent == INTENT_CHECKUP;
	int error = OK;

	if (besides == NULL || turn->reading->training)
		return OK;
	read_besides(turn, besides, reading);
	if (reading->intent != INTENT_EMERGENCY &&
		(reading->intent != INTENT_REPORT || reading->nreport == 0))
		return human_put_only(turn); /* it looked like one: somebody reads it */
	turn->reading = reading;
	turn->answer = turn->ref = NULL;
	turn->nstored = 0; /* what a loop's guard asks for is whether anything was news */
	if (reading->intent == INTENT_REPORT && !reading->training)
		error = human_put_only(turn);
	if (error == OK)
		error = flow_dispatch(turn);
	if (error == OK && checkup)
		error = checkup_asked_last(turn);
	if (turn->ref == NULL)
		turn->ref = ref;
	if (turn->answer == NULL)
		turn->answer = answer;
	else if (answer != NULL && *answer != '\0')
		turn->answer = arena_printf(flow->arena, "%s %s", turn->answer, answer);
	return error;
}

/* Nothing is taken from a blocked number, and nobody is alarmed by it; but somebody looks at what
 * may be a death or a cry for help. */
static int hear_blocked(struct turn *turn, enum manners manners)
{
	bool cries = turn->reading->intent == INTENT_EMERGENCY;
	int error = OK;

	if (cries || tells_death(turn->reading) || turn->reading->besides != NULL) {
		error = human_put_only(turn);
		if (error == OK)
			error = inbox_plan(turn);
	}
	if (error != OK || !cries)
		return error;
	turn_say_plain(turn, MESSAGE_EMERGENCY_NOBODY);
	return answer_or_not(turn, manners);
}

/* What the message says, and what follows from it. */
static int hear(struct turn *turn, enum manners manners, const char *told, const char **intent)
{
	struct flow *flow = turn->flow;
	struct said_match echo;
	bool done = false;
	int error = OK;

	read_message(turn, told, &echo);
	*intent = intent_name(turn->reading->intent);
	if (is_blocked(turn))
		return hear_blocked(turn, manners);
	if (echo_is_all(turn, &echo)) {
		*intent = intent_name(INTENT_IGNORE);
		error = echo_handle(turn, &echo);
		return error != OK || turn->answer == NULL ? error : answer_or_not(turn, manners);
	}
	if (!turn->reading->training)
		error = answer_try(turn, &done);
	turn->answered = done;
	if (error == OK && done)
		*intent = intent_name(INTENT_ANSWER);
	else if (error == OK && echo_tells_back(turn, &echo))
		error = echo_handle(turn, &echo);
	else if (error == OK)
		error = dispatch_or_hold(turn);
	if (turn->followed)
		*intent = intent_name(INTENT_QUERY);
	if (turn->of_cry)
		*intent = intent_name(INTENT_EMERGENCY);
	if (error == OK && !done)
		error = rest_to_people(turn);
	if (error == ERR_NOT_FOUND && turn->answer != NULL)
		error = OK; /* what was named is not there, and the answer says so */
	if (error == OK)
		error = hear_besides(turn);
	if (error == OK && flow->settings->fail != NULL && *flow->settings->fail)
		error = ERR_STATE; /* asked for: everything up to here must be undone */
	if (turn->practice && turn->answer != NULL)
		turn->answer = reply_practice(&turn->reply, turn->answer);
	return error != OK ? error : answer_or_not(turn, manners);
}

int flow_handle(struct flow *flow, struct flow_message *message)
{
	const char *told = message->text, *masked = flow_secret(flow->arena, told);
	struct turn *turn = arena_alloc(flow->arena, sizeof(*turn));
	enum manners manners;
	int error = turn_begin(turn, flow, message->from);

	if (error != OK)
		return error;
	turn->message = message;
	if (masked != NULL)
		message->text = masked;
	message->intent = intent_name(INTENT_IGNORE);
	error = manners_check(turn, &manners);
	if (error != OK || manners == MANNERS_IGNORE)
		return error;
	if (!loop_echoes(turn))
		error = hear(turn, manners, told, &message->intent);
	if (error == OK)
		error = manners_settle(turn);
	message->muted = turn->loop.mutes ? "phone" : turn->loop.link_mutes ? "link" : NULL;
	return error;
}

int flow_apologise(struct flow *flow, const struct flow_message *message)
{
	struct turn *turn = arena_alloc(flow->arena, sizeof(*turn));
	struct human_row row = {.inbound = message->inbound,
		.received = flow->now,
		.phone = message->from,
		.text = message->text,
		.state = "waiting"};
	bool may;
	int error = turn_begin(turn, flow, message->from);

	if (error != OK)
		return error;
	turn->message = message;
	error = loop_chat(turn, &may);
	if (error == OK && may) {
		turn_say_plain(turn, MESSAGE_APOLOGY);
		error = turn_answer(turn);
	}
	return error != OK ? error : store_human_put(flow->store, &row);
}

/* What was cut off may have told it otherwise: as a story it alarms and is not counted. */
static void doubt_deaths(struct reading *reading)
{
	keep_deaths(reading);
	for (size_t i = 0; i < reading->nreport; i++)
		reading->reports[i].story = true;
}

static void read_part(struct turn *turn)
{
	struct flow *flow = turn->flow;

	turn->reading = arena_raw(flow->arena, sizeof(*turn->reading));
	reader_read(flow->reader, flow->scratch, flow->arena, &turn->read, turn->message->text,
		turn->reading);
}

static bool heeds_part(const struct turn *turn)
{
	return !is_blocked(turn) && !turn->reading->training;
}

/* What came of a long message: hear_part has put it before people. */
static bool part_is_passed(struct turn *turn)
{
	read_part(turn);
	return heeds_part(turn) && (turn->reading->besides != NULL ||
		turn->reading->intent == INTENT_EMERGENCY);
}

/* A death or a cry in what came of a long message: whoever is near hears it, the rest waits. */
static int hear_part(struct turn *turn)
{
	read_part(turn);
	if (!heeds_part(turn))
		return OK;
	if (turn->reading->besides != NULL)
		return hear_besides(turn);
	if (tells_death(turn->reading))
		doubt_deaths(turn->reading);
	else if (turn->reading->intent != INTENT_EMERGENCY)
		return OK;
	return flow_dispatch(turn);
}

int flow_parts_hear(struct flow *flow, const struct flow_message *message)
{
	struct turn *turn = arena_alloc(flow->arena, sizeof(*turn));
	const char *masked = flow_secret(flow->arena, message->text);
	struct flow_message came = *message;
	enum manners manners;
	int error = turn_begin(turn, flow, message->from);

	if (masked != NULL)
		came.text = masked;
	turn->message = &came;
	if (error == OK)
		error = manners_check(turn, &manners);
	return error != OK || manners == MANNERS_IGNORE ? error : hear_part(turn);
}

int flow_parts_missing(struct flow *flow, const struct flow_message *message)
{
	struct turn *turn = arena_alloc(flow->arena, sizeof(*turn));
	struct flow_message asked = {
		.link = message->link, .from = message->from, .to = message->to, .text = ""};
	struct flow_message came = *message;
	const char *masked = flow_secret(flow->arena, message->text);
	enum manners manners;
	bool may = false;
	int error = turn_begin(turn, flow, message->from);

	if (error != OK)
		return error;
	turn->message = &asked; /* the answer belongs to no message */
	error = manners_check(turn, &manners);
	came.text = masked != NULL ? masked : message->text;
	turn->message = &came;
	if (error == OK && manners != MANNERS_IGNORE && came.text[0] != '\0') {
		turn->with_people = part_is_passed(turn);
		error = human_put(turn);
	}
	turn->message = &asked;
	if (error == OK && manners == MANNERS_ANSWER)
		error = loop_chat(turn, &may);
	if (error != OK || manners != MANNERS_ANSWER || !may || turn->loop.muted)
		return error;
	turn_say_plain(turn, MESSAGE_PARTS_MISSING);
	return turn_answer(turn);
}
