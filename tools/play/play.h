/* Transcripts: whole conversations as text, run on a virtual clock (see docs of `kabarctl play`).
 */
#ifndef TOOLS_PLAY_H
#define TOOLS_PLAY_H

#include <stdio.h>

#include "tools/play/play_world.h"

struct play_options {
	const char *conninfo; /* of a PostgreSQL database; NULL: SQLite */
	const struct play_faults *faults; /* NULL: none */
	bool show; /* prints each line and what reached phones by it */
	FILE *out;
};

struct play {
	struct play_world *world;
	const char *path;
	struct play_options options;
	int line;
	char *last; /* who wrote last */
	char *clock; /* the line that set it */
	bool begun; /* something happened, not only clock and conf */
	bool failed;
	size_t shown; /* messages printed */
	struct arena *arena; /* of the file */
};

/* Runs one file. True when everything was as expected; else the reason was printed as "file:line:
 * …". */
bool play_file(const char *path, const struct play_options *options);

/* "expected …" and what came instead; false. */
bool play_fail(struct play *play, const char *format, ...) PRINTF(2, 3);
/* One `expect` line, without the word; false: it failed and was told. */
bool play_expect(struct play *play, char *text);
/* The next word of *text, cut off; NULL at the end. Quotes hold blanks together. */
char *play_word(char **text);

#endif
