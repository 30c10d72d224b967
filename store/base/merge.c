/* Additions to counts and serials, merged in memory until the commit or the next read: a batch of
 * reports from one kabupaten touches its month's row once. */
#include "store/base/merge.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "store/base/store_state.h"

struct addition {
	char *key; /* table and parts */
	enum merge_table table;
	const char *parts[MERGE_PARTS]; /* into key */
	int64_t delta;
	UT_hash_handle hh;
};

struct merge {
	struct addition *additions;
};

static const struct {
	const char *sql;
	size_t parts;
} tables[] = {
	[MERGE_DAY] = {"INSERT INTO tally_day (area, indicator, day, count) VALUES (?,?,?,?) "
		       "ON CONFLICT (area, indicator, day) DO UPDATE SET count = tally_day.count + "
		       "excluded.count",
		3},
	[MERGE_MONTH] =
		{"INSERT INTO tally_month (area, indicator, month, count) VALUES (?,?,?,?) "
		 "ON CONFLICT (area, indicator, month) DO UPDATE SET count = tally_month.count + "
		 "excluded.count",
			3},
	[MERGE_STOCK] =
		{"INSERT INTO stock_sums (area, indicator, period, value) VALUES (?,?,?,?) "
		 "ON CONFLICT (area, indicator, period) DO UPDATE SET value = stock_sums.value + "
		 "excluded.value",
			3},
	[MERGE_DESA] =
		{"INSERT INTO coverage_desa (form, area, month, count) VALUES (?,?,?,?) "
		 "ON CONFLICT (form, area, month) DO UPDATE SET count = coverage_desa.count + "
		 "excluded.count",
			3},
	[MERGE_POSYANDU] = {"INSERT INTO coverage_posyandu (form, posyandu, month, area, count) "
			    "VALUES (?,?,?,?,?) ON CONFLICT (form, posyandu, month) DO UPDATE SET "
			    "count = coverage_posyandu.count + excluded.count",
		4},
	[MERGE_COUNTER] = {"INSERT INTO counters (kind, key, time_window, count) VALUES (?,?,?,?) "
			   "ON CONFLICT (kind, time_window, key) DO UPDATE SET count = "
			   "counters.count + excluded.count",
		3},
	[MERGE_SERIAL] = {"INSERT INTO serials (kabupaten, letter_month, last) VALUES (?,?,?) "
			  "ON CONFLICT (kabupaten, letter_month) DO UPDATE SET last = serials.last "
			  "+ excluded.last",
		2},
};

/* The parts, each with its NUL, behind one octet for the table. */
static char *key_new(enum merge_table table, const char *const *parts, size_t count, size_t *length)
{
	char *key, *to;

	*length = 1;
	for (size_t i = 0; i < count; i++)
		*length += strlen(parts[i]) + 1;
	key = to = xcalloc(1, *length);
	*to++ = (char)table;
	for (size_t i = 0; i < count; i++)
		to = stpcpy(to, parts[i]) + 1;
	return key;
}

int64_t merge_pending(struct store *store, enum merge_table table, const char *const *parts)
{
	struct merge *merge = store->merge;
	struct addition *addition = NULL;
	size_t length;
	char *key;

	if (!merge)
		return 0;
	key = key_new(table, parts, tables[table].parts, &length);
	HASH_FIND(hh, merge->additions, key, length, addition);
	free(key);
	return addition ? addition->delta : 0;
}

void merge_add(struct store *store, enum merge_table table, const char *const *parts, int64_t delta)
{
	struct merge **merge = &store->merge;
	struct addition *addition;
	size_t length, count = tables[table].parts;
	char *key = key_new(table, parts, count, &length), *part;

	if (!*merge)
		*merge = xcalloc(1, sizeof(**merge));
	HASH_FIND(hh, (*merge)->additions, key, length, addition);
	if (addition) {
		addition->delta += delta;
		free(key);
		return;
	}
	addition = xcalloc(1, sizeof(*addition));
	addition->key = part = key;
	addition->table = table;
	addition->delta = delta;
	part++;
	for (size_t i = 0; i < count; i++, part += strlen(part) + 1)
		addition->parts[i] = part;
	HASH_ADD_KEYPTR(hh, (*merge)->additions, addition->key, length, addition);
}

static int addition_write(struct store *store, const struct addition *addition)
{
	struct param params[MERGE_PARTS + 1];
	size_t count = tables[addition->table].parts;

	if (!addition->delta)
		return OK;
	for (size_t i = 0; i < count; i++)
		params[i] = p_text(addition->parts[i]);
	params[count] = p_int(addition->delta);
	return query_run(store, tables[addition->table].sql, params, count + 1);
}

int merge_flush(struct store *store)
{
	struct merge *merge = store->merge;
	struct addition *addition, *next;
	int error = OK;

	if (!merge)
		return OK;
	HASH_ITER (hh, merge->additions, addition, next) {
		error = addition_write(store, addition);
		if (error)
			return error;
	}
	merge_drop(store);
	return OK;
}

void merge_drop(struct store *store)
{
	struct merge *merge = store->merge;
	struct addition *addition, *next;

	if (!merge)
		return;
	HASH_ITER (hh, merge->additions, addition, next) {
		HASH_DEL(merge->additions, addition);
		free(addition->key);
		free(addition);
	}
	free(merge);
	store->merge = NULL;
}

void merge_add_levels(struct store *store, enum merge_table table, const char *area,
	const char *indicator, const char *period, bool itself, int64_t delta)
{
	char code[64];
	char *dot;

	if (itself)
		merge_add(store, table, (const char *const[]){area, indicator, period}, delta);
	if (!copy_string(code, sizeof(code), area))
		return;
	while ((dot = strrchr(code, '.'))) {
		*dot = '\0';
		merge_add(store, table, (const char *const[]){code, indicator, period}, delta);
	}
}
