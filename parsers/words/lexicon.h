/* Words that mean something: class → canonical → phrases of 1 to 4 words. Filled from
 * conf/lexicon/.
 *
 * Phrases are folded text with one space between words. One phrase may stand in several classes
 * ("p" is a sex and a form), but means one thing within a class. Immutable once filled.
 */
#ifndef PARSERS_LEXICON_H
#define PARSERS_LEXICON_H

#include <string.h>

#include "parsers/text/util.h"
#include "parsers/words/class_set.h"
#include "parsers/words/fuzzy.h"

#define LEXICON_WORDS 4 /* the longest phrase */

struct lexicon_entry {
	const struct lexicon_entry *next; /* the same phrase in another class */
	const struct lexicon_entry *more; /* the next one of its class, as the files have them */
	struct class_set classes, names; /* of the first of a chain: its classes, their names, */
	unsigned longest; /* the words of the longest phrase that begins with it, and */
	struct class_set opens; /* the classes of its phrases of several words ... */
	uint64_t followed; /* ... and what their second words begin with: spelt_bit() */
	int class_id;
	int name; /* a number of the class's name; -1: of a mark */
	const char *class_name;
	const char *canonical; /* as the file writes it: "PKM", "-2" */
	int number; /* that the canonical one is, or begins with; 0 */
	unsigned words, length; /* of the phrase ... */
	uint32_t letters; /* ... and which it has: see fuzzy.h */
	const char *phrase;
};

struct lexicon;

/* The class of shortened words is kept apart: questions alone look there. NULL: not shortened. */
#define LEXICON_SHORTS "singkatan"
const char *lexicon_long_form(const struct lexicon *lexicon, const char *word, size_t length);

struct lexicon *lexicon_new(void);
void lexicon_free(struct lexicon *lexicon);

/* ERR_EXISTS: the phrase means something else in this class already; ERR_RANGE: more than 4 words.
 */
int lexicon_add(struct lexicon *lexicon, const char *class_name, const char *canonical,
	const char *phrase) MUST_CHECK;

/* All meanings of exactly this folded phrase; NULL: none. */
const struct lexicon_entry *lexicon_find(
	const struct lexicon *lexicon, const char *phrase, size_t length);
/* The same where several tables are asked: the hash is found once. */
uint32_t lexicon_hash(const char *phrase, size_t length);
const struct lexicon_entry *lexicon_find_hashed(
	const struct lexicon *lexicon, uint32_t hash, const char *phrase, size_t length);
/* The words of the longest phrase that begins with the word of these meanings, 1: none is longer.
 * They leave a mark there, an entry of class -1. */
static inline unsigned lexicon_longest(const struct lexicon_entry *entry)
{
	return entry ? entry->longest : 1;
}

/* The same where another word follows: 1 where none of its phrases goes on with such a one. */
static inline unsigned lexicon_longest_with(const struct lexicon_entry *entry, const char *next)
{
	return entry && entry->followed & spelt_bit(next) ? entry->longest : 1;
}

/* The canonical meaning of a phrase in one class; NULL. */
const char *lexicon_word(const struct lexicon *lexicon, const char *class_name, const char *phrase);
size_t lexicon_classes(const struct lexicon *lexicon); /* how many there are */
/* The number of a class, for comparing with class_id; -1: no such class. */
int lexicon_class(const struct lexicon *lexicon, const char *class_name);
/* The one entry of a class within one slip of a word of five letters or more (none that begin with
 * another letter unless letters were swapped); NULL: none, or two different meanings are as
 * near. */
const struct lexicon_entry *lexicon_nearest(
	const struct lexicon *lexicon, int class_id, const char *word);

/* Rules of what is ignored and of what is changed, and their sieve; the lexicon takes them. NULL:
 * none. */
struct sieve;
struct ignores;
struct rewrites;
void lexicon_rules(struct lexicon *lexicon, struct sieve *sieve, struct ignores *ignores,
	struct rewrites *rewrites);
const struct ignores *lexicon_ignores(const struct lexicon *lexicon);
const struct rewrites *lexicon_rewrites(const struct lexicon *lexicon);

/* Every entry of a class in the files' order; stops and returns what each() returns when not 0. */
int lexicon_each(const struct lexicon *lexicon, const char *class_name,
	int (*each)(const struct lexicon_entry *entry, void *context), void *context);

#endif
