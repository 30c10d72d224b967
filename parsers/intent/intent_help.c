/* Help: BANTUAN, KODE TEMPAT, `LAHIR ?`, a form's keyword alone; and LAGI, for the next page of a
 * list. */
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/intent/intent_each.h"

/* The form whose keyword is exactly these words. */
static const struct form *form_at(const struct words *words, size_t first, size_t length)
{
	for (size_t i = 0; length > 0 && i < words->nform; i++) {
		const struct form *form = words->forms[i];

		if (words_spell(words, first, form->name) == length)
			return form;
		for (size_t k = 0; k < form->nkeyword; k++)
			if (words_spell(words, first, form->keywords[k]) == length)
				return form;
	}
	return NULL;
}

/* The field that a word names: "tempat", or one of its keys. */
static const char *field_at(const struct words *words, size_t first, size_t length)
{
	char *name = words_raw(words, first, first + length);

	for (size_t i = 0; i < words->nform; i++)
		if (form_field(words->forms[i], name))
			return form_field(words->forms[i], name)->name;
	for (size_t i = 0; i < words->nform; i++) {
		const struct form *form = words->forms[i];

		for (size_t f = 0; f < form->nfield; f++)
			for (size_t k = 0; k < form->fields[f].nkey; k++)
				if (words_spell(words, first, form->fields[f].keys[k]) == length)
					return form->fields[f].name;
	}
	return NULL;
}

/* KODE AKI: what is counted; NULL. */
static const char *indicator_at(const struct words *words, size_t first, size_t length)
{
	size_t size;
	const char *name = length ? words_phrase(words, "indikator", first, &size) : NULL;

	return name && size == length ? name : NULL;
}

/* KODE KRST */
static const char *term_at(const struct words *words, size_t first, size_t length)
{
	size_t size;
	const char *name = length ? words_phrase(words, "istilah", first, &size) : NULL;

	return name && size == length ? name : NULL;
}

/* What the words are about; NULL when it is nothing that has a help. */
static const char *topic_at(const struct words *words, size_t first, size_t length)
{
	const struct form *form = form_at(words, first, length);
	size_t size;
	const char *topic = length ? words_phrase(words, "topik", first, &size) : NULL;

	if (length == 0)
		return "";
	if (form)
		return form->name;
	return topic && size == length ? topic : field_at(words, first, length);
}

/* "cara lapor lahir ?": without the words that say nothing, at both ends. */
static void trim(const struct words *words, size_t *first, size_t *last)
{
	size_t length;

	while (*first < *last && words_phrase(words, "pengisi_bantuan", *first, &length) &&
		*first + length <= *last)
		*first += length;
	while (*last > *first && words_phrase(words, "pengisi_bantuan", *last - 1, &length))
		(*last)--;
}

bool intent_help(struct words *words, size_t first, const char *keyword, struct reading *out)
{
	size_t last = words->count;

	(void)keyword;
	trim(words, &first, &last);
	out->intent = INTENT_HELP;
	out->topic = topic_at(words, first, last - first);
	if (same_name(keyword, "kode") && indicator_at(words, first, last - first))
		out->topic = indicator_at(words, first, last - first);
	else if (same_name(keyword, "kode") && term_at(words, first, last - first))
		out->topic = term_at(words, first, last - first);
	if (!out->topic && same_name(keyword, "kode") && last - first <= 2)
		out->topic = ""; /* a code that there is not: the overview */
	return out->topic != NULL;
}

static bool asks(const struct words *words)
{
	const char *text = words->call->text;
	size_t length = strlen(text);

	return length && (text[length - 1] == '?' || text[0] == '?');
}

bool intent_topic(struct words *words, struct reading *out)
{
	size_t first = 0, last = words->count;
	const struct form *form;

	if (words->count == 0 && asks(words)) {
		out->intent = INTENT_HELP;
		out->topic = "";
		return true;
	}
	if (words->count == 0 || words->count > LEXICON_WORDS)
		return false;
	out->intent = INTENT_HELP;
	if (asks(words)) {
		out->topic = topic_at(words, first, last);
		return out->topic != NULL;
	}
	form = form_at(words, first, last);
	out->topic = form ? form->name : NULL;
	/* of a form for stories only its name: "meninggal" alone is told, not asked */
	return form && (!form->story || words_spell(words, first, form->name) == last);
}

bool intent_more(struct words *words, size_t first, const char *keyword, struct reading *out)
{
	(void)keyword;
	words_use(words, 0, first);
	words_use_class(words, "pengisi");
	out->intent = INTENT_MORE;
	return words_unused(words) == 0;
}
