/* The next short message answers an open question: in one word, with a number, with YA, TIDAK or
 * BEDA. */
#include <string.h>
#include <strings.h>

#include "flows/alert/alert.h"
#include "flows/answer/answer_again.h"
#include "flows/answer/answer_later.h"
#include "flows/answer/answer_may.h"
#include "flows/answer/answer_several.h"
#include "flows/answer/answer_verdict.h"
#include "flows/case/case_find.h"
#include "flows/correct/cancel.h"
#include "flows/correct/correct.h"
#include "flows/correct/replace.h"
#include "flows/people/profile.h"
#include "flows/record/pending.h"
#include "flows/report/answer_value.h"
#include "flows/report/report.h"
#include "flows/talk/checkup_sms.h"
#include "flows/talk/inbox.h"
#include "flows/talk/supervise.h"
#include "flows/turn/handlers.h"
#include "parsers/form/form.h"

#define CHOICE_WORDS 3
#define CHAT_WORDS   4

static const char *command_of(const struct turn *turn)
{
	return turn->reading->intent == INTENT_ANSWER && turn->reading->command != NULL
		? turn->reading->command
		: "";
}

/* A choice that was offered is an answer, whatever else its word could mean: MATI, LAHIR MATI,
 * MENINGGAL, LAIN. A story that tells more than the choice is none. */
static bool takes_choice_of(
	const struct turn *turn, const struct record *record, const struct problem *asked)
{
	const struct reading *reading = turn->reading;
	const struct form_field *field =
		asked == NULL ? NULL : form_field(record->report.form, asked->field);
	const struct report *told = &reading->reports[0];
	struct problem problem;
	struct value value;
	size_t words = 1;

	for (const char *at = answer_text_of(turn); *at != '\0'; at++)
		words += *at == ' ';
	if (field == NULL || field->type != FIELD_CHOICE || words > CHOICE_WORDS ||
		strpbrk(answer_text_of(turn), "0123456789?") != NULL ||
		(reading->intent != INTENT_HELP && reading->intent != INTENT_QUERY &&
			reading->intent != INTENT_REPORT))
		return false;
	if (reading->intent == INTENT_REPORT &&
		(reading->nreport != 1 || told->also || answer_tells_none(reading)))
		return false;
	for (size_t i = 0; reading->intent == INTENT_REPORT && i < told->nvalue; i++) {
		if (!told->values[i].defaulted && strcmp(told->values[i].field, field->name) != 0)
			return false;
	}
	return reader_read_value(turn->flow->reader, turn->flow->scratch, turn->flow->arena,
		       &turn->read, &record->report, field->name, answer_text_of(turn), &value,
		       &problem) == OK;
}

static bool asks_choice(const struct record *record)
{
	const struct problem *asked = answer_asked(record);
	const struct form_field *field =
		asked == NULL ? NULL : form_field(record->report.form, asked->field);

	return field != NULL && field->type == FIELD_CHOICE;
}

/* Is it the one of that name who is known? It was told otherwise. */
static bool asks_person(const struct record *record)
{
	const struct problem *asked = answer_asked(record);

	return record->report.form->cases != NULL && asked != NULL &&
		asked->code == PROBLEM_AMBIGUOUS && asked->offer != NULL;
}

/* What is asked now; and a keyword alone that says what the report does not have: NIFAS. */
static bool takes_choice(const struct turn *turn, const struct record *record)
{
	if (takes_choice_of(turn, record, answer_asked(record)))
		return true;
	for (size_t i = 0; turn->reading->intent == INTENT_HELP && i < record->report.form->nfield;
		i++) {
		const struct problem other = {.field = record->report.form->fields[i].name};

		if (report_value(&record->report, other.field) == NULL &&
			takes_choice_of(turn, record, &other))
			return true;
	}
	return false;
}

/* Such a choice for what the newest question asks of a report that counts already: the outcome that
 * is asked later. */
static int slot_choice(
	struct turn *turn, const struct pendings *pendings, const char *text, bool *done)
{
	const struct pending *newest = &pendings->list[pendings->count - 1];
	const struct problem asked = {.field = newest->slot};
	struct record record;
	int error;

	if (strcmp(newest->kind, "correct") != 0 || newest->slot == NULL)
		return OK;
	error = record_load(turn, newest->id, &record);
	if (error != OK || !takes_choice_of(turn, &record, &asked))
		return error == ERR_NOT_FOUND ? OK : error;
	return answer_later(turn, pendings, text, done);
}

