/* Where what opens a report ends, and a name may follow: see due.h. */
#include "parsers/parse/due.h"

#include <string.h>

#include "parsers/form/form_case.h"
#include "parsers/parse/look.h"

/* Somebody is named by a title in front: other words behind a date are no name. */
static bool named(const struct parse *parse)
{
	parse_step(parse, parse->ncandidate / 8);
	for (size_t i = 0; i < parse->ncandidate && parse->index->mother >= 0; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (c->flags & (FLAG_TITLE_IBU | FLAG_TITLE_BAYI | FLAG_KIN))
			return true;
	}
	return false;
}

/* "HAMIL K4 SITI": the contact that a report of a case begins with. */
static bool opens_contact(const struct parse *parse, const struct candidate *c)
{
	const struct form_case *cases = parse->index->form->cases;

	return c->first == parse->first && c->kind == KIND_KEYED && cases && cases->contact &&
		same_name(cases->contact, parse->index->form->fields[c->field].name);
}

/* "MATI BAYI …", "MATI IBU HAMIL …", "IMUN CAMPAK …": the words that open the form end there. */
static bool choice_opens(const struct parse *parse, const struct candidate *c)
{
	const struct form_index *index = parse->index;
	bool first = c->first == parse->first, own = index->order[c->field] == 0;

	if (c->problem >= 0 || parse->strong)
		return first && own;
	if (index->form->fields[c->field].type == FIELD_LIST)
		return first && !named(parse);
	if (first || own || index->story_class < 0)
		return first && own;
	return !named(parse) && phrase_at(parse, parse->first,
		index->words[index->by_order[0]], NULL) == c->first;
}

bool opening_ends_at(const struct parse *parse, size_t at)
{
	parse_step(parse, parse->ncandidate / 8);
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];
		enum field_type type = c->type;

		if (c->last != at || (c->problem >= 0 && type != FIELD_AREA &&
			c->problem != PROBLEM_AMBIGUOUS))
			continue;
		if (((type == FIELD_DATE || type == FIELD_AREA || type == FIELD_POSYANDU ||
			     opens_contact(parse, c)) && !parse->strong && !named(parse)) ||
			((type == FIELD_CHOICE || type == FIELD_LIST) && choice_opens(parse, c)))
			return true;
	}
	return false;
}

bool behind_twins(const struct parse *parse, size_t at)
{
	for (size_t i = parse->first; i < at;) {
		i = phrase_at(parse, i, parse_class(parse, CLASS_TWINS), NULL);
		if (!i || i > at)
			return false;
	}
	return at > parse->first;
}
