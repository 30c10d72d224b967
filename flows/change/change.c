/* The gate to being counted: one row per want. See change.h. */
#include "flows/change/change.h"
#include "flows/change/change_wants.h"

#include <string.h>

#include "flows/case/carry.h"
#include "flows/case/case_find.h"
#include "flows/change/class.h"
#include "flows/change/links.h"
#include "flows/change/questions.h"
#include "flows/change/record_write.h"
#include "flows/record/record_scope.h"
#include "flows/record/report_facts.h"
#include "flows/record/standing.h"
#include "flows/same/same_names.h"

struct change *change_new(const struct turn *turn, enum want want, const struct record *record)
{
	struct change *change = arena_raw(turn->flow->arena, sizeof(*change));

	/* all but the reports, which are large */
	memset(change, 0, offsetof(struct change, before));
	memset(&change->verdict, 0,
		offsetof(struct change, found) - offsetof(struct change, verdict));
	memset(&change->found.row, 0, sizeof(change->found.row));
	memset(&change->heir.row, 0, sizeof(change->heir.row));
	memset(&change->inherited, 0,
		sizeof(*change) - offsetof(struct change, inherited));
	change->want = want;
	record_copy(&change->before, record);
	record_copy(&change->after, record);
	return change;
}

static const char *action_of(const struct change *change)
{
	static const char *const actions[WANT_COUNT] = {
		[WANT_WAIT] = "answer",
		[WANT_FILL] = "answer",
		[WANT_CORRECT] = "correct",
		[WANT_CANCEL] = "cancel",
		[WANT_VERIFY] = "verify",
		[WANT_REFUSE] = "reject",
		[WANT_APPROVE] = "approve",
		[WANT_DIFFERENT] = "different",
		[WANT_REPLACE] = "replace",
		[WANT_KEEP] = "answer",
		[WANT_INHERIT] = "inherit",
	};

	return change->action != NULL ? change->action : actions[change->want];
}

int change_write(struct turn *turn, struct change *change, enum report_status ended)
{
	struct record *after = &change->after;
	int error;

	record_settle(after, ended);
	error = record_revise(turn, &change->before, after, action_of(change));
	if (error == OK && ended != STATUS_ACCEPTED && change->want != WANT_KEEP)
		error = links_inherit(turn, change);
	if (error == OK && after->link == LINK_REPLACES && ended == STATUS_ACCEPTED)
		error = links_overtake(turn, after->row.original, after->row.id);
	return error != OK ? error : questions_follow(turn, after);
}

/* Known by its NIK alone to somebody who may not look at it: nothing follows from it, for what he
 * is answered would tell whose NIK it is. */
bool change_hides(
	const struct turn *turn, const struct record *told, const struct record *found)
{
	return same_by_nik(&told->report, &found->report) && !scope_shown(turn, found);
}

int change_compare(struct turn *turn, struct change *change)
{
	struct record *after = &change->after;
	int error;

	if (after->link == LINK_SAME || after->link == LINK_REPLACES)
		return OK;
	for (size_t i = 0; i < after->report.nproblem; i++) {
		if (!class_waives(after, &after->report.problems[i]))
			return OK;
	}
	error = same_event_find(turn, after, false, &change->same, &change->found);
	if (error == OK && change->same != SAME_NONE && change_hides(turn, after, &change->found))
		change->same = SAME_NONE;
	if (error != OK || change->same == SAME_NONE || change->same == SAME_UNFINISHED)
		return error;
	after->link = change->same == SAME_OTHER_FIGURES ? LINK_REPLACES : LINK_SAME;
	after->row.original = change->found.row.id;
	change->verdict = CHANGE_OTHERS;
	return OK;
}

static int want_wait(struct turn *turn, struct change *change)
{
	return change_write(turn, change, STATUS_ACCEPTED);
}

static int want_fill(struct turn *turn, struct change *change)
{
	int error;

	if (change->after.standing != STANDING_STRANGER)
		record_stand(turn, &change->after);
	if (change->before.row.sender != NULL && turn->sender.phone != NULL &&
		strcmp(change->before.row.sender, turn->sender.phone) == 0)
		case_seen_by(turn, &change->after);
	record_judge(turn, &change->after);
	error = carry_known(turn, &change->after); /* the answer may say who it is */
	if (error == OK)
		error = report_facts(turn, &change->after, false);
	if (error == OK)
		error = case_ask(turn, &change->after);
	if (error == OK)
		error = change_compare(turn, change);
	return error != OK ? error : change_write(turn, change, STATUS_ACCEPTED);
}

