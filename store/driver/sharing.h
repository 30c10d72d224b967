/* What a database offers where several gateways share a store: a row of functions beside those of
 * driver.h.
 */
#ifndef STORE_DRIVER_SHARING_H
#define STORE_DRIVER_SHARING_H

#include "store/driver/driver.h"

struct sharing {
	/* Of this connection from now on: does it hold the name? It ends with the process. */
	int (*hold)(void *db, const char *name, bool *held);
	/* Every later transaction fails with ERR_STORE_IO once the name has another epoch. */
	void (*own)(void *db, const char *name, int64_t epoch);
	/* One statement in a transaction of its own, also while another one is open; the first
	 * column of its row. */
	int (*apart)(void *db, const char *sql, const struct param *params, size_t count,
		int64_t *value);
	/* Inside a transaction, until its end. The keys in rising order: nobody waits in a circle.
	 * Sent before the next statement, which sees what the others did. */
	int (*lock)(void *db, const int64_t *keys, size_t count);
	int (*try_lock)(void *db, int64_t key, bool *locked); /* without waiting */
	/* Nobody holds a key meanwhile, until the end of the transaction. Waited for as long as for
	 * a lock; ERR_STORE_BUSY. */
	int (*lock_all)(void *db);
	/* Inside a transaction: with its commit whoever listens hears that lists changed. Outside of
	 * one: did this connection hear of it, or begin to listen? Asks the server nothing. It is a
	 * hint: what holds is read. */
	int (*tell)(void *db);
	int (*heard)(void *db, bool *heard);

	/* Rows were written with their numbers: new ones come after them. */
	int (*renumber)(void *db);
};

#endif
