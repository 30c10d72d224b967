/* Questions: what is counted, where and when, in any order: "JML LAHIR TRENGGALEK JUL 2024".
 *
 * A word of asking (jml, rekap, brp), or an indicator that nobody uses otherwise (AKI, D/S), makes
 * a question of it, when the rest of the text is understood too; talk about the same things stays
 * talk.
 */
#include <string.h>

#include "parsers/parse/reader_forms.h"
#include "parsers/form/form.h"
#include "parsers/intent/intent_words.h"
#include "parsers/text/error.h"

enum head { HEAD_NONE, HEAD_STRONG, HEAD_ASKS, HEAD_ORDERS };

#define INDICATORS 8

struct question {
	struct words *words;
	enum head head;
	/* what is counted, of the narrowest rank that was told; [0] NULL: nothing */
	const char *indicators[INDICATORS];
	size_t nindicator;
	int rank;
	const char *form; /* whose gaps are asked */
	const char *by;
	bool period_told, at_place; /* "di panggul" */
	struct period period;
};

/* Of two indicators the narrower is meant: REKAP POS … D/S is ds. */
static int rank_of(const char *indicator)
{
	static const char *const wide[] = {"rekap", "pos", "lahir", "kematian"};

	for (size_t i = 0; i < COUNT_OF(wide); i++)
		if (strcmp(indicator, wide[i]) == 0)
			return (int)i + 1;
	return (int)COUNT_OF(wide) + 1;
}

static void indicator_add(struct question *question, const char *name)
{
	int rank = rank_of(name);

	if (rank < question->rank)
		return;
	if (rank > question->rank)
		question->nindicator = 0;
	question->rank = rank;
	for (size_t i = 0; i < question->nindicator; i++) {
		if (strcmp(question->indicators[i], name) == 0)
			return;
	}
	if (question->nindicator < INDICATORS)
		question->indicators[question->nindicator++] = name;
}

