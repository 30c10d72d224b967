/* Fuzz target: octets in any data coding through decoding, folding and encoding.
 *
 * The first octet is data_coding, the second the link's alphabet, the rest the message. Beyond
 * memory errors it looks for broken promises: text that is no UTF-8, folding that does not come to
 * rest, septets that are miscounted, and what does not come back from the wire as it was sent.
 */
#include <stdlib.h>
#include <string.h>

#include "parsers/text/gsm7.h"
#include "parsers/text/text.h"
#include "parsers/text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define PROMISE(condition)                                                                         \
	do {                                                                                       \
		if (!(condition))                                                                  \
			abort();                                                                   \
	} while (0)

static void check_utf8(const char *text)
{
	size_t left = strlen(text);

	while (left) {
		int32_t codepoint;
		size_t length = utf8_next(text, left, &codepoint);

		PROMISE(length >= 1 && length <= left && codepoint > 0);
		text += length;
		left -= length;
	}
}

static void check_gsm7(struct arena *arena, const char *text)
{
	ssize_t septets = gsm7_septets(text), length;
	size_t room = septets > 0 ? (size_t)septets : 0;
	unsigned char *out = arena_alloc(arena, room + 1);
	struct strbuf back = {0};

	length = gsm7_encode(text, out, room);
	PROMISE(septets < 0 ? length < 0 : length == septets);
	if (length <= 0)
		return;
	PROMISE(gsm7_encode(text, out, room - 1) < 0);
	PROMISE(gsm7_decode(out, (size_t)length, &back) == 0);
	PROMISE(strcmp(back.text, text) == 0);
	strbuf_free(&back);
}

static void check_ucs2(struct arena *arena, const char *text)
{
	struct text_oddities odd;
	unsigned char *octets;
	size_t length = text_to_ucs2(arena, text, &octets);
	char *back = text_decode(arena, octets, length, 8, ALPHABET_GSM7, NULL, &odd);

	PROMISE(length % 2 == 0);
	if (!odd.mislabelled &&
		!strstr(text, "\uFEFF")) /* a mark is no text; what looks turned is turned */
		PROMISE(odd.replaced == 0 && strcmp(back, text) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text_oddities odd;
	struct arena *arena;
	char *text, *folded;

	if (size < 2)
		return 0;
	arena = arena_new();
	text = text_decode(arena, data + 2, size - 2, data[0],
		(enum alphabet)(data[1] % (ALPHABET_ASCII + 1)), NULL, &odd);
	check_utf8(text);
	PROMISE(odd.replaced <= size && odd.dropped <= size);
	folded = text_fold(arena, text);
	check_utf8(folded);
	PROMISE(strlen(folded) <= TEXT_FOLDED_MAX);
	PROMISE(strcmp(text_fold(arena, folded), folded) == 0);
	check_utf8(text_upper(arena, text));
	check_gsm7(arena, text);
	check_ucs2(arena, text);
	arena_free(arena);
	return 0;
}
