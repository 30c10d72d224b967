/* Measures what a child's weighing costs beside a birth, and what the prevalence of a kabupaten
 * costs with so many children weighed for so many months: the worker alone, then questions through
 * reader, flow and store.
 * usage: bench_care CONF STORE PLACES CHILDREN MONTHS BIRTHS [ASKED [STORED]]
 * STORE: a file, or a conninfo of PostgreSQL; PLACES: posyandu, each with a kader of bench_phone();
 * STORED: so many months are in the store, of an earlier run.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flows/flow.h"
#include "gateway/config/config_load.h"
#include "gateway/os/clock.h"
#include "gateway/work/worker.h"
#include "store/driver/driver.h"
#include "store/message/inbound.h"
#include "store/people/person.h"
#include "store/statement/query.h"
#include "tests/bench/bench_reports.h"
#include "tests/bench/bench_times.h"

#define BATCH  100
#define RUNS   500
#define TURNS  4
#define BEGIN  1704855600 /* 2024-01-10 10:00 WIB */
#define DAY    86400
#define FAR    1000000 /* births of another run have other numbers */
#define DINKES "+6289911000001" /* asks about her kabupaten */

struct bench {
	struct worker *worker;
	struct store *store;
	const struct config *config;
	struct item *next, **tail; /* of the next batch: results and proofs */
	long sequence, count, reports;
	const char *name;
	double cpu, folding, slice_most; /* of the processor */
	bool folds;
	long slices;
	struct store_work work;
};

static void give(struct bench *bench, struct item *item)
{
	*bench->tail = item;
	bench->tail = &item->next;
}

static void say(struct bench *bench, const char *phone, const char *text)
{
	struct pdu_message message = {.source = {.ton = 1, .npi = 1}};
	struct tlv_list tlvs = {0};
	struct deliver deliver = {.link = "bench",
		.generation = 1,
		.sequence = (uint32_t)++bench->sequence,
		.message = &message,
		.tlvs = &tlvs,
		.received_ms = clock_now()};

	(void)copy_string(message.source.digits, sizeof(message.source.digits), phone + 1);
	(void)copy_string(message.destination.digits, sizeof(message.destination.digits), "2255");
	message.octets = (const unsigned char *)text;
	message.length = strlen(text);
	give(bench, item_new_message(&deliver, ALPHABET_GSM7));
	bench->count++;
}

/* The operator takes each reply and shows that it has our ROK. */
static void settle(struct bench *bench, const struct item *items, const struct outgoing *out)
{
	char id[32];

	for (const struct item *item = items; item; item = item->next) {
		if (item->kind != ITEM_MESSAGE)
			continue;
		must(item->verdict == VERDICT_OK ? OK : ERR_STATE, "verdict");
		bench->reports += item->ref[0] != '\0';
		give(bench, item_new_proven("bench", item->digest));
	}
	for (const struct outgoing *one = out; one; one = one->next) {
		snprintf(id, sizeof(id), "%08llx", (unsigned long long)one->id);
		give(bench, item_new_result("bench", one->id, "sent", id, 0));
	}
}

/* By its name a profiler finds what is measured. */
static __attribute__((noinline)) void measure(
	struct bench *bench, struct item *items, struct outgoing **out)
{
	must(worker_step(bench->worker, items, out), "step");
}

/* What other threads of kabard do beside the worker. */
static void sync_as_kabard(struct bench *bench)
{
	if (!store_syncs_later(bench->store))
		return;
	must(store_sync(bench->store), "sync");
	store_relieve(bench->store);
}

static void fold_some(struct bench *bench)
{
	double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);

	must(store_fold_some(bench->store, &bench->folds), "fold");
	cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
	bench->slices++;
	bench->folding += cpu;
	bench->slice_most = cpu > bench->slice_most ? cpu : bench->slice_most;
}

/* A long log slice by slice, one behind each batch. */
static void fold_as_kabard(struct bench *bench)
{
	bench->folds |= store_fold_due(bench->store);
	if (bench->folds)
		fold_some(bench);
}

