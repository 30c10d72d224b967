/* What is to be explained: see meaning.h. */
#include "parsers/meaning/meaning.h"

#include <string.h>

#include "parsers/intent/intent.h"
#include "parsers/intent/intent_asking.h"
#include "parsers/intent/intent_each.h"
#include "parsers/meaning/faq.h"
#include "parsers/parse/reader_index.h"
#include "parsers/question/question.h"
#include "parsers/text/error.h"

#define WORDS_MOST  28
#define POLICY_WORDS_MOST 40
#define DIGITS_MOST 4 /* of a number: more are a report's, or somebody's */
#define YEAR_FIRST  2000
#define YEAR_LAST   2100
#define ASIDE_MOST  4 /* words that say something, beside the clause that asks */
#define STEM_LEAST  4 /* letters of a word that has an ending, or something in front */

static bool at(const struct words *words, size_t i, const char *class_name)
{
	size_t length;

	return words_phrase(words, class_name, i, &length) != NULL;
}

/* Words that may stand between WHAT and what it asks about. */
static bool between(const struct words *words, size_t from, size_t end)
{
	size_t length;

	for (size_t i = from; i < end; i += length) {
		if (!words_phrase(words, "pengisi_tanya", i, &length) &&
			!words_phrase(words, "huruf_kata", i, &length))
			return false;
	}
	return true;
}

/* What everybody speaks of (births, sessions, the pregnant) is asked about otherwise. */
static bool is_wide(const struct words *words, size_t i)
{
	size_t length;
	const char *indicator = words_phrase(words, "indikator", i, &length);

	return indicator && lexicon_word(words->call->lexicon, "indikator_luas", indicator);
}

/* "bgm itu apa", "apa sih risti": WHAT stands beside what is named. */
static bool what_beside(const struct words *words)
{
	size_t named_end = 0, what_end = 0, length;

	for (size_t i = 0; i < words->count; i++) {
		if (words_phrase(words, "apa_kata", i, &length) &&
			!at(words, i + length, "ada_tidak") && !at(words, i, "apa_saja") &&
			!at(words, i + length, "penyangkal")) {
			if (named_end > 0 && between(words, named_end, i))
				return true;
			what_end = i + length;
		}
		length = is_wide(words, i) ? 0 : meaning_named(words, i);
		if (length == 0)
			continue;
		if (what_end > 0 && between(words, what_end, i))
			return true;
		named_end = i + length;
		i += length - 1;
	}
	return false;
}

/* "kolom O diisi apa": the letter of a column. */
static bool column_asked(const struct words *words)
{
	for (size_t i = 0; i + 1 < words->count; i++)
		if (at(words, i, "kolom_kata") && meaning_named(words, i + 1) > 0)
			return words_have(words, "apa_kata");
	return false;
}

/* "kenapa k lebih dari s ditanya lagi" */
static bool asks_why(const struct words *words)
{
	return words_have(words, "kenapa") && words_have(words, "ditanya_lagi");
}

/* "sampai umur berapa hari", "berapa kali kunjungan": a limit of what is named. */
static bool asks_limit(const struct words *words)
{
	size_t length;

	for (size_t i = 0; i < words->count; i++)
		if (words_phrase(words, "berapa_kata", i, &length) &&
			(at(words, i + length, "satuan_batas") ||
				(i > 0 && (word_is(words, i - 1, "per") ||
						  at(words, i - 1, "sampai")))))
			return true;
	return false;
}

/* "harus pakai titik apa garis miring", "boleh dua kali?" */
static bool asks_rule(const struct words *words)
{
	return (words_have(words, "aturan") || words_have(words, "tanya_boleh")) &&
		(words_have(words, "apa_kata") || question_ends_asking(words->call->text));
}

/* "laporkan", "nulisnya": a word made of a verb of writing. */
static int is_made_of(const struct lexicon_entry *entry, void *context)
{
	return strstr(context, entry->phrase) != NULL;
}

static bool writing_at(const struct words *words, size_t i)
{
	return words->list[i].length > STEM_LEAST && words->list[i].kind == WORD_LETTERS &&
		lexicon_each(words->call->lexicon, "tulis_dasar", is_made_of,
			words_text(words, i, i + 1));
}

static bool tells_writing(const struct words *words)
{
	if (words_have(words, "tulis_kata") || words_have(words, "cara_tulis"))
		return true;
	for (size_t i = 0; i < words->count; i++)
		if (writing_at(words, i))
			return true;
	return false;
}

bool meaning_of_form_alone(const struct words *words)
{
	if (!meaning_of_two_forms(words))
		return false; /* nearly always */
	for (size_t i = 0; i < words->count; i++)
		if (words->list[i].kind == WORD_LETTERS && !words->phrases[i].of[0] &&
			!writing_at(words, i))
			return false; /* "sarmi meninggal, pakai LAHIR apa MATI" */
	return true;
}

