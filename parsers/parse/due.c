/* Where what opens a report ends, and a name may follow: see due.h. */
#include "parsers/parse/due.h"

#include <string.h>

#include "parsers/form/form_case.h"
#include "parsers/parse/look.h"

#define NAME_WORDS 4
#define NAME_LETTERS 3 /* of the shortest name that means something else */

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

/* A word of the outcome stands among the tokens [first, end). */
static bool outcome_told(const struct parse *parse, size_t first, size_t end)
{
	while (first < end && !phrase_at(parse, first, parse_class(parse, CLASS_OUTCOME), NULL))
		first++;
	return first < end;
}

/* "slamet", "enem", "juli": a word of the report's that people are called by, too; not "hidup". */
static bool name_of_words(const struct parse *parse, size_t at)
{
	static const enum word_class classes[] = {CLASS_OUTCOME, CLASS_NUMBER, CLASS_MONTH,
		CLASS_WEEKDAY};
	const struct token *token = &parse->tokens[at];
	const char *meaning = token_meaning(token, parse_class(parse, CLASS_OUTCOME));

	if (token->digits || token->length < NAME_LETTERS ||
		token_is(token, parse_class(parse, CLASS_DEATH)) ||
		token_is(token, parse_class(parse, CLASS_NEGATION)) ||
		(meaning && same_name(meaning, token->text)))
		return false;
	for (size_t i = 0; i < COUNT_OF(classes); i++) {
		if (token_is(token, parse_class(parse, classes[i])))
			return true;
	}
	return false;
}

/* Where the first field ends: at a separator, or at a number where none part the fields. */
static size_t first_field_end(const struct parse *parse)
{
	size_t end = parse->first + 1;

	while (end < parse->last && !(parse->strong ? parse_crosses(parse, end)
						   : parse->tokens[end].digits))
		end++;
	return end;
}

size_t name_slot_end(const struct parse *parse, size_t *name)
{
	const struct form_index *index = parse->index;
	size_t end, strange = 0, words = 0, at = parse->first, title;

	if (parse->one_value || parse->first >= parse->last || index->by_order[0] < 0 ||
		index->form->fields[index->by_order[0]].type != FIELD_NAME ||
		parse->tokens[at].digits)
		return 0;
	end = first_field_end(parse);
	title = phrase_at(parse, at, parse_class(parse, CLASS_TITLE), NULL);
	*name = title && title < end ? title : at;
	for (at = *name; at < end; at++) {
		bool called = name_of_words(parse, at);

		if ((at > parse->first && (parse->tokens[at].before != BOUND_SOFT ||
			!strchr(" .", parse->tokens[at].sep))) ||
			(!called && (token_means(parse, at) || parse->tokens[at].digits)))
			return 0;
		words += called;
		strange += !called;
	}
	if (words == 0 || end == parse->last || end - *name > NAME_WORDS)
		return 0; /* nearly always: no word means anything else */
	if (!parse->strong && end - *name > 1)
		return 0; /* "lahir sari sabtu 10/8", "timbang juli nino 8,8" */
	if (outcome_told(parse, *name, end))
		return strange || outcome_told(parse, end, parse->last) ? end : 0;
	return strange || title || token_is(&parse->tokens[*name],
		parse_class(parse, CLASS_NUMBER)) ? end : 0;
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
