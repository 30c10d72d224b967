/* Triwulan: a quarter of each puskesmas or area beside the one before and the same one last year;
 * one page to print. */
#include "web/page/pages.h"
#include "web/view/figure.h"
#include "web/view/layout.h"
#include "web/view/table.h"

#define QUARTERS 8

static struct period quarter_of(struct date day)
{
	struct date from = {day.year, (day.month - 1) / 3 * 3 + 1, 1};
	struct date last = date_add_months(from, 2);

	last.day = date_month_days(last.year, last.month);
	return (struct period){from, last};
}

static void cell(struct request *request, struct table *table, const struct figure_row *row,
	const struct unit *unit, struct period period)
{
	struct figure figure;

	if (figure_get(request, row, unit, period, &figure) != OK || figure.untold ||
		(row->kind == FIGURE_SHARE && figure.whole == 0))
		table_nothing(table);
	else if (row->kind == FIGURE_SHARE)
		table_text(table,
			arena_printf(request->arena, "%s (%s/%s)",
				format_percent(request, figure.part, figure.whole),
				format_number(request, figure.part),
				format_number(request, figure.whole)));
	else
		table_text(table, format_number(request, figure.part));
}

static struct table *summary(struct request *request, const struct view *view)
{
	struct period before = view_months_before(view->period, 3),
		      year = view_months_before(view->period, 12);
	struct table *table = table_new(request, "triwulan",
		arena_printf(request->arena, "%s, %s", view_period(request, view->period),
			view->unit.name));
	const struct figure_row *row;
	const char *change;

	table_column(table, COLUMN_TEXT, say(request, "Indikator", "Indicator"), false);
	table_column(table, COLUMN_TEXT, view_period(request, view->period), false);
	table_column(table, COLUMN_TEXT, view_period(request, before), false);
	table_column(table, COLUMN_TEXT, say(request, "Perubahan", "Change"), false);
	table_column(table, COLUMN_TEXT, view_period(request, year), false);
	for (size_t i = 0; (row = figure_at(i)); i++) {
		table_row(table);
		table_text(table, say(request, row->id_long, row->en_long));
		cell(request, table, row, &view->unit, view->period);
		cell(request, table, row, &view->unit, before);
		change = figure_change(request, row, &view->unit, view->period);
		if (change == NULL)
			table_nothing(table);
		else
			table_text(table, change);
		cell(request, table, row, &view->unit, year);
	}
	return table;
}

static struct table *by_unit(struct request *request, const struct view *view)
{
	struct table *table = table_new(request, "triwulan-wilayah",
		arena_printf(request->arena, "%s, %s, %s", view_period(request, view->period),
			view->unit.name, say(request, "menurut wilayah", "by area")));
	const struct figure_row *row;
	size_t count;
	struct unit *units = view_children(request, view, &count);

	table_column(table, COLUMN_TEXT, view_level(request, view), false);
	for (size_t i = 0; (row = figure_at(i)); i++)
		table_column(table, row->kind == FIGURE_SHARE ? COLUMN_SHARE : COLUMN_NUMBER,
			say(request, row->id, row->en), i > 2);
	for (size_t u = 0; u < count; u++) {
		table_row(table);
		table_link(table, view_url(request, view, units[u].code, NULL), units[u].name);
		for (size_t i = 0; (row = figure_at(i)); i++) {
			struct figure figure;

			if (figure_get(request, row, &units[u], view->period, &figure) != OK ||
				figure.untold ||
				(row->kind == FIGURE_SHARE && figure.whole == 0))
				table_nothing(table);
			else if (row->kind == FIGURE_SHARE)
				table_share(table, figure.part, figure.whole);
			else
				table_number(table, figure.part);
		}
	}
	return table;
}

static void quarter_select(struct request *request, const struct view *view)
{
	struct period quarter = quarter_of(request->turn.now.date);

	html_print(request->out,
		"<form class=\"k-filter\" method=\"get\" action=\"/triwulan\"><input "
		"type=\"hidden\" "
		"name=\"wilayah\" value=\"%s\"><div><label for=\"bulan\">%s</label><select "
		"class=\"form-select\" id=\"bulan\" name=\"bulan\" data-submit>",
		view->unit.code, say(request, "Triwulan", "Quarter"));
	for (int i = 0; i < QUARTERS; i++, quarter = view_months_before(quarter, 3)) {
		char text[PERIOD_TEXT];

		period_format(quarter, text);
		html_print(request->out,
			strcmp(text, view->period_text) == 0
				? "<option value=\"%s\" selected>%s</option>"
				: "<option value=\"%s\">%s</option>",
			text, view_period(request, quarter));
	}
	html_put(request->out, "</select></div>");
	view_filter_end(request);
}

void page_quarter(struct request *request)
{
	struct table *table, *units;
	struct view view;
	char text[PERIOD_TEXT];

	if (!view_read(request, &view))
		return;
	view.by_puskesmas |= view.unit.area && view.unit.area->level == LEVEL_KABUPATEN;
	view.period = quarter_of(view.period.from);
	period_format(view.period, text);
	view.period_text = arena_strdup(request->arena, text);
	table = summary(request, &view);
	units = by_unit(request, &view);
	if (table_given(table, false) || table_given(units, false))
		return;
	layout_begin(request,
		arena_printf(request->arena, "%s, %s", view_period(request, view.period),
			view.unit.name),
		say(request,
			"Evaluasi triwulan, dibandingkan dengan triwulan sebelumnya dan triwulan "
			"yang "
			"sama tahun lalu. Satu halaman untuk dicetak.",
			"The quarter beside the one before and the same one last year. One page to "
			"print."));
	view_trail(request, &view);
	quarter_select(request, &view);
	html_put(request->out, "<section class=\"k-card\">");
	table_show(table);
	html_put(request->out, "</section><section class=\"k-card is-long\">");
	table_show(units);
	html_put(request->out, "</section>");
	layout_end(request);
	request_page(request);
}
