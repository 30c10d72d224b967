/* What is known of somebody from earlier reports of the same form: `carry` of a form file. A child that was
 * weighed before needs only its name and weight. */
#ifndef FLOWS_CARRY_H
#define FLOWS_CARRY_H

#include "flows/record/record.h"

/* Fills what the new report does not tell, and judges it again; nothing where two of one name are known. */
int carry_known(const struct turn *turn, struct record *record) MUST_CHECK;

#endif
