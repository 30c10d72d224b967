/* Deaths inside other reports: see dead.h. */
#include "flows/report/dead.h"

#include <string.h>

#include "flows/alert/alarm.h"
#include "parsers/form/form.h"

#define LINKED_MOST 20

/* The form of deaths: words of dying alone tell it. */
static const struct form *death_form(const struct turn *turn)
{
	const struct form *form;

	for (size_t i = 0; (form = reader_form_at(turn->flow->reader, i)) != NULL; i++) {
		if (form->story != NULL)
			return form;
	}
	return NULL;
}

static bool tells(const struct turn *turn, const struct record *record)
{
	return !record_gone(record) && !record->row.training && alarm_of_death(turn, record);
}

/* What was opened for the report and still stands. */
static int opened_find(
	const struct turn *turn, int64_t id, struct record *death, bool *found)
{
	const struct form *form = death_form(turn);
	struct report_filter filter = {.form = form->name, .original = id};
	struct report_row *rows = arena_alloc(turn->flow->arena, LINKED_MOST * sizeof(*rows));
	size_t count;
	int error = store_report_find(
		turn->flow->store, turn->flow->arena, &filter, rows, LINKED_MOST, &count);

	*found = false;
	for (size_t i = 0; error == OK && i < count && !*found; i++) {
		error = record_of_row(turn, &rows[i], death);
		*found = error == OK && death->link == LINK_BELONGS && !record_gone(death);
	}
	return error;
}

static void set(const struct turn *turn, struct report *report, const char *field, const char *text)
{
	struct value value = {.field = field, .text = text, .raw = text};

	if (field != NULL && text != NULL && *text != '\0')
		report_set(report, turn->flow->arena, &value);
}

/* The word that makes a death of it says who died: a miscarriage of so many weeks a stillbirth. */
static void kind_set(const struct turn *turn, const struct record *record, struct record *death)
{
	const struct form *form = record->report.form;
	struct report *report = &death->report;

	for (size_t i = 0; report->form->kind != NULL && i < form->nalarm; i++) {
		const struct form_alarm *alarm = &form->alarms[i];
		const struct value *word = !alarm->death || alarm->when.nterm == 0 ||
				!condition_holds(&alarm->when, &record->report, turn->now.date)
			? NULL
			: report_value(&record->report, alarm->when.terms[0].field);
		struct problem problem = {.field = report->form->kind};
		struct value value;

		if (word != NULL && word->text != NULL &&
			reader_read_value(turn->flow->reader, turn->flow->scratch,
				turn->flow->arena, &turn->read, report, report->form->kind,
				word->text, &value, &problem) == OK)
			report_set(report, turn->flow->arena, &value);
	}
}

/* Told of a mother, it is her child's: what both forms have of it. */
static void child_set(const struct turn *turn, const struct record *record, struct record *death)
{
	const struct form *form = death->report.form;

	for (size_t i = 0; i < record->report.nvalue; i++) {
		const struct value *value = &record->report.values[i];
		const struct form_field *from = form_field(record->report.form, value->field),
				*to = form_field(form, value->field);

		if (from != NULL && to != NULL && from->type == to->type &&
			from->type != FIELD_NIK && !form_role_is(form->age, to->name))
			report_set(&death->report, turn->flow->arena, value);
	}
	set(turn, &death->report, form->mother,
		report_text(&record->report, record->report.form->mother));
	kind_set(turn, record, death);
}

static void home_forget(struct report *report)
{
	const char *place = report->form->place;

	if (report_value(report, place) == NULL)
		return;
	report_forget(report, place, false);
	(void)report_problem(report, place, PROBLEM_MISSING);
}

/* Who and where: the day it was told of is not the day of dying. */
static void death_make(const struct turn *turn, const struct record *record, struct record *death)
{
	const struct form *form = death_form(turn);
	const struct area *desa = record_desa(turn, record);

	*death = (struct record){0};
	report_begin(&death->report, form);
	death->report.story = true;
	if (record->report.form->self == NULL && record->report.form->mother != NULL)
		child_set(turn, record, death);
	else
		set(turn, &death->report, form->self, form_who(&record->report));
	if (desa != NULL)
		set(turn, &death->report, form->place, desa->code);
	death->link = LINK_BELONGS;
	death->row.original = record->row.id;
	record_judge(turn, death);
	if (desa == NULL)
		home_forget(&death->report); /* not the teller's, only because none is clear */
}

int dead_find(const struct turn *turn, const struct change *change, struct change **told)
{
	const struct record *after = &change->after;
	struct record *death;
	bool found;
	int error;

	*told = NULL;
	if (!tells(turn, after) || death_form(turn) == NULL || after->row.id == 0 ||
		(change->verdict == CHANGE_OTHERS && change->found.row.id != 0 &&
			tells(turn, &change->found)))
		return OK;
	death = arena_alloc(turn->flow->arena, sizeof(*death));
	error = opened_find(turn, after->row.id, death, &found);
	if (error != OK || found ||
		(change->before.row.id != 0 && tells(turn, &change->before)))
		return error;
	death_make(turn, after, death);
	*told = change_new(turn, WANT_TELL, death);
	return OK;
}

int dead_untold(const struct turn *turn, const struct change *change, struct record *death,
	bool *found)
{
	*found = false;
	return change->before.row.id == 0 || !tells(turn, &change->before) ||
			tells(turn, &change->after)
		? OK
		: opened_find(turn, change->before.row.id, death, found);
}
