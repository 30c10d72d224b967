/* Reports: from a reading to rows, tallies, alerts and one reply. */
#include "flows/report/report.h"
#include "flows/report/lived.h"

#include <stdio.h>
#include <string.h>

#include "flows/alert/alarm.h"
#include "flows/alert/alert.h"
#include "flows/alert/later.h"
#include "flows/record/record_scope.h"
#include "flows/alert/outbreak.h"
#include "flows/report/residence.h"
#include "flows/turn/handlers.h"
#include "parsers/form/form.h"
#include "parsers/text/gsm7.h"

/* What became of one report of the message, for the reply. */
struct outcome {
	const struct record *shown; /* the record the reply tells about */
	const struct record *fresh; /* the new one, when it is not the one shown */
	enum same same;
};

static bool counted(const struct record *record)
{
	return record->report.status == STATUS_ACCEPTED ||
		record->report.status == STATUS_VERIFIED;
}

/* What the form's file alarms: at once, also while something is missing, and not again.
 * before: what those who are told know; NULL: nothing; was: that it counted. */
static int tell_alarms(struct turn *turn, const struct record *before, const struct record *after,
	bool was)
{
	int error = OK;

	if (after->report.form->nalarm + (after->report.form->outbreak != NULL) +
		(after->report.form->weekly != NULL) == 0)
		return OK;
	if (alarm_levels(turn, before, after) != 0)
		error = alert_raise(turn, after);
	else if (before != NULL && alarm_levels(turn, NULL, before) != 0 &&
		alarm_levels(turn, NULL, after) == 0)
		error = alert_undo(turn, after);
	if (error == OK && counted(after))
		error = alert_news(turn, was ? before : NULL, after);
	if (error == OK && counted(after) &&
		!(was && strcmp(before->row.fields, after->row.fields) == 0))
		error = outbreak_see(turn, after);
	return error;
}

static int tell_changed(struct turn *turn, const struct change *change)
{
	const struct record *before = change->before.row.id != 0 ? &change->before : NULL;

	if (change->verdict != CHANGE_OTHERS)
		return tell_alarms(
			turn, before, &change->after, before != NULL && counted(before));
	/* told before, but not that: a danger does not wait for BEDA or GANTI */
	return alarm_levels(turn, &change->found, &change->after) != 0
		? alert_raise(turn, &change->after)
		: OK;
}

/* Who must know of a death, or of a birth that was: once, whatever became of the telling. */
static int tell_people(struct turn *turn, const struct change *change)
{
	const struct record *after = &change->after;
	bool was = change->before.row.id != 0 && record_is_death(&change->before);

	if (!record_is_death(after)) {
		int error = tell_changed(turn, change);

		return error == OK && after->report.status == STATUS_ACCEPTED &&
				after->report.form->nalarm == 0
			? alert_inform(turn, after)
			: error;
	}
	if (change->verdict == CHANGE_OTHERS && record_is_death(&change->found) &&
		(alert_alarms(turn, &change->found) || !alert_alarms(turn, after)))
		return OK; /* told when the first came */
	return was ? alert_filled(turn, &change->before, after) : alert_raise(turn, after);
}

static int tell_corrected(struct turn *turn, const struct change *change)
{
	const struct record *before = &change->before, *after = &change->after;

	if (record_is_death(after) && !record_is_death(before))
		return alert_raise(turn, after);
	if (record_is_death(before) && !record_is_death(after))
		return alert_undo(turn, before);
	if (record_is_death(after))
		return OK;
	if (counted(before) && strcmp(before->row.fields, after->row.fields) != 0 &&
		before->report.form->weekly == NULL) {
		int error = outbreak_fell(turn, before);

		if (error != OK)
			return error;
	}
	return tell_changed(turn, change);
}

/* Let in from outside: it counts from now on. */
static int tell_approved(struct turn *turn, const struct change *change)
{
	return record_is_death(&change->after) ? OK : tell_changed(turn, change);
}

/* What it says beyond the one that it takes the place of. */
static int tell_replaced(struct turn *turn, const struct change *change)
{
	const struct record *old = &change->found, *after = &change->after;
	bool told = false;
	int error;

	if (change->verdict != CHANGE_DONE || old->row.id == 0)
		return OK;
	if (!record_is_death(after))
		return tell_alarms(turn, old, after, true);
	error = alert_told(turn, after, &told);
	return error != OK || told ||
			(record_is_death(old) &&
				(alert_alarms(turn, old) || !alert_alarms(turn, after)))
		? error
		: alert_raise(turn, after);
}

