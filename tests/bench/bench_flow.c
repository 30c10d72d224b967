/* Measures questions as people ask them: a text through the reader, the flow and the store that
 * bench_store filled, in a transaction that is rolled back. usage: bench_flow CONF FILE.db
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flows/flow.h"
#include "gateway/config/config_load.h"
#include "store/message/inbound.h"
#include "store/people/person.h"
#include "tests/bench/bench_times.h"

#define NOW  1734663600 /* 2024-12-20 10:00 WIB */
#define RUNS 1000
#define WARM 50

static const struct {
	const char *phone, *role, *areas;
} people[] = {
	{"+6281200009001", "bidan", "35.03.01.2004"},
	{"+6281200009002", "dinkes", "35.03"},
	{"+6281200009003", "provinsi", "35"},
};

/* "%d": a month or a year, so that no two askings need be alike. */
static const char *const questions[] = {"JML LAHIR %02d 2023", "JML LAHIR 2023", "JML LAHIR",
	"REKAP POS %02d 2023", "REKAP 2023", "CAKUPAN ILP %02d 2023", "CAKUPAN D/S %02d 2023",
	"AKI 2023", "BBLR TW 2 2023", "BELUM LAPOR POS"};

static double times[RUNS], cpus[RUNS];

/* One question, answered and forgotten; what it took in seconds, by the clock and of the
 * processor. */
static void ask(struct flow *flow, const char *phone, const char *text, double *took, double *cpu)
{
	struct flow_message message = {.link = "bench", .from = phone, .to = "2255", .text = text};
	struct inbound inbound = {.channel = "sms",
		.link = "bench",
		.source = phone,
		.destination = "2255",
		.octets = (const unsigned char *)text,
		.length = strlen(text),
		.received = NOW,
		.text = text,
		.state = "received"};

	*took = seconds(CLOCK_MONOTONIC);
	*cpu = seconds(CLOCK_THREAD_CPUTIME_ID);
	must(store_batch_begin(flow->store), "begin");
	must(store_inbound_put(flow->store, &inbound, &message.inbound), "inbound");
	must(flow_handle(flow, &message), "flow");
	*took = seconds(CLOCK_MONOTONIC) - *took;
	*cpu = seconds(CLOCK_THREAD_CPUTIME_ID) - *cpu;
	must(message.intent && strcmp(message.intent, "query") == 0 ? OK : ERR_SYNTAX, text);
	store_batch_rollback(flow->store);
	arena_reset(flow->arena);
}

static void bench(struct flow *flow, size_t who, const char *question)
{
	char text[80];

	for (int i = -WARM; i < RUNS; i++) {
		double took, cpu;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		snprintf(text, sizeof(text), question, 1 + (i + WARM) % 12);
#pragma GCC diagnostic pop
		ask(flow, people[who].phone, text, &took, &cpu);
		if (i >= 0) {
			times[i] = took;
			cpus[i] = cpu;
		}
	}
	printf("%-8s %-22s ", people[who].role, question);
	times_print(times, RUNS, 1e-6, "us");
	printf("\n%-8s %-22s ", "", "  of the processor");
	times_print(cpus, RUNS, 1e-6, "us");
	printf("\n");
}

int main(int argc, char **argv)
{
	struct config_errors *errors = config_errors_new();
	struct store_options options = {.driver = "sqlite"};
	struct gazetteer *places;
	struct config *config;
	struct store *store;
	struct flow flow;
	int changed;

	if (argc != 3)
		return 2;
	options.path = argv[2];
	must(config_load(&config, argv[1], errors), argv[1]);
	config->main.flow.replies_per_sender_per_day = config->main.flow.replies_per_day = 1000000;
	must(store_open(&store, &options, NULL), argv[2]);
	for (size_t i = 0; i < COUNT_OF(people); i++) {
		struct person person = {.phone = people[i].phone,
			.name = "BENCH",
			.role = people[i].role,
			.areas = people[i].areas};

		must(store_person_put(store, &person, &changed), "person");
	}
	must(store_gazetteer_load(store, &places), "places");
	flow = (struct flow){.store = store,
		.reader = config->reader,
		.scratch = scratch_new(),
		.places = places,
		.catalogue = config->catalogue,
		.settings = &config->main.flow,
		.arena = arena_new(),
		.now = NOW};
	for (size_t who = 0; who < COUNT_OF(people); who++) {
		for (size_t i = 0; i < COUNT_OF(questions); i++)
			bench(&flow, who, questions[i]);
	}
	scratch_free(flow.scratch);
	arena_free(flow.arena);
	gazetteer_free(places);
	store_close(store);
	config_unref(config);
	config_errors_free(errors);
	return 0;
}
