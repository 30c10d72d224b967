/* The chosen candidates of one child as a report: values, problems of reading, left-over words. */
#include <stdlib.h>
#include <string.h>

#include "parsers/dying/death.h"
#include "parsers/field/field.h"
#include "parsers/field/hedge.h"
#include "parsers/number/number.h"
#include "parsers/parse/scratch.h"
#include "parsers/read/doubts.h"
#include "parsers/read/judge.h"
#include "parsers/read/names.h"
#include "parsers/read/reports.h"

#define YEARS_SURE 60 /* an age without its unit: no child's */
#define LENGTH_SHORT 4 /* so much shorter than usual no child of a usual weight is */

const struct candidate *chosen_before(const struct parse *parse, size_t at)
{
	const struct candidate *best = NULL;

	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];

		if (c->last <= at && (!best || c->last > best->last))
			best = c;
	}
	return best;
}

const char *candidate_raw(const struct parse *parse, const struct candidate *c)
{
	size_t start = parse->tokens[c->first].start, end = parse->tokens[c->last - 1].end;

	return arena_strndup(parse->arena, parse->text + start, end - start);
}

static void put(struct parse *parse, struct report *report, const struct form_field *field,
	const char *text, const char *raw)
{
	struct value value = {.field = field->name,
		.text = text,
		.raw = raw,
		.number_of = (unsigned char)(field - parse->index->form->fields),
		.number = field_is_number(field->type)};

	report_put(report, parse->arena, &value);
}

static void put_candidate(struct parse *parse, struct report *report, const struct candidate *c)
{
	const struct form_field *field = candidate_field(parse, c);
	bool list = field->type == FIELD_LIST;
	const char *old = field->adds || list ? report_text(report, field->name) : NULL, *text;

	if (!maybe_text(c->value, &text))
		return;
	if (list)
		text = list_join(parse->arena, field, old, text);
	if (list && old && same_name(text, old))
		return; /* said again */
	if (old && !list)
		text = number_text(parse->arena, strtod(old, NULL) + strtod(text, NULL));
	put(parse, report, field, text, old && list ? arena_printf(parse->arena, "%s, %s",
		report_value(report, field->name)->raw, candidate_raw(parse, c))
		: candidate_raw(parse, c));
	if (field->written)
		put(parse, report, form_field(parse->index->form, field->written),
			text_upper_ascii(parse->arena, candidate_raw(parse, c)), NULL);
}

static void put_problem(struct parse *parse, struct report *report, const struct candidate *c)
{
	const struct form_field *field = candidate_field(parse, c);
	const char *rare = candidate_rare(field, c);
	struct problem *problem;

	if (rare && !report_text(report, field->name)) {
		put(parse, report, field, rare, candidate_raw(parse, c));
		return; /* it is judged as any value */
	}
	problem = report_problem(report, field->name, (enum problem_code)c->problem);
	if (!problem)
		return;
	problem->raw = candidate_raw(parse, c);
	problem->offer = c->offer.or_null;
	problem->noption = c->noption < OPTIONS_MAX ? c->noption : OPTIONS_MAX;
	if (problem->noption)
		memcpy(problem->options, c->options,
			problem->noption * sizeof(*c->options));
}

/* A number that is usual for another measure, of which no good value is told. */
static bool may_be_other(const struct report *report, const char *name, double told)
{
	const struct form *form = report->form;

	for (size_t f = 0; f < form->nfield; f++) {
		const struct form_field *field = &form->fields[f];

		if (field_is_number(field->type) && field->type != FIELD_INT &&
			field->usual_max > 0 && told >= field->usual_min &&
			told <= field->usual_max && !same_name(field->name, name) &&
			!report_value(report, field->name))
			return true;
	}
	return false;
}

/* "bb 48 pb 3100": no offer that a "ya" would count, when it may be another value. */
static void withdraw_offers(struct report *report)
{
	for (size_t i = 0; i < report->nproblem; i++) {
		struct problem *problem = &report->problems[i];
		const char *digits = problem->offer && problem->raw
			? strpbrk(problem->raw, "0123456789") : NULL;

		if (digits && may_be_other(report, problem->field, strtod(digits, NULL)))
			problem->offer = NULL;
	}
}

/* Of parts that add up one is wrong: what the others come to is not the sum. */
static void drop_partial_sums(struct parse *parse, struct report *report)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];
		struct value gone = {.field = candidate_field(parse, c)->name};

		if (c->problem >= 0 && candidate_field(parse, c)->adds)
			report_set(report, parse->arena, &gone);
	}
}

