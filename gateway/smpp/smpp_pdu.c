/* The one wall around libsmpp34: see smpp_pdu.h.
 *
 * The library gets only what it handles safely: one mandatory part in a small scratch, every
 * value that it would refuse replaced by a safe one, no TLVs, no message text (it refuses 254
 * octets). What it read or wrote is then completed with the real values. So its unchecked trace
 * buffer (2048 octets for all fields) cannot overflow. It prints each field into that buffer, which
 * costs more than the rest of the loop: a shape that it has read or written as our layout says is
 * not given to it again (smpp_shape.h).
 */
#include "gateway/smpp/smpp_pdu.h"

#include <string.h>

#include "gateway/smpp/smpp_layout.h"
#include "gateway/smpp/smpp_shape.h"

#include <smpp34.h>
#undef Reserved
#include <smpp34_structs.h>

/* Mandatory fields: SMPP 3.4, chapter 4. lib: libsmpp34's struct. */
#define ROW(kind, size, safe, defect, member, lib, lib_member) \
	{kind, size, safe, defect, offsetof(struct pdu, u.member), offsetof(lib, lib_member), \
		sizeof(((lib *)0)->lib_member)}
#define TEXT(size, defect, member, lib, lib_member) \
	ROW(FIELD_TEXT, size, 0, defect, member, lib, lib_member)
#define BYTE(member, lib, lib_member) \
	ROW(FIELD_BYTE, 1, 0, ESME_RINVCMDLEN, member, lib, lib_member)
#define CHECKED(safe, member, lib, lib_member) \
	ROW(FIELD_CHECKED_BYTE, 1, safe, ESME_RINVCMDLEN, member, lib, lib_member)

#define BIND_FIELDS(lib) \
	TEXT(16, ESME_RINVSYSID, bind.system_id, lib, system_id), \
	TEXT(9, ESME_RINVPASWD, bind.password, lib, password), \
	TEXT(13, ESME_RINVSYSTYP, bind.system_type, lib, system_type), \
	CHECKED(SMPP_VERSION, bind.interface_version, lib, interface_version), \
	CHECKED(0, bind.addr_ton, lib, addr_ton), \
	CHECKED(0, bind.addr_npi, lib, addr_npi), \
	TEXT(41, ESME_RBINDFAIL, bind.address_range, lib, address_range)

#define ADDRESS_FIELDS(lib, width) \
	TEXT(6, ESME_RINVSERTYP, message.service_type, lib, service_type), \
	CHECKED(0, message.source.ton, lib, source_addr_ton), \
	CHECKED(0, message.source.npi, lib, source_addr_npi), \
	TEXT(width, ESME_RINVSRCADR, message.source.digits, lib, source_addr), \
	CHECKED(0, message.destination.ton, lib, dest_addr_ton), \
	CHECKED(0, message.destination.npi, lib, dest_addr_npi), \
	TEXT(width, ESME_RINVDSTADR, message.destination.digits, lib, destination_addr), \
	BYTE(message.esm_class, lib, esm_class)

/* The same on the wire for both: SMSCs do fill in the times of a deliver_sm, where libsmpp34
 * wants none. */
#define SM_FIELDS(lib) \
	ADDRESS_FIELDS(lib, 21), \
	BYTE(message.protocol_id, lib, protocol_id), \
	BYTE(message.priority, lib, priority_flag), \
	TEXT(17, ESME_RINVSCHED, message.schedule, lib, schedule_delivery_time), \
	TEXT(17, ESME_RINVEXPIRY, message.validity, lib, validity_period), \
	BYTE(message.registered_delivery, lib, registered_delivery), \
	BYTE(message.replace, lib, replace_if_present_flag), \
	BYTE(message.data_coding, lib, data_coding), \
	BYTE(message.default_message, lib, sm_default_msg_id), \
	ROW(FIELD_MESSAGE, 0, 0, ESME_RINVMSGLEN, message.octets, lib, sm_length)

static const struct field bind_receiver[] = {BIND_FIELDS(bind_receiver_t)};
static const struct field bind_transmitter[] = {BIND_FIELDS(bind_transmitter_t)};
static const struct field bind_transceiver[] = {BIND_FIELDS(bind_transceiver_t)};
static const struct field bind_receiver_resp[] = {
	TEXT(16, ESME_RINVSYSID, system_id, bind_receiver_resp_t, system_id)};
