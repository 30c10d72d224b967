/* kabar-smsc as a load: many birth reports at once, and how fast they are acknowledged and
 * answered.
 *
 * Each report is another mother, so that none is a duplicate. What it prints is key=value, for
 * people and scripts alike; how many rows are durable must be counted in the store.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "gateway/os/timer.h"
#include "gateway/smpp/smpp_codes.h"
#include "tools/smsc/smsc_latency.h"
#include "tools/smsc/smsc_modes.h"

#define QUIET_MS 15000 /* no answer for so long: something is lost */

static struct {
	struct simulation *simulation;
	long queued, accepted, refused, replies;
	int64_t *latencies; /* microseconds, by cookie - 1 */
	int64_t start_us, accepted_us, replied_us;
	double cpu_start;
	struct timer quiet;
	bool ended; /* what comes now came too late for the report */
} load;

/* Seconds of CPU that a process has used so far; 0 when that cannot be read. */
static double cpu_of(const char *pid_file)
{
	char path[64], line[1024] = "", *after;
	unsigned long user = 0, system = 0;
	FILE *file = pid_file == NULL ? NULL : fopen(pid_file, "re");
	long pid = 0;

	if (file == NULL)
		return 0;
	if (fscanf(file, "%ld", &pid) != 1)
		pid = 0;
	fclose(file);
	snprintf(path, sizeof(path), "/proc/%ld/stat", pid);
	file = fopen(path, "re");
	if (file == NULL)
		return 0;
	if (fgets(line, sizeof(line), file) != NULL && (after = strrchr(line, ')')) != NULL &&
		sscanf(after, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
			&system) != 2)
		user = system = 0;
	fclose(file);
	return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

/* Names that no two numbers share: four syllables make 160,000, the second word goes on from there.
 */
static void load_name(long number, char out[32])
{
	static const char *const syllables[20] = {"SI", "TI", "RA", "NI", "DE", "WI", "SU", "MA",
		"YA", "LI", "PU", "TRI", "AN", "EN", "KA", "LA", "RU", "MI", "NA", "TU"};
	unsigned long mixed = (unsigned long)number * 7919 % 25600000;
	size_t length = 0;

	for (int i = 0; i < 6; i++) {
		length += (size_t)snprintf(out + length, 32 - length, "%s%s", i == 3 ? " " : "",
			syllables[mixed % 20]);
		mixed /= 20;
	}
}

static void load_text(long number, char out[160])
{
	char name[32];
	time_t day = time(NULL) - 86400 * (1 + number % 20);
	struct tm local;

	localtime_r(&day, &local);
	load_name(number, name);
	snprintf(out, 160, "LAHIR#%s#%ld#%d/%d/%d#%c#%ld#%ld#PKM#BIDAN#HIDUP", name,
		20 + number % 15, local.tm_mday, local.tm_mon + 1, local.tm_year + 1900,
		number % 2 ? 'L' : 'P', 2500 + number * 37 % 1500, 46 + number % 6);
}

static void load_queue_one(void)
{
	struct simulation *simulation = load.simulation;
	char from[32], text[160];

	if (load.queued == simulation->load)
		return;
	snprintf(from, sizeof(from), "%s%04ld", simulation->first_sender,
		load.queued % simulation->senders);
	load_text(load.queued, text);
	load.queued++;
	if (phones_write(simulation->phones, from, text, (uint64_t)load.queued) != OK) {
		fprintf(stderr, "kabar-smsc: %s cannot write %s\n", from, text);
		simulation_end(simulation, 2);
	}
}

static void load_report(void)
{
	double accepting = (double)(load.accepted_us - load.start_us) / 1e6;
	double replying = (double)(load.replied_us - load.start_us) / 1e6;
	double cpu = cpu_of(load.simulation->pid_file) - load.cpu_start;

	printf("messages=%ld accepted=%ld refused=%ld replies=%ld\n", load.simulation->load,
		load.accepted, load.refused, load.replies);
	if (load.accepted == 0)
		return;
	printf("accepted_per_s=%.0f replies_per_s=%.0f\n", (double)load.accepted / accepting,
		replying > 0 ? (double)load.replies / replying : 0.0);
	latency_print("rok_ms", load.latencies, (size_t)load.accepted);
	if (load.simulation->pid_file != NULL)
		printf("cpu_us_per_report=%.0f\n", cpu * 1e6 / (double)load.accepted);
}

static void load_end(void)
{
	bool whole =
		load.accepted == load.simulation->load && load.replies >= load.simulation->load;

	load.ended = true;
	timer_cancel(&load.quiet);
	load_report();
	simulation_end(load.simulation, whole ? 0 : 1);
}

static void load_on_quiet(void *context)
{
	(void)context;
	fprintf(stderr, "kabar-smsc: nothing came for %d s\n", QUIET_MS / 1000);
	load_end();
}

static void load_moved(void)
{
	if (load.ended)
		return;
	timer_arm(&load.quiet, QUIET_MS);
	if (load.accepted == load.simulation->load && load.replies >= load.simulation->load)
		load_end();
}

static int load_start(struct simulation *simulation)
{
	load.simulation = simulation;
	load.latencies = xcalloc((size_t)simulation->load, sizeof(*load.latencies));
	timer_init(&load.quiet, load_on_quiet, NULL);
	timer_arm(&load.quiet, QUIET_MS);
	return OK;
}

static void load_stop(void)
{
	timer_cancel(&load.quiet);
	free(load.latencies);
}

static void load_on_event(const char *text)
{
	fprintf(stderr, "kabar-smsc: %s\n", text);
}

/* Starts with the first client; the window is kept full by two waiting messages per answer slot. */
static void load_on_receivers(size_t count)
{
	if (count == 0 || load.start_us != 0)
		return;
	load.start_us = latency_now();
	load.cpu_start = cpu_of(load.simulation->pid_file);
	for (size_t i = 0; i < 2 * load.simulation->window; i++)
		load_queue_one();
}

static void load_on_message(const char *to, const char *text)
{
	(void)to;
	(void)text;
	load.replies++;
	load.replied_us = latency_now();
	load_moved();
}

static void load_on_answer(uint64_t cookie, uint32_t status, int64_t latency_us)
{
	(void)cookie;
	if (status != ESME_ROK) {
		load.refused++;
	} else {
		load.latencies[load.accepted++] = latency_us;
		load.accepted_us = latency_now();
		load_queue_one();
	}
	load_moved();
}

const struct smsc_mode smsc_load = {
	.start = load_start,
	.stop = load_stop,
	.on_event = load_on_event,
	.on_receivers = load_on_receivers,
	.on_message = load_on_message,
	.on_answer = load_on_answer,
};
