/* Serials of references in blocks, where several gateways share a store: each takes some for itself
 * in a short transaction of its own, so that no batch waits for another's. What a process does not
 * use is a gap. */
#include "store/base/serial.h"

#include <stdlib.h>
#include <string.h>

#include "store/driver/sharing.h"
#include "store/statement/query.h"
#include "store/statement/store_state.h"

struct serials {
	struct serials *next;
	char *kabupaten, *letter_month;
	int64_t first, end;
	int64_t taken; /* when */
	int64_t size; /* of the block */
};

#define QUICK 60 /* seconds: who has used up a block by then takes a larger one */
#define MOST  32 /* times the smallest */

static struct serials *serials_of(
	struct store *store, const char *kabupaten, const char *letter_month)
{
	struct serials *serials;

	for (serials = store->serials; serials; serials = serials->next) {
		if (strcmp(serials->kabupaten, kabupaten) == 0 &&
			strcmp(serials->letter_month, letter_month) == 0)
			return serials;
	}
	serials = xcalloc(1, sizeof(*serials));
	serials->kabupaten = xstrdup(kabupaten);
	serials->letter_month = xstrdup(letter_month);
	serials->next = store->serials;
	store->serials = serials;
	return serials;
}

bool serial_in_blocks(const struct store *store)
{
	return store->driver->sharing && store->serial_block > 0;
}

int serial_of_block(
	struct store *store, const char *kabupaten, const char *letter_month, int *serial)
{
	struct serials *serials = serials_of(store, kabupaten, letter_month);
	int64_t last;
	int error;

	if (serials->first == serials->end) {
		bool quick = serials->size > 0 && store->now < serials->taken + QUICK;

		if (!quick)
			serials->size = store->serial_block;
		else if (serials->size < (int64_t)MOST * store->serial_block)
			serials->size *= 2;
		serials->taken = store->now;
		error = store->driver->sharing->apart(store->db,
			"INSERT INTO serials (kabupaten, letter_month, last) VALUES (?,?,?) "
			"ON CONFLICT (kabupaten, letter_month) DO UPDATE SET last = serials.last + "
			"excluded.last RETURNING last",
			PARAMS(p_text(kabupaten), p_text(letter_month),
				p_int(serials->size)),
			&last);
		if (error)
			return store_fail(store, error);
		serials->end = last + 1;
		serials->first = serials->end - serials->size;
	}
	*serial = (int)serials->first++;
	return OK;
}

void serial_free(struct store *store)
{
	while (store->serials) {
		struct serials *next = store->serials->next;

		free(store->serials->kabupaten);
		free(store->serials->letter_month);
		free(store->serials);
		store->serials = next;
	}
}
