/* Where a death that is told beside something else begins: see besides_dead.h. */
#include "parsers/besides_dead.h"

#include <string.h>

#include "parsers/dying/death.h"
#include "parsers/field/none.h"
#include "parsers/mood/mood.h"
#include "parsers/region/region.h"
#include "parsers/text/error.h"

#define NAME_WORDS 3 /* of somebody, of a place */

/* A word for somebody, by title or by who he is to her who was named: "bu", "suaminya". */
static bool somebody_at(const struct parse *parse, size_t at)
{
	static const enum word_class people[] = {CLASS_KIN, CLASS_MOTHER, CLASS_CHILD};

	if (phrase_at(parse, at, parse_class(parse, CLASS_TITLE), NULL))
		return true;
	for (size_t i = 0; i < COUNT_OF(people); i++) {
		if (token_is(&parse->tokens[at], parse_class(parse, people[i])))
			return true;
	}
	return false;
}

static bool goes_back(const struct parse *parse, size_t first, size_t at)
{
	return at > first && !clause_ends_before(&parse->tokens[at]) &&
		parse->tokens[at].before != BOUND_STRONG && !parse->tokens[at - 1].digits;
}

/* "… KE TERBIS darmi meninggal": the tokens [start, end) are the name of a place. */
static bool place_at(const struct parse *parse, size_t start, size_t end)
{
	const char *name = arena_strndup(parse->arena, parse->text + parse->tokens[start].start,
		(size_t)(parse->tokens[end - 1].end - parse->tokens[start].start));
	struct area_matches matches;
	int rc = gazetteer_find_area_exact(
		parse->context->places, name, NULL, LEVEL_DESA, &matches);

	return parse_step(parse, 4) && (rc == OK || rc == ERR_AMBIGUOUS);
}

/* Where a name begins that stands behind a place, right in front of a token; at: it does not. */
static size_t behind_place(const struct parse *parse, size_t first, size_t at)
{
	for (size_t name = at - 1; name > first && at - name <= NAME_WORDS; name--) {
		for (size_t words = 1; words <= NAME_WORDS && words + first <= name; words++) {
			if (place_at(parse, name - words, name))
				return name;
		}
	}
	return at;
}

/* Who has died stands in front: back to a word for somebody ("bayinya bu siti": to the first of
 * them), behind a place, a number or the end of the clause before. */
static size_t person_begins(const struct parse *parse, size_t first, size_t at)
{
	size_t told = at, name;

	while (goes_back(parse, first, at)) {
		at--;
		if (!somebody_at(parse, at))
			continue;
		while (goes_back(parse, first, at) && somebody_at(parse, at - 1))
			at--;
		return at;
	}
	name = told > at + 1 ? behind_place(parse, at, told) : told;
	return name < told ? name : at;
}

size_t dead_order_ends(const struct parse *parse, size_t at)
{
	const char *kind;

	while (at > 1 && (kind = token_meaning(&parse->tokens[at - 1],
				  parse_class(parse, CLASS_FILLER))) != NULL &&
		*kind == '2')
		at--;
	return at;
}

size_t dead_begins(const struct parse *parse, size_t first, size_t count)
{
	for (size_t i = first; i < count; i++) {
		if (death_told_at(parse, i) && !value_of_some_key(parse, i) &&
			!none_died(parse, i) && !mood_asks(parse, i, count))
			return person_begins(parse, first, i);
	}
	return count;
}

/* From a word for somebody to a word of dying: a name at most, "sudah", "juga". */
static bool dies_there(const struct parse *parse, size_t person, size_t at)
{
	const char *title;
	size_t i = phrase_at(parse, person, parse_class(parse, CLASS_TITLE), &title), names = 0;

	for (i = i > person ? i : person + 1; i < at; i++) {
		if (phrase_at(parse, i, parse_class(parse, CLASS_PREDICATE), NULL) ||
			phrase_at(parse, i, parse_class(parse, CLASS_ALSO), NULL))
			continue;
		if (parse->tokens[i].digits || token_means(parse, i) || ++names > NAME_WORDS)
			return false;
	}
	return true;
}

/* Of the same kind, mother or child, or by the same name, as a word in front of that one. */
static bool told_in_front(const struct parse *parse, size_t person, size_t at)
{
	static const enum word_class kinds[] = {CLASS_MOTHER, CLASS_CHILD};
	size_t name = phrase_at(parse, person, parse_class(parse, CLASS_TITLE), NULL);
	bool titled = name > 0 && name < at;

	for (size_t i = 0; i < person; i++) {
		for (size_t k = 0; !titled && k < COUNT_OF(kinds); k++) {
			int kind = parse_class(parse, kinds[k]);

			if (token_is(&parse->tokens[person], kind) &&
				token_is(&parse->tokens[i], kind))
				return true;
		}
		if (titled && same_name(parse->tokens[i].text, parse->tokens[name].text))
			return true;
	}
	return false;
}

size_t dead_second_begins(const struct parse *parse, size_t count)
{
	size_t first = death_told_in(parse, 0, count);

	for (size_t i = first + 1; i < count; i++) {
		size_t person;
		bool parted = false;

		if (!death_told_at(parse, i) || none_died(parse, i) ||
			mood_asks(parse, i, count))
			continue;
		person = person_begins(parse, first + 1, i);
		for (size_t k = first + 1; k <= person; k++)
			parted |= clause_ends_before(&parse->tokens[k]) ||
				token_is(&parse->tokens[k], parse_class(parse, CLASS_AND));
		if (parted && person < i && somebody_at(parse, person) &&
			dies_there(parse, person, i) && !told_in_front(parse, person, i))
			return person;
	}
	return count;
}

size_t dead_known_begins(const struct parse *parse, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		size_t at = i;

		if (!phrase_at(parse, i, parse_class(parse, CLASS_DEATH), NULL) ||
			!death_known(parse, i))
			continue;
		while (goes_back(parse, 1, at))
			at--;
		return at;
	}
	return count;
}
