/* Keeping cases as their reports say: see case_keep.h. */
#include "flows/change/case_keep.h"

#include <string.h>

#include "flows/case/handed.h"
#include "flows/case/known.h"
#include "flows/change/case_marks.h"
#include "flows/change/count.h"
#include "flows/record/report_json.h"
#include "flows/same/same_names.h"
#include "parsers/form/form.h"
#include "parsers/form/form_case.h"
#include "parsers/form/names.h"

#define ENDED_MOST   4
#define KNOWN_MOST   8 /* reports in which the one of a month before is looked for */
#define MONTH_LENGTH 7

static const char *value_of(const struct record *record, const char *field)
{
	return field == NULL ? NULL : report_text(&record->report, field);
}

/* One of its own reports ends it; else it is open again, unless another form's ended it. */
static void own_end(const struct turn *turn, const struct form_case *rules,
	const struct case_members *members, struct case_row *row)
{
	const struct record *newest = &members->list[members->count - 1];
	bool silent = row->closed != NULL && strcmp(newest->row.date, row->closed) < 0 &&
		(strcmp(row->state, CASE_LOST) == 0 || strcmp(row->state, CASE_OVER) == 0);

	if (row->ended_by == 0 && !silent) {
		row->state = CASE_OPEN;
		row->closed = NULL;
	}
	for (size_t i = 0; i < members->count && row->ended_by == 0; i++) {
		for (size_t k = 0; k < rules->nend; k++) {
			if (rules->ends[k].form != NULL ||
				!condition_holds(&rules->ends[k].when, &members->list[i].report,
					turn->now.date))
				continue;
			row->state = rules->ends[k].name;
			row->closed = members->list[i].row.date;
		}
	}
}

/* All its reports are needed only where something is counted of them. */
static bool sums_up(const struct form_case *rules)
{
	return rules->nmark > 0 || rules->contact != NULL;
}

static void facts_set(const struct turn *turn, const struct form_case *rules,
	const struct case_members *members, struct case_row *row)
{
	const struct record *first = &members->list[0];
	const struct record *newest = &members->list[members->count - 1];
	const char *due = value_of(newest, rules->due);

	if (sums_up(rules)) {
		row->opened = first->row.date;
		row->contacts = 0;
		for (size_t i = 0; i < members->count; i++)
			row->contacts += case_contact(turn, &members->list[i].report);
	}
	row->last = newest->row.date;
	row->due = due == NULL ? row->due : due;
	row->class = value_of(newest, rules->class);
	row->risk = rules->risk != NULL &&
		condition_holds(rules->risk, &newest->report, turn->now.date);
	row->same = value_of(first, rules->same) == NULL ? row->same : value_of(first, rules->same);
}

/* What the next report needs of these. */
static const char *known_from(const struct turn *turn, const struct case_members *members)
{
	const struct record *newest = &members->list[members->count - 1], *before = NULL;

	for (size_t i = members->count - 1; i-- > 0 && before == NULL;) {
		if (strncmp(members->list[i].row.date, newest->row.date, MONTH_LENGTH) < 0)
			before = &members->list[i];
	}
	return known_of(turn, newest, before);
}

static int set(const struct turn *turn, const struct case_row *row)
{
	case_forget(turn);
	return store_case_set(turn->flow->store, row);
}

static int marks_renew(const struct turn *turn, const struct form_case *rules,
	const struct case_members *members, struct case_row *row)
{
	json_t *marks;
	int error;

	if (rules->nmark == 0)
		return OK;
	marks = case_marks_of(turn, rules, members);
	error = case_marks_count(turn, row->marks, marks);
	row->marks = json_to_arena(turn->flow->arena, marks);
	return error;
}

