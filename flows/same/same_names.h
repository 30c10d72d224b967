/* Do two reports of births and deaths name the same person? */
#ifndef FLOWS_SAME_SAME_NAMES_H
#define FLOWS_SAME_SAME_NAMES_H

#include "flows/record/record.h"
#include "parsers/form/names.h"

/* One birth, one child's death or one adult's, by the mother's or the dead one's name or NIK. */
bool same_person(const struct report *a, const struct report *b);
/* By the NIK alone: the names are others. Who asks with a NIK must not learn whose it is. */
bool same_by_nik(const struct report *a, const struct report *b);
/* Both tell an event of the kind that same_person compares. */
bool same_kind(const struct report *a, const struct report *b);

enum person_is { PERSON_FITS, PERSON_DOUBTED, PERSON_ANOTHER };

/* Two reports of a form with cases about somebody of one name: what the first tells (not what was
 * carried on into it) against the second. *field: in what they differ. */
enum person_is same_case_person(
	const struct report *told, const struct report *known, const char **field);
/* A report of another form: by NIK, and by years of age. */
bool same_cannot_be(const struct report *told, const struct report *known);

#endif
