/* A PIN in a text, whatever else the text says. See secret.h. */
#include "flows/turn/secret.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define DIGITS_LEAST 4
#define PHONE_LEAST  9

/* Behind the word PIN. NULL: there is none. */
static const char *behind_pin(const char *text)
{
	for (const char *at = text; (at = strpbrk(at, "pP")) != NULL; at++) {
		bool begins = at == text || !isalpha((unsigned char)at[-1]);

		if (begins && strncasecmp(at, "pin", 3) == 0 && !isalpha((unsigned char)at[3]))
			return at + 3;
	}
	return NULL;
}

/* RESET PIN 0812…: nobody's PIN. */
static bool is_phone(const char *digits, size_t length)
{
	return length >= PHONE_LEAST && (*digits == '0' || strncmp(digits, "62", 2) == 0);
}

const char *flow_secret(struct arena *arena, const char *text)
{
	const char *begin = behind_pin(text);
	char *masked, *at;
	size_t hidden = 0;

	if (begin == NULL)
		return NULL;
	masked = arena_strdup(arena, text);
	at = masked + (begin - text);
	while (*at != '\0') {
		size_t length = strspn(at, "0123456789");

		if (length > 0 && !is_phone(at, length)) {
			memset(at, '*', length);
			hidden += length;
		}
		at += length > 0 ? length : 1;
	}
	return hidden >= DIGITS_LEAST ? masked : NULL;
}
