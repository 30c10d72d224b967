/* Rows that are known by their keys: see memo.h. */
#include "store/statement/memo.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/text/hash.h"
#include "store/statement/store_state.h"

#define KNOWN_MAX 32768
#define KEY_MAX	  160

struct entry {
	UT_hash_handle hh;
	void *data;
	size_t length;
	int64_t expires;
	uint64_t generation; /* of what it was read or written in */
	bool kept, journaled;
	char key[]; /* kind, NUL, key */
};

/* What an entry was before the open batch changed it. */
struct undo {
	struct undo *next;
	struct entry *entry;
	void *data; /* owned; only of what is kept */
	size_t length;
	int64_t expires;
	bool was; /* it was there, and kept */
};

struct memo {
	struct entry *entries;
	size_t known; /* that are not kept */
	struct undo *undo;
};

static bool key_of(char out[KEY_MAX], const char *kind, const char *key, size_t *length)
{
	size_t a = strlen(kind) + 1, b = strlen(key);

	*length = a + b;
	if (*length > KEY_MAX)
		return false;
	memcpy(out, kind, a);
	memcpy(out + a, key, b);
	return true;
}

static struct entry *find(struct memo *memo, const char *text, size_t length)
{
	struct entry *entry;

	HASH_FIND(hh, memo->entries, text, length, entry);
	return entry;
}

bool memo_find(struct store *store, const char *kind, const char *key, struct memo_value *out)
{
	char text[KEY_MAX];
	struct entry *entry;
	size_t length;

	*out = (struct memo_value){0};
	if (!store->memo || !key_of(text, kind, key, &length))
		return false;
	entry = find(store->memo, text, length);
	if (!entry || (!entry->kept && (!store->batch || entry->generation != store->generation)))
		return false;
	*out = (struct memo_value){entry->data, entry->length, entry->expires};
	return true;
}

static void drop(struct memo *memo, struct entry *entry)
{
	memo->known -= !entry->kept;
	HASH_DEL(memo->entries, entry);
	free(entry->data);
	free(entry);
}

/* Few batches come here: what is asked for again is read again. */
static void make_room(struct memo *memo)
{
	struct entry *entry, *next;

	HASH_ITER (hh, memo->entries, entry, next) {
		if (!entry->kept && !entry->journaled)
			drop(memo, entry);
	}
}

static void note_undo(struct memo *memo, struct entry *entry, bool was)
{
	struct undo *undo = xcalloc(1, sizeof(*undo));

	undo->entry = entry;
	undo->was = was && entry->kept;
	if (undo->was) {
		undo->data = entry->data;
		undo->length = entry->length;
		undo->expires = entry->expires;
		entry->data = NULL;
	}
	undo->next = memo->undo;
	memo->undo = undo;
	entry->journaled = true;
}

static struct entry *entry_new(struct memo *memo, const char *text, size_t length)
{
	struct entry *entry = xcalloc(1, sizeof(*entry) + length);

	memcpy(entry->key, text, length);
	HASH_ADD_KEYPTR(hh, memo->entries, entry->key, length, entry);
	memo->known++;
	return entry;
}

void memo_put(struct store *store, const char *kind, const char *key,
	const struct memo_value *value, enum memo_origin origin)
{
	char text[KEY_MAX];
	struct entry *entry;
	size_t length;
	bool was;

	if (!key_of(text, kind, key, &length) || (origin == MEMO_READ && !store->batch))
		return;
	if (!store->memo)
		store->memo = xcalloc(1, sizeof(*store->memo));
	entry = find(store->memo, text, length);
	was = entry != NULL;
	if (!was) {
		if (origin != MEMO_KEPT && store->memo->known >= KNOWN_MAX)
			make_room(store->memo);
		entry = entry_new(store->memo, text, length);
	}
	if (origin != MEMO_READ && store->batch && !entry->journaled)
		note_undo(store->memo, entry, was);
	store->memo->known -= !entry->kept && origin == MEMO_KEPT;
	entry->kept |= origin == MEMO_KEPT;
	if (!entry->data || entry->length != value->length) {
		free(entry->data);
		entry->data = value->data ? xcalloc(1, value->length) : NULL;
	}
	if (value->data)
		memcpy(entry->data, value->data, value->length);
	entry->length = value->length;
	entry->expires = value->expires;
	/* outside a batch nobody knows what others wrote before */
	entry->generation = store->batch ? store->generation : store->generation - 1;
}

void memo_forget(struct store *store, const char *kind, const char *key)
{
	struct entry *entry = NULL;
	char text[KEY_MAX];
	size_t length;

	if (store->memo && key_of(text, kind, key, &length))
		entry = find(store->memo, text, length);
	if (entry && !entry->kept && !entry->journaled)
		drop(store->memo, entry);
}

void memo_sweep(struct store *store, int64_t now)
{
	struct entry *entry, *next;

	if (!store->memo)
		return;
	HASH_ITER (hh, store->memo->entries, entry, next) {
		if (entry->kept && !entry->journaled && entry->expires <= now)
			drop(store->memo, entry);
	}
}

void memo_commit(struct store *store)
{
	struct undo *undo;

	while (store->memo && (undo = store->memo->undo)) {
		store->memo->undo = undo->next;
		undo->entry->journaled = false;
		free(undo->data);
		free(undo);
	}
}

void memo_rollback(struct store *store)
{
	struct undo *undo;

	while (store->memo && (undo = store->memo->undo)) {
		struct entry *entry = undo->entry;

		store->memo->undo = undo->next;
		entry->journaled = false;
		if (undo->was) {
			free(entry->data);
			entry->data = undo->data;
			entry->length = undo->length;
			entry->expires = undo->expires;
		} else {
			drop(store->memo, entry);
		}
		free(undo);
	}
}

void memo_free(struct store *store)
{
	struct entry *entry, *next;

	if (!store->memo)
		return;
	memo_commit(store);
	HASH_ITER (hh, store->memo->entries, entry, next)
		drop(store->memo, entry);
	free(store->memo);
	store->memo = NULL;
}
