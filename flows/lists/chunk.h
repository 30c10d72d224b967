/* Long writing in short batches while a gateway runs: how many rows the next batch may have follows
 * from how long the last one held the store. */
#ifndef FLOWS_CHUNK_H
#define FLOWS_CHUNK_H

#include <stddef.h>

struct chunk {
	size_t rows;  /* of the next batch */
	double began; /* seconds */
};

#define CHUNK_INIT                                                                                 \
	{                                                                                          \
		.rows = 50                                                                         \
	}

/* The batch is open: the store is held from now on. */
void chunk_begin(struct chunk *chunk);
/* It is committed: sets the rows of the next one, and gives the gateway its turn. */
void chunk_end(struct chunk *chunk);

#endif
