/* The wall around libsmpp34: what real SMSCs send must be read, what is broken must get its own
 * status. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gateway/smpp/smpp_pdu.h"
#include "tests/gateway/link/smpp_hex.h"

static uint8_t room[FRAME_MAX + 16];
static struct pdu pdu;

/* Decodes a copy that ends where the PDU ends, so that the sanitizer sees each octet read beyond
 * it. */
static uint8_t *tight;

static int decode(size_t length)
{
	free(tight);
	tight = malloc(length ? length : 1);
	assert_non_null(tight);
	memcpy(tight, room, length);
	return pdu_decode(&pdu, tight, length);
}

static int decode_hex(const char *command, const char *status, const char *body)
{
	return decode(hex_pdu(room, command, status, "00000007", body));
}

static int free_tight(void **state)
{
	(void)state;
	free(tight);
	tight = NULL;
	return 0;
}

#define DELIVER "00000005"
/* A deliver_sm up to sm_length: from 628123 to 2255. */
#define HEAD "00 01 01 363238313233 00 00 01 32323535 00 00 00 00 00 00 00 00 00 00"

static void test_ussd_begin_of_a_real_gateway(void **state)
{
	uint8_t op = 0;

	(void)state;
	assert_int_equal(decode(hex_add(room, 0,
				 "0000004a 00000005 00000000 00000158 5553534400 0101"
				 "393932303030303030303030 00 0101 393932303030303030303031 00 "
				 "000000000000000000 08"
				 "2a333332322a3023 0501 0001 01")),
		OK);
	assert_int_equal(pdu.command, SMPP_DELIVER_SM);
	assert_int_equal(pdu.sequence, 0x158);
	assert_string_equal(pdu.u.message.service_type, "USSD");
	assert_string_equal(pdu.u.message.source.digits, "992000000000");
	assert_int_equal(pdu.u.message.source.ton, 1);
	assert_string_equal(pdu.u.message.destination.digits, "992000000001");
	assert_int_equal(pdu.u.message.length, 8);
	assert_memory_equal(pdu.u.message.octets, "*3322*0#", 8);
	assert_int_equal(tlv_u8(&pdu.tlvs, TLV_USSD_SERVICE_OP, &op), OK);
	assert_int_equal(op, USSD_PSSR_IND);
}

static void test_29_tlvs_in_159_octets(void **state)
{
	size_t length = hex_pdu(room, DELIVER, "00000000", "00000001",
		"00 0000 31 00 0000 32 00 000000 00 00 00000000 00");

	(void)state;
	assert_int_equal(length, 16 + 19);
	for (unsigned i = 0; i < 29; i++) { /* eight of them with an octet of value */
		char hex[16];

		snprintf(hex, sizeof(hex), "%04x %s", 0x1400 + i, i < 8 ? "0001aa" : "0000");
		length = hex_add(room, length, hex);
	}
	assert_int_equal(length, 159);
	room[3] = (uint8_t)length;
	assert_int_equal(decode(length), OK);
	assert_int_equal(pdu.tlvs.count, 29);
	assert_int_equal(tlv_find(&pdu.tlvs, 0x1405)->value[0], 0xaa);
	assert_string_equal(pdu.u.message.source.digits, "1");
}

static void test_hundreds_of_tlvs(void **state)
{
	size_t length = hex_pdu(room, DELIVER, "00000000", "00000001", HEAD "00");
	uint16_t ref = 0;

	(void)state;
	for (unsigned i = 0; i < 200; i++) {
		char hex[16];

		snprintf(hex, sizeof(hex), "%04x 0001 aa", 0x1500 + i);
		length = hex_add(room, length, hex);
	}
	length = hex_add(room, length, "0204 0002 1234 0424 0003 414243");
	room[2] = (uint8_t)(length >> 8);
	room[3] = (uint8_t)length;
	assert_int_equal(decode(length), OK);
	assert_int_equal(pdu.tlvs.count, TLV_MAX);
	assert_int_equal(pdu.tlvs.ignored, 200 + 2 - TLV_MAX);
	assert_int_equal(tlv_u16(&pdu.tlvs, TLV_USER_MESSAGE_REFERENCE, &ref), OK);
	assert_int_equal(ref, 0x1234);
	assert_int_equal(pdu.u.message.length, 3);
	assert_memory_equal(pdu.u.message.octets, "ABC", 3);
}

