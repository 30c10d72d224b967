/* Audit rows waiting, hashing them, writing them. See chain.h. */
#include "store/base/chain.h"

#include <sodium.h>
#include <stdlib.h>

#include "store/secret/keys.h"
#include "store/statement/store_state.h"

struct waiting {
	struct waiting *next;
	struct chain_entry entry;
};

struct chain {
	struct waiting *first, *last;
};

static const unsigned char *key_of(const struct store *store)
{
	static const unsigned char known[KEY_OCTETS];

	return store->keys ? store->keys->audit : known;
}

static char *copy(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

void chain_add(struct store *store, const struct chain_entry *entry)
{
	struct waiting *waiting = xcalloc(1, sizeof(*waiting));

	waiting->entry = (struct chain_entry){entry->at, copy(entry->actor), copy(entry->action),
		copy(entry->subject), copy(entry->old_value), copy(entry->new_value)};
	if (!store->chain)
		store->chain = xcalloc(1, sizeof(*store->chain));
	if (store->chain->last)
		store->chain->last->next = waiting;
	else
		store->chain->first = waiting;
	store->chain->last = waiting;
}

void chain_drop(struct store *store)
{
	struct waiting *waiting, *next;

	if (!store->chain)
		return;
	for (waiting = store->chain->first; waiting; waiting = next) {
		const struct chain_entry *entry = &waiting->entry;

		next = waiting->next;
		free((char *)entry->actor);
		free((char *)entry->action);
		free((char *)entry->subject);
		free((char *)entry->old_value);
		free((char *)entry->new_value);
		free(waiting);
	}
	free(store->chain);
	store->chain = NULL;
}

static void hash_number(crypto_generichash_state *state, int64_t value)
{
	unsigned char octets[8];

	for (int i = 0; i < 8; i++)
		octets[i] = (unsigned char)((uint64_t)value >> (8 * i));
	crypto_generichash_update(state, octets, sizeof(octets));
}

/* With its length in front, so that nothing moves from one column to the next. */
static void hash_text(crypto_generichash_state *state, const char *text)
{
	hash_number(state, text ? (int64_t)strlen(text) : -1);
	if (text)
		crypto_generichash_update(state, (const unsigned char *)text, strlen(text));
}

void chain_digest(const struct store *store, const struct chain_entry *entry,
	unsigned char digest[CHAIN_HASH])
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, key_of(store), KEY_OCTETS, CHAIN_HASH);
	hash_number(&state, entry->at);
	hash_text(&state, entry->actor);
	hash_text(&state, entry->action);
	hash_text(&state, entry->subject);
	hash_text(&state, entry->old_value);
	hash_text(&state, entry->new_value);
	crypto_generichash_final(&state, digest, CHAIN_HASH);
}

void chain_mac(const struct store *store, const unsigned char digest[CHAIN_HASH],
	unsigned char mac[CHAIN_HASH])
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, key_of(store), KEY_OCTETS, CHAIN_HASH);
	crypto_generichash_update(&state, mac, CHAIN_HASH);
	crypto_generichash_update(&state, digest, CHAIN_HASH);
	crypto_generichash_final(&state, mac, CHAIN_HASH);
}

void chain_seal(const struct store *store, const struct chain_head *head,
	unsigned char seal[CHAIN_HASH])
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, key_of(store), KEY_OCTETS, CHAIN_HASH);
	hash_text(&state, "head");
	hash_number(&state, head->entries);
	hash_number(&state, head->last);
	crypto_generichash_update(&state, head->mac, CHAIN_HASH);
	crypto_generichash_final(&state, seal, CHAIN_HASH);
}

/* An UPDATE, so that other writers wait for this one. */
static int head_take(struct store *store, struct chain_head *head)
{
	struct arena *arena = arena_new();
	const unsigned char *mac;
	struct cursor cursor;
	size_t length = 0;
	int result;

	cursor_open(&cursor, store,
		"UPDATE audit_head SET entries = entries WHERE one = 1 RETURNING entries, last, "
		"mac",
		NULL, 0);
	result = cursor_next(&cursor);
	if (result > 0) {
		head->entries = cursor_int(&cursor, 0);
		head->last = cursor_int(&cursor, 1);
		mac = cursor_blob(&cursor, arena, 2, &length);
		if (mac && length == CHAIN_HASH)
			memcpy(head->mac, mac, CHAIN_HASH);
		else
			result = ERR_STORE;
	}
	result = cursor_one(&cursor, result);
	arena_free(arena);
	return result;
}

