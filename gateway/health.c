/* The conditions: see health.h. */
#include "gateway/health.h"

#include <stdio.h>
#include <string.h>

#include "gateway/os/clock.h"
#include "gateway/os/log.h"
#include "gateway/os/notify.h"

#define LOOK_MS	      2000
#define MB	      (1 << 20)
#define ALARM_SECONDS 60
#define ANSWER_SECONDS 300
#define STUCK_MS      60000
#define JUMP_MS	      3600000 /* so long a jump of the clock is worth a look */
#define QUARANTINED_HOUR 3

struct facts {
	const struct gateway *gateway;
	const struct health *health;
	const struct config_main *config;
	struct inbox_status inbox;
	struct outbox_status outbox;
	struct worker_status worker;
	struct survey survey;
	int64_t now, utc;
};

#define SAY(...) (snprintf(text, CONDITION_TEXT, __VA_ARGS__) >= 0)

static bool stopping(const struct facts *f, char *text)
{
	return f->gateway->stopping && SAY("the gateway is stopping");
}

static bool store_fails(const struct facts *f, char *text)
{
	return f->worker.last_error != OK &&
		SAY("the store fails: %s", error_text(f->worker.last_error));
}

static bool worker_stuck(const struct facts *f, char *text)
{
	int64_t last = f->worker.last_tick ? f->worker.last_tick : f->gateway->started;

	return f->now - last > STUCK_MS &&
		SAY("nothing was stored for %lld s", (long long)(f->now - last) / 1000);
}

static bool disk_reserve(const struct facts *f, char *text)
{
	return f->survey.disk.refuses &&
		SAY("messages are refused: %lld MB are free, %d are the reserve",
			(long long)(f->survey.disk.room / MB), f->config->disk_reserve);
}

static bool store_risk(const struct facts *f, char *text)
{
	return f->survey.figures.risk[0] != '\0' && SAY("%s", f->survey.figures.risk);
}

static bool no_link(const struct facts *f, char *text)
{
	const struct links *links = &f->gateway->links;

	for (size_t i = 0; i < links->count; i++) {
		if (link_state(links->list[i]) == LINK_BOUND)
			return false;
	}
	return links->count > 0 && SAY("no link to an operator is bound");
}

static bool link_down(const struct facts *f, char *text)
{
	const struct links *links = &f->gateway->links;
	char names[CONDITION_TEXT / 2] = "";
	size_t down = 0;

	for (size_t i = 0; i < links->count; i++) {
		size_t used = strlen(names);

		if (link_state(links->list[i]) == LINK_BOUND ||
			links->orders[i] == LINK_ORDER_DOWN)
			continue;
		down++;
		snprintf(names + used, sizeof(names) - used, "%s%s", used > 0 ? ", " : "",
			link_name(links->list[i]));
	}
	return down > 0 && SAY("not bound: %s", names);
}

static bool link_held(const struct facts *f, char *text)
{
	static const char *const words[] = {"", "paused", "down"};
	const struct links *links = &f->gateway->links;
	char names[CONDITION_TEXT / 2] = "";

	for (size_t i = 0; i < links->count; i++) {
		size_t used = strlen(names);

		if (links->orders[i] != LINK_ORDER_UP)
			snprintf(names + used, sizeof(names) - used, "%s%s %s",
				used > 0 ? ", " : "", link_name(links->list[i]),
				words[links->orders[i]]);
	}
	return *names && SAY("by order of kabarctl: %s", names);
}

static bool silence(const struct facts *f, char *text)
{
	int64_t last = f->inbox.last_message ? f->inbox.last_message : f->gateway->started;
	int64_t minutes = (f->now - last) / 60000;

	return f->config->health_silence > 0 && minutes >= f->config->health_silence &&
		SAY("no message for %lld minutes", (long long)minutes);
}

/* Seconds that the oldest of a class waits, in memory or in the store. */
static int64_t waits(const struct facts *f, enum outbox_class class)
{
	int64_t memory = f->outbox.oldest[class], store = f->survey.figures.waiting[class].oldest;
	int64_t oldest = memory && (!store || memory < store) ? memory : store;

	return oldest ? f->utc - oldest : 0;
}

static bool alarm_waits(const struct facts *f, char *text)
{
	int64_t seconds = waits(f, OUTBOX_ALARM);

	return seconds > ALARM_SECONDS &&
		SAY("an alarm waits for %lld s to be sent", (long long)seconds);
}

/* At night what was not answered in time waits for the morning, as it should. */
static bool answer_waits(const struct facts *f, char *text)
{
	const struct hours hours = hours_of(&f->config->flow);
	int64_t seconds = waits(f, OUTBOX_ANSWER);

	return seconds > ANSWER_SECONDS && !hours_quiet_until(&hours, f->utc) &&
		SAY("an answer waits for %lld s, %lld wait in the store", (long long)seconds,
			(long long)f->survey.figures.waiting[OUTBOX_ANSWER].count);
}

