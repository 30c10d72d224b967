/* Whom reports are about, by place and by teller: in front of every report that is compared. */
#ifndef STORE_REPORT_NAMES_H
#define STORE_REPORT_NAMES_H

#include "store/report/report.h"

/* A report is written, or written again. */
void names_note(struct store *store, const struct report_row *row, bool again);

#endif
