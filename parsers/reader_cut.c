/* A question cut into clauses, and what each of them tells: see parsers/reader_clauses.c. */
#include <string.h>

#include "parsers/intent/intent_asking.h"
#include "parsers/question/question.h"
#include "parsers/question/question_told.h"
#include "parsers/reader_clauses.h"
#include "parsers/reader_text.h"

#define WORDS_MOST  40
#define NAME_WORDS  4
#define SHORT_MOST  3 /* letters of a word that ends in a full stop: Kab., Kec., jl. */

const char *clause_join(struct arena *arena, const char *text, const char *more)
{
	return !more ? text : !text ? more : arena_printf(arena, "%s %s", text, more);
}

/* Courtesy of more than a word, "mau tak kunjungi": its words are no denial. */
static size_t courtesy_at(const struct words *words, size_t i)
{
	size_t length;

	return words_phrase(words, "pengisi_tanya", i, &length) && length > 1 ? length : 0;
}

/* "mohon data": that something is wished, and not what. */
static bool wishes(const struct words *words, size_t i)
{
	size_t length;
	const char *asks = words_phrase(words, "tanya", i, &length);

	return asks && *asks == 'm';
}

/* Something that a question has. */
static bool says_something(const struct words *words, size_t i)
{
	static const char *const classes[] = {"indikator", "indikator_sambung", "indikator_akhir",
		"periode", "bulan", "satuan_periode", "bagian_tahun", "tingkat", "puskesmas",
		"posyandu", "golongan", "salin_oleh", "hadir_siapa", "arti", "cara", "perintah",
		"penyangkal", "banding", "tanya", "urutan_daftar", "kode_kata", "persen_tanya"};
	size_t length;

	return words->list[i].kind != WORD_LETTERS || reader_word_asks(words, i) ||
		(words_phrase_any(words, i, classes, COUNT_OF(classes)) && !wishes(words, i) &&
			!(words_phrase(words, "pengisi_tanya", i, &length) && length > 1)) ||
		question_is_place(words->call, words_text(words, i, i + 1)); /* the dearest */
}

void clause_leave(struct clause *clause, struct words *words)
{
	static const char *const around[] = {
		"pengisi_tanya", "pengisi", "sapaan", "sambung_awal", "tanya"};

	for (size_t k = 0; k < COUNT_OF(around); k++)
		words_use_class(words, around[k]);
	for (size_t i = 0; i < words->count; i++) {
		if (words->list[i].used)
			continue;
		clause->left = clause_join(
			words->call->arena, clause->left, words_text(words, i, i + 1));
		clause->nleft++;
	}
}

/* The words that tell when, as written; they are marked. */
static const char *period_of(struct words *words)
{
	struct words before = *words;
	struct period period;
	const char *text = NULL;
	size_t length;

	if (!intent_period(words, words->call->context->now.date, &period))
		return NULL;
	for (size_t i = words->count; i > 1; i--) /* "sejak januari": its end is in the word */
		if (words->list[i - 1].used && !before.list[i - 1].used &&
			words_phrase(words, "sejak", i - 2, &length) && length == 1)
			words_use(words, i - 2, 1);
	for (size_t i = 0; i < words->count; i++)
		if (words->list[i].used && !before.list[i].used)
			text = clause_join(words->call->arena, text, words_raw(words, i, i + 1));
	return text;
}

/* The first place, with the level in front of it; it is marked. */
static const char *place_of(struct words *words)
{
	static const char *const levels[] = {"tingkat", "puskesmas", "posyandu"};

	for (size_t i = 0; i < words->count; i++)
		for (size_t n = NAME_WORDS; n > 0; n--) {
			size_t first = i;
			bool free = i + n <= words->count;

			for (size_t k = i; free && k < i + n; k++)
				free = !words->list[k].used && words->list[k].kind == WORD_LETTERS;
			if (!free || !question_is_place(words->call, words_text(words, i, i + n)))
				continue;
			if (i > 0 && words_phrase_any(words, i - 1, levels, COUNT_OF(levels)))
				first--;
			words_use(words, first, i + n - first);
			return words_raw(words, first, i + n);
		}
	return NULL;
}

