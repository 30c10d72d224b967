/* The message catalogue: texts per language with named placeholders, proven to fit one SMS.
 *
 * Elastic values get what the fixed ones leave; when all together are too long, the longest is
 * shortened first.
 */
#include "flows/reply/catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "parsers/text/gsm7.h"
#include "parsers/text/text.h"
#include "parsers/text/utf8.h"

#define LANGUAGES 8
#define ARGUMENTS 12

static const struct {
	const char *name;
	const char *placeholders;
} messages[] = {
#define X(id, name, placeholders) {name, placeholders},
	MESSAGES(X)
#undef X
};

struct word {
	char *key;
	char *text;
	UT_hash_handle hh;
};

struct language {
	char name[12];
	char *texts[MESSAGE_COUNT];
	struct word *words;
};

struct catalogue {
	struct language languages[LANGUAGES];
	size_t count;
};

struct catalogue *catalogue_new(void)
{
	return xcalloc(1, sizeof(struct catalogue));
}

void catalogue_free(struct catalogue *catalogue)
{
	if (catalogue == NULL)
		return;
	for (size_t i = 0; i < catalogue->count; i++) {
		struct language *language = &catalogue->languages[i];
		struct word *word, *next;

		for (size_t m = 0; m < MESSAGE_COUNT; m++)
			free(language->texts[m]);
		HASH_ITER(hh, language->words, word, next) {
			HASH_DEL(language->words, word);
			free(word->key);
			free(word->text);
			free(word);
		}
	}
	free(catalogue);
}

static const struct language *language_find(const struct catalogue *catalogue, const char *name)
{
	for (size_t i = 0; name != NULL && i < catalogue->count; i++) {
		if (strcmp(catalogue->languages[i].name, name) == 0)
			return &catalogue->languages[i];
	}
	return NULL;
}

static struct language *language_get(struct catalogue *catalogue, const char *name)
{
	struct language *language = (struct language *)language_find(catalogue, name);

	if (language != NULL || catalogue->count == LANGUAGES)
		return language;
	language = &catalogue->languages[catalogue->count];
	if (!copy_string(language->name, sizeof(language->name), name))
		return NULL;
	catalogue->count++;
	return language;
}

static int message_find(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(messages); i++) {
		if (strcmp(messages[i].name, name) == 0)
			return (int)i;
	}
	return -1;
}

const char *message_name(enum message_id id)
{
	return messages[id].name;
}

/* Is name (length octets) one of the words of list? */
static bool list_has(const char *list, const char *name, size_t length)
{
	for (const char *at = list; *at != '\0';) {
		size_t word = strcspn(at, " ");

		if (word == length && memcmp(at, name, length) == 0)
			return true;
		at += word;
		at += strspn(at, " ");
	}
	return false;
}

/* The next "{name}" at or after text: *name and *length; NULL when there is none. */
static const char *placeholder_next(const char *text, const char **name, size_t *length)
{
	const char *open = strchr(text, '{');
	const char *close = open == NULL ? NULL : strchr(open, '}');

	if (close == NULL)
		return NULL;
	*name = open + 1;
	*length = (size_t)(close - open - 1);
	return open;
}

/* Checks the placeholders of a text and adds up its longest form. */
static int text_measure(
	const char *text, const char *allowed, size_t *septets, char *detail, size_t room)
{
	struct strbuf fixed = {0};
	const char *at = text, *open, *name;
	size_t length;
	ssize_t own;
	int error = OK;

	*septets = 0;
	strbuf_puts(&fixed, "");
	while ((open = placeholder_next(at, &name, &length)) != NULL) {
		const struct width *width = width_find(name, length);

		if (!list_has(allowed, name, length) || width == NULL) {
			snprintf(detail, room, "unknown placeholder {%.*s}; known here: %s",
				(int)length, name, *allowed == '\0' ? "none" : allowed);
			error = ERR_SYNTAX;
			goto out;
		}
		strbuf_add(&fixed, at, (size_t)(open - at));
		*septets += width->septets;
		at = name + length + 1;
	}
	strbuf_puts(&fixed, at);
	own = gsm7_septets(fixed.text);
	if (own < 0) {
		snprintf(detail, room, "a character that GSM 03.38 does not have");
		error = ERR_SYNTAX;
		goto out;
	}
	*septets += (size_t)own;
out:
	strbuf_free(&fixed);
	return error;
}

/* Every placeholder of the table stands in the text. */
static int text_complete(const char *text, const char *required, char *detail, size_t room)
{
	for (const char *at = required; *at != '\0';) {
		size_t length = strcspn(at, " ");
		char mark[40];

		snprintf(mark, sizeof(mark), "{%.*s}", (int)length, at);
		if (strstr(text, mark) == NULL) {
			snprintf(detail, room, "the placeholder %s is missing", mark);
			return ERR_SYNTAX;
		}
		at += length;
		at += strspn(at, " ");
	}
	return OK;
}

