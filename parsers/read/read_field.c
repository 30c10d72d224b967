/* One value for one field: an answer, a correction, a USSD page. */
#include <string.h>
#include <strings.h>

#include "parsers/field/field.h"
#include "parsers/parse/look.h"
#include "parsers/parse/scratch.h"
#include "parsers/form/condition.h"
#include "parsers/read/digits.h"
#include "parsers/read/judge.h"
#include "parsers/read/read_field.h"
#include "parsers/text/error.h"
#include "parsers/text/text.h"
#include "parsers/text/utf8.h"

#define CODE_LETTERS 2 /* of a choice that nobody is offered: of a disease */

static int problem_error(enum problem_code code)
{
	switch (code) {
	case PROBLEM_RANGE:
	case PROBLEM_FUTURE:
	case PROBLEM_SCOPE:
		return ERR_RANGE;
	case PROBLEM_AMBIGUOUS:
		return ERR_AMBIGUOUS;
	case PROBLEM_PLACE:
		return ERR_NOT_FOUND;
	default:
		return ERR_SYNTAX;
	}
}

static void parse_setup(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const struct form *form, const char *text)
{
	struct parse *parse = &scratch->parse;
	size_t count = tokens_cut(text, scratch->tokens, reader->lexicon, reader->keys);

	*parse = (struct parse){.reader = reader,
		.scratch = scratch,
		.steps = &scratch->steps,
		.arena = arena,
		.context = context,
		.text = text,
		.tokens = scratch->tokens,
		.candidates = scratch->candidates,
		.children = 1,
		.one_value = true,
		.last = count > TOKENS_MAX ? 0 : count};
	for (size_t i = 0; i < reader->nform; i++) {
		if (reader->forms[i] == form)
			parse->index = &reader->index[i];
	}
	scratch->other_text = true;
	scratch->steps = 0;
	scratch->places.count = 0;
}

/* The candidate of the field that explains most of the text. */
static const struct candidate *best_candidate(
	const struct parse *parse, int field, size_t key_tokens)
{
	const struct candidate *best = NULL;

	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];
		int cover = c->last - c->first;

		if (c->field != field || c->last <= key_tokens)
			continue;
		if (!best || cover > best->last - best->first ||
		    (cover == best->last - best->first && c->worth > best->worth))
			best = c;
	}
	return best;
}

static int take_text(struct parse *parse, const struct form_field *field, size_t key_tokens,
	const char *text, struct value *out)
{
	/* as in a report: "rané" is RANé there */
	char *upper = text_upper_ascii(parse->arena, text_fold(parse->arena, text));

	if (parse->last <= key_tokens || (field->type == FIELD_NAME && parse->tokens[0].digits))
		return ERR_SYNTAX;
	*out = (struct value){.field = field->name, .text = upper, .raw = text};
	return OK;
}

static bool fill_value(const struct parse *parse, const struct form_field *field,
	const struct candidate *c, struct value *out)
{
	const char *text;

	if (!maybe_text(c->value, &text) && !(text = candidate_rare(field, c)))
		return false;
	if (field->type == FIELD_AGE && text[0] == '?')
		text = arena_printf(parse->arena, "P%sY", text + 1);
	if (field->type == FIELD_LIST)
		text = list_join(parse->arena, field, NULL, text);
	*out = (struct value){.field = field->name,
		.text = text,
		.number = field_is_number(field->type)};
	return true;
}

static int refuse(const char *raw, const struct form_field *field, const struct candidate *c,
	struct problem *problem)
{
	*problem = (struct problem){.field = field->name, .raw = raw, .code = PROBLEM_INVALID};
	if (c && c->problem >= 0) {
		problem->code = (enum problem_code)c->problem;
		problem->offer = c->offer.or_null;
		problem->noption = c->noption < OPTIONS_MAX ? c->noption : OPTIONS_MAX;
		if (c->noption)
			memcpy(problem->options, c->options,
				problem->noption * sizeof(*c->options));
	}
	return problem_error(problem->code);
}

static int refuse_as(
	enum problem_code code, const struct form_field *field, struct problem *problem)
{
	*problem = (struct problem){.field = field->name, .code = code};
	return problem_error(code);
}

/* A bare age whose unit this report does not settle. */
static bool unit_open(const struct parse *parse, const struct form_field *field,
	const struct candidate *c, const struct report *report)
{
	const char *text;

	return report && field->type == FIELD_AGE && maybe_text(c->value, &text) &&
		text[0] == '?' &&
		!(field->unit &&
			condition_holds(&field->unit_when, report, parse->context->now.date));
}

static int ask_unit(const struct parse *parse, const struct form_field *field,
	const struct candidate *c, struct problem *problem)
{
	const char *text;

	int error = refuse_as(PROBLEM_AMBIGUOUS, field, problem);

	if (maybe_text(c->value, &text))
		age_units_offer(parse->arena, text + 1, problem); /* "?11" */
	return error;
}

/* "14/8" is no age of 14: a number that is left over makes another one of it, whatever stands where
 * a day and an hour may be told together. */
