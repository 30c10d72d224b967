/* Judges a report from its values: defaults, derived values, what is missing, what cannot be, what
 * to note. */
#include "parsers/read/judge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/form/form_case.h"
#include "parsers/number/number.h"
#include "parsers/read/derive.h"
#include "parsers/read/unit.h"
#include "parsers/text/error.h"

static void default_place(
	struct arena *arena, const struct read_context *context, struct report *report)
{
	const struct form *form = report->form;
	const struct form_field *place = form_field(form, form->place);
	const struct sender *sender = context->sender;
	const struct posyandu *posyandu;

	if (place->type == FIELD_POSYANDU) {
		if (report_wants(report, place->name) && sender->posyandu)
			report_set_default(report, arena, place->name, sender->posyandu->id);
		posyandu = report_value(report, place->name)
			? gazetteer_posyandu(context->places, report_text(report, place->name))
			: NULL;
		if (posyandu && form->area)
			report_set_default(report, arena, form->area, posyandu->area->code);
	} else if (report_wants(report, place->name) && sender->narea == 1 &&
		   sender->areas[0]->level == LEVEL_DESA) {
		report_set_default(report, arena, place->name, sender->areas[0]->code);
	}
}

/* A puskesmas tells for itself, and it counts at the first desa that it serves; anybody else for
 * the desa of the report. */
static void default_unit(
	struct arena *arena, const struct read_context *context, struct report *report)
{
	const struct form *form = report->form;
	const struct sender *sender = context->sender;
	const struct puskesmas *puskesmas = sender->role == ROLE_PUSKESMAS
		? sender_puskesmas(context->places, sender) : NULL;
	const char *unit = report_text(report, form->weekly->unit), *place;

	if (!unit && puskesmas && puskesmas->narea > 0 && report_wants(report, form->place)) {
		report_set_default(report, arena, form->weekly->unit, puskesmas->id);
		report_set_default(report, arena, form->place, puskesmas->areas[0]->code);
	}
	unit = report_text(report, form->weekly->unit);
	place = report_text(report, form->place);
	if (place && (!unit || gazetteer_area(context->places, unit)))
		report_set_default(report, arena, form->weekly->unit, place);
	unit = report_text(report, form->weekly->unit);
	if (unit && form->weekly->kind)
		report_set_default(report, arena, form->weekly->kind,
			gazetteer_area(context->places, unit) ? "DESA" : "PUSKESMAS");
}

/* Whoever tells the total has told all: what he did not name is none. */
static void default_counts(struct arena *arena, struct report *report)
{
	const struct form *form = report->form;

	for (size_t i = 0; report_value(report, form->weekly->total) && i < form->nfield; i++) {
		struct value none = {.field = form->fields[i].name,
			.text = "0",
			.number = true,
			.defaulted = true};

		if (form->fields[i].type == FIELD_COUNT &&
			report_wants(report, form->fields[i].name))
			report_set(report, arena, &none);
	}
}

void judge_defaults(struct arena *arena, const struct read_context *context, struct report *report)
{
	char today[DATE_TEXT];

	if (report->form->weekly)
		default_unit(arena, context, report);
	default_place(arena, context, report);
	if (report->form->weekly) {
		default_unit(arena, context, report);
		default_counts(arena, report);
	}
	if (report->form->date_default && report_wants(report, report->form->date)) {
		date_format(context->now.date, today);
		report_set_default(report, arena, report->form->date, today);
	}
}

/* "nama|ibu": any of them. */
static bool any_there(const struct report *report, const char *names)
{
	if (report_value(report, names))
		return true; /* nearly always: it is one, and told */
	while (*names) {
		char name[40];
		size_t length = strcspn(names, "|");

		if (length < sizeof(name)) {
			memcpy(name, names, length);
			name[length] = '\0';
			if (report_value(report, name) || report_has_problem(report, name))
				return true;
		}
		names += length + (names[length] == '|');
	}
	return false;
}

