/* Loops with machines: see loop.h. */
#include "flows/report/loop.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flows/turn/early.h"
#include "parsers/text/overlap.h"
#include "parsers/text/phone.h"
#include "parsers/text/text.h"
#include "store/message/deadline.h"
#include "store/message/foresee.h"
#include "store/message/lately.h"
#include "store/report/report.h"

#define RECENT	       6 /* texts to a phone that are looked at */
#define RECENT_SECONDS 86400
#define LINKS	       32
#define MUTED	       256 /* phones in the figures; more are muted all the same */
#define CHATS	       16 /* times that are kept of a phone */
#define LINK_NAME      64
#define LINK_PHONES    3 /* so many at least: one phone that hurries mutes itself, no link */
#define REPEAT_WORDS   3 /* fewer are said by chance ... */
#define REPEAT_LETTERS 12 /* ... and shorter ones */
#define PART_WORDS     6 /* of a text of ours, and nothing else: an example that was copied */

struct link_loop {
	char name[LINK_NAME];
	int run; /* messages in a row that followed what we had sent */
	char phones[LINK_PHONES][PHONE_TEXT]; /* the first of those that sent them */
	size_t nphone;
	_Atomic int64_t muted; /* until */
};

struct loops {
	struct link_loop links[LINKS];
	size_t nlink;
	_Atomic int64_t muted[MUTED];
	size_t next;
	_Atomic uint64_t phones, link_mutes, silenced, repeated;
};

struct loops *loops_new(void)
{
	return xcalloc(1, sizeof(struct loops));
}

void loops_free(struct loops *loops)
{
	free(loops);
}

void loops_status(const struct loops *loops, int64_t now, struct loops_status *out)
{
	*out = (struct loops_status){
		.phones = atomic_load(&loops->phones),
		.links = atomic_load(&loops->link_mutes),
		.silenced = atomic_load(&loops->silenced),
		.repeated = atomic_load(&loops->repeated),
	};
	for (size_t i = 0; i < MUTED; i++)
		out->muted_phones += atomic_load(&loops->muted[i]) > now;
	for (size_t i = 0; i < LINKS; i++)
		out->muted_links += atomic_load(&loops->links[i].muted) > now;
}

/* NULL: nobody counts, or there are too many links. */
static struct link_loop *link_of(const struct turn *turn)
{
	struct loops *loops = turn->flow->loops;
	const char *name = turn->message->link;

	if (loops == NULL || name == NULL)
		return NULL;
	for (size_t i = 0; i < loops->nlink; i++) {
		if (strcmp(loops->links[i].name, name) == 0)
			return &loops->links[i];
	}
	if (loops->nlink == LINKS ||
		!copy_string(loops->links[loops->nlink].name, LINK_NAME, name))
		return NULL;
	return &loops->links[loops->nlink++];
}

static void note_muted(const struct turn *turn, int64_t until)
{
	struct loops *loops = turn->flow->loops;

	if (loops == NULL)
		return;
	atomic_fetch_add(&loops->phones, 1);
	atomic_store(&loops->muted[loops->next++ % MUTED], until);
}

/* A screen is no SMS, and what still waits has not reached anybody. */
static bool went_out(const char *kind, const char *state)
{
	return strncmp(kind, "ussd", 4) != 0 && strcmp(state, "waiting") != 0;
}

/* Most of that text stands in the message, or all of the message in the text. */
static void look_at_text(struct turn *turn, const char *folded, const char *sent)
{
	struct overlap overlap = text_overlap(folded, sent);
	bool whole = overlap.letters * 5 >= overlap.second_letters * 4;
	bool part = overlap.letters == overlap.first_letters && overlap.words >= PART_WORDS;

	if (overlap.words < REPEAT_WORDS || overlap.letters < REPEAT_LETTERS || (!whole && !part))
		return;
	turn->loop.repeats |= overlap.letters * 5 >= overlap.first_letters * 4;
	turn->loop.part = part && !whole;
	turn->loop.from = overlap.from;
	turn->loop.to = overlap.to;
}

struct recent {
	struct turn *turn;
	const char *folded; /* the message; NULL: not yet */
	const struct overlap_words *words; /* of it */
	bool apart; /* the text to come has too little in common with it */
};

static void recent_fold(struct recent *recent)
{
	struct arena *arena = recent->turn->flow->arena;
	const struct early *early;

	if (recent->folded != NULL)
		return;
	early = early_of(recent->turn);
	recent->folded = early != NULL ? early->folded
				       : text_fold(arena, recent->turn->message->text);
	recent->words = overlap_cut(arena, recent->folded);
}

static bool is_quick(const struct flow *flow, int64_t created)
{
	return flow->settings->quick_seconds > 0 &&
		created >= flow->now - flow->settings->quick_seconds;
}

