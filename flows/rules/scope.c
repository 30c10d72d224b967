/* Rights per role. A role sees its areas and what lies inside them; verifiers also change there. */
#include "flows/rules/scope.h"

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

bool scope_approves(const struct sender *sender, const char *role, const struct area *area)
{
	int wanted = role == NULL ? -1 : role_by_name(role);

	return wanted >= 0 && (int)sender->role > wanted && scope_verifies(sender, area);
}
