/* What is to be explained: a meaning, a difference, a limit, a code, a way of writing, a reason.
 *
 * The model: a word of asking says what is wanted, and what Kabar knows is named: an indicator, a
 * term, a letter of a session, a form, a field, a disease by its code, a command. Whatever else is
 * said around the two (who asks, what for, "di sistem ini") does not matter, as long as nothing else
 * is asked or told: no place and no time, nobody's name, no number but of few digits. It is tried
 * where nothing else read the text, so no report, death, cry or figure is lost to it; but for a
 * death of nobody, told where it is asked by which form. */
#ifndef PARSERS_MEANING_H
#define PARSERS_MEANING_H

#include "parsers/intent/intent_words.h"

enum meaning_want {
	MEANING_NONE,
	MEANING_WORD, /* what it is */
	MEANING_CODE, /* by which letter it is written */
	MEANING_WAY,  /* how it is written, mended, taken back */
	MEANING_RULE, /* the same, where only a term or a command is explained so */
	MEANING_WHY   /* why something is asked again */
};

#define MEANING_TOPICS 3

/* What is named that answers it, in order; fills topics, returns how many. */
size_t meaning_topics(struct words *words, enum meaning_want want,
	const char *topics[MEANING_TOPICS]);
/* The word at i names something that is explained: how many words of it; 0. */
size_t meaning_named(const struct words *words, size_t i);
/* "nganggo LAHIR opo MATI": by which of two forms something is told. _alone: and no word stands there
 * that may be a name. */
bool meaning_of_two_forms(const struct words *words);
bool meaning_of_form_alone(const struct words *words);
/* A question that is answered by data (faq.h): the same. */
bool meaning_policy(const struct intent_call *call, struct reading *out);
/* What nobody read: is it to be explained? Then out is a help with its topics. */
bool meaning_asked(const struct intent_call *call, struct reading *out);

#endif
