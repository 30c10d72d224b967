/* Talk around a report: what people say before its keyword and behind its last value fills no
 * field and contradicts none. What is left open with it and without it decides.
 */
#include "parsers/read/talk.h"

#include <string.h>
#include <strings.h>

#include "parsers/field/death.h"
#include "parsers/field/scratch.h"
#include "parsers/read/judge.h"
#include "parsers/read/question.h"
#include "parsers/read/split.h"

#define CLAUSE_FIELDS  3 /* so many behind a keyword that begins a clause are a report ... */
#define PROSE_FIELDS   4 /* ... and so many in the middle of one */
#define ASKING_NUMBERS 2 /* fewer in a question tell nothing */
#define FIELD_LINES    3 /* so many lines are fields, not sentences */
#define TALK_WORDS     4 /* "dukun juga sdh tau": so far in front of a word of talk it may begin */

size_t read_as(struct parse *parse, const struct form_index *index, size_t first, size_t last,
	struct report *report)
{
	parse_region(parse, index, first, last);
	parse_report(parse, 0, report);
	judge_after_reading(parse->reader, parse->arena, parse->context, NULL, report);
	return report->nproblem;
}

/* A field that is told: not free text, not only derived, not the sender's own posyandu. */
static bool is_told(const struct form *form, const struct value *value)
{
	const struct form_field *field = form_field(form, value->field);

	if (!field || field->type == FIELD_TEXT ||
		(value->defaulted && field->type == FIELD_POSYANDU))
		return false;
	for (size_t i = 0; i < form->norder; i++) {
		if (strcmp(form->order[i], field->name) == 0)
			return true;
	}
	return field->nkey > 0;
}

/* A field of one that the other lacks or leaves to its default, or (differs) has with another
 * value. */
static bool has_more(const struct report *a, const struct report *b, bool differs)
{
	for (size_t i = 0; i < a->nvalue; i++) {
		const struct value *other = report_value(b, a->values[i].field);

		if (is_told(a->form, &a->values[i]) &&
			(!other || (other->defaulted && !a->values[i].defaulted) ||
				(differs && strcmp(other->text, a->values[i].text) != 0)))
			return true;
	}
	return false;
}

/* Looking ahead may take no more than half of what a message is given. */
static bool may_look(const struct parse *parse)
{
	return parse->scratch->steps < STEPS_MAX / 2;
}

/* The token that the clause of another begins with. */
static size_t clause_start(const struct parse *parse, size_t at)
{
	while (at > 0 && !clause_ends_before(&parse->tokens[at]))
		at--;
	return at;
}

/* Where a report begins that has its keyword at a token: behind it, or with what its clause, or the
 * whole message, says in front of it. */
struct beginning {
	struct keyword keyword;
	size_t at, open;
};

/* A name in a sentence that neither a title nor a key goes with may be any words. */
static bool named_loosely(const struct parse *parse)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];

		if (parse->index->form->fields[c->field].type == FIELD_NAME && c->kind == KIND_BARE)
			return true;
	}
	return false;
}

static void try_beginning(struct parse *parse, size_t at, size_t end,
	const struct keyword *keyword, size_t least, struct beginning *best)
{
	struct report report;
	size_t open;

	if (!may_look(parse))
		return;
	open = read_as(
		parse, keyword->index, keyword->within ? at : keyword->end, end, &report);
	if (least == PROSE_FIELDS && named_loosely(parse))
		return;
	if (good_fields(parse) >= least && open < best->open)
		*best = (struct beginning){*keyword, at, open};
}

/* Nothing but greetings from a token to another: "lapor kelahiran: …" */
static bool greeted(const struct parse *parse, size_t first, size_t last)
{
	for (size_t i = first; i < last; i++) {
		if (!token_is(&parse->tokens[i], parse_class(parse, CLASS_GREETING)))
			return false;
	}
	return true;
}

/* "berikut LAHIR#…" */
static void try_keyword(struct parse *parse, size_t start, size_t at, size_t count,
	struct keyword keyword, struct beginning *best)
{
	struct keyword within = keyword;
	size_t end = region_end(parse, &keyword, count), clause = clause_start(parse, at);

	within.within = true;
	if (parse_crosses(parse, keyword.end) || greeted(parse, clause, at)) {
		try_beginning(parse, at, end, &keyword, CLAUSE_FIELDS, best);
		return;
	}
	if (parse_digits(parse, start, end) < ASKING_NUMBERS && message_asks(parse, count))
		return;
	for (size_t i = start; i < end; i++) {
		if (death_told_at(parse, i))
			return;
	}
	if (clause > start)
		try_beginning(parse, clause, end, &within, PROSE_FIELDS, best);
	try_beginning(parse, start, end, &within, PROSE_FIELDS, best);
	try_beginning(parse, at, end, &keyword, PROSE_FIELDS, best);
}

