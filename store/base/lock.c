/* Locks of a batch as numbers, held and wanted. See lock.h. */
#include "store/base/lock.h"

#include <stdlib.h>
#include <string.h>

#include "store/base/store_state.h"
#include "store/driver/sharing.h"

#define WANTED_MAX 64

struct locks {
	int64_t *held;
	size_t count, room;
	int64_t wanted[WANTED_MAX]; /* by a batch that failed for them */
	size_t nwanted;
	bool again;
};

static int64_t number_of(enum lock_kind kind, const char *name)
{
	uint64_t hash = (14695981039346656037u ^ (uint64_t)kind) * 1099511628211u;

	for (; *name; name++)
		hash = (hash ^ (unsigned char)*name) * 1099511628211u;
	return (int64_t)hash;
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

int store_lock(struct store *store, enum lock_kind kind, const char *const *names, size_t count)
{
	struct locks *locks;
	size_t kept = 0;
	int error;

	if (!store->driver->sharing)
		return OK;
	locks = locks_of(store);
	locks->count = 0;
	for (size_t i = 0; i < count; i++)
		hold(locks, number_of(kind, names[i]));
	for (size_t i = 0; i < locks->nwanted; i++)
		hold(locks, locks->wanted[i]);
	if (locks->count == 0)
		return OK;
	qsort(locks->held, locks->count, sizeof(*locks->held), compare);
	for (size_t i = 0; i < locks->count; i++) {
		if (i == 0 || locks->held[i] != locks->held[i - 1])
			locks->held[kept++] = locks->held[i];
	}
	locks->count = kept;
	error = store->driver->sharing->lock(store->db, locks->held, locks->count);
	return error ? store_fail(store, error) : OK;
}

int store_lock_late(struct store *store, enum lock_kind kind, const char *name)
{
	struct locks *locks;
	int64_t number;
	bool locked = false;
	int error;

	if (!store->driver->sharing || !store->batch)
		return OK;
	locks = locks_of(store);
	number = number_of(kind, name);
	for (size_t i = 0; i < locks->count; i++) {
		if (locks->held[i] == number)
			return OK;
	}
	error = store->driver->sharing->try_lock(store->db, number, &locked);
	if (error)
		return store_fail(store, error);
	if (locked) {
		hold(locks, number);
		store->generation++; /* what is known was read before: memo.h */
		return OK;
	}
	if (locks->nwanted < WANTED_MAX)
		locks->wanted[locks->nwanted++] = number;
	locks->again = true;
	store_fail(store, ERR_STORE_BUSY);
	copy_string(store->detail, sizeof(store->detail), "another gateway works on the same");
	return ERR_STORE_BUSY;
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
	if (store->locks)
		store->locks->count = 0;
}

void lock_free(struct store *store)
{
	if (store->locks)
		free(store->locks->held);
	free(store->locks);
	store->locks = NULL;
}
