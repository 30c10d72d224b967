/* Whose birth or death it is: see same_names.h.
 *
 * A birth and a stillbirth are of one mother; a stillbirth and the death of a child too; a grown
 * woman is herself, whatever she is said to have died of.
 */
#include "flows/same/same_names.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/form/form.h"
#include "parsers/form/form_case.h"

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

static bool one_nik(const struct report *a, const struct report *b)
{
	const char *ka = form_text_of(a, FIELD_NIK), *kb = form_text_of(b, FIELD_NIK);

	return ka != NULL && kb != NULL && strcmp(ka, kb) == 0;
}

static bool named_alike(const struct report *a, const struct report *b)
{
	const char *ma = report_text(a, a->form->mother), *mb = report_text(b, b->form->mother);
	const char *na = report_text(a, a->form->self), *nb = report_text(b, b->form->self);

	if (alike(ma, mb))
		return true;
	if (alike(na, nb))
		return true;
	/* one names the child after its mother, the other names her */
	return (ma == NULL && alike(na, mb)) ||
		(mb == NULL && alike(nb, ma));
}

bool same_person(const struct report *a, const struct report *b)
{
	return one_nik(a, b) || named_alike(a, b);
}

bool same_by_nik(const struct report *a, const struct report *b)
{
	return one_nik(a, b) && form_who(a) != NULL && form_who(b) != NULL && !named_alike(a, b);
}

static bool fits(const struct form_field *field, const struct form_same *rule, const char *told,
	const char *known)
{
	if (field != NULL && field->type == FIELD_NAME)
		return names_alike(name_core(told), name_core(known));
	if (field != NULL && field_is_number(field->type))
		return fabs(strtod(told, NULL) - strtod(known, NULL)) <= rule->tolerance;
	return strcmp(told, known) == 0;
}

enum person_is same_case_person(
	const struct report *told, const struct report *known, const char **field)
{
	const struct form_case *rules = told->form->cases;
	enum person_is is = PERSON_FITS;

	for (size_t i = 0; rules != NULL && i < rules->nperson; i++) {
		const struct form_same *rule = &rules->person[i];
		const struct form_field *kind = form_field(told->form, rule->field);
		const struct value *value = report_value(told, rule->field);
		const char *other = report_text(known, rule->field);
		bool nik = kind != NULL && kind->type == FIELD_NIK;

		if (value == NULL || value->defaulted || value->text == NULL || other == NULL)
			continue;
		if (fits(kind, rule, value->text, other)) {
			if (nik)
				return PERSON_FITS; /* whatever else was told of her */
			continue;
		}
		if (nik)
			return PERSON_ANOTHER;
		if (is == PERSON_FITS)
			*field = rule->field;
		is = PERSON_DOUBTED;
	}
	return is;
}

#define YEARS_APART 2
#define YEAR	    365.25

static double years_of(const struct report *report)
{
	const char *age = report_text(report, report->form->age);

	if (age == NULL)
		return -1;
	return *age == 'P' ? duration_days(age) / YEAR : strtod(age, NULL);
}

bool same_cannot_be(const struct report *told, const struct report *known)
{
	const char *nik = form_text_of(told, FIELD_NIK), *other = form_text_of(known, FIELD_NIK);
	double a = years_of(told), b = years_of(known);

	if (nik != NULL && other != NULL)
		return strcmp(nik, other) != 0;
	return a >= 0 && b >= 0 && fabs(a - b) >= YEARS_APART + 1;
}
