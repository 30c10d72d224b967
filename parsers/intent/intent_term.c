/* What a word means: "arti krst", "bgm itu apa", "beda k1 murni sm k1 apa". */
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/intent/intent_asking.h"
#include "parsers/intent/intent_each.h"

#define TERMS_MOST    2
#define FEW_WORDS     4 /* "bgm niku nopo nggih" */
#define NUMBER_DIGITS 2 /* more are no score */

/* "O", "huruf D": the letter of a session; NULL. */
static const char *letter_at(const struct words *words, size_t i)
{
	size_t length;

	return words->list[i].length == 1 ? words_phrase(words, "huruf_skdn", i, &length) : NULL;
}

/* "apa bedanya O sama B di skdn": the form says where the letters stand. */
static bool is_their_form(const struct words *words, const char *term)
{
	bool letters = false;

	for (size_t i = 0; i < words->count; i++)
		letters |= letter_at(words, i) != NULL;
	for (size_t i = 0; letters && i < words->nform; i++)
		if (words->forms[i]->held && same_name(words->forms[i]->name, term))
			return true;
	return false;
}

/* What the word at i is explained by: a term, or what is counted. */
static const char *term_at(const struct words *words, size_t i, size_t *length)
{
	size_t counted;
	const char *term = words_phrase(words, "istilah", i, length),
		   *indicator = words_phrase(words, "indikator", i, &counted);

	if (term && (!indicator || *length >= counted))
		return term;
	if (!indicator && letter_at(words, i)) {
		*length = 1;
		return letter_at(words, i);
	}
	*length = indicator ? counted : 0;
	return indicator;
}

/* Asked by a word, or of two how they differ. */
static bool asks_meaning(struct words *words, size_t terms)
{
	if (words_use_any(words, "arti") ||
		(terms == 1 && words->count <= FEW_WORDS && words_use_any(words, "apa_kata")))
		return true; /* "bgm niku nopo" */
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

	if (!words_have(words, "arti") && !words_have(words, "beda_kata") &&
		!(words->count <= FEW_WORDS && words_have(words, "apa_kata")))
		return false;
	for (size_t i = 0; i < words->count; i++) {
		const char *term = term_at(words, i, &length);

		if (!term)
			continue;
		words_use(words, i, length);
		if (is_their_form(words, term))
			continue;
		if (count == TERMS_MOST)
			return false;
		terms[count++] = term;
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

/* One of the things that are told by codes, by its word; else by the code itself. */
static const char *code_told(struct words *words, const struct form_field *field)
{
	const char *code = NULL;
	size_t length = 0;

	for (size_t i = 0; i < words->count && !code; i++) {
		code = words_phrase(words, field->words, i, &length);
		words_use(words, i, code ? length : 0);
	}
	for (size_t k = 0; k < field->nchoice && !code; k++) {
		for (size_t i = 0; i < words->count && !code; i++) {
			length = words->list[i].used ? 0 : words_spell(words, i, field->choices[k]);
			code = length > 0 ? field->choices[k] : NULL;
			words_use(words, i, length);
		}
	}
	return code;
}

bool intent_code_asked(struct words *words, struct reading *out)
{
	const struct form_field *field = NULL;
	const char *code;

	if (!words_have(words, "kode_kata"))
		return false; /* nearly always */
	for (size_t i = 0; i < words->nform && !field; i++)
		if (words->forms[i]->outbreak)
			field = form_field(words->forms[i], words->forms[i]->outbreak->by);
	words_use_class(words, "kode_kata");
	words_use_class(words, "kode_sekitar");
	code = field && field->words ? code_told(words, field) : NULL;
	words_use_class(words, "pengisi_tanya");
	words_use_class(words, "arti");
	words_use_class(words, "tanya");
	if (!code || words_unused(words) > 0)
		return false;
	out->intent = INTENT_HELP;
	out->topic = arena_printf(words->call->arena, "%s.%s", field->name, code);
	return true;
}
