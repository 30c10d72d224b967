/* Questions: what is counted, where and when, in any order: "JML LAHIR TRENGGALEK JUL 2024".
 *
 * A word of asking (jml, rekap, brp), or an indicator that nobody uses otherwise (AKI, D/S), makes
 * a question of it, when the rest of the text is understood too. */
#include <stdlib.h>
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/form/form_case.h"
#include "parsers/intent/intent.h"
#include "parsers/parse/reader_forms.h"
#include "parsers/question/question.h"
#include "parsers/text/error.h"

#define NIK_DIGITS 16

/* Neither a place's name nor anything else that a level stands in front of. */
static bool ends_unit(const struct words *words, size_t i)
{
	static const char *const others[] = {
		"pengisi_tanya", "indikator", "bulan", "periode", "satuan_periode", "tanya"};

	return i >= words->count || words->list[i].kind == WORD_DIGITS ||
		words_phrase_any(words, i, others, COUNT_OF(others));
}

/* "berapa desa yang belum lapor": what is counted, not where. */
static void read_unit(struct question *question, size_t i)
{
	struct words *words = question->words;
	size_t length, own;
	const char *unit = words_phrase(words, "tingkat_daftar", i, &length);

	if (!unit || !ends_unit(words, i + length) ||
		words_phrase(words, "punya", i + length, &own))
		return; /* "di desa saya": where */
	words_use(words, i, length);
	if (question->unit && !same_name(question->unit, unit))
		unit = "desa_puskesmas"; /* "di berapa desa dan berapa puskesmas" */
	question->unit = unit;
}

/* "reka": a slip of REKAP, which is also what is counted. */
static bool near_indicator(const struct words *words, size_t i)
{
	size_t length;
	const struct lexicon *lexicon = words->call->lexicon;

	return !words_phrase(words, "tanya", i, &length) &&
		lexicon_nearest(
			lexicon, lexicon_class(lexicon, "indikator"), words_text(words, i, i + 1));
}

