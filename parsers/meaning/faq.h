/* Questions of policy and of how something is reported, as data: conf/lexicon/faq*.ini.
 *
 * Each has a name, and lines of groups of words that lead to it: all groups of a line must stand
 * somewhere in the question, in any order, one phrase of each. "posyandu + dua kali / # x + lapor*":
 * a word ends or begins as it likes at a star, # is a number, <class> any phrase of a class of the
 * lexicon; of a group behind ! nothing may stand there. Of several questions the one whose words
 * take most of the text is meant. The answer is the word "define.NAME" of the catalogue. */
#ifndef PARSERS_FAQ_H
#define PARSERS_FAQ_H

#include "parsers/intent/intent_words.h"

struct faqs;
struct faqs *faqs_new(void);
void faqs_free(struct faqs *faqs); /* NULL is fine */

/* One line of words. ERR_SYNTAX: a group or a phrase is empty, or too long; ERR_NOT_FOUND: a class
 * that the lexicon has not, *wrong. */
int faqs_add(struct faqs *faqs, const struct lexicon *lexicon, const char *name, const char *when,
	const char **wrong) MUST_CHECK;
/* The name of the one that is asked; NULL: none. */
const char *faqs_find(const struct faqs *faqs, const struct words *words);

#endif
