/* Deaths: telling, telling again, and telling that it was none. */
#include "flows/alert/alert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "flows/alert/alarm.h"
#include "flows/alert/alert_case.h"
#include "flows/alert/alert_told.h"
#include "flows/alert/bundle.h"
#include "flows/alert/recipients.h"
#include "flows/record/report_json.h"
#include "flows/rules/scope.h"
#include "parsers/form/form.h"

/* Whoever is to be called tells it just now. */
static bool tells_now(const struct turn *turn, const struct record *record)
{
	return turn->sender.phone != NULL && record->row.actor != NULL &&
		turn->reading != NULL && turn->reading->intent == INTENT_REPORT &&
		strcmp(record->row.actor, turn->sender.phone) == 0;
}

/* How an alarm is told: for the first time, again, or as what somebody told before under another
 * number (old); by: its teller (NULL: whoever tells now, else told it first), also: another one. */
struct told_as {
	bool again, bundled;
	const char *old, *by, *also;
};

static const char *alert_text(const struct turn *turn, const struct reply_context *reply,
	const struct record *record, const struct recipient *to, const struct told_as *as,
	const char *who)
{
	bool again = as->again;
	enum message_id id = as->old != NULL ? MESSAGE_ALERT_CONFIRMED
		: to->alarm              ? MESSAGE_ALERT_ALARM
		: again                  ? MESSAGE_ALERT_AGAIN
					 : MESSAGE_ALERT;

	if (!record_is_death(record))
		return message_text(turn->flow->catalogue, turn->flow->arena,
			reply_language(reply), again ? MESSAGE_ALARM_AGAIN : MESSAGE_ALARM,
			"ref", record->row.ref, "what", alarm_words(turn, reply, record),
			"initials", alert_initials(turn->flow->arena, &record->report), "place",
			alert_place(reply, record), "who", who, NULL);
	return message_text(turn->flow->catalogue, turn->flow->arena, reply_language(reply), id,
		"ref", record->row.ref, "class", alert_class(reply, &record->report), "initials",
		alert_initials(turn->flow->arena, &record->report), "age",
		alert_age(reply, &record->report), "place", alert_place(reply, record), "who", who,
		"old", as->old, NULL);
}

/* Both tellers are named where there is room. */
static int alert_send(const struct turn *turn, const struct record *record,
	const struct recipient *to, const struct told_as *as)
{
	struct sender sender;
	struct reply_context reply;
	const char *who, *text, *both;

	turn_towards(turn, &to->person, &sender, &reply);
	who = alert_who(turn, &reply,
		as->by != NULL                  ? as->by
			: tells_now(turn, record) ? turn->sender.phone
						  : record->row.sender);
	text = alert_text(turn, &reply, record, to, as, who);
	if (as->also != NULL && strcmp(as->also, to->person.phone) != 0) {
		both = alert_text(turn, &reply, record, to, as,
			arena_printf(turn->flow->arena, "%s, %s", who,
				alert_who(turn, &reply, as->also)));
		text = template_fits(both) ? both : text;
	}
	return turn_send(turn, "alert", to->person.phone, text, record->row.ref);
}

/* In a bundle: "K2408-0002 W. tanda bahaya kejang". */
static int alert_later(const struct turn *turn, const struct record *record,
	const struct recipient *to)
{
	struct sender sender;
	struct reply_context reply;

	turn_towards(turn, &to->person, &sender, &reply);
	return bundle_add(turn, to->person.phone,
		arena_printf(turn->flow->arena, "%s %s %s", record->row.ref,
			alert_initials(turn->flow->arena, &record->report),
			record_is_death(record) ? alert_class(&reply, &record->report)
						: alarm_words(turn, &reply, record)));
}

static int alert_all(const struct turn *turn, const struct record *record, unsigned levels,
	const struct told_as *as)
{
	const struct area *area;
	struct recipients to;
	json_t *phones;
	int error = alert_area(turn, record, &area);

	if (error == OK)
		error = alert_recipients(turn, record, area, levels, &to);
	if (error == OK)
		error = told_load(turn, record, &phones);
	if (error != OK)
		return error;
	for (size_t i = 0; error == OK && i < to.count; i++) {
		error = as->bundled
			? alert_later(turn, record, &to.list[i])
			: alert_send(turn, record, &to.list[i], as);
		told_add(phones, to.list[i].person.phone);
	}
	if (error == OK)
		return told_save(turn, record, phones);
	json_decref(phones);
	return error;
}