/* What libsmpp34 alone refuses although operators send it. */
static void test_responses_that_operators_send(void **state)
{
	(void)state;
	assert_int_equal(decode_hex("80000009", "0000000e", ""), OK); /* a refused bind, no body */
	assert_int_equal(pdu.status, ESME_RINVPASWD);
	assert_false(pdu.has_body);
	assert_int_equal(decode_hex("80000004", "00000058", "00"),
		OK); /* throttled, with a message_id octet */
	assert_int_equal(pdu.status, ESME_RTHROTTLED);
	assert_true(pdu.has_body);
	assert_string_equal(pdu.u.message_id, "");
	assert_int_equal(decode_hex("80000004", "00000000", "3141324200 0427 0001 02"), OK);
	assert_string_equal(pdu.u.message_id, "1A2B");
	assert_int_equal(pdu.tlvs.count, 1);
	assert_int_equal(
		decode_hex("80000004", "00000000", ""), OK); /* taken, without message_id */
	assert_false(pdu.has_body);
	assert_int_equal(decode_hex("80000004", "00000411", ""), OK); /* a vendor's own status */
	assert_int_equal(pdu.status, 0x411);
	assert_int_equal(decode_hex("80000009", "00000000", "534d534300 0210 0001 34"), OK);
	assert_string_equal(pdu.u.system_id, "SMSC");
	assert_int_equal(decode_hex("80000004", "00000008", "414141"), OK); /* an unreadable body */
	assert_false(pdu.has_body);
	assert_int_equal(pdu.sequence, 7);
	assert_int_equal(
		decode_hex("80000004", "00000000", "3100 0427 0009 02"), OK); /* broken TLVs */
	assert_true(pdu.has_body);
	assert_string_equal(pdu.u.message_id, "1");
	assert_int_equal(decode_hex("80000005", "00000000", "3939393900"), OK);
	assert_string_equal(pdu.u.message_id, "9999");
	assert_int_equal(decode(hex_pdu(room, "80000000", "00000003", "00000000", "")), OK);
	assert_int_equal(pdu.sequence, 0);
	assert_int_equal(decode_hex("80000103", "00000000", "3700"), OK);
	assert_string_equal(pdu.u.message_id, "7");
	assert_int_equal(
		decode_hex("80000777", "00000000", ""), OK); /* some response: never an error */
	assert_int_equal(pdu.defect, ESME_RINVCMDID);
}

static void test_requests_that_operators_send(void **state)
{
	(void)state;
	/* TON 7, NPI 5, both times set, a status and a sequence beyond the range */
	assert_int_equal(decode(hex_pdu(room, DELIVER, "00000455", "ffffffff",
				 "00 07 05 3100 07 11 3200 00 00 00"
				 "30303030303130303030303030303052 00 "
				 "32303031303131323030303030302b00 01 00 08 00 02 0041")),
		OK);
	assert_int_equal(pdu.u.message.source.ton, 7);
	assert_int_equal(pdu.u.message.source.npi, 5);
	assert_int_equal(pdu.u.message.destination.npi, 0x11);
	assert_string_equal(pdu.u.message.schedule, "000001000000000R");
	assert_string_equal(pdu.u.message.validity, "20010112000000+");
	assert_int_equal(pdu.u.message.data_coding, 8);
	assert_int_equal(pdu.u.message.registered_delivery, 1);
	assert_int_equal(pdu.status, 0x455);
	assert_int_equal(pdu.sequence, 0xffffffff);
	/* a text and a beginning of it */
	assert_int_equal(decode_hex("00000005", "00000000", "00 01 01 3100 00 01 3200"
		"00 00 00 00 00 00 00 00 00 02 4142 0424 0004 41424344"), OK);
	assert_int_equal(pdu.u.message.length, 4);
	assert_int_equal(decode_hex("00000005", "00000000", "00 01 01 3100 00 01 3200"
		"00 00 00 00 00 00 00 00 00 02 4142 0424 0000"), OK);
	assert_int_equal(pdu.u.message.length, 2);
	/* data_sm: the text is in message_payload, the source has more than 20 digits */
	assert_int_equal(decode_hex("00000103", "00000000", "00 01 01"
		"31313131313131313131323232323232323232323333333333 00 01 01 3200 00 00 08"
		"0424 0004 00410042"), OK);
	assert_string_equal(pdu.u.message.source.digits, "1111111111222222222233333");
	assert_int_equal(pdu.u.message.length, 4);
	assert_int_equal(decode_hex("00000015", "00000000", ""), OK);
	assert_int_equal(decode_hex("00000006", "00000000", "0000"), OK);
	assert_int_equal(decode_hex("00000102", "00000000", "ffff"), OK);
	assert_int_equal(decode_hex("0000000b", "00000000", "534d534300 70617373 00"), OK);
	assert_string_equal(pdu.u.bind.password, "pass");
}

