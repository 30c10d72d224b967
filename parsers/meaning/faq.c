/* Questions of policy as data: see faq.h. */
#include "parsers/meaning/faq.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/text/error.h"

#define PHRASE_WORDS 6

struct faq_word {
	const char *text; /* of a class its name; NULL: a number */
	size_t length;
	bool is_class, any_front, any_behind;
};

struct faq_phrase {
	const struct faq_phrase *next;
	struct faq_word words[PHRASE_WORDS];
	size_t count;
};

struct faq_group {
	const struct faq_group *next;
	const struct faq_phrase *phrases;
	bool denied;
};

struct faq {
	struct faq *next; /* in the files' order */
	const char *name;
	const struct faq_group *groups;
};

struct faqs {
	struct arena *arena;
	struct faq *first, **end;
};

struct faqs *faqs_new(void)
{
	struct faqs *faqs = xcalloc(1, sizeof(*faqs));

	faqs->arena = arena_new();
	faqs->end = &faqs->first;
	return faqs;
}

void faqs_free(struct faqs *faqs)
{
	if (faqs)
		arena_free(faqs->arena);
	free(faqs);
}

/* As texts are cut: letters and digits apart. */
static size_t word_length(const char *text)
{
	size_t length = 0;

	if (*text == '<')
		return strcspn(text, ">") + (strchr(text, '>') != NULL);
	if (*text == '#')
		return 1;
	if (isdigit((unsigned char)*text))
		return strspn(text, "0123456789");
	length += *text == '*';
	while (text[length] && !isdigit((unsigned char)text[length]) &&
		!strchr(" #<*", text[length]))
		length++;
	return length + (text[length] == '*');
}

static int word_set(struct faqs *faqs, const struct lexicon *lexicon, const char *text,
	size_t length, struct faq_word *word, const char **wrong)
{
	*word = (struct faq_word){.any_front = *text == '*', .is_class = *text == '<'};
	if (*text == '#')
		return OK;
	word->any_behind = text[length - 1] == '*';
	text += word->any_front || word->is_class;
	length -= (size_t)(word->any_front || word->is_class) +
		(size_t)(word->any_behind || word->is_class);
	word->text = *wrong = arena_strndup(faqs->arena, text, length);
	word->length = length;
	if (length == 0)
		return ERR_SYNTAX;
	return word->is_class && lexicon_class(lexicon, word->text) < 0 ? ERR_NOT_FOUND : OK;
}

static int phrase_set(struct faqs *faqs, const struct lexicon *lexicon, const char *text,
	struct faq_phrase *phrase, const char **wrong)
{
	while (*(text += strspn(text, " "))) {
		size_t length = word_length(text);
		int error;

		*wrong = text;
		if (phrase->count == PHRASE_WORDS || length == 0)
			return ERR_SYNTAX;
		error = word_set(
			faqs, lexicon, text, length, &phrase->words[phrase->count++], wrong);
		if (error != OK)
			return error;
		text += length;
	}
	return phrase->count ? OK : ERR_SYNTAX;
}

/* "dua kali / # x" */
static int group_set(struct faqs *faqs, const struct lexicon *lexicon, char *text,
	struct faq_group *group, const char **wrong)
{
	char *save = NULL;

	text += strspn(text, " ");
	group->denied = *text == '!';
	for (char *part = strtok_r(text + group->denied, "/", &save); part;
		part = strtok_r(NULL, "/", &save)) {
		struct faq_phrase *phrase = arena_alloc(faqs->arena, sizeof(*phrase));
		int error = phrase_set(faqs, lexicon, part, phrase, wrong);

		if (error != OK)
			return error;
		phrase->next = group->phrases;
		group->phrases = phrase;
	}
	return group->phrases ? OK : ERR_SYNTAX;
}

int faqs_add(struct faqs *faqs, const struct lexicon *lexicon, const char *name, const char *when,
	const char **wrong)
{
	struct faq *faq = arena_alloc(faqs->arena, sizeof(*faq));
	char *save = NULL, *text = arena_strdup(faqs->arena, when);

	for (char *c = text; *c; c++)
		*c = *c == ',' ? ' ' : (char)tolower((unsigned char)*c); /* of lines that go on */
	*wrong = when;
	faq->name = arena_strdup(faqs->arena, name);
	for (char *part = strtok_r(text, "+", &save); part; part = strtok_r(NULL, "+", &save)) {
		struct faq_group *group = arena_alloc(faqs->arena, sizeof(*group));
		int error = group_set(faqs, lexicon, part, group, wrong);

		if (error != OK)
			return error;
		group->next = faq->groups;
		faq->groups = group;
	}
	if (!faq->groups)
		return ERR_SYNTAX;
	*faqs->end = faq;
	faqs->end = &faq->next;
	return OK;
}

/* How many words from one on; 0: they are others. */
static size_t word_matches(const struct words *words, size_t i, const struct faq_word *word)
{
	const struct word *told = &words->list[i];
	const char *text = words->joined + told->at;
	size_t length;

	if (i >= words->count)
		return 0;
	if (word->is_class)
		return words_phrase(words, word->text, i, &length) ? length : 0;
	if (!word->text)
		return told->kind == WORD_DIGITS;
	if (told->length < word->length || (told->length > word->length && !word->any_front &&
						   !word->any_behind))
		return 0;
	if (word->any_front && word->any_behind)
		return memmem(text, told->length, word->text, word->length) != NULL;
	text += word->any_front ? told->length - word->length : 0;
	return memcmp(text, word->text, word->length) == 0;
}

/* The letters of its words where it stands; 0: nowhere. */
static size_t phrase_matches(const struct words *words, const struct faq_phrase *phrase)
{
	for (size_t i = 0; i < words->count; i++) {
		size_t at = i, some = 1, letters = 0;

		for (size_t k = 0; k < phrase->count && some; k++, at += some)
			some = word_matches(words, at, &phrase->words[k]);
		for (size_t k = i; some && k < at; k++)
			letters += words->list[k].length;
		if (letters)
			return letters;
	}
	return 0;
}

static size_t group_matches(const struct words *words, const struct faq_group *group)
{
	size_t best = 0;

	for (const struct faq_phrase *phrase = group->phrases; phrase; phrase = phrase->next) {
		size_t letters = phrase_matches(words, phrase);

		best = letters > best ? letters : best;
	}
	return best;
}

static size_t faq_matches(const struct words *words, const struct faq *faq)
{
	size_t all = 0;

	for (const struct faq_group *group = faq->groups; group; group = group->next) {
		size_t letters = group_matches(words, group);

		if (group->denied == (letters > 0))
			return 0;
		all += letters;
	}
	return all;
}

const char *faqs_find(const struct faqs *faqs, const struct words *words)
{
	const char *best = NULL;
	size_t most = 0;

	for (const struct faq *faq = faqs ? faqs->first : NULL; faq; faq = faq->next) {
		size_t letters = faq_matches(words, faq);

		if (letters > most) {
			best = faq->name;
			most = letters;
		}
	}
	return best;
}
