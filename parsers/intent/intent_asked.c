/* Questions about reports themselves, in anybody's words: whether one came ("L2408-0001 sdh masuk
 * blm?"), how one is sent ("format lapor kematian gmn"), when something is due ("jadwal posyandu
 * melati kpn"). None of them is a report. */
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/form/form_case.h"
#include "parsers/intent/intent.h"
#include "parsers/intent/intent_asking.h"
#include "parsers/intent/intent_each.h"

#define MONTH_DAYS 27
#define WORDS_MOST 14 /* more are talk */
#define WORDS_LONG 20 /* ... also where nothing else was understood */

/* Said around what is asked. */
static void use_around(struct words *words)
{
	static const char *const around[] = {"masuk_belum", "masuk_kata", "cara_tanya", "pengisi",
		"sapaan", "pengisi_tanya", "laporan_tanya"};

	for (size_t k = 0; k < COUNT_OF(around); k++)
		words_use_class(words, around[k]);
}

bool intent_ref_asked(struct words *words, struct reading *out)
{
	bool asks = words_have(words, "masuk_kata") || words_have(words, "cara_tanya") ||
		strchr(words->call->text, '?');
	const char *ref = asks && words->count <= WORDS_MOST ? words_find_ref(words) : NULL;

	if (!ref || !*ref || words_tell_death(words))
		return false;
	use_around(words);
	words_use_class(words, "laporan");
	words_use_class(words, "perintah");
	if (words_unused(words) > 0)
		return false;
	out->intent = INTENT_STATUS;
	out->ref = ref;
	return true;
}

/* "L2408-0012 salah ketik bb nya gmn ngubahnya", "laporan kulo klentu, cara ndandosi pripun": how
 * that report, or one of the sender's, is mended; what is right is not told. */
bool intent_mend_asked(struct words *words, struct reading *out)
{
	bool asks = words_have(words, "keliru") && words_have(words, "cara_tanya");
	const char *ref = asks && words->count <= WORDS_MOST ? words_find_ref(words) : NULL;

	if (!asks || words->count > WORDS_MOST || (ref && !*ref) || words_tell_death(words) ||
		(!ref && (!words_have(words, "laporan_kata") || !words_have(words, "cara"))))
		return false;
	for (size_t i = 0; i < words->count; i++)
		if (words->list[i].kind != WORD_LETTERS && !words->list[i].used)
			return false;
	out->intent = INTENT_HELP;
	out->topic = "koreksi";
	out->ref = ref;
	return true;
}

static bool has_digits(const struct words *words)
{
	for (size_t i = 0; i < words->count; i++)
		if (words->list[i].kind != WORD_LETTERS)
			return true;
	return false;
}

/* "laporan mati bu sarmi": the report of it, whose word of dying tells no death. */
static void use_reports_told(struct words *words)
{
	size_t length, more;

	for (size_t i = 0; i < words->count; i++) {
		if (!words_phrase(words, "laporan_kata", i, &length) ||
			!words_phrase(words, "laporan", i + length, &more))
			continue;
		words_use(words, i, length + more);
	}
}

static bool asks_came(const struct words *words)
{
	for (size_t i = 0; i < words->count; i++)
		if (words_came_asked(words, i) > 0)
			return true;
	return false;
}

/* Whether what the sender told came. */
static bool own_asked(struct words *words, struct reading *out)
{
	const struct sender *sender = words->call->context->sender;
	size_t length;
	bool asks = false;

	for (size_t i = 0; i < words->count; i++)
		asks |= (length = words_came_asked(words, i)) > 0 &&
			(i > 0 || words->count > length + 1); /* "sampun ta laporanku melati" */
	if (asks)
		use_reports_told(words);
	if (sender->role == ROLE_NONE || words->count > WORDS_LONG || !asks ||
		words_tell_death(words) ||
		(intent_is_office(sender) && !words_have(words, "punya")))
		return false;
	out->intent = INTENT_STATUS;
	out->ref = "";
	return true;
}

/* "laporan sy kemarin sdh masuk blm bu", "lahir bu siti sdh masuk blm": of those who report,
 * theirs. */
/* "laporan saya", "laporanku", "laporan posyandu kulo": behind the word for a report. */
static bool names_own(const struct words *words)
{
	size_t length, more;

	for (size_t i = 0; i < words->count; i++) {
		if (words_phrase(words, "laporan_punya", i, &length))
			return true;
		if (!words_phrase(words, "laporan_kata", i, &length))
			continue;
		if (words_phrase(words, "form_lapor", i + length, &more))
			length += more;
		if (words_phrase(words, "punya", i + length, &more))
			return true;
	}
	return false;
}

/* What is counted is asked about, not the reports. */
static bool counts_something(const struct words *words)
{
	size_t length;

	for (size_t i = 0; i < words->count; i++) {
		const char *name = words_phrase(words, "indikator", i, &length);

		if (name && !same_name(name, "belum_lapor") && !same_name(name, "rekap") &&
			!words_phrase(words, "form_lapor", i, &length))
			return true;
	}
	return false;
}

static bool asks_of_reports(const struct words *words)
{
	static const char *const asking[] = {"tanya_angka", "laporan_keadaan", "yang_mana"};
	bool asks = asks_came(words) || strchr(words->call->text, '?');

	for (size_t k = 0; k < COUNT_OF(asking); k++)
		asks = asks || words_have(words, asking[k]);
	return asks;
}

