/* Drawings as SVG, made here: they need no script, print, and carry their numbers as text. */
#ifndef WEB_CHART_H
#define WEB_CHART_H

#include "web/view/figure.h"

struct bar {
	const char *label, *text, *url; /* url may be NULL */
	double value;                   /* negative: none */
	double before;                  /* the month before; negative: none */
};
/* Bars from the largest down, a line for the target (0: none), and where each stood before. The
 * bars are sorted in place. */
void chart_bars(struct request *request, const struct figure_row *row, struct bar *bars,
	size_t count, const char *label);
/* A line over time; negative values are gaps. The axis goes to the next round number; left and
 * right: what stands below its ends. */
void chart_line(struct request *request, const double *values, size_t count, const char *label,
	const char *left, const char *right);
/* Good, bad or no news? "k-up", "k-down", "k-same" */
const char *chart_trend(const struct figure_row *row, double now, double before);

/* map.c: outlines of the desa below a place, coloured by the indicator. Each desa is a link to its
 * page; a legend follows. false: there are no outlines. */
bool map_show(struct request *request, const struct view *view, const struct figure_row *row);

#endif
