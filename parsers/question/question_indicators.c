/* What a question counts: its indicators (the narrower of two unless both are listed). */
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/intent/intent.h"
#include "parsers/question/question_filter.h"
#include "parsers/question/question_told.h"
#include "parsers/parse/reader_forms.h"

/* "desa yang sampai hari ini belum lapor juli": they still have not; no time is told so. */
static void use_still(struct words *words, size_t gaps)
{
	size_t length, until;

	for (size_t n = 2; n <= LEXICON_WORDS && n <= gaps; n++)
		if (words_phrase(words, "pengisi_tanya", gaps - n, &length) && length == n &&
			words_phrase(words, "sampai", gaps - n, &until))
			words_use(words, gaps - n, n);
}

/* The word behind BELUM LAPOR; 0: that is not asked. */
static size_t behind_gaps(struct words *words)
{
	for (size_t i = 0; i < words->count; i++) {
		size_t length;
		const char *name = question_indicator_at(words, i, false, &length);

		if (name && same_name(name, "belum_lapor")) {
			use_still(words, i);
			return i + length;
		}
	}
	return 0;
}

/* BELUM LAPOR LAHIR: the form is told right behind, by a word that is an indicator elsewhere. */
static void read_gaps_form(struct question *question, size_t gaps)
{
	struct words *words = question->words;
	size_t length;

	while (gaps > 0 && words_phrase(words, "penghubung", gaps, &length))
		gaps += length;
	if (gaps == 0 || gaps >= words->count)
		return;
	question->form = words_phrase(words, "form_lapor", gaps, &length);
	if (!question->form)
		return;
	words_use(words, gaps, length);
	for (size_t i = gaps + length; i < words->count;) {
		size_t joiner = 0, more;

		if (!words_phrase(words, "dan_juga", i, &joiner) && !question_sign_at(words, i))
			break;
		if (!words_phrase(words, "form_lapor", i + joiner, &more))
			break;
		words_use(words, i, joiner + more);
		i += joiner + more;
		question->forms = true;
	}
}

/* "laporan lahir yg blm masuk" */
static const char *form_elsewhere(const struct words *words)
{
	const char *form = NULL;
	size_t length;

	for (size_t i = 0; i < words->count && !form; i++)
		form = words_phrase(words, "form_lapor", i, &length);
	return form;
}

/* Is the word at i behind a comma, or behind "and"? "dan jumlah" too. */
static bool joined_at(const struct words *words, size_t i)
{
	size_t length;

	if (i > 1 && i < words->count && words_phrase(words, "tanya", i - 1, &length) &&
		length == 1)
		i--;
	return i > 0 && i < words->count &&
		(words_phrase(words, "dan_juga", i, &length) ||
			words_phrase(words, "dan_juga", i - 1, &length) ||
			question_sign_at(words, i));
}

/* "kematian ibu sama bayi", "kematian bayi & balita": behind the word or sign for "and" the second
 * needs no whole name. */
static size_t elliptic_at(const struct words *words, size_t i, const char **name)
{
	size_t joiner = 0, length;

	if (i >= words->count ||
		(!words_phrase(words, "dan_juga", i, &joiner) && !question_sign_at(words, i) &&
			words->call->text[word_raw_end(words, i - 1)] != '/'))
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
	if (words_phrase(words, "punya", i + 1, &length))
		return true; /* "ds saya" */
	for (size_t k = 0; k < COUNT_OF(others); k++)
		if (words_phrase(words, others[k], i + 1, &length))
			return false;
	return true;
}

const char *question_who_died(struct words *words)
{
	size_t length;

	for (size_t i = 0; i < words->count; i++) {
		const char *narrow = words->list[i].used
			? NULL
			: words_phrase(words, "indikator_sambung", i, &length);

		if (narrow && !word_is(words, i, "ibu") && strncmp(narrow, "ak", 2) == 0 &&
			!words_phrase(words, "indikator", i, &length)) {
			words_use(words, i, 1);
			return narrow;
		}
	}
	return "kematian";
}

