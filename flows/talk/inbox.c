/* Messages that no flow answers, by SMS to those who look after their writer. See inbox.h. */
#include "flows/talk/inbox.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "flows/alert/alert.h"
#include "flows/alert/recipients.h"
#include "flows/record/report_json.h"
#include "flows/rules/scope.h"
#include "store/message/inbound.h"

#define KIND	     "inbox"
#define SUBJECT	     "all"
#define KEEP_SECONDS (30 * 86400)
#define MOST	     100 /* messages at a time */
#define DAYS	     7 /* so long a message is looked at: it has been to all levels then */
#define READERS	     400
#define ENTRIES	     12 /* for one reader in one run; the rest waits for the next */
#define WRITER	     4 /* of them of one writer: who writes much keeps nobody from being read */
#define ROOM	     104 /* septets of the list in one SMS */
#define ENTRY_TEXT   70
#define LISTED	     50 /* that wait, looked at for an example */

struct reader_of { /* one who reads */
	struct person person;
	const char *entries[ENTRIES], *writers[ENTRIES];
	size_t count;
};

struct run {
	const struct turn *turn;
	struct reader_of *readers;
	size_t count;
	bool later; /* something must be looked at again */
};

static int64_t next_slot(const struct turn *turn)
{
	const struct flow_settings *settings = turn->flow->settings;
	struct moment when = moment_local(
		turn->flow->now + settings->inbox_every * 60, settings->timezone);

	if (when.hour < settings->inbox_from)
		when = (struct moment){.date = when.date, .hour = settings->inbox_from};
	else if (when.hour >= settings->inbox_to)
		when = (struct moment){
			.date = date_add_days(when.date, 1), .hour = settings->inbox_from};
	return moment_utc(when, settings->timezone);
}

int inbox_plan(const struct turn *turn)
{
	struct deadline deadline = {.kind = KIND, .subject = SUBJECT}, old;
	int error;

	if (!turn->flow->settings->inbox_forward)
		return OK;
	error = store_deadline_get(turn->flow->store, turn->flow->arena, KIND, SUBJECT, &old);
	if (error != ERR_NOT_FOUND)
		return error;
	deadline.due = next_slot(turn);
	return store_deadline_put(turn->flow->store, &deadline);
}

/* How far up a message went, since when, and to whom. */
static int passed_load(const struct turn *turn, int64_t id, json_t **passed)
{
	const char *data;
	int error = store_session_get(turn->flow->store, turn->flow->arena, KIND,
		arena_printf(turn->flow->arena, "%lld", (long long)id), turn->flow->now, &data);

	*passed = error == OK ? json_loads(data, 0, NULL) : NULL;
	if (*passed == NULL)
		*passed = json_pack("{s:i,s:i,s:[]}", "step", 0, "at", 0, "to");
	return error == ERR_NOT_FOUND ? OK : error;
}

static int passed_save(const struct turn *turn, int64_t id, json_t *passed)
{
	return store_session_put(turn->flow->store, KIND,
		arena_printf(turn->flow->arena, "%lld", (long long)id),
		json_to_arena(turn->flow->arena, passed), turn->flow->now + KEEP_SECONDS);
}

/* Who reads at a step: the levels above the writer, one after the other. 0: none is left. */
static unsigned level_of(enum role role, int step)
{
	static const unsigned levels[] = {TO_BIDAN, TO_PUSKESMAS, TO_DINKES};
	size_t first = role >= ROLE_PUSKESMAS ? 2 : role == ROLE_BIDAN ? 1 : 0;

	return first + (size_t)step < COUNT_OF(levels) && role < ROLE_DINKES
		? levels[first + (size_t)step]
		: 0;
}

static struct reader_of *reader_find(struct run *run, const struct person *person)
{
	for (size_t i = 0; i < run->count; i++) {
		if (strcmp(run->readers[i].person.phone, person->phone) == 0)
			return &run->readers[i];
	}
	if (run->count == READERS)
		return NULL;
	run->readers[run->count] = (struct reader_of){.person = *person};
	return &run->readers[run->count++];
}

static bool has_room(const struct reader_of *reader, const char *writer)
{
	size_t his = 0;

	for (size_t i = 0; reader != NULL && i < reader->count; i++)
		his += strcmp(reader->writers[i], writer) == 0;
	return reader != NULL && reader->count < ENTRIES && his < WRITER;
}

static const char *entry_of(
	const struct turn *turn, const struct human_row *row, const struct person *writer)
{
	size_t length = strlen(row->text), cut = length;

	while (cut > ENTRY_TEXT || (cut < length && ((unsigned char)row->text[cut] & 0xc0) == 0x80))
		cut--;
	return arena_printf(turn->flow->arena, "%lld %s: %s%s", (long long)row->id,
		reply_title_case(turn->flow->arena, writer->name),
		arena_strndup(turn->flow->arena, row->text, cut), cut < length ? ".." : "");
}

