/* One SMS may hold several messages: "POS … N30. NIHIL LAHIR JULI. innalillahi bu warni …". */
#include "parsers/region/parts.h"

#include <string.h>

#include "parsers/dying/death.h"
#include "parsers/parse/keyword.h"
#include "parsers/field/none.h"
#include "parsers/region/region.h"

#define OPENING_WORDS 6 /* "2. ", "dan", a greeting in front of a part's keyword */
#define INSIDE_VALUES 3 /* of one whose keyword no sentence begins with ... */
#define CODED_VALUES  2 /* ... but separators follow */

static bool sentence_at(const struct parse *parse, size_t at)
{
	return at == 0 || parse->tokens[at].sep == ';' || sentence_begins(parse, at);
}

/* A word that joins a message to the one above it, or its number in a list: "2.", "b)". */
static bool joins(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	if (token->digits || token->length == 1)
		return token->length == 1 && (token->newline ||
			(token->spaced && clause_ends_before(token)));
	return word_of(parse, at, CLASS_JOINING) || word_of(parse, at, CLASS_GREETING) ||
		word_of(parse, at, CLASS_FILLER);
}

/* Joining words, list numbers and greetings in front of an opening. */
static size_t skip_joiners(const struct parse *parse, size_t at)
{
	size_t i = at;

	while (i + 1 < parse->last && i < at + OPENING_WORDS &&
		(joins(parse, i) || (parse->tokens[i].digits && parse->tokens[i].length == 1)) &&
		!keyword_at(parse, i).end)
		i++;
	return i;
}

/* Where those in front of a keyword begin; "#selamat lapor RUJUK#": the first is a field. */
static size_t joiners_before(const struct parse *parse, size_t at)
{
	size_t i = at;

	while (i > 1 && at - i < OPENING_WORDS && joins(parse, i - 1) &&
		!(parse_crosses(parse, i - 1) && !parse->tokens[i - 1].newline &&
			!parse->tokens[i - 1].digits))
		i--;
	return i;
}

/* "HAMIL" alone on a line of a death's report: a value of the report above, no other form. */
static bool value_line(const struct parse *parse, const struct form_index *above,
	const struct keyword *keyword, size_t at)
{
	return above && keyword->index != above && keyword->index->story_class < 0 &&
		parse->tokens[at].newline && parse->tokens[keyword->end].newline &&
		own_value_at(parse, above, at);
}

/* keyword: at that token. sentence: one begins there; else only the form's own name, or a keyword
 * that separators follow. */
static bool keyword_opens(const struct parse *parse, const struct form_index *above, size_t at,
	const struct keyword *keyword, bool sentence)
{
	size_t none = phrase_of(parse, at, CLASS_NIHIL);

	if (none && none < parse->last && keyword_at(parse, none).end &&
		!clause_ends_before(&parse->tokens[none]) && !word_of(parse, at, CLASS_NUMBER))
		return true; /* but not "bgm nol" and a birth on the next line */
	if (!keyword->end || keyword->end >= parse->last || !keyword_coded(parse, keyword) ||
		value_line(parse, above, keyword, at) ||
		(nobody_dies(parse, at) && !keyword_choice(parse, keyword)))
		return false; /* "HIDUP. MATI BAYI#…" is not said of one who is neither */
	return sentence || parse_crosses(parse, keyword->end) ||
		same_name(parse->tokens[at].text, keyword->index->form->name);
}

/* "#LAHIR 12/6/23#": a key of the report above. */
static bool key_of_form(const struct parse *parse, const struct form_index *above, size_t at,
	const struct keyword *keyword)
{
	return above && keyword->index != above &&
		token_is_key(&parse->tokens[at], keyword->end - at, above->key_class);
}

/* A sentence that tells somebody's death. */
static bool death_opens(const struct parse *parse, size_t at)
{
	bool dies = false, somebody = false;

	for (size_t i = at; i < parse->last && (i == at || !sentence_at(parse, i)); i++) {
		dies |= death_told_at(parse, i);
		somebody |= phrase_of(parse, i, CLASS_TITLE) > 0;
	}
	return dies && somebody;
}

/* A keyword that no sentence begins with, or "nihil" in front of one. */
static bool may_open(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	return class_in(&token->key_classes, CLASS_KEYWORD) ||
		token_may_mean(token, parse_class(parse, CLASS_NIHIL));
}

size_t parts_find(struct parse *parse, size_t count, bool lines, struct part parts[PARTS_MAX])
{
	size_t found = 0, behind = 0;
	const struct form_index *above = NULL;
	bool none = false, value;

	parse_window(parse, 0, count);
	for (size_t i = 0; i < count && found < PARTS_MAX; i++) {
		bool sentence = lines ? i == 0 || parse->tokens[i].newline : sentence_at(parse, i);
		struct keyword keyword;
		size_t opening;

		if (i < behind || (!sentence && (lines || !may_open(parse, i))))
			continue;
		opening = sentence ? skip_joiners(parse, i) : i;
		keyword = keyword_at(parse, opening);
		if ((!keyword_opens(parse, above, opening, &keyword, sentence) &&
				!(sentence && death_opens(parse, i))) ||
			(keyword.end && key_of_form(parse, above, opening, &keyword) &&
				only_a_day(parse, above, &keyword, opening, 0)) ||
			(found > 0 && value_of_key(parse, above, opening)))
			continue;
		if (found == 0 && i > 0)
			return 0; /* what stands first opens nothing */
		if (none && nihil_at(parse, opening))
			continue; /* "nihil lahir, nihil mati juli": one month for both */
		none = nihil_at(parse, opening);
		value = above && own_value_at(parse, above, opening);
		above = keyword.index;
		parts[found++] = (struct part){.start = parse->tokens[i].start,
			.lead = parse->tokens[i].start, .form = above ? above->form : NULL,
			.value = value};
		behind = opening + 2;
	}
	return found;
}

