/* How long each placeholder's value can be, in septets; elastic ones are promised so much. */
#include "flows/reply/catalogue_widths.h"

#include <string.h>

static const struct width widths[] = {
	{"age", 9, true},
	{"area", 14, true},
	{"ask", ASK_SEPTETS, false},
	{"birth", 11, false},
	{"changes", 40, true},
	{"class", 22, false},
	{"code", 6, false},
	{"complete", 40, true},
	{"count", 7, false},
	{"echo", 20, true},
	{"example", 14, true},
	{"fields", 20, true},
	{"form", 12, false},
	{"hours", 3, false},
	{"initials", 6, false},
	{"label", 16, false},
	{"list", 60, true},
	{"month", 8, false},
	{"name", 16, true},
	{"new", 20, true},
	{"note", 40, true},
	{"offer", 10, false},
	{"old", 12, true},
	{"options", 50, true},
	{"period", 18, false},
	{"phone", 15, false},
	{"phones", 60, true},
	{"place", 22, true},
	{"places", 60, true},
	{"posyandu", 14, true},
	{"question", 50, true},
	{"raw", 14, true},
	{"reason", 30, true},
	{"ref", 11, false},
	{"reply", 140, true},
	{"role", 12, false},
	{"share", 24, false},
	{"state", 16, false},
	{"text", 40, true},
	{"time", 5, false},
	{"title", 22, false},
	{"value", 56, true},
	{"what", 40, true},
	{"who", 20, true},
	{"why", 56, false},
	{"year", 4, false},
};

const struct width *width_find(const char *name, size_t length)
{
	for (size_t i = 0; i < COUNT_OF(widths); i++) {
		if (strlen(widths[i].name) == length && memcmp(widths[i].name, name, length) == 0)
			return &widths[i];
	}
	return NULL;
}
