/* A desa: behind its key, by its code, or its name alone in a field or at the end of a row; and
 * what names a place. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "parsers/field/field.h"
#include "parsers/field/place_words.h"
#include "parsers/parse/place_memo.h"
#include "parsers/text/error.h"

#define PATH_TOKENS  6 /* "nglebeng kec panggul kab trenggalek" */

bool in_scope(const struct sender *sender, const struct area *area)
{
	const struct area *scope;

	for (size_t i = 0; (scope = place_scope(sender, i)); i++) {
		if (area_within(area, scope))
			return true;
	}
	return false;
}

const struct area *kabupaten_of(const struct area *area)
{
	while (area && area->level > LEVEL_KABUPATEN)
		area = area->parent;
	return area;
}

/* A code is letters and digits with dots: 35.03.01.2004.001 is five tokens. */
size_t code_text(const struct parse *parse, size_t at, char out[64])
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

bool meaningless(const struct parse *parse, size_t i)
{
	return !parse->tokens[i].digits && parse->tokens[i].length > 2 && !token_means(parse, i);
}

size_t desa_behind(
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

/* "ds", "kel": a form's key of a desa. */
static bool desa_key_at(const struct parse *parse, size_t at)
{
	for (const struct lexicon_entry *e = parse->tokens[at].keys; e; e = e->next) {
		for (size_t f = 0; e->words == 1 && f < parse->reader->nform; f++) {
			if (parse->reader->index[f].key_class == e->class_id &&
				parse->reader->index[f].area == e->number)
				return true;
		}
	}
	return false;
}

/* "ds pal seratus": by its word a desa that the kabupaten has not; NULL: none is told. */
const char *desa_unknown(const struct parse *parse)
{
	struct area_matches desa;

	for (size_t i = parse->first; parse->context->places && i + 1 < parse->last; i++) {
		size_t end = i + 2;

		if (!parse->tokens[i].keys || parse->taken[i] >= 0 || !desa_key_at(parse, i) ||
			parse_starts_segment(parse, i + 1) || !meaningless(parse, i + 1) ||
			desa_behind(parse, i + 1, i + 2, &desa))
			continue;
		while (end < parse->last && end < i + PLACE_TOKENS &&
			!parse_starts_segment(parse, end) && meaningless(parse, end))
			end++;
		return arena_strndup(parse->arena, parse->text + parse->tokens[i].start,
			(size_t)(parse->tokens[end - 1].end - parse->tokens[i].start));
	}
	return NULL;
}

const char *posyandu_elsewhere(const struct parse *parse, const char *id)
{
	const struct gazetteer *places = parse->context->places;
	const struct posyandu *told = places ? gazetteer_posyandu(places, id) : NULL;
	struct area_matches desa;

	for (size_t i = parse->first; told && i < parse->last; i++) {
		bool same = parse->taken[i] >= 0 || !(desa_said(parse, i, &desa) ||
			(meaningless(parse, i) && desa_behind(parse, i, i + 1, &desa)));

		for (size_t k = 0; !same && k < desa.count; k++)
			same = desa.list[k] == told->area;
		if (!same)
			return arena_printf(
				parse->arena, "%s %s", told->name, desa.list[0]->name);
	}
	return NULL;
}

/* A bidan or a puskesmas may tell of a home anywhere in the kabupaten; it counts there. What is not
 * the whole of a name, "sumber" of "sumber urip", may be elsewhere. */
static bool may_name(const struct parse *parse, const struct area *desa, size_t end)
{
	const struct sender *sender = parse->context->sender;
	const struct token *next = &parse->tokens[end];

	return (sender->role == ROLE_BIDAN || sender->role == ROLE_PUSKESMAS) &&
		kabupaten_of(desa) == kabupaten_of(place_scope(sender, 0)) &&
		(end >= parse->last || next->before >= BOUND_MEDIUM || next->newline ||
			next->digits || next->keys ||
			phrase_at(parse, end, parse_class(parse, CLASS_TITLE), NULL));
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
	if (nown == 0 && found->count == 1 && !found->fuzzy && (!place_scope(sender, 0) ||
		may_name(parse, found->list[0], end))) {
		own = found->list[0]; /* of who has no places, a name as it is written */
		nown = 1;
	}
	if (nown == 1) {
		candidate_add(parse, key, end, f, keyed_worth(key, at, end, WORTH_SLIP),
			arena_strdup(parse->arena, own->code), "a desa's name")
			->kind = keyed(key, at) ? KIND_KEYED : KIND_TYPED;
		return;
	}
	c = candidate_wrong(parse, key, end, f, keyed_worth(key, at, end, WORTH_SLIP) - 6,
		found->count > 1 && (nown > 1 || !sender || !sender->narea ||
			may_name(parse, found->list[0], end)) ? PROBLEM_AMBIGUOUS : PROBLEM_SCOPE,
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

/* No word that says where, or by whom: "pkm", "bidan". */
static bool no_tail(const struct parse *parse, size_t at)
{
	const struct form_index *index = parse->index;

	for (size_t f = 0; f < index->form->nfield; f++) {
		if (index->form->fields[f].tail && index->words[f] >= 0 &&
			token_is(&parse->tokens[at], index->words[f]))
			return false;
	}
	return true;
}

/* A word that says neither where nor by whom: an outcome, a unit. */
static bool no_place(const struct parse *parse, size_t at)
{
	const struct form_index *index = parse->index;

	for (size_t f = 0; f < index->form->nfield; f++) {
		if (!index->form->fields[f].tail && index->words[f] >= 0 &&
			token_is(&parse->tokens[at], index->words[f]))
			return true;
	}
	return token_is(&parse->tokens[at], parse_class(parse, CLASS_UNIT));
}

/* "rt 3 terbis", "dsn krajan terbis": a part of the desa is told in front. */
static bool part_in_front(const struct parse *parse, size_t at)
{
	const char *kind;

	for (size_t i = at; i > parse->first && i + 2 > at; i--) {
		kind = token_meaning(&parse->tokens[i - 1], parse_class(parse, CLASS_NOT_NAME));
		if (kind && same_name(kind, "4"))
			return true;
	}
	return parse->tokens[at - 1].digits;
}

/* "#NGLEBENG#", "… hidup nglebeng": where a name that fills a field behind the first, or what is
 * left at the end of a row, ends; 0: no such place. */
static size_t alone_end(const struct parse *parse, size_t at)
{
	bool parted = parse->strong || parse->commas;
	size_t end;

	if (at == parse->first || !meaningless(parse, at) ||
		!place_scope(parse->context->sender, 0) ||
		(!parted && at + PATH_TOKENS < parse->last))
		return 0;
	end = parted ? parse_segment_end(parse, at) : parse->last;
	if (!parse_starts_segment(parse, at) && !part_in_front(parse, at) &&
		(parted || !no_place(parse, at - 1)))
		return 0;
	for (size_t i = at; i < end; i++) {
		if (!meaningless(parse, i))
			return 0;
	}
	return end;
}

/* "SRI PANGGUL": above a desa nothing counts; which one is asked. */
static void above_desa(struct parse *parse, size_t at)
{
	struct area_matches found;
	struct option *options = arena_alloc(parse->arena, OPTIONS_MAX * sizeof(*options));
	const struct area *own = place_scope(parse->context->sender, 0);
	struct candidate *c = candidate_wrong(parse, at, at + 1, parse->index->area, WORTH_SLIP,
		PROBLEM_AMBIGUOUS, "an area above a desa");

	c->kind = KIND_TYPED;
	c->options = options;
	if (own->level == LEVEL_DESA)
		options[c->noption++] = (struct option){
			own->code, area_label(parse->arena, own)};
	if (gazetteer_find_area_exact(parse->context->places, parse->tokens[at].text,
		kabupaten_of(own), LEVEL_DESA, &found) == ERR_NOT_FOUND)
		return;
	for (size_t i = 0; i < found.count && c->noption < OPTIONS_MAX; i++)
		options[c->noption++] = (struct option){
			found.list[i]->code, area_label(parse->arena, found.list[i])};
}

bool desa_ends_name(struct parse *parse, size_t at)
{
	const struct area *scope = place_scope(parse->context->sender, 0);
	bool one = scope && scope->level == LEVEL_DESA && !place_scope(parse->context->sender, 1);
	struct area_matches found;

	if (!scope || !parse->context->places || !parse_step(parse, EXACT_STEPS) ||
		gazetteer_find_area_exact(parse->context->places, parse->tokens[at].text,
			kabupaten_of(scope), LEVEL_ANY, &found) == ERR_NOT_FOUND)
		return false;
	if (found.list[0]->level == LEVEL_DESA)
		area_add(parse, parse->index->area, at, at, at + 1, &found);
	else if (one && found.list[0]->level > LEVEL_KABUPATEN)
		above_desa(parse, at);
	return found.list[0]->level > LEVEL_KABUPATEN;
}

/* Nothing took it, or it stands in what people say behind the report. */
static bool left_over(const struct parse *parse, size_t talk, size_t at)
{
	return at >= talk || parse->taken[at] == -1;
}

/* A token that nothing took begins the name of a desa, neither a clinic's nor a person's. */
static bool desa_begins(
	const struct parse *parse, size_t talk, size_t at, struct area_matches *found)
{
	size_t end = at + 1;

	while (end < parse->last && end < at + PLACE_TOKENS && left_over(parse, talk, end) &&
		parse->tokens[end].before <= BOUND_SOFT && meaningless(parse, end))
		end++;
	return left_over(parse, talk, at) && meaningless(parse, at) &&
		desa_behind(parse, at, end, found) &&
		!(at > parse->first && parse->tokens[at].before <= BOUND_SOFT &&
			(token_is(&parse->tokens[at - 1], parse_class(parse, CLASS_TITLE)) ||
				!no_tail(parse, at - 1)));
}

/* Behind the keyword, or the choice that stands there: "MATI IBU …"; not behind a title. */
static bool behind_keyword(const struct parse *parse, size_t at)
{
	short choice = at == parse->first + 1 ? parse->taken[at - 1] : -1;

	return at == parse->first ||
		(choice >= 0 && parse->candidates[choice].type == FIELD_CHOICE);
}

/* "LAHIR TERBIS SRI", "MATI IBU TERBIS SRI": the name behind the keyword begins with another's
 * desa, and more of it follows; "LAHIR#BANJAR WATI#" is somebody. */
static const char *desa_opens_name(const struct parse *parse, struct area_matches *found)
{
	for (size_t i = 0; i < parse->nchosen && !parse->strong; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];
		size_t at = c->first, end;

		if (c->type != FIELD_NAME || c->last < at + 2u || !behind_keyword(parse, at) ||
			!meaningless(parse, at))
			continue;
		end = desa_behind(parse, at, at + 1, found);
		if (end && end < c->last && found->count == 1 &&
			!in_scope(parse->context->sender, found->list[0]))
			return arena_strdup(parse->arena, parse->tokens[at].text);
	}
	return NULL;
}

const char *desa_left(struct parse *parse, struct area_matches *found)
{
	size_t talk = parse->last;
	const char *told = NULL;

	parse->last = parse->behind;
	for (size_t i = parse->first; parse->context->places && !told && i < parse->last; i++) {
		size_t own = 0;

		if (!desa_begins(parse, talk, i, found))
			continue;
		for (size_t k = 0; k < found->count; k++)
			own += in_scope(parse->context->sender, found->list[k]);
		if (own == 0)
			told = arena_strdup(parse->arena, parse->tokens[i].text);
	}
	parse->last = talk;
	return told || !parse->context->places ? told : desa_opens_name(parse, found);
}

/* "LAHIR TERBIS NY SRI", "LAHIR TERBIS#SRI#…": where a name ends that stands right behind the
 * keyword and in front of somebody's; 0: no such place. */
static size_t opening_end(const struct parse *parse, size_t at)
{
	size_t end = at + 1;

	if (at != parse->first || !meaningless(parse, at) ||
		!place_scope(parse->context->sender, 0))
		return 0;
	while (end < parse->last && !parse_starts_segment(parse, end) && meaningless(parse, end))
		end++;
	if (end < parse->last &&
		(token_is(&parse->tokens[end], parse_class(parse, CLASS_TITLE)) ||
			(parse_starts_segment(parse, end) && meaningless(parse, end))))
		return end;
	return 0;
}

/* A name alone, exactly as it is written. */
static void area_alone(struct parse *parse, int f, size_t at)
{
	size_t end = parse->context->places
		? at == parse->first ? opening_end(parse, at) : alone_end(parse, at) : 0, length;
	struct area_matches found;
	char name[160];

	if (end && tokens_phrase(parse->tokens, at, end, name, sizeof(name), &length) &&
		parse_step(parse, EXACT_STEPS) &&
		gazetteer_find_area_exact(parse->context->places, name,
			kabupaten_of(place_scope(parse->context->sender, 0)), LEVEL_ANY,
			&found) != ERR_NOT_FOUND) {
		if (found.list[0]->level == LEVEL_DESA)
			area_add(parse, f, at, at, end, &found);
		else if (found.list[0]->level > LEVEL_KABUPATEN && end == at + 1)
			above_desa(parse, at); /* "#PANGGUL": the kecamatan, perhaps */
	}
}

void field_area(struct parse *parse, int f, size_t key, size_t at)
{
	const struct area *scope = place_scope(parse->context->sender, 0);
	struct area_matches found;
	char name[160];
	size_t length, last = at;

	if (!keyed(key, at)) {
		area_alone(parse, f, at);
		return;
	}
	if (!value_reachable(parse, key, at) || !parse->context->places || !parse_step(parse, 1))
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
	last = desa_anywhere(parse, at, last);
	if (last == at + 1 && !meaningless(parse, at))
		return; /* but "kel jalan baru", whatever "jalan" means */
	candidate_wrong(parse, key, last, f, WORTH_SLIP + WORTH_TOKEN * (int)(last - at - 1),
		PROBLEM_PLACE, "no desa has this name")
		->kind = KIND_KEYED;
}