/* "di puskesmas bodag": the one of that name, not where children are born. */
static bool names_unit(const struct words *words, size_t i)
{
	size_t length;

	return words_phrase(words, "puskesmas", i, &length) && i + 1 < words->count &&
		!words->list[i + 1].used && words->list[i + 1].kind == WORD_LETTERS &&
		!question_bare_level(words, i + 1);
}

/* "jml lahir, jml bidan": counted by itself. */
static bool counted_apart(const struct words *words, size_t i)
{
	size_t length;
	const char *asks = i > 0 ? words_phrase(words, "tanya", i - 1, &length) : NULL;

	return asks && same_name(asks, "perintah") && i > 1;
}

/* "lahir, bblr, salin nakes": of another one's name. */
static bool named_in(const struct words *words, size_t i)
{
	size_t length;

	for (size_t back = 1; back < LEXICON_WORDS && back <= i; back++)
		if (!words->list[i - back].used &&
			words_phrase(words, "indikator", i - back, &length) && length > back)
			return true;
	return false;
}

/* A unit, something that is counted by itself, a place, "di rumah sakit". */
static bool means_other(const struct words *words, size_t i, size_t length)
{
	return names_unit(words, i + length - 1) || counted_apart(words, i) ||
		named_in(words, i) || question_goes_on(words, i, length);
}

/* "persalinan oleh tenaga kesehatan", "lahir di dukun": who helped or where narrows what is
 * counted; the words may stand apart. */
static const char *narrowed(struct question *question, const char *name)
{
	struct words *words = question->words;
	size_t length;

	if (same_name(name, "kematian"))
		return question_who_died(words);
	if (!same_name(name, "salin") && !same_name(name, "lahir"))
		return name;
	for (size_t i = 0; i < words->count; i++) {
		const char *narrow =
			words->list[i].used ? NULL : words_phrase(words, "salin_oleh", i, &length);

		if (narrow && !means_other(words, i, length)) {
			(void)question_denied(question, i, length);
			words_use(words, i, length);
			return narrow;
		}
	}
	return name;
}

/* "persalinan di faskes berapa, yg dukun berapa", "dukun vs nakes": each by itself. */
static void narrowed_more(struct words *words, struct told_list *told)
{
	size_t length, more;
	bool by;
	const char *last = told->list[told->count - 1].name;

	if (strncmp(last, "salin_", strlen("salin_")) != 0)
		return;
	for (size_t i = 0; i < words->count; i++) {
		const char *narrow =
			words->list[i].used ? NULL : words_phrase(words, "salin_oleh", i, &length);

		if (!narrow || means_other(words, i, length))
			continue;
		by = i > 0 && words_phrase(words, "oleh", i - 1, &more) && more == 1;
		told_note(told, narrow, !by || joined_at(words, i - 1));
		told->list[told->count - 1].at = i;
		told->list[told->count - 1].words = length;
		words_use(words, i - by, length + by);
	}
}

/* "ibu dan bayi meninggal": what is joined in front of the whole name. */
static void before_it(struct question *question, struct told_list *told, size_t i)
{
	struct words *words = question->words;
	const char *name;
	size_t length;

	for (; i > 1 && words_phrase(words, "dan_juga", i - 1, &length); i -= 2) {
		name = words->list[i - 2].used
			? NULL
			: words_phrase(words, "indikator_sambung", i - 2, &length);
		if (!name || length != 1 || words_phrase(words, "indikator", i - 2, &length))
			return;
		told_note(told, name, true);
		words_use(words, i - 2, 2);
	}
}

/* "brp lahir": the word for a number stands in front, or is the first of its words. */
static bool number_in_front(const struct words *words, size_t i)
{
	size_t length;

	return words_phrase(words, "berapa_kata", i, &length) ||
		(i > 0 && words_phrase(words, "berapa_kata", i - 1, &length));
}

/* "lahir brp mati bayi brp", "brp lahir brp mati": of both the number is asked; the first is listed
 * too. */
