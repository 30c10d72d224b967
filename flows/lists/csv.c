/* Reads CSV rows from memory. See csv.h. */
#include "flows/lists/csv.h"

#include <string.h>

#include "parsers/text/utf8.h"

#define NBSP "\xc2\xa0"

/* What parts the cells of the first line: Excel writes ";" where a comma is for decimals. */
static char find_separator(const char *at, const char *end)
{
	size_t commas = 0, semicolons = 0, tabs = 0;
	bool quoted = false;

	for (; at < end && (quoted || *at != '\n'); at++) {
		quoted ^= *at == '"';
		commas += !quoted && *at == ',';
		semicolons += !quoted && *at == ';';
		tabs += !quoted && *at == '\t';
	}
	if (tabs > commas && tabs > semicolons)
		return '\t';
	return semicolons > commas ? ';' : ',';
}

void csv_init(struct csv *csv, struct arena *arena, const char *data, size_t length)
{
	*csv = (struct csv){
		.arena = arena, .at = data, .end = data + length, .line = 1, .column = 1};
	if (length >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0)
		csv->at += 3;
	if (csv->end - csv->at > 6 && strncmp(csv->at, "sep=", 4) == 0) {
		csv->separator = csv->at[4]; /* a line of Excel's own */
		while (csv->at < csv->end && *csv->at++ != '\n')
			;
		csv->line++;
		return;
	}
	csv->separator = find_separator(csv->at, csv->end);
}

/* Steps over one character; continuation octets of UTF-8 are no columns. */
static char step(struct csv *csv)
{
	char c = *csv->at++;

	if (c == '\n') {
		csv->line++;
		csv->column = 1;
	} else if (((unsigned char)c & 0xc0) != 0x80) {
		csv->column++;
	}
	return c;
}

static bool at_line_end(const struct csv *csv)
{
	return csv->at == csv->end || *csv->at == '\n' ||
		(*csv->at == '\r' && (csv->at + 1 == csv->end || csv->at[1] == '\n'));
}

static void skip_line(struct csv *csv)
{
	while (csv->at < csv->end && step(csv) != '\n')
		;
}

static int syntax(struct csv *csv, const char *text, int line, int column)
{
	csv->wrong = (struct csv_field){text, line, column};
	return ERR_SYNTAX;
}

/* Tabs too, unless they part the cells; and the no-break spaces of spreadsheets. */
static bool at_blank(const struct csv *csv)
{
	return csv->at < csv->end && *csv->at != csv->separator &&
		(*csv->at == ' ' || *csv->at == '\t' ||
			(csv->end - csv->at > 1 && memcmp(csv->at, NBSP, 2) == 0));
}

static void skip_blanks(struct csv *csv)
{
	while (at_blank(csv)) {
		if (*csv->at == NBSP[0])
			csv->at++;
		(void)step(csv);
	}
}

static const char *blanks_cut(const char *start, const char *end)
{
	for (;;) {
		if (end > start && (end[-1] == ' ' || end[-1] == '\t'))
			end--;
		else if (end - start > 1 && memcmp(end - 2, NBSP, 2) == 0)
			end -= 2;
		else
			return end;
	}
}

static int read_quoted(struct csv *csv, struct csv_field *field)
{
	struct strbuf text = {0};

	(void)step(csv);
	for (;;) {
		if (csv->at == csv->end) {
			strbuf_free(&text);
			return syntax(csv,
				csv->indonesian ? "tanda kutip yang dibuka di sini tidak ditutup"
						: "the quote that opens here is never closed",
				field->line, field->column);
		}
		if (*csv->at != '"') {
			strbuf_putc(&text, step(csv));
			continue;
		}
		(void)step(csv);
		if (csv->at == csv->end || *csv->at != '"')
			break;
		strbuf_putc(&text, step(csv));
	}
	field->text = arena_strndup(csv->arena, text.text ? text.text : "", text.length);
	strbuf_free(&text);
	skip_blanks(csv);
	if (!at_line_end(csv) && *csv->at != csv->separator)
		return syntax(csv,
			csv->indonesian ? "ada teks di belakang tanda kutip penutup"
					: "text after a closing quote",
			csv->line, csv->column);
	return OK;
}

static void read_plain(struct csv *csv, struct csv_field *field)
{
	const char *start = csv->at, *end;

	while (!at_line_end(csv) && *csv->at != csv->separator)
		(void)step(csv);
	end = blanks_cut(start, csv->at);
	field->text = arena_strndup(csv->arena, start, (size_t)(end - start));
}

static bool is_utf8(const char *text)
{
	size_t length = strlen(text);
	int32_t codepoint;

	while (length) {
		size_t used = utf8_next(text, length, &codepoint);

		if (!used || codepoint < 0)
			return false;
		text += used;
		length -= used;
	}
	return true;
}

static int read_field(struct csv *csv, struct csv_field *field)
{
	int error = OK;

	skip_blanks(csv);
	*field = (struct csv_field){"", csv->line, csv->column};
	if (!at_line_end(csv) && *csv->at == '"')
		error = read_quoted(csv, field);
	else
		read_plain(csv, field);
	if (!error && !is_utf8(field->text))
		error = syntax(csv, csv->indonesian ? "bukan teks UTF-8" : "not UTF-8 text",
			field->line, field->column);
	return error;
}

static int read_row(struct csv *csv, struct csv_row *row)
{
	int error;

	*row = (struct csv_row){.line = csv->line};
	for (;;) {
		if (row->count == CSV_FIELDS)
			return syntax(csv,
				csv->indonesian ? "kolomnya terlalu banyak" : "too many columns",
				csv->line, csv->column);
		error = read_field(csv, &row->fields[row->count++]);
		if (error || at_line_end(csv))
			return error;
		(void)step(csv); /* the separator */
	}
}

int csv_next(struct csv *csv, struct csv_row *row)
{
	int error;

	do {
		if (csv->at == csv->end)
			return ERR_NOT_FOUND;
		error = read_row(csv, row);
		skip_line(csv);
	} while (!error && row->count == 1 && !*row->fields[0].text);
	return error;
}
