/* The store's life: which driver, opening, migrations, batches, what other connections changed. */
#include "store/base/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/base/chain.h"
#include "store/base/filed.h"
#include "store/base/ids.h"
#include "store/base/lock.h"
#include "store/base/merge.h"
#include "store/base/merge_log.h"
#include "store/base/serial.h"
#include "store/base/store_keys.h"
#include "store/driver/rights.h"
#include "store/driver/sharing.h"
#include "store/statement/ahead.h"
#include "store/statement/bulk.h"
#include "store/statement/memo.h"
#include "store/statement/store_state.h"

/* The backends. To add one: its file and its row here; the contract test runs on all. */
static const struct driver *const drivers[] = {
	&driver_sqlite,
	&driver_postgres,
};

static const struct driver *driver_by_name(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(drivers); i++) {
		if (strcmp(drivers[i]->name, name ? name : "sqlite") == 0)
			return drivers[i];
	}
	return NULL;
}

/* Without the store's own state: migrations run before there is any. */
static int migrate_one(struct store *store, const char *step, int version)
{
	const struct driver *driver = store->driver;
	int error, have;

	error = driver->begin(store->db);
	if (error)
		return error;
	error = driver->schema_version(store->db, &have);
	if (!error && have >= version) { /* another process was faster */
		driver->rollback(store->db);
		return OK;
	}
	if (!error)
		error = driver->exec(store->db, step);
	if (!error)
		error = driver->set_schema_version(store->db, version);
	if (!error)
		error = driver->commit(store->db);
	if (error) {
		copy_string(store->detail, sizeof(store->detail), driver->message(store->db));
		driver->rollback(store->db);
	}
	return error;
}

/* *made: there was no store before. */
static int migrate(struct store *store, bool read_only, bool *made)
{
	const struct migrations *migrations = store->driver->migrations();
	int error, version;

	error = store->driver->schema_version(store->db, &version);
	if (error)
		return store_fail(store, error);
	if (version > migrations->count) {
		snprintf(store->detail, sizeof(store->detail),
			"the store has version %d, this program knows %d", version,
			migrations->count);
		return ERR_STORE_VERSION;
	}
	if (read_only && version < migrations->count) {
		snprintf(store->detail, sizeof(store->detail),
			"the store has version %d and must be brought to %d first", version,
			migrations->count);
		return ERR_STORE;
	}
	*made = version == 0;
	for (; version < migrations->count; version++) {
		error = migrate_one(store, migrations->steps[version], version + 1);
		if (error)
			return error;
	}
	return OK;
}

/* The key that it belongs to; a store that is new, or gets its first key, notes it. */
static int take_key(struct store *store, const struct store_options *options, bool made)
{
	bool fresh = false;
	int error = store_keys_open(store, options, made, &fresh);

	if (error || !fresh)
		return error;
	error = store_batch_begin(store);
	if (!error)
		error = store_keys_note(store, made);
	if (error)
		store_batch_rollback(store);
	else
		error = store_batch_commit(store);
	return error;
}

int store_open(struct store **out, const struct store_options *options, char *detail)
{
	const struct driver *driver = driver_by_name(options->driver);
	char reason[DETAIL_SIZE] = "";
	struct store *store = NULL;
	bool made = false;
	void *db;
	int error;

	*out = NULL;
	if (!driver) {
		error = ERR_CONFIG;
		snprintf(
			reason, sizeof(reason), "there is no store driver \"%s\"", options->driver);
		goto out;
	}
	error = rights_check(options, reason);
	if (!error)
		error = driver->open(&db, options, reason);
	if (error)
		goto out;
	store = xcalloc(1, sizeof(*store));
	store->driver = driver;
	store->read_only = options->read_only;
	store->db = db;
	store->sync_later = options->sync_later && driver->sync;
	store->serial_block = options->serial_block;
	error = migrate(store, options->read_only, &made);
	if (!error)
		error = take_key(store, options, made);
	if (error) {
		copy_string(reason, sizeof(reason), store->detail);
		store_close(store);
		goto out;
	}
	*out = store;
out:
	if (error && detail)
		copy_string(detail, DETAIL_SIZE, reason);
	return error;
}

int store_drop(const struct store_options *options, char *detail)
{
	const struct driver *driver = driver_by_name(options->driver);
	char reason[DETAIL_SIZE] = "";
	int error;

	if (!driver || !driver->drop)
		return ERR_CONFIG;
	error = driver->drop(options, reason);
	if (error && detail)
		copy_string(detail, DETAIL_SIZE, reason);
	return error;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	store_batch_rollback(store);
	memo_free(store);
	ahead_free(store);
	bulk_free(store);
	if (store->names_free)
		store->names_free(store);
	if (store->recent_free)
		store->recent_free(store);
	if (store->puts_free)
		store->puts_free(store);
	arena_free(store->lately.arena);
	statements_free(store);
	lock_free(store);
	serial_free(store);
	logged_free(store);
	store->driver->close(store->db);
	keys_free(store->keys);
	free(store->key_path);
	free(store);
}

const char *store_detail(const struct store *store)
{
	return store->detail;
}

/* Whoever asks first must not be the only one who hears of it. */
static int look_at_others(struct store *store)
{
	bool wrote = true;
	int error = store->driver->others_wrote(store->db, &wrote);

	if (error)
		return store_fail(store, error);
	if (wrote) {
		store->generation++;
		store->version_known = false;
	}
	return OK;
}

