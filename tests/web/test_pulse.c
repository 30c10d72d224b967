/* The last hour of a kabard that answers, stops, and starts anew. */
#include <event2/event.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "parsers/text/util.h"
#include "web/link/kabard.h"
#include "web/link/pulse.h"

struct bench {
	struct event_base *base;
	struct kabard *kabard;
	struct pulse *pulse;
};

static int setup(void **state)
{
	struct bench *bench = xcalloc(1, sizeof(*bench));

	bench->base = event_base_new();
	bench->kabard = kabard_new(bench->base, "/nowhere/kabard.sock");
	bench->pulse = pulse_new(bench->base, bench->kabard);
	*state = bench;
	return 0;
}

static int teardown(void **state)
{
	struct bench *bench = *state;

	pulse_free(bench->pulse);
	kabard_free(bench->kabard);
	event_base_free(bench->base);
	free(bench);
	return 0;
}

static void look(struct bench *bench, int read, int sent, int waiting, int oldest)
{
	char text[400];

	snprintf(text, sizeof(text),
		"{\"messages_accepted\":%d,\"replies_sent\":%d,\"store_waiting\":%d,\"outbox_"
		"waiting\":1,"
		"\"classes\":[{\"name\":\"alarm\",\"oldest\":1},{\"name\":\"answer\",\"oldest\":%d}"
		","
		"{\"name\":\"campaign\",\"oldest\":9999}]}",
		read, sent, waiting, oldest);
	pulse_take(bench->pulse, text);
}

static double last(const struct bench *bench, enum pulse_figure figure, size_t *count)
{
	double values[PULSE_COUNT];
	int64_t end;

	*count = pulse_values(bench->pulse, figure, values, &end);
	return *count ? values[*count - 1] : -2;
}

static void test_rates(void **state)
{
	struct bench *bench = *state;
	size_t count;

	assert_float_equal(last(bench, PULSE_READ, &count), -1, 0); /* no kabard there */
	look(bench, 100, 50, 4, 7);
	assert_float_equal(last(bench, PULSE_READ, &count), -1, 0); /* nothing to compare with */
	assert_float_equal(last(bench, PULSE_WAITING, &count), 5, 0);
	assert_float_equal(last(bench, PULSE_OLDEST, &count), 7, 0); /* a campaign may wait */
	look(bench, 130, 51, 0, 0);
	assert_float_equal(last(bench, PULSE_READ, &count), 180, 0); /* 30 in ten seconds */
	assert_float_equal(last(bench, PULSE_SENT, &count), 6, 0);
	assert_float_equal(last(bench, PULSE_OLDEST, &count), 1, 0);
	assert_int_equal(count, 3);
}

static void test_gaps(void **state)
{
	struct bench *bench = *state;
	size_t count;

	look(bench, 100, 50, 0, 0);
	pulse_take(bench->pulse, NULL);
	assert_float_equal(last(bench, PULSE_WAITING, &count), -1, 0);
	look(bench, 160, 50, 0, 0); /* over an unknown time */
	assert_float_equal(last(bench, PULSE_READ, &count), -1, 0);
	look(bench, 2, 0, 0, 0); /* started anew */
	assert_float_equal(last(bench, PULSE_READ, &count), -1, 0);
	look(bench, 3, 0, 0, 0);
	assert_float_equal(last(bench, PULSE_READ, &count), 6, 0);
	pulse_take(bench->pulse, "no JSON");
	assert_float_equal(last(bench, PULSE_READ, &count), -1, 0);
}

static void test_an_hour_is_kept(void **state)
{
	struct bench *bench = *state;
	double values[PULSE_COUNT];
	int64_t end;

	for (int i = 0; i < PULSE_COUNT + 25; i++)
		look(bench, i, 0, i, 0);
	assert_int_equal(pulse_values(bench->pulse, PULSE_WAITING, values, &end), PULSE_COUNT);
	assert_float_equal(values[0], 26, 0);
	assert_float_equal(values[PULSE_COUNT - 1], PULSE_COUNT + 25, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_rates, setup, teardown),
		cmocka_unit_test_setup_teardown(test_gaps, setup, teardown),
		cmocka_unit_test_setup_teardown(test_an_hour_is_kept, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
