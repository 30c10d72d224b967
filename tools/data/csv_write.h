/* Writes CSV as RFC 4180 has it (CRLF, doubled quotes, UTF-8), or as an Indonesian Excel opens it.
 */
#ifndef TOOLS_CSV_WRITE_H
#define TOOLS_CSV_WRITE_H

#include <stdbool.h>
#include <stdio.h>

struct sheet;

struct csv_writer {
	FILE *file;
	struct sheet *sheet; /* NULL: CSV; else the same cells go into an Excel file */
	bool excel;  /* BOM, ";" between, a comma in decimals, long codes marked as text */
	bool inside; /* a row has begun */
};

void csv_begin(struct csv_writer *csv);
/* Always quoted. What a spreadsheet would take for a formula gets an apostrophe in front. NULL is
 * an empty cell. */
void csv_text(struct csv_writer *csv, const char *text);
void csv_integer(struct csv_writer *csv, long long number);
void csv_real(struct csv_writer *csv, double number);
void csv_end_row(struct csv_writer *csv);

#endif
