/* The report that a message names: a reference in the sender's scope, or the last one. */
#ifndef FLOWS_FIND_REF_H
#define FLOWS_FIND_REF_H

#include "flows/record/record.h"

/* OK: found and visible. ERR_NOT_FOUND, ERR_AMBIGUOUS: the answer is already said (a list to choose
 * from opens a question that handles this message again). */
int find_ref(struct turn *turn, const char *ref, struct record *out) MUST_CHECK;

/* A reference of no form that is in use, as a problem of the reading: is it that of a report whose
 * form was taken away, which the sender may see? Then it is said. */
int find_retired(struct turn *turn, const struct problem *problem, bool *found) MUST_CHECK;

#endif
