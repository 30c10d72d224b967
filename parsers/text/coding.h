/* How well a decoded text reads: what decides between codings when a label may be wrong. */
#ifndef PARSERS_CODING_H
#define PARSERS_CODING_H

#include "parsers/text/util.h"

/* Words of the language, for the choice between codings: is this one, in small letters, known? */
struct text_knows {
	bool (*word)(const void *context, const char *word, size_t length);
	const void *context;
};

/* The more, the better; of the same octets decoded in different ways. knows may be NULL. */
int coding_score(const char *utf8, size_t length, const struct text_knows *knows);

#endif
