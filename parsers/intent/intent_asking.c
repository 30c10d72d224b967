/* Everyday words as they are shortened in SMS, "posyandu mn yg plg bnyk": a question is read with
 * the long forms in their place. And what a question names though it is not understood. */
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/intent/intent_asking.h"

/* The long form of the word at i; NULL: it is none, or the letter of a number ("q 2"). */
static const char *long_form(const struct words *words, size_t i)
{
	const struct word *word = &words->list[i];

	if (word->kind != WORD_LETTERS ||
		(i + 1 < words->count && words->list[i + 1].kind == WORD_DIGITS))
		return NULL;
	return lexicon_long_form(words->call->lexicon, words->joined + word->at, word->length);
}

const struct words *words_in_full(const struct words *words, struct intent_call *call,
	struct words *full)
{
	const char *text = words->call->text;
	struct strbuf said = {0};
	size_t end = 0;

	for (size_t i = 0; i < words->count; i++) {
		const char *word = long_form(words, i);

		if (!word)
			continue;
		strbuf_add(&said, text + end, words->list[i].raw - end);
		strbuf_add(&said, word, strlen(word));
		end = word_raw_end(words, i);
	}
	if (end == 0)
		return words; /* nearly always */
	strbuf_add(&said, text + end, strlen(text + end));
	*call = *words->call;
	call->words = NULL;
	call->text = arena_strdup(call->arena, said.text);
	strbuf_free(&said);
	words_cut(call, full);
	return full;
}

static bool ends_asking(const char *text)
{
	size_t length = strlen(text);

	while (length > 0 && strchr(" \n\".!", text[length - 1]))
		length--;
	return length > 0 && text[length - 1] == '?';
}

size_t words_came_asked(const struct words *words, size_t i)
{
	size_t length, came, between = 0, denied;

	if (words_phrase(words, "masuk_belum", i, &length))
		return length;
	if (words_phrase(words, "sudah_kata", i, &length) && ends_asking(words->call->text) &&
		words_phrase(words, "masuk_kerja", i + length, &came))
		return length + came;
	if (!words_phrase(words, "masuk_kerja", i, &came))
		return 0;
	if (!words_phrase(words, "masuk_antara", i + came, &between))
		between = 0;
	return words_phrase(words, "penyangkal", i + came + between, &denied)
		? came + between + denied : 0;
}

const char *words_of_cases(const struct form *form)
{
	const struct form_field *field =
		form->outbreak ? form_field(form, form->outbreak->by) : NULL;

	return field ? field->words : NULL;
}

bool words_name_counted(const struct words *words)
{
	bool counted = words_have(words, "indikator");

	for (size_t i = 0; i < words->nform && !counted; i++)
		counted = words_of_cases(words->forms[i]) &&
			words_have(words, words_of_cases(words->forms[i]));
	return counted && !words_have(words, "tak_dihitung");
}

bool words_clause_begins(const struct words *words, size_t i)
{
	size_t from = i > 0 ? word_raw_end(words, i - 1) : 0,
	       to = i < words->count ? words->list[i].raw : from;

	for (; from < to; from++)
		if (strchr(",;.?!\n", words->call->text[from]))
			return true;
	return false;
}
