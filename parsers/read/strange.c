/* Values that stand among strange words between separators: "#sdh pulang ke rumah#", "#dimakamkan
 * kemarin#". They may be told of something else, so they are asked about. Behind a complete report
 * such a segment is a remark, and none of this is looked at. And what the sender takes back in the
 * same breath: "BB 3100 eh maaf 3200", or says there is none of beside a row of counts.
 */
#include "parsers/read/doubts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/field/field.h"
#include "parsers/field/hedge.h"
#include "parsers/form/form.h"
#include "parsers/parse/clause.h"
#include "parsers/parse/keyword.h"
#include "parsers/parse/look.h"
#include "parsers/read/names.h"
#include "parsers/read/values.h"

#define NEAR_WORDS  3 /* in front of a value */
#define COUNTS_TOLD 3 /* so many are told, not in a reason */

/* What the report itself is about: "lahir", "telah meninggal". */
static bool of_report(const struct parse *parse, size_t at)
{
	struct keyword keyword = keyword_at(parse, at);

	return (keyword.end > at && keyword.index == parse->index) ||
		phrase_at(parse, at, parse_class(parse, CLASS_DEATH), NULL) > at ||
		phrase_at(parse, at, parse_class(parse, CLASS_DELIVERY), NULL) > at;
}

/* "praktek" of "praktek bidan": told as well, and left for another reason. */
static bool of_choice(const struct parse *parse, size_t at)
{
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (c->first <= at && c->last > at && c->kind == KIND_TYPED &&
			candidate_field(parse, c)->type == FIELD_CHOICE)
			return true;
	}
	return false;
}

/* Nothing explains it, and it is no word that may stand anywhere. */
static bool strange(const struct parse *parse, size_t at)
{
	static const enum word_class plain[] = {CLASS_FILLER, CLASS_CHAT, CLASS_WEEKDAY, CLASS_DAY,
		CLASS_DAY_WORD, CLASS_HOUR, CLASS_TIME_ZONE, CLASS_MONTH, CLASS_UNIT};
	const struct token *token = &parse->tokens[at];

	const char *kind = token_meaning(token, parse_class(parse, CLASS_PREDICATE));

	if (parse->taken[at] != -1 || token->digits || token->length < 2)
		return false;
	if (kind && same_name(kind, "makam"))
		return true; /* on another day than the death, perhaps */
	if (of_report(parse, at))
		return false;
	if (token_is(token, parse_class(parse, CLASS_ASIDE)))
		return true;
	for (size_t i = 0; i < COUNT_OF(plain); i++) {
		if (token_is(token, parse_class(parse, plain[i])))
			return false;
	}
	return !of_choice(parse, at);
}

static bool any_strange(const struct parse *parse, size_t at, size_t end)
{
	for (; at < end; at++) {
		if (strange(parse, at))
			return true;
	}
	return false;
}

/* Where talk begins behind a value, or its segment ends. */
static size_t talk_start(const struct parse *parse, size_t at)
{
	size_t end = at < parse->last && !parse_crosses(parse, at)
		? parse_segment_end(parse, at) : at;

	while (at < end && !phrase_at(parse, at, parse_class(parse, CLASS_ASIDE), NULL))
		at++;
	return at;
}

static bool own_key_at(const struct parse *parse, const struct candidate *c, size_t at)
{
	for (size_t words = 1; words <= LEXICON_WORDS; words++) {
		const struct lexicon_entry *e = token_keys(&parse->tokens[at], words);

		for (; e; e = e->next) {
			if (e->class_id == parse->index->key_class && e->words == words &&
				atoi(e->canonical) == c->field)
				return true;
		}
	}
	return false;
}

/* "#tempat: di rumah#", "MATI BAYI: TEMPAT=di pkm" */
static bool own_key(const struct parse *parse, const struct candidate *c, size_t at)
{
	for (; at < c->first; at++) {
		if (own_key_at(parse, c, at))
			return true;
	}
	return false;
}

/* The field's own key, or another word that says the same: "#dr. Budi SpOG#". */
static bool opens_value(const struct parse *parse, const struct candidate *c, size_t at)
{
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *other = &parse->candidates[i];

		if (other->first == at && other->field == c->field &&
			maybe_same(other->value, c->value))
			return true;
	}
	return own_key(parse, c, at);
}

/* Two words with a number of their own; also where talk behind was cut off. */
static bool owns_number(const struct parse *parse, size_t at)
{
	const struct lexicon_entry *e = parse->tokens[at].phrases[0];

	while (e && (e->class_id != parse_class(parse, CLASS_OWNER) || e->words != 2 ||
		isalpha((unsigned char)*e->canonical))) /* not the day of another event */
		e = e->next;
	return e != NULL;
}

