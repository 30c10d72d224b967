/* What a text names that can be explained: see meaning.h. */
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/intent/intent_asking.h"
#include "parsers/meaning/meaning.h"
#include "parsers/parse/reader_forms.h"

#define KEYWORD_WORDS 3
#define LETTERS_APART 3 /* words from one letter of a session to the next */

/* A letter of a session at word i; NULL. */
static const char *letter_at(const struct words *words, size_t i)
{
	size_t length;

	return i < words->count && words->list[i].length == 1 && !words->list[i].used
		? words_phrase(words, "huruf_skdn", i, &length) : NULL;
}

/* "N itu", "kolom O", "O sama B": the letter itself is spoken of. */
static bool letter_is_meant(const struct words *words, size_t i)
{
	static const char *const beside[] = {
		"arti", "arti_kuat", "arti_longgar", "apa_kata", "beda_kata", "huruf_kata",
		"beda_apa"};
	size_t length;

	for (size_t k = 0; k < COUNT_OF(beside); k++)
		if (words_phrase(words, beside[k], i + 1, &length) ||
			(i > 0 && words_phrase(words, beside[k], i - 1, &length)))
			return true;
	if (words_phrase(words, "huruf_kata", i + 1, &length))
		return true;
	for (size_t at = i + 1; at < words->count && at <= i + LETTERS_APART; at++)
		if (letter_at(words, at))
			return true;
	for (size_t at = i; at > 0 && at + LETTERS_APART > i; at--)
		if (letter_at(words, at - 1))
			return true;
	return false;
}

static const char *indicator_or_term(const struct words *words, size_t i, size_t *length)
{
	size_t counted = 0;
	const char *term = words_phrase(words, "istilah", i, length),
		   *indicator = words_phrase(words, "indikator", i, &counted);

	if (term && (!indicator || *length >= counted))
		return term;
	*length = counted;
	return indicator;
}

static const char *term_at(const struct words *words, size_t i, size_t *length)
{
	return words_phrase(words, "istilah", i, length);
}

/* The form that counts it; NULL. */
static const struct form *form_of(const struct words *words, const char *indicator)
{
	for (size_t i = 0; indicator && i < words->nform; i++)
		if (form_indicator(words->forms[i], indicator))
			return words->forms[i];
	return NULL;
}

/* The form of a keyword, or of what is counted ("bayi lair"), at word i. */
static const char *form_at(const struct words *words, size_t i, size_t *length)
{
	const char *topic = words_phrase(words, "form_lapor", i, length);
	const struct form *form;

	for (size_t k = 0; k < words->nform && !topic; k++)
		for (size_t n = 0; n <= words->forms[k]->nkeyword && !topic; n++) {
			*length = words_spell(words, i, n == 0 ? words->forms[k]->name
							       : words->forms[k]->keywords[n - 1]);
			topic = *length > 0 ? words->forms[k]->name : NULL;
		}
	form = topic ? NULL : form_of(words, words_phrase(words, "indikator", i, length));
	return form ? form->name : topic;
}

bool meaning_of_two_forms(const struct words *words)
{
	for (size_t i = 0; i < words->count; i++) {
		size_t one, or, two;
		const char *first = NULL, *second;

		if (!words_phrase(words, "atau_juga", i, &or) &&
			!words_phrase(words, "apa_kata", i, &or))
			continue;
		for (size_t back = 1; !first && back <= KEYWORD_WORDS && back <= i; back++)
			first = form_at(words, i - back, &one); /* "MATI IBU opo LAHIR" */
		second = i + or < words->count ? form_at(words, i + or, &two) : NULL;
		if (first && second && !same_name(first, second))
			return true;
	}
	return false;
}

/* What is done to a report, by its word; a mere number is asked by others. */
static const char *command_at(const struct words *words, size_t i, size_t *length)
{
	const char *topic = words_phrase(words, "topik", i, length);

	if (!topic)
		topic = words_phrase(words, "topik_cara", i, length);
	return topic && strcmp(topic, "rekap") != 0 ? topic : NULL;
}

static const char *disease_at(const struct words *words, size_t i, size_t *length)
{
	const char *code, *name = NULL;

	for (size_t k = 0; k < words->nform && !name; k++) {
		const struct form *form = words->forms[k];

		if (!form->outbreak || !words_of_cases(form))
			continue;
		code = words_phrase(words, words_of_cases(form), i, length);
		name = code ? arena_printf(words->call->arena, "%s.%s", form->outbreak->by, code)
			    : NULL;
	}
	return name;
}

