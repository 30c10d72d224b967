/* Inside the reader: a death or a cry for help that is told beside what a message is taken for
 * (behind a command, in a report that is refused, behind the last report there is room for). It is
 * heard wherever it stands: the flows read it as a message of its own. */
#ifndef PARSERS_BESIDES_H
#define PARSERS_BESIDES_H

#include "parsers/intent/intent_call.h"

/* The tokens of the text itself, where a value or a part may have been read meanwhile: how many. */
size_t tokens_again(const struct intent_call *call);

/* A command was read: what is told behind it is set aside (out->besides), and the command read
 * again without it. The text has so many tokens; dying: a word of it stands somewhere. */
void besides_command(
	const struct intent_call *call, size_t count, bool dying, struct reading *out);
/* Reports were read: what none of them holds. Called when a word of dying stands somewhere, when
 * there was no room for all, or when nothing of it may be told by its sender. also: so does a word
 * for somebody who did too, or for a relative. */
void besides_reports(
	const struct intent_call *call, size_t count, bool also, struct reading *out);
/* A cry beside reports that are taken: "ibunya pendarahan hebat" behind a birth, but no sign that
 * the form itself asks for. The words of it are in out->cry. */
bool besides_cry(const struct intent_call *call, size_t count, struct reading *out);
/* A text that is too long to be read to its end: the first piece of it that tells a death or calls
 * for help. */
void besides_long(const struct intent_call *call, const char *text, struct reading *out);

#endif
