/* A form that brings a file (RFC 7578): its short text fields, and the file's octets as they came.
 */
#ifndef WEB_MULTIPART_H
#define WEB_MULTIPART_H

#include <event2/keyvalq_struct.h>

#include "parsers/text/util.h"

struct upload {
	const char *data; /* NUL behind the last octet; NULL: no file came */
	size_t length;
	const char *name; /* of the file, as the browser says it; never NULL with data */
};

/* type: the Content-Type. The last part with a file name, or a text of several lines, is the
 * upload; everything lives in the arena. False: it is no such body. */
bool multipart_read(struct arena *arena, const char *type, const char *body, size_t length,
	struct evkeyvalq *form, struct upload *upload);

#endif