static bool asks_how(const struct words *words)
{
	return words_have(words, "cara") || words_have(words, "bagaimana_kata");
}

/* "membetulkan", "hapus": what is done to a report by a command. */
static bool does_to_report(const struct words *words)
{
	size_t length;

	for (size_t i = 0; i < words->count; i++) {
		const char *topic = words_phrase(words, "topik_cara", i, &length);

		if (topic && lexicon_word(words->call->lexicon, "topik_ubah", topic))
			return true;
	}
	return false;
}

static enum meaning_want want_of(const struct words *words)
{
	bool when = (words_have(words, "kapan") || words_have(words, "tanya_waktu")) &&
		!words_have(words, "kapan_saja"); /* "k6 itu kapan saja" */

	if (words_have(words, "urusan_sendiri"))
		return MEANING_NONE; /* "anak saya panas, obatnya apa" */
	if (asks_why(words))
		return MEANING_WHY;
	if (words_have(words, "kode_kata"))
		return MEANING_CODE;
	if (words_have(words, "arti") || words_have(words, "arti_kuat"))
		return MEANING_WORD;
	if (meaning_of_two_forms(words) ||
		(asks_how(words) && (does_to_report(words) || tells_writing(words))))
		return MEANING_WAY;
	if ((words_have(words, "cara_tulis") || asks_rule(words)) && tells_writing(words))
		return MEANING_RULE;
	if (when)
		return MEANING_NONE;
	return what_beside(words) || column_asked(words) || words_have(words, "beda_kata") ||
			asks_limit(words) ||
			(words_have(words, "arti_longgar") && !words_have(words, "tanya"))
		? MEANING_WORD : MEANING_NONE;
}

/* "nifas bu sarmi": behind a title a word that nothing knows. Who is spoken to stands in front of
 * all, or of a sign. */
static bool names_somebody(const struct words *words)
{
	size_t length, next;

	for (size_t i = 1; i < words->count; i++) {
		if (!words_phrase(words, "gelar", i, &length) || i + length >= words->count)
			continue;
		next = i + length;
		if (words->list[next].kind == WORD_LETTERS && !words->phrases[next].of[0] &&
			strspn(words->call->text + word_raw_end(words, next - 1), " ") ==
				words->list[next].raw - word_raw_end(words, next - 1))
			return true;
	}
	return false;
}

/* Words that are more than courtesy, in clauses in which nothing is named that is explained. */
static size_t told_aside(const struct words *words)
{
	size_t all = 0, more = 0;
	bool named = false;

	for (size_t i = 0; i <= words->count; i++) {
		if (i == words->count || words_clause_begins(words, i)) {
			all += named ? 0 : more;
			more = 0;
			named = false;
		}
		named = named || meaning_named(words, i) > 0;
		more += i < words->count && !at(words, i, "pengisi_tanya") &&
			!at(words, i, "pengisi") && !at(words, i, "sapaan");
	}
	return all;
}

/* A time or a place: then a number is asked, or something is told. */
static bool tells_more(const struct words *words)
{
	static const char *const times[] = {"bulan", "periode", "bagian_tahun"};
	static const char *const levels[] = {"tingkat", "puskesmas"};

	for (size_t i = 0; i < words->count; i++) {
		if (words->list[i].used)
			continue;
		for (size_t k = 0; k < COUNT_OF(times); k++)
			if (at(words, i, times[k]))
				return true;
		for (size_t k = 0; k < COUNT_OF(levels) && i + 1 < words->count; k++)
			if (at(words, i, levels[k]) && !words->phrases[i + 1].of[0] &&
				!words->list[i + 1].used)
				return true;
		if (!words->phrases[i].of[0] && words->list[i].kind == WORD_LETTERS &&
			question_is_place(words->call, words_text(words, i, i + 1)))
			return true;
	}
	return false;
}

/* A report's numbers, or a year. Of the way something is written an example may stand: "g2p1a0". */
static bool has_figures(const struct words *words, enum meaning_want want)
{
	bool way = want == MEANING_WAY || want == MEANING_RULE || want == MEANING_CODE;
	size_t most = way ? 1 : DIGITS_MOST;

	for (size_t i = 0; i < words->count; i++) {
		long number = word_number(words, i);

		if (words->list[i].kind == WORD_CODE ||
			(number >= 0 && words->list[i].length > most) ||
			(number >= YEAR_FIRST && number < YEAR_LAST))
			return true;
	}
	return words->cut || strchr(words->call->text, '#') != NULL;
}

static const char *joined(const struct words *words, const char *const *topics, size_t count)
{
	const char *all = topics[0];

	for (size_t k = 1; k < count; k++)
		all = arena_printf(words->call->arena, "%s %s", all, topics[k]);
	return all;
}

