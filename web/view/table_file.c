/* Tables as files: CSV, XLSX, JSON. A share is three columns: part, whole, percent. */
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "web/view/table.h"
#include "web/view/table_state.h"

#define XLSX_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

/* Of two decimals, halves upwards as by SMS: a spreadsheet shows what the CSV says. */
static double percent(const struct cell *cell)
{
	return (double)((2 * cell->number * 10000 + cell->whole) / (2 * cell->whole)) / 100.0;
}

/* What a spreadsheet would take for a formula has an apostrophe in front. */
static void csv_text(struct strbuf *out, const char *text)
{
	strbuf_putc(out, '"');
	if (text && *text && strchr("=+-@\t\r", *text))
		strbuf_putc(out, '\'');
	for (const char *c = text ? text : ""; *c; c++) {
		if (*c == '"')
			strbuf_putc(out, '"');
		strbuf_putc(out, *c);
	}
	strbuf_putc(out, '"');
}

static void csv_heading(struct strbuf *out, const struct table *table)
{
	for (size_t i = 0; i < table->ncolumn; i++) {
		const struct column *column = &table->columns[i];

		strbuf_puts(out, i ? "," : "");
		csv_text(out, column->heading);
		if (column->kind == COLUMN_SHARE) {
			strbuf_putc(out, ',');
			csv_text(out, say(table->request, "dari", "of"));
			strbuf_puts(out, ",\"%\"");
		}
	}
	strbuf_puts(out, "\r\n");
}

static void csv_cell(struct strbuf *out, const struct column *column, const struct cell *cell)
{
	if (column->kind == COLUMN_TEXT)
		csv_text(out, cell->text);
	else if (column->kind == COLUMN_NUMBER && cell->given)
		strbuf_printf(out, "%lld", (long long)cell->number);
	else if (column->kind == COLUMN_SHARE && cell->given && cell->whole > 0)
		strbuf_printf(out, "%lld,%lld,%.2f", (long long)cell->number,
			(long long)cell->whole, percent(cell));
	else if (column->kind == COLUMN_SHARE && cell->given)
		strbuf_printf(out, "%lld,%lld,", (long long)cell->number, (long long)cell->whole);
	else if (column->kind == COLUMN_SHARE)
		strbuf_puts(out, ",,");
}

static void give_csv(struct table *table)
{
	struct strbuf out = {0};

	strbuf_puts(&out, "\xef\xbb\xbf");
	csv_text(&out, table->title);
	strbuf_puts(&out, "\r\n");
	for (size_t i = 0; i < table->nnote; i++) {
		csv_text(&out, table->notes[i]);
		strbuf_puts(&out, "\r\n");
	}
	csv_heading(&out, table);
	for (size_t r = 0; r < table->nrow; r++) {
		for (size_t i = 0; i < table->ncolumn; i++) {
			strbuf_puts(&out, i ? "," : "");
			csv_cell(&out, &table->columns[i], &table->rows[r].cells[i]);
		}
		strbuf_puts(&out, "\r\n");
	}
	request_file(table->request, "text/csv; charset=utf-8",
		arena_printf(table->request->arena, "%s.csv", table->name), out.text, out.length);
	strbuf_free(&out);
}

static void xlsx_rows(struct table *table, lxw_worksheet *sheet, lxw_format *bold,
	lxw_format *one_place, lxw_row_t row)
{
	lxw_col_t at = 0;

	for (size_t i = 0; i < table->ncolumn; i++) {
		worksheet_write_string(sheet, row, at++, table->columns[i].heading, bold);
		if (table->columns[i].kind != COLUMN_SHARE)
			continue;
		worksheet_write_string(sheet, row, at++, say(table->request, "dari", "of"), bold);
		worksheet_write_string(sheet, row, at++, "%", bold);
	}
	for (size_t r = 0; r < table->nrow; r++) {
		row++;
		at = 0;
		for (size_t i = 0; i < table->ncolumn; i++) {
			const struct cell *cell = &table->rows[r].cells[i];
			enum column_kind kind = table->columns[i].kind;

			if (kind == COLUMN_TEXT)
				worksheet_write_string(
					sheet, row, at, cell->text ? cell->text : "", NULL);
			else if (cell->given)
				worksheet_write_number(sheet, row, at, (double)cell->number, NULL);
			at++;
			if (kind != COLUMN_SHARE)
				continue;
			if (cell->given)
				worksheet_write_number(sheet, row, at, (double)cell->whole, NULL);
			if (cell->given && cell->whole > 0)
				worksheet_write_number(
					sheet, row, (lxw_col_t)(at + 1), percent(cell), one_place);
			at = (lxw_col_t)(at + 2);
		}
	}
}

