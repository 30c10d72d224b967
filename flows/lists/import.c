/* Lists into the store: reads the whole CSV, has it proved, compares, then writes in short batches.
 * See import.h. */
#include "flows/lists/import.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "flows/lists/chunk.h"
#include "flows/lists/csv_decode.h"
#include "flows/lists/import_row.h"
#include "parsers/number/date.h"
#include "store/message/deadline.h"

#define FILE_MAX (64L << 20)

static const struct import_kind *const kinds[] = {
	&import_areas,
	&import_puskesmas,
	&import_posyandu,
	&import_people,
};

const char *const import_kinds[] = {"areas", "puskesmas", "posyandu", "people", NULL};

static void complain(struct import *import, int line, int column, const char *text)
{
	if (import->result->errors == import->complaint_room) {
		import->complaint_room = import->complaint_room ? 2 * import->complaint_room : 64;
		import->complaints = xrealloc(
			import->complaints, import->complaint_room, sizeof(*import->complaints));
	}
	import->complaints[import->result->errors++] =
		(struct complaint){line, column, arena_strdup(import->arena, text)};
}

static int compare_complaints(const void *a, const void *b)
{
	const struct complaint *x = a, *y = b;

	return x->line != y->line ? x->line - y->line : x->column - y->column;
}

/* The proofs go by key; who mends the file goes by line. */
static void print_complaints(struct import *import)
{
	if (import->result->errors)
		qsort(import->complaints, import->result->errors, sizeof(*import->complaints),
			compare_complaints);
	for (size_t i = 0; i < import->result->errors; i++)
		fprintf(import->options->errors, "%s:%d:%d: %s\n", import->options->path,
			import->complaints[i].line, import->complaints[i].column,
			import->complaints[i].text);
	free(import->complaints);
}

void import_error(
	struct import *import, struct import_row *row, size_t column, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	row->bad = true;
	complain(import, row->fields[column].line, row->fields[column].column, text);
}

static int read_all(struct import *import, const char **data, size_t *length)
{
	FILE *file = fopen(import->options->path, "rb");
	struct strbuf text = {0};
	char part[16384], *octets;
	size_t have;
	int error = OK;

	if (!file) {
		fprintf(import->options->errors, "%s: %s\n", import->options->path,
			strerror(errno));
		return ERR_SYSTEM;
	}
	while ((have = fread(part, 1, sizeof(part), file)) > 0 && text.length < FILE_MAX)
		strbuf_add(&text, part, have);
	if (ferror(file) || text.length >= FILE_MAX) {
		fprintf(import->options->errors, "%s: %s\n", import->options->path,
			ferror(file) ? strerror(errno) : "larger than 64 MiB");
		error = ERR_SYSTEM;
	}
	fclose(file);
	*length = text.length;
	octets = arena_alloc(import->arena, text.length + 1); /* NUL octets and all */
	if (text.length)
		memcpy(octets, text.text, text.length);
	*data = octets;
	strbuf_free(&text);
	return error;
}

static const char *column_name(const struct import *import, size_t i)
{
	const char *nama = import->kind->columns[i].nama;

	return import->options->indonesian && nama ? nama : import->kind->columns[i].name;
}

static bool is_column(const struct import *import, size_t i, const char *heading)
{
	const char *nama = import->kind->columns[i].nama;

	return strcasecmp(import->kind->columns[i].name, heading) == 0 ||
		(nama && strcasecmp(nama, heading) == 0);
}

/* Where each column of the kind stands in the file, -1: not there. */
static void read_header(
	struct import *import, const struct csv_row *header, int places[IMPORT_COLUMNS])
{
	char text[160];

	for (size_t i = 0; i < IMPORT_COLUMNS; i++)
		places[i] = -1;
	for (size_t k = 0; k < header->count; k++) {
		const struct csv_field *field = &header->fields[k];
		size_t i = 0;

		while (i < IMPORT_COLUMNS && import->kind->columns[i].name &&
			!is_column(import, i, field->text))
			i++;
		if (i == IMPORT_COLUMNS || !import->kind->columns[i].name)
			snprintf(text, sizeof(text),
				IN(import, "kolom \"%.60s\" tidak dikenal",
					"unknown column \"%.60s\""),
				field->text);
		else if (places[i] >= 0)
			snprintf(text, sizeof(text),
				IN(import, "kolom \"%.60s\" ada dua", "column \"%.60s\" twice"),
				field->text);
		else {
			places[i] = (int)k;
			continue;
		}
		complain(import, field->line, field->column, text);
	}
	for (size_t i = 0; i < IMPORT_COLUMNS && import->kind->columns[i].name; i++) {
		if (places[i] >= 0 || import->kind->columns[i].need == COLUMN_OPTIONAL)
			continue;
		snprintf(text, sizeof(text),
			IN(import, "kolom \"%s\" tidak ada", "column \"%s\" is missing"),
			column_name(import, i));
		complain(import, header->line, 1, text);
	}
}

