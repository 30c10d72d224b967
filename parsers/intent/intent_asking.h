/* What all that asks shares: words written out in full, and what is known to be counted. */
#ifndef PARSERS_INTENT_ASKING_H
#define PARSERS_INTENT_ASKING_H

#include "parsers/intent/intent_words.h"

/* Shortened words written out, for a question: the words as they are, or *full, cut from the text of
 * *call; both outlive what is returned. */
const struct words *words_in_full(
	const struct words *words, struct intent_call *call, struct words *full);
/* "sudah masuk belum", "sdh diterima" with a question mark, at word i: how many words; 0. */
size_t words_came_asked(const struct words *words, size_t i);
/* The word class of what a form tells cases of; NULL. */
const char *words_of_cases(const struct form *form);
/* Names something that some form counts. */
bool words_name_counted(const struct words *words);

/* A word that nothing knows, and no place. */
bool words_may_be_name(const struct words *words, size_t i);
/* Whether a death is told: "lahir mati ny tini", "telah terjadi kematian ibu di besuki" of a
 * puskesmas; signs and weights as in parsers/mood/mood.h. */
bool words_tell_dying(const struct words *words);
/* "1. lahir 2. mati 3. bayi mati": nothing but what is counted, and its numbers;
 * nouns: and nobody "meninggal". */
bool words_only_counted(const struct words *words, bool nouns);
/* A sign that ends a clause stands in front of word i. */
bool words_clause_begins(const struct words *words, size_t i);

#endif
