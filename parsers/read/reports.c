/* From a region that was read to the reports it tells: twins, lived-then-died, strangers. */
#include "parsers/read/reports.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/dying/death.h"
#include "parsers/field/field.h"
#include "parsers/form/names.h"
#include "parsers/parse/clause.h"
#include "parsers/parse/keyword.h"
#include "parsers/parse/due.h"
#include "parsers/parse/scratch.h"
#include "parsers/read/explain.h"
#include "parsers/read/judge.h"

#define YEAR_DAYS   365
#define DAY_WORDS   7 /* between the birth and the word of dying, its day among them */
#define LIFE_WORDS  4 /* between the word of dying and the age */
#define POSYANDU_LIST 5 /* told to have had no session in one breath */
#define BIRTH_WORDS 4 /* of a birth in front of the mother's death */

/* A stranger's report is not kept as one, except a death. */
static void judge_stranger(const struct form_index *index, struct report *report)
{
	report->nproblem = 0;
	report->status = index->story_class >= 0 ? STATUS_SUSPECT : STATUS_REFUSED;
	report_problem(report, "", PROBLEM_UNREGISTERED);
}

static const struct form_index *index_of(const struct reader *reader, const struct form *form)
{
	for (size_t i = 0; i < reader->nform; i++) {
		if (reader->forms[i] == form)
			return &reader->index[i];
	}
	return NULL;
}

/* The form of a death that may follow a birth; NULL. */
static const struct form_index *followed_by(
	const struct parse *parse, const struct form_index *own)
{
	const struct form_becomes *follows = own->form->follows;
	const struct form *form = follows ? reader_form(parse->reader, follows->form) : NULL;

	return form ? index_of(parse->reader, form) : NULL;
}

static void finish(struct parse *parse, bool slip, struct report *report)
{
	judge_after_reading(parse->reader, parse->arena, parse->context, NULL, report);
	if (slip)
		report_note(report, "fuzzy_keyword");
	if (parse->context->sender->role == ROLE_NONE)
		judge_stranger(index_of(parse->reader, report->form), report);
}

/* An age of life behind the word of dying: "meninggal umur 2 jam". */
static bool lived_awhile(const struct parse *parse, size_t at)
{
	for (size_t i = at; i + 1 < parse->last && i < at + LIFE_WORDS && !parse_crosses(parse, i);
		i++) {
		const char *unit =
			token_meaning(&parse->tokens[i + 1], parse_class(parse, CLASS_UNIT));

		if (i + 2 < parse->last &&
			token_is(&parse->tokens[i + 2], parse_class(parse, CLASS_AGO)))
			return false; /* so long ago */
		if (parse->tokens[i].digits && unit &&
			(same_name(unit, "JAM") || same_name(unit, "HARI") ||
				same_name(unit, "MENIT")))
			return true;
	}
	return false;
}

/* "sempat hidup 1 jam lalu meninggal": where the age begins in front of the word of dying. */
static size_t lived_from(const struct parse *parse, size_t died)
{
	for (size_t i = died; i > 1 && i + LIFE_WORDS > died && !parse_crosses(parse, i); i--) {
		const char *unit =
			token_meaning(&parse->tokens[i - 1], parse_class(parse, CLASS_UNIT));

		if (unit && parse->tokens[i - 2].digits && (same_name(unit, "JAM") ||
			same_name(unit, "HARI") || same_name(unit, "MENIT")))
			return i - 2;
	}
	return died + 1;
}

/* "hidup, tapi tgl 13 mngl": where the words behind the living birth begin that tell the day of
 * the death; died: they do not. */
static size_t death_day_from(const struct parse *parse, size_t died)
{
	size_t start = died;
	bool day = false;

	while (start > parse->first + 1 && (!clause_ends_before(&parse->tokens[start]) ||
		parse->tokens[start].sep == '/')) {
		struct date_reading reading = {.end = 0};

		if (token_is(&parse->tokens[start - 1], parse_class(parse, CLASS_OUTCOME)))
			break;
		start--;
		if (died - start > DAY_WORDS)
			return died;
		if (date_may_begin(parse, start))
			reading = date_at(parse, start, true);
		day |= reading.end > 0 && reading.problem < 0;
	}
	return day ? start : died;
}