/* He is not heard by those near: what he writes goes above those who blocked him. */
static bool is_blocked(const struct person *person)
{
	return person->state != NULL && strcmp(person->state, "blocked") == 0;
}

/* Adds a message to those who read it now. */
static int pass_on(struct run *run, const struct human_row *row, const struct person *writer,
	const struct area *area, json_t *passed)
{
	const struct turn *turn = run->turn;
	struct sender sender;
	struct recipients to;
	json_t *phones = json_object_get(passed, "to");
	int step = (int)json_integer_value(json_object_get(passed, "step"));
	unsigned level;
	int error;

	person_to_sender(turn->flow, writer, &sender);
	level = level_of(is_blocked(writer) ? ROLE_BIDAN : sender.role, step);
	if (level == 0)
		return OK;
	error = recipients_find(turn, area, level, &to);
	run->later = true; /* it may have to wait, or to go up */
	for (size_t i = 0; error == OK && i < to.count; i++) {
		if (strcmp(to.list[i].person.phone, row->phone) != 0 &&
			!has_room(reader_find(run, &to.list[i].person), row->phone))
			return OK;
	}
	for (size_t i = 0; error == OK && i < to.count; i++) {
		struct reader_of *reader = strcmp(to.list[i].person.phone, row->phone) == 0
			? NULL
			: reader_find(run, &to.list[i].person);

		if (reader == NULL)
			continue;
		reader->writers[reader->count] = row->phone;
		reader->entries[reader->count++] = entry_of(turn, row, writer);
		json_array_append_new(phones, json_string(reader->person.phone));
	}
	json_object_set_new(passed, "step", json_integer(step + 1));
	json_object_set_new(passed, "at", json_integer((json_int_t)turn->flow->now));
	return error != OK ? error : passed_save(turn, row->id, json_incref(passed));
}

/* Calls for help went to everybody near at once. */
static bool was_emergency(const struct turn *turn, const struct human_row *row)
{
	struct inbound inbound;

	return store_inbound_get(turn->flow->store, turn->flow->arena, row->inbound, &inbound) ==
			OK &&
		inbound.intent != NULL && strcmp(inbound.intent, "emergency") == 0;
}

static int look_at(struct run *run, const struct human_row *row)
{
	const struct turn *turn = run->turn;
	struct person writer;
	struct sender sender;
	json_t *passed;
	int64_t at;
	int error = store_person_by_phone(
		turn->flow->store, turn->flow->arena, row->phone, &writer);

	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error; /* a stranger: at the screen only */
	person_to_sender(turn->flow, &writer, &sender);
	if (sender.narea == 0 || (!is_blocked(&writer) && was_emergency(turn, row)))
		return OK;
	error = passed_load(turn, row->id, &passed);
	at = json_integer_value(json_object_get(passed, "at"));
	if (error == OK && turn->flow->now >= at + turn->flow->settings->inbox_up_hours * 3600)
		error = pass_on(run, row, &writer,
			sender.posyandu != NULL ? sender.posyandu->area : sender.areas[0], passed);
	else if (level_of(sender.role, (int)json_integer_value(json_object_get(passed, "step"))))
		run->later = true;
	json_decref(passed);
	return error;
}

/* As many messages in one SMS as fit. */
static int send_bundles(const struct turn *turn, const struct reader_of *reader)
{
	struct strbuf list = {0};
	struct sender sender;
	struct reply_context reply;
	int error = OK;

	turn_towards(turn, &reader->person, &sender, &reply);
	for (size_t i = 0; error == OK && i < reader->count; i++) {
		bool last = i + 1 == reader->count ||
			list.length + strlen(reader->entries[i]) +
					strlen(reader->entries[i + 1]) + 3 > ROOM;

		strbuf_printf(&list, "%s%s", list.length > 0 ? " / " : "", reader->entries[i]);
		if (!last)
			continue;
		error = turn_send(turn, "notice", reader->person.phone,
			message_text(turn->flow->catalogue, turn->flow->arena,
				reply_language(&reply), MESSAGE_INBOX, "list", list.text, NULL),
			NULL);
		strbuf_free(&list);
		list = (struct strbuf){0};
	}
	strbuf_free(&list);
	return error;
}

int inbox_on_due(const struct turn *turn, const struct deadline *deadline)
{
	struct human_row *rows = arena_alloc(turn->flow->arena, MOST * sizeof(*rows));
	struct run run = {.turn = turn,
		.readers = arena_alloc(turn->flow->arena, READERS * sizeof(*run.readers))};
	int64_t since = turn->flow->now - DAYS * 86400LL, after = 0;
	size_t count = MOST;
	int error = OK;

	(void)deadline;
	while (error == OK && count == MOST) {
		error = store_human_of_people(turn->flow->store, turn->flow->arena, after, since,
			rows, MOST, &count);
		for (size_t i = 0; error == OK && i < count; i++)
			error = look_at(&run, &rows[i]);
		after = count > 0 ? rows[count - 1].id : after;
	}
	for (size_t i = 0; error == OK && i < run.count; i++)
		error = send_bundles(turn, &run.readers[i]);
	return error == OK && run.later ? inbox_plan(turn) : error;
}

