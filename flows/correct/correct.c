/* KOREKSI: all changes or none; the tallies follow in the same transaction. */
#include "flows/correct/correct.h"

#include <stdlib.h>
#include <string.h>

#include "flows/alert/alert.h"
#include "flows/change/class.h"
#include "flows/correct/request.h"
#include "flows/record/find_ref.h"
#include "flows/record/home.h"
#include "flows/record/pending.h"
#include "flows/record/record_scope.h"
#include "flows/record/report_json.h"
#include "flows/record/own.h"
#include "flows/record/week.h"
#include "flows/report/answer_value.h"
#include "flows/report/lived.h"
#include "flows/report/report.h"
#include "flows/report/turn_back.h"
#include "flows/rules/scope.h"
#include "flows/turn/handlers.h"
#include "parsers/form/form.h"
#include "parsers/form/form_case.h"

#define OTHERS_SLOT "beda" /* no field: that it is another event */

/* The correction as it was written, to be made whole by an answer. */
static struct pending asked(const struct turn *turn, const struct record *record, const char *slot)
{
	const struct reading *reading = turn->reading;
	struct pending pending = {.kind = "correct",
		.id = record->row.id,
		.version = record->row.version,
		.slot = slot};
	json_t *changes = json_object();

	for (size_t i = 0; i < reading->nchange; i++)
		json_object_set_new(changes, reading->changes[i].field,
			json_string(reading->changes[i].raw != NULL ? reading->changes[i].raw
								    : reading->changes[i].text));
	pending.text = json_to_arena(turn->flow->arena, changes);
	return pending;
}

/* Asks about one field; the next short message completes the correction. */
static int ask(struct turn *turn, const struct record *record, const struct report *report,
	const struct problem *problem)
{
	struct pending pending = asked(turn, record, problem->field);

	for (size_t i = 0; i < problem->noption; i++)
		pending.options[pending.noption++] = problem->options[i].value;
	if (pending.noption == 0 && problem->offer != NULL && problem->code != PROBLEM_AMBIGUOUS)
		pending.options[pending.noption++] = problem->offer;
	turn_say(turn, MESSAGE_QUESTION, "ref", record->row.ref, "echo", "",
		"ask", reply_ask(&turn->reply, report, problem));
	return pending_add(turn, turn->sender.phone, &pending);
}

/* It would be told twice then. */
static int ask_others(struct turn *turn, const struct change *change)
{
	struct pending pending = asked(turn, &change->before, OTHERS_SLOT);
	bool shown = scope_shown(turn, &change->found);
	const struct record *record = shown ? &change->found : &change->after;
	const char *echo = reply_echo(&turn->reply, &record->report);

	if (shown && (change->same == SAME_OTHER_FIGURES ||
		(change->same == SAME_EVENT && record_is_session(&change->after))))
		turn_say(turn, MESSAGE_REPLACE, "ref", change->found.row.ref, "echo", echo, "new",
			reply_echo(&turn->reply, &change->after.report));
	else
		turn_say(turn, MESSAGE_PERHAPS_CORRECT, "ref", record->row.ref, "echo", echo);
	return pending_add(turn, turn->sender.phone, &pending);
}

static int ask_change(struct turn *turn, const struct change *change)
{
	if (change->verdict == CHANGE_OTHERS)
		return ask_others(turn, change);
	return ask(turn, &change->before, &change->after.report, &change->problem);
}

/* Canonical already: set as it is, and believed. */
static void value_set(
	const struct turn *turn, struct record *after, const char *field, const char *text)
{
	const struct form_field *kind = form_field(after->report.form, field);
	struct value value = {
		.field = kind == NULL ? arena_strdup(turn->flow->arena, field) : kind->name,
		.text = text,
		.raw = text};

	value.number = kind != NULL && field_is_number(kind->type);
	report_set(&after->report, turn->flow->arena, &value);
}

static bool class_among(const struct record *record, const json_t *changes)
{
	const char *field = record->report.form->class;

	return field != NULL && json_object_get(changes, field) != NULL;
}

int correct_apply(struct turn *turn, const struct record *record, json_t *changes, bool *done)
{
	struct change *change = change_new(turn, WANT_CORRECT, record);
	const char *field;
	json_t *item;
	int error = OK;

	change->class_told = class_among(&change->after, changes);
	json_object_foreach(changes, field, item) {
		if (form_field(change->after.report.form, field) == NULL &&
			!form_role_is(change->after.report.form->class, field))
			error = turn_back(turn, &change->after, field);
		if (error != OK)
			return error;
		value_set(turn, &change->after, field,
			arena_strdup(turn->flow->arena, json_string_value(item)));
		record_confirm(&change->after, arena_strdup(turn->flow->arena, field));
	}
	error = report_change(turn, change);
	*done = error == OK && change->verdict == CHANGE_DONE;
	if (error != OK || *done)
		return error;
	if (change->verdict == CHANGE_STATE)
		return record_say_state(turn, record);
	return ask_change(turn, change);
}

