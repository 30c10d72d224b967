/* Those who look after somebody: see alert_case.h. The bidan of another desa to whom she was
 * handed, and whoever expects her on another day. */
#include "flows/alert/alert_case.h"

#include <string.h>

#include "flows/alert/alert_told.h"
#include "flows/alert/alert_words.h"
#include "flows/case/handed.h"
#include "parsers/form/form.h"
#include "parsers/form/form_case.h"

static bool among(const struct recipients *to, const char *phone)
{
	for (size_t i = 0; i < to->count; i++) {
		if (strcmp(to->list[i].person.phone, phone) == 0)
			return true;
	}
	return false;
}

int alert_recipients(const struct turn *turn, const struct record *record,
	const struct area *area, unsigned levels, struct recipients *to)
{
	const struct area *hers;
	struct recipients more;
	int error = recipients_find(turn, area, levels, to);

	if (error == OK)
		error = handed_area(turn, record, &hers);
	if (error != OK || hers == NULL)
		return error;
	error = recipients_find(turn, hers, TO_BIDAN, &more);
	for (size_t i = 0; error == OK && i < more.count && to->count < COUNT_OF(to->list); i++) {
		if (!among(to, more.list[i].person.phone))
			to->list[to->count++] = more.list[i];
	}
	return error;
}

/* Whoever stands in for a bidan who is not there has nobody to look after. */
static int tell(const struct turn *turn, const struct recipient *to, const struct record *record,
	enum message_id id, const char *changes)
{
	struct sender sender;
	struct reply_context reply;

	if (to->alarm)
		return OK;
	turn_towards(turn, &to->person, &sender, &reply);
	return turn_send(turn, "notice", to->person.phone,
		message_text(turn->flow->catalogue, turn->flow->arena, reply_language(&reply), id,
			"ref", record->row.ref, "initials",
			alert_initials(turn->flow->arena, &record->report), "place",
			reply_place(&reply, record->row.area), "changes", changes, "who",
			alert_who(turn, &reply, turn->sender.phone), NULL),
		record->row.ref);
}

int alert_case_gone(
	const struct turn *turn, const struct record *record, const struct area *hers)
{
	struct recipients to;
	int error = recipients_find(turn, hers, TO_BIDAN, &to);

	for (size_t i = 0; error == OK && i < to.count; i++) {
		bool told;

		error = alert_told_to(turn, record, to.list[i].person.phone, &told);
		if (error == OK && !told)
			error = tell(turn, &to.list[i], record, MESSAGE_ALARM_UNDONE, "");
	}
	return error;
}

/* "HPL S.A. 6/12/24 -> 7/4/25" */
static const char *moved_words(const struct turn *turn, const struct record *record)
{
	const char *due = record->report.form->cases->due;

	return arena_printf(turn->flow->arena, "%s %s %s -> %s",
		reply_label(&turn->reply, record->report.form, due),
		alert_initials(turn->flow->arena, &record->report),
		reply_date(turn->flow->arena, record->due_moved),
		reply_date(turn->flow->arena, report_text(&record->report, due)));
}

int alert_case_moved(const struct turn *turn, const struct record *record)
{
	const char *words = moved_words(turn, record);
	struct recipients to;
	struct record theirs = *record;
	int error;

	theirs.row.sender = record->moved_from;
	error = alert_due_moved(turn, &theirs, words);
	if (error != OK || turn->sender.role == ROLE_BIDAN)
		return error;
	error = alert_recipients(turn, record,
		gazetteer_area(turn->flow->places, record->row.area), TO_BIDAN, &to);
	for (size_t i = 0; error == OK && i < to.count; i++) {
		if (theirs.row.sender == NULL ||
			strcmp(theirs.row.sender, to.list[i].person.phone) != 0)
			error = tell(turn, &to.list[i], record, MESSAGE_CASE_MOVED, words);
	}
	return error;
}
