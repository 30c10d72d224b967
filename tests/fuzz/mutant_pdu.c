/* See mutant_pdu.h. */
#include "tests/fuzz/mutant_pdu.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXTS_MAX  4096
#define TEXT_MOST  1200
#define HEADER	   16
#define TLV_ROOM   2048

static uint64_t state = 1;
static char *texts[TEXTS_MAX];
static size_t ntext;

void chance_seed(uint64_t seed)
{
	state = seed * 2 + 1;
}

uint32_t chance(uint32_t below)
{
	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t)(state >> 33) % below;
}

void mutant_texts(const char *path)
{
	FILE *file = fopen(path, "r");
	char line[8192];

	if (!file) {
		perror(path);
		exit(1);
	}
	while (ntext < TEXTS_MAX && fgets(line, sizeof(line), file)) {
		char *rest = line, *text = NULL;

		for (int i = 0; i < 3 && rest; i++)
			text = strsep(&rest, "\t\n");
		if (text && *text && line[0] != '#')
			texts[ntext++] = xstrdup(text);
	}
	fclose(file);
}

static void put_phone(struct pdu_address *address)
{
	address->ton = chance(8) ? 1 : (uint8_t)chance(8);
	address->npi = 1;
	if (chance(10))
		snprintf(address->digits, 21, "62812%08u", chance(60));
	else
		snprintf(address->digits, 21, "%s",
			chance(2) ? "TELKOMSEL" : chance(2) ? "888" : "0800123");
}

static size_t text_octets(uint8_t *out, size_t room)
{
	const char *text;
	size_t length;

	if (chance(12) == 0) {
		length = chance((uint32_t)room);
		for (size_t i = 0; i < length; i++)
			out[i] = (uint8_t)chance(256);
		return length;
	}
	text = texts[chance((uint32_t)ntext)];
	length = strnlen(text, room);
	memcpy(out, text, length);
	return length;
}

static void put_sms(struct pdu *pdu, uint8_t *octets)
{
	static const uint8_t codings[] = {0, 0, 0, 0, 1, 3, 8, 8, 4, 0xF1, 0x10};
	struct pdu_message *message = &pdu->u.message;
	size_t header = 0;

	put_phone(&message->source);
	snprintf(message->destination.digits, 21, "2255");
	message->data_coding = codings[chance(sizeof(codings))];
	if (chance(6) == 0) { /* a part of a long message */
		const uint8_t udh[] = {5, 0, 3, (uint8_t)chance(4), (uint8_t)(chance(4) + 1),
			(uint8_t)(chance(5) + 1)};

		memcpy(octets, udh, sizeof(udh));
		header = sizeof(udh);
		message->esm_class = ESM_UDHI;
	}
	message->octets = octets;
	message->length = header +
		text_octets(octets + header, (chance(20) ? 154 : TEXT_MOST) - header);
}

static void put_ussd(struct pdu *pdu, uint8_t *octets, struct tlv_writer *tlvs)
{
	static const uint8_t ops[] = {1, 1, 18, 18, 18, 0, 2, 19};
	static const char *const answers[] = {"1", "2", "3", "0", "00", "9", "SITI AMINAH", "25",
		"12/8/24", "3200", "493817", "*355#", "", "LAHIR"};
	struct pdu_message *message = &pdu->u.message;
	uint8_t op = ops[chance(sizeof(ops))];
	const char *text = op == 1 ? "*355#" : answers[chance(COUNT_OF(answers))];

	put_phone(&message->source);
	snprintf(message->destination.digits, 21, "2255");
	snprintf(message->service_type, sizeof(message->service_type), "USSD");
	memcpy(octets, text, strlen(text));
	message->octets = octets;
	message->length = strlen(text);
	if (chance(20))
		(void)!tlv_put_u8(tlvs, TLV_USSD_SERVICE_OP, op);
	if (chance(20))
		(void)!tlv_put_u16(tlvs, TLV_ITS_SESSION_INFO,
			(uint16_t)(chance(40) << 8 | chance(4) << 1 | (chance(20) == 0)));
}

static void put_receipt(
	struct pdu *pdu, uint8_t *octets, const struct mutant_submits *submits,
	struct tlv_writer *tlvs)
{
	static const char *const states[] = {"DELIVRD", "UNDELIV", "EXPIRED", "ACCEPTD", "XX"};
	struct pdu_message *message = &pdu->u.message;
	uint32_t id = submits->count ? submits->sequences[chance(256)] : 7;

	put_phone(&message->source);
	snprintf(message->destination.digits, 21, "2255");
	message->esm_class = chance(8) ? ESM_TYPE_RECEIPT : (uint8_t)chance(256);
	message->length = (size_t)snprintf((char *)octets, 255,
		"id:%x sub:001 dlvrd:001 submit date:2408151000 done date:2408151001 stat:%s "
		"err:000 text:Terima kasih",
		id, states[chance(COUNT_OF(states))]);
	message->octets = octets;
	if (chance(3) == 0) {
		char hex[12];

		snprintf(hex, sizeof(hex), "%x", id);
		(void)!tlv_put(tlvs, TLV_RECEIPTED_MESSAGE_ID, hex, strlen(hex) + 1);
		(void)!tlv_put_u8(tlvs, TLV_MESSAGE_STATE, (uint8_t)chance(12));
	}
}

