/* Talk around a report: what people say behind its last value fills no field and contradicts none.
 * What is left open with it and without it decides.
 */
#include "parsers/aside/aside.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "parsers/aside/trial.h"
#include "parsers/dying/death.h"
#include "parsers/field/field.h"
#include "parsers/parse/scratch.h"
#include "parsers/read/doubts.h"

#define FIELD_LINES    3 /* so many lines are fields, not sentences */
#define TALK_WORDS     4 /* "dukun juga sdh tau": so far in front of a word of talk it may begin */
#define CORE_FIELDS 3 /* the least that a whole report tells */
#define CORE_TRIES  8
#define PHONE_LENGTH 10 /* of a telephone number, and more */

/* A field that is told: not free text, not only derived, not the sender's own posyandu. */
static bool is_told(const struct form *form, const struct value *value)
{
	const struct form_field *field = form_field(form, value->field);

	if (!field || field->type == FIELD_TEXT ||
		(value->defaulted && field->type == FIELD_POSYANDU))
		return false;
	for (size_t i = 0; i < form->norder; i++) {
		if (same_name(form->order[i], field->name))
			return true;
	}
	return field->nkey > 0;
}

/* A field of one that the other lacks or leaves to its default, or (differs) has with another
 * value. */
static bool has_more(const struct report *a, const struct report *b, bool differs)
{
	for (size_t i = 0; i < a->nvalue; i++) {
		const struct value *other = report_value(b, a->values[i].field);

		if (is_told(a->form, &a->values[i]) &&
			(!other || (other->defaulted && !a->values[i].defaulted) ||
				(differs && !same_name(other->text, a->values[i].text))))
			return true;
	}
	return false;
}

enum aside { ASIDE_NONE, ASIDE_SENTENCE, ASIDE_WORD, ASIDE_SURELY };

/* The sender's own name under the message. */
static bool signs(const struct parse *parse, size_t at)
{
	const char *name = parse->context->sender->name;
	const struct token *token = &parse->tokens[at];

	return name && tolower((unsigned char)*name) == *token->text &&
		strncasecmp(name, token->text, token->length) == 0 &&
		(name[token->length] == ' ' || name[token->length] == '\0');
}

/* A sentence of its own: not a field on a line of its own among others. */
static bool sentence_apart(const struct parse *parse, size_t at)
{
	size_t lines = 0;

	if (!sentence_begins(parse, at))
		return false;
	for_candidates(parse, c) {
		if (c->first < at && c->last > at && c->flags & FLAG_SURE &&
			c->type == FIELD_CHOICE)
			return false; /* "dr. Budi" */
	}
	for (size_t i = parse->first + 1; i < parse->last; i++)
		lines += parse->tokens[i].newline;
	return !(parse->tokens[at].newline && lines >= FIELD_LINES);
}

/* "baru 12": a key of the form in front of a number begins a field. */
static bool key_of_number(const struct parse *parse, size_t at)
{
	for (size_t words = LEXICON_WORDS; words > 0; words--) {
		size_t next = at + words;

		if (next < parse->last && parse->tokens[next].digits &&
			!parse_crosses(parse, next) &&
			token_is_key(&parse->tokens[at], words, parse->index->key_class))
			return true;
	}
	return false;
}

/* "3100 eh maaf 3200": no talk, the value in front is taken back. */
static bool value_mended(const struct parse *parse, size_t at)
{
	size_t value = mended_at(parse, at);

	return value && (parse->tokens[value].digits || parse->tokens[value].begun.begins);
}

/* Talk begins: "maaf …", a new sentence, the sender's name; surely with what is still to come:
 * "besok rapat jam 9". */
static enum aside aside_at(const struct parse *parse, size_t at)
{
	const char *kind;

	if (!(token_may_mean(&parse->tokens[at], parse_class(parse, CLASS_ASIDE)) ||
		token_may_mean(&parse->tokens[at], parse_class(parse, CLASS_NO_DEATH)) ||
		sentence_begins(parse, at) || signs(parse, at)) || key_of_number(parse, at) ||
		value_mended(parse, at))
		return ASIDE_NONE;
	if (parse->index->posyandu >= 0 && parse->tokens[at].digits &&
		number_alone_at(parse, at, parse_segment_end(parse, at)))
		return ASIDE_NONE; /* one more count */
	if (phrase_at(parse, at, parse_class(parse, CLASS_ASIDE), &kind))
		return same_name(kind, "lain") ? ASIDE_SURELY : ASIDE_WORD;
	if (sentence_apart(parse, at) || signs(parse, at) ||
		(phrase_of(parse, at, CLASS_NO_DEATH) && !(at > parse->first &&
			parse->tokens[at - 1].digits && parse->tokens[at + 1].digits &&
			phrase_of(parse, at, CLASS_HEDGE)))) /* "1 apa 2" */
		return ASIDE_SENTENCE;
	return ASIDE_NONE;
}

