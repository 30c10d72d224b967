/* Octets to UTF-8 and folding; the GSM 03.38 table against ICU. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/text/error.h"
#include "parsers/text/gsm7.h"
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

/* Every code of the table and its extension, as UTF-8 from ICU's own table. */
static void test_gsm7_table_is_that_of_icu(void **state)
{
	char expect[64] = "", command[200];

	(void)state;
	if (system("command -v uconv >/dev/null 2>&1") != 0)
		skip();
	for (int code = 0; code < 0x100; code++) {
		bool extended = code > 0x7F;
		unsigned char octets[2] = {0x1B, (unsigned char)(code & 0x7F)}, back[2];
		struct strbuf ours = {0};
		size_t length;
		FILE *pipe;

		if (code == 0x1B || code == 0x9B)
			continue;
		if (gsm7_decode(octets + !extended, extended ? 2 : 1, &ours) > 0) {
			/* no such extension */
			strbuf_free(&ours);
			continue;
		}
		snprintf(command, sizeof(command),
			"printf '%s\\%03o' | uconv -f gsm-03.38-2009 -t UTF-8",
			extended ? "\\033" : "", (unsigned)(code & 0x7F));
		pipe = popen(command, "r");
		assert_non_null(pipe);
		length = fread(expect, 1, sizeof(expect) - 1, pipe);
		assert_int_equal(pclose(pipe), 0);
		expect[length] = '\0';
		assert_string_equal(ours.text, expect);
		assert_int_equal(gsm7_encode(ours.text, back, sizeof(back)), extended ? 2 : 1);
		assert_memory_equal(back, octets + !extended, extended ? 2 : 1);
		strbuf_free(&ours);
	}
}

static void test_gsm7_extension_table_is_whole(void **state)
{
	static const char *const extended[] = {"^", "{", "}", "\\", "[", "~", "]", "|", "€", "\f"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(extended); i++)
		assert_int_equal(gsm7_septets(extended[i]), 2);
}

static void test_gsm7_septets(void **state)
{
	unsigned char out[4];

	(void)state;
	assert_int_equal(gsm7_septets("Terima kasih @ {5}"), 20);
	assert_int_equal(gsm7_septets("ê"), -1);
	assert_int_equal(gsm7_septets("\xff"), -1);
	assert_int_equal(gsm7_septets(""), 0);
	assert_int_equal(gsm7_encode("abcde", out, sizeof(out)), ERR_LIMIT);
	assert_int_equal(gsm7_encode("abc€", out, sizeof(out)), ERR_LIMIT);
	assert_int_equal(gsm7_encode("ê", out, sizeof(out)), ERR_SYNTAX);
}

static void test_gsm7_escapes(void **state)
{
	struct strbuf out = {0};

	(void)state;
	assert_int_equal(gsm7_decode((const unsigned char *)"\x1b" "a\x1b", 3, &out), 2);
	assert_string_equal(out.text, "a");
	strbuf_free(&out);
}

struct decode_case {
	const char *octets;
	size_t length;
	unsigned data_coding;
	enum alphabet alphabet;
	const char *expect;
	enum text_coding coding;
	bool mislabelled;
};
#define OCTETS(s) s, sizeof(s) - 1