/* A cause as text has a code beside it ("sebab", "sebab_kode"): the code changes with it. */
static void code_follows(
	struct turn *turn, const struct value *change, struct record *after, json_t *changes)
{
	const struct form_field *field = form_field(after->report.form,
		arena_printf(turn->flow->arena, "%s_kode", change->field));
	struct problem problem = {0};
	struct value value = {0};

	if (field == NULL ||
		reader_read_field(turn->flow->reader, turn->flow->scratch, turn->flow->arena,
			&turn->read, after->report.form, field->name,
			change->raw != NULL ? change->raw : change->text, &value, &problem) != OK)
		return;
	report_set(&after->report, turn->flow->arena, &value);
	json_object_set_new(changes, value.field, json_string(value.text));
}

static void change_add(struct reading *reading, const char *field, const char *text)
{
	if (reading->nchange < COUNT_OF(reading->changes))
		reading->changes[reading->nchange++] =
			(struct value){.field = field, .text = text, .raw = text};
}

static bool is_option(const struct pending *pending, const char *text)
{
	for (size_t i = 0; i < pending->noption; i++) {
		if (strcmp(pending->options[i], text) == 0)
			return true;
	}
	return false;
}

/* The correction again, with a value for the field that was asked, or (NULL) with the field
 * affirmed as it is. */
static int correct_again(struct turn *turn, const struct pending *pending, const char *text)
{
	struct reading *reading = arena_alloc(turn->flow->arena, sizeof(*reading));
	const char **confirmed = arena_alloc(turn->flow->arena, 3 * sizeof(*confirmed));
	json_t *changes = json_loads(pending->text, 0, NULL), *item;
	const char *name;
	int error = pending_drop(turn, turn->sender.phone, "correct", pending->id);

	reading->intent = INTENT_CORRECT;
	reading->ref = arena_printf(turn->flow->arena, "@%lld", (long long)pending->id);
	json_object_foreach(changes, name, item) {
		if (text == NULL || strcmp(name, pending->slot) != 0)
			change_add(reading, arena_strdup(turn->flow->arena, name),
				arena_strdup(turn->flow->arena, json_string_value(item)));
	}
	json_decref(changes);
	if (text != NULL)
		change_add(reading, pending->slot, text);
	else
		confirmed[0] = pending->slot;
	turn->chosen = text != NULL && is_option(pending, text) ? pending->slot : NULL;
	turn->confirmed = confirmed;
	turn->reading = reading;
	return error != OK ? error : correct_handle(turn);
}

int correct_answer(struct turn *turn, const struct pending *pending, const char *text, bool *done)
{
	size_t number = pending->noption > 1 ? answer_number(text, pending->noption) : 0;
	struct record record;
	struct problem problem;
	struct value value;
	int error = record_load(turn, pending->id, &record);

	if (number > 0)
		text = pending->options[number - 1];
	*done = error == OK && (number > 0 ||
		reader_read_value(turn->flow->reader, turn->flow->scratch, turn->flow->arena,
			&turn->read, &record.report, pending->slot, text, &value, &problem) == OK);
	return *done ? correct_again(turn, pending, text) : error;
}

int correct_yes_no(struct turn *turn, const struct pending *pending, bool yes)
{
	struct record record;
	int error;

	if (yes)
		return correct_again(
			turn, pending, pending->noption == 1 ? pending->options[0] : NULL);
	error = record_load(turn, pending->id, &record);
	if (error != OK)
		return error;
	record_about(turn, &record);
	turn_say(turn, MESSAGE_KEPT, "ref", record.row.ref, "echo",
		reply_echo(&turn->reply, &record.report));
	return pending_drop(turn, turn->sender.phone, "correct", pending->id);
}

static bool offered(const struct turn *turn, const struct value *change, struct value *out)
{
	/* an option's own value, chosen by its number */
	*out = *change;
	return turn->chosen != NULL && strcmp(turn->chosen, change->field) == 0;
}

/* The unit of a week is a place: another desa is told as that, anything else is asked. */
static int unit_read(
	const struct turn *turn, const struct form *form, const char *text, struct value *value,
	struct problem *problem)
{
	const struct area *desa;

	*problem = (struct problem){.field = form->place, .code = PROBLEM_PLACE, .raw = text};
	if (home_find(turn, text, &desa, problem) != OK)
		return ERR_NOT_FOUND;
	*value = (struct value){.field = form->place, .text = desa->code, .raw = text};
	return OK;
}

