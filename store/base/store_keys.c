/* The key of a store: the row "key" of its identity says generation and check. See store_keys.h. */
#include "store/base/store_keys.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "store/base/chain.h"
#include "store/statement/query.h"

/* "2 5f1c…": 0 for a store that knows no key. */
static int known_key(struct store *store, int *generation, char check[KEY_CHECK])
{
	struct cursor cursor;
	int result;

	*generation = 0;
	cursor_open(&cursor, store, "SELECT value FROM identity WHERE key = 'key'", NULL, 0);
	result = cursor_next(&cursor);
	if (result > 0 &&
		sscanf(cursor_peek(&cursor, 0), "%9d %32[0-9a-f]", generation, check) != 2)
		*generation = -1;
	result = cursor_one(&cursor, result);
	return result == ERR_NOT_FOUND ? OK : result;
}

static int refuse(struct store *store)
{
	copy_string(store->detail, sizeof(store->detail),
		"the store has a key: name its file in [store] key");
	return ERR_CONFIG;
}

static int key_prove(struct store *store, const char *path, int generation, const char *check)
{
	const struct key *key = keys_of(store->keys, generation);

	if (key && strcmp(key->check, check) == 0)
		return OK;
	snprintf(store->detail, sizeof(store->detail),
		"%s is not the key of this store (%s). Put back the key that belongs to it, or "
		"name it in [store] key", path,
		key ? "another key" : "another generation: a backup needs the key of its day");
	return ERR_CONFIG;
}

/* No file: the store may never have had one. */
static int without_file(struct store *store, const struct store_options *options, int generation,
	bool made, bool *fresh)
{
	int error;

	if (generation) {
		snprintf(store->detail, sizeof(store->detail),
			"the key file %s of this store is missing: put back the copy that you keep "
			"(it is in no backup), or name it in [store] key", options->key);
		return ERR_CONFIG;
	}
	if (!made || options->read_only)
		return OK;
	error = keys_make(options->key, store->detail);
	if (!error)
		error = keys_load(&store->keys, options->key, store->detail);
	*fresh = !error;
	return error;
}

int store_keys_sealed(struct store *store, bool *sealed)
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store, "SELECT value FROM identity WHERE key = 'sealed'", NULL, 0);
	result = cursor_next(&cursor);
	*sealed = result > 0 && strcmp(cursor_peek(&cursor, 0), "yes") == 0;
	result = cursor_one(&cursor, result);
	return result == ERR_NOT_FOUND ? OK : result;
}

/* No generation that is known has become another one. */
static bool same_store(struct store *store, const struct keys *keys)
{
	char check[KEY_CHECK] = "";
	const struct key *key;
	int generation = 0;

	if (!store->keys) {
		if (known_key(store, &generation, check) != OK)
			return false;
		key = keys_of(keys, generation);
		return !generation || (key && strcmp(key->check, check) == 0);
	}
	for (size_t i = 0; i < keys->count; i++) {
		key = keys_of(store->keys, keys->of[i].generation);
		if (key && strcmp(key->check, keys->of[i].check) != 0)
			return false;
	}
	return true;
}

void store_keys_refresh(struct store *store)
{
	char detail[KEYS_DETAIL];
	struct keys *keys;

	if (!store->key_path || !keys_stale(store->keys, store->key_path) ||
		keys_load(&keys, store->key_path, detail) != OK)
		return;
	if (!same_store(store, keys)) {
		keys_free(keys);
		return;
	}
	store->unsealed |= !store->keys;
	keys_free(store->keys);
	store->keys = keys;
	memset(store->blinded, 0, sizeof(store->blinded));
}

int store_keys_open(
	struct store *store, const struct store_options *options, bool made, bool *fresh)
{
	char check[KEY_CHECK] = "";
	int generation, error = known_key(store, &generation, check);
	bool sealed = false;

	if (error || options->sealed)
		return error;
	if (!options->key || !*options->key)
		return generation ? refuse(store) : OK;
	store->key_path = xstrdup(options->key);
	error = keys_load(&store->keys, options->key, store->detail);
	if (error == ERR_NOT_FOUND)
		return without_file(store, options, generation, made, fresh);
	if (!error)
		error = store_keys_sealed(store, &sealed);
	if (error)
		return error;
	store->unsealed = !sealed && !made;
	if (generation)
		return key_prove(store, options->key, generation, check);
	*fresh = !options->read_only;
	if (options->read_only) { /* a writer takes the key */
		keys_free(store->keys);
		store->keys = NULL;
	}
	return OK;
}

int store_keys_note(struct store *store, bool made)
{
	const struct key *key = keys_newest(store->keys);
	char *value = xasprintf("%d %s", key->generation, key->check);
	const struct chain_entry entry = {.at = time(NULL), .actor = "kabar",
		.action = "key taken", .subject = "store", .new_value = value};
	int error = query_run(store,
		"INSERT INTO identity VALUES ('key', ?), ('sealed', ?) ON CONFLICT (key) DO "
		"NOTHING",
		PARAMS(p_text(value), p_text(made ? "yes" : "no")));

	if (!error && !made)
		error = chain_adopt(store);
	if (!error)
		chain_add(store, &entry);
	free(value);
	return error;
}
