/* Clauses among the tokens: see clause.h. */
#include "parsers/parse/clause.h"

#include <stdlib.h>

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