struct keyword keyword_ahead(struct parse *parse, size_t count, size_t *at)
{
	struct beginning best = {.open = SIZE_MAX};

	for (size_t i = *at + 1; i + 1 < count && best.open > 0; i++) {
		struct keyword keyword;

		parse->last = count;
		keyword = keyword_at(parse, i);
		if (!keyword.end && (parse_crosses(parse, i + 1) ||
					    clause_ends_before(&parse->tokens[i])))
			keyword = keyword_slip(parse, i);
		if (keyword.end && keyword.end < count && keyword_coded(parse, &keyword))
			try_keyword(parse, *at, i, count, keyword, &best);
	}
	parse->last = count;
	if (best.keyword.end)
		*at = best.at;
	return best.keyword;
}

enum aside { ASIDE_NONE, ASIDE_SENTENCE, ASIDE_WORD, ASIDE_SURELY };

/* The sender's own name under the message. */
static bool signs(const struct parse *parse, size_t at)
{
	const char *name = parse->context->sender->name;
	const struct token *token = &parse->tokens[at];

	return name && strncasecmp(name, token->text, token->length) == 0 &&
		(name[token->length] == ' ' || name[token->length] == '\0');
}

/* A sentence of its own: not a field on a line of its own among others. */
static bool sentence_apart(const struct parse *parse, size_t at)
{
	size_t lines = 0;

	for (size_t i = parse->first + 1; i < parse->last; i++)
		lines += parse->tokens[i].newline;
	return sentence_begins(parse, at) && !(parse->tokens[at].newline && lines >= FIELD_LINES);
}

/* "baru 12": a key of the form in front of a number begins a field. */
static bool key_of_number(const struct parse *parse, size_t at)
{
	for (size_t words = LEXICON_WORDS; words > 0; words--) {
		size_t next = at + words;

		if (next >= parse->last || !parse->tokens[next].digits ||
			parse_crosses(parse, next))
			continue;
		for (const struct lexicon_entry *e = token_keys(&parse->tokens[at], words); e;
			e = e->next) {
			if (e->class_id == parse->index->key_class && e->words == words)
				return true;
		}
	}
	return false;
}

/* Talk begins: "maaf …", a new sentence, the sender's name; surely with what is still to come:
 * "besok rapat jam 9". */
static enum aside aside_at(const struct parse *parse, size_t at)
{
	const char *kind;

	if (key_of_number(parse, at))
		return ASIDE_NONE;
	if (phrase_at(parse, at, parse_class(parse, CLASS_ASIDE), &kind))
		return strcmp(kind, "lain") == 0 ? ASIDE_SURELY : ASIDE_WORD;
	if (sentence_apart(parse, at) || signs(parse, at) ||
		phrase_at(parse, at, parse_class(parse, CLASS_NO_DEATH), NULL))
		return ASIDE_SENTENCE;
	return ASIDE_NONE;
}

/* A word of dying is never talk. */
static size_t last_death(const struct parse *parse)
{
	size_t i = parse->last;

	while (i > parse->first && !death_told_at(parse, i - 1))
		i--;
	return i;
}

/* Whether the report without the talk is the better one. */
static bool better_without(enum aside aside, const struct report *left, const struct report *whole)
{
	if (left->nproblem > whole->nproblem)
		return false;
	return aside == ASIDE_SURELY || (has_more(left, whole, true) &&
		(aside == ASIDE_WORD || !has_more(whole, left, false)));
}

void talk_cut(struct parse *parse)
{
	const struct form_index *index = parse->index;
	size_t first = parse->first, last = parse->last, best = last;
	size_t floor = 0;
	struct report whole, left;

	for (size_t i = first + 1; i < last && best == last && may_look(parse); i++) {
		enum aside aside;

		parse->last = last;
		aside = aside_at(parse, i);
		if (aside == ASIDE_NONE)
			continue;
		if (floor == 0) {
			floor = last_death(parse) + 1;
			read_as(parse, index, first, last, &whole);
		}
		for (size_t cut = i; cut >= floor && cut + TALK_WORDS > i; cut--) {
			size_t open = read_as(parse, index, first, cut, &left);

			if (cut == i ? better_without(aside, &left, &whole)
				     : open < whole.nproblem && !has_more(&whole, &left, false)) {
				whole = left;
				best = cut;
			}
			if (clause_ends_before(&parse->tokens[cut]))
				break;
		}
	}
	parse_region(parse, index, first, best);
}
