/* What a plain report and a tick cost: rows written in a transaction, counted by SQLite itself,
 * tallies apart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "flows/flow.h"
#include "flows/report/habits.h"
#include "flows/ussd/ussd.h"
#include "gateway/config/config_load.h"
#include "store/message/deadline.h"
#include "store/message/inbound.h"
#include "store/people/person.h"
#include "store/statement/query.h"

#define PHONE "+6281200000001"
#define NOW   1723687200 /* 2024-08-15 09:00 WIB */

static char directory[] = "/tmp/kabar-writes-XXXXXX";
static struct config *config;
static struct store *store;
static struct gazetteer *places;
static struct flow flow;

static char *in_directory(const char *name)
{
	static char path[64];

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	return path;
}

static void places_put(void)
{
	const struct person person = {
		.phone = PHONE, .name = "RATNA", .role = "bidan", .areas = "35.03.01.2004"};
	int changed;

	assert_int_equal(store_area_put(store, "35", NULL, "provinsi", "Jawa Timur", &changed), OK);
	assert_int_equal(
		store_area_put(store, "35.03", "35", "kabupaten", "Kabupaten Trenggalek", &changed),
		OK);
	assert_int_equal(
		store_area_put(store, "35.03.01", "35.03", "kecamatan", "Panggul", &changed), OK);
	assert_int_equal(
		store_area_put(store, "35.03.01.2004", "35.03.01", "desa", "Nglebeng", &changed),
		OK);
	assert_int_equal(store_person_put(store, &person, &changed), OK);
	assert_int_equal(store_gazetteer_load(store, &places), OK);
}

static int setup(void **state)
{
	const char *top = getenv("top_srcdir");
	struct config_errors *errors = config_errors_new();
	struct store_options options = {.driver = "sqlite"};
	FILE *file;

	(void)state;
	assert_non_null(mkdtemp(directory));
	file = fopen(in_directory("kabar.conf"), "w");
	fprintf(file,
		"[gateway]\nforms = %s/conf/forms\nmessages = %s/conf/messages\nlexicon = "
		"%s/conf/lexicon\n"
		"menus = %s/conf/menus\ndialects = %s/conf/dialects\n"
		"[smsc test]\nhost = localhost\nsystem_id = test\naddress = 2255\n",
		top, top, top, top, top);
	fclose(file);
	assert_int_equal(config_load(&config, in_directory("kabar.conf"), errors), OK);
	config_errors_free(errors);
	options.path = in_directory("kabar.db");
	assert_int_equal(store_open(&store, &options, NULL), OK);
	places_put();
	flow = (struct flow){.store = store,
		.reader = config->reader,
		.scratch = scratch_new(),
		.places = places,
		.menus = config->menus,
		.catalogue = config->catalogue,
		.settings = &config->main.flow,
		.arena = arena_new(),
		.now = NOW};
	return 0;
}

static int teardown(void **state)
{
	static const char *const files[] = {
		"kabar.conf", "kabar.db", "kabar.db-wal", "kabar.db-shm"};

	(void)state;
	scratch_free(flow.scratch);
	arena_free(flow.arena);
	gazetteer_free(places);
	store_close(store);
	config_unref(config);
	for (size_t i = 0; i < COUNT_OF(files); i++)
		(void)unlink(in_directory(files[i]));
	return rmdir(directory);
}

static int64_t number(const char *sql)
{
	int64_t value;

	assert_int_equal(query_int(store, sql, NULL, 0, &value), OK);
	return value;
}

/* As the worker does it: the message, its redelivery key, the flow, the end. */
static void message(const char *text, int64_t serial)
{
	unsigned char digest[DIGEST_SIZE] = {0};
	struct inbound inbound = {.channel = "sms",
		.link = "test",
		.source = PHONE,
		.destination = "2255",
		.octets = (const unsigned char *)text,
		.length = strlen(text),
		.received = NOW,
		.text = text,
		.state = "received",
		.digest = digest};
	struct flow_message handled = {.link = "test", .from = PHONE, .to = "2255", .text = text};

	memcpy(digest, &serial, sizeof(serial));
	assert_int_equal(store_inbound_put(store, &inbound, &handled.inbound), OK);
	assert_int_equal(flow_handle(&flow, &handled), OK);
	assert_string_equal(handled.intent, "report");
	assert_int_equal(
		store_inbound_finish(store, handled.inbound, "handled", handled.intent, NULL), OK);
	arena_reset(flow.arena);
}

