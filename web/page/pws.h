/* The parts of the page PWS: for page/pws*.c only. */
#ifndef WEB_PWS_H
#define WEB_PWS_H

#include "web/view/figure.h"
#include "web/view/table.h"

/* Twelve months of an indicator, and the bars S K D N. */
void pws_trend(struct request *request, const struct view *view, const struct figure_row *row);
/* The sessions of a desa's posyandu in the period. */
struct table *pws_sessions(struct request *request, const struct view *view);

#endif
