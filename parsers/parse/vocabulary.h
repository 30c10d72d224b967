/* The words that questions are made of, one by one: what a slip may have been, what two of them
 * written as one are. Compiled once from the lexicon. */
#ifndef PARSERS_VOCABULARY_H
#define PARSERS_VOCABULARY_H

#include "parsers/words/lexicon.h"

struct vocabulary;

struct known_word {
	const char *text;
	size_t length;
	uint32_t letters; /* fuzzy.h */
	bool core; /* says what is counted, where or when; the others say nothing of it */
	const struct known_word *next;
};

struct vocabulary *vocabulary_new(struct arena *arena, const struct lexicon *lexicon);
/* The words of one class alone. */
struct vocabulary *vocabulary_of_class(
	struct arena *arena, const struct lexicon *lexicon, const char *class_name);
const struct known_word *vocabulary_find(
	const struct vocabulary *vocabulary, const char *text, size_t length);
/* Those that a word is as near to as to no other: a slip apart, or without some of their vowels
 * ("stntng"). At most `room` of them. */
size_t vocabulary_near(const struct vocabulary *vocabulary, const char *text, size_t length,
	const struct known_word **near, size_t room);
/* Is it the word without some of its vowels, and nothing else? */
bool vocabulary_is_short_for(const char *text, size_t length, const struct known_word *word);

#endif
