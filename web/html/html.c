/* The escaping writer: see html.h. */
#include "web/html/html.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define REPLACEMENT "\xef\xbf\xbd"
#define SPEC_ROOM   16

struct html {
	struct strbuf out;
};

struct html *html_new(void)
{
	struct html *html = xcalloc(1, sizeof(*html));

	strbuf_puts(&html->out, "");
	return html;
}

void html_free(struct html *html)
{
	if (!html)
		return;
	strbuf_free(&html->out);
	free(html);
}

void html_put_literal(struct html *html, const char *literal, size_t length)
{
	strbuf_add(&html->out, literal, length);
}

static const char *entity(unsigned char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	default: return c == 0x7f || (c < ' ' && c != '\n' && c != '\t') ? REPLACEMENT : NULL;
	}
}

void html_text(struct html *html, const char *text)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)(text ? text : "");

	while (*at) {
		utf8proc_int32_t code;
		const char *name = *at < 0x80 ? entity(*at) : NULL;
		utf8proc_ssize_t length = *at < 0x80 ? 1 : utf8proc_iterate(at, -1, &code);

		if (length < 1) {
			name = REPLACEMENT;
			length = 1;
		} else if (*at == 0xc2 && at[1] < 0xa0) {
			name = REPLACEMENT; /* a C1 control */
		}
		if (name)
			strbuf_puts(&html->out, name);
		else
			strbuf_add(&html->out, at, (size_t)length);
		at += length;
	}
}

/* One conversion; format stands behind the '%'. Returns what comes after it. */
static const char *convert(struct html *html, const char *format, va_list *args)
{
	char spec[SPEC_ROOM], number[64];
	size_t length = strcspn(format, "sdfu");

	snprintf(spec, sizeof(spec), "%%%.*s", (int)length + 1, format);
	if (format[length] == 's') {
		html_text(html, va_arg(*args, const char *));
		return format + length + 1;
	}
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	if (format[length] == 'f')
		snprintf(number, sizeof(number), spec, va_arg(*args, double));
	else if (strncmp(format, "ll", 2) == 0)
		snprintf(number, sizeof(number), spec, va_arg(*args, long long));
	else if (*format == 'z')
		snprintf(number, sizeof(number), spec, va_arg(*args, size_t));
	else
		snprintf(number, sizeof(number), spec, va_arg(*args, int));
#pragma GCC diagnostic pop
	strbuf_puts(&html->out, number);
	return format + length + 1;
}

void html_print(struct html *html, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	while (*format) {
		size_t plain = strcspn(format, "%");

		strbuf_add(&html->out, format, plain);
		format += plain;
		if (format[0] == '%' && format[1] == '%') {
			strbuf_putc(&html->out, '%');
			format += 2;
		} else if (*format == '%') {
			format = convert(html, format + 1, &args);
		}
	}
	va_end(args);
}

const char *html_data(const struct html *html, size_t *length)
{
	*length = html->out.length;
	return html->out.text;
}