/* A person of several desa chooses by number. */
static void offer_own_places(const struct sender *sender, struct problem *problem)
{
	if (sender->narea < 2 || sender->narea > OPTIONS_MAX)
		return;
	for (size_t i = 0; i < sender->narea; i++) {
		if (sender->areas[i]->level != LEVEL_DESA)
			return;
	}
	for (size_t i = 0; i < sender->narea; i++)
		problem->options[problem->noption++] =
			(struct option){sender->areas[i]->code, sender->areas[i]->name};
}

/* The report ends what it belongs to: what else it would be known by is not needed, unless that is
 * required of an end. */
static bool ends_case(const struct form *form, const struct report *report, struct date today)
{
	for (size_t i = 0; form->cases && i < form->cases->nend; i++) {
		if (!form->cases->ends[i].form &&
			condition_holds(&form->cases->ends[i].when, report, today))
			return true;
	}
	return false;
}

static void find_missing(
	struct arena *arena, const struct read_context *context, struct report *report)
{
	const struct form *form = report->form;

	for (size_t i = 0; i < form->nrequire; i++) {
		const struct form_require *require = &form->requires[i];

		if (!condition_holds(&require->when, report, context->now.date))
			continue;
		for (size_t j = 0; j < require->nfield; j++) {
			const char *names = require->fields[j];

			if (!any_there(report, names) &&
				!(strchr(names, '|') && require->when.nterm == 0 &&
					ends_case(form, report, context->now.date)))
				report_problem(report,
					arena_strndup(arena, names, strcspn(names, "|")),
					PROBLEM_MISSING);
		}
	}
	if (!report_value(report, form->place)) {
		struct problem *problem = report_problem(report, form->place, PROBLEM_MISSING);

		if (problem && form_field(form, form->place)->type == FIELD_AREA)
			offer_own_places(context->sender, problem);
	}
}

static void check_moment(const struct read_context *context, struct report *report)
{
	const struct form *form = report->form;
	const char *text = report_text(report, form->date);
	struct date date;
	int hour, minute;

	if (!text || !date_parse(text, &date))
		return;
	if (date_compare(date, context->now.date) > 0 && !form->weekly) /* its week is asked for */
		report_problem(report, form->date, PROBLEM_FUTURE);
	for (size_t i = 0; i < form->nfield; i++) {
		const char *time = form->fields[i].type == FIELD_TIME
			? report_text(report, form->fields[i].name)
			: NULL;

		if (!time || date_compare(date, context->now.date) != 0 || strlen(time) != 5)
			continue;
		hour = atoi(time);
		minute = atoi(time + 3);
		if (hour > context->now.hour ||
			(hour == context->now.hour && minute > context->now.minute))
			report_problem(report, form->fields[i].name, PROBLEM_FUTURE);
	}
}

static bool confirms(const char *const *confirmed, const char *field)
{
	for (size_t i = 0; confirmed && confirmed[i]; i++) {
		if (same_name(confirmed[i], field))
			return true;
	}
	return false;
}

static void check_ranges(const char *const *confirmed, struct report *report)
{
	for (size_t i = 0; i < report->nvalue; i++) {
		const struct form_field *field = report_field(report->form, &report->values[i]);
		const char *end;
		double value;

		if (!field || field->max <= 0)
			continue;
		value = number_value(report->values[i].text, &end);
		if (field_rare(field, value) && confirms(confirmed, field->name))
			continue;
		if (value < field->min || value > field->max)
			report_problem(report, field->name, PROBLEM_RANGE);
	}
}

/* The age in years that a report gives beside a NIK; -1: none. */
static int age_given(const struct report *report, const char **field_name)
{
	for (size_t i = 0; i < report->nvalue; i++) {
		const struct form_field *field = report_field(report->form, &report->values[i]);
		const char *text = report->values[i].text;

		if (!field || !field->unit || !same_name(field->unit, "TAHUN"))
			continue;
		*field_name = field->name;
		if (field->type == FIELD_INT)
			return atoi(text);
		if (field->type == FIELD_AGE && text[0] == 'P' && strchr(text, 'Y'))
			return atoi(text + 1);
	}
	return -1;
}

