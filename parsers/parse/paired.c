/* Two keys and then their two values: see paired.h. */
#include "parsers/parse/paired.h"

#include <string.h>

#include "parsers/parse/look.h"

#define VALUE_TOKENS 3 /* "8,4 kg" */

/* The key of some form, not a keyword; two keys are of one form. */
static bool keys_of_one(const struct token *a, const struct token *b)
{
	for (const struct lexicon_entry *x = a->keys; x; x = x->next) {
		for (const struct lexicon_entry *y = b->keys; y; y = y->next)
			if (x->class_id == y->class_id && x->class_id != CLASS_KEYWORD &&
				x->words == 1 && y->words == 1 && x->number != y->number)
				return true;
	}
	return false;
}

/* The end of one of the values that begins at a token: digits, with a fraction and a unit. */
static size_t value_ends(const struct parse *parse, size_t at, size_t count)
{
	size_t end = at;

	if (at >= count || !parse->tokens[at].digits)
		return at;
	for (end = at + 1; end < count && end < at + VALUE_TOKENS; end++) {
		const struct token *token = &parse->tokens[end];

		if (token->digits ? token->spaced || (token->sep != ',' && token->sep != '.')
				  : token->before > BOUND_SOFT || !word_of(parse, end, CLASS_UNIT))
			break;
	}
	return end;
}

/* Writes "key value key value" over what stands there, which is as long at least. */
static void part(const struct parse *parse, char *text, size_t at, size_t middle, size_t end)
{
	const struct token *token = &parse->tokens[at];
	size_t start = token->start, last = parse->tokens[end - 1].end;
	char *copy = arena_strndup(parse->arena, text + start, last - start);
	const struct {
		size_t from, to;
	} pieces[] = {{token->start, token->end}, {token[2].start, parse->tokens[middle - 1].end},
		{token[1].start, token[1].end}, {parse->tokens[middle].start, last}};
	size_t to = start;

	memset(text + start, ' ', last - start);
	for (size_t i = 0; i < COUNT_OF(pieces); i++) {
		size_t length = pieces[i].to - pieces[i].from;

		memcpy(text + to, copy + pieces[i].from - start, length);
		to += length + 1;
	}
}

/* "s/d 14/8": until; letters are keys where a form is named. */
static bool only_letters(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	if (token->length > 1 || token[1].length > 1)
		return false;
	for (size_t i = 0; i < at; i++)
		if (class_in(&parse->tokens[i].key_classes, CLASS_KEYWORD))
			return token->text[0] == 's' && token[1].text[0] == 'd';
	return true;
}

bool pairs_part(const struct parse *parse, char *text, size_t count)
{
	bool changed = false;

	for (size_t i = 0; i + 3 < count; i++) {
		const struct token *token = &parse->tokens[i];
		size_t middle, end;

		if (token[1].sep != '/' || token->digits || !token->keys || !token[1].keys ||
			!token[2].digits || token[2].before > BOUND_MEDIUM || token[2].newline ||
			!keys_of_one(token, token + 1) ||
			only_letters(parse, i))
			continue; /* nearly always */
		middle = value_ends(parse, i + 2, count);
		end = value_ends(parse, middle, count);
		if (end == middle || parse->tokens[middle].sep != '/')
			continue;
		part(parse, text, i, middle, end);
		changed = true;
		i = end - 1;
	}
	return changed;
}