/* Is the message such a choice of the newest report that waits? Its id; 0: no. */
static int choice_find(const struct turn *turn, const struct pendings *pendings, int64_t *id)
{
	*id = 0;
	for (size_t i = pendings->count; i-- > 0;) {
		struct record record;
		int error;

		if (!pending_asks_value(&pendings->list[i]))
			continue;
		error = record_load(turn, pendings->list[i].id, &record);
		if (error == OK && record_open(&record) && takes_choice(turn, &record))
			*id = record.row.id;
		return error == ERR_NOT_FOUND ? OK : error;
	}
	return OK;
}

/* The value is known but cannot be: the question changes to what is wrong with it. */
static int ask_again(struct turn *turn, const struct record *before, const struct problem *problem)
{
	struct change *change = change_new(turn, WANT_WAIT, before);
	struct report *report = &change->after.report;
	const char *ask;

	for (size_t i = 0; i < report->nproblem; i++) {
		if (strcmp(report->problems[i].field, problem->field) == 0)
			report->problems[i] = *problem;
	}
	record_about(turn, before);
	ask = reply_ask(&turn->reply, report, problem);
	if (problem->code == PROBLEM_AMBIGUOUS || problem->offer != NULL)
		turn_say(turn, MESSAGE_QUESTION, "ref", before->row.ref, "echo", "", "ask", ask);
	else
		turn_say(turn, MESSAGE_ANSWER_BAD, "ref", before->row.ref, "ask", ask);
	return report_change(turn, change);
}

/* Who verifies a report and was asked for what it lacks has verified it with the last of it. */
static int filled(struct turn *turn, const struct record *before, const struct record *after)
{
	struct pending pending;
	struct record now;
	bool verifies;
	int error = report_continue(turn, before, after);

	if (error == OK)
		error = pending_find(turn, turn->sender.phone, "verify", before->row.id, &pending,
			&verifies);
	if (error != OK || !verifies)
		return error;
	error = record_load(turn, before->row.id, &now);
	if (error != OK || record_open(&now))
		return error;
	error = pending_drop(turn, turn->sender.phone, "verify", before->row.id);
	return error != OK ? error : supervise_verify(turn, &now, pending.text);
}

int answer_apply(struct turn *turn, int64_t id, const char *text)
{
	struct record before, after;
	struct problem problem;
	int error = record_load(turn, id, &before);

	if (error != OK)
		return error;
	if (!record_open(&before)) { /* finished, or gone, meanwhile */
		record_about(turn, &before);
		return record_say_state(turn, &before);
	}
	error = answer_value(turn, &before, text, &after, &problem);
	if (error == ERR_RANGE)
		return ask_again(turn, &before, &problem);
	return error == OK ? filled(turn, &before, &after) : error;
}

static int report_no(struct turn *turn, const struct pending *pending);

static int answer_text(
	struct turn *turn, const struct pendings *pendings, const char *text, bool *done)
{
	struct record *fits = arena_alloc(turn->flow->arena, PENDING_MAX * sizeof(*fits));
	struct record *nearest = NULL;
	struct problem problem = {0}, why;
	size_t count = 0;
	bool denied;

	text = verdict_behind(turn, text, &denied);
	for (size_t i = pendings->count; i-- > 0;) {
		struct record record, after;
		int error;

		if (!pending_asks_value(&pendings->list[i]))
			continue;
		error = record_load(turn, pendings->list[i].id, &record);
		if (error != OK || !record_open(&record))
			continue;
		error = answer_value(turn, &record, text, &after, &why);
		if (error == OK && denied && verdict_repeats(&record, &after)) {
			*done = true;
			return report_no(turn, &pendings->list[i]);
		}
		if (error == OK) {
			fits[count++] = record;
		} else if (error == ERR_RANGE && nearest == NULL && !answer_cry(turn)) {
			nearest = arena_alloc(turn->flow->arena, sizeof(*nearest));
			*nearest = record;
			problem = why;
		}
	}
	*done = count > 0 || nearest != NULL;
	if (count > 1)
		return answer_several(turn, fits, count, text);
	if (count == 1)
		return answer_apply(turn, fits[0].row.id, text);
	return nearest == NULL ? OK : ask_again(turn, nearest, &problem);
}

/* TIDAK to a question about a report: without the optional value, or the value again. */
static int report_no(struct turn *turn, const struct pending *pending)
{
	struct record before, after;
	const struct problem *asked;
	struct problem again;
	int error = record_load(turn, pending->id, &before);

	if (error != OK)
		return error;
	asked = answer_asked(&before);
	if (asked == NULL)
		return ERR_NOT_FOUND;
	after = before;
	if (asked->code == PROBLEM_NIK) {
		struct value none = {.field = asked->field};

		report_set(&after.report, turn->flow->arena, &none);
		return filled(turn, &before, &after);
	}
	if (answer_doubted(&before, asked)) {
		answer_decide(turn, asked, false, &after);
		return filled(turn, &before, &after);
	}
	if (asked->code == PROBLEM_MISSING)
		return answer_apply(turn, pending->id, "tidak");
	again = *asked;
	again.offer = NULL;
	if (again.code == PROBLEM_SUM || again.code == PROBLEM_AMBIGUOUS ||
		again.code == PROBLEM_RANGE)
		again.code = PROBLEM_MISSING;
	record_about(turn, &before);
	turn_say(turn, MESSAGE_QUESTION, "ref", before.row.ref, "echo", "", "ask",
		reply_ask(&turn->reply, &before.report, &again));
	return OK;
}