/* Separators, a sign, or a key of its form stand behind a keyword. */
static bool coded_behind(const struct parse *parse, const struct keyword *keyword)
{
	size_t at = keyword->end;

	if (parse_crosses(parse, at) || parse_signs(parse, at) || parse->tokens[at].sep == '|')
		return true;
	if (keyword->index->story_class >= 0)
		return false; /* "meninggal tgl 13/8 di rs" */
	for (size_t words = LEXICON_WORDS; words > 0; words--) {
		if (at + words < parse->last && token_is_key(&parse->tokens[at], words,
			keyword->index->key_class))
			return true;
	}
	return false;
}

/* A keyword there, with a slip where a message may begin. */
static struct keyword keyword_inside(const struct parse *parse, size_t at)
{
	struct keyword keyword = keyword_anywhere(parse, at);
	const struct lexicon_entry *words = parse->tokens[at].words; /* no slip is one */

	if (!keyword.end && !parse->tokens[at].digits && !(words && words->class_id >= 0) &&
		(clause_ends_before(&parse->tokens[at]) || joins(parse, at - 1)))
		keyword = keyword_slip(parse, at);
	return keyword;
}

/* "#NIFAS#", "luaran LAHIR MATI": a word of the report above; "telah meninggal …", "A5 W2 3": none
 * that opens one there. */
static bool word_of_form(const struct parse *parse, const struct form_index *above, size_t at,
	const struct keyword *keyword)
{
	if (!above || keyword->index->form->front_only || !keyword_coded(parse, keyword))
		return true;
	if (keyword_choice(parse, keyword) && !parse_crosses(parse, keyword->end))
		return false;
	for (size_t i = at; i < keyword->end; i++) {
		if (own_value_at(parse, above, i))
			return true;
	}
	return false;
}

/* "…, meninggal 12 agt di rsud": a word of dying with nobody behind it in its sentence, and nothing
 * but who is told of in front; a session tells of nobody: "n 30, kematian 2 orang". */
static bool dies_alone(const struct parse *parse, const struct form_index *above,
	const struct keyword *keyword, size_t at)
{
	const struct token *behind = &parse->tokens[keyword->end];

	if (keyword->index->story_class < 0 || keyword_choice(parse, keyword) ||
		(above && above->form->held) ||
		parse_crosses(parse, keyword->end) || parse_crosses(parse, at) ||
		parse->tokens[at].newline)
		return false;
	if (!behind->digits && behind->length > 2 && !token_means(parse, keyword->end))
		return false; /* "meninggal sarmi 30 th" */
	for (size_t i = at; i < parse->last && (i == at || !sentence_begins(parse, i)); i++) {
		if (phrase_of(parse, i, CLASS_TITLE) || word_of(parse, i, CLASS_PERSON) ||
			word_of(parse, i, CLASS_CHILD) || word_of(parse, i, CLASS_KIN))
			return false;
	}
	return true;
}

/* Evidence that a report may begin there, however weak: that both sides are whole decides. */
size_t parts_inside(struct parse *parse, size_t count, struct part parts[INSIDE_MAX])
{
	size_t found = 0;
	const struct form_index *above;
	size_t first;

	parse_window(parse, 0, count);
	first = skip_leading(parse, count);
	above = keyword_at(parse, first).index;
	above = above ? above : keyword_slip(parse, first).index;
	for (size_t i = 1; i + 1 < count && found < INSIDE_MAX; i++) {
		struct keyword keyword = keyword_inside(parse, i);
		size_t choice, lead;
		bool coded;

		if (!keyword.end || keyword.end >= count ||
			(within_phrase(parse, i) && !keyword_whose(parse, &keyword)) ||
			(value_of_some_key(parse, i) &&
				!clause_ends_before(&parse->tokens[i])) ||
			(nobody_dies(parse, i) && !keyword_choice(parse, &keyword)) ||
			dies_alone(parse, above, &keyword, i))
			continue;
		coded = coded_behind(parse, &keyword);
		if (!coded && parse_digits(parse, keyword.end, count) == 0)
			continue;
		choice = keyword_choice(parse, &keyword);
		lead = joiners_before(parse, i);
		parts[found] = (struct part){.start = parse->tokens[i].start,
			.lead = parse->tokens[lead].start,
			.at = lead,
			.form = keyword.index->form,
			.least = coded ? CODED_VALUES : INSIDE_VALUES,
			.above = coded ? 0 : INSIDE_VALUES,
			.slip = keyword.slip,
			.kind = keyword_whose(parse, &keyword),
			.value = word_of_form(parse, above, i, &keyword),
			.key = !choice && key_of_form(parse, above, i, &keyword),
			.parted = parse_crosses(parse, keyword.end)};
		if (!parts[found].value && !parts[found].key && (choice || parts[found].parted))
			above = keyword.index;
		found++;
		i = (choice ? choice : keyword.end) - 1; /* "MATI LAHIRMATI" */
	}
	return found;
}
