/* What a stored report means. */
#include "flows/record/record.h"

#include <string.h>

#include "flows/record/report_json.h"
#include "parsers/form/form.h"

/* A report has room for more than it holds: what its counts name is copied. */
#define BEHIND_REPORT (offsetof(struct record, report) + sizeof(struct report))

void record_copy(struct record *to, const struct record *from)
{
	memcpy(to, from, offsetof(struct record, report));
	report_copy(&to->report, &from->report);
	memcpy((char *)to + BEHIND_REPORT, (const char *)from + BEHIND_REPORT,
		sizeof(*to) - BEHIND_REPORT);
}

void record_begin(struct record *record, const struct report *report)
{
	memset(record, 0, offsetof(struct record, report));
	report_copy(&record->report, report);
	memset((char *)record + BEHIND_REPORT, 0, sizeof(*record) - BEHIND_REPORT);
}

static const struct posyandu *posyandu_of(const struct turn *turn, const struct report *report)
{
	for (size_t i = 0; i < report->form->nfield; i++) {
		const char *id = report->form->fields[i].type == FIELD_POSYANDU
			? report_text(report, report->form->fields[i].name) : NULL;

		if (id != NULL)
			return gazetteer_posyandu(turn->flow->places, id);
	}
	return NULL;
}

static const struct area *desa_of(const struct turn *turn, const struct report *report)
{
	const struct posyandu *posyandu = posyandu_of(turn, report);
	const char *code =
		report->form->place == NULL ? NULL : report_text(report, report->form->place);

	if (posyandu != NULL)
		return posyandu->area;
	return code == NULL ? NULL : gazetteer_area(turn->flow->places, code);
}

const struct area *record_desa(const struct turn *turn, const struct record *record)
{
	return desa_of(turn, &record->report);
}

static const char *kabupaten_of(const struct area *area)
{
	while (area != NULL && area->level != LEVEL_KABUPATEN)
		area = area->parent;
	return area == NULL ? "" : area->code;
}

const char *record_kabupaten(const struct turn *turn, const struct report *report)
{
	const struct area *desa = desa_of(turn, report);

	if (desa != NULL)
		return kabupaten_of(desa);
	if (turn->reading != NULL && turn->reading->place != NULL)
		return kabupaten_of(turn->reading->place);
	return turn->sender.narea > 0 ? kabupaten_of(turn->sender.areas[0]) : "";
}

int record_of_row(const struct turn *turn, const struct report_row *row, struct record *out)
{
	const char *const *confirmed = NULL;
	int error;

	out->row = *row;
	out->ends = out->lacks = out->lacks_mark = NULL;
	out->due_moved = out->moved_from = out->stays = NULL;
	out->case_id = out->case_left = 0;
	out->month_first = false;
	out->standing = standing_by_name(row->standing);
	out->link = linkage_by_name(row->link);
	memset(out->confirmed, 0, sizeof(out->confirmed));
	error = report_from_row(
		turn->flow->reader, turn->flow->arena, row, &out->report, &confirmed);
	for (size_t i = 0;
		error == OK && confirmed != NULL && confirmed[i] != NULL && i < RECORD_CONFIRMED;
		i++)
		out->confirmed[i] = confirmed[i];
	return error;
}

int record_load(const struct turn *turn, int64_t id, struct record *out)
{
	struct report_row row;
	int error = store_report_get(turn->flow->store, turn->flow->arena, id, &row);

	return error != OK ? error : record_of_row(turn, &row, out);
}

/* None in a month: only the month can be wrong. */
static void judge_nihil(const struct turn *turn, struct report *report)
{
	struct date day;

	report->nproblem = report->nnote = 0;
	report->status = STATUS_ACCEPTED;
	if (report_text(report, report->form->date) == NULL ||
		!date_parse(report_text(report, report->form->date), &day))
		(void)report_problem(report, report->form->date, PROBLEM_MISSING);
	else if (date_compare(day, turn->now.date) > 0)
		(void)report_problem(report, report->form->date, PROBLEM_FUTURE);
	if (report_value(report, report->form->place) == NULL)
		(void)report_problem(report, report->form->place, PROBLEM_MISSING);
}

