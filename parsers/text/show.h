/* Text that others wrote, for a terminal, a log line or a page.
 *
 * What would move the cursor, change colours, turn the direction of writing, or cannot be seen is
 * written out: "<U+009B>", "<U+202E>", "<U+200B>"; an octet that is no UTF-8 "<9B>". Letters of all
 * writings, accents and emoji stay as they are.
 */
#ifndef PARSERS_SHOW_H
#define PARSERS_SHOW_H

#include "parsers/text/util.h"

enum show {
	SHOW_LINE,  /* on one line: the ends of lines and tabs are written out too */
	SHOW_FLAT,  /* on one line: they are blanks */
	SHOW_LINES, /* several lines of our own with text of others in them: they stay */
	SHOW_JSON,  /* JSON that stays the same JSON: escapes as "\u202e" inside its strings */
};

/* Nothing in it has to be written out: most text. */
bool text_is_plain(const char *text);
void show_text(struct strbuf *out, const char *text, enum show how);
char *text_shown(struct arena *arena, const char *text, enum show how);

#endif
