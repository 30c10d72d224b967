/* What a question counts: its indicators (the narrower of two unless both are listed), whose gaps
 * are asked, by which places. */
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/intent/intent_question.h"
#include "parsers/parse/reader_forms.h"

/* An indicator as it stands in the text. */
struct told {
	const char *name;
	int rank;
	bool listed; /* "lahir, bblr dan lahir mati" */
};

struct told_list {
	struct told list[INDICATORS];
	size_t count;
};

/* Of two indicators the narrower is meant: REKAP POS … D/S is ds. */
static int rank_of(const char *indicator)
{
	static const char *const wide[] = {"rekap", "pos", "lahir", "salin", "kematian"};

	for (size_t i = 0; i < COUNT_OF(wide); i++)
		if (strcmp(indicator, wide[i]) == 0)
			return (int)i + 1;
	return (int)COUNT_OF(wide) + 1;
}

#define RANK_FORMS 2 /* a form as a whole is no number beside others */

static void told_add(struct told_list *told, const char *name, bool listed)
{
	if (told->count < INDICATORS)
		told->list[told->count++] = (struct told){name, rank_of(name), listed};
}

/* The narrowest ones, and what is listed beside them. */
static void keep_meant(struct question *question, const struct told_list *told)
{
	int most = 0;

	for (size_t i = 0; i < told->count; i++)
		most = told->list[i].rank > most ? told->list[i].rank : most;
	for (size_t i = 0; i < told->count; i++) {
		const struct told *one = &told->list[i];
		bool known = one->rank < most && !(one->listed && one->rank > RANK_FORMS);

		for (size_t k = 0; k < question->nindicator; k++)
			known = known || strcmp(question->indicators[k], one->name) == 0;
		if (!known)
			question->indicators[question->nindicator++] = one->name;
	}
}

/* The word behind BELUM LAPOR; 0: that is not asked. */
static size_t behind_gaps(const struct words *words)
{
	for (size_t i = 0; i < words->count; i++) {
		size_t length;
		const char *name = words_phrase(words, "indikator", i, &length);

		if (name && strcmp(name, "belum_lapor") == 0)
			return i + length;
	}
	return 0;
}

/* BELUM LAPOR LAHIR: the form is told right behind, by a word that is an indicator elsewhere. */
static void read_gaps_form(struct question *question, size_t gaps)
{
	struct words *words = question->words;
	size_t length;

	if (gaps == 0 || gaps >= words->count)
		return;
	question->form = words_phrase(words, "form_lapor", gaps, &length);
	if (question->form)
		words_use(words, gaps, length);
}

/* "per desa", "tiap puskesmas" */
static void read_level(struct question *question)
{
	struct words *words = question->words;

	for (size_t i = 0; i < words->count; i++) {
		size_t length, level_length;
		const char *level;

		if (words->list[i].used || !words_phrase(words, "tiap", i, &length))
			continue;
		level = i + length < words->count
			? words_phrase(words, "tingkat_daftar", i + length, &level_length)
			: NULL;
		if (!level)
			continue;
		question->by = level;
		words_use(words, i, length + level_length);
	}
}

/* A sign for "and" in front of the word at i. */
static bool sign_at(const struct words *words, size_t i)
{
	for (size_t at = i > 0 ? word_raw_end(words, i - 1) : words->list[i].raw;
		at < words->list[i].raw; at++)
		if (strchr(",&+", words->call->text[at]))
			return true;
	return false;
}

/* Is the word at i behind a comma, or behind "and"? */
static bool joined_at(const struct words *words, size_t i)
{
	size_t length;

	return i > 0 && i < words->count &&
		(words_phrase(words, "dan_juga", i, &length) ||
			words_phrase(words, "dan_juga", i - 1, &length) || sign_at(words, i));
}

/* "kematian ibu sama bayi", "kematian bayi & balita": behind the word or sign for "and" the second
 * needs no whole name. */
static size_t elliptic_at(const struct words *words, size_t i, const char **name)
{
	size_t joiner = 0, length;

	if (i >= words->count ||
		(!words_phrase(words, "dan_juga", i, &joiner) && !sign_at(words, i)))
		return 0;
	*name = words_phrase(words, "indikator_sambung", i + joiner, &length);
	return *name && !words_phrase(words, "indikator", i + joiner, &length) ? joiner + 1 : 0;
}