struct problem *report_ambiguous(struct report *report, const struct form_field *field)
{
	struct value gone = {.field = field->name};

	report_set(report, NULL, &gone);
	return report_problem(report, field->name, PROBLEM_AMBIGUOUS);
}

void problem_offer(struct problem *problem, const char *value)
{
	for (size_t i = 0; i < problem->noption; i++)
		if (same_name(problem->options[i].value, value))
			return;
	if (problem->noption < OPTIONS_MAX)
		problem->options[problem->noption++] = (struct option){value, value};
}

void problem_offer_value(struct problem *problem, const struct candidate *c)
{
	const char *value;

	if (maybe_text(c->value, &value))
		problem_offer(problem, value);
}

/* Of which of several children a value is told. */
enum whose {
	WHOSE_ALL, /* nothing says that it is one's only */
	WHOSE_ONE, /* "yang satu meninggal", "satunya": nobody knows whose */
	WHOSE_LISTED, /* "1 L 2400 2 P 2300" */
	WHOSE_TOLD /* "yang kedua meninggal", "yg P meninggal" */
};

/* "L hidup": a word of what each child has of its own. */
static bool child_word(const struct parse *parse, size_t at)
{
	for (size_t f = 0; f < parse->index->form->nfield; f++)
		if (parse->index->repeat[f] >= 0 && parse->index->words[f] >= 0 &&
			token_is(&parse->tokens[at], parse->index->words[f]))
			return true;
	return false;
}

/* "hidup satu": so many of them. */
static bool one_behind(const struct parse *parse, const struct candidate *c)
{
	long number;
	size_t end = c->last;

	end += parse->tokens[end].before <= BOUND_SOFT ? number_at(parse, end, &number) : 0;
	return end > c->last && number == 1 && word_of(parse, c->first, CLASS_OUTCOME) &&
		(end >= parse->last || parse_starts_segment(parse, end) || parse->taken[end] >= 0);
}

static enum whose whose(const struct parse *parse, const struct candidate *c)
{
	const struct token *token = &parse->tokens[c->first - 1];
	const char *number, *which = "";

	if (c->first == parse->first || parse->index->repeat[c->field] < 0 ||
		parse_crosses(parse, c->first))
		return WHOSE_ALL;
	if (one_behind(parse, c))
		return WHOSE_ONE;
	number = token_meaning(token, parse_class(parse, CLASS_NUMBER));
	for (size_t back = 1; back <= 2 && back <= c->first - parse->first; back++) {
		if (phrase_at(parse, c->first - back, parse_class(parse, CLASS_ORDINAL), &which) ==
			c->first && !(number && same_name(number, "1")))
			return *which == '0' ? WHOSE_ONE : WHOSE_TOLD;
	}
	if ((number && same_name(number, "1")) || (token->digits && token->number == 1))
		return WHOSE_ONE;
	if (token->digits && token->length == 1)
		return WHOSE_LISTED;
	return child_word(parse, c->first - 1u) ? WHOSE_TOLD : WHOSE_ALL;
}

/* A weight or length that is told once for two children may be only one's; so may an outcome that
 * is told of one of them. */
static void check_shared(struct parse *parse, struct report *report)
{
	for (size_t i = 0; i < parse->nchosen && parse->children > 1; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];
		const struct form_field *field = candidate_field(parse, c);
		enum whose of = whose(parse, c), its;
		bool twice = false, one = of == WHOSE_ONE;

		if (c->child || c->problem >= 0)
			continue;
		for (size_t j = 0; j < parse->nchosen; j++) {
			const struct candidate *other = &parse->candidates[parse->chosen[j]];

			if (other->field != c->field || other->child != 1)
				continue;
			its = whose(parse, other);
			twice = true;
			one = (one || its == WHOSE_ONE) && of <= WHOSE_ONE && its <= WHOSE_ONE;
		}
		if (one || (!twice && (of == WHOSE_TOLD || field->type == FIELD_WEIGHT ||
			field->type == FIELD_LENGTH)))
			report_ambiguous(report, field);
	}
}

