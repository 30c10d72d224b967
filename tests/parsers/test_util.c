/* Arenas and growing strings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/text/util.h"

static void test_arena_keeps_what_it_gave(void **state)
{
	struct arena *arena = arena_new();
	char *first = arena_strdup(arena, "pertama");
	char *large;

	(void)state;
	for (int i = 0; i < 5000; i++)
		assert_string_equal(arena_printf(arena, "%d bayi", 7), "7 bayi");
	large = arena_alloc(arena, 100000);
	assert_int_equal(large[99999], 0);
	assert_string_equal(first, "pertama");
	arena_reset(arena);
	assert_int_equal(*(char *)arena_alloc(arena, 64), 0);
	arena_free(arena);
}

static void test_strbuf_grows(void **state)
{
	struct strbuf buf = {0};

	(void)state;
	for (int i = 0; i < 1000; i++)
		strbuf_printf(&buf, "%03d", i);
	assert_int_equal(buf.length, 3000);
	assert_memory_equal(buf.text + 2997, "999", 4);
	strbuf_clear(&buf);
	assert_string_equal(buf.text, "");
	strbuf_free(&buf);
}

static void test_copy_string_says_when_it_cut(void **state)
{
	char room[4];

	(void)state;
	assert_true(copy_string(room, sizeof(room), "abc"));
	assert_false(copy_string(room, sizeof(room), "abcd"));
	assert_string_equal(room, "abc");
}

static void test_a_list_grows(void **state)
{
	size_t *list = NULL;

	(void)state;
	for (size_t i = 0; i < 1000; i++) {
		size_t *before = list;

		list = xgrow(list, i, sizeof(*list));
		if (i & (i - 1))
			assert_ptr_equal(list, before); /* once for each doubling */
		list[i] = i;
	}
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(list[i], i);
	free(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arena_keeps_what_it_gave),
		cmocka_unit_test(test_strbuf_grows),
		cmocka_unit_test(test_a_list_grows),
		cmocka_unit_test(test_copy_string_says_when_it_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
