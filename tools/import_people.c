/* What a row of the list of people must be. See import_row.h. */
#include <string.h>

#include "parsers/phone.h"
#include "tools/import_row.h"

/* A role, and the level that its areas stand on. */
static const struct {
	const char *name;
	enum area_level level;
	const char *place;
} roles[] = {
	{"kader", LEVEL_DESA, "a desa"},
	{"bidan", LEVEL_DESA, "a desa"},
	{"desa", LEVEL_DESA, "a desa"},
	{"puskesmas", LEVEL_KECAMATAN, "a puskesmas or a kecamatan"},
	{"dinkes", LEVEL_KABUPATEN, "a kabupaten"},
	{"provinsi", LEVEL_PROVINSI, "a provinsi"},
};

static int role_index(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(roles); i++) {
		if (strcmp(roles[i].name, name) == 0)
			return (int)i;
	}
	return -1;
}

static void prove_phone(struct import *import, struct import_row *row)
{
	char phone[PHONE_TEXT];

	if (!*row->values[0])
		return;
	if (phone_normalise(row->values[0], phone))
		row->values[0] = arena_strdup(import->arena, phone);
	else
		import_error(import, row, 0, "\"%.30s\" is not a phone number", row->values[0]);
}

static void prove_area(struct import *import, struct import_row *row, int role, const char *code)
{
	const struct area *area = gazetteer_area(import->places, code);
	const struct puskesmas *puskesmas = gazetteer_puskesmas(import->places, code);

	if (role < 0 && (area || puskesmas)) /* an error of its own */
		return;
	if (role >= 0 && ((area && area->level == roles[role].level) ||
				 (puskesmas && roles[role].level == LEVEL_KECAMATAN)))
		return;
	if (area)
		import_error(import, row, 3, "\"%s\" is not %s", code, roles[role].place);
	else
		import_error(import, row, 3, "there is no area \"%s\"", code);
}

/* Proves the areas of a row and writes them with single ";" between. */
static void prove_areas(struct import *import, struct import_row *row, int role)
{
	char *rest = arena_strdup(import->arena, row->values[3]), *code;
	struct strbuf joined = {0};

	while ((code = strsep(&rest, ";"))) {
		code += strspn(code, " ");
		code[strcspn(code, " ")] = '\0';
		if (!*code)
			continue;
		prove_area(import, row, role, code);
		strbuf_printf(&joined, "%s%s", joined.length ? ";" : "", code);
	}
	row->values[3] = arena_strdup(import->arena, joined.text ? joined.text : "");
	strbuf_free(&joined);
}

static void prove_posyandu(struct import *import, struct import_row *row)
{
	const struct posyandu *posyandu;

	if (!*row->values[4])
		return;
	posyandu = gazetteer_posyandu(import->places, row->values[4]);
	if (!posyandu)
		import_error(import, row, 4, "there is no posyandu \"%s\"", row->values[4]);
	else if (!strstr(row->values[3], posyandu->area->code))
		import_error(import, row, 4, "posyandu \"%s\" is in %s, not in the person's area",
			row->values[4], posyandu->area->code);
}

static void prove_language(struct import *import, struct import_row *row)
{
	size_t length = strlen(row->values[5]);

	if (length &&
		(length > 3 || length != strspn(row->values[5], "abcdefghijklmnopqrstuvwxyz")))
		import_error(import, row, 5, "\"%.20s\" is not a language code", row->values[5]);
}

static int prove_people(struct import *import)
{
	int error = import_load_places(import, "areas");

	if (!error)
		error = import_load_places(import, "puskesmas");
	if (!error)
		error = import_load_places(import, "posyandu");
	for (size_t i = 0; !error && i < import->count; i++) {
		struct import_row *row = &import->rows[i];
		int role = role_index(row->values[2]);

		prove_phone(import, row);
		if (role < 0 && *row->values[2])
			import_error(import, row, 2, "there is no role \"%.30s\"", row->values[2]);
		prove_areas(import, row, role);
		prove_posyandu(import, row);
		prove_language(import, row);
	}
	import_sort(import);
	return error;
}

static int put_person(struct store *store, const struct import_row *row, int *changed)
{
	const struct person person = {
		.phone = row->values[0],
		.name = row->values[1],
		.role = row->values[2],
		.areas = row->values[3],
		.posyandu = *row->values[4] ? row->values[4] : NULL,
		.language = *row->values[5] ? row->values[5] : NULL,
	};

	return store_person_put(store, &person, changed);
}

const struct import_kind import_people = {"people",
	{{"phone", COLUMN_FILLED}, {"name", COLUMN_FILLED}, {"role", COLUMN_FILLED},
		{"area", COLUMN_FILLED}, {"posyandu", COLUMN_OPTIONAL},
		{"language", COLUMN_OPTIONAL}},
	prove_people, put_person};
