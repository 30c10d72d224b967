/* A store that was counted by other rules is counted again by itself: at the start the deadline is
 * put, and when it is through, everything that is kept is what the reports say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "flows/recount/mend.h"
#include "flows/recount/recount.h"
#include "store/report/cells.h"
#include "store/statement/query.h"
#include "tests/flows/own_district.h"

#define TICKS_MOST 1000

static void run(const char *sql)
{
	assert_int_equal(query_run(district.store, sql, NULL, 0), OK);
}

static int64_t number(const char *sql)
{
	int64_t value;

	assert_int_equal(query_int(district.store, sql, NULL, 0, &value), OK);
	return value;
}

static void say_nothing(const char *table, const char *place, const char *what, const char *when,
	int64_t kept, int64_t told, void *context)
{
	(void)table, (void)place, (void)what, (void)when, (void)kept, (void)told, (void)context;
}

static size_t differences(void)
{
	struct recounted result;

	assert_int_equal(recount(&district.flow, say_nothing, NULL, &result), OK);
	assert_true(result.reports > 0);
	return result.differences;
}

/* As a gateway starts. */
static void start(void)
{
	assert_int_equal(store_batch_begin(district.store), OK);
	assert_int_equal(flow_derive(&district.flow), OK);
	assert_int_equal(store_batch_commit(district.store), OK);
	arena_reset(district.arena);
}

static int64_t waiting(void)
{
	return number("SELECT count(*) FROM deadlines WHERE kind = 'recount'");
}

static void tick(void)
{
	int64_t next;

	assert_int_equal(store_batch_begin(district.store), OK);
	assert_int_equal(flow_tick(&district.flow, &next), OK);
	assert_int_equal(store_batch_commit(district.store), OK);
	arena_reset(district.arena);
}

static size_t tick_to_the_end(void)
{
	size_t ticks = 0;

	for (; waiting() > 0; ticks++) {
		assert_true(ticks < TICKS_MOST);
		tick();
	}
	return ticks;
}

/* Births of some months, and sessions with what not every posyandu tells. */
static void tell(void)
{
	static const char *const days[] = {"14/8/24", "2/7/24", "9/6/24", "30/5/24", "1/4/24",
		"17/3/24", "12/2/24", "8/1/24"};
	char text[120];

	for (size_t i = 0; i < COUNT_OF(days); i++) {
		snprintf(text, sizeof(text), "LAHIR#SITI %c#25#%s#L#2400#48#PKM#BIDAN#HIDUP",
			(char)('A' + i), days[i]);
		send_from(BIDAN, text);
		snprintf(text, sizeof(text), "POS %s S45 K44 D38 N30 T4 O2 B2 BGM 1 STUNTING 3",
			days[i]);
		send_from(KADER, text);
	}
	send_from(KADER, "POS NIHIL JUNI hujan");
	assert_true(number("SELECT count(*) FROM tally_day WHERE indicator = 'd_t'") > 5);
	assert_true(number("SELECT count(*) FROM stocks WHERE indicator = 'd_stunting'") > 5);
	assert_int_equal(differences(), 0);
}

static void test_a_new_store_knows_its_rules(void **state)
{
	int64_t rules;

	(void)state;
	start();
	assert_int_equal(waiting(), 0);
	assert_int_equal(store_counted_by(district.store, &rules), OK);
	assert_int_not_equal(rules, 0);
}

/* An older program did not count these at all. */
static void test_what_was_added_is_counted(void **state)
{
	int64_t audits;

	(void)state;
	tell();
	start();
	assert_int_equal(waiting(), 0); /* nothing has changed */
	run("DELETE FROM tally_day WHERE indicator IN ('d_t', 'd_bgm', 'salin')");
	run("DELETE FROM tally_month WHERE indicator IN ('d_t', 'd_bgm', 'salin')");
	run("DELETE FROM stocks WHERE indicator = 'd_stunting'");
	run("DELETE FROM stock_sums WHERE indicator = 'd_stunting'");
	run("DELETE FROM coverage_desa WHERE form = 'pos held'");
	run("DELETE FROM coverage_posyandu WHERE form = 'pos held'");
	assert_true(differences() > 50);
	run("DELETE FROM meta WHERE key = 'counted_by'");
	audits = number("SELECT count(*) FROM audit");
	start();
	assert_int_equal(waiting(), 1);
	tick();
	run("CREATE TEMP TABLE reached AS SELECT data FROM deadlines WHERE kind = 'recount'");
	assert_int_equal(
		number("SELECT count(*) FROM reached WHERE data LIKE '%month\":\"2024-%'"), 1);
	start(); /* a second start in the midst of it begins nothing anew */
	assert_int_equal(number("SELECT count(*) FROM deadlines JOIN reached USING (data)"), 1);
	assert_true(tick_to_the_end() > 1);
	assert_int_equal(differences(), 0);
	assert_int_equal(number("SELECT count(*) FROM audit"), audits + 1);
	start();
	assert_int_equal(waiting(), 0);
}

