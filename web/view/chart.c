/* Bars and lines: see chart.h. */
#include "web/view/chart.h"

#include <math.h>
#include <stdlib.h>

#define WIDTH     470
#define ROW       25
#define LEFT      132
#define RIGHT     66
#define TOP       22
#define LABEL     30 /* octets of a name */
#define LINE_H    126
#define LINE_ROOM 90.0
#define LINE_LEFT 44

static int larger_first(const void *a, const void *b)
{
	const struct bar *x = a, *y = b;

	return x->value > y->value ? -1 : x->value < y->value;
}

static double scale_of(const struct figure_row *row, const struct bar *bars, size_t count)
{
	double most = row->target;

	for (size_t i = 0; i < count; i++) {
		most = fmax(most, bars[i].value);
		most = fmax(most, bars[i].before);
	}
	return most > 0 ? most * 1.02 : 1;
}

static bool misses(const struct figure_row *row, double value)
{
	return row->target && (row->low_good ? value > row->target : value < row->target);
}

static void draw_bar(struct request *request, const struct figure_row *row, const struct bar *bar,
	double top, double scale)
{
	struct html *out = request->out;
	double width = bar->value > 0 ? bar->value / scale * (WIDTH - LEFT - RIGHT) : 0;

	if (bar->url)
		html_print(out, "<a href=\"%s\">", bar->url);
	html_print(out, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 8,
		top + 16, arena_strndup(request->arena, bar->label, LABEL));
	html_print(out,
		"<rect class=\"bar%s\" x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"15\" rx=\"2\"/>",
		misses(row, bar->value) ? " low" : "", LEFT, top + 4, width);
	if (bar->before >= 0)
		html_print(out,
			"<rect x=\"%.1f\" y=\"%.1f\" width=\"2.5\" height=\"19\" "
			"fill=\"#1c2b2d\"/>",
			LEFT + bar->before / scale * (WIDTH - LEFT - RIGHT) - 1.2, top + 2);
	html_print(out, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", WIDTH - 2,
		top + 16, bar->text);
	if (bar->url)
		html_put(out, "</a>");
}

void chart_bars(struct request *request, const struct figure_row *row, struct bar *bars,
	size_t count, const char *label)
{
	struct html *out = request->out;
	double scale, height = TOP + (double)count * ROW + 4;

	qsort(bars, count, sizeof(*bars), larger_first);
	scale = scale_of(row, bars, count);
	html_print(out,
		"<svg class=\"k-bars\" viewBox=\"0 0 %d %.0f\" role=\"group\" aria-label=\"%s\">",
		WIDTH, height, label);
	html_print(out, "<line class=\"axis\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%.0f\"/>", LEFT,
		LEFT, TOP, height - 2);
	for (size_t i = 0; i < count; i++)
		draw_bar(request, row, &bars[i], TOP + (double)i * ROW, scale);
	if (row->target) {
		double x = LEFT + row->target / scale * (WIDTH - LEFT - RIGHT);

		html_print(out,
			"<line class=\"target\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%.0f\"/>", x,
			x, TOP - 4, height - 2);
		html_print(out,
			"<text class=\"soft\" x=\"%.1f\" y=\"13\" text-anchor=\"middle\">"
			"%s %d%%</text>",
			x, say(request, "target", "target"), row->target);
	}
	html_put(out, "</svg>");
	html_print(out,
		"<ul class=\"k-legend\"><li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect "
		"x=\"4\" width=\"3\" height=\"10\" fill=\"#1c2b2d\"/></svg>%s</li></ul>",
		say(request, "bulan lalu", "month before"));
}

/* 1, 2, 5, 10, 20, 50 …: the first that holds the value. */
static double round_above(double value)
{
	static const double steps[] = {1, 2, 5};
	double scale = 1;

	for (;; scale *= 10) {
		for (size_t i = 0; i < COUNT_OF(steps); i++) {
			if (steps[i] * scale >= value)
				return steps[i] * scale;
		}
	}
}

void chart_line(struct request *request, const double *values, size_t count, const char *label,
	const char *left, const char *right)
{
	struct html *out = request->out;
	double most = 1;
	bool drawing = false;

	for (size_t i = 0; i < count; i++)
		most = fmax(most, values[i]);
	most = round_above(most);
	html_print(out,
		"<svg class=\"k-line\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
		WIDTH, LINE_H, label);
	for (int i = 0; i <= 2; i++) {
		double y = TOP / 2.0 + i * LINE_ROOM / 2.0;

		html_print(out, "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LINE_LEFT,
			WIDTH, y, y);
		if (i != 1)
			html_print(out, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
				LINE_LEFT - 6, y + 4,
				format_number(request, i ? 0 : (int64_t)most));
	}
	for (size_t i = 0; i < count; i++) {
		double x = LINE_LEFT +
			(double)i * (WIDTH - LINE_LEFT - 3) / (double)(count > 1 ? count - 1 : 1);

		if (values[i] >= 0 && !drawing)
			html_put(out, "<polyline points=\"");
		if (values[i] >= 0)
			html_print(out, "%.1f,%.1f ", x,
				TOP / 2.0 + (1 - values[i] / most) * LINE_ROOM);
		else if (drawing)
			html_put(out, "\"/>");
		drawing = values[i] >= 0;
	}
	if (drawing)
		html_put(out, "\"/>");
	html_print(out, "<text x=\"%d\" y=\"%d\">%s</text>", LINE_LEFT, LINE_H - 2, left);
	html_print(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text></svg>", WIDTH,
		LINE_H - 2, right);
}

const char *chart_trend(const struct figure_row *row, double now, double before)
{
	if (now < 0 || before < 0 || fabs(now - before) < 0.05)
		return "k-same";
	return (now > before) != row->low_good ? "k-up" : "k-down";
}