int chain_head_write(struct store *store, const struct chain_head *head)
{
	unsigned char seal[CHAIN_HASH];

	chain_seal(store, head, seal);
	return query_run(store,
		"UPDATE audit_head SET entries = ?, last = ?, mac = ?, seal = ? WHERE one = 1",
		PARAMS(p_int(head->entries), p_int(head->last), p_blob(head->mac, CHAIN_HASH),
			p_blob(seal, CHAIN_HASH)));
}

static int entry_write(
	struct store *store, const struct chain_entry *entry, struct chain_head *head)
{
	unsigned char digest[CHAIN_HASH];

	chain_digest(store, entry, digest);
	chain_mac(store, digest, head->mac);
	head->entries++;
	head->last++;
	return query_run(store,
		"INSERT INTO audit (id, at, actor, action, subject, old_value, new_value, digest, "
		"mac) VALUES (?,?,?,?,?,?,?,?,?)",
		PARAMS(p_int(head->last), p_int(entry->at), p_text(entry->actor),
			p_text(entry->action), p_text(entry->subject), p_secret(entry->old_value),
			p_secret(entry->new_value), p_blob(digest, CHAIN_HASH),
			p_blob(head->mac, CHAIN_HASH)));
}

int chain_flush(struct store *store)
{
	struct chain_head head;
	int error;

	if (!store->chain)
		return OK;
	error = head_take(store, &head);
	for (struct waiting *waiting = store->chain->first; !error && waiting;
		waiting = waiting->next)
		error = entry_write(store, &waiting->entry, &head);
	if (!error)
		error = chain_head_write(store, &head);
	if (!error)
		chain_drop(store);
	return error;
}

void chain_row_read(const struct cursor *cursor, struct arena *arena, struct chain_row *row)
{
	size_t digest = 0, mac = 0;

	*row = (struct chain_row){.id = cursor_int(cursor, 0),
		.entry = {.at = cursor_int(cursor, 1),
			.actor = cursor_text(cursor, arena, 2),
			.action = cursor_text(cursor, arena, 3),
			.subject = cursor_text(cursor, arena, 4),
			.old_value = cursor_secret(cursor, arena, 5),
			.new_value = cursor_secret(cursor, arena, 6)},
		.digest = cursor_blob(cursor, arena, 7, &digest),
		.mac = cursor_blob(cursor, arena, 8, &mac),
		.erased = cursor_int(cursor, 9)};
	if (digest != CHAIN_HASH || mac != CHAIN_HASH)
		row->digest = row->mac = NULL;
}

int chain_rewriting(struct store *store, bool begins)
{
	return query_run(store,
		begins ? "INSERT INTO meta (key, value) VALUES ('rewriting', 1)"
		       : "DELETE FROM meta WHERE key = 'rewriting'",
		NULL, 0);
}

/* The next row behind the head, put into the chain. */
static int adopt_next(struct store *store, struct arena *arena, struct chain_head *head)
{
	unsigned char digest[CHAIN_HASH];
	struct chain_row row;
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store,
		"SELECT " CHAIN_COLUMNS " FROM audit WHERE id > ? ORDER BY id LIMIT 1",
		PARAMS(p_int(head->last)));
	result = cursor_next(&cursor);
	if (result > 0)
		chain_row_read(&cursor, arena, &row);
	result = cursor_one(&cursor, result);
	if (result)
		return result;
	chain_digest(store, &row.entry, digest);
	chain_mac(store, digest, head->mac);
	head->entries++;
	head->last = row.id;
	return query_run(store, "UPDATE audit SET digest = ?, mac = ? WHERE id = ?",
		PARAMS(p_blob(digest, CHAIN_HASH), p_blob(head->mac, CHAIN_HASH), p_int(row.id)));
}

int chain_adopt(struct store *store)
{
	struct arena *arena = arena_new();
	struct chain_head head = {0};
	int error = chain_rewriting(store, true);

	while (!error) {
		error = adopt_next(store, arena, &head);
		arena_reset(arena);
	}
	if (error == ERR_NOT_FOUND)
		error = chain_head_write(store, &head);
	if (!error)
		error = chain_rewriting(store, false);
	arena_free(arena);
	return error;
}
