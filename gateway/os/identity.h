/* Which store this gateway has been writing to, and how far: a small file beside the database and the
 * crash memory know it, so that a start on a missing, another or an older database is refused.
 *
 * The file is PATH.id: "id" is the store's own (store_id()), "accepted" how far it was when an
 * operator last said that it is the right one.
 */
#ifndef GATEWAY_IDENTITY_H
#define GATEWAY_IDENTITY_H

#include "gateway/os/crash.h"
#include "store/base/store.h"

#define IDENTITY_DETAIL 400

/* OK: it is the store that we know, or one that nobody has known yet (it is noted). ERR_STATE: it is
 * not, and detail says what to do. crash may be NULL. */
int identity_check(struct store *store, const char *path, const struct crash *crash,
	char detail[IDENTITY_DETAIL]) MUST_CHECK;
/* From now on this is the right store as it is. kabard must not run. */
int identity_accept(struct store *store, const char *path) MUST_CHECK;

#endif
