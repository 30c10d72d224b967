/* The same event told twice, by one person or by two.
 *
 * Births and deaths are compared by the form's same_as; the name decides whenever both have one.
 * Monthly sessions are the same when posyandu and month are. Twins have an order, or come in one
 * SMS.
 */
#include "flows/report/same_event.h"

#include <string.h>

#include "flows/record/report_json.h"
#include "parsers/form/form.h"
#include "parsers/text/text.h"

#define CANDIDATES 50
#define NAMES_READ 300

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

/* "innalillahi", and whose it is comes now: nothing that the first says is otherwise. */
static bool goes_on(const struct report *report, const struct report *first)
{
	if (!first->story || report_text(first, "ibu") != NULL ||
		report_text(first, "nama") != NULL)
		return false;
	for (size_t i = 0; i < first->nvalue; i++) {
		if (!first->values[i].defaulted && differs(first, report, first->values[i].field))
			return false;
	}
	return true;
}

/* Every word of it stands in the other. */
static bool says_nothing_new(const struct report *report, const struct report *other)
{
	for (size_t i = 0; i < report->nvalue; i++) {
		const char *told = report_text(other, report->values[i].field);

		if (!report->values[i].defaulted &&
			(told == NULL || strcmp(told, report->values[i].text) != 0))
			return false;
	}
	return true;
}

static bool status_is(const struct record *record, const char *list)
{
	return strstr(list, record->row.status) != NULL;
}

