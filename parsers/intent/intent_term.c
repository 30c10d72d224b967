/* What a word means: "arti krst", "bgm itu apa", "beda k1 murni sm k1 apa". */
#include <string.h>

#include "parsers/intent/intent_each.h"

#define TERMS_MOST    2
#define NUMBER_DIGITS 2 /* more are no score */

/* What the word at i is explained by: a term, or what is counted. */
static const char *term_at(const struct words *words, size_t i, size_t *length)
{
	size_t counted;
	const char *term = words_phrase(words, "istilah", i, length),
		   *indicator = words_phrase(words, "indikator", i, &counted);

	if (term && (!indicator || *length >= counted))
		return term;
	*length = indicator ? counted : 0;
	return indicator;
}

/* Asked by a word, or of two how they differ. */
static bool asks_meaning(struct words *words, size_t terms)
{
	if (words_use_any(words, "arti"))
		return true;
	return terms == TERMS_MOST && words_use_any(words, "beda_kata") &&
		words_use_any(words, "beda_apa");
}

/* "skor poedji rochjati 10 itu masuk apa": the number of it that is asked about. */
static void use_its_number(struct words *words)
{
	for (size_t i = 1; i < words->count; i++)
		if (words->list[i].kind == WORD_DIGITS && words->list[i].length <= NUMBER_DIGITS &&
			words->list[i - 1].used)
			words_use(words, i, 1);
}

bool intent_term_asked(struct words *words, struct reading *out)
{
	const char *terms[TERMS_MOST];
	size_t count = 0, length;

	if (!words_have(words, "arti") && !words_have(words, "beda_kata"))
		return false;
	for (size_t i = 0; i < words->count; i++) {
		const char *term = term_at(words, i, &length);

		if (!term)
			continue;
		if (count == TERMS_MOST)
			return false;
		terms[count++] = term;
		words_use(words, i, length);
		i += length - 1;
	}
	if (count == 0 || !asks_meaning(words, count))
		return false;
	use_its_number(words);
	words_use_class(words, "beda_kata");
	words_use_class(words, "dan_juga");
	words_use_class(words, "pengisi_tanya");
	words_use_class(words, "tanya");
	if (words_unused(words) > 0)
		return false;
	out->intent = INTENT_HELP;
	out->topic = count == 1 ? terms[0]
		: arena_printf(words->call->arena, "%s %s", terms[0], terms[1]);
	return true;
}
