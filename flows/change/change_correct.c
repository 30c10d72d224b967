/* A correction is a telling: judged, compared and asked where a new one would be. See change.h. */
#include "flows/change/change.h"
#include "flows/change/change_wants.h"

#include <string.h>

#include "flows/change/class.h"
#include "flows/change/links.h"
#include "flows/change/record_write.h"
#include "flows/record/report_facts.h"
#include "flows/record/standing.h"
#include "parsers/form/form.h"

static bool has_problem(const struct report *report, const char *field)
{
	for (size_t i = 0; i < report->nproblem; i++) {
		if (strcmp(report->problems[i].field, field) == 0)
			return true;
	}
	return false;
}

/* The problem that the new values bring, which the report did not have, told or untold; NULL. A
 * birth that turns out a stillbirth lacks what a birth has not: it is one all the same. */
static const struct problem *new_problem(const struct turn *turn, const struct change *change)
{
	struct record *untold = arena_alloc(turn->flow->arena, sizeof(*untold));
	bool turned = change->after.report.form != change->before.report.form;

	*untold = change->before;
	record_judge(turn, untold);
	for (size_t i = 0; i < change->after.report.nproblem; i++) {
		const struct problem *problem = &change->after.report.problems[i];

		if (!has_problem(&change->before.report, problem->field) &&
			!has_problem(&untold->report, problem->field) &&
			!(turned && problem->code == PROBLEM_MISSING))
			return problem;
	}
	return NULL;
}

static bool differs(const struct change *change, const char *field)
{
	const char *a = report_text(&change->before.report, field),
		   *b = report_text(&change->after.report, field);

	return field != NULL && strcmp(a == NULL ? "" : a, b == NULL ? "" : b) != 0;
}

/* What says whose, where and when it is. */
static bool moved(const struct change *change)
{
	const struct form *form = change->after.report.form;

	if (differs(change, form->date) || differs(change, form->place))
		return true;
	return !record_is_session(&change->after) &&
		(differs(change, form->self) || differs(change, form->mother) ||
			differs(change, "nik"));
}

/* Not compared: what is kept back anyway, or was affirmed to be another one. */
static int others(struct turn *turn, struct change *change)
{
	struct record *after = &change->after;
	bool counted = !record_open(&change->before);
	int error;

	if (!counted)
		return change_compare(turn, change);
	if (after->link == LINK_SAME || after->link == LINK_REPLACES || !moved(change) ||
		after->report.nproblem > 0)
		return OK;
	error = same_event_find(turn, after, true, &change->same, &change->found);
	if (error == OK && change->same != SAME_NONE && change->same != SAME_UNFINISHED)
		change->verdict = CHANGE_OTHERS;
	return error;
}

/* Another event now: what others told of the one that it was stands for itself again. */
static int write_apart(struct turn *turn, struct change *change)
{
	int error = moved(change) ? links_part(turn, change) : OK;

	if (error == OK)
		error = change_write(turn, change, STATUS_ACCEPTED);
	return error != OK || !change->inherited ? error : links_stand(turn, change);
}

static void stand_anew(const struct turn *turn, struct record *after)
{
	if (after->standing != STANDING_STRANGER)
		after->standing = standing_for(turn, after);
}

/* Affirmed: the session that is there is replaced, any other event is another one. */
static int write_affirmed(struct turn *turn, struct change *change)
{
	struct record *after = &change->after;

	change->verdict = CHANGE_DONE;
	if (record_is_session(after)) {
		int error = links_part(turn, change);

		if (error == OK)
			error = change_place(turn, change, &change->found);
		return error != OK || !change->inherited ? error : links_stand(turn, change);
	}
	if (after->link == LINK_NONE) {
		after->link = LINK_DIFFERENT;
		after->row.original = change->found.row.id;
	}
	return write_apart(turn, change);
}

int change_correct(struct turn *turn, struct change *change)
{
	struct record *after = &change->after;
	const struct problem *problem;
	int error;

	record_judge(turn, after);
	if (!change->class_told)
		class_ask(turn, &change->before, after);
	error = report_facts(turn, after, true);
	problem = new_problem(turn, change);
	if (error != OK || problem != NULL) {
		change->verdict = CHANGE_ASKED;
		if (problem != NULL)
			change->problem = *problem;
		return error;
	}
	if (after->report.form->place != NULL && differs(change, after->report.form->place))
		stand_anew(turn, after);
	error = others(turn, change);
	if (error != OK || change->only_look)
		return error;
	if (change->verdict == CHANGE_OTHERS && !record_open(&change->before))
		return change->affirmed ? write_affirmed(turn, change) : OK;
	return write_apart(turn, change);
}
