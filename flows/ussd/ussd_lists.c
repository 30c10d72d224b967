/* Lists of stored reports: one's own to look at, correct or cancel; deaths that a supervisor takes
 * or verifies. */
#include <stdlib.h>
#include <string.h>

#include "flows/correct/cancel.h"
#include "flows/record/record_scope.h"
#include "flows/record/report_json.h"
#include "flows/record/own.h"
#include "flows/rules/scope.h"
#include "flows/turn/handlers.h"
#include "flows/ussd/ussd_form.h"
#include "flows/ussd/ussd_kinds.h"

#define MINE	    5
#define NAME_SHOWN  20
#define ECHO_SHOWN  90
#define VALUE_SHOWN 16
#define DEATHS	    40
#define DEATHS_DAYS 365

static const char *line_of(const struct ussd *ussd, const struct record *record)
{
	const char *name = form_who(&record->report);

	if (name == NULL)
		name = record->row.posyandu != NULL
			? reply_place(&ussd->turn->reply, record->row.posyandu)
			: "";
	return arena_printf(ussd->arena, "%s %s", record->row.ref,
		ussd_cut(ussd, reply_title_case(ussd->arena, name), NAME_SHOWN));
}

/* Rows as lines; their ids are remembered for the answer. */
static int rows_show(struct ussd *ussd, const char *head, const char *none,
	const struct report_row *rows, size_t count)
{
	const char **lines = arena_alloc(ussd->arena, (count + 1) * sizeof(*lines));
	struct record *record = arena_alloc(ussd->arena, sizeof(*record));
	json_t *ids = json_array();
	size_t shown = 0;

	for (size_t i = 0; i < count; i++) {
		if (record_of_row(ussd->turn, &rows[i], record) != OK)
			continue; /* of a form that is no longer configured */
		lines[shown++] = line_of(ussd, record);
		json_array_append_new(ids, json_integer(rows[i].id));
	}
	json_object_set_new(ussd->json, "ids", ids);
	ussd_list(ussd, shown > 0 ? head : ussd_word(ussd, none), lines, shown,
		ussd_word(ussd, "back"));
	return OK;
}

static int rows_take(struct ussd *ussd, const char *text, const char *list)
{
	json_t *ids = json_object_get(ussd->json, "ids");
	long choice = ussd_choice(ussd, text, json_array_size(ids));

	if (ussd_back(text, true)) {
		ussd_go(ussd, "menu");
		return OK;
	}
	if (choice == CHOICE_MORE)
		return OK;
	if (choice < 0)
		return ussd_wrong_choice(ussd);
	ussd_put_number(ussd, "id", json_integer_value(json_array_get(ids, (size_t)choice)));
	ussd_put(ussd, "list", list);
	ussd_go(ussd, "stored");
	return OK;
}

int mine_show(struct ussd *ussd)
{
	struct report_row *rows = arena_alloc(ussd->arena, MINE * sizeof(*rows));
	struct report_filter filter = {.sender = ussd->turn->sender.phone};
	size_t count;
	int error = store_report_find(
		ussd->turn->flow->store, ussd->arena, &filter, rows, MINE, &count);

	return error != OK
		? error
		: rows_show(ussd, ussd_word(ussd, "mine"), "none", rows, count);
}

int mine_take(struct ussd *ussd, const char *text)
{
	return rows_take(ussd, text, "mine");
}

static bool unverified(const struct report_row *row)
{
	return strstr("accepted incomplete question suspect", row->status) != NULL;
}

int deaths_show(struct ussd *ussd)
{
	const struct sender *sender = &ussd->turn->sender;
	struct report_row *rows = arena_alloc(ussd->arena, DEATHS * sizeof(*rows));
	struct report_row *found = arena_alloc(ussd->arena, DEATHS * sizeof(*rows));
	size_t count = 0;

	for (size_t i = 0; i < sender->narea; i++) {
		struct report_filter filter = {.form = "mati",
			.area_prefix = sender->areas[i]->code,
			.received_from = ussd->turn->flow->now - DEATHS_DAYS * 86400LL};
		size_t here;
		int error = store_report_find(
			ussd->turn->flow->store, ussd->arena, &filter, found, DEATHS, &here);

		if (error != OK)
			return error;
		for (size_t k = 0; k < here && count < DEATHS; k++) {
			if (unverified(&found[k]))
				rows[count++] = found[k];
		}
	}
	return rows_show(ussd, ussd_word(ussd, "deaths"), "no_deaths", rows, count);
}

