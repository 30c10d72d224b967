/* Numbers of the dead, and of the sick among whom they are: "5 orang 2 meninggal". */
#include <ctype.h>
#include <string.h>

#include "parsers/parse/clause.h"
#include "parsers/parse/keyword.h"

/* The form's number whose key a token is; NULL. */
static const struct form_field *number_key(const struct form_index *own, const struct token *token)
{
	for (const struct lexicon_entry *e = token->keys; e; e = e->next) {
		const struct form_field *field;

		if (e->words != 1 || e->class_id != own->key_class)
			continue;
		field = &own->form->fields[e->number];
		if (field_is_number(field->type))
			return field;
	}
	return NULL;
}

/* What counts: no unit, or the field's own. */
static bool own_unit(const struct parse *parse, const struct form_field *field, size_t at)
{
	const char *unit = at < parse->last && !parse_crosses(parse, at)
		? token_meaning(&parse->tokens[at], parse_class(parse, CLASS_UNIT)) : NULL;

	return !unit || (field->unit && same_name(unit, field->unit));
}

static bool counts(const struct parse *parse, size_t at)
{
	return parse->tokens[at].digits ||
		token_is(&parse->tokens[at], parse_class(parse, CLASS_NUMBER));
}

/* "meninggal 2", "meninggal satu". */
static bool counted_behind(
	const struct parse *parse, const struct form_field *field, size_t at)
{
	const struct token *next = &parse->tokens[at + 1];

	return at + 1 < parse->last && counts(parse, at + 1) && !parse_crosses(parse, at + 1) &&
		!(at + 2 < parse->last && next[1].digits && !next[1].spaced) && /* a day */
		own_unit(parse, field, at + 2);
}

/* "umur 2", "kelas 2", "rt 2": the number is that of the word in front. */
static bool owned_number(const struct parse *parse, const struct form_index *own, size_t number)
{
	const struct token *before = &parse->tokens[number - 1];
	const char *range = "";

	for (const struct lexicon_entry *e = before->keys; e; e = e->next) {
		const struct form_field *field = &own->form->fields[e->number];

		if (e->words == 1 && e->class_id == own->key_class &&
			(field->type == FIELD_AGE || (field_is_number(field->type) &&
				!(field->unit && same_name(field->unit, "ORANG")))))
			return true;
	}
	return !before->digits &&
		(phrase_at(parse, number - 1, parse_class(parse, CLASS_OWNER), &range) == number &&
			!isalpha((unsigned char)*range));
}

/* The second number of a clause that ends there: "5 orang 2 meninggal", "tiga orang, satu mati". */
static bool counted_before(const struct parse *parse, const struct form_index *own, size_t at)
{
	size_t number = at > 1 && !counts(parse, at - 1) ? at - 2 : at - 1, i = number;

	if (at < 2 || number == 0 || !counts(parse, number) || parse_crosses(parse, at) ||
		(parse->tokens[number - 1].digits && !parse->tokens[number].spaced) || /* a day */
		(number + 1 < at && !token_is(&parse->tokens[at - 1],
			parse_class(parse, CLASS_UNIT))) ||
		owned_number(parse, own, number))
		return false;
	while (i > 0 && !parse->tokens[i].newline && !counts(parse, i - 1))
		i--;
	return i > 0 && counts(parse, i - 1);
}

/* Nothing goes on behind the number: "meninggal 2", but "meninggal 5 dirawat". */
static bool closes(const struct parse *parse, size_t number)
{
	size_t end = number + 1;

	return end >= parse->last || clause_ends_before(&parse->tokens[end]) ||
		parse->tokens[end].digits ||
		token_is(&parse->tokens[end], parse_class(parse, CLASS_UNIT));
}

enum dead_side dead_side(const struct parse *parse, const struct form_index *own, size_t at)
{
	const struct form_field *field = at < parse->last
		? number_key(own, &parse->tokens[at]) : NULL;
	bool behind = field && counted_behind(parse, field, at);

	if (!field || !own->form->outbreak || !counted_before(parse, own, at))
		return behind ? DEAD_BEHIND : DEAD_NONE;
	return !behind || !closes(parse, at + 1) ? DEAD_BEFORE : DEAD_BOTH;
}

bool sick_counted(const struct parse *parse, size_t first, size_t last)
{
	const char *unit = NULL;

	for (size_t i = first; i + 1 < last; i++) {
		unit = token_meaning(&parse->tokens[i + 1], parse_class(parse, CLASS_UNIT));
		if (counts(parse, i) && ((unit && same_name(unit, "ORANG")) ||
			token_is(&parse->tokens[i + 1], parse_class(parse, CLASS_CHILD))))
			return true;
	}
	return false;
}
