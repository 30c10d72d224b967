/* Words around a question that say nothing of it. */
#include <string.h>

#include "parsers/question/question.h"
#include "parsers/question/question_told.h"
#include "parsers/text/error.h"

#define PURPOSE_WORDS 7
#define KNOWN_DIGITS  3 /* of a number that was answered before */

/* "UJAN MAS": a word that says nothing elsewhere may be a place, or end its name. */
static bool ends_name(const struct words *words, size_t i)
{
	const struct word *before = i > 0 ? &words->list[i - 1] : NULL;
	const struct sender *sender = words->call->context->sender;
	struct area_matches matches;

	for (size_t k = 0; k < sender->narea; k++)
		if (gazetteer_find_area_exact(words->call->context->places,
			    words_text(words, i, i + 1), sender->areas[k], LEVEL_ANY,
			    &matches) != ERR_NOT_FOUND)
			return true; /* TAHUNAN */
	if (!before || before->used || before->kind != WORD_LETTERS)
		return false;
	return gazetteer_find_area_exact(words->call->context->places,
		       words_text(words, i - 1, i + 1), NULL, LEVEL_ANY, &matches) != ERR_NOT_FOUND;
}

/* A word that may not be passed over: "umur di bawah 20", a denial of what has no others. */
static bool is_strange(const struct question *question, size_t i)
{
	return question->strange > 0 && i + 1 >= question->strange &&
		i + 1 < question->strange + (question->ndenied ? question->ndenied : 1);
}

/* "sudah 80 persen belum", "apa tidak": behind all that is told it denies nothing. */
static void use_trailing_denial(struct question *question)
{
	struct words *words = question->words;
	size_t length, denied;
	bool which = words_have(words, "yang");

	for (size_t i = words->count; i > 0; i--) {
		bool denial = words_phrase(words, "penyangkal", i - 1, &denied) != NULL &&
			!(which && words_phrase(words, "tak_ada", i - 1, &length)) &&
			!words_phrase(words, "kecuali", i - 1, &length); /* "yg nol" */

		if (!denial && !words->list[i - 1].used &&
			!words_phrase(words, "pengisi_tanya", i - 1, &length))
			return;
		if (!denial)
			continue;
		if (!words->list[i - 1].used && !is_strange(question, i - 1))
			words_use(words, i - 1, denied);
	}
}

/* "tak tonton" is longer than what denies: I have seen. */
static bool denies(const struct words *words, size_t i, size_t most)
{
	size_t length;

	return words_phrase(words, "penyangkal", i, &length) != NULL && length >= most;
}

/* A word of the question itself. */
static bool is_meant(const struct words *words, size_t i)
{
	static const char *const classes[] = {"indikator", "tingkat", "puskesmas", "bulan",
		"periode", "hadir_siapa", "golongan", "tanya"};
	size_t length;

	for (size_t k = 0; k < COUNT_OF(classes); k++)
		if (words->list[i].used || words_phrase(words, classes[k], i, &length))
			return true;
	return ends_name(words, i);
}

/* "ranking puskesmas berdasarkan d/s": in front of what is counted. */
static void use_by_what(struct question *question)
{
	struct words *words = question->words;
	size_t length, more;

	for (size_t i = 0; question->by && i < words->count; i++)
		if (!words->list[i].used && words_phrase(words, "berdasar", i, &length) &&
			words_phrase(words, "indikator", i + length, &more))
			words_use(words, i, length);
}

/* "utk bahan rapat koordinasi besok": what it is for, with words that nobody needs to know. */
static void use_purpose(struct words *words)
{
	size_t length, purpose;

	for (size_t i = 0; i < words->count; i++) {
		size_t end = i;

		if (!words_phrase(words, "untuk_kata", i, &length))
			continue;
		for (size_t at = i; at < words->count && at < i + PURPOSE_WORDS; at += length) {
			length = 1;
			if (words_phrase(words, "keperluan", at, &purpose))
				end = at + purpose;
			else if (words_phrase(words, "untuk_kata", at, &length) ||
				words_phrase(words, "pengisi_tanya", at, &length))
				continue; /* understood anyway */
			else if (words->list[at].kind != WORD_LETTERS || is_meant(words, at))
				break;
			else if (end > i)
				end = at + 1;
		}
		for (size_t at = i; at < end; at += length)
			if (!words_phrase(words, "pengisi_tanya", at, &length)) {
				words_use(words, at, 1);
				length = 1;
			}
	}
}

