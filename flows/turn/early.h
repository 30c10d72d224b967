/* What a message says, read before its turn comes: by another thread, while this one is at the
 * messages in front of it. Reading is pure; what it depends on stands in the struct, and when
 * something of it is not so any more, the message is read again.
 */
#ifndef FLOWS_EARLY_H
#define FLOWS_EARLY_H

#include "flows/turn/turn.h"
#include "parsers/text/text.h"
#include "parsers/words/said.h"

struct early {
	/* By early_begin(). */
	const struct reader *reader;
	const struct gazetteer *places;
	const struct said *said;
	uint64_t people;
	struct sender sender;
	struct moment now;
	/* By early_read(); text NULL: nothing was. */
	const char *text, *folded;
	struct said_match echo; /* our own words in it */
	struct reading *reading; /* of the rest */
};

/* In the open batch, by who has the store. from is copied. */
int early_begin(struct early *early, const struct flow *flow, struct arena *arena,
	const char *from) MUST_CHECK;
/* Any thread, with a scratch and an arena of its own. A text with a PIN is not touched. */
void early_read(
	struct early *early, struct scratch *scratch, struct arena *arena, const char *text);
/* What the flow was given for this message; NULL: nothing, or it does not hold any more. */
struct early *early_of(const struct turn *turn);

#endif
