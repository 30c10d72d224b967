/* The kinds of additions: which table one goes to, and the parts of its key, in the order of the table's
 * columns. */
#ifndef STORE_BASE_MERGE_KIND_H
#define STORE_BASE_MERGE_KIND_H

#include "parsers/text/util.h"

enum merge_table {
	MERGE_DAY,      /* area, indicator, day */
	MERGE_MONTH,    /* area, indicator, month */
	MERGE_STOCK,    /* area, indicator, period */
	MERGE_DESA,     /* form, area, month */
	MERGE_POSYANDU, /* form, posyandu, month, area */
	MERGE_COUNTER,  /* kind, key, time_window */
	MERGE_SERIAL,   /* kabupaten, letter_month */
	MERGE_EVENT,    /* area, indicator, day: also in the months of the areas above */
	MERGE_NAMED,    /* posyandu, indicator, month, area: of a stock that is there */
	MERGE_NAMED_MONTH,   /* the same, and in the sums of the month */
	MERGE_NAMED_QUARTER, /* ... and of its quarter */
	MERGE_NAMED_YEAR,    /* ... and of its year */
	MERGE_TABLES,   /* the log has their numbers: new ones come last */
};
#define MERGE_PARTS 4

static inline bool merge_is_named(enum merge_table table)
{
	return table >= MERGE_NAMED && table <= MERGE_NAMED_YEAR;
}

/* Serials and counters are few, and read by every batch. */
static inline bool merge_is_tally(enum merge_table table)
{
	return table < MERGE_TABLES && table != MERGE_COUNTER && table != MERGE_SERIAL;
}

static inline size_t merge_parts(enum merge_table table)
{
	if (table == MERGE_POSYANDU || merge_is_named(table))
		return 4;
	return table == MERGE_SERIAL ? 2 : 3;
}

#endif