static void read_heads(struct question *question)
{
	struct words *words = question->words;

	for (size_t i = 0; i < words->count; i++) {
		size_t length, indicator;
		const char *kind = i == 0 && question->office
			? words_phrase_near(words, "tanya", i, &length)
			: words_phrase(words, "tanya", i, &length);
		enum head head = kind && same_name(kind, "perintah") ? HEAD_ORDERS : HEAD_ASKS;

		if (!kind || (same_name(kind, "minta") &&
				     words->call->context->sender->role == ROLE_NONE))
			continue;
		if (head > question->head)
			question->head = head;
		question->asks_who |= same_name(kind, "siapa");
		if (!question->unit && words_phrase(words, "unit_daftar", i, &indicator) &&
			indicator < length)
			question->unit = "posyandu"; /* "2T di posyandu mana saja" */
		if (!words_phrase(words, "indikator", i, &indicator) && !near_indicator(words, i))
			words_use(words, i, length);
		if (same_name(kind, "tanya"))
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

/* Counted by some form, report by report. */
static bool is_event(const struct question *question, const char *name)
{
	const struct reader *reader = question->words->call->reader;
	const struct form *form;

	if (strchr(question->unit, '_'))
		return false; /* both levels */
	for (size_t i = 0; (form = reader_form_at(reader, i)); i++)
		if (form_indicator(form, name))
			return true;
	return false;
}

void question_fill(const struct question *question, struct reading *out)
{
	out->query.indicator = question->nindicator ? question->indicators[0] : NULL;
	for (size_t i = 1; i < question->nindicator && out->query.nalso < QUERY_ALSO; i++)
		out->query.also[out->query.nalso++] = question->indicators[i];
	out->query.by = question->by;
	out->query.lowest = question->lowest;
	out->query.meant = question->meant;
	out->query.apart = question->apart;
	out->query.ends = question->ends && question->by;
	if (!out->query.by && question->unit && out->query.indicator &&
		((strstr(question->unit, "puskesmas") &&
			 same_name(out->query.indicator, "ilp")) ||
			(!same_name(question->unit, "posyandu") &&
				same_name(out->query.indicator, "belum_lapor"))))
		out->query.by = question->unit;
	if (!out->query.by && question->unit && question->nindicator == 1 &&
		is_event(question, question->indicators[0]))
		out->query.by = question->unit; /* "berapa desa yg ada kematian bayi" */
	out->query.form = question->form;
	out->query.kind = question->kind;
	out->query.which = question->which;
	out->query.split = question->split;
	out->query.without = question->without;
	if (question->guessed && out->query.indicator && !out->query.kind &&
		same_name(out->query.indicator, "penyakit"))
		out->query.by = NULL; /* "penyakit terbanyak": of the diseases themselves */
	out->query.limit = out->query.by ? question->limit : 0;
	out->query.limit_too = question->limit_too;
}

bool question_ends_asking(const char *text)
{
	size_t length = strlen(text);

	while (length > 0 && strchr(" \n\".!", text[length - 1]))
		length--;
	return length > 0 && text[length - 1] == '?';
}

/* Births are not told by a bare word by those who count: "data bayi lahir tgl 10 agustus" asks. */
static bool counts_births(const struct question *question)
{
	return question->office && question->nindicator &&
		same_name(question->indicators[0], "lahir");
}

/* Nothing asks: what happened that day is told. "kematian ibu sarmi kemarin" by its name alone. */
static bool is_told(const struct question *question)
{
	return question->head == HEAD_NONE ? !counts_births(question)
		: question->head == HEAD_STRONG && words_have(question->words, "kata_kematian");
}

static bool one_day(const struct period *period)
{
	return date_compare(period->from, period->to) == 0;
}

/* "HPL 2 JAN 25" tells whom a form expects when; the list of that name is of longer times. */
static bool tells_day(const struct question *question)
{
	const struct reader *reader = question->words->call->reader;
	const struct form *form;

	for (size_t i = 0;
		question->head == HEAD_STRONG && (form = reader_form_with_cases(reader, &i));) {
		for (size_t k = 0; form->cases->list && k < question->nindicator; k++) {
			if (same_name(form->cases->list, question->indicators[k]))
				return true;
		}
	}
	return false;
}

/* "skdn posyandu mawar juli", "kelahiran terbis jan-juli" of those who report: no report is told by
 * a name and a month. Deaths are, by less. */
static bool reports_none(const struct question *question)
{
	const struct reader *reader = question->words->call->reader;
	const struct words *words = question->words;
	const struct sender *sender = words->call->context->sender;
	const struct form *form;

	if (sender->role == ROLE_NONE || question->asks_who || words_have(words, "kata_kirim") ||
		question_names_somebody(words))
		return false;
	for (size_t k = 0; k < question->nindicator; k++)
		for (size_t i = 0; (form = reader_form_at(reader, i)); i++)
			if (form->story &&
				(same_name(form->name, question->indicators[k]) ||
					form_indicator(form, question->indicators[k])))
				return false;
	return sender->role == ROLE_BIDAN || words_have(words, "kata_tanya");
}

/* A number that nobody counts. */
static bool for_person(struct reading *out)
{
	out->intent = INTENT_HUMAN;
	out->command = "tanya";
	return true;
}

/* "alamat ibu yg meninggal": who somebody is is told to nobody. */
static bool for_nobody(struct reading *out)
{
	out->intent = INTENT_QUERY;
	intent_problem(out, "", PROBLEM_PRIVACY, NULL);
	return true;
}

/* "cek NIK 3503014507950000 sdh k1 blm" */
static bool tells_nik(const struct words *words)
{
	for (size_t i = 0; i < words->count; i++)
		if (words->list[i].kind == WORD_DIGITS && words->list[i].length == NIK_DIGITS)
			return words_have(words, "cari_orang");
	return false;
}

/* "target k6": known as something that is not counted. */
static bool use_uncounted(struct question *question)
{
	struct words *words = question->words;
	size_t length;

	for (size_t i = 0; i < words->count; i++) {
		if (words->list[i].used || !words_phrase(words, "tak_dihitung", i, &length))
			continue;
		if (!question->uncounted)
			question->uncounted = words_raw(words, i, i + length);
		words_use(words, i, length);
	}
	return question->uncounted != NULL;
}

/* "lap mati bln juli nihil semua?" of those who count: no death is told by a month alone. */
static bool asks_of_month(const struct question *question)
{
	const struct words *words = question->words;

	return question->office && question->head == HEAD_NONE &&
		question_ends_asking(words->call->text) && words_have(words, "bulan") &&
		!digits_left(words);
}

/* "bu bidan, bayi lahir bulan ini berapa": who is addressed, in front of all or behind it, helped
 * nobody. */
static void use_address(struct words *words)
{
	size_t length, i = 0;

	while (i < words->count && !words_phrase(words, "salin_oleh", i, &length) &&
		(words_phrase(words, "gelar", i, &length) ||
			words_phrase(words, "sapaan", i, &length)))
		i += length;
	if (i > 0 && words_phrase(words, "gelar", i - 1, &length) &&
		words_phrase(words, "salin_oleh", i, &length))
		words_use(words, i - 1, length + 1);
	i = words->count;
	if (i > 2 && words_phrase(words, "salin_oleh", i - 1, &length) &&
		words_phrase(words, "gelar", i - 2, &length) &&
		words_phrase(words, "berapa_kata", i - 3, &length))
		words_use(words, i - 2, 2);
}

/* "posyandu melati sudah lapor agustus belum" */
static bool asks_who_told(const struct question *question)
{
	const struct words *words = question->words;
	size_t length;

	if (question->nindicator == 0 || strcmp(question->indicators[0], "belum_lapor") != 0 ||
		!words_have(words, "sudah_kata"))
		return false;
	for (size_t i = 1; i < words->count; i++)
		if (!words->list[i].used && words_phrase(words, "penyangkal", i, &length))
			return true;
	return false;
}

/* What is asked, of what, from which end; false: nothing is. */
static bool read_asked(struct question *question)
{
	struct words *words = question->words;

	use_address(words);
	words_use_class(words, "semua_sendiri");
	words_use_class(words, "perkiraan");
	words_use_class(words, "per_sekian");
	read_heads(question);
	if (question->head == HEAD_NONE && question_there_or_not(words))
		question->head = HEAD_ASKS;
	question_indicators(question);
	if (question->nindicator > 0 && question->head == HEAD_ORDERS && near_indicator(words, 0))
		words_use(words, 0, 1); /* "rkap pos" */
	if (question->nindicator > 0 && same_name(question->indicators[0], "belum_lapor"))
		for (size_t i = 0; i < words->count && !question->unit; i++)
			if (!words->list[i].used)
				read_unit(question, i); /* BELUM LAPOR DESA */
	if (question->nindicator == 0 && asks_of_month(question))
		question->head = HEAD_ASKS;
	question_deaths(question);
	if (question->nindicator > 0 && question->head == HEAD_NONE && question_wants(question))
		question->head = HEAD_ASKS;
	if (question->head == HEAD_NONE && asks_who_told(question))
		question->head = HEAD_ASKS;
	if (question->nindicator > 0 && question->head == HEAD_NONE && words_have(words, "arti"))
		question->head = HEAD_ASKS; /* "stunting itu diukur dari apa" */
	if (question->head == HEAD_NONE && question->office &&
		(question_ends_asking(words->call->text) || question->denied))
		question->head = HEAD_ASKS;
	if (question->asks_who && question->nindicator &&
		same_name(question->indicators[0], "kematian"))
		return false; /* "siapa yang meninggal" asks for a name */
	return question->head != HEAD_NONE || question->by ||
		(question->nindicator && (question->office || reports_none(question)));
}

/* "umur < 20 juli": a number that limits something is no day. */
static void keep_strange(struct question *question, bool used)
{
	struct word *word = &question->words->list[question->strange ? question->strange - 1 : 0];

	if (question->strange > 0 && word->kind == WORD_DIGITS)
		word->used = used;
}

/* Over which time, or two; false: what happened that day is told. */
static bool read_time(struct question *question)
{
	struct words *words = question->words;
	struct date today = words->call->context->now.date;
	bool of_months = question->head == HEAD_NONE && !question->by && !question->office;

	keep_strange(question, true);
	if (question->split && question->which && words_use_any(words, "selisih_kata")) {
		question->apart = true; /* "selisih laki dan perempuan": of what is told apart */
		question_times(question, today);
	} else if (words_use_any(words, "banding") ||
		((question->office || question->head == HEAD_STRONG) &&
			   question_asks_way(words))) {
		bool way = question_asks_way(words);

		words_use_class(words, "banding_dari");
		question_compared(question, today);
		if (question->one_told && !way && (question->nindicator > 1 || question->split ||
				(question->kind && strchr(question->kind, ' '))))
			question->against = (struct period){0}; /* "faskes vs rumah 2024" */
		words_use_class(words, "arah");
	} else {
		question_times(question, today);
	}
	keep_strange(question, false);
	if (question->period_told && one_day(&question->period) && !question->office &&
		question->nindicator && same_name(question->indicators[0], "belum_lapor"))
		return false; /* "laporan bumil tgl 12 udah masuk belum": theirs */
	if (question->period_told && one_day(&question->period) &&
		(tells_day(question) || (is_told(question) && !question_of_deaths(question))))
		return false; /* "bayi meninggal kemarin" tells, it does not ask */
	return !of_months || question_is_long(question) ||
		(question->period_told && !one_day(&question->period) &&
			!reader_form(words->call->reader, question->indicators[0]));
}

/* Where: what is left of the words. */
static bool read_place(struct question *question, struct reading *out)
{
	char *name = question_by_puskesmas(question, name_left(question), out);
	bool mine;

	if (question->words->call->context->sender->role == ROLE_NONE) {
		intent_problem(out, "", PROBLEM_UNREGISTERED, NULL);
		return !*name || question->head >= HEAD_ASKS;
	}
	mine = question_place(question, name, out);
	if (!question->nindicator && mine)
		intent_problem(out, "indicator", PROBLEM_MISSING, NULL);
	return mine;
}

/* Nothing else but a time is written. */
static bool is_period_left(const struct question *question)
{
	struct words own = *question->words;
	struct period period;

	if (!intent_period(&own, own.call->context->now.date, &period))
		return false;
	words_use_class(&own, "pengisi_tanya");
	return words_unused(&own) == 0;
}

/* "REKAP MATI": which deaths is asked back; else a word of dying that is left is no number, and may
 * tell of one: false. */
static bool settle_deaths(struct question *question)
{
	if (question->deaths_left) {
		if (question->head < HEAD_ASKS && question_is_long(question))
			question->head = HEAD_ASKS; /* "bblr yg meninggal juli" */
		return false;
	}
	if (question->head == HEAD_ORDERS && words_name_nobody(question->words))
		words_use_class(question->words, "meninggal");
	return !words_tell_death(question->words);
}

/* "bayi saya yg bblr" of a midwife: those of her desa. */
static bool speaks_of_area(const struct question *question)
{
	enum role role = question->words->call->context->sender->role;

	return question->office || role == ROLE_BIDAN;
}

bool question_read(struct words *words, struct reading *out)
{
	const struct intent_call *call = words->call;
	struct question question = {
		.words = words, .office = intent_is_office(call->context->sender)};
	bool mine, uncounted;
	size_t length;

	for (size_t i = 0; i < words->count; i++) {
		const char *asked = words_phrase(words, "tanya_waktu", i, &length);

		if (!asked || (strcmp(asked, "anak") == 0 && speaks_of_area(&question)))
			continue;
		if (!question.office || !words_phrase(words, "dimana", i, &length))
			return false;
		words_use(words, i, length); /* "ibu meninggal th ini dimana saja" */
		question.by = "desa";
	}
	if (!read_asked(&question))
		return call->context->sender->role != ROLE_NONE && use_uncounted(&question) &&
			is_period_left(&question) && for_person(out); /* "k4 bln juni" */
	if (question_of_person(&question) || tells_nik(words))
		return for_nobody(out);
	question_due_of(&question);
	question_which(&question);
	uncounted = (question.office || question.head >= HEAD_ASKS) && use_uncounted(&question);
	if (uncounted && !question.nindicator &&
		(question.head >= HEAD_ASKS || is_period_left(&question)))
		return for_person(out); /* "cakupan k4 juli", "k4 bln juni" */
	if (!question.nindicator && question.head != HEAD_ORDERS)
		return false;
	if (question_meaning(&question, out))
		return true;
	mine = read_time(&question);
	question_count_places(&question);
	if (question_of_some(&question))
		return for_person(out);
	if (!mine)
		return false;
	question_told_again(&question, call->context->now.date);
	question_use_talk(&question);
	if (!settle_deaths(&question))
		return question_in_part(&question, out);
	if (digits_left(words) || words->cut)
		return question_in_part(&question, out);
	out->intent = INTENT_QUERY;
	question_fill(&question, out);
	question.place_tried = true;
	mine = read_place(&question, out);
	question_period_fill(&question, out);
	out->query.below = question.below;
	if (uncounted && mine && out->nproblem == 0) {
		out->query.unknown = question.uncounted;
		return for_person(out);
	}
	return mine || question_in_part(&question, out);
}