static struct import_row *row_add(struct import *import)
{
	if (import->count == import->room) {
		import->room = import->room ? 2 * import->room : 256;
		import->rows = xrealloc(import->rows, import->room, sizeof(*import->rows));
	}
	import->rows[import->count] = (struct import_row){0};
	return &import->rows[import->count++];
}

/* Of another province than the one that was asked for. */
static bool is_elsewhere(const struct import *import, const char *code)
{
	const char *wanted = import->options->province;
	size_t length = wanted ? strlen(wanted) : 0;

	return length &&
		(strncmp(code, wanted, length) != 0 || (code[length] && code[length] != '.'));
}

static void take_row(struct import *import, const struct csv_row *from, size_t width,
	const int places[IMPORT_COLUMNS])
{
	struct import_row *row;

	if (places[0] >= 0 && (size_t)places[0] < from->count &&
		is_elsewhere(import, from->fields[places[0]].text))
		return;
	row = row_add(import);
	for (size_t i = 0; i < IMPORT_COLUMNS; i++) {
		row->values[i] = "";
		row->fields[i] = (struct csv_field){"", from->line, 1};
		if (places[i] < 0 || (size_t)places[i] >= from->count)
			continue;
		row->fields[i] = from->fields[places[i]];
		row->values[i] = row->fields[i].text;
	}
	if (from->count != width) {
		import_error(import, row, 0,
			IN(import, "%zu kolom, sedangkan judulnya %zu",
				"%zu columns, the header has %zu"),
			from->count, width);
		return;
	}
	for (size_t i = 0; i < IMPORT_COLUMNS && import->kind->columns[i].name; i++) {
		if (import->kind->columns[i].need == COLUMN_FILLED && !*row->values[i])
			import_error(import, row, i, IN(import, "%s kosong", "%s is empty"),
				column_name(import, i));
	}
}

static int read_rows(struct import *import)
{
	const char *data = import->options->data;
	size_t length = import->options->length, width;
	int error = OK, places[IMPORT_COLUMNS];
	const char *wrong;
	struct csv_row row;
	struct csv csv;

	if (!data)
		error = read_all(import, &data, &length);
	if (error)
		return error;
	data = csv_decode(
		import->arena, data, length, &length, &wrong, import->options->indonesian);
	if (!data) {
		fprintf(import->options->errors, "%s: %s\n", import->options->path, wrong);
		return ERR_SYSTEM;
	}
	csv_init(&csv, import->arena, data, length);
	csv.indonesian = import->options->indonesian;
	error = csv_next(&csv, &row);
	if (error) {
		complain(import, 1, 1,
			error == ERR_NOT_FOUND
				? IN(import, "tidak ada baris judul", "no header line")
				: csv.wrong.text);
		return ERR_CONFIG;
	}
	width = row.count;
	read_header(import, &row, places);
	if (import->result->errors)
		return ERR_CONFIG;
	while ((error = csv_next(&csv, &row)) != ERR_NOT_FOUND) {
		if (error)
			complain(import, csv.wrong.line, csv.wrong.column, csv.wrong.text);
		else
			take_row(import, &row, width, places);
	}
	return OK;
}

/* By key, then by line: parents come before their children, a second use of a key after the first.
 */
static int compare_rows(const void *a, const void *b)
{
	const struct import_row *x = a, *y = b;
	int order = strcmp(x->values[0], y->values[0]);

	return order
		? order
		: (x->fields[0].line > y->fields[0].line) - (x->fields[0].line < y->fields[0].line);
}

void import_sort(struct import *import)
{
	if (import->count)
		qsort(import->rows, import->count, sizeof(*import->rows), compare_rows);
	for (size_t i = 1; i < import->count; i++) {
		struct import_row *row = &import->rows[i];

		if (*row->values[0] && strcmp(row->values[0], row[-1].values[0]) == 0)
			import_error(import, row, 0,
				IN(import, "\"%s\" sudah ada di baris %d",
					"\"%s\" stands in line %d already"),
				row->values[0], row[-1].fields[0].line);
	}
}

static int compare_key(const void *key, const void *row)
{
	return strcmp(key, ((const struct import_row *)row)->values[0]);
}

/* "MELATI, 35.03.01.2004" */
static const char *columns_text(struct arena *arena, const char *const *columns)
{
	const char *text = "";

	for (size_t i = 0; i < PLACE_COLUMNS && columns[i]; i++) {
		if (*columns[i])
			text = arena_printf(arena, "%s%s%s", text, *text ? ", " : "", columns[i]);
	}
	return text;
}

static int audit(
	const struct import *import, const char *key, const char *before, const char *after)
{
	const struct import_options *options = import->options;

	if (!options->actor)
		return OK;
	return store_audit_put(import->store, options->now, options->actor,
		arena_printf(import->arena, "import %s", options->what), key, before, after);
}

struct leftovers {
	struct import *import;
	const char **keys;
	size_t count, room;
};

static void leftover_add(struct leftovers *left, const char *key)
{
	if (left->count == left->room) {
		left->room = left->room ? 2 * left->room : 64;
		left->keys = xrealloc(left->keys, left->room, sizeof(*left->keys));
	}
	left->keys[left->count++] = arena_strdup(left->import->arena, key);
}