/* One change as a value of the report's own form. OK, or what is wrong with it in *problem. */
static int change_read(const struct turn *turn, const struct record *after,
	const struct value *change, struct value *value, struct problem *problem)
{
	const char *text = change->raw != NULL ? change->raw : change->text;
	const struct area *desa;
	int error;

	if (offered(turn, change, value))
		return OK;
	if (week_names_unit(after->report.form, change->field))
		return unit_read(turn, after->report.form, text, value, problem);
	error = reader_read_value(turn->flow->reader, turn->flow->scratch, turn->flow->arena,
		&turn->read, &after->report, change->field, text, value, problem);
	if (error == OK || problem->code != PROBLEM_SCOPE)
		return error;
	if (form_field(after->report.form, change->field)->type != FIELD_AREA ||
		home_find(turn, text, &desa, problem) != OK)
		return error;
	*value = (struct value){.field = change->field, .text = desa->code, .raw = text};
	return OK;
}

/* Reads each change again as a value of the report's own form. *read false: the answer says what
 * is wrong. */
static int changes_read(struct turn *turn, const struct record *record, struct record *after,
	struct strbuf *words, json_t *changes, bool *read)
{
	const struct record *seen;
	int error = own_seen(turn, record, &seen);

	*read = false;
	for (size_t i = 0; error == OK && i < turn->reading->nchange; i++) {
		const struct value *change = &turn->reading->changes[i];
		struct problem problem = {.field = change->field, .code = PROBLEM_INVALID};
		struct value value = {0};
		bool class = form_role_is(after->report.form->class, change->field);

		if (!class && form_field(after->report.form, change->field) == NULL)
			error = turn_back(turn, after, change->field);
		if (error == ERR_NOT_FOUND) {
			turn->answer = reply_how(&turn->reply, MESSAGE_CORRECT_HOW);
			return OK;
		}
		if (error != OK)
			return error;
		if (change_read(turn, after, change, &value, &problem) != OK)
			return ask(turn, record, &after->report, &problem);
		if (class)
			class_set(turn, after, value.text);
		else
			report_set(&after->report, turn->flow->arena, &value);
		json_object_set_new(changes, value.field, json_string(value.text));
		code_follows(turn, change, after, changes);
	}
	if (error != OK)
		return error;
	strbuf_puts(words, request_words(&turn->reply, seen, changes));
	*read = true;
	return OK;
}

/* It would take the place of what is not the speaker's to replace. */
static int ask_elsewhere(struct turn *turn, const struct change *change)
{
	const struct form *form = change->after.report.form;
	const struct problem problem = {.field = form->place, .code = PROBLEM_SCOPE,
		.raw = reply_value_text(&turn->reply, form, form->place,
			report_text(&change->after.report, form->place))};

	return ask(turn, &change->before, &change->after.report, &problem);
}

/* Who saw her, and which contact it is, is a health worker's to say. */
static bool examines(const struct turn *turn, const struct record *record, const json_t *changes)
{
	const struct form_case *rules = record->report.form->cases;

	return rules != NULL && !scope_supervises(&turn->sender) &&
		((rules->seen_by != NULL && json_object_get(changes, rules->seen_by) != NULL) ||
			(rules->seen_by != NULL && rules->contact != NULL &&
				json_object_get(changes, rules->contact) != NULL));
}

/* It waits for an answer or for somebody's word, and would be a death to be alarmed of. */
static int expected(const struct turn *turn, const struct change *change)
{
	return turn->confirmed != NULL /* it was alarmed when it was asked */
		? OK
		: alert_expected(turn, &change->before, &change->after);
}

