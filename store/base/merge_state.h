/* The additions of a batch, for the files that write them: merge.c and merge_fold.c. */
#ifndef STORE_BASE_MERGE_STATE_H
#define STORE_BASE_MERGE_STATE_H

#include "parsers/text/hash.h"
#include "store/base/merge_kind.h"

struct store;

struct addition {
	UT_hash_handle hh;
	enum merge_table table;
	const char *parts[MERGE_PARTS]; /* into key */
	int64_t delta;
	char key[]; /* table and parts */
};

struct merge {
	struct arena *arena; /* they live in it */
	struct addition *additions;
	size_t tallies; /* of these */
	bool folded; /* cells were written in this batch, and are locked until its end */
};

/* Tallies that may go to the log, those that are written where they belong, and what is no tally. */
enum additions { LOGGED = 1, UNLOGGED = 2, TALLIES = LOGGED | UNLOGGED, OTHERS = 4 };

/* What follows from an addition is worked out once for all that came to its key. */
void merge_expand(struct store *store);
/* Some kinds in the order of tables and keys, to be freed; they are no additions of the batch any more. */
struct addition **merge_take(struct store *store, int which, size_t *count);
/* Expanded, and to their cells. */
int merge_write_tallies(struct store *store, int which) MUST_CHECK;
/* As a line of the log; false: a part would not come back as it is. */
bool merge_line(struct strbuf *text, const struct addition *addition);
/* It came into the log. */
void merge_note(struct store *store, const struct addition *addition);

#endif
