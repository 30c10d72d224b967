/* Words without links and foreign numbers. See plain.h. */
#include "flows/alert/plain.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "parsers/text/phone.h"

#define NUMBER_DIGITS 7 /* shorter ones are ages, days, weights */

static const char *const signs[] = {
	"://", "www.", ".com", ".id/", ".ly/", ".me/", ".net", ".org", ".xyz", ".top"};

static bool is_link(const char *word)
{
	for (size_t i = 0; i < COUNT_OF(signs); i++) {
		if (strcasestr(word, signs[i]) != NULL)
			return true;
	}
	return false;
}

static bool foreign_number(const char *word, const char *own)
{
	char phone[PHONE_TEXT];
	size_t digits = 0;

	for (const char *at = word; *at != '\0'; at++)
		digits += isdigit((unsigned char)*at) != 0;
	return digits >= NUMBER_DIGITS &&
		!(phone_normalise(word, phone) && strcmp(phone, own) == 0);
}

const char *plain_words(struct arena *arena, const char *text, const char *own)
{
	struct strbuf out = {0};
	const char *plain;

	strbuf_puts(&out, "");
	while (*text != '\0') {
		size_t gap = strspn(text, " \t\r\n"), length = strcspn(text + gap, " \t\r\n");
		const char *word = arena_strndup(arena, text + gap, length);

		if (length > 0 && !is_link(word) && !foreign_number(word, own))
			strbuf_printf(&out, "%s%s", out.length > 0 ? " " : "", word);
		text += gap + length;
	}
	plain = arena_strdup(arena, out.text);
	strbuf_free(&out);
	return plain;
}
