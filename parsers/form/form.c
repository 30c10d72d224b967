/* Forms: finding fields, what a report counts for, and whether two reports tell the same event. */
#include "parsers/form/form.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/form/field_pattern_match.h"
#include "parsers/form/names.h"


static const char *const type_names[] = {
	[FIELD_NAME] = "name",
	[FIELD_NIK] = "nik",
	[FIELD_INT] = "int",
	[FIELD_COUNT] = "count",
	[FIELD_DATE] = "date",
	[FIELD_TIME] = "time",
	[FIELD_CHOICE] = "choice",
	[FIELD_WEIGHT] = "weight",
	[FIELD_LENGTH] = "length",
	[FIELD_AGE] = "age",
	[FIELD_POSYANDU] = "posyandu",
	[FIELD_AREA] = "area",
	[FIELD_TEXT] = "text",
	[FIELD_AMOUNT] = "amount",
	[FIELD_LIST] = "list",
	[FIELD_PATTERN] = "pattern",
};

int field_type_by_name(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(type_names); i++) {
		if (same_name(type_names[i], name))
			return (int)i;
	}
	return -1;
}

void report_begin(struct report *report, const struct form *form)
{
	static const struct form_names none;

	memset(report, 0, offsetof(struct report, values));
	report->nvalue = report->nproblem = 0;
	memset((char *)report + offsetof(struct report, nnote), 0,
		sizeof(*report) - offsetof(struct report, nnote));
	report->form = form;
	report->names = form ? &form->names : &none;
	report->linked = -1;
}

void form_free(struct form *form)
{
	if (!form)
		return;
	for (size_t i = 0; i < form->nfield; i++)
		field_pattern_free(form->fields[i].pattern);
	arena_free(form->arena); /* the form itself lives in it */
}

bool form_field_yes_no(const struct form_field *field)
{
	return field->type == FIELD_CHOICE && field->nchoice == 2 &&
		same_name(field->choices[0], "YA");
}

int form_field_index(const struct form *form, const char *name)
{
	int i = form_names_find(&form->names, name);

	return i < (int)form->nfield ? i : -1; /* behind them are steps of computations */
}

const struct form_field *form_field(const struct form *form, const char *name)
{
	int i = form_field_index(form, name);

	return i < 0 ? NULL : &form->fields[i];
}

const struct form_indicator *form_indicator(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->nindicator; i++) {
		if (same_name(form->indicators[i].name, name))
			return &form->indicators[i];
	}
	return NULL;
}

static bool counts_it(
	const struct form_count *count, const struct report *report, struct date today)
{
	return condition_holds(&count->when, report, today) &&
		!(count->unless.nterm && condition_holds(&count->unless, report, today));
}

const struct form_count *form_count_base(const struct form *form, const struct form_count *count)
{
	for (size_t i = 0; count->named && i < form->ncount; i++) {
		if (same_name(form->counts[i].name, count->named))
			return &form->counts[i];
	}
	return NULL;
}

bool form_counts_for(const struct form_count *count, const struct report *report,
	struct date today, double *amount)
{
	const struct form_count *base = form_count_base(report->form, count);
	const char *text = count->by ? report_text(report, count->by) : NULL;

	if ((count->by && !text) || report_is_nihil(report) || !counts_it(count, report, today) ||
		(base && base != count && !counts_it(base, report, today)))
		return false;
	*amount = text ? strtod(text, NULL) : 1;
	return true;
}

void form_counts(const struct form *form, const struct report *report, struct date today,
	void (*each)(const struct form_count *count, double amount, void *context), void *context)
{
	double amount;

	for (size_t i = 0; i < form->ncount; i++) {
		if (form_counts_for(&form->counts[i], report, today, &amount))
			each(&form->counts[i], amount, context);
	}
}

bool form_counts_once(const struct form *form)
{
	for (size_t i = 0; i < form->ncount; i++) {
		if (form->counts[i].once)
			return true;
	}
	return false;
}

