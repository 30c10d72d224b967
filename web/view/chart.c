/* Bars and sparklines: see chart.h. */
#include "web/view/chart.h"

#include <math.h>
#include <stdlib.h>

#define WIDTH   470
#define ROW     25
#define LEFT    132
#define RIGHT   66
#define TOP     22
#define LABEL   30 /* octets of a name */
#define SPARK_W 104
#define SPARK_H 24

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

void chart_spark(struct request *request, const double *values, size_t count, const char *label)
{
	struct html *out = request->out;
	double most = 0, least = INFINITY, x = 0, y = 0;

	for (size_t i = 0; i < count; i++) {
		most = fmax(most, values[i]);
		least = values[i] >= 0 ? fmin(least, values[i]) : least;
	}
	if (!(most > least))
		least = most - 1;
	html_print(out,
		"<svg class=\"k-spark\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
		"<polyline points=\"",
		SPARK_W, SPARK_H, label);
	for (size_t i = 0; i < count; i++) {
		if (values[i] < 0)
			continue;
		x = 3 + (double)i * (SPARK_W - 6) / (double)(count > 1 ? count - 1 : 1);
		y = SPARK_H - 4 - (values[i] - least) / (most - least) * (SPARK_H - 8);
		html_print(out, "%.1f,%.1f ", x, y);
	}
	html_print(out, "\"/><circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.6\"/></svg>", x, y);
}

const char *chart_trend(const struct figure_row *row, double now, double before)
{
	if (now < 0 || before < 0 || fabs(now - before) < 0.05)
		return "k-same";
	return (now > before) != row->low_good ? "k-up" : "k-down";
}
