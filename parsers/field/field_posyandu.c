/* Posyandu: by their names, with the desa behind them, by their codes. */
#include <stdio.h>
#include <string.h>

#include "parsers/field/field.h"
#include "parsers/field/none.h"
#include "parsers/field/place_words.h"
#include "parsers/parse/keyword.h"
#include "parsers/parse/place_memo.h"
#include "parsers/text/error.h"

#define ROW_NUMBERS 3 /* counts that make a row */
#define NONE_WORDS  3 /* from a posyandu's name to "nihil" */

static const struct option *posyandu_options(
	struct parse *parse, const struct posyandu_matches *found, size_t *count)
{
	struct option *options = arena_alloc(parse->arena, OPTIONS_MAX * sizeof(*options));

	*count = found->count < OPTIONS_MAX ? found->count : OPTIONS_MAX;
	for (size_t i = 0; i < *count; i++)
		options[i] = (struct option){found->list[i]->id, found->list[i]->name};
	return options;
}

static void posyandu_add(struct parse *parse, int f, size_t key, size_t at, size_t end,
	const struct posyandu_matches *found)
{
	int worth = WORTH_PLACE + WORTH_TOKEN * (int)(end - key) + 8 * (int)(end - at - 1) -
		(found->fuzzy ? 6 : 0);
	struct candidate *c;

	if (found->count == 1) {
		c = candidate_add(parse, key, end, f, worth, found->list[0]->id,
			found->fuzzy ? "nearly a posyandu's name" : "a posyandu's name");
	} else {
		c = candidate_wrong(
			parse, key, end, f, worth - 1, PROBLEM_AMBIGUOUS, "several posyandu");
		c->options = posyandu_options(parse, found, &c->noption);
	}
	c->kind = keyed(key, at) ? KIND_KEYED : KIND_TYPED;
	if (!found->fuzzy && whole_field(parse, key, end))
		c->flags |= FLAG_SURE;
}

static void posyandu_code(struct parse *parse, int f, size_t key, size_t at)
{
	char code[64];
	size_t end = code_text(parse, at, code);
	const struct posyandu *posyandu;
	struct candidate *c;

	if (end != at + 5)
		return;
	posyandu = gazetteer_posyandu(parse->context->places, code);
	if (!posyandu)
		c = candidate_wrong(
			parse, key, end, f, WORTH_CODE, PROBLEM_PLACE, "no posyandu has this code");
	else if (!in_scope(parse->context->sender, posyandu->area) &&
		place_scope(parse->context->sender, 0))
		c = candidate_wrong(
			parse, key, end, f, WORTH_CODE, PROBLEM_SCOPE, "not the sender's");
	else
		c = candidate_add(
			parse, key, end, f, WORTH_CODE, posyandu->id, "a posyandu's code");
	c->kind = keyed(key, at) ? KIND_KEYED : KIND_TYPED;
	c->flags |= FLAG_SURE;
}

/* "KASIH BUNDA", "sayang ibu": a mother's title that nobody's name follows ends the name. */
static bool mother_ends(const struct parse *parse, size_t at)
{
	const char *title = at < parse->last && parse->tokens[at].length > 2
		? token_meaning(&parse->tokens[at], parse_class(parse, CLASS_TITLE)) : NULL;

	return title && same_name(title, "ibu") && !parse_starts_segment(parse, at) &&
		(at + 1 == parse->last || parse_crosses(parse, at + 1) ||
			parse->tokens[at + 1].digits ||
			token_is_key(&parse->tokens[at + 1], 1, parse->index->key_class));
}

/* A word that a name begins with: it means nothing, or a mother follows it. */
static bool begins_name(const struct parse *parse, size_t at)
{
	return meaningless(parse, at) || (mother_ends(parse, at + 1) &&
		!parse->tokens[at].keys &&
		!token_is(&parse->tokens[at], parse_class(parse, CLASS_TITLE)) &&
		!own_value_at(parse, parse->index, at));
}

/* A name that no posyandu of the sender has: perhaps another desa's, perhaps none's. */
static void posyandu_unknown(struct parse *parse, int f, size_t key, size_t at)
{
	const struct area *scope = place_scope(parse->context->sender, 0);
	struct posyandu_matches found;
	char name[160];
	size_t length, end = at + 1;
	enum problem_code problem = PROBLEM_PLACE;

	if (!keyed(key, at) && at != parse->first &&
		!(parse->strong && parse_starts_segment(parse, at) &&
			(at + 1 == parse->last || parse_starts_segment(parse, at + 1))))
		return;
	while (end < parse->last && end < at + 3 && !parse_starts_segment(parse, end) &&
		meaningless(parse, end))
		end++;
	end += mother_ends(parse, end);
	if (scope && tokens_phrase(parse->tokens, at, end, name, sizeof(name), &length) &&
		parse_step(parse, EXACT_STEPS) &&
		gazetteer_find_posyandu_exact(parse->context->places, name, kabupaten_of(scope),
			&found) != ERR_NOT_FOUND)
		problem = PROBLEM_SCOPE;
	candidate_wrong(parse, key, end, f, WORTH_NAME, problem,
		problem == PROBLEM_SCOPE ? "a posyandu of another desa"
					 : "no posyandu has this name")
		->kind = keyed(key, at) ? KIND_KEYED : KIND_TYPED;
}