int store_batch_begin(struct store *store)
{
	int error;

	if (store->dead)
		return store->dead;
	if (store->batch)
		return ERR_STATE;
	error = store->driver->begin(store->db);
	if (error)
		return store_fail(store, error);
	store->batch = true;
	store->batches++;
	store->numbered = store->told.inbound = 0;
	store->spoiled = OK;
	ids_forget(store, false);
	store_keys_refresh(store);
	error = look_at_others(store); /* nobody writes from here on */
	if (error)
		store_batch_rollback(store);
	return error;
}

int store_push(struct store *store)
{
	return store->driver->together && store->batch ? bulk_flush(store) : OK;
}

bool store_foresees(const struct store *store)
{
	return store->driver->together != NULL;
}

int store_ask(struct store *store)
{
	int error = ahead_read(store);

	return error ? error : ids_take_foreseen(store);
}

int store_snapshot_begin(struct store *store)
{
	const struct driver *driver = store->driver;
	int error;

	if (store->dead)
		return store->dead;
	error = driver->snapshot ? driver->snapshot(store->db) : driver->exec(store->db, "BEGIN");
	store_keys_refresh(store);
	return error ? store_fail(store, error) : OK;
}

void store_snapshot_end(struct store *store)
{
	store->driver->rollback(store->db);
}

static int bump_places(struct store *store)
{
	int64_t version;
	int error;

	if (!store->places_dirty)
		return OK;
	error = query_int(store,
		"UPDATE meta SET value = value + 1 WHERE key = 'places' RETURNING value", NULL, 0,
		&version);
	if (!error && store->driver->sharing)
		error = store->driver->sharing->tell(store->db);
	return error;
}

int store_batch_commit(struct store *store)
{
	int error;

	if (!store->batch)
		return store->dead ? store->dead : ERR_STATE;
	error = store->spoiled;
	if (!error)
		error = merge_settle(store);
	if (!error)
		error = filed_settle(store);
	if (!error)
		error = chain_flush(store);
	if (!error)
		error = bump_places(store);
	if (!error)
		error = bulk_flush(store);
	if (!error) {
		error = store->driver->commit(store->db);
		if (error)
			store_fail(store, error);
	}
	if (error) {
		store_batch_rollback(store);
		return error;
	}
	store->batch = false;
	store->places_dirty = false;
	ahead_drop(store);
	memo_commit(store);
	lock_forget(store);
	return OK;
}

bool store_syncs_later(const struct store *store)
{
	return store->sync_later;
}

int store_sync(struct store *store)
{
	return store->sync_later ? store->driver->sync(store->db) : OK;
}

void store_relieve(struct store *store)
{
	if (store->sync_later)
		store->driver->relieve(store->db);
}

void store_batch_rollback(struct store *store)
{
	ahead_drop(store);
	bulk_drop(store);
	merge_drop(store);
	chain_drop(store);
	memo_rollback(store);
	store->generation++;
	lock_forget(store);
	ids_forget(store, true);
	store->places_dirty = false;
	store->spoiled = OK;
	if (!store->batch)
		return;
	store->batch = false;
	store->driver->rollback(store->db);
}

#define PLACES "places" /* the row that counts how often they changed */
static const struct question places_version = {
	"version", "SELECT value FROM meta WHERE key = ?", "T"};

void store_version_foresee(struct store *store)
{
	ahead_foresee(store, &places_version, ROW(p_text(PLACES)));
}

int store_version(struct store *store, int64_t *version)
{
	int error;

	if (store->dead)
		return store->dead;
	error = look_at_others(store);
	if (error)
		return error;
	if (!store->version_known) {
		error = query_int(
			store, places_version.sql, PARAMS(p_text(PLACES)), &store->version);
		store->version_known = !error;
		if (error)
			return error;
	}
	*version = store->version;
	return OK;
}

int store_lists_heard(struct store *store, bool *changed)
{
	const struct sharing *sharing = store->driver->sharing;
	int error;

	*changed = false;
	if (!sharing || store->batch || store->dead)
		return store->dead;
	error = sharing->heard(store->db, changed);
	return error ? store_fail(store, error) : OK;
}

int store_backup(struct store *store, const char *path)
{
	char reason[DETAIL_SIZE] = "";
	int error;

	if (store->dead)
		return store->dead;
	error = store->driver->backup(store->db, path, reason);
	if (error)
		copy_string(store->detail, sizeof(store->detail), reason);
	return error;
}

void store_work(const struct store *store, struct store_work *out)
{
	*out = (struct store_work){0};
	if (store->driver->work)
		store->driver->work(store->db, out);
}

uint64_t store_people(const struct store *store)
{
	return store->people;
}

void store_set_now(struct store *store, int64_t now)
{
	store->now = now;
}

void store_outbox_limit(struct store *store, const char *const *allow, size_t count,
	const char *const *own, size_t nown)
{
	store->allow = allow;
	store->nallow = count;
	store->own = own;
	store->nown = nown;
}

/* Numbers of services, paid by who writes to them, and of satellites: never. */
static const char *const never[] = {"+6280", "+62868"};

bool store_outbox_allows(const struct store *store, const char *phone)
{
	bool allowed = store->nallow == 0;

	for (size_t i = 0; i < store->nallow; i++)
		allowed |= strncmp(phone, store->allow[i], strlen(store->allow[i])) == 0;
	for (size_t i = 0; store->nallow > 0 && i < COUNT_OF(never); i++)
		allowed &= strncmp(phone, never[i], strlen(never[i])) != 0;
	for (size_t i = 0; i < store->nown; i++)
		allowed &= strcmp(phone, store->own[i]) != 0;
	return allowed;
}
