/* Who certainly has no report that waits for an answer or a decision, and which desa has none:
 * asked with each message, and nearly always none. */
#ifndef STORE_REPORT_WAITS_H
#define STORE_REPORT_WAITS_H

#include "store/base/store.h"

/* In just the words of the indexes. No list: SQLite would build one in a table of its own with each
 * row that is written. */
#define REPORT_WAITS "(status = 'incomplete' OR status = 'question' OR status = 'suspect')"

/* Reports that wait, of a teller and of a desa (NULL: of any). True: there may be some. An area
 * that is not exactly one desa is not known. */
int waits_any(struct store *store, const char *sender, const char *area, bool *any) MUST_CHECK;
void waits_forget(struct store *store, const char *area); /* others may have written */
void waits_foresee(struct store *store, const char *sender, const char *area);
/* A report is written with this status. */
void waits_note(struct store *store, const char *status, const char *sender, const char *area);

#endif
