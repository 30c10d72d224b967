/* What a row of the list of people must be. See import_row.h. */
#include <ctype.h>
#include <string.h>

#include "parsers/text/phone.h"
#include "flows/lists/import_row.h"
#include "flows/lists/role_area.h"

/* Without what spreadsheets put into a number to keep it a text: apostrophes, no-break spaces. */
static const char *phone_plain(struct arena *arena, const char *text)
{
	static const char *const signs[] = {"'", "\xe2\x80\x98", "\xe2\x80\x99", "\xc2\xa0"};
	char *plain = arena_strdup(arena, text);

	for (size_t i = 0; i < COUNT_OF(signs); i++) {
		size_t length = strlen(signs[i]);

		for (char *at; (at = strstr(plain, signs[i]));)
			memmove(at, at + length, strlen(at + length) + 1);
	}
	return plain;
}

static const char *small_letters(struct arena *arena, const char *text)
{
	char *small = arena_strdup(arena, text);

	for (char *c = small; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return small;
}

static void prove_phone(struct import *import, struct import_row *row)
{
	char phone[PHONE_TEXT];

	if (!*row->values[0])
		return;
	if (phone_normalise(phone_plain(import->arena, row->values[0]), phone))
		row->values[0] = arena_strdup(import->arena, phone);
	else
		import_error(import, row, 0,
			IN(import, "\"%.30s\" bukan nomor telepon",
				"\"%.30s\" is not a phone number"),
			row->values[0]);
}

/* Proves the areas of a row and writes them with single ";" between. */
static void prove_areas(struct import *import, struct import_row *row)
{
	char *rest, *code;
	const char *wrong;

	row->values[3] = role_areas_tidy(import->arena, row->values[3]);
	rest = arena_strdup(import->arena, row->values[3]);
	while ((code = strsep(&rest, ";"))) {
		wrong = *code ? role_area_wrong(import->arena, import->places, row->values[2], code,
					import->options->indonesian)
			      : NULL;
		if (wrong)
			import_error(import, row, 3, "%s", wrong);
	}
}

static void prove_posyandu(struct import *import, struct import_row *row)
{
	const char *wrong;

	if (!*row->values[4])
		return;
	wrong = role_posyandu_wrong(import->arena, import->places, row->values[3], row->values[4],
		import->options->indonesian);
	if (wrong)
		import_error(import, row, 4, "%s", wrong);
}

static void prove_language(struct import *import, struct import_row *row)
{
	size_t length = strlen(row->values[5]);

	if (length &&
		(length > 3 || length != strspn(row->values[5], "abcdefghijklmnopqrstuvwxyz")))
		import_error(import, row, 5,
			IN(import, "\"%.20s\" bukan kode bahasa",
				"\"%.20s\" is not a language code"),
			row->values[5]);
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

		prove_phone(import, row);
		row->values[2] = small_letters(import->arena, row->values[2]);
		row->values[5] = small_letters(import->arena, row->values[5]);
		if (*row->values[2] && !role_known(row->values[2]))
			import_error(import, row, 2,
				IN(import, "tidak ada peran \"%.30s\"",
					"there is no role \"%.30s\""),
				row->values[2]);
		prove_areas(import, row);
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
	{{"phone", COLUMN_FILLED, "nomor"}, {"name", COLUMN_FILLED, "nama"},
		{"role", COLUMN_FILLED, "peran"}, {"area", COLUMN_FILLED, "wilayah"},
		{"posyandu", COLUMN_OPTIONAL, NULL}, {"language", COLUMN_OPTIONAL, "bahasa"}},
	prove_people, put_person};
