/* Free text behind its key; and the words that close a row: "SAKIT DIARE 5 krajan". */
#include <string.h>

#include "parsers/field/field.h"
#include "parsers/parse/clause.h"
#include "parsers/parse/keyword.h"

#define ROW_WORDS 2 /* of a text that has no key */

/* A cause or the like ends where talk begins. */
static bool cause_ends(const struct parse *parse, int f, size_t at)
{
	return parse->index->form->fields[f].rest_segment &&
		phrase_at(parse, at, parse_class(parse, CLASS_ASIDE), NULL);
}

static bool own_key(const struct parse *parse, int f, size_t at)
{
	const struct lexicon_entry *e = parse->tokens[at].keys;

	while (e && !(e->words == 1 && e->class_id == parse->index->key_class && e->number == f))
		e = e->next;
	return e != NULL;
}

static bool key_of_another(const struct parse *parse, int f, size_t at)
{
	for (const struct lexicon_entry *e = parse->tokens[at].keys; e; e = e->next) {
		if (e->words == 1 && e->class_id == parse->index->key_class && e->number != f)
			return true;
	}
	return false;
}

/* "dusun krajan piye" */
static bool asks_at(const struct parse *parse, size_t at)
{
	const char *kind =
		token_meaning(&parse->tokens[at], parse_class(parse, CLASS_NO_DEATH));

	return kind && same_name(kind, "tanya");
}

/* "rt 3 banyak yg mencret": of a form that counts the sick a word of it ends where they are. */
static bool place_ends(const struct parse *parse, int f, size_t at)
{
	return parse->index->form->outbreak && !parse->strong &&
		!parse->index->form->fields[f].rest &&
		(own_value_at(parse, parse->index, at) || key_of_another(parse, f, at) ||
			token_is(&parse->tokens[at], parse_class(parse, CLASS_FILLER)) ||
			token_is(&parse->tokens[at], parse_class(parse, CLASS_CHAT)) ||
			asks_at(parse, at) ||
			phrase_at(parse, at, parse_class(parse, CLASS_ASIDE), NULL));
}

/* "dusun krajan bu", "krajan bu bidan": who is spoken to is no part of it. */
static size_t text_trimmed_end(const struct parse *parse, int f, size_t at, size_t end)
{
	if (parse->index->form->fields[f].rest)
		return end;
	while (end > at + 1 && !parse->tokens[end - 1].digits &&
		token_is(&parse->tokens[end - 1], parse_class(parse, CLASS_GREETING)))
		end--;
	return end;
}

/* To the end of the segment, or to the next key. */
static size_t text_end(const struct parse *parse, int f, size_t at)
{
	size_t end = at + 1;

	while (end < parse->last && !parse_starts_segment(parse, end) &&
		(parse->strong || parse->tokens[end].before != BOUND_MEDIUM) &&
		!cause_ends(parse, f, end) && !place_ends(parse, f, end))
		end++;
	return text_trimmed_end(parse, f, at, end);
}

static struct candidate *text_add(
	struct parse *parse, int f, size_t key, size_t at, size_t end, int worth)
{
	char *text = arena_strndup(parse->arena, parse->text + parse->tokens[at].start,
		(size_t)(parse->tokens[end - 1].end - parse->tokens[at].start));

	return candidate_add(parse, key, end, f, worth + (int)(end - at), text,
		keyed(key, at) ? "free text behind its key" : "words that close the row");
}

/* "dusun krajan 5 anak": the number behind the words may be another field's. */
static size_t number_within(const struct parse *parse, size_t at, size_t end)
{
	for (size_t i = at + 1; i < end; i++) {
		if (parse->tokens[i].digits && !parse->tokens[i - 1].digits &&
			!token_is_key(&parse->tokens[i - 1], 1, parse->index->key_class))
			return i;
	}
	return end;
}

