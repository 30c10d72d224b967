/* Readings that depend on who speaks, and what is said around answers. */
#include <string.h>

#include "parsers/intent/intent.h"
#include "parsers/intent/intent_asking.h"
#include "parsers/intent/intent_words.h"
#include "parsers/meaning/meaning.h"
#include "parsers/reader.h"
#include "parsers/parse/reader_index.h"
#include "parsers/read/values.h"
#include "parsers/reader_text.h"
#include "parsers/text/text.h"

#define PLAIN_FIELDS 3  /* a report by its shape alone */
#define FEW_FIELDS   2  /* a posyandu, and what is asked about it */
#define PERIOD_DAYS  27 /* a month */

/* "lahir per kecamatan", "lahir ditolong dukun bln ini" from those who count and do not report. */
static bool may_ask(const struct intent_call *call, const struct reading *reading)
{
	const struct read_context *context = call->context;

	if (reading->intent != INTENT_REPORT || reading->nreport == 0 || reading->emergency)
		return false;
	if (context->sender->role != ROLE_NONE && reading->nreport == 1 &&
		!reading->reports[0].coded && !reading->reports[0].form->story &&
		intent_asks(call))
		return true; /* "bumil kek 1 s/d 10 agustus brp" */
	for (size_t i = 0; i < reading->nreport; i++)
		if (reading->reports[i].status == STATUS_ACCEPTED)
			return false;
	return intent_is_office(context->sender) ||
		(context->sender->role != ROLE_NONE && reading->nreport == 1 &&
			report_written(&reading->reports[0]) <= FEW_FIELDS);
}

static bool tells_type(const struct report *report, enum field_type type)
{
	for (size_t i = 0; i < report->nvalue; i++) {
		const struct form_field *field = report_field(report->form, &report->values[i]);

		if (field && field->type == type && !report->values[i].defaulted)
			return true;
	}
	return false;
}

/* "persalinan dukun tahun ini": of nobody, of no day, and a month or more is named. */
static bool of_nobody(const struct intent_call *call, const struct report *report)
{
	return !report->form->held && !report->form->weekly && report_of_nobody(report) &&
		reader_of_months(call);
}

/* From those who report: nothing was told, and a month or more is named ("kelahiran 2024
 * nglebeng"); or it is asked who has told ("pos mawar sdh lapor blm"). */
static bool asks_all_the_same(const struct intent_call *call, const struct report *report,
	const struct reading *asked, struct date today)
{
	struct period period;

	if (asked->intent != INTENT_QUERY || asked->nproblem > 0 || !asked->query.indicator ||
		report->story)
		return false;
	if (same_name(asked->query.indicator, "belum_lapor"))
		return report_written(report) <= FEW_FIELDS;
	return (report->status == STATUS_REFUSED || (!report->form->story &&
			!report->form->outbreak && of_nobody(call, report))) &&
		asked->query.period &&
		period_parse(asked->query.period, &period) &&
		date_diff_days(period.to, period.from) >= PERIOD_DAYS &&
		date_compare(period.from, (struct date){today.year, today.month, 1}) != 0;
}

/* "kematian bulan lalu", "kematian nglebeng juli": what is counted, a time that no event takes or a
 * place, and nobody. */
static bool names_a_count(const struct intent_call *call)
{
	struct words own;
	const struct words *words = words_of(call, &own);
	size_t length, first = 0;

	while (words_phrase(words, "sapaan", first, &length) ||
		words_phrase(words, "pengisi", first, &length))
		first += length;
	return words_phrase(words, "hitungan", first, &length) != NULL;
}

/* No death, and hardly more than its word, of each ("lahir laki2 sama perempuan juli"). */
static bool hardly_told(const struct reading *told)
{
	for (size_t i = 0; i < told->nreport; i++) {
		const struct report *report = &told->reports[i];
		bool talk = tells_type(report, FIELD_TEXT) && !tells_type(report, FIELD_COUNT);
		size_t least = report->form->weekly && !talk ? 1 : PLAIN_FIELDS;
			/* "W2 A5 C2"; "skdr smp minggu 32" asks */

		if (report->form->story || report_written(report) >= least)
			return false;
	}
	return true;
}

/* Which part of it was understood is said, also when that cannot be counted. */
static bool is_question(const struct reading *asked, const struct report *told)
{
	return asked->intent == INTENT_QUERY || asked->intent == INTENT_HELP ||
		(asked->intent == INTENT_HUMAN && asked->query.indicator != NULL && !told->coded);
}

/* All is known of it. */
static bool is_plain_question(const struct reading *asked)
{
	return asked->intent == INTENT_QUERY && asked->nproblem == 0 && !asked->query.unknown &&
		asked->query.period;
}