static enum same judge(
	const struct turn *turn, const struct record *record, const struct record *other)
{
	bool own = turn->sender.phone != NULL && strcmp(other->row.sender, turn->sender.phone) == 0;

	if ((record->row.id != 0 &&
		    (other->row.id == record->row.id || other->row.original == record->row.id)) ||
		status_is(other, "cancelled superseded refused duplicate held"))
		return SAME_NONE;
	if (turn->message != NULL && other->row.inbound == turn->message->inbound &&
		record->row.id == 0)
		return SAME_NONE; /* several in one SMS were meant as several */
	if (own && record->report.status == STATUS_INCOMPLETE && !record_open(other) &&
		says_nothing_new(&record->report, &other->report))
		return SAME_AGAIN;
	if (monthly(record->report.form)) {
		if (record_open(other))
			return own ? SAME_UNFINISHED : SAME_NONE;
		return same_figures(&record->report, &other->report) ? SAME_EVENT
								     : SAME_OTHER_FIGURES;
	}
	if (report_text(&record->report, "nihil") != NULL ||
		report_text(&other->report, "nihil") != NULL)
		return report_text(&record->report, "nihil") != NULL &&
				report_text(&other->report, "nihil") != NULL
			? SAME_EVENT
			: SAME_NONE;
	if (own && record_open(other) && goes_on(&record->report, &other->report))
		return SAME_UNFINISHED;
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
	char *from = arena_alloc(turn->flow->arena, DATE_TEXT),
	     *to = arena_alloc(turn->flow->arena, DATE_TEXT);
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

struct candidates {
	const char *name;
	int64_t ids[CANDIDATES]; /* the newest; the oldest of them is dropped first */
	size_t count;
};

static const char *event_name(const struct record *record)
{
	const char *name = report_text(&record->report, "nama");

	return name != NULL ? name : report_text(&record->report, "ibu");
}

static void candidate_add(struct candidates *candidates, int64_t id)
{
	size_t at;

	for (at = 0; at < candidates->count && candidates->ids[at] >= id; at++) {
		if (candidates->ids[at] == id)
			return;
	}
	if (at == CANDIDATES)
		return;
	if (candidates->count < CANDIDATES)
		candidates->count++;
	memmove(&candidates->ids[at + 1], &candidates->ids[at],
		(candidates->count - at - 1) * sizeof(candidates->ids[0]));
	candidates->ids[at] = id;
}

static int name_add(int64_t id, const char *name, void *context)
{
	struct candidates *candidates = context;

	if (form_names_alike(candidates->name, name))
		candidate_add(candidates, id);
	return OK;
}

/* All that a filter finds. */
static int filter_add(
	const struct turn *turn, const struct report_filter *filter, struct candidates *candidates)
{
	struct report_row *rows = arena_alloc(turn->flow->arena, CANDIDATES * sizeof(*rows));
	size_t count;
	int error = store_report_find(
		turn->flow->store, turn->flow->arena, filter, rows, CANDIDATES, &count);

	for (size_t i = 0; error == OK && i < count; i++)
		candidate_add(candidates, rows[i].id);
	return error;
}

/* Named events of a place within the days: by their names, before any report is read. Where there
 * are more than any desa has, the rest only by the first letter. */
static int named_add(const struct turn *turn, const char *area, const struct report_filter *filter,
	struct candidates *candidates)
{
	int32_t codepoint;
	size_t read, length = utf8_next(candidates->name, strlen(candidates->name), &codepoint);
	const char *first = arena_strndup(turn->flow->arena, candidates->name, length);
	char iso[DATE_TEXT];
	struct date day, last;
	int error = store_report_names(turn->flow->store, area, filter->date_from, filter->date_to,
		NAMES_READ, &read, name_add, candidates);

	if (error != OK || read < NAMES_READ || !date_parse(filter->date_from, &day) ||
		!date_parse(filter->date_to, &last))
		return error;
	for (; error == OK && date_compare(day, last) <= 0; day = date_add_days(day, 1)) {
		date_format(day, iso);
		error = store_report_names_like(
			turn->flow->store, area, iso, first, name_add, candidates);
	}
	return error;
}

/* Where the event may have been told to be: its desa, else the sender's areas, else anywhere by the
 * very name. */
static int places_add(const struct turn *turn, const struct area *desa, struct report_filter filter,
	struct candidates *candidates)
{
	const struct sender *sender = &turn->sender;
	int error = OK;

	if (desa != NULL)
		return named_add(turn, desa->code, &filter, candidates);
	for (size_t i = 0; error == OK && i < sender->narea; i++)
		error = named_add(turn, sender->areas[i]->code, &filter, candidates);
	filter.match_name = candidates->name;
	return error != OK ? error : filter_add(turn, &filter, candidates);
}

/* Practice is compared with practice only: it neither completes nor repeats what is real. */
static int judge_all(const struct turn *turn, const struct record *record,
	const struct candidates *candidates, enum same *same, struct record *found)
{
	int error = OK;

	for (size_t i = 0; error == OK && i < candidates->count && *same == SAME_NONE; i++) {
		error = record_load(turn, candidates->ids[i], found);
		if (error == OK && found->report.form == record->report.form
		    && record->row.training == found->row.training)
			*same = judge(turn, record, found);
	}
	return error;
}

/* Births and deaths: alike by name within the days, those that wait whatever they say so far, and
 * what the same person began lately without a day or a place. */
static int find_named(const struct turn *turn, const struct record *record, const struct area *desa,
	struct report_filter filter, struct candidates *candidates)
{
	int error = OK;

	filter.area_prefix = desa == NULL ? NULL : desa->code;
	if (filter.date_from != NULL) {
		error = places_add(turn, desa, filter, candidates);
		filter.waiting = true;
		if (error == OK && desa != NULL)
			error = filter_add(turn, &filter, candidates);
	}
	filter = (struct report_filter){.form = record->report.form->name,
		.with_training = record->row.training,
		.waiting = true,
		.sender = turn->sender.phone,
		.received_from = turn->flow->now - turn->flow->settings->question_hours * 3600};
	if (error == OK && filter.sender != NULL)
		error = filter_add(turn, &filter, candidates);
	return error;
}

int same_event_find(
	const struct turn *turn, const struct record *record, enum same *same, struct record *found)
{
	const struct form *form = record->report.form;
	const struct area *desa = record_desa(turn, record);
	const char *date = form->date == NULL ? NULL : report_text(&record->report, form->date);
	struct report_filter filter = {.form = form->name, .with_training = record->row.training};
	struct candidates *candidates = arena_alloc(turn->flow->arena, sizeof(*candidates));
	int error = OK;

	*same = SAME_NONE;
	*candidates = (struct candidates){.name = event_name(record)};
	filter_days(turn, record, date, &filter);
	if (monthly(form) || report_text(&record->report, "nihil") != NULL) {
		filter.posyandu = report_text(&record->report, "posyandu");
		filter.area_prefix = desa == NULL ? NULL : desa->code;
		if (filter.date_from == NULL ||
			(filter.posyandu == NULL && (monthly(form) || desa == NULL)))
			return OK;
		error = filter_add(turn, &filter, candidates);
	} else if (candidates->name != NULL) {
		error = find_named(turn, record, desa, filter, candidates);
	}
	return error != OK ? error : judge_all(turn, record, candidates, same, found);
}
