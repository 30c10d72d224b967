/* A table: built once, shown as HTML, or given away as CSV, XLSX or JSON with the same cells. */
#ifndef WEB_TABLE_H
#define WEB_TABLE_H

#include "web/view/column.h"
#include "web/view/view.h"

struct table;
/* name: of the download and of its link, NULL: it is not given away; title: what it shows, with place and period. */
struct table *table_new(struct request *request, const char *name, const char *title);
/* A line above the columns of a file: completeness, filters. */
void table_note(struct table *table, const char *note);
/* wide: left out on a phone. */
void table_column(struct table *table, enum column_kind kind, const char *heading, bool wide);

void table_row(struct table *table);
void table_total(struct table *table); /* the last row, which is a sum */
void table_text(struct table *table, const char *text);
void table_link(struct table *table, const char *url, const char *text);
/* A short word in a coloured frame: "alarm", "warn", "good", NULL. */
void table_tag(struct table *table, const char *colour, const char *text);
/* A second, smaller line in the last cell. */
void table_sub(struct table *table, const char *text);
void table_number(struct table *table, int64_t number);
void table_share(struct table *table, int64_t part, int64_t whole);
void table_nothing(struct table *table);

size_t table_rows(const struct table *table);
/* With links to its files. names: it has people's names, so that a file is an audit row. */
void table_show(struct table *table);
/* "?unduh=xlsx&tabel=NAME" asks for this table: the request is answered, true. */
bool table_given(struct table *table, bool names);

#endif
