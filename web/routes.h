/* The pages. To add one: its file in web/page/, its declaration and its row in routes.c. */
#ifndef WEB_ROUTES_H
#define WEB_ROUTES_H

#include "web/http/request.h"

/* Finds the route of a request, proves who asks and whether he may, and runs it. */
void routes_handle(struct request *request);
extern const struct route routes[];

#endif