/* "ditunggu provinsi", "ditanya pak kadin": who wants it, and no place. */
static void use_who_wants(struct words *words)
{
	static const char *const who[] = {"tingkat", "puskesmas", "keperluan", "gelar"};
	size_t length, more;

	for (size_t i = 0; i < words->count; i++) {
		size_t end = i;

		if (!words_phrase(words, "peminta", i, &length))
			continue;
		for (size_t at = i + length; at < words->count && end == i && at < i + 4; at++) {
			for (size_t k = 0; k < COUNT_OF(who) && end == i; k++)
				if (words_phrase(words, who[k], at, &more) &&
					question_bare_level(words, at + more))
					end = at + more;
			if (end == i && !words_phrase(words, "pengisi_tanya", at, &more))
				break;
		}
		words_use(words, i, end - i);
	}
}

/* "rujukan bayi": of what is counted about other reports the word says whose. */
static bool is_whose(const struct question *question, size_t i)
{
	const struct words *words = question->words;
	size_t length;

	return i > 0 && question_is_about(question) &&
		words_phrase(words, "rujukan", i - 1, &length) &&
		(words_phrase(words, "hadir_siapa", i, &length) ||
			words_phrase(words, "indikator_sambung", i, &length));
}

/* "d kab", "d panggul": di. */
static void use_in(struct words *words)
{
	static const char *const levels[] = {"tingkat", "puskesmas"};
	size_t length;

	for (size_t i = 0; i + 1 < words->count; i++) {
		bool place = false;

		if (words->list[i].used || !word_is(words, i, "d") || words->list[i + 1].used)
			continue;
		for (size_t k = 0; k < COUNT_OF(levels); k++)
			place = place || words_phrase(words, levels[k], i + 1, &length);
		if (place || question_is_place(words->call, words_text(words, i + 1, i + 2)))
			words_use(words, i, 1);
	}
}

/* "AKI 3 kasus desa mana": of what is asked where, the number is known already. */
static void use_known_number(struct question *question)
{
	struct words *words = question->words;
	size_t length;

	for (size_t i = 1; question->by && question->limit == 0 && i + 1 < words->count; i++)
		if (word_number(words, i) > 0 && !words->list[i].used &&
			(words->list[i - 1].used || words_phrase(words, "nya", i - 1, &length)) &&
			words->list[i].length <= KNOWN_DIGITS &&
			words_phrase(words, "kata_kasus", i + 1, &length))
			words_use(words, i, 1);
}

/* "berapa yg sudah lapor dari 20": of how many, which the answer tells anyway. */
static void use_of_all(struct question *question)
{
	struct words *words = question->words;
	size_t length;

	if (question->nindicator == 0 || strcmp(question->indicators[0], "belum_lapor") != 0)
		return;
	for (size_t i = 1; i < words->count; i++)
		if (word_number(words, i) > 0 && !words->list[i].used &&
			words->list[i].length <= KNOWN_DIGITS &&
			(word_is(words, i - 1, "dari") || word_is(words, i - 1, "dr")) &&
			!words_phrase(words, "bulan", i + 1, &length))
			words_use(words, i, 1);
}

/* "bumil di dusun saya": counted with the desa, which is said. */
static void use_below(struct question *question)
{
	struct words *words = question->words;
	size_t length, own;

	for (size_t i = 0; question->nindicator > 0 && i + 1 < words->count; i++)
		if (!words->list[i].used && words_phrase(words, "bawah_desa", i, &length) &&
			words_phrase(words, "punya", i + length, &own)) {
			question->below = words_raw(words, i, i + length);
			words_use(words, i, length + own);
		}
}

/* "S total balita": the letter of what is counted. */
static void use_letter(struct question *question)
{
	struct words *words = question->words;
	const char *counted;
	size_t length;

	for (size_t i = 0; question->nindicator > 0 && i < words->count; i++)
		if (words->list[i].length == 1 && !words->list[i].used &&
			(counted = words_phrase(words, "huruf_skdn", i, &length)) &&
			same_name(counted, question->indicators[0]))
			words_use(words, i, 1);
}

void question_use_talk(struct question *question)
{
	struct words *words = question->words;
	const char *special;
	size_t length;

	use_in(words);
	use_trailing_denial(question);
	use_by_what(question);
	use_purpose(words);
	use_who_wants(words);
	use_letter(question);
	use_below(question);
	use_known_number(question);
	use_of_all(question);
	for (size_t i = 0; i < words->count; i++)
		if (!words->list[i].used && question->nindicator > 0 &&
			(special = words_phrase(words, "pengisi_khusus", i, &length)) &&
			same_name(special, question->indicators[0]))
			words_use(words, i, length);
		else if (!words->list[i].used && !is_whose(question, i) &&
			words_phrase(words, "pengisi_tanya", i, &length) &&
			!(length == 1 && ends_name(words, i)) && !is_strange(question, i) &&
			!denies(words, i, length))
			words_use(words, i, length);
	if (question->nindicator && same_name(question->indicators[0], "belum_lapor"))
		words_use_class(words, "penghubung");
}
