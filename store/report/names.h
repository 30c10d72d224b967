/* Whom reports are about, by place and by teller: looked at before reports are compared. */
#ifndef STORE_REPORT_NAMES_H
#define STORE_REPORT_NAMES_H

#include "store/report/recent.h"

#define REPORT_ROW "report" /* kind of what is foreseen, by id */

/* Names of reports of exactly this area, any form and status: at most `most` of these days; of one
 * day those that begin with `first`. Names that are surely not like `like` (the core of a name:
 * parsers/form/names.h) may be left out. Stops when each() returns non-zero. */
int store_report_names(struct store *store, const char *area, const char *date_from,
	const char *date_to, const char *like, size_t most, size_t *read, report_name *each,
	void *context) MUST_CHECK;
/* The same of one sender, in any area. */
int store_report_names_told(struct store *store, const char *sender, const char *date_from,
	const char *date_to, const char *like, size_t most, report_name *each,
	void *context) MUST_CHECK;
int store_report_names_like(struct store *store, const char *area, const char *date,
	const char *first, report_name *each, void *context) MUST_CHECK;
/* A batch will ask for the reports of this desa or this teller, of these days: store_ask(). One range
 * for all of a batch. */
void store_reports_foresee(struct store *store, const char *area, const char *sender,
	const char *date_from, const char *date_to);
/* Told to two gateways at once an event of a desa is found by the second: locked until the end of
 * the batch. May spoil the batch: store/base/lock.h. */
int store_report_lock(struct store *store, const char *area) MUST_CHECK;

void names_note(struct store *store, const struct named *row);

#endif
