/* The named errors of all floors. A function that can fail returns 0 or one of these. */
#ifndef PARSERS_ERROR_H
#define PARSERS_ERROR_H

enum error {
	OK = 0,
	ERR_SYSTEM = -1,	/* a system call failed: errno says why */
	ERR_SYNTAX = -2,	/* text that cannot be read as what it should be */
	ERR_RANGE = -3,		/* read, but outside what is allowed */
	ERR_LIMIT = -4,		/* a configured or fixed limit is reached */
	ERR_NOT_FOUND = -5,	/* nothing of that name or number */
	ERR_EXISTS = -6,	/* there is one already */
	ERR_AMBIGUOUS = -7,	/* more than one fits */
	ERR_STATE = -8,		/* not allowed now */
	ERR_TRUNCATED = -9,	/* the input ends too early */
	ERR_DENIED = -11,	/* no right to do it: another user may */
	ERR_CONFIG = -10,	/* the configuration has errors, already reported */
	ERR_STORE_BUSY = -20,	/* another writer holds the store: try again */
	ERR_STORE_FULL = -21,	/* no room on the disk: refuse for now, try again */
	ERR_STORE_IO = -22,	/* I/O error, corruption, not a database: stop the gateway */
	ERR_STORE = -23,	/* a statement failed: our bug or a broken constraint */
	ERR_STORE_VERSION = -24,/* a store of a newer program */
};

/* A short English text for logs; never NULL. */
const char *error_text(int error);

#endif
