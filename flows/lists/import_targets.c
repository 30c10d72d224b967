/* Yearly target populations from a CSV list: see import_targets.h. */
#include "flows/lists/import_targets.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "flows/lists/csv.h"
#include "flows/lists/csv_decode.h"
#include "store/message/deadline.h"
#include "store/people/person.h"
#include "store/report/target.h"

#define FILE_MOST  (8u << 20)
#define YEAR_LEAST 2000
#define YEAR_MOST  2100
#define VALUE_MOST 10000000

enum column { COLUMN_PLACE, COLUMN_NAME, COLUMN_YEAR, COLUMN_VALUE, COLUMNS };
static const char *const headings[COLUMNS][2] = {{"area", "wilayah"}, {"indicator", "indikator"},
	{"year", "tahun"}, {"target", "sasaran"}};

struct targets {
	struct store *store;
	const struct import_options *options;
	struct import_result *result;
	struct arena *arena;
	const struct gazetteer *places;
	struct form *const *forms;
	size_t nform;
	int columns[COLUMNS];
};

static void PRINTF(3, 4)
	complain(struct targets *targets, const struct csv_field *field, const char *format, ...)
{
	va_list args;

	fprintf(targets->options->errors, "%s:%d:%d: ", targets->options->path, field->line,
		field->column);
	va_start(args, format);
	vfprintf(targets->options->errors, format, args);
	va_end(args);
	fputc('\n', targets->options->errors);
	targets->result->errors++;
}

static bool file_read(const struct targets *targets, const char **data, size_t *length)
{
	FILE *file = fopen(targets->options->path, "rb");
	char *octets = arena_alloc(targets->arena, FILE_MOST);
	bool good;

	if (!file) {
		fprintf(targets->options->errors, "%s: %s\n", targets->options->path,
			strerror(errno));
		return false;
	}
	*length = fread(octets, 1, FILE_MOST, file);
	good = !ferror(file) && *length < FILE_MOST;
	if (!good)
		fprintf(targets->options->errors, "%s: %s\n", targets->options->path,
			ferror(file) ? strerror(errno) : "larger than 8 MiB");
	fclose(file);
	*data = octets;
	return good;
}

static void header_read(struct targets *targets, const struct csv_row *row)
{
	for (size_t c = 0; c < COLUMNS; c++) {
		targets->columns[c] = -1;
		for (size_t i = 0; i < row->count; i++) {
			if (strcasecmp(row->fields[i].text, headings[c][0]) == 0 ||
				strcasecmp(row->fields[i].text, headings[c][1]) == 0)
				targets->columns[c] = (int)i;
		}
		if (targets->columns[c] < 0)
			complain(targets, &row->fields[0], "there is no column %s (or %s)",
				headings[c][0], headings[c][1]);
	}
}

static bool name_known(const struct targets *targets, const char *name)
{
	for (size_t f = 0; f < targets->nform; f++) {
		const struct form *form = targets->forms[f];

		for (size_t i = 0; i < form->nindicator; i++) {
			if (form->indicators[i].target &&
				strcmp(form->indicators[i].target, name) == 0)
				return true;
		}
	}
	return false;
}

static bool number_read(const char *text, long least, long most, long *out)
{
	char *end;

	*out = strtol(text, &end, 10);
	return end != text && *end == '\0' && *out >= least && *out <= most;
}

static bool place_known(const struct targets *targets, const char *place)
{
	const struct area *area = gazetteer_area(targets->places, place);

	return area ? area->level == LEVEL_DESA
		    : gazetteer_puskesmas(targets->places, place) != NULL;
}

