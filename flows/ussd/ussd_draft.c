/* A report that was cut off: stored as one that waits, told once by SMS, and taken up again by
 * dialling. See ussd_state.h. What is confirmed goes the way of every report: stored, compared,
 * alerted, acknowledged.
 */
#include <string.h>

#include "flows/record/report_json.h"
#include "flows/report/report.h"
#include "flows/turn/handlers.h"
#include "flows/ussd/ussd_form.h"
#include "store/message/deadline.h"

#define KIND "ussd-draft"
/* Everything is there, only the sending was not confirmed. */
#define UNSENT "kirim"

static size_t record_ids(const struct ussd *ussd, int64_t *ids)
{
	json_t *list = json_object_get(ussd_draft(ussd), "records");
	size_t count = json_array_size(list);

	if (count > USSD_BABIES)
		count = USSD_BABIES;
	for (size_t i = 0; i < count; i++)
		ids[i] = json_integer_value(json_array_get(list, i));
	return count;
}

static void unsent_add(struct report *report)
{
	if (report->nproblem > 0)
		return;
	report->problems[report->nproblem++] =
		(struct problem){.field = UNSENT, .code = PROBLEM_AMBIGUOUS};
}

/* The babies from `from` on as the reports of one reading, stored like those of an SMS. */
static int store_new(struct ussd *ussd, size_t from, bool sent)
{
	struct reading *reading = arena_alloc(ussd->arena, sizeof(*reading));
	struct turn *turn = ussd->turn;

	reading->intent = INTENT_REPORT;
	for (size_t baby = from; baby < draft_babies(ussd); baby++) {
		draft_judge(ussd, baby, &reading->reports[reading->nreport]);
		if (!sent)
			unsent_add(&reading->reports[reading->nreport]);
		reading->nreport++;
	}
	turn->reading = reading;
	turn->nstored = 0;
	turn->confirmed = sent ? draft_confirmed(ussd) : NULL;
	return report_handle(turn);
}

/* The stored report gets the draft's values; unless it was finished meanwhile. */
static int record_update(struct ussd *ussd, int64_t id, size_t baby, bool sent)
{
	const char *const *confirmed = draft_confirmed(ussd);
	struct record *before = arena_alloc(ussd->arena, 2 * sizeof(*before)), *after = before + 1;
	struct change *change;
	int error = record_load(ussd->turn, id, before);

	if (error != OK || !record_open(before))
		return error == ERR_NOT_FOUND ? OK : error;
	*after = *before;
	draft_judge(ussd, baby, &after->report);
	for (size_t i = 0; sent && confirmed[i] != NULL; i++)
		record_confirm(after, confirmed[i]);
	if (sent)
		return report_continue(ussd->turn, before, after);
	unsent_add(&after->report);
	change = change_new(ussd->turn, WANT_WAIT, before);
	change->after = *after;
	return report_change(ussd->turn, change);
}

/* One answer about several records. */
static int say_records(struct ussd *ussd, const int64_t *ids, size_t count)
{
	struct record *records = arena_alloc(ussd->arena, count * sizeof(*records));
	const struct report *reports[2 * USSD_BABIES];
	const char *refs[2 * USSD_BABIES];
	int error = OK;

	for (size_t i = 0; error == OK && i < count; i++) {
		error = record_load(ussd->turn, ids[i], &records[i]);
		reports[i] = &records[i].report;
		refs[i] = records[i].row.ref;
	}
	if (error == OK)
		ussd->turn->answer = reply_reports(&ussd->turn->reply, reports, refs, count, NULL);
	return error;
}

int ussd_send(struct ussd *ussd)
{
	int64_t ids[2 * USSD_BABIES];
	size_t kept = record_ids(ussd, ids), babies = draft_babies(ussd), count = kept;
	int error = OK;

	for (size_t i = 0; error == OK && i < kept && i < babies; i++)
		error = record_update(ussd, ids[i], i, true);
	if (error == OK && babies > kept) {
		error = store_new(ussd, kept, true);
		for (size_t i = 0; i < ussd->turn->nstored && count < COUNT_OF(ids); i++)
			ids[count++] = ussd->turn->stored[i];
	}
	if (error == OK && kept > 0 && (count > 1 || ussd->turn->answer == NULL))
		error = say_records(ussd, ids, count);
	if (error != OK)
		return error;
	json_object_del(ussd->json, "draft");
	return store_session_drop(ussd->turn->flow->store, KIND, ussd->turn->sender.phone);
}