/* The mother's death alone, or another's, not the child's. */
static bool another_dies(const struct parse *parse, size_t at)
{
	bool both;

	return (mother_dies(parse, at, &both) < at && !both) || kin_dies(parse, at);
}

/* A word of dying stands in it, whoever's. */
static bool tells_death(const struct parse *parse)
{
	struct class_set classes = tokens_mean(parse->tokens, parse->first, parse->last);

	return class_meets(&classes, &parse->reader->stories);
}

/* The word of dying that follows a living birth, 0: none. */
static size_t died_at(const struct parse *parse, const struct form_index *other)
{
	const struct form_becomes *follows = parse->index->form->follows;
	size_t name, slot;
	int living = -1;
	bool lived = false;

	if (!tells_death(parse))
		return 0; /* nearly always */
	slot = name_slot_end(parse, &name); /* "#SLAMET RAHAYU#…#MATI": who is called so */
	for (size_t f = 0; f < parse->index->form->nfield; f++) {
		if (follows->when.nterm &&
			same_name(parse->index->form->fields[f].name, follows->when.terms[0].field))
			living = parse->index->words[f];
	}
	for (size_t i = slot ? slot : parse->first; i < parse->last; i++) {
		const char *meaning = NULL;

		phrase_at(parse, i, living, &meaning);
		if (i > parse->first && parse->tokens[i].sep == '/' &&
			token_is(&parse->tokens[i - 1], living))
			continue; /* "hidup/mati", left standing */
		if (parse->taken[i] >= 0 && parse->candidates[parse->taken[i]].child > 0)
			continue; /* the other twin's */
		if (i > parse->first && story_word_at(parse, other, i) && !another_dies(parse, i) &&
		    (lived || lived_awhile(parse, i + 1) || born_and_died(parse, i)))
			return i;
		if (parse->tokens[i].length == 1 && (!parse_starts_segment(parse, i) ||
			(i + 1 < parse->last && parse->tokens[i + 1].before == BOUND_NONE)))
			continue; /* the h of "h43" */
		lived |= meaning && same_name(meaning, follows->when.terms[0].right[0]) &&
			!(i > parse->first && /* "ibunya hidup bayinya tdk" */
				token_is(&parse->tokens[i - 1], parse_class(parse, CLASS_MOTHER)));
	}
	return 0;
}

/* What the second report knows from the first: every field that both have, and the date by the age.
 */
static void inherit(struct parse *parse, const struct report *from, struct report *to)
{
	const struct form_becomes *follows = from->form->follows;
	struct value value = {.field = follows->field, .text = follows->value};
	const char *born = report_text(from, from->form->date);
	struct date date;

	report_set(to, parse->arena, &value);
	for (size_t i = 0; i < from->nvalue; i++) {
		const struct form_field *a = form_field(from->form, from->values[i].field);
		const struct form_field *b = form_field(to->form, from->values[i].field);

		if (a && b && a->type == b->type && a->type != FIELD_DATE &&
			a->type != FIELD_TIME && a->type != FIELD_TEXT &&
			!form_role_is(from->form->where, a->name) && !report_value(to, a->name))
			report_set(to, parse->arena, &from->values[i]);
	}
	for (size_t i = 0; i < to->form->nfield; i++) {
		const char *age = to->form->fields[i].type == FIELD_AGE ?
			report_text(to, to->form->fields[i].name) : NULL;
		char text[DATE_TEXT];

		if (!age || !born || report_value(to, to->form->date) || !date_parse(born, &date) ||
			strchr(age, 'M') || strchr(age, 'Y'))
			continue;
		date_format(date_add_days(date, (int)duration_days(age)), text);
		value = (struct value){.field = to->form->date, .text = text};
		report_set(to, parse->arena, &value);
	}
}

/* The death that follows is this child's: it names nobody, or the same mother. */
static bool of_this_birth(const struct form_index *own, const struct form_index *other,
	const struct report *birth, const struct report *death)
{
	const char *mother = report_text(birth, own->form->fields[own->name].name);
	const char *told = other->mother < 0 ? NULL
		: report_text(death, other->form->fields[other->mother].name);

	if (told)
		return !mother || names_alike(told, mother);
	return other->name < 0 || !report_value(death, other->form->fields[other->name].name);
}