/* Somebody else's report gets no place from who speaks now. */
static struct read_context context_of(
	const struct turn *turn, const struct record *record, struct sender *nobody)
{
	struct read_context context = turn->read;

	if (record->row.id == 0 || record->row.sender == NULL || turn->sender.phone == NULL ||
		strcmp(record->row.sender, turn->sender.phone) == 0)
		return context;
	*nobody = turn->sender;
	nobody->narea = 0;
	nobody->posyandu = NULL;
	nobody->puskesmas = NULL;
	context.sender = nobody;
	return context;
}

void record_judge(const struct turn *turn, struct record *record)
{
	struct sender nobody;
	struct read_context context = context_of(turn, record, &nobody);

	if (record_is_nihil(record))
		judge_nihil(turn, &record->report);
	else
		report_judge(turn->flow->reader, turn->flow->arena, &context, record->confirmed,
			&record->report);
}

void record_about(struct turn *turn, const struct record *record)
{
	turn->ref = record->row.ref;
	turn->practice = record->row.training;
	turn->about_death = turn->about_death ||
		(record_is_death(record) && !record->row.training);
}

const struct report *record_repeated(
	const struct turn *turn, const struct record *record, bool perhaps)
{
	struct report *copy = arena_alloc(turn->flow->arena, sizeof(*copy));

	*copy = record->report;
	copy->status = perhaps ? STATUS_QUESTION : STATUS_DUPLICATE;
	copy->nproblem = 0;
	return copy;
}

int record_say_state(struct turn *turn, const struct record *record)
{
	turn_say(turn, MESSAGE_SUPERVISE_STATE, "ref", record->row.ref,
		"state", reply_word(&turn->reply, "state", record->row.status, record->row.status));
	return OK;
}

void record_confirm(struct record *record, const char *field)
{
	size_t i = 0;

	while (i < RECORD_CONFIRMED && record->confirmed[i] != NULL)
		i++;
	if (i < RECORD_CONFIRMED && !record_confirmed(record, field))
		record->confirmed[i] = field;
}

/* Told once more, and the same: believed. */
void record_confirm_rare(
	struct record *record, const struct report *before, const struct report *again)
{
	for (size_t i = 0; i < before->nproblem; i++) {
		const char *field = before->problems[i].field;
		const char *text = report_text(again, field);

		if (before->problems[i].code == PROBLEM_RANGE && text != NULL &&
			report_rare(before, field) &&
			strcmp(report_text(before, field), text) == 0)
			record_confirm(record, field);
	}
}

bool record_confirmed(const struct record *record, const char *field)
{
	for (size_t i = 0; record->confirmed[i] != NULL; i++) {
		if (strcmp(record->confirmed[i], field) == 0)
			return true;
	}
	return false;
}

bool record_open(const struct record *record)
{
	return record->report.status == STATUS_INCOMPLETE ||
		record->report.status == STATUS_QUESTION ||
		(record->report.status == STATUS_SUSPECT && record->report.nproblem > 0);
}

bool record_gone(const struct record *record)
{
	return record->report.status == STATUS_CANCELLED ||
		record->report.status == STATUS_SUPERSEDED ||
		record->report.status == STATUS_REFUSED;
}

bool record_is_nihil(const struct record *record)
{
	return report_is_nihil(&record->report);
}

bool record_is_death(const struct record *record)
{
	return strcmp(record->report.form->name, "mati") == 0 && !record_is_nihil(record);
}

bool record_is_session(const struct record *record)
{
	const struct form *form = record->report.form;
	const struct form_field *place;

	if (form->weekly != NULL)
		return true;
	/* what names somebody is an event of that one */
	if (form->place == NULL || form->self != NULL || form->mother != NULL)
		return false;
	place = form_field(form, form->place);
	return place != NULL && place->type == FIELD_POSYANDU;
}
