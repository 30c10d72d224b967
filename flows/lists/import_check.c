/* What a row of each list must be, and how it is written. See import_row.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/text/phone.h"
#include "flows/lists/import_row.h"

static int add_area(const struct place_row *row, void *context)
{
	struct gazetteer *places = context;
	int error;

	if (!row->active)
		return OK;
	error = gazetteer_add_area(
		places, row->key, row->columns[0], row->columns[1], row->columns[2]);
	return error == ERR_STORE_IO ? error : OK; /* below an inactive area */
}

static int add_puskesmas(const struct place_row *row, void *context)
{
	struct gazetteer *places = context;

	if (row->active && gazetteer_add_puskesmas(places, row->key, row->columns[0], ""))
		return ERR_STORE;
	return OK;
}

static int add_posyandu(const struct place_row *row, void *context)
{
	struct gazetteer *places = context;
	int error = row->active
		? gazetteer_add_posyandu(places, row->key, row->columns[0], row->columns[1])
		: OK;

	return error == ERR_NOT_FOUND ? OK : error; /* in an area that is inactive */
}

int import_load_places(struct import *import, const char *what)
{
	if (strcmp(what, "areas") == 0)
		return store_place_each(import->store, what, add_area, import->places);
	if (strcmp(what, "puskesmas") == 0)
		return store_place_each(import->store, what, add_puskesmas, import->places);
	return store_place_each(import->store, what, add_posyandu, import->places);
}

/* Areas: those of the list stand beside those of the store, in one order; the list's word counts.
 */
struct join {
	struct import *import;
	size_t next;
};

static void join_row(struct import *import, struct import_row *row)
{
	int error;

	if (row->bad)
		return;
	error = gazetteer_add_area(
		import->places, row->values[0], row->values[1], row->values[2], row->values[3]);
	if (error == ERR_NOT_FOUND)
		import_error(import, row, 1, "there is no area \"%s\"", row->values[1]);
	else if (error == ERR_SYNTAX)
		import_error(import, row, 0,
			"code \"%s\", parent \"%s\" and level \"%s\" do not fit together",
			row->values[0], row->values[1], row->values[2]);
}

static int join_stored(const struct place_row *stored, void *context)
{
	struct join *join = context;
	struct import *import = join->import;

	while (join->next < import->count &&
		strcmp(import->rows[join->next].values[0], stored->key) <= 0)
		join_row(import, &import->rows[join->next++]);
	if (join->next && strcmp(import->rows[join->next - 1].values[0], stored->key) == 0)
		return OK;
	return add_area(stored, import->places);
}

static int prove_areas(struct import *import)
{
	struct join join = {.import = import};
	int error;

	import_sort(import);
	error = store_place_each(import->store, "areas", join_stored, &join);
	while (!error && join.next < import->count)
		join_row(import, &import->rows[join.next++]);
	return error;
}

static int put_area(struct store *store, const struct import_row *row, int *changed)
{
	return store_area_put(
		store, row->values[0], row->values[1], row->values[2], row->values[3], changed);
}

const struct import_kind import_areas = {"areas",
	{{"code", COLUMN_FILLED, "kode"}, {"parent", COLUMN_THERE, "induk"},
		{"level", COLUMN_FILLED, "tingkat"}, {"name", COLUMN_FILLED, "nama"}},
	prove_areas, put_area};

/* Calls each() for the parts of a list; returns the parts joined by single ";". */
static const char *each_part(struct import *import, struct import_row *row, size_t column,
	void (*each)(
		struct import *import, struct import_row *row, size_t column, const char *part))
{
	char *rest = arena_strdup(import->arena, row->values[column]), *part;
	struct strbuf joined = {0};
	const char *copy;

	while ((part = strsep(&rest, ";"))) {
		part += strspn(part, " ");
		part[strcspn(part, " ")] = '\0';
		if (!*part)
			continue;
		each(import, row, column, part);
		strbuf_printf(&joined, "%s%s", joined.length ? ";" : "", part);
	}
	copy = arena_strdup(import->arena, joined.text ? joined.text : "");
	strbuf_free(&joined);
	return copy;
}

static void prove_served(
	struct import *import, struct import_row *row, size_t column, const char *part)
{
	const struct area *area = gazetteer_area(import->places, part);

	if (!area)
		import_error(import, row, column, "there is no area \"%s\"", part);
	else if (area->level < LEVEL_KECAMATAN)
		import_error(import, row, column, "\"%s\" is neither a desa nor a kecamatan", part);
}

/* A desa in two puskesmas would leave open whom to alert, and be counted in both. */
struct served {
	const char *area;
	const char *by;         /* the puskesmas */
	struct import_row *row; /* NULL: it is in the store, and not in the list */
};

