/* Habits of phones: see habits.h. */
#include "flows/report/habits.h"

#include <string.h>

#include <sodium.h>

#include "flows/record/report_json.h"
#include "parsers/text/text.h"
#include "store/message/deadline.h"
#include "store/message/foresee.h"
#include "store/message/gateway.h"
#include "store/message/inbound.h"
#include "store/message/lately.h"

#define KIND	     "manners" /* of the row */
#define KEEP_SECONDS 86400 /* the day may end anywhere in it */

static int64_t expiry(const struct flow *flow, int64_t now)
{
	return now + KEEP_SECONDS + flow->settings->repeat_seconds;
}

/* Counted in the store from here on. */
static int64_t alone(const struct flow *flow)
{
	int most = flow->settings->replies_per_sender_per_day / 8;

	return most < HABITS_ALONE ? most : HABITS_ALONE;
}

static int64_t midnight(const struct flow *flow)
{
	struct moment now = moment_local(flow->now, flow->settings->timezone);

	return flow->now - (now.hour * 3600 + now.minute * 60 + flow->now % 60);
}

/* In memory; all zero when nothing is known. */
static void recall(struct store *store, const char *phone, struct habits *habits)
{
	if (!store_habit_get(store, phone, habits, sizeof(*habits)))
		memset(habits, 0, sizeof(*habits));
}

void habits_foresee(const struct flow *flow, const char *phone)
{
	struct habits habits;

	if (!store_gateway_shared(flow->store))
		return;
	store_session_foresee(flow->store, KIND, phone);
	recall(flow->store, phone, &habits);
	if (habits.answers >= alone(flow))
		store_outbox_answers_foresee(flow->store, phone, midnight(flow));
}

/* What a row tells; what it does not is as it was. */
static void row_read(const char *data, struct habits *habits)
{
	json_t *stored = json_loads(data, 0, NULL);
	json_int_t muted = 0, since = 0, at = 0;
	const char *text = NULL;
	size_t length;
	int times = 0;

	habits->run = 0;
	(void)json_unpack(stored, "{s?i,s?I,s?s,s?I,s?I,s?i}", "run", &habits->run, "muted",
		&muted, "text", &text, "since", &since, "at", &at, "times", &times);
	habits->muted = muted;
	if (text != NULL && at >= habits->at &&
		sodium_hex2bin(habits->text, sizeof(habits->text), text, strlen(text), NULL,
			&length, NULL) == 0) {
		habits->since = since;
		habits->at = at;
		habits->times = times;
	}
	json_decref(stored);
}

static const char *row_text(struct arena *arena, const struct habits *habits)
{
	char text[2 * HABITS_DIGEST + 1];

	sodium_bin2hex(text, sizeof(text), habits->text, sizeof(habits->text));
	return json_to_arena(arena,
		json_pack("{s:i,s:I,s:s,s:I,s:I,s:i}", "run", habits->run, "muted",
			(json_int_t)habits->muted, "text", text, "since",
			(json_int_t)habits->since, "at", (json_int_t)habits->at, "times",
			habits->times));
}

int habits_load(const struct turn *turn, struct habits *habits)
{
	const struct flow *flow = turn->flow;
	const char *data;
	int error;

	recall(flow->store, turn->sender.phone, habits);
	if (!store_gateway_shared(flow->store))
		return OK;
	error = store_session_get(
		flow->store, flow->arena, KIND, turn->sender.phone, flow->now, &data);
	if (error == OK)
		row_read(data, habits);
	else if (error == ERR_NOT_FOUND && habits->row) /* said something else elsewhere */
		habits->muted = habits->times = habits->run = 0;
	habits->row = error == OK;
	return error == ERR_NOT_FOUND ? OK : error;
}

int habits_today(const struct turn *turn, const struct habits *habits, int64_t *today)
{
	const struct flow *flow = turn->flow;
	int64_t given = 0;
	int error = OK;

	*today = habits->answers;
	if (store_gateway_shared(flow->store) && habits->answers > alone(flow))
		error = store_outbox_answers(
			flow->store, turn->sender.phone, midnight(flow), &given);
	if (error == OK && given + 1 > *today)
		*today = given + 1;
	return error;
}

int habits_count(struct habits *habits, const struct flow *flow, const char *text, int64_t now)
{
	const char *folded = text_fold(flow->arena, text);
	const struct date today = moment_local(now, flow->settings->timezone).date;
	int day = today.year * 10000 + today.month * 100 + today.day;
	unsigned char digest[HABITS_DIGEST];

	if (crypto_generichash(digest, sizeof(digest), (const unsigned char *)folded,
		    strlen(folded), NULL, 0) != 0)
		return ERR_SYSTEM;
	if (memcmp(digest, habits->text, sizeof(digest)) != 0 || habits->times == 0 ||
		now >= habits->since + flow->settings->repeat_seconds) {
		memcpy(habits->text, digest, sizeof(digest));
		habits->since = now;
		habits->times = 0;
	}
	if (habits->day != day)
		habits->answers = 0;
	habits->day = day;
	habits->at = now;
	habits->times++;
	habits->answers++;
	return OK;
}

int habits_store(const struct turn *turn, struct habits *habits)
{
	const struct flow *flow = turn->flow;
	int64_t expires = expiry(flow, flow->now);
	bool had = habits->row, shared = store_gateway_shared(flow->store);

	habits->row = habits->run > 0 || habits->muted > flow->now ||
		(shared && habits->times > 1);
	store_habit_put(flow->store, turn->sender.phone, habits, sizeof(*habits), expires);
	if (habits->row)
		return store_session_put(flow->store, KIND, turn->sender.phone,
			row_text(flow->arena, habits), expires);
	return had ? store_session_drop(flow->store, KIND, turn->sender.phone) : OK;
}

static void row_take(const char *phone, const char *data, int64_t expires, void *context)
{
	const struct flow *flow = context;
	struct habits habits = {.row = true};

	row_read(data, &habits);
	if (expires > flow->now && (habits.run > 0 || habits.muted > flow->now)) {
		/* what it said is counted from its messages */
		habits = (struct habits){
			.row = true, .run = habits.run, .muted = habits.muted};
		store_habit_put(flow->store, phone, &habits, sizeof(habits), expires);
	}
}

static void inbound_take(const struct inbound *row, void *context)
{
	const struct flow *flow = context;
	struct habits habits;

	if (strcmp(row->channel, "sms") != 0 || row->text == NULL)
		return;
	recall(flow->store, row->source, &habits);
	if (habits_count(&habits, flow, row->text, row->received) == OK)
		store_habit_put(flow->store, row->source, &habits, sizeof(habits),
			expiry(flow, row->received));
	arena_reset(flow->arena);
}

int habits_rebuild(const struct flow *flow)
{
	struct flow own = *flow;
	struct moment now = moment_local(flow->now, flow->settings->timezone);
	int64_t today = now.hour * 3600 + now.minute * 60 + 60;
	int64_t back = today > flow->settings->repeat_seconds ? today
							      : flow->settings->repeat_seconds;
	int error;

	own.arena = arena_new();
	error = store_session_each(flow->store, KIND, row_take, &own);
	if (error == OK)
		error = store_inbound_since(flow->store, flow->now - back, inbound_take, &own);
	arena_free(own.arena);
	return error;
}
