/* What narrows a question: those who are not ("blm", "non"), a measure under its limit ("hb < 11"),
 * a list that ends at a share ("di bawah 80%"). */
#include <stdlib.h>
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/intent/period_words.h"
#include "parsers/question/question.h"
#include "parsers/question/question_filter.h"
#include "parsers/parse/reader_forms.h"

#define TENTHS   10
#define KILO     1000.0
#define EPSILON  0.001
#define FAR_BACK 3 /* words between a measure and what compares it */

/* The phrase of a class that ends in front of word i: how many words it has; 0. */
static size_t phrase_before(const struct words *words, const char *class_name, size_t i)
{
	size_t length;

	for (size_t back = LEXICON_WORDS; back > 0; back--)
		if (back <= i && words_phrase(words, class_name, i - back, &length) &&
			length == back && !words->list[i - back].used)
			return back;
	return 0;
}

bool question_denied(struct question *question, size_t i, size_t length)
{
	struct words *words = question->words;

	for (size_t at = i; at > 0;) {
		size_t denied = phrase_before(words, "penyangkal", at), between;

		question->denied_any |= phrase_before(words, "tak_ada", at) > 0;
		if (denied > 0) {
			question->denied = at - denied + 1;
			question->ndenied = denied;
			question->denied_end = i + length;
			words_use(words, at - denied, denied);
			return true;
		}
		between = phrase_before(words, "sambung_sangkal", at);
		if (between == 0)
			break;
		at -= between;
	}
	return false;
}

static const struct form_indicator *indicator_of(const struct question *question)
{
	const struct reader *reader = question->words->call->reader;
	const struct form_indicator *found = NULL;
	const struct form *form;

	for (size_t i = 0; !found && (form = reader_form_at(reader, i)); i++)
		found = form_indicator(form, question->indicators[0]);
	return found;
}

/* A form that posyandu tell, whose name is what is covered: ILP. */
static bool is_coverage(const struct question *question)
{
	const struct reader *reader = question->words->call->reader;
	const struct form *form = reader_form(reader, question->indicators[0]);

	return form && form->held && !indicator_of(question) &&
		(form->nindicator == 0 || !form->indicators[0].of);
}

/* "desa tanpa kematian ibu", "kecamatan yg tidak ada kelahiran": of which level. */
static const char *level_before(const struct question *question)
{
	struct words *words = question->words;
	size_t length, more;

	for (size_t i = 0; i + 1 < question->denied; i++) {
		const char *level = words->list[i].used
			? NULL : words_phrase(words, "tingkat_daftar", i, &length);

		if (!level)
			continue;
		if (words_phrase(words, "di_dalam", i + length, &more)) {
			words_use(words, i, length); /* "desa di kec panggul tanpa kelahiran" */
			return level;
		}
		for (size_t at = i + length;; at += more) {
			if (at + 1 == question->denied) {
				words_use(words, i, length);
				return level;
			}
			if (at >= words->count || !words_phrase(words, "penghubung", at, &more))
				break;
		}
	}
	return NULL;
}

/* "tanpa", "nol": the word itself says that there is none. */
static bool names_none(const struct question *question)
{
	size_t length;

	return question->denied > 0 &&
		words_phrase(question->words, "tak_ada", question->denied - 1, &length);
}

/* A list of those where there was none: "desa mana yg nol kelahiran". */
static bool lists_none(struct question *question, const struct form_indicator *indicator)
{
	if (question->nindicator != 1 || !indicator || !question->denied_any)
		return false;
	if (!question->by)
		question->by = question->unit ? question->unit : level_before(question);
	if (indicator->of && indicator->per == 0 && !names_none(question))
		return false; /* "bayi blm idl per desa": of some, not of none */
	if (!question->by || period_is_unit(question->by))
		return false;
	question->limit = TENTHS;
	question->lowest = true;
	return true;
}

/* Only of a share the others can be counted; who held none is who has not told. Else the word of
 * denying stays unexplained. */
void question_settle_denied(struct question *question)
{
	const struct form_indicator *indicator;

	if (question->denied == 0 || question->nindicator == 0)
		return;
	if (question_lists_due(question))
		return; /* "lewat hpl blm lahiran": those who are waited for have not yet */
	indicator = indicator_of(question);
	if (lists_none(question, indicator))
		return;
	if (question->nindicator == 1 && indicator && indicator->of && indicator->per == 0) {
		question->without = true;
	} else if (question->nindicator == 1 && is_coverage(question)) {
		question->form = question->indicators[0];
		question->indicators[0] = "belum_lapor";
		if (!question->unit)
			question->unit = "desa";
		question->by = NULL;
	} else {
		for (size_t i = 0; i < question->ndenied; i++)
			question->words->list[question->denied - 1 + i].used = false;
		question->strange = question->denied;
	}
}

