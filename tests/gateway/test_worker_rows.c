/* Rows of the outbox on their way through the worker: claimed, spilled, taken up again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "gateway/os/clock.h"
#include "gateway/os/log.h"
#include "store/message/deadline.h"
#include "tests/gateway/worker_fixture.h"

static int64_t put_row(const char *kind, const char *state, const char *owner)
{
	int64_t id;

	assert_int_equal(store_outbox_put(store, &(struct outbox){
		.kind = kind, .recipient = PHONE, .text = "halo", .state = state, .owner = owner,
		.created = clock_utc(), .due = clock_utc(),
	}, &id), OK);
	return id;
}

static size_t room[2][OUTBOX_CLASSES];

static void shares_now(void *context, struct shares *shares)
{
	(void)context;
	*shares = (struct shares){.count = 2, .list = {{.link = "uji", .known = true},
							  {.link = "lain", .known = true}}};
	for (size_t i = 0; i < 2; i++)
		memcpy(shares->list[i].room, room[i], sizeof(room[i]));
}

/* A worker that may send so many of each class over each link. */
static void start_with_room(size_t most)
{
	for (size_t i = 0; i < 2; i++) {
		for (size_t k = 0; k < OUTBOX_CLASSES; k++)
			room[i][k] = most;
	}
	worker_free(worker);
	worker = worker_new(&(struct worker_setup){
		.store = store, .crash = crash, .disk = disk, .shares = shares_now,
		.config = {.settings = &settings, .redelivery = 86400, .parts = 86400},
	});
}

static size_t tick(void)
{
	outgoing_free_list(out);
	out = NULL;
	assert_int_equal(worker_tick(worker, &out), OK);
	return outgoing_count();
}

static void test_rows_of_others_are_claimed_by_the_tick(void **state)
{
	(void)state;
	start_with_room(0);
	put_row("human", "waiting", NULL);
	put_row("human", "waiting", NULL);
	assert_int_equal(tick(), 0);
	room[0][OUTBOX_ANSWER] = 1;
	assert_int_equal(tick(), 1);
	room[0][OUTBOX_ANSWER] = 5;
	assert_int_equal(tick(), 1);
}

/* The loop cannot take more: replies wait in the store, in order, and leave when there is room. */
static void test_replies_without_room_wait_in_the_store(void **state)
{
	int64_t first;

	(void)state;
	start_with_room(1);
	assert_int_equal(tick(), 0);
	assert_int_equal(step(make_item(PHONE, "satu"), NULL, NULL), OK);
	assert_int_equal(outgoing_count(), 1);
	first = out->id;
	room[0][OUTBOX_ANSWER] = 0;
	assert_int_equal(step(make_item(PHONE, "dua"), NULL, NULL), OK);
	assert_int_equal(outgoing_count(), 0);
	assert_string_equal(outbox_row(first + 1).state, "waiting");
	room[0][OUTBOX_ANSWER] = 1;
	/* the second goes first */
	assert_int_equal(step(make_item(PHONE, "tiga"), NULL, NULL), OK);
	assert_int_equal(outgoing_count(), 1);
	assert_int_equal(out->id, first + 1);
	room[0][OUTBOX_ANSWER] = 10;
	assert_int_equal(tick(), 1);
	assert_int_equal(out->id, first + 2);
	assert_int_equal(step(make_item(PHONE, "empat"), NULL, NULL), OK);
	assert_int_equal(outgoing_count(), 1);
}

/* A link that takes nothing and a month's reminders hold back nobody. */
static void test_each_link_and_class_has_its_own_room(void **state)
{
	struct outbox slow = {.kind = "reply", .link = "lain", .recipient = PHONE, .text = "x",
		.state = "waiting", .created = clock_utc(), .due = clock_utc()};

	(void)state;
	start_with_room(2);
	room[1][OUTBOX_ANSWER] = 0;
	for (int i = 0; i < 300; i++) {
		assert_int_equal(store_outbox_put(store, &slow, NULL), OK);
		put_row("reminder", "waiting", NULL);
	}
	assert_int_equal(tick(), 4); /* reminders: what both links may hold */
	assert_int_equal(step(make_item(PHONE, "ALARM"), NULL, NULL), OK);
	assert_int_equal(outgoing_count(), 2 + 4);
	assert_string_equal(out->kind, "reply");
	assert_string_equal(out->next->kind, "alert");
	assert_string_equal(out->next->next->kind, "reminder");
}

