/* Kelengkapan: who has reported in each of twelve months, and whom to call. */
#include <stdio.h>
#include <stdlib.h>

#include "flows/desk/desk.h"
#include "flows/change/count.h"
#include "store/report/overview.h"
#include "store/report/tally.h"
#include "web/page/pages.h"
#include "web/view/figure.h"
#include "web/view/layout.h"
#include "web/view/table.h"

#define MONTHS  12
#define PEOPLE  6
#define ON_TIME 10 /* day of the month after */

static const struct {
	const char *form, *id, *en;
} forms[] = {{"pos", "Posyandu", "Posyandu"}, {"ilp", "Posyandu ILP", "ILP posyandu"},
	{"lahir", "Kelahiran", "Births"}, {"mati", "Kematian", "Deaths"}};

struct line { /* of the heat table */
	const char *code, *name, *url;
	const struct area *desa; /* NULL: a larger area */
	const struct posyandu *posyandu;
	int64_t of;           /* desa in it */
	int64_t with[MONTHS]; /* of them reported */
};

struct heat {
	struct request *request;
	struct view view;
	const char *form, *form_name;
	bool posyandu;
	struct date first; /* of the first month */
	int begins;        /* the first month of which anything was told */
	struct line *lines;
	size_t count;
};

static int month_index(const struct heat *heat, const char *month)
{
	int year = atoi(month), number = atoi(month + 5);

	return (year - heat->first.year) * 12 + number - heat->first.month;
}

static bool holds(const struct heat *heat, const struct line *line, const char *code)
{
	size_t length = strlen(line->code);

	(void)heat;
	return strncmp(line->code, code, length) == 0 &&
		(code[length] == '\0' || (code[length] == '.' && !line->posyandu));
}

static bool of_puskesmas(const struct heat *heat, const struct line *line, const char *code)
{
	const struct puskesmas *puskesmas =
		gazetteer_puskesmas(heat->request->web->places, line->code);

	for (size_t i = 0; puskesmas && i < puskesmas->narea; i++) {
		if (strcmp(puskesmas->areas[i]->code, code) == 0)
			return true;
	}
	return false;
}

static int each_month(const char *code, const char *month, int64_t count, void *context)
{
	struct heat *heat = context;
	int at = month_index(heat, month);

	(void)count;
	if (at >= 0 && at < heat->begins)
		heat->begins = at;
	for (size_t i = 0; at >= 0 && at < MONTHS && i < heat->count; i++) {
		struct line *line = &heat->lines[i];

		if (holds(heat, line, code) || of_puskesmas(heat, line, code))
			line->with[at]++;
	}
	return 0;
}

static void add_line(struct heat *heat, const char *code, const char *name, int64_t of)
{
	heat->lines[heat->count++] = (struct line){.code = code, .name = name, .of = of};
}

static void add_posyandu(struct heat *heat)
{
	const struct posyandu *posyandu;

	for (size_t i = 0; heat->count < 400 &&
		(posyandu = gazetteer_posyandu_at(heat->request->web->places, i));
		i++) {
		if (posyandu->area != heat->view.unit.area)
			continue;
		add_line(heat, posyandu->id, format_name(heat->request, posyandu->name), 1);
		heat->lines[heat->count - 1].posyandu = posyandu;
		heat->lines[heat->count - 1].desa = posyandu->area;
	}
}

static void add_units(struct heat *heat)
{
	size_t count;
	struct unit *units = view_children(heat->request, &heat->view, &count);

	for (size_t i = 0; i < count; i++) {
		const struct area *area = units[i].area;
		int64_t of = area ? (int64_t)area->desa_count : (int64_t)units[i].puskesmas->narea;

		add_line(heat, units[i].code, units[i].name, of);
		heat->lines[heat->count - 1].url =
			view_url(heat->request, &heat->view, units[i].code, NULL);
		if (area && area->level == LEVEL_DESA)
			heat->lines[heat->count - 1].desa = area;
	}
	if (count == 0 && heat->view.unit.area) { /* a desa, of a form without posyandu */
		add_line(heat, heat->view.unit.code, heat->view.unit.name, 1);
		heat->lines[0].desa = heat->view.unit.area;
	}
}

