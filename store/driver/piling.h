/* What a database offers where a statement costs as much as the row it writes: many new rows of a table
 * in one statement. A row of functions beside those of driver.h.
 */
#ifndef STORE_DRIVER_PILING_H
#define STORE_DRIVER_PILING_H

#include "store/driver/driver.h"

/* Tables whose new rows may wait. */
enum piled_table {
	PILED_NOT,
	PILED_INBOUND,
	PILED_OUTBOX,
	PILED_REPORTS,
	PILED_TABLES
};

#define PILED_BIT(table) (1u << (table))
#define PILED_CHANGES	 PILED_BIT(PILED_NOT) /* reports that are there are changed or deleted */

struct rows {
	const struct param *const *of; /* the parameters of each, in the order of writing */
	size_t count, nparam;
};

struct piling {
	/* The words that write rows of so many parameters, from those of an INSERT whose VALUES are its
	 * parameters. Freed by the caller. */
	char *(*sql)(const char *sql, size_t nparam);
	int (*write)(void *statement, const struct rows *rows); /* to its end */
	unsigned (*touches)(void *statement); /* PILED_BIT() of all that it reads or writes, PILED_CHANGES */
};

#endif
