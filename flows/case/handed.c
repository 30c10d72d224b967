/* Cases that left a desa: see handed.h. Kept as sessions, by form, desa and name. */
#include "flows/case/handed.h"

#include <stdlib.h>
#include <string.h>

#include "flows/same/same_names.h"
#include "parsers/form/form.h"
#include "parsers/form/form_case.h"
#include "parsers/form/names.h"
#include "store/message/deadline.h"

#define KIND	     "handed"
#define KEEP_SECONDS (400LL * 86400)

static const char *key_of(
	const struct turn *turn, const char *form, const char *area, const char *name)
{
	return arena_printf(turn->flow->arena, "%s:%s:%s", form, area, name_core(name));
}

int handed_put(const struct turn *turn, const struct case_row *row, const char *from)
{
	return store_session_put(turn->flow->store, KIND,
		key_of(turn, row->form, from, row->name),
		arena_printf(turn->flow->arena, "%lld", (long long)row->id),
		turn->flow->now + KEEP_SECONDS);
}

static int handed_get(const struct turn *turn, const struct form *form, const char *from,
	const char *name, struct case_row *row, bool *found)
{
	const char *id;
	int error;

	*found = false;
	if (form->cases == NULL || from == NULL || name == NULL)
		return OK;
	error = store_session_get(turn->flow->store, turn->flow->arena, KIND,
		key_of(turn, form->name, from, name), turn->flow->now, &id);
	if (error == OK)
		error = store_case_get(
			turn->flow->store, turn->flow->arena, strtoll(id, NULL, 10), row);
	*found = error == OK && strcmp(row->area, from) != 0;
	return error == ERR_NOT_FOUND ? OK : error;
}

int handed_find(const struct turn *turn, const struct form *form, const char *from,
	const char *name, struct case_row *row, bool *found)
{
	int error = handed_get(turn, form, from, name, row, found);

	*found = error == OK && *found && row->closed == NULL;
	return error;
}

int handed_area(const struct turn *turn, const struct record *record, const struct area **area)
{
	const char *name = form_who(&record->report);
	const struct form *form;
	struct case_row row;
	bool found = false;
	int error = OK;

	*area = NULL;
	for (size_t i = 0; error == OK && !found && name != NULL && record->row.area != NULL &&
		(form = reader_form_at(turn->flow->reader, i)) != NULL;
		i++) {
		error = handed_get(turn, form, record->row.area, name, &row, &found);
		found = found && (row.closed == NULL || row.ended_by == record->row.id);
	}
	if (error == OK && found)
		*area = gazetteer_area(turn->flow->places, row.area);
	return error;
}
