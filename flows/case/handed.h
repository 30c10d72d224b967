/* Whom another desa looks after now: what is still told of her where she was reaches her case. */
#ifndef FLOWS_CASE_HANDED_H
#define FLOWS_CASE_HANDED_H

#include "flows/record/record.h"
#include "store/report/case.h"

/* The case leaves the desa `from`. */
int handed_put(const struct turn *turn, const struct case_row *row, const char *from) MUST_CHECK;
/* The open case of a form that left the desa, by the very name. */
int handed_find(const struct turn *turn, const struct form *form, const char *from,
	const char *name, struct case_row *row, bool *found) MUST_CHECK;
/* The desa that looks after the person of a record now, by a case of any form; NULL: none other. */
int handed_area(const struct turn *turn, const struct record *record,
	const struct area **area) MUST_CHECK;

#endif
