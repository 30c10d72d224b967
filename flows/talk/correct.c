/* KOREKSI: all changes or none; the tallies follow in the same transaction. */
#include "flows/talk/correct.h"

#include <stdlib.h>
#include <string.h>

#include "flows/alert/alert.h"
#include "flows/record/find_ref.h"
#include "flows/record/pending.h"
#include "flows/record/record_scope.h"
#include "flows/record/report_json.h"
#include "flows/report/report.h"
#include "flows/rules/scope.h"
#include "flows/talk/answer_value.h"
#include "flows/talk/request.h"
#include "flows/turn/handlers.h"
#include "parsers/form/form.h"

const char *correct_change(const struct reply_context *reply, const struct report *report,
	const char *field, const char *text)
{
	const char *old = report_text(report, field);

	return arena_printf(reply->arena, "%s %s -> %s", reply_label(reply, report->form, field),
		old == NULL ? reply_word(reply, "no", "value", "-")
			    : reply_value_text(reply, report->form, field, old),
		reply_value_text(reply, report->form, field, text));
}

/* A live birth that turns out a stillbirth is a death from now on, and the other way round. */
static int alerts_follow(struct turn *turn, const struct record *before, const struct record *after)
{
	if (after->row.training)
		return OK;
	if (record_is_death(after) && !record_is_death(before))
		return alert_raise(turn, after);
	if (record_is_death(before) && !record_is_death(after))
		return alert_undo(turn, before);
	return OK;
}

static int store_corrected(struct turn *turn, const struct record *before, struct record *after)
{
	int error;

	if (before->report.status == STATUS_VERIFIED && after->report.status == STATUS_ACCEPTED)
		after->report.status = STATUS_VERIFIED;
	if (before->report.status == STATUS_DUPLICATE)
		after->report.status = STATUS_DUPLICATE;
	error = record_revise(turn, before, after, "correct");
	if (error == OK)
		error = report_wait(turn, after);
	return error != OK ? error : alerts_follow(turn, before, after);
}

