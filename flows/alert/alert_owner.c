/* Alarms seen from the other side: what nobody took yet, and what the reporter must hear. */
#include <string.h>

#include "flows/alert/alarm.h"
#include "flows/alert/alert.h"
#include "flows/alert/alert_case.h"
#include "flows/alert/alert_told.h"
#include "flows/record/own.h"
#include "flows/same/same_pair.h"
#include "parsers/form/form.h"

#define DAYS 7
#define LOOKED_AT 100 /* the newest of a form in an area */

/* What the first does not tell: it was alarmed beside it. */
static bool tells_more(
	const struct turn *turn, const struct record *copy, const struct record *first)
{
	if (!record_is_death(copy))
		return alarm_levels(turn, first, copy) != 0;
	return !record_is_death(first) || same_dead_differ(turn, copy, first) ||
		!alert_alarms(turn, first);
}

int alert_stands(const struct turn *turn, const struct record *record, bool *stands,
	struct record **first)
{
	struct record *original;
	int error = OK;

	*first = NULL;
	*stands = !record_gone(record);
	if (!*stands || record->report.status != STATUS_DUPLICATE)
		return OK;
	error = alert_told(turn, record, stands);
	if (error != OK || !*stands)
		return error;
	original = arena_alloc(turn->flow->arena, sizeof(*original));
	error = record_load(turn, record->row.original, original);
	if (error != OK || record_gone(original) || tells_more(turn, record, original))
		return error == ERR_NOT_FOUND ? OK : error;
	*first = original;
	return OK;
}

/* Nobody said TERIMA, and nobody judged it. */
static int untaken(const struct turn *turn, const struct report_row *row, bool *yes)
{
	struct record *record = arena_alloc(turn->flow->arena, sizeof(*record)), *first;
	bool taken;
	int error = record_of_row(turn, row, record);

	*yes = false;
	if (error != OK || !alert_alarms(turn, record) || strcmp(row->status, "verified") == 0)
		return error;
	error = alert_stands(turn, record, yes, &first);
	if (error != OK || !*yes || first != NULL) {
		*yes = false;
		return error;
	}
	error = alert_taken(turn, record, &taken);
	*yes = error == OK && !taken;
	return error;
}

int alert_taken(const struct turn *turn, const struct record *record, bool *taken)
{
	struct audit_row audit[32];
	size_t count = 0;
	int error = store_audit_list(turn->flow->store, turn->flow->arena, record->row.ref, audit,
		COUNT_OF(audit), &count);

	*taken = false;
	for (size_t i = 0; error == OK && i < count; i++)
		*taken |= strcmp(audit[i].action, "take") == 0;
	return error;
}

/* Alarms of one form in an area, newest first, behind those that are there. */
static int untaken_add(const struct turn *turn, const struct form *form, const char *area,
	struct report_row *rows, size_t room, size_t *count)
{
	struct report_row *found = arena_alloc(turn->flow->arena, LOOKED_AT * sizeof(*found));
	struct report_filter filter = {.form = form->name,
		.area_prefix = area,
		.received_from = turn->flow->now - DAYS * 86400LL};
	size_t here = 0;
	int error = store_report_find(
		turn->flow->store, turn->flow->arena, &filter, found, LOOKED_AT, &here);

	for (size_t i = 0; error == OK && i < here && *count < room; i++) {
		bool yes;

		error = untaken(turn, &found[i], &yes);
		if (yes)
			rows[(*count)++] = found[i];
	}
	return error;
}

int alert_untaken(const struct turn *turn, struct report_row *rows, size_t room, size_t *count)
{
	const struct puskesmas *puskesmas = turn->sender.puskesmas; /* may serve many desa */
	size_t areas = puskesmas == NULL ? turn->sender.narea : puskesmas->narea;
	const struct form *form;
	size_t forms = 0;
	int error = OK;

	*count = 0;
	while (reader_form_at(turn->flow->reader, forms) != NULL)
		forms++;
	for (size_t k = 0; k < 2 * forms; k++) { /* deaths, then what else alarms */
		form = reader_form_at(turn->flow->reader, k % forms);
		if ((form->story != NULL) != (k < forms) ||
			(form->story == NULL && !alarm_form(form)))
			continue;
		for (size_t i = 0; error == OK && i < areas; i++)
			error = untaken_add(turn, form,
				puskesmas == NULL ? turn->sender.areas[i]->code
						  : puskesmas->areas[i]->code,
				rows, room, count);
	}
	return error;
}

/* Who told a report, as somebody to write to: not who speaks, and not a stranger. */
struct owner {
	struct person person;
	struct sender sender;
	struct reply_context reply;
};

static int owner_find(
	const struct turn *turn, const struct record *record, struct owner *owner, bool *found)
{
	const char *phone = record->row.sender;
	int error;

	*found = false;
	if (phone == NULL || record->row.training ||
		(turn->sender.phone != NULL && strcmp(phone, turn->sender.phone) == 0))
		return OK;
	error = store_person_by_phone(turn->flow->store, turn->flow->arena, phone, &owner->person);
	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error;
	turn_towards(turn, &owner->person, &owner->sender, &owner->reply);
	*found = true;
	return OK;
}

