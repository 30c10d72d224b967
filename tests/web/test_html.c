/* The escaping writer: nothing but a literal becomes markup; URLs stay here. */
#include "web/html/html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void expect(const char *text, const char *wanted)
{
	struct html *html = html_new();
	size_t length;

	html_text(html, text);
	assert_string_equal(html_data(html, &length), wanted);
	assert_int_equal(length, strlen(wanted));
	html_free(html);
}

static void text_is_escaped(void **state)
{
	(void)state;
	expect("a < b & c > \"d\" 'e'", "a &lt; b &amp; c &gt; &quot;d&quot; &#39;e&#39;");
	expect("Ibu Siti, 3,2 kg\nbaris dua", "Ibu Siti, 3,2 kg\nbaris dua");
	expect(NULL, "");
	expect("é✓", "é✓");
}

static void what_is_no_utf8_is_replaced(void **state)
{
	(void)state;
	expect("a\xff"
	       "b",
		"a\xef\xbf\xbd"
		"b");
	expect("\xc0\xbc", "\xef\xbf\xbd\xef\xbf\xbd"); /* an overlong < */
	expect("\xe2\x80", "\xef\xbf\xbd\xef\xbf\xbd"); /* cut off */
	expect("\xc2\x9b", "\xef\xbf\xbd");             /* a C1 control */
	expect("a\x1b[31m\x7f", "a\xef\xbf\xbd[31m\xef\xbf\xbd");
}

static void print_escapes_its_texts(void **state)
{
	struct html *html = html_new();
	size_t length;

	(void)state;
	html_print(html, "<a href=\"%s\" title='%d'>%s</a> %zu %lld %.1f%%", "/x?a=1&b=\"", -7,
		"<b>", (size_t)3, -5000000000LL, 2.25);
	assert_string_equal(html_data(html, &length),
		"<a href=\"/x?a=1&amp;b=&quot;\" title='-7'>&lt;b&gt;</a> 3 -5000000000 2.2%");
	html_free(html);
}

static void a_format_in_a_text_is_text(void **state)
{
	struct html *html = html_new();
	size_t length;

	(void)state;
	html_print(html, "%s", "%s%n%d");
	html_put(html, "<br>");
	assert_string_equal(html_data(html, &length), "%s%n%d<br>");
	html_free(html);
}

static void urls_are_encoded(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(url_make(arena, "/pws", "wilayah", "35.03", "bulan", NULL, "kosong", "",
				    "cari", "a b&c=d/é\"", NULL),
		"/pws?wilayah=35.03&cari=a%20b%26c%3Dd%2F%C3%A9%22");
	arena_free(arena);
}

static void only_places_here_are_local(void **state)
{
	static const char *const bad[] = {"", "pws", "//jahat.example", "/\\jahat.example",
		"https://jahat.example", "/a b", "/a\r\nSet-Cookie: x", "javascript:alert(1)",
		"/a\\b"};

	(void)state;
	assert_true(url_is_local("/"));
	assert_true(url_is_local("/pws?wilayah=35.03&bulan=2026-11"));
	assert_false(url_is_local(NULL));
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(url_is_local(bad[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_escaped),
		cmocka_unit_test(what_is_no_utf8_is_replaced),
		cmocka_unit_test(print_escapes_its_texts),
		cmocka_unit_test(a_format_in_a_text_is_text),
		cmocka_unit_test(urls_are_encoded),
		cmocka_unit_test(only_places_here_are_local),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
