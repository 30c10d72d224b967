/* Tables: see table.h. */
#include "web/view/table.h"
#include "web/view/table_state.h"

#include <stdlib.h>

struct table *table_new(struct request *request, const char *name, const char *title)
{
	struct table *table = arena_alloc(request->arena, sizeof(*table));

	*table = (struct table){
		.request = request, .name = name, .title = arena_strdup(request->arena, title)};
	return table;
}

void table_note(struct table *table, const char *note)
{
	if (table->nnote < TABLE_NOTES)
		table->notes[table->nnote++] = note;
}

void table_column(struct table *table, enum column_kind kind, const char *heading, bool wide)
{
	if (table->ncolumn < TABLE_COLUMNS)
		table->columns[table->ncolumn++] =
			(struct column){.kind = kind, .heading = heading, .wide = wide};
}

void table_row(struct table *table)
{
	struct arena *arena = table->request->arena;

	if (table->nrow == table->room) {
		size_t room = table->room ? 2 * table->room : 32;
		struct row *rows = arena_alloc(arena, room * sizeof(*rows));

		if (table->nrow)
			memcpy(rows, table->rows, table->nrow * sizeof(*rows));
		table->rows = rows;
		table->room = room;
	}
	table->rows[table->nrow++] =
		(struct row){.cells = arena_alloc(arena, table->ncolumn * sizeof(struct cell))};
}

void table_total(struct table *table)
{
	table_row(table);
	table->rows[table->nrow - 1].total = true;
}

static struct cell *next(struct table *table)
{
	static struct cell beyond;
	struct row *row = &table->rows[table->nrow - 1];
	size_t at = row->ncell++;

	return at < table->ncolumn ? &row->cells[at] : &beyond;
}

void table_text(struct table *table, const char *text)
{
	*next(table) = (struct cell){.text = text};
}

void table_link(struct table *table, const char *url, const char *text)
{
	*next(table) = (struct cell){.text = text, .url = url};
}

void table_tag(struct table *table, const char *colour, const char *text)
{
	*next(table) = (struct cell){.text = text, .tag = true, .colour = colour};
}

void table_sub(struct table *table, const char *text)
{
	struct row *row = &table->rows[table->nrow - 1];

	if (row->ncell > 0 && row->ncell <= table->ncolumn)
		row->cells[row->ncell - 1].sub = text;
}

void table_number(struct table *table, int64_t number)
{
	*next(table) = (struct cell){.number = number, .given = true};
}

void table_share(struct table *table, int64_t part, int64_t whole)
{
	*next(table) = (struct cell){.number = part, .whole = whole, .given = true};
}

void table_nothing(struct table *table)
{
	*next(table) = (struct cell){0};
}

size_t table_rows(const struct table *table)
{
	return table->nrow;
}

static void cell_text(struct html *out, const struct cell *cell)
{
	if (cell->url)
		html_print(out, "<a href=\"%s\">%s</a>", cell->url, cell->text);
	else if (cell->tag && cell->colour)
		html_print(out, "<span class=\"k-tag is-%s\">%s</span>", cell->colour, cell->text);
	else if (cell->tag)
		html_print(out, "<span class=\"k-tag\">%s</span>", cell->text);
	else
		html_text(out, cell->text && *cell->text ? cell->text : "–");
	if (cell->sub && *cell->sub)
		html_print(out, "<span class=\"sub\">%s</span>", cell->sub);
}

static void show_cell(struct table *table, const struct cell *cell, size_t at)
{
	struct request *request = table->request;
	struct html *out = request->out;
	const struct column *column = &table->columns[at];
	const char *element = at == 0 ? "th" : "td";

	html_put(out, "<");
	html_text(out, element);
	if (at == 0)
		html_put(out, " scope=\"row\"");
	if (column->kind != COLUMN_TEXT)
		html_print(out, " class=\"n%s\"", column->wide ? " wide" : "");
	else if (column->wide)
		html_put(out, " class=\"wide\"");
	html_put(out, ">");
	if (column->kind == COLUMN_TEXT)
		cell_text(out, cell);
	else if (!cell->given)
		html_put(out, "–");
	else if (column->kind == COLUMN_NUMBER)
		html_text(out, format_number(request, cell->number));
	else
		html_print(out, "%s<span class=\"sub\">%s/%s</span>",
			format_percent(request, cell->number, cell->whole),
			format_number(request, cell->number), format_number(request, cell->whole));
	html_put(out, "</");
	html_text(out, element);
	html_put(out, ">");
}

static void show_row(struct table *table, const struct row *row)
{
	if (row->ncell != table->ncolumn) /* figures would stand under a wrong heading */
		web_log(WEB_ERROR, "%s: a row of %zu cells below %zu headings", table->title,
			row->ncell, table->ncolumn);
	html_put(table->request->out, "<tr>");
	for (size_t i = 0; i < table->ncolumn; i++)
		show_cell(table, &row->cells[i], i);
	html_put(table->request->out, "</tr>");
}

const char *table_url(struct table *table, const char *format)
{
	const struct request *request = table->request;
	const char *here = evhttp_request_get_uri(request->http);

	return arena_printf(request->arena, "%s%cunduh=%s&tabel=%s", here,
		strchr(here, '?') ? '&' : '?', format, table->name);
}

static void show_files(struct table *table)
{
	static const char *const formats[][2] = {{"xlsx", "Excel"}, {"csv", "CSV"}};
	struct html *out = table->request->out;

	html_print(out, "<p class=\"k-tools\"><span>%s</span>",
		say(table->request, "Unduh:", "Download:"));
	for (size_t i = 0; i < COUNT_OF(formats); i++)
		html_print(out, "<a href=\"%s\" download>%s</a>", table_url(table, formats[i][0]),
			formats[i][1]);
	html_put(out, "</p>");
}

void table_show(struct table *table)
{
	struct html *out = table->request->out;
	bool foot = table->nrow > 0 && table->rows[table->nrow - 1].total;

	if (table->nrow == 0) {
		html_print(out, "<p class=\"k-empty\">%s</p>",
			say(table->request, "Belum ada data.", "No data yet."));
		return;
	}
	html_put(out, "<div class=\"k-wrap\"><table class=\"k-table\"><thead><tr>");
	for (size_t i = 0; i < table->ncolumn; i++)
		html_print(out, "<th scope=\"col\" class=\"%s%s\">%s</th>",
			table->columns[i].kind == COLUMN_TEXT ? "" : "n",
			table->columns[i].wide ? " wide" : "", table->columns[i].heading);
	html_put(out, "</tr></thead><tbody>");
	for (size_t i = 0; i < table->nrow - foot; i++)
		show_row(table, &table->rows[i]);
	html_put(out, "</tbody>");
	if (foot) {
		html_put(out, "<tfoot>");
		show_row(table, &table->rows[table->nrow - 1]);
		html_put(out, "</tfoot>");
	}
	html_put(out, "</table></div>");
	if (table->name)
		show_files(table);
}
