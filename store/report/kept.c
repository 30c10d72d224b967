/* The counts that are kept, walked cell by cell. See tally.h. */
#include "store/base/merge.h"
#include "store/report/tally.h"
#include "store/statement/query.h"

static const struct {
	const char *table, *sql;
} tables[] = {
	{"tally_day", "SELECT area, indicator, day, count FROM tally_day " STATEMENT_WALKS},
	{"tally_month", "SELECT area, indicator, month, count FROM tally_month " STATEMENT_WALKS},
	{"stocks", "SELECT posyandu, indicator, month, value FROM stocks " STATEMENT_WALKS},
	{"stock_sums", "SELECT area, indicator, period, value FROM stock_sums " STATEMENT_WALKS},
	{"coverage_desa", "SELECT area, form, month, count FROM coverage_desa " STATEMENT_WALKS},
	{"coverage_posyandu",
		"SELECT posyandu, form, month, count FROM coverage_posyandu " STATEMENT_WALKS},
};

static int table_walk(struct store *store, size_t table, kept_cell *each, void *context)
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store, tables[table].sql, NULL, 0);
	while ((result = cursor_next(&cursor)) > 0) {
		result = each(tables[table].table, cursor_peek(&cursor, 0), cursor_peek(&cursor, 1),
			cursor_peek(&cursor, 2), cursor_int(&cursor, 3), context);
		if (result)
			break;
	}
	cursor_close(&cursor);
	return result;
}

int store_kept_each(struct store *store, kept_cell *each, void *context)
{
	int result = store_fold(store);

	for (size_t i = 0; !result && i < COUNT_OF(tables); i++)
		result = table_walk(store, i, each, context);
	return result;
}
