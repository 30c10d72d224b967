/* What a question's words leave: names of places as they are written, one by one, and what nothing
 * explains; then only a part of it is understood. */
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/intent/intent.h"
#include "parsers/intent/intent_asking.h"
#include "parsers/intent/intent_each.h"
#include "parsers/parse/reader_forms.h"
#include "parsers/question/question.h"
#include "parsers/question/question_filter.h"
#include "parsers/text/error.h"

#define NAME_WORDS   4
#define MONTH_DAYS   27
#define NUMBER_MOST  3 /* digits of one that may be left out */
#define DIGITS_MOST  2 /* more are those of a report */
#define STRANGE_MOST 6 /* more words are talk */
#define LEFT_MOST    4 /* words that nothing explains in a question that is answered, ... */
#define LEFT_FEW     2 /* ... more of them only among twice as many that are understood */
#define ASIDE_MOST   6 /* ... and in a clause beside it */

/* Whether a place that may be asked about is written exactly so. */
bool question_is_place(const struct intent_call *call, const char *name)
{
	const struct sender *sender = call->context->sender;
	const struct puskesmas *served;
	struct area_matches matches;
	const struct lexicon_entry *entry = lexicon_find(call->lexicon, name, strcspn(name, " "));

	for (; entry; entry = entry->next)
		if (entry->class_id >= 0 && same_name(entry->class_name, "puskesmas") &&
			strchr(name, ' '))
			return gazetteer_find_puskesmas(
				       call->context->places, name, NULL, &served) == OK;
	for (size_t i = 0; i < sender->narea; i++)
		if (gazetteer_find_area_exact(call->context->places, name, sender->areas[i],
			    LEVEL_ANY, &matches) != ERR_NOT_FOUND)
			return true;
	for (size_t i = 0; sender->puskesmas && i < sender->puskesmas->narea; i++)
		if (gazetteer_find_area_exact(call->context->places, name,
			    sender->puskesmas->areas[i], LEVEL_ANY, &matches) != ERR_NOT_FOUND)
			return true;
	return false;
}

bool question_in_place(const struct words *words, size_t i, size_t most)
{
	for (size_t back = 0; back < most && back <= i; back++)
		for (size_t n = back + 1; n <= most && i - back + n <= words->count; n++)
			if (question_is_place(
				    words->call, words_text(words, i - back, i - back + n)))
				return true;
	return false;
}

/* The longest name at word i: how many words; 0. */
static size_t place_at(const struct words *words, size_t i, const char **name)
{
	for (size_t n = NAME_WORDS; n > 0; n--) {
		bool free = i + n <= words->count;

		for (size_t k = i; free && k < i + n; k++)
			free = !words->list[k].used && words->list[k].kind != WORD_DIGITS;
		if (!free)
			continue;
		*name = words_text(words, i, i + n);
		if (question_is_place(words->call, *name))
			return n;
	}
	return 0;
}

static const char *join(const struct words *words, const char *text, size_t i)
{
	const struct word *word = &words->list[i];

	return arena_printf(words->call->arena, "%s%s%.*s", text ? text : "", text ? " " : "",
		(int)word->length, words->call->text + word->raw);
}

size_t question_bare_places(
	const struct question *question, const char *names[1 + QUERY_PLACES], const char **unknown)
{
	const struct words *words = question->words;
	size_t count = 0, length, n;
	const char *name;

	*unknown = NULL;
	for (size_t i = 0; i < words->count; i += n) {
		n = 1;
		if (words->list[i].used || words_phrase(words, "dan_juga", i, &length))
			continue;
		length = i + 1 == question->strange ? 0 : place_at(words, i, &name);
		if (length > 0 && count < 1 + QUERY_PLACES) {
			names[count++] = name;
			n = length;
		} else {
			*unknown = join(words, *unknown, i);
		}
	}
	return count;
}

