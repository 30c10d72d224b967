/* What a recap says of who has told: each form's own. */
#ifndef FLOWS_QUERY_RECAP_H
#define FLOWS_QUERY_RECAP_H

#include "flows/query/query.h"

/* "Lapor: kelahiran 84/157, kematian 120/157, posyandu 60/632"; share: the sessions too. */
int query_recap_complete(struct turn *turn, const struct query *query, bool share,
	const char **text) MUST_CHECK;

#endif