static int load(struct heat *heat)
{
	const struct unit *unit = &heat->view.unit;
	struct date to = heat->view.period.to;
	char from[DATE_TEXT], until[DATE_TEXT];
	const char *top = unit->area         ? unit->area->code
		: unit->puskesmas->narea > 0 ? unit->puskesmas->areas[0]->parent->code
					     : "-";

	heat->first = date_add_months((struct date){to.year, to.month, 1}, -(MONTHS - 1));
	heat->posyandu = unit->area && unit->area->level == LEVEL_DESA &&
		(strcmp(heat->form, "pos") == 0 || strcmp(heat->form, "ilp") == 0);
	heat->lines = arena_alloc(heat->request->arena, 1300 * sizeof(*heat->lines));
	if (heat->posyandu)
		add_posyandu(heat);
	else
		add_units(heat);
	date_format(heat->first, from);
	date_format(to, until);
	from[7] = until[7] = '\0';
	return store_coverage_each(heat->request->web->store, top, heat->form, heat->posyandu, from,
		until, each_month, heat);
}

enum state { STATE_NO, STATE_LATE, STATE_NIHIL, STATE_DONE };

/* Told in time, late, or as "none this month"? */
static enum state state_of(const struct heat *heat, const struct line *line, struct date month)
{
	struct store *store = heat->request->web->store;
	struct date last = {month.year, month.month, date_month_days(month.year, month.month)};
	const struct period period = {month, last};
	char from[DATE_TEXT], to[DATE_TEXT];
	struct date due = date_add_days(last, ON_TIME + 1);
	struct moment limit = {due, 0, 0};
	int64_t sum = 1;
	bool in_time;

	date_format(month, from);
	date_format(last, to);
	if (strcmp(heat->form, "lahir") == 0 || strcmp(heat->form, "mati") == 0) {
		if (store_tally_sum(store, line->desa->code, heat->form, period, &sum) != OK)
			return STATE_DONE;
	} else if (!line->posyandu) {
		const char *held = arena_printf(heat->request->arena, COVERAGE_HELD, heat->form);

		if (store_coverage_count(store, line->desa->code, held, period, &sum) != OK)
			return STATE_DONE;
	}
	if (sum == 0)
		return STATE_NIHIL;
	if (store_report_in_time(store, line->desa->code,
		    line->posyandu ? line->posyandu->id : NULL, heat->form, from, to,
		    moment_utc(limit, heat->request->flow.settings->timezone), &in_time) == OK &&
		!in_time)
		return STATE_LATE;
	return STATE_DONE;
}

static const char *word_of(const struct request *request, enum state state)
{
	switch (state) {
	case STATE_NO: return say(request, "belum", "no");
	case STATE_LATE: return say(request, "telat", "late");
	case STATE_NIHIL: return "nihil";
	case STATE_DONE: break;
	}
	return say(request, "lapor", "yes");
}

/* The colour of a month: of one desa its state, of larger areas the share that has reported. */
static const char *colour_of(const struct line *line, int at, enum state state)
{
	static const char *const colours[] = {"no", "late", "nihil", "lapor"};
	int64_t share = line->of > 0 ? line->with[at] * 100 / line->of : 0;

	if (line->desa)
		return colours[state];
	return share >= 90 ? "lapor" : share >= 60 ? "part" : line->with[at] ? "late" : "no";
}