/* by: the version with the teller whom the alarm named; NULL: the first. */
static int deadline_set(const struct turn *turn, const struct record *record, const char *kind,
	int64_t due, int step, const char *by)
{
	struct deadline deadline = {.kind = kind, .due = due, .step = step, .data = by,
		.subject = arena_printf(turn->flow->arena, "%lld", (long long)record->row.id)};

	return store_deadline_put(turn->flow->store, &deadline);
}

static int deadlines_drop(const struct turn *turn, const struct record *record)
{
	const char *subject = arena_printf(turn->flow->arena, "%lld", (long long)record->row.id);
	int error = store_deadline_drop(turn->flow->store, "alert", subject);

	return error != OK ? error : store_deadline_drop(turn->flow->store, "mpdn", subject);
}

bool alert_alarms(const struct turn *turn, const struct record *record)
{
	const char *kind = report_text(&record->report, record->report.form->kind);
	const char *class = report_text(&record->report, record->report.form->class);

	if (!record_is_death(record))
		return alarm_levels(turn, NULL, record) != 0;
	return (turn->flow->settings->alarm_other || kind == NULL || strcmp(kind, "LAIN") != 0 ||
			(class != NULL && strcmp(class, "OTHER") != 0));
}

/* A death that is nobody's alarm: the bidan reads it, nothing escalates. */
static int tell_bidan(const struct turn *turn, const struct record *record)
{
	const struct area *area = record->row.area == NULL
		? NULL
		: gazetteer_area(turn->flow->places, record->row.area);
	struct recipients to;
	json_t *phones;
	const char *initials = alert_initials(turn->flow->arena, &record->report);
	int error = told_load(turn, record, &phones);

	if (error == OK && area != NULL)
		error = recipients_find(turn, area, TO_BIDAN, &to);
	for (size_t i = 0; area != NULL && error == OK && i < to.count; i++) {
		struct sender sender;
		struct reply_context reply;
		const char *nobody;

		if (to.list[i].alarm)
			continue; /* the next level need not know */
		turn_towards(turn, &to.list[i].person, &sender, &reply);
		nobody = reply_word(&reply, "told", "nobody", "?");
		error = turn_send(turn, "notice", to.list[i].person.phone,
			message_text(turn->flow->catalogue, turn->flow->arena,
				reply_language(&reply), MESSAGE_ALERT_OTHER, "ref",
				record->row.ref, "initials",
				*initials == '\0' ? nobody : initials, "age",
				alert_age(&reply, &record->report), "place",
				alert_place(&reply, record), "who",
				alert_who(turn, &reply, record->row.sender), NULL),
			record->row.ref);
		told_add(phones, to.list[i].person.phone);
	}
	if (error == OK)
		return told_save(turn, record, phones);
	json_decref(phones);
	return error;
}

static unsigned levels_of(const struct turn *turn, const struct record *record)
{
	return record_is_death(record) ? TO_BIDAN | TO_PUSKESMAS | TO_DINKES
				       : alarm_levels(turn, NULL, record);
}

/* Weighings and danger signs take no place from the deaths; what a correction says anew, told and
 * taken back perhaps, takes none from what is told. */
static const char *kind_of(const struct turn *turn, const struct record *record)
{
	bool corrects = turn->reading != NULL && turn->reading->intent == INTENT_CORRECT;

	if (record_is_death(record))
		return corrects ? "deaths-corrected" : "deaths";
	return corrects ? "alarms-corrected" : "alarms";
}

static int raise_as(const struct turn *turn, const struct record *record, const char *old)
{
	const struct flow_settings *settings = turn->flow->settings;
	struct told_as as = {.old = old};
	bool now, escalates;
	int error;

	if (!alert_alarms(turn, record))
		return tell_bidan(turn, record);
	error = bundle_begin_grave(turn, kind_of(turn, record), &now, &escalates);
	as.bundled = !now;
	if (error == OK)
		error = alert_all(turn, record, levels_of(turn, record), &as);
	if (error != OK || !escalates)
		return error; /* of a flood nothing escalates by itself */
	if (error == OK)
		error = deadline_set(
			turn, record, "alert", turn->flow->now + settings->alert_minutes * 60, 1,
			tells_now(turn, record)
				? arena_printf(turn->flow->arena, "%d", record->row.version)
				: NULL);
	if (error == OK && record_is_death(record))
		error = deadline_set(turn, record, "mpdn",
			turn->flow->now + settings->notify_minutes * 60, 0, NULL);
	return error;
}

