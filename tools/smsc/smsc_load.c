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

#define QUIET_MS  15000 /* no answer for so long: something is lost */
#define BEAT_MS   1
#define LOAD_TEXT 200

static struct {
	struct simulation *simulation;
	long queued, accepted, refused, replies;
	int64_t *latencies; /* microseconds, of acknowledgements */
	int64_t *sent_us, *answers; /* by sender; of replies */
	long answered;
	struct timer beat;
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

/* Names that no two numbers share; those of one phone are as little alike as others. */
static void load_name(long number, char out[32])
{
	static const char *const syllables[20] = {"SI", "TI", "RA", "NI", "DE", "WI", "SU", "MA",
		"YA", "LI", "PU", "TRI", "AN", "EN", "KA", "LA", "RU", "MI", "NA", "TU"};
	unsigned long mixed = (unsigned long)number * 7919 % 25600000;
	size_t length = 0;

	for (int i = 0; i < 6; i++) {
		length += (size_t)snprintf(out + length, 32 - length, "%s%s", i == 3 ? " " : "",
			syllables[mixed / 1280000]);
		mixed = mixed % 1280000 * 20;
	}
}

/* As people write, in four styles. */
static void load_text(long number, char out[LOAD_TEXT])
{
	/* a phone's next report is of another day */
	time_t day = time(NULL) - 86400 * (1 + (number + number / 10000 * 7) % 20);
	long age = 20 + number % 15, weight = 2500 + number * 37 % 1500, length = 46 + number % 6;
	char sex = number % 2 ? 'L' : 'P', name[32];
	struct tm at;

	localtime_r(&day, &at);
	load_name(number, name);
	switch (number % 4) {
	case 0:
		snprintf(out, LOAD_TEXT, "LAHIR#%s#%ld#%d/%d/%d#%c#%ld#%ld#PKM#BIDAN#HIDUP", name,
			age, at.tm_mday, at.tm_mon + 1, at.tm_year + 1900, sex, weight, length);
		break;
	case 1:
		snprintf(out, LOAD_TEXT, "L %s %ld %d/%d %c %ld %ld pkm bidan hidup", name, age,
			at.tm_mday, at.tm_mon + 1, sex, weight, length);
		break;
	case 2:
		snprintf(out, LOAD_TEXT,
			"Lahir ibu %s umur %ld tgl %d-%d-%d jk %c bb %ld pb %ld tempat pkm "
			"penolong bidan hidup",
			name, age, at.tm_mday, at.tm_mon + 1, at.tm_year + 1900, sex, weight,
			length);
		break;
	default:
		snprintf(out, LOAD_TEXT,
			"LHR, %s, %ld, %d.%d.%02d, %s, %ld, %ld, PKM, BIDAN, HIDUP",
			name, age, at.tm_mday, at.tm_mon + 1, at.tm_year % 100,
			sex == 'L' ? "laki" : "perempuan", weight, length);
	}
}

static void load_queue_one(void)
{
	struct simulation *simulation = load.simulation;
	char from[32], text[LOAD_TEXT];

	if (load.queued == simulation->load)
		return;
	snprintf(from, sizeof(from), "%s%04ld", simulation->first_sender,
		load.queued % simulation->senders);
	load_text(simulation->first + load.queued, text);
	load.sent_us[load.queued % simulation->senders] = latency_now();
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
	latency_print("reply_ms", load.answers, (size_t)load.answered);
	if (load.simulation->pid_file != NULL)
		printf("cpu_us_per_report=%.0f\n", cpu * 1e6 / (double)load.accepted);
}

static void load_end(void)
{
	bool whole =
		load.accepted == load.simulation->load && load.replies >= load.simulation->load;

	load.ended = true;
	timer_cancel(&load.quiet);
	timer_cancel(&load.beat);
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

/* As many messages as the rate asks since the start, whatever became of those before. */
static void load_on_beat(void *context)
{
	int64_t due = (latency_now() - load.start_us) * load.simulation->rate / 1000000;

	(void)context;
	while (load.queued < due && load.queued < load.simulation->load)
		load_queue_one();
	timer_arm(&load.beat, BEAT_MS);
}

static int load_start(struct simulation *simulation)
{
	load.simulation = simulation;
	load.latencies = xcalloc((size_t)simulation->load, sizeof(*load.latencies));
	load.answers = xcalloc((size_t)simulation->load, sizeof(*load.answers));
	load.sent_us = xcalloc((size_t)simulation->senders, sizeof(*load.sent_us));
	timer_init(&load.quiet, load_on_quiet, NULL);
	timer_init(&load.beat, load_on_beat, NULL);
	timer_arm(&load.quiet, QUIET_MS);
	return OK;
}

static void load_stop(void)
{
	timer_cancel(&load.quiet);
	timer_cancel(&load.beat);
	free(load.latencies);
	free(load.answers);
	free(load.sent_us);
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
	if (load.simulation->rate > 0) {
		timer_arm(&load.beat, BEAT_MS);
		return;
	}
	for (size_t i = 0; i < 2 * load.simulation->window; i++)
		load_queue_one();
}

static void load_on_message(const char *to, const char *text)
{
	size_t length = strlen(to);
	long sender = length > 4 ? strtol(to + length - 4, NULL, 10) : -1;

	(void)text;
	load.replies++;
	load.replied_us = latency_now();
	if (sender >= 0 && sender < load.simulation->senders && load.sent_us[sender] != 0 &&
		load.answered < load.simulation->load) {
		load.answers[load.answered++] = load.replied_us - load.sent_us[sender];
		load.sent_us[sender] = 0;
	}
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
		if (load.simulation->rate == 0)
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
