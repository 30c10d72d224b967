/* Reports: from a reading to rows, tallies, alerts and one reply. */
#include "flows/report/report.h"

#include "flows/report/lived.h"

#include <stdio.h>
#include <string.h>

#include "flows/alert/alarm.h"
#include "flows/alert/alert.h"
#include "flows/alert/alert_told.h"
#include "flows/record/record_scope.h"
#include "flows/record/own.h"
#include "flows/record/pending.h"
#include "flows/report/miscarried.h"
#include "flows/same/same_names.h"
#include "flows/report/residence.h"
#include "flows/same/same_names.h"
#include "flows/turn/handlers.h"
#include "parsers/form/form.h"

#define MOURNS_SECONDS 3600

/* What became of one report of the message, for the reply. */
struct outcome {
	const struct record *shown; /* the record the reply tells about */
	const struct record *fresh; /* the new one, when it is not the one shown */
	const struct record *death; /* of somebody that it tells has died; NULL */
	enum same same;
};

/* "bu rukmi meninggal di wonocoyo" of somebody from elsewhere: his own desa was only supposed. */
static void story_place(struct turn *turn, struct record *record)
{
	const char *field = record->report.form->place;
	const struct value *own = report_value(&record->report, field);
	const struct area *place;

	if (own == NULL || !own->defaulted || !record->report.story || turn->reading->nreport > 1 ||
		turn->reading->text == NULL)
		return;
	place = reader_place(turn->flow->reader, turn->flow->scratch, turn->flow->arena,
		&turn->read, turn->reading->text);
	if (place != NULL && place->level == LEVEL_DESA && strcmp(place->code, own->text) != 0)
		report_set(&record->report, turn->flow->arena,
			&(struct value){
				.field = own->field, .text = place->code, .raw = place->code});
}

/* A death without a desa: the place that its story names, so that the right people are alerted. */
static void death_place(struct turn *turn, struct record *record)
{
	const char *field = record->report.form->place;
	const struct area *place;
	struct value value = {.field = field};
	size_t kept = 0;

	if (!record_is_death(record) || field == NULL)
		return;
	story_place(turn, record);
	if (report_text(&record->report, field) != NULL)
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
	error = miscarried_see(turn, record);
	if (error != OK)
		return error;
	change = change_new(turn, WANT_TELL, record);
	error = report_change(turn, change);
	*out = (struct outcome){.shown = &change->after, .same = change->same};
	if (change->verdict == CHANGE_OTHERS) {
		if (error == OK)
			error = own_seen(turn, &change->found, &out->shown);
		out->fresh = &change->after;
	}
	out->death = change->death;
	return error == OK && out->death != NULL ? report_console(turn, out->death, false) : error;
}

static bool told_before(const struct outcome *outcome)
{
	return outcome->fresh != NULL;
}

/* Who may not look up what was found is shown his own telling alone; by a NIK with another name
 * nobody looks it up but who verifies there. */
static const struct record *echoed(const struct turn *turn, const struct outcome *outcome)
{
	bool hidden = told_before(outcome) &&
		(!scope_shown(turn, outcome->shown) ||
			(!scope_sees(turn, outcome->shown) &&
				same_by_nik(&outcome->shown->report, &outcome->fresh->report)));

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
	turn->about_death = true;
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
		(record->ends == NULL && record->stays == NULL && record->lacks == NULL))
		return;
	if (record->ends != NULL)
		turn_say(turn, MESSAGE_CASE_ENDED, "ref", record->ends);
	else if (record->stays != NULL)
		turn_say(turn, MESSAGE_CASE_STAYS, "ref", record->stays);
	else
		turn_say(turn, *record->lacks == '\0' ? MESSAGE_CASE_WHOLE : MESSAGE_CASE_LACKS,
			"title", reply_word(&turn->reply, "title", record->lacks_mark,
				record->lacks_mark), "list", record->lacks);
	both = arena_printf(turn->flow->arena, "%s %s", answer, turn->answer);
	turn->answer = template_fits(both) ? both : answer;
}

/* The report and the death that it told: both references, and what is asked about the death. */
static void say_dead(struct turn *turn, const struct record *told, const struct record *death)
{
	bool nobody = turn->reply.death == REPLY_DEATH_NOBODY;
	const struct report *report = &death->report;
	const char *refs = arena_printf(
		turn->flow->arena, "%s, %s", told->row.ref, death->row.ref);

	record_about(turn, told);
	if (report->nproblem > 0)
		turn_say(turn, nobody ? MESSAGE_DEATH_OPEN_NOBODY : MESSAGE_DEATH_OPEN, "ref", refs,
			"echo", reply_echo(&turn->reply, &told->report), "ask",
			reply_ask(&turn->reply, report, &report->problems[0]));
	else
		turn_say(turn, nobody ? MESSAGE_DEATH_NOBODY : MESSAGE_DEATH, "ref", refs, "echo",
			reply_echo(&turn->reply, &told->report));
}

/* It may be another event, or takes another's place. */
static bool is_asked(const struct outcome *outcome)
{
	return told_before(outcome) && !record_is_nihil(outcome->fresh) &&
		(outcome->same == SAME_PERHAPS || outcome->same == SAME_OTHER_FIGURES);
}

static bool listed(const char *const *refs, size_t count, const char *ref)
{
	for (size_t i = 0; i < count; i++) {
		if (refs[i] != NULL && ref != NULL && strcmp(refs[i], ref) == 0)
			return true;
	}
	return false;
}

