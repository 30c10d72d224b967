/* Is it the same session of a posyandu, or the same week of a unit? The same posyandu and day, or a
 * month where no day was told. */
#include "flows/same/same_session.h"

#include <string.h>

#include "flows/record/week.h"
#include "flows/same/same_pair.h"
#include "parsers/form/form.h"

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

enum same same_session_judge(const struct turn *turn, const struct record *record,
	const struct record *other, bool own, bool correcting)
{
	if (record->report.form != other->report.form ||
		!(record->report.form->weekly != NULL
				? week_same(&record->report, &other->report)
				: same_session(turn, record, other, correcting)))
		return SAME_NONE;
	if (record_open(other))
		return own && record->row.id == 0 ? SAME_UNFINISHED : SAME_NONE;
	return same_figures(&record->report, &other->report) ? SAME_EVENT : SAME_OTHER_FIGURES;
}
