/* What the catalogue says, so that it is known when it comes back: quoted, forwarded, cut, from any
 * phone. See parsers/words/said.h. */
#ifndef FLOWS_OWN_WORDS_H
#define FLOWS_OWN_WORDS_H

#include "parsers/words/said.h"

struct catalogue;
struct form;

/* All texts of all languages. Immutable; freed with said_free(). */
struct said *own_words_new(
	const struct catalogue *catalogue, const struct form *const *forms, size_t nform);

#endif
