/* A question that reads like a report: "laporan LAHIR bu siti yg tgl 12 sdh masuk belum?",
 * "posyandu anggrek juni juli D nya", "posyandu mawar tgl 12 atau 13 ya bu?". It tells hardly
 * anything, and a word asks; or it ends in a question mark, and of a session nothing is counted.
 * What tells more is a report, whatever is asked behind it. A session that is still to come is
 * none either. */
#include "parsers/field/field.h"
#include "parsers/form/form.h"
#include "parsers/intent/intent.h"
#include "parsers/intent/intent_asking.h"
#include "parsers/intent/intent_words.h"
#include "parsers/meaning/meaning.h"
#include "parsers/parse/clause.h"
#include "parsers/parse/reader_index.h"
#include "parsers/question/question.h"
#include "parsers/read/values.h"
#include "parsers/reader.h"
#include "parsers/reader_text.h"
#include "parsers/region/region.h"
#include "parsers/text/text.h"

#define LONG_DAYS  27
#define DAY_DIGITS 3 /* numbers of a day */
#define FEW_FIELDS 2 /* a posyandu, and what is asked about it */

size_t report_written(const struct report *report)
{
	size_t count = 0;

	for (size_t i = 0; i < report->nvalue; i++) {
		const struct value *value = &report->values[i];
		const struct form_field *field = report_field(report->form, value);

		count += !value->defaulted && (field == NULL || field->type != FIELD_TEXT) &&
			!form_role_is(report->form->order_of_birth, value->field);
	}
	return count;
}

bool report_of_nobody(const struct report *report)
{
	for (size_t i = 0; i < report->nvalue; i++) {
		const struct form_field *field = report_field(report->form, &report->values[i]);

		if (field && !report->values[i].defaulted &&
			(field->type == FIELD_NAME || field->type == FIELD_DATE))
			return false;
	}
	return true;
}

static size_t numbers_written(const struct report *report)
{
	size_t count = 0;

	for (size_t i = 0; i < report->nvalue; i++)
		count += report->values[i].number && !report->values[i].defaulted;
	return count;
}

/* "D nya": the letter of a number, and none behind it. */
static bool letter_asked(const struct words *words, size_t i)
{
	size_t length;

	return words->list[i].length == 1 && words_phrase(words, "huruf_skdn", i, &length) &&
		words_phrase(words, "nya", i + 1, &length) &&
		words->list[i + 2].kind != WORD_DIGITS &&
		(i == 0 || words->list[i - 1].kind != WORD_DIGITS);
}

bool reader_word_asks(const struct words *words, size_t i)
{
	static const char *const classes[] = {"kapan", "kenapa", "banding_kuat"};
	size_t length;
	const char *asks = words_phrase(words, "tanya", i, &length);

	if (asks && (asks[0] == 't' || asks[0] == 's'))
		return true;
	for (size_t k = 0; k < COUNT_OF(classes); k++)
		if (words_phrase(words, classes[k], i, &length))
			return true;
	if (i > 0 && words_phrase(words, "penyangkal", i, &length) &&
		words_phrase(words, "yang", i - 1, &length) &&
		intent_is_office(words->call->context->sender))
		return true; /* "ibu nifas yg belum dikunjungi" */
	return letter_asked(words, i) || words_came_asked(words, i) > 0;
}

static bool ends_asking(const char *text)
{
	size_t length = strlen(text);

	return length > 0 && text[length - 1] == '?';
}

/* "ada lahir mati th ini? uk 20-27 brp": a month or more is told, and none of one day. */
static bool is_of_long(const struct intent_call *call, const struct words *words)
{
	struct words own = *words;
	struct period period;

	return intent_period(&own, call->context->now.date, &period) &&
		date_diff_days(period.to, period.from) >= LONG_DAYS;
}

bool reader_of_months(const struct intent_call *call)
{
	struct words own;

	return is_of_long(call, words_of(call, &own));
}