static void test_decode(void **state)
{
	static const struct decode_case cases[] = {
		{OCTETS("LAHIR#SITI_"), 0, ALPHABET_GSM7, "LAHIR#SITI§", CODING_GSM7, false},
		{OCTETS("L\x11S\x00"), 0, ALPHABET_GSM7, "L_S@", CODING_GSM7, false},
		{OCTETS("L_S@"), 0, ALPHABET_ASCII, "L_S@", CODING_ASCII, false},
		{OCTETS("L_S@"), 1, ALPHABET_GSM7, "L_S@", CODING_ASCII, false},
		{OCTETS("caf\xe9"), 3, ALPHABET_GSM7, "café", CODING_LATIN1, false},
		{OCTETS("caf\xe9"), 0, ALPHABET_GSM7, "café", CODING_LATIN1, true},
		{OCTETS("caf\xc3\xa9"), 0, ALPHABET_GSM7, "café", CODING_UTF8, true},
		{OCTETS("\x93" "a\x94"), 0, ALPHABET_LATIN1, "“a”", CODING_LATIN1, false},
		{OCTETS("\0P\0O\0S"), 8, ALPHABET_GSM7, "POS", CODING_UCS2, false},
		{OCTETS("\0P\0O\0S"), 0, ALPHABET_GSM7, "POS", CODING_UCS2, true},
		{OCTETS("P\0O\0S\0"), 0, ALPHABET_LATIN1, "POS", CODING_UCS2, true},
		{OCTETS("P\0O\0S\0"), 8, ALPHABET_GSM7, "POS", CODING_UCS2, true},
		{OCTETS("\xfe\xff\0P\xd8\x3d\xdc\x76"), 8, ALPHABET_GSM7, "P👶", CODING_UCS2, false},
		{OCTETS("\0P\xd8\x3d\0O"), 8, ALPHABET_GSM7, "P\uFFFDO", CODING_UCS2, false},
		{OCTETS("\0P\xdc\x76"), 8, ALPHABET_GSM7, "P\uFFFD", CODING_UCS2, false},
		{OCTETS("\0P\0O\0"), 8, ALPHABET_GSM7, "PO", CODING_UCS2, false},
		{OCTETS("\0P\0O"), 0x18, ALPHABET_GSM7, "PO", CODING_UCS2, false},
		{OCTETS("\0P\0O"), 0x48, ALPHABET_GSM7, "PO", CODING_UCS2, false},
		{OCTETS("\0P\0O"), 0xE0, ALPHABET_GSM7, "PO", CODING_UCS2, false},
		{OCTETS("P\x11O"), 0xF0, ALPHABET_GSM7, "P_O", CODING_GSM7, false},
		{OCTETS("P\x11O"), 0xF1, ALPHABET_GSM7, "P_O", CODING_GSM7, false},
		{OCTETS("P_O"), 0xF5, ALPHABET_GSM7, "P_O", CODING_LATIN1, false},
		{OCTETS("P_O"), 4, ALPHABET_GSM7, "P_O", CODING_LATIN1, false},
		{OCTETS("a\0b"), 3, ALPHABET_GSM7, "ab", CODING_LATIN1, false},
		{OCTETS("LAHIR#SITI#24"), 8, ALPHABET_GSM7, "LAHIR#SITI#24", CODING_ASCII, true},
		{OCTETS(""), 0, ALPHABET_GSM7, "", CODING_GSM7, false},
		{OCTETS(""), 8, ALPHABET_GSM7, "", CODING_UCS2, false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct text_oddities odd;
		char *text = text_decode(arena, (const unsigned char *)cases[i].octets,
			cases[i].length, cases[i].data_coding, cases[i].alphabet, NULL, &odd);

		assert_string_equal(text, cases[i].expect);
		assert_int_equal(odd.coding, cases[i].coding);
		assert_int_equal(odd.mislabelled, cases[i].mislabelled);
	}
}

static void test_decode_counts_what_is_odd(void **state)
{
	struct text_oddities odd;

	(void)state;
	(void)text_decode(
		arena, (const unsigned char *)"\0P\xd8\x3d\0\0\0", 7, 8, ALPHABET_GSM7, NULL, &odd);
	assert_int_equal(odd.replaced, 1);
	assert_int_equal(odd.dropped, 2);
}

/* Each text in each coding that has its letters, under each label: read as it was meant. */
struct coded {
	enum text_coding coding;
	unsigned char octets[400];
	size_t length;
};

static bool encode(const char *text, enum text_coding coding, bool little, struct coded *out)
{
	unsigned char *ucs2;
	size_t length = strlen(text), units = text_to_ucs2(arena, text, &ucs2);
	ssize_t septets;

	out->coding = coding;
	out->length = units;
	switch (coding) {
	case CODING_UCS2:
		for (size_t i = 0; i < units; i++)
			out->octets[i ^ little] = ucs2[i];
		return true;
	case CODING_GSM7:
		septets = gsm7_encode(text, out->octets, sizeof(out->octets));
		out->length = septets < 0 ? 0 : (size_t)septets;
		return septets >= 0;
	case CODING_LATIN1:
		for (size_t i = 0; i < units; i += 2) {
			if (ucs2[i])
				return false;
			out->octets[i / 2] = ucs2[i + 1];
		}
		out->length = units / 2;
		return true;
	default:
		memcpy(out->octets, text, length);
		out->length = length;
		return true;
	}
}

static bool one_knows(const void *context, const char *word, size_t length)
{
	static const char *const words[] = {"lahir", "bidan", "hidup", "pos", "meninggal", "bu",
		"ya", "tidak", "posyandu", "kg", "di", "rumah", "pkm", "tolong"};

	(void)context;
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strlen(words[i]) == length && memcmp(words[i], word, length) == 0)
			return true;
	return false;
}

