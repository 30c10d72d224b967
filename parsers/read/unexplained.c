/* What was told and not understood: numbers and words of a field that the chosen reading leaves
 * unexplained are asked about, unless they stand in talk or behind the last value.
 */
#include "parsers/read/doubts.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/field/field.h"
#include "parsers/field/hedge.h"
#include "parsers/form/form.h"
#include "parsers/form/form_weekly.h"
#include "parsers/parse/clause.h"
#include "parsers/parse/keyword.h"
#include "parsers/parse/look.h"
#include "parsers/parse/place_memo.h"
#include "parsers/read/judge.h"
#include "parsers/read/names.h"

#define CODE_LETTERS 3 /* of a code and a number of letters for digits: "Ol" */

/* Whom a count is of, or a time: "12-59 bln". */
static bool is_age(const struct parse *parse, size_t at)
{
	size_t next = at + 1;

	if (next < parse->last && parse->tokens[next].digits && parse->tokens[next].sep == '-')
		next++;
	return unit_at(parse, next) != NULL;
}

/* Between its separators, or right behind a value, nothing else but talk stands with it. */
static bool number_apart(const struct parse *parse, size_t at)
{
	bool behind = at > parse->first && parse->taken[at - 1] >= 0;

	return parse->tokens[at].digits && (behind || parse_starts_segment(parse, at)) &&
		number_alone_at(parse, at, parse_segment_end(parse, at));
}

/* In plain words only where it touches values on both sides, or signs: "yuni/27/10.8.24". */
static bool between_values(const struct parse *parse, size_t at)
{
	return at > parse->first && at + 1 < parse->last && parse->taken[at - 1] >= 0 &&
		parse->taken[at + 1] >= 0 && parse->tokens[at].before != BOUND_NONE;
}

/* "TIDAK ADA, LIBUR 17 AGUSTUSAN": why nothing was held. */
static bool gives_reason(const struct parse *parse, const struct form_field *field)
{
	return parse->index->form->held && same_name(field->name, parse->index->form->held);
}

/* "#13-8-1999#": a whole day of long ago beside the event's own: somebody's birth. */
static bool day_of_birth(const struct parse *parse, const struct report *report, size_t at)
{
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (candidate_field(parse, c)->type == FIELD_DATE && c->problem == PROBLEM_RANGE &&
			c->first <= at && at < c->last && c->last >= c->first + 3u &&
			parse->taken[c->last - 1u] == -1 &&
			report_value(report, parse->index->form->date))
			return true;
	}
	return false;
}

/* "19 april": asked about as a day. */
static bool day_of_month(const struct parse *parse, size_t at)
{
	return at + 1 < parse->last && parse->taken[at + 1] == -1 &&
		token_is(&parse->tokens[at + 1], parse_class(parse, CLASS_MONTH));
}

/* "d 38 s 45 n 30 d 38": said again, and nothing else. */
static bool said_again(const struct parse *parse, const struct report *report, size_t at)
{
	for_candidates(parse, c) {
		const char *told, *value;

		if (c->first > at || c->last <= at || c->kind != KIND_KEYED ||
			!maybe_text(c->value, &value))
			continue;
		told = report_text(report, candidate_field(parse, c)->name);
		if (told && same_name(told, value))
			return true;
	}
	return false;
}

/* The 2 of "nihil w2". */
static bool of_keyword(const struct parse *parse, size_t at)
{
	return parse->index->form->front_only && at > 0 && keyword_at(parse, at - 1).end > at;
}

/* "Ol", "DD3": where letters are codes, a letter and digits, or letters like them, behind it. */
static bool code_number(const struct parse *parse, size_t at)
{
	const struct token *token = &parse->tokens[at];

	return parse->index->form->weekly && !token->digits && token->length > 1 &&
		token->length <= CODE_LETTERS &&
		strspn(token->text + 1, "oli") + 1u == token->length && !token->words &&
		!token->keys;
}

/* "bapak2": said twice. */
static bool said_twice(const struct token *token)
{
	return token->before == BOUND_NONE && token->number == 2 && token->length == 1 &&
		token[-1].length > 2 && !token[-1].digits;
}

/* "#25#BU SITI#…": in front of all values, the years of who is told of. */
static void ask_age(const struct parse *parse, struct report *report, size_t at)
{
	const struct form *form = parse->index->form;
	const struct form_field *age = form->age ? form_field(form, form->age) : NULL;
	double number = (double)parse->tokens[at].number;

	if (age && age->type == FIELD_INT && number >= age->min && number <= age->max &&
		!report_value(report, age->name))
		report_ambiguous(report, age);
}

/* A number between the values that nothing explains: told, and not understood. Prose may tell more
 * than the form asks for. */
