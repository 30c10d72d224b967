/* Whose birth or death it is: see same_names.h.
 *
 * A birth and a stillbirth are of one mother; a stillbirth and the death of a child too; a grown
 * woman is herself, whatever she is said to have died of.
 */
#include "flows/same/same_names.h"

#include <string.h>

#include "parsers/form/form.h"

enum { OF_BIRTH = 1, OF_CHILD = 2, OF_ADULT = 4 };

static unsigned groups(const struct report *report)
{
	const char *kind = report_text(report, report->form->kind);

	if (strcmp(report->form->name, "lahir") == 0)
		return OF_BIRTH;
	if (strcmp(report->form->name, "mati") != 0)
		return 0;
	if (kind == NULL)
		return OF_CHILD | OF_ADULT;
	if (strcmp(kind, "LAHIRMATI") == 0)
		return OF_BIRTH | OF_CHILD;
	return strcmp(kind, "BAYI") == 0 || strcmp(kind, "BALITA") == 0 ? OF_CHILD : OF_ADULT;
}

bool same_kind(const struct report *a, const struct report *b)
{
	return (groups(a) & groups(b)) != 0;
}

static bool alike(const char *a, const char *b)
{
	return a != NULL && b != NULL && names_alike(name_core(a), name_core(b));
}

bool same_person(const struct report *a, const struct report *b)
{
	const char *ka = form_text_of(a, FIELD_NIK), *kb = form_text_of(b, FIELD_NIK);
	const char *ma = report_text(a, a->form->mother), *mb = report_text(b, b->form->mother);
	const char *na = report_text(a, a->form->self), *nb = report_text(b, b->form->self);

	if (ka != NULL && kb != NULL && strcmp(ka, kb) == 0)
		return true;
	if (alike(ma, mb))
		return true;
	if (alike(na, nb))
		return true;
	/* one names the child after its mother, the other names her */
	return (ma == NULL && alike(na, mb)) ||
		(mb == NULL && alike(nb, ma));
}
