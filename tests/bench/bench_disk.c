/* What the disk itself takes: appends a page and waits for it, again and again.
 * usage: bench_disk DIRECTORY TIMES */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "parsers/text/error.h"
#include "parsers/text/util.h"
#include "tests/bench/bench_times.h"

int main(int argc, char **argv)
{
	static const char page[4096];
	size_t count = argc == 3 ? (size_t)atol(argv[2]) : 0;
	double *times = xcalloc(count + 1, sizeof(*times));
	char path[300];
	int file;

	if (count == 0)
		return 2;
	snprintf(path, sizeof(path), "%s/disk", argv[1]);
	file = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
	must(file < 0 ? ERR_SYSTEM : OK, path);
	for (size_t i = 0; i < count; i++) {
		double start = seconds(CLOCK_MONOTONIC);

		must(write(file, page, sizeof(page)) == sizeof(page) && fdatasync(file) == 0
				? OK
				: ERR_SYSTEM,
			"write");
		times[i] = seconds(CLOCK_MONOTONIC) - start;
	}
	close(file);
	unlink(path);
	printf("fdatasync ");
	times_print(times, count, 1e-3, "ms");
	printf("\n");
	free(times);
	return 0;
}
