/* What a change of a report means to others: alarms raised and taken back, the bidan of a home
 * told. */
#include "flows/report/report.h"

#include <string.h>

#include "flows/alert/alarm.h"
#include "flows/alert/alert.h"
#include "flows/alert/alert_case.h"
#include "flows/alert/alert_told.h"
#include "flows/alert/outbreak.h"
#include "flows/case/handed.h"
#include "flows/record/record_scope.h"
#include "flows/remind/later.h"
#include "flows/report/dead.h"
#include "flows/report/lived.h"
#include "flows/report/residence.h"
#include "flows/rules/scope.h"
#include "parsers/form/form.h"

static bool counted(const struct record *record)
{
	return record->report.status == STATUS_ACCEPTED ||
		record->report.status == STATUS_VERIFIED;
}

/* Something of it is asked. */
static bool waits(const struct record *record)
{
	return record->report.status == STATUS_INCOMPLETE ||
		record->report.status == STATUS_QUESTION;
}

/* It alarms as before, in another desa. */
static bool moved(
	const struct turn *turn, const struct record *before, const struct record *after)
{
	return before != NULL && before->row.area != NULL && after->row.area != NULL &&
		strcmp(before->row.area, after->row.area) != 0 &&
		alarm_levels(turn, NULL, before) != 0 && alarm_levels(turn, NULL, after) != 0;
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
	if (moved(turn, before, after))
		error = alert_moved(turn, after);
	else if (alarm_levels(turn, before, after) != 0)
		error = alert_raise(turn, after);
	else if (before != NULL && alarm_levels(turn, NULL, before) != 0 &&
		alarm_levels(turn, NULL, after) == 0)
		error = alert_undo(turn, after);
	if (error == OK && counted(after))
		error = alert_news(turn, was ? before : NULL, after);
	if (error == OK && before == NULL && waits(after))
		error = outbreak_waits(turn, after);
	if (error == OK && counted(after) &&
		!(was && strcmp(before->row.fields, after->row.fields) == 0))
		error = outbreak_see(turn, after);
	return error;
}

/* Somebody saw to it, and it is told once more: it is so again. */
static int tell_again(struct turn *turn, const struct change *change)
{
	struct record *again;
	bool taken = false;
	int error;

	if (change->want != WANT_TELL || change->found.report.form != change->after.report.form ||
		alarm_levels(turn, NULL, &change->after) == 0)
		return OK;
	error = alert_taken(turn, &change->found, &taken);
	if (error != OK || !taken)
		return error;
	again = arena_alloc(turn->flow->arena, sizeof(*again));
	*again = change->found;
	again->row.sender = change->after.row.sender;
	return alert_raise(turn, again);
}

static int tell_changed(struct turn *turn, const struct change *change)
{
	const struct record *before = change->before.row.id != 0 ? &change->before : NULL;

	if (change->verdict != CHANGE_OTHERS)
		return tell_alarms(
			turn, before, &change->after, before != NULL && counted(before));
	/* told before, but not that: a danger does not wait for BEDA or GANTI */
	if (alarm_levels(turn, &change->found, &change->after) != 0)
		return alert_raise(turn, &change->after);
	return tell_again(turn, change);
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
		!same_dead_differ(turn, after, &change->found) &&
		(alert_alarms(turn, &change->found) || !alert_alarms(turn, after)))
		return OK; /* told when the first came */
	if (was)
		return alert_filled(turn, &change->before, after);
	return change->confirms && !same_dead_differ(turn, after, &change->found)
		? alert_confirm(turn, &change->found, after)
		: alert_raise(turn, after);
}

/* It was linked with another one: what was alarmed beside that is not alarmed once more. */
static int tell_different(struct turn *turn, const struct change *change)
{
	bool told = false;
	int error = alert_told(turn, &change->after, &told);

	if (error != OK || !told)
		return error != OK ? error : tell_people(turn, change);
	return record_is_death(&change->after)
		? OK
		: tell_alarms(turn, &change->before, &change->after, false);
}

