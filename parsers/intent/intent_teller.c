/* Whether somebody's reports, or those of a posyandu, are there: "kader wati sdh lapor blm",
 * "laporan lahir atas nama kader wati sdh masuk blm", "posyandu anggrek sdh masuk blm"; and which
 * deaths of the sender's area nobody has verified. */
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/intent/intent.h"
#include "parsers/intent/intent_asking.h"
#include "parsers/intent/intent_each.h"
#include "parsers/text/error.h"

#define NAME_WORDS 3
#define WORDS_MOST 16
#define MONTH_DAYS_MOST 31

/* Behind "kader", "bidan": the words [first, last) of a name. */
static bool find_name(const struct words *words, size_t *first, size_t *last)
{
	size_t length;

	for (size_t i = 0; i < words->count; i++) {
		const char *role = words_phrase(words, "peran", i, &length);

		if (!role || (strcmp(role, "kader") != 0 && strcmp(role, "bidan") != 0))
			continue;
		*first = *last = i + length;
		while (*last < *first + NAME_WORDS && words_may_be_name(words, *last))
			(*last)++;
		if (*last > *first)
			return true;
	}
	return false;
}

/* "sudah masuk belum", "sudah lapor belum", "sudah kirim?" */
static bool asks_whether(const struct words *words)
{
	bool told = false, open = words_have(words, "penyangkal") || strchr(words->call->text, '?');
	size_t length;

	for (size_t i = 0; i < words->count; i++) {
		if (words_came_asked(words, i) > 0)
			return true;
		told = told || words_phrase(words, "lapor_kerja", i, &length);
	}
	return told && open && words_have(words, "sudah_kata");
}

/* "sudah lapor kematian belum": whether one was told is asked, and none is. */
static void use_deaths_asked(struct words *words)
{
	size_t already, length;

	for (size_t i = 0; i < words->count; i++)
		if (words_phrase(words, "sudah_kata", i, &already) &&
			words_phrase(words, "lapor_kerja", i + already, &length) &&
			words_phrase(words, "meninggal", i + already, &length))
			words_use(words, i + already, length);
}

bool intent_teller_asked(struct words *words, struct reading *out)
{
	struct date today = words->call->context->now.date;
	struct words own = *words;
	struct period period;
	size_t first, last;

	if (words->call->context->sender->role <= ROLE_KADER || words->count > WORDS_MOST ||
		!find_name(words, &first, &last) || !asks_whether(words))
		return false;
	use_deaths_asked(words);
	if (words_tell_death(words))
		return false;
	if (intent_period(&own, today, &period) &&
		(date_compare(period.from, today) > 0 || date_compare(period.to, today) < 0))
		return false; /* of another time: by the lists */
	out->intent = INTENT_STATUS;
	out->ref = "";
	out->argument = words_text(words, first, last);
	return true;
}

/* What a posyandu tells, by its word: its session, or another form ("ilp"); NULL: what else. */
static const char *form_asked(const struct words *words)
{
	const char *form = NULL;
	size_t length, more;

	for (size_t i = 0; i < words->count; i++) {
		const char *named = words_phrase(words, "form_lapor", i, &length);

		if (!named || (form && words_phrase(words, "posyandu", i, &more)))
			continue;
		for (size_t k = 0; k < words->nform; k++)
			if (same_name(words->forms[k]->name, named) && !words->forms[k]->held)
				return NULL;
		form = named;
	}
	return form;
}

/* "posyandu anggrek": the one of that name. */
static const struct posyandu *posyandu_named(const struct words *words)
{
	const struct gazetteer *places = words->call->context->places;
	struct posyandu_matches matches;
	size_t length;

	for (size_t i = 0; places && i < words->count; i++) {
		if (!words_phrase(words, "posyandu", i, &length))
			continue;
		for (size_t more = 2; more > 0; more--)
			if (i + length + more <= words->count &&
				gazetteer_find_posyandu_exact(places,
					words_text(words, i + length, i + length + more),
					words->call->context->sender->areas[0], &matches) == OK)
				return matches.list[0];
	}
	return NULL;
}

/* "laporan posyandu juli": the sender's own, where no word stands that may name another. */
static const struct posyandu *posyandu_own(const struct words *words)
{
	for (size_t i = 0; i < words->count; i++)
		if (!words->list[i].used && !words->phrases[i].of[0])
			return NULL;
	return words->call->context->sender->posyandu;
}

/* The month that is asked about, else this one and not told; false: another time. */
static bool month_asked(struct words *words, struct period *period, bool *told)
{
	struct date today = words->call->context->now.date;

	*told = intent_period(words, today, period);
	if (!*told)
		*period = period_unit_of("bulan", today);
	return date_diff_days(period->to, period->from) <= MONTH_DAYS_MOST;
}

bool intent_sent_asked(struct words *words, struct reading *out)
{
	const struct sender *sender = words->call->context->sender;
	const struct posyandu *posyandu;
	const char *form = form_asked(words);
	struct words own = *words;
	struct period period;
	char text[PERIOD_TEXT];
	bool told;

	if (sender->role == ROLE_NONE || intent_is_office(sender) || words->count > WORDS_MOST ||
		!asks_whether(words) || words_tell_death(words) ||
		!month_asked(&own, &period, &told) || (!told && words_have(words, "punya")))
		return false;
	posyandu = posyandu_named(words);
	if (!posyandu && told)
		posyandu = posyandu_own(&own);
	if (!posyandu || !form)
		return false;
	period_format(period, text);
	out->intent = INTENT_QUERY;
	out->query.indicator = "belum_lapor";
	out->query.form = form;
	out->query.area = posyandu->id;
	out->query.period = arena_strdup(words->call->arena, text);
	return true;
}

bool intent_unchecked_asked(struct words *words, struct reading *out)
{
	if (!intent_is_office(words->call->context->sender) || words->count > WORDS_MOST)
		return false;
	words_use_class(words, "belum_verifikasi");
	words_use_class(words, "sekitar_verifikasi");
	words_use_class(words, "pengisi_tanya");
	words_use_class(words, "berapa_kata");
	words_use_class(words, "sapaan");
	if (words_unused(words) > 0)
		return false; /* a place, a time, a kind: as it is counted */
	out->intent = INTENT_STATUS;
	out->ref = "";
	out->command = "belum_verifikasi";
	return true;
}