/* "#rumah sdh benar?": said of the report. */
static bool is_right(const struct parse *parse, size_t at)
{
	const char *answer = token_meaning(
		&parse->tokens[at], lexicon_class(parse->reader->lexicon, "jawab"));

	return answer && same_name(answer, "ya");
}

/* "#bu bidan sdh tahu#", "#rs belum lapor#": the word is the subject of a sentence. */
static bool subject(const struct parse *parse, const struct candidate *c)
{
	size_t at = c->last;

	if (owns_number(parse, c->first))
		return true; /* "suami umur 45" */
	return !parse_crosses(parse, at) &&
		token_is(&parse->tokens[at], parse_class(parse, CLASS_PREDICATE)) &&
		*parse->tokens[at + 1].text && !parse_crosses(parse, at + 1) &&
		!is_right(parse, at + 1);
}

/* "di rumah" is no field behind its key. */
static bool by_key(const struct parse *parse, const struct candidate *c)
{
	return c->kind == KIND_KEYED &&
		!token_is(&parse->tokens[c->first], parse_class(parse, CLASS_IN));
}

/* "rumah dekat polindes": where the one is, told by the other; also where talk was cut off. */
static bool beside_another(const struct parse *parse, const struct candidate *c)
{
	for (size_t at = c->first + 1u; at <= c->last; at++) {
		const struct token *token = &parse->tokens[at];

		if (token->before == BOUND_STRONG || token[1].before == BOUND_STRONG)
			return false;
		if (token_is(token, parse_class(parse, CLASS_NEAR)) &&
			token_is(token + 1, parse->index->words[c->field]))
			return true;
	}
	return false;
}

static bool told_of_other(const struct parse *parse, const struct candidate *c)
{
	const struct form_field *field = candidate_field(parse, c);
	size_t start = c->first;

	while (start > parse->first && !parse_starts_segment(parse, start))
		start--;
	switch (field->type) {
	case FIELD_DATE:
		return (any_strange(parse, start, c->first) && !own_key(parse, c, start)) ||
			subject(parse, c) ||
			any_strange(parse, c->last, talk_start(parse, c->last));
	case FIELD_CHOICE:
		return !by_key(parse, c) && !field->written &&
			((field->tail && (subject(parse, c) || beside_another(parse, c))) ||
				(any_strange(parse, start, c->first) &&
					!opens_value(parse, c, start)));
	case FIELD_WEIGHT:
	case FIELD_LENGTH:
	case FIELD_INT:
	case FIELD_AGE:
		return !by_key(parse, c) && any_strange(parse, start, c->first);
	default:
		return false;
	}
}

/* What the words right in front of a value say of it: "depan", "belum sampai"; "": nothing. */
static const char *near_before(const struct parse *parse, size_t at)
{
	const char *kind = "";

	for (size_t back = 1; back <= NEAR_WORDS && back <= at - parse->first &&
		parse->tokens[at].before <= BOUND_SOFT; back++) {
		if (phrase_at(parse, at - back, parse_class(parse, CLASS_NEAR), &kind) == at)
			return kind;
	}
	return "";
}

/* "depan pkm", "belum sampai rs", "calon bidan", "sempat hidup": beside the place, not there, not
 * the helper, no more. */
static bool only_near(const struct parse *parse, const struct candidate *c)
{
	const struct form_field *field = candidate_field(parse, c);
	bool where = form_role_is(parse->index->form->where, field->name);
	size_t at = c->first;

	switch (*near_before(parse, at)) {
	case '1':
		return where && parse->taken[at - 1] < 0;
	case '2':
		return !where && field->tail && !within_phrase(parse, at - 1u);
	case '3':
		return parse->taken[at - 1] < 0;
	case '5':
		return where;
	default:
		return false;
	}
}

/* "12 juli tahun lalu" */
static bool year_ago(const struct parse *parse, size_t at)
{
	const char *kind = "";

	return at < parse->last && parse->tokens[at].before <= BOUND_SOFT &&
		phrase_at(parse, at, parse_class(parse, CLASS_NEAR), &kind) && *kind == '8';
}

