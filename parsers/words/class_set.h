/* Sets of a lexicon's classes: what a word, a stretch of words or a form may mean, one bit each. */
#ifndef PARSERS_CLASS_SET_H
#define PARSERS_CLASS_SET_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Of a lexicon of more than 256 classes the last ones share their bits: those of queries.ini, of
 * which a set is only a first look. The classes of reports have a bit each. */
#define CLASS_SET_WORDS 4

/* A number for the name of a class, below LEXICON_NAMES, known while compiling where the name stands
 * in the code: a sieve, for several names share one. */
#define LEXICON_NAMES 256
static inline int lexicon_name(const char *name)
{
	size_t length = strlen(name);
	const unsigned char *letters = (const unsigned char *)name;

	return length < 2 ? 0 : (int)((103u * letters[0] + 79u * letters[length / 2] +
		171u * letters[length - 1] + 51u * length + 19u * letters[length / 3]) %
		LEXICON_NAMES);
}

struct class_set {
	uint64_t bits[CLASS_SET_WORDS];
};

static inline unsigned class_word(unsigned id)
{
	return id / 64 < CLASS_SET_WORDS ? id / 64 : CLASS_SET_WORDS - 1;
}

static inline void class_put(struct class_set *set, int class_id)
{
	unsigned id = (unsigned)class_id;

	if (class_id >= 0)
		set->bits[class_word(id)] |= UINT64_C(1) << id % 64;
}

/* False: the class is not among them; negative: no class at all. */
static inline bool class_in(const struct class_set *set, int class_id)
{
	unsigned id = (unsigned)class_id;

	return (set->bits[class_word(id)] >> id % 64 & 1) != 0 && class_id >= 0;
}

static inline void class_join(struct class_set *set, const struct class_set *more)
{
	for (unsigned i = 0; i < CLASS_SET_WORDS; i++)
		set->bits[i] |= more->bits[i];
}

/* A class is in both. */
static inline bool class_meets(const struct class_set *a, const struct class_set *b)
{
	uint64_t both = 0;

	for (unsigned i = 0; i < CLASS_SET_WORDS; i++)
		both |= a->bits[i] & b->bits[i];
	return both != 0;
}

#endif
