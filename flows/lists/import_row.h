/* Between import.c, which reads and writes lists, and import_check.c, which proves rows. */
#ifndef FLOWS_IMPORT_ROW_H
#define FLOWS_IMPORT_ROW_H

#include "parsers/place/gazetteer.h"
#include "store/people/person.h"
#include "flows/lists/csv.h"
#include "flows/lists/import_options.h"

#define IMPORT_COLUMNS (PLACE_COLUMNS + 1)
/* A text in the language of who reads it. */
#define IN(import, id, en) ((import)->options->indonesian ? (id) : (en))

/* One row of the list: values[0] is the key, the others are as in struct place_row. */
struct import_row {
	const char *values[IMPORT_COLUMNS];
	struct csv_field fields[IMPORT_COLUMNS]; /* where they stand */
	enum import_status status;
	const char *before; /* what was stored, for the audit; NULL: it is new */
	bool bad;
};

/* What is wrong, where. */
struct complaint {
	int line, column;
	const char *text;
};

struct import {
	struct store *store;
	const struct import_options *options;
	const struct import_kind *kind;
	struct import_result *result;
	struct arena *arena;
	struct gazetteer *places; /* what the store has (for areas: of the list as well) */
	struct import_row *rows;
	size_t count, room;
	struct complaint *complaints; /* result->errors of them */
	size_t complaint_room;
};

enum column_need {
	COLUMN_FILLED,
	COLUMN_THERE,
	COLUMN_OPTIONAL
}; /* optional: empty keeps what is stored */

struct import_kind {
	const char *name;
	struct {
		const char *name; /* the key's first; NULL beyond the last */
		enum column_need need;
		const char *nama; /* what a list in Indonesian calls it; NULL: the same */
	} columns[IMPORT_COLUMNS];
	int (*prove)(struct import *import); /* reports with import_error() */
	int (*put)(struct store *store, const struct import_row *row, int *changed);
};

extern const struct import_kind import_areas, import_puskesmas, import_posyandu, import_people;

/* Says where and why, and marks the row. column: index of the value. */
void import_error(struct import *import, struct import_row *row, size_t column, const char *format,
	...) PRINTF(4, 5);

/* Orders the rows by key and reports keys that come twice; after keys are normalised. */
void import_sort(struct import *import);

/* Rows of the store into import->places; "areas" must come first. */
int import_load_places(struct import *import, const char *what) MUST_CHECK;

#endif
