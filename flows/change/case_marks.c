/* What cases have reached: see case_marks.h. */
#include "flows/change/case_marks.h"

#include <string.h>

#include "flows/change/count.h"
#include "parsers/form/form.h"
#include "parsers/form/form_case.h"
#include "store/report/tally.h"

int case_members(const struct turn *turn, int64_t id, size_t most, struct case_members *out)
{
	int64_t reports[CASE_MEMBERS];
	size_t count;
	int error = store_case_reports(turn->flow->store, id, NULL, reports, most, &count);

	*out = (struct case_members){0};
	if (error != OK || count == 0)
		return error;
	out->list = arena_alloc(turn->flow->arena, count * sizeof(*out->list));
	while (error == OK && count > 0) {
		error = record_load(turn, reports[--count], &out->list[out->count]);
		if (error == OK && count_holds(&out->list[out->count]))
			out->count++;
		error = error == ERR_NOT_FOUND ? OK : error;
	}
	return error;
}

#define NEEDS_MOST 16

/* Takes off what the reports meet; the report with which the last need is met; NULL: not yet. */
static const struct record *count_down(const struct turn *turn, const struct form_mark *mark,
	const struct case_members *members, double left[NEEDS_MOST])
{
	size_t open = mark->nneed < NEEDS_MOST ? mark->nneed : NEEDS_MOST;

	for (size_t k = 0; k < open; k++)
		left[k] = mark->need[k].points;
	for (size_t i = 0; i < members->count; i++) {
		const struct record *record = &members->list[i];
		bool all = case_contact(turn, &record->report);

		for (size_t k = 0; all && k < open; k++)
			left[k] -= condition_holds(
				&mark->need[k].when, &record->report, turn->now.date);
		for (size_t k = 0; all && k < open; k++)
			all = left[k] <= 0;
		if (all)
			return record;
	}
	return NULL;
}

static const struct record *reached(
	const struct turn *turn, const struct form_mark *mark, const struct case_members *members)
{
	double left[NEEDS_MOST];

	return count_down(turn, mark, members, left);
}

json_t *case_marks_of(
	const struct turn *turn, const struct form_case *rules, const struct case_members *members)
{
	json_t *marks = json_object();

	for (size_t i = 0; i < rules->nmark; i++) {
		const struct record *record = reached(turn, &rules->marks[i], members);

		if (record != NULL)
			json_object_set_new(marks, rules->marks[i].name,
				json_string(arena_printf(turn->flow->arena, "%s %s",
					record->row.date, record->row.area)));
	}
	return marks;
}

static int mark_count(const struct turn *turn, const char *name, const char *told, int sign)
{
	struct date day;
	const char *area = told == NULL ? NULL : strchr(told, ' ');

	if (area == NULL ||
		!date_parse(arena_strndup(turn->flow->arena, told, (size_t)(area - told)), &day))
		return OK;
	return store_tally_add(turn->flow->store, area + 1, name, day, sign);
}

int case_marks_count(const struct turn *turn, const char *before, json_t *now)
{
	json_t *old = before == NULL ? json_object() : json_loads(before, 0, NULL), *value;
	const char *name;
	int error = OK;

	json_object_foreach(old, name, value) {
		if (error == OK && !json_equal(value, json_object_get(now, name)))
			error = mark_count(turn, name, json_string_value(value), -1);
	}
	json_object_foreach(now, name, value) {
		if (error == OK && !json_equal(value, json_object_get(old, name)))
			error = mark_count(turn, name, json_string_value(value), 1);
	}
	json_decref(old);
	return error;
}

/* "DPT2, DPT3": the values of what is not met yet. */
static const char *needs_text(
	const struct turn *turn, const struct form_mark *mark, const double left[NEEDS_MOST],
	const struct form *form)
{
	const char *text = "";

	for (size_t k = 0; k < mark->nneed && k < NEEDS_MOST; k++) {
		const struct condition *when = &mark->need[k].when;

		if (left[k] > 0 && when->nterm > 0)
			text = arena_printf(turn->flow->arena, "%s%s%s", text,
				*text == '\0' ? "" : ", ",
				reply_value_text(&turn->reply, form, when->terms[0].field,
					when->terms[0].right[0]));
	}
	return text;
}

/* For the answer: what the case of this report still needs. */
int case_needs(const struct turn *turn, struct record *after)
{
	const struct form_case *rules = after->report.form->cases;
	struct case_members members;
	double left[NEEDS_MOST];
	int64_t id = 0;
	int error = OK;

	for (size_t i = 0; error == OK && i < rules->nmark; i++) {
		if (!rules->marks[i].say)
			continue;
		error = store_case_of(turn->flow->store, after->row.id, &id);
		if (error == OK && id != 0)
			error = case_members(turn, id, CASE_MEMBERS, &members);
		if (error != OK || id == 0)
			continue;
		(void)count_down(turn, &rules->marks[i], &members, left);
		after->lacks_mark = rules->marks[i].name;
		after->lacks = needs_text(turn, &rules->marks[i], left, after->report.form);
	}
	return error;
}

int case_marks(const struct turn *turn, const struct case_row *row, json_t **marks)
{
	const struct form *form = reader_form(turn->flow->reader, row->form);
	struct case_members members;
	int error;

	*marks = NULL;
	if (form == NULL || form->cases == NULL || form->cases->nmark == 0)
		return OK;
	error = case_members(turn, row->id, CASE_MEMBERS, &members);
	if (error == OK)
		*marks = case_marks_of(turn, form->cases, &members);
	return error;
}

