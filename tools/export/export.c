/* Reports to CSV. See export.h. */
#include "tools/export/export.h"

#include <jansson.h>
#include <stdio.h>

#include "flows/desk/desk.h"
#include "flows/rules/scope.h"
#include "parsers/form/form.h"
#include "store/report/report.h"
#include "tools/data/csv_write.h"
#include "tools/data/sheet.h"

#define COLUMNS_MAX 200

struct export
{
	struct ctl_world *world;
	const struct export_request *request;
	const struct puskesmas *puskesmas; /* the request's area */
	const char *columns[COLUMNS_MAX];  /* fields of the forms */
	size_t ncolumn;
	struct arena *passing; /* of one row */
	struct csv_writer csv;
};

static const char *const before[] = {"ref", "version", "form", "status", "counted", "training",
	"date", "received", "sender", "kabupaten", "area", "area_name", "posyandu_name"};
static const char *const after[] = {"problems", "notes"};

static void column_add(struct export *export, const char *name)
{
	for (size_t i = 0; i < export->ncolumn; i++) {
		if (strcmp(export->columns[i], name) == 0)
			return;
	}
	if (export->ncolumn < COLUMNS_MAX)
		export->columns[export->ncolumn++] = name;
}

/* In the order of the form's file; what it derives behind what is told. */
static void columns_of_form(struct export *export, const struct form *form)
{
	for (size_t i = 0; i < form->nfield; i++)
		column_add(export, form->fields[i].name);
	for (size_t i = 0; i < form->nderive; i++)
		column_add(export, form->derives[i].field);
	column_add(export, "nihil");
}

static void header_write(struct export *export)
{
	const struct config *config = export->world->config;

	for (size_t i = 0; i < config->nform; i++) {
		if (!export->request->form || export->request->form == config->forms[i])
			columns_of_form(export, config->forms[i]);
	}
	csv_begin(&export->csv);
	for (size_t i = 0; i < COUNT_OF(before); i++)
		csv_text(&export->csv, before[i]);
	for (size_t i = 0; i < export->ncolumn; i++)
		csv_text(&export->csv, export->columns[i]);
	for (size_t i = 0; i < COUNT_OF(after); i++)
		csv_text(&export->csv, after[i]);
	csv_end_row(&export->csv);
}

/* "S. A." of "SITI AMINAH". */
static const char *initials(struct arena *arena, const char *name)
{
	const char *text = "";

	for (; name && *name; name += strcspn(name, " "), name += strspn(name, " ")) {
		size_t length = 1; /* of its first character */

		while ((name[length] & 0xc0) == 0x80)
			length++;
		text = arena_printf(
			arena, "%s%s%.*s.", text, *text ? " " : "", (int)length, name);
	}
	return text;
}

/* As it may leave: names, NIK and what people wrote are masked. */
static const char *masked(struct arena *arena, enum field_type type, const char *text)
{
	if (type == FIELD_NAME)
		return initials(arena, text);
	if (type == FIELD_TEXT)
		return *text ? "***" : text;
	return desk_mask_text(arena, text);
}

/* People of this place: are they shown as they are? */
static bool sees(const struct export *export, const struct report_row *row)
{
	const struct turn *turn = export->request->sees;
	const struct area *area = gazetteer_area(export->world->places, row->area);

	return turn && area && turn->sender.role >= ROLE_BIDAN &&
		turn->sender.role <= ROLE_DINKES && turn->sender.role != ROLE_DESA &&
		scope_area(&turn->sender, area);
}

static const struct form *form_of(const struct export *export, const struct report_row *row)
{
	const struct config *config = export->world->config;

	for (size_t i = 0; i < config->nform; i++) {
		if (strcmp(config->forms[i]->name, row->form) == 0)
			return config->forms[i];
	}
	return NULL;
}

static void value_write(struct csv_writer *csv, const json_t *value)
{
	if (json_is_integer(value))
		csv_integer(csv, json_integer_value(value));
	else if (json_is_real(value))
		csv_real(csv, json_real_value(value));
	else
		csv_text(csv, json_string_value(value));
}

/* ["bblr", …] as "bblr;…", [{"field": "berat", "code": "range"}, …] as "berat:range;…". */
static void list_write(struct csv_writer *csv, const char *json)
{
	json_t *list = json_loads(json, 0, NULL), *item;
	struct strbuf text = {0};
	size_t i;

	json_array_foreach(list, i, item)
	{
		const char *field = json_string_value(json_object_get(item, "field"));
		const char *code = json_string_value(
			json_is_string(item) ? item : json_object_get(item, "code"));

		strbuf_printf(&text, "%s%s%s%s", i ? ";" : "", field ? field : "", field ? ":" : "",
			code ? code : "");
	}
	csv_text(csv, text.text);
	strbuf_free(&text);
	json_decref(list);
}