/* "di sukodono", "sejak lebaran": a place or a time that nobody knows is no word to pass over. */
static bool says_where_or_when(const struct words *words, size_t i)
{
	static const char *const before[] = {"tingkat", "puskesmas", "posyandu", "di_dalam",
		"satuan_periode", "bagian_tahun", "sejak", "sampai", "awal_tahun"};

	return i > 0 && words_phrase_any(words, i - 1, before, COUNT_OF(before));
}

/* Words that deny, except, compare or set a limit turn a question round; those of a time or of what
 * is counted were not understood. */
static bool turns_round(const struct words *words, size_t i)
{
	static const char *const classes[] = {"penyangkal", "kecuali", "ambang", "ambang_belakang",
		"banding", "urutan_daftar", "tak_dihitung", "indikator", "bulan", "periode",
		"satuan_periode", "bagian_tahun", "terakhir", "perorangan", "perkara_lain",
		"tingkat", "puskesmas", "rata_rata", "ukuran_isian", "ukuran_batas"};

	return words_phrase_any(words, i, classes, COUNT_OF(classes));
}

/* "lahir atlantis juli": where a question has its place, and no other place is told. */
static bool may_be_place(const struct words *words, size_t i)
{
	static const char *const behind[] = {"indikator", "tiap", "tingkat_daftar", "dan_juga"};
	size_t length;

	if (words->phrases[i].of[0] || i == 0 || !words->list[i - 1].used ||
		words_phrase(words, "yang", i - 1, &length))
		return false;
	return i + 1 >= words->count || !words_phrase_any(words, i + 1, behind, COUNT_OF(behind));
}

/* "akb dibanding jatim": it is set against what nobody knows, not against the time before. */
static bool is_compared_with(const struct words *words, size_t i)
{
	return words_phrase_before(words, "banding", i) > 0;
}

/* "umur termuda": an age that says nothing of whom. */
static bool age_left(const struct question *question)
{
	return words_have(question->words, "kata_usia") && !question->which &&
		!question->split && !question->aged;
}

/* What is counted stands beyond doubt, and nothing else of it is in question. */
static bool is_firm(const struct question *question)
{
	return question->nindicator > 0 && !question->weak && !question->limit &&
		!question->uncounted &&
		!question->strange && !question->deaths_left && !question->words->cut &&
		!age_left(question) && !words_tell_death(question->words);
}

/* Blanks alone stand in front of it: "diare#5" tells. */
static bool stands_free(const struct words *words, size_t i)
{
	size_t from = word_raw_end(words, i - 1);

	return from < words->list[i].raw &&
		strspn(words->call->text + from, " ") == words->list[i].raw - from;
}

/* "17 desa": a number that measures nothing, neither a limit nor a time. */
static bool is_bare_number(const struct words *words, size_t i)
{
	static const char *const behind[] = {"satuan_umur", "satuan_periode", "satuan_berat",
		"satuan_ukur", "persen", "bulan", "sampai"};
	static const char *const before[] = {"ambang", "periode", "satuan_periode", "bagian_tahun",
		"minggu_ke", "bulan", "sampai", "kata_usia", "ukuran_isian", "ukuran_batas"};
	size_t last;

	return words->list[i].length <= NUMBER_MOST && !words_phrase_any(words, i + 1, behind,
		COUNT_OF(behind)) && !word_glued(words, i + 1) &&
		(i == 0 || !words_phrase_any(words, i - 1, before, COUNT_OF(before))) &&
		!question_compares(words, i, &last) && !question_percent_at(words, i) &&
		(i == 0 || (words->list[i - 1].kind == WORD_LETTERS &&
				   !word_is(words, i - 1, "ke") && stands_free(words, i)));
}

