/* The texts that people see: one catalogue for all languages, each text with named placeholders.
 *
 * A text is written as "Kurang: {fields}. {ask}". flows/reply/messages.def lists every message and the
 * placeholders it must have. A placeholder has a width, proven when the text is set: with its
 * longest values each text fits one SMS of 160 GSM 03.38 septets. Elastic values (names, echoes,
 * lists) are promised a least width and are shortened at run time to what is left: a reply is
 * never a second SMS.
 */
#ifndef FLOWS_CATALOGUE_H
#define FLOWS_CATALOGUE_H

#include "flows/reply/catalogue_widths.h"
#include "flows/reply/messages.def"
#include "flows/reply/template.h"
#include "parsers/text/error.h"
#include "parsers/text/util.h"

enum message_id {
#define X(id, name, placeholders) MESSAGE_##id,
	MESSAGES(X)
#undef X
	MESSAGE_COUNT
};

struct catalogue;
struct catalogue *catalogue_new(void);
void catalogue_free(struct catalogue *catalogue);

/* Sets a text. ERR_NOT_FOUND: no message of that name; ERR_EXISTS: set before; ERR_SYNTAX: an
 * unknown or missing placeholder, or a character that GSM 03.38 has not; ERR_LIMIT: too long.
 * detail says why. */
int catalogue_set(struct catalogue *catalogue, const char *language, const char *name,
	const char *text, char *detail, size_t room) MUST_CHECK;
/* A word of a language: "value.BIDAN", "label.jk", "ask.jk", "month.8", "echo.lahir". Any key. */
int catalogue_word_set(struct catalogue *catalogue, const char *language, const char *key,
	const char *word) MUST_CHECK;
/* The index-th message that a language has no text for; NULL when there is none left. */
const char *catalogue_missing(
	const struct catalogue *catalogue, const char *language, size_t index);

/* Names of messages, for "did you mean". */
const char *message_name(enum message_id id);

/* The word, else that of "id", else NULL. */
const char *catalogue_word(
	const struct catalogue *catalogue, const char *language, const char *key);
bool catalogue_has_word(const struct catalogue *catalogue, const char *language, const char *key);

/* All that is in it: texts with their slots, of the index-th language (NULL: it has none), and
 * words. */
size_t catalogue_languages(const struct catalogue *catalogue);
const char *catalogue_language(const struct catalogue *catalogue, size_t language); /* "id" */
const char *catalogue_template(
	const struct catalogue *catalogue, size_t language, enum message_id id);
void catalogue_each_word(const struct catalogue *catalogue,
	void (*each)(const char *key, const char *word, void *context), void *context);

/* The finished text, ≤ 160 septets, in the arena. After id come name, value pairs and a NULL:
 * message_text(c, arena, "id", MESSAGE_ASK, "fields", fields, "ask", ask, NULL). A language
 * without texts speaks "id". */
char *message_text(const struct catalogue *catalogue, struct arena *arena, const char *language,
	enum message_id id, ...) __attribute__((sentinel));

#endif