/* ISO 8601 with the offset of the gateway's time zone. */
static void time_write(struct export *export, int64_t utc)
{
	int zone = export->world->flow.settings->timezone;
	struct moment local = moment_local(utc, zone);
	char text[48];

	snprintf(text, sizeof(text), "%04d-%02d-%02dT%02d:%02d:%02d%+03d:%02d", local.date.year,
		local.date.month, local.date.day, local.hour, local.minute, (int)(utc % 60),
		zone / 60, zone % 60);
	csv_text(&export->csv, text);
}

static void common_write(struct export *export, const struct report_row *row)
{
	const struct gazetteer *places = export->world->places;
	const struct area *area = gazetteer_area(places, row->area);
	const struct posyandu *posyandu =
		row->posyandu ? gazetteer_posyandu(places, row->posyandu) : NULL;
	struct csv_writer *csv = &export->csv;
	bool counted = strcmp(row->status, "accepted") == 0 || strcmp(row->status, "verified") == 0;

	csv_text(csv, row->ref);
	csv_integer(csv, row->version);
	csv_text(csv, row->form);
	csv_text(csv, row->status);
	csv_integer(csv, counted && !row->training);
	csv_integer(csv, row->training);
	csv_text(csv, row->date);
	time_write(export, row->received);
	csv_text(csv, sees(export, row) ? row->sender
					: desk_mask_phone(export->passing, row->sender));
	csv_text(csv, row->kabupaten);
	csv_text(csv, row->area);
	csv_text(csv, area ? area->name : NULL);
	csv_text(csv, posyandu ? posyandu->name : NULL);
}

static bool served(const struct export *export, const char *code)
{
	const struct area *area = gazetteer_area(export->world->places, code);

	for (size_t i = 0; export->puskesmas && i < export->puskesmas->narea; i++) {
		if (area == export->puskesmas->areas[i])
			return true;
	}
	return !export->puskesmas;
}

static void field_write(struct export *export, const struct report_row *row, const char *name,
	const json_t *value)
{
	const struct form *form = form_of(export, row);
	const struct form_field *field = form ? form_field(form, name) : NULL;

	if (!json_is_string(value) || sees(export, row))
		value_write(&export->csv, value);
	else
		csv_text(&export->csv,
			masked(export->passing, field ? field->type : FIELD_CHOICE,
				json_string_value(value)));
}

static int row_write(const struct report_row *row, void *context)
{
	struct export *export = context;
	json_t *fields;

	if (!served(export, row->area))
		return OK;
	fields = json_loads(row->fields, 0, NULL);
	common_write(export, row);
	for (size_t i = 0; i < export->ncolumn; i++)
		field_write(export, row, export->columns[i],
			json_object_get(fields, export->columns[i]));
	list_write(&export->csv, row->problems);
	list_write(&export->csv, row->notes);
	csv_end_row(&export->csv);
	arena_reset(export->passing);
	json_decref(fields);
	return ferror(export->csv.file) ? ERR_SYSTEM : OK;
}

/* The store is not read any more while the reader takes his time: as long as it is, its journal
 * grows. */
static int pour(FILE *gathered)
{
	char octets[16384];
	size_t got;

	rewind(gathered);
	while ((got = fread(octets, 1, sizeof(octets), gathered)) > 0) {
		if (fwrite(octets, 1, got, stdout) < got)
			return ERR_SYSTEM;
	}
	return ferror(gathered) || fflush(stdout) ? ERR_SYSTEM : OK;
}

int export_reports(struct ctl_world *world, const struct export_request *request)
{
	struct export *export = arena_alloc(world->arena, sizeof(*export));
	char from[DATE_TEXT], to[DATE_TEXT];
	int zone = world->flow.settings->timezone;
	struct report_filter filter = {.form = request->form ? request->form->name : NULL,
		.date_from = from,
		.date_to = to,
		.undated = true,
		.with_training = request->training,
		.received_from = moment_utc((struct moment){.date = request->from}, zone),
		.received_to =
			moment_utc((struct moment){.date = date_add_days(request->to, 1)}, zone) -
			1};
	FILE *gathered = tmpfile();
	int error;

	if (!gathered)
		return ERR_SYSTEM;
	*export = (struct export){.world = world,
		.request = request,
		.passing = arena_new(),
		.csv = {.file = gathered, .excel = request->excel},
		.puskesmas =
			request->area ? gazetteer_puskesmas(world->places, request->area) : NULL};
	if (!export->puskesmas)
		filter.area_prefix = request->area;
	date_format(request->from, from);
	date_format(request->to, to);
	if (request->xlsx)
		export->csv.sheet = sheet_new(request->xlsx, "Laporan");
	header_write(export);
	error = store_report_each(world->store, &filter, row_write, export);
	if (request->xlsx) {
		int written = sheet_close(export->csv.sheet);

		error = error ? error : written;
	} else if (!error) {
		error = pour(gathered);
	}
	fclose(gathered);
	arena_free(export->passing);
	return error;
}
