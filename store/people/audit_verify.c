/* Walks the audit trail and compares each row with its hashes. See audit.h. */
#include "store/people/audit.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/base/chain.h"
#include "store/statement/store_state.h"

struct walk {
	struct store *store;
	void (*say)(int64_t id, const char *trouble, void *context);
	void *context;
	struct audit_verdict *verdict;
	struct chain_head head;          /* as the rows make it */
	int64_t *erased, nerased, room; /* rows that await the row that says who erased them */
};

static void complain(struct walk *walk, int64_t id, const char *trouble)
{
	walk->verdict->troubles++;
	walk->say(id, trouble, walk->context);
}

static void erased_note(struct walk *walk, int64_t id)
{
	walk->verdict->erased++;
	if (walk->nerased == walk->room) {
		walk->room = walk->room ? 2 * walk->room : 64;
		walk->erased = xrealloc(walk->erased, (size_t)walk->room, sizeof(*walk->erased));
	}
	walk->erased[walk->nerased++] = id;
}

/* An "erase" row ends with the rows that it emptied: "… rows 12 15 19". */
static void erased_explain(struct walk *walk, const struct chain_entry *entry)
{
	const char *list = entry->new_value ? strstr(entry->new_value, "rows ") : NULL;
	char *end;

	if (strcmp(entry->action, "erase") != 0 || !list)
		return;
	list += strlen("rows ");
	for (int64_t id; (id = strtoll(list, &end, 10)) > 0 && end != list; list = end) {
		for (int64_t i = 0; i < walk->nerased; i++) {
			if (walk->erased[i] == id)
				walk->erased[i] = walk->erased[--walk->nerased];
		}
	}
}

static void row_check(struct walk *walk, const struct chain_row *row)
{
	unsigned char digest[CHAIN_HASH], mac[CHAIN_HASH];

	walk->verdict->rows++;
	if (!row->digest && !walk->head.entries && !walk->store->keys) {
		walk->verdict->outside++;
		walk->head.last = row->id;
		return;
	}
	if (!row->digest) {
		complain(walk, row->id, "was put in beside the chain");
		return;
	}
	chain_digest(walk->store, &row->entry, digest);
	if (row->erased)
		erased_note(walk, row->id);
	else if (sodium_memcmp(digest, row->digest, CHAIN_HASH) != 0)
		complain(walk, row->id, "was changed, or put in");
	memcpy(mac, walk->head.mac, CHAIN_HASH);
	chain_mac(walk->store, row->digest, mac);
	if (sodium_memcmp(mac, row->mac, CHAIN_HASH) != 0)
		complain(walk, row->id,
			"does not follow the row before it: a row was removed or put in, or its "
			"hashes changed");
	memcpy(walk->head.mac, row->mac, CHAIN_HASH);
	walk->head.entries++;
	walk->head.last = row->id;
	if (sodium_memcmp(digest, row->digest, CHAIN_HASH) == 0)
		erased_explain(walk, &row->entry);
}

/* What the store says the end is, against the end that was found. */
static void end_check(struct walk *walk, const struct chain_head *head, const unsigned char *seal)
{
	unsigned char wanted[CHAIN_HASH];

	chain_seal(walk->store, head, wanted);
	if (!seal && (head->entries || walk->store->keys))
		complain(walk, 0, "the head of the chain has no seal");
	else if (seal && sodium_memcmp(seal, wanted, CHAIN_HASH) != 0)
		complain(walk, 0, "the head of the chain was changed");
	if (head->entries != walk->head.entries || head->last != walk->head.last ||
		(head->entries && sodium_memcmp(head->mac, walk->head.mac, CHAIN_HASH) != 0))
		complain(walk, 0,
			head->entries > walk->head.entries
				? "rows are missing, at the end or within"
				: "the trail does not end where the head of the chain says");
}

static int end_read(struct walk *walk)
{
	struct arena *arena = arena_new();
	const unsigned char *mac, *seal;
	struct chain_head head = {0};
	struct cursor cursor;
	size_t length, sealed;
	int result;

	cursor_open(&cursor, walk->store,
		"SELECT entries, last, mac, seal FROM audit_head WHERE one = 1", NULL, 0);
	result = cursor_next(&cursor);
	if (result > 0) {
		head.entries = cursor_int(&cursor, 0);
		head.last = cursor_int(&cursor, 1);
		mac = cursor_blob(&cursor, arena, 2, &length);
		seal = cursor_blob(&cursor, arena, 3, &sealed);
		if (length == CHAIN_HASH)
			memcpy(head.mac, mac, CHAIN_HASH);
		end_check(walk, &head, sealed == CHAIN_HASH ? seal : NULL);
	} else if (result == 0) {
		complain(walk, 0, "the head of the chain is missing");
	}
	cursor_close(&cursor);
	arena_free(arena);
	return result < 0 ? result : OK;
}

int store_audit_verify(struct store *store,
	void (*say)(int64_t id, const char *trouble, void *context), void *context,
	struct audit_verdict *out)
{
	struct walk walk = {.store = store, .say = say, .context = context, .verdict = out};
	struct arena *arena = arena_new();
	struct chain_row row;
	struct cursor cursor;
	int result;

	*out = (struct audit_verdict){.keyed = store->keys != NULL};
	cursor_open(&cursor, store,
		"SELECT " CHAIN_COLUMNS " FROM audit ORDER BY id " STATEMENT_WALKS, NULL, 0);
	while ((result = cursor_next(&cursor)) > 0) {
		chain_row_read(&cursor, arena, &row);
		row_check(&walk, &row);
		arena_reset(arena);
	}
	cursor_close(&cursor);
	if (!result)
		result = end_read(&walk);
	for (int64_t i = 0; !result && i < walk.nerased; i++)
		complain(&walk, walk.erased[i], "was emptied, and no row says who erased it");
	sodium_bin2hex(out->head, sizeof(out->head), walk.head.mac, sizeof(out->head) / 2);
	free(walk.erased);
	arena_free(arena);
	return result;
}