/* The number of a name in Roman letters: CEMPAKA II. */
static bool roman(const struct parse *parse, size_t i)
{
	const struct token *token = &parse->tokens[i];

	return !token->digits && strspn(token->text, "iv") == token->length;
}

/* ... or in words: CEMPAKA DUA; 0: none. */
static long number_told(const struct parse *parse, size_t i)
{
	long number;

	return !parse->tokens[i].digits && number_at(parse, i, &number) == 1 ? number : 0;
}

/* The tokens as the name of a posyandu, its number in digits. */
static bool posyandu_phrase(
	const struct parse *parse, size_t at, size_t end, char *out, size_t room)
{
	long number = end > at + 1 ? number_told(parse, end - 1) : 0;
	size_t length;

	if (!tokens_phrase(parse->tokens, at, number ? end - 1 : end, out, room, &length))
		return false;
	if (number)
		snprintf(out + length, room - length, " %ld", number);
	return true;
}

/* A posyandu of the desa that is named behind it; false: no desa stands there that has it. */
static bool posyandu_in_desa(
	struct parse *parse, int f, size_t key, size_t at, size_t end, const char *name)
{
	struct posyandu_matches some, own = {.count = 0};
	struct area_matches areas;
	size_t stop = desa_behind(parse, end, end, &areas), known = 0;

	for (size_t i = 0; stop && i < areas.count; i++) {
		if (!parse_step(parse, EXACT_STEPS) ||
			gazetteer_find_posyandu_exact(parse->context->places, name, areas.list[i],
				&some) == ERR_NOT_FOUND)
			continue;
		known += some.count;
		for (size_t j = 0; j < some.count && own.count < PLACES_MAX; j++) {
			if (in_scope(parse->context->sender, some.list[j]->area))
				own.list[own.count++] = some.list[j];
		}
	}
	if (own.count)
		posyandu_add(parse, f, key, at, stop, &own);
	else if (known)
		candidate_wrong(parse, key, stop, f,
			WORTH_PLACE + WORTH_TOKEN * (int)(stop - key) + 8, PROBLEM_SCOPE,
			"a posyandu of another desa")
			->kind = KIND_TYPED;
	return known > 0;
}

bool posyandu_named_at(const struct parse *parse, size_t at)
{
	struct posyandu_matches found;
	char name[160];
	size_t length;

	if (parse->tokens[at].digits || parse->tokens[at].length < 3 || !parse->context->places)
		return false;
	place_find_posyandu(parse, parse->tokens[at].text, false, &found);
	if (found.count)
		return true;
	if (at + 1 >= parse->last || parse_starts_segment(parse, at + 1) ||
	    !tokens_phrase(parse->tokens, at, at + 2, name, sizeof(name), &length))
		return false;
	place_find_posyandu(parse, name, false, &found);
	return found.count > 0;
}

size_t posyandu_exact_at(const struct parse *parse, size_t at, const struct posyandu **out)
{
	struct posyandu_matches found;
	char name[160];
	size_t length;

	for (size_t end = at + 2; end > at && parse->context->places; end--) {
		if (end > parse->last || parse->tokens[at].digits ||
			!tokens_phrase(parse->tokens, at, end, name, sizeof(name), &length))
			continue;
		place_find_posyandu(parse, name, false, &found);
		if (found.count != 1)
			continue;
		*out = found.list[0];
		return end;
	}
	return 0;
}

/* So many numbers stand among the tokens [first, last) that they may be a row; the rest of a long
 * text is not counted for it. */
bool row_told(const struct parse *parse, size_t first, size_t last)
{
	size_t numbers = 0;

	for (size_t i = first; i < last && numbers < ROW_NUMBERS; i++)
		numbers += parse_digits(parse, i, i + 1);
	return numbers >= ROW_NUMBERS;
}

/* Another posyandu's row: a name between two rows of numbers, when the first has a name too. */
bool posyandu_row_at(
	const struct parse *parse, const struct form_index *index, size_t first, size_t at)
{
	const struct token *token = &parse->tokens[at];
	size_t named = first;

	if (index->posyandu < 0 || token->digits)
		return false;
	if (!token[-1].digits && !token->newline && !parse_crosses(parse, at) &&
		!token_is(&token[-1], parse_class(parse, CLASS_AND)))
		return false;
	if (!row_told(parse, first, at) ||
		(!row_told(parse, at, parse->last) && !none_told(parse, index, at)) ||
		!posyandu_named_at(parse, at))
		return false;
	while (named < at && !posyandu_named_at(parse, named))
		named++;
	return named < at;
}

/* "MAWAR 2 12/8/24 45 …", "MAWAR 2 45 45 38 30": a digit behind the name is its own where a day or
 * a row that is greater follows. */
