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

		who = who || (kind && same_name(kind, "siapa"));
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

/* Something is asked: by a word, or by how it ends. */
static bool asks_at_all(const struct words *words)
{
	static const char *const asking[] = {"kapan", "masuk_belum", "atau_tidak"};
	const char *text = words->call->text;
	size_t length = strlen(text);
	bool asks = length > 0 && text[length - 1] == '?';

	for (size_t i = 0; i < words->count && !asks; i++) {
		const char *kind = words_phrase(words, "tanya", i, &length);

		asks = kind && (*kind == 't' || *kind == 's'); /* "tanya", "siapa" */
		for (size_t k = 0; k < COUNT_OF(asking) && i > 0 && !asks; k++)
			asks = words_phrase(words, asking[k], i, &length) != NULL;
	}
	return asks;
}

bool intent_person_asked(struct words *words, struct reading *out)
{
	bool person = false;

	if (words_tell_death(words) || !asks_at_all(words))
		return false;
	for (size_t i = 0; i < words->count && !person; i++) {
		size_t length, more;
		const char *whose = words_phrase(words, "gelar", i, &length);

		person = (words->list[i].kind == WORD_DIGITS &&
				 words->list[i].length == NIK_DIGITS) ||
			(whose && same_name(whose, "bayi") &&
				(words_have(words, "indikator") ||
					words_have(words, "arah_tanya") ||
					words_have(words, "ukuran_isian")) &&
				i + length < words->count &&
				!words_phrase(words, "pengisi_tanya", i + length, &more));
	}
	if (!person)
		return false;
	out->intent = INTENT_QUERY;
	intent_problem(out, "", PROBLEM_PRIVACY, NULL);
	return true;
}
