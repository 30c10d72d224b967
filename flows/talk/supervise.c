/* What supervisors say about reports: TERIMA, VERIFIKASI, TOLAK, SETUJU; and BLOKIR about a number.
 */
#include <ctype.h>
#include <string.h>

#include "flows/alert/alert.h"
#include "flows/record/find_ref.h"
#include "flows/report/report.h"
#include "flows/rules/scope.h"
#include "flows/talk/approve.h"
#include "flows/talk/request.h"
#include "flows/turn/handlers.h"
#include "parsers/form/form.h"
#include "parsers/text/phone.h"

static const struct area *area_of(const struct turn *turn, const struct record *record)
{
	return gazetteer_area(turn->flow->places, record->row.area);
}

static int tell_reporter(
	struct turn *turn, const struct record *record, bool verified, const char *reason)
{
	struct person person = {.phone = record->row.sender, .language = "id"};
	struct sender sender;
	struct reply_context reply;
	const char *who, *text;
	int error = store_person_by_phone(
		turn->flow->store, turn->flow->arena, record->row.sender, &person);

	if ((error != OK && error != ERR_NOT_FOUND) ||
		strcmp(record->row.sender, turn->sender.phone) == 0)
		return error == ERR_NOT_FOUND ? OK : error;
	turn_towards(turn, &person, &sender, &reply);
	who = alert_who(turn, &reply, turn->sender.phone);
	if (verified)
		text = message_text(turn->flow->catalogue, turn->flow->arena,
			reply_language(&reply), MESSAGE_VERIFIED_TELL, "ref", record->row.ref,
			"class",
			record_is_death(record) ? alert_class(&reply, &record->report) : "",
			"who", who, NULL);
	else
		text = message_text(turn->flow->catalogue, turn->flow->arena,
			reply_language(&reply), MESSAGE_REJECTED_TELL, "ref", record->row.ref,
			"who", who, "reason", reason, NULL);
	return turn_send(turn, "notice", record->row.sender, text, record->row.ref);
}

/* A class as the form derives it: "bukan maternal" is none of them, "not maternal" is NOT_MATERNAL.
 */
static const char *class_named(const struct turn *turn, const struct form *form, const char *text)
{
	char *name = arena_strdup(turn->flow->arena, text);

	for (char *at = name; *at != '\0'; at++)
		*at = *at == ' ' ? '_' : (char)toupper((unsigned char)*at);
	for (size_t i = 0; i < form->nderive; i++) {
		if (strcmp(form->derives[i].value, name) == 0)
			return form->derives[i].value;
	}
	return NULL;
}

static bool settled(const struct record *record)
{
	return record_gone(record) || record->report.status == STATUS_DUPLICATE;
}

static int take(struct turn *turn, struct record *record)
{
	int error;

	if (!scope_verifies(&turn->sender, area_of(turn, record))) {
		turn_say_plain(turn, MESSAGE_SUPERVISE_ROLE);
		return OK;
	}
	if (settled(record))
		return record_say_state(turn, record);
	turn_say(turn, scope_decides(turn->sender.role) ? MESSAGE_TAKEN : MESSAGE_TAKEN_BY_BIDAN,
		"ref", record->row.ref);
	error = alert_take(turn, record);
	return error != OK ? error
			   : turn_audit(turn, "take", record->row.ref, NULL, turn->sender.phone);
}

static int verify(struct turn *turn, struct record *record)
{
	const char *argument = turn->reading->argument;
	const char *class = argument == NULL || *argument == '\0' ? NULL
		: class_named(turn, record->report.form, argument);
	struct record before = *record;
	int error;

	if (settled(record))
		return record_say_state(turn, record);
	if (class != NULL) {
		struct value value = {.field = "kelas", .text = class, .raw = argument};

		report_set(&record->report, turn->flow->arena, &value);
		record_confirm(record, "kelas");
	}
	record->report.status = STATUS_VERIFIED;
	error = record_revise(turn, &before, record, "verify");
	if (error == OK)
		error = report_wait(turn, record);
	if (error == OK)
		error = alert_take(turn, record);
	if (error == OK)
		error = tell_reporter(turn, record, true, NULL);
	turn_say(turn, MESSAGE_VERIFIED, "ref", record->row.ref, "echo",
		reply_echo(&turn->reply, &record->report));
	return error;
}