/* "JAWAB 12 nggih bu" as it was written: the number, and what stands behind it. */
/* "JAWAB 12 nggih", "jawab no 12: nggih"; *id 0: it has no number ("JAWAB besok jam 9"). */
static const char *answer_of(const struct turn *turn, int64_t *id)
{
	static const char *const before[] = {"nomor", "no", "pesan"};
	const char *text = turn->message->text + strspn(turn->message->text, " #");
	char *end;

	text += strcspn(text, " #:.");
	text += strspn(text, " #:.");
	for (size_t i = 0; i < COUNT_OF(before); i++) {
		if (strncasecmp(text, before[i], strlen(before[i])) != 0)
			continue;
		text += strlen(before[i]);
		text += strspn(text, " #:.");
	}
	*id = strtoll(text, &end, 10);
	return end + strspn(end, " #:.,-");
}

/* It was passed on to this phone, or it comes from the sender's own area. */
static int may_answer(const struct turn *turn, const struct human_row *row, bool *may)
{
	struct person writer;
	struct sender sender = {0};
	json_t *passed, *phone;
	size_t i;
	int error = passed_load(turn, row->id, &passed);

	*may = false;
	json_array_foreach(json_object_get(passed, "to"), i, phone)
		*may |= strcmp(json_string_value(phone), turn->sender.phone) == 0;
	json_decref(passed);
	if (error != OK || *may)
		return error;
	error = store_person_by_phone(turn->flow->store, turn->flow->arena, row->phone, &writer);
	if (error == OK)
		person_to_sender(turn->flow, &writer, &sender);
	*may = sender.narea > 0 && scope_verifies(&turn->sender, sender.areas[0]);
	return error == ERR_NOT_FOUND ? OK : error;
}

/* Without its number: how it is written, with one of those that wait for the sender. */
static int say_how(struct turn *turn)
{
	struct human_row *rows = arena_alloc(turn->flow->arena, LISTED * sizeof(*rows));
	const char *number = "12";
	size_t count = 0;
	int error = store_human_list(
		turn->flow->store, turn->flow->arena, "waiting", rows, LISTED, &count);

	for (size_t i = 0; error == OK && i < count; i++) {
		bool may;

		error = may_answer(turn, &rows[i], &may);
		if (error == OK && may)
			number = arena_printf(turn->flow->arena, "%lld", (long long)rows[i].id);
	}
	turn_say(turn, MESSAGE_INBOX_HOW, "count", number);
	return error;
}

int inbox_answer(struct turn *turn)
{
	struct human_row row;
	int64_t id;
	const char *text = answer_of(turn, &id), *number;
	bool may = false;
	int error = store_human_get(turn->flow->store, turn->flow->arena, id, &row);

	number = arena_printf(turn->flow->arena, "%lld", (long long)id);
	if (error == OK)
		error = may_answer(turn, &row, &may);
	if (error != OK && error != ERR_NOT_FOUND)
		return error;
	if (id == 0)
		return say_how(turn);
	if (!may || strcmp(row.state, "waiting") != 0) {
		turn_say(turn, MESSAGE_INBOX_NONE, "count", number);
		return OK;
	}
	if (*text == '\0') {
		turn_say(turn, MESSAGE_INBOX_HOW, "count", number);
		return OK;
	}
	error = store_human_answered(turn->flow->store, id);
	if (error == OK)
		error = turn_audit(turn, "inbox answer", number, NULL, row.phone);
	if (error == OK)
		error = turn_send(turn, "human", row.phone,
			message_text(turn->flow->catalogue, turn->flow->arena, "id",
				MESSAGE_INBOX_REPLY, "who",
				alert_who(turn, &turn->reply, turn->sender.phone), "text", text,
				NULL),
			NULL);
	turn->reading->besides = NULL; /* all of it is for that person: no death, no cry */
	turn_say(turn, MESSAGE_INBOX_SENT, "count", number);
	return error;
}

int human_put_only(struct turn *turn)
{
	struct human_row row = {.inbound = turn->message->inbound, .received = turn->flow->now,
		.phone = turn->sender.phone, .text = turn->message->text, .state = "waiting"};

	if (turn->with_people)
		return OK;
	turn->with_people = true;
	return store_human_put(turn->flow->store, &row);
}

int human_put(struct turn *turn)
{
	int error = human_put_only(turn);

	return error != OK || turn->sender.role == ROLE_NONE ? error : inbox_plan(turn);
}
