/* Told and by name: see by_name.h. */
#include "flows/remind/by_name.h"

#include <stdlib.h>

#include "flows/measure/query_number.h"
#include "flows/remind/calendar.h"
#include "flows/remind/later.h"
#include "store/report/report.h"

#define SESSIONS 8 /* of one posyandu in a month */

struct apart {
	const struct form_by_name *what;
	int64_t told, named;
};

/* The first count that differs by more than it may. Nobody is told by name: nothing is compared. */
static int find_apart(const struct turn *turn, const struct query *query, const struct form *form,
	struct apart *out)
{
	int error = OK;

	out->what = NULL;
	for (size_t i = 0; error == OK && out->what == NULL && i < form->nby_name; i++) {
		const struct form_by_name *one = &form->by_names[i];

		error = query_sum(turn, query, one->field, query->period, &out->told);
		if (error == OK)
			error = query_sum(turn, query, one->count, query->period, &out->named);
		if (error == OK && i == 0 && out->named == 0)
			break;
		if (error == OK && llabs(out->told - out->named) > one->apart)
			out->what = one;
	}
	return error;
}

/* "TIMBANG menurut nama 30, bukan 38. ..." */
static const char *apart_words(
	const struct reply_context *reply, const struct report *report, const void *context)
{
	const struct apart *apart = context;

	return message_text(reply->catalogue, reply->arena, reply_language(reply),
		MESSAGE_BY_NAME, "label",
		reply_label(reply, report->form, apart->what->field), "old",
		query_number_text(reply->arena, apart->told), "count",
		query_number_text(reply->arena, apart->named), NULL);
}

/* The newest report of the month's sessions that he told and that holds the field. */
static int find_told(const struct turn *turn, const struct person *person, const struct form *form,
	const struct query *query, struct record *record, bool *found)
{
	char from[DATE_TEXT], to[DATE_TEXT];
	struct report_filter filter = {.form = form->name,
		.posyandu = person->posyandu,
		.sender = person->phone,
		.date_from = from,
		.date_to = to,
		.counted = true};
	struct report_row rows[SESSIONS], *newest = rows;
	size_t count;
	int error;

	date_format(query->period.from, from);
	date_format(query->period.to, to);
	error = store_report_find(
		turn->flow->store, turn->flow->arena, &filter, rows, SESSIONS, &count);
	for (size_t i = 1; error == OK && i < count; i++)
		newest = rows[i].id > newest->id ? &rows[i] : newest;
	*found = error == OK && count > 0;
	return *found ? record_load(turn, newest->id, record) : error;
}

static int ask_one(const struct turn *turn, const struct person *person, const struct form *form,
	const struct query *query)
{
	struct apart apart;
	struct record record;
	char month[DATE_TEXT];
	bool found, first;
	int error = find_apart(turn, query, form, &apart);

	if (error != OK || apart.what == NULL)
		return error;
	error = find_told(turn, person, form, query, &record, &found);
	if (error != OK || !found || report_value(&record.report, apart.what->field) == NULL)
		return error;
	date_format(query->period.to, month);
	error = calendar_once(turn, "by-name", month, person->posyandu, &first);
	if (error != OK || !first)
		return error;
	return later_ask(turn, &record, apart.what->field, apart_words, &apart);
}

int by_name_ask(const struct turn *turn, const struct person *person, struct period month)
{
	struct query query = {.posyandu = gazetteer_posyandu(turn->flow->places, person->posyandu),
		.period = month};
	const struct form *form;
	int error = OK;

	if (query.posyandu == NULL)
		return OK;
	for (size_t i = 0; (form = reader_form_at(turn->flow->reader, i)) != NULL; i++) {
		if (error == OK && form->nby_name > 0)
			error = ask_one(turn, person, form, &query);
	}
	return error;
}
