/* URLs of this server: see html.h. */
#include <ctype.h>
#include <stdio.h>

#include "web/html/html.h"

static void add_encoded(struct strbuf *out, const char *value)
{
	for (; *value; value++) {
		unsigned char c = (unsigned char)*value;

		if (isalnum(c) || strchr("-._~", c))
			strbuf_putc(out, (char)c);
		else
			strbuf_printf(out, "%%%02X", c);
	}
}

const char *url_make(struct arena *arena, const char *path, ...)
{
	struct strbuf out = {0};
	const char *name, *text;
	char mark = '?';
	va_list args;

	strbuf_puts(&out, path);
	va_start(args, path);
	while ((name = va_arg(args, const char *))) {
		const char *value = va_arg(args, const char *);

		if (!value || !*value)
			continue;
		strbuf_putc(&out, mark);
		strbuf_puts(&out, name);
		strbuf_putc(&out, '=');
		add_encoded(&out, value);
		mark = '&';
	}
	va_end(args);
	text = arena_strdup(arena, out.text);
	strbuf_free(&out);
	return text;
}

bool url_is_local(const char *url)
{
	if (!url || url[0] != '/' || url[1] == '/' || url[1] == '\\')
		return false;
	for (const char *c = url; *c; c++) {
		if ((unsigned char)*c <= ' ' || *c == '\\' || *c == 0x7f)
			return false;
	}
	return true;
}