static bool overdue(const struct facts *f, char *text)
{
	const struct store_figures *figures = &f->survey.figures;

	return figures->overdue > 0 &&
		SAY("%lld deadlines are overdue, the oldest for %lld s",
			(long long)figures->overdue,
			(long long)(f->utc - figures->oldest_overdue));
}

static bool quota(const struct facts *f, char *text)
{
	int all = f->config->flow.replies_per_day, strangers = settings_stranger_replies(all);

	return f->survey.figures.answers >= all - strangers &&
		SAY("the answers of the day are used up (%lld): nobody is answered",
			(long long)f->survey.figures.answers);
}

static bool quota_strangers(const struct facts *f, char *text)
{
	int strangers = settings_stranger_replies(f->config->flow.replies_per_day);

	return f->survey.figures.stranger_answers >= strangers && strangers > 0 &&
		SAY("the strangers' answers of the day are used up (%lld)",
			(long long)f->survey.figures.stranger_answers);
}

static bool quarantine(const struct facts *f, char *text)
{
	uint64_t before = f->health->quarantined[(f->health->quarantined_at + 1) % 61];

	return f->worker.quarantined >= before + QUARANTINED_HOUR &&
		SAY("%llu messages were set aside within the hour",
			(unsigned long long)(f->worker.quarantined - before));
}

static bool human_waits(const struct facts *f, char *text)
{
	return f->survey.figures.human > 0 &&
		SAY("%lld messages wait for a person (kabarctl inbox list)",
			(long long)f->survey.figures.human);
}

static bool wal_large(const struct facts *f, char *text)
{
	return f->survey.disk.wal > (int64_t)f->config->health_wal * MB &&
		SAY("the journal of the store has %lld MB: somebody reads for long",
			(long long)(f->survey.disk.wal / MB));
}

static bool clock_jumped(const struct facts *f, char *text)
{
	struct clock_jump jump = clock_last_jump();

	return jump.at > 0 && f->now - jump.at < JUMP_MS &&
		SAY("the wall clock jumped by %lld s", (long long)jump.seconds);
}

static bool backup_old(const struct facts *f, char *text)
{
	int64_t hours = (f->utc - f->survey.figures.backup) / 3600;

	if (f->config->health_backup == 0 || f->survey.at == 0 ||
		hours < f->config->health_backup)
		return false;
	return f->survey.figures.backup == 0 ? SAY("no backup was ever made")
		: SAY("the last backup is %lld hours old", (long long)hours);
}

static int64_t minutes_to(const struct facts *f, int64_t until)
{
	return until > f->utc ? (until - f->utc + 59) / 60 : 0;
}

static bool unread(const struct facts *f, char *text)
{
	const struct crash_holds *holds = &f->worker.holds;
	int64_t until = holds->all_until ? holds->all_until : holds->strangers_until;

	return until > 0 &&
		SAY("%u deaths of the program: %s are kept unread for %lld more minutes",
			holds->deaths,
			holds->all_until ? "all messages" : "messages of strangers",
			(long long)minutes_to(f, until));
}

static bool phone_unread(const struct facts *f, char *text)
{
	const struct crash_holds *holds = &f->worker.holds;

	return holds->phones > 0 &&
		SAY("messages ended the program: %zu phones are kept unread for %lld more minutes",
			holds->phones, (long long)minutes_to(f, holds->phones_until));
}

static bool deaths(const struct facts *f, char *text)
{
	return f->worker.holds.deaths > 0 &&
		SAY("the program ended by its own fault %u times within the hour",
			f->worker.holds.deaths);
}

static bool loop(const struct facts *f, char *text)
{
	const struct loops_status *loops = &f->worker.loops;

	return loops->muted_phones + loops->muted_links > 0 &&
		SAY("loops with machines, muted: phones %llu, links %llu",
			(unsigned long long)loops->muted_phones,
			(unsigned long long)loops->muted_links);
}