static void test_at_night_only_alarms_and_who_just_wrote(void **state)
{
	int64_t notice, old;

	(void)state;
	clock_advance(14 * 3600 * 1000); /* 21:00 in Jakarta */
	start_with_room(10);
	worker_configure(worker, &(struct worker_config){.settings = &settings,
		.hours = {.from = 20 * 60 + 30, .to = 6 * 60 + 30, .timezone = 7 * 60}});
	notice = put_row("notice", "waiting", NULL);
	old = put_row("human", "waiting", NULL);
	assert_int_equal(tick(), 1);
	assert_int_equal(out->id, old);
	assert_int_equal(store_outbox_set(store, old, "waiting", 0), OK);
	clock_advance(3600 * 1000); /* what was young enough is not any more */
	put_row("alert", "waiting", NULL);
	assert_int_equal(tick(), 1);
	assert_string_equal(out->kind, "alert");
	clock_advance(9 * 3600 * 1000); /* 07:00 */
	assert_int_equal(tick(), 2);
	assert_int_equal(out->id, old);
	assert_int_equal(out->next->id, notice);
}

static void test_what_is_too_late_expires(void **state)
{
	int64_t answer = put_row("reply", "waiting", NULL), alarm, reminder;

	(void)state;
	alarm = put_row("alert", "waiting", NULL);
	reminder = put_row("reminder", "waiting", NULL);
	start_with_room(0);
	assert_int_equal(tick(), 0);
	assert_string_equal(outbox_row(answer).state, "waiting");
	clock_advance(13 * 3600 * 1000);
	assert_int_equal(tick(), 0);
	assert_string_equal(outbox_row(answer).state, "expired");
	assert_string_equal(outbox_row(reminder).state, "waiting");
	clock_advance(12 * 3600 * 1000); /* the next day */
	assert_int_equal(tick(), 0);
	assert_string_equal(outbox_row(reminder).state, "expired");
	assert_string_equal(outbox_row(alarm).state, "waiting");
}

static void test_rows_for_a_link_that_is_gone_go_over_any(void **state)
{
	struct outbox row = {.kind = "reply", .link = "dulu", .recipient = PHONE, .text = "x",
		.state = "waiting", .created = clock_utc(), .due = clock_utc()};

	(void)state;
	start_with_room(2);
	assert_int_equal(tick(), 0);
	assert_int_equal(store_outbox_put(store, &row, NULL), OK);
	clock_advance(31000);
	assert_int_equal(tick(), 1);
	assert_null(out->link);
}

/* Messages are refused for now, but who has to know of a death is told, and health says so. */
static void test_in_the_reserve_alarms_go_out(void **state)
{
	struct survey survey;

	(void)state;
	start_with_room(5);
	disk_room = 500;
	clock_advance(2000);
	assert_int_equal(step(make_item(PHONE, "satu"), NULL, NULL), ERR_STORE_FULL);
	assert_int_equal(verdicts[0], VERDICT_REFUSED);
	put_row("alert", "waiting", NULL);
	assert_int_equal(tick(), 1);
	assert_string_equal(out->kind, "alert");
	worker_survey(worker, &survey);
	assert_true(survey.disk.refuses);
	disk_on_full(disk); /* now not even that */
	put_row("alert", "waiting", NULL);
	outgoing_free_list(out);
	assert_int_equal(worker_tick(worker, &out), ERR_STORE_FULL);
	disk_room = 1000000;
	clock_advance(2000);
	assert_int_equal(tick(), 1);
}

/* Its submit had no answer, it was to be sent once more, and then the process died. */
static void test_an_unsure_row_is_taken_up_once(void **state)
{
	int64_t mine = put_row("reply", "claimed", "uji");

	(void)state;
	assert_int_equal(store_outbox_set(store, mine, "unsure", 5), OK);
	outgoing_free_list(out);
	assert_int_equal(worker_reclaim(worker, &out), OK);
	assert_int_equal(outgoing_count(), 1);
	assert_true(out->unsure);
	assert_int_equal(store_outbox_set(store, mine, "unsure", 0), OK);
	outgoing_free_list(out);
	assert_int_equal(worker_reclaim(worker, &out), OK);
	assert_int_equal(outgoing_count(), 0);
}

