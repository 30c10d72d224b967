/* Keywords of forms: exact, with one slip, or glued to the first value (LAHIRsiti). */
#include "parsers/parse/keyword.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/parse/clause.h"
#include "parsers/parse/scratch.h"
#include "parsers/text/error.h"
#include "parsers/words/fuzzy.h"

#define REST_LETTERS	3 /* of a value glued to a keyword ... */
#define TITLE_LETTERS	2 /* ... or of a title: lahirbu */

/* The rest of its word was cut off behind the keyword. */
static bool was_glued(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	return at + 1 < parse->last && token[1].start == token->start + token->length &&
		!token[1].digits && !token->digits;
}

bool own_value_at(const struct parse *parse, const struct form_index *index, size_t at)
{
	if (!class_meets(&parse->tokens[at].classes, &index->meanings) &&
		(at == 0 || !class_meets(&parse->tokens[at - 1].classes, &index->meanings)))
		return false; /* nearly always */
	for (size_t f = 0; f < index->form->nfield; f++)
		if (phrase_at(parse, at, index->words[f], NULL) ||
			(at > 0 && phrase_at(parse, at - 1, index->words[f], NULL) > at))
			return true;
	return false;
}

bool own_phrase_at(const struct parse *parse, const struct form_index *index, size_t at)
{
	bool found = false;

	for (size_t f = 0; class_meets(&parse->tokens[at].classes, &index->meanings) &&
		f < index->form->nfield && !found; f++)
		found = phrase_at(parse, at, index->words[f], NULL) > at + 1;
	return found;
}

size_t key_and_value(
	const struct parse *parse, const struct form_index *own, size_t at, size_t words)
{
	size_t end = 0;

	for (const struct lexicon_entry *e = token_keys(&parse->tokens[at], words); e && !end;
		e = e->next) {
		if (e->words == words && e->class_id == own->key_class)
			end = phrase_at(parse, at + words, own->words[e->number], NULL);
	}
	return end;
}

/* "luaran MATI", "luaran=LAHIR MATI": behind its key it is that field's value, or ends it. */
bool value_of_key(const struct parse *parse, const struct form_index *own, size_t at)
{
	return own && !parse_crosses(parse, at) && (key_and_value(parse, own, at - 1, 1) > at ||
		(at > 1 && key_and_value(parse, own, at - 2, 1) > at));
}

bool value_of_some_key(const struct parse *parse, size_t at)
{
	for (size_t f = 0; at > 0 && f < parse->reader->nform; f++) {
		if (value_of_key(parse, &parse->reader->index[f], at))
			return true;
	}
	return false;
}

/* "hp mati", "hp saya mati": a thing's. */
static bool thing_before(const struct parse *parse, size_t at)
{
	const char *meaning;

	if (at > 1 && token_is(&parse->tokens[at - 1], parse_class(parse, CLASS_MINE)))
		at--;
	meaning = at > 0 ? token_meaning(&parse->tokens[at - 1],
		parse_class(parse, CLASS_NO_DEATH)) : NULL;
	return meaning && same_name(meaning, "benda");
}

/* A word of dying that is none of the form's own values: "riwayat lahir mati" is one. */
static bool dies_at(const struct parse *parse, const struct form_index *index, size_t at)
{
	return phrase_at(parse, at, parse_class(parse, CLASS_DEATH), NULL) &&
		!thing_before(parse, at) && !own_value_at(parse, index, at);
}

/* "imunisasi tgl 3/9": a day right behind says when, of nobody. */
static bool day_at(const struct parse *parse, const struct form_index *index, size_t at)
{
	for (const struct lexicon_entry *e = parse->tokens[at].keys; e; e = e->next) {
		if (e->words == 1 && e->class_id == index->key_class &&
			index->form->fields[e->number].type == FIELD_DATE)
			return true;
	}
	return false;
}

/* "… HIDUP. HAMIL RINI UK 20": the form's own name at a sentence, then somebody's, and a key of the
 * form or two numbers. */
static bool opens_sentence(
	const struct parse *parse, const struct form_index *index, size_t at, size_t end)
{
	const struct token *token = &parse->tokens[at];
	size_t numbers = 0;

	if (index->name < 0 || !token->spaced || (token->sep != '.' && token->sep != ';') ||
		!same_name(token->text, index->form->name) || end >= parse->last ||
		parse->tokens[end].digits || parse->tokens[end].length < 3 ||
		(token_means(parse, end) &&
			!token_is(&parse->tokens[end], parse_class(parse, CLASS_TITLE))))
		return false;
	for (size_t i = end + 1; i < parse->last && !parse->tokens[i].newline; i++) {
		for (const struct lexicon_entry *e = parse->tokens[i].keys; e; e = e->next) {
			if (e->class_id == index->key_class && e->words == 1)
				return true;
		}
		numbers += parse->tokens[i].digits;
	}
	return numbers > 1;
}

