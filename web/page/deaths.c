/* Kematian: every death that was told, with its alarm and who confirmed it. */
#include "flows/alert/alert.h"
#include "store/message/outbox.h"
#include "web/page/pages.h"
#include "web/view/layout.h"
#include "web/view/reports.h"
#include "web/view/table.h"

#define ROWS 400

static const char *class_of(struct request *request, const struct record *record)
{
	const char *text = alert_class(&request->turn.reply, &record->report);

	return reply_capital(arena_strdup(request->arena, text));
}

static void row_of(struct request *request, struct table *table, const struct record *record)
{
	const struct report_row *row = &record->row;
	const char *by;
	int64_t at;

	table_row(table);
	table_link(table, reports_url(request, row->ref), row->ref);
	table_text(table, format_day(request, row->date));
	table_text(table, class_of(request, record));
	table_sub(table, reports_echo(request, row));
	table_text(table, reports_place(request, row));
	table_text(table, format_person(request, row->sender));
	table_tag(table, reports_status_colour(row->status), reports_status(request, row->status));
	if (reports_taken(request, row->ref, &by, &at) != OK || !at) {
		table_tag(table, record_gone(record) ? NULL : "alarm",
			say(request, "Belum diterima", "Not confirmed"));
	} else {
		table_text(table, by);
		table_sub(table,
			arena_printf(request->arena, "%s %s",
				format_age(request, at - row->received),
				say(request, "sesudah laporan", "after the report")));
	}
}

static struct table *make(struct request *request, struct view *view)
{
	struct report_row *rows = arena_alloc(request->arena, ROWS * sizeof(*rows));
	struct table *table = table_new(request, "kematian",
		arena_printf(request->arena, "%s, %s, %s", say(request, "Kematian", "Deaths"),
			view->unit.name, view_period(request, view->period)));
	size_t count;

	table_column(table, COLUMN_TEXT, say(request, "Nomor", "Reference"), false);
	table_column(table, COLUMN_TEXT, say(request, "Tanggal", "Day"), false);
	table_column(table, COLUMN_TEXT, say(request, "Siapa", "Who"), false);
	table_column(table, COLUMN_TEXT, say(request, "Tempat", "Place"), false);
	table_column(table, COLUMN_TEXT, say(request, "Pelapor", "Reporter"), true);
	table_column(table, COLUMN_TEXT, "Status", false);
	table_column(table, COLUMN_TEXT, say(request, "Diterima oleh", "Confirmed by"), false);
	if (reports_of(request, &view->unit, "mati", view->period, rows, ROWS, &count) != OK)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		struct record record;

		if (record_of_row(&request->turn, &rows[i], &record) == OK &&
			!record_is_nihil(&record))
			row_of(request, table, &record);
	}
	return table;
}

void page_deaths(struct request *request)
{
	struct view view;
	struct table *table;

	if (!view_read(request, &view))
		return;
	table = make(request, &view);
	if (!table) {
		request_fail(request, 503);
		return;
	}
	if (table_given(table, true))
		return;
	layout_begin(request,
		arena_printf(request->arena, "%s %s", say(request, "Kematian", "Deaths"),
			view.unit.name),
		say(request,
			"Setiap kematian yang dilaporkan, sejak pesan pertama masuk. Satu kematian "
			"ibu "
			"atau bayi adalah tanda bahaya.",
			"Every death that was told, from the first message on. One death of a "
			"mother "
			"or child is an alarm."));
	view_trail(request, &view);
	view_filter_begin(request, &view);
	view_filter_end(request);
	html_put(request->out, "<section class=\"k-card is-long\">");
	if (table_rows(table) == 0)
		html_print(request->out, "<p class=\"k-empty\">%s</p>",
			say(request, "Tidak ada kematian yang dilaporkan pada bulan ini.",
				"No death was reported in this month."));
	else
		table_show(table);
	html_put(request->out, "</section>");
	layout_end(request);
	request_shows_names(request, "/kematian");
	request_page(request);
}