static bool digit_of_name(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	if (!token->digits || token->length > 1 || token->before == BOUND_NONE ||
		at + ROW_NUMBERS >= parse->last || !token[1].digits || token[1].sep != ' ' ||
		!parse->index->form->jumps)
		return false;
	return (token[2].digits && !token[2].spaced && strchr("/-.", token[2].sep)) ||
		(token[1].number > token->number && token[2].digits && token[3].digits &&
			at + 4 < parse->last && token[4].digits);
}

/* "merah", "biru" of a session: capsules, counted where a number follows. */
static bool color_at(const struct parse *parse, size_t at)
{
	const struct lexicon_entry *e = parse->index->form->jumps ? parse->tokens[at].keys : NULL;

	while (e && !(e->class_id == parse->index->key_class && e->words == 1 &&
		parse->index->form->fields[e->number].adds))
		e = e->next;
	return e != NULL;
}

/* "MAWAR INDAH 12/8", "MAWAR MERAH S 41": a word that means nothing here goes on with the name, in
 * front of what the row begins with. */
static bool word_of_name(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];
	bool color, day;

	if (at + 1 >= parse->last || token->before > BOUND_SOFT || token->newline ||
		(token->sep == '.' && token->spaced) || token->digits || token->length < 3 ||
		token[1].newline)
		return false;
	day = date_may_begin(parse, at + 1) &&
		(!token[1].digits || (token[2].digits && strchr("/-", token[2].sep)));
	color = color_at(parse, at) && (day || !token[1].digits);
	return (color || !token_means(parse, at)) && !posyandu_named_at(parse, at) &&
		!number_told(parse, at) &&
		(day || token_is_key(&token[1], 1, parse->index->key_class) ||
			(token[1].digits && at + 2 < parse->last && token[2].digits));
}

/* The name of a posyandu goes on with what none of that name has: its end; 0. */
static size_t name_goes_on(struct parse *parse, int f, size_t key, size_t at, size_t end)
{
	struct area_matches desa;

	if (parse->index->form->line_only || end >= parse->last ||
		parse_starts_segment(parse, end) ||
		!(digit_of_name(parse, end) || word_of_name(parse, end)) ||
		desa_behind(parse, end, end, &desa))
		return 0;
	candidate_wrong(parse, key, end + 1, f,
		WORTH_PLACE + WORTH_TOKEN * (int)(end + 1 - key) + 8 * (int)(end - at),
		PROBLEM_PLACE, "no posyandu has this name")
		->kind = keyed(key, at) ? KIND_KEYED : KIND_TYPED;
	return end + 1;
}

void field_posyandu(struct parse *parse, int f, size_t key, size_t at)
{
	struct posyandu_matches found, near = {0};
	size_t near_end = 0, last = at;
	char name[160];

	if (at >= parse->last || (keyed(key, at) && parse_crosses(parse, at)) ||
		!parse->context->places)
		return;
	if (parse->tokens[at].digits) {
		posyandu_code(parse, f, key, at);
		return;
	}
	if (parse->tokens[at].length < 3 || !parse_step(parse, 1))
		return;
	if (!meaningless(parse, at) && at != parse->first && !keyed(key, at) &&
		!parse_starts_segment(parse, at))
		return;
	while (last < parse->last && last < at + PLACE_TOKENS &&
		(last == at || !parse_crosses(parse, last)))
		last++;
	for (size_t end = last; end > at; end--) {
		if (end > at + 1 && !meaningless(parse, end - 1) &&
			!parse->tokens[end - 1].digits && !roman(parse, end - 1) &&
			!number_told(parse, end - 1))
			continue;
		if (!posyandu_phrase(parse, at, end, name, sizeof(name)))
			continue;
		place_find_posyandu(parse, name, true, &found);
		if (found.count && !found.fuzzy) {
			if (!posyandu_in_desa(parse, f, key, at, end, name) &&
				!name_goes_on(parse, f, key, at, end))
				posyandu_add(parse, f, key, at, end, &found);
			return;
		}
		if (found.count && (!near.count || end == at + 1) &&
			!parse->tokens[end - 1].digits && !number_told(parse, end - 1)) {
			near = found;
			near_end = end;
		}
	}
	if (near.count && meaningless(parse, at) && name_goes_on(parse, f, key, at, near_end))
		return;
	if (near.count && meaningless(parse, at))
		posyandu_add(parse, f, key, at, near_end, &near);
	else if (begins_name(parse, at))
		posyandu_unknown(parse, f, key, at);
}

bool none_told(const struct parse *parse, const struct form_index *index, size_t at)
{
	int held = index->form->held ? form_field_index(index->form, index->form->held) : -1;

	if (at >= parse->last || index->posyandu < 0)
		return at < parse->last &&
			phrase_at(parse, at, parse_class(parse, CLASS_NIHIL), NULL);
	if (held < 0 || !posyandu_named_at(parse, at))
		return false;
	for (size_t i = at + 1; i < parse->last && i <= at + NONE_WORDS &&
		parse->tokens[i].sep != ';' && !parse->tokens[i].newline;
		i++) {
		const char *meaning = NULL;

		if (phrase_at(parse, i, index->words[held], &meaning) &&
			same_name(meaning, "TIDAK"))
			return true;
	}
	return false;
}