/* ... and it is of a month or more. */
static bool is_long(const struct reading *asked)
{
	struct period period;

	return period_parse(asked->query.period, &period) &&
		date_diff_days(period.to, period.from) >= PERIOD_DAYS;
}

/* ... and it is of a time that no event takes: of days, not what is meant where none is told. */
static bool is_of_time(const struct reading *asked, struct date today)
{
	struct period period, month = period_unit_of("bulan", today);

	return period_parse(asked->query.period, &period) &&
		date_compare(period.from, period.to) < 0 && !period_years(period) &&
		(date_compare(period.from, month.from) != 0 ||
			date_compare(period.to, month.to) != 0);
}

/* "pos nihil" of those who tell it for a posyandu: the word is no place. */
static bool tells_none(const struct intent_call *call, const struct reading *asked)
{
	struct words own;

	return asked->query.unknown && words_have(words_of(call, &own), "nihil");
}

/* A report of so little, or a question of which all is known: a place, and a time that no event
 * takes ("kematian bayi keling tw 2 2024"). */
static bool rather_asks(const struct intent_call *call, const struct reading *told,
	const struct reading *asked)
{
	const struct read_context *context = call->context;
	const struct report *report = &told->reports[0];

	if (!intent_is_office(context->sender))
		return asks_all_the_same(call, report, asked, context->now.date);
	if (hardly_told(told))
		return is_question(asked, report) && !tells_none(call, asked);
	return told->nreport == 1 && is_plain_question(asked) &&
		(report->form->story ? is_of_time(asked, context->now.date) && !report->coded
				     : !report->coded || report_written(report) <= PLAIN_FIELDS);
}

/* Such that a word that asks makes no question of it: a death, a week's numbers, parted values. */
static bool tells_all_the_same(const struct reading *told)
{
	for (size_t i = 0; i < told->nreport; i++)
		if (told->reports[i].form->story || told->reports[i].form->weekly ||
			told->reports[i].coded)
			return true;
	return false;
}

/* From those who report, by its noun: nothing that happened is told so, and no death is asked about
 * so by others. */
static bool asks_by_noun(const struct intent_call *call, const struct reading *told)
{
	const struct report *report = &told->reports[0];

	if (told->intent == INTENT_REPORT && (told->nreport != 1 || report->story ||
			report_written(report) > FEW_FIELDS ||
			(!report->form->story && !of_nobody(call, report))))
		return false;
	return (told->intent == INTENT_REPORT || told->intent == INTENT_HUMAN) &&
		call->context->sender->role != ROLE_NONE && !told->training &&
		!told->emergency && told->besides == NULL && names_a_count(call);
}

/* "bayi mati 3", "kematian bayi umur 0-6 hr dan 10-20 hr" of those who count: of nobody, of no day,
 * and hardly more than its word. They tell no death so, and nobody is alarmed by it. */
static bool bare_death(const struct intent_call *call, const struct reading *told)
{
	const struct report *report = &told->reports[0];
	struct words own;

	if (told->intent != INTENT_REPORT || told->nreport == 0 || !report->form->story ||
		told->training || told->emergency || !intent_is_office(call->context->sender))
		return false;
	if (told->besides && words_only_counted(words_of(call, &own), true))
		return true;
	return told->nreport == 1 && !report->story && !report->coded && told->besides == NULL &&
		report_written(report) <= (names_a_count(call) ? PLAIN_FIELDS : 1) &&
		report_of_nobody(report);
}

/* A death that is told, whatever it lacks. */
static bool tells_dying(const struct intent_call *call, const struct reading *told)
{
	struct words own;

	return told->intent == INTENT_REPORT && told->nreport > 0 && told->reports[0].form->story &&
		words_tell_dying(words_of(call, &own));
}

/* Something is asked that was not understood: for a person. */
static void for_person(const char *folded, struct reading *out)
{
	reading_clear(out, out->training);
	out->intent = INTENT_HUMAN;
	out->command = "tanya";
	out->text = folded;
}

/* The part that was understood is offered, and a person reads it all. */
static void offer(struct reading *asked)
{
	if (asked->intent != INTENT_QUERY || asked->nproblem == 0 || !asked->query.unknown ||
		asked->problems[0].code != PROBLEM_PLACE)
		return;
	asked->intent = INTENT_HUMAN;
	asked->command = "tanya";
	asked->nproblem = 0;
}

/* Nobody is to answer it yet, or a figure is only part of what is asked. */
static bool may_be_explained(const struct reading *told)
{
	bool place = told->nproblem == 1 && told->problems[0].code == PROBLEM_PLACE;

	if (told->courtesy || told->emergency || told->training || told->besides ||
		(told->nproblem > 0 && !place))
		return false;
	return told->intent == INTENT_HUMAN ||
		(told->intent == INTENT_QUERY && (told->query.meant || told->query.unknown));
}

