/* The size of batches by their time. See chunk.h. */
#include "flows/lists/chunk.h"

#include <time.h>

#define GOAL        0.010 /* s: a gateway waits for 50 ms at most, also when the machine is busy */
#define ROWS_MOST   2000
#define PAUSE_LEAST 0.005

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void chunk_begin(struct chunk *chunk)
{
	chunk->began = seconds();
}

/* The pause is as long as the batch was: a gateway's batch has room in it. */
void chunk_end(struct chunk *chunk)
{
	double used = seconds() - chunk->began;
	double pause = used < PAUSE_LEAST ? PAUSE_LEAST : used < GOAL ? used : GOAL;

	if (used > GOAL)
		chunk->rows = chunk->rows / 2 + 1;
	else if (used < GOAL / 2 && chunk->rows < ROWS_MOST)
		chunk->rows += chunk->rows / 2;
	nanosleep(&(struct timespec){.tv_nsec = (long)(pause * 1e9)}, NULL);
}
