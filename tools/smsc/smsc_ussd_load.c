/* kabar-smsc as a load of USSD: many sessions open at once, a steady rate of steps, and how soon
 * the screens come.
 *
 * Each phone reports delivery after delivery; it answers when its turn comes round. A step is
 * measured from deliver_sm until its screen is here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gateway/os/timer.h"
#include "gateway/smpp/smpp_codes.h"
#include "tools/smsc/smsc_latency.h"
#include "tools/smsc/smsc_modes.h"

#define QUIET_MS 10000
#define BEAT_MS	 5

static const char *const answers[] = {
	"1", NULL /* a name */, "28", "1", "1", "1", "3200", "0", "4", "2", "1", "1"};

struct load_phone {
	char number[24];
	unsigned at; /* the next answer; 0: dials */
	unsigned round;
	int64_t sent_us; /* 0: its screen is here */
};

static struct {
	struct simulation *simulation;
	struct load_phone *phones;
	long steps, done, refused, late, turn, open;
	int64_t *latencies;
	int64_t start_us;
	bool measured; /* all sessions are open: from now on steps count */
	struct timer beat, quiet;
} load;

static void load_end(void)
{
	double seconds = (double)(latency_now() - load.start_us) / 1e6;

	timer_cancel(&load.beat);
	timer_cancel(&load.quiet);
	printf("sessions=%ld steps=%ld refused=%ld not_ready=%ld\n", load.open, load.done,
		load.refused, load.late);
	if (load.done > 0) {
		printf("steps_per_s=%.0f\n", (double)load.done / seconds);
		latency_print("screen_ms", load.latencies, (size_t)load.done);
	}
	simulation_end(load.simulation, load.done >= load.simulation->load ? 0 : 1);
}

static void on_quiet(void *context)
{
	(void)context;
	fprintf(stderr, "kabar-smsc: nothing came for %d s\n", QUIET_MS / 1000);
	load_end();
}

/* Two words that are another mother's each time. */
static const char *name_of(const struct load_phone *phone)
{
	static const char letters[] = "BCDFGHJKLMNPRSTW";
	static char name[32];
	unsigned long mixed = (unsigned long)(phone - load.phones) * 64 + phone->round;
	size_t length = 0;

	for (int i = 0; i < 6; i++, mixed /= 16)
		length += (size_t)snprintf(name + length, sizeof(name) - length, "%s%c%c",
			i == 3 ? " " : "", letters[mixed % 16], "AIUE"[mixed % 4]);
	return name;
}

static void phone_step(struct load_phone *phone)
{
	const char *text = phone->at == 0 ? "*355#" : answers[phone->at - 1];

	if (text == NULL)
		text = name_of(phone);
	phone->sent_us = latency_now();
	if (phone->at++ == 0)
		phone->round++;
	if (phone->at > COUNT_OF(answers))
		phone->at = 0;
	if (ussd_phones_type(load.simulation->ussd, phone->number, text,
		    (uint64_t)(phone - load.phones) + 1) != OK)
		simulation_end(load.simulation, 2);
}

/* As many steps as the rate asks since the start. */
static void on_beat(void *context)
{
	int64_t due = (latency_now() - load.start_us) * load.simulation->rate / 1000000;

	(void)context;
	while (load.steps < due) {
		struct load_phone *phone = &load.phones[load.turn++ % load.simulation->senders];

		load.steps++;
		if (phone->sent_us == 0)
			phone_step(phone);
		else
			load.late++;
	}
	timer_arm(&load.beat, BEAT_MS);
}

static int load_start(struct simulation *simulation)
{
	load.simulation = simulation;
	load.latencies = xcalloc(
		(size_t)simulation->load + (size_t)simulation->senders, sizeof(*load.latencies));
	load.phones = xcalloc((size_t)simulation->senders, sizeof(*load.phones));
	for (long i = 0; i < simulation->senders; i++)
		snprintf(load.phones[i].number, sizeof(load.phones[i].number), "%s%04ld",
			simulation->first_sender, i);
	timer_init(&load.beat, on_beat, NULL);
	timer_init(&load.quiet, on_quiet, NULL);
	timer_arm(&load.quiet, QUIET_MS);
	return OK;
}

static void load_stop(void)
{
	timer_cancel(&load.beat);
	timer_cancel(&load.quiet);
	free(load.latencies);
	free(load.phones);
}

static void load_on_event(const char *text)
{
	fprintf(stderr, "kabar-smsc: %s\n", text);
}

static void load_on_receivers(size_t count)
{
	if (count == 0 || load.start_us != 0)
		return;
	load.start_us = latency_now();
	timer_arm(&load.beat, BEAT_MS);
}

/* Every phone has its first screen: the clock of the measurement starts. */
static void all_open(void)
{
	load.measured = true;
	load.start_us = latency_now();
	load.steps = load.late = 0;
}

static void load_on_message(const char *to, const char *text)
{
	size_t prefix = strlen(load.simulation->first_sender);
	long number = strlen(to) > prefix ? strtol(to + prefix, NULL, 10) : -1;
	struct load_phone *phone =
		number >= 0 && number < load.simulation->senders ? &load.phones[number] : NULL;

	if (phone == NULL || *text != '[' || phone->sent_us == 0)
		return; /* an SMS */
	timer_arm(&load.quiet, QUIET_MS);
	if (load.measured)
		load.latencies[load.done++] = latency_now() - phone->sent_us;
	phone->sent_us = 0;
	if (!load.measured && ++load.open == load.simulation->senders)
		all_open();
	if (load.done == load.simulation->load)
		load_end();
}

static void load_on_answer(uint64_t cookie, uint32_t status, int64_t latency_us)
{
	(void)cookie;
	(void)latency_us;
	load.refused += status != ESME_ROK;
}

const struct smsc_mode smsc_ussd_load = {
	.start = load_start,
	.stop = load_stop,
	.on_event = load_on_event,
	.on_receivers = load_on_receivers,
	.on_message = load_on_message,
	.on_answer = load_on_answer,
};