/* A number is asked as well, or something is told. figure: a number was read of part of it. */
static bool wants_more(const struct words *words, enum meaning_want want, bool figure)
{
	if (want == MEANING_WORD && figure && words_have(words, "berapa_kata") &&
		!asks_limit(words))
		return true;
	return has_figures(words, want) || (want != MEANING_WAY && tells_more(words)) ||
		names_somebody(words);
}

static void explained(const struct words *words, const char *topic, struct reading *out)
{
	reading_clear(out, out->training);
	out->intent = INTENT_HELP;
	out->topic = topic;
	out->text = words->call->text;
}

static bool explains(struct words *words, bool figure, struct reading *out)
{
	const char *topics[MEANING_TOPICS];
	enum meaning_want want = words->count > WORDS_MOST ? MEANING_NONE : want_of(words);
	size_t aside = want == MEANING_WORD ? told_aside(words) : 0,
	       count = meaning_topics(words, want, topics);

	if (count == 0 || aside > ASIDE_MOST || wants_more(words, want, figure) ||
		(count == 1 && words_have(words, "beda_kata") && !words_have(words, "arti")))
		return false;
	explained(words, joined(words, topics, count), out);
	out->query.meant = want == MEANING_WORD; /* of a form's name too */
	return true;
}

/* By its sign, a word that asks, or "atau tidak" at its end. */
static bool asks_openly(const struct words *words)
{
	static const char *const classes[] = {"tanya_boleh", "bagaimana_kata", "apa_kata",
		"berapa_kata", "kapan", "kenapa", "cara", "tanya_waktu", "atau_juga"};
	bool asks = question_ends_asking(words->call->text) || intent_asks(words->call) ||
		(words->count > 0 && at(words, words->count - 1, "atau_tidak"));

	for (size_t i = 0; !asks && i < COUNT_OF(classes); i++)
		asks = words_have(words, classes[i]);
	return asks;
}

/* What is done in such a case; or of what it is a part: "masuk AKI tidak". Beside a death that may
 * have happened the case must be supposed, or whether it is done be asked: "bayi meninggal, saya
 * harus lapor kemana" tells it. */
static bool asks_rule_of(const struct words *words, bool death)
{
	size_t length, more;

	for (size_t i = 0; i < words->count; i++) {
		const char *rule = words_phrase(words, "aturan", i, &length);

		if (rule && (!death || same_name(rule, "1") ||
				    at(words, words->count - 1, "atau_tidak")))
			return true;
	}
	for (size_t i = 0; i < words->count; i++)
		if (words_phrase(words, "masuk_kerja", i, &length) &&
			words_phrase(words, "indikator", i + length, &more))
			return true;
	return false;
}

/* Deaths, and numbers that are known: a word must say that it is asked what is done then. */
static bool needs_rule(const struct words *words, const struct reading *told)
{
	return words_tell_death(words) || told->intent == INTENT_REPORT ||
		(told->intent == INTENT_QUERY && (words_have(words, "berapa_kata") ||
			(told->nproblem == 0 && !told->query.unknown)));
}

/* A question that is answered by data: of nobody, and with no report's numbers. */
static bool asks_policy(const struct words *words, struct reading *out)
{
	const struct faqs *faqs = words->call->reader->faqs;
	const char *name;

	if (words->count > POLICY_WORDS_MOST || words_have(words, "urusan_sendiri") ||
		has_figures(words, MEANING_WORD) || names_somebody(words) ||
		!asks_openly(words) || (needs_rule(words, out) &&
			!asks_rule_of(words, out->intent == INTENT_REPORT)))
		return false;
	name = faqs_find(faqs, words);
	if (!name)
		return false;
	explained(words, name, out);
	out->query.meant = true;
	return true;
}

bool meaning_policy(const struct intent_call *call, struct reading *out)
{
	struct words own, full;
	struct intent_call said;
	const char *text = out->text;

	if (call->context->sender->role == ROLE_NONE || !call->reader->faqs || !text ||
		!asks_policy(words_in_full(words_of(call, &own), &said, &full), out))
		return false;
	out->text = text;
	return true;
}

bool meaning_asked(const struct intent_call *call, struct reading *out)
{
	struct words own, full, read;
	struct intent_call said;
	const char *text = out->text;

	if (call->context->sender->role == ROLE_NONE)
		return false;
	read = *words_in_full(words_of(call, &own), &said, &full);
	if (!asks_policy(&read, out) &&
		((out->intent == INTENT_REPORT && want_of(&read) != MEANING_WAY) ||
			!explains(&read, out->intent == INTENT_QUERY, out)))
		return false;
	out->text = text;
	return true;
}
