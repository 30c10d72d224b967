/* Two reports beside each other: see same_pair.h. */
#include "flows/same/same_pair.h"

#include <stdlib.h>
#include <string.h>

#include "flows/record/week.h"
#include "flows/same/same_names.h"
#include "parsers/form/form.h"
#include "parsers/form/form_case.h"

/* Leaves only the values that both reports have, so that an unfinished report can be compared. */
static bool lacks(const struct form *form, const struct value *value, const void *other)
{
	(void)form;
	return report_value(other, value->field) == NULL;
}

static void common_values(const struct report *a, const struct report *b, struct report *out)
{
	report_copy(out, a);
	report_drop(out, lacks, b);
}

static bool both_named(const struct report *a, const struct report *b)
{
	const struct form *form = a->form;

	return (report_text(a, form->self) != NULL && report_text(b, form->self) != NULL) ||
		(report_text(a, form->mother) != NULL && report_text(b, form->mother) != NULL);
}

bool same_differs(const struct report *a, const struct report *b, const char *field)
{
	const char *x = report_text(a, field), *y = report_text(b, field);

	return x != NULL && y != NULL && strcmp(x, y) != 0;
}

/* Of births only; twins of one form or of two. */
bool same_other_twin(const struct report *a, const struct report *b)
{
	const char *x = report_text(a, a->form->order_of_birth),
		   *y = report_text(b, b->form->order_of_birth);

	return x != NULL && y != NULL && strcmp(x, y) != 0;
}

/* Of those who are looked after: another of the same name, or a child whose name is only alike and
 * who measures otherwise. */
static bool other_person(const struct report *a, const struct report *b)
{
	const char *x = form_who(a), *y = form_who(b), *field;

	if (a->form->cases == NULL || a->form != b->form)
		return false;
	if (same_case_person(a, b, &field) != PERSON_FITS)
		return true;
	if (!a->form->cases->ask_alike || x == NULL || y == NULL ||
		strcmp(name_core(x), name_core(y)) == 0)
		return false;
	for (size_t i = 0; i < a->form->nfield; i++) {
		if (a->form->fields[i].type == FIELD_AMOUNT &&
			same_differs(a, b, a->form->fields[i].name))
			return true;
	}
	return false;
}

bool same_told_alike(const struct record *a, const struct record *b)
{
	struct report left, right;

	if (!both_named(&a->report, &b->report) || same_other_twin(&a->report, &b->report) ||
		other_person(&a->report, &b->report))
		return false;
	common_values(&a->report, &b->report, &left);
	common_values(&b->report, &a->report, &right);
	return form_same_event(a->report.form, &left, &right);
}

const char *same_phone(const struct turn *turn, const struct record *record)
{
	return record->row.id != 0 ? record->row.sender : turn->sender.phone;
}

bool same_teller(
	const struct turn *turn, const struct record *record, const struct record *other)
{
	const char *phone = same_phone(turn, record);

	return phone != NULL && strcmp(other->row.sender, phone) == 0;
}

/* Does the text give the day: "31/7", "2024-07-31", "kemarin"; not "JULI", "7/24". */
static bool day_written(const char *raw, struct date day)
{
	long number;

	raw += strcspn(raw, "0123456789");
	if (*raw == '\0')
		return false;
	number = strtol(raw, NULL, 10);
	return number == day.day || number > 99;
}

bool same_day_told(const struct turn *turn, const struct record *record)
{
	const struct value *value = report_value(&record->report, record->report.form->date);
	struct date day;

	if (value == NULL || value->defaulted || !date_parse(value->text, &day))
		return false;
	if (value->raw != NULL && day_written(value->raw, day))
		return true;
	return date_compare(day, turn->now.date) != 0 &&
		(day.day != date_month_days(day.year, day.month) ||
			(day.year == turn->now.date.year && day.month == turn->now.date.month));
}

static bool not_held(const struct record *record)
{
	const char *held = report_text(&record->report, record->report.form->held);

	return held != NULL && strcmp(held, "TIDAK") == 0;
}

bool same_session_excludes(const struct record *a, const struct record *b)
{
	const char *x = report_text(&a->report, a->report.form->date),
		   *y = report_text(&b->report, b->report.form->date);

	return a->report.form->weekly != NULL || not_held(a) || not_held(b) ||
		(x != NULL && y != NULL && strcmp(x, y) == 0);
}