/* "sebelum 12/8", "malam rabu", "senin depan": not that day, or perhaps the one before. */
static bool near_day(const struct parse *parse, const struct candidate *c)
{
	bool week = token_is(&parse->tokens[c->first], parse_class(parse, CLASS_WEEKDAY));
	const struct token *next = &parse->tokens[c->last];
	const char *kind = week && c->last == c->first + 1u && next->before <= BOUND_SOFT
		? token_meaning(next, parse_class(parse, CLASS_NEAR)) : NULL;
	char before = *near_before(parse, c->first);

	return (before == '6' && parse->tokens[c->first].digits) || (week && before == '7') ||
		(kind && *kind == '1') || year_ago(parse, c->last);
}

/* "sempat hidup 1 jam lalu meninggal": a death of its own is told behind. */
static bool death_behind(const struct parse *parse, size_t at)
{
	while (*parse->tokens[at].text &&
		!token_is(&parse->tokens[at], parse_class(parse, CLASS_DEATH)))
		at++;
	return *parse->tokens[at].text != '\0';
}

/* "hidup sebentar", "hidup 2 jam": the words of an outcome, and for how long. */
static bool not_for_long(const struct parse *parse, const struct candidate *c)
{
	const struct token *next = &parse->tokens[c->last];
	const char *kind = next->before <= BOUND_SOFT && !next->newline
		? token_meaning(next, parse_class(parse, CLASS_NEAR)) : NULL, *unit;
	long number;
	size_t end = c->last;

	if (!token_is(&parse->tokens[c->first], parse_class(parse, CLASS_OUTCOME)))
		return false;
	while (kind && *kind == '4') /* "cuma sebentar" */
		kind = token_meaning(&parse->tokens[++end], parse_class(parse, CLASS_NEAR));
	if (end > c->last && (end >= parse->last || parse_starts_segment(parse, end)))
		return true;
	end += number_at(parse, end, &number);
	unit = end > c->last ? unit_at(parse, end) : NULL;
	return (unit && (same_name(unit, "JAM") || same_name(unit, "MENIT") ||
			same_name(unit, "HARI")));
}

/* "sesak 3 hari", "dirawat 5 hari": how long somebody was ill; no age. */
static bool no_age(const struct parse *parse, const struct candidate *c)
{
	size_t at = c->first;
	bool ill = at > parse->first && parse->tokens[at].before <= BOUND_SOFT &&
		!parse->tokens[at].newline && unit_at(parse, c->last - 1u);

	if (c->kind == KIND_KEYED)
		return false;
	for (size_t f = 0; ill && f < parse->index->form->nfield; f++) {
		if (parse->index->form->fields[f].written && parse->index->words[f] >= 0 &&
			token_is(&parse->tokens[at - 1], parse->index->words[f]))
			return true;
	}
	return ill && *near_before(parse, at) == '9';
}

static void find_near(struct parse *parse, struct report *report)
{
	for (size_t i = 0; i < parse->nchosen && !report->nproblem; i++) {
		const struct candidate *c = chosen_at(parse, i);
		const struct form_field *field = candidate_field(parse, c);

		if (c->problem < 0 && field->type == FIELD_CHOICE &&
			(only_near(parse, c) || not_for_long(parse, c)) &&
			!death_behind(parse, c->last))
			report_ambiguous(report, field);
		if (c->problem < 0 && ((field->type == FIELD_DATE && near_day(parse, c)) ||
			(field->type == FIELD_AGE && no_age(parse, c))))
			report_ambiguous(report, field);
	}
}

void strange_find(struct parse *parse, struct report *report)
{
	find_near(parse, report);
	for (size_t i = 0; i < parse->nchosen && parse->strong; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];

		if (c->problem < 0 && told_of_other(parse, c))
			report_ambiguous(report, candidate_field(parse, c));
	}
}

#define MENDING_WORDS 4 /* "eh maaf yg benar" */

size_t mended_at(const struct parse *parse, size_t at)
{
	size_t end = at, next = 0;

	for (size_t words = 0; words < MENDING_WORDS && end < parse->last; words++, end = next) {
		next = phrase_at(parse, end, parse_class(parse, CLASS_MENDING), NULL);
		if (!next)
			break;
	}
	return end > at && end < parse->last && !parse_crosses(parse, end) ? end : 0;
}

static bool amount(const struct form_field *field)
{
	return field_is_number(field->type) || field->type == FIELD_AGE;
}

/* A number takes back the amount in front of it; what it was taken for besides is as doubtful. */
static void number_mended(struct parse *parse, struct report *report, size_t at, size_t value)
{
	const struct candidate *before = chosen_before(parse, at);
	short taken = parse->taken[value];

	if (!before || !amount(candidate_field(parse, before)))
		return;
	report_ambiguous(report, candidate_field(parse, before));
	if (taken >= 0 && parse->candidates[taken].kind != KIND_KEYED)
		report_ambiguous(report, candidate_field(parse, &parse->candidates[taken]));
}

