/* Usage lines as data: see ctl_usage.h. */
#include "tools/common/ctl_usage.h"

#include <ctype.h>
#include <string.h>

static bool is_option_char(char c)
{
	return islower((unsigned char)c) || isdigit((unsigned char)c) || c == '-';
}

static size_t option_length(const char *at)
{
	size_t length = 2;

	while (is_option_char(at[length]))
		length++;
	return length;
}

/* " N", " FILE", " \"FULL NAME\"": a value is written in capitals, or with a number sign. */
static bool takes_value(const char *behind)
{
	return behind[0] == ' ' &&
		(isupper((unsigned char)behind[1]) || behind[1] == '"' ||
			isdigit((unsigned char)behind[1]));
}

static const char *next_option(const char *at)
{
	const char *found = strstr(at, "--");

	while (found && !islower((unsigned char)found[2]))
		found = strstr(found + 2, "--");
	return found;
}

static bool came_before(const char *usage, const char *option, size_t length)
{
	for (const char *at = next_option(usage); at && at < option; at = next_option(at + 2)) {
		if (option_length(at) == length && memcmp(at, option, length) == 0)
			return true;
	}
	return false;
}

void usage_options(const char *usage,
	void (*take)(const char *option, size_t length, bool value, void *context), void *context)
{
	for (const char *at = next_option(usage); at; at = next_option(at + 2)) {
		size_t length = option_length(at);

		if (!came_before(usage, at, length))
			take(at, length, takes_value(at + length), context);
	}
}

bool usage_has(const char *usage, const char *argument, bool *value)
{
	size_t wanted = strcspn(argument, "=");

	for (const char *at = next_option(usage); at; at = next_option(at + 2)) {
		size_t length = option_length(at);

		if (length != wanted || memcmp(at, argument, length) != 0)
			continue;
		*value = takes_value(at + length) && argument[wanted] == '\0';
		return true;
	}
	return false;
}

/* One form of a command: "import areas|people FILE.csv". */
static void words_of(const char *form, size_t length,
	void (*take)(const char *word, size_t length, void *context), void *context)
{
	const char *end = form + length, *at = memchr(form, ' ', length);

	while (at && at + 1 < end) {
		const char *word = at + 1;
		size_t letters = 0;

		while (word + letters < end && is_option_char(word[letters]))
			letters++;
		if (letters == 0 || word[0] == '-')
			return;
		take(word, letters, context);
		at = word + letters < end && word[letters] == '|' ? word + letters : NULL;
	}
}

void usage_words(const char *usage, void (*take)(const char *word, size_t length, void *context),
	void *context)
{
	while (*usage) {
		const char *bar = strstr(usage, " | ");
		size_t length = bar ? (size_t)(bar - usage) : strlen(usage);

		words_of(usage, length, take, context);
		usage += length + (bar ? 3 : 0);
	}
}