int alert_raise(const struct turn *turn, const struct record *record)
{
	return raise_as(turn, record, NULL);
}

int alert_confirm(const struct turn *turn, const struct record *old, const struct record *now)
{
	bool told = false;
	int error = alert_told(turn, old, &told);

	if (error != OK)
		return error;
	told = told && alert_alarms(turn, old);
	return raise_as(turn, now, told ? old->row.ref : NULL);
}

int alert_on_due(const struct turn *turn, const struct deadline *deadline)
{
	struct record record, *first;
	struct told_as as = {.again = true};
	bool stands = false;
	int error = record_load(turn, strtoll(deadline->subject, NULL, 10), &record);

	if (error == OK && strcmp(record.row.status, "verified") != 0)
		error = alert_stands(turn, &record, &stands, &first);
	if (error != OK || !stands || first != NULL)
		return error == ERR_NOT_FOUND ? OK : error;
	error = alert_tellers(turn, &record, deadline->data, &as.by, &as.also);
	if (error == OK)
		error = alert_all(turn, &record,
			record_is_death(&record) ? levels_of(turn, &record) | TO_PROVINSI
						 : levels_of(turn, &record) | TO_DINKES,
			&as);
	if (error != OK || deadline->step > 1)
		return error;
	return deadline_set(turn, &record, "alert",
		record.row.received + turn->flow->settings->alert_again_minutes * 60, 2,
		deadline->data);
}

static bool other_text(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) != 0;
}

static bool moved(const struct record *before, const struct record *after)
{
	return after->row.area != NULL && *after->row.area != '\0' &&
		other_text(before->row.area, after->row.area);
}

/* Told to those of its desa who were not told when it came. */
static int alert_newcomers(const struct turn *turn, const struct record *record)
{
	const struct area *area = gazetteer_area(turn->flow->places, record->row.area);
	struct recipients to;
	size_t count = 0;
	bool now, escalates;
	json_t *phones;
	int error = recipients_find(turn, area, levels_of(turn, record), &to);

	if (error == OK)
		error = told_load(turn, record, &phones);
	if (error != OK)
		return error;
	for (size_t i = 0; i < to.count; i++) {
		if (told_add(phones, to.list[i].person.phone))
			to.list[count++] = to.list[i];
	}
	if (count > 0)
		error = bundle_begin_grave(turn, "deaths", &now, &escalates);
	for (size_t i = 0; error == OK && i < count; i++)
		error = now ? alert_send(turn, record, &to.list[i], &(struct told_as){0})
			    : alert_later(turn, record, &to.list[i]);
	if (error == OK)
		return told_save(turn, record, phones);
	json_decref(phones);
	return error;
}

int alert_filled(const struct turn *turn, const struct record *before, const struct record *after)
{
	int error = OK;

	if (!alert_alarms(turn, before) && alert_alarms(turn, after))
		return alert_raise(turn, after); /* it was a mother or a child after all */
	if (strcmp(before->row.fields, after->row.fields) != 0 && !record_open(after))
		error = told_write(
			turn, after, MESSAGE_ALERT_FILLED, MESSAGE_ALERT_FILLED_TOLD, NULL);
	return error == OK && moved(before, after) && alert_alarms(turn, after)
		? alert_newcomers(turn, after)
		: error;
}

int alert_changed(const struct turn *turn, const struct record *before, const struct record *after)
{
	const char *class = before->report.form->class;
	bool elsewhere = other_text(before->row.area, after->row.area);
	int error;

	if (!alert_alarms(turn, before) && alert_alarms(turn, after))
		return alert_raise(turn, after);
	if (!elsewhere && !other_text(alert_year(turn, before), alert_year(turn, after)) &&
		!other_text(report_text(&before->report, class),
			report_text(&after->report, class)))
		return OK;
	error = told_write(turn, after, MESSAGE_ALERT_CHANGED, MESSAGE_ALERT_CHANGED, NULL);
	return error != OK || !moved(before, after) || !alert_alarms(turn, after)
		? error
		: alert_newcomers(turn, after);
}

