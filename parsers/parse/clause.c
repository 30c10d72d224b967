/* Clauses among the tokens, and what asks: see clause.h. */
#include "parsers/parse/clause.h"

#include <stdlib.h>
#include <string.h>

#define CONFIRM_WORDS 5

bool says_past_day(const struct parse *parse, size_t first, size_t last)
{
	for (size_t i = first; i < last; i++) {
		const char *offset = NULL;

		if (phrase_at(parse, i, parse_class(parse, CLASS_DAY), &offset) &&
			atoi(offset) <= 0)
			return true;
	}
	return false;
}

static bool asks_at(const struct parse *parse, size_t i)
{
	const char *meaning =
		token_meaning(&parse->tokens[i], parse_class(parse, CLASS_NO_DEATH));

	return meaning && same_name(meaning, "tanya");
}

/* "apa", "apakah": whether, of what stands behind. */
static bool asks_whether(const struct parse *parse, size_t i)
{
	const char *kind = NULL;

	return phrase_at(parse, i, parse_class(parse, CLASS_NEAR_DEATH), &kind) &&
		same_name(kind, "apakah");
}

static bool asks_how(const struct parse *parse, size_t i)
{
	int how = lexicon_class(parse->reader->lexicon, "bagaimana_kata");

	return phrase_at(parse, i, how, NULL) > 0;
}

/* Somebody has a name in front of the word. *person: where. */
static bool names_person(const struct parse *parse, size_t first, size_t at, size_t *person)
{
	for (size_t i = at; i > first; i--) {
		size_t name = phrase_at(parse, i - 1, parse_class(parse, CLASS_TITLE), NULL);

		if (!name || name >= at || parse->tokens[name].digits || token_means(parse, name))
			continue;
		*person = i - 1;
		return true;
	}
	return false;
}

/* "keguguran", "lahir mati": a kind of death by itself, her child's and not hers. */
static bool tells_kind(const struct parse *parse, size_t at)
{
	for (size_t f = 0; f < parse->reader->nform; f++) {
		const struct form_index *index = &parse->reader->index[f];

		if (index->story_class >= 0 &&
			phrase_at(parse, at, index->words[(int)index->by_order[0]], NULL))
			return true;
	}
	return false;
}

/* The clause of the word asks whether, or when: "apa bu sarmi meninggal", "meninggal kapan". What
 * is asked in another clause, or behind the day of it, is about a death that is told; so is whether
 * somebody died who is named ("apa benar bu sarmi meninggal?"): it may be true; and how it is told
 * of somebody by name ("bu sarmi meninggal gimana lapornya"). */
bool question_about(const struct parse *parse, size_t at, size_t count)
{
	size_t first = at, end = at + 1, person = 0;
	bool named;

	while (first > 0 && !clause_ends_before(&parse->tokens[first]))
		first--;
	named = names_person(parse, first, at, &person) && !tells_kind(parse, at);
	for (size_t i = first; i < at; i++) {
		if (asks_at(parse, i) && !(named && i < person && asks_whether(parse, i)))
			return true;
	}
	for (; end < count && !clause_ends_before(&parse->tokens[end]); end++) {
		if (asks_at(parse, end))
			return !says_past_day(parse, first, end) &&
				!(named && asks_how(parse, end));
	}
	return !named && !says_past_day(parse, first, end) &&
		parse->text[parse->tokens[end - 1].end + strspn(parse->text +
			parse->tokens[end - 1].end, " !.")] == '?';
}

bool message_asks(const struct parse *parse, size_t count)
{
	if (strchr(parse->text, '?'))
		return true;
	for (size_t i = 0; i < count; i++) {
		if (asks_at(parse, i))
			return true;
	}
	return false;
}

bool message_confirms(const struct parse *parse, size_t count)
{
	int meaning = lexicon_class(parse->reader->lexicon, "arti");
	size_t behind = count;

	while (behind > 0 && !parse->tokens[behind - 1].digits)
		behind--;
	if (behind == 0 || count - behind > CONFIRM_WORDS)
		return false;
	for (size_t i = 0; i < count; i++)
		if ((i < behind && (asks_at(parse, i) || parse->tokens[i].sep == '?')) ||
			(i >= behind && phrase_at(parse, i, meaning, NULL)))
			return false;
	return true;
}