int alert_replaced(const struct turn *turn, const struct record *old, const struct record *now,
	const char *by)
{
	struct owner owner;
	bool found;
	int error = owner_find(turn, old, &owner, &found);

	if (error != OK || !found || strcmp(old->row.sender, now->row.sender) == 0)
		return error;
	return turn_send(turn, "notice", old->row.sender,
		message_text(turn->flow->catalogue, turn->flow->arena,
			reply_language(&owner.reply), MESSAGE_REPLACED_TELL, "old", old->row.ref,
			"ref", now->row.ref, "echo", reply_echo(&owner.reply, &now->report), "who",
			alert_who(turn, &owner.reply, by), NULL),
		old->row.ref);
}

/* Of what he told himself, what is changed now: "weight 2900 -> 3100"; "": nothing. */
static int own_changes(const struct turn *turn, const struct reply_context *reply,
	const struct record *before, const struct record *own, const char **changes)
{
	struct record *now = arena_alloc(turn->flow->arena, sizeof(*now));
	struct strbuf out = {.arena = turn->flow->arena};
	int error = record_load(turn, before->row.id, now);

	strbuf_puts(&out, "");
	for (size_t i = 0; error == OK && i < own->report.nvalue; i++) {
		const char *field = own->report.values[i].field;
		const char *old = report_text(&before->report, field);
		const char *text = report_text(&now->report, field);

		if (own_derived(own->report.form, field) || old == NULL || text == NULL ||
			strcmp(old, text) == 0)
			continue;
		strbuf_printf(&out, "%s%s", out.length > 0 ? ", " : "",
			reply_change(reply, &before->report, field, text));
	}
	*changes = out.text;
	return error;
}

/* Who sees his own telling alone hears of what becomes of that. */
static int tell_of_own(const struct turn *turn, const struct owner *owner, struct record *record,
	const char **changes)
{
	struct record *own;
	int error;

	if (!own_alone(turn, &owner->sender, record))
		return OK;
	own = arena_alloc(turn->flow->arena, sizeof(*own));
	error = own_load(turn, record, own);
	if (error == OK && *changes != NULL)
		error = own_changes(turn, &owner->reply, record, own, changes);
	record->report = own->report;
	return error;
}

static int tell_owner(
	const struct turn *turn, const struct record *about, const char *changes)
{
	struct record *record = arena_alloc(turn->flow->arena, sizeof(*record));
	struct owner owner;
	struct reply_context reply;
	const char *who, *phone = about->row.sender;
	bool found;
	int error = owner_find(turn, about, &owner, &found);

	*record = *about;
	if (error == OK && found)
		error = tell_of_own(turn, &owner, record, &changes);
	if (error != OK || !found || (changes != NULL && *changes == '\0'))
		return error;
	reply = owner.reply;
	who = alert_who(turn, &reply, turn->sender.phone);
	return turn_send(turn, "notice", phone,
		changes == NULL
			? message_text(turn->flow->catalogue, turn->flow->arena,
				  reply_language(&reply), MESSAGE_CANCELLED_TELL, "ref",
				  record->row.ref, "echo", reply_echo(&reply, &record->report),
				  "who", who, NULL)
			: message_text(turn->flow->catalogue, turn->flow->arena,
				  reply_language(&reply), MESSAGE_CORRECTED_TELL, "ref",
				  record->row.ref, "changes", changes, "who", who, NULL),
		record->row.ref);
}

/* Once, however often he added to it. */
static bool told_already(const struct audit_row *audit, size_t at)
{
	for (size_t i = 0; i < at; i++) {
		if (strcmp(audit[i].action, audit[at].action) == 0 && audit[i].actor != NULL &&
			strcmp(audit[i].actor, audit[at].actor) == 0)
			return true;
	}
	return false;
}

int alert_due_moved(const struct turn *turn, const struct record *record, const char *changes)
{
	struct owner owner;
	bool found;
	int error = owner_find(turn, record, &owner, &found);

	return error != OK || !found ? error
		: turn_send(turn, "notice", record->row.sender,
			message_text(turn->flow->catalogue, turn->flow->arena,
				reply_language(&owner.reply), MESSAGE_CASE_MOVED, "ref",
				record->row.ref, "changes", changes, "who",
				alert_who(turn, &owner.reply, turn->sender.phone), NULL),
			record->row.ref);
}

int alert_owner(const struct turn *turn, const struct record *record, const char *changes)
{
	struct audit_row audit[32];
	struct record *theirs;
	size_t count = 0;
	int error = tell_owner(turn, record, changes);

	if (error == OK)
		error = store_audit_list(turn->flow->store, turn->flow->arena, record->row.ref,
			audit, COUNT_OF(audit), &count);
	for (size_t i = 0; error == OK && i < count; i++) {
		if (strcmp(audit[i].action, "complete") != 0 || audit[i].actor == NULL ||
			strcmp(audit[i].actor, record->row.sender) == 0 ||
			told_already(audit, i))
			continue;
		theirs = arena_alloc(turn->flow->arena, sizeof(*theirs));
		*theirs = *record;
		theirs->row.sender = audit[i].actor;
		error = tell_owner(turn, theirs, changes);
	}
	return error;
}