static int reject(struct turn *turn, struct record *record)
{
	const char *reason = turn->reading->argument;
	int error;

	if (reason == NULL || *reason == '\0') {
		turn_say(turn, MESSAGE_REJECT_WHY, "ref", record->row.ref);
		return OK;
	}
	if (settled(record))
		return record_say_state(turn, record);
	error = record_set_status(turn, record, STATUS_REFUSED, "reject");
	if (error == OK)
		error = turn_audit(turn, "reason", record->row.ref, NULL, reason);
	if (error == OK)
		error = report_wait(turn, record);
	if (error == OK && record_is_death(record))
		error = alert_undo(turn, record);
	if (error == OK)
		error = tell_reporter(turn, record, false, reason);
	turn_say(turn, MESSAGE_REJECTED, "ref", record->row.ref);
	return error;
}

/* Commands about a report. A request that waits for it comes first for SETUJU and TOLAK. */
static int about_report(struct turn *turn, const char *command)
{
	struct record record;
	int error = find_ref(turn, turn->reading->ref, &record);

	if (error != OK)
		return error == ERR_NOT_FOUND || error == ERR_AMBIGUOUS ? OK : error;
	record_about(turn, &record);
	if (strcmp(command, "terima") == 0)
		return take(turn, &record);
	if (!scope_verifies(&turn->sender, area_of(turn, &record))) {
		turn_say_plain(turn, MESSAGE_SUPERVISE_ROLE);
		return OK;
	}
	if (strcmp(command, "setuju") == 0 || strcmp(command, "tolak") == 0) {
		error = request_decide(
			turn, &record, strcmp(command, "setuju") == 0, turn->reading->argument);
		if (error != ERR_NOT_FOUND)
			return error;
		if (strcmp(command, "setuju") == 0)
			return record_say_state(turn, &record);
	}
	if (!scope_decides(turn->sender.role)) {
		turn_say_plain(turn, MESSAGE_DECIDE_ROLE);
		return OK;
	}
	return strcmp(command, "verifikasi") == 0 ? verify(turn, &record) : reject(turn, &record);
}

static int block(struct turn *turn, const char *argument)
{
	char phone[PHONE_TEXT];
	struct person person;
	struct sender target;
	int error;

	if (argument == NULL || *argument == '\0') {
		turn_say_plain(turn, MESSAGE_BLOCK_HOW);
		return OK;
	}
	if (!phone_normalise(argument, phone)) {
		turn_say(turn, MESSAGE_PERSON_UNKNOWN, "phone", argument);
		return OK;
	}
	error = store_person_by_phone(turn->flow->store, turn->flow->arena, phone, &person);
	if (error != OK && error != ERR_NOT_FOUND)
		return error;
	if (error == OK)
		person_to_sender(turn->flow, &person, &target);
	if (error != OK || target.narea == 0 ||
		!scope_approves(&turn->sender, person.role, target.areas[0])) {
		turn_say(turn, MESSAGE_PERSON_UNKNOWN, "phone", phone);
		return OK;
	}
	error = store_person_set_state(turn->flow->store, phone, "blocked");
	if (error == OK)
		error = turn_audit(turn, "block", phone, person.state, "blocked");
	turn_say(turn, MESSAGE_BLOCKED, "phone", arena_strdup(turn->flow->arena, phone));
	return error;
}

int supervise_handle(struct turn *turn)
{
	const char *command = turn->reading->command == NULL ? "" : turn->reading->command;

	if (!scope_supervises(&turn->sender)) {
		turn_say_plain(turn, MESSAGE_SUPERVISE_ROLE);
		return OK;
	}
	if (strcmp(command, "blokir") == 0)
		return block(turn, turn->reading->argument);
	if (turn->reading->ref != NULL && *turn->reading->ref != '\0' &&
		strcmp(turn->reading->ref, "last") != 0)
		return about_report(turn, command);
	if (strcmp(command, "setuju") == 0 || strcmp(command, "tolak") == 0)
		return approve(turn, strcmp(command, "setuju") == 0, turn->reading->argument);
	turn->answer = reply_how(&turn->reply, MESSAGE_REF_NONE);
	return OK;
}
