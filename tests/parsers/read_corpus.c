/* Reads corpus rows (id, phone, text, …) from stdin and prints one JSON reading per line.
 *
 * read_corpus [explain|replies] [bench N]: explain tells why on stderr, replies puts the answer
 * that goes back into the JSON, bench reads all rows N times over and prints readings per second
 * instead, and what the reply and the JSON take on top.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "flows/reply/catalogue.h"
#include "flows/reply/reply.h"
#include "flows/report/reading_json.h"
#include "gateway/data/config_messages.h"
#include "parsers/text/error.h"
#include "tests/parsers/corpus_world.h"

#define ROWS_MAX   20000
#define BENCH_RUNS 5

struct row {
	char *phone, *text;
};

static size_t rows_read(struct row *rows)
{
	char *line = NULL;
	size_t room = 0, count = 0;

	while (getline(&line, &room, stdin) > 0 && count < ROWS_MAX) {
		char *rest = line, *id = strsep(&rest, "\t"), *phone = strsep(&rest, "\t");
		char *text = strsep(&rest, "\t\n");

		if (!text || *id == '#')
			continue;
		rows[count].phone = xstrdup(phone);
		rows[count++].text = corpus_unescape(text);
	}
	free(line);
	return count;
}

static struct catalogue *catalogue_load(void)
{
	const char *top = getenv("top_srcdir");
	char *directory = xasprintf("%s/conf/messages", top ? top : ".");
	struct catalogue *catalogue = catalogue_new();
	struct config_errors *errors = config_errors_new();

	if (config_messages_read(catalogue, directory, errors) != OK) {
		config_errors_print(errors, stderr);
		exit(1);
	}
	config_errors_free(errors);
	free(directory);
	return catalogue;
}

/* catalogue NULL: without what goes back. */
static void print_all(struct corpus_world *world, const struct row *rows, size_t count,
	bool explain, struct catalogue *catalogue)
{
	struct scratch *scratch = scratch_new();
	struct reading *reading = xcalloc(1, sizeof(*reading));

	for (size_t i = 0; i < count; i++) {
		struct arena *arena = arena_new();
		struct read_context context = corpus_context(world, rows[i].phone);
		struct strbuf why = {0};
		const char *reply = NULL;
		char *json;

		context.explain = explain ? &why : NULL;
		reader_read(corpus_reader(world), scratch, arena, &context, rows[i].text, reading);
		if (explain)
			fprintf(stderr, "%s\n%s\n", rows[i].text, why.text ? why.text : "");
		if (catalogue) {
			struct reply_context about = {.catalogue = catalogue,
				.places = context.places, .reader = corpus_reader(world),
				.sender = context.sender, .arena = arena, .now = context.now};

			reply = reply_compose(&about, reading);
		}
		json = reading_json(reading, reply);
		puts(json);
		free(json);
		strbuf_free(&why);
		arena_free(arena);
	}
	free(reading);
	scratch_free(scratch);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* What is done with each message, each stage after those before it. */
enum stage { STAGE_READ, STAGE_REPLY, STAGE_JSON, STAGE_COUNT };

struct bench {
	const struct reader *reader;
	struct catalogue *catalogue;
	struct read_context *contexts; /* whoever speaks was looked up before */
	struct sender *senders;
	const struct row *rows;
	size_t count;
	struct scratch *scratch;
	struct arena *arena;
	struct reading *reading;
};

static void bench_row(struct bench *bench, size_t i, enum stage last)
{
	const struct read_context *context = &bench->contexts[i];
	struct reply_context reply = {.catalogue = bench->catalogue, .places = context->places,
		.reader = bench->reader, .sender = context->sender, .arena = bench->arena,
		.now = context->now};
	const char *text = NULL;

	reader_read(bench->reader, bench->scratch, bench->arena, context, bench->rows[i].text,
		bench->reading);
	if (last >= STAGE_REPLY)
		text = reply_compose(&reply, bench->reading);
	if (last >= STAGE_JSON)
		free(reading_json(bench->reading, text));
	arena_reset(bench->arena);
}

/* Microseconds of processor time for one message. */
static double bench_run(struct bench *bench, int rounds, enum stage last)
{
	double start = seconds();

	for (int t = 0; t < rounds; t++) {
		for (size_t i = 0; i < bench->count; i++)
			bench_row(bench, i, last);
	}
	return (seconds() - start) * 1e6 / ((double)bench->count * rounds);
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The stages take turns, so that a busy machine slows all of them alike. */
static void bench_stages(struct bench *bench, int rounds)
{
	double took[STAGE_COUNT][BENCH_RUNS], *read = took[STAGE_READ];
	size_t middle = BENCH_RUNS / 2;

	bench_run(bench, 1, STAGE_JSON);
	for (size_t run = 0; run < BENCH_RUNS; run++) {
		for (int stage = 0; stage < STAGE_COUNT; stage++)
			took[stage][run] = bench_run(bench, rounds, (enum stage)stage);
	}
	for (int stage = 0; stage < STAGE_COUNT; stage++)
		qsort(took[stage], BENCH_RUNS, sizeof(double), by_size);
	printf("%.0f readings per second on one core, %.1f us each "
	       "(median of %d runs; best %.1f us); reply +%.1f us, JSON +%.1f us\n",
		1e6 / read[middle], read[middle], BENCH_RUNS, read[0],
		took[STAGE_REPLY][middle] - read[middle],
		took[STAGE_JSON][middle] - took[STAGE_REPLY][middle]);
}

static void bench(struct corpus_world *world, const struct row *rows, size_t count, int rounds)
{
	struct bench bench = {.reader = corpus_reader(world),
		.catalogue = catalogue_load(),
		.contexts = xcalloc(count, sizeof(*bench.contexts)),
		.senders = xcalloc(count, sizeof(*bench.senders)),
		.rows = rows,
		.count = count,
		.scratch = scratch_new(),
		.arena = arena_new(),
		.reading = xcalloc(1, sizeof(*bench.reading))};

	for (size_t i = 0; i < count; i++) {
		bench.contexts[i] = corpus_context(world, rows[i].phone);
		bench.senders[i] = *bench.contexts[i].sender;
		bench.contexts[i].sender = &bench.senders[i];
	}
	bench_stages(&bench, rounds);
	catalogue_free(bench.catalogue);
	free(bench.contexts);
	free(bench.senders);
	free(bench.reading);
	arena_free(bench.arena);
	scratch_free(bench.scratch);
}

int main(int argc, char **argv)
{
	struct row *rows = xcalloc(ROWS_MAX, sizeof(*rows));
	struct corpus_world *world = corpus_world_new(NULL);
	struct catalogue *catalogue =
		argc > 1 && strcmp(argv[1], "replies") == 0 ? catalogue_load() : NULL;
	size_t count = rows_read(rows);

	if (argc > 2 && strcmp(argv[1], "bench") == 0)
		bench(world, rows, count, atoi(argv[2]));
	else
		print_all(world, rows, count, argc > 1 && strcmp(argv[1], "explain") == 0,
			catalogue);
	catalogue_free(catalogue);
	for (size_t i = 0; i < count; i++) {
		free(rows[i].phone);
		free(rows[i].text);
	}
	free(rows);
	corpus_world_free(world);
	return 0;
}
