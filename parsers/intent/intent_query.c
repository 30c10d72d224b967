/* Questions: what is counted, where and when, in any order: "JML LAHIR TRENGGALEK JUL 2024".
 *
 * A word of asking (jml, rekap, brp), or an indicator that nobody uses otherwise (AKI, D/S), makes
 * a question of it, when the rest of the text is understood too; talk about the same things stays
 * talk.
 */
#include <string.h>

#include "parsers/parse/reader_forms.h"
#include "parsers/form/form.h"
#include "parsers/form/form_case.h"
#include "parsers/intent/intent_question.h"
#include "parsers/text/error.h"

/* "berapa desa yang belum lapor": what is counted, not where. */
static void read_unit(struct question *question, size_t i)
{
	struct words *words = question->words;
	size_t length, filler;
	const char *unit = words_phrase(words, "tingkat_daftar", i, &length);

	if (!unit ||
		(i + length < words->count &&
			!words_phrase(words, "pengisi_tanya", i + length, &filler) &&
			!words_phrase(words, "indikator", i + length, &filler)))
		return;
	words_use(words, i, length);
	question->unit = unit;
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
		question->asks_who |= strcmp(kind, "siapa") == 0;
		if (!words_phrase(words, "indikator", i, &indicator))
			words_use(words, i, length);
		if (strcmp(kind, "tanya") == 0)
			read_unit(question, i + length);
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
	case HEAD_ORDERS: return question->nindicator > 0;
	case HEAD_ASKS: return question->nindicator && question->at_place;
	case HEAD_STRONG:
		return question->period_told || is_office(question->words->call->context->sender);
	case HEAD_NONE: break;
	}
	return false;
}

/* "AKI kabupaten", "rekap puskesmas": the sender's own, by its level alone. */
static bool is_own_level(const struct intent_call *call, const char *name)
{
	static const struct {
		const char *name;
		enum area_level level;
	} levels[] = {{"desa", LEVEL_DESA}, {"kecamatan", LEVEL_KECAMATAN},
		{"kabupaten", LEVEL_KABUPATEN}, {"provinsi", LEVEL_PROVINSI}};
	const struct sender *sender = call->context->sender;
	const struct lexicon_entry *entry = lexicon_find(call->lexicon, name, strlen(name));

	for (; entry; entry = entry->next) {
		if (strcmp(entry->class_name, "puskesmas") == 0 && sender->role == ROLE_PUSKESMAS)
			return true;
		for (size_t i = 0; i < COUNT_OF(levels) && sender->narea > 0; i++)
			if (strcmp(entry->class_name, "tingkat") == 0 &&
				strcmp(entry->canonical, levels[i].name) == 0 &&
				sender->areas[0]->level == levels[i].level)
				return true;
	}
	return false;
}

static bool read_place(struct question *question, char *name, struct reading *out)
{
	const struct intent_call *call = question->words->call;
	struct place_found found;

	if (!*name || is_own_level(call, name)) {
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
	if (!out->query.by && question->unit && out->query.indicator &&
		strcmp(question->unit, "puskesmas") == 0 &&
		strcmp(out->query.indicator, "ilp") == 0)
		out->query.by = question->unit;
	out->query.form = question->form;
	out->query.kind = question->kind;
}

/* Told week by week: a form that is, or what people tell cases of. */
static bool is_weekly(const struct question *question)
{
	const struct reader *reader = question->words->call->reader;
	const struct form *form;

	for (size_t i = 0; question->nindicator && (form = reader_form_at(reader, i)); i++) {
		if ((form->weekly && strcmp(form->name, question->indicators[0]) == 0) ||
			(form->outbreak &&
				strcmp(form->outbreak->by, question->indicators[0]) == 0) ||
			(form->weekly && question->form &&
				strcmp(form->name, question->form) == 0))
			return true;
	}
	return false;
}

/* Its weeks are Sunday to Saturday; without one: the last that is over. */
static struct period weeks_meant(const struct question *question, struct date today)
{
	struct period period = question->period;
	struct date monday = date_add_days(today, -((date_weekday(today) + 6) % 7));

	if (!question->period_told)
		period.from = date_add_days(today, -((date_weekday(today) + 1) % 7) - 6);
	else if (date_diff_days(period.to, period.from) != 6 || date_weekday(period.from) != 1)
		return period;
	else
		period.from = date_add_days(today,
			date_diff_days(period.from, monday) - date_weekday(today));
	period.to = date_add_days(period.from, 6);
	return period;
}

static void fill_period(const struct question *question, struct reading *out)
{
	struct date today = question->words->call->context->now.date;
	struct period period = question->period;
	char text[PERIOD_TEXT];

	if (is_weekly(question))
		period = weeks_meant(question, today);
	else if (!question->period_told && is_yearly(question))
		period = (struct period){{today.year, 1, 1}, {today.year, 12, 31}};
	else if (!question->period_told)
		period = (struct period){{today.year, today.month, 1},
			{today.year, today.month, date_month_days(today.year, today.month)}};
	period_format(period, text);
	out->query.period = arena_strdup(question->words->call->arena, text);
}

static bool ends_asking(const char *text)
{
	size_t length = strlen(text);

	while (length > 0 && strchr(" \n\".!", text[length - 1]))
		length--;
	return length > 0 && text[length - 1] == '?';
}

/* Births are not told by a bare word by those who count: "data bayi lahir tgl 10 agustus" asks. */
static bool counts_births(const struct question *question)
{
	return is_office(question->words->call->context->sender) && question->nindicator &&
		strcmp(question->indicators[0], "lahir") == 0;
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

/* "HPL 2 JAN 25" tells whom a form expects when; the list of that name is of longer times. */
static bool tells_day(const struct question *question)
{
	const struct reader *reader = question->words->call->reader;
	const struct form *form;

	for (size_t i = 0; question->head == HEAD_STRONG && question->nindicator &&
		(form = reader_form_at(reader, i)); i++) {
		if (form->cases && form->cases->list &&
			strcmp(form->cases->list, question->indicators[0]) == 0)
			return true;
	}
	return false;
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
	question_indicators(&question);
	if (question.head == HEAD_NONE && is_office(call->context->sender) &&
		ends_asking(call->text))
		question.head = HEAD_ASKS;
	if (question.asks_who && question.nindicator &&
		strcmp(question.indicators[0], "kematian") == 0)
		return false; /* "siapa yang meninggal" asks for a name */
	if (question.head == HEAD_NONE && !question.by &&
		!(question.nindicator && is_office(call->context->sender)))
		return false;
	if (!question.nindicator && question.head != HEAD_ORDERS)
		return false;
	question.period_told = intent_period(words, call->context->now.date, &question.period);
	if (question.period_told && one_day(&question.period) &&
		(tells_day(&question) ||
			(question.head == HEAD_NONE && !counts_births(&question))))
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
#define NAME_WORDS 5

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
