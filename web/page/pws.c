/* PWS: pemantauan wilayah setempat, one indicator on map and bars, all of them in a table. */
#include "web/page/pages.h"
#include "web/page/pws.h"
#include "web/view/chart.h"
#include "web/view/layout.h"
#include "web/view/table.h"

struct pws {
	struct request *request;
	struct view view;
	const struct figure_row *row; /* that map and bars show */
	struct unit *units;
	size_t count;
	struct period before;
	struct table *sessions; /* of the posyandu of a desa; NULL: a larger area */
};

static const char *title_of(struct pws *pws)
{
	return arena_printf(pws->request->arena, "PWS %s, %s", pws->view.unit.name,
		view_period(pws->request, pws->view.period));
}

static struct figure figure_at_unit(struct pws *pws, const struct figure_row *row,
	const struct unit *unit, struct period period)
{
	struct figure figure;

	if (figure_get(pws->request, row, unit, period, &figure) != OK)
		return (struct figure){0};
	return figure;
}

static void cells_of(struct pws *pws, struct table *table, const struct unit *unit)
{
	const struct figure_row *row;

	for (size_t i = 0; (row = figure_at(i)); i++) {
		struct figure figure = figure_at_unit(pws, row, unit, pws->view.period);

		if (figure.untold || (row->kind == FIGURE_SHARE && figure.whole == 0))
			table_nothing(table);
		else if (row->kind == FIGURE_SHARE)
			table_share(table, figure.part, figure.whole);
		else
			table_number(table, figure.part);
	}
}

static const char *completeness(struct pws *pws, const char *form, const char *id, const char *en)
{
	int64_t with = 0, of = 0;

	if (figure_complete(pws->request, form, &pws->view.unit, pws->view.period, &with, &of))
		return "";
	return arena_printf(pws->request->arena, "%s: %s %s %s %s", say(pws->request, id, en),
		format_number(pws->request, with), say(pws->request, "dari", "of"),
		format_number(pws->request, of), say(pws->request, "desa lapor", "villages"));
}

static struct table *make_table(struct pws *pws)
{
	struct request *request = pws->request;
	struct table *table = table_new(request, "pws", title_of(pws));
	const struct figure_row *row;

	table_note(table, completeness(pws, "pos", "Posyandu", "Posyandu"));
	table_note(table, completeness(pws, "lahir", "Kelahiran", "Births"));
	table_note(table, completeness(pws, "mati", "Kematian", "Deaths"));
	table_column(table, COLUMN_TEXT, view_level(request, &pws->view), false);
	for (size_t i = 0; (row = figure_at(i)); i++)
		table_column(table, row->kind == FIGURE_SHARE ? COLUMN_SHARE : COLUMN_NUMBER,
			say(request, row->id, row->en), i > 2);
	for (size_t i = 0; i < pws->count; i++) {
		table_row(table);
		table_link(table, view_url(request, &pws->view, pws->units[i].code, NULL),
			pws->units[i].name);
		cells_of(pws, table, &pws->units[i]);
	}
	table_total(table);
	table_text(table, pws->view.unit.name);
	cells_of(pws, table, &pws->view.unit);
	return table;
}

static const char *delta_text(
	struct pws *pws, const struct figure_row *row, struct figure now, struct figure before)
{
	double difference = figure_value(row, now) - figure_value(row, before);
	struct request *request = pws->request;

	if (figure_value(row, now) < 0 || figure_value(row, before) < 0)
		return "";
	if (row->kind == FIGURE_SHARE && difference < 0.05 && difference > -0.05)
		return say(request, "sama dengan bulan lalu", "as the month before");
	if (row->kind == FIGURE_SHARE)
		return arena_printf(request->arena, "%s %s %s", difference > 0 ? "▲" : "▼",
			format_tenth(request, difference < 0 ? -difference : difference),
			say(request, "poin dari bulan lalu", "points on the month before"));
	if (now.waiting > 0)
		return arena_printf(request->arena, "+%s %s, %s %s",
			format_number(request, now.waiting),
			say(request, "belum dicek", "not checked yet"),
			format_number(request, before.part),
			say(request, "bulan lalu", "the month before"));
	return arena_printf(request->arena, "%s %s", format_number(request, before.part),
		say(request, "bulan lalu", "the month before"));
}

