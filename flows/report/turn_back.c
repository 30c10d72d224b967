/* From what a form becomes back to the form: see turn_back.h. */
#include "flows/report/turn_back.h"

#include <string.h>

#include "parsers/form/form.h"

#define VERSIONS 50

/* The form whose reports become this one, and which has the field. */
static const struct form *form_before(
	const struct turn *turn, const struct record *record, const char *field)
{
	static const char *const names[] = {"lahir"};
	const struct form *own = record->report.form;

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const struct form *form = reader_form(turn->flow->reader, names[i]);
		const char *kind;

		if (form == NULL || form->becomes == NULL || form_field(form, field) == NULL ||
			strcmp(form->becomes->form, own->name) != 0)
			continue;
		kind = report_text(&record->report, form->becomes->field);
		if (kind != NULL && strcmp(kind, form->becomes->value) == 0)
			return form;
	}
	return NULL;
}

/* What was told when it was a report of that form. */
static int earlier_load(const struct turn *turn, const struct record *record,
	const struct form *form, struct record *earlier)
{
	struct report_row *rows = arena_alloc(turn->flow->arena, VERSIONS * sizeof(*rows));
	size_t count;
	int error = store_report_versions(
		turn->flow->store, turn->flow->arena, record->row.id, rows, VERSIONS, &count);

	for (size_t i = count; error == OK && i-- > 0;) {
		if (strcmp(rows[i].form, form->name) == 0)
			return record_of_row(turn, &rows[i], earlier);
	}
	return error != OK ? error : ERR_NOT_FOUND;
}

int turn_back(const struct turn *turn, struct record *record, const char *field)
{
	const struct form *form = form_before(turn, record, field);
	struct record *earlier = arena_alloc(turn->flow->arena, sizeof(*earlier));
	struct report back;
	int error;

	if (form == NULL)
		return ERR_NOT_FOUND;
	report_begin(&back, form);
	back.training = record->report.training;
	error = earlier_load(turn, record, form, earlier);
	if (error == OK)
		back = earlier->report;
	else if (error != ERR_NOT_FOUND)
		return error;
	for (size_t i = 0; i < record->report.nvalue; i++) {
		const struct value *value = &record->report.values[i];
		const struct form_field *to = form_field(form, value->field),
					*from = form_field(record->report.form, value->field);

		if (to != NULL && from != NULL && to->type == from->type && !value->defaulted)
			report_set(&back, turn->flow->arena, value);
	}
	record->report = back;
	return OK;
}