static int want_cancel(struct turn *turn, struct change *change)
{
	return change_write(turn, change, STATUS_CANCELLED);
}

static int want_refuse(struct turn *turn, struct change *change)
{
	return change_write(turn, change, STATUS_REFUSED);
}

/* Behind `old` everything moves to what takes its place. */
int change_place(struct turn *turn, struct change *change, struct record *old)
{
	struct record *before = arena_alloc(turn->flow->arena, sizeof(*before));
	int error;

	*before = *old;
	record_settle(old, STATUS_SUPERSEDED);
	error = record_revise(turn, before, old, "replace");
	if (error == OK)
		error = questions_follow(turn, old);
	change->after.link = LINK_REPLACED;
	change->after.row.original = old->row.id;
	change->placed = true;
	if (error == OK)
		error = change_write(turn, change, STATUS_ACCEPTED);
	return error != OK ? error : links_take_over(turn, old, &change->after);
}

/* The one it is linked with has ended meanwhile: it stands for itself. */
static int want_replace(struct turn *turn, struct change *change)
{
	int error = record_load(turn, change->before.row.original, &change->found);

	if (error != OK)
		return error;
	record_judge(turn, &change->after);
	if (change->after.report.nproblem > 0) {
		change->verdict = CHANGE_ASKED;
		change->problem = change->after.report.problems[0];
		return OK;
	}
	if (!record_gone(&change->found))
		return change_place(turn, change, &change->found);
	change->after.link = LINK_NONE;
	change->after.row.original = 0;
	error = change_compare(turn, change);
	return error != OK ? error : change_write(turn, change, STATUS_ACCEPTED);
}

/* Whoever decides has looked: what is missing is asked of him first. */
static int want_verify(struct turn *turn, struct change *change)
{
	struct record *after = &change->after;
	bool counted = change->before.report.status == STATUS_ACCEPTED ||
		change->before.report.status == STATUS_VERIFIED;
	const struct problem *needed;
	int error = OK;

	after->report.nproblem = 0; /* who verifies is asked for what it needs alone */
	record_judge(turn, after);
	needed = class_needs(after);
	if (needed != NULL) {
		change->verdict = CHANGE_ASKED;
		change->problem = *needed;
		return OK;
	}
	after->row.verified = true;
	after->standing = STANDING_VERIFIER;
	if (after->link == LINK_REPLACES)
		return want_replace(turn, change);
	if (!counted)
		error = change_compare(turn, change);
	return error != OK ? error : change_write(turn, change, STATUS_ACCEPTED);
}

static int want_approve(struct turn *turn, struct change *change)
{
	int error;

	record_judge(turn, &change->after);
	change->after.standing = STANDING_VERIFIER;
	error = change_compare(turn, change);
	return error != OK ? error : change_write(turn, change, STATUS_ACCEPTED);
}

static int want_different(struct turn *turn, struct change *change)
{
	int error;

	change->after.link = LINK_DIFFERENT;
	record_judge(turn, &change->after);
	error = report_facts(turn, &change->after, true);
	return error != OK ? error : change_write(turn, change, STATUS_ACCEPTED);
}

static int want_keep(struct turn *turn, struct change *change)
{
	return change_write(turn, change, STATUS_REFUSED);
}

static int (*const wants[WANT_COUNT])(struct turn *turn, struct change *change) = {
	[WANT_TELL] = change_tell,
	[WANT_WAIT] = want_wait,
	[WANT_FILL] = want_fill,
	[WANT_CORRECT] = change_correct,
	[WANT_CANCEL] = want_cancel,
	[WANT_VERIFY] = want_verify,
	[WANT_REFUSE] = want_refuse,
	[WANT_APPROVE] = want_approve,
	[WANT_DIFFERENT] = want_different,
	[WANT_REPLACE] = want_replace,
	[WANT_KEEP] = want_keep,
};

int record_change(struct turn *turn, struct change *change)
{
	change->verdict = CHANGE_DONE;
	if (change->want != WANT_TELL &&
		!status_allows(
			change->before.report.status, change->before.link, change->want)) {
		change->verdict = CHANGE_STATE;
		return OK;
	}
	return wants[change->want](turn, change);
}

bool change_is_none(const struct change *change)
{
	for (size_t i = 0; i < change->after.report.nvalue; i++) {
		const struct value *value = &change->after.report.values[i];
		const char *old = report_text(&change->before.report, value->field);

		if (old == NULL || strcmp(old, value->text) != 0)
			return false;
	}
	return change->after.report.nvalue == change->before.report.nvalue &&
		change->after.report.form == change->before.report.form;
}