static int report_yes(struct turn *turn, const struct pending *pending)
{
	struct record before, after;
	int error = record_load(turn, pending->id, &before);

	if (error == OK)
		error = answer_yes(turn, &before, &after);
	return error == OK ? filled(turn, &before, &after) : error;
}

/* It is answered by BEDA or GANTI, by a number of its list. */
static bool takes_others(const struct pending *pending)
{
	return strcmp(pending->kind, "duplicate") == 0 || strcmp(pending->kind, "choose") == 0 ||
		strcmp(pending->kind, "again") == 0;
}

/* YA and TIDAK answer the last question, or it is asked again: never one behind it. */
static int answer_yes_no(
	struct turn *turn, const struct pendings *pendings, const char *verdict, bool *done)
{
	bool yes = verdict_is_yes(verdict);

	for (size_t i = pendings->count; i-- > 0;) {
		const struct pending *pending = &pendings->list[i];
		int error;

		if (offers_place(pending)) {
			*done = true;
			return yes ? answer_again(turn, pending, 1) : refuse_place(turn, pending);
		}
		if (takes_others(pending) || !verdict_decides(verdict, pending))
			return OK;
		if (strcmp(pending->kind, "move") == 0 ||
			strcmp(pending->kind, PENDING_CHECKUP) == 0 ||
			pending_is_over(turn, pending))
			continue;
		*done = true;
		if (strcmp(pending->kind, "replace") == 0)
			return replace_answer(turn, pending, yes);
		if (strcmp(pending->kind, "cancel") == 0)
			return cancel_answer(turn, pending, yes);
		if (strcmp(pending->kind, "correct") == 0)
			return correct_yes_no(turn, pending, yes);
		error = yes ? report_yes(turn, pending) : report_no(turn, pending);
		if (error == ERR_NOT_FOUND)
			*done = false;
		return error == ERR_NOT_FOUND ? OK : error;
	}
	return OK;
}

static int answer_option(
	struct turn *turn, const struct pendings *pendings, const char *text, bool *done)
{
	const struct pending *newest = &pendings->list[pendings->count - 1];
	size_t number = answer_number(text, newest->noption);
	struct pending later;
	bool asked = false;
	int64_t id = 0;
	int error;

	error = profile_code(turn, newest, pendings->count == 1, text, done);
	if (error != OK || *done)
		return error;
	if (strcmp(newest->kind, "correct") == 0)
		return answer_later(turn, pendings, text, done);
	if (number == 0)
		return OK;
	*done = true;
	if (strcmp(newest->kind, "again") == 0)
		return answer_again(turn, newest, number);
	for (const char *at = newest->options[number - 1]; *at != '\0'; at++)
		id = id * 10 + (*at - '0');
	error = pending_drop(turn, turn->sender.phone, "choose", newest->id);
	if (error == OK)
		error = pending_find(turn, turn->sender.phone, "correct", id, &later, &asked);
	if (error != OK)
		return error;
	return asked ? correct_answer(turn, &later, newest->text, done)
		     : answer_apply(turn, id, newest->text);
}

/* "iya bu batal", "tidak jadi", "ya ganti": YA or TIDAK with a few words behind it. */
static int answer_chat(struct turn *turn, const struct pendings *pendings, bool *done)
{
	const struct pending *newest = &pendings->list[pendings->count - 1];
	const char *text = answer_text_of(turn), *verdict;
	bool change = turn->reading->intent == INTENT_CORRECT && turn->reading->nchange == 0;
	size_t words = 1;

	for (const char *at = text; *at != '\0'; at++)
		words += *at == ' ';
	if (words > CHAT_WORDS || strpbrk(text, "0123456789?") != NULL ||
		(turn->reading->intent != INTENT_HUMAN &&
			turn->reading->intent != INTENT_ANSWER && !change))
		return OK;
	if (reader_postpones(turn->flow->reader, turn->flow->scratch, turn->flow->arena,
		    &turn->read, text))
		return OK; /* "iya bu sebentar" */
	if (change && words <= 2 && strncasecmp(text, "ganti", strlen("ganti")) == 0) {
		/* "ganti bu", to "ganti dengan ...?" and to "sudah ada" */
		*done = strcmp(newest->kind, "replace") == 0 ||
			strcmp(newest->kind, "duplicate") == 0;
		return *done ? replace_answer(turn, newest, true) : OK;
	}
	verdict = verdict_read(turn, arena_strndup(turn->flow->arena, text, strcspn(text, " ,.")));
	return verdict_is_yes(verdict) || verdict_is_no(verdict)
		? answer_yes_no(turn, pendings, verdict, done)
		: OK;
}

