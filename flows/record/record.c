/* Stored reports: reference, versions, tallies and audit in one place. */
#include "flows/record/record.h"

#include <string.h>

#include "flows/record/count.h"
#include "flows/record/report_json.h"
#include "parsers/form/form.h"

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

/* The columns that follow from the values. */
static void columns_fill(const struct turn *turn, struct record *record)
{
	const struct report *report = &record->report;
	const struct posyandu *posyandu = posyandu_of(turn, report);
	const struct area *desa = desa_of(turn, report);
	const char *name = report_text(report, "ibu");

	if (desa == NULL && turn->reading != NULL && turn->reading->place != NULL &&
		record_is_death(record))
		/* a story names a place that is no value of the form */
		desa = turn->reading->place;
	if (desa != NULL)
		record->row.area = desa->code;
	else if (record->row.area == NULL)
		record->row.area = "";
	record->row.posyandu = posyandu == NULL ? NULL : posyandu->id;
	record->row.date =
		report->form->date == NULL ? NULL : report_text(report, report->form->date);
	record->row.match_name =
		report_text(report, "nama") != NULL ? report_text(report, "nama") : name;
	report_to_row(turn->flow->arena, report, record->confirmed, &record->row);
}

static int reference_new(const struct turn *turn, struct record *record)
{
	const char *kabupaten = record_kabupaten(turn, &record->report);
	const char *letter = arena_printf(turn->flow->arena, "%s%02d%02d",
		record->report.form->letter, turn->now.date.year % 100, turn->now.date.month);
	int serial, error = store_serial_next(turn->flow->store, kabupaten, letter, &serial);

	if (error != OK)
		return error;
	record->row.kabupaten = kabupaten;
	record->row.ref = arena_printf(turn->flow->arena, "%s-%04d", letter, serial);
	return OK;
}

int record_put(const struct turn *turn, struct record *record)
{
	int error = reference_new(turn, record);

	if (error != OK)
		return error;
	columns_fill(turn, record);
	record->row.version = 1;
	record->row.sender = turn->sender.phone;
	record->row.actor = turn->sender.phone;
	record->row.inbound = turn->message == NULL ? 0 : turn->message->inbound;
	record->row.received = turn->flow->now;
	error = store_report_put(turn->flow->store, &record->row);
	return error != OK ? error : count_apply(turn, record, 1);
}

int record_revise(const struct turn *turn, const struct record *before, struct record *after,
	const char *action)
{
	int error = count_apply(turn, before, -1);

	if (error != OK)
		return error;
	columns_fill(turn, after);
	after->row.actor = turn->sender.phone == NULL ? "kabar" : turn->sender.phone;
	error = store_report_revise(turn->flow->store, &after->row);
	if (error == OK)
		error = count_apply(turn, after, 1);
	if (error == OK)
		error = turn_audit(turn, action, after->row.ref,
			arena_printf(
				turn->flow->arena, "%s %s", before->row.status, before->row.fields),
			arena_printf(
				turn->flow->arena, "%s %s", after->row.status, after->row.fields));
	return error;
}

int record_set_status(const struct turn *turn, struct record *record, enum report_status status,
	const char *action)
{
	struct record before = *record;

	record->report.status = status;
	return record_revise(turn, &before, record, action);
}

int record_of_row(const struct turn *turn, const struct report_row *row, struct record *out)
{
	const char *const *confirmed = NULL;
	int error;

	out->row = *row;
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

void record_judge(const struct turn *turn, struct record *record)
{
	report_judge(turn->flow->reader, turn->flow->arena, &turn->read, record->confirmed,
		&record->report);
}

void record_about(struct turn *turn, const struct record *record)
{
	turn->ref = record->row.ref;
	turn->practice = record->row.training;
}

int record_say_state(struct turn *turn, const struct record *record)
{
	turn_say(turn, MESSAGE_SUPERVISE_STATE, "ref", record->row.ref,
		"state", reply_word(&turn->reply, "state", record->row.status, record->row.status));
	return OK;
}

void record_confirm(struct record *record, const char *field)
{
	for (size_t i = 0; i < RECORD_CONFIRMED; i++) {
		if (record->confirmed[i] != NULL && strcmp(record->confirmed[i], field) == 0)
			return;
		if (record->confirmed[i] == NULL) {
			record->confirmed[i] = field;
			return;
		}
	}
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

bool record_is_death(const struct record *record)
{
	return strcmp(record->report.form->name, "mati") == 0 &&
		report_text(&record->report, "nihil") == NULL;
}
