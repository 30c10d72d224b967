/* The same event told twice, by one person or by two.
 *
 * Births and deaths are compared by the form's same_as; where only the person and the days agree,
 * it may be the same one and is asked. Sessions: same_session.h. Twins have an order, or come in
 * one SMS.
 */
#include "flows/same/same_event.h"

#include <string.h>

#include "flows/same/same_names.h"
#include "flows/same/same_session.h"
#include "parsers/form/form.h"
#include "parsers/text/text.h"
#include "parsers/text/utf8.h"
#include "store/report/names.h"

#define CANDIDATES 50
#define NAMES_READ 300

/* "innalillahi", and whose it is comes now: nothing that the first says is otherwise. */
static bool goes_on(const struct report *report, const struct report *first)
{
	if (!first->story || form_who(first) != NULL)
		return false;
	for (size_t i = 0; i < first->nvalue; i++) {
		if (!first->values[i].defaulted &&
			same_differs(first, report, first->values[i].field))
			return false;
	}
	return true;
}

/* All of a list is in the other. */
static bool among(const struct form_field *field, const char *list, const char *other)
{
	if (field == NULL || field->type != FIELD_LIST)
		return false;
	for (size_t i = 0; i < field->nchoice; i++) {
		if (list_has(list, field->choices[i]) && !list_has(other, field->choices[i]))
			return false;
	}
	return true;
}

bool same_says_nothing_new(const struct report *report, const struct report *other)
{
	for (size_t i = 0; i < report->nvalue; i++) {
		const struct value *value = &report->values[i];
		const char *told = report_text(other, value->field);

		if (!value->defaulted &&
			(told == NULL || (strcmp(told, value->text) != 0 &&
				!among(form_field(report->form, value->field), value->text, told))))
			return false;
	}
	return true;
}

/* What several reports of one SMS tell was meant as several. */
static bool told_together(
	const struct turn *turn, const struct record *record, const struct record *other)
{
	int64_t inbound = record->row.id != 0 ? record->row.inbound
		: turn->message != NULL       ? turn->message->inbound
					      : 0;

	return inbound != 0 && other->row.inbound == inbound;
}

/* Linked already: as the same, as another, as what it took the place of. */
static bool linked(const struct record *record, const struct record *other)
{
	if (record->row.id == 0)
		return record->link == LINK_BELONGS && other->row.id == record->row.original;
	return other->row.id == record->row.id || other->row.id == record->row.original ||
		other->row.original == record->row.id;
}

/* Counted, or waiting to be: not one that is itself kept back behind another. */
static bool stands(const struct record *other)
{
	return !record_gone(other) && other->link != LINK_SAME && other->link != LINK_REPLACES &&
		other->report.status != STATUS_HELD;
}

static enum same judge_nihil(const struct record *record, const struct record *other)
{
	return record_is_nihil(record) && record_is_nihil(other) &&
			record->report.form == other->report.form
		? SAME_EVENT
		: SAME_NONE;
}

/* Somebody waits to be finished: by whoever began it; a death by anybody. */
static enum same judge_waiting(
	const struct turn *turn, const struct record *record, const struct record *other)
{
	if (record->report.form != other->report.form || record->row.id != 0 ||
		!same_told_alike(record, other))
		return SAME_NONE;
	return same_teller(turn, record, other) || record_is_death(record) ? SAME_UNFINISHED
								       : SAME_NONE;
}

static enum same judge(const struct turn *turn, const struct record *record,
	const struct record *other, bool correcting)
{
	bool own = same_teller(turn, record, other);

	if (linked(record, other) || !stands(other) || told_together(turn, record, other))
		return SAME_NONE;
	if (own && record->row.id == 0 && record->report.form == other->report.form &&
		record->report.nproblem > 0 && record->report.status == STATUS_INCOMPLETE &&
		!record_open(other) && same_says_nothing_new(&record->report, &other->report))
		return SAME_AGAIN;
	if (record_is_session(record))
		return same_session_judge(turn, record, other, own, correcting);
	if (record_is_nihil(record) || record_is_nihil(other))
		return judge_nihil(record, other);
	if (record_open(other) || other->report.status == STATUS_SUSPECT) {
		if (own && record->row.id == 0 && record_open(other) &&
			record->report.form == other->report.form &&
			goes_on(&record->report, &other->report))
			return SAME_UNFINISHED;
		return judge_waiting(turn, record, other);
	}
	if (record->report.form == other->report.form && same_told_alike(record, other))
		return SAME_EVENT;
	return same_kind(&record->report, &other->report) &&
			same_person(&record->report, &other->report) &&
			!same_other_twin(&record->report, &other->report) &&
			same_days_near(turn, record, other) && same_home(turn, record, other)
		? SAME_PERHAPS
		: SAME_NONE;
}

