/* Words of a folded text and the signs between them, as our own texts are compared with. */
#ifndef PARSERS_SAID_WORDS_H
#define PARSERS_SAID_WORDS_H

#include "parsers/text/util.h"

#define SAID_WORDS 400 /* more are not looked at: ten SMS */

struct said_word {
	uint32_t hash;
	unsigned short at, length; /* octets */
	char sign;                 /* the last one between it and the word before; ' ': none */
	bool parted;               /* a line ends before it, or a quote begins or ends */
	bool is_letter_of_ref;     /* "l2408" */
	bool is_serial;            /* "0007" */
	bool is_year;              /* "24", "2024" */
	bool is_number;            /* it begins with a digit */
};

struct said_words {
	size_t count;
	uint64_t signs; /* all of them, a bit each */
	uint64_t sieve; /* a bit for each word */
	char end_sign;  /* behind the last one */
	struct said_word list[];
};

/* What so many words take; SAID_WORDS of them to cut a text. */
static inline size_t said_words_size(size_t count)
{
	return sizeof(struct said_words) + count * sizeof(struct said_word);
}

/* 0: no sign. */
static inline uint64_t said_sign_bit(char sign)
{
	return sign == ' ' ? 0 : (uint64_t)1 << ((unsigned char)sign & 63);
}

static inline uint64_t said_word_bit(uint32_t hash)
{
	return (uint64_t)1 << (hash >> 26);
}

void said_words_cut(struct said_words *words, const char *folded);
/* From the first word to the one before last. */
size_t said_words_octets(const struct said_words *words, size_t first, size_t last);
/* Is a reference, "l2408-0007", at word i? */
bool said_words_ref(const struct said_words *words, size_t i);
/* Does the phrase stand at word `at`, and end before word `last`? */
bool said_words_at(
	const struct said_words *words, size_t at, size_t last, const struct said_words *phrase);
size_t said_words_letters(const struct said_words *words);

#endif
