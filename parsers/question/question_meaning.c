/* What is asked beside a number: what it means, how it changed, who died, some of them. */
#include <stdlib.h>
#include <string.h>

#include "parsers/intent/period_words.h"
#include "parsers/question/question_told.h"

#define PLACE_WORDS 3

bool words_name_nobody(const struct words *words)
{
	size_t length;

	for (size_t i = 0; i < words->count; i++) {
		if (words_phrase(words, "gelar", i, &length))
			return false;
	}
	return true;
}

/* The period of the same length in front of it. */
static struct period before(const struct period *period)
{
	int months = (period->to.year - period->from.year) * 12 + period->to.month -
		period->from.month + 1, days = date_diff_days(period->to, period->from) + 1;

	if (period->from.day != 1 ||
		period->to.day != date_month_days(period->to.year, period->to.month))
		return (struct period){date_add_days(period->from, -days),
			date_add_days(period->to, -days)};
	return (struct period){
		date_add_months(period->from, -months), date_add_days(period->from, -1)};
}

/* "dibanding bulan lalu", not "bulan lalu naik apa turun": what is marked beside `without` stands
 * behind what compares. */
static bool stands_behind(const struct words *words, const struct words *without)
{
	size_t first = 0, length;

	while (first < words->count && words->list[first].used == without->list[first].used)
		first++;
	for (size_t back = 1; back <= LEXICON_WORDS && back <= first; back++)
		if ((words_phrase(words, "banding", first - back, &length) ||
			    words_phrase(words, "sejak", first - back, &length)) &&
			length == back)
			return true;
	return false;
}

/* What is as long and holds today: this month, this year. */
static struct period of_today(const struct period *like, struct date today)
{
	int months = (like->to.year - like->from.year) * 12 + like->to.month - like->from.month + 1,
	    days = date_diff_days(like->to, like->from) + 1, ahead;
	struct date first = {today.year, today.month, 1};

	if (like->from.day != 1 || like->to.day != date_month_days(like->to.year, like->to.month)) {
		ahead = (date_diff_days(today, like->from) / days) * days;
		return (struct period){
			date_add_days(like->from, ahead), date_add_days(like->to, ahead)};
	}
	if (12 % months == 0)
		first.month = (today.month - 1) / months * months + 1;
	return (struct period){first, date_add_days(date_add_months(first, months), -1)};
}

/* "2023 vs 2024 sampai juli": a year is set against as much of another one. */
static void level(struct period *one, struct period *other)
{
	struct period *whole = period_years(*one) ? one : period_years(*other) ? other : NULL,
		      *part = whole == one ? other : one;

	if (!whole || period_years(*part) || part->from.month != 1 || part->from.day != 1 ||
		whole->from.year != whole->to.year || part->from.year != part->to.year)
		return;
	whole->to = period_months(whole->from.year, 1, whole->from.year, part->to.month).to;
}

/* "bulan yg sama tahun lalu": as long, a year earlier; marks its words. */
static bool same_of_last_year(struct words *words)
{
	size_t length, more;

	for (size_t i = 0; i < words->count; i++) {
		const char *last;

		if (!words_phrase(words, "waktu_sama", i, &length))
			continue;
		last = words_phrase(words, "periode", i + length, &more);
		if (last && same_name(last, "y-1")) {
			words_use(words, i, length + more);
			return true;
		}
	}
	return false;
}

/* The time that is told, or this month, beside the same of the year before. */
static void year_before(struct question *question, struct date today)
{
	struct period *period = &question->period;

	question->compared = true;
	if (!intent_period(question->words, today, period))
		*period = period_unit_of("bulan", today);
	question->against = (struct period){
		date_add_months(period->from, -12), date_add_months(period->to, -12)};
	question->against.to.day = period->to.day == date_month_days(period->to.year,
							     period->to.month)
		? date_month_days(question->against.to.year, question->against.to.month)
		: question->against.to.day;
	question->period_told = true;
	question->told = *period;
}

