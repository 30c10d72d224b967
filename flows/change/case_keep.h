/* Cases follow from their reports: with each report that begins or ceases to be counted, the case that
 * it belongs to is made anew from all of them, and those that it ends are ended or opened again. */
#ifndef FLOWS_CASE_KEEP_H
#define FLOWS_CASE_KEEP_H

#include "flows/case/case_find.h"

/* before NULL: a new report. after->ends: the reference of a case that it ended. */
int case_keep(
	const struct turn *turn, const struct record *before, struct record *after) MUST_CHECK;
/* A counted report that belongs to none, though its form has cases: told before it had. */
int case_begin(const struct turn *turn, struct record *record) MUST_CHECK;
/* Silence or its time ends it (CASE_LOST, CASE_OVER), on this day. */
int case_end(const struct turn *turn, struct case_row *row, const char *state,
	const char *day) MUST_CHECK;
/* It is looked after in another desa from now on. */
int case_move(const struct turn *turn, struct case_row *row, const char *area) MUST_CHECK;

#endif
