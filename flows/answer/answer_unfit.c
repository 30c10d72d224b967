/* An answer that no open question takes: behind a call for help it belongs to that, else what is
 * asked is asked again; only where nothing is open it is said so. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "flows/answer/answer_may.h"
#include "flows/answer/answer_several.h"
#include "flows/answer/answer_verdict.h"
#include "flows/correct/cancel.h"
#include "flows/correct/replace.h"
#include "flows/record/pending.h"
#include "flows/query/query_then.h"
#include "flows/report/answer_value.h"
#include "flows/talk/emergency.h"
#include "flows/turn/handlers.h"
#include "parsers/form/form.h"

/* "Jawabannya belum cocok", and what is asked of a report; of a death only what is asked. */
static int ask_value(struct turn *turn, const struct record *record, const struct problem *asked)
{
	const char *ask = reply_ask(&turn->reply, &record->report, asked);

	record_about(turn, record);
	if (record_is_death(record))
		turn_say(turn, MESSAGE_QUESTION, "ref", record->row.ref, "echo", "", "ask", ask);
	else
		turn_say(turn, MESSAGE_ANSWER_BAD, "ref", record->row.ref, "ask", ask);
	return OK;
}

/* A report that waits for a value. Where none is asked for (a stranger's death) nothing is said. */
static int value_again(struct turn *turn, const struct pending *pending, bool *done)
{
	struct record *record = arena_raw(turn->flow->arena, sizeof(*record));
	int error = record_load(turn, pending->id, record);

	*done = error == OK && record_open(record);
	return *done && answer_asked(record) != NULL ? ask_value(turn, record, answer_asked(record))
						     : error;
}

/* What the correction of a report lacks. */
static int correction_again(struct turn *turn, const struct pending *pending, bool *done)
{
	struct record *record = arena_raw(turn->flow->arena, sizeof(*record));
	const struct problem asked = {.field = pending->slot, .code = PROBLEM_MISSING};
	int error = record_load(turn, pending->id, record);

	*done = error == OK && !record_gone(record) && pending->slot != NULL &&
		form_field(record->report.form, pending->slot) != NULL;
	return *done ? ask_value(turn, record, &asked) : error;
}

/* For which of several reports a value is. */
static int choice_again(struct turn *turn, const struct pending *pending, bool *done)
{
	struct record *records = arena_raw(turn->flow->arena, OPTIONS_MAX * sizeof(*records));
	size_t count = 0;
	int error = OK;

	for (size_t i = 0; error == OK && i < pending->noption; i++) {
		error = record_load(
			turn, strtoll(pending->options[i], NULL, 10), &records[count]);
		count += error == OK && record_open(&records[count]);
	}
	*done = error == OK && count > 0;
	return *done ? answer_which(turn, records, count, pending->text) : error;
}

/* The list that an earlier message was answered with. */
static int list_again(struct turn *turn, const struct pending *pending, bool *done)
{
	struct reading *reading = arena_raw(turn->flow->arena, sizeof(*reading));

	*done = true;
	reader_read(turn->flow->reader, turn->flow->scratch, turn->flow->arena, &turn->read,
		pending->text, reading);
	turn->reading = reading;
	turn->again = pending->text;
	return flow_dispatch(turn);
}

static const struct {
	const char *kind;
	int (*again)(struct turn *turn, const struct pending *pending, bool *done);
} kinds[] = {
	{"report", value_again},
	{"verify", value_again},
	{"cancel", cancel_again},
	{"replace", replace_again},
	{"choose", choice_again},
	{"again", list_again},
	{"correct", correction_again},
	{"duplicate", replace_again}, /* the last: BEDA need not come */
};

/* The newest question. Where a value was told, one that only BEDA answers comes last. */
static int ask_again(struct turn *turn, const struct pendings *pendings, bool told, bool *done)
{
	size_t last = COUNT_OF(kinds) - 1;
	int error = OK;

	for (size_t pass = 0; pass < (told ? 2 : 1); pass++) {
		for (size_t i = pendings->count; error == OK && !*done && i-- > 0;) {
			const struct pending *pending = &pendings->list[i];

			for (size_t k = pass * last; k < last + (pass || !told); k++)
				if (strcmp(kinds[k].kind, pending->kind) == 0)
					error = kinds[k].again(turn, pending, done);
		}
	}
	return error;
}

#define FEW_WORDS 6

/* A yes or a no is what it waits for, nothing else does; or somebody has died, and all that is said
 * may be of that. */
