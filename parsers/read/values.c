/* A report's values and problems while it is read: set in the form's order, each once. */
#include "parsers/read/values.h"

#include <ctype.h>
#include <string.h>

#include "parsers/form/form.h"

#define UNKNOWN_FIELD 1000

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
	if (value->hint < form->nfield && form->fields[value->hint].name == value->field)
		return &form->fields[value->hint]; /* nearly always */
	return form_field(form, value->field);
}

static size_t field_rank(const struct report *report, const struct form_field *field)
{
	return field ? (size_t)(field - report->form->fields) : UNKNOWN_FIELD;
}

void report_put(struct report *report, struct arena *arena, const struct value *value)
{
	struct value copy = *value;
	const struct form_field *field = report_field(report->form, value);
	const struct value *old = report_value(report, value->field);
	size_t i, rank = field_rank(report, field);

	if (old) {
		i = (size_t)(old - report->values);
		memmove(&report->values[i], &report->values[i + 1],
			(report->nvalue - i - 1) * sizeof(copy));
		report->nvalue--;
	}
	if (!value->text || report->nvalue == REPORT_FIELDS)
		return;
	copy.field = field ? field->name : arena_strdup(arena, value->field);
	copy.text = arena_strdup(arena, value->text);
	copy.raw = value->raw == value->text ? copy.text : value->raw;
	copy.hint = (unsigned short)rank;
	copy.heap = (unsigned char)name_heap(copy.field);
	for (i = report->nvalue; i > 0 && report->values[i - 1].hint > rank; i--) {
		report->values[i] = report->values[i - 1];
		report->places[report->values[i].heap] = (unsigned char)i;
	}
	report->values[i] = copy;
	report->places[copy.heap] = (unsigned char)i;
	report->nvalue++;
	report->heaps |= UINT64_C(1) << copy.heap;
}

void report_set(struct report *report, struct arena *arena, const struct value *value)
{
	struct value copy = *value;

	if (value->text && value->raw && value->raw != value->text)
		copy.raw = arena_strdup(arena, value->raw);
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
