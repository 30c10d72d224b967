/* Histograms of times: see histogram.h. */
#include "gateway/os/histogram.h"

#include <stdatomic.h>

#define BOUNDS 15

static const int64_t bounds[BOUNDS] = {
	1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 60000, 300000};

static const struct {
	const char *name, *help;
} names[HISTOGRAMS] = {
	[HISTOGRAM_ACK] = {"acknowledgement",
		"a message read from the socket until its deliver_sm_resp"},
	[HISTOGRAM_REPLY] = {"reply", "an answer composed until the operator has taken it"},
	[HISTOGRAM_BATCH] = {"batch", "a transaction from its begin to its end"},
	[HISTOGRAM_COMMIT] = {"commit", "a commit until it is durable"},
};

static struct {
	_Atomic uint64_t counts[BOUNDS + 1]; /* the last: above all bounds */
	_Atomic uint64_t sum;                /* ms */
} all[HISTOGRAMS];

void histogram_note(enum histogram histogram, int64_t ms)
{
	size_t i = 0;

	while (i < BOUNDS && ms > bounds[i])
		i++;
	atomic_fetch_add_explicit(&all[histogram].counts[i], 1, memory_order_relaxed);
	if (ms > 0)
		atomic_fetch_add_explicit(&all[histogram].sum, (uint64_t)ms, memory_order_relaxed);
}

static void print_one(enum histogram histogram, struct strbuf *out)
{
	const char *name = names[histogram].name;
	uint64_t count = 0;

	strbuf_printf(out, "# HELP kabar_%s_seconds %s\n# TYPE kabar_%s_seconds histogram\n", name,
		names[histogram].help, name);
	for (size_t i = 0; i <= BOUNDS; i++) {
		count += atomic_load(&all[histogram].counts[i]);
		if (i < BOUNDS)
			strbuf_printf(out, "kabar_%s_seconds_bucket{le=\"%g\"} %llu\n", name,
				(double)bounds[i] / 1000.0, (unsigned long long)count);
	}
	strbuf_printf(out,
		"kabar_%s_seconds_bucket{le=\"+Inf\"} %llu\nkabar_%s_seconds_sum %.3f\n"
		"kabar_%s_seconds_count %llu\n",
		name, (unsigned long long)count, name,
		(double)atomic_load(&all[histogram].sum) / 1000.0, name, (unsigned long long)count);
}

void histogram_print(struct strbuf *out)
{
	for (size_t i = 0; i < HISTOGRAMS; i++)
		print_one((enum histogram)i, out);
}
