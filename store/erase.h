/* Erasing people: who they were goes, that something was counted stays. What is emptied is written
 * over in the file; backups of before still hold it.
 *
 * All inside a batch of the caller, who puts the audit row that says so, with the rows of the trail
 * that were emptied ("rows 12 15").
 */
#ifndef STORE_ERASE_H
#define STORE_ERASE_H

#include "store/base/store.h"
#include "store/report/report.h"

struct erased {
	int64_t reports, versions, messages, sent, inbox, trail;
	struct strbuf rows; /* of the trail: " 12 15"; for strbuf_free() */
};

/* Before the first: this connection writes over what it deletes. */
int store_erase_begin(struct store *store) MUST_CHECK;
/* After the commit: the journal is emptied too, if nobody reads. */
int store_erase_end(struct store *store) MUST_CHECK;

/* What is kept of a report's fields, as JSON, in the arena; NULL: nothing can be kept. */
typedef const char *erase_keep(
	struct arena *arena, const char *form, const char *fields, void *context);
/* The report and its versions, the messages it was told, corrected and answered by, what the trail
 * says of it. Its status, place, day and what is counted stay. */
int store_erase_report(struct store *store, const struct report_row *row, erase_keep *keep,
	void *context, struct erased *erased) MUST_CHECK;
/* A number and whoever has it: his name, his numbers, his messages and what was sent to him; in
 * reports and in the trail `alias` stands for the number. */
int store_erase_phone(struct store *store, const char *phone, const char *alias,
	struct erased *erased) MUST_CHECK;

#endif
