/* The word for what is counted, also with a slip, an ending, a comma in the midst of it. */
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/parse/reader_forms.h"
#include "parsers/question/question_told.h"

#define SLIP_LETTERS 4
#define LIST_MOST    9 /* 1. to 9. */

/* "gizi kurang 4. gizi buruk" */
static bool ends_indicator(const struct words *words, size_t i)
{
	return words_phrase_before(words, "indikator", i + 1) > 1;
}

/* "tw 1. akb tw 2.", "k1. k6.": a number of what stands in front of it. */
static bool has_number(const struct words *words, size_t i)
{
	static const char *const classes[] = {"satuan_periode", "bagian_tahun", "minggu_ke",
		"periode", "terakhir", "ambang", "kata_usia"};
	size_t from = word_raw_end(words, i), to = words->list[i + 1].raw;
	bool letter = words->list[i].length == 1 &&
		(i == 0 || words->call->text[words->list[i].raw - 1] != '/'); /* of D/S */

	return strspn(words->call->text + from, " ") >= to - from && !ends_indicator(words, i) &&
		(letter ||
			words_phrase_any(words, i, classes, COUNT_OF(classes)));
}

/* "2. AKB", "b) AKB": which of a list follows, counted from 1; 0: no such sign. */
static size_t list_number(const struct words *words, size_t i)
{
	const struct word *word = &words->list[i];
	char sign = i + 1 < words->count ? words->call->text[word_raw_end(words, i)] : '\0';
	char letter = words->joined[word->at];

	if ((sign != '.' && sign != ')') || words->list[i + 1].kind != WORD_LETTERS ||
		word->length > 1 || (i > 0 && has_number(words, i - 1)))
		return 0;
	return word->kind == WORD_DIGITS ? (size_t)(letter - '0') : (size_t)(letter - 'a' + 1);
}

/* At least two in their order; the first one is no longer there in front of a keyword: then one
 * behind what it counts, or at the beginning of a line, is enough. 0: there is no list. */
static size_t list_signs(const struct words *words, size_t signs[LIST_MOST])
{
	static const char *const counted[] = {"indikator", "bulan"};
	size_t count = 0, last = 0;

	for (size_t i = 0; i < words->count && count < LIST_MOST; i++) {
		size_t number = list_number(words, i);

		if (number <= last || (words->list[i].kind == WORD_LETTERS && number != count + 1))
			continue;
		last = number;
		signs[count++] = i;
	}
	return count > 1 || (count == 1 && last == 2 && signs[0] > 0 &&
			(words_phrase_any(words, signs[0] - 1, counted, COUNT_OF(counted)) ||
				words->call->text[words->list[signs[0]].raw - 1] == '\n'))
		? count : 0;
}

bool question_list_sign(const struct words *words, size_t i)
{
	size_t signs[LIST_MOST], count = list_number(words, i) ? list_signs(words, signs) : 0;

	for (size_t k = 0; k < count; k++)
		if (signs[k] == i)
			return true;
	return false;
}

void question_use_list_signs(struct words *words)
{
	size_t signs[LIST_MOST], count = list_signs(words, signs);

	for (size_t k = 0; k < count; k++)
		words_use(words, signs[k], 1);
}

/* A sign for "and" in front of the word at i. */
bool question_sign_at(const struct words *words, size_t i)
{
	if (i > 0 && words->list[i - 1].used && list_number(words, i - 1) > 1)
		return true;
	for (size_t at = i > 0 ? word_raw_end(words, i - 1) : words->list[i].raw;
		at < words->list[i].raw; at++)
		if (strchr(",&+", words->call->text[at]))
			return true;
	return false;
}

/* How many of these words no comma parts: "lahir, mati" is no "lahir mati". */
static size_t unparted(const struct words *words, size_t i, size_t length)
{
	size_t whole = 1;

	while (whole < length && !question_sign_at(words, i + whole))
		whole++;
	return whole;
}

static const char ending[] = "nya";

/* "lahirnya", "bblrnya" */
static const char *stem_at(const struct words *words, size_t i)
{
	const struct word *word = &words->list[i];
	size_t end = sizeof(ending) - 1;
	const struct lexicon_entry *entry;

	if (word->length <= end + 1 ||
		memcmp(words->joined + word->at + word->length - end, ending, end) != 0)
		return NULL;
	entry = lexicon_find(words->call->lexicon, words->joined + word->at, word->length - end);
	while (entry && (!entry->class_name || !same_name(entry->class_name, "indikator")))
		entry = entry->next;
	return entry ? entry->canonical : NULL;
}

/* "rumah sakit" is another value than "rumah". */
static bool begins_other(const struct words *words, const struct form_field *field, size_t i)
{
	size_t length, one = 1;
	const char *value = field->type == FIELD_CHOICE && field->words
		? words_phrase(words, field->words, i, &length) : NULL;
	const char *alone = value && length > 1
		? words_phrase_short(words, field->words, i, &one) : NULL;

	return alone && !same_name(alone, value);
}

