/* The contract of reports, people and places. */
#include <stdio.h>

#include "store/people/person.h"
#include "store/report/report.h"
#include "tests/store/contract.h"
#include "store/report/names.h"

static int64_t put_report(struct world *world, const char *ref, const char *status,
	const char *area, const char *date)
{
	struct report_row row = {.ref = ref,
		.kabupaten = "35.03",
		.form = "lahir",
		.status = status,
		.area = area,
		.date = date,
		.sender = "+62811",
		.fields = "{\"ibu\":\"SITI\"}",
		.match_name = "siti",
		.inbound = 9,
		.received = 1000};

	ok(store_report_put(world->store, &row));
	assert_int_equal(row.version, 1);
	return row.id;
}

void test_report_versions(void **state)
{
	struct world *world = *state;
	int64_t id = put_report(world, "L2408-0001", "incomplete", "35.03.01.2004", NULL);
	struct report_row row, rows[5], stale;
	size_t count;

	ok(store_report_get(world->store, world->arena, id, &row));
	assert_string_equal(row.problems, "[]");
	assert_null(row.date);
	stale = row;
	row.status = "accepted";
	row.date = "2024-08-12";
	row.revised = 2000;
	row.actor = "+62811";
	ok(store_report_revise(world->store, &row));
	assert_int_equal(row.version, 2);
	row.status = "cancelled";
	row.revised = 3000;
	ok(store_report_revise(world->store, &row));
	assert_int_equal(store_report_revise(world->store, &stale), ERR_STATE);
	stale.id = 12345;
	assert_int_equal(store_report_revise(world->store, &stale), ERR_NOT_FOUND);
	ok(store_report_versions(world->store, world->arena, id, rows, 5, &count));
	assert_int_equal(count, 3);
	assert_string_equal(rows[0].status, "incomplete");
	assert_null(rows[0].date);
	assert_int_equal(rows[0].revised, 1000);
	assert_string_equal(rows[1].status, "accepted");
	assert_string_equal(rows[2].status, "cancelled");
	assert_int_equal(rows[2].version, 3);
	assert_int_equal(rows[2].received, 1000);
	assert_string_equal(rows[2].ref, "L2408-0001");
}

static size_t found(struct world *world, struct report_filter filter)
{
	struct report_row rows[10];
	size_t count;

	ok(store_report_find(world->store, world->arena, &filter, rows, 10, &count));
	return count;
}

void test_report_filters(void **state)
{
	struct world *world = *state;
	struct report_row training = {.ref = "T1",
		.kabupaten = "35.03",
		.form = "pos",
		.status = "accepted",
		.sender = "+62899",
		.training = true,
		.received = 5};
	int64_t first = put_report(world, "L1", "accepted", "35.03.01.2004", "2024-08-12");

	put_report(world, "L2", "question", "35.03.01.2005", "2024-08-13");
	put_report(world, "L3", "verified", "35.03.02.2001", "2024-09-01");
	put_report(world, "L4", "cancelled", "35.04.01.2001", "2024-09-01");
	ok(store_report_put(world->store, &training));
	assert_int_equal(found(world, (struct report_filter){0}), 4);
	assert_int_equal(found(world, (struct report_filter){.with_training = true}), 5);
	assert_int_equal(
		found(world, (struct report_filter){.ref = "L1", .kabupaten = "35.03"}), 1);
	assert_int_equal(found(world, (struct report_filter){.area_prefix = "35.03"}), 3);
	assert_int_equal(found(world, (struct report_filter){.area_prefix = "35.03.01"}), 2);
	assert_int_equal(found(world, (struct report_filter){.area_prefix = "35.03.01.2004"}), 1);
	assert_int_equal(found(world, (struct report_filter){.area_prefix = "35.0"}), 0);
	assert_int_equal(found(world, (struct report_filter){.counted = true}), 2);
	assert_int_equal(
		found(world, (struct report_filter){.sender = "+62811", .waiting = true}), 1);
	assert_int_equal(found(world, (struct report_filter){.date_from = "2024-08-13",
					      .date_to = "2024-09-01"}),
		3);
	assert_int_equal(found(world, (struct report_filter){.match_name = "siti",
					      .area_prefix = "35.03.01.2004",
					      .date_from = "2024-08-10",
					      .date_to = "2024-08-14"}),
		1);
	assert_int_equal(found(world, (struct report_filter){.received_from = 1001}), 0);
	assert_int_equal(found(world, (struct report_filter){.inbound = 9, .form = "lahir"}), 4);
	training.ref = "L5";
	training.training = false;
	training.original = first;
	ok(store_report_put(world->store, &training));
	assert_int_equal(found(world, (struct report_filter){.original = first}), 1);
}

