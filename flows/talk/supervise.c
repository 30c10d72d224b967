/* What supervisors say about reports: TERIMA, VERIFIKASI, TOLAK, SETUJU; and BLOKIR about a number.
 */
#include "flows/talk/supervise.h"

#include <string.h>

#include "flows/alert/alert.h"
#include "flows/alert/alert_told.h"
#include "flows/alert/consent.h"
#include "flows/change/class.h"
#include "flows/change/questions.h"
#include "flows/correct/move.h"
#include "flows/correct/request.h"
#include "flows/correct/request_decide.h"
#include "flows/correct/waiting.h"
#include "flows/people/approve.h"
#include "flows/people/pin.h"
#include "flows/record/find_ref.h"
#include "flows/record/pending.h"
#include "flows/record/record_scope.h"
#include "flows/report/lived.h"
#include "flows/report/report.h"
#include "flows/report/residence.h"
#include "flows/rules/scope.h"
#include "flows/talk/inbox.h"
#include "flows/talk/put_out.h"
#include "flows/turn/handlers.h"
#include "parsers/form/form.h"
#include "parsers/text/phone.h"
#include "store/message/deadline.h"

#define NEWS_SECONDS (2 * 86400)
#define NEWS_ROWS    20
#define BLOCKED_SECONDS (10LL * 366 * 86400)

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

/* "ibu Sarmi, 34 th ... (ibu (maternal))": the class is what is verified of a death. */
static const char *verified_echo(const struct turn *turn, const struct record *record)
{
	const char *echo = reply_echo(&turn->reply, &record->report);

	return report_text(&record->report, record->report.form->class) == NULL
		? echo
		: arena_printf(turn->flow->arena, "%s: %s",
			  alert_class(&turn->reply, &record->report), echo);
}

static bool settled(const struct record *record)
{
	return record_gone(record) || record->report.status == STATUS_DUPLICATE;
}

static int taken(const struct turn *turn, const struct record *record)
{
	int error = alert_take(turn, record);

	return error != OK ? error
			   : turn_audit(turn, "take", record->row.ref, NULL, turn->sender.phone);
}

/* What was alarmed can be taken by who was, also in another desa, also what was linked with another
 * telling since; with it the first one, where that alarms for both. */
static int take(struct turn *turn, struct record *record)
{
	struct record *first;
	bool stands;
	int error = alert_stands(turn, record, &stands, &first);

	if (error != OK || !stands)
		return error != OK ? error : record_say_state(turn, record);
	turn_say(turn, scope_decides(turn->sender.role) ? MESSAGE_TAKEN : MESSAGE_TAKEN_BY_BIDAN,
		"ref", record->row.ref);
	if (scope_owns(turn, record))
		return OK; /* nobody but the teller has seen it: it goes on */
	error = taken(turn, record);
	return error != OK || first == NULL || scope_owns(turn, first) ? error : taken(turn, first);
}

/* What is missing comes first, asked of whoever wants to verify it. */
static int ask_first(struct turn *turn, const struct change *change, const char *class)
{
	struct pending pending = {
		.kind = "verify", .id = change->before.row.id, .text = class == NULL ? "" : class};
	struct change *wait = change_new(turn, WANT_WAIT, &change->before);
	int error;

	memcpy(wait->after.report.problems, change->after.report.problems,
		sizeof(wait->after.report.problems));
	wait->after.report.nproblem = change->after.report.nproblem;
	turn_say(turn, MESSAGE_VERIFY_ASKS, "ref", change->before.row.ref, "ask",
		reply_ask(&turn->reply, &change->after.report, &change->problem));
	error = report_change(turn, wait); /* what it lacks is known now */
	return error != OK ? error : pending_add(turn, turn->sender.phone, &pending);
}

int supervise_verify(struct turn *turn, const struct record *record, const char *class)
{
	struct change *change = change_new(turn, WANT_VERIFY, record);
	const struct record *after = &change->after;
	int error;

	if (class != NULL && *class != '\0')
		class_set(turn, &change->after, class);
	error = report_change(turn, change);
	if (error != OK)
		return error;
	if (change->verdict == CHANGE_STATE)
		return record_say_state(turn, record);
	if (change->verdict == CHANGE_ASKED)
		return ask_first(turn, change, class);
	if (change->verdict == CHANGE_OTHERS) {
		report_say(turn, change);
		return OK;
	}
	turn_say(turn, MESSAGE_VERIFIED, "ref", after->row.ref, "echo", verified_echo(turn, after));
	lived_say(turn, change);
	return tell_reporter(turn, after, true, NULL);
}

