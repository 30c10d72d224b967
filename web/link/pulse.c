/* kabard's status over the last hour: see pulse.h. */
#include "web/link/pulse.h"

#include <event2/event.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "parsers/text/util.h"
#include "web/link/kabard.h"

struct sample {
	double values[PULSE_FIGURES];
};

struct pulse {
	struct kabard *kabard;
	struct event *timer;
	struct sample samples[PULSE_COUNT]; /* a ring */
	size_t count, next;
	int64_t end;
	/* the counters of the look before; negative: there was none, or kabard has started anew */
	json_int_t read, sent;
	bool asked; /* and not yet answered */
};

static json_int_t integer(const json_t *status, const char *key)
{
	return json_integer_value(json_object_get(status, key));
}

/* A minute's worth of what a counter gained since the look before. */
static double rate(json_int_t *before, json_int_t now)
{
	double gained = *before >= 0 && now >= *before ? (double)(now - *before) : -1;

	*before = now;
	return gained < 0 ? -1 : gained * 60 / PULSE_SECONDS;
}

static double oldest(const json_t *status)
{
	const json_t *class;
	double most = 0;
	size_t i;

	json_array_foreach(json_object_get(status, "classes"), i, class)
	{
		const char *name = json_string_value(json_object_get(class, "name"));
		double age = (double)integer(class, "oldest");

		if (name && (strcmp(name, "alarm") == 0 || strcmp(name, "answer") == 0) &&
			age > most)
			most = age;
	}
	return most;
}

void pulse_take(struct pulse *pulse, const char *text)
{
	json_t *status = text ? json_loads(text, 0, NULL) : NULL;
	struct sample *sample = &pulse->samples[pulse->next];

	for (size_t i = 0; i < PULSE_FIGURES; i++)
		sample->values[i] = -1;
	if (status) {
		sample->values[PULSE_READ] =
			rate(&pulse->read, integer(status, "messages_accepted"));
		sample->values[PULSE_SENT] = rate(&pulse->sent, integer(status, "replies_sent"));
		sample->values[PULSE_WAITING] = (double)(integer(status, "store_waiting") +
			integer(status, "outbox_waiting"));
		sample->values[PULSE_OLDEST] = oldest(status);
	} else {
		pulse->read = pulse->sent = -1;
	}
	json_decref(status);
	pulse->end = (int64_t)time(NULL);
	pulse->next = (pulse->next + 1) % PULSE_COUNT;
	if (pulse->count < PULSE_COUNT)
		pulse->count++;
}

static void on_status(void *context, const char *text)
{
	struct pulse *pulse = context;

	pulse->asked = false;
	pulse_take(pulse, text);
}

static void on_timer(evutil_socket_t fd, short what, void *context)
{
	struct pulse *pulse = context;

	(void)fd;
	(void)what;
	if (pulse->asked)
		return;
	pulse->asked = true;
	kabard_ask(pulse->kabard, "status", on_status, pulse);
}

struct pulse *pulse_new(struct event_base *base, struct kabard *kabard)
{
	static const struct timeval every = {.tv_sec = PULSE_SECONDS};
	struct pulse *pulse = xcalloc(1, sizeof(*pulse));

	pulse->kabard = kabard;
	pulse->read = pulse->sent = -1;
	pulse->timer = event_new(base, -1, EV_PERSIST, on_timer, pulse);
	if (!pulse->timer || event_add(pulse->timer, &every) < 0)
		abort();
	on_timer(-1, 0, pulse);
	return pulse;
}

void pulse_free(struct pulse *pulse)
{
	if (!pulse)
		return;
	event_free(pulse->timer);
	free(pulse);
}

size_t pulse_values(
	const struct pulse *pulse, enum pulse_figure figure, double *values, int64_t *end)
{
	size_t first = (pulse->next + PULSE_COUNT - pulse->count) % PULSE_COUNT;

	for (size_t i = 0; i < pulse->count; i++)
		values[i] = pulse->samples[(first + i) % PULSE_COUNT].values[figure];
	*end = pulse->end;
	return pulse->count;
}
