/* Delivery receipts in the forms of many SMSCs: tests/gateway/receipts.tsv, and TLVs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gateway/smpp/smpp_receipt.h"
#include "gateway/smpp/smpp_receipt_form.h"
#include "parsers/text/text.h"
#include "tests/gateway/link/smpp_hex.h"

static enum receipt_kind read_receipt(
	struct receipt *out, uint8_t esm_class, const char *text, const char *tlvs)
{
	static uint8_t area[256];
	struct tlv_list list;

	assert_int_equal(tlv_parse(&list, area, hex_add(area, 0, tlvs)), OK);
	return receipt_read(out, esm_class, (const uint8_t *)text, strlen(text), &list, NULL);
}

static bool has_variant(const struct receipt *receipt, const char *id)
{
	for (size_t i = 0; i < receipt->nvariant; i++)
		if (!strcmp(receipt->variants[i], id))
			return true;
	return false;
}

static const char *const states[] = {"-", "ENROUTE", "DELIVERED", "EXPIRED", "DELETED",
	"UNDELIVERABLE", "ACCEPTED", "UNKNOWN", "REJECTED"};
static const char *const kinds[] = {"none", "maybe", "sure"};

static void unescape(char *text)
{
	char *to = text;

	while (*text) {
		bool line = text[0] == '\\' && text[1] == 'n';

		*to++ = (char)(line ? '\n' : *text);
		text += line ? 2 : 1;
	}
	*to = '\0';
}

static bool as_expected(const char *esm, const char *kind, const char *id, const char *state,
	const struct receipt *receipt)
{
	bool good = strcmp(kinds[receipt->kind], kind) == 0 &&
		(receipt->kind == RECEIPT_NONE ||
			(strcmp(states[receipt->state], state) == 0 &&
				strcmp(receipt->id[0] ? receipt->id : "-", id) == 0));

	if (!good)
		print_error("%s: came %s %s %s\n", esm, kinds[receipt->kind], receipt->id,
			states[receipt->state]);
	return good;
}

/* Every form also in UCS-2, as some SMSCs send their receipts. */
static bool good_in_ucs2(uint8_t esm, const char *kind, const char *id, const char *text)
{
	struct arena *arena = arena_new();
	const struct tlv_list none = {0};
	struct receipt receipt;
	unsigned char *octets;
	size_t length = text_to_ucs2(arena, text, &octets);
	bool good;

	(void)receipt_read(&receipt, esm, octets, length, &none, NULL);
	good = strcmp(kinds[receipt.kind], kind) == 0 &&
		(receipt.kind == RECEIPT_NONE || strcmp(id, "-") == 0 ||
			strcmp(receipt.id, id) == 0);
	arena_free(arena);
	return good;
}

static void test_forms_of_vendors(void **state)
{
	const char *top = getenv("top_srcdir");
	char path[512], line[1024], *cell[5];
	size_t forms = 0, wrong = 0;
	FILE *in;

	(void)state;
	snprintf(path, sizeof(path), "%s/tests/gateway/receipts.tsv", top ? top : ".");
	in = fopen(path, "r");
	assert_non_null(in);
	while (fgets(line, sizeof(line), in)) {
		struct receipt receipt;
		char *save = line;
		uint8_t esm;
		size_t n = 0;

		line[strcspn(line, "\n")] = '\0';
		if (*line == '#' || !*line)
			continue;
		while (n < COUNT_OF(cell))
			cell[n++] = strsep(&save, "\t");
		assert_non_null(cell[4]);
		unescape(cell[4]);
		esm = (uint8_t)strtoul(cell[0], NULL, 16);
		(void)read_receipt(&receipt, esm, cell[4], "");
		if (!as_expected(cell[4], cell[1], cell[2], cell[3], &receipt) ||
			!good_in_ucs2(esm, cell[1], cell[2], cell[4]))
			wrong++;
		forms += strcmp(cell[1], "none") != 0;
	}
	fclose(in);
	assert_int_equal(wrong, 0);
	assert_true(forms >= 60);
}

static void test_tlvs_come_first(void **state)
{
	struct receipt r;

	(void)state;
	assert_int_equal(read_receipt(&r, 4, "id:1 stat:EXPIRED",
				 "001e 0003 373700 0427 0001 01 0423 0003 030010"),
		RECEIPT_SURE);
	assert_string_equal(r.id, "77");
	assert_true(has_variant(&r, "1")); /* where the TLV's id is unknown */
	assert_int_equal(r.state, RECEIPT_ENROUTE);
	assert_false(r.final);
	assert_int_equal(r.error, 16);
	assert_int_equal(read_receipt(&r, 4, "", "001e 0002 3737"), RECEIPT_SURE);
	assert_int_equal(r.state, RECEIPT_UNKNOWN_STATE);
	assert_int_equal(read_receipt(&r, 0, "", "001e 0001 31 0427 0001 02"), RECEIPT_SURE);
	assert_int_equal(read_receipt(&r, 0, "LAHIR SITI", "001e 0001 31 0427 0001 02"),
		RECEIPT_SURE);
	assert_int_equal(read_receipt(&r, 0, "LAHIR SITI", "0427 0001 02"), RECEIPT_NONE);
	assert_int_equal(read_receipt(&r, 0, "", ""), RECEIPT_NONE);
	assert_int_equal(r.nvariant, 0);
}

