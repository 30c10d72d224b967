/* Words that are a death only of somebody: "sudah tidak ada", "MD", "almarhum", "ora ketulungan".
 */
#include "parsers/dying/death_denied.h"

#include "parsers/parse/clause.h"
#include "parsers/parse/look.h"
#include "parsers/parse/parse.h"

#define CLAUSE_WORDS 4 /* so far back the person stands */
#define LIFE_WORDS 10 /* so far back the person whose life is told */

bool may_be_named(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	return !token->digits && !token_means(parse, at) && !denies_death(parse, at, "benda") &&
		!(token->length > 4 && same_name(token->text + token->length - 3, "nya"));
}

/* "pak slamet": a name, though the word says how a birth ended. */
static bool named_so(const struct parse *parse, size_t at)
{
	return at > 0 && token_is(&parse->tokens[at], parse_class(parse, CLASS_OUTCOME)) &&
		phrase_at(parse, at - 1, parse_class(parse, CLASS_TITLE), NULL) == at;
}

/* "bu sari": nothing else stands in front of a token in its clause. */
static bool title_and_name(const struct parse *parse, size_t at)
{
	size_t i = at;

	while (i > 0 && at - i < CLAUSE_WORDS && !clause_ends_before(&parse->tokens[i])) {
		i--;
		if (at - i > 1 && phrase_at(parse, i, parse_class(parse, CLASS_TITLE), NULL))
			return true;
		if (!may_be_named(parse, i) && !named_so(parse, i))
			return false;
	}
	return false;
}

bool thing_of_somebody(const struct parse *parse, size_t at)
{
	size_t i = predicates_begin(parse, at);

	while (i > 0 && at - i <= CLAUSE_WORDS && !clause_ends_before(&parse->tokens[i])) {
		size_t name = phrase_at(parse, --i, parse_class(parse, CLASS_TITLE), NULL);

		if (name && name < at)
			return i > 0 && !clause_ends_before(&parse->tokens[i]) &&
				denies_death(parse, i - 1, "benda") &&
				(i == 1 || clause_ends_before(&parse->tokens[i - 1]));
		if (!may_be_named(parse, i) && !named_so(parse, i))
			return false;
	}
	return false;
}

/* "bu sari sudah tidak ada": a title and a name, and nothing else, in front of it; a day behind. */
static bool named_gone(const struct parse *parse, size_t at, size_t end)
{
	if (end < parse->last && !clause_ends_before(&parse->tokens[end]) &&
		!token_is(&parse->tokens[end], parse_class(parse, CLASS_CHAT)) &&
		!phrase_at(parse, end, parse_class(parse, CLASS_DAY), NULL))
		return false;
	return title_and_name(parse, at);
}

/* Something that is told of a person only: born, delivered, so old, sent to a hospital. */
static bool life_at(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	return class_in(&token->key_classes, CLASS_KEYWORD) ||
		token_is(token, parse_class(parse, CLASS_DELIVERY)) ||
		(token->digits && at + 1 < parse->last &&
			token_is(&token[1], parse_class(parse, CLASS_UNIT)));
}

/* "bayinya bu karti yg lahir minggu kemarin sudah tidak ada": between the person and the words
 * stands what is told of her life; nothing that is looked for in the clause. */
static bool told_gone(const struct parse *parse, size_t at)
{
	bool life = false, person = false;

	for (size_t i = at; i > 0 && at - i < LIFE_WORDS &&
		(!clause_ends_before(&parse->tokens[i]) || parse->tokens[i].sep == '/');) {
		i--;
		if (stands_near(parse, i, "dicari") ||
			(!life && !parse->tokens[i].digits && !token_means(parse, i)) ||
			(!person && !token_means(parse, i) && !parse->tokens[i].digits &&
				!may_be_named(parse, i)))
			return false;
		life |= life_at(parse, i);
		person |= life && someone_at(parse, i);
	}
	return person;
}

/* "sudah tidak ada": said of a child, of one of the family or of somebody by name, and of nothing
 * that is looked for. */
bool child_gone(const struct parse *parse, size_t at, size_t end)
{
	size_t start = at;

	if (end < parse->last && !clause_ends_before(&parse->tokens[end]) &&
		(!token_means(parse, end) ||
			token_is(&parse->tokens[end], parse_class(parse, CLASS_IN))))
		return false;
	if (named_gone(parse, at, end) || told_gone(parse, at))
		return true;
	while (start > 0 && at - start < CLAUSE_WORDS &&
		!clause_ends_before(&parse->tokens[start])) {
		start--;
		if (token_is(&parse->tokens[start], parse_class(parse, CLASS_CHILD)) ||
			token_is(&parse->tokens[start], parse_class(parse, CLASS_KIN)))
			return true;
	}
	return false;
}

/* "bu rina MD di rsud", "bu partiyem exit jam 5": said of somebody in front, who is no doctor. */
bool somebody_gone(const struct parse *parse, size_t at)
{
	size_t i = at;

	while (i > 0 && at - i < CLAUSE_WORDS && !clause_ends_before(&parse->tokens[i])) {
		i--;
		if (someone_at(parse, i) || token_is(&parse->tokens[i],
			parse_class(parse, CLASS_PERSON)))
			return true;
	}
	return false;
}

/* "bu sarmi almarhum", "almh bu sarmi kemarin": somebody in front and nothing behind, or somebody
 * behind and when. */
bool called_late(const struct parse *parse, size_t at, size_t end)
{
	size_t last = end;

	if (somebody_gone(parse, at) && end < parse->last &&
		phrase_at(parse, end + 1, parse_class(parse, CLASS_HOUR), NULL))
		return true;
	if (somebody_gone(parse, at))
		return end >= parse->last || clause_ends_before(&parse->tokens[end]) ||
			token_is(&parse->tokens[end], parse_class(parse, CLASS_CHAT)) ||
			says_past_day(parse, end, parse->last);
	while (last < parse->last && !clause_ends_before(&parse->tokens[last]))
		last++;
	return end < parse->last && someone_at(parse, end) && says_past_day(parse, end, last);
}

/* "panase": Javanese, somebody's. */
static bool feeling_ends(const struct token *token)
{
	return token->length > 4 && token->text[token->length - 1] == 'e';
}

/* "bayine bu sri ora ketulungan": who is told of stands right in front; "bayine panas ora
 * ketulungan" has a word between. */
bool right_behind(const struct parse *parse, size_t at)
{
	size_t i = predicates_begin(parse, at);

	if (i > 0 && !clause_ends_before(&parse->tokens[i]) &&
		token_is(&parse->tokens[i - 1], parse_class(parse, CLASS_PERSON)))
		return true;
	return i > 0 && !feeling_ends(&parse->tokens[i - 1]) && title_and_name(parse, i);
}
