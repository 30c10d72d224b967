/* Times of a bench: see bench_times.h. */
#include "tests/bench/bench_times.h"

#include <stdio.h>
#include <stdlib.h>

#include "parsers/text/error.h"

void must(int error, const char *what)
{
	if (!error)
		return;
	fprintf(stderr, "%s: %s\n", what, error_text(error));
	exit(1);
}

double seconds(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int compare_double(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

void times_print(double *times, size_t count, double unit, const char *name)
{
	qsort(times, count, sizeof(*times), compare_double);
	printf("p50 %8.1f %s  p99 %8.1f %s  max %8.1f %s", times[count / 2] / unit, name,
		times[count * 99 / 100] / unit, name, times[count - 1] / unit, name);
}
