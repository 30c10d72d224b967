/* The contract of batches, two connections, conversations and the audit trail. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "store/message/deadline.h"
#include "store/people/person.h"
#include "store/report/report.h"
#include "store/statement/query.h"
#include "tests/store/contract.h"

void test_deadlines_in_order(void **state)
{
	struct world *world = *state;
	struct deadline late = {.kind = "question", .subject = "7", .due = 50};
	struct deadline early = {
		.kind = "escalation", .subject = "7", .due = 40, .step = 1, .data = "{}"};
	struct deadline rows[4];
	int64_t due;
	size_t count;

	ok(store_deadline_next(world->store, &due));
	assert_int_equal(due, 0);
	ok(store_deadline_put(world->store, &late));
	ok(store_deadline_put(world->store, &early));
	ok(store_deadline_next(world->store, &due));
	assert_int_equal(due, 40);
	ok(store_deadline_due(world->store, world->arena, 45, rows, 4, &count));
	assert_int_equal(count, 1);
	assert_string_equal(rows[0].data, "{}");
	early.due = 60;
	early.step = 2;
	ok(store_deadline_put(world->store, &early));
	ok(store_deadline_due(world->store, world->arena, 60, rows, 4, &count));
	assert_int_equal(count, 2);
	assert_string_equal(rows[0].kind, "question");
	assert_int_equal(rows[1].step, 2);
	ok(store_deadline_drop(world->store, "question", "7"));
	assert_int_equal(store_deadline_get(world->store, world->arena, "question", "7", rows),
		ERR_NOT_FOUND);
	ok(store_deadline_get(world->store, world->arena, "escalation", "7", rows));
	assert_int_equal(rows[0].due, 60);
}

void test_jobs_once(void **state)
{
	struct world *world = *state;
	struct store *other = world_second(world);

	ok(store_job_take(world->store, "reminder", "2024-08", 1));
	assert_int_equal(store_job_take(other, "reminder", "2024-08", 2), ERR_EXISTS);
	ok(store_job_take(other, "reminder", "2024-09", 2));
	store_close(other);
}

void test_sessions_expire(void **state)
{
	struct world *world = *state;
	const char *data;

	ok(store_session_put(world->store, "chat", "+62811", "{\"a\":1}", 100));
	ok(store_session_put(world->store, "chat", "+62811", "{\"a\":2}", 100));
	ok(store_session_get(world->store, world->arena, "chat", "+62811", 99, &data));
	assert_string_equal(data, "{\"a\":2}");
	assert_int_equal(
		store_session_get(world->store, world->arena, "chat", "+62811", 100, &data),
		ERR_NOT_FOUND);
	assert_int_equal(store_session_get(world->store, world->arena, "ussd", "+62811", 1, &data),
		ERR_NOT_FOUND);
	ok(store_session_sweep(world->store, 100));
	assert_int_equal(store_session_get(world->store, world->arena, "chat", "+62811", 1, &data),
		ERR_NOT_FOUND);
	ok(store_session_put(world->store, "chat", "+62811", "{}", 100));
	ok(store_session_drop(world->store, "chat", "+62811"));
	assert_int_equal(store_session_get(world->store, world->arena, "chat", "+62811", 1, &data),
		ERR_NOT_FOUND);
}

void test_counters_count(void **state)
{
	struct world *world = *state;
	int64_t count;

	for (int i = 1; i <= 3; i++) {
		ok(store_counter_add(world->store, "replies", "+62811", "2024-08-15", &count));
		assert_int_equal(count, i);
	}
	ok(store_counter_add(world->store, "replies", "+62811", "2024-08-16", &count));
	assert_int_equal(count, 1);
	ok(store_counter_sweep(world->store, "replies", "2024-08-16"));
	ok(store_counter_add(world->store, "replies", "+62811", "2024-08-15", &count));
	assert_int_equal(count, 1);
	ok(store_counter_add(world->store, "replies", "+62811", "2024-08-16", &count));
	assert_int_equal(count, 2);
}

void test_human_inbox(void **state)
{
	struct world *world = *state;
	struct human_row row = {.inbound = 3, .received = 5, .phone = "+62811", .text = "tolong"},
			 rows[2];
	size_t count;
	int changed;

	ok(store_human_put(world->store, &row));
	ok(store_human_list(world->store, world->arena, "waiting", rows, 2, &count));
	assert_int_equal(count, 1);
	assert_string_equal(rows[0].text, "tolong");
	/* only those of people who are active, and not what is older or behind */
	ok(store_human_of_people(world->store, world->arena, 0, 0, rows, 2, &count));
	assert_int_equal(count, 0);
	ok(store_person_put(world->store,
		&(struct person){.phone = "+62811", .name = "SITI", .role = "kader",
			.areas = "35.03.01.2004", .state = "waiting"},
		&changed));
	ok(store_human_of_people(world->store, world->arena, 0, 0, rows, 2, &count));
	assert_int_equal(count, 0);
	ok(store_person_set_state(world->store, "+62811", "active"));
	ok(store_human_of_people(world->store, world->arena, 0, 5, rows, 2, &count));
	assert_int_equal(count, 1);
	assert_string_equal(rows[0].text, "tolong");
	ok(store_human_of_people(world->store, world->arena, 0, 6, rows + 1, 1, &count));
	assert_int_equal(count, 0);
	ok(store_human_of_people(world->store, world->arena, rows[0].id, 0, rows + 1, 1, &count));
	assert_int_equal(count, 0);
	ok(store_human_answered(world->store, rows[0].id));
	ok(store_human_list(world->store, world->arena, "waiting", rows, 2, &count));
	assert_int_equal(count, 0);
	assert_int_equal(store_human_answered(world->store, 99), ERR_NOT_FOUND);
}