/* Contacts and weighings that were told before there were cases. */
static void test_old_reports_get_cases(void **state)
{
	int64_t told;

	(void)state;
	send_from(BIDAN, "HAMIL#WARTINI#28#G2P1A0#3/3/24#K1#TGL 1/7/24");
	send_from(BIDAN, "HAMIL#WARTINI#28#G2P1A0#3/3/24#K2#TGL 5/8/24");
	send_from(KADER, "TIMBANG#DIMAS#L#12/6/23#9,4#75 TGL 2/7/24");
	send_from(KADER, "TIMBANG#DIMAS#L#12/6/23#9,6#77 TGL 3/8/24");
	send_from(KADER, "TIMBANG#RANI#P#12/6/23#9,6#76 TGL 3/8/24");
	told = number("SELECT count(*) FROM case_reports");
	assert_int_equal(told, 5);
	run("DELETE FROM case_reports");
	run("DELETE FROM cases");
	run("DELETE FROM tally_day WHERE indicator = 'k1'");
	run("DELETE FROM tally_month WHERE indicator = 'k1'");
	run("DELETE FROM meta WHERE key = 'counted_by'");
	start();
	(void)tick_to_the_end();
	assert_int_equal(number("SELECT count(*) FROM case_reports"), told);
	assert_int_equal(number("SELECT count(*) FROM cases WHERE closed IS NULL"), 3);
	assert_int_equal(number("SELECT count(*) FROM cases WHERE known IS NOT NULL"), 3);
	assert_int_equal(differences(), 0);
}

/* What is told between two steps is counted once. */
static void test_messages_go_on_meanwhile(void **state)
{
	(void)state;
	run("DELETE FROM tally_day WHERE indicator = 'lahir'");
	run("DELETE FROM tally_month WHERE indicator = 'lahir'");
	run("UPDATE meta SET value = 1 WHERE key = 'counted_by'");
	start();
	for (int i = 0; waiting() > 0; i++) {
		char text[120];

		snprintf(text, sizeof(text), "LAHIR#RINI %c#25#%d/%d/24#P#3100#48#PKM#BIDAN#HIDUP",
			(char)('A' + i % 26), i % 9 + 1, i % 8 + 1);
		send_from(BIDAN, text);
		tick();
		assert_true(i < TICKS_MOST);
	}
	assert_int_equal(differences(), 0);
}

/* Whatever was damaged, sums too. */
static void test_all_at_once(void **state)
{
	size_t mended;

	(void)state;
	run("UPDATE tally_day SET count = count + 1 WHERE indicator = 'bblr'");
	run("DELETE FROM tally_month WHERE area = '35.03'");
	run("UPDATE stocks SET value = 9 WHERE indicator = 's'");
	run("INSERT INTO stocks (posyandu, indicator, month, area, value) VALUES "
	    "('35.03.01.2004.001', 's', '2019-01', '35.03.01.2004', 7)");
	run("UPDATE stock_sums SET value = 1 WHERE period = '2024'");
	run("DELETE FROM coverage_posyandu");
	run("INSERT INTO coverage_desa VALUES ('lahir', '35.03.01.2005', '2020-02', 3)");
	assert_true(differences() > 50);
	assert_int_equal(store_batch_begin(district.store), OK);
	assert_int_equal(mend_all(&district.flow, &mended), OK);
	assert_int_equal(store_batch_commit(district.store), OK);
	assert_true(mended > 50);
	assert_int_equal(differences(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_new_store_knows_its_rules),
		cmocka_unit_test(test_what_was_added_is_counted),
		cmocka_unit_test(test_old_reports_get_cases),
		cmocka_unit_test(test_messages_go_on_meanwhile),
		cmocka_unit_test(test_all_at_once),
	};

	return cmocka_run_group_tests(tests, district_setup, district_teardown);
}
