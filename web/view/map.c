/* The choropleth map: outlines from the store, drawn as SVG. See chart.h. */
#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "store/people/account.h"
#include "web/view/chart.h"

#define WIDTH      660
#define HEIGHT_MAX 620.0
#define STEPS      5
#define SHAPES_MAX 1200

struct shape {
	const struct area *desa;
	const char *rings;
	struct figure figure;
	double value;
};

struct map {
	struct request *request;
	const struct view *view;
	struct shape *list;
	size_t count;
	long west, east, south, north;
};

static void grow(struct map *map, const char *rings)
{
	bool is_x = true;

	for (char *end; *rings; rings = end) {
		long value = strtol(rings, &end, 10);

		if (end == rings) {
			end++; /* between rings */
			continue;
		}
		if (is_x) {
			map->west = value < map->west ? value : map->west;
			map->east = value > map->east ? value : map->east;
		} else {
			map->south = value < map->south ? value : map->south;
			map->north = value > map->north ? value : map->north;
		}
		is_x = !is_x;
	}
}

static bool wanted(const struct map *map, const struct area *area)
{
	const struct unit *unit = &map->view->unit;

	if (unit->area)
		return area_within(area, unit->area);
	for (size_t i = 0; i < unit->puskesmas->narea; i++) {
		if (unit->puskesmas->areas[i] == area)
			return true;
	}
	return false;
}

static int each_outline(const char *code, const char *rings, void *context)
{
	struct map *map = context;
	const struct area *area = gazetteer_area(map->request->web->places, code);

	if (!area || area->level != LEVEL_DESA || map->count == SHAPES_MAX || !wanted(map, area))
		return 0;
	map->list[map->count++] =
		(struct shape){.desa = area, .rings = arena_strdup(map->request->arena, rings)};
	grow(map, rings);
	return 0;
}

/* Octets of a path are what makes the page large: moves are relative, and shorter ones than this
 * are left out. */
#define LEAST 1

static void draw_path(struct html *out, const struct map *map, const char *rings, double scale)
{
	long x = 0, y = 0, last_x = 0, last_y = 0;
	bool is_x = true, first = true;

	for (char *end; *rings; rings = end) {
		long value = strtol(rings, &end, 10);

		if (end == rings) {
			html_put(out, "z");
			first = true;
			is_x = true;
			end++;
			continue;
		}
		if (is_x) {
			x = lround((double)(value - map->west) * scale);
		} else {
			y = lround((double)(map->north - value) * scale);
			if (first)
				html_print(out, "M%d %d", (int)x, (int)y);
			else if (labs(x - last_x) + labs(y - last_y) <= LEAST)
				x = last_x, y = last_y;
			else
				html_print(out, "l%d %d", (int)(x - last_x), (int)(y - last_y));
			last_x = x;
			last_y = y;
			first = false;
		}
		is_x = !is_x;
	}
	html_put(out, "z");
}

/* Class limits: even steps between the smallest and the largest value, rounded. */
struct classes {
	double from, step;
	bool red;
};

static struct classes classes_of(const struct map *map, const struct figure_row *row)
{
	double least = INFINITY, most = 0, step;

	for (size_t i = 0; i < map->count; i++) {
		if (map->list[i].value < 0)
			continue;
		least = fmin(least, map->list[i].value);
		most = fmax(most, map->list[i].value);
	}
	if (row->kind != FIGURE_SHARE) {
		step = fmax(1, ceil((most + 1) / STEPS));
		return (struct classes){0, step, row->low_good};
	}
	least = isinf(least) ? 0 : floor(least / 5) * 5;
	step = fmax(1, ceil((fmin(most, 100) - least) / STEPS));
	return (struct classes){least, step, row->low_good};
}

static int class_of(const struct classes *classes, double value)
{
	int index = (int)floor((value - classes->from) / classes->step) + 1;

	return value < 0 ? 0 : index < 1 ? 1 : index > STEPS ? STEPS : index;
}

