/* Cells and rows of a CSV file. See csv_write.h. */
#include "tools/data/csv_write.h"

#include <string.h>

#include "tools/data/sheet.h"

#define EXCEL_DIGITS 11 /* longer numbers are shown as 3,5E+15, and from 16 digits on spoilt */

static void separate(struct csv_writer *csv)
{
	if (csv->inside)
		fputc(csv->excel ? ';' : ',', csv->file);
	csv->inside = true;
}

/* A NIK, or a code with zeros in front, that a spreadsheet would make a number of. */
static bool is_long_code(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	return text[digits] == '\0' && digits > 1 && (digits > EXCEL_DIGITS || text[0] == '0');
}

static bool is_formula(const char *text)
{
	return *text && strchr("=+-@\t\r\n", *text);
}

void csv_begin(struct csv_writer *csv)
{
	if (csv->excel && !csv->sheet)
		fputs("\xef\xbb\xbf", csv->file);
}

void csv_text(struct csv_writer *csv, const char *text)
{
	if (csv->sheet) {
		sheet_text(csv->sheet, text);
		return;
	}
	separate(csv);
	if (!text || !*text)
		return;
	fputc('"', csv->file);
	if (is_formula(text) || (csv->excel && is_long_code(text)))
		fputc('\'', csv->file);
	for (; *text; text++) {
		if (*text == '"')
			fputc('"', csv->file);
		fputc(*text, csv->file);
	}
	fputc('"', csv->file);
}

void csv_integer(struct csv_writer *csv, long long number)
{
	if (csv->sheet) {
		sheet_number(csv->sheet, (double)number);
		return;
	}
	separate(csv);
	fprintf(csv->file, "%lld", number);
}

void csv_real(struct csv_writer *csv, double number)
{
	char text[40], *point;

	if (csv->sheet) {
		sheet_number(csv->sheet, number);
		return;
	}
	separate(csv);
	snprintf(text, sizeof(text), "%.10g", number);
	point = strchr(text, '.');
	if (csv->excel && point)
		*point = ',';
	fputs(text, csv->file);
}

void csv_end_row(struct csv_writer *csv)
{
	if (csv->sheet) {
		sheet_end_row(csv->sheet);
		return;
	}
	fputs("\r\n", csv->file);
	csv->inside = false;
}
