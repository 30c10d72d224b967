/* The one writer of pages. Markup is what stands as a literal in the source; everything else is
 * escaped, so that no text of a phone, a list or a URL can become markup by accident.
 *
 * Escaping also mends: what is not UTF-8, and control characters, become U+FFFD.
 */
#ifndef WEB_HTML_H
#define WEB_HTML_H

#include "parsers/text/util.h"

struct html;
struct html *html_new(void);
void html_free(struct html *html);

/* Only a string literal compiles. */
#define html_put(html, literal) html_put_literal((html), "" literal "", sizeof(literal) - 1)
void html_put_literal(struct html *html, const char *literal, size_t length);

/* As printf, the format being markup: what %s brings is escaped for text and for attributes in
 * double quotes. Knows %s %d %zu %lld %.Nf %%. A NULL is nothing. */
void html_print(struct html *html, const char *format, ...) PRINTF(2, 3);
void html_text(struct html *html, const char *text);

const char *html_data(const struct html *html, size_t *length);

/* A URL on this server: "/pws" and pairs of name and value, NULL at the end; pairs with a NULL or
 * empty value are left out. Values are percent-encoded. */
const char *url_make(struct arena *arena, const char *path, ...) __attribute__((sentinel));
/* Is this a place on this server that a login may return to? */
bool url_is_local(const char *url);

#endif