/* Made anew from what belongs to it; nothing does any more: gone. */
static int renew(const struct turn *turn, int64_t id)
{
	const struct form *form;
	struct case_members members;
	struct case_row row;
	int error = store_case_get(turn->flow->store, turn->flow->arena, id, &row);

	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error;
	form = reader_form(turn->flow->reader, row.form);
	if (form == NULL || form->cases == NULL)
		return OK;
	error = case_members(turn, id, sums_up(form->cases) ? CASE_MEMBERS : KNOWN_MOST, &members);
	if (error == OK && members.count == 0) {
		json_t *none = json_object();

		error = case_marks_count(turn, row.marks, none);
		json_decref(none);
		case_forget(turn);
		return error != OK ? error : store_case_drop(turn->flow->store, id);
	}
	if (error != OK)
		return error;
	facts_set(turn, form->cases, &members, &row);
	own_end(turn, form->cases, &members, &row);
	row.known = known_from(turn, &members);
	error = marks_renew(turn, form->cases, &members, &row);
	return error != OK ? error : set(turn, &row);
}

/* Nothing but its newest report says what it is; what ends it is seen by renew(). */
static bool follows_newest(const struct form_case *rules)
{
	bool follows = !sums_up(rules);

	for (size_t i = 0; i < rules->nend; i++)
		follows &= rules->ends[i].form != NULL;
	return follows;
}

static int begin(const struct turn *turn, const struct record *record, struct case_row *row)
{
	const struct form_case *rules = record->report.form->cases;

	*row = (struct case_row){.form = record->row.form,
		.area = record->row.area,
		.posyandu = record->row.posyandu,
		.name = name_core(form_who(&record->report)),
		.opened = record->row.date,
		.last = record->row.date,
		.due = value_of(record, rules->due),
		.same = value_of(record, rules->same),
		.class = value_of(record, rules->class),
		.state = CASE_OPEN,
		.ref = record->row.ref,
		.marks = "{}",
		.first = record->row.id,
		.risk = rules->risk != NULL &&
			condition_holds(rules->risk, &record->report, turn->now.date)};
	row->known = known_of(turn, record, NULL);
	case_forget(turn);
	return store_case_put(turn->flow->store, row);
}

/* A new report, the newest of a case that follows it: the row is written as it says, and no other
 * report is read. */
static int follow(const struct turn *turn, const struct record *record, struct case_row *row)
{
	const struct form_case *rules = record->report.form->cases;
	const struct case_members one = {(struct record *)record, 1};
	const char *same = row->same, *due = row->due;

	row->known = known_next(turn, row, record);
	facts_set(turn, rules, &one, row);
	row->same = same == NULL ? row->same : same;
	if (same == NULL || due == NULL || strcmp(due, row->due) != 0)
		return set(turn, row);
	case_forget(turn);
	return store_case_follow(turn->flow->store, row);
}

/* Its day is another from now on: who told the one before? */
static int moves(const struct turn *turn, const struct case_row *row, struct record *record)
{
	struct record *newest = arena_alloc(turn->flow->arena, sizeof(*newest));
	int64_t id;
	size_t count;
	int error = store_case_reports(turn->flow->store, row->id, NULL, &id, 1, &count);

	if (error == OK && count > 0)
		error = record_load(turn, id, newest);
	if (error != OK || count == 0)
		return error;
	record->due_moved = row->due;
	record->moved_from = newest->row.sender;
	return OK;
}

static int join(const struct turn *turn, struct record *record, bool fresh)
{
	const struct form_case *rules = record->report.form->cases;
	struct case_row rows[OPTIONS_MAX], *row = &rows[0];
	enum case_found found;
	size_t count;
	int error;

	if (form_who(&record->report) == NULL || record_is_nihil(record))
		return OK;
	error = case_find(turn, record, rows, &count, &found);
	if (error == OK && (found == CASE_DOUBTED ||
		(found == CASE_OTHER && !record_confirmed(record, rules->due))))
		found = CASE_NONE; /* whoever affirmed it moves its day, and begins no second one */
	if (error == OK && found == CASE_OTHER)
		error = moves(turn, row, record);
	record->month_first = error == OK && found != CASE_SEVERAL &&
		(found == CASE_NONE || strncmp(row->last, record->row.date, MONTH_LENGTH) < 0);
	if (error == OK && found == CASE_NONE)
		error = begin(turn, record, row);
	if (error == OK)
		error = store_case_join(
			turn->flow->store, row->id, record->row.id, record->row.date);
	record->case_id = row->id;
	if (error != OK || (found == CASE_NONE && follows_newest(rules)))
		return error;
	if (fresh && follows_newest(rules) && row->closed == NULL && row->known != NULL &&
		strcmp(record->row.date, row->last) >= 0)
		return follow(turn, record, row);
	return renew(turn, row->id);
}

