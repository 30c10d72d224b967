/* Octets of a message to UTF-8, and UTF-8 to the folded text that is read.
 *
 * Neither ever fails: what cannot be decoded becomes U+FFFD, and the report says how odd it was.
 */
#ifndef PARSERS_TEXT_H
#define PARSERS_TEXT_H

#include "parsers/text/coding.h"
#include "parsers/text/util.h"

/* What data_coding 0 means on a link. */
enum alphabet { ALPHABET_GSM7, ALPHABET_LATIN1, ALPHABET_ASCII };
/* How the octets were really read. */
enum text_coding { CODING_GSM7, CODING_LATIN1, CODING_ASCII, CODING_UCS2, CODING_UTF8 };

struct text_oddities {
	enum text_coding coding;
	bool mislabelled; /* read in another coding than data_coding says */
	size_t replaced; /* characters that became U+FFFD */
	size_t dropped; /* NUL octets or characters left out */
};

/* data_coding as SMPP 3.4, 5.2.19, with the message class groups 0x00-0x7F and 0xC0-0xFF of
 * TS 23.038. A coding that is not text (binary, KS C 5601 …) is read as if it were 0. The label is
 * believed unless the octets read better in another coding. odd and knows may be NULL. */
char *text_decode(struct arena *arena, const unsigned char *octets, size_t length,
	unsigned data_coding, enum alphabet alphabet, const struct text_knows *knows,
	struct text_oddities *odd);

/* UTF-16BE octets, for data_coding 8; returns the length in octets. Broken UTF-8 becomes U+FFFD. */
size_t text_to_ucs2(struct arena *arena, const char *utf8, unsigned char **out);

/* Folded: NFKC, case folded, no zero-width characters, accents kept, plain quotes and dashes,
 * spaces of all kinds as ' ', newline as '\n', no emoji, at most TEXT_FOLDED_MAX octets. Nothing
 * else moves: repeated separators stay. Plain ASCII costs one pass. */
#define TEXT_FOLDED_MAX 4096
char *text_fold(struct arena *arena, const char *utf8);

/* Blanks in folded text what a number in front is the sum of: "45 (l20 p25)". */
void text_drop_parts(char *folded);
/* Blanks G2P1A0 and the like in folded text: letters and numbers that are no values. */
bool text_drop_gravida(char *folded); /* true: there was one */
#endif