/* Only what was sent a moment ago, or may stand in the message, or the message in it. */
static bool row_may_matter(int64_t created, const struct overlap_sketch *sketch, void *context)
{
	struct recent *recent = context;
	const struct flow *flow = recent->turn->flow;
	bool quick = !recent->turn->loop.quick && is_quick(flow, created), apart;
	size_t most;

	recent_fold(recent);
	most = overlap_most(recent->words, sketch);
	apart = most * 5 < (size_t)sketch->letters * 4 && most != overlap_letters(recent->words);
	recent->apart = apart && quick;
	return !apart || quick;
}

static void look_at_row(const char *kind, const char *state, int64_t created, const char *text,
	void *context)
{
	struct recent *recent = context;
	struct turn *turn = recent->turn;
	bool apart = recent->apart;

	recent->apart = false; /* a text without a sketch is looked at */
	if (!went_out(kind, state))
		return;
	turn->loop.quick |= is_quick(turn->flow, created);
	if (apart || turn->loop.repeats)
		return;
	recent_fold(recent);
	look_at_text(turn, recent->folded, text_fold(turn->flow->arena, text));
}

static int look_at_recent(struct turn *turn)
{
	const struct flow *flow = turn->flow;
	struct recent recent = {.turn = turn};

	return store_outbox_lately(flow->store, flow->arena, turn->sender.phone,
		flow->now - RECENT_SECONDS, RECENT, row_may_matter, look_at_row, &recent);
}

static bool looks(const struct flow *flow)
{
	return flow->settings->quick_seconds > 0 || flow->settings->said != NULL;
}

void loop_foresee(const struct flow *flow, const char *phone)
{
	if (looks(flow))
		store_outbox_lately_foresee(
			flow->store, phone, flow->now - RECENT_SECONDS, RECENT);
}

int loop_look(struct turn *turn, int *run, const int64_t *muted)
{
	const struct link_loop *link = link_of(turn);
	int64_t now = turn->flow->now;
	int error = looks(turn->flow) ? look_at_recent(turn) : OK;

	if (error != OK)
		return error;
	if (turn->loop.repeats && turn->flow->loops != NULL)
		atomic_fetch_add(&turn->flow->loops->repeated, 1);
	if (!turn->loop.quick && !turn->loop.repeats)
		*run = 0;
	turn->loop.run = *run;
	turn->loop.muted = *muted > now;
	turn->loop.link_muted = link != NULL && atomic_load(&link->muted) > now;
	return OK;
}

/* One more in a row, whatever it says; or our own text at once, which no person sends. */
static bool is_too_much(const struct turn *turn)
{
	const struct flow_settings *settings = turn->flow->settings;
	const struct turn_loop *loop = &turn->loop;

	return settings->quick_seconds > 0 &&
		(loop->run + 1 > settings->quick_times || (loop->quick && loop->repeats));
}

void loop_settle(struct turn *turn, int *run, int64_t *muted)
{
	int64_t now = turn->flow->now;

	(*run)++;
	if (turn->loop.muted || !is_too_much(turn))
		return;
	*muted = now + turn->flow->settings->mute_seconds;
	turn->loop.muted = turn->loop.mutes = true;
	note_muted(turn, *muted);
}

/* A question of somebody registered is none, also when nothing counts what is asked; nor is what
 * tells more of a call for help. */
static bool is_chat(const struct turn *turn)
{
	enum intent intent = turn->reading->intent;

	if (turn->cried)
		return false;
	if (intent == INTENT_HUMAN && turn->reading->command != NULL &&
		turn->sender.role != ROLE_NONE)
		return false;
	return !turn->answered && (intent == INTENT_HUMAN || intent == INTENT_IGNORE ||
					  intent == INTENT_ANSWER);
}

/* The times of the phone's answered chat, oldest first, of today or within the window. */
static int chats_load(const struct turn *turn, int64_t times[CHATS], size_t *count)
{
	const char *data, *at;
	int used, error = store_session_get(turn->flow->store, turn->flow->arena, "chat",
			  turn->sender.phone, turn->flow->now, &data);
	long long time;

	*count = 0;
	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error;
	for (at = data; *count < CHATS && sscanf(at, "%lld%n", &time, &used) == 1; at += used)
		times[(*count)++] = time;
	return OK;
}

static bool chat_is_due(const struct turn *turn, const int64_t *times, size_t count)
{
	const struct flow_settings *settings = turn->flow->settings;
	int lately = 0, today = 0;

	for (size_t i = 0; i < count; i++) {
		struct moment then = moment_local(times[i], settings->timezone);

		lately += times[i] > turn->flow->now - settings->chat_seconds;
		today += date_compare(then.date, turn->now.date) == 0;
	}
	return lately < settings->chat_answers && today < settings->chat_answers_per_day;
}