static void cell(struct heat *heat, const struct line *line, int at)
{
	struct request *request = heat->request;
	struct date month = date_add_months(heat->first, at);
	const char *wide = at < MONTHS / 2 ? " wide" : "";
	enum state state = line->desa && line->with[at] ? state_of(heat, line, month) : STATE_NO;

	if (at < heat->begins && heat->begins < MONTHS)
		html_print(request->out, "<td class=\"c none%s\">–</td>", wide);
	else
		html_print(request->out, "<td class=\"c %s%s\">%s</td>", colour_of(line, at, state),
			wide,
			line->desa ? word_of(request, state)
				   : arena_printf(request->arena, "%lld/%lld",
					     (long long)line->with[at], (long long)line->of));
}

static void show_heat(struct heat *heat)
{
	struct request *request = heat->request;
	struct html *out = request->out;

	html_print(out,
		"<section class=\"k-card is-long\"><h2>%s</h2><div class=\"k-wrap\"><table "
		"class=\"k-table k-heat\"><thead><tr><th scope=\"col\">%s</th>",
		arena_printf(request->arena, "%s, %s", heat->form_name, heat->view.unit.name),
		heat->posyandu ? "Posyandu" : view_level(request, &heat->view));
	for (int i = 0; i < MONTHS; i++)
		html_print(out,
			i < MONTHS / 2 ? "<th scope=\"col\" class=\"wide\">%s</th>"
				       : "<th scope=\"col\">%s</th>",
			format_month(request, date_add_months(heat->first, i), false));
	html_put(out, "</tr></thead><tbody>");
	for (size_t i = 0; i < heat->count; i++) {
		const struct line *line = &heat->lines[i];

		html_put(out, "<tr><th scope=\"row\">");
		if (line->url)
			html_print(out, "<a href=\"%s\">%s</a>", line->url, line->name);
		else
			html_text(out, line->name);
		html_put(out, "</th>");
		for (int at = 0; at < MONTHS; at++)
			cell(heat, line, at);
		html_put(out, "</tr>");
	}
	html_put(out, "</tbody></table></div>");
	html_print(out,
		"<ul class=\"k-legend\"><li><span class=\"k-key lapor\"></span>%s</li><li><span "
		"class=\"k-key nihil\"></span>%s</li>",
		say(request, "sudah lapor", "reported"),
		say(request, "lapor nihil: tidak ada kejadian atau kegiatan",
			"reported that there was none"));
	html_print(out,
		"<li><span class=\"k-key late\"></span>%s</li><li><span class=\"k-key "
		"no\"></span>%s</li></ul></section>",
		say(request, "masuk setelah tanggal 10 bulan berikutnya",
			"came after the 10th of the next month"),
		say(request, "belum lapor", "not reported"));
}

static void callers(struct heat *heat, struct table *table, const struct area *desa)
{
	static const char *const roles[] = {"bidan", "kader"};
	struct request *request = heat->request;
	struct person people[PEOPLE];
	struct strbuf text = {0};
	size_t count;

	strbuf_puts(&text, "");
	for (size_t r = 0; r < COUNT_OF(roles); r++) {
		if (store_person_list(request->web->store, request->arena, roles[r], desa->code,
			    "active", people, PEOPLE, &count) != OK)
			continue;
		for (size_t i = 0; i < count; i++)
			strbuf_printf(&text, "%s%s %s %s", text.length ? "; " : "",
				format_role(request, people[i].role),
				format_name(request, people[i].name),
				format_phone(request, people[i].phone));
	}
	table_text(table,
		text.length ? arena_strdup(request->arena, text.text)
			    : say(request, "belum ada petugas terdaftar", "nobody on file"));
	strbuf_free(&text);
}

/* Of the month looked at: desa, or in a desa its posyandu. */
static struct table *missing(struct heat *heat)
{
	struct request *request = heat->request;
	const struct unit *unit = &heat->view.unit;
	struct table *table = table_new(request, "belum-lapor",
		arena_printf(request->arena, "%s: %s, %s, %s",
			say(request, "Belum lapor", "Not reported"), heat->form_name, unit->name,
			view_period(request, heat->view.period)));
	const char **codes = arena_alloc(request->arena, 1200 * sizeof(*codes));
	size_t count = 0, total, nares = unit->puskesmas ? unit->puskesmas->narea : 1;

