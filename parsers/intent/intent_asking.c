/* Everyday words as they are shortened in SMS, "posyandu mn yg plg bnyk": a question is read with
 * the long forms in their place. And what a question names though it is not understood. */
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/intent/intent_asking.h"
#include "parsers/mood/mood.h"
#include "parsers/text/error.h"

#define TELLING_WORDS 3 /* in front: "mohon ijin lapor" */
#define NAME_WORDS    3

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

bool words_may_be_name(const struct words *words, size_t i)
{
	const struct gazetteer *places = words->call->context->places;
	struct posyandu_matches posyandu;
	struct area_matches areas;
	const char *text;

	if (i >= words->count || words->list[i].kind != WORD_LETTERS || words->list[i].length < 2 ||
		words->phrases[i].of[0])
		return false;
	text = words_text(words, i, i + 1);
	return places &&
		gazetteer_find_posyandu_exact(places, text, NULL, &posyandu) == ERR_NOT_FOUND &&
		gazetteer_find_area_exact(places, text, NULL, LEVEL_ANY, &areas) == ERR_NOT_FOUND;
}

/* The first word of dying or of deaths; count: none. */
static size_t death_at(const struct words *words, size_t *length)
{
	for (size_t i = 0; i < words->count; i++)
		if (words_phrase(words, "meninggal", i, length) ||
			words_phrase(words, "kata_kematian", i, length))
			return i;
	return words->count;
}

/* "kematian ibu ny rina": somebody by a title, but not by the word that says whose deaths. */
static bool names_dead(const struct words *words, size_t from)
{
	size_t length;

	for (size_t i = from; i + 1 < words->count; i++)
		if (words_phrase(words, "gelar", i, &length) && !word_is(words, i, "ibu") &&
			words_may_be_name(words, i + length))
			return true;
	return false;
}

/* "bu siti meninggal": right in front of the verb. */
static bool named_in_front(const struct words *words, size_t at)
{
	size_t length;

	for (size_t i = 0; i + 1 < at; i++)
		if (words_phrase(words, "gelar", i, &length) && i + length + NAME_WORDS >= at &&
			words_may_be_name(words, i + length))
			return true;
	return false;
}

/* "lapor", "telah terjadi", near the beginning. */
static bool begins_to_tell(const struct words *words)
{
	if (words_have(words, "penyangkal") || words_have(words, "sudah_kata"))
		return false;
	for (size_t i = 0; i < TELLING_WORDS && i < words->count; i++)
		if (word_is(words, i, "lapor") || word_is(words, i, "melapor") ||
			word_is(words, i, "melaporkan") || word_is(words, i, "terjadi"))
			return true;
	return false;
}

bool words_only_counted(const struct words *words, bool nouns)
{
	static const char *const covers[] = {
		"indikator", "meninggal", "form_lapor", "sapaan", "pengisi"};
	size_t length;

	for (size_t i = 0; i < words->count; i += length) {
		const char *dies = words_phrase(words, "meninggal", i, &length);

		if (nouns && dies && *dies == '1' &&
			!words_phrase(words, "indikator", i, &length))
			return false; /* "lahir mati" is counted */
		length = words->list[i].kind == WORD_DIGITS;
		for (size_t k = 0; k < COUNT_OF(covers) && !length; k++)
			if (!words_phrase(words, covers[k], i, &length))
				length = 0;
		if (!length)
			return false;
	}
	return true;
}

/* What is asked, and over which time; day: what it means that the time is one day. */
static unsigned asking_signs(const struct words *words, unsigned day)
{
	static const char *const asking[] = {
		"tanya", "kenapa", "apa_kata", "kapan", "banding_kuat"};
	struct words own = *words;
	struct period period;
	size_t length;
	unsigned signs = 0;

	for (size_t i = 0; i < words->count; i++) {
		const char *kind = words_phrase(words, "bukan_kematian", i, &length);

		if (kind && same_name(kind, "tanya_sebab"))
			signs |= MOOD_CAUSE;
		else if (words_phrase_any(words, i, asking, COUNT_OF(asking)))
			signs |= MOOD_ASKS;
	}
	if (!signs && ends_asking(words->call->text))
		signs |= MOOD_MARK;
	if (words_have(words, "yang"))
		signs |= MOOD_WHICH;
	if (words_have(words, "sudah_kata") && words_have(words, "penyangkal"))
		signs |= MOOD_CAME;
	if (intent_period(&own, words->call->context->now.date, &period))
		signs |= date_compare(period.from, period.to) < 0 ? MOOD_SPAN : day;
	return signs;
}

static unsigned telling_signs(const struct words *words, size_t at, size_t length)
{
	enum role role = words->call->context->sender->role;
	size_t more;
	const char *verb = words_phrase(words, "meninggal", at, &more);
	bool noun = words_have(words, "kata_kematian") || words_have(words, "indikator_kuat");
	unsigned signs = 0;

	if (names_dead(words, at + length) || (verb && named_in_front(words, at)))
		signs |= MOOD_NAMED;
	if (words_have(words, "kata_kematian") && begins_to_tell(words))
		signs |= MOOD_TELLS;
	if (verb && *verb == '1' && !noun && role >= ROLE_PUSKESMAS)
		signs |= MOOD_DIES;
	if (words_have(words, "seruan"))
		signs |= MOOD_CRIES;
	if (signs && words_only_counted(words, false))
		signs |= MOOD_BARE;
	if (role >= ROLE_PUSKESMAS)
		signs |= MOOD_OFFICE | (role > ROLE_PUSKESMAS ? MOOD_ABOVE : 0);
	return signs;
}

bool words_tell_dying(const struct words *words)
{
	size_t length, at = death_at(words, &length);
	unsigned signs = at < words->count ? telling_signs(words, at, length) : 0;
	bool told = signs & MOOD_TELLS ||
		(signs & (MOOD_NAMED | MOOD_DIES) && mood_weigh(signs) > 0);

	if (!told)
		return false; /* nearly always */
	signs |= asking_signs(words, signs & MOOD_TELLS ? MOOD_DAY : 0);
	told = mood_weigh(signs) > 0;
	mood_explain(words->call->context->explain, "The message", signs, told);
	return told;
}