/* Open cases, or what a wide word names: who or where, of which much more may be asked. */
static bool is_broad(const struct words *words, const char *indicator)
{
	const struct reader *reader = words->call->reader;
	const struct form_indicator *found = NULL;
	const struct form *form;

	for (size_t i = 0; !found && (form = reader_form_at(reader, i)); i++)
		found = form_indicator(form, indicator);
	return (found && found->cases != CASES_NONE) ||
		lexicon_word(words->call->lexicon, "indikator_luas", indicator);
}

/* "obat anemia", "imunisasi campak", "kelas bumil": in front of it the word says what it is. */
static bool leads(const struct words *words, size_t i)
{
	size_t length;
	const char *indicator = words_phrase(words, "indikator", i + 1, &length);
	const struct form *form;

	if (indicator)
		return is_broad(words, indicator);
	for (size_t k = 0; (form = reader_form_at(words->call->reader, k)); k++)
		if (words_of_cases(form) &&
			words_phrase(words, words_of_cases(form), i + 1, &length))
			return true;
	return false;
}

bool question_needs_word(const struct words *words, size_t i)
{
	size_t length;

	return says_where_or_when(words, i) || leads(words, i) ||
		(i > 0 && words_phrase(words, "penyangkal", i - 1, &length));
}

static bool is_letter_counted(const struct words *words, size_t i)
{
	size_t length;

	return words->list[i].length == 1 && words_phrase(words, "huruf_skdn", i, &length);
}

/* A word, or a number, that may be named and left out. */
static bool may_be_named(const struct words *words, size_t i)
{
	return words->list[i].kind == WORD_DIGITS ? is_bare_number(words, i)
						  : words->list[i].kind == WORD_LETTERS &&
			!is_letter_counted(words, i) && !turns_round(words, i) &&
			!question_may_be_slip(words, i) && !question_needs_word(words, i);
}

/* "bidan yg belum lapor": who did not is of the form or the level that the word may mean. */
static bool asks_who_told(const struct question *question)
{
	return same_name(question->indicators[0], "belum_lapor");
}

/* "tak tonton kok laporane sithik, sing lapor pira?": in a clause of its own, in which nothing is
 * counted. */
static bool stands_aside(const struct words *words, size_t i)
{
	static const char *const counted[] = {"indikator", "huruf_skdn"};
	size_t first = i, end = i + 1;

	while (first > 0 && !words_clause_begins(words, first))
		first--;
	while (end < words->count && !words_clause_begins(words, end))
		end++;
	for (size_t at = first; at < end; at++)
		if (words_phrase_any(words, at, counted, COUNT_OF(counted)))
			return false;
	return first > 0 || end < words->count;
}

/* In a clause beside the question: a word that does not turn it round. */
static bool says_nothing(const struct words *words, size_t i)
{
	return words->list[i].kind == WORD_LETTERS && !turns_round(words, i) &&
		!says_where_or_when(words, i);
}

bool question_leaves_out(struct question *question)
{
	const struct words *words = question->words;
	size_t left = 0, aside = 0, known = 0, names = 0, length, n,
	       places = words_have(words, "tempat_sendiri");
	const char *name;
	bool other = false;

	if (!is_firm(question))
		return false;
	for (size_t i = 0; i < words->count; i += n) {
		n = 1;
		if (words->list[i].used || words_phrase(words, "dan_juga", i, &length)) {
			known += words->list[i].used;
			continue;
		}
		length = place_at(words, i, &name);
		if (length > 0) {
			places++;
			n = length;
			continue;
		}
		if (stands_aside(words, i))
			aside++;
		else
			left++;
		names += words->list[i].kind == WORD_LETTERS && !stands_aside(words, i) &&
			may_be_place(words, i);
		if (!(stands_aside(words, i) ? says_nothing(words, i) : may_be_named(words, i)) ||
			(words->phrases[i].of[0] && asks_who_told(question) &&
				!stands_aside(words, i)))
			return false;
		other = other || is_compared_with(words, i);
	}
	if (left + aside == 0 || left > LEFT_MOST || aside > ASIDE_MOST || left > known + places ||
		(left > LEFT_FEW && LEFT_FEW * left > known + places) ||
		(names > 0 && places == 0 && !other))
		return false;
	if (other)
		question->against = (struct period){0};
	return true;
}

