/* Questions as people can type them. */
#ifndef FLOWS_REPLY_ASKED_H
#define FLOWS_REPLY_ASKED_H

#include "flows/reply/reply.h"

/* "STUNTING KEC. PANGGUL JUL 24"; area, period NULL: left out. */
char *reply_asked(const struct reply_context *context, const char *indicator, const char *area,
	const char *period);
/* "Diare", "Diare, demam berdarah": by the codes that an indicator's cases are told with. */
char *reply_kinds(const struct reply_context *context, const char *indicator, const char *kinds);
/* The same of all that was counted in a question; timed: with its time. */
char *reply_asked_again(
	const struct reply_context *context, const struct asked *asked, bool timed);
/* What of a question was not understood, and the nearest one that can be answered. */
char *reply_asked_in_part(const struct reply_context *context, const struct asked *asked);
/* "Kata "perdesa" belum terbaca.": what of it the answer passes over; NULL: nothing. */
char *reply_left_out(const struct reply_context *context, const struct asked *asked);
/* An answer with a remark in front, in one SMS: its last sentences make room. */
char *reply_remarked(struct arena *arena, const char *remark, const char *answer);

/* What a help tells: what its topic means, else how it is written. */
char *reply_explained(const struct reply_context *context, const struct reading *reading);

#endif
