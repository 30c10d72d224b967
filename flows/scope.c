/* Rights per role. A role sees its areas and what lies inside them; verifiers also change there. */
#include "flows/scope.h"

#include <string.h>

bool scope_area(const struct sender *sender, const struct area *area)
{
	for (size_t i = 0; area != NULL && i < sender->narea; i++) {
		if (area_within(area, sender->areas[i]))
			return true;
	}
	for (size_t i = 0;
		area != NULL && sender->puskesmas != NULL && i < sender->puskesmas->narea; i++) {
		if (area_within(area, sender->puskesmas->areas[i]))
			/* a puskesmas may serve more desa than a sender has room for */
			return true;
	}
	return false;
}

bool scope_puskesmas(const struct sender *sender, const struct puskesmas *puskesmas)
{
	if (sender->puskesmas == puskesmas)
		return true;
	for (size_t i = 0; i < puskesmas->narea; i++) {
		if (!scope_area(sender, puskesmas->areas[i]))
			return false;
	}
	return puskesmas->narea > 0;
}

bool scope_supervises(const struct sender *sender)
{
	switch (sender->role) {
	case ROLE_BIDAN:
	case ROLE_PUSKESMAS:
	case ROLE_DINKES:
	case ROLE_PROVINSI:
		return true;
	case ROLE_NONE:
	case ROLE_KADER:
	case ROLE_DESA:
		break;
	}
	return false;
}

bool scope_verifies(const struct sender *sender, const struct area *area)
{
	return scope_supervises(sender) && scope_area(sender, area);
}

bool scope_decides(enum role role)
{
	return role >= ROLE_PUSKESMAS;
}

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

bool scope_sees(const struct turn *turn, const struct record *record)
{
	return scope_owns(turn, record) || scope_verifies(&turn->sender, area_of(turn, record));
}

bool scope_changes(const struct turn *turn, const struct record *record, bool grave)
{
	int64_t age = turn->flow->now - record->row.received;

	if (scope_verifies(&turn->sender, area_of(turn, record)))
		return true;
	return !grave && scope_owns(turn, record) && strcmp(record->row.status, "verified") != 0
		&& age <= (int64_t)turn->flow->settings->correct_days * 86400;
}

bool scope_approves(const struct sender *sender, const char *role, const struct area *area)
{
	int wanted = role == NULL ? -1 : role_by_name(role);

	return wanted >= 0 && (int)sender->role > wanted && scope_verifies(sender, area);
}
