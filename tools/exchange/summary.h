/* What a DHIS2 answers to an import: which items it refused, and why. */
#ifndef TOOLS_EXCHANGE_SUMMARY_H
#define TOOLS_EXCHANGE_SUMMARY_H

#include "tools/exchange/items.h"

/* refusals[i]: why item i was refused, in `answer`; NULL: it was taken. false: the counts of the
 * summary do not agree with what it says of single items. */
bool summary_read(bool events, const json_t *answer, const struct item *const *items, size_t count,
	const char **refusals) MUST_CHECK;

#endif