void test_serials_per_kabupaten(void **state)
{
	struct world *world = *state;
	int serial;

	for (int i = 1; i <= 3; i++) {
		ok(store_serial_next(world->store, "35.03", "L2408", &serial));
		assert_int_equal(serial, i);
	}
	ok(store_serial_next(world->store, "35.03", "L2409", &serial));
	assert_int_equal(serial, 1);
	ok(store_serial_next(world->store, "17.02", "L2408", &serial));
	assert_int_equal(serial, 1);
}

static int collect(const struct report_row *row, void *context)
{
	strcat(context, row->ref);
	return strcmp(row->ref, "C") == 0 ? 7 : 0;
}

void test_report_each_streams(void **state)
{
	struct world *world = *state;
	struct report_filter filter = {.area_prefix = "35"};
	char seen[16] = "";

	put_report(world, "A", "accepted", "35.03.01.2004", "2024-08-12");
	put_report(world, "B", "accepted", "35.03.01.2004", "2024-08-11");
	ok(store_report_each(world->store, &filter, collect, seen));
	put_report(world, "C", "accepted", "35.03.01.2004", "2024-08-10");
	put_report(world, "D", "accepted", "35.03.01.2004", "2024-08-10");
	assert_int_equal(store_report_each(world->store, &filter, collect, seen), 7);
	assert_string_equal(seen, "ABABC");
}

void test_report_references_are_unique(void **state)
{
	struct world *world = *state;
	struct report_row row = {
		.ref = "L1", .kabupaten = "35.03", .form = "lahir", .status = "accepted"};

	ok(store_report_put(world->store, &row));
	assert_int_equal(store_report_put(world->store, &row), ERR_STORE);
	row.kabupaten = "17.02";
	ok(store_report_put(world->store, &row));
}

static struct person person(const char *phone, const char *role, const char *areas)
{
	return (struct person){.phone = phone, .name = "Sri", .role = role, .areas = areas};
}

void test_person_phones(void **state)
{
	struct world *world = *state;
	struct person sri = person("+62811", "bidan", "35.03.01.2004;35.03.01.2005"), out;
	int changed;

	ok(store_person_put(world->store, &sri, &changed));
	assert_int_equal(changed, 2);
	ok(store_person_put(world->store, &sri, &changed));
	assert_int_equal(changed, 0);
	sri.name = "Sri Wahyuni";
	ok(store_person_put(world->store, &sri, &changed));
	assert_int_equal(changed, 1);
	ok(store_person_by_phone(world->store, world->arena, "+62811", &out));
	assert_string_equal(out.name, "Sri Wahyuni");
	assert_string_equal(out.language, "id");
	assert_string_equal(out.state, "active");
	ok(store_person_add_phone(world->store, out.id, "+62822"));
	ok(store_person_by_phone(world->store, world->arena, "+62822", &out));
	assert_string_equal(out.name, "Sri Wahyuni");
	sri = person("+62833", "kader", "35.03.01.2004");
	ok(store_person_put(world->store, &sri, &changed));
	assert_int_equal(store_person_add_phone(world->store, out.id, "+62833"), ERR_EXISTS);
	ok(store_person_drop_phone(world->store, "+62811"));
	assert_int_equal(store_person_drop_phone(world->store, "+62822"), ERR_NOT_FOUND);
	assert_int_equal(
		store_person_by_phone(world->store, world->arena, "+62811", &out), ERR_NOT_FOUND);
}

