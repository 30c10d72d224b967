/* How an addition to each table of merge.h is written: for merge.c alone. */
#ifndef STORE_BASE_MERGE_TABLES_H
#define STORE_BASE_MERGE_TABLES_H

#include "store/statement/bulk.h"

static const struct {
	struct bulk bulk; /* each key is there once */
	size_t parts;
} tables[] = {
	[MERGE_DAY] = {{"INSERT INTO tally_day (area, indicator, day, count) VALUES (?,?,?,?) "
		       "ON CONFLICT (area, indicator, day) DO UPDATE SET count = tally_day.count + "
		       "excluded.count", "TTTI", NULL, 1 + MERGE_DAY},
		3},
	[MERGE_MONTH] =
		{{"INSERT INTO tally_month (area, indicator, month, count) VALUES (?,?,?,?) "
		 "ON CONFLICT (area, indicator, month) DO UPDATE SET count = tally_month.count + "
		 "excluded.count", "TTTI", NULL, 1 + MERGE_MONTH},
			3},
	[MERGE_STOCK] =
		{{"INSERT INTO stock_sums (area, indicator, period, value) VALUES (?,?,?,?) "
		 "ON CONFLICT (area, indicator, period) DO UPDATE SET value = stock_sums.value + "
		 "excluded.value", "TTTI", NULL, 1 + MERGE_STOCK},
			3},
	[MERGE_DESA] =
		{{"INSERT INTO coverage_desa (form, area, month, count) VALUES (?,?,?,?) "
		 "ON CONFLICT (form, area, month) DO UPDATE SET count = coverage_desa.count + "
		 "excluded.count", "TTTI", NULL, 1 + MERGE_DESA},
			3},
	[MERGE_POSYANDU] = {{"INSERT INTO coverage_posyandu (form, posyandu, month, area, count) "
			    "VALUES (?,?,?,?,?) ON CONFLICT (form, posyandu, month) DO UPDATE SET "
			    "count = coverage_posyandu.count + excluded.count", "TTTTI",
			    NULL, 1 + MERGE_POSYANDU},
		4},
	[MERGE_COUNTER] = {{"INSERT INTO counters (kind, key, time_window, count) VALUES (?,?,?,?) "
			   "ON CONFLICT (kind, time_window, key) DO UPDATE SET count = "
			   "counters.count + excluded.count", "TTTI", NULL, 1 + MERGE_COUNTER},
		3},
	[MERGE_SERIAL] = {{"INSERT INTO serials (kabupaten, letter_month, last) VALUES (?,?,?) "
			  "ON CONFLICT (kabupaten, letter_month) DO UPDATE SET last = serials.last "
			  "+ excluded.last", "TTI", NULL, 1 + MERGE_SERIAL},
		2},
	[MERGE_EVENT] = {.parts = 3}, /* becomes cells of days and months when they are written */
	[MERGE_NAMED] = {{"INSERT INTO stocks (posyandu, indicator, month, area, value) "
			 "VALUES (?,?,?,?,?) ON CONFLICT (posyandu, indicator, month) DO UPDATE "
			 "SET value = stocks.value + excluded.value", "TTTTI",
			 NULL, 1 + MERGE_NAMED},
		4},
};

#endif
