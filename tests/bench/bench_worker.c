/* Measures the worker alone, without sockets: batches of reports in mixed styles, each batch with
 * the results and proofs of the one before it. What it costs is told by report.
 * usage: bench_worker CONF FILE.db FIRST COUNT BATCH [SENDERS [WARM]]
 * WARM: messages before those that are measured; with as many as there are senders all are known.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
#else
#define CALLGRIND_START_INSTRUMENTATION
#define CALLGRIND_STOP_INSTRUMENTATION
#endif

#include "gateway/config/config_load.h"
#include "gateway/os/clock.h"
#include "gateway/work/worker.h"
#include "store/driver/driver.h"
#include "tests/bench/bench_reports.h"
#include "tests/bench/bench_times.h"

struct bench {
	struct worker *worker;
	struct item *next, **tail; /* of the next batch: results and proofs */
	long replies, reports;
};

static void give(struct bench *bench, struct item *item)
{
	*bench->tail = item;
	bench->tail = &item->next;
}

static struct item *message_of(long number, long senders)
{
	struct pdu_message message = {.source = {.ton = 1, .npi = 1}};
	struct deliver deliver = {.link = "bench",
		.generation = 1,
		.sequence = (uint32_t)number,
		.message = &message};
	char text[200], phone[20];
	struct tlv_list tlvs = {0};

	bench_text(number, text);
	bench_phone(number % senders, phone);
	(void)copy_string(message.source.digits, sizeof(message.source.digits), phone + 1);
	(void)copy_string(message.destination.digits, sizeof(message.destination.digits), "2255");
	message.octets = (const unsigned char *)text;
	message.length = strlen(text);
	deliver.tlvs = &tlvs;
	deliver.received_ms = clock_now();
	return item_new_message(&deliver, ALPHABET_GSM7);
}

/* The operator takes each reply and shows that it has our ROK. */
static void settle(struct bench *bench, struct item *items, struct outgoing *out)
{
	char id[32];

	for (struct item *item = items; item; item = item->next) {
		if (item->kind == ITEM_MESSAGE)
			must(item->verdict == VERDICT_OK ? OK : ERR_STATE, "verdict");
		bench->reports += item->kind == ITEM_MESSAGE && item->ref[0] != '\0';
		if (item->kind == ITEM_MESSAGE)
			give(bench, item_new_proven("bench", item->digest));
	}
	for (struct outgoing *one = out; one; one = one->next) {
		snprintf(id, sizeof(id), "%08llx", (unsigned long long)one->id);
		give(bench, item_new_result("bench", one->id, "sent", id, 0));
		bench->replies++;
	}
}

static void run(struct bench *bench, long first, long count, long batch, long senders)
{
	for (long done = 0; done < count; done += batch) {
		struct outgoing *out = NULL;
		struct item *items;

		for (long i = 0; i < batch; i++)
			give(bench, message_of(first + done + i, senders));
		items = bench->next;
		bench->next = NULL;
		bench->tail = &bench->next;
		must(worker_step(bench->worker, items, &out), "step");
		settle(bench, items, out);
		item_free_list(items);
		outgoing_free_list(out);
	}
}

/* By its name a profiler finds what is measured; valgrind --tool=callgrind --instr-atstart=no
 * --separate-threads=yes counts nothing else. */
static __attribute__((noinline)) void measure(
	struct bench *bench, long first, long count, long batch, long senders)
{
	CALLGRIND_START_INSTRUMENTATION;
	run(bench, first, count, batch, senders);
	CALLGRIND_STOP_INSTRUMENTATION;
}

int main(int argc, char **argv)
{
	struct config_errors *errors = config_errors_new();
	struct store_options options = {.driver = "sqlite"};
	struct bench bench = {.tail = &bench.next};
	struct config *config;
	struct store *store;
	struct crash *crash;
	struct store_work before, after;
	double wall, cpu, own;
	char path[300], key[300];
	long first, count, batch, senders, warm;

	if (argc < 6)
		return 2;
	options.path = argv[2];
	snprintf(key, sizeof(key), "%s.key", argv[2]); /* as kabard has it */
	options.key = key;
	first = atol(argv[3]);
	count = atol(argv[4]);
	batch = atol(argv[5]);
	senders = argc > 6 ? atol(argv[6]) : BENCH_SENDERS;
	warm = argc > 7 ? atol(argv[7]) : batch;
	must(config_load(&config, argv[1], errors), argv[1]);
	config->main.flow.replies_per_sender_per_day = config->main.flow.replies_per_day =
		100000000;
	must(store_open(&store, &options, NULL), argv[2]);
	snprintf(path, sizeof(path), "%s.crash", argv[2]);
	must(crash_open(&crash, path), path);
	bench.worker = worker_new(&(struct worker_setup){.store = store,
		.crash = crash,
		.config = {.reader = config->reader,
			.catalogue = config->catalogue,
			.settings = &config->main.flow,
			.menus = config->menus,
			.redelivery = 86400,
			.parts = 86400,
			.part_gap = 3600}});
	run(&bench, first, warm, batch, senders);
	bench.reports = bench.replies = 0;
	store_work(store, &before);
	wall = seconds(CLOCK_MONOTONIC);
	cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
	own = seconds(CLOCK_THREAD_CPUTIME_ID);
	measure(&bench, first + warm, count, batch, senders);
	wall = seconds(CLOCK_MONOTONIC) - wall;
	cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
	own = seconds(CLOCK_THREAD_CPUTIME_ID) - own;
	store_work(store, &after);
	printf("batch %ld: %ld messages, %ld with a report, %ld replies: per message %.1f us, "
	       "%.1f us CPU (%.1f of the worker's thread), %.2f pages, %.2f rows\n",
		batch, count, bench.reports, bench.replies, wall * 1e6 / (double)count,
		cpu * 1e6 / (double)count, own * 1e6 / (double)count,
		(double)(after.pages - before.pages) / (double)count,
		(double)(after.rows - before.rows) / (double)count);
	item_free_list(bench.next);
	worker_free(bench.worker);
	crash_close(crash);
	store_close(store);
	config_unref(config);
	config_errors_free(errors);
	return 0;
}
