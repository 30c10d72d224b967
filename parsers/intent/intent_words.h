/* Inside the intents: a text cut into words, and what the intent functions share.
 *
 * Words are cut as the lexicon's phrases are: letters and digits apart, everything else is a gap.
 * The code of an area or posyandu ("35.03.01.2004") stays one word. */
#ifndef PARSERS_INTENT_WORDS_H
#define PARSERS_INTENT_WORDS_H

#include "parsers/intent/intent_call.h"
#include "parsers/words/lexicon.h"

#define INTENT_WORDS 48 /* more are not looked at: no command is that long */

enum word_kind { WORD_LETTERS, WORD_DIGITS, WORD_CODE };

struct word {
	unsigned short at, length; /* in joined */
	unsigned short raw; /* in the text */
	unsigned char kind; /* enum word_kind */
	bool used; /* understood as something */
};

/* What the 1, 2, 3, 4 words from one on mean: most questions end at the names of the classes. */
struct word_meanings {
	const struct lexicon_entry *of[LEXICON_WORDS];
	struct class_set names; /* of their classes */
};

struct words {
	const struct intent_call *call;
	const char *text; /* the call's when it was cut */
	char *joined; /* the words with one space between */
	struct word list[INTENT_WORDS + 2]; /* behind the last: empty, for who looks one further */
	size_t count;
	struct word_meanings *phrases; /* of each word ... */
	struct class_set names; /* ... and of all of them */
	bool cut; /* there were more */
	const struct form *const *forms; /* every form, by letter */
	size_t nform;
};

void words_cut(const struct intent_call *call, struct words *words);
/* The words that the call keeps; it has no room for them: own. */
const struct words *words_of(const struct intent_call *call, struct words *own);
bool word_is(const struct words *words, size_t i, const char *text);
/* How many words at i spell this, case and gaps aside ("hb 0" is HB0); 0 when they do not. */
size_t words_spell(const struct words *words, size_t i, const char *text);
/* The same; the last one may have an ending: "beratnya", "jenis kelaminnya". */
size_t words_spell_ended(const struct words *words, size_t i, const char *text);
long word_number(const struct words *words, size_t i); /* of digits; -1 */
size_t word_raw_end(const struct words *words, size_t i); /* no such word: where the text ends */
bool word_glued(const struct words *words, size_t i); /* nothing between it and the word before */
/* The meaning of the longest phrase at word i in a class, and how many words it has; NULL: none.
 * short: of at most *length words. near: with a slip perhaps. */
typedef const char *words_look(
	const struct words *words, const char *class_name, size_t i, size_t *length);
words_look words_phrase_short, words_phrase_near;
/* Of a class whose name has this number. */
const char *words_phrase_find(const struct words *words, const char *class_name, int name,
	size_t i, size_t *length);
static inline const char *words_phrase(
	const struct words *words, const char *class_name, size_t i, size_t *length)
{
	int name = lexicon_name(class_name);

	if (i >= words->count || !class_in(&words->phrases[i].names, name))
		return NULL; /* nearly always */
	return words_phrase_find(words, class_name, name, i, length);
}
size_t words_phrase_before(const struct words *words, const char *name, size_t i); /* ends there */
bool words_phrase_any(const struct words *words, size_t i, const char *const *classes, size_t count);
void words_use(struct words *words, size_t first, size_t count);
void words_use_class(struct words *words, const char *class_name); /* wherever one stands */
bool words_use_any(struct words *words, const char *class_name); /* was there one? */
size_t words_unused(const struct words *words); /* how many */
bool words_have_phrase(const struct words *words, const char *class_name);
/* Does a phrase of a class stand anywhere, used or not? */
static inline bool words_have(const struct words *words, const char *class_name)
{
	return class_in(&words->names, lexicon_name(class_name)) &&
		words_have_phrase(words, class_name);
}
bool words_tell_death(const struct words *words); /* a word not used tells what has stories */
/* The text as written from word first up to word last, without separators at its ends. */
char *words_raw(const struct words *words, size_t first, size_t last);
/* The same as the words are read: folded, one space between. */
char *words_text(const struct words *words, size_t first, size_t last);

/* A reference at word i ("l2408-0007", "L24080007", "l2408-7"): canonical in the arena; NULL: none.
 * *length words. A letter that is no form's gives "". */
const char *words_ref(const struct words *words, size_t i, size_t *length);
const char *words_find_ref(struct words *words); /* the first, marked used; NULL */
/* Digits of a number with at least so many digits, in one or more words; marked used; NULL. */
char *words_find_digits(struct words *words, size_t least);

/* Marks the words of a period; false when none is told. _one: "juni dan juli" are two of them. */
bool intent_period(struct words *words, struct date today, struct period *period);
bool intent_of_month(const struct words *words); /* a month beside words, of those who count */
bool intent_period_one(struct words *words, struct date today, struct period *period);

#endif
