/* Our own texts as they are kept, to be laid over a message. */
#ifndef PARSERS_SAID_TEXTS_H
#define PARSERS_SAID_TEXTS_H

#include "parsers/text/table.h"
#include "parsers/words/said.h"
#include "parsers/words/said_words.h"

#define ELEMENTS_MAX  60
#define VOCABULARIES  8
#define FIRST_BITS    2048
#define WEIGHT_REF    10 /* a reference is worth so many letters */
#define WEIGHT_WHOLE  14 /* letters that tell a text from what a person may write */
#define WEIGHT_STRICT 11 /* ... when the signs between its words are the same, too */

struct element {
	bool is_slot;
	struct said_slot slot;
	uint32_t hash;
	unsigned short length;
	char sign; /* the last one in front of it; ' ': none */
};

struct text {
	const char *name;
	size_t count;
	char end_sign;         /* behind its last word; ' ': none */
	uint64_t signs;        /* that must stand in a whole message, as in said_words */
	uint64_t sieve;        /* of its words, which all stand there */
	bool strict;           /* its signs count ... */
	bool refers;           /* a slot of it has a reference, which must be there then */
	bool loose;            /* ... also those in front of slots: it has hardly a word */
	struct text *next;     /* with the same anchor */
	struct element list[]; /* ELEMENTS_MAX while it is cut */
};

struct anchor {
	uint32_t hash;
	struct text *texts;
	UT_hash_handle hh;
};

struct vocabulary {
	const char *name;
	struct said_words **phrases;
	size_t count;
	uint64_t first[FIRST_BITS / 64]; /* of the phrases' first words, by their hash */
};

struct said {
	struct anchor *anchors;
	struct text *loose; /* texts of slots alone: tried where a text may begin */
	struct vocabulary vocabularies[VOCABULARIES];
	size_t nvocabulary;
};

/* May a phrase of the vocabulary begin with that word? Sets it when told to. */
static inline bool said_first(struct vocabulary *vocabulary, uint32_t hash, bool set)
{
	uint64_t *bits = &vocabulary->first[hash % FIRST_BITS / 64];
	uint64_t bit = (uint64_t)1 << (hash % 64);

	if (set)
		*bits |= bit;
	return (*bits & bit) != 0;
}

struct vocabulary *said_vocabulary(const struct said *said, const char *name);
#endif
