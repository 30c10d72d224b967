/* Finds all candidates: each token is offered to every recogniser, with and without a key. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/field/date_parts.h"
#include "parsers/parse/clause.h"
#include "parsers/field/field.h"
#include "parsers/field/hedge.h"
#include "parsers/parse/due.h"
#include "parsers/parse/keyword.h"

#define CODE_LETTERS 2 /* "AA" */
#define CHILDREN_MOST 3

/* One row per field type. */
static const struct {
	field_recognise *recognise;
	unsigned begins; /* recognised where one of these begins; 0: only behind its key */
} types[] = {
	[FIELD_NAME] = {field_name, BEGINS_WORD},
	[FIELD_NIK] = {field_nik, BEGINS_DIGITS},
	[FIELD_INT] = {field_int, BEGINS_NUMBER},
	[FIELD_COUNT] = {field_count, BEGINS_NUMBER},
	[FIELD_DATE] = {field_date, BEGINS_DATE},
	[FIELD_TIME] = {field_time, BEGINS_DIGITS | BEGINS_HALF},
	[FIELD_CHOICE] = {field_choice, BEGINS_SLIP},
	[FIELD_WEIGHT] = {field_weight, BEGINS_NUMBER},
	[FIELD_LENGTH] = {field_length, BEGINS_NUMBER},
	[FIELD_AGE] = {field_age, BEGINS_NUMBER},
	[FIELD_POSYANDU] = {field_posyandu, BEGINS_WORD | BEGINS_DIGITS},
	[FIELD_AREA] = {field_area, BEGINS_WORD},
	[FIELD_TEXT] = {field_text, 0},
	[FIELD_AMOUNT] = {field_amount, BEGINS_NUMBER},
	[FIELD_LIST] = {field_list, 0},
	[FIELD_PATTERN] = {field_pattern, BEGINS_WORD | BEGINS_DIGITS},
};

int keyed_worth(size_t key, size_t at, size_t end, int unkeyed)
{
	return (keyed(key, at) ? WORTH_KEYED : unkeyed) + WORTH_TOKEN * (int)(end - key);
}

const char *candidate_rare(const struct form_field *field, const struct candidate *c)
{
	const char *told = c->problem == PROBLEM_RANGE ? c->offer.or_null : NULL;

	return told && field_rare(field, strtod(told, NULL)) ? told : NULL;
}

int usual_worth(const struct form_field *field, double value)
{
	if (field->usual_max <= 0)
		return 0;
	return value >= field->usual_min && value <= field->usual_max ? WORTH_USUAL : WORTH_UNUSUAL;
}

bool whole_field(const struct parse *parse, size_t at, size_t end)
{
	return parse->strong && (at == parse->first || parse_crosses(parse, at)) &&
		(end == parse->last || parse_crosses(parse, end));
}

/* "hpht tgl 20/5": the word for a day between its key and the day; else the token itself. */
static size_t day_behind(const struct parse *parse, int field, size_t at)
{
	const struct form *form = parse->index->form;
	const struct lexicon_entry *e = form->fields[field].type == FIELD_DATE &&
			!parse->one_value && at + 1 < parse->last && !parse_crosses(parse, at + 1)
		? parse->tokens[at].keys : NULL;

	while (e && !(e->words == 1 && e->class_id == parse->index->key_class &&
		e->number != field && form_role_is(form->date, form->fields[e->number].name)))
		e = e->next;
	return e && date_may_begin(parse, at + 1) ? at + 1 : at;
}

static bool keys_of_length(
	struct parse *parse, size_t first, size_t end, const struct lexicon_entry *e)
{
	size_t value = hedge_before(parse, end);
	bool found = false;

	for (size_t i = first + 1; e && i < end; i++) {
		if (parse_crosses(parse, i) || parse->tokens[i].sep == '=' ||
			parse->tokens[i].sep == ':')
			return false; /* "bayi=0 11/8": the key ends there */
	}
	for (; e; e = e->next) {
		int field;

		if (e->class_id != parse->index->key_class || e->words != end - first)
			continue;
		field = e->number;
		types[parse->index->form->fields[field].type].recognise(
			parse, field, first, value ? value : day_behind(parse, field, end));
		found = true;
	}
	return found;
}

/* "CEMPAKA 2 T4": the 2 is the posyandu's, and no 2T. */
static bool numbers_unit(const struct parse *parse, size_t at)
{
	const struct posyandu *unit;

	return parse->index->posyandu >= 0 && at + 1 < parse->last && parse->tokens[at].keys &&
		parse->tokens[at + 1].before != BOUND_NONE &&
		posyandu_exact_at(parse, at - 1, &unit) == at + 1;
}

