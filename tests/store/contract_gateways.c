/* The contract of several gateways on one store, and of commits whose answer was lost. Where a file
 * belongs to one process there is nothing to share, and these say so. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/base/lock.h"
#include "store/message/gateway.h"
#include "store/people/person.h"
#include "store/report/report.h"
#include "store/statement/query.h"
#include "tests/store/contract.h"

static bool shared(const struct world *world)
{
	return store_gateway_shared(world->store);
}

static int put(struct store *store, const char *ref)
{
	struct report_row row = {
		.ref = ref, .kabupaten = "35.03", .form = "lahir", .status = "accepted"};

	return store_report_put(store, &row);
}

static int64_t number(struct store *store, const char *sql)
{
	int64_t value = 0;

	ok(query_int(store, sql, NULL, 0, &value));
	return value;
}

void test_names_belong_to_one(void **state)
{
	struct world *world = *state;
	struct store *other = world_second(world);
	struct gateway_row rows[4];
	char detail[256];
	size_t count;

	ok(store_gateway_take(world->store, "gw1", "host-a, process 7", detail));
	ok(store_gateway_take(other, "gw2", "host-b, process 8", detail));
	ok(store_gateway_list(world->store, world->arena, rows, 4, &count));
	assert_int_equal(count, 2);
	assert_string_equal(rows[1].holder, "host-b, process 8");
	if (shared(world)) {
		assert_int_equal(
			store_gateway_take(other, "gw1", "host-b, process 8", detail), ERR_EXISTS);
		assert_non_null(strstr(detail, "host-a, process 7"));
	}
	store_close(other);
}

static void put_claimed(struct store *store, const char *owner, const char *link)
{
	struct outbox row = {.kind = "reply", .recipient = "+62811", .text = "ok", .link = link,
		.state = "claimed", .owner = owner, .created = 5, .due = 5};

	ok(store_outbox_put(store, &row, NULL));
}

/* Who was silent for too long finds that it may not write any more. */
void test_silent_gateways_are_taken_over(void **state)
{
	static const char *const links[] = {"uji"};
	struct world *world = *state;
	struct store *silent = world_second(world);
	struct outbox rows[4];
	char detail[256];
	size_t count;
	bool has;

	ok(store_gateway_take(world->store, "gw1", "a", detail));
	ok(store_gateway_take(silent, "gw2", "b", detail));
	ok(store_gateway_beat(world->store, "gw1", links, 1));
	ok(store_gateway_beat(silent, "gw2", links, 1));
	ok(store_gateway_has_link(world->store, "uji", &has));
	assert_true(has);
	put_claimed(silent, "gw2", "uji");
	put_claimed(silent, "gw2", "elsewhere");
	put_claimed(silent, "gw2", NULL);
	ok(store_gateway_take_over(
		world->store, world->arena, "gw1", links, 1, rows, 4, &count));
	assert_int_equal(count, 0);
	ok(query_run(world->store, "UPDATE gateways SET beat = beat - 31 WHERE name = 'gw2'", NULL,
		0));
	ok(store_gateway_take_over(
		world->store, world->arena, "gw1", links, 1, rows, 4, &count));
	assert_int_equal(count, 2);
	assert_string_equal(rows[0].state, "unsure");
	assert_string_equal(rows[0].owner, "gw1");
	ok(store_outbox_reclaim(world->store, world->arena, "gw2", rows, 4, &count));
	assert_int_equal(count, 1);
	assert_string_equal(rows[0].link, "elsewhere");
	if (shared(world)) {
		int error = store_batch_begin(silent);

		if (!error)
			error = put(silent, "A");
		if (!error)
			error = store_batch_commit(silent);
		assert_int_equal(error, ERR_STORE_IO);
		assert_non_null(strstr(store_detail(silent), "took its place"));
		assert_int_equal(number(world->store, "SELECT count(*) FROM reports"), 0);
	}
	store_close(silent);
}

