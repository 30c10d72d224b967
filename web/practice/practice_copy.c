/* Copies what a conversation needs of the store. See practice_copy.h. */
#include "web/practice/practice_copy.h"

#include <stdio.h>

#include "store/people/person.h"

struct copy {
	struct store *to;
	const char *kabupaten;
	const char *what;
	int error;
};

static bool inside(const char *code, const char *kabupaten)
{
	size_t length = strlen(kabupaten);

	return code && strncmp(code, kabupaten, length) == 0 &&
		(code[length] == '\0' || code[length] == '.');
}

/* A province is above its kabupaten. */
static bool wanted_area(const char *code, const char *kabupaten)
{
	return inside(code, kabupaten) || inside(kabupaten, code);
}

static int each_place(const struct place_row *row, void *context)
{
	struct copy *copy = context;
	const char *const *column = row->columns;
	int changed;

	if (!row->active)
		return 0;
	if (strcmp(copy->what, "areas") == 0 && wanted_area(row->key, copy->kabupaten))
		copy->error = store_area_put(copy->to, row->key,
			column[0] && *column[0] ? column[0] : NULL, column[1], column[2], &changed);
	else if (strcmp(copy->what, "puskesmas") == 0 && inside(column[1], copy->kabupaten))
		copy->error =
			store_puskesmas_put(copy->to, row->key, column[0], column[1], &changed);
	else if (strcmp(copy->what, "posyandu") == 0 && inside(column[1], copy->kabupaten))
		copy->error =
			store_posyandu_put(copy->to, row->key, column[0], column[1], &changed);
	return copy->error;
}

static int each_person(const struct person *person, void *context)
{
	struct copy *copy = context;
	struct person active = *person;
	int changed;
	bool puskesmas = person->areas && strncmp(person->areas, "PKM", 3) == 0;

	if (!puskesmas && !wanted_area(person->areas ? person->areas : "-", copy->kabupaten))
		return 0;
	if (active.state && strcmp(active.state, "active") != 0)
		return 0;
	copy->error = store_person_put(copy->to, &active, &changed);
	return copy->error;
}

int practice_copy(struct store *from, struct store *to, const char *kabupaten)
{
	static const char *const kinds[] = {"areas", "puskesmas", "posyandu"};
	struct copy copy = {.to = to, .kabupaten = kabupaten};
	int error = store_batch_begin(to);

	for (size_t i = 0; error == OK && i < COUNT_OF(kinds); i++) {
		copy.what = kinds[i];
		error = store_place_each(from, kinds[i], each_place, &copy);
	}
	if (error == OK)
		error = store_person_each(from, each_person, &copy);
	if (error == OK)
		return store_batch_commit(to);
	store_batch_rollback(to);
	return error;
}
