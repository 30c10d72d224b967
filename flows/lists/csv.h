/* A CSV file as RFC 4180 has it: quoted fields, doubled quotes, CRLF or LF, a BOM in front, UTF-8;
 * with "," ";" or a tab between the cells, whichever parts the first line. */
#ifndef FLOWS_CSV_H
#define FLOWS_CSV_H

#include "parsers/text/error.h"
#include "parsers/text/util.h"

#define CSV_FIELDS 32

struct csv_field {
	const char
		*text; /* without white space around it, unless it was quoted; lives in the arena */
	int line, column; /* where it begins, from 1; columns are characters */
};

struct csv_row {
	struct csv_field fields[CSV_FIELDS];
	size_t count;
	int line;
};

struct csv {
	struct arena *arena;
	const char *at, *end;
	int line, column;
	char separator;
	bool indonesian;        /* how what is wrong is said */
	struct csv_field wrong; /* after an error: what and where */
};

/* data must live as long as the reader. */
void csv_init(struct csv *csv, struct arena *arena, const char *data, size_t length);
/* OK: a row (empty lines are skipped); ERR_NOT_FOUND: the end; ERR_SYNTAX: see wrong, the next call
 * goes on with the next line. */
int csv_next(struct csv *csv, struct csv_row *row) MUST_CHECK;

#endif
