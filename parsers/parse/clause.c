/* Clauses among the tokens, and what asks: see clause.h. */
#include "parsers/parse/clause.h"

#include <stdlib.h>
#include <string.h>

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

	return meaning && strcmp(meaning, "tanya") == 0;
}

/* The clause of the word asks whether, or when: "apa bu sarmi meninggal", "meninggal kapan". What
 * is asked in another clause, or behind the day of it, is about a death that is told. */
bool question_about(const struct parse *parse, size_t at, size_t count)
{
	size_t first = at, end = at + 1;

	while (first > 0 && !clause_ends_before(&parse->tokens[first])) {
		first--;
		if (asks_at(parse, first))
			return true;
	}
	for (; end < count && !clause_ends_before(&parse->tokens[end]); end++) {
		if (asks_at(parse, end))
			return !says_past_day(parse, first, end);
	}
	return !says_past_day(parse, first, end) &&
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
