/* Dates, periods, phone numbers, slips between words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "parsers/form/names.h"
#include "parsers/number/date.h"
#include "parsers/text/phone.h"
#include "parsers/words/fuzzy.h"

static struct date day(const char *text)
{
	struct date date;

	assert_true(date_parse(text, &date));
	return date;
}

static void test_days_agree_with_libc(void **state)
{
	(void)state;
	for (int32_t days = -200000; days < 60000; days += 97) {
		time_t stamp = (time_t)days * 86400;
		struct date date = date_from_days(days);
		struct tm tm;

		gmtime_r(&stamp, &tm);
		assert_int_equal(date.year, tm.tm_year + 1900);
		assert_int_equal(date.month, tm.tm_mon + 1);
		assert_int_equal(date.day, tm.tm_mday);
		assert_int_equal(date_to_days(date), days);
		assert_int_equal(date_weekday(date), tm.tm_wday);
	}
}

static void test_date_arithmetic(void **state)
{
	char text[DATE_TEXT];
	struct date date;

	(void)state;
	assert_false(date_valid(2024, 6, 31));
	assert_true(date_valid(2024, 2, 29));
	assert_false(date_valid(2023, 2, 29));
	assert_false(date_valid(1900, 2, 29));
	date_format(date_add_months(day("2024-03-31"), -1), text);
	assert_string_equal(text, "2024-02-29");
	date_format(date_add_months(day("2024-01-15"), -13), text);
	assert_string_equal(text, "2022-12-15");
	date_format(date_add_days(day("2024-02-28"), 2), text);
	assert_string_equal(text, "2024-03-01");
	assert_int_equal(date_diff_days(day("2024-08-15"), day("2023-08-15")), 366);
	assert_int_equal(date_years_between(day("1990-08-16"), day("2024-08-15")), 33);
	assert_int_equal(date_years_between(day("1990-08-15"), day("2024-08-15")), 34);
	assert_true(date_compare(day("2024-08-15"), day("2024-07-31")) > 0);
	assert_false(date_parse("2024-8-15", &date));
	assert_false(date_parse("2024-13-01", &date));
	assert_false(date_parse("2024-08-1x", &date));
}

static void test_local_time(void **state)
{
	struct moment moment = moment_local(1723690800, 420); /* 2024-08-15T03:00Z */
	int offset;

	(void)state;
	assert_int_equal(moment.hour, 10);
	assert_int_equal(moment.date.day, 15);
	assert_int_equal(moment_utc(moment, 420), 1723690800);
	moment = moment_local(-1, 0);
	assert_int_equal(moment.date.year, 1969);
	assert_int_equal(moment.minute, 59);
	assert_true(timezone_offset("Asia/Makassar", &offset));
	assert_int_equal(offset, 480);
	assert_string_equal(timezone_short(540), "WIT");
	assert_string_equal(timezone_short(60), "UTC");
	assert_false(timezone_offset("Mars", &offset));
}

static void test_periods(void **state)
{
	static const char *const same[] = {"2024", "2024-07", "2024-01/2024-06", "2024-08-15",
		"2024-08-12/2024-08-18", "2023-11/2024-02"};
	char text[PERIOD_TEXT];
	struct period period;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(same); i++) {
		assert_true(period_parse(same[i], &period));
		period_format(period, text);
		assert_string_equal(text, same[i]);
	}
	assert_true(period_parse("2024-02-01/2024-02-29", &period));
	period_format(period, text);
	assert_string_equal(text, "2024-02");
	assert_false(period_parse("2024-07/2024-06", &period));
	assert_false(period_parse("2024-7", &period));
	assert_false(period_parse("", &period));
}