static void draw(struct map *map, const struct figure_row *row, const struct classes *classes)
{
	struct request *request = map->request;
	struct html *out = request->out;
	double across = (double)(map->east - map->west), down = (double)(map->north - map->south);
	double scale = fmin(WIDTH / fmax(across, 1), HEIGHT_MAX / fmax(down, 1));

	html_print(out,
		"<svg class=\"k-map\" viewBox=\"-2 -2 %.0f %.0f\" role=\"group\" "
		"aria-label=\"%s %s\">",
		across * scale + 4, down * scale + 4,
		say(request, "Peta desa:", "Map of villages:"),
		say(request, row->id_long, row->en_long));
	for (size_t i = 0; i < map->count; i++) {
		const struct shape *shape = &map->list[i];
		int class = class_of(classes, shape->value);
		const char *name = reply_title_case(request->arena, shape->desa->name);
		const char *text = arena_printf(request->arena, "%s: %s", name,
			shape->value < 0 ? say(request, "belum ada data", "no data")
					 : figure_text(request, row, shape->figure));

		html_print(out, "<a href=\"%s\" aria-label=\"%s\"><path class=\"%s%d\" d=\"",
			url_make(request->arena, request->path, "wilayah", shape->desa->code,
				"bulan", map->view->period_text, "indikator", row->name, NULL),
			text, class && classes->red ? "r" : "q", class);
		draw_path(out, map, shape->rings, scale);
		html_print(out, "\"><title>%s</title></path></a>", text);
	}
	html_put(out, "</svg>");
}

static void legend(
	struct request *request, const struct figure_row *row, const struct classes *classes)
{
	struct html *out = request->out;
	const char *unit = row->kind == FIGURE_SHARE ? "%" : "";
	int from, to;

	html_put(out, "<ul class=\"k-legend\">");
	for (int i = 1; i <= STEPS; i++) {
		from = (int)(classes->from + (i - 1) * classes->step);
		to = (int)(classes->from + i * classes->step);
		html_print(out,
			"<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"%s%d\" "
			"width=\"10\" height=\"10\"/></svg>",
			classes->red ? "r" : "q", i);
		if (row->kind == FIGURE_SHARE)
			html_print(out, "%d–%d%s</li>", from, to, unit);
		else if (to - from <= 1)
			html_print(out, "%d</li>", from);
		else
			html_print(out, "%d–%d</li>", from, to - 1);
	}
	html_print(out,
		"<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"q0\" "
		"width=\"10\" height=\"10\"/></svg>%s</li></ul>",
		say(request, "belum ada data", "no data"));
}

bool map_show(struct request *request, const struct view *view, const struct figure_row *row)
{
	struct map map = {.request = request,
		.view = view,
		.west = LONG_MAX,
		.east = LONG_MIN,
		.south = LONG_MAX,
		.north = LONG_MIN};
	const struct area *top =
		view->unit.area ? view->unit.area : view->unit.puskesmas->areas[0]->parent;
	struct classes classes;

	if (top->level < LEVEL_KABUPATEN)
		return false;
	if (view->unit.area && top->level == LEVEL_DESA)
		return false;
	map.list = arena_alloc(request->arena, SHAPES_MAX * sizeof(*map.list));
	if (store_outline_each(request->web->store, view->unit.area ? top->code : top->parent->code,
		    each_outline, &map) != OK ||
		map.count == 0)
		return false;
	for (size_t i = 0; i < map.count; i++) {
		const struct unit unit = {.area = map.list[i].desa, .code = map.list[i].desa->code};

		if (figure_get(request, row, &unit, view->period, &map.list[i].figure) != OK)
			return false;
		map.list[i].value = figure_value(row, map.list[i].figure);
	}
	classes = classes_of(&map, row);
	draw(&map, row, &classes);
	legend(request, row, &classes);
	return true;
}