static void test_wrong_labels(void **state)
{
	static const char *const texts[] = {"LAHIR#SITI#25#14/8/24#L#3000#48#PKM#BIDAN#HIDUP",
		"LAHIR#NÉNGSIH#25#14/8/24#L#3000#48#PKM#BIDAN#HIDUP", "POS#MELATI#45#45#38#30",
		"bu sarmi meninggal tadi pagi di rumah", "tolong bu siti pendarahan é", "YA",
		"L", "3100", "3,2 kg", "TIDAK", "terima kasih bu bidan ☺",
		"innalillahi إنا لله bu sarmi meninggal", "“LAHIR” siti 14/8…",
		"bayi lahir di puskesmas… berat 3 kg", "POS MELATI S45 K45 D38 N30 – terima kasih"};
	static const unsigned labels[] = {0, 1, 3, 4, 8, 0x18, 0x48, 0xF0, 0xF5, 0xE0};
	static const struct {
		enum text_coding coding;
		bool little;
	} codings[] = {{CODING_GSM7, false}, {CODING_LATIN1, false}, {CODING_UTF8, false},
		{CODING_UCS2, false}, {CODING_UCS2, true}};
	const struct text_knows knows = {one_knows, NULL};
	size_t wrong = 0, all = 0;

	(void)state;
	for (size_t n = 0; n < COUNT_OF(texts) * COUNT_OF(codings) * COUNT_OF(labels); n++) {
		const char *meant = texts[n % COUNT_OF(texts)];
		size_t c = n / COUNT_OF(texts) % COUNT_OF(codings);
		unsigned label = labels[n / COUNT_OF(texts) / COUNT_OF(codings)];
		struct coded coded;
		char *text;

		if (!encode(meant, codings[c].coding, codings[c].little, &coded))
			continue;
		text = text_decode(arena, coded.octets, coded.length, label, ALPHABET_GSM7, &knows,
			NULL);
		all++;
		if (strcmp(text, meant) == 0)
			continue;
		wrong++;
		print_error("%s: coding %d%s label %02x: %s\n", meant, (int)codings[c].coding,
			codings[c].little ? " little" : "", label, text);
	}
	assert_true(all > 500);
	assert_int_equal(wrong, 0);
}

/* What its label says is believed where it may well be so. */
static void test_right_labels(void **state)
{
	static const char *const texts[] = {"你好", "産まれました", "Привет из Москвы", "สวัสดี",
		"إنا لله وإنا إليه راجعون", "👶", "ñandú", "ok 👍"};
	unsigned char *octets;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		size_t length = text_to_ucs2(arena, texts[i], &octets);

		assert_string_equal(text_decode(arena, octets, length, 8, ALPHABET_GSM7,
					    &(struct text_knows){one_knows, NULL}, NULL),
			texts[i]);
	}
}

