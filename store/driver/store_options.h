/* Which database carries the store, and how it is opened: what store.h takes and a driver is given. */
#ifndef STORE_STORE_OPTIONS_H
#define STORE_STORE_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

struct store_options {
	const char *driver;   /* "sqlite" */
	const char *path;     /* of the SQLite file */
	const char *conninfo; /* of PostgreSQL */
	const char *schema;   /* a place of its own in that database; NULL: what it says itself */
	bool read_only;
	bool must_exist; /* nothing is made: ERR_NOT_FOUND when there is none */
	const char *key; /* the store's key file; made with a new store. NULL: a store without one */
	int serial_block; /* serials are taken so many at a time where several share; 0: one by one */
	bool sealed; /* read without the key: what is sealed stays so */
	/* SQLite, read_only: who has read for longer than reader_ms (0: 2000) gives way when the
	 * journal has more octets than this (0: 256 MB) */
	int64_t journal_most;
	int reader_ms;
	bool sync_later; /* a commit is durable after store_sync(), where the driver can do so */
	int busy_ms; /* how long a statement waits for another writer; 0: 3000 */
};

#endif