/* The 2 of "K2 T3", "N:2 T:3" is counted, it begins no key. */
static bool counted(const struct parse *parse, size_t at)
{
	return at > parse->first && parse->tokens[at].digits &&
		(parse->tokens[at].before == BOUND_NONE || numbers_unit(parse, at) ||
			(!parse_crosses(parse, at) && token_is_key(&parse->tokens[at - 1], 1,
				parse->index->key_class)));
}

/* "2t 12": the T of 2T is no key of its own. */
static bool ends_longer_key(const struct parse *parse, size_t at)
{
	return at > parse->first && parse->tokens[at - 1].digits && !counted(parse, at - 1) &&
		parse->tokens[at].before <= BOUND_SOFT &&
		token_is_key(&parse->tokens[at - 1], 2, parse->index->key_class);
}

/* "suami umur 45": the key is part of words whose number is somebody else's. */
static bool key_owned(const struct parse *parse, size_t at)
{
	const char *range = "";
	size_t end = at > parse->first && !parse_crosses(parse, at)
		? phrase_at(parse, at - 1, parse_class(parse, CLASS_OWNER), &range) : 0;

	return end > at && end < parse->last && parse->tokens[end].digits &&
		!isalpha((unsigned char)*range);
}

/* "minggu": a key of what is not counted. */
static bool other_key(const struct parse *parse, size_t at)
{
	for (const struct lexicon_entry *e = token_keys(&parse->tokens[at], 1); e; e = e->next) {
		if (e->class_id == parse->index->key_class && e->words == 1 &&
			parse->index->form->fields[e->number].type != FIELD_COUNT)
			return true;
	}
	return false;
}

/* "W2 … 2; W2 gigitan anjing 2": the form's own keyword, behind its beginning, with words behind it
 * and no code. It may be said again, or a value ("W2" is a code and its number, too). */
static bool heads_again(const struct parse *parse, size_t first)
{
	struct keyword keyword = {0};

	if (parse->index->form->front_only && first > 0 && !parse->one_value)
		keyword = keyword_look(parse, first);
	return keyword.end && keyword.index == parse->index && keyword.end < parse->last &&
		!parse->tokens[keyword.end].digits &&
		parse->tokens[keyword.end].length > CODE_LETTERS &&
		!other_key(parse, keyword.end);
}

/* "tdk datang 7": who came is counted, not who did not. */
static bool key_denied(const struct parse *parse, size_t at)
{
	const struct form_index *index = parse->index;
	const struct lexicon_entry *e = parse->tokens[at].keys;

	if (index->posyandu < 0 || index->form->line_only || at == parse->first ||
		parse->tokens[at].length < 2 || parse->tokens[at].before > BOUND_SOFT ||
		!token_is(&parse->tokens[at - 1], parse_class(parse, CLASS_NEGATION)))
		return false;
	while (e && !(e->class_id == index->key_class &&
		index->form->fields[e->number].type == FIELD_COUNT))
		e = e->next;
	return e != NULL;
}

/* "tgl", "umur ibu": the longest key that begins here. */
static void keys_at(struct parse *parse, size_t first)
{
	size_t before = parse->ncandidate;

	if (ends_longer_key(parse, first) || counted(parse, first) || key_owned(parse, first) ||
		key_denied(parse, first))
		return;
	if (!parse->one_value && parse->index->form->front_only && keyword_at(parse, first).end)
		return; /* "nihil w2" */
	for (size_t words = lexicon_longest(parse->tokens[first].keys); words > 0; words--) {
		if (first + words <= parse->last && keys_of_length(parse, first,
		    first + words, token_keys(&parse->tokens[first], words))) {
			for (; heads_again(parse, first) && before < parse->ncandidate; before++)
				parse->candidates[before].problem = PROBLEM_MISSING; /* asked */
			return;
		}
	}
}

/* Without a key, words or a place in the order nobody tells it: the "tidak" of "asi tidak" is no
 * value of it. */
static bool worked_out(const struct form_index *index, size_t f)
{
	return index->form->fields[f].nkey == 0 && index->words[f] < 0 && index->order[f] < 0;
}