static bool waits_for_words(const struct turn *turn, const struct pending *pending)
{
	struct record *record = arena_raw(turn->flow->arena, sizeof(*record));
	const struct problem *asked;

	if (verdict_acts(pending))
		return true;
	if (!pending_asks_value(pending) || record_load(turn, pending->id, record) != OK ||
		!record_open(record))
		return false;
	asked = answer_asked(record);
	return asked != NULL &&
		(asked->code != PROBLEM_MISSING ||
			(record_is_death(record) && turn->reading->courtesy == NULL));
}

/* "ok", "yang baru saja bu": no question, no "later", and not a long story. */
static bool may_mean_yes(const struct turn *turn)
{
	const struct flow *flow = turn->flow;
	const char *text = answer_text_of(turn);
	size_t words = 1;

	for (const char *at = text; *at != '\0'; at++)
		words += *at == ' ';
	return words <= FEW_WORDS && strchr(text, '?') == NULL &&
		!reader_is_question(flow->reader, flow->scratch, flow->arena, &turn->read, text) &&
		!reader_postpones(flow->reader, flow->scratch, flow->arena, &turn->read, text);
}

int answer_ask_again(struct turn *turn, bool *done)
{
	struct pendings pendings;
	int error = pendings_load(turn, turn->sender.phone, &pendings);

	*done = false;
	if (error != OK || pendings.count == 0 || !may_mean_yes(turn) ||
		!waits_for_words(turn, &pendings.list[pendings.count - 1]))
		return error;
	pendings.list[0] = pendings.list[pendings.count - 1];
	pendings.count = 1; /* that one, or none */
	return ask_again(turn, &pendings, false, done);
}

/* "K4", "KF2": one word of letters and a number. */
static bool is_code(const char *text)
{
	size_t letters = 0;

	while (isalpha((unsigned char)text[letters]))
		letters++;
	return letters > 0 && isdigit((unsigned char)text[letters]) &&
		text[letters + strspn(text + letters, "0123456789")] == '\0';
}

/* A reference and nothing else, where nothing is asked for: CEK of it. */
static int asks_status(struct turn *turn, bool *done)
{
	struct reading *reading = arena_raw(turn->flow->arena, sizeof(*reading));
	const char *text = answer_text_of(turn);

	if (strpbrk(text, " \n") != NULL || strpbrk(text, "0123456789") == NULL)
		return OK;
	reader_read(turn->flow->reader, turn->flow->scratch, turn->flow->arena, &turn->read,
		arena_printf(turn->flow->arena, "cek %s", text), reading);
	*done = reading->intent == INTENT_STATUS && reading->ref != NULL && *reading->ref != '\0' &&
		strpbrk(reading->ref, "0123456789") != NULL;
	if (!*done)
		return OK;
	turn->reading = reading;
	return flow_dispatch(turn);
}

/* "K1", "KN1": where nothing is asked for, what is counted under that name; of those who watch over
 * numbers also one that nobody counts. */
static int asks_number(struct turn *turn, bool *done)
{
	struct reading *reading = arena_raw(turn->flow->arena, sizeof(*reading));
	const char *text = answer_text_of(turn);

	if (turn->sender.role == ROLE_NONE || !is_code(text))
		return OK;
	reader_read(turn->flow->reader, turn->flow->scratch, turn->flow->arena, &turn->read,
		arena_printf(turn->flow->arena, "jml %s", text), reading);
	*done = (reading->intent == INTENT_QUERY && reading->nproblem == 0) ||
		(reading->intent == INTENT_HUMAN && reading->command != NULL &&
			turn->sender.role != ROLE_KADER);
	if (!*done)
		return OK;
	turn->reading = reading;
	return flow_dispatch(turn);
}

int answer_handle(struct turn *turn)
{
	const char *command = turn->reading->command;
	bool told = command == NULL || *command == '\0', done = false;
	struct pendings pendings = {.count = 0};
	int error = OK;

	if (told && turn->reading->courtesy == NULL) /* "di jalan", behind TOLONG */
		error = emergency_go_on(turn, &done);
	if (error == OK && !done)
		error = pendings_load(turn, turn->sender.phone, &pendings);
	if (error != OK || done)
		return error;
	if (turn->reading->courtesy != NULL)
		return courtesy_handle(turn);
	error = ask_again(turn, &pendings, told, &done);
	if (error == OK && !done && told)
		error = query_follow(turn, &done);
	if (error == OK && !done && told)
		error = asks_number(turn, &done);
	if (error == OK && !done && told && turn->sender.role != ROLE_NONE)
		error = asks_status(turn, &done);
	if (error == OK && !done)
		turn_say_plain(turn, MESSAGE_NO_PENDING);
	return error;
}
