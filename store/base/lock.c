/* Locks of a batch as numbers, held and wanted. See lock.h. */
#include "store/base/lock.h"

#include <stdlib.h>
#include <string.h>
#include <sodium.h>

#include "store/driver/sharing.h"
#include "store/statement/store_state.h"

#define WANTED_MAX 64

/* Phones below zero, places above it: whoever holds a place waits for no phone. */
struct locks {
	int64_t *held;
	size_t count, room;
	size_t taken; /* of these; those behind are foreseen only */
	size_t sorted; /* of those taken */
	int64_t wanted[WANTED_MAX]; /* by a batch that failed for them */
	size_t nwanted;
	bool again;
	bool all; /* nobody else has any */
};

static int64_t number_of(enum lock_kind kind, const char *name)
{
	uint64_t hash = (14695981039346656037u ^ (uint64_t)kind) * 1099511628211u;

	for (; *name; name++)
		hash = (hash ^ (unsigned char)*name) * 1099511628211u;
	return (int64_t)(kind == LOCK_PHONE ? hash | 1ull << 63 : hash >> 1);
}

static int compare(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return left < right ? -1 : left > right;
}

static void hold(struct locks *locks, int64_t number)
{
	if (locks->count == locks->room) {
		locks->room = locks->room ? 2 * locks->room : 64;
		locks->held = xrealloc(locks->held, locks->room, sizeof(*locks->held));
	}
	locks->held[locks->count++] = number;
}

static struct locks *locks_of(struct store *store)
{
	if (!store->locks)
		store->locks = xcalloc(1, sizeof(*store->locks));
	return store->locks;
}

static bool is_held(const struct locks *locks, int64_t number)
{
	if (locks->all)
		return true;
	for (size_t i = locks->sorted; i < locks->taken; i++) {
		if (locks->held[i] == number)
			return true;
	}
	return locks->sorted && bsearch(&number, locks->held, locks->sorted,
					sizeof(number), compare);
}

/* What is foreseen and what an earlier try of the batch wanted, in one order. */
static int take(struct store *store, enum lock_kind kind)
{
	struct locks *locks = locks_of(store);
	size_t kept = locks->taken;
	int64_t *fresh;
	int error;

	for (size_t i = 0; i < locks->nwanted; i++) {
		if ((locks->wanted[i] < 0) == (kind == LOCK_PHONE))
			hold(locks, locks->wanted[i]);
	}
	if (locks->count == locks->taken)
		return OK;
	fresh = locks->held + locks->taken;
	qsort(fresh, locks->count - locks->taken, sizeof(*fresh), compare);
	for (size_t i = locks->taken; i < locks->count; i++) {
		if (!is_held(locks, locks->held[i]) &&
			(kept == locks->taken || locks->held[i] != locks->held[kept - 1]))
			locks->held[kept++] = locks->held[i];
	}
	error = store->driver->sharing->lock(store->db, fresh, kept - locks->taken);
	locks->taken = locks->count = locks->sorted = kept;
	qsort(locks->held, kept, sizeof(*locks->held), compare);
	return error ? store_fail(store, error) : OK;
}

int store_lock(struct store *store, enum lock_kind kind, const char *const *names, size_t count)
{
	if (!store->driver->sharing)
		return OK;
	for (size_t i = 0; i < count; i++)
		hold(locks_of(store), number_of(kind, names[i]));
	return take(store, kind);
}

void lock_foresee(struct store *store, enum lock_kind kind, const char *name)
{
	if (store->driver->sharing && store->batch)
		hold(locks_of(store), number_of(kind, name));
}

int store_lock_all(struct store *store)
{
	int error;

	if (!store->driver->sharing)
		return OK;
	error = store->driver->sharing->lock_all(store->db);
	locks_of(store)->all = !error;
	return error ? store_fail(store, error) : OK;
}

static int try_lock(struct store *store, int64_t number, bool *locked)
{
	struct locks *locks = locks_of(store);
	int error = store->driver->sharing->try_lock(store->db, number, locked);

	if (error)
		return store_fail(store, error);
	if (*locked) {
		locks->count = locks->taken;
		hold(locks, number);
		locks->taken++;
		return OK;
	}
	locks->again = true;
	store_fail(store, ERR_STORE_BUSY);
	copy_string(store->detail, sizeof(store->detail), "another gateway works on the same");
	return ERR_STORE_BUSY;
}

int store_lock_late(
	struct store *store, enum lock_kind kind, const char *name, bool *late)
{
	struct locks *locks;
	int64_t number;
	int error;

	if (!store->driver->sharing || !store->batch)
		return OK;
	locks = locks_of(store);
	number = number_of(kind, name);
	if (is_held(locks, number))
		return OK;
	error = try_lock(store, number, late);
	if (error == ERR_STORE_BUSY && locks->again && locks->nwanted < WANTED_MAX)
		locks->wanted[locks->nwanted++] = number;
	return error;
}

/* A lock of any name has its share; this one is nobody else's. */
int store_lock_share(struct store *store)
{
	bool locked = false;
	int64_t number;

	if (!store->driver->sharing || !store->batch || locks_of(store)->all ||
		locks_of(store)->taken > 0)
		return OK;
	randombytes_buf(&number, sizeof(number));
	return try_lock(store, number & INT64_MAX, &locked);
}

bool store_lock_again(struct store *store)
{
	bool again = store->locks && store->locks->again;

	if (again)
		store->locks->again = false;
	else if (store->locks)
		store->locks->nwanted = 0;
	return again;
}

void lock_forget(struct store *store)
{
	if (!store->locks)
		return;
	store->locks->count = store->locks->taken = store->locks->sorted = 0;
	store->locks->all = false;
}

void lock_free(struct store *store)
{
	if (store->locks)
		free(store->locks->held);
	free(store->locks);
	store->locks = NULL;
}
