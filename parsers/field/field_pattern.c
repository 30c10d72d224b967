/* What a form's pattern matches: 120/80, G2P1A0. */
#include <string.h>

#include "parsers/field/field.h"
#include "parsers/form/field_pattern_match.h"
#include "parsers/text/utf8.h"

#define WORDS_BETWEEN 2 /* a key and its number: "tensi tinggi 160" */

/* The token that ends at an octet of the text; 0: none does. */
static size_t token_ending(const struct parse *parse, size_t at, size_t octet)
{
	for (; at < parse->last && parse->tokens[at].start < octet; at++) {
		if (parse->tokens[at].end == octet)
			return at + 1;
	}
	return 0;
}

/* In one spelling: without blanks, in capitals. */
static char *spelt(struct parse *parse, size_t start, size_t end)
{
	char *text = text_upper(
		     parse->arena, arena_strndup(parse->arena, parse->text + start, end - start)),
	     *to = text;

	for (const char *from = text; *from; from++) {
		if (*from != ' ')
			*to++ = *from;
	}
	*to = '\0';
	return text;
}

/* "tb/bb 150/55": the key of a number stands in front. */
static bool behind_number_key(const struct parse *parse, size_t at)
{
	const struct lexicon_entry *e =
		parse_crosses(parse, at) ? NULL : parse->tokens[at - 1].keys;

	while (e && !(e->words == 1 && e->class_id == parse->index->key_class &&
		field_is_number(parse->index->form->fields[e->number].type)))
		e = e->next;
	return e != NULL;
}

/* Where the match of a field's pattern at a token ends; 0: none. */
static size_t matched_end(const struct parse *parse, const struct form_field *field, size_t at)
{
	size_t octet;

	if ((at > parse->first && (parse->tokens[at].before == BOUND_NONE ||
			behind_number_key(parse, at))) || !parse_step(parse, 4))
		return 0;
	octet = field_pattern_match(field->pattern, parse->text, parse->tokens[at].start);
	return octet ? token_ending(parse, at, octet) : 0;
}

void patterns_find(struct parse *parse)
{
	const struct form *form = parse->index->form;

	for (size_t i = parse->first; i < parse->last; i++)
		parse->tokens[i].begun.matched = false;
	for (size_t f = 0; parse->index->patterns && f < form->nfield; f++) {
		for (size_t i = parse->first; form->fields[f].pattern && i < parse->last; i++) {
			size_t end = matched_end(parse, &form->fields[f], i);

			for (; i < end; i++)
				parse->tokens[i].begun.matched = true;
			i -= end > 0;
		}
	}
}

/* A number that may be one of the pattern's: "110", "per 70", but not "2 hari", "11,5", "55 kg". */
static size_t number_end(const struct parse *parse, size_t at)
{
	struct decimal number = decimal_at(parse, at, false);

	if (!number.end || unit_at(parse, number.end) || parse->tokens[at].begun.matched)
		return 0;
	return number.end;
}

static bool key_at(const struct parse *parse, size_t at)
{
	for (size_t words = 1; words <= LEXICON_WORDS; words++) {
		if (token_is_key(&parse->tokens[at], words, parse->index->key_class))
			return true;
	}
	return false;
}

/* The first number from a token on, a few words away and in front of no other key. */
static size_t number_near(const struct parse *parse, size_t at)
{
	size_t words = 0;

	for (; at < parse->last && words <= WORDS_BETWEEN; at++, words++) {
		if (words && (parse->tokens[at].before >= BOUND_MEDIUM || key_at(parse, at)))
			return parse->last;
		if (parse->tokens[at].digits)
			return at;
	}
	return parse->last;
}

/* "td 110", "tensi 110 per 70", "tensi naik 140": numbers that are told behind the key and make no
 * value are no other field's. */
static void numbers_ask(struct parse *parse, int f, size_t key, size_t at)
{
	size_t end = number_end(parse, number_near(parse, at)), next;
	struct candidate *c;

	if (!end)
		return;
	next = number_near(parse, end);
	if (next < parse->last && !parse_crosses(parse, end) && number_end(parse, next))
		end = number_end(parse, next);
	c = candidate_wrong(parse, key, end, f, keyed_worth(key, at, end, 0) + WORTH_DATE,
		PROBLEM_AMBIGUOUS, "numbers behind its key, and not its pattern");
	c->kind = KIND_KEYED;
}

void field_pattern(struct parse *parse, int f, size_t key, size_t at)
{
	const struct form_field *field = &parse->index->form->fields[f];
	struct candidate *c;
	size_t start, octet, end;

	if (at >= parse->last || (keyed(key, at) && parse_crosses(parse, at)) ||
		(!keyed(key, at) && at > parse->first &&
			(parse->tokens[at].before == BOUND_NONE ||
				behind_number_key(parse, at))) ||
		!parse_step(parse, 4))
		return;
	start = parse->tokens[at].start;
	octet = field_pattern_match(field->pattern, parse->text, start);
	end = octet ? token_ending(parse, at, octet) : 0;
	if (!end && keyed(key, at))
		numbers_ask(parse, f, key, at);
	if (!end)
		return;
	c = candidate_add(parse, key, end, f, WORTH_NIK + WORTH_TOKEN * (int)(end - key),
		spelt(parse, start, octet), "its pattern");
	c->kind = keyed(key, at) ? KIND_KEYED : KIND_TYPED;
	c->flags |= FLAG_SURE;
}