/* "28 minggu ke atas, 2024", "35 lebih": the word compares the number in front of it. */
static bool compares_before(const struct words *words, size_t at, size_t n)
{
	size_t length;

	for (size_t i = at, k = at > 0 ? 2 : 1; k > 0; i--, k--) {
		bool unit = i > 1 && (words_phrase(words, "satuan_umur", i - 1, &length) ||
			words_phrase(words, "satuan_berat", i - 1, &length));

		if (words_phrase(words, "ambang_belakang", i, &length) && i > 0 &&
			i + length >= n && word_number(words, i - (unit ? 2 : 1)) >= 0)
			return true;
	}
	return false;
}

/* "umur s/d 35", "umur paling sedikit 35", "paling sedikit 28 minggu": words that elsewhere tell a
 * time, or, "paling sedikit 3", from which end a list begins. */
static const char *measured_side(const struct words *words, size_t at, size_t n, size_t *length)
{
	static const char *const behind[] = {"satuan_umur", "satuan_berat", "persen"};
	static const char *const before[] = {"kata_usia", "ukuran_isian", "ukuran_batas"};
	bool told = at > 0 && words_phrase_any(words, at - 1, before, COUNT_OF(before));

	if (told && words_phrase(words, "sampai", at, length))
		return "maksimal";
	return told || question_percent_at(words, n) ||
			words_phrase_any(words, n + 1, behind, COUNT_OF(behind))
		? words_phrase(words, "ambang_paling", at, length) : NULL;
}

const char *question_limit_op(const char *side)
{
	return same_name(side, "rendah") ? "<"
		: same_name(side, "tinggi") ? ">" : same_name(side, "maksimal") ? "<=" : ">=";
}

/* ">=", "=>" in front of the number at n. */
static const char *sign_before(const struct words *words, size_t n)
{
	const char *text = words->call->text, *op = NULL;
	bool equal = false;

	for (size_t at = n > 0 ? word_raw_end(words, n - 1) : 0; at < words->list[n].raw; at++) {
		equal |= text[at] == '=';
		if (text[at] == '<' || text[at] == '>')
			op = text[at] == '<' ? "<" : ">";
		else if (strncmp(text + at, "≤", 3) == 0)
			return "<=";
		else if (strncmp(text + at, "≥", 3) == 0)
			return ">=";
	}
	return op && equal ? *op == '<' ? "<=" : ">=" : op;
}

const char *question_compares(const struct words *words, size_t n, size_t *first)
{
	size_t length, too = words_phrase_before(words, "ambang_sama", n), end = n - too;
	const char *op = sign_before(words, n);

	*first = n;
	for (size_t back = LEXICON_WORDS; !op && back > 0; back--) {
		size_t at = end - back;
		const char *side = back > end || words->list[at].used
			? NULL : words_phrase(words, "ambang", at, &length);

		if (!side && back <= end && !words->list[at].used)
			side = measured_side(words, at, n, &length);
		if (!side || length != back || compares_before(words, at, end))
			continue;
		*first = at;
		op = question_limit_op(side);
	}
	return op && too > 0 ? *op == '<' ? "<=" : ">=" : op;
}

/* 23,5 and what follows of it: how many words; 0: no number. */
size_t question_decimal(const struct words *words, size_t n, double *value)
{
	long whole = word_number(words, n), part = word_number(words, n + 1);
	char sign = n + 1 < words->count ? words->call->text[word_raw_end(words, n)] : ' ';

	if (whole < 0)
		return 0;
	*value = (double)whole;
	if (part < 0 || (sign != ',' && sign != '.') ||
		words->list[n + 1].raw != word_raw_end(words, n) + 1)
		return 1;
	for (size_t i = 0; i < words->list[n + 1].length; i++)
		*value += (words->joined[words->list[n + 1].at + i] - '0') /
			(i == 0 ? 10.0 : i == 1 ? 100.0 : 1000.0);
	return 2;
}

/* Nothing but a dash stands behind the word: "20 - 35". */
static bool dashed(const struct words *words, size_t n)
{
	const char *at = words->call->text + word_raw_end(words, n);

	return at[strspn(at, " ")] == '-';
}

/* "20-35", "antara 28 dan 36": the second number. */
size_t question_range_end(const struct words *words, size_t n)
{
	size_t length, at = n + 1;

	if (at < words->count && words_phrase(words, "sampai", at, &length))
		at += length;
	else if (n > 0 && words_phrase(words, "antara", n - 1, &length) &&
		words_phrase(words, "dan_juga", at, &length))
		at += length;
	else if (at >= words->count || !dashed(words, n))
		return 0;
	return at < words->count && word_number(words, at) > word_number(words, n) ? at : 0;
}

