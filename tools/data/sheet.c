/* One worksheet through libxlsxwriter, row by row. See sheet.h. */
#include "tools/data/sheet.h"

#include <stdlib.h>
#include <xlsxwriter.h>

#define CELL_MOST 32767 /* characters; octets are no fewer */

struct sheet {
	lxw_workbook *book;
	lxw_worksheet *page;
	lxw_format *bold;
	lxw_row_t row;
	lxw_col_t column;
	bool overflow;
};

struct sheet *sheet_new(const char *path, const char *name)
{
	lxw_workbook_options options = {.constant_memory = LXW_TRUE};
	struct sheet *sheet = xcalloc(1, sizeof(*sheet));

	sheet->book = workbook_new_opt(path, &options);
	sheet->page = workbook_add_worksheet(sheet->book, name);
	sheet->bold = workbook_add_format(sheet->book);
	format_set_bold(sheet->bold);
	worksheet_freeze_panes(sheet->page, 1, 0);
	return sheet;
}

void sheet_text(struct sheet *sheet, const char *text)
{
	lxw_format *format = sheet->row == 0 ? sheet->bold : NULL;

	if (text && *text && strlen(text) > CELL_MOST) {
		char *cut = xstrndup(text, CELL_MOST);

		/* not within a character */
		for (size_t end = CELL_MOST; end > 0 && (cut[end - 1] & 0xc0) == 0x80; end--)
			cut[end - 1] = '\0';
		worksheet_write_string(sheet->page, sheet->row, sheet->column, cut, format);
		free(cut);
	} else if (text && *text) {
		worksheet_write_string(sheet->page, sheet->row, sheet->column, text, format);
	}
	sheet->column++;
}

void sheet_number(struct sheet *sheet, double number)
{
	worksheet_write_number(sheet->page, sheet->row, sheet->column++, number, NULL);
}

void sheet_end_row(struct sheet *sheet)
{
	sheet->column = 0;
	if (sheet->row + 1 < LXW_ROW_MAX)
		sheet->row++;
	else
		sheet->overflow = true;
}

int sheet_close(struct sheet *sheet)
{
	bool overflow = sheet->overflow;
	lxw_error error = workbook_close(sheet->book);

	free(sheet);
	return error != LXW_NO_ERROR ? ERR_SYSTEM : overflow ? ERR_LIMIT : OK;
}