/* What begins a field without its key; of text only where it has a place in the form's order. */
static unsigned begins_of(const struct form_index *index, size_t f)
{
	enum field_type type = index->form->fields[f].type;

	return type == FIELD_TEXT && index->order[f] >= 0 ? BEGINS_WORD : types[type].begins;
}

void candidates_index(struct form_index *index)
{
	for (size_t f = 0; f < index->form->nfield; f++) {
		const struct form_field *field = &index->form->fields[f];
		struct unkeyed *row = &index->unkeyed[index->nunkeyed];

		if ((!begins_of(index, f) && field->type != FIELD_LIST) || field->keyed ||
			(field->type == FIELD_NAME && (int)f != index->name) ||
			worked_out(index, f))
			continue;
		*row = (struct unkeyed){(int)f, field->type, begins_of(index, f), -1};
		if (field->type == FIELD_CHOICE && index->words[f] < 0)
			row->begins = BEGINS_WORD | BEGINS_DIGITS;
		else if (field->type == FIELD_CHOICE || field->type == FIELD_LIST ||
			((field->type == FIELD_COUNT || field->type == FIELD_INT) &&
				index->words[f] >= 0))
			row->word = index->words[f];
		for (unsigned begins = 0; begins < BEGINS_ALL; begins++)
			index->rows[begins] |= row->begins & begins ? 1ul << index->nunkeyed : 0;
		class_put(&index->classes, row->word);
		index->classed |= row->word >= 0 ? 1ul << index->nunkeyed : 0;
		index->nunkeyed++;
	}
	for (size_t f = 0; f < index->form->nfield; f++) {
		const struct form_field *field = &index->form->fields[f];

		index->days += field->type == FIELD_DATE;
		index->months |= field->type == FIELD_INT && field->unit &&
			same_name(field->unit, "BULAN");
	}
}

/* The rows of fields that may begin at a token, one bit each. */
static unsigned long rows_at(const struct form_index *index, const struct token *token)
{
	unsigned long rows = index->rows[token->begun.begins];

	if (!class_meets(&token->classes, &index->classes))
		return rows;
	for (unsigned long left = index->classed & ~rows; left; left &= left - 1)
		if (class_in(&token->classes, index->unkeyed[__builtin_ctzl(left)].word))
			rows |= left & -left;
	return rows;
}

/* The 2 of "kembar 2" is no value of its own. */
static bool counts_children(const struct parse *parse, size_t at)
{
	return at > parse->first && parse->index->form->nrepeat > 0 &&
		phrase_at(parse, at - 1, parse_class(parse, CLASS_TWINS), NULL) > at;
}

/* "#1 L 2400 …#2. P 2250 …": a digit where a field begins, and what each child has of its own. */
static bool listed_child(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	if (!token->digits || token->length > 1 || at + 1 >= parse->last ||
		token[1].before >= BOUND_STRONG || token[1].digits ||
		!(parse_starts_segment(parse, at) || clause_ends_before(token)))
		return false;
	for (size_t f = 0; f < parse->index->form->nfield; f++) {
		if (parse->index->repeat[f] >= 0 && parse->index->words[f] >= 0 &&
			token_is(&token[1], parse->index->words[f]))
			return true;
	}
	return false;
}

/* "bayi 1", "anak ke 2", "by ii": the number tells which child; 0: none does. */
static unsigned child_number(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];
	size_t word = at;
	const char *meaning;
	long number = token->number;

	if (token->digits && number >= 1 && number <= CHILDREN_MOST && listed_child(parse, at))
		return (unsigned)number;
	if (!token->digits && !token_may_mean(token, parse_class(parse, CLASS_ORDINAL)))
		return 0; /* nearly always */
	if (word > parse->first && same_name(token[-1].text, "ke"))
		word--;
	if (word == parse->first || parse_crosses(parse, at) || parse_crosses(parse, word) ||
		!token_is(&parse->tokens[word - 1], parse_class(parse, CLASS_CHILD)) ||
		(token->digits && (token->length > 1 || unit_at(parse, at + 1) ||
			fraction_whole(parse, at))))
		return 0;
	meaning = token->digits ? NULL : token_meaning(token, parse_class(parse, CLASS_ORDINAL));
	if (meaning)
		number = atoi(meaning);
	return number >= 1 && number <= CHILDREN_MOST ? (unsigned)number : 0;
}

unsigned children_numbered(const struct parse *parse)
{
	unsigned count = 0;

	for (size_t i = parse->first + 1; i < parse->last; i++)
		count += child_number(parse, i) == count + 1;
	return count > 1 ? count : 0;
}

