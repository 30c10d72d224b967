/* Latencies of a load: see smsc_latency.h. */
#include "tools/smsc/smsc_latency.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int64_t latency_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static double percentile(const int64_t *sorted, size_t count, double part)
{
	return (double)sorted[(size_t)((double)(count - 1) * part)] / 1000;
}

void latency_print(const char *name, int64_t *microseconds, size_t count)
{
	if (count == 0)
		return;
	qsort(microseconds, count, sizeof(*microseconds), compare);
	printf("%s p50=%.2f p95=%.2f p99=%.2f max=%.2f\n", name,
		percentile(microseconds, count, 0.5), percentile(microseconds, count, 0.95),
		percentile(microseconds, count, 0.99), percentile(microseconds, count, 1));
}
