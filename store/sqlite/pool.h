/* Small memory for SQLite, which asks for it seventy times with each message and gives it back at
 * once: lists of free pieces by size, of each thread its own. Debian builds SQLite without a store of
 * its own for that. Never NULL but for 0 octets and what malloc(3) refuses. */
#ifndef STORE_SQLITE_POOL_H
#define STORE_SQLITE_POOL_H

#include "parsers/text/util.h"

#ifdef __SANITIZE_ADDRESS__
#define POOL_USED false /* it looks at what malloc() gives */
#else
#define POOL_USED true
#endif

int pool_begin(void *unused); /* 0 */
void pool_end(void *unused);
void *pool_alloc(int octets);
void pool_free(void *piece); /* by any thread; NULL is fine */
void *pool_realloc(void *piece, int octets);
int pool_size(void *piece); /* octets that it has room for */
int pool_round(int octets); /* what so many are rounded up to */

#endif
