/* The same event told twice, by one person or by two.
 *
 * Births and deaths are compared by the form's same_as; the name decides whenever both have one.
 * Monthly sessions are the same when posyandu and month are. Twins have an order, or come in one SMS.
 */
#include "flows/same_event.h"

#include <string.h>

#include "flows/report_json.h"
#include "parsers/form.h"

#define CANDIDATES 50

static bool monthly(const struct form *form)
{
	for (size_t i = 0; i < form->nfield; i++) {
		if (form->fields[i].type == FIELD_POSYANDU)
			return true;
	}
	return false;
}

/* Leaves only the values that both reports have, so that an unfinished report can be compared. */
static void common_values(const struct report *a, const struct report *b, struct report *out)
{
	*out = *a;
	out->nvalue = 0;
	for (size_t i = 0; i < a->nvalue; i++) {
		if (report_value(b, a->values[i].field) != NULL)
			out->values[out->nvalue++] = a->values[i];
	}
}

static bool both_named(const struct report *a, const struct report *b)
{
	static const char *const names[] = {"ibu", "nama"};

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (report_text(a, names[i]) != NULL && report_text(b, names[i]) != NULL)
			return true;
	}
	return false;
}

static bool differs(const struct report *a, const struct report *b, const char *field)
{
	const char *x = report_text(a, field), *y = report_text(b, field);

	return x != NULL && y != NULL && strcmp(x, y) != 0;
}

static bool told_alike(const struct record *a, const struct record *b)
{
	struct report left, right;

	if (!both_named(&a->report, &b->report) || differs(&a->report, &b->report, "urutan"))
		return false;
	common_values(&a->report, &b->report, &left);
	common_values(&b->report, &a->report, &right);
	return form_same_event(a->report.form, &left, &right);
}

/* Everything that either says of the session is the same; what only one of them says differs. */
static bool same_figures(const struct report *a, const struct report *b)
{
	for (size_t i = 0; i < a->form->nfield; i++) {
		const struct form_field *field = &a->form->fields[i];
		const char *x = report_text(a, field->name), *y = report_text(b, field->name);

		if ((field->type == FIELD_COUNT || field->type == FIELD_CHOICE)
		    && strcmp(x == NULL ? "" : x, y == NULL ? "" : y) != 0)
			return false;
	}
	return true;
}

static bool status_is(const struct record *record, const char *list)
{
	return strstr(list, record->row.status) != NULL;
}

static enum same judge(const struct turn *turn, const struct record *record, const struct record *other)
{
	bool own = turn->sender.phone != NULL && strcmp(other->row.sender, turn->sender.phone) == 0;

	if ((record->row.id != 0 && (other->row.id == record->row.id || other->row.original == record->row.id))
	    || status_is(other, "cancelled superseded refused duplicate held"))
		return SAME_NONE;
	if (turn->message != NULL && other->row.inbound == turn->message->inbound && record->row.id == 0)
		return SAME_NONE; /* several in one SMS were meant as several */
	if (monthly(record->report.form)) {
		if (record_open(other))
			return own ? SAME_UNFINISHED : SAME_NONE;
		return same_figures(&record->report, &other->report) ? SAME_EVENT : SAME_OTHER_FIGURES;
	}
	if (report_text(&record->report, "nihil") != NULL || report_text(&other->report, "nihil") != NULL)
		return report_text(&record->report, "nihil") != NULL && report_text(&other->report, "nihil") != NULL
			? SAME_EVENT : SAME_NONE;
	if (!told_alike(record, other))
		return SAME_NONE;
	if (status_is(other, "incomplete question suspect"))
		return own || record_is_death(record) ? SAME_UNFINISHED : SAME_NONE;
	return SAME_EVENT;
}

/* The days within which an equal event can lie. */
static void filter_days(const struct turn *turn, const struct record *record, const char *iso,
	struct report_filter *filter)
{
	char *from = arena_alloc(turn->flow->arena, DATE_TEXT), *to = arena_alloc(turn->flow->arena, DATE_TEXT);
	struct date day, first, last;

	if (iso == NULL || !date_parse(iso, &day))
		return;
	first = last = day;
	if (monthly(record->report.form) || report_text(&record->report, "nihil") != NULL) {
		first.day = 1;
		last.day = date_month_days(day.year, day.month);
	} else {
		first = date_add_days(day, -turn->flow->settings->twin_days);
		last = date_add_days(day, turn->flow->settings->twin_days);
	}
	date_format(first, from);
	date_format(last, to);
	filter->date_from = from;
	filter->date_to = to;
}

/* Cheap reasons against it, before the fields are read. */
static bool may_be_same(const struct record *record, const struct report_row *row, bool unfinished)
{
	const char *name = report_text(&record->report, "nama");
	bool waits = strstr("incomplete question suspect", row->status) != NULL;

	if (unfinished && !waits)
		return false; /* a finished one has its day and was found by it */
	if (name == NULL)
		name = report_text(&record->report, "ibu");
	if (name == NULL || row->match_name == NULL || waits)
		return true;
	return form_names_alike(name, row->match_name);
}

static int search(const struct turn *turn, const struct record *record, const struct report_filter *filter,
	enum same *same, struct record *found)
{
	struct report_row *rows = arena_alloc(turn->flow->arena, CANDIDATES * sizeof(*rows));
	size_t count;
	int error = store_report_find(turn->flow->store, turn->flow->arena, filter, rows, CANDIDATES, &count);

	for (size_t i = 0; error == OK && i < count && *same == SAME_NONE; i++) {
		if (!may_be_same(record, &rows[i], filter->sender != NULL))
			continue;
		error = record_of_row(turn, &rows[i], found);
		if (error == OK)
			*same = judge(turn, record, found);
	}
	return error;
}

int same_event_find(const struct turn *turn, const struct record *record, enum same *same, struct record *found)
{
	const struct area *desa = record_desa(turn, record);
	const char *posyandu = report_text(&record->report, "posyandu");
	const char *date = record->report.form->date == NULL ? NULL
		: report_text(&record->report, record->report.form->date);
	struct report_filter filter = {.form = record->report.form->name, .with_training = record->row.training};
	int error;

	*same = SAME_NONE;
	if (monthly(record->report.form) && posyandu == NULL)
		return OK;
	filter.posyandu = posyandu;
	filter.area_prefix = desa == NULL ? NULL : desa->code;
	filter_days(turn, record, date, &filter);
	if (filter.date_from != NULL) {
		error = search(turn, record, &filter, same, found);
		if (error != OK || *same != SAME_NONE)
			return error;
	}
	/* a report without a day, or without a place, that the same person began lately */
	filter.date_from = filter.date_to = filter.area_prefix = NULL;
	filter.sender = turn->sender.phone;
	filter.received_from = turn->flow->now - turn->flow->settings->question_hours * 3600;
	if (filter.sender == NULL || monthly(record->report.form))
		return OK;
	return search(turn, record, &filter, same, found);
}
