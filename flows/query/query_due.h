/* One open case in a list of those who are expected. */
#ifndef FLOWS_QUERY_DUE_H
#define FLOWS_QUERY_DUE_H

#include "flows/turn/turn.h"
#include "store/report/case.h"

/* "S.A. Wonocoyo 20/8/24 risiko tinggi"; desa: with its name. */
const char *query_due_item(const struct turn *turn, const struct reply_context *reply,
	const struct case_row *row, bool desa);

#endif