/* A key that is no other word: not the "di" of "di rumah". */
static bool key_told(const struct parse *parse, size_t at)
{
	return key_of(parse, parse->index, at) && !word_of(parse, at, CLASS_IN);
}

/* "#jk=p#tgl=…": fields are told further on. */
static bool key_signed(const struct parse *parse, size_t at)
{
	for (size_t i = at + 1; parse->strong && i < parse->last; i++) {
		if ((parse_signs(parse, i) && key_of(parse, parse->index, i - 1)) ||
			(parse_crosses(parse, i) && key_told(parse, i)))
			return true;
	}
	return false;
}

/* "usg tidak": a key of the form in front of one of its words, or of yes and no. */
static bool key_of_choice(
	const struct parse *parse, const struct form_index *index, size_t at)
{
	size_t words = LEXICON_WORDS;

	while (words > 0 && !key_and_value(parse, index, at, words))
		words--;
	return words > 0;
}

/* Whether the report without the talk is the better one. */
static bool better_without(enum aside aside, const struct report *left, const struct report *whole)
{
	if (left->nproblem > whole->nproblem)
		return false;
	return aside == ASIDE_SURELY || (has_more(left, whole, true) &&
		(aside == ASIDE_WORD || !has_more(whole, left, false)));
}

/* "#skrg di rumah mertua": a day by itself and words that are none is one remark. */
static bool day_ends_at(const struct parse *parse, size_t at)
{
	for_candidates(parse, c) {
		if (c->last == at && c->kind != KIND_KEYED && parse_crosses(parse, c->first) &&
			c->type == FIELD_DATE &&
			!parse->tokens[c->first].digits)
			return true;
	}
	return false;
}

/* What the whole stretch was read as, while parts of it are tried. */
struct whole {
	struct report report;
	short taken[TOKENS_ROOM];
	bool day[TOKENS_ROOM]; /* a day by itself ends in front of the token */
};

static void read_whole(struct parse *parse, const struct form_index *index, size_t first,
	size_t last, struct whole *out)
{
	trial_judge(parse, index, first, last, &out->report);
	memcpy(out->taken, parse->taken, sizeof(out->taken));
	for (size_t i = first; i <= last; i++)
		out->day[i] = i > first && parse->strong && day_ends_at(parse, i);
}

/* Talk cannot begin there: behind a key, "&" or "dan", a number that is counted, a day, in the
 * middle of a value. */
static bool splits(const struct parse *parse, const struct whole *whole, size_t cut, bool back)
{
	const struct token *token = &parse->tokens[cut];

	return token->sep == '&' || token->sep == '+' || word_of(parse, cut - 1, CLASS_AND) ||
		key_told(parse, cut - 1) || whole->day[cut] ||
		(back && (token[-1].digits ||
			(whole->taken[cut] >= 0 && whole->taken[cut] == whole->taken[cut - 1])));
}

