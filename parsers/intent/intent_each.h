/* Inside the intents: a function for each of them. */
#ifndef PARSERS_INTENT_EACH_H
#define PARSERS_INTENT_EACH_H

#include "parsers/intent/intent_words.h"

/* One per intent: true when the text is one. first: the words of the keyword. */
typedef bool intent_function(
	struct words *words, size_t first, const char *keyword, struct reading *out);
intent_function intent_correct, intent_cancel, intent_status, intent_register, intent_profile,
	intent_supervise, intent_more, intent_help, intent_checkup;
/* Without a keyword; topic: `LAHIR ?`, or a form's keyword alone. */
typedef bool intent_try(struct words *words, struct reading *out);
intent_try intent_query, intent_privacy, intent_answer, intent_mistake, intent_topic,
	intent_emergency, /* _asked: about reports themselves; own: where nothing else was; came: last */
	intent_ref_asked, intent_mend_asked, intent_own_asked, intent_mine_asked, intent_term_asked,
	intent_code_asked, intent_how_asked,
	intent_when_asked, intent_came_asked, intent_teller_asked, intent_sent_asked,
	intent_unchecked_asked,
	intent_person_asked; /* of somebody's data, where nothing was a report */

#endif
