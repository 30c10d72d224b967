/* kabarctl export values|events|fhir: by the mapping that kabar.conf names. */
#ifndef TOOLS_EXCHANGE_EXCHANGE_H
#define TOOLS_EXCHANGE_EXCHANGE_H

#include "tools/common/ctl_world.h"

struct exchange_request {
	const char *what;    /* "values", "events", "fhir" */
	const char *period;  /* "2024-08", "2024-01/2024-06", "2024" */
	const char *mapping; /* a file; NULL: [exchange] mapping */
	const char *journal; /* a file; NULL: beside the database */
	bool push, dry_run, anyway;
};

/* 0, or what is wrong with the request was printed: before anything is opened. */
int exchange_usage(const char *command, const struct exchange_request *request);
/* Prints what is wrong; the exit status. Without push and dry_run the JSON goes to stdout. */
int exchange_run(struct ctl_world *world, const struct exchange_request *request);

#endif
