/* Pages of text, lines and grey boxes as PDF 1.4, with the standard fonts that every reader has.
 * Units are points from the page's upper left corner; texts are UTF-8, what Latin-1 lacks becomes
 * "?". */
#ifndef TOOLS_PDF_H
#define TOOLS_PDF_H

#include <stdio.h>

#include "parsers/text/util.h"

enum pdf_font { PDF_PLAIN, PDF_BOLD, PDF_FIXED };

#define PDF_A5_WIDTH  419.53
#define PDF_A5_HEIGHT 595.28

struct pdf;

struct pdf *pdf_new(double width, double height, const char *title);
void pdf_page(struct pdf *pdf); /* the next one; the first is there */
/* y: of the line that letters stand on */
void pdf_text(
	struct pdf *pdf, enum pdf_font font, double size, double x, double y, const char *text);
void pdf_box(struct pdf *pdf, double x, double y, double width, double height,
	double grey); /* 0: black */
double pdf_width(enum pdf_font font, double size, const char *text);
int pdf_write(const struct pdf *pdf, FILE *out) MUST_CHECK; /* ERR_SYSTEM */
void pdf_free(struct pdf *pdf);

#endif
