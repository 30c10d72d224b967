/* A text with named slots, cut once into what stands between them: "Kurang: {fields}. {ask}".
 *
 * Elastic values get what the fixed ones leave; when all together are too long, the longest is
 * shortened first.
 */
#ifndef FLOWS_REPLY_TEMPLATE_H
#define FLOWS_REPLY_TEMPLATE_H

#include "parsers/text/util.h"

#define SMS_SEPTETS	160
#define ARGUMENTS_MOST 12

struct template;
struct template *template_new(const char *text);
void template_free(struct template *template);
const char *template_text(const struct template *template);

bool template_fits(const char *text); /* as it is, into one SMS */

/* The next "{name}" at or after text: *name and *length; NULL when there is none. */
const char *placeholder_next(const char *text, const char **name, size_t *length);

struct argument {
	const char *name, *value; /* value NULL: none */
};

/* The finished text, at most SMS_SEPTETS, only characters that GSM 03.38 has. */
char *template_fill(const struct template *template, struct arena *arena,
	const struct argument *arguments, size_t count);

#endif