static void find_numbers(struct parse *parse, struct report *report)
{
	size_t last = parse->first, end;
	bool whole = parse->keyed_counts || parse->strong;
	bool plain = !(parse->strong || parse->commas || parse->index->posyandu >= 0 ||
		parse->index->form->weekly || parse->index->form->outbreak);

	if (report->nproblem)
		return;
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];

		last = c->last > last ? c->last : last;
	}
	end = last + (parse->index->form->line_only && last < parse->last); /* "… 11,2 85 14" */
	for (size_t i = parse->first; i < (whole ? parse->last : end); i++) {
		const struct candidate *before;
		const struct form_field *field;

		if (parse->taken[i] != -1 ||
			!(parse->tokens[i].digits || code_number(parse, i)) ||
			parse->tokens[i].length >= PHONE_DIGITS || number_owned(parse, i) ||
			of_keyword(parse, i) ||
			other_day(parse, i) || day_of_month(parse, i) ||
			day_of_birth(parse, report, i) ||
			is_age(parse, i) || said_again(parse, report, i) ||
			(i > 0 && said_twice(&parse->tokens[i])) ||
			(i >= last && !number_apart(parse, i)) ||
			(plain && !between_values(parse, i)))
			continue;
		before = chosen_before(parse, i);
		if (!before && parse->keyed_counts && parse->nchosen)
			before = &parse->candidates[parse->chosen[parse->nchosen - 1]];
		field = before ? candidate_field(parse, before) : NULL;
		if (!before && parse->strong)
			ask_age(parse, report, i);
		if (field && field->type != FIELD_TEXT && report_value(report, field->name) &&
			!gives_reason(parse, field))
			report_ambiguous(report, field);
	}
}

/* A word of talk in front of it, in its sentence. */
static bool talked(const struct parse *parse, size_t at)
{
	for (size_t i = at; i > parse->first; i--) {
		if (parse_starts_segment(parse, i) || sentence_begins(parse, i))
			return false;
		if (phrase_at(parse, i - 1, parse_class(parse, CLASS_ASIDE), NULL))
			return true;
	}
	return false;
}

/* "bu melati", "posyandu mawar belum": somebody, or another matter. */
static bool names_other(const struct parse *parse, const struct candidate *c)
{
	return c->flags & FLAG_FUZZY || (c->first > parse->first &&
		(token_is(&parse->tokens[c->first - 1], parse_class(parse, CLASS_TITLE)) ||
			parse->tokens[c->first].newline));
}

static bool behind_keyword(const struct parse *parse, size_t at)
{
	return at == parse->first && at > 0 && keyword_at(parse, at - 1).end == at &&
		parse->tokens[at].length > 2 && !token_means(parse, at); /* no "SUHU" */
}

/* A name alone between its separators is one, and right behind the keyword: "LAHIR WATI … bu siti
 * meninggal"; elsewhere any words may be. */
static bool of_a_class(const struct parse *parse, const struct candidate *c)
{
	switch (candidate_field(parse, c)->type) {
	case FIELD_CHOICE:
	case FIELD_DATE:
		return c->kind != KIND_BARE;
	case FIELD_POSYANDU:
		return c->kind != KIND_BARE && !names_other(parse, c);
	case FIELD_NAME:
		return c->kind == KIND_BARE && (behind_keyword(parse, c->first) ||
			whole_field(parse, c->first, c->last));
	default:
		return false;
	}
}

/* One of the words of a field, or a day, that no value took. */
static bool unheard(const struct parse *parse, const struct candidate *c)
{
	enum field_type type = candidate_field(parse, c)->type;
	bool month = type == FIELD_DATE && parse->tokens[c->first].digits &&
		token_is(&parse->tokens[c->first + 1], parse_class(parse, CLASS_MONTH));
	size_t end;
	bool several = type == FIELD_POSYANDU && c->problem == PROBLEM_AMBIGUOUS;

	if (!of_a_class(parse, c) || (c->problem >= 0 && !several && !month) ||
		token_is(&parse->tokens[c->first], parse_class(parse, CLASS_FILLER)) ||
		(type == FIELD_DATE && other_day(parse, c->first)))
		return false;
	end = type == FIELD_POSYANDU ? c->first + 1u : month ? c->first + 2u : c->last;
	for (size_t t = c->first; t < end; t++) {
		if (parse->taken[t] != -1)
			return false;
	}
	return !talked(parse, c->first);
}