/* Why it is so, of those who count: "kok aki masih 0 pdhl katanya ada ibu meninggal?" */
static bool asks_why(const struct words *words)
{
	size_t length;

	if (!ends_asking(words->call->text) || !intent_is_office(words->call->context->sender))
		return false;
	if (word_is(words, 0, "kok") || word_is(words, 0, "koq"))
		return true;
	for (size_t i = 0; i < words->count; i++)
		if (words_phrase(words, "kenapa", i, &length))
			return true;
	return false;
}

/* By a number; of those who count also as a wish: "mohon nama dan alamat ibu yg meninggal". */
static bool asks_for_count(const struct words *words)
{
	bool office = intent_is_office(words->call->context->sender);
	size_t length;

	for (size_t i = 0; i < words->count; i++) {
		const char *asks = office ? words_phrase(words, "tanya", i, &length) : NULL;

		if (words_phrase(words, "tanya_angka", i, &length) || (asks && *asks == 'm'))
			return true;
	}
	return false;
}

/* "kematian ibu hamil, bersalin, nifas masing2 brp 2024": of nobody and of no day, from those who
 * count, or by the noun that only they say. */
static bool counts_deaths(const struct intent_call *call, const struct words *words,
	const struct report *report)
{
	size_t length;

	if (!report_of_nobody(report))
		return false;
	if (asks_why(words))
		return true;
	return asks_for_count(words) && !report->story &&
		(intent_is_office(call->context->sender) ||
			words_phrase(words, "hitungan", 0, &length) || is_of_long(call, words));
}

/* Nothing that happened: no event of anybody, and of a session neither a number nor that it was
 * held. */
static bool nothing_counted(const struct words *words, const struct report *report)
{
	return form_field(report->form, report->form->place)->type == FIELD_POSYANDU &&
		report_written(report) <= FEW_FIELDS + 1 &&
		(numbers_written(report) == 0 ||
			(numbers_written(report) == 1 && words_have(words, "atau_juga")));
}

bool reader_only_asks(const struct intent_call *call, const struct reading *told)
{
	const struct report *report = &told->reports[0];
	struct words own;
	const struct words *words;

	if (told->intent != INTENT_REPORT || told->nreport != 1 || told->training ||
		told->emergency || told->besides ||
		(report->form->weekly && numbers_written(report) > 0) ||
		report->status == STATUS_ACCEPTED || report_written(report) > FEW_FIELDS + 1 ||
		call->context->sender->role == ROLE_NONE)
		return false;
	words = words_of(call, &own);
	if (report->form->story)
		return counts_deaths(call, words, report);
	for (size_t i = 0; i < words->count; i++)
		if (reader_word_asks(words, i))
			return report_written(report) <= FEW_FIELDS &&
				numbers_written(report) <= 1;
	return ends_asking(call->text) && nothing_counted(words, report);
}

/* Nobody is to answer it yet: no thanks, no cry, nothing that is told besides, no part of it
 * understood. */
static bool is_left_over(const struct reading *told)
{
	return told->intent == INTENT_HUMAN && !told->courtesy && !told->emergency &&
		!told->training && !told->besides && told->nproblem == 0 &&
		!(told->query.indicator && told->query.unknown);
}

enum asking reader_asks_more(const struct intent_call *call, const struct reading *told)
{
	enum asking asking;
	struct words own, full;
	const struct words *words;
	struct intent_call said;

	if (!is_left_over(told) || call->context->sender->role == ROLE_NONE)
		return ASKS_NOT;
	asking = ends_asking(call->text) ? ASKS_BY_SIGN : ASKS_NOT;
	words = words_in_full(words_of(call, &own), &said, &full);
	for (size_t i = 0; i < words->count; i++)
		if (reader_word_asks(words, i))
			asking = ASKS_BY_WORD;
	if (words_have(words, "apa_saja") || words_have(words, "arti"))
		asking = ASKS_BY_WORD;
	if (asking == ASKS_NOT && words_have(words, "indikator") &&
		intent_is_office(call->context->sender))
		asking = ASKS_PERHAPS;
	return words->cut || (words_tell_death(words) && !words_have(words, "kata_kematian")) ||
			words_have(words, "tanya_waktu") || words_have(words, "aturan")
		? ASKS_NOT : asking;
}