static size_t choice_behind(
	const struct parse *parse, const struct keyword *keyword, const char **meaning)
{
	const struct form_index *index = keyword->index;

	return !index->form->norder ? 0
		: phrase_at(parse, keyword->end, index->words[index->by_order[0]], meaning);
}

size_t keyword_choice(const struct parse *parse, const struct keyword *keyword)
{
	return choice_behind(parse, keyword, NULL);
}

bool keyword_coded(const struct parse *parse, const struct keyword *keyword)
{
	return keyword->end < parse->last && (keyword->index->story_class < 0 ||
		parse_crosses(parse, keyword->end) || keyword_choice(parse, keyword));
}

const char *keyword_whose(const struct parse *parse, const struct keyword *keyword)
{
	const char *kind = NULL;

	if (keyword->index->story_class >= 0 && !parse_crosses(parse, keyword->end))
		choice_behind(parse, keyword, &kind);
	return kind;
}

/* "… 12,4 87 MATI BAYI …", "… MATI#": behind values a report of a death begins, by its keyword. */
static bool death_reported(const struct parse *parse, size_t first, size_t at)
{
	struct keyword keyword = keyword_anywhere(parse, at);
	bool digits = false;

	if (!keyword.end || keyword.index->story_class < 0 || !keyword_coded(parse, &keyword))
		return false;
	for (size_t i = first; i < at; i++)
		digits |= parse->tokens[i].digits || parse_crosses(parse, i);
	return digits;
}

/* "meninggal dlm kandungan", "meninggal di dalam kandungan": the child that she carries. */
static bool carried(const struct parse *parse, const struct form_index *index, size_t at)
{
	for (size_t f = 0; f < parse->reader->nform; f++) {
		const struct form_index *story = &parse->reader->index[f];

		if (story->story_class >= 0 && story->form->norder &&
			phrase_at(parse, at, story->words[story->by_order[0]], NULL))
			return true;
	}
	while (++at < parse->last && !clause_ends_before(&parse->tokens[at])) {
		if (index->prose_class >= 0 && token_is(&parse->tokens[at], index->prose_class))
			return true;
	}
	return false;
}

/* "anaknya", "balitanya": a child that has a name of its own, no newborn. */
static bool own_child(const struct parse *parse, size_t at)
{
	const char *kind = token_meaning(&parse->tokens[at], parse_class(parse, CLASS_CHILD));

	return kind && *kind == '2';
}

/* Between somebody and the word of dying: "sudah", "baru", "yg pertama", "3 th". */
static bool told_between(const struct parse *parse, size_t at)
{
	static const enum word_class classes[] = {CLASS_PREDICATE, CLASS_FILLER, CLASS_ORDINAL,
		CLASS_UNIT, CLASS_ASIDE, CLASS_DAY};

	for (size_t i = 0; i < COUNT_OF(classes); i++) {
		if (token_is(&parse->tokens[at], parse_class(parse, classes[i])))
			return true;
	}
	return parse->tokens[at].digits;
}

size_t relative_dies(const struct parse *parse, const struct form_index *index, size_t at)
{
	bool child = tells_child(index);

	for (size_t i = at; i > 0 && !clause_ends_before(&parse->tokens[i]);) {
		i--;
		if (token_is(&parse->tokens[i], parse_class(parse, CLASS_KIN)) || (child &&
			token_is(&parse->tokens[i], parse_class(parse, CLASS_MOTHER))))
			return i;
		if (!child && index->form->mother && own_child(parse, i))
			return carried(parse, index, at) ? at : i;
		if (!told_between(parse, i))
			return at;
	}
	return at;
}

/* In the report of a child the sentence begins with somebody by a title: "… 12,4 87. bu siti". */
static bool another_told(const struct parse *parse, const struct form_index *index, size_t at)
{
	const char *title = "";

	return tells_child(index) && parse->tokens[at].spaced &&
		parse->tokens[at].sep == '.' &&
		phrase_at(parse, at, parse_class(parse, CLASS_TITLE), &title);
}