void question_compared(struct question *question, struct date today)
{
	struct words *words = question->words, without = *words;
	struct period one, other;

	if (words_have(words, "waktu_sama") && same_of_last_year(words)) {
		year_before(question, today);
		return;
	}
	question->compared = true;
	question->period_told = intent_period_one(words, today, &one);
	if (!question->period_told && question_asks_way(words)) {
		question->period = period_unit_of("bulan", today); /* "n/d melati kok turun" */
		question->against = before(&question->period);
		question->period_told = question->one_told = true;
		question->told = question->period;
	}
	if (question->one_told || !question->period_told)
		return;
	question->period = question->told = one;
	if (!intent_period_one(words, today, &other)) {
		question->one_told = true;
		question->against = before(&one);
		if (stands_behind(words, &without) && date_compare(one.to, today) < 0) {
			question->period = of_today(&one, today); /* "naik dibanding juni" */
			question->against = one;
		}
		return;
	}
	level(&one, &other);
	question->period = question->against = one;
	if (date_compare(other.from, one.from) == 0)
		question->against = before(&one); /* "juli turun dari bulan sebelumnya" */
	else if (date_compare(other.to, one.to) > 0)
		question->period = other;
	else
		question->against = other;
}

bool question_meaning(struct question *question, struct reading *out)
{
	struct words own = *question->words;
	bool asks = false;
	size_t length;

	for (size_t i = 0; i < own.count; i++) {
		if (!words_phrase(&own, "arti", i, &length))
			continue;
		words_use(&own, i, length);
		asks = true;
	}
	words_use_class(&own, "pengisi_tanya");
	words_use_class(&own, "tanya");
	if (!asks || question->nindicator == 0)
		return false;
	if (words_unused(&own) > 0 || words_have(question->words, "berapa_kata")) {
		/* "bgm itu apa ya, trus di kab kita brp": both */
		words_use_class(question->words, "arti");
		question->meant = true;
		return false;
	}
	out->intent = INTENT_HELP;
	out->topic = question->indicators[0];
	return true;
}

/* "bayi sedo", "ibu sing tilar": whose, right in front of the word. */
static const char *whose_deaths(struct words *words, size_t i)
{
	size_t length, who = i;
	const char *narrow;

	while (who > 1 && words_phrase(words, "yang", who - 1, &length) && length == 1)
		who--;
	narrow = who > 0 ? words_phrase(words, "indikator_sambung", who - 1, &length) : NULL;
	if (!narrow || length != 1 || strncmp(narrow, "ak", 2) != 0)
		return "kematian";
	words_use(words, who - 1, i - who + 1);
	return narrow;
}

void question_deaths(struct question *question)
{
	struct words *words = question->words;
	size_t length;

	if (question->nindicator > 0 || question->head != HEAD_ASKS || question->asks_who ||
		!words_name_nobody(words))
		return;
	for (size_t i = 0; i < words->count && question->nindicator == 0; i++) {
		if (!words_phrase(words, "meninggal", i, &length) ||
			words_phrase(words, "tak_dihitung", i, &length))
			continue; /* "keguguran th ini brp" */
		words_use(words, i, length);
		question->indicators[0] = whose_deaths(words, i);
		if (same_name(question->indicators[0], "kematian"))
			question->indicators[0] = question_who_died(words);
		question->nindicator = 1;
	}
}

bool question_of_some(const struct question *question)
{
	struct words own = *question->words;

	bool some = words_use_any(&own, "golongan");
	size_t length;

	for (size_t i = 0; i + 1 < own.count; i++) /* "usia 0-28 hari" */
		some = some || (words_phrase(&own, "kata_usia", i, &length) &&
				       own.list[i + 1].kind == WORD_DIGITS &&
				       !own.list[i + 1].used);
	for (size_t i = 0; i + 1 < own.count; i++) /* "< 1 th" */
		some = some || (own.list[i].kind == WORD_DIGITS && !own.list[i].used &&
				       words_phrase(&own, "satuan_umur", i + 1, &length));
	if (!question->office || question->nindicator == 0 || !question->period_told || !some)
		return false;
	words_use_class(&own, "pengisi_tanya");
	words_use_class(&own, "satuan_periode");
	for (size_t i = 0; i < own.count; i++)
		if (own.list[i].kind == WORD_DIGITS)
			words_use(&own, i, 1);
	words_use_class(&own, "satuan_umur");
	return words_unused(&own) == 0;
}

