/* Text to parts: GSM 03.38 (or what data_coding 0 means on the link) when it fits, else UCS-2. See
 * outgoing_encode.h. */
#include "gateway/out/outgoing_encode.h"

#include <stdlib.h>
#include <string.h>

#include "gateway/smpp/smpp_udh.h"
#include "parsers/text/gsm7.h"
#include "parsers/text/utf8.h"

#define ESCAPE	    0x1B
#define CODING_OURS 0x00
#define CODING_UCS  0x08

struct units { /* the whole text in its coding */
	unsigned char *octets;
	size_t length;
	size_t one, many; /* octets in a message that is alone, and in one of several */
};

/* Latin-1 or ASCII; false when a character is not in it. */
static bool encode_latin(const char *text, int32_t highest, struct units *units)
{
	size_t left = strlen(text);

	units->octets = xcalloc(left + 1, 1);
	while (left > 0) {
		int32_t c;
		size_t used = utf8_next(text, left, &c);

		if (c < 0 || c > highest)
			return false;
		units->octets[units->length++] = (unsigned char)c;
		text += used;
		left -= used;
	}
	return true;
}

static bool encode_gsm(const char *text, struct units *units)
{
	size_t room = strlen(text) * 2 + 1;
	ssize_t length;

	units->octets = xcalloc(room, 1);
	length = gsm7_encode(text, units->octets, room);
	if (length < 0)
		return false;
	units->length = (size_t)length;
	return true;
}

static void encode_ucs2(const char *text, struct units *units)
{
	struct arena *arena = arena_new();
	unsigned char *octets;
	size_t length = text_to_ucs2(arena, text, &octets);

	units->octets = xcalloc(length + 1, 1);
	memcpy(units->octets, octets, length);
	units->length = length;
	arena_free(arena);
}

/* The operator packs what we send into septets: an SMS has room for 160 of them in any of these
 * alphabets. */
static bool encode_ours(const char *text, enum alphabet alphabet, struct units *units)
{
	bool fits = alphabet == ALPHABET_GSM7 ? encode_gsm(text, units)
		: alphabet == ALPHABET_LATIN1 ? encode_latin(text, 0xFF, units)
					      : encode_latin(text, 0x7F, units);

	if (!fits) {
		free(units->octets);
		*units = (struct units){0};
		return false;
	}
	units->one = 160;
	units->many = 153;
	return true;
}

/* Never between an escape and its character, or inside a surrogate pair. */
static size_t cut_before(const struct units *units, size_t from, bool ucs2)
{
	size_t left = units->length - from, take = left < units->many ? left : units->many;
	const unsigned char *last = units->octets + from + take;

	if (take == left)
		return take;
	if (ucs2)
		return (last[-2] & 0xFC) == 0xD8 ? take - 2 : take;
	return last[-1] == ESCAPE ? take - 1 : take;
}

static size_t count_parts(const struct units *units, bool ucs2)
{
	size_t count = 0;

	for (size_t from = 0; from < units->length; count++)
		from += cut_before(units, from, ucs2);
	return count;
}

static void split(struct outgoing_parts *parts, const struct units *units, bool ucs2, uint8_t ref)
{
	size_t total = count_parts(units, ucs2), from = 0;

	parts->split = true;
	parts->cut = total > PARTS_MAX;
	parts->count = parts->cut ? PARTS_MAX : total;
	for (size_t i = 0; i < parts->count; i++) {
		struct outgoing_part *part = &parts->list[i];
		size_t take = cut_before(units, from, ucs2);

		udh_write_concat(part->octets, ref, (uint8_t)parts->count, (uint8_t)(i + 1));
		memcpy(part->octets + UDH_CONCAT_SIZE, units->octets + from, take);
		part->length = (uint8_t)(UDH_CONCAT_SIZE + take);
		from += take;
	}
}

void outgoing_encode_screen(struct outgoing *reply, uint8_t coding, uint8_t coding_ucs2)
{
	struct outgoing_parts *parts = xcalloc(1, sizeof(*parts));
	struct units units = {0};
	bool gsm = encode_ours(reply->text, ALPHABET_GSM7, &units);

	if (!gsm)
		encode_ucs2(reply->text, &units);
	units.many = PART_ROOM & ~1U;
	parts->data_coding = gsm ? coding : coding_ucs2;
	parts->count = 1;
	parts->cut = units.length > units.many;
	parts->list[0].length = (uint8_t)cut_before(&units, 0, !gsm);
	memcpy(parts->list[0].octets, units.octets, parts->list[0].length);
	parts->list[0].reply = reply;
	parts->refused = -1;
	free(units.octets);
	free(reply->parts);
	reply->parts = parts;
}

void outgoing_encode(struct outgoing *reply, enum alphabet alphabet, uint8_t ref)
{
	struct outgoing_parts *parts = xcalloc(1, sizeof(*parts));
	struct units units = {0};
	bool ucs2 = !encode_ours(reply->text, alphabet, &units);

	if (ucs2) {
		encode_ucs2(reply->text, &units);
		units.one = 140;
		units.many = 134;
	}
	parts->data_coding = ucs2 ? CODING_UCS : CODING_OURS;
	if (units.length <= units.one) {
		parts->count = 1;
		parts->list[0].length = (uint8_t)units.length;
		memcpy(parts->list[0].octets, units.octets, units.length);
	} else {
		split(parts, &units, ucs2, ref);
	}
	for (size_t i = 0; i < parts->count; i++)
		parts->list[i].reply = reply;
	parts->refused = -1;
	free(units.octets);
	free(reply->parts);
	reply->parts = parts;
}