static bool is_of_rules(const struct intent_call *call, const char *word)
{
	return lexicon_word(call->lexicon, "aturan", word) ||
		lexicon_word(call->lexicon, "masuk_kerja", word);
}

/* Somebody, and no word of rules that stands where a name may: "keguguran harus dilaporkan". */
static bool names_anybody(const struct intent_call *call, const struct report *report)
{
	for (size_t i = 0; i < report->nvalue; i++) {
		const struct value *value = &report->values[i];
		const struct form_field *field = report_field(report->form, value);

		if (field && field->type == FIELD_NAME && !value->defaulted &&
			!is_of_rules(call, text_fold(call->arena, value->text)))
			return true;
	}
	return false;
}

/* A death of nobody and of no day: "kalau bayi meninggal di rs siapa yang lapor". */
static bool is_of_nobody(const struct intent_call *call, const struct reading *told)
{
	const struct report *report = &told->reports[0];

	return told->intent == INTENT_REPORT && told->nreport == 1 && report->form->story &&
		!report->coded && !told->emergency && !names_anybody(call, report) &&
		!tells_type(report, FIELD_DATE);
}

/* Help, or what became of one's own, or a number of a place that there is not: a question of policy
 * is read so by its words ("nomor ganti gimana"). */
static bool is_of_no_report(const struct intent_call *call, const struct reading *told)
{
	return !told->training && !told->besides &&
		((told->intent == INTENT_HELP && told->topic && *told->topic) ||
			(told->intent == INTENT_STATUS && told->ref && !*told->ref) ||
			told->intent == INTENT_QUERY || is_of_nobody(call, told));
}

/* "posyandu libur, cara lapornya gimana": of a report that tells neither a number nor somebody how
 * it is written may be asked. */
static bool tells_no_number(const struct reading *told)
{
	const struct report *report = &told->reports[0];

	if (told->intent != INTENT_REPORT || told->nreport != 1 || told->training ||
		told->emergency || told->besides || report->form->story || report->coded ||
		tells_type(report, FIELD_NAME) || tells_type(report, FIELD_DATE))
		return false;
	for (size_t i = 0; i < report->nvalue; i++)
		if (report->values[i].number && !report->values[i].defaulted &&
			!same_name(report->values[i].text, "0")) /* "w2 kalo kosong gmn" */
			return false;
	return true;
}

/* "lapore nganggo LAHIR opo MATI": of nobody and no day, and which form is asked. */
static bool asks_which_form(const struct intent_call *call, const struct reading *told)
{
	const struct report *report = &told->reports[0];
	struct words own;

	return told->intent == INTENT_REPORT && told->nreport == 1 && report->form->story &&
		!report->coded && !told->training && !tells_type(report, FIELD_DATE) &&
		meaning_of_form_alone(words_of(call, &own));
}

/* Where nothing was read: who counts and asks hears what was understood; of others all of it was,
 * but for a word in a question for a number. */
static bool answers(
	const struct intent_call *call, const struct reading *asked, enum asking asking)
{
	const char *unknown = asked->query.unknown;

	if (asked->intent == INTENT_HELP)
		return true;
	if (!asked->query.indicator || (asked->intent == INTENT_HUMAN && !unknown) ||
		(asked->intent != INTENT_HUMAN && asked->intent != INTENT_QUERY))
		return false;
	if (intent_is_office(call->context->sender))
		return asking >= ASKS_BY_SIGN || is_plain_question(asked);
	if (asked->intent == INTENT_HUMAN || (asked->nproblem > 0 && unknown))
		return false;
	return !unknown || (!strchr(unknown, ' ') && asking == ASKS_BY_WORD);
}

