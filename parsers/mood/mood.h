/* Inside the reader: told or asked, in one place.
 *
 * The model. A word tells something that happened, and its clause may ask about that. What stands
 * in the clause is looked at once; each sign has a weight, and what weighs below nothing is asked:
 *
 *   who, when, how many   somebody by name in front of the word, a day, people counted: told
 *   in front              whatever asks in front of the word asks about it; "apa benar bu sarmi
 *                         meninggal" may be true
 *   behind                "kapan, di mana, berapa" ask what a telling would say itself; why it was
 *                         is asked by those who count; "siapa yang lapor", "gimana lapornya" ask
 *                         something else, of what is told when somebody is named
 *   rules                 "meninggal masuk aki ya": asked besides
 *   whether               "sudah meninggal belum", "meninggal apa tidak"
 *   its report            "sudah lapor kematian belum", "kematian bu siti sudah diverifikasi belum"
 *
 * Of those who count the message as a whole is looked at too, by its words (words_mood in
 * parsers/intent/intent_asking.h): a person behind the word, a word of telling, a verb against a word
 * that asks, months, "yang", and who speaks. It tells when it weighs more than nothing.
 *
 * What is denied, supposed or of old stands in parsers/dying/death_denied.c, and for cries for help
 * in parsers/cry/cry.h. `kabarctl read --explain` shows the signs and their weights. */
#ifndef PARSERS_MOOD_H
#define PARSERS_MOOD_H

#include "parsers/parse/parse.h"

enum mood_sign {
	MOOD_NAMED = 1,
	MOOD_DAY = 2, /* in front of what asks */
	MOOD_COUNTED = 4,
	MOOD_OPENS = 8,
	MOOD_TRUE = 16,
	MOOD_DETAIL = 32,
	MOOD_CAUSE = 64,
	MOOD_BEYOND = 128,
	MOOD_WHETHER = 256,
	MOOD_CAME = 512,
	MOOD_STATE = 1024,
	MOOD_MARK = 2048,
	MOOD_COUNTS = 4096, /* by those who count and do not tell */
	MOOD_RULE = 1 << 13,
	/* of a message as a whole: */
	MOOD_DIES = 1 << 14,
	MOOD_TELLS = 1 << 15, /* "mohon ijin lapor", "telah terjadi" */
	MOOD_CRIES = 1 << 16,
	MOOD_ASKS = 1 << 17,
	MOOD_SPAN = 1 << 18, /* no time of an event */
	MOOD_WHICH = 1 << 19, /* "yang" */
	MOOD_BARE = 1 << 20, /* nothing but the word */
	MOOD_OFFICE = 1 << 21,
	MOOD_ABOVE = 1 << 22, /* of those who supervise offices */
};

struct mood {
	unsigned signs; /* enum mood_sign */
	int weight;
	/* the tokens behind the word by which something else is asked; 0: nothing is */
	size_t asks, end;
};

int mood_weigh(unsigned signs);
void mood_explain(struct strbuf *out, const char *what, unsigned signs, bool told); /* or NULL */
/* Of the word at a token, among so many. */
struct mood mood_at(const struct parse *parse, size_t at, size_t count);
/* "apa bu sarmi meninggal", "meninggal kapan": it is asked. */
static inline bool mood_asks(const struct parse *parse, size_t at, size_t count)
{
	return mood_at(parse, at, count).weight < 0;
}
/* Anything in the message asks. */
bool message_asks(const struct parse *parse, size_t count);
/* ... but all that asks stands behind what is told, and asks whether that is right. */
bool message_confirms(const struct parse *parse, size_t count);

#endif