/* false: something is wrong with it, and was said. */
static bool row_prove(struct targets *targets, const struct csv_row *row, struct target_row *out)
{
	const struct csv_field *fields[COLUMNS];
	size_t errors = targets->result->errors;
	long year = 0, value = 0;

	for (size_t c = 0; c < COLUMNS; c++) {
		if ((size_t)targets->columns[c] >= row->count) {
			complain(targets, &row->fields[0], "%s is missing", headings[c][0]);
			return false;
		}
		fields[c] = &row->fields[targets->columns[c]];
	}
	if (!place_known(targets, fields[COLUMN_PLACE]->text))
		complain(targets, fields[COLUMN_PLACE],
			"\"%s\" is no desa's code and no puskesmas",
			fields[COLUMN_PLACE]->text);
	if (!name_known(targets, fields[COLUMN_NAME]->text))
		complain(targets, fields[COLUMN_NAME],
			"no indicator aims at \"%s\" (target = in a form file)",
			fields[COLUMN_NAME]->text);
	if (!number_read(fields[COLUMN_YEAR]->text, YEAR_LEAST, YEAR_MOST, &year))
		complain(targets, fields[COLUMN_YEAR], "\"%s\" is no year",
			fields[COLUMN_YEAR]->text);
	if (!number_read(fields[COLUMN_VALUE]->text, 0, VALUE_MOST, &value))
		complain(targets, fields[COLUMN_VALUE], "\"%s\" is no whole number",
			fields[COLUMN_VALUE]->text);
	*out = (struct target_row){fields[COLUMN_PLACE]->text, fields[COLUMN_NAME]->text,
		(int)year, value};
	return targets->result->errors == errors;
}

static int row_write(struct targets *targets, const struct target_row *row)
{
	bool changed = true;
	int error = store_target_put(targets->store, row, &changed);

	targets->result->changed += changed;
	targets->result->unchanged += !changed;
	if (error != OK || !changed || !targets->options->actor)
		return error;
	return store_audit_put(targets->store, targets->options->now, targets->options->actor,
		"import sasaran",
		arena_printf(targets->arena, "%s %s %d", row->place, row->name, row->year), NULL,
		arena_printf(targets->arena, "%lld", (long long)row->value));
}

static int rows_take(struct targets *targets, struct csv *csv)
{
	struct csv_row row;
	int error;

	while ((error = csv_next(csv, &row)) != ERR_NOT_FOUND) {
		struct target_row target;

		if (error != OK) {
			complain(targets, &csv->wrong, "%s", csv->wrong.text);
			continue;
		}
		if (!row_prove(targets, &row, &target) || targets->result->errors > 0)
			continue;
		error = row_write(targets, &target);
		if (error != OK)
			return error;
	}
	return targets->result->errors > 0 ? ERR_CONFIG : OK;
}

static int text_take(struct targets *targets, const char *data, size_t length)
{
	struct csv_row row;
	struct csv csv;
	int error;

	csv_init(&csv, targets->arena, data, length);
	error = csv_next(&csv, &row);
	if (error != OK) {
		fprintf(targets->options->errors, "%s:1:1: no header line\n",
			targets->options->path);
		return ERR_CONFIG;
	}
	header_read(targets, &row);
	if (targets->result->errors > 0)
		return ERR_CONFIG;
	error = store_batch_begin(targets->store);
	if (error != OK)
		return error;
	error = rows_take(targets, &csv);
	if (error == OK && !targets->options->dry_run)
		return store_batch_commit(targets->store);
	store_batch_rollback(targets->store);
	return error;
}

int import_targets(struct store *store, struct form *const *forms, size_t nform,
	const struct import_options *options, struct import_result *result)
{
	struct targets targets = {.store = store,
		.options = options,
		.result = result,
		.arena = arena_new(),
		.forms = forms,
		.nform = nform};
	struct gazetteer *places = NULL;
	const char *data, *wrong;
	size_t length;
	int error = store_gazetteer_load(store, &places);

	*result = (struct import_result){0};
	targets.places = places;
	if (error == OK && !file_read(&targets, &data, &length))
		error = ERR_SYSTEM;
	if (error == OK) {
		data = csv_decode(targets.arena, data, length, &length, &wrong, false);
		if (!data)
			fprintf(options->errors, "%s: %s\n", options->path, wrong);
		error = data ? text_take(&targets, data, length) : ERR_SYSTEM;
	}
	gazetteer_free(places);
	arena_free(targets.arena);
	return error;
}