/* "G", behind a word for a letter: a code of the week's report. */
static const char *code_at(const struct words *words, size_t i, size_t *length)
{
	size_t more;

	*length = 1;
	if (i == 0 || !words_phrase(words, "kode_kata", i - 1, &more))
		return NULL;
	for (size_t k = 0; k < words->nform; k++) {
		const struct form *form = words->forms[k];
		const struct form_field *field =
			form->outbreak ? form_field(form, form->outbreak->by) : NULL;

		for (size_t c = 0; field && c < field->nchoice; c++)
			if (words_spell(words, i, field->choices[c]) > 0)
				return arena_printf(words->call->arena, "%s.%s", field->name,
					field->choices[c]);
	}
	return NULL;
}

size_t meaning_named(const struct words *words, size_t i)
{
	size_t length;

	if (indicator_or_term(words, i, &length))
		return length;
	return letter_at(words, i) && letter_is_meant(words, i) ? 1 : 0;
}

typedef const char *topic_look(const struct words *words, size_t i, size_t *length);

static const char *meant_at(const struct words *words, size_t i, size_t *length)
{
	const char *topic = indicator_or_term(words, i, length);

	if (topic || !letter_at(words, i) || !letter_is_meant(words, i))
		return topic;
	*length = 1;
	return letter_at(words, i);
}

static const char *any_letter(const struct words *words, size_t i, size_t *length)
{
	*length = 1;
	return letter_at(words, i);
}

static void collect(struct words *words, topic_look *look, const char *topics[MEANING_TOPICS],
	size_t *count)
{
	size_t length;

	for (size_t i = 0; i < words->count; i++) {
		const char *topic = words->list[i].used ? NULL : look(words, i, &length);
		bool known = false;

		if (!topic)
			continue;
		words_use(words, i, length);
		for (size_t k = 0; k < *count; k++)
			known = known || strcmp(topics[k], topic) == 0;
		if (!known && *count < MEANING_TOPICS)
			topics[(*count)++] = topic;
	}
}

/* "arti O di skdn", "k1 murni dari bumil": what is wide says only where the other stands. */
static size_t narrow_ones(
	const struct words *words, const char *topics[MEANING_TOPICS], size_t count)
{
	const struct lexicon *lexicon = words->call->lexicon;
	size_t kept = 0, wide = 0;

	for (size_t k = 0; k < count; k++)
		wide += lexicon_word(lexicon, "indikator_luas", topics[k]) != NULL;
	if (wide == count || words_have(words, "beda_kata"))
		return count;
	for (size_t k = 0; k < count; k++)
		if (!lexicon_word(lexicon, "indikator_luas", topics[k]))
			topics[kept++] = topics[k];
	return kept;
}

static bool tells_death(const struct words *words, const char *topic)
{
	const struct form *form = reader_form(words->call->reader, topic);

	return form && form->story;
}

/* One of what is done to reports comes in front of the form that it is done to; the others, as
 * registering, only where no form is named. */
static size_t ways(struct words *words, bool forms, const char *topics[MEANING_TOPICS])
{
	const struct lexicon *lexicon = words->call->lexicon;
	const char *commands[MEANING_TOPICS];
	size_t ncommand = 0, count = 0;

	collect(words, command_at, commands, &ncommand);
	for (size_t k = 0; k < ncommand; k++)
		if (lexicon_word(lexicon, "topik_utama", commands[k])) {
			topics[0] = commands[k];
			return 1;
		}
	if (forms)
		collect(words, form_at, topics, &count);
	for (size_t k = 1; k < count; k++)
		if (tells_death(words, topics[k]))
			topics[0] = topics[k]; /* "lapor ibu nifas meninggal" */
	if (count == 0)
		collect(words, term_at, topics, &count); /* "nulis GPA piye" */
	if (count > 0)
		return 1;
	topics[0] = ncommand > 0 ? commands[0] : NULL;
	return ncommand > 0;
}

/* "huruf O di skdn": a letter of a session, and the form that has it is named. */
static bool of_session(const struct words *words)
{
	size_t length;
	bool letters = false, session = false;

	for (size_t i = 0; i < words->count; i++) {
		const char *form = words_phrase(words, "form_lapor", i, &length);

		letters = letters || letter_at(words, i);
		session = session || (form && strcmp(form, "pos") == 0);
	}
	return letters && session;
}

size_t meaning_topics(
	struct words *words, enum meaning_want want, const char *topics[MEANING_TOPICS])
{
	size_t count = 0;

	switch (want) {
	case MEANING_CODE:
		if (of_session(words)) {
			collect(words, meant_at, topics, &count);
			if (count > 0)
				return count;
		}
		collect(words, disease_at, topics, &count);
		if (count == 0)
			collect(words, code_at, topics, &count);
		return count > 0 ? count : ways(words, true, topics);
	case MEANING_WAY:
		return ways(words, true, topics);
	case MEANING_RULE:
		return ways(words, false, topics);
	case MEANING_WHY:
		collect(words, any_letter, topics, &count);
		topics[0] = "aturan_skdn";
		return count > 1;
	case MEANING_WORD:
		collect(words, meant_at, topics, &count);
		return narrow_ones(words, topics, count);
	default:
		return 0;
	}
}
