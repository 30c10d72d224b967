/* A long list, one piece of it on a page: "?mulai=100". */
#ifndef WEB_SLICE_H
#define WEB_SLICE_H

#include "web/http/request.h"

struct slice {
	size_t from, most; /* of the list: the first one shown, how many at most */
	size_t count;      /* of the list, so far */
};

/* The piece that the URL asks for. */
struct slice slice_read(const struct request *request, size_t most);
/* Counts one more of the list: is it in this piece? */
bool slice_takes(struct slice *slice);
/* "101-200 dari 1.234", and the ways to the pieces before and after; nothing when all is shown.
 * The links keep one more parameter of the URL; value NULL: none. */
void slice_links(
	struct request *request, const struct slice *slice, const char *name, const char *value);

#endif
