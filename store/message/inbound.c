/* Inbound messages as they came, and the keys that tell a redelivery. See inbound.h. */
#include "store/message/inbound.h"

#include "store/base/ids.h"
#include "store/base/span.h"
#include "store/message/foresee.h"
#include "store/secret/seal.h"
#include "store/statement/ahead.h"
#include "store/statement/bulk.h"
#include "store/statement/query.h"
#include "store/statement/store_state.h"

#define SEALED "49" /* SEAL_OVERHEAD */

#define CLOCK_SLACK 3600 /* seconds */

#define COLUMNS                                                                                    \
	"id, channel, link, source, destination, octets, esm_class, data_coding, received, text, " \
	"state, intent, digest"

/* Octets that hold a NIK could be guessed from their digest by who knows the rest. */
static const unsigned char *blinded(
	struct store *store, const unsigned char *digest, unsigned char blind[DIGEST_SIZE])
{
	struct blinded *last; /* it is looked for, then put, then proven */

	if (!digest || !store->keys)
		return digest;
	last = &store->blinded[digest[0] % BLINDED];
	if (last->keys != store->keys || memcmp(last->digest, digest, DIGEST_SIZE) != 0) {
		last->keys = store->keys;
		memcpy(last->digest, digest, DIGEST_SIZE);
		seal_blind(store->keys, digest, DIGEST_SIZE, last->blind, DIGEST_SIZE);
		last->fresh = 0;
	}
	memcpy(blind, last->blind, DIGEST_SIZE);
	return blind;
}

#define DIGEST_ROW "redelivery" /* name of what is about one key */

static const struct bulk put_row = {
	"INSERT INTO inbound (id, channel, link, source, destination, octets, esm_class, "
	"data_coding, received, text, state, intent, digest) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
	"ITTTTBIIITTTB", NULL, 0};
static const struct bulk put_digest = {
	"INSERT INTO redeliveries (digest, inbound, received) VALUES (?,?,?) "
	"ON CONFLICT (digest) DO UPDATE SET inbound = excluded.inbound, received = "
	"excluded.received",
	"BII", DIGEST_ROW, 0};
/* Where there is surely none. */
static const struct bulk put_fresh = {
	"INSERT INTO redeliveries (digest, inbound, received) VALUES (?,?,?)", "BII", DIGEST_ROW,
	0};
static const struct bulk drop_digest = {
	"DELETE FROM redeliveries WHERE digest = ?", "B", DIGEST_ROW, 0};
static const struct question digest_known = {DIGEST_ROW,
	"SELECT inbound, received FROM redeliveries WHERE digest = ?", "B"};

int store_inbound_number(struct store *store, int64_t *id)
{
	int error = ids_next(store, IDS_INBOUND, id);

	if (!error)
		store->numbered = *id;
	return error;
}

/* What was looked for in this batch and is not there, is put. */
static int digest_put(
	struct store *store, const unsigned char *digest, int64_t id, int64_t received)
{
	struct blinded *last = &store->blinded[digest[0] % BLINDED];
	unsigned char blind[DIGEST_SIZE];
	const struct param key = p_blob(blinded(store, digest, blind), DIGEST_SIZE);
	bool fresh = last->fresh == store->batches &&
		memcmp(last->digest, digest, DIGEST_SIZE) == 0;

	last->fresh = 0;
	ahead_forget(store, DIGEST_ROW, &key);
	return bulk_run(store, fresh ? &put_fresh : &put_digest,
		ROW(key, p_int(id), p_int(received)));
}

int store_inbound_put(struct store *store, const struct inbound *inbound, int64_t *id)
{
	unsigned char blind[DIGEST_SIZE];
	const unsigned char *digest = blinded(store, inbound->digest, blind);
	struct span span;
	int error = span_begin(&span, store);

	if (error)
		return error;
	*id = inbound->id;
	if (*id == 0)
		error = store_inbound_number(store, id);
	if (!error)
		error = bulk_run(store, &put_row,
			ROW(p_int(*id), p_text(inbound->channel), p_text(inbound->link),
				p_text(inbound->source), p_text(inbound->destination),
				p_secret_blob(inbound->octets ? inbound->octets : (const void *)"",
					inbound->length),
				p_int(inbound->esm_class), p_int(inbound->data_coding),
				p_int(inbound->received), p_secret(inbound->text),
				p_text(inbound->state), p_text(inbound->intent),
				p_blob(digest, DIGEST_SIZE)));
	if (!error && inbound->digest)
		error = digest_put(store, inbound->digest, *id, inbound->received);
	return span_end(&span, error);
}

