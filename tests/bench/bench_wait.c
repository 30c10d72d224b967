/* How long a gateway waits for the store while a command works on it: begins and commits one small
 * batch after the other until the command ends. usage: bench_wait FILE.db COMMAND [ARGUMENT ...] */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/message/deadline.h"
#include "store/base/store.h"
#include "tests/bench/bench_times.h"

#define TURNS 100000
#define IDLE  2 /* ms between two batches */

static void print(const char *what, double *times, size_t count)
{
	printf("  %-8s ", what);
	times_print(times, count, 1e-3, "ms");
	printf("\n");
}

int main(int argc, char **argv)
{
	static double waits[TURNS], commits[TURNS];
	struct store_options options = {.path = argc > 2 ? argv[1] : NULL};
	struct store *store;
	char detail[256];
	size_t count = 0;
	int64_t times;
	int status = 0, ends[2]; /* the pipe hangs up when the command ends */
	pid_t child;

	if (argc < 3)
		return 2;
	must(store_open(&store, &options, detail), "open");
	must(pipe(ends) ? ERR_SYSTEM : OK, "pipe");
	child = fork();
	if (child == 0) {
		close(ends[0]);
		if (!freopen("/dev/null", "w", stdout))
			_exit(127);
		execvp(argv[2], argv + 2);
		_exit(127);
	}
	close(ends[1]);
	while (count < TURNS && poll(&(struct pollfd){.fd = ends[0]}, 1, IDLE) == 0) {
		double start = seconds(CLOCK_MONOTONIC), begun;

		must(store_batch_begin(store), "begin");
		begun = seconds(CLOCK_MONOTONIC);
		must(store_counter_add(store, "bench", "", "wait", &times), "write");
		must(store_batch_commit(store), "commit");
		waits[count] = begun - start;
		commits[count++] = seconds(CLOCK_MONOTONIC) - begun;
	}
	waitpid(child, &status, 0);
	must(count ? OK : ERR_STATE, "the command ended at once");
	printf("%s, %zu batches beside it:\n", argv[2], count);
	print("waited", waits, count);
	print("wrote", commits, count);
	store_close(store);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