bool reader_is_question(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const char *text)
{
	struct intent_call call = {
		reader, reader->lexicon, scratch, arena, context, text_fold(arena, text), NULL};
	struct words words;
	bool asks = false;

	words_cut(&call, &words);
	for (size_t i = 0; i < words.count; i++) {
		if (words.list[i].kind != WORD_LETTERS)
			return false;
		asks = asks || reader_word_asks(&words, i);
	}
	return asks;
}

/* "belum", "dereng dipunwontenaken", "ditunda minggu depan" at a token. */
static bool not_yet_at(const struct parse *parse, size_t at, size_t count)
{
	const char *kind = NULL;
	size_t end = phrase_at(parse, at, parse_class(parse, CLASS_NOT_YET), &kind), next;
	bool put_off = end && *kind == '2';

	if (!end || !(put_off || *kind == '1'))
		return false;
	for (size_t i = end; put_off && i < count; i++) {
		if (parse->tokens[i].digits || (phrase_at(parse, i,
			parse_class(parse, CLASS_NOT_YET), &kind) && *kind == '3'))
			return true;
	}
	while (!put_off && (next = phrase_at(parse, end, parse_class(parse, CLASS_NOT_YET),
		&kind)) && *kind == '4')
		end = next;
	return !put_off && (end == count || clause_ends_before(&parse->tokens[end]) ||
		word_of(parse, end, CLASS_CHAT) || phrase_of(parse, end, CLASS_NOT_YET));
}

/* Another report, or a cry for somebody: told besides the session. */
static bool tells_besides(const struct intent_call *call, const struct parse *parse, size_t from,
	size_t count)
{
	struct words own;
	const struct words *words = words_of(call, &own);
	size_t length;

	for (size_t i = from; i < count; i++)
		if (keyword_at(parse, i).end)
			return true;
	for (size_t i = 0; i < words->count; i++)
		if (words_phrase(words, "darurat", i, &length))
			return true;
	return false;
}

bool session_to_come(const struct intent_call *call, size_t count, const struct class_set *classes)
{
	struct parse *parse = &call->scratch->parse;
	const struct posyandu *unit;
	struct keyword keyword;
	size_t at;

	if (!class_in(classes, CLASS_NOT_YET) || class_in(classes, CLASS_DEATH) ||
		class_in(classes, CLASS_MONTH) || class_in(classes, CLASS_VAGUE_DAY) ||
		count > TOKENS_MAX)
		return false; /* nearly always */
	parse_window(parse, 0, count);
	at = skip_leading(parse, count);
	keyword = keyword_at(parse, at);
	if (!keyword.end || !keyword.index->form->held ||
		parse_digits(parse, at, count) > DAY_DIGITS)
		return false;
	at = posyandu_exact_at(parse, keyword.end, &unit);
	if (!at && call->context->sender->role == ROLE_KADER)
		at = keyword.end; /* her own */
	return at && at < count && not_yet_at(parse, at, count) &&
		!tells_besides(call, parse, at, count);
}

void reader_answer_too(const struct intent_call *call, struct reading *out)
{
	struct words words = {.count = 0};
	struct intent_call said = *call;
	struct reading *answered;

	if (!out->asks || out->intent != INTENT_REPORT || out->training || out->besides)
		return; /* nearly always */
	said.words = &words;
	said.text = out->asks;
	answered = arena_raw(call->arena, sizeof(*answered));
	reading_clear(answered, false);
	answered->intent = INTENT_HUMAN;
	answered->text = out->asks;
	if (!meaning_policy(&said, answered) && !meaning_asked(&said, answered))
		return;
	answered->text = out->text;
	answered->besides = out->asks_besides;
	reading_copy(out, answered);
}