static int on_stored(const struct place_row *stored, void *context)
{
	struct leftovers *left = context;
	struct import *import = left->import;
	struct import_row *row = import->count ? bsearch(stored->key, import->rows, import->count,
							 sizeof(*import->rows), compare_key)
					       : NULL;

	import->result->active += stored->active;
	if (!row) {
		if (stored->active && import->options->replace)
			leftover_add(left, stored->key);
		return OK;
	}
	row->status = stored->active ? IMPORT_SAME : IMPORT_CHANGED;
	row->before = columns_text(import->arena, stored->columns);
	for (size_t i = 0; i < PLACE_COLUMNS && stored->columns[i]; i++) {
		bool keep = import->kind->columns[i + 1].need == COLUMN_OPTIONAL &&
			!*row->values[i + 1];

		if (keep)
			row->values[i + 1] = arena_strdup(import->arena, stored->columns[i]);
		else if (strcmp(row->values[i + 1], stored->columns[i]) != 0)
			row->status = IMPORT_CHANGED;
	}
	return OK;
}

/* Another writer may hold the store for longer than one wait. */
static int begin(struct store *store)
{
	int error = ERR_STORE_BUSY;

	for (int tries = 0; tries < 10 && error == ERR_STORE_BUSY; tries++)
		error = store_batch_begin(store);
	return error;
}

static int write_chunk(struct import *import, size_t *next, size_t rows)
{
	int changed, error = OK;
	size_t written = 0;

	for (; !error && *next < import->count && written < rows; ++*next) {
		if (import->rows[*next].status == IMPORT_SAME)
			continue;
		error = import->kind->put(import->store, &import->rows[*next], &changed);
		if (!error)
			error = audit(import, import->rows[*next].values[0],
				import->rows[*next].before,
				columns_text(import->arena, import->rows[*next].values + 1));
		written++;
	}
	return error;
}

static int deactivate_chunk(struct leftovers *left, size_t *next, size_t rows)
{
	struct import *import = left->import;
	const struct import_options *options = import->options;
	char today[DATE_TEXT];
	int error = OK;

	date_format(moment_local(options->now, options->timezone).date, today);
	for (size_t done = 0; !error && *next < left->count && done < rows; ++*next, done++) {
		error = store_place_deactivate(
			import->store, import->kind->name, left->keys[*next], today);
		if (!error) {
			import->result->deactivated++;
			error = audit(import, left->keys[*next], "active", "inactive");
		} else if (error == ERR_NOT_FOUND) { /* a person who is blocked stays so */
			error = OK;
		}
	}
	return error;
}

/* A list that is cut short, or of another kabupaten, must not silence everybody by one command. */
static bool takes_too_much(const struct import *import, const struct leftovers *left)
{
	return !import->options->yes &&
		left->count * 100 > import->result->active * IMPORT_LOSS_PERCENT;
}

static int write_all(struct import *import, struct leftovers *left)
{
	struct chunk chunk = CHUNK_INIT;
	size_t next = 0, gone = 0;
	int error = OK;

	if (import->options->dry_run || takes_too_much(import, left)) {
		import->result->deactivated = left->count;
		return import->options->dry_run ? OK : ERR_LIMIT;
	}
	if (!import->result->fresh && !import->result->changed)
		next = import->count;
	while (!error && (next < import->count || gone < left->count)) {
		error = begin(import->store);
		if (error)
			return error;
		chunk_begin(&chunk);
		error = next < import->count ? write_chunk(import, &next, chunk.rows)
					     : deactivate_chunk(left, &gone, chunk.rows);
		if (error)
			store_batch_rollback(import->store);
		else
			error = store_batch_commit(import->store);
		chunk_end(&chunk);
	}
	return error;
}

static void count_rows(struct import *import)
{
	for (size_t i = 0; i < import->count; i++) {
		import->result->fresh += import->rows[i].status == IMPORT_NEW;
		import->result->changed += import->rows[i].status == IMPORT_CHANGED;
		import->result->unchanged += import->rows[i].status == IMPORT_SAME;
		if (import->options->plan)
			import->options->plan(import->options->context, import->rows[i].status,
				import->rows[i].values, import->rows[i].before);
	}
}

int import_file(
	struct store *store, const struct import_options *options, struct import_result *result)
{
	struct import import = {.store = store, .options = options, .result = result};
	struct leftovers left = {.import = &import};
	int error = ERR_NOT_FOUND;

	*result = (struct import_result){0};
	import.arena = arena_new();
	import.places = gazetteer_new();
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (strcmp(kinds[i]->name, options->what) == 0)
			import.kind = kinds[i];
	}
	if (!import.kind)
		goto out;
	error = read_rows(&import);
	if (!error)
		error = import.kind->prove(&import);
	if (!error && result->errors)
		error = ERR_CONFIG;
	if (!error)
		error = store_place_each(store, options->what, on_stored, &left);
	if (!error) {
		count_rows(&import);
		error = write_all(&import, &left);
	}
out:
	print_complaints(&import);
	free(left.keys);
	free(import.rows);
	gazetteer_free(import.places);
	arena_free(import.arena);
	return error;
}
