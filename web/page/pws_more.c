/* PWS, below map and bars: the last twelve months, the bars S K D N, the posyandu of a desa. */
#include <stdlib.h>

#include "web/page/pages.h"
#include "web/page/pws.h"
#include "web/view/chart.h"
#include "web/view/reports.h"
#include "web/view/table.h"

#define MONTHS   12
#define SESSIONS 60

static struct period month_of(struct date last, int months)
{
	struct date from = date_add_months(last, months);

	return (struct period){
		from, {from.year, from.month, date_month_days(from.year, from.month)}};
}

static void trend_row(struct request *request, const struct figure_row *row, struct date month,
	struct figure figure)
{
	struct html *out = request->out;
	double value = figure_value(row, figure);

	html_print(out, "<tr><th scope=\"row\">%s %d</th>", format_month(request, month, false),
		month.year);
	if (value < 0) {
		html_put(out, "<td class=\"n\">–</td><td class=\"n wide\"></td></tr>");
		return;
	}
	html_print(out,
		"<td class=\"n\" data-value=\"%.2f\">%s</td><td class=\"n wide\">%s</td></tr>",
		value, figure_text(request, row, figure),
		row->kind == FIGURE_COUNT
			? ""
			: arena_printf(request->arena, "%s/%s", format_number(request, figure.part),
				  format_number(request, figure.whole)));
}

static void trend(struct request *request, const struct view *view, const struct figure_row *row)
{
	struct html *out = request->out;
	struct figure figures[MONTHS];
	int begins = MONTHS;
	struct date last = {view->period.to.year, view->period.to.month, 1};

	html_print(out, "<section class=\"k-card k-7\"><h2>%s, %s</h2>",
		say(request, row->id_long, row->en_long),
		say(request, "12 bulan terakhir", "the last 12 months"));
	html_put(out,
		"<div class=\"k-chart\" hidden><canvas data-trend=\"tren\" role=\"img\" "
		"aria-label=\"");
	html_text(out, say(request, row->id_long, row->en_long));
	html_put(out, "\"></canvas></div>");
	html_put(out, "<div class=\"k-wrap\"><table class=\"k-table\" id=\"tren\"><thead><tr>");
	html_print(out,
		"<th scope=\"col\">%s</th><th scope=\"col\" class=\"n\">%s</th><th "
		"scope=\"col\" class=\"n wide\">%s</th></tr></thead><tbody>",
		say(request, "Bulan", "Month"), say(request, row->id, row->en),
		say(request, "Rincian", "Detail"));
	for (int i = 0; i < MONTHS; i++) {
		if (figure_get(request, row, &view->unit, month_of(last, i - MONTHS + 1),
			    &figures[i]) != OK)
			figures[i] = (struct figure){0};
		if (begins == MONTHS && (figures[i].part > 0 || figures[i].whole > 0))
			begins = i; /* nothing was told of the months before */
	}
	for (int i = begins; i < MONTHS; i++)
		trend_row(request, row, month_of(last, i - MONTHS + 1).from, figures[i]);
	html_put(out, "</tbody></table></div></section>");
}

/* Four bars as staff draw them by hand: all children, with a book, weighed, gaining. */
static void skdn(struct request *request, const struct view *view)
{
	static const struct {
		const char *name, *letter, *id, *en;
	} bars[] = {{"s", "S", "semua balita", "all under-fives"},
		{"k", "K", "punya buku KIA", "with a KIA book"}, {"d", "D", "ditimbang", "weighed"},
		{"n", "N", "naik berat badannya", "gaining weight"}};
	struct html *out = request->out;
	int64_t numbers[COUNT_OF(bars)], most = 1;

	for (size_t i = 0; i < COUNT_OF(bars); i++) {
		if (figure_number(request, bars[i].name, &view->unit, view->period, &numbers[i]) !=
			OK)
			numbers[i] = 0;
		most = numbers[i] > most ? numbers[i] : most;
	}
	html_print(out,
		"<section class=\"k-card k-5\"><h2>%s</h2><svg class=\"k-bars\" viewBox=\"0 0 320 "
		"230\" role=\"img\" aria-label=\"SKDN\"><line class=\"axis\" x1=\"20\" x2=\"310\" "
		"y1=\"190\" y2=\"190\"/>",
		say(request, "Balok SKDN", "SKDN bars"));
	for (size_t i = 0; i < COUNT_OF(bars); i++) {
		double height = 160.0 * (double)numbers[i] / (double)most;
		double x = 34 + (double)i * 70;

		html_print(out,
			"<rect class=\"bar\" x=\"%.0f\" y=\"%.1f\" width=\"48\" height=\"%.1f\" "
			"rx=\"2\"/><text x=\"%.0f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>",
			x, 190 - height, height, x + 24, 184 - height,
			format_number(request, numbers[i]));
		html_print(out,
			"<text x=\"%.0f\" y=\"210\" text-anchor=\"middle\" "
			"font-weight=\"700\">%s</text>",
			x + 24, bars[i].letter);
	}
	html_put(out, "</svg><ul class=\"k-legend\">");
	for (size_t i = 0; i < COUNT_OF(bars); i++)
		html_print(out, "<li><b>%s</b> %s</li>", bars[i].letter,
			say(request, bars[i].id, bars[i].en));
	html_put(out, "</ul></section>");
}

void pws_trend(struct request *request, const struct view *view, const struct figure_row *row)
{
	html_put(request->out, "<div class=\"k-grid\">");
	trend(request, view, row);
	skdn(request, view);
	html_put(request->out, "</div>");
}

static void session_row(struct request *request, struct table *table, const struct record *record)
{
	static const char *const fields[] = {"s", "k", "d", "n", "stunting"};
	const struct posyandu *posyandu = record->row.posyandu
		? gazetteer_posyandu(request->web->places, record->row.posyandu)
		: NULL;

	table_row(table);
	table_text(table, posyandu ? format_name(request, posyandu->name) : "–");
	table_text(table, format_day(request, record->row.date));
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		const char *text = report_text(&record->report, fields[i]);

		if (text)
			table_number(table, strtoll(text, NULL, 10));
		else
			table_nothing(table);
	}
	table_tag(table, reports_status_colour(record->row.status),
		reports_status(request, record->row.status));
}

struct table *pws_sessions(struct request *request, const struct view *view)
{
	static const char *const letters[] = {"S", "K", "D", "N", "Stunting"};
	struct report_row *rows = arena_alloc(request->arena, SESSIONS * sizeof(*rows));
	struct table *table = table_new(request, "posyandu",
		arena_printf(request->arena, "Posyandu %s, %s", view->unit.name,
			view_period(request, view->period)));
	size_t count = 0;

	table_column(table, COLUMN_TEXT, "Posyandu", false);
	table_column(table, COLUMN_TEXT, say(request, "Tanggal", "Day"), false);
	for (size_t i = 0; i < COUNT_OF(letters); i++)
		table_column(table, COLUMN_NUMBER, letters[i], false);
	table_column(table, COLUMN_TEXT, "Status", true);
	if (reports_of(request, &view->unit, "pos", view->period, rows, SESSIONS, &count) != OK)
		return table;
	for (size_t i = 0; i < count; i++) {
		struct record record;

		if (record_of_row(&request->turn, &rows[i], &record) == OK && !record_gone(&record))
			session_row(request, table, &record);
	}
	return table;
}
