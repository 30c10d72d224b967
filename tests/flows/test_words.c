/* Numbers, dates, names and initials as people read them; stored reports come back as they were. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "flows/alert/alert.h"
#include "flows/measure/query_number.h"
#include "flows/record/report_json.h"
#include "gateway/config/config_load.h"
#include "parsers/read/values.h"

static struct config *config;
static struct arena *arena;

static int setup(void **state)
{
	char path[] = "/tmp/kabar-words-XXXXXX";
	const char *top = getenv("top_srcdir");
	struct config_errors *errors = config_errors_new();
	int fd = mkstemp(path);
	FILE *file = fdopen(fd, "w");
	int error;

	(void)state;
	fprintf(file,
		"[gateway]\nforms = %s/conf/forms\nmessages = %s/conf/messages\nlexicon = "
		"%s/conf/lexicon\n"
		"menus = %s/conf/menus\ndialects = %s/conf/dialects\n"
		"[smsc test]\nhost = localhost\nsystem_id = test\naddress = 2255\n",
		top, top, top, top, top);
	fclose(file);
	error = config_load(&config, path, errors);
	config_errors_print(errors, stderr);
	config_errors_free(errors);
	remove(path);
	arena = arena_new();
	return error;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	config_unref(config);
	return 0;
}

static void test_numbers(void **state)
{
	(void)state;
	assert_string_equal(query_number_text(arena, 4041), "4.041");
	assert_string_equal(query_number_text(arena, 1234567), "1.234.567");
	assert_string_equal(query_number_text(arena, 0), "0");
	assert_string_equal(percent_text(arena, 84, 157), "53,5%");
	assert_string_equal(percent_text(arena, 599, 10000), "5,99%");
	assert_string_equal(percent_text(arena, 20, 20), "100%");
	assert_string_equal(percent_text(arena, 2996, 2997), "99,9%");
	assert_string_equal(percent_text(arena, 26, 32), "81,3%"); /* half up */
	assert_string_equal(percent_text(arena, 1, 100000), "0,01%");
	assert_string_equal(percent_text(arena, 0, 0), "0%");
	assert_string_equal(rate_text(arena, 8, 7340, 100000, 0), "109 (47-215)/100.000");
	assert_string_equal(rate_text(arena, 25, 2500, 1000, 1), "10,0/1.000");
	assert_string_equal(rate_text(arena, 8, 120, 100, 1), "6,7% (2,9-13,1)");
}

static void test_words(void **state)
{
	struct reply_context reply = {
		.catalogue = config->catalogue, .reader = config->reader, .arena = arena};

	(void)state;
	assert_string_equal(reply_date(arena, "2024-08-02"), "2/8/24");
	assert_string_equal(reply_title_case(arena, "SITI AMINAH"), "Siti Aminah");
	assert_string_equal(reply_age(&reply, "P11M29D"), "11 bln 29 hr");
	assert_string_equal(reply_age(&reply, "P34Y"), "34 th");
	assert_string_equal(reply_period(&reply, "2024"), "2024");
	assert_string_equal(reply_period(&reply, "2024-08"), "Agt 24");
	assert_string_equal(reply_period(&reply, "2024-01/2024-06"), "Jan 24-Jun 24");
	assert_string_equal(reply_period(&reply, "2024-08-15"), "15/8/24");
}

static void test_report_comes_back(void **state)
{
	struct report report;
	const char *const confirmed[] = {"umur", NULL};
	const char *const *back_confirmed;
	struct value values[] = {
		{.field = "ibu", .text = "SITI \"A\"", .raw = "siti"},
		{.field = "berat", .text = "3200", .raw = "3,2", .number = true},
		{.field = "panjang", .text = "48.5", .raw = "48,5", .number = true},
		{.field = "desa", .text = "35.03.01.2004", .defaulted = true},
	};
	struct report_row row = {0};
	struct report back;

	(void)state;
	report_begin(&report, reader_form(config->reader, "lahir"));
	report.status = STATUS_QUESTION;
	for (size_t i = 0; i < COUNT_OF(values); i++)
		report_set(&report, arena, &values[i]);
	report.problems[report.nproblem++] = (struct problem){.field = "tgl",
		.code = PROBLEM_AMBIGUOUS,
		.noption = 1,
		.options = {{"2024-08-14", "14/8"}}};
	report.notes[report.nnote++] = "late";
	report_to_row(arena, &report, confirmed, &row);
	assert_string_equal(row.status, "question");
	assert_int_equal(report_from_row(config->reader, arena, &row, &back, &back_confirmed), OK);
	assert_string_equal(report_text(&back, "ibu"), "SITI \"A\"");
	assert_string_equal(report_text(&back, "panjang"), "48.5");
	assert_true(report_value(&back, "berat")->number);
	assert_true(report_value(&back, "desa")->defaulted);
	assert_false(report_value(&back, "ibu")->defaulted);
	assert_int_equal(back.nvalue, 4);
	assert_int_equal(back.problems[0].code, PROBLEM_AMBIGUOUS);
	assert_string_equal(back.problems[0].options[0].value, "2024-08-14");
	assert_string_equal(back.notes[0], "late");
	assert_string_equal(back_confirmed[0], "umur");
	assert_null(back_confirmed[1]);
	row.form = "none";
	assert_int_equal(report_from_row(config->reader, arena, &row, &back, NULL), ERR_NOT_FOUND);
}

static void test_initials(void **state)
{
	const struct value name = {.field = "nama", .text = "SITI AMINAH"};
	struct report report;

	(void)state;
	report_begin(&report, reader_form(config->reader, "mati"));
	assert_string_equal(alert_initials(arena, &report), "");
	report_set(&report, arena, &name);
	assert_string_equal(alert_initials(arena, &report), "S.A.");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_report_comes_back),
		cmocka_unit_test(test_initials),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
