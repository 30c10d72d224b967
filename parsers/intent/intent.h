/* The intents that are not reports: queries, corrections, registration, help, chat …
 *
 * The reader asks twice: before it looks for forms (keywords, answers, services, empty texts), and
 * after no form claimed the text (emergency, chat). One table in intent.c maps each keyword to a
 * function in intent_<name>.c; the words themselves are the lexicon's (conf/lexicon/intents.ini,
 * queries.ini).
 */
#ifndef PARSERS_INTENT_H
#define PARSERS_INTENT_H

#include "parsers/intent/intent_call.h"

enum intent_stage {
	INTENT_FIRST, /* before the forms */
	INTENT_URGENT, /* only a call for help */
	INTENT_LAST, /* after the forms: always claims the text */
};

/* True when the text belongs to an intent of this stage: out is then filled (out->text too; the
 * reports are not touched, there are none). out->training is kept. An answer carries the problem
 * :no_pending; a flow that has a pending question removes it. */
bool intent_read(const struct intent_call *call, enum intent_stage stage, struct reading *out);
/* Counts, and does not report. */
bool intent_is_office(const struct sender *sender);
/* Opens like a command, or is nothing but greetings, thanks and fillers: no name of anybody. */
bool intent_talk(const struct intent_call *call);
/* Opens with the word of a command, or with one that asks for something to be done: PINDAH. */
bool intent_orders(const struct intent_call *call);
/* "sebentar", "nanti": whatever stands beside it, it is not said yet. */
bool intent_postpones(const struct intent_call *call);
const char *intent_takes_back(const struct intent_call *call); /* "umum", "kematian"; NULL */
/* A report's text in which help is called for besides (pendarahan, butuh ambulan), or a word stands
 * that may be part of it. *cry: of a long text from there on; NULL: the whole. */
enum urgency { URGENCY_NONE, URGENCY_ALARMING, URGENCY_CRIES };
enum urgency intent_urgency(const struct intent_call *call, const char **cry);
/* The place that a call for help or a death names; NULL. */
const struct area *intent_place_told(const struct intent_call *call);
/* Nothing graver than what a report of the sick tells too. */
bool intent_tells_illness(const struct intent_call *call);
/* The text tells of a danger to somebody here and now: where it begins (octets), and whether apart
 * from what stands in front. about_somebody: it is known that it is about a person. */
struct cry_place {
	bool about_somebody;
	size_t at;
	bool apart;
};
bool intent_cries(const struct intent_call *call, struct cry_place *place);
bool intent_asks(const struct intent_call *call); /* by a word that asks, or its sign */

#endif
