/* Reads delivery receipts, whichever way the SMSC writes them: see smpp_receipt.h. */
#include "gateway/smpp/smpp_receipt.h"
#include "gateway/smpp/smpp_receipt_form.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOTE_WORDS 16 /* a receipt without keys says little else */

static bool is_final(enum receipt_state state)
{
	return state == RECEIPT_DELIVERED || state == RECEIPT_EXPIRED || state == RECEIPT_DELETED ||
		state == RECEIPT_UNDELIVERABLE || state == RECEIPT_REJECTED;
}

static void add_id(struct receipt *out, const char *id)
{
	char spellings[RECEIPT_SPELLINGS][RECEIPT_ID_SIZE];
	size_t count = receipt_variants(id, spellings);

	for (size_t i = 0; i < count && out->nvariant < RECEIPT_VARIANTS; i++) {
		size_t known = 0;

		while (known < out->nvariant && strcmp(out->variants[known], spellings[i]) != 0)
			known++;
		if (known == out->nvariant)
			memcpy(out->variants[out->nvariant++], spellings[i], RECEIPT_ID_SIZE);
	}
	if (!out->id[0] && count)
		(void)copy_string(out->id, sizeof(out->id), id);
}

/* What of a receipt stands in the TLVs. */
struct in_tlvs {
	bool id, state;
};

static struct in_tlvs read_tlvs(struct receipt *out, const struct tlv_list *tlvs)
{
	const struct tlv *network = tlv_find(tlvs, TLV_NETWORK_ERROR_CODE);
	char id[RECEIPT_ID_SIZE];
	struct in_tlvs found = {0};
	uint8_t state;

	if (!tlv_text(tlvs, TLV_RECEIPTED_MESSAGE_ID, id, sizeof(id)) && id[0]) {
		add_id(out, id);
		found.id = true;
	}
	if (!tlv_u8(tlvs, TLV_MESSAGE_STATE, &state)) {
		found.state = true;
		out->state = state <= RECEIPT_REJECTED ? (enum receipt_state)state
						       : RECEIPT_UNKNOWN_STATE;
	}
	if (network && network->length == 3) /* its first octet names the network's kind */
		out->error = network->value[1] << 8 | network->value[2];
	return found;
}

/* labelled: the esm_class says receipt. */
static enum receipt_kind judge(
	const struct receipt_text *text, const struct in_tlvs *tlvs, bool labelled)
{
	bool state = text->state != RECEIPT_UNKNOWN_STATE;
	bool ids = text->nkeyed + text->nguessed > 0, brief = text->words <= NOTE_WORDS;

	if (tlvs->id && (tlvs->state || labelled || state || text->words == 0))
		return RECEIPT_SURE;
	if (text->nkeyed && (state || text->keys > 1))
		return RECEIPT_SURE;
	if (text->keys > 2 && state)
		return RECEIPT_SURE; /* an id that was cut off */
	if (text->machine && (brief || labelled) && (ids || text->keyed_state || tlvs->id))
		return RECEIPT_SURE;
	if (labelled && (text->words == 0 || tlvs->state || text->machine || text->keyed_state ||
				(text->nkeyed && text->words <= 2)))
		return RECEIPT_SURE;
	if (tlvs->id || (state && ids && brief))
		return RECEIPT_MAYBE;
	return RECEIPT_NONE;
}

enum receipt_kind receipt_read(struct receipt *out, uint8_t esm_class, const uint8_t *octets,
	size_t length, const struct tlv_list *tlvs, const struct pattern *form)
{
	struct receipt_text text;
	struct in_tlvs in_tlvs;
	bool formed;

	memset(out, 0, sizeof(*out));
	in_tlvs = read_tlvs(out, tlvs);
	formed = form && receipt_form_read(form, octets, length, &text);
	if (!formed)
		receipt_text_read(&text, octets, length);
	for (size_t i = 0; i < text.nkeyed; i++)
		add_id(out, text.keyed[i]);
	out->nkeyed = out->nvariant;
	for (size_t i = 0; i < text.nguessed; i++)
		add_id(out, text.guessed[i]);
	if (out->state == RECEIPT_UNKNOWN_STATE)
		out->state = text.state;
	if (!out->error)
		out->error = text.error;
	out->final = is_final(out->state);
	out->kind = formed ? RECEIPT_SURE
		: judge(&text, &in_tlvs, (esm_class & ESM_TYPE_MASK) != 0);
	return out->kind;
}

/* In small letters and without leading zeros, as ids are compared. */
static void add_variant(char variants[][RECEIPT_ID_SIZE], size_t *count, const char *text)
{
	char *to = variants[*count];
	size_t length = 0;

	text += strspn(text, "0");
	for (; text[length] && length < RECEIPT_ID_SIZE - 1; length++)
		to[length] = (char)tolower((unsigned char)text[length]);
	to[length] = '\0';
	for (size_t i = 0; i < *count; i++)
		if (!strcmp(variants[i], to))
			return;
	(*count)++;
}

/* False when the id is not a number of that base, or too large for one. */
static bool as_number(const char *id, int base, unsigned long long *number)
{
	size_t width = strlen(id);
	const char *digits = base == 10 ? "0123456789" : "0123456789abcdefABCDEF";

	if (strspn(id, digits) != width)
		return false;
	errno = 0;
	*number = strtoull(id, NULL, base);
	return errno == 0;
}

size_t receipt_variants(const char *id, char variants[RECEIPT_SPELLINGS][RECEIPT_ID_SIZE])
{
	unsigned long long number;
	char text[32];
	size_t count = 0;

	if (!id[0])
		return 0;
	add_variant(variants, &count, id);
	if (as_number(id, 10, &number)) {
		snprintf(text, sizeof(text), "%llx", number);
		add_variant(variants, &count, text);
	}
	if (as_number(id, 16, &number)) {
		snprintf(text, sizeof(text), "%llu", number);
		add_variant(variants, &count, text);
	}
	return count;
}
