/* The key file of a store: what seals numbers of people, what looks them up, what chains the audit
 * trail. It stands outside the database, belongs to its owner alone (0600) and is in no backup.
 *
 * One line per key: "audit HEX" for the chain, which stays for the life of the store, and
 * "key N HEX" for each generation; the last is the one that seals, older ones still open what a
 * rotation has not reached. What is used is derived from them once, when the file is read.
 */
#ifndef STORE_SECRET_KEYS_H
#define STORE_SECRET_KEYS_H

#include <time.h>

#include "parsers/text/error.h"
#include "parsers/text/util.h"

#define KEY_OCTETS	32
#define KEY_GENERATIONS 4
#define KEY_CHECK	33   /* a hash that tells keys apart and nothing about them, with its NUL */
#define KEYS_DETAIL	256  /* room for a text that says what is wrong */

struct key {
	int generation; /* 1, 2, … */
	unsigned char secret[KEY_OCTETS]; /* as in the file */
	unsigned char cipher[KEY_OCTETS]; /* seals */
	unsigned char lookup[KEY_OCTETS]; /* hashes what is looked up */
	char check[KEY_CHECK];
};

struct keys {
	unsigned char audit[KEY_OCTETS];
	unsigned char blind[KEY_OCTETS]; /* of what is compared only; derived from the line "audit" */
	struct key of[KEY_GENERATIONS]; /* oldest first */
	size_t count;
	struct timespec written; /* which file was read */
	ino_t inode;
};

/* A new file with generation 1. ERR_EXISTS: there is one; ERR_SYSTEM. */
int keys_make(const char *path, char detail[KEYS_DETAIL]) MUST_CHECK;
/* ERR_NOT_FOUND: no such file; ERR_CONFIG: others may read it, or it is no key file; ERR_SYSTEM. */
int keys_load(struct keys **out, const char *path, char detail[KEYS_DETAIL]) MUST_CHECK;
/* Replaces the file at once and wholly. */
int keys_save(const struct keys *keys, const char *path, char detail[KEYS_DETAIL]) MUST_CHECK;
void keys_free(struct keys *keys); /* wipes them */

/* One more generation at the end: ERR_LIMIT when there is no room. */
int keys_add(struct keys *keys) MUST_CHECK;
/* Has the file been replaced since it was read? */
bool keys_stale(const struct keys *keys, const char *path);
/* Drops all but the last. */
void keys_drop_old(struct keys *keys);
const struct key *keys_newest(const struct keys *keys);
const struct key *keys_of(const struct keys *keys, int generation); /* NULL: not here */

#endif
