/* Words that say "none". See none.h. */
#include "parsers/field/none.h"

#include <string.h>

#include "parsers/field/field.h"

#define NONE_WORDS 3 /* from a posyandu's name to "nihil" */

bool nihil_at(const struct parse *parse, size_t at)
{
	return at < parse->last && phrase_at(parse, at, parse_class(parse, CLASS_NIHIL), NULL);
}

bool zero_at(const struct parse *parse, size_t at)
{
	return at < parse->last && (parse->tokens[at].number == 0 || nihil_at(parse, at));
}

bool none_told(const struct parse *parse, const struct form_index *index, size_t at)
{
	int held = index->form->held ? form_field_index(index->form, index->form->held) : -1;

	if (at >= parse->last || index->posyandu < 0)
		return at < parse->last &&
			phrase_at(parse, at, parse_class(parse, CLASS_NIHIL), NULL);
	if (held < 0 || !posyandu_named_at(parse, at))
		return false;
	for (size_t i = at + 1; i < parse->last && i <= at + NONE_WORDS &&
		parse->tokens[i].sep != ';' && !parse->tokens[i].newline;
		i++) {
		const char *meaning = NULL;

		if (phrase_at(parse, i, index->words[held], &meaning) &&
			strcmp(meaning, "TIDAK") == 0)
			return true;
	}
	return false;
}
