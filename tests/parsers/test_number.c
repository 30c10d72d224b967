/* Numbers in digits and words of three languages; the words here are this test's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/number/number.h"

static const char *const words[][2] = {
	{"nol", "0"},
	{"satu", "1"},
	{"dua", "2"},
	{"tiga", "3"},
	{"lima", "5"},
	{"delapan", "8"},
	{"sembilan", "9"},
	{"siji", "1"},
	{"loro", "2"},
	{"rong", "2"},
	{"telu", "3"},
	{"telung", "3"},
	{"papat", "4"},
	{"pat", "4"},
	{"patang", "4"},
	{"limo", "5"},
	{"limang", "5"},
	{"pitu", "7"},
	{"dalapan", "8"},
	{"genep", "6"},
	{"sepuluh", "10"},
	{"selawe", "25"},
	{"seket", "50"},
	{"sewidak", "60"},
	{"se", "^1"},
	{"sa", "^1"},
	{"belas", "+10"},
	{"las", "+10"},
	{"welas", "+10"},
	{"likur", "+20"},
	{"puluh", "*10"},
	{"ratus", "*100"},
	{"atus", "*100"},
	{"tus", "*100"},
	{"ribu", "*1000"},
	{"ewu", "*1000"},
	{"wu", "*1000"},
	{"juta", "*1000000"},
};

static const char *worth(const void *data, const char *word, size_t length)
{
	(void)data;
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strlen(words[i][0]) == length && memcmp(words[i][0], word, length) == 0)
			return words[i][1];
	return NULL;
}

static void test_numbers(void **state)
{
	static const struct {
		const char *text;
		size_t used;
		long value;
	} cases[] = {
		{"45", 2, 45},
		{"0", 1, 0},
		{"045 x", 3, 45},
		{"nol", 3, 0},
		{"satu", 4, 1},
		{"dua belas", 9, 12},
		{"limolas", 7, 15},
		{"sebelas", 7, 11},
		{"sawelas", 7, 11},
		{"pitulas", 7, 17},
		{"selikur", 7, 21},
		{"telu likur", 10, 23},
		{"patlikur", 8, 24},
		{"selawe", 6, 25},
		{"rong puluh", 10, 20},
		{"rongpuluh", 9, 20},
		{"telung puluh limo", 17, 35},
		{"seket papat", 11, 54},
		{"sewidak", 7, 60},
		{"dua puluh lima", 14, 25},
		{"sembilan puluh sembilan", 23, 99},
		{"seratus", 7, 100},
		{"satus", 5, 100},
		{"dua ratus lima puluh", 20, 250},
		{"saratus lima", 12, 105},
		{"tiga ribu dua ratus", 19, 3200},
		{"3ribu2ratus", 11, 3200},
		{"3 ribu 2 ratus", 14, 3200},
		{"telung ewu rong atus", 20, 3200},
		{"sewu", 4, 1000},
		{"sewu rong atus selawe", 21, 1225},
		{"sepuluh ribu", 12, 10000},
		{"lima belas ribu", 15, 15000},
		{"dua juta tiga ribu", 18, 2003000},
		{"45 45 38", 2, 45},
		{"50 4", 2, 50},
		{"satu dua", 4, 1},
		{"dua puluh dua belas", 13, 22},
		{"tiga org", 4, 3},
		{"tiga, lima", 4, 3},
		{"", 0, 0},
		{"org", 0, 0},
		{"puluh", 0, 0},
		{"belas", 0, 0},
		{"se", 0, 0},
		{"satux", 0, 0},
		{"45kg", 0, 0},
		{"1234567890", 0, 0},
		{"99999 juta", 5, 99999},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		long value;
		size_t used = number_read(cases[i].text, worth, NULL, &value);

		if (used != cases[i].used || (used && value != cases[i].value))
			fail_msg("%s: %ld (%zu octets)", cases[i].text, value, used);
	}
}

static void test_digits_with_letters(void **state)
{
	long value;

	(void)state;
	assert_true(number_digits("3OOO", 4, &value));
	assert_int_equal(value, 3000);
	assert_true(number_digits("l2", 2, &value));
	assert_int_equal(value, 12);
	assert_false(number_digits("lo", 2, &value));
	assert_false(number_digits("", 0, &value));
	assert_false(number_digits("12a", 3, &value));
	assert_false(number_digits("1234567890", 10, &value));
}

static void test_values_are_those_of_strtod(void **state)
{
	static const char *const texts[] = {"0", "3200", "48.5", "2.85", "0.1", "7.", "34Y",
		"11M29D", "-30d", "12e2", "0x10", "1.5e3", ".5", "", "P3D", "nan",
		"123456789012345678", "0.12345678901234567", "999999999999999",
		"3503014512960001"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		const char *end;
		char *stop;
		double want = strtod(texts[i], &stop), value = number_value(texts[i], &end);

		if ((value != want && value == value) || end != stop)
			fail_msg("%s: %.17g, want %.17g", texts[i], value, want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_digits_with_letters),
		cmocka_unit_test(test_values_are_those_of_strtod),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
