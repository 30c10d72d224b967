/* Miscarriages told without their weeks: see miscarried.h. Without a case nobody knows the weeks,
 * and it stays a death that is alarmed and asked about. */
#include "flows/report/miscarried.h"

#include <string.h>

#include "flows/alert/alarm.h"
#include "flows/case/carry.h"
#include "flows/case/case_find.h"
#include "parsers/form/form.h"
#include "parsers/form/form_case.h"

static bool reads_as(const struct turn *turn, const struct report *report, const char *field,
	const char *raw, struct value *value)
{
	struct problem problem = {.field = field};

	return reader_read_value(turn->flow->reader, turn->flow->scratch, turn->flow->arena,
		       &turn->read, report, field, raw, value, &problem) == OK;
}

/* The word by which the kind of death was told ends a case of this form by itself. */
static bool word_ends(const struct turn *turn, const struct form *form, const char *word,
	struct report *out)
{
	for (size_t i = 0; form->cases != NULL && i < form->cases->nend; i++) {
		const struct form_end *end = &form->cases->ends[i];
		struct value value;

		if (end->form != NULL || end->when.nterm != 1)
			continue;
		report_begin(out, form);
		if (!reads_as(turn, out, end->when.terms[0].field, word, &value))
			continue;
		report_set(out, turn->flow->arena, &value);
		if (condition_holds(&end->when, out, turn->now.date))
			return true;
	}
	return false;
}

static void set(const struct turn *turn, struct report *report, const char *field, const char *text)
{
	struct value value = {.field = field, .text = text, .raw = text};

	if (field != NULL && text != NULL)
		report_set(report, turn->flow->arena, &value);
}

/* What was told beside it and alarms there: a bleeding. */
static void signs_take(const struct turn *turn, const struct report *from, struct report *report)
{
	for (size_t i = 0; i < report->form->nalarm; i++) {
		const struct condition *when = &report->form->alarms[i].when;
		const struct form_field *field =
			when->nterm == 0 ? NULL : form_field(report->form, when->terms[0].field);
		struct value value;

		for (size_t k = 0; field != NULL && field->type == FIELD_LIST && k < from->nvalue;
			k++) {
			if (from->values[k].raw != NULL &&
				!form_role_is(from->form->self, from->values[k].field) &&
				!form_role_is(from->form->mother, from->values[k].field) &&
				reads_as(turn, report, field->name, from->values[k].raw, &value))
				report_set(report, turn->flow->arena, &value);
		}
	}
}

/* Told as the other form, with what her case knows: is it open, and too young for a death? */
static int try_form(const struct turn *turn, const struct record *death, const char *who,
	struct record *other, bool *young)
{
	const struct report *from = &death->report;
	struct report *to = &other->report;
	struct case_row rows[OPTIONS_MAX];
	enum case_found found;
	size_t count;
	int error;

	*young = false;
	set(turn, to, to->form->self != NULL ? to->form->self : to->form->mother, who);
	set(turn, to, to->form->place, report_text(from, from->form->place));
	set(turn, to, to->form->date, report_text(from, from->form->date));
	signs_take(turn, from, to);
	record_judge(turn, other);
	error = case_find(turn, other, rows, &count, &found);
	if (error != OK || found != CASE_ONE || rows[0].closed != NULL)
		return error;
	error = carry_known(turn, other);
	*young = error == OK && !alarm_of_death(turn, other);
	return error;
}

int miscarried_see(const struct turn *turn, struct record *record)
{
	const struct report *report = &record->report;
	const struct value *kind = report->form->kind == NULL
		? NULL
		: report_value(report, report->form->kind);
	const char *who = report_text(report, report->form->mother);
	struct record *other;
	const struct form *form;
	bool young = false;
	int error = OK;

	if (who == NULL)
		who = report_text(report, report->form->self);
	if (!record_is_death(record) || kind == NULL || kind->raw == NULL || who == NULL ||
		!report->story)
		return OK;
	other = arena_raw(turn->flow->arena, sizeof(*other));
	for (size_t i = 0; error == OK && !young &&
		(form = reader_form_at(turn->flow->reader, i)) != NULL;
		i++) {
		struct report told;

		if (!word_ends(turn, form, kind->raw, &told))
			continue;
		record_begin(other, &told);
		other->row.training = other->report.training = record->row.training;
		error = try_form(turn, record, who, other, &young);
	}
	if (error == OK && young)
		record_copy(record, other);
	return error;
}
