/* Rows of reports: reference, columns, versions, audit, counts. See record_write.h. */
#include "flows/change/record_write.h"

#include <string.h>

#include "flows/change/case_keep.h"
#include "flows/change/class.h"
#include "flows/change/count.h"
#include "flows/change/count_named.h"
#include "flows/record/report_json.h"
#include "parsers/form/form.h"

void record_settle(struct record *record, enum report_status ended)
{
	struct status_facts facts = {.ended = ended,
		.link = record->link,
		.standing = record->standing,
		.verified = record->row.verified,
		.story = record->report.story,
		.death = record_is_death(record)};

	for (size_t i = 0; i < record->report.nproblem; i++) {
		if (class_waives(record, &record->report.problems[i]))
			continue; /* whoever verified it knew without */
		if (record->report.problems[i].code == PROBLEM_MISSING)
			facts.missing = true;
		else
			facts.asked = true;
	}
	record->report.status = status_of(&facts);
}

/* A session stays where it was held, wherever its posyandu is counted today. */
static bool same_posyandu(const struct record *before, const char *posyandu)
{
	return before != NULL && posyandu != NULL && before->row.posyandu != NULL &&
		strcmp(before->row.posyandu, posyandu) == 0 && before->row.area != NULL &&
		*before->row.area != '\0';
}

static void area_fill(const struct turn *turn, const struct record *before, struct record *record)
{
	const struct area *desa = record_desa(turn, record);

	if (same_posyandu(before, record->row.posyandu)) {
		struct value home = {.field = record->report.form->area,
			.text = before->row.area,
			.defaulted = true};

		record->row.area = before->row.area;
		if (report_value(&record->report, record->report.form->area) != NULL)
			report_set(&record->report, turn->flow->arena, &home);
		return;
	}
	if (desa == NULL && before == NULL && turn->reading != NULL && record_is_death(record))
		desa = turn->reading->place; /* a story names a place that is no value */
	if (desa != NULL)
		record->row.area = desa->code;
	else if (record->row.area == NULL)
		record->row.area = "";
}

/* The columns that follow from the values. */
static void columns_fill(
	const struct turn *turn, const struct record *before, struct record *record)
{
	const struct report *report = &record->report;

	/* as it was told: one that is closed since keeps its sessions */
	record->row.posyandu = form_text_of(report, FIELD_POSYANDU);
	area_fill(turn, before, record);
	record->row.date =
		report->form->date == NULL ? NULL : report_text(report, report->form->date);
	record->row.match_name = form_who(report);
	record->row.match_nik = form_text_of(report, FIELD_NIK);
	record->row.link = linkage_name(record->link);
	record->row.standing = standing_name(record->standing);
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
	columns_fill(turn, NULL, record);
	record->row.version = 1;
	record->row.sender = turn->sender.phone;
	record->row.actor = turn->sender.phone;
	record->row.inbound = turn->message == NULL ? 0 : turn->message->inbound;
	record->row.received = turn->flow->now;
	error = store_report_put(turn->flow->store, &record->row);
	if (error == OK)
		error = count_apply(turn, NULL, record);
	if (error == OK)
		error = case_keep(turn, NULL, record);
	return error != OK ? error : count_named(turn, NULL, record);
}

int record_revise(const struct turn *turn, const struct record *before, struct record *after,
	const char *action)
{
	int error;

	columns_fill(turn, before, after);
	after->row.actor = turn->sender.phone == NULL ? "kabar" : turn->sender.phone;
	after->row.revised = turn->flow->now;
	error = store_report_revise(turn->flow->store, &after->row);
	if (error == OK)
		error = count_apply(turn, before, after);
	if (error == OK)
		error = case_keep(turn, before, after);
	if (error == OK)
		error = count_named(turn, before, after);
	if (error == OK)
		error = turn_audit(turn, action, after->row.ref,
			arena_printf(
				turn->flow->arena, "%s %s", before->row.status, before->row.fields),
			arena_printf(
				turn->flow->arena, "%s %s", after->row.status, after->row.fields));
	return error;
}
