/* Places and periods of a page: see view.h. */
#include "web/view/view.h"

#include "flows/rules/scope.h"

#define MONTHS_SHOWN 18
#define UNITS_MAX    1200
#define FIRST_DAYS   5 /* of a month: the last one is looked at */

static const struct unit none;

static struct unit unit_of_area(const struct request *request, const struct area *area)
{
	return (struct unit){.area = area,
		.code = area->code,
		.name = area->level == LEVEL_DESA || area->level == LEVEL_KECAMATAN
			? reply_title_case(request->arena, area->name)
			: area->name};
}

static struct unit unit_of_puskesmas(
	const struct request *request, const struct puskesmas *puskesmas)
{
	return (struct unit){.puskesmas = puskesmas,
		.code = puskesmas->id,
		.name = arena_printf(request->arena, "Puskesmas %s",
			reply_title_case(request->arena, puskesmas->name))};
}

bool view_unit(const struct request *request, const char *code, struct unit *unit)
{
	const struct sender *sender = &request->turn.sender;
	const struct area *area = gazetteer_area(request->web->places, code);
	const struct puskesmas *puskesmas =
		area ? NULL : gazetteer_puskesmas(request->web->places, code);

	*unit = none;
	if (area && scope_area(sender, area))
		*unit = unit_of_area(request, area);
	else if (puskesmas && scope_puskesmas(sender, puskesmas))
		*unit = unit_of_puskesmas(request, puskesmas);
	return unit->code != NULL;
}

static bool own_unit(const struct request *request, struct unit *unit)
{
	const struct sender *sender = &request->turn.sender;

	if (sender->puskesmas)
		*unit = unit_of_puskesmas(request, sender->puskesmas);
	else if (sender->narea > 0)
		*unit = unit_of_area(request, sender->areas[0]);
	return sender->puskesmas || sender->narea > 0;
}

static struct period month_period(struct date day)
{
	return (struct period){{day.year, day.month, 1},
		{day.year, day.month, date_month_days(day.year, day.month)}};
}

static bool read_period(struct request *request, struct view *view)
{
	const char *text = request_query(request, "bulan");
	struct date today = request->turn.now.date;
	char out[PERIOD_TEXT];

	if (text && *text) {
		if (!period_parse(text, &view->period) || view->period.from.day != 1 ||
			view->period.from.year < 2000 || view->period.to.year > 2100)
			return false;
	} else {
		view->period = month_period(today.day <= FIRST_DAYS
				? date_add_months((struct date){today.year, today.month, 1}, -1)
				: today);
	}
	period_format(view->period, out);
	view->period_text = arena_strdup(request->arena, out);
	return true;
}

bool view_read(struct request *request, struct view *view)
{
	const char *code = request_query(request, "wilayah");
	const char *by = request_query(request, "per");
	bool found;

	*view = (struct view){.by_puskesmas = by && strcmp(by, "puskesmas") == 0};
	found = code && *code ? view_unit(request, code, &view->unit)
			      : own_unit(request, &view->unit);
	if (found && read_period(request, view))
		return true;
	request_fail(request, 404);
	return false;
}

static bool is_child(const struct view *view, const struct area *area)
{
	return area->parent && area->parent == view->unit.area;
}

static size_t children_puskesmas(struct request *request, const struct view *view, struct unit *out)
{
	const struct puskesmas *puskesmas;
	size_t count = 0;

	for (size_t i = 0;
		count < UNITS_MAX && (puskesmas = gazetteer_puskesmas_at(request->web->places, i));
		i++) {
		if (puskesmas->narea > 0 && area_within(puskesmas->areas[0], view->unit.area))
			out[count++] = unit_of_puskesmas(request, puskesmas);
	}
	return count;
}

struct unit *view_children(struct request *request, const struct view *view, size_t *count)
{
	struct unit *out = arena_alloc(request->arena, UNITS_MAX * sizeof(*out));
	const struct area *area;

	*count = 0;
	if (view->unit.puskesmas) {
		for (size_t i = 0; i < view->unit.puskesmas->narea && *count < UNITS_MAX; i++)
			out[(*count)++] = unit_of_area(request, view->unit.puskesmas->areas[i]);
		return out;
	}
	if (view->by_puskesmas && view->unit.area->level == LEVEL_KABUPATEN)
		*count = children_puskesmas(request, view, out);
	for (size_t i = 0; *count < UNITS_MAX && !view->by_puskesmas &&
		(area = gazetteer_area_at(request->web->places, i));
		i++) {
		if (is_child(view, area))
			out[(*count)++] = unit_of_area(request, area);
	}
	return out;
}

