/* We know what we said: finds texts of ours in a message, whatever their slots were filled with.
 *
 * A text is words and slots ("{ref} dikoreksi: {changes}."). It is found when all its words stand
 * there in order, with anything between them where it has a slot; quote marks, case, and a cut at
 * the end of an SMS or a quote are tolerated. Filled once, immutable afterwards.
 */
#ifndef PARSERS_SAID_H
#define PARSERS_SAID_H

#include "parsers/text/util.h"

enum said_kind {
	SAID_ANY,    /* whatever fits its width */
	SAID_REF,    /* a reference: "l2408-0007"; other words speak less for us */
	SAID_LIST,   /* anything; a reference at its beginning ("1=L2408-0007") speaks for us */
	SAID_NUMBER, /* words that begin with a digit, and nothing else */
	SAID_SHARE,  /* "84 dari 157" speaks for us */
	SAID_PERIOD, /* anything; a year at its end speaks for us */
	SAID_PHRASE, /* anything; phrases of the slot's vocabulary in it speak for us */
	SAID_COUNTS, /* numbers and words of the slot's vocabulary, nothing else; its words speak */
};

struct said_slot {
	enum said_kind kind;
	const char *vocabulary; /* of SAID_PHRASE and SAID_COUNTS; that of said_phrase() */
	size_t numbers;         /* SAID_COUNTS: so many at least, or a whole phrase instead */
	size_t width;           /* octets that it has at most */
	bool filled;            /* it is never empty */
};

struct said;

struct said *said_new(void);
void said_free(struct said *said);
/* What a slot {name} may be; called by said_add(). */
typedef struct said_slot said_slot_of(const char *name, size_t length);
/* name: of the message, for what is told about it; must outlive. Texts that say too little to be
 * told from a person's are left out: false. */
bool said_add(struct said *said, const char *name, const char *text, said_slot_of *slot);
/* Adds a phrase to a vocabulary. */
void said_phrase(struct said *said, const char *vocabulary, const char *phrase);

struct said_match {
	const char *name; /* of the first text that was found; NULL: none */
	const char *rest; /* the message without all that is ours; in the arena */
	size_t words;     /* in rest */
	bool refers;      /* the message begins with a reference */
};

/* folded: text_fold(). */
void said_find(
	const struct said *said, struct arena *arena, const char *folded, struct said_match *out);

#endif