bool question_goes_on(const struct words *words, size_t i, size_t length)
{
	const struct reader *reader = words->call->reader;
	const struct form *form;
	size_t last = i + length - 1;

	if (length == 0 || last + 1 >= words->count || !words->phrases[last].of[1])
		return false;
	for (size_t k = 0; (form = reader_form_at(reader, k)); k++)
		for (size_t f = 0; f < form->nfield; f++)
			if (begins_other(words, &form->fields[f], last))
				return true;
	return false;
}

/* With what stands behind it the word for `name` may be more: "kmatian ibu". */
static const char *whole_at(const struct words *words, size_t i, const char *name, size_t *length)
{
	const struct word *word = &words->list[i];
	const char *meaning = name;

	for (size_t n = 2; n <= LEXICON_WORDS && i + n <= words->count; n++) {
		const struct word *last = &words->list[i + n - 1];
		char *text = arena_printf(words->call->arena, "%s%.*s", name,
			(int)(last->at + last->length - word->at - word->length),
			words->joined + word->at + word->length);
		const char *whole = lexicon_word(words->call->lexicon, "indikator", text);

		if (!whole && strlen(text) > sizeof(ending) &&
			same_name(text + strlen(text) - (sizeof(ending) - 1), ending)) {
			text[strlen(text) - (sizeof(ending) - 1)] = '\0'; /* "kematian ibunya" */
			whole = lexicon_word(words->call->lexicon, "indikator", text);
		}

		if (whole && unparted(words, i, n) == n && !question_goes_on(words, i, n)) {
			*length = n;
			meaning = whole;
		}
	}
	return meaning;
}

/* "bbrl": of so few letters only two that changed places. */
static const char *swapped_at(const struct words *words, size_t i)
{
	const struct word *word = &words->list[i];
	char text[SLIP_LETTERS + 1] = "";
	const char *name = NULL;

	for (size_t k = 1; !name && word->kind == WORD_LETTERS && k < SLIP_LETTERS; k++) {
		memcpy(text, words->joined + word->at, SLIP_LETTERS);
		text[k] = words->joined[word->at + k - 1];
		text[k - 1] = words->joined[word->at + k];
		name = lexicon_word(words->call->lexicon, "indikator", text);
	}
	return words->phrases[i].of[0] ? NULL : name;
}

/* A slip in the first word of a phrase: "kmtian balita" is all of it. */
static const char *slip_at(const struct words *words, size_t i, size_t *length)
{
	const struct lexicon *lexicon = words->call->lexicon;
	const struct word *word = &words->list[i];
	const struct lexicon_entry *near;

	if (word->length == SLIP_LETTERS && swapped_at(words, i)) {
		*length = 1;
		return swapped_at(words, i);
	}
	if (words->phrases[i].of[0] || word->kind != WORD_LETTERS)
		return NULL; /* a word that means something else is no slip */
	near = lexicon_nearest(
		lexicon, lexicon_class(lexicon, "indikator"), words_text(words, i, i + 1));
	if (!near)
		return NULL;
	*length = 1;
	return whole_at(words, i, near->canonical, length);
}

/* "belum mengumpulkan", "yg setor": a verb of sending behind what says who has and who has not. */
static const char *sending_at(const struct words *words, size_t i, size_t *length)
{
	static const char *const before[] = {"sudah_kata", "penyangkal", "yang"};
	size_t in_front = 0, sent, more;

	if (i > 0 && words_phrase(words, "punya", i - 1, &more))
		return NULL; /* "saya udah kirim brp": theirs, not who has */
	for (size_t k = 0; k < COUNT_OF(before) && in_front == 0; k++)
		if (!words_phrase(words, before[k], i, &in_front))
			in_front = 0;
	if (in_front == 0 || !words_phrase(words, "lapor_kerja", i + in_front, &sent))
		return NULL;
	*length = in_front + sent;
	if (words_phrase(words, "laporan_kata", i + *length, &more) && more == 1)
		*length += more;
	return "belum_lapor";
}

/* What is counted, told at word i; NULL: nothing. near: a slip is one of a word that means nothing
 * else. */
const char *question_indicator_at(const struct words *words, size_t i, bool near, size_t *length)
{
	const char *name = words_phrase(words, "indikator", i, length);

	if (i >= words->count)
		return NULL;
	if (name && unparted(words, i, *length) < *length) {
		*length = unparted(words, i, *length);
		name = words_phrase_short(words, "indikator", i, length);
	}
	if (name && *length > 1 && question_goes_on(words, i, *length)) {
		--*length;
		name = words_phrase_short(words, "indikator", i, length);
	}
	if (!name)
		name = sending_at(words, i, length);
	if (!name) {
		*length = 1;
		name = stem_at(words, i);
	}
	if (name && *length == 1)
		name = whole_at(words, i, name, length);
	if (!name && near && words->list[i].length >= SLIP_LETTERS)
		name = slip_at(words, i, length);
	return name;
}