/* Between the values a word says something else than what was chosen for its field. */
static void find_words(struct parse *parse, struct report *report)
{
	size_t last = parse->first;

	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];

		last = c->last > last ? c->last : last;
	}
	for (size_t i = 0; i < parse->ncandidate && !report->nproblem; i++) {
		const struct candidate *c = &parse->candidates[i];
		const struct form_field *field = candidate_field(parse, c);
		const char *chosen, *value;
		struct problem *problem;

		if (parse->taken[c->first] != -1 || field->adds ||
			(c->last > last && field->type != FIELD_POSYANDU &&
				(c->first != last || field->type != FIELD_CHOICE)) ||
			!unheard(parse, c))
			continue;
		chosen = report_text(report, field->name);
		if (!chosen && field->type != FIELD_POSYANDU)
			continue; /* else the sender's own would be taken */
		if (chosen && maybe_text(c->value, &value) && same_name(value, chosen))
			continue;
		problem = report_ambiguous(report, field);
		if (!problem)
			return;
		if (chosen)
			problem_offer(problem, chosen);
		problem_offer_value(problem, c);
	}
}

/* The field of a key that stands alone in its segment; NULL. */
static const struct form_field *key_alone(const struct parse *parse, size_t at)
{
	const struct lexicon_entry *e = parse->taken[at] == -1 && at + 1 < parse->last &&
			parse_starts_segment(parse, at) && parse_starts_segment(parse, at + 1)
		? parse->tokens[at].keys : NULL;

	while (e && (e->words != 1 || e->class_id != parse->index->key_class))
		e = e->next;
	return e ? &parse->index->form->fields[e->number] : NULL;
}

/* "#umur\n38#": the number on the next line is the key's; another field took it by its place. */
static void find_next_line(struct parse *parse, struct report *report)
{
	for (size_t i = parse->first; i + 1 < parse->last && !report->nproblem; i++) {
		const struct form_field *field = key_alone(parse, i);
		const struct candidate *c = field && parse->taken[i + 1] >= 0
			? &parse->candidates[parse->taken[i + 1]] : NULL;

		if (c && c->kind == KIND_BARE && candidate_field(parse, c) != field &&
			field_is_number(field->type) && parse->tokens[i + 1].digits)
			report_ambiguous(report, candidate_field(parse, c));
	}
}

/* A sure word of a helper in the tokens [first, last), of the field of "like" where it is given;
 * NULL. */
static const struct candidate *helper_in(
	const struct parse *parse, size_t first, size_t last, const struct candidate *like)
{
	for_candidates(parse, c) {
		const struct form_field *field = candidate_field(parse, c);

		if (c->first >= first && c->last <= last && c->problem < 0 &&
			(c->flags & FLAG_SURE) && field->type == FIELD_CHOICE && field->tail &&
			!form_role_is(parse->index->form->where, field->name) &&
			(!like || c->field == like->field))
			return c;
	}
	return NULL;
}

/* A word that means nothing here, perhaps somebody. */
static bool named_at(const struct parse *parse, size_t at)
{
	return at < parse->last && parse->taken[at] < 0 && !parse_crosses(parse, at) &&
		!parse->tokens[at].digits && parse->tokens[at].length > 2 &&
		!token_means(parse, at);
}

/* "rumah bidan, ditolong bidan eni": a helper's word right behind the place, and the helper is told
 * further on: whose house it is. The first of the places is a home. */
static void find_owner(struct parse *parse, struct report *report)
{
	for (size_t i = 0; i < parse->nchosen && !report->nproblem; i++) {
		const struct candidate *c = chosen_at(parse, i), *owner, *helper;
		const struct form_field *place = candidate_field(parse, c);
		size_t end = c->last;
		const char *value;

		if (end >= parse->last || parse->tokens[end].before > BOUND_SOFT ||
			!form_role_is(parse->index->form->where, place->name) ||
			!maybe_text(c->value, &value) || !same_name(value, place->choices[0]))
			continue;
		owner = helper_in(parse, end, end + 2u, NULL);
		value = token_meaning(&parse->tokens[end], parse_class(parse, CLASS_TITLE));
		if (owner && owner->last == end + 2u && value && same_name(value, "ibu") &&
			!word_of(parse, owner->last, CLASS_PREDICATE))
			report_ambiguous(report, place); /* "rumah bu bidan hidup" */
		owner = helper_in(parse, end, end + 1u, NULL);
		helper = owner ? helper_in(parse, end + 1u, parse->last, owner) : NULL;
		if (helper && (helper->kind == KIND_KEYED || parse->taken[end] < 0 ||
				parse_starts_segment(parse, helper->first) ||
				parse->candidates[parse->taken[end]].last > end + 1))
			report_ambiguous(report, place);
	}
}

static bool key_is_of(const struct parse *parse, size_t at, int f)
{
	const struct lexicon_entry *e = parse->tokens[at].keys;

	while (e && !(e->words == 1 && e->class_id == parse->index->key_class && e->number == f))
		e = e->next;
	return e != NULL;
}

