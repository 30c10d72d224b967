/* Fuzz target: octets of a socket through frames, the PDU wall, TLVs, user data headers and
 * receipts.
 *
 * Beyond memory errors it looks for broken promises: views outside the frame, strings without an
 * end, a defect without a status, and a PDU that reads differently after being written again.
 */
#include <stdlib.h>
#include <string.h>

#include "gateway/smpp/smpp_pdu.h"
#include "gateway/smpp/smpp_receipt.h"
#include "gateway/smpp/smpp_udh.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define PROMISE(condition)                                                                         \
	do {                                                                                       \
		if (!(condition))                                                                  \
			abort();                                                                   \
	} while (0)

static void check_view(const uint8_t *frame, size_t length, const uint8_t *view, size_t width)
{
	if (width)
		PROMISE(view >= frame && width <= length && view <= frame + (length - width));
}

static bool has_message(const struct pdu *pdu)
{
	return pdu->command == SMPP_SUBMIT_SM || pdu->command == SMPP_DELIVER_SM ||
	       pdu->command == SMPP_DATA_SM;
}

static void check_message(const struct pdu *pdu, const uint8_t *frame, size_t length)
{
	const struct pdu_message *message = &pdu->u.message;
	struct user_data data;
	struct receipt receipt;

	check_view(frame, length, message->octets, message->length);
	PROMISE(memchr(message->source.digits, 0, sizeof(message->source.digits)));
	PROMISE(memchr(message->destination.digits, 0, sizeof(message->destination.digits)));
	PROMISE(memchr(message->schedule, 0, sizeof(message->schedule)));
	user_data_read(&data, message->esm_class, message->octets, message->length, &pdu->tlvs);
	check_view(frame, length, data.octets, data.length);
	PROMISE(!data.part.total || (data.part.number >= 1 && data.part.number <= data.part.total));
	(void)receipt_read(
		&receipt, message->esm_class, data.octets, data.length, &pdu->tlvs, NULL);
	PROMISE(receipt.nkeyed <= receipt.nvariant && receipt.nvariant <= RECEIPT_VARIANTS);
	PROMISE(!receipt.id[0] || strlen(receipt.variants[0]) <= strlen(receipt.id));
}

/* What we can write, we must read back the same. */
static void check_again(const struct pdu *pdu)
{
	static uint8_t out[PDU_ROOM];
	static struct pdu again;
	const struct pdu_message *a = &pdu->u.message, *b = &again.u.message;
	struct pdu plain = *pdu;
	size_t length;

	plain.tlvs.area_length = 0;
	if (pdu_encode(&plain, out, sizeof(out), &length))
		return;
	PROMISE(!pdu_decode(&again, out, length));
	PROMISE(again.command == pdu->command && again.status == pdu->status);
	PROMISE(again.sequence == pdu->sequence && again.length == length);
	if (!has_message(pdu))
		return;
	PROMISE(a->length == b->length && (!a->length || !memcmp(a->octets, b->octets, a->length)));
	PROMISE(!memcmp(&a->source, &b->source, sizeof(a->source)));
	PROMISE(!memcmp(&a->destination, &b->destination, sizeof(a->destination)));
	PROMISE(a->esm_class == b->esm_class && a->data_coding == b->data_coding);
}

static void check_frame(const uint8_t *frame, size_t length)
{
	static struct pdu pdu;
	int error = pdu_decode(&pdu, frame, length);

	PROMISE(pdu.tlvs.count <= TLV_MAX);
	for (size_t i = 0; i < pdu.tlvs.count; i++)
		check_view(frame, length, pdu.tlvs.items[i].value, pdu.tlvs.items[i].length);
	if (error) {
		PROMISE(!smpp_is_response(pdu.command) && pdu.defect != ESME_ROK);
		return;
	}
	if (has_message(&pdu))
		check_message(&pdu, frame, length);
	check_again(&pdu);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t at = 0, length;

	while (!frame_next(data + at, size - at, &length)) {
		uint8_t *frame = malloc(length); /* its end is the end of readable memory */

		if (!frame)
			abort();
		memcpy(frame, data + at, length);
		check_frame(frame, length);
		free(frame);
		at += length;
	}
	if (!at && size >= FRAME_HEADER && size <= FRAME_MAX)
		check_frame(data,
			size); /* with a wrong length field: as if the frame had been cut right */
	return 0;
}