static void check_nik_region(
	const struct read_context *context, const char *nik, struct report *report)
{
	char code[AREA_CODE];

	if (!context->places)
		return;
	snprintf(code, sizeof(code), "%.2s.%.2s.%.2s", nik, nik + 2, nik + 4);
	if (!gazetteer_area(context->places, code))
		report_note(report, "nik_region");
}

static void check_nik(
	const struct read_context *context, struct report *report, const struct form_field *field)
{
	const char *nik = report_text(report, field->name), *age_field = NULL;
	int day, month, year, age;
	bool female;

	if (!nik)
		return;
	if (strlen(nik) != 16 || strspn(nik, "0123456789") != 16) {
		report_problem(report, field->name, PROBLEM_NIK);
		return;
	}
	day = (nik[6] - '0') * 10 + nik[7] - '0';
	month = (nik[8] - '0') * 10 + nik[9] - '0';
	year = (nik[10] - '0') * 10 + nik[11] - '0';
	female = day > 40;
	year += year > context->now.date.year % 100 ? 1900 : 2000;
	if (!date_valid(year, month, female ? day - 40 : day) ||
		(field->female && !female &&
			condition_holds(&field->female_when, report, context->now.date))) {
		report_problem(report, field->name, PROBLEM_NIK);
		return;
	}
	age = age_given(report, &age_field);
	if (age >= 0 && field->female) {
		struct date birth = {year, month, female ? day - 40 : day};
		int years = date_years_between(birth, context->now.date);
		struct problem *problem = abs(years - age) > 1
			? report_problem(report, age_field, PROBLEM_AMBIGUOUS)
			: NULL;

		if (problem)
			problem->raw = report_text(report, age_field);
	}
	check_nik_region(context, nik, report);
}

static void run_checks(
	const struct read_context *context, const char *const *confirmed, struct report *report)
{
	const struct form *form = report->form;

	for (size_t i = 0; i < form->ncheck; i++) {
		const struct form_check *check = &form->checks[i];

		if (!condition_holds(&check->when, report, context->now.date) ||
		    !condition_known(&check->rule, report) ||
		    condition_holds(&check->rule, report, context->now.date))
			continue;
		if (!check->ask || !confirms(confirmed, check->field)) {
			struct problem *problem =
				report_problem(report, check->field, check->code);

			if (problem && check->code == PROBLEM_RANGE && !check->ask)
				problem->raw = report_text(report, check->field);
		} else if (check->note)
			report_note(report, check->note);
	}
}

static void take_notes(const struct read_context *context, struct report *report)
{
	for (size_t i = 0; i < report->form->nfield; i++) {
		const struct form_field *field = &report->form->fields[i];

		for (size_t j = 0; j < field->nnote; j++) {
			if (condition_holds(&field->notes[j].when, report, context->now.date))
				report_note(report, field->notes[j].name);
		}
	}
}

static enum report_status status_of(const struct report *report)
{
	enum report_status status = STATUS_ACCEPTED;

	for (size_t i = 0; i < report->nproblem; i++) {
		if (report->problems[i].code != PROBLEM_MISSING)
			return STATUS_QUESTION;
		status = STATUS_INCOMPLETE;
	}
	return status;
}

