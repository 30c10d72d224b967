/* Values that nobody wrote and that follow from the others: groups of patterns, functions, rows of
 * conditions. All are found anew each time a report is judged. */
#include "parsers/read/derive.h"

#include <string.h>

#include "parsers/form/compute.h"
#include "parsers/form/form.h"
#include "parsers/form/field_pattern_match.h"
#include "parsers/read/values.h"

static void drop_problem(struct report *report, const char *field)
{
	size_t kept = 0;

	for (size_t i = 0; i < report->nproblem; i++) {
		if (!same_name(report->problems[i].field, field))
			report->problems[kept++] = report->problems[i];
	}
	report->nproblem = kept;
}

/* A told value stays, what was found before goes. */
static void drop_found(struct report *report, struct arena *arena, const char *field)
{
	const struct value *old = report_value(report, field);
	struct value gone = {.field = field};

	if (old && old->defaulted)
		report_set(report, arena, &gone);
}

static bool is_derived(const struct form *form, const struct value *value, const void *what)
{
	const struct form_field *field;

	(void)what;
	if (!value->defaulted || value->field[0] == '_')
		return false; /* told, or a step */
	field = report_field(form, value);
	return field && field->derived;
}

/* Derived values are found anew each time; a written value stays, unless "-" says that there can be
 * none. */
static void derive(struct arena *arena, struct date today, struct report *report)
{
	const struct form *form = report->form;
	bool wants = false;

	report_drop(report, is_derived, NULL);
	for (size_t i = 0; i < form->nderive; i++) {
		const struct form_derive *row = &form->derives[i];

		bool none = same_name(row->value, "-");

		if (i == 0 || row->field != row[-1].field)
			wants = report_wants(report, row->field);
		if (!(wants || none) || (row->prose && report->coded) ||
			!condition_holds(&row->when, report, today))
			continue;
		if (none) {
			struct value gone = {.field = row->field};

			report_set(report, arena, &gone);
			drop_problem(report, row->field);
		} else {
			report_set_default(report, arena, row->field, row->value);
		}
		wants = none;
	}
}

struct groups {
	struct arena *arena;
	struct report *report;
};

static void group_drop(
	struct report *report, struct arena *arena, const struct field_pattern *pattern)
{
	const char *group;

	for (size_t i = 0; (group = field_pattern_group(pattern, i)); i++)
		drop_found(report, arena, group);
}

/* What a group matched is the field's value; what groups of one name matched adds up. */
static void group_put(const char *group, const char *text, size_t length, void *context)
{
	struct groups *groups = context;
	const struct form_field *field = form_field(groups->report->form, group);
	const struct value *old = report_value(groups->report, group);
	struct value value = {.field = group, .defaulted = true, .number = true};
	long number = field_pattern_number(text, length);

	if (!field || (old && !old->defaulted))
		return;
	if (!field_is_number(field->type)) {
		value.number = false;
		value.text = arena_strndup(groups->arena, text, length);
	} else if (number >= 0) {
		if (old)
			number += field_pattern_number(old->text, strlen(old->text));
		value.text = arena_printf(groups->arena, "%ld", number);
	} else {
		return;
	}
	report_set(groups->report, groups->arena, &value);
}

static void patterns_take(struct arena *arena, struct report *report)
{
	const struct form *form = report->form;
	struct groups groups = {arena, report};

	for (size_t i = 0; i < form->nfield; i++) {
		const char *text;

		if (form->fields[i].type != FIELD_PATTERN)
			continue;
		group_drop(report, arena, form->fields[i].pattern);
		text = report_text(report, form->fields[i].name);
		if (text)
			field_pattern_each(form->fields[i].pattern, text, group_put, &groups);
	}
}

static bool is_computed(const struct form *form, const struct value *value, const void *late)
{
	const struct form_field *field = value->defaulted ? report_field(form, value) : NULL;
	bool computed = field && (*(const bool *)late ? field->computed_late : field->computed);

	for (size_t i = 0; value->field[0] == '_' && i < form->ncompute; i++)
		computed |= form->computes[i].function->late == *(const bool *)late &&
			same_name(form->computes[i].field, value->field);
	return computed;
}

static void compute(struct arena *arena, struct date today, struct report *report, bool late)
{
	const struct form *form = report->form;

	report_drop(report, is_computed, &late);
	for (size_t i = 0; i < form->ncompute; i++) {
		const struct form_compute *row = &form->computes[i];
		const struct form_field *field;
		struct value value = {.field = row->field, .defaulted = true};

		if (row->function->late != late || !report_wants(report, row->field))
			continue;
		value.text = compute_text(arena, row, report, today);
		if (!value.text)
			continue;
		field = form_field(form, row->field);
		value.number = field && field_is_number(field->type);
		report_set(report, arena, &value);
	}
}

void derive_values(struct arena *arena, struct date today, struct report *report)
{
	patterns_take(arena, report);
	compute(arena, today, report, false);
	derive(arena, today, report);
}

static bool computes_late(const struct form *form)
{
	for (size_t i = 0; i < form->ncompute; i++) {
		if (form->computes[i].function->late)
			return true;
	}
	return false;
}

/* Some follow from what was noted of the report. */
static bool derives_by_note(const struct form *form)
{
	for (size_t i = 0; i < form->nderive; i++) {
		const struct condition *when = &form->derives[i].when;

		for (size_t j = 0; j < when->nterm; j++) {
			if (same_name(when->terms[j].field, CONDITION_NOTE))
				return true;
		}
	}
	return false;
}

/* Steps of computations are no fields. */
static bool is_step(const struct form *form, const struct value *value, const void *what)
{
	(void)form;
	(void)what;
	return value->field[0] == '_';
}

void derive_late(struct arena *arena, struct date today, struct report *report)
{
	if (report->form->ncompute &&
		(report->nproblem > 0 || derives_by_note(report->form)))
		derive(arena, today, report); /* else nothing is otherwise than before */
	if (computes_late(report->form)) {
		compute(arena, today, report, true);
		derive(arena, today, report);
	}
	report_drop(report, is_step, NULL);
}