static void test_phones(void **state)
{
	static const char *const same[] = {"081234567890", "81234567890", "6281234567890",
		"+6281234567890", "006281234567890", "62081234567890", "+62 812-3456-7890",
		" 0812 3456 7890", "+62(0)81234567890"};
	static const char *const services[] = {
		"363", "TELKOMSEL", "12345678", "", "08ABC1234567", "+", "62811"};
	char out[PHONE_TEXT];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(same); i++) {
		assert_true(phone_normalise(same[i], out));
		assert_string_equal(out, "+6281234567890");
		assert_false(phone_is_service(same[i]));
	}
	for (size_t i = 0; i < COUNT_OF(services); i++)
		assert_true(phone_is_service(services[i]));
	assert_true(phone_normalise("+60123456789", out));
	assert_string_equal(out, "+60123456789");
	assert_false(phone_normalise("1234567890123456789012345", out));
	assert_false(phone_normalise("PELANGGAN-YTH-TELKOMSEL", out));
	assert_string_equal(out, "PELANGGAN-YTH-TELKO");
}

static int slips(const char *a, const char *b, int limit)
{
	return fuzzy_distance(a, strlen(a), b, strlen(b), limit);
}

static void test_slips(void **state)
{
	(void)state;
	assert_int_equal(slips("lahir", "lahir", 2), 0);
	assert_int_equal(slips("lahr", "lahir", 2), 1);
	assert_int_equal(slips("lahri", "lahir", 2), 1);
	assert_int_equal(slips("lahrr", "lahir", 2), 1);
	assert_int_equal(slips("sukodono", "sukosono", 2), 1);
	assert_int_equal(slips("ca", "abc", 3), 3); /* no substring is edited twice */
	assert_int_equal(slips("kitten", "sitting", 5), 3);
	assert_int_equal(slips("kitten", "sitting", 2), 3);
	assert_int_equal(slips("", "abc", 5), 3);
	assert_int_equal(slips("a", "abcdefgh", 2), 3);
}

/* The word with this number, of the letters a, b and c. */
static const char *word_of(unsigned number, char out[8])
{
	size_t length = 0;

	for (; number; number /= 4)
		out[length++] = "?abc"[number % 4];
	out[length] = '\0';
	return out;
}

/* Never says of two names that are alike that they are not; of most others it does. */
static void test_sketches_of_names(void **state)
{
	static const char *const names[] = {"SITI", "SITI AMINAH", "SITTI AMINAH", "ISTI AMINAH",
		"STI AMINAH", "SITIA MINAH", "SI TIAMINAH", "A SITI", "AMINAH", "MINAH", "AMNIAH",
		"YATI", "YATIN", "YANTI", "WYATI", "SUMARNI", "SUMARMI", "UMARNI", "A B C D",
		"A BC D", "AB C D", "BA C D", "", "X",
		"AS ITI", "SITI HAMINAH", "SITI MINAH", "SITI MAINAH", "SITI TMINAH",
		"SITI AMINAH PUTRI", "SUMIATI WULANDARI",
		"SUMIATIW ULANDARI"};
	size_t alike = 0, may = 0;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		for (size_t k = 0; k < COUNT_OF(names); k++) {
			const struct name_sketch a = name_sketch(names[i]),
						 b = name_sketch(names[k]);

			may += names_may_be_alike(&a, &b);
			alike += names_alike(names[i], names[k]);
			assert_true(
				names_may_be_alike(&a, &b) || !names_alike(names[i], names[k]));
		}
	}
	assert_true(alike > COUNT_OF(names));
	assert_true(may < COUNT_OF(names) * COUNT_OF(names) / 2);
	assert_string_equal(name_core("BY NY RINA"), "RINA");
}

static void test_near(void **state)
{
	char a[8], b[8];
	size_t near = 0;

	(void)state;
	for (unsigned i = 0; i < 1024; i++) {
		for (unsigned k = 0; k < 1024; k++) {
			bool one = slips(word_of(i, a), word_of(k, b), 1) <= 1;

			assert_int_equal(fuzzy_near(a, strlen(a), b, strlen(b)), one);
			near += one;
		}
	}
	assert_true(near > 1024);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days_agree_with_libc),
		cmocka_unit_test(test_date_arithmetic),
		cmocka_unit_test(test_local_time),
		cmocka_unit_test(test_periods),
		cmocka_unit_test(test_phones),
		cmocka_unit_test(test_slips),
		cmocka_unit_test(test_near),
		cmocka_unit_test(test_sketches_of_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