static void test_short_message_of_254(void **state)
{
	size_t length = hex_pdu(room, DELIVER, "00000000", "00000001", HEAD "fe");

	(void)state;
	memset(room + length, 'x', 254);
	room[3] = (uint8_t)(length + 254);
	room[2] = (uint8_t)((length + 254) >> 8);
	assert_int_equal(decode(length + 254), OK);
	assert_int_equal(pdu.u.message.length, 254);
	assert_int_equal(pdu.u.message.octets[253], 'x');
}

static void refuse(const char *body, uint32_t status)
{
	assert_int_equal(decode_hex(DELIVER, "00000000", body), ERR_SYNTAX);
	assert_string_equal(smpp_status_name(pdu.defect), smpp_status_name(status));
	assert_int_equal(pdu.sequence, 7);
}

static void test_each_defect_has_its_status(void **state)
{
	(void)state;
	refuse("", ESME_RINVCMDLEN);
	refuse("414243", ESME_RINVCMDLEN);
	refuse("414243444546 00", ESME_RINVSERTYP);
	refuse("00 0101 313131313131313131313131313131313131313131 00", ESME_RINVSRCADR);
	refuse("00 0101 3100 0101 313131313131313131313131313131313131313131 00", ESME_RINVDSTADR);
	refuse("00 0101 3100 0101 3200 000000 3131313131313131313131313131313131 00",
		ESME_RINVSCHED);
	refuse("00 0101 3100 0101 3200 000000 00 3131313131313131313131313131313131 00",
		ESME_RINVEXPIRY);
	refuse(HEAD "05 41", ESME_RINVMSGLEN);
	refuse(HEAD "ff 41", ESME_RINVMSGLEN);
	refuse(HEAD, ESME_RINVCMDLEN);
	refuse(HEAD "00 0424 0005 41", ESME_RINVOPTPARSTREAM);
	refuse(HEAD "00 04", ESME_RINVOPTPARSTREAM);
	refuse(HEAD "00 0501 0002 0101", ESME_RINVPARLEN);
	refuse(HEAD "00 1383 0001 01", ESME_RINVPARLEN);
	assert_int_equal(decode_hex("00000021", "00000000", ""), ERR_NOT_FOUND);
	assert_int_equal(pdu.defect, ESME_RINVCMDID);
	assert_int_equal(decode_hex("00000009", "00000000", "41414141414141414141414141414141 00"),
		ERR_SYNTAX);
	assert_int_equal(pdu.defect, ESME_RINVSYSID);
}

static void test_every_truncation_is_survived(void **state)
{
	size_t whole = hex_pdu(room, DELIVER, "00000000", "00000001",
		"5553534400 0101 3632383132 00 0101 32323535 00 40 00 00 3100 3200 00 00 00 00"
		"0a 050003010201 41424344 0501 0001 01 1383 0002 0102");

	(void)state;
	for (size_t length = whole - 1; length > 0; length--) {
		int error = decode(length);

		/* Where a TLV begins, what stands before is a whole PDU. */
		if (length == whole - 6 || length == whole - 11)
			assert_int_equal(error, OK);
		else
			assert_int_equal(error, ERR_SYNTAX);
	}
	room[7] = 4; /* now a response: it completes its request at any length from the header on */
	room[4] = 0x80;
	for (size_t length = whole; length >= FRAME_HEADER; length--)
		assert_int_equal(decode(length), OK);
}

static void test_first_of_duplicate_tlvs_counts(void **state)
{
	uint8_t op = 0;

	(void)state;
	assert_int_equal(decode_hex(DELIVER, "00000000", HEAD "00 0501 0001 12 0501 0001 01"), OK);
	assert_int_equal(tlv_u8(&pdu.tlvs, TLV_USSD_SERVICE_OP, &op), OK);
	assert_int_equal(op, 0x12);
	assert_int_equal(pdu.tlvs.ignored, 1);
}

static struct pdu message_pdu(uint32_t command, const void *octets, size_t length)
{
	struct pdu out;

	pdu_init(&out, command, 0, 0x7FFFFFFF);
	copy_string(out.u.message.service_type, sizeof(out.u.message.service_type), "USSD");
	copy_string(out.u.message.source.digits, sizeof(out.u.message.source.digits), "2255");
	out.u.message.source.ton = 7;
	out.u.message.source.npi = 0xff;
	copy_string(out.u.message.destination.digits, sizeof(out.u.message.destination.digits),
		"6281234567890");
	out.u.message.destination.ton = 1;
	out.u.message.destination.npi = 1;
	out.u.message.esm_class = 0x40;
	out.u.message.registered_delivery = 1;
	out.u.message.data_coding = 0x48;
	out.u.message.octets = octets;
	out.u.message.length = length;
	return out;
}

