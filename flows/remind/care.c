/* The job of the day: see care.h. People are walked some at a time; how far it came stands in its
 * deadline. */
#include "flows/remind/care.h"

#include <stdlib.h>
#include <string.h>

#include "flows/case/case_find.h"
#include "flows/change/case_keep.h"
#include "flows/remind/calendar.h"
#include "flows/remind/care_desa.h"
#include "flows/rules/hours.h"
#include "parsers/form/form.h"
#include "parsers/form/form_case.h"

#define KIND	       "care"
#define ROWS_MOST      4
#define LOST_AT_ONCE   200

static bool same_day(const struct turn *turn, int64_t utc)
{
	struct moment then = moment_local(utc, turn->flow->settings->timezone);

	return date_compare(then.date, turn->now.date) == 0;
}

/* Today's while its hour is to come, else tomorrow's. */
static struct deadline next_of(const struct turn *turn)
{
	struct moment at = {.date = turn->now.date, .hour = turn->flow->settings->care_hour};
	struct deadline next = {.kind = KIND};
	char *day = arena_alloc(turn->flow->arena, DATE_TEXT);

	if (moment_utc(at, turn->flow->settings->timezone) <= turn->flow->now)
		at.date = date_add_days(at.date, 1);
	next.due = moment_utc(at, turn->flow->settings->timezone);
	date_format(at.date, day);
	next.subject = day;
	return next;
}

int care_plan(const struct turn *turn)
{
	struct deadline rows[ROWS_MOST], next = next_of(turn);
	size_t count;
	bool there = false;
	int error = store_deadline_of_kind(
		turn->flow->store, turn->flow->arena, KIND, rows, ROWS_MOST, &count);

	for (size_t i = 0; error == OK && i < count; i++) {
		bool works = rows[i].data != NULL && same_day(turn, rows[i].due);

		if (strcmp(rows[i].subject, next.subject) == 0 && rows[i].due == next.due)
			there = true;
		else if (!works && rows[i].due > turn->flow->now) /* its hour was another one */
			error = store_deadline_drop(turn->flow->store, KIND, rows[i].subject);
	}
	return error == OK && !there ? store_deadline_put(turn->flow->store, &next) : error;
}

static int end_silent(const struct turn *turn, const struct form *form, int days, bool lost)
{
	struct case_row *rows = arena_alloc(turn->flow->arena, LOST_AT_ONCE * sizeof(*rows));
	char *day = arena_alloc(turn->flow->arena, DATE_TEXT), until[DATE_TEXT];
	size_t count;
	int error;

	date_format(turn->now.date, day);
	date_format(date_add_days(turn->now.date, -days), until);
	error = store_case_due(turn->flow->store, turn->flow->arena, form->name, "", "", until, 0,
		rows, LOST_AT_ONCE, &count);
	for (size_t i = 0; error == OK && i < count; i++)
		error = case_end(turn, &rows[i], lost ? CASE_LOST : CASE_OVER, day);
	return error;
}

static int end_all_silent(const struct turn *turn)
{
	const struct form *form;
	int error = OK;

	for (size_t i = 0; error == OK &&
		(form = reader_form_with_cases(turn->flow->reader, &i)) != NULL;) {
		if (form->cases->lost > 0)
			error = end_silent(turn, form, form->cases->lost, true);
		if (error == OK && form->cases->over > 0)
			error = end_silent(turn, form, form->cases->over, false);
	}
	return error;
}

static int care_of(const struct turn *turn, struct person *person)
{
	struct sender sender;
	int error = OK;

	if ((person->state != NULL && strcmp(person->state, "active") != 0) ||
		strcmp(person->role, "bidan") != 0)
		return OK;
	if (person->language == NULL)
		person->language = "id";
	person_to_sender(turn->flow, person, &sender);
	for (size_t i = 0; error == OK && i < sender.narea; i++)
		error = care_desa(turn, person, sender.areas[i]);
	return error;
}

int care_on_due(const struct turn *turn, const struct deadline *deadline)
{
	const struct hours hours = hours_of(turn->flow->settings);
	struct person *rows = arena_alloc(turn->flow->arena, CALENDAR_PHONES * sizeof(*rows));
	int64_t after = deadline->data == NULL ? 0 : strtoll(deadline->data, NULL, 10);
	struct deadline next = *deadline;
	size_t count;
	int error = OK;

	if (!same_day(turn, deadline->due) || hours_quiet_until(&hours, turn->flow->now) > 0)
		return turn_audit(turn, "calendar",
			arena_printf(turn->flow->arena, "%s %s", deadline->kind,
				deadline->subject),
			NULL, "skipped");
	if (deadline->data == NULL)
		error = end_all_silent(turn);
	if (error == OK)
		error = store_person_some(turn->flow->store, turn->flow->arena, &after,
			calendar_people(turn), rows, CALENDAR_PHONES, &count);
	for (size_t i = 0; error == OK && i < count; i++)
		error = care_of(turn, &rows[i]);
	if (error != OK || after == 0)
		return error;
	next.data = arena_printf(turn->flow->arena, "%lld", (long long)after);
	return store_deadline_put(turn->flow->store, &next);
}
