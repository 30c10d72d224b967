/* Reports by place and by teller. An index on the growing table costs each report a page of each;
 * a driver that files later (SQLite) has tables instead, which get the newest reports some thousand
 * at a time, in the order of their keys. The views by_place (area, date, match_name, form, id) and
 * by_teller (sender, date, match_name, id) tell of all, of the newest from the reports themselves:
 * what is filed is never behind. So does by_posyandu (posyandu, form, date, id); what names nobody
 * has an index by posyandu beside it. Of what has no date or no name the tables have "", the reports
 * NULL: conditions that neither meets.
 */
#ifndef STORE_BASE_FILED_H
#define STORE_BASE_FILED_H

#include "store/statement/query.h"

/* A question in two words: where reports are filed later, and where an index has them at once. */
struct filed_sql {
	const char *later, *at_once;
};
/* Of columns that the view has. */
#define FILED(view, columns, condition, rest)                                                      \
	{columns " FROM " view " WHERE " condition rest, columns " FROM reports WHERE " condition rest}
/* Of others. */
#define FILED_ROWS(view, columns, condition, rest)                                                 \
	{columns " FROM reports WHERE id IN (SELECT id FROM " view " WHERE " condition ")" rest,    \
		columns " FROM reports WHERE " condition rest}

bool files_later(const struct store *store);
const char *filed_sql(const struct store *store, const struct filed_sql *sql);

/* Which report is the last that is filed: store->filed.last. */
int filed_last(struct store *store) MUST_CHECK;
/* In a batch: up to the newest, or some thousand of them. */
int filed_add(struct store *store, int64_t newest) MUST_CHECK;
/* In a batch, before its commit: files when enough came in. */
int filed_settle(struct store *store) MUST_CHECK;

#endif
