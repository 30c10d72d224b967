/* Numbers of new rows, given before the rows are written: what refers to them need not ask the
 * database what it made of them.
 *
 * A batch takes the highest number when it first needs one and goes on from there; nobody else
 * writes in between. A driver with several writers gives blocks of a sequence (driver.h: ids).
 */
#ifndef STORE_BASE_IDS_H
#define STORE_BASE_IDS_H

#include "parsers/text/error.h"
#include "parsers/text/util.h"

struct store;

enum id_table { IDS_INBOUND, IDS_OUTBOX, IDS_REPORTS, IDS_COUNT };

/* In an open batch only. */
/* So many may be needed: they are brought with what is read ahead. */
void ids_foresee(struct store *store, enum id_table table, size_t count);
int ids_take_foreseen(struct store *store) MUST_CHECK;
int ids_next(struct store *store, enum id_table table, int64_t *id) MUST_CHECK;
void ids_forget(struct store *store, bool failed); /* with each batch, and when one failed */

#endif
