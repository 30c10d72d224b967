/* Who may see and change a stored report. */
#ifndef FLOWS_RECORD_SCOPE_H
#define FLOWS_RECORD_SCOPE_H

#include "flows/record/record.h"

/* May look at a report: own ones, and any of the scope for bidan and above. */
bool scope_sees(const struct turn *turn, const struct record *record);
/* May be shown what is on file when he tells it again: as above, and the people of its place. */
bool scope_shown(const struct turn *turn, const struct record *record);
/* Told elsewhere, but its case was handed to him: he may look at it too. */
int scope_follows(const struct turn *turn, const struct record *record, bool *yes) MUST_CHECK;
/* May change it without asking: own ones for some days (never a death's cause or undoing), else
 * verifiers. */
bool scope_changes(const struct turn *turn, const struct record *record, bool grave);
/* Verifies in the place of the report; of one whose place nobody knows, the dinkes. */
bool scope_checks(const struct turn *turn, const struct record *record);
bool scope_owns(const struct turn *turn, const struct record *record);

/* People of the place may put a session or a birth that counts in the place of what one of them told;
 * what somebody told who verifies there, what was verified, and a death are for those who verify. */
bool scope_replaces(
	const struct turn *turn, const struct record *old, const struct record *fresh);

#endif
