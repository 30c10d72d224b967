/* Accounts of the web front, and the outlines of areas for its maps.
 *
 * An account has a role and areas as a person has; its epoch changes with its password, role and
 * state, so that a session of an older epoch is void.
 */
#ifndef STORE_PEOPLE_ACCOUNT_H
#define STORE_PEOPLE_ACCOUNT_H

#include "store/base/store.h"

struct account {
	const char *name;      /* of the login, small letters */
	const char *hash;      /* argon2id */
	const char *full_name; /* of the person */
	const char *role;      /* "bidan", "puskesmas", "dinkes", "provinsi", "desa" */
	const char *areas;     /* codes or a puskesmas id, ";" between */
	const char *state;     /* "active", "disabled" */
	int64_t epoch;
};

int store_account_get(struct store *store, struct arena *arena, const char *name,
	struct account *out) MUST_CHECK; /* ERR_NOT_FOUND */
/* Inserts or replaces by name; epoch is set by the store. */
int store_account_put(struct store *store, const struct account *account) MUST_CHECK;
/* hash or state NULL: as it was. ERR_NOT_FOUND. */
int store_account_change(struct store *store, const char *name, const char *hash,
	const char *state) MUST_CHECK;
int store_account_list(struct store *store, struct arena *arena, struct account *rows, size_t room,
	size_t *count) MUST_CHECK;

/* The outline of an area: rings of whole numbers (1/10000 degree, x y x y …), ";" between rings,
 * the first point of a ring is not repeated. */
int store_outline_put(struct store *store, const char *code, const char *rings) MUST_CHECK;
/* Outlines of all areas below; in code order. Stops when each() returns non-zero, which is
 * returned. */
int store_outline_each(struct store *store, const char *parent,
	int (*each)(const char *code, const char *rings, void *context), void *context) MUST_CHECK;

#endif