int loop_chat(struct turn *turn, bool *may)
{
	int64_t times[CHATS + 1];
	struct strbuf text = {0};
	size_t count;
	int error = chats_load(turn, times, &count);

	*may = false;
	if (error != OK || !chat_is_due(turn, times, count))
		return error;
	*may = true;
	times[count++] = turn->flow->now;
	for (size_t i = count > CHATS ? count - CHATS : 0; i < count; i++)
		strbuf_printf(&text, "%lld ", (long long)times[i]);
	error = store_session_put(turn->flow->store, "chat", turn->sender.phone, text.text,
		turn->flow->now + 86400 + turn->flow->settings->chat_seconds);
	strbuf_free(&text);
	return error;
}

/* So often in the time of a mute. */
static int first_of_mute(const struct turn *turn, const char *kind, bool *first)
{
	const struct flow *flow = turn->flow;
	const char *data;
	int error = store_session_get(
		flow->store, flow->arena, kind, turn->sender.phone, flow->now, &data);

	*first = error == ERR_NOT_FOUND;
	if (!*first)
		return error;
	return store_session_put(flow->store, kind, turn->sender.phone, "1",
		flow->now + flow->settings->mute_seconds);
}

/* Half of one stands in the other as it is. */
static bool alike(const char *a, const char *b)
{
	struct overlap both = text_overlap(a, b);
	size_t less = both.first_letters < both.second_letters ? both.first_letters
								: both.second_letters;

	return 2 * both.letters >= less;
}

/* What somebody on file cries in other words than the last time is about another woman. */
static int first_such_cry(const struct turn *turn, bool *first)
{
	const struct flow *flow = turn->flow;
	const char *last, *text = text_fold(flow->arena, turn->message->text);
	int error = store_session_get(
		flow->store, flow->arena, "loop-cry", turn->sender.phone, flow->now, &last);

	*first = error == ERR_NOT_FOUND ||
		(error == OK && turn->sender.role != ROLE_NONE && !alike(last, text));
	if (!*first)
		return error;
	return store_session_put(flow->store, "loop-cry", turn->sender.phone, text,
		flow->now + flow->settings->mute_seconds);
}

bool loop_echoes(const struct turn *turn)
{
	return turn->loop.repeats && (turn->loop.quick || turn->loop.muted);
}

int loop_hold(struct turn *turn, bool *held)
{
	const struct turn_loop *loop = &turn->loop;
	bool suspect = loop->quick || loop->repeats || loop->muted, first = true;
	int error = OK;

	*held = false;
	if (!suspect)
		return OK;
	/* The same cry within the hour alarms nobody again: whoever is near knows. */
	if (turn->reading->intent == INTENT_EMERGENCY)
		error = first_such_cry(turn, &first);
	else if (is_chat(turn) && loop->muted)
		error = first_of_mute(turn, "loop-chat", &first);
	*held = !first;
	return error;
}

/* A report was stored that nobody had told before: a burst of reports is no loop. */
static bool tells_news(const struct turn *turn)
{
	bool news = false;

	for (size_t i = 0; i < turn->nstored; i++)
		news |= turn->news[i];
	return news;
}

static void note_phone(struct link_loop *link, const char *phone)
{
	for (size_t i = 0; i < link->nphone; i++) {
		if (strcmp(link->phones[i], phone) == 0)
			return;
	}
	if (link->nphone < LINK_PHONES)
		copy_string(link->phones[link->nphone++], PHONE_TEXT, phone);
}

static void count_link(struct turn *turn, bool suspect)
{
	const struct flow_settings *settings = turn->flow->settings;
	struct link_loop *link = link_of(turn);

	if (link == NULL || settings->quick_seconds == 0)
		return;
	link->run = suspect ? link->run + 1 : 0;
	if (suspect)
		note_phone(link, turn->message->from);
	else
		link->nphone = 0;
	if (link->run <= settings->quick_times || link->nphone < LINK_PHONES ||
		turn->loop.link_muted)
		return;
	atomic_store(&link->muted, turn->flow->now + settings->mute_seconds);
	atomic_fetch_add(&turn->flow->loops->link_mutes, 1);
	turn->loop.link_muted = turn->loop.link_mutes = true;
}

int loop_answer(struct turn *turn, bool *may)
{
	struct turn_loop *loop = &turn->loop;
	bool suspect = loop->quick || loop->repeats;
	int error = OK;

	*may = false;
	if (suspect)
		loop->news = tells_news(turn);
	*may = !loop->muted && !(suspect && !loop->news && is_too_much(turn));
	if (!loop->news)
		count_link(turn, suspect);
	if (turn->answer == NULL || *turn->answer == '\0')
		return OK;
	if (loop->link_muted && suspect && !loop->news && turn->sender.role == ROLE_NONE)
		*may = false;
	if (*may && is_chat(turn)) {
		*may = !suspect && !turn->message->machine;
		error = *may ? loop_chat(turn, may) : OK;
	}
	if (!*may && turn->flow->loops != NULL)
		atomic_fetch_add(&turn->flow->loops->silenced, 1);
	return error;
}