void test_audit_is_append_only(void **state)
{
	struct world *world = *state;
	struct audit_row rows[3];
	size_t count;

	ok(store_audit_put(world->store, 5, "+62811", "move", "+62812", "35.03", "35.04"));
	ok(store_audit_put(world->store, 6, "kabarctl", "block", "+62812", NULL, NULL));
	assert_int_equal(
		query_run(world->store, "UPDATE audit SET actor = ''", NULL, 0), ERR_STORE);
	assert_int_equal(query_run(world->store, "DELETE FROM audit", NULL, 0), ERR_STORE);
	ok(store_audit_list(world->store, world->arena, "+62812", rows, 3, &count));
	assert_int_equal(count, 2);
	assert_string_equal(rows[0].new_value, "35.04");
	assert_null(rows[1].old_value);
}

static int put(struct store *store, const char *ref)
{
	struct report_row row = {
		.ref = ref, .kabupaten = "35.03", .form = "lahir", .status = "accepted"};

	return store_report_put(store, &row);
}

/* A driver may send it later: a question that follows brings its error. */
static int put_now(struct store *store, const char *ref)
{
	int64_t count;
	int error = put(store, ref);

	return error ? error
		     : query_int(store, "SELECT count(*) FROM reports", NULL, 0, &count);
}

static size_t count_reports(struct world *world, struct store *store)
{
	struct report_filter filter = {0};
	struct report_row rows[20];
	size_t count;

	ok(store_report_find(store, world->arena, &filter, rows, 20, &count));
	return count;
}

void test_batch_is_all_or_nothing(void **state)
{
	struct world *world = *state;
	struct store *other = world_second(world);

	assert_int_equal(store_batch_commit(world->store), ERR_STATE);
	ok(store_batch_begin(world->store));
	assert_int_equal(store_batch_begin(world->store), ERR_STATE);
	ok(put(world->store, "A"));
	assert_int_equal(count_reports(world, world->store), 1);
	assert_int_equal(count_reports(world, other), 0);
	store_batch_rollback(world->store);
	assert_int_equal(count_reports(world, world->store), 0);
	ok(store_batch_begin(world->store));
	ok(put(world->store, "B"));
	ok(store_batch_commit(world->store));
	assert_int_equal(count_reports(world, other), 1);
	store_close(other);
}

/* What follows a failed statement must not slip into a commit. */
void test_error_spoils_the_batch(void **state)
{
	struct world *world = *state;

	ok(store_batch_begin(world->store));
	ok(put(world->store, "A"));
	assert_int_equal(put_now(world->store, "A"), ERR_STORE);
	assert_string_not_equal(store_detail(world->store), "");
	assert_int_equal(put(world->store, "B"), ERR_STORE);
	assert_int_equal(store_batch_commit(world->store), ERR_STORE);
	assert_int_equal(count_reports(world, world->store), 0);
	ok(store_batch_begin(world->store));
	ok(put(world->store, "C"));
	ok(store_batch_commit(world->store));
	assert_int_equal(count_reports(world, world->store), 1);
}

/* Where only one may write the other is told to wait; else only what both want is waited for. */
void test_two_writers(void **state)
{
	struct world *world = *state;
	struct store *other = world_second(world);
	bool one = strcmp(world->options.driver, "sqlite") == 0;

	ok(store_batch_begin(world->store));
	ok(put_now(world->store, "A"));
	assert_int_equal(store_batch_begin(other), one ? ERR_STORE_BUSY : OK);
	assert_int_equal(put_now(other, one ? "B" : "A"), ERR_STORE_BUSY);
	store_batch_rollback(other);
	assert_int_equal(count_reports(world, other), 0);
	ok(store_batch_commit(world->store));
	ok(store_batch_begin(other));
	ok(put(other, "B"));
	ok(store_batch_commit(other));
	assert_int_equal(count_reports(world, world->store), 2);
	store_close(other);
}

void test_backup_is_a_copy(void **state)
{
	struct world *world = *state;
	struct store_options options = world->options;
	struct store *copy;
	char path[160];

	snprintf(path, sizeof(path), "%s/copy.db", world->directory);
	options.path = path;
	ok(put(world->store, "A"));
	ok(store_backup(world->store, path));
	ok(put(world->store, "B"));
	assert_int_equal(store_backup(world->store, path), ERR_EXISTS);
	if (strcmp(world->options.driver, "sqlite") != 0) /* tests/store/backup.pl restores it */
		return;
	ok(store_open(&copy, &options, NULL));
	assert_int_equal(count_reports(world, copy), 1);
	store_close(copy);
}

static int look_again(const struct report_row *row, void *context)
{
	struct world *world = context;
	struct report_row other;

	ok(store_report_get(world->store, world->arena, row->id, &other));
	assert_string_equal(other.ref, row->ref);
	assert_int_equal(count_reports(world, world->store), 2);
	return OK;
}

void test_statements_may_nest(void **state)
{
	struct world *world = *state;
	struct report_filter filter = {0};

	ok(put(world->store, "A"));
	ok(put(world->store, "B"));
	ok(store_report_each(world->store, &filter, look_again, world));
}

void test_closing_and_opening_keeps_all(void **state)
{
	struct world *world = *state;
	int serial;

	ok(put(world->store, "A"));
	ok(store_serial_next(world->store, "35.03", "L2408", &serial));
	ok(store_batch_begin(world->store));
	ok(put(world->store, "never committed"));
	world_reopen(world);
	assert_int_equal(count_reports(world, world->store), 1);
	ok(store_serial_next(world->store, "35.03", "L2408", &serial));
	assert_int_equal(serial, 2);
}