bool question_of_person(const struct question *question)
{
	struct words own = *question->words;
	size_t length, first = own.count;
	struct question rest = *question;
	const char *names[1 + QUERY_PLACES], *unknown;

	for (size_t i = 0; i < own.count && first == own.count; i++)
		if (words_phrase(&own, "perorangan", i, &length))
			first = i;
	words_use_class(&own, "perorangan");
	words_use_class(&own, "pengisi_tanya");
	if (first == own.count || !question->office || question->nindicator == 0 ||
		question_lists_due(question) || question_names_somebody(&own))
		return false;
	if (question->head >= HEAD_ASKS || question->asks_who)
		return true;
	words_use_class(&own, "periode");
	words_use_class(&own, "bulan");
	rest.words = &own;
	(void)question_bare_places(&rest, names, &unknown);
	return unknown == NULL;
}

bool question_of_deaths(const struct question *question)
{
	struct words own = *question->words;
	struct question rest = *question;
	const char *names[1 + QUERY_PLACES], *unknown;

	if (!question->office || question->nindicator == 0 || question->which ||
		!words_have(question->words, "kata_kematian"))
		return false; /* a cause of one day is told */
	rest.words = &own;
	question_use_talk(&rest);
	words_use_class(&own, "tingkat"); /* "kematian ibu kec. bendungan 14/8/24" */
	if (question_names_somebody(&own))
		return false;
	(void)question_bare_places(&rest, names, &unknown);
	return unknown == NULL && !words_tell_death(&own);
}

/* "lahir mati tw 1 vs tw 2", "yg belum kirim laporan ilp": nobody tells so. */
bool question_wants(const struct question *question)
{
	const struct words *words = question->words;
	size_t length;

	for (size_t i = 1; i < words->count; i++) {
		const char *name = words_phrase(words, "indikator", i, &length);

		if (name && same_name(name, "belum_lapor") &&
			words_phrase(words, "yang", i - 1, &length))
			return true;
		if (question->office && words_phrase(words, "penyangkal", i, &length) &&
			words_phrase(words, "yang", i - 1, &length))
			return true; /* "wus meninggal yg blm jelas" */
	}
	return words_have(words, "banding_kuat");
}

/* "apakah stunting juli turun": against the time before. */
bool question_asks_way(const struct words *words)
{
	size_t length;

	for (size_t i = 0; i < words->count; i++)
		if (!words->list[i].used && words_phrase(words, "arah_tanya", i, &length))
			return true;
	return false;
}

/* How many words at i say where or when, or nothing; 0: they say more. */
static size_t where_or_when(const struct words *words, size_t i)
{
	static const char *const others[] = {"periode", "satuan_periode", "pengisi_tanya", "bulan",
		"tingkat", "puskesmas", "bagian_tahun"};
	size_t length;

	if (words->list[i].used || words->list[i].kind == WORD_DIGITS)
		return 1;
	for (size_t k = 0; k < COUNT_OF(others); k++)
		if (words_phrase(words, others[k], i, &length))
			return length;
	for (length = PLACE_WORDS; length > 0; length--)
		if (i + length <= words->count &&
			question_is_place(words->call, words_text(words, i, i + length)))
			return length;
	return 0;
}

/* "ono bayi mati ora", "ada kematian ibu gak di panggul tahun ini": is there one? Behind the denial
 * stands only where and when: what did not happen ("tidak sempat dibawa ke rs") is told. */
bool question_there_or_not(struct words *words)
{
	size_t length, there, end = 0, at;

	for (there = 0; there < words->count && !words_phrase(words, "ada_tidak", there, &length);)
		there++;
	for (at = there + 1; at < words->count && end == 0; at++)
		end = words_phrase(words, "atau_tidak", at, &length) ? at + length : 0;
	if (end == 0 || at < there + 3)
		return false;
	for (size_t i = end; i < words->count; i += length) {
		length = where_or_when(words, i);
		if (length == 0)
			return false;
	}
	words_use(words, at - 1, end - at + 1);
	words_use(words, there, 1);
	return true;
}
