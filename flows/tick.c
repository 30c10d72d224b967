/* What is due: one row per kind of deadline. Each runs once; what must come again puts itself
 * again. */
#include <stdlib.h>
#include <string.h>

#include "flows/alert/alert.h"
#include "flows/alert/bundle.h"
#include "flows/alert/consent.h"
#include "flows/correct/move.h"
#include "flows/flow.h"
#include "flows/record/pending.h"
#include "flows/recount/mend.h"
#include "flows/remind/care.h"
#include "flows/remind/evaluation.h"
#include "flows/remind/later.h"
#include "flows/remind/remind.h"
#include "flows/report/report.h"
#include "flows/talk/inbox.h"
#include "flows/ussd/ussd_due.h"

#define AT_ONCE 100
#define LATER	3600

/* A question that nobody answered: told once; the report stays, never counted. */
static int question_expired(const struct turn *turn, const struct deadline *deadline)
{
	struct person person = {.language = "id"};
	struct sender sender;
	struct reply_context reply;
	struct record record;
	const char *fields;
	int error = record_load(turn, strtoll(deadline->subject, NULL, 10), &record);

	if (error != OK || !record_open(&record))
		return error == ERR_NOT_FOUND ? OK : error;
	error = store_person_by_phone(
		turn->flow->store, turn->flow->arena, record.row.sender, &person);
	if (error != OK)
		/* a stranger is not written to unasked */
		return error == ERR_NOT_FOUND ? OK : error;
	error = pending_drop(turn, record.row.sender, "report", record.row.id);
	if (error != OK || record.row.training)
		return error;
	turn_towards(turn, &person, &sender, &reply);
	fields = reply_fields(&reply, &record.report);
	return turn_send(turn, "notice", record.row.sender,
		message_text(turn->flow->catalogue, turn->flow->arena, reply_language(&reply),
			record_is_death(&record) ? MESSAGE_EXPIRED_DEATH : MESSAGE_EXPIRED,
			"ref", record.row.ref, "fields", fields, NULL),
		record.row.ref);
}

static int64_t question_lead(const struct flow_settings *settings)
{
	return settings->question_hours * 3600;
}

static int64_t ussd_lead(const struct flow_settings *settings)
{
	(void)settings;
	return 3600; /* no dialect's session lives longer */
}

static int64_t alert_lead(const struct flow_settings *settings)
{
	int minutes = settings->alert_again_minutes > settings->alert_minutes
		? settings->alert_again_minutes : settings->alert_minutes;

	return minutes * 60;
}

static int64_t mpdn_lead(const struct flow_settings *settings)
{
	return settings->notify_minutes * 60;
}

static int64_t bundle_lead(const struct flow_settings *settings)
{
	(void)settings;
	return 3600;
}

static int64_t inbox_lead(const struct flow_settings *settings)
{
	(void)settings;
	return 86400; /* its slots come every day */
}

/* As many deadlines as one flow_tick() runs. */
static size_t rows_at_once(const struct flow *flow)
{
	if (flow->alone)
		return 1;
	return flow->at_once > 0 && flow->at_once < AT_ONCE ? flow->at_once : AT_ONCE;
}

static const struct {
	const char *kind;
	int (*run)(const struct turn *turn, const struct deadline *deadline);
	int64_t (*lead)(const struct flow_settings *settings); /* at most; NULL: of the calendar */
	bool waits; /* until the clock is trusted again */
} kinds[] = {
	{"question", question_expired, question_lead, true},
	{"ussd", ussd_on_due, ussd_lead, false},
	{"alert", alert_on_due, alert_lead, false},
	{"mpdn", alert_on_notify, mpdn_lead, true},
	{"bundle", bundle_on_due, bundle_lead, false},
	{"inbox", inbox_on_due, inbox_lead, true},
	{"recount", mend_on_due, bundle_lead, false},
	{"reminder", remind_on_due, NULL, true},
	{"summary", remind_on_summary, NULL, true},
	{"care", care_on_due, NULL, true},
	{"quarter", evaluation_on_due, NULL, true},
	{"week-desa", remind_on_week_desa, NULL, true},
	{"week-puskesmas", remind_on_week_puskesmas, NULL, true},
	{"later", later_on_due, NULL, true},
	{"handover", move_on_due, NULL, true},
	{"consent", consent_on_due, alert_lead, false},
	{"consent-over", consent_on_over, NULL, false},
};

int flow_derive(struct flow *flow)
{
	int error = OK;

	for (size_t i = 0; error == OK && i < COUNT_OF(kinds); i++) {
		int64_t due = kinds[i].lead ? flow->now + kinds[i].lead(flow->settings) : 0;

		if (due > 0)
			error = store_deadline_pull(flow->store, kinds[i].kind, due, due);
	}
	if (error == OK)
		error = mend_derive(flow);
	return error;
}

static int deadline_run(const struct turn *turn, const struct deadline *deadline)
{
	const char *job = arena_printf(
		turn->flow->arena, "%s %s", deadline->kind, deadline->subject);
	size_t i = 0;
	int error;

	while (i < COUNT_OF(kinds) && strcmp(kinds[i].kind, deadline->kind) != 0)
		i++;
	if (i < COUNT_OF(kinds) && kinds[i].waits && turn->flow->doubtful)
		return OK;
	error = store_deadline_drop(turn->flow->store, deadline->kind, deadline->subject);
	if (turn->flow->guard && !turn->flow->guard(turn->flow->guard_context, job))
		return error; /* dropped: it would end the program again */
	return error == OK && i < COUNT_OF(kinds) ? kinds[i].run(turn, deadline) : error;
}

/* Counters of days that are over. Deletes nothing, and writes nothing, on all but the first run of
 * a day. */
static int counters_sweep(const struct turn *turn)
{
	static const char *const counters[] = {"replies", "unregistered", "chat", "thanks",
		"caused", "reached", "deaths", "emergencies", "codes", "requests",
		"checkup", "checkups"};
	int error = OK;

	for (size_t i = 0; error == OK && i < COUNT_OF(counters); i++)
		error = store_counter_sweep(turn->flow->store, counters[i], turn_today(turn));
	return error;
}

int flow_tick(struct flow *flow, int64_t *next)
{
	struct deadline *rows = arena_alloc(flow->arena, AT_ONCE * sizeof(*rows));
	struct turn *turn = arena_alloc(flow->arena, sizeof(*turn));
	size_t count = 0;
	int error = turn_begin(turn, flow, NULL);

	flow->skipped = NULL;
	if (error == OK)
		error = store_deadline_due(flow->store, flow->arena, flow->now, rows,
			rows_at_once(flow), &count);
	for (size_t i = 0; error == OK && i < count; i++)
		error = deadline_run(turn, &rows[i]);
	if (flow->guard)
		(void)flow->guard(flow->guard_context, NULL);
	if (error == OK && !flow->doubtful && !flow->alone)
		error = remind_plan(turn);
	if (error == OK && !flow->doubtful && !flow->alone)
		error = care_plan(turn);
	if (error == OK && !flow->alone)
		error = counters_sweep(turn);
	return error != OK ? error : store_deadline_next(flow->store, next);
}

int flow_postpone(struct flow *flow, struct deadline *postponed)
{
	size_t count = 0;
	int error = store_deadline_due(flow->store, flow->arena, flow->now, postponed, 1, &count);

	if (error != OK || count == 0)
		return error != OK ? error : ERR_NOT_FOUND;
	postponed->due = flow->now + LATER;
	return store_deadline_put(flow->store, postponed);
}