int deaths_take(struct ussd *ussd, const char *text)
{
	return rows_take(ussd, text, "deaths");
}

static int record_open_one(struct ussd *ussd, struct record **record)
{
	*record = arena_alloc(ussd->arena, sizeof(**record));
	return record_load(ussd->turn, ussd_number(ussd, "id"), *record);
}

static bool of_deaths(const struct ussd *ussd)
{
	const char *list = ussd_get(ussd, "list");

	return list != NULL && strcmp(list, "deaths") == 0;
}

int stored_show(struct ussd *ussd)
{
	const char *mine[] = {ussd_word(ussd, "change"), ussd_word(ussd, "drop")};
	const char *deaths[] = {ussd_word(ussd, "accept"), ussd_word(ussd, "verify")};
	struct record *record;
	const struct record *seen;
	const char *head;
	int error = record_open_one(ussd, &record);

	if (error == OK)
		error = own_seen(ussd->turn, record, &seen);
	if (error != OK)
		return error;
	head = arena_printf(ussd->arena, "%s %s (%s)", record->row.ref,
		ussd_cut(ussd, reply_echo(&ussd->turn->reply, &seen->report), ECHO_SHOWN),
		reply_word(&ussd->turn->reply, "state", record->row.status, record->row.status));
	ussd_list(ussd, head, of_deaths(ussd) ? deaths : mine, 2, ussd_word(ussd, "back"));
	return scope_owns(ussd->turn, record)
		? OK /* else another's report, with names in it */
		: turn_audit(ussd->turn, "read", record->row.ref, NULL, NULL);
}

/* What a flow says becomes the last screen, and the SMS too. */
static int finish(struct ussd *ussd, int error)
{
	ussd_put(ussd, "text", ussd->turn->answer);
	ussd->copy = true;
	ussd_go(ussd, "done");
	return error;
}

static int supervise(struct ussd *ussd, const char *command)
{
	struct reading *reading = arena_alloc(ussd->arena, sizeof(*reading));
	struct record *record;
	int error = record_open_one(ussd, &record);

	if (error != OK)
		return error;
	reading->intent = INTENT_SUPERVISE;
	reading->command = command;
	reading->ref = record->row.ref;
	ussd->turn->reading = reading;
	return finish(ussd, supervise_handle(ussd->turn));
}

int stored_take(struct ussd *ussd, const char *text)
{
	long choice = ussd_choice(ussd, text, 2);

	if (ussd_back(text, true)) {
		ussd_go(ussd, of_deaths(ussd) ? "deaths" : "mine");
		return OK;
	}
	if (choice < 0)
		return ussd_wrong_choice(ussd);
	if (of_deaths(ussd))
		return supervise(ussd, choice == 0 ? "terima" : "verifikasi");
	ussd_go(ussd, choice == 0 ? "correct" : "cancel");
	return OK;
}

/* Fields that have a value of the sender's, then the form's own order. */
static size_t fields_of(const struct ussd *ussd, const struct report *report, const char **names,
	const char **lines)
{
	size_t count = 0;

	for (size_t i = 0; i < report->nvalue; i++) {
		const struct value *value = &report->values[i];
		const struct form_field *kind = form_field(report->form, value->field);

		if (kind == NULL || value->defaulted || kind->ask == NULL)
			continue;
		names[count] = kind->name;
		lines[count++] = arena_printf(ussd->arena, "%s %s",
			reply_label(&ussd->turn->reply, report->form, kind->name),
			ussd_cut(ussd,
				reply_value_text(&ussd->turn->reply, report->form, kind->name,
					value->text),
				VALUE_SHOWN));
	}
	return count;
}

int correct_show(struct ussd *ussd)
{
	const char *names[REPORT_FIELDS], *lines[REPORT_FIELDS];
	struct record *record;
	int error = record_open_one(ussd, &record);

	if (error != OK)
		return error;
	ussd_list(ussd, ussd_word(ussd, "change_what"), lines,
		fields_of(ussd, &record->report, names, lines), ussd_word(ussd, "back"));
	return OK;
}

