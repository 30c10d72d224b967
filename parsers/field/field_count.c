/* Counts: by their place in a row, behind their key, or ("4 bumil, 2 busui") in front of it. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/field/field.h"
#include "parsers/field/none.h"
#include "parsers/field/hedge.h"
#include "parsers/parse/look.h"

#define GROUPS_LEAST 3 /* keys with their numbers */

/* The end of the key of a count that begins at a token, the longest; 0. */
static size_t count_key(const struct parse *parse, size_t at, int *field)
{
	for (size_t words = parse->tokens[at].keys ? LEXICON_WORDS : 0; words > 0; words--) {
		const struct lexicon_entry *e = at + words > parse->last
			? NULL : token_keys(&parse->tokens[at], words);

		for (; e; e = e->next) {
			*field = e->class_id == parse->index->key_class && e->words == words
				? e->number : -1;
			if (*field >= 0 && parse->index->form->fields[*field].type == FIELD_COUNT)
				return at + words;
		}
	}
	return 0;
}

/* "- bumil": a dash alone in front of a key. */
static bool none_told_at(const struct parse *parse, size_t key)
{
	size_t at = parse->tokens[key].start;

	while (at > 0 && parse->text[at - 1] == ' ')
		at--;
	return at > 1 && at < parse->tokens[key].start && parse->text[at - 1] == '-' &&
		strchr(" ,\n", parse->text[at - 2]);
}

/* A number that is no part of a date or a name stands right in front of a key. */
static bool opens_counts(const struct parse *parse, size_t key)
{
	const struct token *number = &parse->tokens[key - 1];
	const struct posyandu *unit;

	if (none_told_at(parse, key))
		return true;
	if (!number->digits || parse_crosses(parse, key))
		return false;
	if (key - 1 == parse->first)
		return true;
	if (number[-1].digits) /* "8/24 4 bumil", "bulan 7, 4 bumil", "bln 7 4 bumil" */
		return number->sep == ',' || (number->spaced && key > parse->first + 2 &&
			((number[-1].sep && strchr("/-.", number[-1].sep) && !number[-1].spaced) ||
				(!number[-2].digits && number[-2].keys)));
	return !number[-1].keys && number->before != BOUND_NONE &&
		posyandu_exact_at(parse, key - 2, &unit) != key;
}

bool counts_first(const struct parse *parse)
{
	size_t last = 0, keys = 0;
	int field;

	if (parse->first >= parse->last || count_key(parse, parse->first, &field))
		return false;
	for (size_t i = parse->first + 1; i < parse->last; i++) {
		size_t end = count_key(parse, i, &field);

		if (!end)
			continue;
		if (!last && !opens_counts(parse, i))
			return false;
		keys += parse->tokens[i - 1].digits && i > last;
		last = end;
		i = end - 1;
	}
	return keys > 1 && (last == parse->last || !parse->tokens[last].digits ||
		parse_crosses(parse, last));
}

const struct form_index *counts_begin(
	const struct parse *parse, const struct form_index *own, size_t at)
{
	if (own && own->posyandu < 0)
		return NULL;
	for (size_t f = 0; parse->tokens[at].keys && f < parse->reader->nform; f++) {
		const struct form_index *index = &parse->reader->index[f];
		size_t told = 0;

		if (index == own || index->posyandu < 0 || !index->row)
			continue;
		for (size_t i = at; i + 1 < parse->last && told < GROUPS_LEAST; i += 2) {
			const struct lexicon_entry *e = parse->tokens[i].keys;

			while (e && (e->class_id != index->key_class || e->words != 1 ||
				!(index->row & 1ul << e->number)))
				e = e->next;
			if (!e || !parse->tokens[i + 1].digits)
				break;
			told++;
		}
		if (told == GROUPS_LEAST)
			return index;
	}
	return NULL;
}

/* "38 ditimbang": the key behind a number. */
static size_t key_behind(const struct parse *parse, size_t end, int *field)
{
	const struct token *next = &parse->tokens[end];
	bool first = parse->counts_first;
	size_t key = 0;

	if (end < parse->last && next->before <= BOUND_SOFT &&
		!(next->sep == '.' && next->spaced) && (first || next->length >= 3))
		key = count_key(parse, end, field);
	return key > end + 1 && !first ? 0 : key;
}

/* It is worth a little less than one in front. */
static void count_before_key(struct parse *parse, int f, const struct bare_count *count)
{
	struct candidate *c = candidate_add(parse, count->at, count->key, f,
		parse->counts_first ? keyed_worth(count->at, count->end, count->key, 0)
				    : WORTH_UNIT,
		number_text(parse->arena, count->value), "in front of its key");

	c->kind = KIND_KEYED;
}

bool number_alone_at(const struct parse *parse, size_t at, size_t end)
{
	static const enum word_class talk[] = {
		CLASS_ASIDE, CLASS_CHAT, CLASS_GREETING, CLASS_FILLER};

	if (at + 1 >= end || parse->tokens[at + 1].digits || parse->tokens[at + 1].length == 1)
		return true;
	for (size_t i = 0; i < COUNT_OF(talk); i++) {
		if (phrase_at(parse, at + 1, parse_class(parse, talk[i]), NULL))
			return true;
	}
	return false;
}

/* "2 balita sakit": no count of the row. */
static bool of_its_word(const struct parse *parse, size_t at, size_t end)
{
	int field;

	return parse->strong && end < parse->last && parse->tokens[end].before <= BOUND_SOFT &&
		parse_starts_segment(parse, at) && !count_key(parse, end, &field) &&
		!number_alone_at(parse, end - 1, parse->last);
}