/* A month in which the posyandu held one on another day may have two. None at all is of the month.
 */
bool same_session(const struct turn *turn, const struct record *record,
	const struct record *other, bool correcting)
{
	const char *a = report_text(&record->report, record->report.form->date);

	if (a == NULL || other->row.date == NULL)
		return false;
	if (strcmp(a, other->row.date) == 0 || correcting || not_held(record) || not_held(other))
		return true;
	return record_confirmed(record, SAME_WHOLE_MONTH) ||
		record_confirmed(other, SAME_WHOLE_MONTH) ||
		(record->row.id == 0 && !same_day_told(turn, record));
}

bool same_days_near(const struct turn *turn, const struct record *a, const struct record *b)
{
	const char *x = report_text(&a->report, a->report.form->date),
		   *y = report_text(&b->report, b->report.form->date);
	struct date first, second;
	int days;

	if (x == NULL || y == NULL || !date_parse(x, &first) || !date_parse(y, &second))
		return false;
	days = date_diff_days(first, second);
	return days <= turn->flow->settings->twin_days && -days <= turn->flow->settings->twin_days;
}

bool same_home(const struct turn *turn, const struct record *a, const struct record *b)
{
	const struct area *x = record_desa(turn, a), *y = record_desa(turn, b);
	const char *na = form_text_of(&a->report, FIELD_NIK);
	const char *nb = form_text_of(&b->report, FIELD_NIK);

	return (x != NULL && x == y) || same_teller(turn, a, b) ||
		(na != NULL && nb != NULL && strcmp(na, nb) == 0);
}

static bool one_session(
	const struct turn *turn, const struct record *record, const struct record *other)
{
	const char *a = form_text_of(&record->report, FIELD_POSYANDU),
		   *b = form_text_of(&other->report, FIELD_POSYANDU),
		   *day = report_text(&record->report, record->report.form->date);

	if (record->report.form->weekly != NULL)
		return week_same(&record->report, &other->report);
	return a != NULL && b != NULL && strcmp(a, b) == 0 && day != NULL &&
		other->row.date != NULL && strncmp(day, other->row.date, strlen("2024-08")) == 0 &&
		same_session(turn, record, other, false);
}

bool same_one(const struct turn *turn, const struct record *record, const struct record *other)
{
	const struct report *a = &record->report, *b = &other->report;

	if (record_is_nihil(record) || record_is_nihil(other))
		return record_is_nihil(record) && record_is_nihil(other) && a->form == b->form &&
			!same_differs(a, b, a->form->date) && !same_differs(a, b, a->form->place);
	if (record_is_session(record))
		return a->form == b->form && one_session(turn, record, other);
	if (a->form == b->form && same_told_alike(record, other))
		return true;
	return same_kind(a, b) && same_person(a, b) && !same_other_twin(a, b) &&
		same_days_near(turn, record, other) && same_home(turn, record, other);
}

#define YEARS_APART (2 * 366)
#define YOUNG	    366
#define DAYS_APART  2

static bool ages_apart(const struct report *a, const struct report *b)
{
	const char *x = report_text(a, a->form->age), *y = report_text(b, b->form->age);
	double first, second, apart;

	if (x == NULL || y == NULL)
		return false;
	first = duration_days(x);
	second = duration_days(y);
	apart = first > second ? first - second : second - first;
	return apart > YEARS_APART || (first < YOUNG && second < YOUNG && apart >= DAYS_APART);
}

/* Whatever is chosen of a few, but where it happened. */
static bool choices_differ(const struct report *a, const struct report *b)
{
	for (size_t i = 0; i < a->form->nfield; i++) {
		const struct form_field *field = &a->form->fields[i];

		if ((field->type == FIELD_CHOICE || field->type == FIELD_NIK) &&
			!(a->form->where != NULL && form_role_is(a->form->where, field->name)) &&
			same_differs(a, b, field->name))
			return true;
	}
	return false;
}

bool same_dead_differ(
	const struct turn *turn, const struct record *record, const struct record *other)
{
	const struct report *a = &record->report, *b = &other->report;
	const struct area *desa = record_desa(turn, record);

	if (!record_is_death(record) || !record_is_death(other))
		return false;
	return ages_apart(a, b) || choices_differ(a, b) ||
		(desa != record_desa(turn, other) && !same_teller(turn, record, other));
}
