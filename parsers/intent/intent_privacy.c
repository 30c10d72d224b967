/* Somebody's data by NIK, asked by whoever it is: never given. */
#include <string.h>

#include "parsers/intent/intent.h"
#include "parsers/intent/intent_each.h"

#define NIK_DIGITS 16
#define NAME_WORDS 5

/* "cari siti aminah 3503…": a word of looking up first, and nothing else but a name. */
static bool asks_for_person(const struct words *words)
{
	size_t at = 0, length, names = 0;

	while (at < words->count && words_phrase(words, "pengisi", at, &length) &&
		!words_phrase(words, "cari_orang", at, &length))
		at++;
	if (at == words->count || !words_phrase(words, "cari_orang", at, &length))
		return false;
	for (size_t i = at; i < words->count; i++) {
		if (words->list[i].used)
			continue;
		if (words->list[i].kind != WORD_LETTERS || words->cut)
			return false;
		names++;
	}
	return names <= NAME_WORDS;
}

/* Somebody's data by NIK: never given. */
bool intent_privacy(struct words *words, struct reading *out)
{
	char *digits = words_find_digits(words, NIK_DIGITS);
	bool asks = false, who = false;

	if (!digits || strlen(digits) != NIK_DIGITS)
		return false;
	for (size_t i = 0; i < words->count; i++) {
		size_t length;
		const char *kind = words_phrase(words, "tanya", i, &length);

		who = who || (kind && strcmp(kind, "siapa") == 0);
		if (!words->list[i].used && words_phrase(words, "cari_orang", i, &length)) {
			words_use(words, i, length);
			asks = true;
		}
	}
	words_use_class(words, "pengisi_tanya");
	words_use_class(words, "tanya");
	if (!asks || (words_unused(words) > 0 && !asks_for_person(words) &&
			     !(who && intent_is_office(words->call->context->sender))))
		return false;
	out->intent = INTENT_QUERY;
	intent_problem(out, "", PROBLEM_PRIVACY, NULL);
	return true;
}
