/* What a recount says. */
#ifndef FLOWS_RECOUNT_RECOUNT_RESULT_H
#define FLOWS_RECOUNT_RECOUNT_RESULT_H

#include <stddef.h>
#include <stdint.h>

/* One cell that differs: "tally_day", "35.03.01.2004", "lahir", "2024-08-12". */
typedef void recount_difference(const char *table, const char *place, const char *what,
	const char *when, int64_t kept, int64_t told, void *context);

struct recounted {
	size_t reports, cells, differences;
};

#endif
