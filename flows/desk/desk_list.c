/* A list of people, row by row, with the rights of whoever brings it. */
#include <string.h>

#include "flows/desk/desk.h"
#include "flows/lists/role_area.h"
#include "flows/rules/scope.h"

static bool may_in_areas(struct turn *turn, const struct person *person)
{
	struct sender target;

	person_to_sender(turn->flow, person, &target);
	for (size_t i = 0; i < target.narea; i++) {
		if (!scope_approves(&turn->sender, person->role, target.areas[i]))
			return false;
	}
	return target.narea > 0;
}

int desk_may_put(struct turn *turn, const struct person *person, bool *may)
{
	struct person now;
	int error =
		store_person_by_phone(turn->flow->store, turn->flow->arena, person->phone, &now);

	*may = (error == ERR_NOT_FOUND || (error == OK && may_in_areas(turn, &now))) &&
		may_in_areas(turn, person);
	return error == ERR_NOT_FOUND ? OK : error;
}

static const char *cell(const json_t *row, size_t column)
{
	const char *text = json_string_value(json_array_get(row, column));

	return text != NULL ? text : "";
}

/* A posyandu and areas that are there and fit the role. */
static bool fits(const struct turn *turn, const struct person *person)
{
	struct arena *arena = turn->flow->arena;
	const struct gazetteer *places = turn->flow->places;
	char *rest = arena_strdup(arena, person->areas), *code;

	while ((code = strsep(&rest, ";")) != NULL) {
		if (role_area_wrong(arena, places, person->role, code, false) != NULL)
			return false;
	}
	return role_known(person->role) && *person->name != '\0' &&
		(person->posyandu == NULL ||
			role_posyandu_wrong(
				arena, places, person->areas, person->posyandu, false) == NULL);
}

static struct person person_of(const json_t *row)
{
	return (struct person){.phone = cell(row, 0),
		.name = cell(row, 1),
		.role = cell(row, 2),
		.areas = cell(row, 3),
		.posyandu = *cell(row, 4) ? cell(row, 4) : NULL,
		.language = *cell(row, 5) ? cell(row, 5) : NULL};
}

static int prove(struct turn *turn, const json_t *row)
{
	const struct person person = person_of(row);
	bool may = false;
	int error = fits(turn, &person) ? desk_may_put(turn, &person, &may) : ERR_RANGE;

	return error == OK && !may ? ERR_STATE : error;
}

static int put(struct turn *turn, const json_t *row, json_int_t *count)
{
	const struct person person = person_of(row);
	struct person before = {0};
	int changed = 0, error;

	error = store_person_by_phone(turn->flow->store, turn->flow->arena, person.phone, &before);
	if (error != OK && error != ERR_NOT_FOUND)
		return error;
	error = store_person_put(turn->flow->store, &person, &changed);
	if (error != OK || changed == 0)
		return error;
	++*count;
	return turn_audit(turn, "person list", person.phone, before.areas, person.areas);
}

/* {"rows":[[phone, name, role, areas, posyandu, language], …]}: all of them or, when one may not
 * be, none; "changed" says how many were new or different. */
int desk_people_put(struct turn *turn, const json_t *request, json_t *answer)
{
	const json_t *rows = json_object_get(request, "rows");
	size_t size = json_array_size(rows);
	json_int_t count = 0;
	int error = size > 0 && size <= DESK_LIST_ROWS ? OK : ERR_SYNTAX;

	for (size_t i = 0; error == OK && i < size; i++)
		error = prove(turn, json_array_get(rows, i));
	for (size_t i = 0; error == OK && i < size; i++)
		error = put(turn, json_array_get(rows, i), &count);
	json_object_set_new(answer, "changed", json_integer(count));
	return error;
}