/* What may begin at a token, whatever the field. */
static unsigned char begins_at(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];
	unsigned char begins = token->digits ? BEGINS_DIGITS : BEGINS_WORD;

	if (token->begun.matched)
		return begins;
	if (token->begun.torn)
		begins |= BEGINS_NUMBER;
	if (token->begun.said && !(at > parse->first && fraction_whole(parse, at - 1)))
		begins |= BEGINS_NUMBER;
	if (date_may_begin(parse, at) ||
		token_may_mean(token, parse_class(parse, CLASS_VAGUE_DAY)))
		begins |= BEGINS_DATE;
	if (token_may_mean(token, parse_class(parse, CLASS_HALF)))
		begins |= BEGINS_HALF;
	if (choice_may_slip(parse, at))
		begins |= BEGINS_SLIP;
	return begins;
}

/* "ari2", "anak2": said twice. */
static bool reduplicates(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	return at > parse->first && token->digits && token->number == 2 && token->length == 1 &&
		token->before == BOUND_NONE && token[-1].length > 2 &&
		!key_of(parse, parse->index, at - 1);
}

/* A word whose number is something else means nothing itself: the lk of "lk 33". */
static bool owns_next(const struct parse *parse, size_t at)
{
	const char *range = NULL;

	return at + 1 < parse->last &&
		phrase_at(parse, at, parse_class(parse, CLASS_OWNER), &range) &&
		strchr(range, '-') && number_owned(parse, at + 1);
}

/* A key of another form stands in the stretch, which may own a day: "hpht 12/11/23" at a birth. */
static bool other_keys(const struct parse *parse)
{
	for (size_t i = parse->first; i < parse->last; i++) {
		const struct lexicon_entry *key = parse->tokens[i].keys;

		if (key && key->class_id != parse->index->key_class)
			return true;
	}
	return false;
}

/* What stands in the name's slot is a name, whatever else it means; where other fields begin. */
static size_t name_in_slot(struct parse *parse)
{
	size_t name = parse->first, end = name_slot_end(parse, &name);
	int f = parse->index->by_order[0];

	if (!end)
		return parse->first; /* nearly always */
	candidate_add(parse, parse->first, end, f, WORTH_KEYED, name_text(parse, name, end),
		"words in the slot of the name")
		->kind = KIND_TYPED;
	return end;
}

void candidates_find(struct parse *parse)
{
	const struct form_index *index = parse->index;
	bool numbered, owned;
	size_t first;

	parse->told = NULL;
	parse->types = 0;
	parse->classes = tokens_mean(parse->tokens, parse->first, parse->last);
	patterns_find(parse);
	numbers_find(parse);
	numbered = index->form->nrepeat > 0 && children_numbered(parse);
	owned = parse_may_mean(parse, CLASS_OWNER) || parse_may_mean(parse, CLASS_UNIT) ||
		other_keys(parse) ||
		(index->story_class >= 0 && parse_may_mean(parse, CLASS_CHILD));
	parse->counts_first = index->posyandu >= 0 && counts_first(parse);
	parse->count.at = SIZE_MAX;
	for (size_t i = parse->first; i < parse->last; i++)
		parse->tokens[i].begun.begins = begins_at(parse, i);
	first = name_in_slot(parse);
	for (size_t i = first; i < parse->last; i++) {
		const struct token *token = &parse->tokens[i];
		bool other;

		if (counts_children(parse, i) || (numbered && child_number(parse, i)))
			continue;
		if (token->keys &&
			!(numbered && ((i + 1 < parse->last && child_number(parse, i + 1)) ||
			(i + 2 < parse->last && child_number(parse, i + 2)))))
			keys_at(parse, i);
		if ((token->begun.begins && owned && number_owned(parse, i)) ||
			owns_next(parse, i) || reduplicates(parse, i))
			continue;
		other = token->digits && index->story_class >= 0 && other_day(parse, i);
		for (unsigned long rows = rows_at(index, token); rows; rows &= rows - 1) {
			const struct unkeyed *row = &index->unkeyed[__builtin_ctzl(rows)];

			if (!other || row->type == FIELD_DATE)
				types[row->type].recognise(parse, row->field, i, i);
		}
		if (!parse_step(parse, 1))
			return;
	}
	if (index->story_class >= 0)
		days_demote(parse);
	bystanders_drop(parse);
	others_drop(parse);
	hedges_apply(parse);
	dates_keep_whole(parse);
	explained_drop(parse);
}
