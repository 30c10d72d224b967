/* What the sessions of one message have in common: "POS MAWAR 12/8 … ILP …" is one posyandu's. */
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/read/judge.h"
#include "parsers/read/names.h"
#include "parsers/read/reports.h"
#include "parsers/read/values.h"

/* The unit that a report names by itself; NULL. */
static const struct value *unit_told(const struct report *report)
{
	const struct form_field *place =
		report->form->place ? form_field(report->form, report->form->place) : NULL;
	const struct value *value = place && place->type == FIELD_POSYANDU
		? report_value(report, place->name) : NULL;

	return value && !value->defaulted ? value : NULL;
}

/* The day too, where both are told of one and neither is known otherwise. */
static void share_day(struct arena *arena, const struct report *from, struct report *to)
{
	const struct value *day = from->form->date && from->form->date_default
		? report_value(from, from->form->date) : NULL;
	const struct value *own = to->form->date && to->form->date_default
		? report_value(to, to->form->date) : NULL;
	struct value copy;

	if (!day || day->defaulted || !own || !own->defaulted)
		return;
	copy = *day;
	copy.field = to->form->date;
	report_forget(to, to->form->date, true);
	report_set(to, arena, &copy);
}

/* The day of a session; NULL: it has none, or (told) its teller did not say it. */
static const struct value *day_of(const struct report *report, bool told)
{
	const struct value *day = report->form->held && report->status != STATUS_REFUSED
		? report_value(report, report->form->date) : NULL;

	return day && day->defaulted == !told ? day : NULL;
}

/* Nothing but the day stands behind the last sign of the text: ", tgl 12 agt". */
static bool closes_text(const char *text, const struct value *day)
{
	size_t raw = day->raw ? strlen(day->raw) : 0, length = text ? strlen(text) : 0;

	if (!raw || raw >= length || !same_name(text + length - raw, day->raw))
		return false;
	for (length -= raw; length > 0 && text[length - 1] == ' ';)
		length--;
	return length > 0 && strchr(",;.\n", text[length - 1]);
}

/* The day that is told of another session of the same form: the last one in front, else one behind;
 * sure: it is this one's, too. */
static const struct value *day_beside(const struct reading *out, size_t at, bool *sure)
{
	const struct value *day = NULL;

	*sure = true;
	for (size_t i = at; i-- > 0 && !day;)
		day = out->reports[i].form == out->reports[at].form ? day_of(&out->reports[i], true)
								    : NULL;
	for (size_t i = at + 1; i < out->nreport && !day; i++) {
		day = out->reports[i].form == out->reports[at].form ? day_of(&out->reports[i], true)
								    : NULL;
		*sure = day && closes_text(out->text, day);
	}
	return day;
}

/* A form of which a list tells several people of one posyandu. */
static bool lists_people(const struct form *form)
{
	const struct form_field *place = form->place ? form_field(form, form->place) : NULL;

	return form->line_only && form->self && form->date_default && !form->held && place &&
		place->type == FIELD_POSYANDU;
}

/* "… 76. MAWAR 8/8": nothing but its posyandu and the day stands behind the text's last sign. */
static bool closes_list(const char *text, const struct report *report)
{
	const char *const fields[] = {report->form->place, report->form->date};
	const char *tail = text;

	for (const char *c = text; c && c[0] && c[1]; c++) {
		if (*c == '\n' || (strchr(",;.", *c) && c[1] == ' '))
			tail = c + 1 + (c[1] == ' ');
	}
	for (size_t i = 0; tail && tail > text && i < COUNT_OF(fields); i++) {
		const struct value *value = report_value(report, fields[i]);
		size_t length = value && value->raw ? strlen(value->raw) : 0;

		if (length && strncmp(tail, value->raw, length) == 0)
			return true;
	}
	return false;
}

/* What the nearest report of the list in front tells of a field, or the text's last words. */
static const struct value *told_beside(
	const struct reading *out, const struct report *own, const char *field)
{
	const struct value *told = NULL;

	for (const struct report *i = out->reports; i < out->reports + out->nreport; i++) {
		const struct value *value = i->form == own->form ? report_value(i, field) : NULL;

		if (value && !value->defaulted &&
			(i < own || (!told && closes_list(out->text, i))))
			told = value;
	}
	return told;
}

/* True: the report has it now, and had not told it. */
static bool take_told(struct arena *arena, const struct reading *out, struct report *report,
	const char *field)
{
	const struct value *own = report_value(report, field),
			   *told = told_beside(out, report, field);
	struct value copy;

	if (!told || (own && !own->defaulted))
		return false;
	copy = *told;
	report_forget(report, field, true);
	if (report_has_problem(report, field))
		return false; /* told, and not understood */
	report_set(report, arena, &copy);
	return true;
}

/* "TIMBANG MAWAR 8/8: bima …; citra …": the posyandu and the day are of all of them. */
static void list_shares(const struct reader *reader, struct arena *arena,
	const struct read_context *context, struct reading *out)
{
	for (size_t i = 0; i < out->nreport; i++) {
		struct report *report = &out->reports[i];
		bool moved;

		if (report->status == STATUS_REFUSED || !lists_people(report->form))
			continue;
		moved = take_told(arena, out, report, report->form->place);
		if (moved)
			report_forget(report, report->form->area, true);
		if (moved | take_told(arena, out, report, report->form->date))
			judge_after_reading(reader, arena, context, NULL, report);
	}
}

/* "POS 12/8 MAWAR 45 45 38 30 MELATI 30 30 28 21": sessions in one row have one day. Where each has
 * a keyword of its own, or the day stands beside the last, it is asked. */
void days_share(const struct reader *reader, struct arena *arena,
	const struct read_context *context, bool row, struct reading *out)
{
	if (out->nreport > 1)
		list_shares(reader, arena, context, out);
	for (size_t i = 0; i < out->nreport && out->nreport > 1; i++) {
		struct report *report = &out->reports[i];
		const struct value *own = day_of(report, false), *day;
		struct value copy;
		struct problem *problem;
		bool sure;

		day = own ? day_beside(out, i, &sure) : NULL;
		if (!day || same_name(day->text, own->text))
			continue;
		copy = *day;
		if (row && sure) {
			report_set(report, arena, &copy);
			judge_after_reading(reader, arena, context, NULL, report);
			continue;
		}
		problem = report_ambiguous(report, form_field(report->form, report->form->date));
		if (problem)
			problem_offer(problem, copy.text);
		judge_after_reading(reader, arena, context, NULL, report);
	}
}

void reports_share(const struct reader *reader, struct arena *arena,
	const struct read_context *context, struct reading *out)
{
	const struct report *from = NULL;

	for (size_t i = 0; i < out->nreport; i++) {
		struct report *report = &out->reports[i];
		const struct form_field *place =
			report->form->place ? form_field(report->form, report->form->place) : NULL;
		const struct value *own = place ? report_value(report, place->name) : NULL;
		struct value copy;

		if (unit_told(report)) {
			from = report;
			continue;
		}
		if (!from || from->form == report->form || !place ||
			place->type != FIELD_POSYANDU || (own && !own->defaulted) ||
			(!own && !report_has_problem(report, place->name)) ||
			report->status == STATUS_REFUSED)
			continue;
		copy = *unit_told(from);
		copy.field = place->name;
		report_forget(report, place->name, true);
		if (report_has_problem(report, place->name))
			continue; /* told, and not understood */
		report_forget(report, report->form->area, true);
		share_day(arena, from, report);
		report_set(report, arena, &copy);
		judge_after_reading(reader, arena, context, NULL, report);
	}
}