/* What is left in the log is of this part. */
static void fold_rest(struct bench *bench)
{
	double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);

	do
		fold_some(bench);
	while (bench->folds);
	sync_as_kabard(bench);
	bench->cpu += seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
}

static void batch_end(struct bench *bench)
{
	struct item *items = bench->next;
	struct outgoing *out = NULL;
	double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);

	bench->next = NULL;
	bench->tail = &bench->next;
	measure(bench, items, &out);
	sync_as_kabard(bench);
	fold_as_kabard(bench);
	bench->cpu += seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
	settle(bench, items, out);
	item_free_list(items);
	outgoing_free_list(out);
	clock_advance(1000);
}

static void part_begin(struct bench *bench, const char *name)
{
	bench->name = name;
	bench->count = bench->reports = bench->slices = 0;
	bench->cpu = bench->folding = bench->slice_most = 0;
	store_work(bench->store, &bench->work);
}

/* Processor time of a message in microseconds. */
static double part_end(struct bench *bench)
{
	struct store_work now;
	double count = (double)bench->count;

	store_work(bench->store, &now);
	printf("%-12s %7ld messages, %ld with a report: per message %.1f us CPU, %.2f rows, %.2f "
	       "pages\n",
		bench->name, bench->count, bench->reports, bench->cpu * 1e6 / count,
		(double)(now.rows - bench->work.rows) / count,
		(double)(now.pages - bench->work.pages) / count);
	if (bench->slices > 0)
		printf("%-12s %.1f us of them folding, in slices of %.1f ms, %.1f at most\n", "",
			bench->folding * 1e6 / count,
			bench->folding * 1e3 / (double)bench->slices, bench->slice_most * 1e3);
	fflush(stdout);
	return bench->cpu * 1e6 / count;
}

static void births(struct bench *bench, long first, long count, long places)
{
	char text[200], phone[20];

	for (long i = first; i < first + count; i++) {
		bench_text_on(i, clock_utc(), text);
		bench_phone(i % places, phone);
		say(bench, phone, text);
		if (i % BATCH == BATCH - 1)
			batch_end(bench);
	}
}

/* Length in centimetres and weight in kilos of a child, near the median of its age. */
static void body(long months, long child, double *length, double *weight)
{
	static const double lengths[] = {50, 67, 75.5, 82, 87.5, 92, 95.5, 99, 102.5, 106};
	static const double weights[] = {3.3, 7.8, 9.5, 10.8, 12, 13.2, 14.3, 15.2, 16.2, 17.2};
	long at = months / 6 > 8 ? 8 : months / 6;
	double part = (double)(months - 6 * at) / 6, small = 1 - 0.01 * (double)(child % 8);

	*length = (lengths[at] + part * (lengths[at + 1] - lengths[at])) * small;
	*weight = (weights[at] + part * (weights[at + 1] - weights[at])) * small * small * small;
}

/* "8,4" */
static void comma(double number, char out[16])
{
	snprintf(out, 16, "%.1f", number);
	out[strcspn(out, ".")] = ',';
}

static void weighing(long child, long month, char text[200])
{
	time_t born = BEGIN - DAY * (120 + child % 700);
	double length, weight;
	char name[32], kilos[16], metres[16], sex = child % 2 ? 'L' : 'P';
	struct tm at;
	int style = (int)(child % 3);

	gmtime_r(&born, &at);
	bench_name(child, name);
	body((120 + child % 700) / 30 + month, child, &length, &weight);
	comma(weight, kilos);
	comma(length, metres);
	if (month > 0)
		snprintf(text, 200,
			style == 0           ? "TIMBANG %s %s %s"
				: style == 1 ? "timbang %s bb %s tb %s"
					     : "Timbang anak %s BB %s kg TB %s cm",
			name, kilos, metres);
	else if (style == 0)
		snprintf(text, 200, "TIMBANG#%s#%c#%d/%d/%d#%s#%s", name, sex, at.tm_mday,
			at.tm_mon + 1, at.tm_year + 1900, kilos, metres);
	else
		snprintf(text, 200,
			style == 1 ? "timbang %s %c lahir %d/%d/%d bb %s tb %s"
				   : "Timbang anak %s jk %c lahir %d-%d-%d BB %s kg TB %s cm",
			name, sex, at.tm_mday, at.tm_mon + 1, at.tm_year + 1900, kilos, metres);
}

