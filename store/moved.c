/* What goes with a person to his new number. See moved.h. */
#include "store/moved.h"

#include "store/statement/ahead.h"
#include "store/statement/query.h"
#include "store/statement/store_state.h"

/* Open questions, a report begun on screens, a cry that goes on, the rest of a list. */
#define CARRIED "kind IN ('pending', 'ussd-draft', 'emergency', 'more')"

static const char *const moves[] = {
	"DELETE FROM sessions WHERE key = ? AND key <> ? AND " CARRIED,
	"UPDATE sessions SET key = ? WHERE key = ? AND " CARRIED,
	"UPDATE reports SET sender = ? WHERE sender = ?",
	"UPDATE human SET phone = ? WHERE phone = ?",
};

int store_number_moved(struct store *store, const char *from, const char *to)
{
	int64_t changed = 0;
	int error = OK;

	for (size_t i = 0; error == OK && i < COUNT_OF(moves); i++)
		error = query_change(
			store, moves[i], PARAMS(p_text(to), p_text(from)), &changed);
	if (error == OK) /* its screens begin with the link's name */
		error = query_change(store, "DELETE FROM sessions WHERE key LIKE '%' || ?",
			PARAMS(p_text(from)), &changed);
	ahead_drop(store); /* what is known of both is true no more */
	store->generation++;
	return error;
}
