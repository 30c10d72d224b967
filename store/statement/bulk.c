/* Rows that wait: see bulk.h. */
#include "store/statement/bulk.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/text/table.h"
#include "store/driver/together.h"
#include "store/statement/query.h"
#include "store/statement/store_state.h"

#define ROWS_MOST 1024 /* of a kind */

struct pile {
	struct pile *next;
	const struct bulk *bulk;
	char *sql; /* for many; for good */
	size_t nparam, count, room;
	struct param *rows; /* room for so many of nparam */
};

struct mark {
	UT_hash_handle hh;
	char key[];
};

struct bulks {
	struct pile *piles; /* by their place, then in the order of their first use */
	struct mark *marks; /* rows that wait, of kinds with `same` */
	struct arena *arena; /* what they hold */
	size_t count;
	bool flushing;
};

static struct pile *pile_of(struct store *store, const struct bulk *bulk)
{
	struct bulks *bulks = store->bulks;
	struct pile *pile, **at;
	size_t nparam = strlen(bulk->types);

	if (!bulks) {
		bulks = store->bulks = xcalloc(1, sizeof(*bulks));
		bulks->arena = arena_new();
		store->bulks_flush = bulk_flush;
	}
	for (pile = bulks->piles; pile; pile = pile->next) {
		if (pile->bulk == bulk)
			return pile;
	}
	pile = xcalloc(1, sizeof(*pile));
	pile->bulk = bulk;
	pile->nparam = nparam;
	pile->sql = store->driver->together->write_many(bulk->sql, bulk->types);
	for (at = &bulks->piles; *at && (*at)->bulk->place <= bulk->place;)
		at = &(*at)->next;
	pile->next = *at;
	*at = pile;
	return pile;
}

/* False: something waits that is about the same row. */
static bool mark(struct bulks *bulks, const struct bulk *bulk, const struct param *first)
{
	const void *data = first->type == PARAM_INT ? (const void *)&first->integer : first->data;
	size_t name = strlen(bulk->same) + 1;
	size_t length = first->type == PARAM_INT ? sizeof(first->integer) : first->length;
	struct mark *mark = arena_alloc(bulks->arena, sizeof(*mark) + name + length), *there;

	memcpy(mark->key, bulk->same, name);
	memcpy(mark->key + name, data, length);
	HASH_FIND(hh, bulks->marks, mark->key, name + length, there);
	if (!there)
		HASH_ADD_KEYPTR(hh, bulks->marks, mark->key, name + length, mark);
	return !there;
}

/* Sealed where it must be, and the pile's own. */
static struct param keep(struct store *store, const struct param *param)
{
	struct param kept = *param;
	void *sealed = param_seal(store, param, &kept);

	if (kept.type == PARAM_TEXT || kept.type == PARAM_BLOB) {
		char *copy = arena_alloc(store->bulks->arena, kept.length + 1);

		memcpy(copy, kept.data, kept.length);
		kept.data = copy;
	}
	free(sealed);
	return kept;
}

int bulk_run(struct store *store, const struct bulk *bulk, const struct param *params)
{
	struct pile *pile;
	int error = OK;

	if (!store->driver->together || !store->batch || store->spoiled || store->dead)
		return query_run(store, bulk->sql, params, strlen(bulk->types));
	pile = pile_of(store, bulk);
	if (pile->count == ROWS_MOST)
		error = bulk_flush(store);
	if (!error && bulk->same && !mark(store->bulks, bulk, &params[0])) {
		error = bulk_flush(store);
		(void)mark(store->bulks, bulk, &params[0]);
	}
	if (error)
		return error;
	if (pile->count == pile->room) {
		pile->room = pile->room ? 2 * pile->room : 64;
		pile->rows = xrealloc(pile->rows, pile->room * pile->nparam, sizeof(*pile->rows));
	}
	for (size_t i = 0; i < pile->nparam; i++)
		pile->rows[pile->count * pile->nparam + i] = keep(store, &params[i]);
	pile->count++;
	store->bulks->count++;
	return OK;
}

struct place {
	const struct param *row;
	size_t at;
};

/* By the octets of the first parameter; what is alike stays as it came. */
static int by_first(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	const struct param *left = x->row, *right = y->row;
	size_t length = left->length < right->length ? left->length : right->length;
	int order = 0;

	if (left->type == PARAM_INT && right->type == PARAM_INT)
		order = left->integer < right->integer ? -1 : left->integer > right->integer;
	else if (left->data && right->data)
		order = memcmp(left->data, right->data, length);
	if (order == 0 && left->length != right->length)
		order = left->length < right->length ? -1 : 1;
	return order ? order : x->at < y->at ? -1 : x->at > y->at;
}

static enum param_type list_type(char letter)
{
	return letter == 'I' ? PARAM_INTS : letter == 'T' ? PARAM_TEXTS : PARAM_BLOBS;
}

/* In the order of their keys: whoever writes the same rows at the same time waits, and never in a
 * circle; neighbours share pages. */
static int pile_write(struct store *store, struct pile *pile)
{
	struct param *lists = xcalloc(pile->nparam, sizeof(*lists));
	struct param *items = xcalloc(pile->nparam * pile->count, sizeof(*items));
	struct place *places = xcalloc(pile->count, sizeof(*places));
	int error;

	for (size_t i = 0; i < pile->count; i++)
		places[i] = (struct place){&pile->rows[i * pile->nparam], i};
	qsort(places, pile->count, sizeof(*places), by_first);
	for (size_t k = 0; k < pile->nparam; k++) {
		struct param *column = &items[k * pile->count];

		for (size_t i = 0; i < pile->count; i++)
			column[i] = places[i].row[k];
		lists[k] = (struct param){.type = list_type(pile->bulk->types[k]), .data = column,
			.length = pile->count};
	}
	error = query_run(store, pile->sql, lists, pile->nparam);
	pile->count = 0;
	free(places);
	free(items);
	free(lists);
	return error;
}

static void forget(struct bulks *bulks)
{
	HASH_CLEAR(hh, bulks->marks);
	arena_reset(bulks->arena);
	bulks->count = 0;
}

int bulk_flush(struct store *store)
{
	struct bulks *bulks = store->bulks;
	int error = OK;

	if (!bulks || bulks->count == 0 || bulks->flushing)
		return OK;
	bulks->flushing = true;
	for (struct pile *pile = bulks->piles; !error && pile; pile = pile->next) {
		if (pile->count)
			error = pile_write(store, pile);
	}
	bulks->flushing = false;
	forget(bulks);
	return error;
}

void bulk_drop(struct store *store)
{
	struct bulks *bulks = store->bulks;

	for (struct pile *pile = bulks ? bulks->piles : NULL; pile; pile = pile->next)
		pile->count = 0;
	if (bulks)
		forget(bulks);
}

void bulk_free(struct store *store)
{
	struct bulks *bulks = store->bulks;
	struct pile *pile;

	if (!bulks)
		return;
	bulk_drop(store);
	while ((pile = bulks->piles)) {
		bulks->piles = pile->next;
		free(pile->sql);
		free(pile->rows);
		free(pile);
	}
	arena_free(bulks->arena);
	free(bulks);
	store->bulks = NULL;
}