/* A value that two forms understand alike goes along. */
static void become(const struct reader *reader, struct arena *arena,
	const struct read_context *context, struct report *report)
{
	const struct form_becomes *becomes = report->form->becomes;
	struct report other;
	const struct form *form;
	struct value value;

	if (!becomes || !condition_holds(&becomes->when, report, context->now.date))
		return;
	form = reader_form(reader, becomes->form);
	if (!form)
		return;
	report_begin(&other, form);
	other.story = report->story;
	other.coded = report->coded;
	other.training = report->training;
	other.linked = report->linked;
	for (size_t i = 0; i < report->nvalue; i++) {
		const struct form_field *from = report_field(report->form, &report->values[i]);
		const struct form_field *to = form_field(form, report->values[i].field);

		if (from && to && from->type == to->type)
			report_set(&other, arena, &report->values[i]);
	}
	for (size_t i = 0; i < report->nproblem; i++) {
		if (form_field(form, report->problems[i].field))
			other.problems[other.nproblem++] = report->problems[i];
	}
	value = (struct value){.field = becomes->field, .text = becomes->value};
	report_set(&other, arena, &value);
	report_copy(report, &other);
}

void judge_after_reading(const struct reader *reader, struct arena *arena,
	const struct read_context *context, const char *const *confirmed, struct report *report)
{
	const struct form *form;

	become(reader, arena, context, report);
	form = report->form;
	judge_defaults(arena, context, report);
	derive_values(arena, context->now.date, report);
	check_moment(context, report);
	if (form->weekly)
		unit_check(arena, context, report);
	check_ranges(confirmed, report);
	for (size_t i = 0; i < form->nfield; i++) {
		if (form->fields[i].type == FIELD_NIK)
			check_nik(context, report, &form->fields[i]);
	}
	run_checks(context, confirmed, report);
	take_notes(context, report);
	derive_late(arena, context->now.date, report);
	find_missing(arena, context, report);
	report->status = status_of(report);
	if (report->story)
		report->status = STATUS_SUSPECT;
}

/* One rule, as two checks of a form have it. */
static bool same_rule(const struct condition *a, const struct condition *b)
{
	bool same = a->nterm == b->nterm;

	for (size_t i = 0; i < a->nterm && same; i++) {
		const struct condition_term *x = &a->terms[i], *y = &b->terms[i];

		same = x->op == y->op && x->nright == y->nright && same_name(x->field, y->field);
		for (size_t k = 0; k < x->nright && same; k++)
			same = same_name(x->right[k], y->right[k]);
	}
	return same;
}

/* "x100 l 40 p 60": one rule doubts both; what is told anew of one says nothing of the other. */
static bool doubted_together(const struct form *form, const struct problem *problem)
{
	for (size_t i = 0; i < form->ncheck; i++) {
		const struct form_check *own = &form->checks[i];

		if (own->code != problem->code || !same_name(own->field, problem->field))
			continue;
		for (size_t k = 0; k < form->ncheck; k++)
			if (k != i && form->checks[k].code == own->code &&
				!same_name(form->checks[k].field, own->field) &&
				same_rule(&form->checks[k].rule, &own->rule))
				return true;
	}
	return false;
}

/* What may be one thing or another, and what was told and cannot be, stays asked until somebody
 * says what is right: an answer to something else settles nothing. */
static void keep_unsettled(const char *const *confirmed, struct report *report)
{
	size_t kept = 0;

	for (size_t i = 0; i < report->nproblem; i++) {
		const struct problem *problem = &report->problems[i];
		const struct value *value = report_value(report, problem->field);

		if ((problem->code == PROBLEM_AMBIGUOUS || problem->code == PROBLEM_RANGE ||
			problem->code == PROBLEM_INVALID) &&
			form_field(report->form, problem->field) &&
			!confirms(confirmed, problem->field) &&
			(!value || value->defaulted || doubted_together(report->form, problem)))
			report->problems[kept++] = *problem;
	}
	report->nproblem = kept;
}

void report_judge(const struct reader *reader, struct arena *arena,
	const struct read_context *context, const char *const *confirmed, struct report *report)
{
	keep_unsettled(confirmed, report);
	report->nnote = 0;
	judge_after_reading(reader, arena, context, confirmed, report);
}