void talk_cut(struct parse *parse)
{
	const struct form_index *index = parse->index;
	size_t first = parse->first, last = parse->last, best = last, behind = parse->behind;
	bool told = false;
	struct whole whole;
	struct report left;

	for (size_t i = first + 1; i < last && best == last && trial_may(parse); i++) {
		enum aside aside;

		parse->last = last;
		aside = aside_at(parse, i);
		if (aside == ASIDE_NONE || key_signed(parse, i) ||
			(aside == ASIDE_SENTENCE && counts_more(parse, index, i, last)) ||
			phrase_of(parse, i - 1, CLASS_ASIDE) > i ||
			phrase_of(parse, i - 1, CLASS_HEDGE) > i)
			continue; /* the "nuwun" of "matur nuwun" begins nothing */
		if (!told)
			read_whole(parse, index, first, last, &whole);
		told = true;
		for (size_t cut = i; cut > first && cut + TALK_WORDS > i; cut--) {
			size_t open;

			parse->last = last;
			if (death_told_in(parse, cut, last) < last ||
				splits(parse, &whole, cut, cut < i))
				break; /* a word of dying is never talk */
			if (word_of(parse, cut, CLASS_NEGATION) &&
				!clause_ends_before(&parse->tokens[cut])) {
				if (parse->tokens[cut - 1].digits)
					break; /* "diare 0 tidak ada keluhan" */
				continue; /* nor what denies it: "dokter belum datang" */
			}

			if (index->form->line_only && key_of_choice(parse, index, cut))
				break; /* "usg ya usg tidak": told, and told otherwise */
			open = trial_judge(parse, index, first, cut, &left);
			if (cut == i ? better_without(aside, &left, &whole.report)
				     : open < whole.report.nproblem &&
					!has_more(&whole.report, &left, false)) {
				whole.report = left;
				best = cut;
			}
			if (clause_ends_before(&parse->tokens[cut]) ||
				parse->tokens[cut - 1].digits || unit_at(parse, cut - 1))
				break; /* a number is no talk */
		}
	}
	parse_region(parse, index, first, best);
	if (best < last && parse->strong && parse->children == 1)
		remarks_mute(parse);
	parse->behind = behind;
}

/* The ends of the values that the whole stretch was read as, in order. */
static size_t value_ends(const struct parse *parse, size_t ends[TOKENS_MAX])
{
	size_t count = 0;

	for (size_t i = parse->nchosen; i-- > 0;) {
		const struct candidate *c = chosen_at(parse, i);

		if (c->problem < 0)
			ends[count++] = c->last;
	}
	return count;
}

/* The end of the sure value that begins at a token; 0. */
static size_t value_at(const struct parse *parse, size_t at)
{
	size_t end = 0;

	for_candidates(parse, c) {
		if (c->first == at && c->last > end && c->problem < 0 &&
			((c->flags & FLAG_SURE) || c->kind != KIND_BARE))
			end = c->last;
	}
	return end;
}

/* Values up to the end of their clause, with nothing between them that says something else: its
 * end; 0. */
static size_t values_behind(const struct parse *parse, size_t at, size_t last)
{
	bool any = false;

	for (size_t next; at < last; at = next) {
		if (any && clause_ends_before(&parse->tokens[at]))
			break;
		next = value_at(parse, at);
		any |= next > 0;
		if (!next && (word_of(parse, at, CLASS_FILLER) || key_of(parse, parse->index, at)))
			next = at + 1;
		if (!next)
			return 0;
	}
	return any ? at : 0;
}

/* "BERAT=3000", "tgl: 12/8": written as a field. */
static bool signed_key(const struct parse *parse, const struct candidate *c)
{
	for (size_t i = c->first + 1u; c->kind == KIND_KEYED && i < c->last; i++) {
		if (parse_signs(parse, i))
			return true;
	}
	return false;
}

/* A value of a field that is told already, or of none: not a number behind a key, good or not. */
static bool may_be_chat(
	const struct parse *parse, const struct candidate *c, const struct report *report)
{
	const struct form_field *field = &parse->index->form->fields[c->field];
	const struct value *value = report_value(report, field->name);

	if (c->kind == KIND_BARE || field->type == FIELD_TIME)
		return true;
	if (signed_key(parse, c) || (c->kind == KIND_KEYED && parse_crosses(parse, c->first) &&
		!word_of(parse, c->first, CLASS_IN)))
		return false;
	if (field->type == FIELD_NAME) /* a keyed one that was taken is the name */
		return c->kind != KIND_KEYED || parse->taken[c->first] < 0 ||
			&parse->candidates[parse->taken[c->first]] != c;
	if (c->kind == KIND_KEYED &&
		(field_is_number(field->type) || field->type == FIELD_AGE ||
			field->type == FIELD_NIK))
		return false;
	return c->problem >= 0 || (value && !(value->defaulted &&
		(field->type == FIELD_POSYANDU || field->type == FIELD_DATE)));
}

/* "jam 22.59 wassalam": an hour to the minute that the report still lacks. */
static bool minute_missing(
	const struct parse *parse, const struct candidate *c, const struct report *report)
{
	return c->type == FIELD_TIME && c->problem < 0 &&
		c->last >= c->first + 3u &&
		!report_value(report, candidate_field(parse, c)->name);
}