static void test_ucs2_there_and_back(void **state)
{
	unsigned char *octets;
	size_t length = text_to_ucs2(arena, "Bu Siti é 👶", &octets);

	(void)state;
	assert_int_equal(length, 24);
	assert_string_equal(
		text_decode(arena, octets, length, 8, ALPHABET_GSM7, NULL, NULL), "Bu Siti é 👶");
}

static void test_fold(void **state)
{
	static const char *const cases[][2] = {
		{"LAHIR#Siti", "lahir#siti"},
		{"A\r\nB\rC\tD", "a\nb\nc d"},
		{"  a  b ", "  a  b "},
		{"LAHIR\u00a0#\u00a0ANI#24\u200b#14", "lahir # ani#24#14"},
		{"\ufeffPOS", "pos"},
		{"NU\u200dR\u00ad", "nur"},
		{"ＬＡＨＩＲ＃３２００", "lahir#3200"},
		{"HIDUP 👶🙏", "hidup   "},
		{"3️⃣ bayi", "3 bayi"},
		{"👍🏽", " "},
		{"‘a’ “b” – — −", "'a' \"b\" - - -"},
		{"3½ kg", "3,5 kg"},
		{"½ kg", "0,5 kg"},
		{"laki²", "laki2"},
		{"É", "é"},
		{"a\xff" "b", "a\uFFFDb"},
		{"\u2003x\u2028y", " x\ny"},
		{"• satu", "* satu"},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_string_equal(text_fold(arena, cases[i][0]), cases[i][1]);
}

/* Folded text is its own folding, whatever is left out between a letter and its accents. */
static void test_fold_rests(void **state)
{
	static const char *const frames[][2] = {{"e", "\u0301\u0323x"}, {"1", "1"}, {"", "\u0345"},
		{"\u200b", "\u0308\u0301"}};

	(void)state;
	for (int32_t c = 0x80; c < 0x20000; c++) {
		struct arena *own = c >= 0xD800 && c < 0xE000 ? NULL : arena_new();

		for (size_t i = 0; own && i < COUNT_OF(frames); i++) {
			struct strbuf text = {0};
			const char *folded;

			strbuf_puts(&text, frames[i][0]);
			utf8_put(&text, c);
			strbuf_puts(&text, frames[i][1]);
			folded = text_fold(own, text.text);
			if (strcmp(text_fold(own, folded), folded) != 0)
				fail_msg("U+%04X folds on and on", (unsigned)c);
			strbuf_free(&text);
		}
		if (own)
			arena_free(own);
	}
}

static void test_fold_is_bounded(void **state)
{
	struct strbuf text = {0};
	char *folded;
	int32_t c;

	(void)state;
	for (int i = 0; i < 5000; i++) /* one character that NFKC makes into eighteen */
		strbuf_puts(&text, "\uFDFA");
	folded = text_fold(arena, text.text);
	assert_true(strlen(folded) <= TEXT_FOLDED_MAX);
	for (size_t i = 0, length = strlen(folded); i < length;) {
		i += utf8_next(folded + i, length - i, &c);
		assert_true(c >= 0);
	}
	strbuf_clear(&text);
	for (int i = 0; i < 5000; i++)
		strbuf_putc(&text, 'A');
	assert_int_equal(strlen(text_fold(arena, text.text)), TEXT_FOLDED_MAX);
	strbuf_free(&text);
}

static void test_upper(void **state)
{
	(void)state;
	assert_string_equal(text_upper(arena, "siti é"), "SITI É");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_gsm7_table_is_that_of_icu),
		cmocka_unit_test(test_gsm7_extension_table_is_whole),
		cmocka_unit_test(test_gsm7_septets),
		cmocka_unit_test(test_gsm7_escapes),
		cmocka_unit_test(test_decode),
		cmocka_unit_test(test_decode_counts_what_is_odd),
		cmocka_unit_test(test_wrong_labels),
		cmocka_unit_test(test_right_labels),
		cmocka_unit_test(test_ucs2_there_and_back),
		cmocka_unit_test(test_fold),
		cmocka_unit_test(test_fold_rests),
		cmocka_unit_test(test_fold_is_bounded),
		cmocka_unit_test(test_upper),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
