/* Somebody has another number: what is his goes with him. */
#ifndef STORE_MOVED_H
#define STORE_MOVED_H

#include "store/base/store.h"

/* His reports, his letters and what he was asked or had begun are the new number's; the old one,
 * which may be somebody else's tomorrow, starts from nothing. Inside a batch. */
int store_number_moved(struct store *store, const char *from, const char *to) MUST_CHECK;

#endif
