/* Rights per report: see record_scope.h. */
#include "flows/record/record_scope.h"

#include <string.h>

#include "flows/record/week.h"
#include "flows/rules/scope.h"
#include "parsers/form/form.h"
#include "store/report/case.h"

bool scope_owns(const struct turn *turn, const struct record *record)
{
	return turn->sender.phone != NULL && record->row.sender != NULL
		&& strcmp(record->row.sender, turn->sender.phone) == 0;
}

static const struct area *area_of(const struct turn *turn, const struct record *record)
{
	return record->row.area == NULL ? NULL
					: gazetteer_area(turn->flow->places, record->row.area);
}

bool scope_checks(const struct turn *turn, const struct record *record)
{
	if (record->row.area == NULL || *record->row.area == '\0')
		return turn->sender.role >= ROLE_DINKES;
	return scope_verifies(&turn->sender, area_of(turn, record)) &&
		(!form_is_weekly(record->report.form) || week_own(turn, record));
}

bool scope_sees(const struct turn *turn, const struct record *record)
{
	return scope_owns(turn, record) ||
		(!record->row.training && scope_checks(turn, record));
}

int scope_follows(const struct turn *turn, const struct record *record, bool *yes)
{
	struct case_row row;
	int64_t id = 0;
	int error = OK;

	*yes = false;
	if (!scope_supervises(&turn->sender) || record->row.training)
		return OK;
	error = store_case_of(turn->flow->store, record->row.id, &id);
	if (error == OK && id != 0)
		error = store_case_get(turn->flow->store, turn->flow->arena, id, &row);
	if (error != OK || id == 0)
		return error == ERR_NOT_FOUND ? OK : error;
	*yes = scope_verifies(&turn->sender, gazetteer_area(turn->flow->places, row.area));
	return OK;
}

bool scope_shown(const struct turn *turn, const struct record *record)
{
	const struct area *area = area_of(turn, record);

	return scope_sees(turn, record) ||
		(turn->sender.role != ROLE_NONE && area != NULL && scope_area(&turn->sender, area));
}

bool scope_changes(const struct turn *turn, const struct record *record, bool grave)
{
	int64_t age = turn->flow->now - record->row.received;

	if (record->row.training)
		return scope_owns(turn, record); /* nobody is asked about practice */
	if (scope_checks(turn, record))
		return true;
	/* what somebody who verifies there added or let in is not undone by a lesser one */
	return !grave && turn->sender.role != ROLE_NONE && scope_owns(turn, record) &&
		record->standing < STANDING_VERIFIER &&
		strcmp(record->row.status, "verified") != 0
		&& age <= (int64_t)turn->flow->settings->correct_days * 86400;
}

bool scope_replaces(
	const struct turn *turn, const struct record *old, const struct record *fresh)
{
	if (old->row.training || scope_changes(turn, old, record_is_death(old)))
		return true; /* nobody is asked about practice */
	return !record_is_death(old) && !old->row.verified &&
		old->standing <= STANDING_SCOPE && fresh->standing >= STANDING_SCOPE &&
		turn->sender.role != ROLE_NONE && scope_area(&turn->sender, record_desa(turn, old));
}
