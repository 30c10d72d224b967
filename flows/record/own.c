/* One's own telling: see own.h. */
#include "flows/record/own.h"

#include <string.h>

#include "flows/rules/scope.h"
#include "parsers/form/form.h"

#define VERSIONS 32

bool own_alone(
	const struct turn *turn, const struct sender *sender, const struct record *record)
{
	const struct area *area = record->row.area == NULL
		? NULL
		: gazetteer_area(turn->flow->places, record->row.area);

	return area != NULL && !record->row.training && record->row.id != 0 &&
		sender->phone != NULL && record->row.sender != NULL &&
		strcmp(sender->phone, record->row.sender) == 0 &&
		(sender->role == ROLE_DESA || !scope_area(sender, area));
}

bool own_derived(const struct form *form, const char *name)
{
	const struct form_field *field = form_field(form, name);

	for (size_t i = 0; i < form->nderive; i++) {
		if (strcmp(form->derives[i].field, name) == 0)
			return true;
	}
	return field == NULL || field->nkey == 0; /* nobody tells a score */
}

/* To a list others may have added. */
static void as_now(struct report *own, const struct report *now)
{
	for (size_t i = 0; i < own->nvalue; i++) {
		const struct form_field *field = form_field(own->form, own->values[i].field);
		const struct value *value = report_value(now, own->values[i].field);

		if (value != NULL && !own_derived(own->form, value->field) &&
			field->type != FIELD_LIST)
			own->values[i] = *value;
	}
}

int own_load(const struct turn *turn, const struct record *record, struct record *own)
{
	struct report_row *rows = arena_alloc(turn->flow->arena, VERSIONS * sizeof(*rows)), row;
	size_t count, last = 0;
	int error = store_report_versions(turn->flow->store, turn->flow->arena, record->row.id,
		rows, VERSIONS, &count);

	*own = *record;
	if (error != OK || count == 0)
		return error;
	while (last + 1 < count && rows[last + 1].actor != NULL &&
		strcmp(rows[last + 1].actor, record->row.sender) == 0)
		last++;
	row = record->row;
	row.form = rows[last].form;
	row.fields = rows[last].fields;
	row.problems = rows[last].problems;
	row.notes = rows[last].notes;
	error = record_of_row(turn, &row, own);
	if (error == OK)
		as_now(&own->report, &record->report);
	return error;
}

int own_seen(const struct turn *turn, const struct record *record, const struct record **seen)
{
	struct record *own;

	*seen = record;
	if (!own_alone(turn, &turn->sender, record))
		return OK;
	own = arena_alloc(turn->flow->arena, sizeof(*own));
	*seen = own;
	return own_load(turn, record, own);
}
