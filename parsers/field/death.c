/* Words of dying that tell no death: a lamp's, "hampir mati", "dikira meninggal", "tidak jadi
 * meninggal", "kalau ada yang meninggal", "40 hari meninggalnya". What is said around them decides;
 * the words are the lexicon's class bukan_kematian.
 */
#include "parsers/field/death.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/field/field.h"

#define THING_BEFORE 3 /* words between a thing and "mati" */
#define CLAUSE_WORDS 4 /* so far back a word may deny */

/* What a phrase at a token means in the class of denials; "" when nothing. *end behind it. */
static const char *denial_at(const struct parse *parse, size_t at, size_t *end)
{
	const char *meaning = "";
	size_t found = phrase_at(parse, at, parse_class(parse, CLASS_NO_DEATH), &meaning);

	*end = found ? found : at + 1;
	return meaning;
}

static bool denies(const struct parse *parse, size_t at, const char *kind)
{
	const char *meaning;

	return phrase_at(parse, at, parse_class(parse, CLASS_NO_DEATH), &meaning) &&
		strcmp(meaning, kind) == 0;
}

/* "di air", "ketabrak motor": the thing is where or by what somebody died. */
static bool befallen(const struct parse *parse, size_t thing)
{
	return thing > 0 && (denies(parse, thing - 1, "kena") ||
		token_is(&parse->tokens[thing - 1], parse_class(parse, CLASS_IN)));
}

static bool thing_beside(const struct parse *parse, size_t at, size_t end)
{
	if (denies(parse, end, "benda"))
		return true;
	for (size_t back = 1; back <= THING_BEFORE && back <= at; back++) {
		if (parse_crosses(parse, at - back + 1))
			return false;
		if (denies(parse, at - back, "benda"))
			return !befallen(parse, at - back);
	}
	return false;
}

/* "ayam warga banyak yang mati": the clause is about a thing, and nobody is named in it. */
static bool thing_dies(const struct parse *parse, size_t at)
{
	size_t first = at;

	while (first > 0 && !clause_ends_before(&parse->tokens[first])) {
		first--;
		if (phrase_at(parse, first, parse_class(parse, CLASS_TITLE), NULL) ||
			token_is(&parse->tokens[first], parse_class(parse, CLASS_CHILD)))
			return false;
	}
	return first < at && denies(parse, first, "benda");
}

/* "mati aku lupa": said of oneself, who lives. */
static bool exclaims(const struct parse *parse, size_t at)
{
	return denies(parse, at, "keluh") && (at == 0 || denies(parse, at - 1, "aduh") ||
		clause_ends_before(&parse->tokens[at]));
}

/* "mati rasa", "hidup mati": a phrase that covers the word. */
static bool phrase_covers(const struct parse *parse, size_t at)
{
	for (size_t start = at > LEXICON_WORDS ? at - LEXICON_WORDS : 0; start <= at; start++) {
		size_t end;

		if (strcmp(denial_at(parse, start, &end), "frasa") == 0 && end > at)
			return true;
	}
	return false;
}

bool negated(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	if (at == 0 || token->before > BOUND_SOFT || token->newline)
		return false;
	return token_is(token - 1, parse_class(parse, CLASS_NEGATION)) ||
		(at > 1 && token[-1].before <= BOUND_SOFT && denies(parse, at - 1, "ada") &&
			token_is(token - 2, parse_class(parse, CLASS_NEGATION)));
}

bool absent(const struct parse *parse, size_t end)
{
	if (end >= parse->last || parse->tokens[end].before > BOUND_SOFT ||
		!token_is(&parse->tokens[end], parse_class(parse, CLASS_NEGATION)))
		return false;
	if (end + 1 == parse->last)
		return true; /* "dokter belum" */
	return denies(parse, end + 1, "datang") ||
		(denies(parse, end + 1, "ada") && (end + 2 == parse->last ||
			clause_ends_before(&parse->tokens[end + 2]))); /* not "tidak ada keluhan" */
}

bool clause_ends_before(const struct token *token)
{
	return token->before >= BOUND_MEDIUM || token->newline ||
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

/* "tidak ada yang meninggal", but "bidan tidak ada bayi meninggal" */
static bool nobody(const struct parse *parse, size_t at)
{
	return at == 0 || !token_means(parse, at - 1) ||
		token_is(&parse->tokens[at - 1], parse_class(parse, CLASS_FILLER)) ||
		token_is(&parse->tokens[at - 1], parse_class(parse, CLASS_DAY));
}

/* In front of the word, in its clause: almost, thought to be, if, the feast of; "ternyata" takes it
 * back. */
static bool denied_before(const struct parse *parse, size_t at)
{
	size_t i = at;
	bool denied = false;

	while (i > 0 && at - i < CLAUSE_WORDS && !clause_ends_before(&parse->tokens[i]))
		i--;
	for (size_t end; i < at; i = end) {
		const char *kind = denial_at(parse, i, &end);

		if (strcmp(kind, "ternyata") == 0)
			denied = false;
		else if (strcmp(kind, "hampir") == 0 || strcmp(kind, "kira") == 0 ||
			strcmp(kind, "peringatan") == 0)
			denied = true;
		else if (strcmp(kind, "jika") == 0)
			denied = !says_past_day(parse, 0, parse->last);
		else if (strcmp(kind, "tiada") == 0)
			denied = nobody(parse, i);
	}
	return denied;
}

/* "40 hari meninggalnya": long ago. */
static bool days_of(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];
	const char *unit = at > 1 ? token_meaning(token - 1, parse_class(parse, CLASS_UNIT)) : NULL;

	return unit && token[-2].digits && !clause_ends_before(token) && token->length > 4 &&
		strcmp(token->text + token->length - 3, "nya") == 0;
}