/* "bidan datang jam 9", "kader 5 52 50 44 36": a count stands in front, behind a number, a day or
 * the posyandu's name. */
static bool among_words(const struct parse *parse, size_t at)
{
	static const enum word_class plain[] = {CLASS_FILLER, CLASS_MONTH, CLASS_DAY, CLASS_TITLE,
		CLASS_MENDING};
	const struct token *before;

	if (at == parse->first || parse_starts_segment(parse, at))
		return false;
	before = &parse->tokens[at - 1];
	if (before->digits ||
		phrase_at(parse, at - 1, parse_class(parse, CLASS_HEDGE), NULL) ||
		(at > 1 && phrase_at(parse, at - 2, parse_class(parse, CLASS_HEDGE), NULL) == at) ||
		token_is_key(before, 1, CLASS_KEYWORD))
		return false;
	for (size_t i = 0; i < COUNT_OF(plain); i++) {
		if (token_is(before, parse_class(parse, plain[i])))
			return false;
	}
	for (size_t i = 0; i < parse->ncandidate; i++) {
		if (parse->candidates[i].last == at)
			return false;
	}
	return true;
}

/* "a5l1x20": where letters are keys, the l is one, or a 1. */
static bool letters_in_number(const struct parse *parse, size_t at, size_t end)
{
	for (size_t i = parse->tokens[at].start;
		parse->index->form->weekly && i < parse->tokens[end - 1].end; i++) {
		const struct lexicon_entry *e = isalpha((unsigned char)parse->text[i])
			? lexicon_find(parse->reader->keys, &parse->text[i], 1) : NULL;

		while (e && e->class_id != parse->index->key_class)
			e = e->next;
		if (e && parse->tokens[at].digits)
			return true;
	}
	return false;
}

static void letters_ask(struct parse *parse, int f, size_t key, size_t at, size_t end)
{
	candidate_wrong(parse, key, end, f, keyed_worth(key, at, end, 0), PROBLEM_AMBIGUOUS,
		"a letter in it is a key");
}

static void count_behind_key(struct parse *parse, int f, size_t key, size_t at)
{
	struct decimal number;
	const char *unit;
	size_t none;

	if (parse->counts_first || !value_reachable(parse, key, at))
		return;
	at = ages_behind(parse, at);
	if (!value_reachable(parse, key, at))
		return;
	none = phrase_at(parse, at, parse_class(parse, CLASS_NIHIL), NULL);
	if (none)
		number_add(parse, f, key, at, none, 0, false); /* "lansia nihil" */
	number = decimal_at(parse, at, false);
	if (!number.end)
		return;
	if (letters_in_number(parse, at, number.end)) {
		letters_ask(parse, f, key, at, number.end);
		return;
	}
	unit = unit_at(parse, number.end);
	if (unit && same_name(unit, "ORANG"))
		number_add(parse, f, key, at, number.end + 1, number.value, true);
	else
		number_add(parse, f, key, at, number.end, number.value, false);
}

/* "52 50 44 36 lahir 1 mati 0": of another event, whose keyword stands in front. */
static bool of_event(const struct parse *parse, size_t at)
{
	const struct form_index *event = at > parse->first && !parse_crosses(parse, at)
		? event_word(parse, at - 1) : NULL;

	return event && event != parse->index;
}

/* What does not depend on which count it is. */
static struct bare_count bare_count_at(const struct parse *parse, size_t at)
{
	struct decimal number = decimal_at(parse, at, false);
	struct bare_count out = {.at = at, .end = number.end, .value = number.value, .field = -1};

	if (!number.end)
		return out;
	out.letters = letters_in_number(parse, at, number.end);
	out.in_row = !unit_at(parse, number.end) && !of_its_word(parse, at, number.end) &&
		!among_words(parse, at) && !of_event(parse, at);
	out.key = key_behind(parse, number.end, &out.field);
	return out;
}

void field_count(struct parse *parse, int f, size_t key, size_t at)
{
	const struct bare_count *count = &parse->count;
	size_t none;

	if (keyed(key, at)) {
		count_behind_key(parse, f, key, at);
		return;
	}
	none = parse->index->words[f] < 0 ? 0 : phrase_at(parse, at, parse->index->words[f], NULL);
	if (none) /* "w2 nihil": of the total */
		candidate_add(parse, at, none, f, WORTH_WORD, "0", "says that there is none");
	if (count->at != at)
		parse->count = bare_count_at(parse, at);
	if (!count->end)
		return;
	if (count->letters) {
		letters_ask(parse, f, key, at, count->end);
		return;
	}
	if (parse->index->order[f] >= 0 && count->in_row)
		number_add(parse, f, key, at, count->end, count->value, false);
	if (count->key && count->field == f)
		count_before_key(parse, f, count);
}

bool nihil_at(const struct parse *parse, size_t at)
{
	return at < parse->last && phrase_at(parse, at, parse_class(parse, CLASS_NIHIL), NULL);
}

bool zero_at(const struct parse *parse, size_t at)
{
	return at < parse->last && (parse->tokens[at].number == 0 || nihil_at(parse, at));
}

bool none_died(const struct parse *parse, size_t at)
{
	size_t end = phrase_at(parse, at, parse_class(parse, CLASS_DEATH), NULL);

	return zero_at(parse, end ? end : at + 1);
}