static int keep(struct ussd *ussd)
{
	const struct turn *turn = ussd->turn;
	const char *data = json_to_arena(ussd->arena, json_incref(ussd_draft(ussd)));

	return store_session_put(turn->flow->store, KIND, turn->sender.phone, data,
		turn->flow->now + turn->flow->settings->question_hours * 3600);
}

int ussd_draft_keep(struct ussd *ussd)
{
	struct turn *turn = ussd->turn;
	int64_t ids[USSD_BABIES];
	size_t kept = record_ids(ussd, ids);
	json_t *list;
	int error = OK;

	turn->answer = NULL;
	if (!ussd_draft_begun(ussd))
		return OK;
	for (size_t i = 0; error == OK && i < kept && i < draft_babies(ussd); i++)
		error = record_update(ussd, ids[i], i, false);
	turn->answer = NULL; /* told the first time */
	if (error == OK && kept == 0) {
		error = store_new(ussd, 0, false);
		json_object_set_new(ussd_draft(ussd), "records", list = json_array());
		for (size_t i = 0; i < turn->nstored; i++)
			json_array_append_new(list, json_integer(turn->stored[i]));
	}
	return error == OK ? keep(ussd) : error;
}

/* What came by SMS in the meantime. */
static void values_merge(struct ussd *ussd, const struct record *record, size_t baby)
{
	const struct form *form = draft_form(ussd);

	for (size_t i = 0; i < record->report.nvalue; i++) {
		const struct value *value = &record->report.values[i];
		struct page page = {.field = value->field,
			.kind = form_field(form, value->field),
			.baby = baby};

		for (size_t k = 0; k < form->nrepeat; k++)
			page.each = page.each || strcmp(form->repeats[k], value->field) == 0;
		if (!value->defaulted && page.kind != NULL && 
			!form_role_is(form->order_of_birth, value->field))
			json_object_set_new(page.each
					? json_array_get(
						  json_object_get(ussd_draft(ussd), "baby"), baby)
					: json_object_get(ussd_draft(ussd), "shared"),
				value->field, json_string(value->text));
	}
}

/* ERR_NOT_FOUND: one of its reports is finished, or gone. */
static int records_merge(struct ussd *ussd)
{
	struct record *record = arena_alloc(ussd->arena, sizeof(*record));
	json_t *babies = json_object_get(ussd_draft(ussd), "baby");
	int64_t ids[USSD_BABIES];
	size_t count = record_ids(ussd, ids);

	for (size_t i = 0; i < count; i++) {
		int error = record_load(ussd->turn, ids[i], record);

		if (error != OK)
			return error;
		if (!record_open(record))
			return ERR_NOT_FOUND;
		while (json_array_size(babies) <= i)
			json_array_append_new(babies, json_object());
		values_merge(ussd, record, i);
	}
	return OK;
}

int ussd_draft_load(struct ussd *ussd)
{
	struct store *store = ussd->turn->flow->store;
	const char *phone = ussd->turn->sender.phone, *data;
	int error =
		store_session_get(store, ussd->arena, KIND, phone, ussd->turn->flow->now, &data);

	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error;
	json_object_set_new(ussd->json, "draft", json_loads(data, 0, NULL));
	error = draft_form(ussd) == NULL ? ERR_NOT_FOUND : records_merge(ussd);
	if (error == ERR_NOT_FOUND) {
		json_object_del(ussd->json, "draft");
		error = store_session_drop(store, KIND, phone);
	}
	return error;
}

/* A report that was stored when it was cut is taken back; a death stays: it is asked about until it
 * is told whole. */
int ussd_draft_drop(struct ussd *ussd)
{
	struct record *record = arena_alloc(ussd->arena, sizeof(*record));
	int64_t ids[USSD_BABIES];
	size_t count = record_ids(ussd, ids);
	int error = OK;

	for (size_t i = 0; error == OK && i < count; i++) {
		error = record_load(ussd->turn, ids[i], record);
		if (error != OK || !record_open(record) || record_is_death(record))
			continue;
		error = report_change(ussd->turn, change_new(ussd->turn, WANT_CANCEL, record));
	}
	json_object_del(ussd->json, "draft");
	return error != OK
		? error
		: store_session_drop(ussd->turn->flow->store, KIND, ussd->turn->sender.phone);
}
