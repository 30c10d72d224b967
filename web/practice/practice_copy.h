/* Fills a practice world: for practice*.c only. */
#ifndef WEB_PRACTICE_COPY_H
#define WEB_PRACTICE_COPY_H

#include "store/base/store.h"

/* Places and people of a kabupaten, and the areas above it. */
int practice_copy(struct store *from, struct store *to, const char *kabupaten) MUST_CHECK;

#endif
