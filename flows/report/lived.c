/* The live birth of a child that was told as born dead: see lived.h. */
#include "flows/report/lived.h"

#include <math.h>
#include <string.h>

#include "flows/alert/alert.h"
#include "flows/change/class.h"
#include "parsers/form/form.h"

#define LINKED_MOST 20

static bool is(const char *text, const char *wanted)
{
	return text != NULL && strcmp(text, wanted) == 0;
}

/* The form of births that becomes this one; NULL: none does. */
static const struct form *birth_form(const struct turn *turn, const struct form *form)
{
	const struct form *birth;

	for (size_t i = 0; (birth = reader_form_at(turn->flow->reader, i)) != NULL; i++) {
		if (birth->becomes != NULL && birth->follows != NULL &&
			strcmp(birth->becomes->form, form->name) == 0)
			return birth;
	}
	return NULL;
}

static bool born_dead(
	const struct turn *turn, const struct form *birth, const struct record *record)
{
	const char *kind = report_text(&record->report, birth->becomes->field);

	return strcmp(record->report.form->name, birth->becomes->form) == 0 &&
		is(kind, birth->becomes->value) && !class_differs(turn, record);
}

/* By its kind, or by a class that was set by hand. */
static bool has_lived(
	const struct turn *turn, const struct form *birth, const struct record *record)
{
	const char *kind = report_text(&record->report, birth->becomes->field);

	if (strcmp(record->report.form->name, birth->becomes->form) != 0)
		return false;
	return is(kind, birth->follows->value) ||
		(is(kind, birth->becomes->value) && class_differs(turn, record));
}

static void set(const struct turn *turn, struct report *report, const char *field, const char *text)
{
	struct value value = {.field = field, .text = text, .raw = text};

	report_set(report, turn->flow->arena, &value);
}

/* Its day is that of the death, less the age. */
static void day_set(const struct turn *turn, const struct record *death, struct report *birth)
{
	const char *age = report_text(&death->report, death->report.form->age),
		   *told = report_text(&death->report, death->report.form->date);
	double days = age == NULL ? 0 : duration_days(age);
	char *text = arena_alloc(turn->flow->arena, DATE_TEXT);
	struct date day;

	if (told == NULL || !date_parse(told, &day))
		return;
	date_format(date_add_days(day, days > 0 ? -(int)lround(days) : 0), text);
	set(turn, birth, birth->form->date, text);
}

/* What both forms have, and that the child was alive. */
static void birth_make(const struct turn *turn, const struct form *form,
	const struct record *death, struct record *birth)
{
	const struct condition *lived = &form->follows->when;

	*birth = (struct record){0};
	report_begin(&birth->report, form);
	for (size_t i = 0; i < death->report.nvalue; i++) {
		const struct value *value = &death->report.values[i];
		const struct form_field *to = form_field(form, value->field),
				*from = form_field(death->report.form, value->field);

		if (to != NULL && from != NULL && to->type == from->type)
			report_set(&birth->report, turn->flow->arena, value);
	}
	for (size_t i = 0; i < lived->nterm; i++) {
		if (lived->terms[i].nright == 1)
			set(turn, &birth->report, lived->terms[i].field, lived->terms[i].right[0]);
	}
	day_set(turn, death, &birth->report);
	birth->link = LINK_BELONGS;
	birth->row.original = death->row.id;
	record_judge(turn, birth);
}

static int bring(struct turn *turn, struct change *change, const struct form *form)
{
	struct record *birth = arena_alloc(turn->flow->arena, sizeof(*birth));
	struct change *told;
	int error;

	birth_make(turn, form, &change->after, birth);
	told = change_new(turn, WANT_TELL, birth);
	error = record_change(turn, told);
	*birth = told->after;
	if (error == OK && told->verdict != CHANGE_OTHERS)
		change->birth = birth;
	return error;
}

/* What it brought goes again. */
static int take_back(struct turn *turn, const struct change *change, const struct form *form)
{
	struct report_row *rows = arena_alloc(turn->flow->arena, LINKED_MOST * sizeof(*rows));
	struct report_filter filter = {.form = form->name, .original = change->after.row.id};
	struct record *birth = arena_alloc(turn->flow->arena, sizeof(*birth));
	size_t count;
	int error = store_report_find(
		turn->flow->store, turn->flow->arena, &filter, rows, LINKED_MOST, &count);

	for (size_t i = 0; error == OK && i < count; i++) {
		error = record_of_row(turn, &rows[i], birth);
		if (error == OK && birth->link == LINK_BELONGS && !record_gone(birth))
			error = record_change(turn, change_new(turn, WANT_CANCEL, birth));
	}
	return error;
}

int lived_follow(struct turn *turn, struct change *change)
{
	const struct form *form = birth_form(turn, change->before.report.form);
	const struct record *before = &change->before, *after = &change->after;

	if (form == NULL || change->verdict != CHANGE_DONE || after->row.training)
		return OK;
	if (born_dead(turn, form, before) && has_lived(turn, form, after))
		return bring(turn, change, form);
	return has_lived(turn, form, before) && born_dead(turn, form, after)
		? take_back(turn, change, form)
		: OK;
}

void lived_say(struct turn *turn, const struct change *change)
{
	const struct record *birth = change->birth;
	const char *class;

	if (birth == NULL)
		return;
	class = alert_class(&turn->reply, &change->after.report);
	if (birth->report.nproblem > 0)
		turn_say(turn, MESSAGE_LIVED_ASKS, "ref", change->after.row.ref, "class", class,
			"birth", birth->row.ref, "ask",
			reply_ask(&turn->reply, &birth->report, &birth->report.problems[0]));
	else
		turn_say(turn, MESSAGE_LIVED, "ref", change->after.row.ref, "class", class, "birth",
			birth->row.ref);
}
