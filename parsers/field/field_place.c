/* Posyandu and desa. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "parsers/field/field.h"
#include "parsers/field/none.h"
#include "parsers/parse/place_memo.h"
#include "parsers/text/error.h"

#define PLACE_TOKENS 4
#define PATH_TOKENS  6 /* "nglebeng kec panggul kab trenggalek" */
#define ROW_NUMBERS  3 /* counts that make a row */
#define EXACT_STEPS  10 /* of one exact look-up */

static bool in_scope(const struct sender *sender, const struct area *area)
{
	const struct area *scope;

	for (size_t i = 0; (scope = place_scope(sender, i)); i++) {
		if (area_within(area, scope))
			return true;
	}
	return false;
}

static const struct area *kabupaten_of(const struct area *area)
{
	while (area && area->level > LEVEL_KABUPATEN)
		area = area->parent;
	return area;
}

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

/* A code is letters and digits with dots: 35.03.01.2004.001 is five tokens. */
static size_t code_text(const struct parse *parse, size_t at, char out[64])
{
	size_t i = at, used = 0;

	while (i < parse->last && i < at + 5 && parse->tokens[i].digits &&
		used + parse->tokens[i].length + 2 < 64 &&
		(i == at || (parse->tokens[i].sep == '.' && !parse->tokens[i].spaced))) {
		if (i > at)
			out[used++] = '.';
		memcpy(out + used, parse->tokens[i].text, parse->tokens[i].length);
		used += parse->tokens[i++].length;
	}
	out[used] = '\0';
	return i;
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

static bool meaningless(const struct parse *parse, size_t i)
{
	return !parse->tokens[i].digits && parse->tokens[i].length > 2 && !token_means(parse, i);
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

/* "MELATI NGLEBENG", "mawar ds besuki": the desa behind a posyandu's name; its end, 0: none. */
static size_t desa_behind(
	const struct parse *parse, size_t at, size_t last, struct area_matches *found)
{
	const struct area *scope = place_scope(parse->context->sender, 0);
	size_t length;
	char name[160];

	while (last < parse->last && last < at + PLACE_TOKENS &&
		!parse_starts_segment(parse, last) && !parse->tokens[last].digits)
		last++;
	for (size_t end = last; end > at && scope; end--) {
		if (!tokens_phrase(parse->tokens, at, end, name, sizeof(name), &length) ||
			!parse_step(parse, EXACT_STEPS) ||
			gazetteer_find_area_exact(parse->context->places, name, kabupaten_of(scope),
				LEVEL_ANY, found) == ERR_NOT_FOUND ||
			found->list[0]->level != LEVEL_DESA)
			continue;
		return end;
	}
	return 0;
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

/* "desa terbis", not "terbis": the word for a desa stands in front of its name. */
static bool desa_said(const struct parse *parse, size_t at, struct area_matches *desa)
{
	const struct token *token = &parse->tokens[at];

	return !token->digits && at + 1 < parse->last &&
		desa_behind(parse, at, at + 1, desa) > at + 1 &&
		strncasecmp(token->text, desa->list[0]->name, token->length) != 0;
}

bool desa_named_at(const struct parse *parse, size_t at, size_t end)
{
	struct area_matches desa;

	return parse->context->places && desa_behind(parse, at, end, &desa) == end;
}

bool desa_said_at(const struct parse *parse, size_t at)
{
	struct area_matches desa;

	return parse->context->places && desa_said(parse, at, &desa);
}

const char *posyandu_elsewhere(const struct parse *parse, const char *id)
{
	const struct gazetteer *places = parse->context->places;
	const struct posyandu *told = places ? gazetteer_posyandu(places, id) : NULL;
	struct area_matches desa;

	for (size_t i = parse->first; told && i + 1 < parse->last; i++) {
		bool same = parse->taken[i] >= 0 || !desa_said(parse, i, &desa);

		for (size_t k = 0; !same && k < desa.count; k++)
			same = desa.list[k] == told->area;
		if (!same)
			return arena_printf(
				parse->arena, "%s %s", told->name, desa.list[0]->name);
	}
	return NULL;
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
			if (!posyandu_in_desa(parse, f, key, at, end, name))
				posyandu_add(parse, f, key, at, end, &found);
			return;
		}
		if (found.count && (!near.count || end == at + 1) &&
			!parse->tokens[end - 1].digits && !number_told(parse, end - 1)) {
			near = found;
			near_end = end;
		}
	}
	if (near.count && meaningless(parse, at))
		posyandu_add(parse, f, key, at, near_end, &near);
	else if (meaningless(parse, at))
		posyandu_unknown(parse, f, key, at);
}

static void area_add(struct parse *parse, int f, size_t key, size_t at, size_t end,
	const struct area_matches *found)
{
	const struct sender *sender = parse->context->sender;
	const struct area *own = NULL;
	size_t nown = 0;
	struct candidate *c;

	for (size_t i = 0; i < found->count; i++) {
		if (in_scope(sender, found->list[i])) {
			own = found->list[i];
			nown++;
		}
	}
	if (!place_scope(sender, 0) && found->count == 1 && !found->fuzzy) {
		own = found->list[0]; /* of who has no places, a name as it is written */
		nown = 1;
	}
	if (nown == 1) {
		candidate_add(parse, key, end, f, keyed_worth(key, at, end, WORTH_PLACE),
			arena_strdup(parse->arena, own->code), "a desa's name")
			->kind = keyed(key, at) ? KIND_KEYED : KIND_TYPED;
		return;
	}
	c = candidate_wrong(parse, key, end, f, keyed_worth(key, at, end, WORTH_PLACE) - 6,
		found->count > 1 && (nown > 1 || !sender || !sender->narea) ? PROBLEM_AMBIGUOUS
									    : PROBLEM_SCOPE,
		"not the sender's desa");
	c->kind = keyed(key, at) ? KIND_KEYED : KIND_TYPED;
	if (c->problem == PROBLEM_AMBIGUOUS) {
		struct option *options = arena_alloc(parse->arena, OPTIONS_MAX * sizeof(*options));

		for (size_t i = 0; i < found->count && i < OPTIONS_MAX; i++)
			options[c->noption++] = (struct option){found->list[i]->code,
				area_label(parse->arena, found->list[i])};
		c->options = options;
	}
}

/* Where the name of a desa of another kabupaten ends, "tugu rejo kabawetan"; of none that there is
 * its first word. */
static size_t desa_anywhere(struct parse *parse, size_t at, size_t last)
{
	struct area_matches found;
	char name[160];
	size_t length;

	for (size_t end = last; end > at + 1; end--) {
		if (tokens_phrase(parse->tokens, at, end, name, sizeof(name), &length) &&
			parse_step(parse, EXACT_STEPS) &&
			gazetteer_find_area_exact(parse->context->places, name, NULL, LEVEL_ANY,
				&found) != ERR_NOT_FOUND)
			return end;
	}
	return at + 1;
}

void field_area(struct parse *parse, int f, size_t key, size_t at)
{
	const struct area *scope = place_scope(parse->context->sender, 0);
	struct area_matches found;
	char name[160];
	size_t length, last = at;

	if (at >= parse->last || (keyed(key, at) && parse_crosses(parse, at)) ||
		!parse->context->places || !parse_step(parse, 1))
		return;
	if (parse->tokens[at].digits) {
		last = code_text(parse, at, name);
		if (place_find_desa(parse, name, NULL, &found) == OK)
			area_add(parse, f, key, at, last, &found);
		return;
	}
	while (last < parse->last && last < at + PATH_TOKENS &&
		(last == at || !parse_starts_segment(parse, last)))
		last++;
	for (size_t end = last; end > at; end--) {
		if (!tokens_phrase(parse->tokens, at, end, name, sizeof(name), &length))
			continue;
		if (place_find_desa(parse, name, kabupaten_of(scope), &found) != ERR_NOT_FOUND &&
			(!found.fuzzy || end == at + 1)) {
			area_add(parse, f, key, at, end, &found);
			return;
		}
	}
	if (!meaningless(parse, at))
		return;
	last = desa_anywhere(parse, at, last);
	candidate_wrong(parse, key, last, f, WORTH_SLIP + WORTH_TOKEN * (int)(last - at - 1),
		PROBLEM_PLACE, "no desa has this name")
		->kind = keyed(key, at) ? KIND_KEYED : KIND_TYPED;
}
