/* Reports: from a reading to rows, tallies, alerts and one reply. */
#include "flows/report/report.h"

#include <stdio.h>
#include <string.h>

#include "flows/alert/alert.h"
#include "flows/record/pending.h"
#include "flows/record/report_facts.h"
#include "flows/report/same_event.h"
#include "flows/report/story_place.h"
#include "flows/turn/handlers.h"
#include "parsers/form/form.h"
#include "store/deadline.h"

/* What became of one report of the message, for the reply. */
struct outcome {
	struct record shown; /* the record the reply tells about */
	enum same same;
	struct record fresh; /* the new one, when it is not the one shown */
};

static const char *subject_of(const struct turn *turn, const struct record *record)
{
	return arena_printf(turn->flow->arena, "%lld", (long long)record->row.id);
}

int report_wait(const struct turn *turn, const struct record *record)
{
	struct pending pending = {.kind = "report", .id = record->row.id};
	struct deadline deadline = {.kind = "question", .subject = subject_of(turn, record),
		.due = turn->flow->now + turn->flow->settings->question_hours * 3600};
	int error;

	if (record_open(record)) {
		error = pending_add(turn, record->row.sender, &pending);
		return error != OK ? error : store_deadline_put(turn->flow->store, &deadline);
	}
	error = pending_drop(turn, record->row.sender, "report", record->row.id);
	return error != OK ? error
			   : store_deadline_drop(turn->flow->store, "question", deadline.subject);
}

/* The second telling is kept beside the first, and never counted. */
static int store_duplicate(struct turn *turn, struct record *record, const struct record *first)
{
	struct pending pending = {.kind = "duplicate"};
	int error;

	record->report.status = STATUS_DUPLICATE;
	record->row.original = first->row.id;
	error = record_put(turn, record);
	if (error != OK || report_text(&record->report, "nihil") != NULL)
		return error; /* none is none: there is no other one to tell */
	pending.id = record->row.id;
	return pending_add(turn, turn->sender.phone, &pending);
}

/* Other figures for the same month wait for YA. */
static int store_replacement(struct turn *turn, struct record *record, const struct record *first)
{
	struct pending pending = {.kind = "replace", .other = first->row.id};
	int error;

	record->report.status = STATUS_QUESTION;
	record->row.original = first->row.id;
	error = record_put(turn, record);
	pending.id = record->row.id;
	return error != OK ? error : pending_add(turn, turn->sender.phone, &pending);
}

/* What the new telling says replaces or completes what the first said. */
static int complete_first(struct turn *turn, const struct record *record,
	const struct record *first, struct record *after)
{
	int error;

	*after = *first;
	for (size_t i = 0; i < record->report.nvalue; i++) {
		const struct value *value = &record->report.values[i];

		if (!value->defaulted || report_value(&after->report, value->field) == NULL)
			report_set(&after->report, turn->flow->arena, value);
	}
	after->report.story = first->report.story && record->report.story;
	record_judge(turn, after);
	if (record->report.status == STATUS_QUESTION) {
		/* the new telling has a bad value of its own */
		memcpy(after->report.problems, record->report.problems,
			sizeof(record->report.problems));
		after->report.nproblem = record->report.nproblem;
		after->report.status = STATUS_QUESTION;
	}
	error = record_revise(turn, first, after, "complete");
	if (error == OK)
		error = report_wait(turn, after);
	if (error == OK && record_is_death(after))
		error = alert_filled(turn, first, after);
	return error;
}

static int store_fresh(struct turn *turn, struct record *record)
{
	int error = record_put(turn, record);

	if (error == OK && record_open(record))
		error = report_wait(turn, record);
	if (error != OK || record->row.training)
		return error;
	if (record_is_death(record))
		return alert_raise(turn, record);
	return record->report.status == STATUS_ACCEPTED ? alert_inform(turn, record) : OK;
}

