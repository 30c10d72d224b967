/* The home of a mother outside the sender's desa: residence is what counts. */
#ifndef FLOWS_HOME_H
#define FLOWS_HOME_H

#include "flows/record/record.h"

/* The desa that a text names anywhere in the sender's kabupaten, else anywhere; exact names only.
 * OK: found. ERR_AMBIGUOUS: several, as options of the problem. ERR_NOT_FOUND. */
int home_find(const struct turn *turn, const char *text, const struct area **desa,
	struct problem *problem) MUST_CHECK;
/* A report as it was read, whose desa is not the sender's: the desa, where it is clear which. */
void home_read(const struct turn *turn, struct record *record);
/* The area of the kabupaten that a place lies in; NULL. */
const struct area *home_kabupaten(const struct area *area);

#endif
