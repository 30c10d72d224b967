/* The questions that a report leaves open with its teller: opened and closed as it changes. */
#ifndef FLOWS_QUESTIONS_H
#define FLOWS_QUESTIONS_H

#include "flows/record/record.h"

/* Opens what this report asks now (its problems, BEDA, "ganti?"), and closes what it asked before.
 */
int questions_follow(const struct turn *turn, const struct record *record) MUST_CHECK;
/* Writes to its teller in his language; nothing to the one who speaks, to a stranger, about
 * practice. The text gets ref, echo and, where it has one, the reference of the other. */
int questions_tell(const struct turn *turn, const struct record *record, enum message_id id,
	const char *other) MUST_CHECK;

#endif
