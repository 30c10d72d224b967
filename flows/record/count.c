/* Reports into tallies: events by day, stocks by posyandu and month, coverage by desa and month. */
#include "flows/record/count.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "parsers/form/form.h"
#include "store/tally.h"

struct counting {
	struct store *store;
	const struct record *record;
	struct date day;
	int sign;
	int error;
};

bool count_holds(const struct record *record)
{
	struct date day;

	return (record->report.status == STATUS_ACCEPTED ||
		       record->report.status == STATUS_VERIFIED) &&
		!record->row.training && record->row.area != NULL && *record->row.area != '\0' &&
		record->row.date != NULL && date_parse(record->row.date, &day);
}

static void counting_each(const struct form_count *count, double amount, void *context)
{
	struct counting *counting = context;
	const struct report_row *row = &counting->record->row;

	if (counting->error != OK)
		return;
	if (count->stock)
		counting->error = row->posyandu == NULL
			? OK
			: store_stock_set(counting->store, row->posyandu, row->area, count->name,
				  counting->day, counting->sign > 0 ? llround(amount) : -1);
	else
		counting->error = store_tally_add(counting->store, row->area, count->name,
			counting->day, counting->sign * llround(amount));
}

int count_apply(const struct turn *turn, const struct record *record, int sign)
{
	const struct report_row *row = &record->row;
	struct counting counting = {.store = turn->flow->store, .record = record, .sign = sign};
	const char *held = report_text(&record->report, "diadakan");
	const char *posyandu = row->posyandu == NULL ? "" : row->posyandu;
	char key[40];
	int error;

	if (!count_holds(record) || !date_parse(row->date, &counting.day))
		return OK;
	error = store_coverage_add(
		turn->flow->store, row->area, posyandu, row->form, counting.day, sign);
	if (error != OK || report_text(&record->report, "nihil") != NULL)
		return error;
	if (row->posyandu != NULL && (held == NULL || strcmp(held, "TIDAK") != 0)) {
		snprintf(key, sizeof(key), COVERAGE_HELD, row->form);
		error = store_coverage_add(
			turn->flow->store, row->area, posyandu, key, counting.day, sign);
		if (error != OK)
			return error;
	}
	form_counts(record->report.form, &record->report, turn->now.date, counting_each, &counting);
	return counting.error;
}