static const struct field bind_transmitter_resp[] = {
	TEXT(16, ESME_RINVSYSID, system_id, bind_transmitter_resp_t, system_id)};
static const struct field bind_transceiver_resp[] = {
	TEXT(16, ESME_RINVSYSID, system_id, bind_transceiver_resp_t, system_id)};
static const struct field outbind[] = {
	TEXT(16, ESME_RINVSYSID, bind.system_id, outbind_t, system_id),
	TEXT(9, ESME_RINVPASWD, bind.password, outbind_t, password)};
static const struct field submit_sm[] = {SM_FIELDS(submit_sm_t)};
static const struct field deliver_sm[] = {SM_FIELDS(deliver_sm_t)};
static const struct field data_sm[] = {
	ADDRESS_FIELDS(data_sm_t, 65),
	BYTE(message.registered_delivery, data_sm_t, registered_delivery),
	BYTE(message.data_coding, data_sm_t, data_coding)};
static const struct field submit_sm_resp[] = {
	TEXT(65, ESME_RINVMSGID, message_id, submit_sm_resp_t, message_id)};
static const struct field deliver_sm_resp[] = {
	TEXT(65, ESME_RINVMSGID, message_id, deliver_sm_resp_t, message_id)};
static const struct field data_sm_resp[] = {
	TEXT(65, ESME_RINVMSGID, message_id, data_sm_resp_t, message_id)};

static const struct layout layouts[] = {
	{SMPP_BIND_RECEIVER, bind_receiver, COUNT_OF(bind_receiver), false},
	{BIND_RECEIVER_RESP, bind_receiver_resp, 1, true},
	{SMPP_BIND_TRANSMITTER, bind_transmitter, COUNT_OF(bind_transmitter), false},
	{BIND_TRANSMITTER_RESP, bind_transmitter_resp, 1, true},
	{SMPP_BIND_TRANSCEIVER, bind_transceiver, COUNT_OF(bind_transceiver), false},
	{BIND_TRANSCEIVER_RESP, bind_transceiver_resp, 1, true},
	{SMPP_OUTBIND, outbind, COUNT_OF(outbind), false},
	{SMPP_SUBMIT_SM, submit_sm, COUNT_OF(submit_sm), true},
	{SUBMIT_SM_RESP, submit_sm_resp, 1, true},
	{SMPP_DELIVER_SM, deliver_sm, COUNT_OF(deliver_sm), true},
	{DELIVER_SM_RESP, deliver_sm_resp, 1, true},
	{SMPP_DATA_SM, data_sm, COUNT_OF(data_sm), true},
	{DATA_SM_RESP, data_sm_resp, 1, true},
	{SMPP_UNBIND, NULL, 0, false},
	{UNBIND_RESP, NULL, 0, false},
	{SMPP_ENQUIRE_LINK, NULL, 0, false},
	{ENQUIRE_LINK_RESP, NULL, 0, false},
	{SMPP_GENERIC_NACK, NULL, 0, false},
	{SMPP_ALERT_NOTIFICATION, NULL, 0, false}, /* only ever ignored */
};

/* libsmpp34 picks the struct by the command: never give it less room than the largest. */
union lib_pdu {
	struct {
		uint32_t command_length, command_id, command_status, sequence_number;
	} header;
	bind_receiver_t bind_receiver;
	bind_transmitter_t bind_transmitter;
	bind_transceiver_t bind_transceiver;
	bind_receiver_resp_t bind_receiver_resp;
	bind_transmitter_resp_t bind_transmitter_resp;
	bind_transceiver_resp_t bind_transceiver_resp;
	outbind_t outbind;
	submit_sm_t submit_sm;
	submit_sm_resp_t submit_sm_resp;
	submit_multi_t submit_multi;
	submit_multi_resp_t submit_multi_resp;
	deliver_sm_t deliver_sm;
	deliver_sm_resp_t deliver_sm_resp;
	data_sm_t data_sm;
	data_sm_resp_t data_sm_resp;
	query_sm_t query_sm;
	query_sm_resp_t query_sm_resp;
	replace_sm_t replace_sm;
	cancel_sm_t cancel_sm;
	alert_notification_t alert_notification;
};

#define SCRATCH 512 /* the longest mandatory part without its text, data_sm, has 164 octets */

/* What libsmpp34 was seen to do as the layout says; like itself, of the loop's thread alone. */
static struct shapes unpacked, packed;

