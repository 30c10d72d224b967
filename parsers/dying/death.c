/* Words of dying: who died, and where a death is told. What speaks against a telling stands in
 * death_denied.c. */
#include "parsers/dying/death.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/form/names.h"
#include "parsers/parse/parse.h"

#define CLAUSE_WORDS 4 /* so far back a word may deny */

bool absent(const struct parse *parse, size_t end)
{
	if (end >= parse->last || parse->tokens[end].before > BOUND_SOFT ||
		!token_is(&parse->tokens[end], parse_class(parse, CLASS_NEGATION)))
		return false;
	if (end + 1 == parse->last)
		return true; /* "dokter belum" */
	return denies_death(parse, end + 1, "datang") ||
		(denies_death(parse, end + 1, "ada") && (end + 2 == parse->last ||
			clause_ends_before(&parse->tokens[end + 2]))); /* not "tidak ada keluhan" */
}

/* A mother's title at a token. */
static bool mother_titled(const struct parse *parse, size_t at)
{
	const char *title = NULL;

	return phrase_at(parse, at, parse_class(parse, CLASS_TITLE), &title) &&
		same_name(title, "ibu") && (at == 0 ||
		!token_is(&parse->tokens[at - 1], parse_class(parse, CLASS_CHILD)));
}

/* "… bu siti meninggal" where she was named before: it is she who died. */
static size_t named_again(const struct parse *parse, size_t at)
{
	size_t i = at;

	while (i > 0 && at - i < CLAUSE_WORDS && !clause_ends_before(&parse->tokens[i])) {
		i--;
		if (at - i > 1 && mother_titled(parse, i)) {
			for (size_t k = parse->first; k < i; k++) {
				if (mother_titled(parse, k) &&
					names_alike(parse->tokens[i + 1].text,
						parse->tokens[k + 1].text))
					return i;
			}
			return at;
		}
		if (parse->tokens[i].digits || token_means(parse, i))
			return at;
	}
	return at;
}

size_t mother_dies(const struct parse *parse, size_t at, bool *both)
{
	size_t i = named_again(parse, at);

	*both = false;
	if (i < at)
		return i;
	while (i > 0 && at - i < CLAUSE_WORDS && !clause_ends_before(&parse->tokens[i])) {
		const struct token *token = &parse->tokens[--i];

		if (token_is(token, parse_class(parse, CLASS_MOTHER)))
			return i;
		*both |= token_is(token, parse_class(parse, CLASS_CHILD));
		if (!token_is(token, parse_class(parse, CLASS_FILLER)) && !*both)
			return at;
	}
	return at;
}

/* The last word of dying in front of a token, but for condolences; first: none. */
static size_t died_before(const struct parse *parse, size_t at)
{
	const char *kind = NULL;

	while (at > parse->first) {
		at--;
		if (phrase_at(parse, at, parse_class(parse, CLASS_DEATH), &kind) && *kind != '2' &&
			*kind != '5')
			return at;
	}
	return at;
}

bool woman_in_front(const struct parse *parse, size_t died)
{
	for (size_t i = died; i > parse->first && died - i < CLAUSE_WORDS;) {
		i--;
		if (died - i > 1 && mother_titled(parse, i))
			return true;
		if (parse->tokens[i].digits || clause_ends_before(&parse->tokens[i + 1]) ||
			token_means(parse, i))
			return false;
	}
	return false;
}

bool woman_died(const struct parse *parse, size_t at)
{
	size_t died = died_before(parse, at);

	if (at < 2 || phrase_at(parse, died, parse_class(parse, CLASS_DEATH), NULL) == at)
		return false; /* "bu siti meninggal bayinya" is the child's death */
	return woman_in_front(parse, died);
}

bool woman_dies(const struct parse *parse, size_t at)
{
	size_t died = death_told_in(parse, at, parse->last), end = at + 1;

	while (end < died && !clause_ends_before(&parse->tokens[end]))
		end++;
	return died < parse->last && end < died && woman_in_front(parse, died);
}

bool was_born(const struct parse *parse, size_t at)
{
	return at > parse->first && parse->tokens[at].before <= BOUND_SOFT &&
		token_is(&parse->tokens[at - 1], parse_class(parse, CLASS_DELIVERY)) &&
		died_before(parse, at) < at - 1 && death_told_at(parse, died_before(parse, at));
}

/* "jam 10": an hour of the day begins at a token. */
static bool hour_at(const struct parse *parse, size_t at)
{
	const char *unit = token_meaning(&parse->tokens[at], parse_class(parse, CLASS_UNIT));

	return unit && same_name(unit, "JAM") && at + 1 < parse->last &&
		parse->tokens[at + 1].digits && !(at > 0 && parse->tokens[at - 1].digits);
}

bool born_and_died(const struct parse *parse, size_t at)
{
	bool child = false, hour = false;

	if (at + 2 >= parse->last || !hour_at(parse, at + 1) ||
		!clause_ends_before(&parse->tokens[at]))
		return false; /* nearly always */
	for (size_t i = 0; i < at; i++) {
		if (token_is(&parse->tokens[i], parse_class(parse, CLASS_CHILD)))
			child = true;
		else if (!child && phrase_at(parse, i, parse_class(parse, CLASS_TITLE), NULL))
			return false; /* "bu siti melahirkan bayi …": she, perhaps */
		hour |= hour_at(parse, i);
	}
	return child && hour;
}

bool kin_dies(const struct parse *parse, size_t at)
{
	size_t i = at;

	while (i > parse->first && at - i < CLAUSE_WORDS &&
		!clause_ends_before(&parse->tokens[i])) {
		const struct token *token = &parse->tokens[--i];

		if (token_is(token, parse_class(parse, CLASS_CHILD)))
			return false;
		if (token_is(token, parse_class(parse, CLASS_KIN)) &&
			(i + 1 == at || !parse->index ||
				!class_meets(&token->classes, &parse->index->meanings)))
			return true; /* and no helper's word, but right in front of it */
	}
	return false;
}

bool story_word_told(const struct parse *parse, const struct form_index *index, size_t at)
{
	const char *meaning = NULL;
	size_t end = phrase_at(parse, at, index->story_class, &meaning);

	if (!end || death_denied(parse, at, end) || thing_alone(parse, at) ||
		(end > at + 1 && thing_of_somebody(parse, at)))
		return false;
	if (same_name(meaning, "4"))
		return child_gone(parse, at, end);
	if (same_name(meaning, "5"))
		return false; /* condolences */
	if (same_name(meaning, "6"))
		return somebody_gone(parse, at);
	if (same_name(meaning, "7"))
		return called_late(parse, at, end);
	if (same_name(meaning, "8"))
		return right_behind(parse, at);
	return !same_name(meaning, "3") || !(thing_beside(parse, at, end) ||
		thing_dies(parse, at));
}

bool nobody_dies(const struct parse *parse, size_t at)
{
	int told = parse_class(parse, CLASS_DEATH);

	if (!phrase_at(parse, at, told, NULL))
		return false;
	return !story_word_at(parse, &(const struct form_index){.story_class = told}, at);
}

bool death_told_at(const struct parse *parse, size_t at)
{
	if (!class_meets(&parse->tokens[at].classes, &parse->reader->stories))
		return false; /* nearly always */
	for (size_t f = 0; f < parse->reader->nform; f++) {
		if (story_word_at(parse, &parse->reader->index[f], at))
			return true;
	}
	return false;
}

size_t death_told_in(const struct parse *parse, size_t first, size_t end)
{
	while (first < end && !death_told_at(parse, first))
		first++;
	return first;
}