int catalogue_set(struct catalogue *catalogue, const char *language, const char *name,
	const char *text, char *detail, size_t room)
{
	struct language *to;
	size_t septets, most;
	int id = message_find(name), error;

	if (id < 0) {
		snprintf(detail, room, "no message is called \"%s\"", name);
		return ERR_NOT_FOUND;
	}
	to = language_get(catalogue, language);
	if (to == NULL) {
		snprintf(detail, room, "more than %d languages, or a name that is too long",
			LANGUAGES);
		return ERR_LIMIT;
	}
	if (to->texts[id] != NULL) {
		snprintf(detail, room, "\"%s\" has a text already", name);
		return ERR_EXISTS;
	}
	error = text_measure(text, messages[id].placeholders, &septets, detail, room);
	if (error == OK)
		error = text_complete(text, messages[id].placeholders, detail, room);
	if (error != OK)
		return error;
	most = strncmp(name, "ask_", 4) == 0 ? ASK_SEPTETS : SMS_SEPTETS;
	if (septets > most) {
		snprintf(detail, room, "%zu septets with its longest values, at most %zu fit",
			septets, most);
		return ERR_LIMIT;
	}
	to->texts[id] = xstrdup(text);
	return OK;
}

int catalogue_word_set(
	struct catalogue *catalogue, const char *language, const char *key, const char *text)
{
	struct language *to = language_get(catalogue, language);
	struct word *word;
	ssize_t septets = gsm7_septets(text);

	if (to == NULL || (strncmp(key, "ask.", 4) == 0 && septets > ASK_SEPTETS))
		return ERR_LIMIT;
	if (septets < 0)
		return ERR_SYNTAX;
	HASH_FIND_STR(to->words, key, word);
	if (word != NULL)
		return ERR_EXISTS;
	word = xcalloc(1, sizeof(*word));
	word->key = xstrdup(key);
	word->text = xstrdup(text);
	HASH_ADD_KEYPTR(hh, to->words, word->key, strlen(word->key), word);
	return OK;
}

const char *catalogue_missing(const struct catalogue *catalogue, const char *language, size_t index)
{
	const struct language *in = language_find(catalogue, language);

	for (size_t i = 0; i < MESSAGE_COUNT; i++) {
		if ((in == NULL || in->texts[i] == NULL) && index-- == 0)
			return messages[i].name;
	}
	return NULL;
}

bool catalogue_has_word(const struct catalogue *catalogue, const char *language, const char *key)
{
	const struct language *in = language_find(catalogue, language);
	struct word *word = NULL;

	if (in != NULL)
		HASH_FIND_STR(in->words, key, word);
	return word != NULL;
}

const char *catalogue_word(const struct catalogue *catalogue, const char *language, const char *key)
{
	const struct language *in[2] = {
		language_find(catalogue, language), language_find(catalogue, "id")};
	struct word *word;

	for (size_t i = 0; i < COUNT_OF(in); i++) {
		if (in[i] == NULL)
			continue;
		HASH_FIND_STR(in[i]->words, key, word);
		if (word != NULL)
			return word->text;
	}
	return NULL;
}

size_t catalogue_languages(const struct catalogue *catalogue)
{
	return catalogue->count;
}

const char *catalogue_language(const struct catalogue *catalogue, size_t language)
{
	return catalogue->languages[language].name;
}

const char *catalogue_template(
	const struct catalogue *catalogue, size_t language, enum message_id id)
{
	return catalogue->languages[language].texts[id];
}

void catalogue_each_word(const struct catalogue *catalogue,
	void (*each)(const char *key, const char *word, void *context), void *context)
{
	for (size_t i = 0; i < catalogue->count; i++)
		for (const struct word *w = catalogue->languages[i].words; w; w = w->hh.next)
			each(w->key, w->text, context);
}

/* Filling in */

struct argument {
	const char *name;
	char *value; /* in the arena, only characters that GSM 03.38 has */
	size_t septets;
	size_t uses; /* how often it stands in the text */
	bool elastic;
};

static size_t uses_of(const char *text, const char *argument)
{
	const char *name;
	size_t length, uses = 0;

	while ((text = placeholder_next(text, &name, &length)) != NULL) {
		uses += strlen(argument) == length && memcmp(argument, name, length) == 0;
		text = name + length;
	}
	return uses;
}

/* What the alphabet lacks becomes "?", so that a name never turns an SMS into UCS-2 of 70
 * characters. */
static char *value_clean(struct arena *arena, const char *value)
{
	size_t left = strlen(value);
	char *clean = arena_alloc(arena, left + 1), *to = clean;

	while (left > 0) {
		int32_t codepoint;
		size_t length = utf8_next(value, left, &codepoint);

		if (codepoint < 0 || gsm7_code(codepoint) < 0) {
			*to++ = '?';
		} else {
			memcpy(to, value, length);
			to += length;
		}
		value += length;
		left -= length;
	}
	*to = '\0';
	return clean;
}