static bool asked_apart(const struct words *words, struct told_list *told, size_t i, size_t end)
{
	struct told *before = told->count > 0 ? &told->list[told->count - 1] : NULL;
	size_t at = before ? before->at + before->words : i, length;

	if (before && number_in_front(words, before->at) && number_in_front(words, i)) {
		before->listed = true;
		return true;
	}
	if (end >= words->count || !words_phrase(words, "berapa_kata", end, &length))
		return false;
	while (at < i && !words_phrase(words, "berapa_kata", at, &length))
		at++;
	if (at < i)
		before->listed = true;
	return at < i;
}

/* near: with a slip; levels: "ds panggul juli", where nothing else is asked, is D/S there. */
static void read_indicators(
	struct question *question, struct told_list *told, bool near, bool levels)
{
	struct words *words = question->words;

	for (size_t i = 0; i < words->count; i++) {
		size_t length, strong, more, first = i;
		bool apart, joined;
		const char *second,
			*name = words->list[i].used
			? NULL
			: question_indicator_at(words, i, near, &length);

		if (!name && !words->list[i].used && number_in_front(words, i))
			name = words_phrase(words, "indikator_berapa", i, &length);
		if (!name || (!levels && length == 1 && is_level(words, i)) ||
			(words_phrase(words, "tak_dihitung", i, &more) && more > length) ||
			question_is_cause(words, i, length) ||
			question_is_stage(words, i, length))
			continue; /* "kn 2" is not KN; "krn bblr" */
		if (question->head == HEAD_NONE &&
			words_phrase(words, "indikator_kuat", i, &strong))
			question->head = HEAD_STRONG;
		before_it(question, told, i);
		(void)question_denied(question, i, length);
		words_use(words, i, length);
		i += length;
		apart = asked_apart(words, told, first, i);
		joined = told->count > 0 && joined_at(words, first);
		if (joined && words_phrase(words, "dan_juga", first - 1, &more))
			told->list[told->count - 1].listed = true; /* "pos juli sama lahir" */
		told_note(told, narrowed(question, name), apart || joined || joined_at(words, i) ||
				question_list_sign(words, i) ||
				(first > 0 && question_list_sign(words, first - 1)));
		told->list[told->count - 1].at = first;
		told->list[told->count - 1].words = length;
		narrowed_more(words, told);
		while ((more = elliptic_at(words, i, &second))) {
			told_note(told, second, true);
			words_use(words, i, more);
			i += more;
		}
		i--;
	}
}

/* "bayi meninggal 0-6 hr vs 7-28 hr", "kematian balita (0-59 bln)": ages say which deaths. */
static void read_ages(struct question *question)
{
	struct words *words = question->words;
	size_t length;

	if (question->nindicator != 1 || strncmp(question->indicators[0], "ak", 2) != 0)
		return;
	for (size_t i = 0; i < words->count && question->nindicator < INDICATORS; i++) {
		const char *which = words->list[i].used
			? NULL : words_phrase(words, "rentang_umur", i, &length);

		if (!which)
			continue;
		question->nindicator += question->aged;
		question->indicators[question->nindicator - 1] = which;
		question->aged = true;
		words_use(words, i, length);
	}
}

/* "jumlah balita": what is counted where nothing else is, nor what befell them. */
static void read_last(struct question *question, struct told_list *told)
{
	struct words *words = question->words;
	size_t length;

	for (size_t i = 0; i < words->count && told->count == 0 && !words_tell_death(words); i++) {
		const char *name = words->list[i].used
			? NULL : words_phrase(words, "indikator_akhir", i, &length);

		if (!name)
			continue;
		words_use(words, i, length);
		told_note(told, name, false);
		question->weak = true;
	}
}

/* "jumlah posyandu", "berapa desa": behind a word that asks for a number, and nothing else is. */
static void read_places(struct question *question, struct told_list *told)
{
	struct words *words = question->words;
	size_t length, level, i = 0;

	while (i < words->count && !words_phrase(words, "jumlah_kata", i, &length))
		i++;
	for (; words_phrase(words, "jumlah_kata", i, &length); i += length)
		;
	if (i >= words->count || told->count > 1 ||
		(told->count == 1 && told->list[0].rank != RANK_FORMS))
		return;
	if ((!words_phrase(words, "tingkat_daftar", i, &level) &&
		    !words_phrase(words, "unit_daftar", i, &level)) ||
		!question_bare_level(words, i + level) || words_have(words, "posyandu_buka"))
		return;
	words_use(words, i, level);
	question->places = true;
	question->unit = NULL;
	if (told->count == 0)
		told_note(told, "jumlah_wilayah", false);
}