int correct_take(struct ussd *ussd, const char *text)
{
	const char *names[REPORT_FIELDS], *lines[REPORT_FIELDS];
	struct record *record;
	long choice;
	int error = record_open_one(ussd, &record);

	if (error != OK)
		return error;
	choice = ussd_choice(ussd, text, fields_of(ussd, &record->report, names, lines));
	if (ussd_back(text, true)) {
		ussd_go(ussd, "stored");
		return OK;
	}
	if (choice == CHOICE_MORE)
		return OK;
	if (choice < 0)
		return ussd_wrong_choice(ussd);
	json_object_set_new(ussd->json, "value", json_pack("{s:s}", "field", names[choice]));
	ussd_go(ussd, "value");
	return OK;
}

static const struct form_field *value_field(const struct ussd *ussd, const struct record *record)
{
	const char *name =
		json_string_value(json_object_get(json_object_get(ussd->json, "value"), "field"));

	return name == NULL ? NULL : form_field(record->report.form, name);
}

int value_show(struct ussd *ussd)
{
	json_t *flags = json_object_get(ussd->json, "value");
	const char *unit = json_string_value(json_object_get(flags, "unit"));
	struct record *record;
	int error = record_open_one(ussd, &record);

	if (error == OK && value_field(ussd, record) == NULL)
		ussd_go(ussd, "stored");
	else if (error == OK)
		question_show(ussd, record->report.form, value_field(ussd, record), "", false,
			json_object_get(flags, "write") != NULL,
			unit == NULL ? NULL : arena_strdup(ussd->arena, unit));
	return error;
}

/* As KOREKSI REF FIELD VALUE by SMS. */
static int correct(struct ussd *ussd, const struct record *record, const struct form_field *kind,
	const char *value)
{
	struct reading *reading = arena_alloc(ussd->arena, sizeof(*reading));

	reading->intent = INTENT_CORRECT;
	reading->ref = record->row.ref;
	reading->changes[0] = (struct value){.field = kind->name, .text = value, .raw = value};
	reading->nchange = 1;
	ussd->turn->reading = reading;
	return finish(ussd, correct_handle(ussd->turn));
}

int value_take(struct ussd *ussd, const char *text)
{
	const struct form_field *kind;
	struct record *record;
	const char *value;
	int error = record_open_one(ussd, &record);

	if (error != OK)
		return error;
	kind = value_field(ussd, record);
	if (kind == NULL || ussd_back(text, !field_takes_zero(kind))) {
		ussd_go(ussd, "correct");
		return OK;
	}
	error = question_take(
		ussd, &record->report, kind, json_object_get(ussd->json, "value"), text, &value);
	return error != OK || value == NULL ? error : correct(ussd, record, kind, value);
}

int cancel_show(struct ussd *ussd)
{
	const char *options[2] = {ussd_word(ussd, "cancel_yes"), ussd_word(ussd, "cancel_no")};
	struct record *record;
	int error = record_open_one(ussd, &record);

	if (error == OK)
		ussd_list(ussd,
			arena_printf(
				ussd->arena, "%s %s?", ussd_word(ussd, "cancel"), record->row.ref),
			options, 2, "");
	return error;
}

/* As BATAL REF and YA: where the sender may not, a verifier is asked. */
int cancel_take(struct ussd *ussd, const char *text)
{
	struct reading *reading = arena_alloc(ussd->arena, sizeof(*reading));
	struct pending pending = {.kind = "cancel", .id = ussd_number(ussd, "id")};
	long choice = ussd_choice(ussd, text, 2);
	struct record *record;
	int error = record_open_one(ussd, &record);

	if (error != OK || choice < 0)
		return error != OK ? error : ussd_wrong_choice(ussd);
	if (choice == 1) {
		ussd_go(ussd, "stored");
		return OK;
	}
	reading->intent = INTENT_CANCEL;
	reading->ref = record->row.ref;
	ussd->turn->reading = reading;
	error = cancel_handle(ussd->turn);
	if (error == OK && record->report.status != STATUS_CANCELLED
	    && scope_changes(ussd->turn, record, record_is_death(record)))
		error = cancel_answer(ussd->turn, &pending, true);
	return finish(ussd, error);
}