int correct_apply(struct turn *turn, struct record *record, json_t *changes)
{
	struct record before = *record;
	const char *field;
	json_t *item;

	json_object_foreach(changes, field, item) {
		const struct form_field *kind = form_field(record->report.form, field);
		const char *text = arena_strdup(turn->flow->arena, json_string_value(item));
		struct value value = {
			.field = kind == NULL ? arena_strdup(turn->flow->arena, field) : kind->name,
			.text = text,
			.raw = text};

		value.number = kind != NULL && (kind->type == FIELD_INT || kind->type == FIELD_COUNT
			|| kind->type == FIELD_WEIGHT || kind->type == FIELD_LENGTH);
		report_set(&record->report, turn->flow->arena, &value);
		record_confirm(record, value.field);
	}
	record_judge(turn, record);
	return store_corrected(turn, &before, record);
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

/* Asks about one field; the next short message completes the correction. */
static int ask(struct turn *turn, const struct record *record, const struct report *report,
	const struct problem *problem)
{
	const struct reading *reading = turn->reading;
	struct pending pending = {
		.kind = "correct", .id = record->row.id, .slot = problem->field};
	json_t *changes = json_object();

	for (size_t i = 0; i < reading->nchange; i++)
		json_object_set_new(changes, reading->changes[i].field,
			json_string(reading->changes[i].raw != NULL ? reading->changes[i].raw
								    : reading->changes[i].text));
	pending.text = json_to_arena(turn->flow->arena, changes);
	for (size_t i = 0; i < problem->noption; i++)
		pending.options[pending.noption++] = problem->options[i].value;
	if (pending.noption == 0 && problem->offer != NULL)
		pending.options[pending.noption++] = problem->offer;
	turn_say(turn, MESSAGE_QUESTION, "ref", record->row.ref, "echo", "",
		"ask", reply_ask(&turn->reply, report, problem));
	return pending_add(turn, turn->sender.phone, &pending);
}

static void change_add(struct reading *reading, const char *field, const char *text)
{
	if (reading->nchange < COUNT_OF(reading->changes))
		reading->changes[reading->nchange++] =
			(struct value){.field = field, .text = text, .raw = text};
}

/* The correction again, with a value for the field that was asked, or (NULL) with the field
 * affirmed as it is. */
static int correct_again(struct turn *turn, const struct pending *pending, const char *text)
{
	struct reading *reading = arena_alloc(turn->flow->arena, sizeof(*reading));
	const char **confirmed = arena_alloc(turn->flow->arena, 2 * sizeof(*confirmed));
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
	*done = error == OK &&
		reader_read_value(turn->flow->reader, turn->flow->scratch, turn->flow->arena,
			&turn->read, &record.report, pending->slot, text, &value, &problem) == OK;
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

/* Reads each change again as a value of the report's own form. *read false: the answer says what
 * is wrong. */
static int changes_read(struct turn *turn, const struct record *record, struct record *after,
	struct strbuf *words, json_t *changes, bool *read)
{
	*read = false;
	for (size_t i = 0; i < turn->reading->nchange; i++) {
		const struct value *change = &turn->reading->changes[i];
		struct problem problem = {.field = change->field, .code = PROBLEM_INVALID};
		struct value value = {0};

		if (form_field(record->report.form, change->field) == NULL) {
			turn->answer = reply_how(&turn->reply, MESSAGE_CORRECT_HOW);
			return OK;
		}
		if (reader_read_value(turn->flow->reader, turn->flow->scratch, turn->flow->arena,
			    &turn->read, &record->report, change->field,
			    change->raw != NULL ? change->raw : change->text, &value,
			    &problem) != OK)
			return ask(turn, record, &record->report, &problem);
		strbuf_printf(words, "%s%s", words->length > 0 ? ", " : "",
			correct_change(&turn->reply, &record->report, value.field, value.text));
		report_set(&after->report, turn->flow->arena, &value);
		json_object_set_new(changes, value.field, json_string(value.text));
		code_follows(turn, change, after, changes);
	}
	*read = true;
	return OK;
}

static bool has_problem(const struct report *report, const char *field)
{
	for (size_t i = 0; i < report->nproblem; i++) {
		if (strcmp(report->problems[i].field, field) == 0)
			return true;
	}
	return false;
}

/* The problem that the new values bring, which the report did not have, told or untold; NULL. */
static const struct problem *new_problem(const struct turn *turn, const struct record *before,
	const struct record *after)
{
	struct record untold = *before;

	record_judge(turn, &untold);
	for (size_t i = 0; i < after->report.nproblem; i++) {
		const struct problem *problem = &after->report.problems[i];

		if (!has_problem(&before->report, problem->field) &&
			!has_problem(&untold.report, problem->field))
			return problem;
	}
	return NULL;
}

static int correct_record(struct turn *turn, const struct record *record)
{
	struct record after = *record;
	struct strbuf words = {0};
	json_t *changes = json_object();
	const struct problem *problem;
	bool read;
	int error;

	strbuf_puts(&words, "");
	error = changes_read(turn, record, &after, &words, changes, &read);
	if (error != OK || !read)
		goto out;
	for (size_t i = 0; turn->confirmed != NULL && turn->confirmed[i] != NULL; i++)
		record_confirm(&after, turn->confirmed[i]);
	record_judge(turn, &after);
	problem = new_problem(turn, record, &after);
	if (problem != NULL) {
		error = ask(turn, record, &after.report, problem);
		goto out;
	}
	if (!scope_changes(turn, record, record_is_death(record))) {
		turn_say(
			turn, MESSAGE_CORRECT_WAITS, "ref", record->row.ref, "changes", words.text);
		error = request_put(turn, record, "correct", json_incref(changes));
		goto out;
	}
	turn_say(turn, MESSAGE_CORRECTED, "ref", record->row.ref, "changes", words.text);
	error = store_corrected(turn, record, &after);
out:
	json_decref(changes);
	strbuf_free(&words);
	return error;
}

int correct_handle(struct turn *turn)
{
	const struct reading *reading = turn->reading;
	struct record record;
	int error = find_ref(turn, reading->ref, &record);

	if (error != OK)
		return error == ERR_NOT_FOUND || error == ERR_AMBIGUOUS ? OK : error;
	record_about(turn, &record);
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
