/* Text that others wrote, made visible: see show.h. */
#include "parsers/text/show.h"

#include <utf8proc.h>

#include "parsers/text/text.h"
#include "parsers/text/utf8.h"

bool text_is_plain(const char *text)
{
	while (*text >= ' ' && *text < 0x7f)
		text++;
	return *text == '\0';
}

/* Fillers of Hangul, selectors and the like: letters and accents by name, nothing to see. */
static bool is_blank_letter(int32_t c)
{
	return c == 0x34F || c == 0x115F || c == 0x1160 || c == 0x17B4 || c == 0x17B5 ||
		(c >= 0x180B && c <= 0x180F) || c == 0x3164 || c == 0xFFA0 ||
		(c >= 0xFE00 && c < 0xFE0E) || (c >= 0xE0000 && c < 0xE1000);
}

/* Emoji that are younger than our tables. */
static bool is_new_emoji(int32_t c)
{
	return c >= 0x1F000 && c < 0x1FB00;
}

/* Whether a terminal does something else than draw it. */
static bool is_hidden(int32_t c)
{
	if (c < 0x80)
		return c < ' ' || c == 0x7f;
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return true;
	case UTF8PROC_CATEGORY_CN:
		return !is_new_emoji(c);
	default:
		return is_blank_letter(c);
	}
}

/* "\ud83d\ude4f": JSON has no shorter way beyond the first 65,536. */
static void put_json(struct strbuf *out, int32_t c)
{
	if (c < 0x10000)
		strbuf_printf(out, "\\u%04x", (unsigned)c);
	else
		strbuf_printf(out, "\\u%04x\\u%04x", 0xD800u + ((unsigned)(c - 0x10000) >> 10),
			0xDC00u + ((unsigned)(c - 0x10000) & 0x3FFu));
}

/* The end of a line or a tab. */
static void put_blank(struct strbuf *out, int32_t c, enum show how)
{
	if (how == SHOW_FLAT)
		strbuf_putc(out, ' ');
	else if (how == SHOW_LINE)
		strbuf_printf(out, "<U+%04X>", (unsigned)c);
	else
		strbuf_putc(out, (char)c);
}

void show_text(struct strbuf *out, const char *text, enum show how)
{
	size_t left = strlen(text);

	strbuf_add(out, "", 0);
	while (left > 0) {
		int32_t c;
		size_t used = utf8_next(text, left, &c);

		if (c == '\n' || c == '\t')
			put_blank(out, c, how);
		else if (c < 0 && how == SHOW_JSON)
			strbuf_puts(out, "\\ufffd");
		else if (c < 0)
			strbuf_printf(out, "<%02X>", (unsigned char)*text);
		else if (is_hidden(c) && how == SHOW_JSON)
			put_json(out, c);
		else if (is_hidden(c))
			strbuf_printf(out, "<U+%04X>", (unsigned)c);
		else
			strbuf_add(out, text, used);
		text += used;
		left -= used;
	}
}

char *text_shown(struct arena *arena, const char *text, enum show how)
{
	struct strbuf out = {0};
	char *shown;

	if (text_is_plain(text))
		return arena_strdup(arena, text);
	show_text(&out, text, how);
	shown = arena_strdup(arena, out.text);
	strbuf_free(&out);
	return shown;
}
