/* USSD on the wire: what a PDU means in each installed dialect, and the octets of a screen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "gateway/ini/config_file.h"
#include "gateway/out/ussd.h"

static char *dialects;

static struct ussd_dialect dialect_named(const char *name)
{
	struct config_errors *errors = config_errors_new();
	struct ussd_dialect dialect;

	assert_int_equal(config_dialect_read(&dialect, dialects, name, errors), OK);
	assert_int_equal(config_errors_count(errors), 0);
	config_errors_free(errors);
	return dialect;
}

/* A message with the operation (negative: none) and one TLV of a few octets. */
static struct ussd_arrival arrival(const struct ussd_dialect *dialect, const char *text, int op,
	uint16_t tag, const void *value, size_t length)
{
	struct pdu_message message = {
		.service_type = "USSD", .octets = (const uint8_t *)text, .length = strlen(text)};
	struct tlv_list tlvs;
	struct deliver deliver = {.link = "test", .message = &message, .tlvs = &tlvs};
	uint8_t area[64];
	struct tlv_writer to = {.octets = area, .room = sizeof(area)};
	struct ussd_arrival out;

	if (op >= 0)
		assert_int_equal(tlv_put_u8(&to, 0x0501, (uint8_t)op), OK);
	if (length > 0)
		assert_int_equal(tlv_put(&to, tag, value, length), OK);
	assert_int_equal(tlv_parse(&tlvs, area, to.length), OK);
	assert_true(ussd_is(&deliver));
	ussd_read(dialect, "*355#", &deliver, &out);
	return out;
}

static void assert_screen(const struct ussd_dialect *dialect, const char *echo, bool end,
	const void *octets, size_t length)
{
	struct submit submit = {0};
	uint8_t area[USSD_TLVS];

	assert_int_equal(ussd_screen(dialect, echo, end, &submit, area), OK);
	assert_string_equal(submit.message.service_type, "USSD");
	assert_int_equal(submit.tlv_length, length);
	assert_memory_equal(submit.tlv_area, octets, length);
}

struct expectation {
	const char *name, *session, *echo;
	uint16_t tag;
	uint8_t value[4];
	size_t size;
	int answer, abort; /* operations; abort -1: none */
	uint8_t cut[4]; /* the session's TLV when it is cut */
	const char *menu, *end; /* octets of the TLVs, in hex */
};

static const struct expectation table[] = {
	{"standard", "0a00", "0a02", 0x1383, {0x0A, 0x02}, 2, 18, 18, {0x0A, 0x03},
		"0501000102138300020a02", "0501000111138300020a02"},
	{"its-end", "0b04", "0b04", 0x1383, {0x0B, 0x04}, 2, 2, 2, {0x0B, 0x05},
		"0501000102138300020b04", "0501000102138300020b05"},
	{"umr", "0c07", "0c07", 0x0204, {0x0C, 0x07}, 2, 18, 129, {0x0C, 0x07},
		"0501000102020400020c07", "0501000111020400020c07"},
	{"its15", "0d08", "0d08", 0x1383, {0x0D, 0x08}, 2, 18, 129, {0x0D, 0x08},
		"0501000102138300020d08", "0501000111138300020d09"},
	{"msisdn", "", "", 0, {0}, 0, 18, -1, {0}, "0501000102", "0501000111"},
	{"vendor1501", "0a0b0c0d", "0a0b0c0d", 0x1501, {0x0A, 0x0B, 0x0C, 0x0D}, 4, 18, -1, {0},
		"0501000102150100040a0b0c0d", "0501000111150100040a0b0c0d"},
};

static size_t unhex(const char *hex, uint8_t *out)
{
	size_t length = strlen(hex) / 2;

	for (size_t i = 0; i < length; i++) {
		unsigned octet;

		assert_int_equal(sscanf(hex + 2 * i, "%2x", &octet), 1);
		out[i] = (uint8_t)octet;
	}
	return length;
}