/* How long somebody lived, by the days of his birth and death; of a year or more nothing. */
static void lived_days(struct parse *parse, const char *born, struct report *death)
{
	const char *died = report_text(death, death->form->date);
	struct date from, to;
	int days;

	if (!born || !died || !date_parse(born, &from) || !date_parse(died, &to))
		return;
	days = (int)date_diff_days(to, from);
	for (size_t i = 0; i < death->form->nfield && days >= 0 && days < YEAR_DAYS; i++) {
		const struct form_field *field = &death->form->fields[i];
		struct value value = {.field = field->name};

		if (field->type != FIELD_AGE || report_value(death, field->name) ||
			report_has_problem(death, field->name))
			continue;
		value.text = arena_printf(parse->arena, "P%dD", days);
		report_set(death, parse->arena, &value);
	}
}

/* "lahir … hidup, lalu meninggal umur 2 jam": a birth, and a death that belongs to it. */
static bool add_followed(struct parse *parse, bool slip, struct reading *out)
{
	const struct form_index *own = parse->index;
	const struct form_becomes *follows = own->form->follows;
	const struct form_index *other = followed_by(parse, own);
	size_t first = parse->first, last = parse->last, died = other ? died_at(parse, other) : 0;
	size_t from;
	struct value lived;
	int birth = (int)out->nreport;
	struct report *a, *b;

	if (!died || !reading_room(out, 2))
		return false;
	a = &out->reports[out->nreport++];
	b = &out->reports[out->nreport++];
	from = death_day_from(parse, died);
	parse_region(parse, own, first, from < died ? from : died);
	explain_parse(parse);
	parse_report(parse, 0, a);
	lived = (struct value){
		.field = follows->when.terms[0].field, .text = follows->when.terms[0].right[0]};
	report_set(a, parse->arena, &lived);
	parse_window(parse, first, last);
	parse_region(parse, other, from < died ? from : lived_from(parse, died), last);
	explain_parse(parse);
	parse_report(parse, 0, b);
	if (of_this_birth(own, other, a, b)) {
		inherit(parse, a, b);
		lived_days(parse, report_text(a, a->form->date), b);
		b->linked = birth;
	}
	a->training = b->training = out->training;
	finish(parse, slip, a);
	finish(parse, false, b);
	return true;
}

/* "lahir … ibunya meninggal tadi pagi": the births end where her death begins. */
static void end_births(struct parse *parse, size_t word)
{
	if (word >= parse->first + BIRTH_WORDS)
		parse_region(parse, parse->index, parse->first, word);
}

static void add_mother(struct parse *parse, const struct form_index *own,
	const struct form_index *other, size_t died, size_t last, struct reading *out)
{
	const struct report *birth = &out->reports[out->nreport - 1];
	struct value value = {.field = own->form->follows->field, .text = "IBU"};
	struct report *death;

	if (!reading_room(out, 1))
		return;
	death = &out->reports[out->nreport++];
	parse->last = last;
	parse_region(parse, other, phrase_at(parse, died, other->story_class, NULL), last);
	explain_parse(parse);
	parse_report(parse, 0, death);
	report_set(death, parse->arena, &value);
	value = (struct value){.field = other->form->fields[other->name].name,
		.text = report_text(birth, own->form->fields[own->name].name)};
	if (value.text && !report_value(death, value.field))
		report_set(death, parse->arena, &value);
	death->training = out->training;
	finish(parse, false, death);
}

static void add_children(struct parse *parse, bool story, bool slip, struct reading *out)
{
	if (add_followed(parse, slip, out))
		return;
	if (story)
		explain_parse(parse);
	for (unsigned child = 0; child < parse->children && reading_room(out, 1); child++) {
		struct report *report = &out->reports[out->nreport++];

		parse_report(parse, child, report);
		report->story = story;
		report->training = out->training;
		finish(parse, slip, report);
	}
}

