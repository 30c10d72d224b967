/* Reads delivery receipts, whichever way the SMSC writes them: see smpp_receipt.h. */
#include "gateway/smpp_receipt.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct {
	const char *stat; /* of the text form, appendix B; some SMSCs write the words out */
	enum receipt_state state;
} states[] = {
	{"DELIVRD", RECEIPT_DELIVERED}, {"DELIVERED", RECEIPT_DELIVERED},
	{"EXPIRED", RECEIPT_EXPIRED}, {"DELETED", RECEIPT_DELETED},
	{"UNDELIV", RECEIPT_UNDELIVERABLE}, {"UNDELIVERABLE", RECEIPT_UNDELIVERABLE},
	{"ACCEPTD", RECEIPT_ACCEPTED}, {"ACCEPTED", RECEIPT_ACCEPTED},
	{"UNKNOWN", RECEIPT_UNKNOWN}, {"REJECTD", RECEIPT_REJECTED}, {"REJECTED", RECEIPT_REJECTED},
	{"ENROUTE", RECEIPT_ENROUTE}, {"FAILED", RECEIPT_UNDELIVERABLE},
};

bool receipt_is(uint8_t esm_class, const struct tlv_list *tlvs)
{
	uint8_t type = esm_class & ESM_TYPE_MASK;

	if (type == ESM_TYPE_RECEIPT || type == ESM_TYPE_ACK || type == ESM_TYPE_INTERMEDIATE)
		return true;
	/* Some SMSCs forget the esm_class; no person's message carries both of these. */
	return tlv_find(tlvs, TLV_RECEIPTED_MESSAGE_ID) && tlv_find(tlvs, TLV_MESSAGE_STATE);
}

/* The word after "key:" in the text; empty when it is not there. Keys are matched without case
 * and only at the start of a word ("id:" is not in "Msgid:"). Everything behind "text:" is the
 * message's own. */
static void text_field(const char *text, const char *key, char *out, size_t room)
{
	size_t width = strlen(key), length = 0;

	out[0] = '\0';
	for (const char *at = text; *at; at++) {
		bool starts = at == text || isspace((unsigned char)at[-1]);

		if (starts && !strncasecmp(at, "text:", 5))
			return;
		if (!starts || strncasecmp(at, key, width) != 0)
			continue;
		at += width;
		while (*at == ' ')
			at++;
		while (at[length] && !isspace((unsigned char)at[length]))
			length++;
		if (length < room) {
			memcpy(out, at, length);
			out[length] = '\0';
		}
		return;
	}
}

static enum receipt_state state_by_name(const char *stat)
{
	for (size_t i = 0; i < COUNT_OF(states); i++)
		if (!strcasecmp(states[i].stat, stat))
			return states[i].state;
	return RECEIPT_UNKNOWN_STATE;
}

static bool is_final(enum receipt_state state)
{
	return state == RECEIPT_DELIVERED || state == RECEIPT_EXPIRED || state == RECEIPT_DELETED ||
		state == RECEIPT_UNDELIVERABLE || state == RECEIPT_REJECTED;
}

static void read_text_form(struct receipt *out, const uint8_t *octets, size_t length)
{
	char text[512], word[RECEIPT_ID_SIZE];

	if (length >= sizeof(text))
		length = sizeof(text) - 1;
	if (length)
		memcpy(text, octets, length);
	text[length] = '\0';
	if (!out->id[0])
		text_field(text, "id:", out->id, sizeof(out->id));
	if (out->state == RECEIPT_UNKNOWN_STATE) {
		text_field(text, "stat:", word, sizeof(word));
		out->state = state_by_name(word);
	}
	if (!out->error) {
		text_field(text, "err:", word, sizeof(word));
		out->error = (int)(strtoul(word, NULL, 10) & 0xFFFF);
	}
}

int receipt_read(
	struct receipt *out, const uint8_t *octets, size_t length, const struct tlv_list *tlvs)
{
	const struct tlv *network = tlv_find(tlvs, TLV_NETWORK_ERROR_CODE);
	uint8_t state;

	memset(out, 0, sizeof(*out));
	if (tlv_text(tlvs, TLV_RECEIPTED_MESSAGE_ID, out->id, sizeof(out->id)))
		out->id[0] = '\0';
	if (!tlv_u8(tlvs, TLV_MESSAGE_STATE, &state) && state <= RECEIPT_REJECTED)
		out->state = (enum receipt_state)state;
	if (network && network->length == 3) /* its first octet names the network's kind */
		out->error = network->value[1] << 8 | network->value[2];
	read_text_form(out, octets, length);
	out->final = is_final(out->state);
	if (!out->id[0])
		return ERR_SYNTAX;
	out->nvariant = receipt_variants(out->id, out->variants);
	return OK;
}

static void add_variant(char variants[][RECEIPT_ID_SIZE], size_t *count, const char *text)
{
	if (*count == RECEIPT_VARIANTS || !text[0] || strlen(text) >= RECEIPT_ID_SIZE)
		return;
	for (size_t i = 0; i < *count; i++)
		if (!strcmp(variants[i], text))
			return;
	copy_string(variants[(*count)++], RECEIPT_ID_SIZE, text);
}

static void add_hex(char variants[][RECEIPT_ID_SIZE], size_t *count, unsigned long long number)
{
	char text[RECEIPT_ID_SIZE];

	snprintf(text, sizeof(text), "%llx", number);
	add_variant(variants, count, text);
	snprintf(text, sizeof(text), "%llX", number);
	add_variant(variants, count, text);
	snprintf(text, sizeof(text), "%08llX", number);
	add_variant(variants, count, text);
	snprintf(text, sizeof(text), "%08llx", number);
	add_variant(variants, count, text);
}

static void add_decimal(char variants[][RECEIPT_ID_SIZE], size_t *count, unsigned long long number)
{
	char text[RECEIPT_ID_SIZE];

	snprintf(text, sizeof(text), "%llu", number);
	add_variant(variants, count, text);
	snprintf(text, sizeof(text), "%010llu", number);
	add_variant(variants, count, text);
}

/* False when the id is not a number of that base, or too large for one. */
static bool as_number(const char *id, int base, unsigned long long *number)
{
	size_t width = strlen(id);
	const char *digits = base == 10 ? "0123456789" : "0123456789abcdefABCDEF";

	if (!width || strspn(id, digits) != width)
		return false;
	errno = 0;
	*number = strtoull(id, NULL, base);
	return errno == 0;
}

size_t receipt_variants(const char *id, char variants[RECEIPT_VARIANTS][RECEIPT_ID_SIZE])
{
	char upper[RECEIPT_ID_SIZE] = "", lower[RECEIPT_ID_SIZE] = "";
	unsigned long long number;
	size_t count = 0;

	for (size_t i = 0; id[i] && i < sizeof(upper) - 1; i++) {
		upper[i] = (char)toupper((unsigned char)id[i]);
		lower[i] = (char)tolower((unsigned char)id[i]);
	}
	add_variant(variants, &count, id);
	add_variant(variants, &count, id + strspn(id, "0"));
	add_variant(variants, &count, upper);
	add_variant(variants, &count, lower);
	if (as_number(id, 10, &number))
		add_hex(variants, &count, number);
	if (as_number(id, 16, &number))
		add_decimal(variants, &count, number);
	return count;
}