/* At once, for every connection. */
void test_a_person_moves(void **state)
{
	struct world *world = *state;
	struct store *other = world_second(world);
	struct person sri = person("+62811", "bidan", "35.03.01.2004;35.03.01.2005"), out;
	int changed;

	ok(store_person_put(world->store, &sri, &changed));
	ok(store_person_move(world->store, "+62811", "35.03.02.2001", "B"));
	ok(store_person_by_phone(other, world->arena, "+62811", &out));
	assert_string_equal(out.areas, "35.03.02.2001");
	assert_string_equal(out.posyandu, "B");
	assert_int_equal(
		store_person_move(world->store, "+62899", "35.03.02.2001", "B"), ERR_NOT_FOUND);
	ok(store_person_move(other, "+62811", "35.03.01.2004", NULL));
	ok(store_person_by_phone(world->store, world->arena, "+62811", &out));
	assert_string_equal(out.areas, "35.03.01.2004");
	assert_null(out.posyandu);
	store_close(other);
}

static int count_person(const struct person *row, void *context)
{
	(void)row;
	++*(int *)context;
	return 0;
}

void test_person_list_by_area(void **state)
{
	struct world *world = *state;
	struct person bidan = person("+62811", "bidan", "35.03.01.2004;35.03.01.2005"), rows[4];
	struct person kader = person("+62812", "kader", "35.03.01.2004");
	int changed, seen = 0;
	size_t count;

	ok(store_person_put(world->store, &bidan, &changed));
	ok(store_person_put(world->store, &kader, &changed));
	ok(store_person_list(
		world->store, world->arena, "bidan", "35.03.01.2005", NULL, rows, 4, &count));
	assert_int_equal(count, 1);
	assert_string_equal(rows[0].phone, "+62811");
	ok(store_person_list(
		world->store, world->arena, "bidan", "35.03.01", NULL, rows, 4, &count));
	assert_int_equal(count, 0);
	ok(store_person_move(world->store, "+62811", "35.03.02.2001", NULL));
	ok(store_person_list(
		world->store, world->arena, "bidan", "35.03.01.2005", NULL, rows, 4, &count));
	assert_int_equal(count, 0);
	ok(store_person_list(
		world->store, world->arena, "bidan", "35.03.02.2001", NULL, rows, 4, &count));
	assert_int_equal(count, 1);
	ok(store_person_each(world->store, count_person, &seen));
	assert_int_equal(seen, 2);
}

void test_person_list_does_not_unblock(void **state)
{
	struct world *world = *state;
	struct person kader = person("+62812", "kader", "35.03.01.2004"), out;
	int changed;

	kader.state = "waiting";
	ok(store_person_put(world->store, &kader, &changed));
	kader.state = NULL;
	ok(store_person_put(world->store, &kader, &changed));
	ok(store_person_by_phone(world->store, world->arena, "+62812", &out));
	assert_string_equal(out.state, "active");
	ok(store_person_set_state(world->store, "+62812", "blocked"));
	ok(store_person_put(world->store, &kader, &changed));
	assert_int_equal(changed, 0);
	ok(store_person_by_phone(world->store, world->arena, "+62812", &out));
	assert_string_equal(out.state, "blocked");
	assert_int_equal(store_person_set_state(world->store, "+62800", "blocked"), ERR_NOT_FOUND);
}

static int join_key(const struct place_row *row, void *context)
{
	char *all = context;

	snprintf(all + strlen(all), 100 - strlen(all), "%s%s ", row->key, row->active ? "" : "!");
	return 0;
}