struct serving {
	struct import *import;
	struct served *all;
	size_t count, room;
};

static int line_of(const struct served *served)
{
	return served->row ? served->row->fields[0].line : 0;
}

static int compare_served(const void *a, const void *b)
{
	const struct served *x = a, *y = b;
	int order = strcmp(x->area, y->area);

	return order ? order : (line_of(x) > line_of(y)) - (line_of(x) < line_of(y));
}

static void served_add(
	struct serving *serving, const char *areas, const char *by, struct import_row *row)
{
	char *rest = arena_strdup(serving->import->arena, areas), *part;

	while ((part = strsep(&rest, ";"))) {
		if (!*part)
			continue;
		if (serving->count == serving->room) {
			serving->room = serving->room ? 2 * serving->room : 256;
			serving->all = xrealloc(serving->all, serving->room, sizeof(*serving->all));
		}
		serving->all[serving->count++] = (struct served){part, by, row};
	}
}

static bool in_list(const struct import *import, const char *key)
{
	for (size_t i = 0; i < import->count; i++) {
		if (strcmp(import->rows[i].values[0], key) == 0)
			return true;
	}
	return false;
}

static int add_stored(const struct place_row *stored, void *context)
{
	struct serving *serving = context;

	if (stored->active && !in_list(serving->import, stored->key))
		served_add(serving, stored->columns[1],
			arena_strdup(serving->import->arena, stored->key), NULL);
	return OK;
}

/* The area itself, or the kecamatan that it is in. */
static bool covers(const struct served *one, const struct served *other)
{
	size_t length = strlen(one->area);

	return strncmp(one->area, other->area, length) == 0 &&
		(other->area[length] == '\0' || other->area[length] == '.');
}

static void overlap(struct import *import, const struct served *first, const struct served *again)
{
	const struct served *blamed = again->row ? again : first;
	const struct served *other = again->row ? first : again;

	if (!blamed->row)
		return; /* both are stored */
	if (other->row)
		import_error(import, blamed->row, 2, "\"%s\" is served by \"%s\" (line %d) already",
			again->area, other->by, line_of(other));
	else
		import_error(import, blamed->row, 2, "\"%s\" is served by \"%s\" already",
			again->area, other->by);
}

static int prove_served_once(struct import *import)
{
	struct serving serving = {.import = import};
	size_t top = 0; /* no other covers it */
	int error = OK;

	for (size_t i = 0; i < import->count; i++)
		served_add(&serving, import->rows[i].values[2], import->rows[i].values[0],
			&import->rows[i]);
	if (!import->options->replace)
		error = store_place_each(import->store, "puskesmas", add_stored, &serving);
	if (serving.count)
		qsort(serving.all, serving.count, sizeof(*serving.all), compare_served);
	for (size_t i = 1; i < serving.count; i++) {
		if (covers(&serving.all[top], &serving.all[i]))
			overlap(import, &serving.all[top], &serving.all[i]);
		else
			top = i;
	}
	free(serving.all);
	return error;
}

static int prove_puskesmas(struct import *import)
{
	int error = import_load_places(import, "areas");

	import_sort(import);
	for (size_t i = 0; !error && i < import->count; i++)
		import->rows[i].values[2] = each_part(import, &import->rows[i], 2, prove_served);
	return error ? error : prove_served_once(import);
}

static int put_puskesmas(struct store *store, const struct import_row *row, int *changed)
{
	return store_puskesmas_put(store, row->values[0], row->values[1], row->values[2], changed);
}

const struct import_kind import_puskesmas = {"puskesmas",
	{{"id", COLUMN_FILLED, NULL}, {"name", COLUMN_FILLED, "nama"},
		{"areas", COLUMN_THERE, "wilayah"}},
	prove_puskesmas, put_puskesmas};

static int prove_posyandu(struct import *import)
{
	int error = import_load_places(import, "areas");

	import_sort(import);
	for (size_t i = 0; !error && i < import->count; i++) {
		struct import_row *row = &import->rows[i];
		const struct area *area = gazetteer_area(import->places, row->values[2]);

		if (*row->values[2] && !area)
			import_error(import, row, 2, "there is no area \"%s\"", row->values[2]);
		else if (area && area->level != LEVEL_DESA)
			import_error(import, row, 2, "\"%s\" is not a desa", row->values[2]);
	}
	return error;
}

static int put_posyandu(struct store *store, const struct import_row *row, int *changed)
{
	return store_posyandu_put(store, row->values[0], row->values[1], row->values[2], changed);
}

const struct import_kind import_posyandu = {"posyandu",
	{{"id", COLUMN_FILLED, NULL}, {"name", COLUMN_FILLED, "nama"},
		{"area", COLUMN_FILLED, "wilayah"}},
	prove_posyandu, put_posyandu};