/* "berat3 kilo l": a letter right behind a number or its unit may be a digit of it. */
static bool may_be_digit(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	return token->length == 1 && strchr("lio", token->text[0]) && !parse_crosses(parse, at) &&
		(token[-1].digits || unit_at(parse, at - 1));
}

/* What is no chat: values that are still wanted, a number right behind, a further field between
 * separators, a death, where a session was. */
static bool told_behind(const struct parse *parse, size_t at, const struct report *report)
{
	if ((parse->tokens[at].digits && parse->tokens[at].length < PHONE_LENGTH) ||
		value_mended(parse, at) || may_be_digit(parse, at))
		return true;
	for (size_t i = at; i < parse->last; i++) {
		if ((i > at && parse_crosses(parse, i)) || death_told_at(parse, i) ||
			(parse->index->posyandu >= 0 && desa_said_at(parse, i)))
			return true;
	}
	for_candidates(parse, c) {
		if (c->last > at && (!may_be_chat(parse, c, report) ||
			(c->first == at && minute_missing(parse, c, report))))
			return true;
	}
	return false;
}

/* Between separators: a whole segment, of the last one its value; 0: inside a segment. */
static size_t segment_behind(const struct parse *parse, size_t at, size_t last)
{
	size_t end = parse_segment_end(parse, at), value = end == last ? value_at(parse, at) : 0;

	if (!parse_crosses(parse, at))
		return 0;
	return value ? value : end;
}

/* "10 agt atau 24/7", "nifas lalu hamil", "kembar belum tahu": what follows goes on with the value
 * in front. */
static bool goes_on(const struct parse *parse, size_t at)
{
	const char *hedge = "";

	return strchr("&+", parse->tokens[at].sep ? parse->tokens[at].sep : ' ') ||
		word_of(parse, at, CLASS_AND) || word_of(parse, at, CLASS_AGO) ||
		(phrase_at(parse, at, parse_class(parse, CLASS_HEDGE), &hedge) &&
			!same_name(hedge, "lebih") && !same_name(hedge, "kurang"));
}

/* Where the chat begins behind a whole report; last: nowhere. */
static size_t chat_behind(struct parse *parse, const struct form_index *index, size_t first,
	size_t last, struct report *report)
{
	size_t ends[TOKENS_MAX], count = value_ends(parse, ends), end = last,
	       from = whole_from(parse);

	for (size_t i = CORE_FIELDS; i <= count && i < CORE_FIELDS + CORE_TRIES; i++) {
		if (ends[i - 1] >= from && ends[i - 1] < last &&
			trial_whole(parse, index, first, ends[i - 1], report)) {
			end = ends[i - 1];
			break;
		}
	}
	parse_region(parse, index, first, last);
	for (size_t next; end < last; end = next) {
		next = parse->strong ? segment_behind(parse, end, last)
				     : values_behind(parse, end, last);
		if (!next)
			break;
	}
	return end;
}

/* "#rumah dekat polindes": behind the value another one of its field stands in the segment. */
static bool rest_contradicts(const struct parse *parse, size_t at)
{
	size_t end = parse_segment_end(parse, at);
	short before = parse->taken[at - 1];

	for (size_t i = 0; i < parse->ncandidate && before >= 0; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (c->field == parse->candidates[before].field && c->first >= at &&
			c->last <= end && c->problem < 0 && (c->flags & FLAG_SURE))
			return true;
	}
	return false;
}

void parse_told(struct parse *parse, const struct form_index *index, size_t first, size_t last)
{
	struct report report;
	size_t end;

	parse_region(parse, index, first, last);
	if (index->form->line_only)
		return; /* most of such a form is optional: it is whole long before its end */
	if (parse->children > 1 || parse->nchosen <= CORE_FIELDS || parse_words_left(parse) == 0 ||
		(parse->strong && remarks_mute(parse)))
		return;
	end = chat_behind(parse, index, first, last, &report);
	if (end == last || told_behind(parse, end, &report) || goes_on(parse, end) ||
		(parse->strong && !parse_crosses(parse, end) &&
			(day_ends_at(parse, end) || rest_contradicts(parse, end))))
		return;
	parse_region(parse, index, first, end);
	parse->behind = last;
}