void test_places_upsert(void **state)
{
	struct world *world = *state;
	char keys[100] = "";
	int changed;

	ok(store_area_put(world->store, "35", "", "provinsi", "Jawa Timur", &changed));
	assert_int_equal(changed, 2);
	ok(store_area_put(world->store, "35.03", "35", "kabupaten", "Trenggalek", &changed));
	assert_int_equal(changed, 2);
	ok(store_area_put(world->store, "35.03", "35", "kabupaten", "Trenggalek", &changed));
	assert_int_equal(changed, 0);
	ok(store_area_put(
		world->store, "35.03", "35", "kabupaten", "Kabupaten Trenggalek", &changed));
	assert_int_equal(changed, 1);
	assert_int_equal(
		store_area_put(world->store, "36.01", "36", "kabupaten", "X", &changed), ERR_STORE);
	ok(store_posyandu_put(world->store, "P1", "MELATI", "35.03", &changed));
	ok(store_puskesmas_put(world->store, "PKM", "Panggul", "35.03", &changed));
	ok(store_puskesmas_put(world->store, "PKM", "Panggul", "35.03;35", &changed));
	assert_int_equal(changed, 1);
	ok(store_place_deactivate(world->store, "areas", "35.03", "2024-08-20"));
	assert_int_equal(store_place_deactivate(world->store, "areas", "35.03", "2024-08-20"),
		ERR_NOT_FOUND);
	ok(store_place_each(world->store, "areas", join_key, keys));
	assert_string_equal(keys, "35 35.03! ");
	ok(store_area_put(
		world->store, "35.03", "35", "kabupaten", "Kabupaten Trenggalek", &changed));
	assert_int_equal(changed, 1);
}

void test_store_version_follows_others(void **state)
{
	struct world *world = *state;
	struct store *other = world_second(world);
	int64_t before, after;
	int changed, serial;

	ok(store_version(world->store, &before));
	ok(store_serial_next(other, "35.03", "L2408", &serial));
	ok(store_version(world->store, &after));
	assert_int_equal(before, after);
	ok(store_area_put(other, "35", "", "provinsi", "Jawa Timur", &changed));
	ok(store_version(world->store, &after));
	assert_int_not_equal(before, after);
	ok(store_area_put(other, "35", "", "provinsi", "Jawa Timur", &changed));
	ok(store_version(world->store, &before));
	assert_int_equal(before, after);
	store_close(other);
}

static int collect_name(int64_t id, const char *name, void *context)
{
	assert_true(id > 0);
	strcat(context, name);
	return OK;
}

static void put_named(struct world *world, const char *name, const char *area, const char *date)
{
	struct report_row row = {.ref = name,
		.kabupaten = "35.03",
		.form = "lahir",
		.status = "accepted",
		.area = area,
		.date = date,
		.sender = "+62811",
		.fields = "{}",
		.problems = "[]",
		.notes = "[]",
		.match_name = name,
		.actor = "+62811"};

	ok(store_report_put(world->store, &row));
}

void test_report_names_of_days(void **state)
{
	struct world *world = *state;
	char seen[64] = "";
	size_t read;

	put_named(world, "SITI", "35.03.01.2004", "2024-08-10");
	put_named(world, "ANI", "35.03.01.2004", "2024-08-12");
	put_named(world, "SARI", "35.03.01.2004", "2024-08-12");
	put_named(world, "SUMI", "35.03.01.2005", "2024-08-12");
	ok(store_report_names(world->store, "35.03.01.2004", "2024-08-11", "2024-08-13", NULL, 10,
		&read, collect_name, seen));
	assert_string_equal(seen, "ANISARI");
	assert_int_equal(read, 2);
	ok(store_report_names(world->store, "35.03.01.2004", "2024-08-01", "2024-08-31", NULL, 2,
		&read, collect_name, seen));
	assert_int_equal(read, 2);
	seen[0] = '\0';
	ok(store_report_names_like(
		world->store, "35.03.01.2004", "2024-08-12", "S", collect_name, seen));
	assert_string_equal(seen, "SARI");
}

/* In an order that no database promises. */
static int mark_name(int64_t id, const char *name, void *context)
{
	char *seen = context;

	(void)id;
	seen[name[0] - 'A'] = name[0];
	return 0;
}

