/* Inside the reader: where a clause or a sentence begins; whether one tells a day. */
#ifndef PARSERS_CLAUSE_H
#define PARSERS_CLAUSE_H

#include "parsers/parse/look.h"
#include "parsers/parse/parse.h"

#define TITLE_SHORT 3 /* letters */

/* The clause that holds a token ends in front of it: no comma, no full stop, no question mark, no
 * line's end inside. */
static inline bool clause_ends_before(const struct token *token)
{
	return token->before >= BOUND_MEDIUM || token->newline || token->sep == '?' ||
		(token->sep == '.' && token->spaced);
}
/* A sentence begins: behind a full stop that is no title's ("ny. sumarni"), a question, on a line of
 * its own. */
static inline bool sentence_begins(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	return token->newline ||
		(token->spaced && (token->sep == '?' || token->sep == '!' || (token->sep == '.' &&
			!(at > 0 && token[-1].length <= TITLE_SHORT && token_may_mean(
				&token[-1], parse_class(parse, CLASS_TITLE))))));
}
/* A day that is not to come is told among the tokens. */
bool says_past_day(const struct parse *parse, size_t first, size_t last);

#endif
