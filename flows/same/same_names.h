/* Do two reports of births and deaths name the same person? */
#ifndef FLOWS_SAME_SAME_NAMES_H
#define FLOWS_SAME_SAME_NAMES_H

#include "flows/record/record.h"
#include "parsers/form/names.h"

/* One birth, one child's death or one adult's, by the mother's or the dead one's name or NIK. */
bool same_person(const struct report *a, const struct report *b);
/* Both tell an event of the kind that same_person compares. */
bool same_kind(const struct report *a, const struct report *b);

#endif