/* "W2 M32 A12", as the 32nd week is over: in the week's place, a count or the week. */
static void find_week(struct parse *parse, struct report *report)
{
	const struct form_weekly *weekly = parse->index->form->weekly;
	const struct token *first = &parse->tokens[parse->first];
	int year;

	if (!weekly || report->nproblem || report_value(report, weekly->week) ||
		parse->first + 2 >= parse->last || first->length != 1 ||
		first->text[0] != weekly->week[0] || first[2].length != 1 ||
		first[2].digits || first[2].text[0] >= first->text[0] ||
		parse->taken[parse->first] < 0 ||
		first[1].number != week_of(date_add_days(parse->context->now.date, -7), &year))
		return;
	report_ambiguous(report, candidate_field(parse,
		&parse->candidates[parse->taken[parse->first]]));
}

/* "ditolong mahasiswa bidan": between the key and its value stands somebody else. */
static void find_helper(struct parse *parse, struct report *report)
{
	for (size_t i = 0; i < parse->nchosen && !report->nproblem; i++) {
		const struct candidate *c = chosen_at(parse, i);
		const struct form_field *field = candidate_field(parse, c);
		size_t at = c->first;

		if (field->type == FIELD_CHOICE && field->tail && c->kind != KIND_KEYED &&
			at > parse->first + 1 && !parse_crosses(parse, at) &&
			named_at(parse, at - 1) &&
			key_is_of(parse, at - 2, c->field))
			report_ambiguous(report, field);
	}
}

/* "POS DESA TERBIS MELATI", "POS MAWAR DS PAL SERATUS": no posyandu of the sender's, whatever its
 * name. */
static void find_elsewhere(struct parse *parse, struct report *report)
{
	const struct form_field *field = parse->index->posyandu >= 0
		? &parse->index->form->fields[parse->index->posyandu] : NULL;
	const struct posyandu *own = parse->context->sender->posyandu;
	const char *id = field ? report_text(report, field->name) : NULL, *there;
	enum problem_code code = PROBLEM_PLACE;
	struct problem *problem;

	if (!field)
		return;
	there = desa_unknown(parse);
	if (!there) {
		if (!id && own)
			id = own->id;
		there = id ? posyandu_elsewhere(parse, id) : NULL;
		code = PROBLEM_SCOPE;
	}
	if (!there)
		return;
	report_forget(report, field->name, false);
	problem = report_problem(report, field->name, code);
	if (problem)
		problem->raw = there;
}

void place_left_find(struct parse *parse, struct report *report)
{
	const struct form_field *field = parse->index->area >= 0
		? &parse->index->form->fields[parse->index->area] : NULL;
	const struct area *own = place_scope(parse->context->sender, 0);
	struct area_matches found;
	struct problem *problem;
	const char *told = field && own && !report_value(report, field->name)
		? desa_left(parse, &found) : NULL;

	problem = told ? report_ambiguous(report, field) : NULL;
	if (!problem)
		return;
	problem->raw = told;
	if (own->level == LEVEL_DESA)
		problem_offer(problem, own->code);
	for (size_t i = 0; i < found.count; i++)
		problem_offer(problem, found.list[i]->code);
}

/* A value of the field stands on those tokens, too: sure, or not. */
static bool may_tell(
	const struct parse *parse, short field, const struct candidate *where, short problem)
{
	for_candidates(parse, c) {
		if (c->field == field && c->last > where->first && c->first < where->last &&
			c->problem == problem)
			return true;
	}
	return false;
}

/* "bu sumiati 43 … 1,9 kg lebih 51": one of two bare numbers is asked about, and each may be what
 * the other was taken for: both are. */
static void find_swapped(struct parse *parse, struct report *report)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *asked = chosen_at(parse, i);

		if (asked->problem != PROBLEM_AMBIGUOUS || asked->kind != KIND_BARE)
			continue; /* nearly always */
		for (size_t k = 0; k < parse->nchosen; k++) {
			const struct candidate *c = chosen_at(parse, k);

			if (c->problem < 0 && c->kind == KIND_BARE && c->field != asked->field &&
				field_is_number(candidate_field(parse, c)->type) &&
				may_tell(parse, asked->field, c, -1) &&
				may_tell(parse, c->field, asked, PROBLEM_AMBIGUOUS))
				report_ambiguous(report, candidate_field(parse, c));
		}
	}
}

void unexplained_find(struct parse *parse, struct report *report)
{
	bool left = parse_tokens_left(parse) > 0;

	if (left) {
		find_numbers(parse, report);
		find_words(parse, report);
		find_next_line(parse, report);
	}
	find_owner(parse, report);
	if (left)
		find_helper(parse, report);
	find_week(parse, report);
	find_swapped(parse, report);
	find_elsewhere(parse, report);
}
