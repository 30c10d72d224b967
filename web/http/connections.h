/* Connections: how many there may be, and how long one may take to ask. evhttp has no limit of
 * its own on either. */
#ifndef WEB_CONNECTIONS_H
#define WEB_CONNECTIONS_H

#include <event2/http.h>

struct connections;
struct event_base;

/* From now on every connection of the server is known. */
struct connections *connections_new(struct event_base *base, struct evhttp *http);
void connections_free(struct connections *connections);
/* It has asked, and waits for us; it was answered, and may ask again. */
void connections_asked(struct connections *connections, struct evhttp_request *http);
void connections_answered(struct connections *connections, struct evhttp_request *http);

#endif