/* "HAMIL SITI …" in front of a line or of separators; not "hamil 8 bulan", nor who dies. */
static bool opens_line(const struct parse *parse, const struct form_index *index, size_t at,
	size_t end)
{
	/* "bu HAMIL#SITI"; the end of a line parts nothing: "rumah sakit", and a next line */
	bool parted = end < parse->last && parse_crosses(parse, end) &&
		!parse->tokens[end].newline;
	size_t first = at;

	while (first > 0 && !parse->tokens[first].newline &&
		(token_is(&parse->tokens[first - 1], parse_class(parse, CLASS_GREETING)) ||
			token_is(&parse->tokens[first - 1], parse_class(parse, CLASS_TRAINING))))
		first--;
	for (size_t i = first; parted && i > 0; i--)
		parted &= !parse_crosses(parse, i) || parse->tokens[i].newline;
	if (first > 0 && !parse->tokens[first].newline && !parted &&
		!opens_sentence(parse, index, at, end))
		return false;
	if (!parted && end < parse->last &&
		(parse->tokens[end].digits ||
			token_is(&parse->tokens[end], parse_class(parse, CLASS_NUMBER))) &&
		(end + 1 == parse->last ||
			token_is(&parse->tokens[end + 1], parse_class(parse, CLASS_UNIT))))
		return false; /* "hamil 8 bulan" */
	if (!parted && at > 0 && end < parse->last && day_at(parse, index, end))
		return false;
	for (size_t i = end; i < parse->last && !parse->tokens[i].newline; i++) {
		const struct token *token = &parse->tokens[i];

		if ((index->form->outbreak && token->spaced && token->sep == '.') ||
			another_told(parse, index, i) || death_reported(parse, end, i))
			break; /* another sentence tells of somebody else */
		if (dies_at(parse, index, i) && !dead_counted_at(parse, index, i) &&
			relative_dies(parse, index, i) == i)
			return index->form->outbreak && sick_counted(parse, end, i);
	}
	return true;
}

/* The first words of a message, but for greetings and "nihil": what its letters mean is said
 * there. */
static bool opens_text(const struct parse *parse, size_t at)
{
	size_t first = at;

	while (first > 0 &&
		(token_is(&parse->tokens[first - 1], parse_class(parse, CLASS_GREETING)) ||
			token_is(&parse->tokens[first - 1], parse_class(parse, CLASS_TRAINING)) ||
			token_is(&parse->tokens[first - 1], parse_class(parse, CLASS_NIHIL))))
		first--;
	return first == 0;
}

/* A form whose keywords are everyday words opens a line with them, or the whole message. */
static bool may_open(
	const struct parse *parse, const struct form_index *index, size_t at, size_t end)
{
	if (index->form->front_only)
		return opens_text(parse, at);
	return !index->form->line_only || opens_line(parse, index, at, end);
}

struct keyword keyword_look(const struct parse *parse, size_t at)
{
	struct keyword out = {0};

	if (!parse_step(parse, 4) ||
		phrase_at(parse, at, parse_class(parse, CLASS_NO_KEYWORD), NULL) > at + 1)
		return out; /* "lahir batin", "pos kamling" */
	for (size_t words = lexicon_longest(parse->tokens[at].keys); words > 0; words--) {
		const struct lexicon_entry *e = token_keys(&parse->tokens[at], words);

		for (; e && at + words <= parse->last; e = e->next) {
			if (e->class_id == CLASS_KEYWORD && e->words == words) {
				out.index = &parse->reader->index[e->number];
				out.end = at + words;
				out.slip = was_glued(parse, at + words - 1);
				return out;
			}
		}
	}
	return out;
}

struct keyword keyword_read(const struct parse *parse, size_t at)
{
	struct keyword out = keyword_look(parse, at);

	return out.end && may_open(parse, out.index, at, out.end) ? out : (struct keyword){0};
}

const struct form_index *keyword_suffixed(const struct parse *parse, size_t at)
{
	static const struct {
		const char *text;
		size_t length;
	} endings[] = {{"nya", 3}, {"ne", 2}, {"an", 2}, {"ane", 3}, {"ipun", 4}, {"na", 2},
		{"e", 1}};
	const struct token *token = &parse->tokens[at];

	for (size_t i = 0; i < COUNT_OF(endings); i++) {
		size_t length = endings[i].length, stem = token->length - length;

		if (token->length < KEYWORD_SLIPS + length ||
			!same_name(token->text + stem, endings[i].text))
			continue;
		for (const struct lexicon_entry *e =
			     lexicon_find(parse->reader->keys, token->text, stem);
			e; e = e->next) {
			if (e->class_id == CLASS_KEYWORD)
				return &parse->reader->index[e->number];
		}
	}
	return NULL;
}