/* Many posyandu hold their day at once, and each kader sends child after child. */
static void weighings(struct bench *bench, long month, long first, long behind, long places)
{
	char text[200], phone[20];

	for (long i = first; i < behind; i++) {
		weighing(i, month, text);
		bench_phone(i % places, phone);
		say(bench, phone, text);
		if (i % BATCH == BATCH - 1)
			batch_end(bench);
	}
	if (bench->next)
		batch_end(bench);
}

static void session(struct bench *bench, long month, long children, long places)
{
	weighings(bench, month, 0, children, places);
	clock_advance(30LL * DAY * 1000);
}

/* What large batches left in the log of counts goes where it is counted, as it does a few seconds
 * after they came: no question waits for it. */
static void fold(struct bench *bench)
{
	double begin = seconds(CLOCK_MONOTONIC);

	must(store_fold(bench->store), "fold");
	printf("the log of counts folded in %.1f ms\n", (seconds(CLOCK_MONOTONIC) - begin) * 1e3);
}

/* Answered and forgotten. Beside the time that passed stands that of the processor, which the other
 * work of a machine does not disturb. */
static void ask(struct bench *bench, const char *text, int runs)
{
	static double times[RUNS], cpu[RUNS];
	struct gazetteer *places;
	struct flow flow = {.store = bench->store,
		.reader = bench->config->reader,
		.scratch = scratch_new(),
		.catalogue = bench->config->catalogue,
		.settings = &bench->config->main.flow,
		.menus = bench->config->menus,
		.arena = arena_new(),
		.now = clock_utc()};

	must(store_gazetteer_load(bench->store, &places), "places");
	flow.places = places;
	for (int i = 0; i < runs; i++) {
		struct flow_message message = {
			.link = "bench", .from = DINKES, .to = "2255", .text = text};
		struct inbound inbound = {.channel = "sms",
			.link = "bench",
			.source = DINKES,
			.destination = "2255",
			.octets = (const unsigned char *)text,
			.length = strlen(text),
			.received = flow.now,
			.text = text,
			.state = "received"};

		times[i] = seconds(CLOCK_MONOTONIC);
		cpu[i] = seconds(CLOCK_THREAD_CPUTIME_ID);
		must(store_batch_begin(flow.store), "begin");
		must(store_inbound_put(flow.store, &inbound, &message.inbound), "inbound");
		must(flow_handle(&flow, &message), "flow");
		cpu[i] = seconds(CLOCK_THREAD_CPUTIME_ID) - cpu[i];
		times[i] = seconds(CLOCK_MONOTONIC) - times[i];
		must(message.intent && strcmp(message.intent, "query") == 0 ? OK : ERR_SYNTAX,
			text);
		store_batch_rollback(flow.store);
		arena_reset(flow.arena);
	}
	printf("%-24s ", text);
	times_print(times, (size_t)runs, 1e-3, "ms");
	printf("  CPU ");
	times_print(cpu, (size_t)runs, 1e-3, "ms");
	printf("\n");
	arena_free(flow.arena);
	scratch_free(flow.scratch);
	gazetteer_free(places);
}

/* A report that waits costs more: none should. */
static void told(struct bench *bench)
{
	struct cursor cursor;

	cursor_open(&cursor, bench->store,
		"SELECT form, status, count(*) FROM reports GROUP BY form, status ORDER BY 1, 2",
		NULL, 0);
	while (cursor_next(&cursor) > 0)
		printf("%s %s: %lld\n", cursor_peek(&cursor, 0), cursor_peek(&cursor, 1),
			(long long)cursor_int(&cursor, 2));
	cursor_close(&cursor);
}

static void asked(struct bench *bench, int runs)
{
	static const char *const questions[] = {"JML STUNTING 03 2024", "JML STUNTING TW 1 2024",
		"JML STUNTING 2024", "JML GIZI BURUK 03 2024", "JML STUNTING PER DESA 03 2024",
		"JML STUNTING PER DESA TW 1 2024", "JML STUNTING PER DESA 2024"};

	for (size_t i = 0; runs > 0 && i < COUNT_OF(questions); i++)
		ask(bench, questions[i], runs);
}

