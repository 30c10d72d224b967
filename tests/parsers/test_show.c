/* What others wrote, made visible for terminals, logs and pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <utf8proc.h>

#include "parsers/text/show.h"
#include "parsers/text/text.h"
#include "parsers/text/utf8.h"

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void test_shown(void **state)
{
	static const struct {
		enum show how;
		const char *text, *shown;
	} cases[] = {
		{SHOW_LINE, "", ""},
		{SHOW_LINE, "LAHIR#Siti", "LAHIR#Siti"},
		{SHOW_LINE, "a\nb\tc\rd", "a<U+000A>b<U+0009>c<U+000D>d"},
		{SHOW_FLAT, "a\nb\tc\rd", "a b c<U+000D>d"},
		{SHOW_LINES, "a\nb\tc\rd", "a\nb\tc<U+000D>d"},
		{SHOW_FLAT, "\x1b[31mmerah\x7f", "<U+001B>[31mmerah<U+007F>"},
		{SHOW_FLAT, "\xc2\x9b" "2J\xc2\x85x", "<U+009B>2J<U+0085>x"},
		{SHOW_FLAT, "\u202etxt.exe\u202c \u2066a\u2069",
			"<U+202E>txt.exe<U+202C> <U+2066>a<U+2069>"},
		{SHOW_FLAT, "nu\u200br\u00ad\ufeff", "nu<U+200B>r<U+00AD><U+FEFF>"},
		{SHOW_FLAT, "\u2028\u3164\U000e0041\U000e0100",
			"<U+2028><U+3164><U+E0041><U+E0100>"},
		{SHOW_FLAT, "\ue000\U0010fffd", "<U+E000><U+10FFFD>"},
		{SHOW_FLAT, "Bu Siti é 👶🏽 ꦲ ا", "Bu Siti é 👶🏽 ꦲ ا"},
		{SHOW_FLAT, "a\x9b" "b\xc3", "a<9B>b<C3>"},
		{SHOW_FLAT, "\xed\xa0\x80", "<ED><A0><80>"},
		{SHOW_JSON, "{\"a\":\"\xc2\x9b\u202e\U000e0041é\x80\"}\n",
			"{\"a\":\"\\u009b\\u202e\\udb40\\udc41é\\ufffd\"}\n"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_string_equal(
			text_shown(arena, cases[i].text, cases[i].how), cases[i].shown);
}

/* Nothing that a terminal obeys is left, whatever the text; what is shown once stays. */
static void test_nothing_is_left(void **state)
{
	(void)state;
	for (int32_t c = 1; c < 0x110000; c = c == 0xD7FF ? 0xE000 : c + 1) {
		struct strbuf text = {0}, shown = {0}, again = {0};
		int32_t first;

		utf8_put(&text, c);
		show_text(&shown, text.text, SHOW_LINE);
		utf8_next(shown.text, shown.length, &first);
		assert_true(first == c || first == '<');
		if (utf8proc_category(c) == UTF8PROC_CATEGORY_CC ||
			utf8proc_category(c) == UTF8PROC_CATEGORY_CF)
			assert_int_equal(first, '<');
		show_text(&again, shown.text, SHOW_LINE);
		assert_string_equal(again.text, shown.text);
		strbuf_free(&text);
		strbuf_free(&shown);
		strbuf_free(&again);
	}
}

static void test_plain(void **state)
{
	(void)state;
	assert_true(text_is_plain("POS MELATI S45"));
	assert_false(text_is_plain("a\nb"));
	assert_false(text_is_plain("\x7f"));
	assert_false(text_is_plain("é"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shown),
		cmocka_unit_test(test_nothing_is_left),
		cmocka_unit_test(test_plain),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