static bool knows_word(const struct parse *parse, const struct token *token)
{
	for (const struct lexicon_entry *e = token->words; e; e = e->next)
		if (e->class_id >= 0)
			return true;
	return token_is(token, parse_class(parse, CLASS_NO_KEYWORD));
}

struct keyword keyword_slip(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];
	struct keyword out = {0};
	uint32_t letters;

	if (token->digits || token->length < KEYWORD_SLIPS || knows_word(parse, token) ||
		!parse_step(parse, 50))
		return out;
	letters = fuzzy_letters(token->text, token->length);
	for (size_t place = 0; place < 2; place++) {
		const struct slip_word *word =
			parse->reader->slips[place][(unsigned char)*token->text % SLIP_HEADS];

		for (; word; word = word->next[place]) {
			if (*token->text != word->text[place] ||
				fuzzy_too_far(letters, word->letters, 1) ||
				!fuzzy_near(token->text, token->length, word->text, word->length))
				continue;
			if (out.index && out.index != word->index)
				return (struct keyword){0};
			out = (struct keyword){.index = word->index, .end = at + 1, .slip = true};
		}
	}
	return out;
}

/* Cuts the token in two behind its first octets. */
static void split_token(struct parse *parse, size_t *count, size_t at, size_t length)
{
	struct token *tokens = parse->tokens, rest = tokens[at];

	parse_forget(parse);
	memmove(&tokens[at + 2], &tokens[at + 1], (*count - at - 1) * sizeof(*tokens));
	(*count)++;
	memmove(rest.text, rest.text + length, (size_t)rest.length - length + 1);
	rest.length = (unsigned char)(rest.length - length);
	rest.start = (unsigned short)(rest.start + length);
	rest.before = BOUND_SOFT;
	rest.sep = ' ';
	tokens[at].length = (unsigned char)length;
	tokens[at].text[length] = '\0';
	tokens[at].end = rest.start;
	tokens[at + 1] = rest;
	tokens_look_up(tokens, *count, parse->reader->lexicon, parse->reader->keys);
}

static bool word_means(const struct parse *parse, const char *word, enum word_class which)
{
	const struct lexicon_entry *e =
		lexicon_find(parse->reader->lexicon, word, strlen(word));

	while (e && e->class_id != parse_class(parse, which))
		e = e->next;
	return e != NULL;
}

static bool glued_rest(
	const struct parse *parse, const struct form_index *index, const char *rest, size_t keyword)
{
	struct posyandu_matches found;

	if (strlen(rest) < REST_LETTERS)
		return word_means(parse, rest, CLASS_TITLE) && keyword > KEYWORD_SLIPS;
	if (keyword > KEYWORD_SLIPS)
		return true;
	if (lexicon_find(parse->reader->lexicon, rest, strlen(rest)))
		return keyword == KEYWORD_SLIPS;
	return index->posyandu >= 0 && parse->context->places && parse_step(parse, 10) &&
		gazetteer_find_posyandu_exact(parse->context->places, rest, NULL, &found) !=
		ERR_NOT_FOUND;
}

static struct keyword glued(struct parse *parse, size_t *count, size_t at)
{
	struct token *token = &parse->tokens[at];
	char head[TOKEN_TEXT];

	for (size_t length = token->length > TITLE_LETTERS ? token->length - TITLE_LETTERS : 0;
		length >= 3; length--) {
		const struct lexicon_entry *e;

		memcpy(head, token->text, length);
		head[length] = '\0';
		for (e = lexicon_find(parse->reader->keys, head, length); e; e = e->next) {
			struct keyword out = {.end = at + 1, .slip = true};

			if (e->class_id != CLASS_KEYWORD || *count >= TOKENS_MAX)
				continue;
			out.index = &parse->reader->index[e->number];
			if (!glued_rest(parse, out.index, token->text + length, length))
				continue;
			split_token(parse, count, at, length);
			parse->last = *count;
			return out;
		}
	}
	return (struct keyword){0};
}

struct keyword keyword_near(struct parse *parse, size_t *count, size_t at)
{
	struct keyword out = keyword_at(parse, at);

	if (out.end || parse->tokens[at].digits || knows_word(parse, &parse->tokens[at]))
		return out;
	out = keyword_slip(parse, at);
	return out.end ? out : glued(parse, count, at);
}

struct keyword keyword_behind(const struct parse *parse, size_t at, size_t count)
{
	struct keyword out = keyword_at(parse, at);

	while (!out.end && at + 1 < count &&
		token_is(&parse->tokens[at], parse_class(parse, CLASS_GREETING)))
		out = keyword_at(parse, ++at);
	return out.end ? out : keyword_slip(parse, at);
}