/* A death without a desa: the place that its story names, so that the right people are alerted. */
static void death_place(struct turn *turn, struct record *record)
{
	const char *field = record->report.form->place;
	const struct area *place;
	struct value value = {.field = field};
	size_t kept = 0;

	if (!record_is_death(record) || field == NULL ||
		report_text(&record->report, field) != NULL)
		return;
	place = turn->reading->place != NULL ? turn->reading->place : story_place(turn);
	if (place == NULL && turn->sender.role == ROLE_NONE)
		place = turn_place(turn); /* stopped or blocked: where he was */
	turn->reading->place = place; /* a kecamatan is better than nothing */
	if (place == NULL || place->level != LEVEL_DESA)
		return;
	value.text = value.raw = place->code;
	report_set(&record->report, turn->flow->arena, &value);
	for (size_t i = 0; i < record->report.nproblem; i++) {
		if (strcmp(record->report.problems[i].field, field) != 0)
			record->report.problems[kept++] = record->report.problems[i];
	}
	record->report.nproblem = kept;
	if (kept == 0 && record->report.status == STATUS_INCOMPLETE)
		record->report.status = STATUS_ACCEPTED;
}

static int report_one(
	struct turn *turn, const struct report *report, int64_t linked, struct outcome *out)
{
	struct record *record = &out->shown;
	struct record found;
	int error;

	*out = (struct outcome){.shown = {.report = *report}};
	for (size_t i = 0; turn->confirmed != NULL && turn->confirmed[i] != NULL; i++)
		record_confirm(record, turn->confirmed[i]);
	record->row.training = record->report.training =
		report->training || turn->reading->training;
	record->row.original = linked;
	if (report->status == STATUS_REFUSED)
		return OK;
	death_place(turn, record);
	error = report_facts(turn, record);
	if (error == OK)
		error = same_event_find(turn, record, &out->same, &found);
	if (error != OK)
		return error;
	if (record_open(record) && (out->same == SAME_EVENT || out->same == SAME_OTHER_FIGURES) &&
		!record_is_death(record))
		out->same = SAME_NONE; /* unfinished: decided when it is whole */
	if (out->same == SAME_AGAIN)
		out->same = SAME_EVENT;
	switch (out->same) {
	case SAME_AGAIN:
	case SAME_EVENT:
		out->fresh = *record;
		out->shown = found;
		return store_duplicate(turn, &out->fresh, &found);
	case SAME_OTHER_FIGURES:
		out->fresh = *record;
		out->shown = found;
		return store_replacement(turn, &out->fresh, &found);
	case SAME_UNFINISHED:
		out->fresh = *record;
		return complete_first(turn, &out->fresh, &found, &out->shown);
	case SAME_NONE:
		break;
	}
	return store_fresh(turn, record);
}

/* The reply about one report that was told before. */
static void say_same(struct turn *turn, const struct outcome *outcome)
{
	const char *echo = reply_echo(&turn->reply, &outcome->shown.report);

	record_about(turn, &outcome->shown);
	if (report_text(&outcome->shown.report, "nihil") != NULL)
		turn->answer = reply_report(&turn->reply, &outcome->shown.report, turn->ref);
	else if (outcome->same == SAME_EVENT)
		turn_say(turn, MESSAGE_DUPLICATE, "ref", turn->ref, "echo", echo);
	else
		turn_say(turn, MESSAGE_REPLACE, "ref", turn->ref, "echo", echo,
			"new", reply_echo(&turn->reply, &outcome->fresh.report));
}

int report_console(struct turn *turn, const struct record *record, bool known)
{
	bool told = false;
	int error = OK;

	if (!record_is_death(record) || record->row.training)
		return OK;
	if (!known)
		error = alert_told(turn, record, &told);
	turn->reply.death = known ? REPLY_DEATH_KNOWN
		: told            ? REPLY_DEATH_TOLD
				  : REPLY_DEATH_NOBODY;
	return error;
}

/* Did the same person begin it, and read the condolence then? */
static bool goes_on(const struct turn *turn, const struct outcome *outcome)
{
	return outcome->same == SAME_UNFINISHED && turn->sender.phone != NULL &&
		strcmp(outcome->shown.row.sender, turn->sender.phone) == 0;
}

static void say_all(struct turn *turn, struct outcome *outcomes, size_t count)
{
	const struct report *reports[COUNT_OF(turn->reading->reports)];
	const char *refs[COUNT_OF(turn->reading->reports)];

	if (count == 1 &&
		(outcomes[0].same == SAME_EVENT || outcomes[0].same == SAME_OTHER_FIGURES)) {
		say_same(turn, &outcomes[0]);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (outcomes[i].same == SAME_EVENT || outcomes[i].same == SAME_OTHER_FIGURES)
			outcomes[i].shown.report.status = STATUS_DUPLICATE; /* only in the reply */
		reports[i] = &outcomes[i].shown.report;
		refs[i] = outcomes[i].shown.row.ref;
		if (turn->ref == NULL)
			turn->ref = refs[i];
	}
	turn->answer = reply_reports(&turn->reply, reports, refs, count);
}