/* "p 3000 30": by its place a length, but of no child of that weight. */
static void check_length(struct parse *parse, struct report *report)
{
	const struct form_field *length = NULL;
	bool heavy = false;

	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];
		const struct form_field *field = candidate_field(parse, c);
		const char *text, *end;

		if (!maybe_text(c->value, &text) || c->child || field->usual_max <= 0)
			continue;
		heavy |= field->type == FIELD_WEIGHT &&
			number_value(text, &end) >= field->usual_min;
		if (field->type == FIELD_LENGTH && c->kind == KIND_BARE &&
			number_value(text, &end) < field->usual_min - LENGTH_SHORT)
			length = field;
	}
	if (length && heavy)
		report_ambiguous(report, length);
}

/* "bayi ny lastri meninggal": the title says who died, when nothing else does. */
static void place_kind(struct parse *parse, struct report *report, const struct candidate *c)
{
	int first = parse->index->by_order[0];
	const struct form_field *kind = &parse->index->form->fields[first];
	const char *meaning = NULL;

	if (kind->type == FIELD_CHOICE && !report_value(report, kind->name) &&
	    phrase_at(parse, c->first, parse->index->words[first], &meaning))
		put(parse, report, kind, meaning, NULL);
}

/* "bu sarmi": a woman; days and months beside her are nobody's age. */
static void place_woman(struct parse *parse, struct report *report)
{
	const struct form *form = parse->index->form;

	for (size_t f = 0; f < form->nfield; f++) {
		struct value gone = {.field = form->fields[f].name};
		const char *age = form->fields[f].type == FIELD_AGE
			? report_text(report, form->fields[f].name)
			: NULL;

		if (age && age[0] == 'P' && !strchr(age, 'Y'))
			report_set(report, parse->arena, &gone);
		if (form->fields[f].mother)
			put(parse, report, &form->fields[f], form->fields[f].mother, NULL);
	}
}

/* "MATI By Ny Painah": the word that told whose death it is belongs to the child's name, too; NULL:
 * none stands there. */
static const char *named_by_mother(struct parse *parse, const struct candidate *c)
{
	const struct token *before = &parse->tokens[c->first - 1];
	const char *title = c->first > parse->first
		? token_meaning(before, parse_class(parse, CLASS_TITLE)) : NULL;

	if (!title || !same_name(title, "bayi") || before[1].before > BOUND_SOFT)
		return NULL;
	return name_text(parse, c->first - 1u, c->last);
}

/* "BY NY LASTRI": the mother is LASTRI. "NY TATIK" of a stillbirth is the mother. */
static void place_mother(struct parse *parse, struct report *report)
{
	const struct form_index *index = parse->index;
	const struct form_field *mother, *name;

	if (index->mother < 0)
		return;
	mother = &index->form->fields[index->mother];
	name = &index->form->fields[index->name];
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];
		const char *told;

		if (c->flags & FLAG_KIN)
			place_kind(parse, report, c);
		if (c->field != index->name || report_value(report, mother->name))
			continue;
		if ((c->flags & FLAG_TITLE_BAYI) && maybe_text(c->offer, &told)) {
			put(parse, report, mother, told, NULL);
			place_kind(parse, report, c);
		} else if ((c->flags & FLAG_TITLE_IBU) && maybe_text(c->value, &told) &&
			   condition_holds(&mother->titled, report, parse->context->now.date)) {
			struct value whole = {.field = name->name};

			put(parse, report, mother, told, candidate_raw(parse, c));
			whole.text = named_by_mother(parse, c);
			report_set(report, parse->arena, &whole);
		} else if (c->flags & FLAG_TITLE_IBU) {
			place_woman(parse, report);
		}
	}
}

/* "semalam" with an hour after midnight is today. */
static void place_night(struct parse *parse, struct report *report)
{
	const struct form *form = parse->index->form;
	const char *hour = NULL, *date_text = report_text(report, form->date);
	struct value value = {.field = form->date};
	char text[DATE_TEXT];
	struct date date;
	bool night = false, dawn = false;

	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];

		night |= (c->flags & FLAG_NIGHT) != 0;
		if (candidate_field(parse, c)->type == FIELD_TIME)
			hour = c->value.or_null;
	}
	for (size_t i = parse->first; i < parse->last; i++) {
		const char *part = token_meaning(&parse->tokens[i], parse_class(parse, CLASS_HOUR));

		dawn |= part && same_name(part, "subuh");
	}
	if (!night || !date_text || !date_parse(date_text, &date))
		return;
	if (!dawn && !(hour && atoi(hour) <= 5)) {
		if (hour && atoi(hour) < 12 && atoi(hour) > 5) {
			const struct form_field *jam = NULL;

			for (size_t i = 0; i < form->nfield; i++) {
				if (form->fields[i].type == FIELD_TIME)
					jam = &form->fields[i];
			}
			put(parse, report, jam,
				arena_printf(parse->arena, "%02d:%s", atoi(hour) + 12, hour + 3),
				NULL);
		}
		return;
	}
	date_format(date_add_days(date, 1), text);
	value.text = arena_strdup(parse->arena, text);
	value.raw = report_value(report, form->date)->raw;
	report_set(report, parse->arena, &value);
}

