/* The frame of every page, and the small things that pages share. */
#ifndef WEB_LAYOUT_H
#define WEB_LAYOUT_H

#include "web/http/request.h"

/* From the doctype to the heading; title is shown and stands in the tab. lead: a line below it;
 * NULL. */
void layout_begin(struct request *request, const char *title, const char *lead);
void layout_end(struct request *request);
/* begin, a paragraph, end: a message. */
void layout_message(struct request *request, const char *title, const char *text);

/* What request_fail() shows. */
void layout_fail(struct request *request, int code);

/* The hidden token of every form. */
void layout_csrf(struct request *request);
/* May this account use the route? */
bool layout_allows(const struct request *request, const struct route *route);
/* The routes of the navigation; the floor's root sets it once. */
void layout_set_routes(const struct route *routes);

#endif