static void row_read(const struct cursor *cursor, struct arena *arena, struct inbound *out)
{
	size_t digest_length;

	*out = (struct inbound){
		.id = cursor_int(cursor, 0),
		.channel = cursor_text(cursor, arena, 1),
		.link = cursor_text(cursor, arena, 2),
		.source = cursor_text(cursor, arena, 3),
		.destination = cursor_text(cursor, arena, 4),
		.esm_class = (uint8_t)cursor_int(cursor, 6),
		.data_coding = (uint8_t)cursor_int(cursor, 7),
		.received = cursor_int(cursor, 8),
		.text = cursor_secret(cursor, arena, 9),
		.state = cursor_text(cursor, arena, 10),
		.intent = cursor_text(cursor, arena, 11),
	};
	out->octets = cursor_secret_blob(cursor, arena, 5, &out->length);
	out->digest = cursor_blob(cursor, arena, 12, &digest_length);
}

int store_inbound_get(struct store *store, struct arena *arena, int64_t id, struct inbound *out)
{
	struct cursor cursor;
	int result;

	cursor_open(
		&cursor, store, "SELECT " COLUMNS " FROM inbound WHERE id = ?", PARAMS(p_int(id)));
	result = cursor_next(&cursor);
	if (result > 0)
		row_read(&cursor, arena, out);
	return cursor_one(&cursor, result);
}

int store_inbound_from(struct store *store, struct arena *arena, const char *source,
	struct inbound *rows, size_t room, size_t *count)
{
	struct cursor cursor;
	int result = 0;

	*count = 0;
	cursor_open(&cursor, store,
		"SELECT " COLUMNS " FROM inbound WHERE source = ? ORDER BY id DESC LIMIT ?",
		PARAMS(p_text(source), p_int((int64_t)room)));
	while (*count < room && (result = cursor_next(&cursor)) > 0)
		row_read(&cursor, arena, &rows[(*count)++]);
	cursor_close(&cursor);
	return result < 0 ? result : OK;
}

/* The first number of those that came at `since` or later: there is no index of times, but numbers
 * follow them. A clock that was set back for less than the slack does not matter. */
static int first_since(struct store *store, int64_t since, int64_t *first)
{
	int64_t low = 0, high = 0, at, received;
	int error = query_int(store, "SELECT coalesce(max(id), 0) FROM inbound", NULL, 0, &high);

	since -= CLOCK_SLACK;
	high++;
	while (!error && low < high) {
		at = low + (high - low) / 2;
		error = query_int(store,
			"SELECT received FROM inbound WHERE id >= ? ORDER BY id LIMIT 1",
			PARAMS(p_int(at)), &received);
		if (error == ERR_NOT_FOUND || (!error && received >= since)) {
			error = OK;
			high = at;
		} else {
			low = at + 1;
		}
	}
	*first = low;
	return error;
}

int store_inbound_since(
	struct store *store, int64_t since, inbound_handled *each, void *context)
{
	struct arena *arena = arena_new();
	struct inbound row;
	struct cursor cursor;
	int64_t first;
	int result = first_since(store, since, &first);

	if (result)
		goto out;
	cursor_open(&cursor, store,
		"SELECT " COLUMNS " FROM inbound WHERE id >= ? AND received >= ? AND state = "
		"'handled' ORDER BY id",
		PARAMS(p_int(first), p_int(since)));
	while ((result = cursor_next(&cursor)) > 0) {
		row_read(&cursor, arena, &row);
		each(&row, context);
		arena_reset(arena);
	}
	cursor_close(&cursor);
out:
	arena_free(arena);
	return result;
}