/* The field whose words are kept in a text field; NULL. */
static const struct form_field *written_by(const struct parse *parse, const struct form_field *text)
{
	const struct form *form = parse->index->form;

	for (size_t f = 0; f < form->nfield; f++) {
		if (form->fields[f].written && same_name(form->fields[f].written, text->name))
			return &form->fields[f];
	}
	return NULL;
}

/* What the words of a choice say in a text; the last of the choices, which is for all others, only
 * when nothing else is said. *two: two of the others are. */
static const char *said_within(const struct parse *parse, const struct form_field *choice,
	const struct candidate *text, bool *two)
{
	const char *rest = choice->choices[choice->nchoice - 1], *said = NULL, *value;

	*two = false;
	for (size_t k = 0; k < parse->ncandidate; k++) {
		const struct candidate *c = &parse->candidates[k];

		if (candidate_field(parse, c) != choice || c->first < text->first ||
			c->last > text->last || !(c->flags & FLAG_SURE) ||
			!maybe_text(c->value, &value))
			continue;
		if (!said || same_name(said, rest))
			said = value;
		else if (!same_name(value, rest) && !same_name(value, said))
			*two = true;
	}
	return said;
}

/* "sebab infeksi paru": one of the words of the choice stands in the text behind its key. */
static void place_written(struct parse *parse, struct report *report)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *text = &parse->candidates[parse->chosen[i]];
		const struct form_field *field = candidate_field(parse, text), *choice;
		const char *said;
		bool two;

		choice = field->type == FIELD_TEXT ? written_by(parse, field) : NULL;
		said = choice && !report_value(report, choice->name)
			? said_within(parse, choice, text, &two) : NULL;
		if (said)
			put(parse, report, choice, said, NULL);
		if (said && two)
			report_ambiguous(report, choice);
	}
}

/* A bare age gets the form's unit when its condition holds, else the unit is asked. */
static void place_age(struct parse *parse, struct report *report)
{
	for (size_t f = 0; f < parse->index->form->nfield; f++) {
		const struct form_field *field = &parse->index->form->fields[f];
		const char *text = field->type == FIELD_AGE ? report_text(report, field->name)
							    : NULL;
		struct problem *problem;

		if (!text || text[0] != '?')
			continue;
		if (field->unit && (atoi(text + 1) >= YEARS_SURE ||
			condition_holds(&field->unit_when, report, parse->context->now.date))) {
			put(parse, report, field, arena_printf(parse->arena, "P%sY", text + 1),
				NULL);
			continue;
		}
		problem = report_ambiguous(report, field);
		if (problem)
			age_units_offer(parse->arena, text + 1, problem);
	}
}

void parse_report(struct parse *parse, unsigned child, struct report *report)
{
	const struct form *form = parse->index->form;

	name_drop_late(parse);
	report_begin(report, form);
	report->coded = parse->strong;
	for (unsigned pass = 0; pass <= child; pass++) {
		for (size_t i = parse->nchosen; i-- > 0;) {
			const struct candidate *c = &parse->candidates[parse->chosen[i]];

			if (c->child != pass)
				continue;
			if (c->flags & FLAG_APPROX)
				report_note(report, "approx");
			if (c->problem < 0)
				put_candidate(parse, report, c);
			else
				put_problem(parse, report, c);
		}
	}
	drop_partial_sums(parse, report);
	withdraw_offers(report);
	if (parse->children > 1 && form->order_of_birth) {
		struct value order = {.field = form->order_of_birth, .number = true,
			.text = arena_printf(parse->arena, "%u", child + 1)};

		report_set(report, parse->arena, &order);
	}
	place_written(parse, report);
	place_mother(parse, report);
	place_age(parse, report);
	place_night(parse, report);
	doubts_find(parse, report);
	check_shared(parse, report);
	check_length(parse, report);
	place_rest(parse, report);
}
