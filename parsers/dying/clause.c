/* Clauses among the tokens: see clause.h. */
#include "parsers/dying/clause.h"

#include <stdlib.h>

bool clause_ends_before(const struct token *token)
{
	return token->before >= BOUND_MEDIUM || token->newline || token->sep == '?' ||
		(token->sep == '.' && token->spaced);
}

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
