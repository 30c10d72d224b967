/* A table's inside, for view/table*.c only. */
#ifndef WEB_TABLE_STATE_H
#define WEB_TABLE_STATE_H

#include "web/view/column.h"
#include "web/view/view.h"

#define TABLE_COLUMNS 24
#define TABLE_NOTES   6

struct column {
	enum column_kind kind;
	const char *heading;
	bool wide;
};

struct cell {
	const char *text, *url, *colour, *sub;
	bool tag, given;
	int64_t number, whole; /* of a number; of a share its part */
};

struct row {
	struct cell *cells; /* one per column */
	size_t ncell;
	bool total;
};

struct table {
	struct request *request;
	const char *name, *title;
	const char *notes[TABLE_NOTES];
	size_t nnote;
	struct column columns[TABLE_COLUMNS];
	size_t ncolumn;
	struct row *rows;
	size_t nrow, room;
};

const char *table_url(struct table *table, const char *format);

#endif