static void check_round_trip(uint32_t command, size_t text_length)
{
	static uint8_t text[65535];
	uint8_t area[64];
	struct tlv_writer writer = {area, sizeof(area), 0};
	struct pdu out;
	size_t length = 0;
	uint8_t op = 0;

	for (size_t i = 0; i < text_length; i++)
		text[i] = (uint8_t)(i * 7);
	out = message_pdu(command, text, text_length);
	assert_int_equal(tlv_put_u8(&writer, TLV_USSD_SERVICE_OP, 2), OK);
	assert_int_equal(tlv_put_u16(&writer, TLV_ITS_SESSION_INFO, 9 << 8 | 5 << 1 | 1), OK);
	out.tlvs.area = area;
	out.tlvs.area_length = writer.length;
	assert_int_equal(pdu_encode(&out, room, FRAME_MAX, &length), OK);
	assert_int_equal(decode(length), OK);
	assert_int_equal(pdu.length, length);
	assert_int_equal(pdu.command, command);
	assert_int_equal(pdu.sequence, 0x7FFFFFFF);
	assert_string_equal(pdu.u.message.service_type, "USSD");
	assert_string_equal(pdu.u.message.destination.digits, "6281234567890");
	assert_int_equal(pdu.u.message.source.ton, 7);
	assert_int_equal(pdu.u.message.source.npi, 0xff);
	assert_int_equal(pdu.u.message.esm_class, 0x40);
	assert_int_equal(pdu.u.message.data_coding, 0x48);
	assert_int_equal(pdu.u.message.registered_delivery, 1);
	assert_int_equal(pdu.u.message.length, text_length);
	assert_memory_equal(pdu.u.message.octets, text, text_length);
	assert_int_equal(tlv_u8(&pdu.tlvs, TLV_USSD_SERVICE_OP, &op), OK);
	assert_int_equal(op, 2);
}

static void test_messages_round_trip(void **state)
{
	static const size_t lengths[] = {0, 1, 160, 253, 254, 255, 1024, 1025, 60000};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		check_round_trip(SMPP_SUBMIT_SM, lengths[i]);
		check_round_trip(SMPP_DELIVER_SM, lengths[i]);
		check_round_trip(SMPP_DATA_SM, lengths[i]);
	}
}

static void test_octets_of_a_submit(void **state)
{
	struct pdu out = message_pdu(SMPP_SUBMIT_SM, "Hai", 3);
	uint8_t wanted[128];
	size_t length = 0, expect = hex_pdu(wanted, "00000004", "00000000", "7fffffff",
				   "55535344 00 07 ff 32323535 00 01 01 36323831323334353637383930 "
				   "00 40 00 00 00 00 01 00"
				   "48 00 03 486169");

	(void)state;
	assert_int_equal(pdu_encode(&out, room, sizeof(room), &length), OK);
	assert_int_equal(length, expect);
	assert_memory_equal(room, wanted, expect);
	assert_int_equal(pdu_encode(&out, room, expect, &length), OK);
	assert_int_equal(pdu_encode(&out, room, expect - 1, &length), ERR_LIMIT);
	assert_int_equal(pdu_encode(&out, room, 3, &length), ERR_LIMIT);
}

static void test_encode_refuses_long_strings(void **state)
{
	struct pdu out = message_pdu(SMPP_SUBMIT_SM, "x", 1);
	size_t length;

	(void)state;
	memset(out.u.message.destination.digits, '1', 20);
	assert_int_equal(pdu_encode(&out, room, sizeof(room), &length), OK);
	memset(out.u.message.destination.digits, '1', 21);
	assert_int_equal(pdu_encode(&out, room, sizeof(room), &length), ERR_RANGE);
	memset(out.u.message.destination.digits, '1', sizeof(out.u.message.destination.digits));
	assert_int_equal(pdu_encode(&out, room, sizeof(room), &length), ERR_RANGE);
	pdu_init(&out, SMPP_BIND_TRANSCEIVER, 0, 1);
	memset(out.u.bind.password, 'p', 9);
	assert_int_equal(pdu_encode(&out, room, sizeof(room), &length), ERR_RANGE);
	pdu_init(&out, 0x21, 0, 1);
	assert_int_equal(pdu_encode(&out, room, sizeof(room), &length), ERR_NOT_FOUND);
	out = message_pdu(SMPP_SUBMIT_SM, room, 66000);
	assert_int_equal(pdu_encode(&out, room, sizeof(room), &length), ERR_LIMIT);
}