static void test_the_six_dialects(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		const struct expectation *want = &table[i];
		struct ussd_dialect dialect = dialect_named(want->name);
		struct ussd_arrival got =
			arrival(&dialect, "*355#", 1, want->tag, want->value, want->size);
		uint8_t octets[32];

		assert_int_equal(got.event, USSD_BEGIN);
		assert_string_equal(got.session, want->session);
		assert_string_equal(got.echo, want->echo);
		assert_int_equal(got.septets, 160);
		assert_int_equal(got.user_seconds, 60);
		assert_int_equal(got.session_seconds, 180);
		got = arrival(&dialect, "1", want->answer, want->tag, want->value, want->size);
		assert_int_equal(got.event, USSD_ANSWER);
		assert_string_equal(got.session, want->session);
		if (want->abort >= 0)
			assert_int_equal(
				arrival(&dialect, "", want->abort, want->tag, want->cut, want->size)
					.event,
				USSD_ABORT);
		assert_int_equal(
			arrival(&dialect, "1", 77, want->tag, want->value, want->size).event,
			USSD_NONE);
		assert_screen(&dialect, want->echo, false, octets, unhex(want->menu, octets));
		assert_screen(&dialect, want->echo, true, octets, unhex(want->end, octets));
	}
}

static void test_without_an_operation(void **state)
{
	struct ussd_dialect dialect = dialect_named("msisdn");

	(void)state;
	assert_int_equal(arrival(&dialect, "*355*1#", -1, 0, NULL, 0).event, USSD_BEGIN);
	assert_int_equal(arrival(&dialect, "1", -1, 0, NULL, 0).event, USSD_ANSWER);
}

/* Another width than the dialect's: no session, but no crash and no guess. */
static void test_a_strange_width(void **state)
{
	struct ussd_dialect dialect = dialect_named("standard");
	struct ussd_arrival got = arrival(&dialect, "1", 18, 0x1383, "abc", 3);

	(void)state;
	assert_int_equal(got.event, USSD_ANSWER);
	assert_string_equal(got.session, "");
	assert_string_equal(got.echo, "");
}

static void write_dialect(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void test_a_seventh_is_one_file(void **state)
{
	char directory[] = "/tmp/kabar-ussd-XXXXXX", *path, *old = dialects;
	struct config_errors *errors = config_errors_new();
	struct ussd_dialect dialect;
	uint8_t octets[32];

	(void)state;
	assert_non_null(mkdtemp(directory));
	path = xasprintf("%s/ketujuh.ini", directory);
	write_dialect(path,
		"[dialect]\nsession = 0x1420:3 & 0xFFFF00\nbegin = 40\nanswer = 41\nabort = "
		"42\nmenu = 43\nend = 44\n"
		"end_bits = 0x800000\nlength = 100\ndata_coding = 15\nuser_timer = 30s\n");
	dialects = directory;
	dialect = dialect_named("ketujuh");
	dialects = old;
	assert_int_equal(arrival(&dialect, "*9#", 40, 0x1420, "\1\2\3", 3).event, USSD_BEGIN);
	assert_string_equal(arrival(&dialect, "5", 41, 0x1420, "\1\2\3", 3).session, "010200");
	assert_int_equal(arrival(&dialect, "", 42, 0x1420, "\1\2\3", 3).event, USSD_ABORT);
	assert_int_equal(arrival(&dialect, "5", 41, 0x1420, "\1\2\3", 3).septets, 100);
	assert_int_equal(arrival(&dialect, "5", 41, 0x1420, "\1\2\3", 3).user_seconds, 30);
	assert_int_equal(dialect.coding, 15);
	assert_screen(&dialect, "010203", false, octets, unhex("050100012b14200003010203", octets));
	assert_screen(&dialect, "010203", true, octets, unhex("050100012c14200003810203", octets));

	write_dialect(path, "[dialect]\nsession = 0x1383\nbegin = 300\nend_bit = 1\n");
	assert_int_equal(config_dialect_read(&dialect, directory, "ketujuh", errors), ERR_CONFIG);
	assert_true(config_errors_count(errors) > 0);
	config_errors_free(errors);
	unlink(path);
	rmdir(directory);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_six_dialects),
		cmocka_unit_test(test_without_an_operation),
		cmocka_unit_test(test_a_strange_width),
		cmocka_unit_test(test_a_seventh_is_one_file),
	};
	const char *top = getenv("top_srcdir");
	int failed;

	dialects = xasprintf("%s/conf/dialects", top ? top : ".");
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	free(dialects);
	return failed;
}
