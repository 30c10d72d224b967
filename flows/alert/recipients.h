/* Whom an alert about a place goes to: by role and area, the next level up where nobody is on file.
 */
#ifndef FLOWS_RECIPIENTS_H
#define FLOWS_RECIPIENTS_H

#include "flows/turn/turn.h"

#define RECIPIENTS_MAX 40
struct recipient {
	struct person person;
	bool alarm; /* stands in for a level where nobody is */
};
struct recipients {
	struct recipient list[RECIPIENTS_MAX];
	size_t count;
};

enum recipient_levels { TO_BIDAN = 1, TO_PUSKESMAS = 2, TO_DINKES = 4, TO_PROVINSI = 8 };

/* area NULL: the phones that the configuration names; without any, every dinkes on file. Never the
 * sender himself (where he alone is, the next level of the place), nobody twice. */
int recipients_find(const struct turn *turn, const struct area *area, unsigned levels,
	struct recipients *out) MUST_CHECK;

#endif