static int leave(const struct turn *turn, const struct record *record, int64_t *id)
{
	int error = store_case_of(turn->flow->store, record->row.id, id);

	if (error != OK || *id == 0)
		return error;
	error = store_case_leave(turn->flow->store, record->row.id);
	return error != OK ? error : renew(turn, *id);
}

/* Whose it is and where is the same; what it says may be another. */
static bool stays(const struct record *before, const struct record *after)
{
	const char *a = form_who(&before->report), *b = form_who(&after->report);

	return a != NULL && b != NULL && strcmp(a, b) == 0 &&
		strcmp(before->row.area, after->row.area) == 0 &&
		strcmp(before->row.date, after->row.date) == 0;
}

static int belong(const struct turn *turn, const struct record *before, bool held,
	struct record *after, bool holds)
{
	int64_t id = 0;
	int error = OK;

	if (held && holds && stays(before, after)) {
		error = store_case_of(turn->flow->store, after->row.id, &id);
		after->case_id = after->case_left = id;
		if (error != OK || id != 0)
			return error != OK ? error : renew(turn, id);
	}
	if (held)
		error = leave(turn, before, &after->case_left);
	return error == OK && holds ? join(turn, after, before == NULL) : error;
}

struct ending {
	const struct turn *turn;
	const struct form *form;
	const struct form_end *end;
	const struct record *by;
};

static bool in_window(const struct case_row *row, const void *context)
{
	const struct ending *ending = context;
	struct date due, day;
	int days;

	if ((ending->end->from == 0 && ending->end->to == 0) || row->due == NULL)
		return true;
	if (!date_parse(row->due, &due) || !date_parse(ending->by->row.date, &day))
		return false;
	days = date_diff_days(day, due);
	return days >= ending->end->from && days <= ending->end->to;
}

/* Nobody but the one it is about: by her age and NIK, where they are hers. */
static bool is_hers(const struct case_row *row, const struct ending *ending)
{
	const struct form_end *end = ending->end;
	const struct report *report = &ending->by->report;
	struct record *known;

	if (end->who != NULL && !form_role_is(report->form->self, end->who))
		return true;
	known = arena_raw(ending->turn->flow->arena, 2 * sizeof(*known));
	return row->known == NULL || known_read(ending->turn, ending->form, row, known) == 0 ||
		!same_cannot_be(report, &known->report);
}

static bool is_ended(const struct case_row *row, const void *context)
{
	return in_window(row, context) && is_hers(row, context);
}

static bool is_anothers(const struct case_row *row, const void *context)
{
	return in_window(row, context) && !is_hers(row, context);
}

static int end_one(const struct turn *turn, const struct form *form, const struct form_end *end,
	struct record *after)
{
	const struct ending ending = {turn, form, end, after};
	const char *who = end->who == NULL ? NULL : report_text(&after->report, end->who);
	struct case_row row;
	bool found;
	int error;

	if (who == NULL) /* a stillbirth told by one name: nobody names the child */
		who = form_who(&after->report);
	if (who == NULL || !condition_holds(&end->when, &after->report, turn->now.date))
		return OK;
	error = case_of_person(
		turn, form, after->row.area, who, is_ended, &ending, &row, &found);
	if (error == OK && !found && record_is_death(after)) { /* another desa looked after her */
		error = handed_find(turn, form, after->row.area, who, &row, &found);
		found = found && is_hers(&row, &ending);
	}
	if (error == OK && !found) {
		error = case_of_person(
			turn, form, after->row.area, who, is_anothers, &ending, &row, &found);
		if (found)
			after->stays = row.ref;
		return error;
	}
	if (error != OK)
		return error;
	row.state = end->name;
	row.closed = after->row.date;
	row.ended_by = after->row.id;
	after->ends = row.ref;
	error = set(turn, &row);
	return error != OK ? error : turn_audit(turn, "case", row.ref, CASE_OPEN, end->name);
}