int alert_left(const struct turn *turn, const struct record *record)
{
	enum message_id id =
		record_is_death(record) ? MESSAGE_ALERT_CHANGED : MESSAGE_ALARM_UNDONE;
	const struct area *area;
	struct recipients to;
	int error = alert_area(turn, record, &area);

	if (error == OK)
		error = alert_recipients(turn, record, area,
			TO_BIDAN | TO_PUSKESMAS | TO_DINKES | TO_PROVINSI, &to);
	return error != OK ? error : told_write(turn, record, id, id, &to);
}

int alert_moved(const struct turn *turn, const struct record *after)
{
	int error = alert_left(turn, after);

	return error != OK ? error : alert_raise(turn, after);
}

int alert_elsewhere(const struct turn *turn, const struct record *after)
{
	const struct area *desa = record_desa(turn, after);
	struct record *there = arena_alloc(turn->flow->arena, sizeof(*there));

	if (desa == NULL || !alert_alarms(turn, after) || !other_text(after->row.area, desa->code))
		return OK;
	*there = *after;
	there->row.area = desa->code;
	return alert_newcomers(turn, there);
}

int alert_expected(
	const struct turn *turn, const struct record *before, const struct record *after)
{
	struct record *told = arena_alloc(turn->flow->arena, sizeof(*told));

	if (!record_is_death(before) || before->row.training || alert_alarms(turn, before) ||
		!alert_alarms(turn, after))
		return OK;
	*told = *after;
	told->row = before->row;
	return alert_raise(turn, told);
}

int alert_undo(const struct turn *turn, const struct record *record)
{
	enum message_id id =
		record_is_death(record) ? MESSAGE_ALERT_UNDONE : MESSAGE_ALARM_UNDONE;
	int error = told_write(turn, record, id, id, NULL);

	return error != OK ? error : deadlines_drop(turn, record);
}

int alert_follow(const struct turn *turn, const struct record *old, const struct record *now)
{
	const char *subject = arena_printf(turn->flow->arena, "%lld", (long long)old->row.id);
	struct deadline open;
	json_t *phones;
	int error = told_load(turn, old, &phones);

	if (error == OK)
		error = told_save(turn, now, phones);
	if (error == OK)
		error = store_deadline_get(
			turn->flow->store, turn->flow->arena, "alert", subject, &open);
	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error;
	error = deadline_set(turn, now, "alert", open.due, open.step, NULL);
	return error != OK ? error : deadlines_drop(turn, old);
}

int alert_take(const struct turn *turn, const struct record *record)
{
	return store_deadline_drop(turn->flow->store, "alert",
		arena_printf(turn->flow->arena, "%lld", (long long)record->row.id));
}

/* Only deaths around birth and of mothers are notified in MPDN; an unclear one might be. */
static bool notifiable(const struct report *report)
{
	static const char *const not [] = {
		"NOT_MATERNAL", "MATERNAL_LATE", "POSTNEONATAL", "CHILD", "OTHER"};
	const char *class = report_text(report, report->form->class);

	for (size_t i = 0; class != NULL && i < COUNT_OF(not); i++) {
		if (strcmp(class, not[i]) == 0)
			return false;
	}
	return true;
}

int alert_on_notify(const struct turn *turn, const struct deadline *deadline)
{
	struct record record;
	struct recipients to;
	int error = record_load(turn, strtoll(deadline->subject, NULL, 10), &record);

	if (error != OK ||
		strstr("cancelled superseded refused duplicate", record.row.status) != NULL ||
		!notifiable(&record.report))
		return error == ERR_NOT_FOUND ? OK : error;
	error = recipients_find(
		turn, gazetteer_area(turn->flow->places, record.row.area), TO_PUSKESMAS, &to);
	for (size_t i = 0; error == OK && i < to.count; i++) {
		struct sender sender;
		struct reply_context reply;

		turn_towards(turn, &to.list[i].person, &sender, &reply);
		error = turn_send(turn, "alert", to.list[i].person.phone,
			message_text(turn->flow->catalogue, turn->flow->arena,
				reply_language(&reply), MESSAGE_ALERT_NOTIFY, "ref", record.row.ref,
				"class", alert_class(&reply, &record.report), "place",
				alert_place(&reply, &record), NULL),
			record.row.ref);
	}
	return error;
}