static const struct row {
	const char *name;
	enum condition_weight weight;
	const char *help;
	bool (*holds)(const struct facts *facts, char *text);
} rows[] = {
	{"stopping", CONDITION_BAD, "the gateway ends", stopping},
	{"store-fails", CONDITION_BAD, "the store is busy, full or broken", store_fails},
	{"worker-stuck", CONDITION_BAD, "messages are not worked on", worker_stuck},
	{"disk-reserve", CONDITION_BAD, "too little room: messages are refused", disk_reserve},
	{"store-risk", CONDITION_BAD, "what is acknowledged could be lost", store_risk},
	{"no-link", CONDITION_BAD, "no operator is connected", no_link},
	{"alarm-waits", CONDITION_BAD, "a death or an emergency waits to be sent", alarm_waits},
	{"answer-waits", CONDITION_BAD, "people wait long for their answers", answer_waits},
	{"unread", CONDITION_BAD, "messages end the program: most are kept unread", unread},
	{"deadlines-overdue", CONDITION_BAD, "escalations and reminders are late", overdue},
	{"quota", CONDITION_BAD, "replies_per_day is used up", quota},
	{"quota-strangers", CONDITION_WARN, "the share of strangers is used up", quota_strangers},
	{"link-down", CONDITION_WARN, "an operator is not connected", link_down},
	{"link-held", CONDITION_WARN, "somebody stopped a link by kabarctl", link_held},
	{"silence", CONDITION_WARN, "no message for a long time", silence},
	{"quarantine", CONDITION_WARN, "messages are set aside again and again", quarantine},
	{"deaths", CONDITION_WARN, "a fault ended the program", deaths},
	{"phone-unread", CONDITION_WARN, "a phone's messages ended the program", phone_unread},
	{"loop", CONDITION_WARN, "a phone or a link is muted: a machine answers us", loop},
	{"human-inbox", CONDITION_WARN, "messages wait for a person", human_waits},
	{"wal-large", CONDITION_WARN, "the store's journal grows", wal_large},
	{"clock-jumped", CONDITION_WARN, "the wall clock was moved", clock_jumped},
	{"backup-old", CONDITION_WARN, "there is no recent backup", backup_old},
};
_Static_assert(sizeof(rows) / sizeof(rows[0]) <= CONDITIONS_MAX, "more conditions than room");

size_t health_rows(struct condition_now list[CONDITIONS_MAX])
{
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		list[i] = (struct condition_now){.name = rows[i].name, .help = rows[i].help,
			.weight = rows[i].weight};
	return COUNT_OF(rows);
}

size_t health_list(struct health *health, struct condition_now list[CONDITIONS_MAX])
{
	struct gateway *gateway = health->gateway;
	struct facts facts = {.gateway = gateway, .health = health,
		.config = &gateway->config->main, .now = clock_now(), .utc = clock_utc()};

	health_rows(list);
	inbox_status(gateway->inbox, &facts.inbox);
	outbox_status(gateway->outbox, &facts.outbox);
	workers_status(gateway->workers, &facts.worker);
	workers_survey(gateway->workers, &facts.survey);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct condition_now *now = &list[i];

		now->holds = rows[i].holds(&facts, now->text);
		now->since = health->since[i] ? health->since[i] : facts.now;
	}
	return COUNT_OF(rows);
}

bool health_good(struct health *health)
{
	struct condition_now list[CONDITIONS_MAX];
	size_t count = health_list(health, list);

	for (size_t i = 0; i < count; i++) {
		if (list[i].holds && list[i].weight == CONDITION_BAD)
			return false;
	}
	return true;
}

/* One line when it begins and one when it ends; the first that holds is systemd's status line. */
static void note(struct health *health, size_t row, const struct condition_now *now)
{
	if (now->holds == (health->since[row] != 0))
		return;
	if (!now->holds)
		log_info("health", "condition ended name=%s after=%llds", now->name,
			(long long)(clock_now() - health->since[row]) / 1000);
	else if (now->weight == CONDITION_BAD)
		log_error("health", "condition name=%s: %s", now->name, now->text);
	else
		log_warn("health", "condition name=%s: %s", now->name, now->text);
	health->since[row] = now->holds ? clock_now() : 0;
}

static void remember_quarantine(struct health *health)
{
	struct worker_status worker;
	uint64_t minute = (uint64_t)(clock_now() / 60000);

	workers_status(health->gateway->workers, &worker);
	while (health->quarantined_at < minute) {
		if (minute - health->quarantined_at > 61)
			health->quarantined_at = minute - 61;
		health->quarantined[++health->quarantined_at % 61] = worker.quarantined;
	}
}

static void on_look(void *context)
{
	struct health *health = context;
	struct condition_now list[CONDITIONS_MAX];
	char status[CONDITION_TEXT + 16] = "STATUS=healthy";
	size_t count;

	remember_quarantine(health);
	count = health_list(health, list);
	for (size_t i = count; i-- > 0;) {
		note(health, i, &list[i]);
		if (list[i].holds)
			snprintf(status, sizeof(status), "STATUS=%s", list[i].text);
	}
	notify(status);
	timer_arm(&health->timer, LOOK_MS);
}

void health_start(struct health *health, struct gateway *gateway)
{
	*health = (struct health){.gateway = gateway};
	timer_init(&health->timer, on_look, health);
	timer_arm(&health->timer, LOOK_MS);
}

void health_stop(struct health *health)
{
	timer_cancel(&health->timer);
}