/* Where the mother's death is told beside a birth; last: nowhere. */
static size_t mother_died_at(
	const struct parse *parse, const struct form_index *other, size_t *word, bool *both)
{
	for (size_t i = parse->first; other && i < parse->last; i++) {
		if (!story_word_at(parse, other, i))
			continue;
		*word = mother_dies(parse, i, both);
		if (*word < i && *word >= parse->first)
			return i;
	}
	return parse->last;
}

/* Something that only the child can have: how heavy, how long. */
static bool child_measured(const struct parse *parse)
{
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];
		enum field_type type = c->type;

		if (c->problem < 0 && (type == FIELD_WEIGHT || type == FIELD_LENGTH))
			return true;
	}
	return false;
}

bool add_birth_and_death(struct parse *parse, size_t count, struct reading *out)
{
	struct keyword keyword = {0};
	const struct form_index *other;
	size_t word, at = 0;
	bool both;

	for (; at < count && !(keyword.end && keyword.index->form->follows); at++)
		keyword = keyword_at(parse, at);
	if (!keyword.end || !keyword.index->form->follows)
		return false;
	parse_region(parse, keyword.index, 0, count);
	if (woman_died(parse, at - 1) && !child_measured(parse))
		return false; /* "bu siti meninggal setelah melahirkan bayi …" is her death */
	other = followed_by(parse, keyword.index);
	if (parse->nchosen <= BIRTH_WORDS || !(parse->children > 1 || died_at(parse, other) ||
		mother_died_at(parse, other, &word, &both) < parse->last))
		return false;
	add_reports(parse, false, false, out);
	return true;
}

/* Names of posyandu in a row, "anggrek, mawar dan dahlia": how many; *end behind the last. */
static size_t posyandu_list(
	const struct parse *parse, const struct posyandu *list[POSYANDU_LIST], size_t *end)
{
	size_t count = 0, at = parse->first, next;

	while (count < POSYANDU_LIST && at < parse->last &&
		(next = posyandu_exact_at(parse, at, &list[count]))) {
		*end = at = next;
		count++;
		if (at < parse->last && token_is(&parse->tokens[at], parse_class(parse, CLASS_AND)))
			at++;
	}
	return count;
}

/* Nothing but that there was no session, and perhaps when and why. */
static bool no_session(const struct parse *parse)
{
	const char *held = NULL;

	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];
		const struct form_field *field = &parse->index->form->fields[c->field];

		if (field->type == FIELD_COUNT || field->type == FIELD_POSYANDU)
			return false;
		if (form_role_is(parse->index->form->held, field->name))
			held = c->value.or_null;
	}
	return held && same_name(held, "TIDAK");
}

/* "anggrek dan mawar libur": a report for each. */
static bool add_not_held(struct parse *parse, bool slip, struct reading *out)
{
	const struct form_index *own = parse->index;
	const struct posyandu *list[POSYANDU_LIST];
	size_t first = parse->first, last = parse->last, end,
	       count = own->posyandu >= 0 ? posyandu_list(parse, list, &end) : 0;

	if (count < 2 || !reading_room(out, count))
		return false;
	parse_region(parse, own, end, last);
	if (!no_session(parse)) {
		parse_region(parse, own, first, last);
		return false;
	}
	explain_parse(parse);
	for (size_t i = 0; i < count; i++) {
		struct report *report = &out->reports[out->nreport++];
		struct value value = {
			.field = own->form->fields[own->posyandu].name, .text = list[i]->id};

		parse_report(parse, 0, report);
		report_set(report, parse->arena, &value);
		report->training = out->training;
		finish(parse, slip, report);
	}
	return true;
}

void add_reports(struct parse *parse, bool story, bool slip, struct reading *out)
{
	const struct form_index *own = parse->index, *other = followed_by(parse, own);
	size_t last = parse->last, word = 0, died;
	bool both = false;

	out->intent = INTENT_REPORT;
	if (add_not_held(parse, slip, out))
		return;
	died = mother_died_at(parse, other, &word, &both);
	if (died < last && !both)
		end_births(parse, word);
	add_children(parse, story, slip, out);
	if (died < last)
		add_mother(parse, own, other, died, last, out);
}