static void test_details(void **state)
{
	struct receipt r;

	(void)state;
	assert_int_equal(read_receipt(&r, 4, "id:00012AB4 sub:001 dlvrd:001 submit date:2601011200 "
		"done date:2601011201 stat:DELIVRD err:000 text:L Siti id:77", ""), RECEIPT_SURE);
	assert_string_equal(r.id, "00012AB4");
	assert_true(r.final);
	assert_true(has_variant(&r, "12ab4"));
	assert_true(has_variant(&r, "76468"));
	assert_false(has_variant(&r, "77"));
	assert_int_equal(r.error, 0);
	(void)read_receipt(&r, 4, "ID: 991 STAT: undeliv ERR: 17", "");
	assert_int_equal(r.error, 17);
	assert_true(r.final);
	/* numbers without a key stand behind the others */
	(void)read_receipt(&r, 0, "88123 6281200000001 DELIVRD", "");
	assert_int_equal(r.nkeyed, 0);
	assert_string_equal(r.variants[0], "88123");
}

static void test_variants(void **state)
{
	char v[RECEIPT_SPELLINGS][RECEIPT_ID_SIZE];
	struct receipt r;

	(void)state;
	assert_int_equal(receipt_variants("", v), 0);
	(void)read_receipt(&r, 4, "id:4294967295", "");
	assert_string_equal(r.variants[0], "4294967295");
	assert_true(has_variant(&r, "ffffffff"));
	(void)read_receipt(&r, 4, "id:0000ABC", "");
	assert_string_equal(r.id, "0000ABC");
	assert_string_equal(r.variants[0], "abc");
	assert_string_equal(r.variants[1], "2748");
	(void)read_receipt(&r, 4, "id:2748", "");
	assert_true(has_variant(&r, "abc"));
	(void)read_receipt(&r, 4, "id:c449ab97-44c6-11f0-8df6-0a58a9feac02", "");
	assert_int_equal(r.nvariant, 1);
	(void)read_receipt(&r, 4, "id:99999999999999999999999999", "");
	assert_int_equal(r.nvariant, 1);
}

/* A form of its own: what no key and no state tells, and a person's text beside it. */
static void test_own_form(void **state)
{
	static const char pattern[] = "^Laporan kirim (?<id>\\w+)\\W+(?:(?<delivered>beres)|"
		"(?<failed>kandas)(?: (?<error>\\d+))?|hal (?<state>\\w+))";
	static const struct {
		const char *text, *id;
		enum receipt_state state;
		int error;
	} told[] = {
		{"Laporan kirim a12: beres", "a12", RECEIPT_DELIVERED, 0},
		{"Laporan kirim a12: kandas 17", "a12", RECEIPT_UNDELIVERABLE, 17},
		{"Laporan kirim a12: hal EXPIRD", "a12", RECEIPT_EXPIRED, 0},
		{"Laporan kirim a12: hal 8", "a12", RECEIPT_REJECTED, 0},
	};
	const struct tlv_list none = {0};
	struct pattern *form = NULL;
	struct receipt r;
	char detail[160];
	size_t at;

	(void)state;
	assert_int_equal(receipt_form_new(&form, pattern, detail, sizeof(detail), &at), OK);
	for (size_t i = 0; i < COUNT_OF(told); i++) {
		const uint8_t *octets = (const uint8_t *)told[i].text;

		assert_int_equal(receipt_read(&r, 0, octets, strlen(told[i].text), &none, form),
			RECEIPT_SURE);
		assert_string_equal(r.id, told[i].id);
		assert_int_equal(r.state, told[i].state);
		assert_int_equal(r.error, told[i].error);
		if (i < 2) /* without the pattern nobody knows */
			assert_int_not_equal(receipt_read(&r, 0, octets, strlen(told[i].text),
				&none, NULL), RECEIPT_SURE);
	}
	assert_int_equal(receipt_read(&r, 0, (const uint8_t *)"LAHIR SITI", 10, &none, form),
		RECEIPT_NONE);
	assert_int_equal(receipt_read(&r, 4, (const uint8_t *)"id:7 stat:DELIVRD", 17, &none, form),
		RECEIPT_SURE); /* the forms that are known stay known */
	pattern_free(form);
}

static void test_own_form_wrong(void **state)
{
	static const struct {
		const char *pattern, *says;
		size_t at;
	} wrong[] = {
		{"^kirim (?<id>\\w+", "parenthesis", 16},
		{"^kirim (\\w+)", "(?<id>...)", 0},
		{"^kirim (?<id>\\w+) (?<colour>x)", "\"colour\"", 21},
		{"(?<id>a+a+)+[bc]", "too long", 0},
	};
	struct pattern *form;
	char detail[160];
	size_t at;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		assert_int_not_equal(receipt_form_new(&form, wrong[i].pattern, detail,
			sizeof(detail), &at), OK);
		assert_null(form);
		assert_non_null(strstr(detail, wrong[i].says));
		assert_int_equal(at, wrong[i].at);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms_of_vendors),
		cmocka_unit_test(test_tlvs_come_first),
		cmocka_unit_test(test_details),
		cmocka_unit_test(test_variants),
		cmocka_unit_test(test_own_form),
		cmocka_unit_test(test_own_form_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
