/* JSON to a server by POST: the only file that knows libcurl is http_post.c. */
#ifndef TOOLS_EXCHANGE_HTTP_POST_H
#define TOOLS_EXCHANGE_HTTP_POST_H

#include <jansson.h>

#include "tools/exchange/mapping.h"

struct http_post;
/* NULL: libcurl cannot. */
struct http_post *http_post_new(const struct mapping *mapping);
void http_post_free(struct http_post *post);
/* path: "/api/…". *status: of HTTP; 0 when there was no whole answer, then *detail says why. *answer
 * is NULL when it is no JSON; the caller frees it with json_decref(). */
void http_post_send(struct http_post *post, const char *path, const json_t *body, long *status,
	json_t **answer, const char **detail);

#endif
