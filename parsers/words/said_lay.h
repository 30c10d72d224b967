/* One of our texts over a message: is it there, and up to which word? */
#ifndef PARSERS_SAID_LAY_H
#define PARSERS_SAID_LAY_H

#include "parsers/words/said_texts.h"

#define FAILURE_SLOTS 8 /* of a text, and words of a message: beyond nothing is remembered */
#define FAILURE_WORDS 64

struct search {
	const struct said *said;
	const struct text *text;
	const struct said_words *words;
	bool cut;          /* the message ends before its text may have ended */
	size_t steps, all; /* of one text, of the whole message */
	/* what a slot could not be laid from, with what weight: no less weight will do */
	struct failure {
		unsigned text; /* which try of a text */
		size_t weight;
	} failures[FAILURE_SLOTS][FAILURE_WORDS];
	bool failed; /* they hold something: most messages lay nothing */
	unsigned tries;
	size_t end; /* words up to the end of what was found */
};

/* Lays the search's text over the message from word `at` on; true: it is there, up to search->end.
 */
bool said_lay(struct search *search, size_t at);

#endif
