/* Frames, TLVs and user data headers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "gateway/smpp/smpp_frame.h"
#include "gateway/smpp/smpp_udh.h"
#include "tests/gateway/link/smpp_hex.h"

static uint8_t room[1024];

static int frame(const char *hex, size_t *length)
{
	return frame_next(room, hex_add(room, 0, hex), length);
}

static void test_frames(void **state)
{
	size_t length = 0;

	(void)state;
	assert_int_equal(frame("000000", &length), ERR_TRUNCATED);
	assert_int_equal(length, 16);
	assert_int_equal(frame("00000010", &length), ERR_TRUNCATED);
	assert_int_equal(frame("00000010 00000015 00000000 00000001 00", &length), OK);
	assert_int_equal(length, 16);
	assert_int_equal(frame("00000012 00000015 00000000 00000001 00", &length), ERR_TRUNCATED);
	assert_int_equal(length, 18);
	assert_int_equal(frame("0000000f", &length), ERR_RANGE);
	assert_int_equal(frame("00010400", &length), ERR_TRUNCATED); /* 66,560 */
	assert_int_equal(frame("00010401", &length), ERR_RANGE);
	assert_int_equal(frame("ffffffff", &length), ERR_RANGE);
	assert_int_equal(frame("474554202f", &length), ERR_RANGE); /* "GET /" */
}

static void test_tlv_widths(void **state)
{
	struct tlv_list list;
	uint8_t u8 = 9;
	uint16_t u16 = 9;
	char text[4];

	(void)state;
	assert_int_equal(tlv_parse(&list, room,
				 hex_add(room, 0,
					 "0427 0001 02 0204 0002 0102 1501 0004 01020304"
					 "001e 0004 41424300 001d 0003 414243 0400 0000")),
		OK);
	assert_int_equal(list.count, 6);
	assert_int_equal(tlv_u8(&list, TLV_MESSAGE_STATE, &u8), OK);
	assert_int_equal(u8, 2);
	assert_int_equal(tlv_u16(&list, TLV_MESSAGE_STATE, &u16), ERR_RANGE);
	assert_int_equal(u16, 9);
	assert_int_equal(tlv_u16(&list, TLV_USER_MESSAGE_REFERENCE, &u16), OK);
	assert_int_equal(u16, 0x0102);
	assert_int_equal(tlv_u16(&list, 0x9999, &u16), ERR_NOT_FOUND);
	assert_int_equal(tlv_text(&list, TLV_RECEIPTED_MESSAGE_ID, text, sizeof(text)), OK);
	assert_string_equal(text, "ABC");
	assert_int_equal(tlv_text(&list, 0x001d, text, sizeof(text)), OK);
	assert_string_equal(text, "ABC");
	assert_int_equal(tlv_text(&list, 0x001d, text, 3), ERR_RANGE);
	assert_int_equal(tlv_text(&list, 0x0400, text, 1), OK);
	assert_int_equal(tlv_parse(&list, room, 3), ERR_SYNTAX);
	assert_int_equal(tlv_parse(&list, room, 0), OK);
}

static void test_tlv_writing(void **state)
{
	uint8_t out[12];
	struct tlv_writer writer = {out, sizeof(out), 0};
	struct tlv_list list;
	uint16_t both;

	(void)state;
	assert_int_equal(tlv_put_u16(&writer, TLV_ITS_SESSION_INFO, 0xABFF), OK);
	assert_int_equal(tlv_put_u8(&writer, TLV_USSD_SERVICE_OP, 17), OK);
	assert_memory_equal(out, "\x13\x83\0\2\xAB\xFF\5\1\0\1\x11", 11);
	assert_int_equal(tlv_put_u8(&writer, 1, 1), ERR_LIMIT);
	assert_int_equal(writer.length, 11);
	assert_int_equal(tlv_parse(&list, out, writer.length), OK);
	assert_int_equal(tlv_u16(&list, TLV_ITS_SESSION_INFO, &both), OK);
	assert_int_equal(both, 0xABFF);
}

static struct user_data read_parts(uint8_t esm_class, const char *octets, const char *tlvs)
{
	static uint8_t area[256];
	static struct tlv_list list;
	struct user_data out;

	assert_int_equal(tlv_parse(&list, area, hex_add(area, 0, tlvs)), OK);
	user_data_read(&out, esm_class, room, hex_add(room, 0, octets), &list);
	return out;
}

static void test_concatenation(void **state)
{
	struct user_data data = read_parts(0x40, "050003 aa0302 414243", "");
	uint8_t header[UDH_CONCAT_SIZE];

	(void)state;
	assert_int_equal(data.length, 3);
	assert_memory_equal(data.octets, "ABC", 3);
	assert_int_equal(data.part.ref, 0xaa);
	assert_int_equal(data.part.total, 3);
	assert_int_equal(data.part.number, 2);
	assert_false(data.part.wide);
	data = read_parts(0x40, "0b 0504 23f4 0000 00 03 bb0202 58", "");
	assert_int_equal(data.part.ref, 0xbb);
	assert_int_equal(data.length, 1);
	data = read_parts(0x40, "06 0804 1234 0201 41", "");
	assert_int_equal(data.part.ref, 0x1234);
	assert_true(data.part.wide);
	data = read_parts(0, "4142", "020c 0002 0007 020e 0001 02 020f 0001 01");
	assert_int_equal(data.part.ref, 7);
	assert_int_equal(data.part.total, 2);
	data = read_parts(0, "050003 aa0302 41", ""); /* nobody writes that: UDHI was lost */
	assert_int_equal(data.length, 1);
	assert_int_equal(data.part.number, 2);
	data = read_parts(0, "06 0804 1234 0201 41", "");
	assert_true(data.part.wide);
	data = read_parts(0, "050003 aa0304 41", ""); /* part 4 of 3: plain octets */
	assert_int_equal(data.length, 7);
	assert_int_equal(data.part.total, 0);
	data = read_parts(0x48, "050003 aa0302 41", ""); /* whatever type the message has */
	assert_int_equal(data.part.number, 2);
	udh_write_concat(header, 9, 2, 1);
	assert_memory_equal(header, "\5\0\3\x09\2\1", 6);
}

static void test_broken_headers_keep_the_text(void **state)
{
	static const char *const headers[] = {
		"09 0003 aa0302 41", "05 0004 aa0302 41", "01 00 41", "ff"};
	struct user_data data;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(headers); i++) {
		data = read_parts(0x40, headers[i], "");
		assert_true(data.broken);
		assert_ptr_equal(data.octets, room);
		assert_int_equal(data.part.total, 0);
	}
	data = read_parts(0x40, "", "");
	assert_true(data.broken);
	data = read_parts(0x40, "050003 aa0203 4142", ""); /* part 3 of 2 */
	assert_false(data.broken);
	assert_int_equal(data.length, 2);
	assert_int_equal(data.part.total, 0);
	data = read_parts(0x40, "050003 aa0100 4142", "");
	assert_int_equal(data.part.total, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_frames),
		cmocka_unit_test(test_tlv_widths),
		cmocka_unit_test(test_tlv_writing),
		cmocka_unit_test(test_concatenation),
		cmocka_unit_test(test_broken_headers_keep_the_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