/* What waits for such an answer: the last is asked first. NULL: nothing does. */
static const char *asked(struct turn *turn, const struct outcome *outcomes, size_t count)
{
	for (size_t i = count; i-- > 0;) {
		const struct outcome *outcome = &outcomes[i];

		if (!is_asked(outcome))
			continue;
		if (outcome->same == SAME_PERHAPS)
			turn_say(turn, MESSAGE_ASK_PERHAPS, "echo",
				reply_brief(&turn->reply, &outcome->fresh->report));
		else
			turn_say(turn, MESSAGE_ASK_REPLACE, "echo",
				reply_echo(&turn->reply, &outcome->fresh->report));
		return turn->answer;
	}
	return NULL;
}

static void say_all(struct turn *turn, struct outcome *outcomes, size_t count)
{
	const struct report *reports[2 * COUNT_OF(turn->reading->reports)];
	const char *refs[COUNT_OF(reports)];
	size_t shown = 0;

	if (count == 1 && outcomes[0].death == NULL && told_before(&outcomes[0])) {
		say_same(turn, &outcomes[0]);
		return;
	}
	if (count == 1 && outcomes[0].death != NULL) {
		say_dead(turn, echoed(turn, &outcomes[0]), outcomes[0].death);
		return;
	}
	if (count == 1 && outcomes[0].shown->report.status == STATUS_HELD) {
		record_about(turn, outcomes[0].shown);
		residence_say(turn, outcomes[0].shown);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		const struct record *record = echoed(turn, &outcomes[i]);

		if (told_before(&outcomes[i]) && listed(refs, shown, record->row.ref))
			continue; /* both of twins are like the same one */
		reports[shown] = told_before(&outcomes[i])
			? record_repeated(turn, record, is_asked(&outcomes[i]))
			: &record->report;
		refs[shown++] = record->row.ref;
		if (turn->ref == NULL)
			turn->ref = record->row.ref;
		if (outcomes[i].death != NULL) {
			reports[shown] = &outcomes[i].death->report;
			refs[shown++] = outcomes[i].death->row.ref;
		}
	}
	turn->answer = reply_reports(
		&turn->reply, reports, refs, shown, asked(turn, outcomes, count));
}

/* A call for help in a report: the people near are alerted, and the answer has their numbers. */
static int call_help(struct turn *turn, const struct outcome *outcome)
{
	const struct record *shown = echoed(turn, outcome);
	const struct area *place = record_desa(turn, shown);
	const char *phones;
	bool now;
	int error = alert_emergency(
		turn, place == NULL ? turn_place(turn) : place, place, &phones, &now);

	if (error == OK && *phones != '\0')
		turn_say(turn,
			now ? MESSAGE_EMERGENCY_REPORT : MESSAGE_EMERGENCY_REPORT_LATER, "ref",
			shown->row.ref, "echo", reply_echo(&turn->reply, &shown->report),
			"phones", phones);
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

static void stored(struct turn *turn, const struct report_row *row)
{
	turn->news[turn->nstored] = row->id != 0 && turn->message != NULL &&
		row->inbound == turn->message->inbound && row->original == 0 && !row->training;
	turn->stored[turn->nstored++] = row->id;
}

/* "innalillahi" and nothing else, within the hour of a death that he told and is asked about. */
static int only_mourns(struct turn *turn, bool *done)
{
	const struct report *told = &turn->reading->reports[0];
	struct pendings pendings;
	int64_t asked;
	int error;

	*done = false;
	if (turn->reading->nreport != 1 || !told->story || told->training)
		return OK;
	for (size_t i = 0; i < told->nvalue; i++)
		if (!told->values[i].defaulted)
			return OK;
	error = pendings_load(turn, turn->sender.phone, &pendings);
	if (error != OK || pendings.count == 0)
		return error;
	asked = pendings.list[pendings.count - 1].until -
		(int64_t)turn->flow->settings->question_hours * 3600;
	return turn->flow->now - asked > MOURNS_SECONDS ? OK : answer_ask_again(turn, done);
}

int report_handle(struct turn *turn)
{
	const struct reading *reading = turn->reading;
	struct outcome *outcomes =
		arena_alloc(turn->flow->arena, COUNT_OF(reading->reports) * sizeof(*outcomes));
	bool stranger = turn->sender.role == ROLE_NONE, mourns;
	int error = only_mourns(turn, &mourns);

	if (error != OK || mourns)
		return error;
	if (stranger && (reading->training || all_refused(reading)))
		return unregistered_handle(turn);
	for (size_t i = 0; error == OK && i < reading->nreport; i++) {
		int linked = reading->reports[i].linked;
		int64_t first =
			linked >= 0 && (size_t)linked < i ? outcomes[linked].shown->row.id : 0;

		error = report_one(turn, &reading->reports[i], first, &outcomes[i]);
		stored(turn, &outcomes[i].shown->row);
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
	if (change->death != NULL)
		say_dead(turn, &change->after, change->death);
	else if (change->after.report.status == STATUS_HELD)
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
		error = report_console(turn, change->death != NULL ? change->death : &change->after,
			record_is_death(before));
	if (error != OK)
		return error;
	if (change->verdict == CHANGE_STATE)
		return record_say_state(turn, before);
	report_say(turn, change);
	return OK;
}
