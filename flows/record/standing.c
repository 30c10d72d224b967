/* Standing by role and area: see standing.h. */
#include "flows/record/standing.h"

#include <string.h>

#include "flows/record/home.h"
#include "flows/record/record_scope.h"
#include "flows/record/week.h"
#include "flows/rules/scope.h"
#include "parsers/form/form.h"


static bool same_kabupaten(const struct sender *sender, const struct area *area)
{
	for (size_t i = 0; i < sender->narea; i++) {
		if (home_kabupaten(sender->areas[i]) == home_kabupaten(area))
			return true;
	}
	return sender->puskesmas != NULL && sender->puskesmas->narea > 0 &&
		home_kabupaten(sender->puskesmas->areas[0]) == home_kabupaten(area);
}

enum standing standing_of(const struct turn *turn, const struct area *area)
{
	const struct sender *sender = &turn->sender;

	if (sender->role == ROLE_NONE)
		return STANDING_STRANGER;
	if (area == NULL)
		return STANDING_SCOPE;
	if (scope_verifies(sender, area))
		return STANDING_VERIFIER;
	if (scope_area(sender, area) ||
		(scope_supervises(sender) && same_kabupaten(sender, area)))
		return STANDING_SCOPE;
	return STANDING_OUTSIDE;
}

enum standing standing_for(const struct turn *turn, const struct record *record)
{
	const struct area *desa = record_desa(turn, record);
	enum standing standing = standing_of(turn, desa);

	/* the week of a unit is told by who works in it: of others it waits for her */
	if (record->report.form->weekly == NULL || standing == STANDING_STRANGER ||
		(desa == NULL ? scope_supervises(&turn->sender) : week_own(turn, record)))
		return standing;
	return STANDING_OUTSIDE;
}

void record_stand(const struct turn *turn, struct record *record)
{
	if (record->row.id != 0 && !scope_owns(turn, record))
		return;
	record->standing = standing_for(turn, record);
}
