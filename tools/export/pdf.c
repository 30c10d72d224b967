/* PDF by hand, for one card: see pdf.h. */
#include "tools/export/pdf.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/text/error.h"
#include "parsers/text/utf8.h"

#define PAGES_MAX   16
#define FIRST_PAGE  6 /* number of its object; its stream follows it */
#define FIXED_WIDTH 600

struct pdf {
	double width, height;
	char *title;
	struct strbuf pages[PAGES_MAX];
	size_t count;
};

/* Thousandths of the size, of the characters from space to "~" (Adobe's font metrics). */
static const short plain[] = {278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,
	278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
	1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778,
	722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500,
	556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556,
	500, 722, 500, 500, 500, 334, 260, 334, 584};
static const short bold[] = {278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333,
	278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
	975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778,
	722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556,
	611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611,
	556, 778, 556, 556, 500, 389, 280, 389, 584};
_Static_assert(COUNT_OF(plain) == 95 && COUNT_OF(bold) == 95, "from space to tilde");

/* One character as Latin-1; moves on. */
static unsigned char latin1_next(const char **text)
{
	int32_t point;

	*text += utf8_next(*text, strlen(*text), &point);
	return point >= 0x20 && point <= 0xFF ? (unsigned char)point : '?';
}

double pdf_width(enum pdf_font font, double size, const char *text)
{
	double sum = 0;

	while (*text) {
		unsigned char c = latin1_next(&text);

		if (font == PDF_FIXED)
			sum += FIXED_WIDTH;
		else if (c <= '~')
			sum += font == PDF_BOLD ? bold[c - ' '] : plain[c - ' '];
		else
			sum += 556; /* most letters with accents */
	}
	return sum * size / 1000;
}

struct pdf *pdf_new(double width, double height, const char *title)
{
	struct pdf *pdf = xcalloc(1, sizeof(*pdf));

	pdf->width = width;
	pdf->height = height;
	pdf->title = xstrdup(title);
	pdf->count = 1;
	return pdf;
}

void pdf_page(struct pdf *pdf)
{
	if (pdf->count < PAGES_MAX)
		pdf->count++;
}

static void put_string(struct strbuf *out, const char *text)
{
	strbuf_puts(out, "(");
	while (*text) {
		unsigned char c = latin1_next(&text);

		if (c > '~')
			strbuf_printf(out, "\\%03o", c);
		else
			strbuf_printf(out, "%s%c", strchr("()\\", c) ? "\\" : "", c);
	}
	strbuf_puts(out, ")");
}

void pdf_text(
	struct pdf *pdf, enum pdf_font font, double size, double x, double y, const char *text)
{
	struct strbuf *page = &pdf->pages[pdf->count - 1];

	strbuf_printf(page, "BT /F%d %.2f Tf %.2f %.2f Td ", (int)font, size, x, pdf->height - y);
	put_string(page, text);
	strbuf_puts(page, " Tj ET\n");
}

void pdf_box(struct pdf *pdf, double x, double y, double width, double height, double grey)
{
	strbuf_printf(&pdf->pages[pdf->count - 1], "%.2f g %.2f %.2f %.2f %.2f re f 0 g\n", grey, x,
		pdf->height - y - height, width, height);
}

/* The objects, each with its place in the file. */
struct writer {
	struct strbuf out;
	size_t places[FIRST_PAGE + 2 * PAGES_MAX];
	size_t count;
};

static void object(struct writer *writer)
{
	writer->places[writer->count++] = writer->out.length;
	strbuf_printf(&writer->out, "%zu 0 obj\n", writer->count);
}

static void put_head(struct writer *writer, const struct pdf *pdf)
{
	static const char *const fonts[] = {"Helvetica", "Helvetica-Bold", "Courier"};

	strbuf_puts(&writer->out, "%PDF-1.4\n");
	object(writer);
	strbuf_puts(&writer->out, "<< /Type /Catalog /Pages 2 0 R >>\nendobj\n");
	object(writer);
	strbuf_puts(&writer->out, "<< /Type /Pages /Kids [");
	for (size_t i = 0; i < pdf->count; i++)
		strbuf_printf(&writer->out, " %zu 0 R", FIRST_PAGE + 2 * i);
	strbuf_printf(&writer->out, " ] /Count %zu >>\nendobj\n", pdf->count);
	for (size_t i = 0; i < COUNT_OF(fonts); i++) {
		object(writer);
		strbuf_printf(&writer->out,
			"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding "
			">>\nendobj\n",
			fonts[i]);
	}
}

static void put_page(struct writer *writer, const struct pdf *pdf, size_t page)
{
	const struct strbuf *stream = &pdf->pages[page];

	object(writer);
	strbuf_printf(&writer->out,
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] /Contents %zu 0 R "
		"/Resources << /Font << /F0 3 0 R /F1 4 0 R /F2 5 0 R >> >> >>\nendobj\n",
		pdf->width, pdf->height, FIRST_PAGE + 2 * page + 1);
	object(writer);
	strbuf_printf(&writer->out, "<< /Length %zu >>\nstream\n", stream->length);
	if (stream->text)
		strbuf_puts(&writer->out, stream->text);
	strbuf_puts(&writer->out, "endstream\nendobj\n");
}

int pdf_write(const struct pdf *pdf, FILE *out)
{
	struct writer writer = {.count = 0};
	size_t place, written;

	put_head(&writer, pdf);
	for (size_t i = 0; i < pdf->count; i++)
		put_page(&writer, pdf, i);
	object(&writer);
	strbuf_puts(&writer.out, "<< /Producer (kabarctl) /Title ");
	put_string(&writer.out, pdf->title);
	strbuf_puts(&writer.out, " >>\nendobj\n");
	place = writer.out.length;
	strbuf_printf(&writer.out, "xref\n0 %zu\n0000000000 65535 f \n", writer.count + 1);
	for (size_t i = 0; i < writer.count; i++)
		strbuf_printf(&writer.out, "%010zu 00000 n \n", writer.places[i]);
	strbuf_printf(&writer.out,
		"trailer\n<< /Size %zu /Root 1 0 R /Info %zu 0 R >>\nstartxref\n%zu\n%%%%EOF\n",
		writer.count + 1, writer.count, place);
	written = fwrite(writer.out.text, 1, writer.out.length, out);
	place = writer.out.length;
	strbuf_free(&writer.out);
	return written == place && fflush(out) == 0 ? OK : ERR_SYSTEM;
}

void pdf_free(struct pdf *pdf)
{
	for (size_t i = 0; i < PAGES_MAX; i++)
		strbuf_free(&pdf->pages[i]);
	free(pdf->title);
	free(pdf);
}
