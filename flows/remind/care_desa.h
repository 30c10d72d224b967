/* What one bidan hears of one desa on a day (care.h). */
#ifndef FLOWS_REMIND_CARE_DESA_H
#define FLOWS_REMIND_CARE_DESA_H

#include "flows/turn/turn.h"

int care_desa(const struct turn *turn, const struct person *person,
	const struct area *desa) MUST_CHECK;

#endif