static void test_bind_both_ways(void **state)
{
	static const uint32_t binds[] = {
		SMPP_BIND_RECEIVER, SMPP_BIND_TRANSMITTER, SMPP_BIND_TRANSCEIVER};
	size_t length = 0;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(binds); i++) {
		struct pdu out;

		pdu_init(&out, binds[i], 0, 1);
		copy_string(out.u.bind.system_id, sizeof(out.u.bind.system_id), "kabar-rejanglbg");
		copy_string(out.u.bind.password, sizeof(out.u.bind.password), "12345678");
		copy_string(out.u.bind.system_type, sizeof(out.u.bind.system_type), "SMPP");
		out.u.bind.interface_version = 0x50;
		out.u.bind.addr_ton = 9;
		copy_string(out.u.bind.address_range, sizeof(out.u.bind.address_range), "^2255$");
		assert_int_equal(pdu_encode(&out, room, sizeof(room), &length), OK);
		assert_int_equal(decode(length), OK);
		assert_memory_equal(&pdu.u.bind, &out.u.bind, sizeof(out.u.bind));
		pdu_init(&out, binds[i] | SMPP_RESPONSE, 0, 1);
		copy_string(out.u.system_id, sizeof(out.u.system_id), "SMSC");
		assert_int_equal(pdu_encode(&out, room, sizeof(room), &length), OK);
		assert_int_equal(length, 21);
		out.status = ESME_RALYBND;
		assert_int_equal(pdu_encode(&out, room, sizeof(room), &length), OK);
		assert_int_equal(length, 16);
	}
}

static void test_bare_pdus(void **state)
{
	uint8_t out[PDU_BARE_ROOM];

	(void)state;
	assert_int_equal(pdu_encode_bare(SMPP_ENQUIRE_LINK, 0, 0x01020304, out), 16);
	assert_memory_equal(out, "\0\0\0\x10\0\0\0\x15\0\0\0\0\1\2\3\4", 16);
	assert_int_equal(
		pdu_encode_bare(SMPP_DELIVER_SM | SMPP_RESPONSE, ESME_RX_T_APPN, 5, out), 17);
	assert_memory_equal(out, "\0\0\0\x11\x80\0\0\5\0\0\0\x64\0\0\0\5\0", 17);
	assert_int_equal(pdu_encode_bare(SMPP_SUBMIT_SM | SMPP_RESPONSE, ESME_RSYSERR, 5, out), 16);
	assert_int_equal(pdu_encode_bare(SMPP_DATA_SM | SMPP_RESPONSE, 0, 5, out), 17);
}

static void test_names(void **state)
{
	(void)state;
	assert_string_equal(smpp_command_name(0x80000004), "submit_sm_resp");
	assert_string_equal(smpp_command_name(0x21), "unknown");
	assert_string_equal(smpp_status_name(0x58), "ESME_RTHROTTLED");
	assert_string_equal(smpp_status_name(0x411), "vendor");
	assert_string_equal(smpp_status_name(0x12345), "reserved");
	assert_int_equal(smpp_status_failure(0), SMPP_FAIL_NONE);
	assert_int_equal(smpp_status_failure(ESME_RMSGQFUL), SMPP_FAIL_THROTTLE);
	assert_int_equal(smpp_status_failure(ESME_RSYSERR), SMPP_FAIL_TEMPORARY);
	assert_int_equal(smpp_status_failure(ESME_RINVDSTADR), SMPP_FAIL_PERMANENT);
	assert_int_equal(smpp_status_failure(0x4ff), SMPP_FAIL_TEMPORARY);
}

#define TEST(function) cmocka_unit_test_teardown(function, free_tight)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_ussd_begin_of_a_real_gateway),
		TEST(test_29_tlvs_in_159_octets),
		TEST(test_hundreds_of_tlvs),
		TEST(test_responses_that_operators_send),
		TEST(test_requests_that_operators_send),
		TEST(test_short_message_of_254),
		TEST(test_each_defect_has_its_status),
		TEST(test_every_truncation_is_survived),
		TEST(test_first_of_duplicate_tlvs_counts),
		TEST(test_messages_round_trip),
		TEST(test_octets_of_a_submit),
		TEST(test_encode_refuses_long_strings),
		TEST(test_bind_both_ways),
		TEST(test_bare_pdus),
		TEST(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