/* His whole telling stands behind another's, and he begins it once more with no more to say. */
static bool repeats_copy(
	const struct turn *turn, const struct record *record, const struct record *other)
{
	return record->row.id == 0 && record->report.status == STATUS_INCOMPLETE &&
		!record_is_death(record) && record->report.form == other->report.form &&
		other->link == LINK_SAME && !record_gone(other) &&
		same_teller(turn, record, other) &&
		same_says_nothing_new(&record->report, &other->report);
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
	if (record_is_session(record) || record_is_nihil(record)) {
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

static void candidate_add(struct candidates *candidates, int64_t id)
{
	size_t at;

	for (at = 0; at < candidates->count && candidates->ids[at] >= id; at++) {
		if (candidates->ids[at] == id)
			return;
	}
	if (at == CANDIDATES)
		return;
	candidates->count += candidates->count < CANDIDATES;
	memmove(&candidates->ids[at + 1], &candidates->ids[at],
		(candidates->count - at - 1) * sizeof(candidates->ids[0]));
	candidates->ids[at] = id;
}

static int name_add(int64_t id, const char *name, void *context)
{
	struct candidates *candidates = context;

	if (names_alike(candidates->name, name_core(name)))
		candidate_add(candidates, id);
	return OK;
}

/* All that a filter finds. */
static int filter_add(
	const struct turn *turn, const struct report_filter *filter, struct candidates *candidates)
{
	struct report_row *rows = arena_raw(turn->flow->arena, CANDIDATES * sizeof(*rows));
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
		candidates->name, NAMES_READ, &read, name_add, candidates);

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

/* What somebody began and has told to its end is finished, whatever else tells of the same event:
 * else it would wait on, and take an answer that is not for it. */
static bool finishes(const struct turn *turn, enum same same, const struct record *record,
	const struct record *other)
{
	return same == SAME_UNFINISHED && same_teller(turn, record, other);
}

/* Practice is compared with practice only: it neither completes nor repeats what is real. What is
 * surely the same goes before what may be. */
static int judge_all(const struct turn *turn, const struct record *record, bool correcting,
	const struct candidates *candidates, enum same *same, struct record *found)
{
	struct record *other = candidates->count == 0
		? NULL : arena_alloc(turn->flow->arena, sizeof(*other));
	bool finished = false;
	int error = store_reports_expect(
		turn->flow->store, candidates->ids, candidates->count);

	for (size_t i = 0; error == OK && i < candidates->count && !finished; i++) {
		enum same one = SAME_NONE;

		error = record_load(turn, candidates->ids[i], other);
		if (error == OK && record->row.training == other->row.training)
			one = judge(turn, record, other, correcting);
		if (error == OK && record->row.training == other->row.training &&
			repeats_copy(turn, record, other)) {
			*same = SAME_AGAIN;
			return record_load(turn, other->row.original, found);
		}
		finished = finishes(turn, one, record, other);
		if (one == SAME_NONE || (one == SAME_PERHAPS && *same != SAME_NONE) ||
			(*same != SAME_NONE && *same != SAME_PERHAPS && !finished))
			continue;
		*same = one;
		*found = *other;
	}
	return error;
}

/* What the same person told of these days wherever it was, and who has the same NIK. */
static int elsewhere_add(const struct turn *turn, const struct record *record,
	const struct report_filter *filter, struct candidates *candidates)
{
	struct report_filter nik = *filter;
	int error = OK;

	nik.form = nik.area_prefix = NULL;
	nik.match_nik = form_text_of(&record->report, FIELD_NIK);
	if (same_phone(turn, record) != NULL)
		error = store_report_names_told(turn->flow->store, same_phone(turn, record),
			filter->date_from, filter->date_to, candidates->name, NAMES_READ, name_add,
			candidates);
	return error != OK || nik.match_nik == NULL ? error : filter_add(turn, &nik, candidates);
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
		if (error == OK)
			error = elsewhere_add(turn, record, &filter, candidates);
		filter.waiting = !record_is_death(record);
		if (error == OK && desa != NULL)
			error = filter_add(turn, &filter, candidates);
	}
	if (record->row.id != 0)
		return error;
	filter = (struct report_filter){.form = record->report.form->name,
		.with_training = record->row.training,
		.waiting = true,
		.sender = turn->sender.phone,
		.received_from = turn->flow->now - turn->flow->settings->question_hours * 3600};
	if (error == OK && filter.sender != NULL)
		error = filter_add(turn, &filter, candidates);
	return error;
}

int same_event_find(const struct turn *turn, const struct record *record, bool correcting,
	enum same *same, struct record *found)
{
	const struct form *form = record->report.form;
	const struct area *desa = record_desa(turn, record);
	const char *date = form->date == NULL ? NULL : report_text(&record->report, form->date);
	const char *name = form_who(&record->report);
	struct report_filter filter = {.form = form->name, .with_training = record->row.training};
	struct candidates *candidates = arena_alloc(turn->flow->arena, sizeof(*candidates));
	/* Told to two gateways at once it is found by the second of them. */
	int error = desa == NULL ? OK : store_report_lock(turn->flow->store, desa->code);

	if (error != OK)
		return error;
	*same = SAME_NONE;
	candidates->name = name == NULL ? NULL : name_core(name);
	filter_days(turn, record, date, &filter);
	if (record_is_session(record) || record_is_nihil(record)) {
		filter.posyandu = form_text_of(&record->report, FIELD_POSYANDU);
		filter.area_prefix = desa == NULL || filter.posyandu != NULL ? NULL : desa->code;
		filter.unnamed = form_by_month(form);
		if (filter.date_from == NULL || (filter.posyandu == NULL && form->weekly == NULL &&
						record_is_session(record)))
			return OK;
		if (filter.posyandu == NULL && desa == NULL)
			return OK;
		error = filter_add(turn, &filter, candidates);
	} else if (candidates->name != NULL) {
		error = find_named(turn, record, desa, filter, candidates);
	}
	return error != OK ? error
			   : judge_all(turn, record, correcting, candidates, same, found);
}
