/* Inside the room: what a phrase says by itself. */
#ifndef PARSERS_CRY_SIGN_H
#define PARSERS_CRY_SIGN_H

#include "parsers/cry/cry.h"

/* The phrase at a word, whatever stands around it. */
struct sign_at {
	unsigned signs; /* enum sign */
	size_t length;
};
/* The longer one of the two classes. */
struct sign_at sign_find(const struct words *words, size_t i);

#endif
