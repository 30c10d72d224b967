/* What an intent function may use. text is folded and has no space at its ends. */
#ifndef PARSERS_INTENT_CALL_H
#define PARSERS_INTENT_CALL_H

#include "parsers/form/reading.h"

struct intent_call {
	const struct reader *reader;
	const struct lexicon *lexicon;
	struct scratch *scratch;
	struct arena *arena;
	const struct read_context *context;
	const char *text;
	struct words *words; /* room for the text cut into words, once; NULL: each time anew */
};

#endif