int store_inbound_finish(
	struct store *store, int64_t id, const char *state, const char *intent, const char *text)
{
	int64_t found = 0;
	int error = query_change(store,
		"UPDATE inbound SET state = ?, intent = ?, text = coalesce(?, text) WHERE id = ?",
		PARAMS(p_text(state), p_text(intent), p_secret(text), p_int(id)), &found);

	return error || found ? error : ERR_NOT_FOUND;
}

/* *there: a row, old or not. */
static int digest_find(struct store *store, const unsigned char *key, int64_t since, int64_t *id,
	bool *there)
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store, digest_known.sql, PARAMS(p_blob(key, DIGEST_SIZE)));
	result = cursor_next(&cursor);
	*there = result > 0;
	if (*there) {
		*id = cursor_int(&cursor, 0);
		result = cursor_int(&cursor, 1) >= since;
	}
	return cursor_one(&cursor, result);
}

int store_redelivery_find(
	struct store *store, const unsigned char *digest, int64_t since, int64_t *id)
{
	unsigned char blind[DIGEST_SIZE];
	const unsigned char *key = blinded(store, digest, blind);
	bool there;
	int error = digest_find(store, key, since, id, &there);

	if (error == ERR_NOT_FOUND && key != digest && store->batch && !there)
		store->blinded[digest[0] % BLINDED].fresh = store->batches;
	if (error != ERR_NOT_FOUND || !store->unsealed)
		return error;
	/* it came before the store had its key */
	return digest_find(store, digest, since, id, &there);
}

void store_redelivery_foresee(struct store *store, const unsigned char *digest)
{
	unsigned char blind[DIGEST_SIZE];

	ahead_foresee(store, &digest_known,
		ROW(p_blob(blinded(store, digest, blind), DIGEST_SIZE)));
}

int store_redelivery_forget(struct store *store, const unsigned char *digest)
{
	unsigned char blind[DIGEST_SIZE];
	const struct param key = p_blob(blinded(store, digest, blind), DIGEST_SIZE);

	ahead_forget(store, DIGEST_ROW, &key);
	return bulk_run(store, &drop_digest, &key);
}

int store_redelivery_sweep(struct store *store, int64_t before)
{
	return query_run(
		store, "DELETE FROM redeliveries WHERE received < ?", PARAMS(p_int(before)));
}

int store_part_put(struct store *store, const struct part_key *key, int number,
	const struct inbound *inbound, const unsigned char *payload, size_t length)
{
	return query_run(store,
		"INSERT INTO parts (link, source, destination, ref, total, number, inbound, "
		"payload, "
		"received) VALUES (?,?,?,?,?,?,?,?,?) "
		"ON CONFLICT (source, link, destination, ref, total, number) DO UPDATE SET "
		"inbound = excluded.inbound, payload = excluded.payload, received = "
		"excluded.received",
		PARAMS(p_text(key->link), p_text(key->source), p_text(key->destination),
			p_int(key->ref), p_int(key->total), p_int(number), p_int(inbound->id),
			p_secret_blob(payload ? payload : (const void *)"", length),
			p_int(inbound->received)));
}

int store_part_sum(
	struct store *store, const struct part_key *key, size_t *count, size_t *octets)
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store,
		"SELECT count(*), coalesce(sum(length(payload) - CASE WHEN substr(payload, 1, 8) = "
		"? THEN " SEALED " ELSE 0 END), 0) FROM parts WHERE source = ? "
		"AND link = ? AND destination = ? AND ref = ? AND total = ?",
		PARAMS(p_blob(SEAL_MARK, SEAL_MARK_SIZE), p_text(key->source),
			 p_text(key->link), p_text(key->destination),
			p_int(key->ref), p_int(key->total)));
	result = cursor_next(&cursor);
	if (result > 0) {
		*count = (size_t)cursor_int(&cursor, 0);
		*octets = (size_t)cursor_int(&cursor, 1);
	}
	return cursor_one(&cursor, result);
}

int store_part_all(struct store *store, struct arena *arena, const struct part_key *key,
	struct inbound *parts, size_t *count)
{
	struct cursor cursor;
	int result = 0;