static bool number_left(const struct parse *parse, const struct form_field *field,
	const struct candidate *c, size_t key_tokens)
{
	bool several = field->type == FIELD_DATE || field->type == FIELD_TIME;

	if (field->type == FIELD_CHOICE || field->type == FIELD_NAME ||
		field->type == FIELD_POSYANDU || field->type == FIELD_AREA)
		return false;
	for (size_t i = key_tokens; i < parse->last; i++) {
		bool apart = i < c->first ? parse->tokens[i + 1].spaced : parse->tokens[i].spaced;

		if (i >= c->first && i < c->last)
			continue;
		if (parse->tokens[i].digits && !(several && apart))
			return true;
	}
	return false;
}

/* The word of a choice that a question offers, whatever else it may mean ("LAIN"); none of a
 * list. */
static bool as_written(const struct form_field *field, const char *folded, struct value *out)
{
	const char *text = NULL;

	if (field->type == FIELD_LIST && same_name(folded, LIST_NONE))
		text = LIST_NONE;
	for (size_t i = 0; field->type == FIELD_CHOICE && i < field->nchoice; i++) {
		if (strlen(folded) > CODE_LETTERS && strcasecmp(folded, field->choices[i]) == 0)
			text = field->choices[i];
	}
	*out = (struct value){.field = field->name, .text = text};
	return text != NULL;
}

/* The name of a child that may be known by its mother's only. */
static bool child_of(const struct form *form, const struct form_field *field)
{
	return field->type == FIELD_NAME && form->self && form->mother &&
		same_name(field->name, form->self) && !same_name(form->mother, form->self);
}

/* "L atau P", "pkm eh rs": another choice beside the one that is taken; which is meant is asked. */
static bool chosen_twice(const struct parse *parse, const struct candidate *c, size_t key_tokens)
{
	const char *taken, *text;

	for (size_t i = 0; maybe_text(c->value, &taken) && i < parse->ncandidate; i++) {
		const struct candidate *other = &parse->candidates[i];

		if (other->field == c->field && other->first >= key_tokens &&
			(other->first >= c->last || other->last <= c->first) &&
			maybe_text(other->value, &text) && !same_name(text, taken))
			return true;
	}
	return false;
}

static int read_one(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const struct form *form, const struct report *report,
	const char *name, const char *text, struct value *out, struct problem *problem)
{
	int f = form_field_index(form, name);
	const struct form_field *field = f < 0 ? NULL : &form->fields[f];
	struct parse *parse = &scratch->parse;
	const struct candidate *c;
	char *folded;
	size_t key_tokens = 0;
	bool begun = false; /* with the very word of its key: "ANAK BU SITI" */

	*problem = (struct problem){.field = name, .code = PROBLEM_INVALID};
	if (!field)
		return ERR_NOT_FOUND;
	folded = text_fold(arena, text);
	if (as_written(field, folded, out)) {
		out->raw = text;
		return OK;
	}
	if (field->nkey) {
		struct token tokens[TOKENS_ROOM];
		char *key = text_fold(arena, field->keys[0]);

		begun = child_of(form, field) && strncmp(folded, key, strlen(key)) == 0 &&
			folded[strlen(key)] == ' ';
		key_tokens = tokens_cut(key, tokens, reader->lexicon, reader->keys);
		folded = arena_printf(arena, "%s %s", key, folded);
	}
	parse_setup(reader, scratch, arena, context, form, folded);
	if (begun && phrase_of(parse, key_tokens + 1, CLASS_TITLE))
		return take_text(parse, field, key_tokens, text, out);
	if (field->type != FIELD_TEXT && field->type != FIELD_PATTERN &&
		digits_spell(parse, folded, parse->last))
		parse_setup(reader, scratch, arena, context, form, folded);
	if (field->type == FIELD_TEXT) {
		*out = (struct value){
			.field = field->name, .text = arena_strdup(arena, text), .raw = text};
		return parse->last > key_tokens ? OK : ERR_SYNTAX;
	}
	candidates_find(parse);
	c = best_candidate(parse, f, key_tokens);
	if (!c && field->type == FIELD_PATTERN && digits_spell(parse, folded, parse->last)) {
		parse_setup(reader, scratch, arena, context, form, folded); /* "120/8O" */
		candidates_find(parse);
		c = best_candidate(parse, f, key_tokens);
	}
	if (!c && field->type == FIELD_NAME && !strpbrk(text, "0123456789"))
		return take_text(parse, field, key_tokens, text, out);
	if (c && c->problem < 0 && number_left(parse, field, c, key_tokens))
		c = NULL;
	if (c && unit_open(parse, field, c, report))
		return ask_unit(parse, field, c, problem);
	if (c && field->type == FIELD_CHOICE && chosen_twice(parse, c, key_tokens))
		return refuse_as(PROBLEM_AMBIGUOUS, field, problem);
	if (!c || !fill_value(parse, field, c, out))
		return refuse(text, field, c, problem);
	out->raw = text;
	return OK;
}

int reader_read_field(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const struct form *form, const char *field,
	const char *text, struct value *out, struct problem *problem)
{
	return read_one(reader, scratch, arena, context, form, NULL, field, text, out, problem);
}

int reader_read_value(const struct reader *reader, struct scratch *scratch, struct arena *arena,
	const struct read_context *context, const struct report *report, const char *field,
	const char *text, struct value *out, struct problem *problem)
{
	return read_one(
		reader, scratch, arena, context, report->form, report, field, text, out, problem);
}