void test_locks_of_a_batch(void **state)
{
	static const char *const phones[] = {"+62812", "+62811", "+62812"};
	struct world *world = *state;
	struct store *other = world_second(world);
	bool late = false;

	ok(store_batch_begin(world->store));
	ok(store_lock(world->store, LOCK_PHONE, phones, 3));
	ok(store_lock_late(world->store, LOCK_PHONE, "+62811", &late));
	ok(put(world->store, "A"));
	if (shared(world)) {
		ok(store_batch_begin(other));
		ok(store_lock(other, LOCK_PHONE, NULL, 0));
		ok(store_lock_late(other, LOCK_PLACE, "+62811", &late));
		assert_int_equal(
			store_lock_late(other, LOCK_PHONE, "+62811", &late), ERR_STORE_BUSY);
		store_batch_rollback(other);
		assert_true(store_lock_again(other));
		ok(store_batch_commit(world->store));
		ok(store_batch_begin(other));
		ok(store_lock(other, LOCK_PHONE, NULL, 0));
		assert_int_equal(number(other, "SELECT count(*) FROM reports"), 1);
		ok(store_lock_late(other, LOCK_PHONE, "+62811", &late));
		assert_false(store_lock_again(other));
	}
	store_batch_rollback(other);
	store_close(other);
}

/* Who counts again has all for himself, or does not begin. */
void test_all_is_locked(void **state)
{
	struct world *world = *state;
	struct store *other = world_second(world);
	bool late = false;

	if (shared(world)) {
		ok(store_batch_begin(world->store));
		ok(store_lock_late(world->store, LOCK_PLACE, "35.03.01.2004", &late));
		ok(store_batch_begin(other));
		assert_int_equal(store_lock_all(other), ERR_STORE_BUSY);
		store_batch_rollback(other);
		ok(store_batch_commit(world->store));
	}
	ok(store_batch_begin(world->store));
	ok(store_lock_all(world->store));
	ok(store_lock_late(world->store, LOCK_PLACE, "35.03.01.2004", &late));
	if (shared(world)) {
		ok(store_batch_begin(other));
		assert_int_equal(store_lock_late(other, LOCK_PLACE, "35.03.01.2011", &late),
			ERR_STORE_BUSY);
		store_batch_rollback(other);
		assert_true(store_lock_again(other));
		ok(store_batch_begin(other));
		assert_int_equal(store_lock_share(other), ERR_STORE_BUSY);
		store_batch_rollback(other);
		assert_true(store_lock_again(other));
	}
	ok(store_batch_commit(world->store));
	ok(store_batch_begin(other));
	ok(store_lock_share(other));
	ok(store_lock_late(other, LOCK_PLACE, "35.03.01.2011", &late));
	ok(store_batch_commit(other));
	assert_false(store_lock_again(other));
	store_close(other);
}

/* A hint, that costs the one who hears it no question. */
void test_lists_are_heard(void **state)
{
	struct world *world = *state;
	struct store *other = world_second(world);
	struct store_work before, after;
	bool heard = false;
	int changed;

	ok(store_lists_heard(world->store, &heard));
	assert_int_equal(heard, shared(world)); /* who begins to listen has heard nothing yet */
	ok(put(other, "A"));
	ok(store_lists_heard(world->store, &heard));
	assert_false(heard);
	ok(store_area_put(other, "35", "", "provinsi", "Jawa Timur", &changed));
	/* it comes with an answer at the latest */
	(void)number(world->store, "SELECT count(*) FROM areas");
	store_work(world->store, &before);
	ok(store_lists_heard(world->store, &heard));
	assert_int_equal(heard, shared(world));
	ok(store_lists_heard(world->store, &heard));
	assert_false(heard);
	store_work(world->store, &after);
	assert_int_equal(after.trips, before.trips);
	store_close(other);
}

/* Serials of two gateways never meet; of one they have no gaps. */
void test_serials_in_blocks(void **state)
{
	struct world *world = *state;
	struct store_options options = world->options;
	struct store *other;
	bool seen[64] = {false};
	int serial;

	options.serial_block = 10;
	ok(store_open(&other, &options, NULL));
	for (int i = 0; i < 24; i++) {
		ok(store_serial_next(i % 2 && shared(world) ? other : world->store, "35.03",
			"L2408", &serial));
		assert_in_range(serial, 1, 63);
		assert_false(seen[serial]);
		seen[serial] = true;
	}
	ok(store_batch_begin(other));
	ok(store_serial_next(other, "35.03", "L2409", &serial));
	assert_int_equal(serial, 1);
	store_batch_rollback(other);
	store_close(other);
}