/* A call for help in a report: the people near are alerted, and the answer has their numbers. */
static int call_help(struct turn *turn, const struct outcome *outcome)
{
	const struct area *place = record_desa(turn, &outcome->shown);
	const char *phones;
	int error = alert_emergency(
		turn, place == NULL ? turn_place(turn) : place, place, &phones);

	if (error == OK && *phones != '\0')
		turn_say(turn, MESSAGE_EMERGENCY_REPORT, "ref", outcome->shown.row.ref, "echo",
			reply_echo(&turn->reply, &outcome->shown.report), "phones", phones);
	return error;
}

static const enum message_id stranger_texts[] = {
	[REPLY_DEATH_TOLD] = MESSAGE_UNREGISTERED_DEATH,
	[REPLY_DEATH_NOBODY] = MESSAGE_UNREGISTERED_DEATH_NOBODY,
	[REPLY_DEATH_KNOWN] = MESSAGE_UNREGISTERED_DEATH_MORE};

int report_handle(struct turn *turn)
{
	const struct reading *reading = turn->reading;
	struct outcome *outcomes =
		arena_alloc(turn->flow->arena, COUNT_OF(reading->reports) * sizeof(*outcomes));
	bool stranger = turn->sender.role == ROLE_NONE;
	int error = OK;

	if (stranger && (reading->nreport == 0 || reading->training ||
				reading->reports[0].status == STATUS_REFUSED))
		return unregistered_handle(turn);
	for (size_t i = 0; error == OK && i < reading->nreport; i++) {
		int linked = reading->reports[i].linked;
		int64_t first =
			linked >= 0 && (size_t)linked < i ? outcomes[linked].shown.row.id : 0;

		error = report_one(turn, &reading->reports[i], first, &outcomes[i]);
		turn->stored[turn->nstored++] = outcomes[i].shown.row.id;
		if (error == OK)
			error = report_console(
				turn, &outcomes[i].shown, goes_on(turn, &outcomes[i]));
	}
	if (error != OK)
		return error;
	say_all(turn, outcomes, reading->nreport);
	if (stranger)
		turn_say(turn, stranger_texts[turn->reply.death], "ref", turn->ref);
	if (reading->emergency && !outcomes[0].shown.row.training && outcomes[0].shown.row.id != 0)
		return call_help(turn, &outcomes[0]);
	return OK;
}

static int tell_others(
	const struct turn *turn, const struct record *before, const struct record *after)
{
	if (after->row.training)
		return OK;
	if (record_is_death(after)) /* a birth that turns out a stillbirth is news */
		return record_is_death(before) ? alert_filled(turn, before, after)
					       : alert_raise(turn, after);
	return after->report.status == STATUS_ACCEPTED ? alert_inform(turn, after) : OK;
}

int report_continue(
	struct turn *turn, const struct record *before, struct record *after, const char *action)
{
	struct record found;
	enum same same = SAME_NONE;
	int error;

	record_judge(turn, after);
	error = report_facts(turn, after);
	if (error == OK && after->report.status == STATUS_ACCEPTED)
		error = same_event_find(turn, after, &same, &found);
	if (error != OK)
		return error;
	if (same == SAME_EVENT || same == SAME_OTHER_FIGURES) {
		struct pending pending = {.kind = same == SAME_EVENT ? "duplicate" : "replace",
			.id = after->row.id,
			.other = found.row.id};
		struct outcome outcome = {.shown = found, .same = same, .fresh = *after};

		after->report.status = same == SAME_EVENT ? STATUS_DUPLICATE : STATUS_QUESTION;
		after->row.original = found.row.id;
		error = pending_drop(turn, after->row.sender, "report", after->row.id);
		if (error == OK)
			error = pending_add(turn, turn->sender.phone, &pending);
		say_same(turn, &outcome);
		return error != OK ? error : record_revise(turn, before, after, action);
	}
	error = record_revise(turn, before, after, action);
	if (error == OK)
		error = report_wait(turn, after);
	if (error != OK)
		return error;
	error = tell_others(turn, before, after);
	if (error == OK)
		error = report_console(turn, after, record_is_death(before));
	if (error != OK)
		return error;
	record_about(turn, after);
	turn->answer = reply_report(&turn->reply, &after->report, after->row.ref);
	return OK;
}