static int tell_corrected(struct turn *turn, const struct change *change)
{
	const struct record *before = &change->before, *after = &change->after;

	if (record_is_death(after) && !record_is_death(before))
		return alert_raise(turn, after);
	if (record_is_death(before) && !record_is_death(after))
		return alert_undo(turn, before);
	if (record_is_death(after))
		return alert_changed(turn, before, after);
	if (counted(before) && strcmp(before->row.fields, after->row.fields) != 0) {
		int error = outbreak_fell(turn, before, counted(after) ? after : NULL);

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
	if (!record_is_death(after)) {
		error = outbreak_fell(turn, old, after);
		if (error == OK && alarm_levels(turn, NULL, old) != 0)
			error = alarm_levels(turn, NULL, after) != 0
				? alert_follow(turn, old, after)
				: alert_undo(turn, old);
		return error != OK ? error : tell_alarms(turn, old, after, true);
	}
	error = alert_told(turn, after, &told);
	if (error != OK || told)
		return error;
	if (record_is_death(old) && (alert_alarms(turn, old) || !alert_alarms(turn, after)))
		return alert_follow(turn, old, after);
	return alert_raise(turn, after);
}

static int tell_ended(struct turn *turn, const struct change *change)
{
	int error = counted(&change->before) ? outbreak_fell(turn, &change->before,
						       change->inherited ? &change->heir : NULL)
					     : OK;

	if (error != OK)
		return error;
	return record_is_death(&change->after) ||
			alarm_levels(turn, NULL, &change->before) != 0
		? alert_undo(turn, &change->after)
		: OK;
}

static int tell_verified(struct turn *turn, const struct change *change)
{
	int error = record_is_death(&change->after)
		? alert_changed(turn, &change->before, &change->after)
		: OK;

	return error != OK ? error : alert_take(turn, &change->after);
}

/* It counts again, or now. */
static int tell_inherited(struct turn *turn, const struct record *heir)
{
	if (record_is_death(heir))
		return alert_raise(turn, heir);
	return counted(heir) ? outbreak_see(turn, heir) : OK;
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
	[WANT_DIFFERENT] = tell_different,
};

/* A death that it tells is opened; one that it does not tell any more ends, where the speaker may
 * end it. */
static int dead_follow(struct turn *turn, struct change *change)
{
	struct record *untold;
	struct change *told;
	bool found;
	int error = dead_find(turn, change, &told);

	if (error == OK && told != NULL) {
		error = report_change(turn, told);
		change->death = told->verdict == CHANGE_OTHERS ? NULL : &told->after;
		return error;
	}
	if (error != OK || change->verdict == CHANGE_OTHERS || change->before.row.id == 0)
		return error;
	untold = arena_alloc(turn->flow->arena, sizeof(*untold));
	error = dead_untold(turn, change, untold, &found);
	if (error != OK || !found)
		return error;
	if (scope_changes(turn, untold, true))
		return report_change(turn, change_new(turn, WANT_CANCEL, untold));
	change->untold = untold;
	return OK;
}

/* "hasil pindah, Hb 11": what was added. */
static const char *added_words(const struct turn *turn, const struct change *change)
{
	const struct report *after = &change->after.report;
	const char *text = "";

	for (size_t i = 0; i < after->nvalue; i++) {
		const struct value *value = &after->values[i];
		const char *old = report_text(&change->before.report, value->field);

		if (value->defaulted || value->text == NULL ||
			(old != NULL && strcmp(old, value->text) == 0))
			continue;
		text = arena_printf(turn->flow->arena, "%s%s%s %s", text, *text == '\0' ? "" : ", ",
			reply_label(&turn->reply, after->form, value->field),
			reply_value_text(&turn->reply, after->form, value->field, value->text));
	}
	return text;
}

/* A colleague added to what somebody has told, or ended the case by it: she hears of it. */
static int tell_added(const struct turn *turn, const struct change *change)
{
	const char *words;

	if (change->want != WANT_TELL || change->before.row.id == 0 ||
		!(counted(&change->before) || record_is_death(&change->before)) ||
		change->verdict != CHANGE_DONE ||
		(scope_supervises(&turn->sender) && change->after.ends == NULL))
		return OK;
	if (change->before.standing == STANDING_VERIFIER &&
		alarm_levels(turn, &change->before, &change->after) != 0)
		return OK; /* she was alarmed */
	words = added_words(turn, change);
	return *words == '\0' ? OK : alert_owner(turn, &change->before, words);
}

/* What the change means to others: alarms raised and taken back, the home's bidan told. */
int report_change(struct turn *turn, struct change *change)
{
	const struct record *after = &change->after;
	const struct area *hers = NULL; /* where she is looked after while there is a case */
	int error = change->want == WANT_CANCEL && change->before.report.form->cases != NULL
		? handed_area(turn, &change->before, &hers)
		: OK;

	if (error == OK)
		error = record_change(turn, change);

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
	if (error == OK)
		error = dead_follow(turn, change);
	if (error == OK)
		error = tell_added(turn, change);
	if (error == OK && hers != NULL)
		error = alert_case_gone(turn, after, hers);
	if (error == OK && after->due_moved != NULL)
		error = alert_case_moved(turn, after);
	if (error == OK && change->placed)
		error = alert_replaced(turn, &change->found, after,
			change->want == WANT_CORRECT ? turn->sender.phone : after->row.sender);
	if (error == OK && change->inherited)
		error = tell_inherited(turn, &change->heir);
	if (error == OK && change->verdict == CHANGE_DONE)
		error = later_see(turn, change->before.row.id != 0 ? &change->before : NULL, after);
	if (error == OK && (change->want == WANT_TELL || change->want == WANT_FILL ||
				   change->want == WANT_CORRECT))
		error = residence_tell(turn, change);
	return error;
}
