/* Stored reports as CSV: one row per report, oldest first, streamed; the columns come from the
 * forms. */
#ifndef TOOLS_EXPORT_H
#define TOOLS_EXPORT_H

#include "parsers/number/date.h"
#include "tools/common/ctl_world.h"

struct export_request {
	struct date from, to;    /* of the event; a report without a day goes by its receipt */
	const char *area;        /* code or puskesmas id; NULL: all */
	const struct form *form; /* NULL: all forms, all their columns */
	const char *xlsx; /* an Excel file to write instead of stdout; NULL */
	/* who may see people of his own area whole: bidan, puskesmas, dinkes; NULL: everything that
	 * tells who somebody is stays masked */
	const struct turn *sees;
	bool excel, training;
};

/* Writes to stdout what one moment of the store holds, whatever kabard writes meanwhile.
 * ERR_SYSTEM: stdout fails. */
int export_reports(struct ctl_world *world, const struct export_request *request) MUST_CHECK;

#endif
