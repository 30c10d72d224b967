/* The message catalogue: texts per language with named placeholders, proven to fit one SMS. */
#include "flows/reply/catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/text/gsm7.h"
#include "parsers/text/hash.h"

#define LANGUAGES 8

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
	struct template *texts[MESSAGE_COUNT];
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
			template_free(language->texts[m]);
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
	to->texts[id] = template_new(text);
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
	const struct language *in = language_find(catalogue, language);
	size_t length = strlen(key);
	unsigned hash = hash_octets(key, length);
	struct word *word = NULL;

	if (in != NULL)
		HASH_FIND_BYHASHVALUE(hh, in->words, key, length, hash, word);
	if (word == NULL && (in == NULL || strcmp(in->name, "id") != 0)) {
		in = language_find(catalogue, "id");
		if (in != NULL)
			HASH_FIND_BYHASHVALUE(hh, in->words, key, length, hash, word);
	}
	return word == NULL ? NULL : word->text;
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
	const struct template *template = catalogue->languages[language].texts[id];

	return template == NULL ? NULL : template_text(template);
}

void catalogue_each_word(const struct catalogue *catalogue,
	void (*each)(const char *key, const char *word, void *context), void *context)
{
	for (size_t i = 0; i < catalogue->count; i++)
		for (const struct word *w = catalogue->languages[i].words; w; w = w->hh.next)
			each(w->key, w->text, context);
}

char *message_text(const struct catalogue *catalogue, struct arena *arena, const char *language,
	enum message_id id, ...)
{
	const struct language *in = language_find(catalogue, language);
	struct argument arguments[ARGUMENTS_MOST];
	const char *name;
	size_t count = 0;
	va_list list;

	if (in == NULL || in->texts[id] == NULL)
		in = language_find(catalogue, "id");
	if (in == NULL || in->texts[id] == NULL)
		return arena_strdup(arena, ""); /* loading proves that this cannot be */
	va_start(list, id);
	while (count < ARGUMENTS_MOST && (name = va_arg(list, const char *)) != NULL)
		arguments[count++] = (struct argument){name, va_arg(list, const char *)};
	va_end(list);
	return template_fill(in->texts[id], arena, arguments, count);
}