/* A word that a question has anyway, and no name: "bu mau tanya", "ya pak berapa". */
static bool is_of_question(const struct words *words, size_t i)
{
	static const char *const classes[] = {"pengisi_tanya", "tanya", "indikator", "periode",
		"bulan", "satuan_periode", "bagian_tahun", "tingkat", "puskesmas", "gelar"};
	size_t length;

	for (size_t k = 0; k < COUNT_OF(classes); k++)
		if (words_phrase(words, classes[k], i, &length))
			return true;
	return false;
}

/* "bu sari belum melahirkan, hpl 20/8": somebody is told of. */
bool question_names_somebody(const struct words *words)
{
	size_t length;

	for (size_t i = 0; i < words->count; i++)
		if (words_phrase(words, "gelar", i, &length) && i + length < words->count &&
			words->list[i + length].kind == WORD_LETTERS &&
			!words->list[i + length].used && !is_of_question(words, i + length))
			return true;
	return false;
}

/* A month or more. */
bool question_is_long(const struct question *question)
{
	return question->period_told &&
		date_diff_days(question->period.to, question->period.from) >= MONTH_DAYS;
}

/* By a word that asks; of those who count also by places or a month: "kec dg d/s < 60 dan n/d <
 * 50". */
static bool asks_beyond_doubt(const struct question *question)
{
	return question->head >= HEAD_ASKS ||
		(question->office && !question->place_tried &&
			(question->by || question_is_long(question)));
}

/* "cuma mau lahir juli panggul" of those who count: all but a word or two is a question. */
static bool counts_plainly(struct question *question)
{
	return question->office && (question->by || question_is_long(question)) &&
		question_leaves_out(question);
}

/* "brp bumil yg sesar": asked beyond doubt, and not all of it is understood. A person reads it, and
 * the answer says what could be told. Nothing that may be a report, a death or a cry. */
bool question_in_part(struct question *question, struct reading *out)
{
	struct words *words = question->words;
	const struct intent_call *call = words->call;
	const char *names[1 + QUERY_PLACES];
	size_t digits = 0, strange = 0;
	struct words all = *words;

	for (size_t i = 0; i < words->count; i++) {
		digits += !words->list[i].used && words->list[i].kind == WORD_DIGITS;
		strange += !words->list[i].used;
		all.list[i].used = false;
	}
	if ((!asks_beyond_doubt(question) && !counts_plainly(question)) ||
		question->nindicator == 0 || words->cut ||
		digits > DIGITS_MOST || strange > STRANGE_MOST || strange == 0 ||
		call->context->sender->role == ROLE_NONE || question_names_somebody(words) ||
		(!question->office &&
			(question->head != HEAD_ASKS || question->asks_who || digits > 0 ||
				!question_is_long(question))))
		return false;
	if (words_tell_death(words) && !question_is_long(question) &&
		!(question->deaths_left && question->head >= HEAD_ASKS))
		return false;
	if (intent_emergency(&all, out) && out->intent == INTENT_EMERGENCY)
		return false;
	reading_clear(out, out->training);
	out->text = call->text;
	question_fill(question, out);
	if (question_place_left(question, out)) {
		question_period_fill(question, out);
		out->intent = INTENT_QUERY;
		return true;
	}
	out->nproblem = 0;
	(void)question_bare_places(question, names, &out->query.unknown);
	if (question->denied && question->strange == question->denied)
		out->query.unknown = words_raw(words, question->denied - 1, question->denied_end);
	else if (question->strange && !out->query.unknown)
		out->query.unknown = words_raw(words, question->strange - 1, question->strange);
	question_area_told(question, out);
	question_period_fill(question, out);
	out->intent = INTENT_HUMAN;
	out->command = "tanya";
	return true;
}