void reader_read_one(const struct intent_call *own, const char *text, struct reading *out)
{
	struct words words = {.count = 0};
	const struct read_context *context = own->context;
	struct arena *arena = own->arena;
	struct intent_call call = *own;
	struct reading *asked = &own->scratch->asked; /* the reader clears it */
	const char *folded;
	enum asking asking;
	bool asks, noun, only, bare;

	call.words = &words;
	read_whole(&call, text, out);
	call.text = folded = out->text;
	reader_answer_too(&call, out);
	if ((may_be_explained(out) || tells_no_number(out) || asks_which_form(&call, out)) &&
		meaning_asked(&call, out))
		return;
	if (is_of_no_report(&call, out) && meaning_policy(&call, out))
		return;
	if ((asking = reader_asks_more(&call, out)) != ASKS_NOT) {
		read_whole(&call, arena_printf(arena, "jml %s", text), asked);
		offer(asked);
		if (answers(&call, asked, asking))
			reading_copy(out, asked);
		out->text = folded;
		return;
	}
	if (tells_dying(&call, out))
		return;
	/* "persalinan diolong bidan tgl 1-15 juli brp": not understood, but no report */
	noun = asks_by_noun(&call, out);
	only = reader_only_asks(&call, out);
	bare = bare_death(&call, out);
	if (!noun && !only && !bare && !may_ask(&call, out))
		return;
	asks = out->intent == INTENT_REPORT && intent_asks(&call);
	read_whole(&call, arena_printf(arena, "jml %s", text), asked);
	if (bare ? is_question(asked, &out->reports[0])
		: noun ? is_plain_question(asked) && is_long(asked)
		   : rather_asks(&call, out, asked) ||
			((only || (asks && !tells_all_the_same(out))) &&
				is_plain_question(asked))) {
		reading_copy(out, asked);
		out->text = folded;
	} else if (only) {
		(void)intent_read(&call, INTENT_LAST, out);
	} else if (bare || (asks && !noun && intent_is_office(context->sender) &&
				   !tells_all_the_same(out))) {
		for_person(folded, out);
	}
}

/* Something of it may be unanswered: nobody read it, words were left out, two things are asked. */
static bool may_have_clauses(const struct reading *told)
{
	bool place = told->nproblem == 1 && told->problems[0].code == PROBLEM_PLACE;

	if (told->training || told->emergency || told->besides || told->courtesy ||
		(told->nproblem > 0 && !place))
		return false;
	return told->intent == INTENT_HUMAN || told->intent == INTENT_QUERY ||
		(told->intent == INTENT_HELP && told->topic && *told->topic);
}

/* As a whole, and what of it stays unanswered clause by clause. */
static void read_clauses(struct intent_call *call, const char *text, struct reading *out)
{
	struct reading *answered;

	reader_read_one(call, text, out);
	call->text = out->text;
	if (!call->text || !may_have_clauses(out) || call->context->sender->role == ROLE_NONE ||
		!call->text[strcspn(call->text, ",.?!;\n ")])
		return;
	answered = arena_raw(call->arena, sizeof(*answered));
	if (!reader_clauses_answer(call, out, answered))
		return;
	answered->text = out->text;
	reading_copy(out, answered);
}

/* A figure is told, or it is asked back which place is meant. */
static bool is_answered(const struct reading *asked)
{
	return asked->intent == INTENT_QUERY && asked->query.indicator && asked->query.period &&
		(asked->nproblem == 0 || asked->problems[0].code == PROBLEM_AMBIGUOUS);
}

/* Once more without the words that nothing knows: they are named. */
static void read_bare(const struct intent_call *call, struct reading *out)
{
	struct words words = {.count = 0};
	struct intent_call said = *call;
	const char *left, *text = reader_bare(call, &left);
	struct reading *again;

	if (!text)
		return;
	said.words = &words;
	again = arena_raw(call->arena, sizeof(*again));
	reader_read_one(&said, text, again);
	if (!is_answered(again) || again->query.unknown)
		return;
	again->query.unknown = left;
	again->text = out->text;
	reading_copy(out, again);
}

void reader_read(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const char *text, struct reading *out)
{
	struct words words = {.count = 0};
	struct intent_call call = {
		reader, reader->lexicon, scratch, arena, context, NULL, &words};

	read_clauses(&call, text, out);
	if (call.text && may_have_clauses(out) && out->intent != INTENT_HELP &&
		context->sender->role != ROLE_NONE && !is_answered(out))
		read_bare(&call, out);
}

bool reader_is_talk(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const char *text)
{
	struct intent_call call = {
		reader, reader->lexicon, scratch, arena, context, text_fold(arena, text), NULL};

	return intent_talk(&call);
}

bool reader_is_order(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const char *text)
{
	struct intent_call call = {
		reader, reader->lexicon, scratch, arena, context, text_fold(arena, text), NULL};

	return intent_orders(&call);
}

bool reader_postpones(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const char *text)
{
	struct intent_call call = {
		reader, reader->lexicon, scratch, arena, context, text_fold(arena, text), NULL};

	return intent_postpones(&call);
}

const char *reader_takes_back(const struct reader *reader, struct scratch *scratch,
	struct arena *arena, const struct read_context *context, const char *text)
{
	struct intent_call call = {
		reader, reader->lexicon, scratch, arena, context, text_fold(arena, text), NULL};

	return intent_takes_back(&call);
}

const struct area *reader_place(const struct reader *reader, struct scratch *scratch,
	struct arena *arena, const struct read_context *context, const char *text)
{
	struct intent_call call = {
		reader, reader->lexicon, scratch, arena, context, text_fold(arena, text), NULL};

	return intent_place_told(&call);
}