#define OTHERS                                                                                     \
	"FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"

static void *commit(void *context)
{
	struct world *world = context;

	world->result = store_batch_commit(world->store);
	atomic_store(&world->done, true);
	return NULL;
}

/* A standby that does not exist: a commit waits for it, and is done already. */
static void wait_for_nobody(struct store *other, bool wait)
{
	ok(query_run(other,
		wait ? "ALTER SYSTEM SET synchronous_standby_names = 'nobody'"
		     : "ALTER SYSTEM RESET synchronous_standby_names",
		NULL, 0));
	ok(query_run(other, "SELECT pg_reload_conf()", NULL, 0));
}

/* false: the server had not heard of the setting yet, and the commit went through. */
static bool interrupted(struct world *world, struct store *other, const char *interrupt)
{
	pthread_t thread;
	bool waits = false;

	ok(store_batch_begin(world->store));
	ok(query_run(world->store, "DELETE FROM reports", NULL, 0));
	ok(put(world->store, "A"));
	assert_true(number(world->store, "SELECT count(*) FROM reports") == 1);
	atomic_store(&world->done, false);
	pthread_create(&thread, NULL, commit, world);
	while (!waits && !atomic_load(&world->done))
		waits = number(other, "SELECT count(*) " OTHERS " AND wait_event = 'SyncRep'") > 0;
	if (waits) {
		ok(query_run(other, interrupt, NULL, 0));
		while (number(other, "SELECT count(*) FROM reports") == 0)
			;
		wait_for_nobody(other, false);
	}
	pthread_join(thread, NULL);
	assert_int_equal(world->result, OK);
	assert_int_equal(number(other, "SELECT count(*) FROM reports"), 1);
	return waits;
}

static void commit_and(struct world *world, const char *interrupt)
{
	struct store *other = world_second(world);

	wait_for_nobody(other, true);
	while (!interrupted(world, other, interrupt))
		;
	store_close(other);
}

void test_a_lost_answer_of_a_commit(void **state)
{
	struct world *world = *state;

	if (!shared(world))
		return;
	commit_and(world, "SELECT pg_terminate_backend(pid) " OTHERS " AND wait_event = 'SyncRep'");
	/* cancelled: the server says COMMIT, and warns */
	commit_and(world, "SELECT pg_cancel_backend(pid) " OTHERS " AND wait_event = 'SyncRep'");
}

void test_a_commit_that_never_was(void **state)
{
	struct world *world = *state;
	struct store *other;

	if (!shared(world))
		return;
	other = world_second(world);
	ok(store_batch_begin(world->store));
	ok(put(world->store, "A"));
	ok(query_run(world->store, "SELECT 1", NULL, 0));
	assert_int_equal(number(world->store, "SELECT count(*) FROM reports"), 1);
	ok(query_run(other, "SELECT pg_terminate_backend(pid, 5000) " OTHERS, NULL, 0));
	assert_int_equal(store_batch_commit(world->store), ERR_STORE_BUSY);
	assert_int_equal(number(other, "SELECT count(*) FROM reports"), 0);
	ok(store_batch_begin(world->store));
	ok(put(world->store, "A"));
	ok(store_batch_commit(world->store));
	assert_int_equal(number(other, "SELECT count(*) FROM reports"), 1);
	store_close(other);
}

/* What is only written is sent without waiting, however much it is: a commit is one wait, and each
 * block of numbers, and each hundred of statements. */
void test_writing_waits_for_nobody(void **state)
{
	struct world *world = *state;
	struct store_work before, after;
	char ref[16];

	if (!shared(world))
		return;
	ok(store_batch_begin(world->store));
	ok(put(world->store, "first"));
	ok(store_batch_commit(world->store));
	store_work(world->store, &before);
	ok(store_batch_begin(world->store));
	for (int i = 0; i < 256; i++) {
		snprintf(ref, sizeof(ref), "R%d", i);
		ok(put(world->store, ref));
	}
	ok(store_batch_commit(world->store));
	store_work(world->store, &after);
	assert_in_range(after.trips - before.trips, 1, 1 + 256 / 64 + 1 + 256 / 90);
	assert_int_equal(number(world->store, "SELECT count(*) FROM reports"), 257);
}
