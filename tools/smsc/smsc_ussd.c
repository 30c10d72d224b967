/* USSD phones: one session number per phone, counted up by each dial. See smsc_ussd.h. */
#include "tools/smsc/smsc_ussd.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/text/gsm7.h"
#include "parsers/text/table.h"

#define TAG_OP	 0x0501
/* Between session values: the lowest octet carries sequence and flags in some dialects. */
#define STEP 0x100
#define TEXT_MOST 182

struct ussd_phone {
	UT_hash_handle hh;
	char number[24];
	uint64_t session;
};

struct ussd_phones {
	struct smsc *smsc;
	char address[21];
	const struct ussd_dialect *dialect;
	struct ussd_phone *all;
	uint64_t sessions;
};

struct ussd_phones *ussd_phones_new(
	struct smsc *smsc, const char *address, const struct ussd_dialect *dialect)
{
	struct ussd_phones *phones = xcalloc(1, sizeof(*phones));

	phones->smsc = smsc;
	phones->dialect = dialect;
	copy_string(phones->address, sizeof(phones->address), address);
	return phones;
}

void ussd_phones_free(struct ussd_phones *phones)
{
	struct ussd_phone *phone, *next;

	if (phones == NULL)
		return;
	HASH_ITER(hh, phones->all, phone, next) {
		HASH_DEL(phones->all, phone);
		free(phone);
	}
	free(phones);
}

static struct ussd_phone *phone_of(struct ussd_phones *phones, const char *number)
{
	struct ussd_phone *phone;

	HASH_FIND_STR(phones->all, number, phone);
	if (phone == NULL) {
		phone = xcalloc(1, sizeof(*phone));
		copy_string(phone->number, sizeof(phone->number), number);
		HASH_ADD_STR(phones->all, number, phone);
	}
	return phone;
}

static int tlvs_write(
	const struct ussd_dialect *dialect, struct tlv_writer *to, uint8_t op, uint64_t value)
{
	uint8_t octets[8];
	int error = tlv_put_u8(to, TAG_OP, op);

	for (size_t i = dialect->size; i-- > 0; value >>= 8)
		octets[i] = (uint8_t)value;
	return error != OK || dialect->size == 0 ? error
						 : tlv_put(to, dialect->tag, octets, dialect->size);
}

static int send(struct ussd_phones *phones, const struct ussd_phone *phone, const char *text,
	uint8_t op, uint64_t value, bool dialled, uint64_t cookie)
{
	bool in_address = dialled && phones->dialect->code_in_address,
	     international = phone->number[0] == '+';
	struct pdu_message message = {
		.service_type = "USSD", .source = {.npi = 1}, .destination = {.npi = 1}};
	unsigned char septets[TEXT_MOST];
	uint8_t area[32];
	struct tlv_writer to = {.octets = area, .room = sizeof(area)};
	struct tlv_list tlvs = {0};
	ssize_t length = gsm7_encode(in_address ? "" : text, septets, sizeof(septets));
	int error = length < 0 ? ERR_RANGE : tlvs_write(phones->dialect, &to, op, value);

	if (error != OK)
		return error;
	message.source.ton = international;
	copy_string(message.source.digits, sizeof(message.source.digits),
		phone->number + international);
	copy_string(message.destination.digits, sizeof(message.destination.digits),
		in_address ? text : phones->address);
	message.octets = septets;
	message.length = (size_t)length;
	tlvs.area = area;
	tlvs.area_length = to.length;
	return smsc_deliver(phones->smsc, &message, &tlvs, cookie);
}

int ussd_phones_type(
	struct ussd_phones *phones, const char *from, const char *text, uint64_t cookie)
{
	const struct ussd_dialect *dialect = phones->dialect;
	bool dialled = text[0] == '*' && text[1] != '\0' && text[strlen(text) - 1] == '#';
	struct ussd_phone *phone;

	if (dialect == NULL)
		return ERR_NOT_FOUND;
	if (strlen(from) > 20)
		return ERR_RANGE;
	phone = phone_of(phones, from);
	if (strcmp(text, "END") == 0) {
		if (dialect->abort.count > 0)
			return send(phones, phone, "", dialect->abort.list[0], phone->session,
				false, cookie);
		return dialect->abort_bits == 0
			? OK
			: send(phones, phone, "", dialect->answer.list[0],
				  phone->session | dialect->abort_bits, false, cookie);
	}
	if (dialled)
		phone->session = ++phones->sessions * STEP;
	return send(phones, phone, text, dialled ? dialect->begin.list[0] : dialect->answer.list[0],
		phone->session, dialled, cookie);
}

bool ussd_phones_screen(const struct ussd_phones *phones, const struct pdu *pdu, bool *end)
{
	const struct ussd_dialect *dialect = phones->dialect;
	const struct tlv *tlv = dialect == NULL ? NULL : tlv_find(&pdu->tlvs, dialect->tag);
	uint8_t op;

	*end = false;
	if (strcmp(pdu->u.message.service_type, "USSD") != 0 ||
		tlv_u8(&pdu->tlvs, TAG_OP, &op) != OK)
		return false;
	if (dialect == NULL)
		return true;
	*end = op == dialect->end && dialect->end != dialect->menu;
	if (dialect->end == dialect->menu && tlv != NULL && tlv->length > 0)
		*end = (tlv->value[tlv->length - 1] & dialect->end_bits) != 0;
	return true;
}