/* A value of another field ends there, and what the form has first is told. */
static bool row_ends_at(const struct parse *parse, int f, size_t at)
{
	bool begun = false, ends = false;

	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		begun |= c->last <= at && parse->index->order[c->field] == 0;
		ends |= c->last == at && c->problem < 0 && c->field != f;
	}
	return begun && ends;
}

/* It means nothing else, or is a word of places: "krajan wetan". */
static bool names_place(const struct parse *parse, size_t at)
{
	const char *kind = token_meaning(&parse->tokens[at], parse_class(parse, CLASS_NOT_NAME));

	return !parse->tokens[at].digits && parse->tokens[at].length > 2 &&
		!token_is_key(&parse->tokens[at], 1, parse->index->key_class) &&
		(kind ? same_name(kind, "4") : !token_means(parse, at));
}

/* Nothing goes on behind the words: another value, a clause, the end. */
static bool closed_at(const struct parse *parse, size_t end)
{
	return end == parse->last || parse_starts_segment(parse, end) ||
		clause_ends_before(&parse->tokens[end]) || parse->tokens[end].digits ||
		parse->tokens[end].keys || date_may_begin(parse, end);
}

/* A place is surely meant: a posyandu's name, a desa's, a word of places; others may be talk. */
static bool surely_place(const struct parse *parse, size_t at, size_t end)
{
	const struct posyandu *unit;
	bool words = false;

	for (size_t i = at; i < end; i++)
		words |= token_is(&parse->tokens[i], parse_class(parse, CLASS_NOT_NAME));
	return words || posyandu_exact_at(parse, at, &unit) == end || desa_named_at(parse, at, end);
}

/* A word or two that mean nothing else behind a value, "5 krajan", "5 orang di krajan lor": where
 * they end; 0. */
static size_t row_text_end(const struct parse *parse, int f, size_t at)
{
	bool in = at > parse->first &&
		token_is(&parse->tokens[at - 1], parse_class(parse, CLASS_IN));
	size_t end = at;

	if (!row_ends_at(parse, f, in ? at - 1 : at))
		return 0;
	while (end < parse->last && end < at + ROW_WORDS && names_place(parse, end) &&
		(end == at || !clause_ends_before(&parse->tokens[end])))
		end++;
	return end > at && closed_at(parse, end) && (in || surely_place(parse, at, end)) ? end : 0;
}

/* By its place: a desa's name is the desa's. */
static void row_text(struct parse *parse, int f, size_t at)
{
	size_t end = row_text_end(parse, f, at);

	if (!end)
		return;
	if (parse->index->area >= 0 && desa_named_at(parse, at, end)) {
		field_area(parse, parse->index->area, at, at);
		return;
	}
	while (end + 1 < parse->last && parse->tokens[end + 1].digits &&
		parse->tokens[end].before <= BOUND_SOFT && own_key(parse, f, end))
		end += 2; /* "krajan rt 3" */
	text_add(parse, f, at, at, end, parse->tokens[end - 1].digits ? WORTH_KEYED : WORTH_WRONG)
		->kind = KIND_TYPED;
}

void field_text(struct parse *parse, int f, size_t key, size_t at)
{
	size_t end, number;

	if (at >= parse->last || (keyed(key, at) && parse_crosses(parse, at)))
		return;
	if (!keyed(key, at)) {
		row_text(parse, f, at);
		return;
	}
	end = text_end(parse, f, at);
	if (!parse_step(parse, end - at))
		return;
	if (parse->index->order[f] >= 0) {
		if (end > at + 1 && parse->index->area >= 0 && desa_ends_name(parse, end - 1u))
			end--; /* "dusun krajan terbis" */
		number = number_within(parse, at, end);
		if (parse->tokens[at].digits)
			at = key; /* "rt 8" is no dusun 8 */
		if (number < end)
			text_add(parse, f, key, at, number, WORTH_SLIP);
	}
	text_add(parse, f, key, at, end, WORTH_SLIP);
}
