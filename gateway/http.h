/* A small HTTP listener: /metrics (Prometheus text) and /healthz. Nothing about people leaves here.
 */
#ifndef GATEWAY_HTTP_H
#define GATEWAY_HTTP_H

#include "parsers/text/error.h"
#include "parsers/text/util.h"

struct gateway;
struct http;

/* listen: "127.0.0.1:8355" or "[::1]:8355". Logs what is wrong. */
int http_start(struct http **out, struct gateway *gateway, const char *listen) MUST_CHECK;
void http_stop(struct http *http); /* NULL is fine */

#endif
