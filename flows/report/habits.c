/* Habits of phones: see habits.h. */
#include "flows/report/habits.h"

#include <string.h>

#include <sodium.h>

#include "flows/record/report_json.h"
#include "parsers/text/text.h"
#include "store/message/deadline.h"
#include "store/message/inbound.h"

#define KIND	     "manners" /* of the row */
#define KEEP_SECONDS 86400 /* the day may end anywhere in it */

static int64_t expiry(const struct flow *flow, int64_t now)
{
	return now + KEEP_SECONDS + flow->settings->repeat_seconds;
}

void habits_load(const struct turn *turn, struct habits *habits)
{
	if (!store_habit_get(turn->flow->store, turn->sender.phone, habits, sizeof(*habits)))
		memset(habits, 0, sizeof(*habits));
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
	habits->times++;
	habits->answers++;
	return OK;
}

int habits_store(const struct turn *turn, struct habits *habits)
{
	const struct flow *flow = turn->flow;
	int64_t expires = expiry(flow, flow->now);
	bool had = habits->row;

	habits->row = habits->run > 0 || habits->muted > flow->now;
	store_habit_put(flow->store, turn->sender.phone, habits, sizeof(*habits), expires);
	if (habits->row)
		return store_session_put(flow->store, KIND, turn->sender.phone,
			json_to_arena(flow->arena,
				json_pack("{s:i,s:I}", "run", habits->run, "muted",
					(json_int_t)habits->muted)),
			expires);
	return had ? store_session_drop(flow->store, KIND, turn->sender.phone) : OK;
}

static void row_take(const char *phone, const char *data, int64_t expires, void *context)
{
	const struct flow *flow = context;
	struct habits habits = {.row = true};
	json_t *stored = json_loads(data, 0, NULL);
	json_int_t muted = 0;

	if (expires > flow->now &&
		json_unpack(stored, "{s?i,s?I}", "run", &habits.run, "muted", &muted) == 0 &&
		(habits.run > 0 || muted > flow->now)) {
		habits.muted = muted;
		store_habit_put(flow->store, phone, &habits, sizeof(habits), expires);
	}
	json_decref(stored);
}

static void inbound_take(const struct inbound *row, void *context)
{
	const struct flow *flow = context;
	struct habits habits = {0};

	if (strcmp(row->channel, "sms") != 0 || row->text == NULL)
		return;
	(void)store_habit_get(flow->store, row->source, &habits, sizeof(habits));
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
