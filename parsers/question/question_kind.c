/* Diseases of a question: their words are codes of a field elsewhere. */
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/intent/intent.h"
#include "parsers/intent/intent_asking.h"
#include "parsers/question/question.h"
#include "parsers/parse/reader_forms.h"

#define WEEK_DAYS 6

/* "kasus diare minggu ini", "suspek campak juli", "diare juli", "yg positif dbd juli" */
static bool tells_cases(struct words *words, const char *codes)
{
	struct words own = *words;
	struct period period;
	size_t length, first = 0;

	if (!intent_is_office(words->call->context->sender))
		return false;
	while (first < words->count && !words_phrase(words, codes, first, &length) &&
		(words_phrase(words, "yang", first, &length) ||
			words_phrase(words, "tak_dihitung", first, &length)))
		first += length;
	if (words_phrase(words, "kata_kasus", first, &length))
		words_use(words, first, length);
	else
		return words_phrase(words, codes, first, &length) &&
			intent_period(&own, words->call->context->now.date, &period) &&
			date_diff_days(period.to, period.from) >= WEEK_DAYS;
	return true;
}

static bool is_weekly(const struct reader *reader, const char *name)
{
	const struct form *form = reader_form(reader, name);

	return form && form->weekly;
}

static bool kind_told(const char *kinds, const char *kind)
{
	size_t length = strlen(kind);

	for (const char *at = kinds; at; at = strchr(at, ' ')) {
		at += *at == ' ';
		if (strncmp(at, kind, length) == 0 && (at[length] == ' ' || !at[length]))
			return true;
	}
	return false;
}

/* "skrining tensi": which questionnaire. */
static void read_checkup(struct question *question)
{
	struct words *words = question->words;
	size_t length;

	for (size_t i = 0; i < words->count && !question->kind; i++) {
		question->kind = words_phrase(words, "skrining_apa", i, &length);
		words_use(words, i, question->kind ? length : 0);
	}
}

/* "ada yg lapor diare", "desa mana yg sudah lapor dbd" */
static bool told_of_cases(const struct question *question)
{
	return same_name(question->indicators[0], "belum_lapor") && !question->form &&
		!words_have(question->words, "penyangkal");
}

/* "JML DBD", "kasus campak": one of the things whose words are codes elsewhere. */
void question_kind(struct question *question)
{
	struct words *words = question->words;
	const struct reader *reader = words->call->reader;
	const struct form *form = NULL;

	if (question->nindicator && same_name(question->indicators[0], "skrining")) {
		read_checkup(question);
		return;
	}
	for (size_t i = 0; (form = reader_form_at(reader, i)) && !form->outbreak; i++)
		;
	if (!form || !words_of_cases(form) ||
		(question->head < HEAD_ASKS && !tells_cases(words, words_of_cases(form)) &&
			!(question->office && (question->by ||
						      question_ends_asking(words->call->text)))) ||
		(question->nindicator &&
			!question->weak && /* "jml balita diare" */
			!told_of_cases(question) &&
			!same_name(question->indicators[0], form->outbreak->by) &&
			!is_weekly(reader, question->indicators[0])))
		return;
	for (size_t i = 0; i < words->count; i++) {
		size_t length;
		const char *kind = words->list[i].used
			? NULL : words_phrase(words, words_of_cases(form), i, &length);

		if (!kind)
			continue;
		words_use(words, i, length);
		if (i > 0 && words_phrase(words, "kata_kasus", i - 1, &length) && length == 1)
			words_use(words, i - 1, 1);
		if (!question->kind)
			question->kind = kind;
		else if (!kind_told(question->kind, kind))
			question->kind = arena_printf(
				words->call->arena, "%s %s", question->kind, kind);
	}
	if (!question->kind) {
		question->weak = question->nindicator > 0; /* "penderita tbc" */
		return;
	}
	if (!question->by)
		question->by = question->unit; /* "desa mana yg sudah lapor dbd" */
	for (size_t i = 1; i < words->count; i++)
		if (word_is(words, i, "sakit"))
			words_use(words, i, 1); /* "ada yg lapor sakit muntaber?" */
	question->indicators[0] = form->outbreak->by; /* "W2 minggu 31 diare" */
	question->nindicator = 1;
}
