/* Our own texts, cut into words and slots: see said.h. */
#include <stdlib.h>
#include <string.h>

#include "parsers/text/text.h"
#include "parsers/words/said_texts.h"

#define ANCHOR_AMONG  3 /* a cut message has these */
#define LETTERS_LEAST 6 /* in words; of fewer also the signs in front of slots count */

struct said *said_new(void)
{
	return xcalloc(1, sizeof(struct said));
}

void said_free(struct said *said)
{
	struct anchor *anchor, *next;

	if (!said)
		return;
	HASH_ITER (hh, said->anchors, anchor, next) {
		while (anchor->texts) {
			struct text *text = anchor->texts;

			anchor->texts = text->next;
			free(text);
		}
		HASH_DEL(said->anchors, anchor);
		free(anchor);
	}
	while (said->loose) {
		struct text *text = said->loose;

		said->loose = text->next;
		free(text);
	}
	for (size_t i = 0; i < said->nvocabulary; i++) {
		struct vocabulary *vocabulary = &said->vocabularies[i];

		for (size_t j = 0; j < vocabulary->count; j++)
			free(vocabulary->phrases[j]);
		free(vocabulary->phrases);
	}
	free(said);
}

struct vocabulary *said_vocabulary(const struct said *said, const char *name)
{
	for (size_t i = 0; i < said->nvocabulary; i++)
		if (!strcmp(said->vocabularies[i].name, name))
			return (struct vocabulary *)&said->vocabularies[i];
	return NULL;
}

void said_phrase(struct said *said, const char *name, const char *phrase)
{
	struct vocabulary *to = said_vocabulary(said, name);
	struct arena *arena = arena_new();
	struct said_words *words = arena_raw(arena, said_words_size(SAID_WORDS));

	if (!to && said->nvocabulary < VOCABULARIES) {
		to = &said->vocabularies[said->nvocabulary++];
		to->name = name;
	}
	if (to) {
		size_t n = to->count++;

		to->phrases = xrealloc(to->phrases, to->count, sizeof(*to->phrases));
		said_words_cut(words, text_fold(arena, phrase));
		to->phrases[n] = xcalloc(1, said_words_size(words->count));
		memcpy(to->phrases[n], words, said_words_size(words->count));
		if (words->count > 0)
			said_first(to, words->list[0].hash, true);
	}
	arena_free(arena);
}

static bool add_words(struct text *text, const struct said_words *words, char sign)
{
	for (size_t i = 0; i < words->count; i++) {
		if (text->count == ELEMENTS_MAX)
			return false;
		text->list[text->count++] = (struct element){.hash = words->list[i].hash,
			.length = words->list[i].length,
			.sign = i == 0 && words->list[0].sign == ' ' ? sign : words->list[i].sign};
		text->sieve |= said_word_bit(words->list[i].hash);
	}
	return true;
}

/* Cuts "{ref} dikoreksi: {changes}." into elements; false: it has too many. */
static bool cut_text(
	struct text *out, const char *folded, said_slot_of *slot, struct said_words *words)
{
	char *copy = xstrdup(folded), *at = copy;
	bool fits = true;

	while (fits && *at) {
		char *open = strchr(at, '{'), *close = open ? strchr(open, '}') : NULL;
		char sign;

		if (close)
			*open = '\0';
		said_words_cut(words, at);
		fits = add_words(out, words, ' ');
		sign = words->end_sign;
		out->end_sign = sign;
		if (!close)
			break;
		if (out->count == ELEMENTS_MAX)
			fits = false;
		else
			out->list[out->count++] = (struct element){.is_slot = true,
				.slot = slot(open + 1, (size_t)(close - open - 1)),
				.sign = sign};
		at = close + 1;
	}
	free(copy);
	return fits;
}

/* Letters of its words, and what its slots may add. */
static size_t most_weight(const struct text *text, size_t *letters)
{
	size_t weight = 0;

	*letters = 0;
	for (size_t i = 0; i < text->count; i++) {
		const struct element *element = &text->list[i];

		*letters += element->is_slot ? 0 : element->length;
		if (!element->is_slot)
			weight += element->length;
		else if (element->slot.kind != SAID_ANY)
			weight += WEIGHT_REF;
	}
	return weight;
}

/* The word that a message is looked through for; NULL: there is none. */
static const struct element *anchor_word(const struct text *text)
{
	const struct element *best = NULL;
	size_t seen = 0;

	for (size_t i = 0; i < text->count && seen < ANCHOR_AMONG; i++) {
		const struct element *element = &text->list[i];

		if (element->is_slot)
			continue;
		seen++;
		if (!best || element->length > best->length)
			best = element;
	}
	return best;
}

/* What nobody leaves out who sends it back: its colons; all signs of one that says little. */
static uint64_t signs_needed(const struct text *text)
{
	uint64_t signs = text->strict ? said_sign_bit(text->end_sign) : 0;

	for (size_t i = 1; i < text->count; i++)
		if (text->loose || (text->strict && !text->list[i].is_slot) ||
			text->list[i].sign == ':')
			signs |= said_sign_bit(text->list[i].sign);
	return signs;
}

bool said_add(struct said *said, const char *name, const char *text, said_slot_of *slot)
{
	struct arena *arena = arena_new();
	struct text *to = xcalloc(1, sizeof(*to) + ELEMENTS_MAX * sizeof(to->list[0]));
	struct said_words *words = arena_raw(arena, said_words_size(SAID_WORDS));
	const struct element *word = NULL;
	struct anchor *anchor;
	size_t weight, letters, signs = 0;
	bool fits;

	to->name = name;
	fits = cut_text(to, text_fold(arena, text), slot, words);
	arena_free(arena);
	weight = most_weight(to, &letters);
	to->strict = letters < WEIGHT_WHOLE;
	to->loose = letters < LETTERS_LEAST;
	for (size_t i = 0; i < to->count; i++) {
		signs += to->list[i].sign != ' ';
		to->refers |= to->list[i].is_slot &&
			(to->list[i].slot.kind == SAID_REF || to->list[i].slot.kind == SAID_LIST);
	}
	to->signs = signs_needed(to);
	if (!fits || weight < WEIGHT_STRICT || (to->loose && signs == 0)) {
		free(to);
		return false;
	}
	to = xrealloc(to, 1, sizeof(*to) + to->count * sizeof(to->list[0]));
	word = anchor_word(to);
	if (!word) {
		to->next = said->loose;
		said->loose = to;
		return true;
	}
	HASH_FIND(hh, said->anchors, &word->hash, sizeof(word->hash), anchor);
	if (!anchor) {
		anchor = xcalloc(1, sizeof(*anchor));
		anchor->hash = word->hash;
		HASH_ADD(hh, said->anchors, hash, sizeof(anchor->hash), anchor);
	}
	to->next = anchor->texts;
	anchor->texts = to;
	return true;
}