static size_t septets_of(const char *clean)
{
	ssize_t septets = gsm7_septets(clean);

	return septets < 0 ? strlen(clean) : (size_t)septets;
}

/* Cuts to at most `septets`, preferably after a word, and marks the cut with "..". */
static void value_cut(struct argument *argument, size_t septets)
{
	char *text = argument->value;
	size_t length = strlen(text), whole;

	if (argument->septets <= septets)
		return;
	if (septets < 3) {
		*text = '\0';
		argument->septets = 0;
		return;
	}
	while (length > 0 && septets_of(text) > septets - 2) {
		do
			length--;
		while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80);
		text[length] = '\0';
	}
	for (whole = length; whole > 0 && text[whole] != ' '; whole--)
		;
	if (whole > length / 2)
		length = whole;
	while (length > 0 && strchr(" ,;.", text[length - 1]) != NULL)
		length--;
	memcpy(text + length, "..", 3); /* the cut freed at least two octets */
	argument->septets = septets_of(text);
}

/* Shortens the longest elastic values until all fit. */
static void values_fit(struct argument *arguments, size_t count, size_t fixed)
{
	for (;;) {
		struct argument *longest = NULL;
		size_t total = fixed, second = 0;

		for (size_t i = 0; i < count; i++) {
			total += arguments[i].septets * arguments[i].uses;
			if (!arguments[i].elastic || arguments[i].uses == 0)
				continue;
			if (longest == NULL || arguments[i].septets > longest->septets) {
				second = longest == NULL ? 0 : longest->septets;
				longest = &arguments[i];
			} else if (arguments[i].septets > second) {
				second = arguments[i].septets;
			}
		}
		if (total <= SMS_SEPTETS || longest == NULL || longest->septets == 0)
			return;
		size_t over = (total - SMS_SEPTETS + longest->uses - 1) / longest->uses;
		size_t to = longest->septets > over ? longest->septets - over : 0;

		value_cut(longest,
			to > second ? to
				    : (second < longest->septets ? second : longest->septets - 1));
	}
}

static char *text_fill(
	struct arena *arena, const char *text, const struct argument *arguments, size_t count)
{
	struct strbuf out = {0};
	const char *at = text, *open, *name;
	size_t length;
	char *filled;

	strbuf_puts(&out, "");
	while ((open = placeholder_next(at, &name, &length)) != NULL) {
		strbuf_add(&out, at, (size_t)(open - at));
		for (size_t i = 0; i < count; i++) {
			if (strlen(arguments[i].name) == length &&
				memcmp(arguments[i].name, name, length) == 0)
				strbuf_puts(&out, arguments[i].value);
		}
		at = name + length + 1;
	}
	strbuf_puts(&out, at);
	filled = arena_strdup(arena, out.text);
	strbuf_free(&out);
	return filled;
}

/* Where a value is absent, no blank or stop of its neighbours stays behind. */
static char *text_tidy(char *text)
{
	char *to;

	text += strspn(text, " :,.");
	to = text;
	for (const char *from = text; *from != '\0'; from++) {
		if (*from == ' ' &&
			(from[1] == ' ' || from[1] == '.' || from[1] == ',' || from[1] == ':' ||
				from[1] == '\0'))
			continue;
		if (*from == ',' && to > text && to[-1] == ',')
			continue;
		*to++ = *from;
	}
	*to = '\0';
	return text;
}

char *message_text(const struct catalogue *catalogue, struct arena *arena, const char *language,
	enum message_id id, ...)
{
	const struct language *in = language_find(catalogue, language);
	struct argument arguments[ARGUMENTS];
	const char *text, *name;
	size_t count = 0, fixed;
	char *filled;
	va_list list;

	if (in == NULL || in->texts[id] == NULL)
		in = language_find(catalogue, "id");
	if (in == NULL || in->texts[id] == NULL)
		return arena_strdup(arena, ""); /* loading proves that this cannot be */
	text = in->texts[id];
	va_start(list, id);
	while ((name = va_arg(list, const char *)) != NULL && count < ARGUMENTS) {
		const char *value = va_arg(list, const char *);
		const struct width *width = width_find(name, strlen(name));
		struct argument *argument = &arguments[count++];

		argument->name = name;
		argument->value = value_clean(arena, value == NULL ? "" : value);
		argument->septets = septets_of(argument->value);
		argument->uses = uses_of(text, name);
		argument->elastic = width == NULL || width->elastic;
	}
	va_end(list);
	fixed = septets_of(text_fill(arena, text, NULL, 0));
	values_fit(arguments, count, fixed);
	for (size_t i = 0; i < count; i++)
		arguments[i].elastic = true; /* a fixed value longer than promised: cut it too */
	values_fit(arguments, count, fixed);
	filled = text_tidy(text_fill(arena, text, arguments, count));
	if (strncmp(text, "{who}", 5) == 0 && *filled >= 'a' && *filled <= 'z')
		*filled = (char)(*filled - 'a' + 'A'); /* "kader Siti": a sentence begins */
	return filled;
}