/* Figures of this place, each a link that puts it on map and bars. */
static void figures(struct pws *pws)
{
	struct request *request = pws->request;
	struct html *out = request->out;
	const struct figure_row *row;

	html_put(out, "<ul class=\"k-figures\">");
	for (size_t i = 0; (row = figure_at(i)); i++) {
		struct figure before = figure_at_unit(pws, row, &pws->view.unit, pws->before), now;

		if (figure_told(request, row, &pws->view.unit, pws->view.period, &now) != OK)
			now = (struct figure){0};
		if (now.part > 0 && strcmp(row->name, "aki") == 0)
			html_put(out, "<li class=\"is-alarm\">");
		else if (row == pws->row)
			html_put(out, "<li class=\"is-here\">");
		else
			html_put(out, "<li>");
		html_print(out, "<a href=\"%s\"><b>%s</b><span>%s</span>",
			url_make(request->arena, request->path, "wilayah", pws->view.unit.code,
				"bulan", pws->view.period_text, "per",
				pws->view.by_puskesmas ? "puskesmas" : "", "indikator", row->name,
				NULL),
			figure_text(request, row, now), say(request, row->id_long, row->en_long));
		html_print(out, "<span class=\"k-delta %s\">%s</span>",
			chart_trend(row, figure_value(row, now), figure_value(row, before)),
			delta_text(pws, row, now, before));
		if (row->kind == FIGURE_RATE && now.whole > 0)
			html_print(out, "<span class=\"k-delta\">%s</span>",
				figure_words(request, row, &pws->view.unit, pws->view.period));
		html_put(out, "</a></li>");
	}
	html_put(out, "</ul>");
}

static void bars(struct pws *pws)
{
	struct request *request = pws->request;
	struct bar *list = arena_alloc(request->arena, (pws->count + 1) * sizeof(*list));

	for (size_t i = 0; i < pws->count; i++) {
		struct figure now = figure_at_unit(pws, pws->row, &pws->units[i], pws->view.period);
		struct figure before = figure_at_unit(pws, pws->row, &pws->units[i], pws->before);

		list[i] = (struct bar){.label = pws->units[i].name,
			.text = figure_text(request, pws->row, now),
			.url = view_url(request, &pws->view, pws->units[i].code, NULL),
			.value = figure_value(pws->row, now),
			.before = figure_value(pws->row, before)};
	}
	chart_bars(request, pws->row, list, pws->count,
		say(request, pws->row->id_long, pws->row->en_long));
}

static void pictures(struct pws *pws)
{
	struct request *request = pws->request;
	struct html *out = request->out;
	const char *name = say(request, pws->row->id_long, pws->row->en_long);

	html_print(out, "<div class=\"k-grid\"><section class=\"k-card k-6\"><h2>%s</h2>", name);
	if (!map_show(request, &pws->view, pws->row))
		html_print(out, "<p class=\"k-empty\">%s</p>",
			say(request, "Belum ada peta untuk wilayah ini.",
				"There is no map of this area."));
	html_print(out, "</section><section class=\"k-card k-6\"><h2>%s, %s</h2>", name,
		say(request, "menurut wilayah", "by area"));
	bars(pws);
	html_put(out, "</section></div>");
}

static void indicator_select(struct pws *pws)
{
	struct request *request = pws->request;
	const struct figure_row *row;

	html_print(request->out,
		"<div><label for=\"indikator\">%s</label><select class=\"form-select\" "
		"id=\"indikator\" name=\"indikator\" data-submit>",
		say(request, "Peta dan grafik", "Map and chart"));
	for (size_t i = 0; (row = figure_at(i)); i++)
		html_print(request->out,
			row == pws->row ? "<option value=\"%s\" selected>%s</option>"
					: "<option value=\"%s\">%s</option>",
			row->name, say(request, row->id_long, row->en_long));
	html_put(request->out, "</select></div>");
}

static void page(struct pws *pws, struct table *table)
{
	struct request *request = pws->request;

	request->charts = true;
	layout_begin(request, title_of(pws),
		arena_printf(request->arena, "%s. %s.",
			completeness(pws, "pos", "Laporan posyandu", "Posyandu reports"),
			completeness(pws, "lahir", "Laporan kelahiran", "Birth reports")));
	view_trail(request, &pws->view);
	view_filter_begin(request, &pws->view);
	indicator_select(pws);
	view_filter_end(request);
	figures(pws);
	if (pws->count > 0)
		pictures(pws);
	pws_trend(request, &pws->view, pws->row);
	if (pws->sessions) {
		html_print(request->out, "<section class=\"k-card is-long\"><h2>%s</h2>",
			say(request, "Posyandu bulan ini", "Posyandu this month"));
		table_show(pws->sessions);
		html_put(request->out, "</section>");
	}
	html_print(request->out, "<section class=\"k-card is-long\"><h2>%s</h2>",
		say(request, "Semua indikator", "All indicators"));
	table_show(table);
	html_put(request->out, "</section>");
	layout_end(request);
	request_page(request);
}

void page_pws(struct request *request)
{
	struct pws pws = {.request = request};
	struct table *table;

	if (!view_read(request, &pws.view))
		return;
	pws.row = figure_find(request_query(request, "indikator"));
	if (!pws.row)
		pws.row = figure_at(0);
	pws.before = view_months_before(pws.view.period, 1);
	pws.units = view_children(request, &pws.view, &pws.count);
	table = make_table(&pws);
	if (pws.view.unit.area && pws.view.unit.area->level == LEVEL_DESA)
		pws.sessions = pws_sessions(request, &pws.view);
	if (!table_given(table, false) && !(pws.sessions && table_given(pws.sessions, false)))
		page(&pws, table);
}
