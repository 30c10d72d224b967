/* Rows of cells into an Excel file (XLSX): text stays text, whatever it looks like. */
#ifndef TOOLS_DATA_SHEET_H
#define TOOLS_DATA_SHEET_H

#include "parsers/text/error.h"
#include "parsers/text/util.h"

struct sheet;
struct sheet *sheet_new(const char *path, const char *name);
void sheet_text(struct sheet *sheet, const char *text); /* NULL or "": an empty cell */
void sheet_number(struct sheet *sheet, double number);
void sheet_end_row(struct sheet *sheet); /* the first row is the heading */
/* ERR_SYSTEM: it could not be written; ERR_LIMIT: more rows than Excel takes. Frees it. */
int sheet_close(struct sheet *sheet) MUST_CHECK;

#endif