/* What a report ended and does not any more goes on. */
static int ends_undo(const struct turn *turn, const struct record *before)
{
	struct case_row rows[ENDED_MOST];
	size_t count;
	int error = store_case_ended(
		turn->flow->store, turn->flow->arena, before->row.id, rows, ENDED_MOST, &count);

	for (size_t i = 0; error == OK && i < count; i++) {
		const char *state = rows[i].state;

		rows[i].state = CASE_OPEN;
		rows[i].closed = NULL;
		rows[i].ended_by = 0;
		error = set(turn, &rows[i]);
		if (error == OK)
			error = turn_audit(turn, "case", rows[i].ref, state, CASE_OPEN);
	}
	return error;
}

static int ends_see(const struct turn *turn, struct record *after)
{
	const struct form *form;
	int error = OK;

	for (size_t i = 0; error == OK && (form = reader_form_at(turn->flow->reader, i)) != NULL;
		i++) {
		const struct form_case *rules = form->cases;

		for (size_t k = 0; error == OK && rules != NULL && k < rules->nend; k++) {
			const struct form_end *end = &rules->ends[k];

			if (end->form != NULL && strcmp(end->form, after->row.form) == 0)
				error = end_one(turn, form, end, after);
		}
	}
	return error;
}

/* Its own form's: GUGUR. */
static int say_end(const struct turn *turn, struct record *after)
{
	const struct form_case *rules = after->report.form->cases;
	struct case_row row;
	bool ends = false;
	int64_t id = 0;
	int error;

	for (size_t i = 0; i < rules->nend; i++)
		ends |= rules->ends[i].form == NULL &&
			condition_holds(&rules->ends[i].when, &after->report, turn->now.date);
	error = ends ? store_case_of(turn->flow->store, after->row.id, &id) : OK;
	if (error != OK || id == 0)
		return error;
	error = store_case_get(turn->flow->store, turn->flow->arena, id, &row);
	if (error == OK && row.closed != NULL)
		after->ends = row.ref;
	return error;
}

int case_keep(const struct turn *turn, const struct record *before, struct record *after)
{
	bool held = before != NULL && count_holds(before), holds = count_holds(after);
	int error = OK;

	after->ends = after->lacks = after->lacks_mark = NULL;
	after->due_moved = after->moved_from = after->stays = NULL;
	after->case_id = after->case_left = 0;
	after->month_first = false;
	if (held)
		error = ends_undo(turn, before);
	if (error == OK && held && before->report.form->cases != NULL &&
		before->report.form != after->report.form)
		error = leave(turn, before, &after->case_left);
	else if (error == OK && after->report.form->cases != NULL && (held || holds))
		error = belong(turn, before, held, after, holds);
	if (error == OK && holds && after->report.form->cases != NULL)
		error = case_needs(turn, after);
	if (error == OK && holds && after->report.form->cases != NULL)
		error = say_end(turn, after);
	if (error == OK && holds)
		error = ends_see(turn, after);
	return error;
}

int case_begin(const struct turn *turn, struct record *record)
{
	return record->report.form->cases != NULL && count_holds(record)
		? join(turn, record, false)
		: OK;
}

int case_end(const struct turn *turn, struct case_row *row, const char *state, const char *day)
{
	int error;

	row->state = state;
	row->closed = day;
	row->ended_by = 0;
	error = set(turn, row);
	return error != OK ? error : turn_audit(turn, "case", row->ref, CASE_OPEN, state);
}

int case_move(const struct turn *turn, struct case_row *row, const char *area)
{
	const char *before = row->area;
	int error;

	row->area = area;
	error = set(turn, row);
	return error != OK ? error : turn_audit(turn, "case", row->ref, before, area);
}
