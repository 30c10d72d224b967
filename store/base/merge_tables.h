/* How an addition to each table of merge.h is written: for merge.c alone. */
#ifndef STORE_BASE_MERGE_TABLES_H
#define STORE_BASE_MERGE_TABLES_H

#include "store/base/merge_kind.h"
#include "store/statement/bulk.h"

/* Each key is there once. Events and stocks with their sums have become cells before. */
static const struct bulk tables[] = {
	[MERGE_DAY] = {"INSERT INTO tally_day (area, indicator, day, count) VALUES (?,?,?,?) "
		       "ON CONFLICT (area, indicator, day) DO UPDATE SET count = tally_day.count + "
		       "excluded.count", "TTTI", NULL, 1 + MERGE_DAY},
	[MERGE_MONTH] = {"INSERT INTO tally_month (area, indicator, month, count) VALUES (?,?,?,?) "
			 "ON CONFLICT (area, indicator, month) DO UPDATE SET count = "
			 "tally_month.count + excluded.count", "TTTI", NULL, 1 + MERGE_MONTH},
	[MERGE_STOCK] = {"INSERT INTO stock_sums (area, indicator, period, value) VALUES (?,?,?,?) "
			 "ON CONFLICT (area, indicator, period) DO UPDATE SET value = "
			 "stock_sums.value + excluded.value", "TTTI", NULL, 1 + MERGE_STOCK},
	[MERGE_DESA] = {"INSERT INTO coverage_desa (form, area, month, count) VALUES (?,?,?,?) "
			"ON CONFLICT (form, area, month) DO UPDATE SET count = coverage_desa.count "
			"+ excluded.count", "TTTI", NULL, 1 + MERGE_DESA},
	[MERGE_POSYANDU] = {"INSERT INTO coverage_posyandu (form, posyandu, month, area, count) "
			    "VALUES (?,?,?,?,?) ON CONFLICT (form, posyandu, month) DO UPDATE SET "
			    "count = coverage_posyandu.count + excluded.count", "TTTTI", NULL,
		1 + MERGE_POSYANDU},
	[MERGE_COUNTER] = {"INSERT INTO counters (kind, key, time_window, count) VALUES (?,?,?,?) "
			   "ON CONFLICT (kind, time_window, key) DO UPDATE SET count = "
			   "counters.count + excluded.count", "TTTI", NULL, 1 + MERGE_COUNTER},
	[MERGE_SERIAL] = {"INSERT INTO serials (kabupaten, letter_month, last) VALUES (?,?,?) "
			  "ON CONFLICT (kabupaten, letter_month) DO UPDATE SET last = serials.last "
			  "+ excluded.last", "TTI", NULL, 1 + MERGE_SERIAL},
	[MERGE_NAMED] = {"INSERT INTO stocks (posyandu, indicator, month, area, value) "
			 "VALUES (?,?,?,?,?) ON CONFLICT (posyandu, indicator, month) DO UPDATE "
			 "SET value = stocks.value + excluded.value", "TTTTI", NULL,
		1 + MERGE_NAMED},
};

#endif
