/* What a session told and what its people add up to by their names (`by_name` of its form): who
 * told it is asked once, when the month is over. */
#ifndef FLOWS_REMIND_BY_NAME_H
#define FLOWS_REMIND_BY_NAME_H

#include "flows/measure/measure.h"

/* Of the sessions of his posyandu that this person told. */
int by_name_ask(const struct turn *turn, const struct person *person, struct period month) MUST_CHECK;

#endif