/* What is asked for again and again is known in memory, and is what the database says. */
static void assert_names_of(struct world *world, const char *area, const char *from, const char *to,
	const char *expected)
{
	size_t read;

	for (int i = 0; i < 3; i++) {
		char seen[26] = "", names[27] = "";
		size_t length = 0;

		ok(store_report_names(
			world->store, area, from, to, NULL, 100, &read, mark_name, seen));
		for (size_t k = 0; k < sizeof(seen); k++) {
			if (seen[k])
				names[length++] = seen[k];
		}
		assert_string_equal(names, expected);
	}
}

static void assert_names(struct world *world, const char *area, const char *expected)
{
	assert_names_of(world, area, "2024-08-10", "2024-08-14", expected);
}

static void change(struct world *world, int64_t id, const char *area, const char *date,
	const char *name)
{
	struct report_row row;

	ok(store_report_get(world->store, world->arena, id, &row));
	row.area = area;
	row.date = date;
	row.match_name = name;
	ok(store_report_revise(world->store, &row));
}

void test_names_that_are_known(void **state)
{
	struct world *world = *state;
	const char *here = "35.03.01.2004", *there = "35.03.01.2005";

	store_set_now(world->store, 1723687200); /* 2024-08-15 */
	ok(store_batch_begin(world->store));
	put_named(world, "ANI", here, "2024-08-12");
	assert_names(world, here, "A");
	assert_names(world, there, "");
	put_named(world, "BINA", here, "2024-08-13");
	put_named(world, "CICI", here, "2024-08-20");
	put_named(world, "DEWI", there, "2024-08-10");
	assert_names(world, here, "AB");
	assert_names(world, there, "D");
	ok(store_batch_commit(world->store));
	ok(store_batch_begin(world->store));
	put_named(world, "EKA", here, "2024-08-13");
	change(world, 1, here, "2024-08-20", "ANI");
	change(world, 3, here, "2024-08-11", "CICI");
	assert_names(world, here, "BCE");
	change(world, 2, there, "2024-08-13", "BINA");
	assert_names(world, here, "CE");
	assert_names(world, there, "BD");
	change(world, 3, here, "2024-08-11", NULL);
	change(world, 4, there, "2024-08-10", "FITRI");
	assert_names(world, here, "E");
	assert_names(world, there, "BF");
	store_batch_rollback(world->store);
	ok(store_batch_begin(world->store));
	assert_names(world, here, "AB");
	assert_names(world, there, "D");
	store_batch_rollback(world->store);
}

/* Days in memory are counted from one day on, in few bits: a year later from another one, and the
 * same when the clock goes back; a day that is far ahead is asked of the database. */
void test_names_of_other_years(void **state)
{
	struct world *world = *state;
	const char *here = "35.03.01.2004";

	for (int round = 0; round < 2; round++) {
		store_set_now(world->store, 1723687200); /* 2024-08-15 */
		ok(store_batch_begin(world->store));
		put_named(world, round ? "EKA" : "ANI", here, "2024-08-12");
		put_named(world, round ? "FITRI" : "BINA", here, "2025-08-12");
		assert_names(world, here, round ? "AE" : "A");
		assert_names_of(world, here, "2025-07-01", "2025-08-12", round ? "BDF" : "B");
		assert_names_of(world, here, "2025-08-13", "2025-08-14", round ? "C" : "");
		ok(store_batch_commit(world->store));
		store_set_now(world->store, 1755223200); /* 2025-08-15 */
		ok(store_batch_begin(world->store));
		if (round == 0) {
			put_named(world, "CICI", here, "2025-08-14");
			put_named(world, "DEWI", here, "2025-07-02");
		}
		assert_names_of(
			world, here, "2025-08-12", "2025-08-14", round ? "BCF" : "BC");
		assert_names_of(
			world, here, "2025-07-02", "2025-08-12", round ? "BDF" : "BD");
		assert_names(world, here, round ? "AE" : "A");
		ok(store_batch_commit(world->store));
	}
}
