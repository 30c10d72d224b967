/* Answers to a pending question: ya, tidak, beda, a number, a choice, a field or two.
 *
 * Read without knowing the question: a text is an answer when it is nothing but one or two values.
 */
#include <string.h>

#include "parsers/parse/reader_index.h"
#include "parsers/form/form.h"
#include "parsers/intent/intent.h"
#include "parsers/intent/intent_each.h"

#define VALUES_MAX 2 /* three are a report */
#define WORDS_MAX  10
#define MONTH_DAYS 27

/* A word of some form's choices, or a unit. */
static bool is_choice(const struct words *words, size_t i, size_t *length)
{
	for (size_t k = 0; k < words->nform; k++) {
		const struct form *form = words->forms[k];

		for (size_t f = 0; f < form->nfield; f++)
			if (form->fields[f].words &&
				words_phrase(words, form->fields[f].words, i, length))
				return true;
	}
	return words_phrase(words, "bulan", i, length) || words_phrase(words, "hari", i, length) ||
		words_phrase(words, "hari_minggu", i, length);
}

static bool is_key(const struct words *words, size_t i)
{
	const struct word *word = &words->list[i];

	return lexicon_find(words->call->reader->spelt, words->joined + word->at, word->length);
}

/* Digits that belong together: 14/8/24, 3,2, 3503 0145 …; after them a unit. */
static size_t number_length(const struct words *words, size_t i)
{
	size_t end = i + 1, length;

	while (end < words->count && words->list[end].kind == WORD_DIGITS &&
		words->list[end].raw == word_raw_end(words, end - 1) + 1)
		end++;
	if (end < words->count && words_phrase(words, "satuan", end, &length)) {
		end += length;
		if (end < words->count && words->list[end].kind == WORD_DIGITS)
			end++; /* 3 kilo 2 */
	}
	return end - i;
}

/* How many words make one value at word i; 0 when it is none. */
static size_t value_length(const struct words *words, size_t i)
{
	size_t key = i + 1 < words->count && is_key(words, i), length = 0;

	if (i + key >= words->count)
		return 0;
	if (words->list[i + key].kind != WORD_LETTERS)
		return key + number_length(words, i + key);
	if (is_choice(words, i + key, &length))
		return key + length;
	if (words_phrase(words, "angka", i + key, &length) && length == 1)
		return key + 1;
	if (key && is_choice(words, i, &length))
		return length;
	return 0;
}

/* A number of a list, or one value, or two. */
static bool is_values(const struct words *words)
{
	size_t values = 0;

	for (size_t i = 0; i < words->count; values++) {
		size_t length = value_length(words, i);

		if (length == 0)
			return false;
		i += length;
	}
	return values >= 1 && values <= VALUES_MAX;
}

/* A keyword makes a report of it: NIHIL POS JULI. */
static bool has_keyword(const struct words *words)
{
	size_t length;

	for (size_t i = 0; i < words->count; i++)
		if (words_phrase(words, "nihil", i, &length) && words->count > 1)
			return true;
	for (size_t k = 0; k < words->nform; k++)
		for (size_t n = 0; n < words->forms[k]->nkeyword; n++)
			if (words_spell(words, 0, words->forms[k]->keywords[n]))
				return true;
	return false;
}

/* So many words from one on are courtesy; *count: how far the last phrase of it goes. */
static bool polite_words(const struct words *words, size_t i, size_t least, size_t *count)
{
	size_t length;

	for (*count = 0; *count < least; *count += length) {
		if (!words_phrase(words, "basa_basi", i + *count, &length))
			return false;
	}
	return true;
}

/* "tidak, salah", "ya, sudah benar": both say the same of a value; the weaker is kept. NULL: they
 * differ. */
static const char *verdict_joined(const char *verdict, const char *more)
{
	static const char *const same[][2] = {{"ya", "tepat"}, {"tidak", "keliru"}};

	for (size_t i = 0; i < COUNT_OF(same); i++)
		for (size_t k = 0; k < 2; k++)
			if (same_name(verdict, same[i][k]) && same_name(more, same[i][1 - k]))
				return same[i][1];
	return same_name(verdict, more) ? verdict : NULL;
}

/* "iya bu betul": one verdict, said first and perhaps again, and courtesy; NULL: more than that, or
 * ("nggih bu") courtesy alone. "tidak salah" is no "no", "ya beda" no "yes". */
static const char *verdict_of(const struct words *words)
{
	const char *verdict = NULL;
	bool again = false, meant = false;
	size_t length, polite;

	for (size_t i = 0; i < words->count; i += length) {
		const char *more = words_phrase(words, "jawab", i, &length);
		bool courtesy = polite_words(words, i, more ? length : 1, &polite);

		if ((again && more && !same_name(more, "ya")) ||
			(!more && (!verdict || !courtesy)))
			return NULL;
		if (more)
			verdict = verdict ? verdict_joined(verdict, more) : more;
		if (!verdict)
			return NULL;
		again = more && length == 1;
		meant |= more && (!courtesy || length == words->count);
		length = more ? length : polite;
	}
	return meant && !words->cut && !strchr(words->call->text, '?') ? verdict : NULL;
}

/* "hipertensi lansia juli" of those who count: a month beside something is no value of theirs. */
bool intent_of_month(const struct words *words)
{
	static const char *const times[] = {"bulan", "periode", "satuan_periode", "bagian_tahun"};
	const struct intent_call *call = words->call;
	struct words own = *words;
	struct period period;
	size_t letters = 0, length;

	if (!intent_is_office(call->context->sender) ||
		!intent_period(&own, call->context->now.date, &period) ||
		date_diff_days(period.to, period.from) < MONTH_DAYS)
		return false;
	for (size_t i = 0; i < own.count; i++) {
		bool time = false;

		for (size_t k = 0; k < COUNT_OF(times); k++)
			time = time || words_phrase(words, times[k], i, &length);
		if (!own.list[i].used && own.list[i].kind == WORD_DIGITS)
			return false;
		letters += !own.list[i].used && !time;
	}
	return letters > 0;
}

/* "jumlah bidan desa" of those who count */
static bool asks_number(const struct words *words)
{
	size_t length;

	return intent_is_office(words->call->context->sender) && words->count > 1 &&
		words_phrase(words, "tanya_angka", 0, &length);
}

bool intent_answer(struct words *words, struct reading *out)
{
	const char *verdict;

	if (words->count == 0 || words->count > WORDS_MAX || intent_of_month(words) ||
		asks_number(words))
		return false;
	verdict = verdict_of(words);
	if (verdict)
		out->command = verdict;
	else if (!has_keyword(words) && is_values(words))
		out->command = "";
	else
		return false;
	if (words_tell_death(words) || intent_emergency(words, out))
		return false; /* never only an answer */
	out->intent = INTENT_ANSWER;
	intent_problem(out, "", PROBLEM_NO_PENDING, NULL);
	return true;
}
