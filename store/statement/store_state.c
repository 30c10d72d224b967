/* The first error of a batch spoils it; an I/O error is for good. */
#include "store/statement/store_state.h"

#include <stdio.h>

int store_fail(struct store *store, int error)
{
	copy_string(store->detail, sizeof(store->detail), store->driver->message(store->db));
	if (error == ERR_STORE_IO)
		store->dead = error;
	if (store->batch && !store->spoiled)
		store->spoiled = error;
	return error;
}
