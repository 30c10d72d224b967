/* Questions as people can type them. */
#ifndef FLOWS_REPLY_ASKED_H
#define FLOWS_REPLY_ASKED_H

#include "flows/reply/reply.h"

/* "STUNTING KEC. PANGGUL JUL 24"; area, period NULL: left out. */
char *reply_asked(const struct reply_context *context, const char *indicator, const char *area,
	const char *period);
/* What of a question was not understood, and the nearest one that can be answered. */
char *reply_asked_in_part(const struct reply_context *context, const struct asked *asked);

#endif