static const char *counted_of(struct words *words)
{
	size_t length;

	for (size_t i = 0; i < words->count; i++) {
		if (words->list[i].used || !question_indicator_at(words, i, false, &length))
			continue;
		words_use(words, i, length);
		return words_raw(words, i, i + length);
	}
	return NULL;
}

void clause_look(const struct intent_call *call, struct clause *clause, bool closely)
{
	static const char *const around[] = {
		"banding", "pengisi_tanya", "sambung_awal", "dan_juga", "kalau_kata"};
	struct intent_call said = *call, full;
	struct words own, long_ones, words;
	size_t length;

	said.words = NULL;
	said.text = clause->text;
	words_cut(&said, &own);
	words = *words_in_full(&own, &full, &long_ones);
	clause->talk = !words_tell_death(&words);
	for (size_t i = 0; clause->talk && i < words.count; i++) {
		size_t courtesy = courtesy_at(&words, i);

		if (courtesy > 0)
			i += courtesy - 1;
		else
			clause->talk = !says_something(&words, i);
	}
	if (clause->talk && !words_phrase(&words, "tujuan_kata", 0, &length))
		clause_leave(clause, &words);
	if (clause->talk)
		return;
	clause->number = words_have(&words, "berapa_kata") || words_have(&words, "tanya_angka");
	clause->explains = words_have(&words, "arti") || words_have(&words, "arti_kuat") ||
		words_have(&words, "cara") || words_have(&words, "kode_kata");
	for (size_t i = 0; i < words.count; i++)
		clause->asks |= reader_word_asks(&words, i) ||
			words_phrase(&words, "perintah", i, &length);
	if (!closely) {
		clause->counted = counted_of(&words);
		return;
	}
	clause->period = period_of(&words);
	clause->counted = counted_of(&words);
	clause->place = place_of(&words);
	for (size_t k = 0; k < COUNT_OF(around); k++)
		words_use_class(&words, around[k]);
	clause->same = !clause->counted && words_unused(&words) == 0;
}

/* "mau dipindah ke buku": up to the next sign nothing of it is asked. */
static bool tells_purpose(const struct words *words, size_t i)
{
	size_t length;

	if (!words_phrase(words, "tujuan_kata", i, &length))
		return false;
	for (size_t at = i + length; at < words->count; at++) {
		if (words_clause_begins(words, at))
			break;
		if (says_something(words, at))
			return false;
	}
	return true;
}

/* Does a clause begin at word i? Not at "s.d", "3,5", "juni,juli", "kab. trenggalek". */
static bool begins(const struct words *words, size_t i)
{
	const char *text = words->call->text;
	size_t length, from = word_raw_end(words, i - 1), to = words->list[i].raw;

	if (words_phrase(words, "sambung_tanya", i, &length) || tells_purpose(words, i) ||
		question_list_sign(words, i))
		return true;
	if (question_list_sign(words, i - 1))
		return false;
	return words_clause_begins(words, i) &&
		(memchr(text + from, ' ', to - from) || memchr(text + from, '\n', to - from)) &&
		(text[from] != '.' || words->list[i - 1].length > SHORT_MOST);
}

bool clauses_cut(struct clauses *clauses)
{
	const struct intent_call *call = clauses->call;
	struct words own, words = *words_of(call, &own);
	size_t first = 0, joined;

	if (words.cut || words.count > WORDS_MOST || words_have(&words, "ralatan"))
		return false;
	for (size_t i = 1; i <= words.count; i++) {
		size_t end;

		if (i < words.count && !begins(&words, i))
			continue;
		if (clauses->count == CLAUSES)
			return false;
		end = i < words.count ? words.list[i].raw : strlen(call->text);
		if (words_phrase(&words, "sambung_awal", first, &joined) && first + joined < i)
			first += joined;
		if (question_list_sign(&words, first) && first + 1 < i) {
			clauses->numbered = true;
			first++;
		}
		clauses->list[clauses->count++].text = arena_strndup(call->arena,
			call->text + words.list[first].raw, end - words.list[first].raw);
		first = i;
	}
	return clauses->count > 1;
}