/* BEDA, LAIN: another event, another person of the same name, or the choice that was asked for;
 * whichever question is newer. */
static int answer_beda(struct turn *turn, const struct pendings *pendings, bool *done)
{
	for (size_t i = pendings->count; i-- > 0;) {
		const struct pending *pending = &pendings->list[i];
		struct record record, after;
		struct problem problem;

		*done = strcmp(pending->kind, "duplicate") == 0 ||
			strcmp(pending->kind, "replace") == 0;
		if (*done)
			return replace_not(turn, pending);
		if (!pending_asks_value(pending) || record_load(turn, pending->id, &record) != OK ||
			!record_open(&record))
			continue;
		*done = asks_person(&record);
		if (*done) {
			after = record;
			record_confirm(&after, CASE_ANOTHER);
			return filled(turn, &record, &after);
		}
		if (!asks_choice(&record))
			continue;
		*done = answer_value(turn, &record, answer_text_of(turn), &after, &problem) == OK;
		if (*done)
			return answer_apply(turn, pending->id, answer_text_of(turn));
	}
	return OK;
}

/* "ibunya masih hidup" of a baby's death says nothing of it. */
static bool of_another(const struct turn *turn, const struct record *record)
{
	const char *kind = record->report.form->kind, *told = report_text(&record->report, kind);
	struct problem problem;
	struct value value;

	return told != NULL &&
		reader_read_value(turn->flow->reader, turn->flow->scratch, turn->flow->arena,
			&turn->read, &record->report, kind, answer_text_of(turn), &value,
			&problem) == OK &&
		strcmp(value.text, told) != 0;
}

/* "salah kirim bu, tidak ada yang meninggal", where something is asked about what was told: the
 * same as BATAL, which asks, or waits for who may. */
static int take_back(struct turn *turn, const struct pendings *pendings, bool *done)
{
	const struct pending *newest = &pendings->list[pendings->count - 1];
	const struct reading *reading = turn->reading;
	const char *text = answer_text_of(turn), *what;
	struct record record;
	int error;

	if (strcmp(newest->kind, "report") != 0 || strpbrk(text, "0123456789?") != NULL ||
		(reading->intent != INTENT_HUMAN && reading->intent != INTENT_ANSWER &&
			!answer_tells_none(reading)))
		return OK;
	what = reader_takes_back(turn->flow->reader, turn->flow->scratch, turn->flow->arena,
		&turn->read, text);
	error = what == NULL ? OK : record_load(turn, newest->id, &record);
	if (error != OK || what == NULL ||
		(strcmp(what, "kematian") == 0 &&
			(!record_is_death(&record) || of_another(turn, &record))))
		return error;
	return cancel_again(turn, newest, done);
}

int answer_try(struct turn *turn, bool *done)
{
	const char *command = command_of(turn), *text = answer_text_of(turn);
	struct pendings pendings;
	int64_t chosen;
	int error;

	*done = false;
	error = pendings_load(turn, turn->sender.phone, &pendings);
	if (error != OK || pendings.count == 0)
		return error;
	error = checkup_answer(
		turn, &pendings.list[pendings.count - 1], pendings.count == 1, done);
	if (error == OK && !*done)
		error = take_back(turn, &pendings, done);
	if (error != OK || *done)
		return error;
	if (!answer_may(turn)) {
		error = slot_choice(turn, &pendings, text, done);
		if (error != OK || *done)
			return error;
		error = choice_find(turn, &pendings, &chosen);
		*done = error == OK && chosen != 0;
		if (*done)
			return answer_apply(turn, chosen, text);
		return error != OK ? error : answer_chat(turn, &pendings, done);
	}
	if (verdict_is_yes(command) || verdict_is_no(command))
		return answer_yes_no(turn, &pendings, command, done);
	if (strcmp(command, "beda") == 0)
		error = answer_beda(turn, &pendings, done);
	if (error != OK || *done)
		return error;
	error = answer_option(turn, &pendings, text, done);
	if (error != OK || *done)
		return error;
	error = answer_text(turn, &pendings, text, done);
	return error != OK || *done ? error : answer_chat(turn, &pendings, done);
}
