/* Forms as data: conditions, words, and a form that is one new file, from text to counts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gateway/form/config_form.h"
#include "parsers/reader.h"
#include "parsers/text/error.h"
#include "parsers/words/lexicon.h"

static struct form *form;
static struct lexicon *words;
static struct reader *reader;
static struct gazetteer *places;
static struct sender sender;

static int setup(void **state)
{
	struct config_errors *errors = config_errors_new();
	const char *top = getenv("top_srcdir");
	char *path = xasprintf("%s/tests/parsers/forms/kb.ini", top ? top : ".");

	(void)state;
	assert_int_equal(config_form_read(&form, path, errors), OK);
	assert_int_equal(config_errors_count(errors), 0);
	config_errors_free(errors);
	free(path);
	words = lexicon_new();
	assert_int_equal(lexicon_add(words, "cara_kb", "IUD", "iud"), OK);
	assert_int_equal(lexicon_add(words, "cara_kb", "IUD", "spiral"), OK);
	assert_int_equal(lexicon_add(words, "cara_kb", "SUNTIK", "suntik 3 bulan"), OK);
	assert_int_equal(lexicon_add(words, "gelar", "ibu", "bu"), OK);
	reader = reader_new((const struct form *const *)&form, 1, words);
	places = gazetteer_new();
	assert_int_equal(gazetteer_add_area(places, "35", "", "provinsi", "Jawa Timur"), OK);
	assert_int_equal(
		gazetteer_add_area(places, "35.03", "35", "kabupaten", "Kabupaten Trenggalek"), OK);
	assert_int_equal(
		gazetteer_add_area(places, "35.03.01", "35.03", "kecamatan", "Panggul"), OK);
	assert_int_equal(
		gazetteer_add_area(places, "35.03.01.2004", "35.03.01", "desa", "Nglebeng"), OK);
	gazetteer_seal(places);
	sender = (struct sender){
		.phone = "+6281200000003", .language = "id", .role = ROLE_BIDAN, .narea = 1};
	sender.areas[0] = gazetteer_area(places, "35.03.01.2004");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	reader_free(reader);
	lexicon_free(words);
	form_free(form);
	gazetteer_free(places);
	return 0;
}

static struct reading *read_text(struct arena *arena, const char *text)
{
	struct scratch *scratch = scratch_new();
	struct reading *reading = arena_alloc(arena, sizeof(*reading));
	struct read_context context = {
		.places = places, .sender = &sender, .now = {{2024, 8, 15}, 10, 0}};

	reader_read(reader, scratch, arena, &context, text, reading);
	scratch_free(scratch);
	return reading;
}

static void count_up(const struct form_count *count, double amount, void *context)
{
	int *counts = context;

	counts[strcmp(count->name, "kb_iud") == 0] += (int)amount;
}

static void test_new_form_reads_and_counts(void **state)
{
	struct arena *arena = arena_new();
	struct reading *reading = read_text(arena, "AKSEPTOR bu siti 12/8/24 spiral anak 2");
	const struct report *report = &reading->reports[0];
	int counts[2] = {0};

	(void)state;
	assert_int_equal(reading->intent, INTENT_REPORT);
	assert_int_equal(report->status, STATUS_ACCEPTED);
	assert_string_equal(report_text(report, "nama"), "SITI");
	assert_string_equal(report_text(report, "tgl"), "2024-08-12");
	assert_string_equal(report_text(report, "cara"), "IUD");
	assert_string_equal(report_text(report, "anak"), "2");
	assert_string_equal(report_text(report, "desa"), "35.03.01.2004");
	form_counts(form, report, (struct date){2024, 8, 15}, count_up, counts);
	assert_int_equal(counts[0], 1);
	assert_int_equal(counts[1], 1);
	arena_free(arena);
}

static void test_new_form_asks(void **state)
{
	struct arena *arena = arena_new();
	const struct report *report = &read_text(arena, "KB#SITI#12/8/24#IUD#0")->reports[0];

	(void)state;
	assert_int_equal(report->status, STATUS_QUESTION);
	assert_string_equal(report->problems[0].field, "anak");
	assert_int_equal(report->problems[0].code, PROBLEM_SUM);
	report = &read_text(arena, "KB#SITI#12/8/24")->reports[0];
	assert_int_equal(report->status, STATUS_INCOMPLETE);
	assert_string_equal(report->problems[0].field, "cara");
	arena_free(arena);
}

static void test_odd_text_is_bounded(void **state)
{
	struct arena *arena = arena_new();
	struct scratch *scratch = scratch_new();
	struct reading *reading = arena_alloc(arena, sizeof(*reading));
	struct read_context context = {
		.places = places, .sender = &sender, .now = {{2024, 8, 15}, 10, 0}};
	struct strbuf text = {0};

	(void)state;
	strbuf_puts(&text, "kb ");
	for (int i = 0; i < 150; i++)
		strbuf_puts(&text, "12 spiral ");
	reader_read(reader, scratch, arena, &context, text.text, reading);
	assert_true(scratch_steps(scratch) < 100000);
	strbuf_free(&text);
	scratch_free(scratch);
	arena_free(arena);
}

static void test_conditions(void **state)
{
	static const char *const no_durations[] = {"", "P", "7D", "P7", "PD", "P7H", "P7DX"};
	struct arena *arena = arena_new();
	struct condition condition = {0};
	struct report report;
	struct value value = {.field = "anak", .text = "3", .number = true};
	const char *at;

	(void)state;
	report_begin(&report, form);
	report_set(&report, arena, &value);
	assert_int_equal(condition_parse(arena, "anak>=3 and anak<4", &condition, &at), OK);
	assert_true(condition_holds(&condition, &report, (struct date){2024, 8, 15}));
	assert_int_equal(condition_parse(arena, "anak=1|2", &condition, &at), OK);
	assert_false(condition_holds(&condition, &report, (struct date){2024, 8, 15}));
	assert_int_equal(condition_parse(arena, "cara=IUD", &condition, &at), OK);
	assert_false(condition_holds(&condition, &report, (struct date){2024, 8, 15}));
	assert_false(condition_known(&condition, &report));
	assert_int_equal(condition_parse(arena, "anak >< 3", &condition, &at), ERR_SYNTAX);
	assert_true(duration_days("P7D") < duration_days("P1M"));
	assert_true(duration_days("P11M29D") < duration_days("P12M"));
	assert_true(duration_days("P2W1D") == 15 && duration_days("P1.5D") == 1.5);
	assert_true(duration_days("P1Y") > 365 && duration_days("P1Y") < 366);
	for (size_t i = 0; i < COUNT_OF(no_durations); i++)
		assert_true(duration_days(no_durations[i]) == -1);
	arena_free(arena);
}

static void test_words(void **state)
{
	struct lexicon *lexicon = lexicon_new();

	(void)state;
	assert_int_equal(lexicon_add(lexicon, "jk", "L", "laki-laki"), OK);
	assert_int_equal(lexicon_add(lexicon, "jk", "L", "laki2"), OK);
	assert_int_equal(lexicon_add(lexicon, "jk", "P", "laki2"), ERR_EXISTS);
	assert_int_equal(lexicon_add(lexicon, "jk", "P", "perempuan"), OK);
	assert_string_equal(lexicon_word(lexicon, "jk", "laki laki"), "L");
	assert_string_equal(lexicon_word(lexicon, "jk", "laki 2"), "L");
	assert_null(lexicon_word(lexicon, "tempat", "laki 2"));
	assert_string_equal(
		lexicon_nearest(lexicon, lexicon_class(lexicon, "jk"), "perempuam")->canonical,
		"P");
	assert_null(lexicon_nearest(lexicon, lexicon_class(lexicon, "jk"), "perem"));
	lexicon_free(lexicon);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_new_form_reads_and_counts),
		cmocka_unit_test(test_new_form_asks),
		cmocka_unit_test(test_odd_text_is_bounded),
		cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