/* A word that is no class of the form: asked, with what fits. */
static int ask_class(struct turn *turn, const struct record *record, const char *word)
{
	struct pending pending = {.kind = "again", .slot = "argument", .text = turn_text(turn)};
	struct option options[OPTIONS_MAX];
	size_t count = class_options(turn, record, options);

	for (size_t i = 0; i < count; i++)
		pending.options[pending.noption++] = options[i].value;
	turn_say(turn, MESSAGE_VERIFY_CLASS, "ref", record->row.ref, "raw", word, "options",
		reply_options(&turn->reply, options, count));
	return pending_add(turn, turn->sender.phone, &pending);
}

static int verify(struct turn *turn, const struct record *record)
{
	const char *word = turn->reading->argument;
	const char *class = word == NULL || *word == '\0' ? NULL
		: class_named(turn, record->report.form, word);
	struct option options[OPTIONS_MAX];

	if (settled(record))
		return record_say_state(turn, record);
	if (class == NULL && word != NULL && *word != '\0' &&
		class_options(turn, record, options) > 0)
		return ask_class(turn, record, word);
	return supervise_verify(turn, record, class);
}

static int reject(struct turn *turn, struct record *record)
{
	const char *reason = turn->reading->argument;
	struct change *change = change_new(turn, WANT_REFUSE, record);
	int error;

	if (reason == NULL || *reason == '\0') {
		turn_say(turn, MESSAGE_REJECT_WHY, "ref", record->row.ref);
		return OK;
	}
	if (settled(record))
		return record_say_state(turn, record);
	error = report_change(turn, change);
	if (error == OK)
		error = turn_audit(turn, "reason", record->row.ref, NULL, reason);
	if (error == OK)
		error = tell_reporter(turn, record, false, reason);
	if (error == OK)
		error = request_drop(turn, &change->after);
	if (scope_owns(turn, record))
		return error != OK ? error : record_say_state(turn, &change->after);
	turn_say(turn, MESSAGE_REJECTED, "ref", record->row.ref);
	return error;
}

/* A telling from outside is let in by who verifies in that place. */
static int let_in(struct turn *turn, const struct record *record)
{
	struct change *change = change_new(turn, WANT_APPROVE, record);
	bool changed;
	int error = residence_changed(turn, record, &changed);

	if (error != OK || changed)
		return error;
	error = report_change(turn, change);
	if (error != OK)
		return error;
	if (change->verdict == CHANGE_STATE)
		return record_say_state(turn, record);
	report_say(turn, change);
	return questions_tell(turn, &change->after, MESSAGE_ACCEPTED, NULL);
}

/* Commands about a report. A request that waits for it comes first for SETUJU and TOLAK. */
static int about_report(struct turn *turn, const char *command)
{
	struct record record;
	bool takes = strcmp(command, "terima") == 0;
	int told = takes && *turn->reading->ref != '@'
		? alert_find(turn, turn->reading->ref, &record)
		: ERR_NOT_FOUND;
	int error = takes ? consent_take(turn, turn->reading->ref) : ERR_NOT_FOUND;

	if (error != ERR_NOT_FOUND)
		return error;
	error = told == ERR_NOT_FOUND ? find_ref(turn, turn->reading->ref, &record) : told;
	if (error != OK)
		return error == ERR_NOT_FOUND || error == ERR_AMBIGUOUS ? OK : error;
	record_about(turn, &record);
	if (takes && (told == OK || scope_checks(turn, &record)))
		return take(turn, &record);
	if (strcmp(command, "padam") == 0)
		return put_out(turn, &record);
	if (!scope_checks(turn, &record)) {
		turn_say_plain(turn, MESSAGE_SUPERVISE_ROLE);
		return OK;
	}
	if (strcmp(command, "setuju") == 0 || strcmp(command, "tolak") == 0) {
		error = request_decide(
			turn, &record, strcmp(command, "setuju") == 0, turn->reading->argument);
		if (error != ERR_NOT_FOUND)
			return error;
		if (record.report.status == STATUS_HELD)
			return strcmp(command, "setuju") == 0 ? let_in(turn, &record)
							      : reject(turn, &record);
		if (strcmp(command, "setuju") == 0)
			return record_say_state(turn, &record);
	}
	if (!scope_decides(turn->sender.role)) {
		turn_say_plain(turn, MESSAGE_DECIDE_ROLE);
		return OK;
	}
	return strcmp(command, "verifikasi") == 0 ? verify(turn, &record) : reject(turn, &record);
}