static void told_all(struct bench *bench, double weigh, double birth)
{
	told(bench);
	printf("a weighing costs %.2f births\n", weigh / birth);
	fold(bench);
}

/* The month after those that are stored, once every phone is known to this process: in turns, so
 * that what else the machine does is borne by both. */
static void one_month(struct bench *bench, long places, long children, long stored, long born)
{
	long known = places - places % BATCH + BATCH;
	double birth = 0, weigh = 0;

	clock_advance(30LL * DAY * 1000 * stored);
	births(bench, stored * FAR, known, places);
	weighings(bench, stored, 0, known, places);
	fold_rest(bench);
	for (long i = 0; i < TURNS; i++) {
		part_begin(bench, "births");
		births(bench, stored * FAR + known + i * born / TURNS, born / TURNS, places);
		fold_rest(bench);
		birth += part_end(bench);
		part_begin(bench, "weighings");
		weighings(bench, stored, known + i * children / TURNS,
			known + (i + 1) * children / TURNS, places);
		fold_rest(bench);
		weigh += part_end(bench);
	}
	printf("a weighing %.1f us, a birth %.1f us\n", weigh / TURNS, birth / TURNS);
	told_all(bench, weigh, birth);
}

static void run(struct bench *bench, long places, long children, long months, long born)
{
	double birth, weigh;

	born /= 2;
	births(bench, 0, BATCH, places); /* warm */
	part_begin(bench, "births");
	births(bench, BATCH, born, places);
	birth = part_end(bench);
	part_begin(bench, "first");
	session(bench, 0, children, places);
	weigh = part_end(bench);
	part_begin(bench, "later");
	for (long month = 1; month < months; month++)
		session(bench, month, children, places);
	if (months > 1)
		weigh = (weigh + part_end(bench) * (double)(months - 1)) / (double)months;
	part_begin(bench, "births then"); /* in a store that holds as much */
	births(bench, BATCH + born, born, places);
	birth = (birth + part_end(bench)) / 2;
	told_all(bench, weigh, birth);
}

int main(int argc, char **argv)
{
	struct config_errors *errors = config_errors_new();
	struct store_options options = {.driver = "sqlite", .sync_later = true};
	struct bench bench = {.tail = &bench.next};
	struct config *config;
	struct crash *crash;
	char path[300], key[300];
	long stored;

	if (argc < 7)
		return 2;
	snprintf(key, sizeof(key), "%s.key", argv[1]);
	snprintf(path, sizeof(path), "%s.crash", argv[1]);
	options.key = key;
	if (strchr(argv[2], '=')) {
		options.driver = "postgres";
		options.conninfo = argv[2];
	} else {
		options.path = argv[2];
	}
	clock_freeze(BEGIN * 1000LL);
	must(config_load(&config, argv[1], errors), argv[1]);
	config->main.flow.replies_per_sender_per_day = config->main.flow.replies_per_day =
		100000000;
	bench.config = config;
	must(store_open(&bench.store, &options, NULL), argv[2]);
	must(crash_open(&crash, path), path);
	bench.worker = worker_new(&(struct worker_setup){.store = bench.store,
		.crash = crash,
		.config = {.reader = config->reader,
			.catalogue = config->catalogue,
			.settings = &config->main.flow,
			.menus = config->menus,
			.redelivery = DAY,
			.parts = DAY,
			.part_gap = 3600}});
	stored = argc > 8 ? atol(argv[8]) : 0;
	if (stored > 0)
		one_month(&bench, atol(argv[3]), atol(argv[4]), stored, atol(argv[6]));
	else
		run(&bench, atol(argv[3]), atol(argv[4]), atol(argv[5]), atol(argv[6]));
	asked(&bench, argc > 7 ? atoi(argv[7]) : RUNS);
	item_free_list(bench.next);
	worker_free(bench.worker);
	crash_close(crash);
	store_close(bench.store);
	config_unref(config);
	config_errors_free(errors);
	return 0;
}