const char *view_level(const struct request *request, const struct view *view)
{
	if (view->unit.puskesmas)
		return say(request, "Desa/kelurahan", "Village");
	switch (view->unit.area->level) {
	case LEVEL_PROVINSI: return say(request, "Kabupaten/kota", "District");
	case LEVEL_KABUPATEN:
		return view->by_puskesmas ? "Puskesmas" : say(request, "Kecamatan", "Subdistrict");
	case LEVEL_KECAMATAN: return say(request, "Desa/kelurahan", "Village");
	case LEVEL_DESA:
	case LEVEL_ANY: break;
	}
	return "Posyandu";
}

const char *view_url(
	struct request *request, const struct view *view, const char *code, const char *period)
{
	return url_make(request->arena, request->path, "wilayah", code ? code : view->unit.code,
		"bulan", period ? period : view->period_text, "per",
		view->by_puskesmas ? "puskesmas" : "", "indikator",
		request_query(request, "indikator"), "form", request_query(request, "form"), NULL);
}

void view_trail(struct request *request, const struct view *view)
{
	const struct area *chain[8];
	size_t count = 0;
	const struct area *area = view->unit.puskesmas && view->unit.puskesmas->narea > 0
		? view->unit.puskesmas->areas[0]->parent
		: view->unit.area->parent;
	struct unit unit;

	for (; area && count < COUNT_OF(chain); area = area->parent)
		if (scope_area(&request->turn.sender, area) &&
			(!view->unit.puskesmas || area->level <= LEVEL_KABUPATEN))
			chain[count++] = area;
	if (count == 0)
		return;
	html_print(request->out, "<nav aria-label=\"%s\"><ol class=\"k-path\">",
		say(request, "Wilayah", "Area"));
	while (count-- > 0) {
		unit = unit_of_area(request, chain[count]);
		html_print(request->out, "<li><a href=\"%s\">%s</a></li>",
			view_url(request, view, unit.code, NULL), unit.name);
	}
	html_print(request->out, "<li aria-current=\"page\">%s</li></ol></nav>", view->unit.name);
}

static void month_options(struct request *request, const struct view *view)
{
	struct date today = request->turn.now.date;
	struct date month = {today.year, today.month, 1};
	bool found = false;

	for (int i = 0; i < MONTHS_SHOWN; i++, month = date_add_months(month, -1)) {
		char value[PERIOD_TEXT];

		period_format(month_period(month), value);
		html_print(request->out, "<option value=\"%s\"", value);
		if (strcmp(value, view->period_text) == 0) {
			html_put(request->out, " selected");
			found = true;
		}
		html_print(request->out, ">%s</option>", format_month(request, month, true));
	}
	if (!found)
		html_print(request->out, "<option value=\"%s\" selected>%s</option>",
			view->period_text, view_period(request, view->period));
}

void view_filter_begin(struct request *request, const struct view *view)
{
	html_print(request->out, "<form class=\"k-filter\" method=\"get\" action=\"%s\">",
		request->path);
	html_print(request->out, "<input type=\"hidden\" name=\"wilayah\" value=\"%s\">",
		view->unit.code);
	if (view->by_puskesmas)
		html_put(request->out, "<input type=\"hidden\" name=\"per\" value=\"puskesmas\">");
	html_print(request->out,
		"<div><label for=\"bulan\">%s</label><select class=\"form-select\" id=\"bulan\" "
		"name=\"bulan\" data-submit>",
		say(request, "Bulan", "Month"));
	month_options(request, view);
	html_put(request->out, "</select></div>");
}

void view_filter_end(struct request *request)
{
	html_print(request->out,
		"<button class=\"btn btn-outline-primary btn-sm\">%s</button></form>",
		say(request, "Tampilkan", "Show"));
}

const char *view_period(const struct request *request, struct period period)
{
	int months =
		(period.to.year - period.from.year) * 12 + period.to.month - period.from.month + 1;

	if (months == 1)
		return format_month(request, period.from, true);
	if (months == 3 && period.from.month % 3 == 1)
		return arena_printf(request->arena, "%s %d %d", say(request, "Triwulan", "Quarter"),
			period.from.month / 3 + 1, period.from.year);
	if (months == 12 && period.from.month == 1)
		return arena_printf(request->arena, "%d", period.from.year);
	return arena_printf(request->arena, "%s – %s", format_month(request, period.from, true),
		format_month(request, period.to, true));
}

struct period view_months_before(struct period period, int months)
{
	struct date from = date_add_months(period.from, -months);
	struct date last = {period.to.year, period.to.month, 1};
	struct date to = date_add_months(last, -months);

	to.day = date_month_days(to.year, to.month);
	return (struct period){from, to};
}