/* TERIMA alone: the only alarm that nobody took; of several a list. */
static int take_waiting(struct turn *turn)
{
	struct pending pending = {.kind = "again", .slot = "ref", .text = "TERIMA"};
	struct report_row rows[OPTIONS_MAX];
	struct strbuf list = {0};
	struct record record;
	struct consent asked[OPTIONS_MAX];
	size_t count, more = 0;
	int error = alert_untaken(turn, rows, OPTIONS_MAX, &count);

	if (error == OK)
		error = consent_untaken(turn, asked, OPTIONS_MAX - count, &more);
	if (error == OK && count == 0 && more == 1)
		return consent_take(turn, asked[0].ref);
	if (error == OK && count == 1 && more == 0)
		error = record_of_row(turn, &rows[0], &record);
	if (error != OK)
		return error;
	if (count == 1 && more == 0) {
		turn->ref = record.row.ref;
		return take(turn, &record);
	}
	if (count + more == 0) {
		turn_say_plain(turn, MESSAGE_TAKE_NONE);
		return OK;
	}
	for (size_t i = 0; error == OK && i < count; i++) {
		error = record_of_row(turn, &rows[i], &record);
		strbuf_printf(&list, "%s%zu=%s %s %s", i > 0 ? ", " : "", i + 1, record.row.ref,
			alert_initials(turn->flow->arena, &record.report),
			reply_place(&turn->reply, record.row.area));
		pending.options[pending.noption++] = arena_printf(
			turn->flow->arena, "@%lld", (long long)record.row.id);
	}
	for (size_t i = 0; i < more; i++) {
		strbuf_printf(&list, "%s%zu=%s %s %s", count + i > 0 ? ", " : "", count + i + 1,
			asked[i].ref, asked[i].title,
			asked[i].desa == NULL
				? "" : reply_place(&turn->reply, asked[i].desa->code));
		pending.options[pending.noption++] = asked[i].ref;
	}
	turn_say(turn, MESSAGE_TAKE_LIST, "list", list.text);
	strbuf_free(&list);
	return error != OK ? error : pending_add(turn, turn->sender.phone, &pending);
}

/* KABAR 0812…: what this number told lately, as far as the sender may see it. */
static int news_of(struct turn *turn, const char *phone)
{
	struct report_filter filter = {.sender = phone,
		.received_from = turn->flow->now - NEWS_SECONDS};
	struct report_row *rows = arena_alloc(turn->flow->arena, NEWS_ROWS * sizeof(*rows));
	struct strbuf list = {0};
	size_t count = 0;
	int error = store_report_find(
		turn->flow->store, turn->flow->arena, &filter, rows, NEWS_ROWS, &count);

	for (size_t i = 0; error == OK && i < count; i++) {
		struct record *record = arena_alloc(turn->flow->arena, sizeof(*record));

		error = record_of_row(turn, &rows[i], record);
		if (error == OK && scope_sees(turn, record))
			strbuf_printf(&list, "%s%s %s", list.length > 0 ? ", " : "",
				rows[i].ref,
				alert_initials(turn->flow->arena, &record->report));
	}
	if (list.length == 0)
		turn_say(turn, MESSAGE_NEWS_NONE, "phone", phone);
	else if (list.text[list.length - 1] == '.') /* of initials: the sentence has one */
		list.text[--list.length] = '\0';
	if (list.length > 0)
		turn_say(turn, MESSAGE_NEWS_OF, "phone", phone, "list", list.text);
	strbuf_free(&list);
	return error;
}

static const char *block_key(const struct turn *turn, const struct person *person)
{
	return arena_printf(turn->flow->arena, "%lld", (long long)person->id);
}

/* He is again what he was: who only wished to register is let in by SETUJU, and by nothing else. */
static int state_before(const struct turn *turn, const struct person *person, const char **state)
{
	int error = store_session_get(turn->flow->store, turn->flow->arena, "blocked",
		block_key(turn, person), turn->flow->now, state);

	if (error == ERR_NOT_FOUND)
		*state = role_by_name(person->role) > ROLE_NONE ? "active" : "refused";
	else if (error == OK)
		error = store_session_drop(
			turn->flow->store, "blocked", block_key(turn, person));
	return error == ERR_NOT_FOUND ? OK : error;
}

