/* The HTTP server: limits and listening. Every request goes to one handler. */
#ifndef WEB_SERVER_H
#define WEB_SERVER_H

#include "web/http/request.h"

/* Logs what is wrong. port: gets the one that is listened on. */
int server_start(struct web *web, void (*handle)(struct request *request), int *port) MUST_CHECK;
void server_stop(struct web *web);

#endif
