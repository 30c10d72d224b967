/* Children counted by name: whatever is told, corrected and taken back in whatever order, what is
 * kept is what the reports say, no child counts twice in a month, and no posyandu by names and by
 * its session at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "flows/measure/measure.h"
#include "flows/recount/recount.h"
#include "store/report/tally.h"
#include "store/statement/query.h"
#include "tests/flows/own_district.h"

#define TOLD  160
#define SEEDS 4

static uint64_t seed;

static unsigned below(unsigned limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % limit;
}

static void say(const char *table, const char *place, const char *what, const char *when,
	int64_t kept, int64_t told, void *context)
{
	(void)context;
	print_error("%s %s %s %s: kept %lld, told %lld\n", table, place, what, when,
		(long long)kept, (long long)told);
}

static void nothing_differs(void)
{
	struct recounted result;

	assert_int_equal(recount(&district.flow, say, NULL, &result), OK);
	assert_int_equal(result.differences, 0);
}

/* Five children; weighings of three months, in any order, of what is plausible and what is short.
 */
static void text_of(char out[160])
{
	static const char *const children[] = {"DIMAS#L#12/6/22", "RANI#P#10/2/23",
		"BAGAS SETIAWAN#L#1/9/22", "SALSABILA#P#20/12/22", "YUSUF#L#3/3/23"};
	unsigned month = 6 + below(3), day = 1 + below(14), height = 70 + below(18);

	switch (below(10)) {
	case 0: snprintf(out, 160, "BATAL T2408-%04u", 1 + below(TOLD / 2)); break;
	case 1: snprintf(out, 160, "KOREKSI T2408-%04u TB %u", 1 + below(TOLD / 2), height); break;
	case 2:
		snprintf(out, 160, "KOREKSI T2408-%04u TGL %u/%u/24", 1 + below(TOLD / 2), day,
			month);
		break;
	case 3:
		snprintf(out, 160, "POS S45 K44 D38 N30 STUNTING %u GIBUR %u TGL %u/%u/24",
			below(9), below(3), day, month);
		break;
	case 4: snprintf(out, 160, "BATAL P2408-%04u", 1 + below(20)); break;
	case 5:
		snprintf(out, 160, "TIMBANG#%s#9,%u TGL %u/%u/24", children[below(5)], below(9),
			day, month);
		break;
	default:
		snprintf(out, 160, "TIMBANG#%s#9,%u#%u TGL %u/%u/24", children[below(5)], below(9),
			height, day, month);
	}
}

static int64_t number(const char *sql)
{
	int64_t value;

	assert_int_equal(query_int(district.store, sql, NULL, 0, &value), OK);
	return value;
}

static void test_kept_is_what_is_told(void **state)
{
	char text[160];

	(void)state;
	for (unsigned round = 0; round < SEEDS; round++) {
		seed = 77 + round;
		for (int i = 0; i < TOLD; i++) {
			text_of(text);
			send_from(KADER, text);
			if (text[0] == 'B')
				send_from(KADER, "YA");
			if (i % 8 == 0)
				nothing_differs();
		}
		nothing_differs();
	}
	assert_true(number("SELECT count(*) FROM stocks WHERE named = 1") > 6);
	assert_true(number("SELECT count(*) FROM reports WHERE form = 'timbang' AND status = "
			   "'accepted'") > 50);
}

/* No stock by name is more than the children there are. */
static void test_no_child_counts_twice(void **state)
{
	(void)state;
	assert_true(number("SELECT max(value) FROM stocks WHERE named = 1") <= 5);
	assert_int_equal(number("SELECT count(*) FROM stocks s JOIN stocks d ON d.posyandu = "
				"s.posyandu AND d.month = s.month AND d.indicator = 'd_stunting' "
				"WHERE s.indicator = 'stunting' AND s.named <> d.named"),
		0);
	assert_int_equal(number("SELECT count(*) FROM stocks s JOIN stocks d ON d.posyandu = "
				"s.posyandu AND d.month = s.month AND d.indicator = 'd_stunting' "
				"WHERE s.indicator = 'stunting' AND s.value > d.value"),
		0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kept_is_what_is_told),
		cmocka_unit_test(test_no_child_counts_twice),
	};

	return cmocka_run_group_tests(tests, district_setup, district_teardown);
}
