/* Log lines: their shape, the masking of numbers, forged line ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gateway/os/log.h"

static char last[2048];

static void keep(enum log_level level, const char *line, void *context)
{
	(void)level;
	(void)context;
	copy_string(last, sizeof(last), line);
}

static void test_subject_comes_first(void **state)
{
	(void)state;
	log_info("link telkomsel", "state old=%s new=%s", "binding", "bound");
	assert_string_equal(last, "link telkomsel: state old=binding new=bound");
}

static void test_levels(void **state)
{
	uint64_t before = log_count(LOG_LEVEL_DEBUG);

	(void)state;
	last[0] = '\0';
	log_debug("worker", "batch=%d", 3);
	assert_string_equal(last, "");
	assert_int_equal(log_count(LOG_LEVEL_DEBUG), before + 1);
	log_set_level(LOG_LEVEL_DEBUG);
	log_debug("worker", "batch=%d", 3);
	assert_string_equal(last, "worker: batch=3");
	log_set_level(LOG_LEVEL_INFO);
}

static void test_a_line_end_cannot_forge_a_line(void **state)
{
	(void)state;
	log_warn("link x", "system_id=%s", "a\n<2>worker: gone");
	assert_string_equal(last, "link x: system_id=a <2>worker: gone");
	log_warn("link x", "system_id=%s", "a\xc2\x9b" "2J\u202e" "b\x9b");
	assert_string_equal(last, "link x: system_id=a<U+009B>2J<U+202E>b<9B>");
}

static void test_long_lines_are_cut(void **state)
{
	char *text = malloc(5000);

	(void)state;
	memset(text, 'a', 4999);
	text[4999] = '\0';
	log_warn("link x", "%s", text);
	assert_true(strlen(last) < 1024);
	log_warn(text, "%s", "short");
	assert_true(strlen(last) < 1024);
	free(text);
}

static void test_masking(void **state)
{
	char out[LOG_PHONE];

	(void)state;
	assert_string_equal(log_mask_phone("+6281234567890", out), "+62812*****890");
	assert_string_equal(log_mask_phone("081234567890", out), "081234***890");
	assert_string_equal(log_mask_phone("2255", out), "2255");
	assert_string_equal(log_mask_phone("TELKOMSEL", out), "TELKOMSEL");
	assert_string_equal(log_mask_phone(NULL, out), "-");
	assert_null(
		strstr(log_mask_phone("+62812345678901234567890123456789", out), "34567890123"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_subject_comes_first),
		cmocka_unit_test(test_levels),
		cmocka_unit_test(test_a_line_end_cannot_forge_a_line),
		cmocka_unit_test(test_long_lines_are_cut),
		cmocka_unit_test(test_masking),
	};

	log_set_quiet(true);
	log_set_sink(keep, NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