/* A month or more that is over. */
static bool past_months(const struct words *words, struct period *period)
{
	struct date today = words->call->context->now.date;
	struct words own = *words;

	return intent_period(&own, today, period) && date_compare(period->to, today) < 0 &&
		date_diff_days(period->to, period->from) >= MONTH_DAYS;
}

/* "laporan posyandu kulo juli sampun mlebet dereng": whether that month's is there. */
static bool own_month(
	const struct words *words, const struct period *period, struct reading *out)
{
	const struct sender *sender = words->call->context->sender;
	char text[PERIOD_TEXT];
	size_t length;

	for (size_t i = 0; sender->posyandu && i < words->count && !out->query.form; i++)
		if (words_phrase(words, "posyandu", i, &length))
			out->query.form = words_phrase(words, "form_lapor", i, &length);
	if (!out->query.form)
		return false;
	period_format(*period, text);
	out->intent = INTENT_QUERY;
	out->query.indicator = "belum_lapor";
	out->query.area = sender->posyandu->id;
	out->query.period = arena_strdup(words->call->arena, text);
	return true;
}

bool intent_mine_asked(struct words *words, struct reading *out)
{
	struct period period;
	const struct sender *sender = words->call->context->sender;

	if (sender->role == ROLE_NONE || intent_is_office(sender) || words->count > WORDS_LONG ||
		!names_own(words) || !asks_of_reports(words) || counts_something(words) ||
		words_have(words, "keliru") || words_have(words, "kenapa"))
		return false;
	use_reports_told(words);
	if (words_tell_death(words))
		return false;
	if (past_months(words, &period))
		return own_month(words, &period, out);
	out->intent = INTENT_STATUS;
	out->ref = "";
	return true;
}

bool intent_own_asked(struct words *words, struct reading *out)
{
	return words->count <= WORDS_MOST && !has_digits(words) && own_asked(words, out);
}

/* Where nothing was a report the day that is told makes none: "laporan bumil tgl 12 itu udah masuk
 * apa belum", "yg kemarin saya kirim L2408-12 masuk ga". */
bool intent_came_asked(struct words *words, struct reading *out)
{
	struct words own = *words;
	struct period period;
	const char *ref = words->count <= WORDS_LONG ? words_find_ref(&own) : NULL;

	if (ref && !*ref)
		return false;
	(void)intent_period(&own, words->call->context->now.date, &period);
	for (size_t i = 0; i < own.count; i++)
		if (own.list[i].kind != WORD_LETTERS && !own.list[i].used)
			return false;
	if (ref && asks_came(words) && !words_tell_death(words)) {
		out->intent = INTENT_STATUS;
		out->ref = ref;
		return true;
	}
	return own_asked(words, out);
}

/* What the words at i name: a form by its keyword or name, a command; *length words. */
static const char *topic_named(const struct words *words, size_t i, size_t *length)
{
	const char *topic = words_phrase(words, "form_lapor", i, length);

	for (size_t k = 0; k < words->nform && !topic; k++) {
		const struct form *form = words->forms[k];

		for (size_t n = 0; n <= form->nkeyword && !topic; n++) {
			*length = words_spell(
				words, i, n == 0 ? form->name : form->keywords[n - 1]);
			topic = *length > 0 ? form->name : NULL;
		}
	}
	return topic ? topic : words_phrase(words, "topik", i, length);
}

/* "klo tdk ada yg lahir lapornya gmn": marks what says that there was none. */
static bool none_told(struct words *words)
{
	bool none = false;
	size_t length;

	for (size_t i = 0; i < words->count; i++) {
		if (words->list[i].used || !words_phrase(words, "penyangkal", i, &length))
			continue;
		words_use(words, i, length);
		none = true;
	}
	return none;
}

bool intent_how_asked(struct words *words, struct reading *out)
{
	size_t length, i = 0;
	const char *topic = NULL;

	while (i < words->count && !words_phrase(words, "cara", i, &length))
		i++;
	if (i == words->count || words->count > WORDS_MOST || has_digits(words) ||
		words->call->context->sender->role == ROLE_NONE)
		return false;
	words_use_class(words, "cara");
	for (i = 0; i < words->count && !topic; i++) {
		topic = words->list[i].used ? NULL : topic_named(words, i, &length);
		words_use(words, i, topic ? length : 0);
	}
	if (topic && none_told(words))
		topic = "nihil";
	use_around(words);
	words_use_class(words, "pengisi_bantuan");
	if (words_unused(words) > 0)
		return false;
	out->intent = INTENT_HELP;
	out->topic = topic ? topic : "";
	return true;
}

/* "jadwal hpl minggu depan": days that a form expects are a list. */
static bool expects_days(const struct words *words)
{
	size_t length;

	for (size_t i = 0; i < words->count; i++) {
		const char *name = words_phrase(words, "indikator", i, &length);

		for (size_t k = 0; name && k < words->nform; k++)
			if (words->forms[k]->cases && words->forms[k]->cases->list &&
				strcmp(words->forms[k]->cases->list, name) == 0)
				return true;
	}
	return false;
}

bool intent_when_asked(struct words *words, struct reading *out)
{
	struct words own = *words;

	if (words->call->context->sender->role == ROLE_NONE || !words_have(words, "kapan") ||
		expects_days(words) ||
		has_digits(words) || words_tell_death(words) || intent_emergency(&own, out))
		return false;
	out->intent = INTENT_HUMAN;
	out->command = intent_is_office(words->call->context->sender) ? "tanya_lain" : NULL;
	return true;
}