static bool same_number(
	const struct form_field *field, const char *a, const char *b, double tolerance)
{
	struct date x, y;

	if (field && field->type == FIELD_DATE)
		return date_parse(a, &x) && date_parse(b, &y) &&
			abs(date_diff_days(x, y)) <= tolerance;
	return fabs(strtod(a, NULL) - strtod(b, NULL)) <= tolerance;
}

bool form_same_event(const struct form *form, const struct report *a, const struct report *b)
{
	for (size_t i = 0; i < form->nsame; i++) {
		const struct form_same *same = &form->same[i];
		const char *x = report_text(a, same->field), *y = report_text(b, same->field);

		if (!x && !y)
			continue;
		if (!x || !y)
			return false;
		if (same_name(x, y))
			continue;
		if (same->tolerance > 0 &&
			same_number(form_field(form, same->field), x, y, same->tolerance))
			continue;
		if (same->fuzzy && names_alike(x, y))
			continue;
		return false;
	}
	return form->nsame > 0;
}

bool form_requires(const struct form *form, const char *field)
{
	for (size_t r = 0; r < form->nrequire; r++) {
		for (size_t i = 0; i < form->requires[r].nfield; i++) {
			if (same_name(form->requires[r].fields[i], field))
				return true;
		}
	}
	return false;
}

/* Is the field one of "lahir|umur"? */
static bool among(const char *list, const char *field)
{
	size_t length = strlen(field);

	while (*list) {
		size_t word = strcspn(list, "|");

		if (word == length && strncmp(list, field, length) == 0)
			return true;
		list += word + (list[word] == '|');
	}
	return false;
}

bool form_either(const struct form *form, const char *field, const char *other)
{
	for (size_t r = 0; r < form->nrequire; r++) {
		for (size_t i = 0; i < form->requires[r].nfield; i++) {
			const char *list = form->requires[r].fields[i];

			if (strchr(list, '|') && among(list, field) && among(list, other))
				return true;
		}
	}
	return false;
}

bool form_asks(const struct form *form, const char *field, enum problem_code code)
{
	for (size_t i = 0; i < form->ncheck; i++) {
		if (form->checks[i].ask && form->checks[i].code == code &&
			same_name(form->checks[i].field, field))
			return true;
	}
	return false;
}

bool list_has(const char *list, const char *choice)
{
	size_t length = strlen(choice);

	while (*list) {
		size_t one = strcspn(list, ",");

		if (one == length && strncmp(list, choice, length) == 0)
			return true;
		list += one + (list[one] == ',');
	}
	return false;
}

const char *list_join(
	struct arena *arena, const struct form_field *field, const char *a, const char *b)
{
	struct strbuf out = {.arena = arena};

	strbuf_puts(&out, "");
	for (size_t i = 0; i < field->nchoice; i++) {
		if ((a && list_has(a, field->choices[i])) || list_has(b, field->choices[i]))
			strbuf_printf(&out, "%s%s", out.length ? "," : "", field->choices[i]);
	}
	return out.length ? out.text : LIST_NONE;
}

bool form_role_is(const char *role, const char *field)
{
	return role && same_name(role, field);
}

bool field_rare(const struct form_field *field, double value)
{
	return field->rare_max > 0 && value >= field->rare_min && value <= field->rare_max;
}

bool report_rare(const struct report *report, const char *name)
{
	const struct form_field *field = form_field(report->form, name);
	const char *text = report_text(report, name);

	return field && text && field_rare(field, strtod(text, NULL));
}

const char *form_who(const struct report *report)
{
	const char *name = report_text(report, report->form->self);

	return name ? name : report_text(report, report->form->mother);
}

const char *form_text_of(const struct report *report, enum field_type type)
{
	const struct form *form = report->form;
	const char *text = NULL;

	for (size_t i = 0; i < form->nfield && !text; i++)
		text = form->fields[i].type == type ? report_text(report, form->fields[i].name)
						    : NULL;
	return text;
}
