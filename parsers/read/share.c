/* What the sessions of one message have in common: "POS MAWAR 12/8 … ILP …" is one posyandu's. */
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/read/judge.h"
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

static void forget(struct report *report, const char *field)
{
	struct value gone = {.field = field};
	size_t kept = 0;

	if (!field)
		return;
	report_set(report, NULL, &gone);
	for (size_t i = 0; i < report->nproblem; i++) {
		if (strcmp(report->problems[i].field, field) != 0 ||
			report->problems[i].code != PROBLEM_MISSING)
			report->problems[kept++] = report->problems[i];
	}
	report->nproblem = kept;
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
	forget(to, to->form->date);
	report_set(to, arena, &copy);
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
		forget(report, place->name);
		if (report_has_problem(report, place->name))
			continue; /* told, and not understood */
		forget(report, report->form->area);
		share_day(arena, from, report);
		report_set(report, arena, &copy);
		judge_after_reading(reader, arena, context, NULL, report);
	}
}