	*count = 0;
	cursor_open(&cursor, store,
		"SELECT i.id, channel, i.link, i.source, i.destination, payload, esm_class, "
		"data_coding, "
		"i.received, text, state, intent, digest FROM parts p JOIN inbound i ON i.id = "
		"p.inbound "
		"WHERE p.source = ? AND p.link = ? AND p.destination = ? AND ref = ? AND total = ? "
		"ORDER BY number",
		PARAMS(p_text(key->source), p_text(key->link), p_text(key->destination),
			p_int(key->ref), p_int(key->total)));
	while (*count < (size_t)key->total && (result = cursor_next(&cursor)) > 0)
		row_read(&cursor, arena, &parts[(*count)++]);
	cursor_close(&cursor);
	return result < 0 ? result : OK;
}

/* Sealed octets are never the same twice: they are compared open. */
int store_part_reused(struct store *store, const struct part_key *key, int number,
	const unsigned char *payload, size_t length, int64_t since, bool *reused)
{
	struct arena *arena = arena_new();
	const unsigned char *there;
	int64_t newest = INT64_MIN;
	struct cursor cursor;
	size_t size;
	int result;

	*reused = false;
	cursor_open(&cursor, store,
		"SELECT number, received, payload FROM parts WHERE source = ? AND link = ? AND "
		"destination = ? AND ref = ? AND total = ?",
		PARAMS(p_text(key->source), p_text(key->link), p_text(key->destination),
			p_int(key->ref), p_int(key->total)));
	while ((result = cursor_next(&cursor)) > 0) {
		if (cursor_int(&cursor, 1) > newest)
			newest = cursor_int(&cursor, 1);
		if (cursor_int(&cursor, 0) != number)
			continue;
		there = cursor_secret_blob(&cursor, arena, 2, &size);
		*reused |= size != length || (length && memcmp(there, payload, length) != 0);
	}
	cursor_close(&cursor);
	arena_free(arena);
	*reused |= newest != INT64_MIN && newest < since;
	return result;
}

int store_part_forget(struct store *store, const struct part_key *key)
{
	return query_run(store,
		"DELETE FROM parts WHERE source = ? AND link = ? AND destination = ? AND ref = ? "
		"AND total = ?",
		PARAMS(p_text(key->source), p_text(key->link), p_text(key->destination),
			p_int(key->ref), p_int(key->total)));
}

int store_part_heard(struct store *store, const struct part_key *key)
{
	return query_run(store,
		"UPDATE inbound SET state = 'heard' WHERE state = 'part' AND id IN (SELECT inbound "
		"FROM parts WHERE source = ? AND link = ? AND destination = ? AND ref = ? AND "
		"total = ?)",
		PARAMS(p_text(key->source), p_text(key->link), p_text(key->destination),
			p_int(key->ref), p_int(key->total)));
}

static int part_find(struct store *store, struct arena *arena, const char *sql, int64_t before,
	struct part_key *key)
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store, sql, PARAMS(p_int(before)));
	result = cursor_next(&cursor);
	if (result > 0)
		*key = (struct part_key){
			.link = cursor_text(&cursor, arena, 0),
			.source = cursor_text(&cursor, arena, 1),
			.destination = cursor_text(&cursor, arena, 2),
			.ref = (int)cursor_int(&cursor, 3),
			.total = (int)cursor_int(&cursor, 4),
		};
	return cursor_one(&cursor, result);
}

int store_part_late(struct store *store, struct arena *arena, int64_t before, struct part_key *key)
{
	return part_find(store, arena,
		"SELECT link, source, destination, ref, total FROM parts GROUP BY 1, 2, 3, 4, 5 "
		"HAVING max(received) < ? ORDER BY max(received) LIMIT 1",
		before, key);
}

int store_part_unheard(
	struct store *store, struct arena *arena, int64_t before, struct part_key *key)
{
	return part_find(store, arena,
		"SELECT p.link, p.source, p.destination, ref, total FROM parts p JOIN inbound i ON "
		"i.id = p.inbound GROUP BY 1, 2, 3, 4, 5 HAVING max(p.received) < ? AND "
		"max(CASE WHEN i.state = 'part' THEN 1 ELSE 0 END) = 1 ORDER BY max(p.received) "
		"LIMIT 1",
		before, key);
}
