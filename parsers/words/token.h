/* Folded text as tokens: words and numbers with the strength of what stands between them. */
#ifndef PARSERS_TOKEN_H
#define PARSERS_TOKEN_H

#include "parsers/words/lexicon.h"

#define TOKENS_MAX 320 /* a longer message is for a human */
#define TOKENS_ROOM (TOKENS_MAX + 4) /* empty ones behind the last: who looks ahead finds nothing */
#define TOKEN_TEXT 40 /* longer words are cut, they are no field's value */

enum boundary {
	BOUND_NONE, /* letters and digits of one piece: bb3100 */
	BOUND_SOFT, /* space . - = _ and everything odd */
	BOUND_MEDIUM, /* , / | : */
	BOUND_STRONG, /* # * ; newline */
};

/* What begins at a token, found with the candidates of a stretch. */
struct token_begun {
	long number; /* in digits or words ... */
	unsigned char said; /* ... of so many tokens; 0: none */
	unsigned char torn; /* so many tokens are one number that cannot be read: "28s0"; 0: none */
	unsigned char begins; /* enum begins */
	bool matched; /* part of what a pattern of the form matches */
};

struct token {
	char text[TOKEN_TEXT];
	unsigned short start, end; /* octets of the folded text */
	unsigned char length;
	bool digits;
	enum boundary before;
	char sep; /* the strongest separator in front; 0: none */
	bool spaced, newline; /* white space in front as well */
	long number; /* of digits; -1: too long for one */
	/* what this word means, and the 2 to 4 from here on that no comma or more parts; NULL */
	const struct lexicon_entry *words, *phrases[LEXICON_WORDS - 1];
	struct class_set classes; /* of all those: most questions end here */
	/* the same of keys and keywords of the forms */
	const struct lexicon_entry *keys, *longer_keys[LEXICON_WORDS - 1];
	struct class_set key_classes;
	struct token_begun begun;
};

/* Cuts the text; returns the number of tokens, TOKENS_MAX + 1 when there are more. */
size_t tokens_cut(const char *text, struct token tokens[TOKENS_ROOM], const struct lexicon *words,
	const struct lexicon *keys);

/* Looks up again after the text of a token changed. */
void tokens_look_up(
	struct token *tokens, size_t count, const struct lexicon *words, const struct lexicon *keys);

/* What any of the tokens [first, last) means, of the first TOKENS_MAX. */
struct class_set tokens_mean(const struct token *tokens, size_t first, size_t last);

/* [first, last) as one phrase with single spaces; false when it does not fit. */
bool tokens_phrase(const struct token *tokens, size_t first, size_t last, char *out, size_t room,
	size_t *length);

/* False: neither the word nor a phrase that begins with it means anything in the class. */
static inline bool token_may_mean(const struct token *token, int class_id)
{
	return class_in(&token->classes, class_id);
}

/* What one word means in a class; NULL. */
static inline const char *token_meaning(const struct token *token, int class_id)
{
	const struct lexicon_entry *e = token_may_mean(token, class_id) ? token->words : NULL;

	while (e && (e->class_id != class_id || e->words != 1))
		e = e->next;
	return e ? e->canonical : NULL;
}

static inline const struct lexicon_entry *token_keys(const struct token *token, size_t words)
{
	return words > 1 ? token->longer_keys[words - 2] : token->keys;
}

/* So many words from a token on are a key of the class. */
static inline bool token_is_key(const struct token *token, size_t words, int class_id)
{
	const struct lexicon_entry *e = token_keys(token, words);

	while (e && (e->class_id != class_id || e->words != words))
		e = e->next;
	return e != NULL;
}

static inline bool token_is(const struct token *token, int class_id)
{
	return token_meaning(token, class_id) != NULL;
}

#endif
