/* A report's values and problems while it is read: set in the form's order, each once. */
#include "parsers/read/values.h"

#include <ctype.h>
#include <string.h>

#include "parsers/form/form.h"

struct problem *report_problem(struct report *report, const char *field, enum problem_code code)
{
	struct problem *problem;

	for (size_t i = 0; i < report->nproblem; i++) {
		if (same_name(report->problems[i].field, field))
			return NULL;
	}
	if (report->nproblem == REPORT_PROBLEMS)
		return NULL;
	problem = &report->problems[report->nproblem++];
	*problem = (struct problem){.field = field, .code = code};
	return problem;
}

void report_note(struct report *report, const char *note)
{
	for (size_t i = 0; i < report->nnote; i++) {
		if (same_name(report->notes[i], note))
			return;
	}
	if (report->nnote < REPORT_NOTES)
		report->notes[report->nnote++] = note;
}

char *text_upper_ascii(struct arena *arena, const char *text)
{
	char *copy = arena_strdup(arena, text);

	for (char *c = copy; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return copy;
}

const struct form_field *report_field(const struct form *form, const struct value *value)
{
	if (value->number_of < form->nfield && form->fields[value->number_of].name == value->field)
		return &form->fields[value->number_of]; /* nearly always */
	return form_field(form, value->field);
}

/* Where each value stands, from the i-th on. */
static void places_set(struct report *report, size_t i)
{
	for (; i < report->nvalue; i++) {
		if (report->values[i].number_of != NAME_NONE)
			report->places[report->values[i].number_of] = (unsigned char)(i + 1);
	}
}

static void value_leaves(struct report *report, const struct value *value)
{
	if (value->number_of != NAME_NONE)
		report->places[value->number_of] = 0;
}

void report_drop(struct report *report, report_drops *drops, const void *what)
{
	size_t kept = 0;

	for (size_t i = 0; i < report->nvalue; i++) {
		const struct value *value = &report->values[i];

		if (drops(report->form, value, what))
			value_leaves(report, value);
		else if (kept++ < i)
			report->values[kept - 1] = *value;
	}
	if (kept == report->nvalue)
		return; /* nearly always */
	report->nvalue = kept;
	places_set(report, 0);
}

static void value_drop(struct report *report, size_t i)
{
	value_leaves(report, &report->values[i]);
	report->nvalue--;
	memmove(&report->values[i], &report->values[i + 1],
		(report->nvalue - i) * sizeof(report->values[0]));
	places_set(report, i);
}

void report_put(struct report *report, struct arena *arena, const struct value *value)
{
	struct value copy = *value;
	int number = form_names_number(report->names, value->number_of, value->field);
	const struct value *old = number < 0 ? report_value(report, value->field)
					     : report_at(report, (unsigned)number);
	size_t i;

	if (old)
		value_drop(report, (size_t)(old - report->values));
	if (!value->text || report->nvalue == REPORT_FIELDS)
		return;
	copy.field = number < 0 ? arena_strdup(arena, value->field) : report->names->text[number];
	copy.number_of = number < 0 ? NAME_NONE : (unsigned char)number;
	for (i = report->nvalue; i > 0 && report->values[i - 1].number_of > copy.number_of; i--)
		report->values[i] = report->values[i - 1];
	report->values[i] = copy;
	report->nvalue++;
	places_set(report, i);
}

void report_set(struct report *report, struct arena *arena, const struct value *value)
{
	struct value copy = *value;

	if (value->text)
		copy.text = arena_strdup(arena, value->text);
	if (value->text && value->raw)
		copy.raw = value->raw == value->text ? copy.text
						     : arena_strdup(arena, value->raw);
	report_put(report, arena, &copy);
}

void report_forget(struct report *report, const char *field, bool only_missing)
{
	size_t kept = 0;

	if (!field)
		return;
	report_set(report, NULL, &(struct value){.field = field});
	for (size_t i = 0; i < report->nproblem; i++) {
		const struct problem *problem = &report->problems[i];

		if (!same_name(problem->field, field) ||
			(only_missing && problem->code != PROBLEM_MISSING))
			report->problems[kept++] = *problem;
	}
	report->nproblem = kept;
}

void report_set_default(
	struct report *report, struct arena *arena, const char *field, const char *text)
{
	struct value value = {.field = field, .text = text, .defaulted = true};

	report_set(report, arena, &value);
}

bool report_has_problem(const struct report *report, const char *field)
{
	for (size_t i = 0; i < report->nproblem; i++) {
		if (same_name(report->problems[i].field, field))
			return true;
	}
	return false;
}

bool report_wants(const struct report *report, const char *field)
{
	return !report_value(report, field) && !report_has_problem(report, field);
}