/* Those who are both are counted nowhere: the number stays for somebody to answer. */
static void measure_strange(struct question *question)
{
	question->words->list[question->measured_at].used = false;
	question->strange = question->measured_at + 1;
	question->measured = NULL;
}

/* "pkm mana yg telat W2", "timeliness & completeness skdr": what the form itself says of both. */
static bool timely_too(const struct question *question)
{
	const struct form *form =
		reader_form(question->words->call->reader, question->form);
	bool beside = false;

	for (size_t i = 0; form && i < question->nindicator; i++)
		beside |= same_name(question->indicators[i], form->name);
	return form && form->weekly &&
		(beside || words_have(question->words, "lewat_waktu"));
}

/* "kelengkapan laporan juli: lahir, mati, posyandu": forms listed by their names. */
static bool all_forms(const struct words *words)
{
	size_t count = 0, length;

	for (size_t i = 0; i < words->count; i++)
		count += words_phrase(words, "form_lapor", i, &length) &&
			(question_sign_at(words, i) || (i + length < words->count &&
				question_sign_at(words, i + length)));
	return count > 2;
}

void question_indicators(struct question *question)
{
	struct told_list told = {.lexicon = question->words->call->lexicon};
	size_t gaps = behind_gaps(question->words);

	question_use_list_signs(question->words);
	question_limits(question);
	question_list(question, gaps);
	read_gaps_form(question, gaps);
	question_unheld(question, &told);
	question_alarms(question, &told);
	question_attended(question, &told);
	question_expected(question, &told);
	read_indicators(question, &told, false, false);
	if (told.count == 0 && (question->head != HEAD_NONE || question->office))
		read_indicators(question, &told, true, false);
	if (told.count == 0 && question->office)
		read_indicators(question, &told, false, true);
	if (question->office || question->head >= HEAD_ASKS)
		question_field_alone(question, &told);
	question_narrow(question, &told);
	if (question->office || question->head >= HEAD_ASKS)
		question_letters(question, &told);
	if (question->measured && question->head == HEAD_NONE)
		question->head = HEAD_STRONG;
	if (question->measured && told.count > 0 && !told.list[0].listed &&
		told.list[0].rank == RANK_NARROW &&
		!same_name(told.list[0].name, question->measured))
		measure_strange(question); /* "bayi < 2500 g yg lahir di rumah" */
	else if (question->measured)
		told_note(&told, question->measured, false);
	if (told.count == 0 && question->head >= HEAD_ASKS)
		read_last(question, &told);
	read_places(question, &told);
	told_settle(question, &told);
	read_ages(question);
	question_kind(question);
	gaps = question->kind ? 0 : gaps; /* "ada yg lapor muntaber di terbis?" */
	if (question->nindicator > 0)
		words_use_class(question->words, "dan_juga");
	if (gaps == 0)
		question_completeness(question, &told);
	if (gaps > 0 && !question->form)
		question->form = form_elsewhere(question->words);
	if (gaps > 0 && question->form && timely_too(question)) {
		question->indicators[0] = question->form;
		question->nindicator = 1;
		question->form = NULL;
		gaps = 0;
	}
	if (gaps > 0 && all_forms(question->words))
		question->forms = true;
	if (gaps > 0 && (question_who_told(question, gaps) ||
				(!question->by && words_have(question->words, "persen_tanya"))))
		question->without = true; /* how many have told */
	if (gaps > 0 && !question->form && !question->unit && !question->by &&
		words_have(question->words, "apa_saja"))
		question->forms = true; /* "saya blm lapor apa aja" */
	if (question->forms) { /* "belum lapor lahir, mati, pos": how complete each of them is */
		question->indicators[0] = "rekap";
		question->nindicator = 1;
		question->form = NULL;
		question->without = false; /* its figures have no others */
	}
	question_settle_denied(question);
	question_list_below(question);
}