/* "ds nglebeng" is a desa; "ds juli", "ds per kecamatan" is D/S. */
static bool is_level(const struct words *words, size_t i)
{
	static const char *const others[] = {"tiap", "periode", "bulan", "satuan_periode",
		"bagian_tahun", "tanya", "pengisi_tanya", "indikator", "dan_juga"};
	size_t length;

	if (!words_phrase(words, "tingkat", i, &length) || i + 1 >= words->count ||
		words->list[i + 1].used || words->list[i + 1].kind != WORD_LETTERS)
		return false;
	for (size_t k = 0; k < COUNT_OF(others); k++)
		if (words_phrase(words, others[k], i + 1, &length))
			return false;
	return true;
}

/* "persalinan oleh tenaga kesehatan", "lahir di dukun": who helped or where narrows what is
 * counted; the words may stand apart. */
static const char *narrowed(struct words *words, const char *name)
{
	size_t length;

	if (strcmp(name, "salin") != 0 && strcmp(name, "lahir") != 0)
		return name;
	for (size_t i = 0; i < words->count; i++) {
		const char *narrow =
			words->list[i].used ? NULL : words_phrase(words, "salin_oleh", i, &length);

		if (narrow) {
			words_use(words, i, length);
			return narrow;
		}
	}
	return name;
}

static void read_indicators(struct question *question, struct told_list *told)
{
	struct words *words = question->words;

	for (size_t i = 0; i < words->count; i++) {
		size_t length, strong, more, first = i;
		const char *second,
			*name = words->list[i].used ? NULL
						    : words_phrase(words, "indikator", i, &length);

		if (!name || (length == 1 && is_level(words, i)))
			continue;
		if (question->head == HEAD_NONE &&
			words_phrase(words, "indikator_kuat", i, &strong))
			question->head = HEAD_STRONG;
		words_use(words, i, length);
		i += length;
		told_add(told, narrowed(words, name),
			joined_at(words, first) || joined_at(words, i));
		while ((more = elliptic_at(words, i, &second))) {
			told_add(told, second, true);
			words_use(words, i, more);
			i += more;
		}
		i--;
	}
}

/* "di kecamatan mana saja" asks for a list; "desa belum lapor", "desa mana yang belum lapor" says
 * what is counted. */
static void read_unit_before(struct question *question, size_t gaps)
{
	struct words *words = question->words;

	for (size_t i = 0; i < words->count; i++) {
		size_t length, asked, name;
		const char *kind, *indicator;
		const char *level = words->list[i].used
			? NULL
			: words_phrase(words, "tingkat_daftar", i, &length);

		if (!level || i + length >= words->count)
			continue;
		kind = words_phrase(words, "tanya", i + length, &asked);
		indicator = words_phrase(words, "indikator", i + length, &name);
		if (kind && word_is(words, i + length, "mana") && !gaps)
			question->by = level;
		else if (!(kind && word_is(words, i + length, "mana")) &&
			!(indicator && strcmp(indicator, "belum_lapor") == 0))
			continue;
		words_use(words, i, length);
	}
}

/* The word class of what people tell cases of. */
static const char *question_codes(const struct form *form)
{
	const struct form_field *field = form_field(form, form->outbreak->by);

	return field ? field->words : NULL;
}

/* "JML DBD", "kasus campak": one of the things whose words are codes elsewhere. */
static void read_kind(struct question *question)
{
	struct words *words = question->words;
	const struct reader *reader = words->call->reader;
	const struct form *form = NULL;

	for (size_t i = 0; (form = reader_form_at(reader, i)) && !form->outbreak; i++)
		;
	if (!form || !question_codes(form) || question->head < HEAD_ASKS ||
		(question->nindicator &&
			strcmp(question->indicators[0], form->outbreak->by) != 0))
		return;
	for (size_t i = 0; i < words->count && !question->kind; i++) {
		size_t length;

		question->kind = words->list[i].used
			? NULL : words_phrase(words, question_codes(form), i, &length);
		if (question->kind)
			words_use(words, i, length);
	}
	if (question->kind && !question->nindicator)
		question->indicators[question->nindicator++] = form->outbreak->by;
}

void question_indicators(struct question *question)
{
	struct told_list told = {0};
	size_t gaps = behind_gaps(question->words);

	read_level(question);
	read_unit_before(question, gaps);
	read_gaps_form(question, gaps);
	read_indicators(question, &told);
	keep_meant(question, &told);
	read_kind(question);
}
