/* Shared runs of words: see overlap.h. */
#include "parsers/text/overlap.h"

#include <ctype.h>
#include <string.h>

struct overlap_words {
	struct {
		uint32_t hash;
		unsigned short at, length;
	} list[OVERLAP_WORDS];
	size_t count, letters;
};

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) || (c & 0x80);
}

static void cut(const char *text, struct overlap_words *words)
{
	size_t at = 0;

	words->count = words->letters = 0;
	while (text[at] && at < UINT16_MAX && words->count < OVERLAP_WORDS) {
		size_t start = at;
		uint32_t hash = 2166136261u;

		while (is_letter(text[at]))
			hash = (hash ^ (unsigned char)text[at++]) * 16777619u;
		if (at == start) {
			at++;
			continue;
		}
		words->list[words->count].hash = hash;
		words->list[words->count].at = (unsigned short)start;
		words->list[words->count++].length = (unsigned short)(at - start);
		words->letters += at - start;
	}
}

/* Runs of words that both have begin where the first of them stands in both. Few texts share any
 * word: those are told apart by a set of the words' hashes. */
static uint64_t set_of(const struct overlap_words *words)
{
	uint64_t set = 0;

	for (size_t i = 0; i < words->count; i++)
		set |= UINT64_C(1) << (words->list[i].hash >> 26);
	return set;
}

struct overlap text_overlap(const char *first, const char *second)
{
	struct overlap_words a, b;
	uint64_t set;
	struct overlap out = {0};
	unsigned short run[2][OVERLAP_WORDS + 1] = {{0}}; /* of the row before, and this one */

	cut(first, &a);
	cut(second, &b);
	set = set_of(&b);
	out.first_letters = a.letters;
	out.second_letters = b.letters;
	for (size_t i = 0; i < a.count; i++) {
		const unsigned short *before = run[(i + 1) & 1];
		unsigned short *now = run[i & 1];

		if (!(set >> (a.list[i].hash >> 26) & 1)) { /* surely none is the same */
			memset(now, 0, (b.count + 1) * sizeof(*now));
			continue;
		}
		for (size_t j = 0; j < b.count; j++) {
			bool same = a.list[i].hash == b.list[j].hash &&
				a.list[i].length == b.list[j].length;

			now[j + 1] = (unsigned short)(same ? before[j] + 1 : 0);
			if (now[j + 1] > out.words) {
				out.words = now[j + 1];
				out.from = a.list[i + 1 - out.words].at;
				out.to = (size_t)a.list[i].at + a.list[i].length;
			}
		}
	}
	for (size_t i = out.from; i < out.to; i++)
		out.letters += is_letter(first[i]);
	return out;
}

struct overlap_words *overlap_cut(struct arena *arena, const char *folded)
{
	struct overlap_words *words = arena_raw(arena, sizeof(*words));

	cut(folded, words);
	return words;
}

struct overlap_sketch overlap_sketch(const char *folded)
{
	struct overlap_words words;

	cut(folded, &words);
	return (struct overlap_sketch){set_of(&words), (uint32_t)words.letters};
}

size_t overlap_letters(const struct overlap_words *words)
{
	return words->letters;
}

size_t overlap_most(const struct overlap_words *words, const struct overlap_sketch *other)
{
	size_t letters = 0;

	for (size_t i = 0; i < words->count; i++) {
		if (other->words >> (words->list[i].hash >> 26) & 1)
			letters += words->list[i].length;
	}
	return letters;
}