/* The library writes files only. */
static void give_file(struct table *table, const char *path)
{
	struct strbuf out = {0};
	char block[16384];
	FILE *file = fopen(path, "re");
	size_t got;

	while (file && (got = fread(block, 1, sizeof(block), file)) > 0)
		strbuf_add(&out, block, got);
	if (file)
		fclose(file);
	if (out.length > 0)
		request_file(table->request, XLSX_TYPE,
			arena_printf(table->request->arena, "%s.xlsx", table->name), out.text,
			out.length);
	else
		request_fail(table->request, 503);
	strbuf_free(&out);
}

static void give_xlsx(struct table *table)
{
	const char *base = getenv("TMPDIR");
	char *path = xasprintf("%s/kabar-web-XXXXXX", base ? base : "/tmp");
	int fd = mkstemp(path);
	lxw_workbook *book = workbook_new(path);
	lxw_worksheet *sheet = workbook_add_worksheet(book, "Kabar");
	lxw_format *bold = workbook_add_format(book), *places = workbook_add_format(book);
	lxw_row_t row = 0;

	format_set_bold(bold);
	format_set_num_format(places, "0.00");
	worksheet_write_string(sheet, row++, 0, table->title, bold);
	for (size_t i = 0; i < table->nnote; i++)
		worksheet_write_string(sheet, row++, 0, table->notes[i], NULL);
	worksheet_set_column(sheet, 0, 0, 26, NULL);
	worksheet_freeze_panes(sheet, (lxw_row_t)(row + 1), 1);
	xlsx_rows(table, sheet, bold, places, row);
	if (workbook_close(book) != LXW_NO_ERROR || fd < 0)
		request_fail(table->request, 503);
	else
		give_file(table, path);
	if (fd >= 0) {
		close(fd);
		unlink(path);
	}
	free(path);
}

static json_t *json_cell(const struct column *column, const struct cell *cell)
{
	if (column->kind == COLUMN_TEXT)
		return cell->text ? json_string(cell->text) : json_null();
	if (!cell->given)
		return json_null();
	if (column->kind == COLUMN_NUMBER)
		return json_integer(cell->number);
	return json_pack(
		"{s:I,s:I}", "part", (json_int_t)cell->number, "whole", (json_int_t)cell->whole);
}

static void give_json(struct table *table)
{
	json_t *root = json_object(), *rows = json_array(), *notes = json_array();
	char *text;

	for (size_t i = 0; i < table->nnote; i++)
		json_array_append_new(notes, json_string(table->notes[i]));
	for (size_t r = 0; r < table->nrow; r++) {
		json_t *row = json_object();

		for (size_t i = 0; i < table->ncolumn; i++) {
			json_t *value = json_cell(&table->columns[i], &table->rows[r].cells[i]);

			json_object_set_new(
				row, table->columns[i].heading, value ? value : json_null());
		}
		json_array_append_new(rows, row);
	}
	json_object_set_new(root, "title", json_string(table->title));
	json_object_set_new(root, "notes", notes);
	json_object_set_new(root, "rows", rows);
	text = json_dumps(root, JSON_COMPACT | JSON_PRESERVE_ORDER);
	json_decref(root);
	if (!text)
		abort();
	request_file(table->request, "application/json", NULL, text, strlen(text));
	free(text);
}

bool table_given(struct table *table, bool names)
{
	struct request *request = table->request;
	const char *format = request_query(request, "unduh");
	const char *name = request_query(request, "tabel");

	if (!format || (name && strcmp(name, table->name) != 0))
		return false;
	if (names)
		request_shows_names(request, table->name);
	if (strcmp(format, "csv") == 0)
		give_csv(table);
	else if (strcmp(format, "xlsx") == 0)
		give_xlsx(table);
	else if (strcmp(format, "json") == 0)
		give_json(table);
	else
		return false;
	return true;
}
