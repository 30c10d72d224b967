/* The kinds of columns that a table may have. */
#ifndef WEB_COLUMN_H
#define WEB_COLUMN_H

enum column_kind { COLUMN_TEXT, COLUMN_NUMBER, COLUMN_SHARE };

#endif