/* "kematian ibu sama bayi": behind the word for "and" the second needs no whole name. */
static size_t elliptic_at(const struct words *words, size_t i, const char **name)
{
	size_t joiner, length;

	if (i >= words->count || !words_phrase(words, "dan_juga", i, &joiner))
		return 0;
	*name = words_phrase(words, "indikator_sambung", i + joiner, &length);
	return *name && !words_phrase(words, "indikator", i + joiner, &length) ? joiner + 1 : 0;
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

static void read_indicators(struct question *question)
{
	struct words *words = question->words;

	for (size_t i = 0; i < words->count; i++) {
		size_t length, strong, more;
		const char *second, *name =
			words->list[i].used ? NULL : words_phrase(words, "indikator", i, &length);

		if (!name || (length == 1 && words_phrase(words, "tingkat", i, &strong)))
			continue; /* ds: a desa, when it is not d/s */
		indicator_add(question, name);
		if (question->head == HEAD_NONE &&
			words_phrase(words, "indikator_kuat", i, &strong))
			question->head = HEAD_STRONG;
		words_use(words, i, length);
		i += length;
		while ((more = elliptic_at(words, i, &second))) {
			indicator_add(question, second);
			words_use(words, i, more);
			i += more;
		}
		i--;
	}
}

static void read_heads(struct question *question)
{
	struct words *words = question->words;

	for (size_t i = 0; i < words->count; i++) {
		size_t length, indicator;
		const char *kind = words_phrase(words, "tanya", i, &length);
		enum head head = kind && strcmp(kind, "perintah") == 0 ? HEAD_ORDERS : HEAD_ASKS;

		if (!kind)
			continue;
		if (head > question->head)
			question->head = head;
		if (!words_phrase(words, "indikator", i, &indicator))
			words_use(words, i, length);
	}
}

static bool digits_left(const struct words *words)
{
	for (size_t i = 0; i < words->count; i++)
		if (!words->list[i].used && words->list[i].kind == WORD_DIGITS)
			return true;
	return false;
}

static bool is_office(const struct sender *sender)
{
	return sender->role == ROLE_PUSKESMAS || sender->role == ROLE_DINKES ||
		sender->role == ROLE_PROVINSI;
}

/* The words not yet understood, as a name; "" when all are. */
static char *name_left(struct question *question)
{
	struct words *words = question->words;
	struct strbuf name = {0};
	char *copy;

	for (size_t i = 0; i < words->count; i++) {
		if (words->list[i].used)
			continue;
		if (name.length)
			strbuf_putc(&name, ' ');
		else
			question->at_place = i > 0 &&
				(word_is(words, i - 1, "di") || word_is(words, i - 1, "ing"));
		strbuf_add(&name, words->joined + words->list[i].at, words->list[i].length);
	}
	copy = arena_strdup(words->call->arena, name.text ? name.text : "");
	strbuf_free(&name);
	return copy;
}

/* CAKUPAN ILP PUSKESMAS [area] counts puskesmas, unless one of that name is meant. */
static char *by_puskesmas(const struct question *question, char *name, struct reading *out)
{
	const struct intent_call *call = question->words->call;
	size_t length = strcspn(name, " ");
	const struct lexicon_entry *entry = lexicon_find(call->lexicon, name, length);
	const struct puskesmas *named;

	while (entry && strcmp(entry->class_name, "puskesmas") != 0)
		entry = entry->next;
	if (!entry || !question->nindicator || strcmp(question->indicators[0], "ilp") != 0)
		return name;
	if (name[length] &&
		gazetteer_find_puskesmas(call->context->places, name, NULL, &named) !=
			ERR_NOT_FOUND)
		return name;
	out->query.by = "puskesmas";
	return name + length + (name[length] == ' ');
}

static void default_area(const struct intent_call *call, struct reading *out)
{
	const struct sender *sender = call->context->sender;

	if (sender->puskesmas) {
		out->query.area = sender->puskesmas->id;
	} else if (sender->narea == 1) {
		out->query.area = sender->areas[0]->code;
	} else if (sender->narea > 1) {
		struct area_matches own = {.count = sender->narea};

		memcpy(own.list, sender->areas, sender->narea * sizeof(*own.list));
		intent_area_options(
			call, intent_problem(out, "area", PROBLEM_AMBIGUOUS, NULL), &own);
	}
}

/* Whether talk with a name that is no place is a question all the same. */
static bool plain_enough(const struct question *question)
{
	switch (question->head) {
	case HEAD_ORDERS:
		return question->nindicator > 0;
	case HEAD_ASKS:
		return question->nindicator && question->at_place;
	case HEAD_STRONG:
		return question->period_told || is_office(question->words->call->context->sender);
	case HEAD_NONE:
		break;
	}
	return false;
}

static bool read_place(struct question *question, char *name, struct reading *out)
{
	const struct intent_call *call = question->words->call;
	struct place_found found;

	if (!*name) {
		default_area(call, out);
		return question->head != HEAD_NONE || question->period_told;
	}
	if (intent_place(call, name, out, &found)) {
		out->query.area = found.area ? found.area->code : found.puskesmas->id;
		return true;
	}
	return out->problems[out->nproblem - 1].code != PROBLEM_PLACE || plain_enough(question);
}

/* A number so small that a month of it says nothing: its form says so. */
static bool is_yearly(const struct question *question)
{
	const struct reader *reader = question->words->call->reader;
	const struct form *form;

	for (size_t i = 0; question->nindicator && (form = reader_form_at(reader, i)); i++) {
		const struct form_indicator *indicator =
			form_indicator(form, question->indicators[0]);

		if (indicator)
			return indicator->yearly;
	}
	return false;
}

static void fill_indicators(const struct question *question, struct reading *out)
{
	out->query.indicator = question->nindicator ? question->indicators[0] : NULL;
	for (size_t i = 1; i < question->nindicator && out->query.nalso < QUERY_ALSO; i++)
		out->query.also[out->query.nalso++] = question->indicators[i];
	out->query.by = question->by;
	out->query.form = question->form;
}

static void fill_period(const struct question *question, struct reading *out)
{
	struct date today = question->words->call->context->now.date;
	struct period period = question->period;
	char text[PERIOD_TEXT];

	if (!question->period_told && is_yearly(question))
		period = (struct period){{today.year, 1, 1}, {today.year, 12, 31}};
	else if (!question->period_told)
		period = (struct period){{today.year, today.month, 1},
			{today.year, today.month, date_month_days(today.year, today.month)}};
	period_format(period, text);
	out->query.period = arena_strdup(question->words->call->arena, text);
}

static bool one_day(const struct period *period)
{
	return date_compare(period->from, period->to) == 0;
}

static bool names_nobody(const struct words *words)
{
	size_t length;

	for (size_t i = 0; i < words->count; i++) {
		if (words_phrase(words, "gelar", i, &length))
			return false;
	}
	return true;
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

bool intent_query(struct words *words, struct reading *out)
{
	const struct intent_call *call = words->call;
	struct question question = {.words = words};
	bool unknown = call->context->sender->role == ROLE_NONE, mine;
	char *name;

	for (size_t i = 0; i < words->count; i++) {
		size_t length;

		if (words_phrase(words, "tanya_waktu", i, &length))
			return false;
	}
	read_heads(&question);
	read_level(&question);
	read_gaps_form(&question, behind_gaps(words));
	read_indicators(&question);
	if (question.head == HEAD_NONE && !question.by &&
		!(question.nindicator && is_office(call->context->sender)))
		return false;
	if (!question.nindicator && question.head != HEAD_ORDERS)
		return false;
	question.period_told = intent_period(words, call->context->now.date, &question.period);
	if (question.head == HEAD_NONE && question.period_told && one_day(&question.period))
		return false; /* "bayi meninggal kemarin" tells, it does not ask */
	words_use_class(words, "pengisi_tanya");
	if (question.head == HEAD_ORDERS && names_nobody(words))
		words_use_class(words, "meninggal"); /* "REKAP MATI": which deaths is asked back */
	else if (words_tell_death(words))
		return false;
	if (digits_left(words) || words->cut)
		return false;
	out->intent = INTENT_QUERY;
	fill_indicators(&question, out);
	name = by_puskesmas(&question, name_left(&question), out);
	if (unknown) {
		mine = !*name || question.head >= HEAD_ASKS;
		intent_problem(out, "", PROBLEM_UNREGISTERED, NULL);
	} else {
		mine = read_place(&question, name, out);
		if (!question.nindicator && mine)
			intent_problem(out, "indicator", PROBLEM_MISSING, NULL);
	}
	fill_period(&question, out);
	return mine;
}

#define NIK_DIGITS 16
#define NAME_WORDS  5

/* "cari siti aminah 3503…": a word of looking up first, and nothing else but a name. */
static bool asks_for_person(const struct words *words)
{
	size_t at = 0, length, names = 0;

	while (at < words->count && words_phrase(words, "pengisi", at, &length) &&
		!words_phrase(words, "cari_orang", at, &length))
		at++;
	if (at == words->count || !words_phrase(words, "cari_orang", at, &length))
		return false;
	for (size_t i = at; i < words->count; i++) {
		if (words->list[i].used)
			continue;
		if (words->list[i].kind != WORD_LETTERS || words->cut)
			return false;
		names++;
	}
	return names <= NAME_WORDS;
}

/* Somebody's data by NIK: never given. */
bool intent_privacy(struct words *words, struct reading *out)
{
	char *digits = words_find_digits(words, NIK_DIGITS);
	bool asks = false;

	if (!digits || strlen(digits) != NIK_DIGITS)
		return false;
	for (size_t i = 0; i < words->count; i++) {
		size_t length;

		if (!words->list[i].used && words_phrase(words, "cari_orang", i, &length)) {
			words_use(words, i, length);
			asks = true;
		}
	}
	words_use_class(words, "pengisi_tanya");
	words_use_class(words, "tanya");
	if (!asks || (words_unused(words) > 0 && !asks_for_person(words)))
		return false;
	out->intent = INTENT_QUERY;
	intent_problem(out, "", PROBLEM_PRIVACY, NULL);
	return true;
}
