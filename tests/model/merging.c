/* A program with a defect put back: a session told again merges into the one that waits for YA. The
 * model test must find it. Linked with -Wl,--wrap=same_event_find. */
#include <string.h>

#include "flows/record/pending.h"
#include "flows/same/same_event.h"

int __real_same_event_find(const struct turn *turn, const struct record *record, bool correcting,
	enum same *same, struct record *found);
int __wrap_same_event_find(const struct turn *turn, const struct record *record, bool correcting,
	enum same *same, struct record *found);

int __wrap_same_event_find(const struct turn *turn, const struct record *record, bool correcting,
	enum same *same, struct record *found)
{
	struct pendings pendings;
	int error = __real_same_event_find(turn, record, correcting, same, found);

	if (error != OK || *same != SAME_OTHER_FIGURES || record->row.id != 0)
		return error;
	error = pendings_load(turn, turn->sender.phone, &pendings);
	for (size_t i = 0; error == OK && i < pendings.count; i++) {
		if (strcmp(pendings.list[i].kind, "replace") != 0)
			continue;
		error = record_load(turn, pendings.list[i].id, found);
		*same = SAME_UNFINISHED;
	}
	return error;
}