static int unblock(struct turn *turn, const struct person *person, const char *phone)
{
	const char *state;
	int error;

	if (person == NULL || person->state == NULL || strcmp(person->state, "blocked") != 0) {
		turn_say(turn, MESSAGE_PERSON_UNKNOWN, "phone", phone);
		return OK;
	}
	error = state_before(turn, person, &state);
	if (error == OK)
		error = store_person_set_state(turn->flow->store, phone, state);
	if (error == OK)
		error = turn_audit(turn, "unblock", phone, "blocked", state);
	turn_say(turn, MESSAGE_UNBLOCKED, "phone", arena_strdup(turn->flow->arena, phone));
	return error;
}

static int block(struct turn *turn, const char *argument, bool on)
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
	if (error == OK && role_by_name(person.role) > ROLE_NONE &&
		(target.narea == 0 ||
			!scope_approves(&turn->sender, person.role, target.areas[0]))) {
		turn_say(turn, MESSAGE_PERSON_UNKNOWN, "phone", phone);
		return OK;
	}
	if (!on)
		return unblock(turn, error == OK ? &person : NULL, phone);
	if (error == ERR_NOT_FOUND) /* on no file: a file that says so */
		person = (struct person){
			.phone = phone, .name = "-", .role = "none", .areas = "", .state = ""};
	else if (person.state != NULL && strcmp(person.state, "blocked") != 0)
		error = store_session_put(turn->flow->store, "blocked", block_key(turn, &person),
			person.state, turn->flow->now + BLOCKED_SECONDS);
	if (error == OK)
		error = store_person_set_state(turn->flow->store, phone, "blocked");
	else if (error == ERR_NOT_FOUND)
		error = store_person_block(turn->flow->store, phone);
	if (error == OK)
		error = turn_audit(turn, "block", phone, person.state, "blocked");
	turn_say(turn, MESSAGE_BLOCKED, "phone", arena_strdup(turn->flow->arena, phone));
	return error;
}

/* Somebody who is to be handed over waits under a reference of another desa. */
static int about_any(struct turn *turn, const char *command)
{
	bool yes = strcmp(command, "setuju") == 0, done = false;
	int error = yes || strcmp(command, "tolak") == 0
		? move_decide(turn, turn->reading->ref, yes, &done)
		: OK;

	return error != OK || done ? error : about_report(turn, command);
}

int supervise_handle(struct turn *turn)
{
	const char *command = turn->reading->command == NULL ? "" : turn->reading->command,
		   *argument = turn->reading->argument, *alone = NULL;
	int error = OK;

	if (!scope_supervises(&turn->sender)) {
		turn_say_plain(turn, MESSAGE_SUPERVISE_ROLE);
		return OK;
	}
	if (strcmp(command, "jawab") == 0)
		return inbox_answer(turn);
	if (strcmp(command, "kabar") == 0)
		return news_of(turn, argument);
	if (strcmp(command, "reset_pin") == 0)
		return pin_reset(turn, argument);
	if (strcmp(command, "blokir") == 0)
		return block(turn, argument, true);
	if (strcmp(command, "buka_blokir") == 0)
		return block(turn, argument, false);
	if (strcmp(command, "pindah") == 0)
		return move_handle(turn);
	if (turn->reading->ref != NULL && *turn->reading->ref != '\0' &&
		strcmp(turn->reading->ref, "last") != 0)
		return about_any(turn, command);
	if (strcmp(command, "setuju") == 0 || strcmp(command, "tolak") == 0)
		return argument == NULL || *argument == '\0'
			? waits_decide(turn, command)
			: approve(turn, strcmp(command, "setuju") == 0, argument);
	if (strcmp(command, "terima") == 0)
		return take_waiting(turn);
	if (strcmp(command, "padam") == 0 && turn->reading->ref == NULL && argument == NULL)
		error = put_out_alone(turn, &alone);
	if (error != OK || alone != NULL) {
		turn->reading->ref = alone;
		return error != OK ? error : about_report(turn, command);
	}
	turn->answer = reply_how(&turn->reply, MESSAGE_REF_NONE);
	return OK;
}