static const struct layout *layout_find(uint32_t command)
{
	for (size_t i = 0; i < COUNT_OF(layouts); i++)
		if (layouts[i].command == command)
			return &layouts[i];
	return NULL;
}

static uint32_t get_u32(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void put_u32(uint8_t *at, uint32_t value)
{
	at[0] = (uint8_t)(value >> 24);
	at[1] = (uint8_t)(value >> 16);
	at[2] = (uint8_t)(value >> 8);
	at[3] = (uint8_t)value;
}

static void put_header(
	uint8_t *out, size_t length, uint32_t command, uint32_t status, uint32_t sequence)
{
	put_u32(out, (uint32_t)length);
	put_u32(out + 4, command);
	put_u32(out + 8, status);
	put_u32(out + 12, sequence);
}

static bool lib_takes(const struct field *field, size_t length)
{
	return field->kind == FIELD_TEXT && length < field->lib_size;
}

/* Writes the mandatory part as libsmpp34 likes it; returns its length. */
static size_t scratch_write(uint8_t scratch[SCRATCH], const struct layout *layout,
	const struct span *spans)
{
	size_t at = FRAME_HEADER;

	for (size_t i = 0; i < layout->count; i++) {
		const struct field *field = &layout->fields[i];
		uint8_t octet = 0; /* the end of a text, or sm_length */

		if (lib_takes(field, spans[i].length)) {
			memcpy(scratch + at, spans[i].at, spans[i].length);
			at += spans[i].length;
		} else if (field->kind == FIELD_BYTE) {
			octet = spans[i].at[0];
		} else if (field->kind == FIELD_CHECKED_BYTE) {
			octet = field->safe;
		}
		scratch[at++] = octet;
	}
	put_header(scratch, at, layout->command, ESME_ROK, 1);
	return at;
}

/* It saw what the walk saw. */
static bool lib_agrees(
	const struct layout *layout, const struct span *spans, const union lib_pdu *lib)
{
	for (size_t i = 0; i < layout->count; i++) {
		const struct field *field = &layout->fields[i];
		const uint8_t *seen = (const uint8_t *)lib + field->lib_offset;

		if (field->kind != FIELD_BYTE && !lib_takes(field, spans[i].length))
			continue;
		if (memcmp(seen, spans[i].at, spans[i].length) != 0 ||
			(field->kind == FIELD_TEXT && seen[spans[i].length]))
			return false;
	}
	return true;
}

/* Fills the plain struct: from the library where it saw the real value, else from the octets.
 * lib: NULL when it would see the same. */
static void fields_copy(struct pdu *out, const struct layout *layout, const struct span *spans,
	const union lib_pdu *lib)
{
	for (size_t i = 0; i < layout->count; i++) {
		const struct field *field = &layout->fields[i];
		uint8_t *to = (uint8_t *)out + field->offset;
		const uint8_t *from = spans[i].at;

		if (field->kind == FIELD_MESSAGE) {
			out->u.message.octets = spans[i].at;
			out->u.message.length = spans[i].length;
			continue;
		}
		if (lib && (field->kind == FIELD_BYTE || lib_takes(field, spans[i].length)))
			from = (const uint8_t *)lib + field->lib_offset;
		memcpy(to, from, spans[i].length);
	}
}

/* A shape that was not seen before. */
static uint32_t lib_decode(struct pdu *out, const struct layout *layout, const struct span *spans)
{
	uint8_t scratch[SCRATCH];
	union lib_pdu lib;

	memset(&lib, 0, sizeof(lib));
	if (smpp34_unpack2(&lib, scratch, (int)scratch_write(scratch, layout, spans)))
		return ESME_RX_T_APPN;
	fields_copy(out, layout, spans, &lib);
	if (lib_agrees(layout, spans, &lib))
		shapes_add(&unpacked, shape_of(layout, spans));
	return ESME_ROK;
}

static uint32_t body_decode(struct pdu *out, const struct layout *layout, const uint8_t *body,
	size_t length, size_t *used)
{
	struct span spans[LAYOUT_FIELDS];
	uint32_t defect = layout_walk(layout, body, length, spans, used);

	if (defect)
		return defect;
	if (!shapes_have(&unpacked, shape_of(layout, spans)))
		return lib_decode(out, layout, spans);
	fields_copy(out, layout, spans, NULL);
	return ESME_ROK;
}

/* TLVs that Kabar acts on must have the width that the specification gives them. */
static bool widths_fit(const struct tlv_list *tlvs)
{
	static const struct {
		uint16_t tag, width;
	} widths[] = {
		{TLV_USER_MESSAGE_REFERENCE, 2}, {TLV_SAR_MSG_REF_NUM, 2},
		{TLV_SAR_TOTAL_SEGMENTS, 1}, {TLV_SAR_SEGMENT_SEQNUM, 1},
		{TLV_MESSAGE_STATE, 1}, {TLV_USSD_SERVICE_OP, 1}, {TLV_ITS_SESSION_INFO, 2},
	};

	for (size_t i = 0; i < COUNT_OF(widths); i++) {
		const struct tlv *tlv = tlv_find(tlvs, widths[i].tag);

		if (tlv && tlv->length != widths[i].width)
			return false;
	}
	return true;
}

static bool has_message(uint32_t command)
{
	return command == SMPP_SUBMIT_SM || command == SMPP_DELIVER_SM || command == SMPP_DATA_SM;
}

static uint32_t tlvs_decode(struct pdu *out, const uint8_t *area, size_t length)
{
	const struct tlv *payload;

	if (tlv_parse(&out->tlvs, area, length))
		return ESME_RINVOPTPARSTREAM;
	if (!has_message(out->command))
		return ESME_ROK;
	if (!widths_fit(&out->tlvs))
		return ESME_RINVPARLEN;
	/* Both together are against the rules, but some put a beginning into short_message. */
	payload = tlv_find(&out->tlvs, TLV_MESSAGE_PAYLOAD);
	if (payload && payload->length > out->u.message.length) {
		out->u.message.octets = payload->value;
		out->u.message.length = payload->length;
	}
	return ESME_ROK;
}

int pdu_decode(struct pdu *out, const uint8_t *octets, size_t length)
{
	const struct layout *layout;
	size_t used = 0;

	pdu_init(out, 0, 0, 0);
	if (length < FRAME_HEADER || length > FRAME_MAX) {
		out->defect = ESME_RINVCMDLEN;
		return ERR_SYNTAX;
	}
	out->length = get_u32(octets);
	out->command = get_u32(octets + 4);
	out->status = get_u32(octets + 8);
	out->sequence = get_u32(octets + 12);
	layout = layout_find(out->command);
	if (!layout) {
		out->defect = ESME_RINVCMDID;
		return smpp_is_response(out->command) ? OK : ERR_NOT_FOUND;
	}
	octets += FRAME_HEADER;
	length -= FRAME_HEADER;
	if (layout->count)
		out->defect = body_decode(out, layout, octets, length, &used);
	out->has_body = layout->count && !out->defect;
	if (!out->defect && layout->tlvs)
		out->defect = tlvs_decode(out, octets + used, length - used);
	/* A response completes its request whatever its body looks like. */
	return out->defect && !smpp_is_response(out->command) ? ERR_SYNTAX : OK;
}

void pdu_init(struct pdu *pdu, uint32_t command, uint32_t status, uint32_t sequence)
{
	memset(pdu, 0, sizeof(*pdu));
	pdu->command = command;
	pdu->status = status;
	pdu->sequence = sequence;
}

static void lib_fill(union lib_pdu *lib, const struct layout *layout, const struct span *spans)
{
	for (size_t i = 0; i < layout->count; i++) {
		const struct field *field = &layout->fields[i];
		uint8_t *to = (uint8_t *)lib + field->lib_offset;

		if (field->kind == FIELD_CHECKED_BYTE)
			*to = field->safe;
		else if (field->kind != FIELD_MESSAGE)
			memcpy(to, spans[i].at, spans[i].length);
	}
	lib->header.command_id = layout->command;
	lib->header.command_status = ESME_ROK;
	lib->header.sequence_number = 1;
}

/* Puts the real values over the safe ones. */
static int patch_checked(
	uint8_t *body, size_t length, const struct pdu *pdu, const struct layout *layout)
{
	struct span spans[LAYOUT_FIELDS];
	size_t used;

	if (layout_walk(layout, body, length, spans, &used) || used != length)
		return ERR_RANGE;
	for (size_t i = 0; i < layout->count; i++)
		if (layout->fields[i].kind == FIELD_CHECKED_BYTE)
			body[spans[i].at - body] =
				*((const uint8_t *)pdu + layout->fields[i].offset);
	return OK;
}

/* The message goes where it fits: short_message, or a message_payload TLV. */
static int message_write(struct tlv_writer *to, const struct pdu *pdu)
{
	const struct pdu_message *message = &pdu->u.message;

	if (pdu->command == SMPP_DATA_SM || message->length > PDU_SHORT_MAX)
		return message->length || pdu->command != SMPP_DATA_SM
			? tlv_put(to, TLV_MESSAGE_PAYLOAD, message->octets, message->length) : OK;
	if (to->room - to->length < message->length)
		return ERR_LIMIT;
	to->octets[to->length - 1] =
		(uint8_t)message->length; /* sm_length ends the mandatory part */
	if (message->length)
		memcpy(to->octets + to->length, message->octets, message->length);
	to->length += message->length;
	return OK;
}

/* A shape that was not written before. *length: of the part behind the header. */
static int lib_encode(uint8_t scratch[SCRATCH], const struct pdu *pdu, const struct layout *layout,
	const struct span *spans, size_t *length)
{
	uint8_t ours[SCRATCH];
	union lib_pdu lib;
	int written = 0, error;

	memset(&lib, 0, sizeof(lib));
	lib_fill(&lib, layout, spans);
	if (smpp34_pack2(scratch, SCRATCH, &written, &lib) || written < (int)FRAME_HEADER)
		return ERR_RANGE;
	*length = (size_t)written - FRAME_HEADER;
	error = patch_checked(scratch + FRAME_HEADER, *length, pdu, layout);
	if (!error && shape_write(layout, spans, ours) == *length &&
		memcmp(ours, scratch + FRAME_HEADER, *length) == 0)
		shapes_add(&packed, shape_of(layout, spans));
	return error;
}

static int body_encode(struct tlv_writer *to, const struct pdu *pdu, const struct layout *layout)
{
	struct span spans[LAYOUT_FIELDS];
	uint8_t scratch[SCRATCH];
	size_t length;
	int error = shape_find(layout, pdu, spans);

	if (!error && shapes_have(&packed, shape_of(layout, spans)))
		length = shape_write(layout, spans, scratch + FRAME_HEADER);
	else if (!error)
		error = lib_encode(scratch, pdu, layout, spans, &length);
	if (error)
		return error;
	if (to->room < FRAME_HEADER + length)
		return ERR_LIMIT;
	memcpy(to->octets + FRAME_HEADER, scratch + FRAME_HEADER, length);
	to->length = FRAME_HEADER + length;
	return has_message(pdu->command) ? message_write(to, pdu) : OK;
}

/* Of the responses, only deliver_sm_resp has its (empty) body also with an error. */
static bool body_wanted(const struct pdu *pdu, const struct layout *layout)
{
	return layout->count && (!smpp_is_response(pdu->command) || pdu->status == ESME_ROK ||
		pdu->command == (SMPP_DELIVER_SM | SMPP_RESPONSE));
}

int pdu_encode(const struct pdu *pdu, uint8_t *out, size_t room, size_t *length)
{
	struct tlv_writer to = {out, room < FRAME_MAX ? room : FRAME_MAX, FRAME_HEADER};
	const struct layout *layout = layout_find(pdu->command);
	int error = OK;

	if (!layout)
		return ERR_NOT_FOUND;
	if (to.room < FRAME_HEADER)
		return ERR_LIMIT;
	if (pdu->tlvs.area_length && !layout->tlvs)
		return ERR_RANGE;
	if (body_wanted(pdu, layout))
		error = body_encode(&to, pdu, layout);
	if (error)
		return error;
	if (pdu->tlvs.area_length > to.room - to.length)
		return ERR_LIMIT;
	if (pdu->tlvs.area_length)
		memcpy(out + to.length, pdu->tlvs.area, pdu->tlvs.area_length);
	to.length += pdu->tlvs.area_length;
	put_header(out, to.length, pdu->command, pdu->status, pdu->sequence);
	*length = to.length;
	return OK;
}

size_t pdu_encode_bare(
	uint32_t command, uint32_t status, uint32_t sequence, uint8_t out[PDU_BARE_ROOM])
{
	bool empty_id = command == (SMPP_DELIVER_SM | SMPP_RESPONSE) ||
		(command == (SMPP_DATA_SM | SMPP_RESPONSE) && status == ESME_ROK);
	size_t length = FRAME_HEADER + (empty_id ? 1 : 0);

	out[FRAME_HEADER] = 0; /* message_id */
	put_header(out, length, command, status, sequence);
	return length;
}