	table_column(table, COLUMN_TEXT, heat->posyandu ? "Posyandu" : "Desa", false);
	table_column(
		table, COLUMN_TEXT, say(request, "Yang dapat dihubungi", "Whom to call"), false);
	for (size_t a = 0; a < nares; a++) {
		const char *code =
			unit->puskesmas ? unit->puskesmas->areas[a]->code : unit->area->code;

		if (store_coverage_gaps(request->web->store, request->arena, code, heat->form,
			    heat->view.period.to, heat->posyandu, 0, codes, 1200, &count,
			    &total) != OK)
			return table;
		for (size_t i = 0; i < count; i++) {
			const struct posyandu *posyandu = heat->posyandu
				? gazetteer_posyandu(request->web->places, codes[i])
				: NULL;
			const struct area *desa = posyandu
				? posyandu->area
				: gazetteer_area(request->web->places, codes[i]);

			if (!desa)
				continue;
			table_row(table);
			table_text(table,
				posyandu ? format_name(request, posyandu->name)
					 : area_label(request->arena, desa));
			callers(heat, table, desa);
		}
	}
	return table;
}

static void form_select(struct heat *heat)
{
	struct request *request = heat->request;

	html_print(request->out,
		"<div><label for=\"form\">%s</label><select class=\"form-select\" id=\"form\" "
		"name=\"form\" data-submit>",
		say(request, "Laporan", "Report"));
	for (size_t i = 0; i < COUNT_OF(forms); i++)
		html_print(request->out,
			strcmp(forms[i].form, heat->form) == 0
				? "<option value=\"%s\" selected>%s</option>"
				: "<option value=\"%s\">%s</option>",
			forms[i].form, say(request, forms[i].id, forms[i].en));
	html_put(request->out, "</select></div>");
}

static void choose_form(struct heat *heat)
{
	const char *form = request_query(heat->request, "form");
	size_t at = 0;

	for (size_t i = 0; form && i < COUNT_OF(forms); i++)
		at = strcmp(forms[i].form, form) == 0 ? i : at;
	heat->form = forms[at].form;
	heat->form_name = say(heat->request, forms[at].id, forms[at].en);
}

void page_completeness(struct request *request)
{
	struct heat heat = {.request = request, .begins = MONTHS};
	struct table *table;
	int64_t with = 0, of = 0;

	if (!view_read(request, &heat.view))
		return;
	choose_form(&heat);
	if (load(&heat) != OK ||
		figure_complete(
			request, heat.form, &heat.view.unit, heat.view.period, &with, &of) != OK) {
		request_fail(request, 503);
		return;
	}
	table = missing(&heat);
	if (table_given(table, true))
		return;
	layout_begin(request,
		arena_printf(request->arena, "%s %s", say(request, "Kelengkapan", "Completeness"),
			heat.view.unit.name),
		arena_printf(request->arena, "%s, %s: %s %s %s %s", heat.form_name,
			view_period(request, heat.view.period), format_number(request, with),
			say(request, "dari", "of"), format_number(request, of),
			say(request, "desa sudah lapor.", "villages have reported.")));
	view_trail(request, &heat.view);
	view_filter_begin(request, &heat.view);
	form_select(&heat);
	view_filter_end(request);
	show_heat(&heat);
	html_print(request->out, "<section class=\"k-card is-long\"><h2>%s %s</h2>",
		say(request, "Belum lapor pada", "Not reported in"),
		view_period(request, heat.view.period));
	if (table_rows(table) == 0)
		html_print(request->out, "<p class=\"k-empty\">%s</p>",
			say(request, "Semua sudah lapor.", "All have reported."));
	else
		table_show(table);
	html_put(request->out, "</section>");
	layout_end(request);
	request_shows_names(request, "/kelengkapan");
	request_page(request);
}
