/* A recount under way: what the reports say, cell by cell. For recount.c and mend.c only. */
#ifndef FLOWS_RECOUNT_RECOUNT_STATE_H
#define FLOWS_RECOUNT_RECOUNT_STATE_H

#include "flows/recount/recount_result.h"
#include "flows/turn/turn.h"
#include "parsers/text/table.h"
#include "store/report/report.h"

#define PART  64

struct cell {
	char key[4 * PART]; /* table|place|what|when */
	int64_t told;
	bool kept; /* seen in the store too */
	UT_hash_handle hh;
};

/* The latest session of a posyandu's month that tells a stock. */
struct stock {
	char key[3 * PART]; /* posyandu|indicator|month */
	char posyandu[PART], indicator[PART], month[8], area[PART], date[DATE_TEXT];
	int64_t id, value;
	bool named; /* somebody is counted by name: `persons`, whatever was told */
	int64_t persons;
	UT_hash_handle hh;
};

struct counter {
	struct flow flow; /* with an arena of its own, emptied for each report */
	struct turn turn; /* for what a record means */
	struct cell *cells;
	struct stock *stocks;
	struct recounted *result;
	recount_difference *differs;
	void *context;
	const struct report_row *row; /* being counted */
	bool last; /* of its case and month */
};

/* With an arena of its own until it ends. */
int counter_begin(struct counter *counter, struct flow *flow, recount_difference *differs,
	void *context, struct recounted *result) MUST_CHECK;
/* What the reports of a filter add. */
int counter_take(struct counter *counter, const struct report_filter *filter) MUST_CHECK;
/* A cell as it is kept: it is set against what was taken. */
int counter_kept(const char *table, const char *place, const char *what, const char *when,
	int64_t value, void *counter);
/* What was told and is not kept differs, too. */
void counter_rest(struct counter *counter);
void counter_end(struct counter *counter);

#endif