/* What was taken for the field stands in front of a token. */
static bool told_before(const struct parse *parse, int field, size_t at)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		if (chosen_at(parse, i)->field == field && chosen_at(parse, i)->first >= at)
			return false;
	}
	return true;
}

/* Another value of a field that was told: a word, a day, a number behind its key. */
static void value_mended(struct parse *parse, struct report *report, size_t value)
{
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];
		const struct form_field *field = candidate_field(parse, c);
		const char *chosen = report_text(report, field->name);

		if (c->first == value && c->kind != KIND_BARE && chosen &&
			field->type != FIELD_LIST && c->problem < 0 &&
			told_before(parse, c->field, value) &&
			!same_name(chosen, c->value.or_null))
			report_ambiguous(report, field);
	}
}

/* "SARI DAN YATI", "SARI/YATI": behind the name of one person that of another. */
static bool another_named(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];
	const char *title = NULL, *kind = NULL;
	size_t next = at;

	if (at >= parse->last || parse_crosses(parse, at))
		return false;
	if (token_is(token, parse_class(parse, CLASS_AND)))
		next = at + 1;
	else if (phrase_at(parse, at, parse_class(parse, CLASS_HEDGE), &kind) &&
		same_name(kind, "atau"))
		next = at + 1;
	else if (!strchr("/&+", token->sep) || !token->sep)
		return false;
	if (phrase_at(parse, next, parse_class(parse, CLASS_TITLE), &title)) {
		if (same_name(title, "pria"))
			return false; /* "NY SITI/TN JOKO" */
		next = phrase_at(parse, next, parse_class(parse, CLASS_TITLE), NULL);
	}
	return next < parse->last && parse->taken[next] == -1 && !parse->tokens[next].digits &&
		parse->tokens[next].length > 2 && !token_means(parse, next) &&
		!parse_crosses(parse, next);
}

static void names_joined(struct parse *parse, struct report *report)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];

		if (candidate_field(parse, c)->type == FIELD_NAME && c->problem < 0 &&
			another_named(parse, c->last))
			report_ambiguous(report, candidate_field(parse, c));
	}
}

void mended_find(struct parse *parse, struct report *report)
{
	names_joined(parse, report);
	for (size_t i = parse->first + 1;
		i < parse->last && parse_may_mean(parse, CLASS_MENDING); i++) {
		size_t value = mended_at(parse, i);
		const struct candidate *before = value ? chosen_before(parse, i) : NULL;

		if (!value)
			continue;
		if (parse->tokens[value].digits && parse->tokens[value].length < PHONE_DIGITS &&
			!number_owned(parse, value))
			number_mended(parse, report, i, value);
		else if (before && before->last == i && parse->taken[value] == -1 &&
			candidate_field(parse, before)->type == FIELD_NAME &&
			!token_means(parse, value))
			report_ambiguous(report, candidate_field(parse, before));
		value_mended(parse, report, value);
		i = value;
	}
}

/* "… tidak ada yang meninggal": what there is none of stands behind the word. */
static bool none_of_what(const struct parse *parse, const struct candidate *none)
{
	return none->last < parse->last && !clause_ends_before(&parse->tokens[none->last]) &&
		parse->taken[none->last] == -1;
}

/* That it was held, or was not, by a word of its own; NULL. */
static const struct candidate *held_told(const struct parse *parse)
{
	for (size_t i = 0; parse->index->form->held && i < parse->nchosen; i++) {
		const struct candidate *c = chosen_at(parse, i);

		if (c->kind != KIND_KEYED &&
			form_role_is(parse->index->form->held, candidate_field(parse, c)->name))
			return c;
	}
	return NULL;
}

void nihil_word_drop(struct parse *parse, struct report *report)
{
	const struct candidate *none = held_told(parse);
	size_t counts = 0;
	bool what;

	if (!none ||
		phrase_at(parse, none->first, parse_class(parse, CLASS_NIHIL), NULL) != none->last)
		return;
	what = none_of_what(parse, none);
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = chosen_at(parse, i);

		counts += (what || c->first < none->first) &&
			candidate_field(parse, c)->type == FIELD_COUNT &&
			c->value.or_null && !same_name(c->value.or_null, "0");
	}
	if (counts < COUNTS_TOLD)
		return;
	report_set(report, NULL, &(struct value){.field = candidate_field(parse, none)->name});
	for (size_t t = none->first; t < none->last; t++)
		parse->taken[t] = -1;
}