static void put_odd_tlvs(struct tlv_writer *tlvs)
{
	static const uint16_t tags[] = {TLV_USER_MESSAGE_REFERENCE, TLV_SAR_MSG_REF_NUM,
		TLV_SAR_TOTAL_SEGMENTS, TLV_SAR_SEGMENT_SEQNUM, TLV_MESSAGE_PAYLOAD,
		TLV_NETWORK_ERROR_CODE, TLV_VENDOR_1501, 0x1400, 0xFFFF};
	uint8_t value[64];

	for (uint32_t n = chance(5); n > 0; n--) {
		size_t length = chance(3) ? chance(5) : chance(sizeof(value));

		for (size_t i = 0; i < length; i++)
			value[i] = (uint8_t)chance(chance(2) ? 4 : 256);
		(void)!tlv_put(tlvs, tags[chance(COUNT_OF(tags))], value, length);
	}
}

size_t mutant_answer(uint8_t out[PDU_ROOM], uint32_t sequence)
{
	static const uint32_t statuses[] = {ESME_RTHROTTLED, ESME_RMSGQFUL, ESME_RSYSERR,
		ESME_RINVDSTADR, ESME_RINVDSTADR, 0x400, 0x400, 0xFFFFFFFF};
	struct pdu pdu;
	size_t length = 0;

	pdu_init(&pdu, SMPP_SUBMIT_SM | SMPP_RESPONSE,
		chance(300) ? ESME_ROK : statuses[chance(COUNT_OF(statuses))], sequence);
	snprintf(pdu.u.message_id, sizeof(pdu.u.message_id), "%x", sequence);
	if (pdu_encode(&pdu, out, PDU_ROOM, &length) != OK)
		length = pdu_encode_bare(pdu.command, pdu.status, sequence, out);
	return length;
}

static size_t plain_frame(uint8_t *out, uint32_t sequence, const struct mutant_submits *submits)
{
	static const uint32_t bare[] = {SMPP_ENQUIRE_LINK, SMPP_ENQUIRE_LINK | SMPP_RESPONSE,
		SMPP_GENERIC_NACK, SMPP_DELIVER_SM | SMPP_RESPONSE, SMPP_UNBIND | SMPP_RESPONSE,
		SMPP_BIND_TRANSCEIVER | SMPP_RESPONSE, SMPP_ALERT_NOTIFICATION, SMPP_OUTBIND,
		0x00000777};
	static uint8_t octets[TEXT_MOST + 64], area[TLV_ROOM];
	struct tlv_writer tlvs = {.octets = area, .room = sizeof(area)};
	uint32_t kind = chance(100);
	struct pdu pdu;
	size_t length;

	if (kind < 6)
		return pdu_encode_bare(bare[chance(COUNT_OF(bare))], chance(2) ? 0 : chance(256),
			sequence, out);
	if (kind < 14 && submits->count) /* again, or long after */
		return mutant_answer(out, submits->sequences[chance(256)]);
	pdu_init(&pdu, chance(30) ? SMPP_DELIVER_SM : SMPP_DATA_SM, 0, sequence);
	if (kind < 45)
		put_ussd(&pdu, octets, &tlvs);
	else if (kind < 55)
		put_receipt(&pdu, octets, submits, &tlvs);
	else
		put_sms(&pdu, octets);
	if (chance(4) == 0)
		put_odd_tlvs(&tlvs);
	pdu.tlvs.area = area;
	pdu.tlvs.area_length = tlvs.length;
	if (pdu_encode(&pdu, out, PDU_ROOM, &length) != OK)
		length = pdu_encode_bare(SMPP_ENQUIRE_LINK, 0, sequence, out);
	return length;
}

static void set_length(uint8_t *frame, size_t length)
{
	for (int i = 0; i < 4; i++)
		frame[i] = (uint8_t)(length >> (24 - 8 * i));
}

static size_t mutate(uint8_t *frame, size_t length)
{
	size_t body = length - HEADER, at = HEADER + (body ? chance((uint32_t)body) : 0), more;

	switch (body ? chance(7) : 6) {
	case 0: /* other octets */
		for (uint32_t n = chance(6) + 1; n > 0; n--)
			frame[HEADER + chance((uint32_t)body)] = (uint8_t)chance(256);
		return length;
	case 1: /* one bit */
		frame[at] ^= (uint8_t)(1 << chance(8));
		return length;
	case 2: /* cut */
		return HEADER + chance((uint32_t)body + 1);
	case 3: /* a piece twice */
		more = chance((uint32_t)(length - at) + 1);
		if (length + more > PDU_ROOM)
			return length;
		memmove(frame + at + more, frame + at, length - at);
		return length + more;
	case 4: /* a piece gone */
		more = chance((uint32_t)(length - at) + 1);
		memmove(frame + at, frame + at + more, length - at - more);
		return length - more;
	case 5: /* extremes */
		frame[at] = (uint8_t[]){0, 0x7F, 0x80, 0xFF}[chance(4)];
		return length;
	default: /* another command or status */
		frame[chance(2) ? 7 : 11] = (uint8_t)chance(256);
		if (chance(4) == 0)
			frame[4] ^= 0x80;
		return length;
	}
}

size_t mutant_make(
	uint8_t out[PDU_ROOM], uint32_t sequence, const struct mutant_submits *submits, bool torn)
{
	size_t length = plain_frame(out, sequence, submits);

	for (uint32_t n = chance(2) ? chance(3) + 1 : 0; n > 0; n--)
		length = mutate(out, length);
	set_length(out, length);
	if (torn)
		out[chance(4)] ^= (uint8_t)(1 << chance(8));
	return length;
}
