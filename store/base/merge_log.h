/* The log of additions to tallies as text, and what of it belongs to stocks that are counted by name: their
 * rows are right but for that. For merge.c and stocks. */
#ifndef STORE_BASE_MERGE_LOG_H
#define STORE_BASE_MERGE_LOG_H

#include "store/base/merge_kind.h"
#include "store/statement/query.h"

#define LOG_PART '\t' /* behind each part of a key */
#define LOG_END  '\n'

struct logged_line {
	enum merge_table table;
	const char *parts[MERGE_PARTS];
	int64_t delta;
};

/* The next line, cut where it stands. */
int logged_next(char **text, struct logged_line *line, bool *any) MUST_CHECK;

/* In the open batch these came into the log, or left it. */
void logged_note(struct store *store, const struct logged_line *line, int sign);
/* The log is empty. */
void logged_none(struct store *store);
/* What the log has for the stock of a posyandu (posyandu, indicator, month, area). */
int logged_find(struct store *store, const char *const *parts, int64_t *delta) MUST_CHECK;
void logged_free(struct store *store);

#endif