/* Inbound row, its key, its end; report; reply. Once per batch: serial, the day's budget. The
 * habits of the sender live in memory. */
static void test_a_plain_report_writes_five_rows(void **state)
{
	static const char *const names[] = {"SITI", "WARNI", "RINI", "SUMIATI"};
	int64_t before, counted = COUNT_OF(names);
	char text[100];

	(void)state;
	assert_int_equal(store_batch_begin(store), OK);
	before = number("SELECT total_changes()");
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		snprintf(text, sizeof(text), "LAHIR#%s#25#14/8/24#L#3000#48#PKM#BIDAN#HIDUP",
			names[i]);
		message(text, (int64_t)i);
	}
	/* Tallies, counters and serials wait for the commit. */
	assert_int_equal(number("SELECT total_changes()") - before, 5 * counted);
	assert_int_equal(store_batch_commit(store), OK);
	assert_int_equal(number("SELECT count(*) FROM reports WHERE status = 'accepted'"), counted);
	assert_int_equal(number("SELECT last FROM serials"), counted);
	assert_int_equal(number("SELECT count FROM counters WHERE kind = 'replies'"), counted);
	assert_int_equal(number("SELECT count(*) FROM sessions"), 0);
}

static void test_counters_of_past_days_go(void **state)
{
	int64_t next;

	(void)state;
	assert_int_not_equal(number("SELECT count(*) FROM counters"), 0);
	flow.now = NOW + 86400;
	assert_int_equal(store_batch_begin(store), OK);
	assert_int_equal(flow_tick(&flow, &next), OK);
	assert_int_equal(store_batch_commit(store), OK);
	assert_int_equal(number("SELECT count(*) FROM counters"), 0);
}

static struct habits habits_of_phone(void)
{
	struct habits habits;

	assert_true(store_habit_get(store, PHONE, &habits, sizeof(habits)));
	return habits;
}

static void say(const char *text, int64_t serial)
{
	assert_int_equal(store_batch_begin(store), OK);
	message(text, serial);
	assert_int_equal(store_batch_commit(store), OK);
}

/* What a phone said lately is in no row of its own: a new process counts it from what came in. */
static void test_habits_are_counted_anew(void **state)
{
	struct store_options options = {.driver = "sqlite", .path = in_directory("kabar.db")};
	struct habits before, after;

	(void)state;
	say("LAHIR#TUTIK#25#14/8/24#L#3000#48#PKM#BIDAN#HIDUP", 100);
	for (int64_t i = 101; i < 104; i++)
		say("LAHIR#YATI#25#14/8/24#L#3000#48#PKM#BIDAN#HIDUP", i);
	before = habits_of_phone();
	assert_int_equal(before.times, 3);
	assert_true(before.answers >= 4);
	/* A batch that fails leaves no trace. */
	assert_int_equal(store_batch_begin(store), OK);
	message("LAHIR#YATI#25#14/8/24#L#3000#48#PKM#BIDAN#HIDUP", 104);
	store_batch_rollback(store);
	after = habits_of_phone();
	assert_memory_equal(&before, &after, sizeof(before));
	store_close(store);
	assert_int_equal(store_open(&store, &options, NULL), OK);
	flow.store = store;
	assert_false(store_habit_get(store, PHONE, &after, sizeof(after)));
	assert_int_equal(habits_rebuild(&flow), OK);
	after = habits_of_phone();
	assert_memory_equal(&before, &after, sizeof(before));
}

#define SILENT	    5000
#define USER_SECONDS 60
#define TICK_ROWS   1500 /* a tick runs at most 100 deadlines */