static int correct_write(struct turn *turn, struct change *change, const char *words,
	json_t *changes)
{
	const struct record *record = &change->before;
	int error;

	change->class_told = class_among(&change->after, changes);
	change->only_look = true;
	error = report_change(turn, change);
	if (error != OK)
		return error;
	if (change->verdict == CHANGE_STATE)
		return record_say_state(turn, record);
	if (change->verdict == CHANGE_ASKED ||
		(change->verdict == CHANGE_OTHERS && !change->affirmed && !record_open(record))) {
		error = expected(turn, change);
		return error != OK ? error : ask_change(turn, change);
	}
	if (change->verdict == CHANGE_OTHERS && change->affirmed && !record_open(record) &&
		record_is_session(record) &&
		!scope_replaces(turn, &change->found, &change->after))
		return ask_elsewhere(turn, change);
	if (change_is_none(change)) {
		const struct record *seen;

		error = own_seen(turn, record, &seen);
		if (error == OK)
			turn_say(turn, MESSAGE_CORRECT_SAME, "ref", record->row.ref, "echo",
				reply_echo(&turn->reply, &seen->report));
		return error;
	}
	if (!scope_changes(turn, record,
		    record_is_death(record) || examines(turn, record, changes))) {
		turn_say(turn, MESSAGE_CORRECT_WAITS, "ref", record->row.ref, "changes", words);
		error = expected(turn, change);
		if (error == OK && record_is_death(record) && !record->row.training)
			error = alert_elsewhere(turn, &change->after);
		return error != OK
			? error
			: request_put(turn, record, REQUEST_CORRECT, json_incref(changes));
	}
	change->only_look = false;
	change->after.link = record->link;
	change->after.row.original = record->row.original;
	error = report_change(turn, change);
	if (change->verdict == CHANGE_OTHERS)
		report_say(turn, change);
	else if (change->death != NULL) {
		if (error == OK)
			error = report_console(turn, change->death, false);
		report_say(turn, change);
	} else if (change->after.report.form != record->report.form &&
		change->after.report.nproblem > 0)
		report_say(turn, change); /* what it lacks as another event */
	else
		turn_say(turn, MESSAGE_CORRECTED, "ref", record->row.ref, "changes", words);
	lived_say(turn, change);
	if (error == OK && change->untold != NULL)
		error = request_put(turn, change->untold, REQUEST_CANCEL, NULL);
	if (error == OK && change->verdict == CHANGE_DONE)
		error = alert_owner(turn, record, words);
	return error;
}

static int correct_record(struct turn *turn, const struct record *record)
{
	struct change *change = change_new(turn, WANT_CORRECT, record);
	struct strbuf words = {0};
	json_t *changes = json_object();
	bool read;
	int error;

	strbuf_puts(&words, "");
	error = changes_read(turn, record, &change->after, &words, changes, &read);
	for (size_t i = 0; turn->confirmed != NULL && turn->confirmed[i] != NULL; i++) {
		if (strcmp(turn->confirmed[i], OTHERS_SLOT) == 0)
			change->affirmed = true;
		else
			record_confirm(&change->after, turn->confirmed[i]);
	}
	if (error == OK && read)
		error = correct_write(turn, change, words.text, changes);
	json_decref(changes);
	strbuf_free(&words);
	return error;
}

/* A desa outside the sender's own is a home all the same. */
static void home_change(struct turn *turn, const struct record *record)
{
	struct reading *reading = turn->reading;
	struct problem *problem = &reading->problems[0];
	const struct form_field *field = reading->nproblem == 1
		? form_field(record->report.form, problem->field)
		: NULL;
	const struct area *desa;

	if (reading->nproblem != 1 || problem->code != PROBLEM_SCOPE || problem->raw == NULL ||
		field == NULL || field->type != FIELD_AREA ||
		home_find(turn, problem->raw, &desa, problem) != OK)
		return;
	reading->nproblem = 0;
	reading->changes[reading->nchange++] =
		(struct value){.field = field->name, .text = desa->code, .raw = desa->code};
	turn->chosen = field->name;
}

/* "BB 55" was taken for a birth's: read as of the report that it is about. */
static void read_for(struct turn *turn, const struct record *record)
{
	const struct flow *flow = turn->flow;
	struct reading *again;
	bool known = turn->reading->nproblem == 0;

	for (size_t i = 0; i < turn->reading->nchange; i++)
		known &= form_field(record->report.form, turn->reading->changes[i].field) != NULL;
	if (known || turn->message == NULL || turn->confirmed != NULL ||
		strcmp(turn->reading->ref, "last") != 0)
		return;
	again = arena_alloc(flow->arena, sizeof(*again));
	turn->read.form = record->report.form;
	reader_read(flow->reader, flow->scratch, flow->arena, &turn->read, turn->message->text,
		again);
	turn->read.form = NULL;
	if (again->intent == INTENT_CORRECT && again->nchange > 0 && again->nproblem == 0)
		turn->reading = again;
}

int correct_handle(struct turn *turn)
{
	const struct reading *reading = turn->reading;
	struct record record;
	int error = find_ref(turn, reading->ref, &record);

	if (error != OK)
		return error == ERR_NOT_FOUND || error == ERR_AMBIGUOUS ? OK : error;
	record_about(turn, &record);
	read_for(turn, &record);
	reading = turn->reading;
	home_change(turn, &record);
	if (reading->nproblem > 0 && *reading->problems[0].field != '\0')
		return ask(turn, &record, &record.report, &reading->problems[0]);
	if (reading->nchange == 0) {
		turn->answer = reply_how(&turn->reply, MESSAGE_CORRECT_HOW);
		return OK;
	}
	if (record_gone(&record))
		return record_say_state(turn, &record);
	return correct_record(turn, &record);
}