static int tell_ended(struct turn *turn, const struct change *change)
{
	int error = counted(&change->before) ? outbreak_fell(turn, &change->before) : OK;

	if (error != OK)
		return error;
	return (record_is_death(&change->after) ||
		alarm_levels(turn, NULL, &change->before) != 0) &&
			change->before.link != LINK_SAME
		? alert_undo(turn, &change->after)
		: OK;
}

static int tell_verified(struct turn *turn, const struct change *change)
{
	return alert_take(turn, &change->after);
}

static int (*const tellers[WANT_COUNT])(struct turn *turn, const struct change *change) = {
	[WANT_TELL] = tell_people,
	[WANT_FILL] = tell_people,
	[WANT_CORRECT] = tell_corrected,
	[WANT_CANCEL] = tell_ended,
	[WANT_REFUSE] = tell_ended,
	[WANT_VERIFY] = tell_verified,
	[WANT_APPROVE] = tell_approved,
	[WANT_REPLACE] = tell_replaced,
	[WANT_DIFFERENT] = tell_people,
};

/* What the change means to others: alarms raised and taken back, the home's bidan told. */
int report_change(struct turn *turn, struct change *change)
{
	int error = record_change(turn, change);
	const struct record *after = &change->after;

	if (error != OK || after->row.training || change->only_look ||
		change->verdict == CHANGE_STATE || change->verdict == CHANGE_ASKED ||
		(change->verdict == CHANGE_OTHERS && change->want == WANT_CORRECT))
		return error;
	if (change->want == WANT_DIFFERENT)
		change->before.row.id = 0; /* nobody was told of it so far */
	if (tellers[change->want] != NULL)
		error = tellers[change->want](turn, change);
	if (error == OK)
		error = lived_follow(turn, change);
	if (error == OK && change->inherited && record_is_death(&change->heir))
		error = alert_raise(turn, &change->heir);
	if (error == OK && change->verdict == CHANGE_DONE)
		error = later_see(turn, change->before.row.id != 0 ? &change->before : NULL, after);
	if (error == OK && (change->want == WANT_TELL || change->want == WANT_FILL ||
				   change->want == WANT_CORRECT))
		error = residence_tell(turn, change);
	return error;
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
	place = turn->reading->place != NULL ? turn->reading->place
		: reader_place(turn->flow->reader, turn->flow->scratch, turn->flow->arena,
			  &turn->read, turn->message->text);
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
}

static int report_one(
	struct turn *turn, const struct report *report, int64_t linked, struct outcome *out)
{
	struct record *record = arena_raw(turn->flow->arena, sizeof(*record));
	struct change *change;
	int error;

	record_begin(record, report);
	for (size_t i = 0; turn->confirmed != NULL && turn->confirmed[i] != NULL; i++)
		record_confirm(record, turn->confirmed[i]);
	record->row.training = record->report.training =
		report->training || turn->reading->training;
	record->row.original = linked;
	record->link = linked != 0 ? LINK_BELONGS : LINK_NONE;
	*out = (struct outcome){.shown = record};
	if (report->status == STATUS_REFUSED)
		return OK;
	death_place(turn, record);
	change = change_new(turn, WANT_TELL, record);
	error = report_change(turn, change);
	*out = (struct outcome){.shown = &change->after, .same = change->same};
	if (change->verdict == CHANGE_OTHERS) {
		out->shown = &change->found;
		out->fresh = &change->after;
	}
	return error;
}

static bool told_before(const struct outcome *outcome)
{
	return outcome->fresh != NULL;
}

/* Who may not look up what was found is shown his own telling alone. */
static const struct record *echoed(const struct turn *turn, const struct outcome *outcome)
{
	bool hidden = told_before(outcome) && !scope_shown(turn, outcome->shown);

	return hidden ? outcome->fresh : outcome->shown;
}

/* The reply about one report that was told before. */
static void say_same(struct turn *turn, const struct outcome *outcome)
{
	const struct record *record = echoed(turn, outcome);
	const char *echo = reply_echo(&turn->reply, &record->report);

	record_about(turn, record);
	if (record_is_nihil(record))
		turn->answer = reply_report(&turn->reply, &record->report, turn->ref);
	else if (outcome->same == SAME_OTHER_FIGURES && record != outcome->fresh)
		turn_say(turn, MESSAGE_REPLACE, "ref", turn->ref, "echo", echo,
			"new", reply_echo(&turn->reply, &outcome->fresh->report));
	else
		turn_say(turn,
			outcome->same == SAME_PERHAPS ? MESSAGE_PERHAPS : MESSAGE_DUPLICATE, "ref",
			turn->ref, "echo", echo);
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
		strcmp(outcome->shown->row.sender, turn->sender.phone) == 0;
}

/* "Kehamilan K2408-0001 ditutup.", "IDL belum: DPT3": what the report means to its case, where
 * there is room for it. */
