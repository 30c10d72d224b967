/* Receipts in a form of their own: see smpp_receipt_form.h. */
#include "gateway/smpp/smpp_receipt_form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FORM_TEXT 512 /* octets of a receipt that are looked at */

static const char *const groups[] = {"id", "state", "delivered", "failed", "error"};

static bool known_group(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(groups); i++)
		if (!strcmp(groups[i], name))
			return true;
	return false;
}

int receipt_form_new(struct pattern **out, const char *text, char *detail, size_t room, size_t *at)
{
	int error = pattern_new(out, text, detail, room, at);
	const char *name, *place;
	bool id = false;

	for (size_t i = 0; error == OK && (name = pattern_name(*out, i)) != NULL; i++) {
		id |= !strcmp(name, "id");
		if (known_group(name))
			continue;
		snprintf(detail, room, "it has no use for a group \"%s\"", name);
		place = strstr(text, name);
		*at = place ? (size_t)(place - text) : 0;
		error = ERR_SYNTAX;
	}
	if (error == OK && !id) {
		(void)copy_string(detail, room, "it needs a group (?<id>...)");
		error = ERR_SYNTAX;
	}
	if (error != OK) {
		pattern_free(*out);
		*out = NULL;
	}
	return error;
}

/* In UCS-2 every second octet is NUL; what is no ASCII counts as one sign. */
static void plain_text(char out[FORM_TEXT], const uint8_t *octets, size_t length)
{
	size_t at = 0;

	for (size_t i = 0; i < length && at < FORM_TEXT - 1; i++)
		if (octets[i])
			out[at++] = octets[i] < 0x80 ? (char)octets[i] : '?';
	out[at] = '\0';
}

bool receipt_form_read(const struct pattern *form, const uint8_t *octets, size_t length,
	struct receipt_text *out)
{
	char text[FORM_TEXT], word[RECEIPT_ID_SIZE];

	plain_text(text, octets, length);
	memset(out, 0, sizeof(*out));
	if (!pattern_group(form, text, "id", out->keyed[0], RECEIPT_ID_SIZE) || !out->keyed[0][0])
		return false;
	out->nkeyed = 1;
	if (pattern_group(form, text, "state", word, sizeof(word)))
		out->state = receipt_state_of(word);
	if (pattern_group(form, text, "delivered", word, sizeof(word)))
		out->state = RECEIPT_DELIVERED;
	if (pattern_group(form, text, "failed", word, sizeof(word)))
		out->state = RECEIPT_UNDELIVERABLE;
	if (pattern_group(form, text, "error", word, sizeof(word)))
		out->error = (int)(strtoul(word, NULL, 10) & 0xFFFF);
	return true;
}
