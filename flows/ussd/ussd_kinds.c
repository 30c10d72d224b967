/* The table of the kinds of screens. */
#include "flows/ussd/ussd_kinds.h"

#include <string.h>

#define KIND(name) {#name, name##_show, name##_take, false}
#define LOCKED(name) {#name, name##_show, name##_take, true}
static const struct ussd_kind kinds[] = {
	KIND(menu),
	KIND(text),
	KIND(resume),
	KIND(page),
	KIND(check),
	KIND(summary),
	KIND(change),
	KIND(mine),
	KIND(deaths),
	KIND(stored),
	KIND(correct),
	KIND(value),
	KIND(cancel),
	KIND(person),
	KIND(place),
	KIND(unit),
	KIND(join),
	KIND(checkups),
	KIND(checkup_step),
	LOCKED(pin),
	LOCKED(pin_new),
	LOCKED(pin_again),
	LOCKED(done),
};

const struct ussd_kind *ussd_kind(const char *name)
{
	for (size_t i = 0; name != NULL && i < COUNT_OF(kinds); i++) {
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	}
	return &kinds[0];
}