static void add_case(struct turn *turn, const struct record *record)
{
	const char *answer = turn->answer, *both;

	if (answer == NULL || record->row.training ||
		(record->ends == NULL && record->lacks == NULL))
		return;
	if (record->ends != NULL)
		turn_say(turn, MESSAGE_CASE_ENDED, "ref", record->ends);
	else
		turn_say(turn, *record->lacks == '\0' ? MESSAGE_CASE_WHOLE : MESSAGE_CASE_LACKS,
			"title", reply_word(&turn->reply, "title", record->lacks_mark,
				record->lacks_mark), "list", record->lacks);
	both = arena_printf(turn->flow->arena, "%s %s", answer, turn->answer);
	turn->answer = gsm7_septets(both) > 0 && gsm7_septets(both) <= SMS_SEPTETS ? both : answer;
}

static void say_all(struct turn *turn, struct outcome *outcomes, size_t count)
{
	const struct report *reports[COUNT_OF(turn->reading->reports)];
	const char *refs[COUNT_OF(turn->reading->reports)];

	if (count == 1 && told_before(&outcomes[0])) {
		say_same(turn, &outcomes[0]);
		return;
	}
	if (count == 1 && outcomes[0].shown->report.status == STATUS_HELD) {
		record_about(turn, outcomes[0].shown);
		residence_say(turn, outcomes[0].shown);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		const struct record *record = echoed(turn, &outcomes[i]);

		reports[i] = told_before(&outcomes[i]) ? record_repeated(turn, record)
						       : &record->report;
		refs[i] = record->row.ref;
		if (turn->ref == NULL)
			turn->ref = refs[i];
	}
	turn->answer = reply_reports(&turn->reply, reports, refs, count);
}

/* A call for help in a report: the people near are alerted, and the answer has their numbers. */
static int call_help(struct turn *turn, const struct outcome *outcome)
{
	const struct record *shown = echoed(turn, outcome);
	const struct area *place = record_desa(turn, shown);
	const char *phones;
	int error = alert_emergency(
		turn, place == NULL ? turn_place(turn) : place, place, &phones);

	if (error == OK && *phones != '\0')
		turn_say(turn, MESSAGE_EMERGENCY_REPORT, "ref", shown->row.ref, "echo",
			reply_echo(&turn->reply, &shown->report), "phones", phones);
	return error;
}

static bool all_refused(const struct reading *reading)
{
	for (size_t i = 0; i < reading->nreport; i++) {
		if (reading->reports[i].status != STATUS_REFUSED)
			return false;
	}
	return true;
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

	if (stranger && (reading->training || all_refused(reading)))
		return unregistered_handle(turn);
	for (size_t i = 0; error == OK && i < reading->nreport; i++) {
		int linked = reading->reports[i].linked;
		int64_t first =
			linked >= 0 && (size_t)linked < i ? outcomes[linked].shown->row.id : 0;

		error = report_one(turn, &reading->reports[i], first, &outcomes[i]);
		turn->stored[turn->nstored++] = outcomes[i].shown->row.id;
		if (error == OK)
			error = report_console(
				turn, outcomes[i].shown, goes_on(turn, &outcomes[i]));
	}
	if (error != OK)
		return error;
	say_all(turn, outcomes, reading->nreport);
	for (size_t i = 0; i < reading->nreport; i++)
		add_case(turn, outcomes[i].shown);
	if (stranger)
		turn_say(turn, stranger_texts[turn->reply.death], "ref", turn->ref);
	if (reading->emergency && !outcomes[0].shown->row.training &&
		outcomes[0].shown->row.id != 0)
		return call_help(turn, &outcomes[0]);
	return OK;
}

void report_say(struct turn *turn, const struct change *change)
{
	struct outcome outcome = {
		.shown = &change->found, .same = change->same, .fresh = &change->after};

	if (change->verdict == CHANGE_OTHERS) {
		say_same(turn, &outcome);
		return;
	}
	record_about(turn, &change->after);
	if (change->after.report.status == STATUS_HELD)
		residence_say(turn, &change->after);
	else
		turn->answer = reply_report(
			&turn->reply, &change->after.report, change->after.row.ref);
	add_case(turn, &change->after);
}

int report_continue(struct turn *turn, const struct record *before, const struct record *after)
{
	struct change *change = change_new(turn, WANT_FILL, before);
	int error;

	change->after = *after;
	error = report_change(turn, change);
	if (error == OK)
		error = report_console(turn, &change->after, record_is_death(before));
	if (error != OK)
		return error;
	if (change->verdict == CHANGE_STATE)
		return record_say_state(turn, before);
	report_say(turn, change);
	return OK;
}