/* A bidan dials with a mother's name, sees the next question, and says nothing more. */
static void silent_session(int64_t serial)
{
	unsigned char digest[DIGEST_SIZE] = {0};
	char phone[20];
	const struct person person = {
		.phone = phone, .name = "RATNA", .role = "bidan", .areas = "35.03.01.2004"};
	struct inbound inbound = {.channel = "ussd",
		.link = "test",
		.source = phone,
		.destination = "2255",
		.octets = (const unsigned char *)"x",
		.length = 1,
		.received = flow.now,
		.text = "*355*1*SITI#",
		.state = "received",
		.digest = digest};
	struct flow_message dialled = {
		.link = "test", .from = phone, .to = "2255", .text = inbound.text};
	const struct ussd_step step = {.event = USSD_BEGIN,
		.session = "0a00",
		.echo = "0a00",
		.code = "*355#",
		.digest = digest,
		.septets = 160,
		.user_seconds = USER_SECONDS,
		.session_seconds = 3 * USER_SECONDS};
	int changed;

	snprintf(phone, sizeof(phone), "+62813%07d", (int)serial);
	digest[0] = 1;
	memcpy(digest + 1, &serial, sizeof(serial));
	assert_int_equal(store_person_put(store, &person, &changed), OK);
	assert_int_equal(store_inbound_put(store, &inbound, &dialled.inbound), OK);
	assert_int_equal(flow_ussd(&flow, &dialled, &step), OK);
	arena_reset(flow.arena);
}

/* Rows written, without those of reports that are filed some thousand at a time. */
static int64_t written(void)
{
	return number("SELECT total_changes() - (SELECT count(*) FROM report_places) - (SELECT "
		      "count(*) FROM report_tellers) - (SELECT count(*) FROM report_posyandu) - "
		      "(SELECT count(*) FROM report_runs)");
}

/* Rows that one tick writes. */
static int64_t tick(void)
{
	int64_t before = written(), next;

	assert_int_equal(store_batch_begin(store), OK);
	assert_int_equal(flow_tick(&flow, &next), OK);
	assert_int_equal(store_batch_commit(store), OK);
	arena_reset(flow.arena);
	return written() - before;
}

static void test_silent_sessions_are_swept_in_small_ticks(void **state)
{
	int64_t ticks = 0;

	(void)state;
	flow.now = NOW + 2 * 86400;
	(void)tick(); /* what is due anyway */
	assert_int_equal(store_batch_begin(store), OK);
	for (int64_t i = 0; i < SILENT; i++)
		silent_session(i);
	assert_int_equal(store_batch_commit(store), OK);
	assert_int_equal(number("SELECT count(*) FROM sessions WHERE kind = 'ussd'"), SILENT);
	flow.now += USER_SECONDS - 1;
	(void)tick();
	assert_int_equal(number("SELECT count(*) FROM sessions WHERE kind = 'ussd'"), SILENT);
	flow.now++;
	for (; ticks < SILENT && number("SELECT count(*) FROM deadlines WHERE kind = 'ussd'") > 0;
		ticks++)
		assert_in_range(tick(), 1, TICK_ROWS);
	assert_in_range(ticks, SILENT / 100, SILENT / 100 + 1);
	assert_int_equal(number("SELECT count(*) FROM sessions WHERE kind = 'ussd'"), 0);
	assert_int_equal(number("SELECT count(*) FROM sessions WHERE kind = 'ussd-draft'"), SILENT);
	assert_int_equal(
		number("SELECT count(*) FROM reports WHERE status = 'incomplete'"), SILENT);
	/* One SMS each, and no more of them later. */
	flow.now += 3600;
	(void)tick();
	assert_int_equal(number("SELECT count(*) FROM outbox WHERE kind = 'reply' AND recipient "
				"LIKE '+62813%'"),
		SILENT);
	assert_int_equal(number("SELECT count(DISTINCT recipient) FROM outbox WHERE kind = 'reply' "
				"AND recipient LIKE '+62813%'"),
		SILENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_a_plain_report_writes_five_rows),
		cmocka_unit_test(test_habits_are_counted_anew),
		cmocka_unit_test(test_counters_of_past_days_go),
		cmocka_unit_test(test_silent_sessions_are_swept_in_small_ticks)};

	return cmocka_run_group_tests(tests, setup, teardown);
}
