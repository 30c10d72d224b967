/* Rows that wait: see bulk.h. */
#include "store/statement/bulk.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/text/table.h"
#include "store/driver/together.h"
#include "store/statement/query.h"
#include "store/statement/store_state.h"

#define ROWS_MOST 1024 /* of a kind */
#define ALL	  (~0u)

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

static int flush(struct store *store, unsigned about);

static struct pile *pile_of(struct store *store, const struct bulk *bulk)
{
	struct bulks *bulks = store->bulks;
	struct pile *pile, **at;
	size_t nparam = strlen(bulk->types);

	if (!bulks) {
		bulks = store->bulks = xcalloc(1, sizeof(*bulks));
		bulks->arena = arena_new();
		store->bulks_flush = flush;
	}
	for (pile = bulks->piles; pile; pile = pile->next) {
		if (pile->bulk == bulk)
			return pile;
	}
	pile = xcalloc(1, sizeof(*pile));
	pile->bulk = bulk;
	pile->nparam = nparam;
	pile->sql = store->driver->together
		? store->driver->together->write_many(bulk->sql, bulk->types)
		: store->driver->piling->sql(bulk->sql, nparam);
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

static bool has_octets(const struct param *param)
{
	return param->type == PARAM_TEXT || param->type == PARAM_BLOB;
}

static void copy_octets(char *out, const struct param *param)
{
	memcpy(out, param->data, param->length);
	out[param->length] = '\0';
}

/* The row's own, in one room; sealed where it must be. */
static void row_keep(
	struct store *store, struct param *row, const struct param *params, size_t count)
{
	struct arena *arena = store->bulks->arena;
	size_t length = 0;
	char *room;

	for (size_t i = 0; i < count; i++)
		length += has_octets(&params[i]) && !params[i].secret ? params[i].length + 1 : 0;
	room = arena_raw(arena, length);
	for (size_t i = 0; i < count; i++) {
		char *end = room;
		void *sealed = NULL;

		row[i] = params[i];
		if (!has_octets(&params[i]))
			continue;
		if (params[i].secret) {
			sealed = param_seal(store, &params[i], &row[i]);
			end = arena_raw(arena, row[i].length + 1);
		}
		copy_octets(end, &row[i]);
		row[i].data = end;
		room += params[i].secret ? 0 : row[i].length + 1;
		free(sealed);
	}
}

static bool may_wait(const struct store *store, const struct bulk *bulk)
{
	return store->driver->together || (store->driver->piling && bulk->piled != PILED_NOT);
}

int bulk_run(struct store *store, const struct bulk *bulk, const struct param *params)
{
	struct pile *pile;
	int error = OK;

	if (!may_wait(store, bulk) || !store->batch || store->spoiled || store->dead)
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
	row_keep(store, &pile->rows[pile->count * pile->nparam], params, pile->nparam);
	pile->count++;
	store->bulks->count++;
	store->waiting |= PILED_BIT(bulk->piled);
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

static bool in_order(const struct place *places, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		if (by_first(&places[i - 1], &places[i]) > 0)
			return false;
	}
	return true;
}

static enum param_type list_type(char letter)
{
	return letter == 'I' ? PARAM_INTS : letter == 'T' ? PARAM_TEXTS : PARAM_BLOBS;
}

int bulk_rows(struct store *store, const char *sql, const struct rows *rows)
{
	struct statement *statement;
	int error = statement_take(store, sql, &statement);

	if (error)
		return error;
	error = store->driver->piling->write(statement->handle, rows);
	if (error)
		store_fail(store, error);
	(void)statement_give(store, statement); /* the same error */
	return error;
}

static int rows_write(struct store *store, const struct pile *pile, const struct place *places)
{
	const struct param **of = xcalloc(pile->count, sizeof(const struct param *));
	int error;

	for (size_t i = 0; i < pile->count; i++)
		of[i] = places[i].row;
	error = bulk_rows(store, pile->sql, &(struct rows){of, pile->count, pile->nparam});
	free(of);
	return error;
}

static int lists_write(struct store *store, const struct pile *pile, const struct place *places)
{
	struct param *lists = xcalloc(pile->nparam, sizeof(*lists));
	struct param *items = xcalloc(pile->nparam * pile->count, sizeof(*items));
	int error;

	for (size_t k = 0; k < pile->nparam; k++) {
		struct param *column = &items[k * pile->count];

		for (size_t i = 0; i < pile->count; i++)
			column[i] = places[i].row[k];
		lists[k] = (struct param){.type = list_type(pile->bulk->types[k]), .data = column,
			.length = pile->count};
	}
	error = query_run(store, pile->sql, lists, pile->nparam);
	free(items);
	free(lists);
	return error;
}

/* In the order of their keys: whoever writes the same rows at the same time waits, and never in a
 * circle; neighbours share pages. */
static int pile_write(struct store *store, struct pile *pile)
{
	struct place *places = xcalloc(pile->count, sizeof(*places));
	int error;

	for (size_t i = 0; i < pile->count; i++)
		places[i] = (struct place){&pile->rows[i * pile->nparam], i};
	if (!in_order(places, pile->count))
		qsort(places, pile->count, sizeof(*places), by_first);
	if (store->driver->together)
		error = lists_write(store, pile, places);
	else if (pile->count == 1)
		error = query_run(store, pile->bulk->sql, pile->rows, pile->nparam);
	else
		error = rows_write(store, pile, places);
	store->bulks->count -= pile->count;
	store->waiting &= ~PILED_BIT(pile->bulk->piled);
	pile->count = 0;
	free(places);
	return error;
}

static void forget(struct store *store)
{
	struct bulks *bulks = store->bulks;

	HASH_CLEAR(hh, bulks->marks);
	arena_reset(bulks->arena);
	bulks->count = 0;
	store->waiting = 0;
}

/* What is about these tables. */
static int flush(struct store *store, unsigned about)
{
	struct bulks *bulks = store->bulks;
	int error = OK;

	if (!bulks || bulks->count == 0 || bulks->flushing)
		return OK;
	bulks->flushing = true;
	for (struct pile *pile = bulks->piles; !error && pile; pile = pile->next) {
		if (pile->count && (about == ALL || about & PILED_BIT(pile->bulk->piled)))
			error = pile_write(store, pile);
	}
	bulks->flushing = false;
	if (error || bulks->count == 0)
		forget(store);
	return error;
}

int bulk_flush(struct store *store)
{
	return flush(store, ALL);
}

void bulk_drop(struct store *store)
{
	struct bulks *bulks = store->bulks;

	for (struct pile *pile = bulks ? bulks->piles : NULL; pile; pile = pile->next)
		pile->count = 0;
	if (bulks)
		forget(store);
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