/* "mati hampir bu yati", but "meninggal hampir jam 5" */
static bool almost_behind(const struct parse *parse, size_t end)
{
	return denies(parse, end, "hampir") &&
		(end + 1 == parse->last || parse_crosses(parse, end + 1) ||
			phrase_at(parse, end + 1, parse_class(parse, CLASS_TITLE), NULL));
}

/* "itu salah kabar": wherever it stands, unless fields are parted. */
static bool taken_back(const struct parse *parse)
{
	bool found = false;

	for (size_t i = 0; i < parse->last; i++) {
		if (i > 0 && parse_crosses(parse, i))
			return false;
		found |= denies(parse, i, "bohong");
	}
	return found;
}

static bool death_denied(const struct parse *parse, size_t at, size_t end)
{
	size_t so = at;

	if (so > 1 && denies(parse, so - 1, "sampai"))
		so--; /* "tidak sampai meninggal" */
	return phrase_covers(parse, at) || exclaims(parse, at) || negated(parse, so) ||
		denied_before(parse, at) || days_of(parse, at) || almost_behind(parse, end) ||
		taken_back(parse);
}

/* A mother's title at a token. */
static bool mother_titled(const struct parse *parse, size_t at)
{
	const char *title = NULL;

	return phrase_at(parse, at, parse_class(parse, CLASS_TITLE), &title) &&
		strcmp(title, "ibu") == 0 && (at == 0 ||
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
				if (mother_titled(parse, k))
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

bool woman_died(const struct parse *parse, size_t at)
{
	size_t died = died_before(parse, at);

	if (at < 2 || phrase_at(parse, died, parse_class(parse, CLASS_DEATH), NULL) == at)
		return false; /* "bu siti meninggal bayinya" is the child's death */
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

bool was_born(const struct parse *parse, size_t at)
{
	return at > parse->first && parse->tokens[at].before <= BOUND_SOFT &&
		token_is(&parse->tokens[at - 1], parse_class(parse, CLASS_DELIVERY)) &&
		died_before(parse, at) < at - 1 && death_told_at(parse, died_before(parse, at));
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
			(i + 1 == at || !(token->classes & parse->index->meanings)))
			return true; /* and no helper's word, but right in front of it */
	}
	return false;
}

bool with_child(const struct parse *parse, size_t at)
{
	size_t i = at;
	bool child = false;

	while (i > 0 && at - i < 2 * CLAUSE_WORDS && !clause_ends_before(&parse->tokens[i])) {
		const struct token *token = &parse->tokens[--i];

		if (child && token_is(token, parse_class(parse, CLASS_AND))) {
			while (i > parse->first && !mother_titled(parse, i))
				i--;
			return mother_titled(parse, i);
		}
		child |= token_is(token, parse_class(parse, CLASS_CHILD));
		if (!child && !token_is(token, parse_class(parse, CLASS_FILLER)))
			return false;
	}
	return false;
}

/* A name, but nothing that somebody has or that there is: "pulsanya", "sinyal". */
static bool may_be_named(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	return !token->digits && !token_means(parse, at) && !denies(parse, at, "benda") &&
		!(token->length > 4 && strcmp(token->text + token->length - 3, "nya") == 0);
}

/* "bu sari sudah tidak ada": a title and a name, and nothing else, in front of it; a day behind. */
static bool named_gone(const struct parse *parse, size_t at, size_t end)
{
	size_t i = at;

	if (end < parse->last && !clause_ends_before(&parse->tokens[end]) &&
		!token_is(&parse->tokens[end], parse_class(parse, CLASS_CHAT)) &&
		!phrase_at(parse, end, parse_class(parse, CLASS_DAY), NULL))
		return false;
	while (i > 0 && at - i < CLAUSE_WORDS && !clause_ends_before(&parse->tokens[i])) {
		i--;
		if (at - i > 1 && phrase_at(parse, i, parse_class(parse, CLASS_TITLE), NULL))
			return true;
		if (!may_be_named(parse, i))
			return false;
	}
	return false;
}

/* "sudah tidak ada": said of a child, of one of the family or of somebody by name, and of nothing
 * that is looked for. */
static bool child_gone(const struct parse *parse, size_t at, size_t end)
{
	size_t start = at;

	if (end < parse->last && !clause_ends_before(&parse->tokens[end]) &&
		(!token_means(parse, end) ||
			token_is(&parse->tokens[end], parse_class(parse, CLASS_IN))))
		return false;
	if (named_gone(parse, at, end))
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

bool story_word_told(const struct parse *parse, const struct form_index *index, size_t at)
{
	const char *meaning = NULL;
	size_t end = phrase_at(parse, at, index->story_class, &meaning);

	if (!end || death_denied(parse, at, end))
		return false;
	if (strcmp(meaning, "4") == 0)
		return child_gone(parse, at, end);
	if (strcmp(meaning, "5") == 0)
		return false; /* condolences */
	return strcmp(meaning, "3") != 0 || !(thing_beside(parse, at, end) ||
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
	if (!(parse->tokens[at].classes & parse->reader->stories))
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