static void test_own_rows_are_taken_up_again(void **state)
{
	int64_t mine = put_row("reply", "claimed", "uji"), ussd = put_row("ussd", "claimed", "uji");

	(void)state;
	put_row("reply", "claimed", "other");
	outgoing_free_list(out);
	assert_int_equal(worker_reclaim(worker, &out), OK);
	assert_int_equal(outgoing_count(), 1);
	assert_int_equal(out->id, mine);
	assert_string_equal(outbox_row(ussd).state, "unsure");
}

static void test_a_retry_does_not_wait_for_the_clock_to_come_again(void **state)
{
	int64_t id = put_row("reply", "waiting", NULL);

	(void)state;
	start_with_room(0);
	assert_int_equal(tick(), 0);
	room[0][OUTBOX_ANSWER] = 10;
	assert_int_equal(store_outbox_set(store, id, "claimed", 0), OK);
	assert_int_equal(store_outbox_set(store, id, "waiting", clock_utc() + 30), OK);
	assert_int_equal(tick(), 0);
	clock_set_wall(clock_wall() - 7200LL * 1000);
	assert_int_equal(tick(), 1);
}

static void put_deadline(const char *kind, const char *subject, int64_t due)
{
	const struct deadline deadline = {.kind = kind, .subject = subject, .due = due};

	assert_int_equal(store_batch_begin(store), OK);
	assert_int_equal(store_deadline_put(store, &deadline), OK);
	assert_int_equal(store_batch_commit(store), OK);
}

/* One that fails whenever it is tried holds nobody back: the others run, it is put off. */
static void test_a_deadline_that_fails_suffers_alone(void **state)
{
	struct deadline left;
	int64_t now = clock_utc();
	int ticks = 0;

	(void)state;
	assert_int_equal(tick(), 0);
	put_deadline("alert", "1", now - 3);
	put_deadline("racun", "2", now - 2);
	put_deadline("alert", "3", now - 1);
	while (ticks < 5 && store_deadline_get(store, arena, "alert", "3", &left) == OK) {
		assert_int_equal(tick(), 0);
		ticks++;
	}
	assert_true(ticks < 5);
	assert_int_equal(
		store_deadline_get(store, arena, "alert", "1", &left), ERR_NOT_FOUND);
	assert_int_equal(store_deadline_get(store, arena, "racun", "2", &left), OK);
	assert_int_equal(left.due, clock_utc() + 3600);
	/* together again */
	deadlines_run = 0;
	put_deadline("alert", "4", now);
	put_deadline("alert", "5", now);
	assert_int_equal(tick(), 0);
	assert_int_equal(deadlines_run, 2);
}

#define LATE	  200
#define LATE_MOST 200 /* milliseconds of a tick; eight rounds of them all took seconds */

/* Summaries of a calendar's day that is late take long, one by one: messages wait no longer for
 * it, and all are done. */
static void test_late_deadlines_leave_room_for_messages(void **state)
{
	int64_t now = clock_utc(), began;
	char subject[8];
	int ticks = 0;

	(void)state;
	assert_int_equal(tick(), 0);
	for (int i = 0; i < LATE; i++) {
		snprintf(subject, sizeof(subject), "%d", i);
		put_deadline("alert", subject, now - 60);
	}
	deadline_takes = 10;
	deadlines_run = 0;
	for (; deadlines_run < LATE && ticks < LATE; ticks++) {
		began = clock_now();
		assert_int_equal(tick(), 0);
		assert_in_range(clock_now() - began, 1, LATE_MOST);
	}
	assert_int_equal(deadlines_run, LATE);
	assert_in_range(ticks, 10, 30);
	deadline_takes = 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_rows_of_others_are_claimed_by_the_tick),
		TEST(test_replies_without_room_wait_in_the_store),
		TEST(test_each_link_and_class_has_its_own_room),
		TEST(test_at_night_only_alarms_and_who_just_wrote),
		TEST(test_what_is_too_late_expires),
		TEST(test_rows_for_a_link_that_is_gone_go_over_any),
		TEST(test_in_the_reserve_alarms_go_out),
		TEST(test_an_unsure_row_is_taken_up_once),
		TEST(test_a_retry_does_not_wait_for_the_clock_to_come_again),
		TEST(test_own_rows_are_taken_up_again),
		TEST(test_a_deadline_that_fails_suffers_alone),
		TEST(test_late_deadlines_leave_room_for_messages),
	};

	if (sodium_init() < 0)
		return 1;
	log_set_quiet(true);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
