/* Reads delivery receipts, whichever way the SMSC writes them: see smpp_receipt.h. */
#include "gateway/smpp/smpp_receipt.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define TEXT_FORM 512 /* octets of a receipt in which its fields are looked for */

static const struct {
	const char *stat; /* how the word of the text form (appendix B) begins; some write it out */
	enum receipt_state state;
} states[] = {
	{"DELIV", RECEIPT_DELIVERED}, {"EXPIR", RECEIPT_EXPIRED}, {"DELET", RECEIPT_DELETED},
	{"UNDEL", RECEIPT_UNDELIVERABLE}, {"ACCEP", RECEIPT_ACCEPTED},
	{"UNKNO", RECEIPT_UNKNOWN}, {"REJEC", RECEIPT_REJECTED}, {"ENROU", RECEIPT_ENROUTE},
	{"FAIL", RECEIPT_UNDELIVERABLE},
};

/* As a string. In UCS-2 every second octet is NUL: those go. */
static void text_of(char text[TEXT_FORM], const uint8_t *octets, size_t length)
{
	size_t at = 0;

	for (size_t i = 0; i < length && at < TEXT_FORM - 1; i++)
		if (octets[i])
			text[at++] = (char)octets[i];
	text[at] = '\0';
}

static bool is_between(char c)
{
	return isspace((unsigned char)c) || c == ',' || c == ';' || c == '"';
}

/* The word after "key:" in the text; empty when it is not there. Keys are matched without case
 * and only at the start of a word ("id:" is not in "Msgid:"). Everything behind "text:" is the
 * message's own. */
static void text_field(const char *text, const char *key, char *out, size_t room)
{
	size_t width = strlen(key), length = 0;

	out[0] = '\0';
	for (const char *at = text; *at; at++) {
		bool starts = at == text || is_between(at[-1]);

		if (starts && !strncasecmp(at, "text:", 5))
			return;
		if (!starts || strncasecmp(at, key, width) != 0)
			continue;
		at += width;
		while (*at == ' ' || *at == '"')
			at++;
		while (at[length] && !is_between(at[length]))
			length++;
		if (length < room) {
			memcpy(out, at, length);
			out[length] = '\0';
		}
		return;
	}
}

/* The text form as SMPP 3.4, appendix B, has it: more than a person types. */
static bool is_text_form(const uint8_t *octets, size_t length)
{
	static const char *const keys[] = {"id:", "dlvrd:", "stat:"};
	char text[TEXT_FORM], word[RECEIPT_ID_SIZE];

	text_of(text, octets, length);
	if (strncasecmp(text, keys[0], 3) != 0)
		return false;
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		text_field(text, keys[i], word, sizeof(word));
		if (!word[0])
			return false;
	}
	return true;
}

bool receipt_is(
	uint8_t esm_class, const uint8_t *octets, size_t length, const struct tlv_list *tlvs)
{
	uint8_t type = esm_class & ESM_TYPE_MASK;

	if (type == ESM_TYPE_RECEIPT || type == ESM_TYPE_ACK || type == ESM_TYPE_INTERMEDIATE)
		return true;
	/* Some SMSCs forget the esm_class; no person's message carries both of these. */
	if (tlv_find(tlvs, TLV_RECEIPTED_MESSAGE_ID) && tlv_find(tlvs, TLV_MESSAGE_STATE))
		return true;
	return is_text_form(octets, length);
}

static enum receipt_state state_by_name(const char *stat)
{
	for (size_t i = 0; i < COUNT_OF(states); i++)
		if (!strncasecmp(states[i].stat, stat, strlen(states[i].stat)))
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
	char text[TEXT_FORM], word[RECEIPT_ID_SIZE];

	text_of(text, octets, length);
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

size_t receipt_variants(const char *id, char variants[RECEIPT_VARIANTS][RECEIPT_ID_SIZE])
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