/* "P20Y" is 20 Y, "2500" is 2500. */
static double amount_of(const char *text, char *unit)
{
	char *end;
	double value = strtod(text + strspn(text, "=P"), &end);

	*unit = *end == ' ' ? '\0' : *end;
	return value;
}

/* "<20 dan >35": who is both is nobody; of two groups only one is counted at a time. */
bool question_excluded(const char *limits, const char *field, const char *above)
{
	size_t length = strlen(field);
	const char *at = limits ? strstr(limits, field) : NULL;
	char unit, other;

	return at && at[length] == '<' &&
		amount_of(above, &unit) >= amount_of(at + length + 1, &other) && unit == other;
}

/* "anemia_11", "kek_23_5": the limit behind the name. */
static double limit_of(const char *measure, const char **end)
{
	const char *at = measure;

	while (*at && !(*at == '_' && at[1] >= '0' && at[1] <= '9'))
		at++;
	*end = at;
	if (!*at)
		return 0;
	return atof(at + 1) + (strchr(at + 1, '_') ? atof(strchr(at + 1, '_') + 1) / TENTHS : 0);
}

/* "bumil hb < 11": what is measured, and how many words in front of `first` say so; else what its
 * unit, the word at `unit`, says of it; NULL. */
static const char *measure_before(
	const struct words *words, size_t first, size_t unit, size_t *back)
{
	size_t length;

	for (*back = 1; *back <= FAR_BACK && *back <= first; ++*back) {
		const char *measure = words_phrase(words, "ukuran_batas", first - *back, &length);

		if (measure)
			return measure;
	}
	*back = 0;
	return words_phrase(words, "batas_berat", unit, &length);
}

static bool read_measure(struct question *question, size_t first, size_t n, size_t count,
	double value, bool low)
{
	struct words *words = question->words;
	size_t length, back;
	const char *unit = words_phrase(words, "satuan_berat", n + count, &length), *end;
	const char *measure = measure_before(words, first, n + count, &back);
	double limit = measure ? limit_of(measure, &end) : 0;

	if (!measure)
		return false;
	if (unit && same_name(unit, "kg"))
		value *= KILO;
	if (!low || value < limit - EPSILON || value > limit + EPSILON) {
		question->strange = n + 1;
		return true;
	}
	question->measured_at = n;
	question->measured = arena_strndup(words->call->arena, measure, (size_t)(end - measure));
	words_use(words, first - back, n + count - first + back);
	if (unit || words_phrase(words, "satuan_ukur", n + count, &length))
		words_use(words, n + count, length);
	return true;
}

const char *question_age_unit(const struct words *words, size_t i, size_t *length)
{
	size_t time;
	const char *unit = words_phrase(words, "satuan_umur", i, length);

	return unit && period_code_at(words, i, &time) && time > *length ? NULL : unit;
}

bool question_percent_at(const struct words *words, size_t i)
{
	const char *at = words->call->text + word_raw_end(words, i);

	return at[strspn(at, " ")] == '%';
}

/* "80% ke atas": the limit of the share at n, to the end of its words. */
static const char *share_behind(
	const struct words *words, size_t n, size_t *first, size_t *count)
{
	size_t length, end = n + *count;
	const char *behind;

	if (words_phrase(words, "persen", end, &length))
		end += length;
	else if (!question_percent_at(words, end - 1))
		return NULL;
	behind = words_phrase(words, "ambang_belakang", end, &length);
	if (!behind)
		return NULL;
	*first = n;
	*count = end + length - n;
	return question_limit_op(behind);
}

void question_limits(struct question *question)
{
	struct words *words = question->words;
	bool aged = false;

	for (size_t n = 0; n < words->count; n++) {
		double value;
		size_t first, length,
			count = words->list[n].used ? 0 : question_decimal(words, n, &value);
		const char *op = count > 0 ? question_compares(words, n, &first) : NULL;
		bool share = count > 0 && (question_percent_at(words, n + count - 1) ||
			words_phrase(words, "persen", n + count, &length));

		if (share && !op)
			op = share_behind(words, n, &first, &count);
		if (!op || (!share && read_measure(question, first, n, count, value,
				same_name(op, "<"))))
			continue;
		if (!share && (aged || question_age_unit(words, n + count, &length) ||
			(first > 0 && (words_phrase(words, "kata_usia", first - 1, &length) ||
				words_phrase(words, "ukuran_isian", first - 1, &length))))) {
			question->strange = n + 1; /* "umur di bawah 20 th" */
			aged = true;
			continue;
		}
		if (question->limit > 0) {
			question->strange = n + 1; /* "d/s < 60 dan n/d < 50" */
			continue;
		}
		question->limit = (int)(value * TENTHS + 0.5);
		question->lowest = *op == '<';
		question->limit_too = op[1] == '=';
		words_use(words, first, n + count - first);
		if (words_phrase(words, "persen", n + count, &length))
			words_use(words, n + count, length);
	}
}
