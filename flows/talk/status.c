/* CEK ref: what became of a report. CEK SAYA: this month's own reports. */
#include <stdio.h>
#include <string.h>

#include "flows/record/find_ref.h"
#include "flows/record/own.h"
#include "flows/rules/scope.h"
#include "flows/talk/unchecked.h"
#include "flows/turn/handlers.h"
#include "parsers/text/text.h"
#include "store/people/person.h"

#define ROWS   60
#define NEWEST 4

/* May the sender hear of it? */
static bool may_hear(const struct turn *turn, const char *place)
{
	const struct area *area = gazetteer_area(turn->flow->places, place);

	return area != NULL && scope_area(&turn->sender, area);
}

/* This month's reports of a phone, of another one those that the sender may hear of: how many, and
 * the newest by their references. */
static int reports_of(struct turn *turn, const char *phone, const char **count, char **list)
{
	struct date first = {turn->now.date.year, turn->now.date.month, 1};
	struct moment start = {.date = first};
	struct report_filter filter = {.sender = phone,
		.received_from = moment_utc(start, turn->flow->settings->timezone)};
	struct report_row *rows = arena_alloc(turn->flow->arena, ROWS * sizeof(*rows));
	bool own = strcmp(phone, turn->sender.phone) == 0;
	size_t found, told = 0;
	int error = store_report_find(
		turn->flow->store, turn->flow->arena, &filter, rows, ROWS, &found);

	if (error != OK)
		return error;
	*list = arena_strdup(turn->flow->arena, "");
	for (size_t i = 0; i < found; i++) {
		if (!own && !may_hear(turn, rows[i].area))
			continue;
		if (told++ < NEWEST)
			*list = arena_printf(turn->flow->arena, "%s%s%s %s", *list,
				told > 1 ? ", " : "", rows[i].ref,
				reply_word(&turn->reply, "state", rows[i].status, rows[i].status));
	}
	*count = told == 0 ? NULL
		: arena_printf(turn->flow->arena, "%zu%s", told, found == ROWS ? "+" : "");
	return OK;
}

static char *this_month(const struct turn *turn)
{
	struct date first = {turn->now.date.year, turn->now.date.month, 1};

	return reply_month(&turn->reply, first);
}

static int status_mine(struct turn *turn)
{
	const char *count;
	char *list;
	int error = reports_of(turn, turn->sender.phone, &count, &list);

	if (error != OK)
		return error;
	if (count == NULL)
		turn_say(turn, MESSAGE_STATUS_NONE, "month", this_month(turn));
	else
		turn_say(turn, MESSAGE_STATUS_MINE, "month", this_month(turn), "count", count,
			"list", list);
	return OK;
}

#define PEOPLE 4 /* of one name; more are not told apart */

struct named {
	const struct turn *turn;
	const char *name;
	struct person list[PEOPLE];
	size_t count;
};

/* Is he responsible for a place of the sender's? */
static bool is_ours(const struct turn *turn, const struct person *person)
{
	bool ours = false;

	for (const char *at = person->areas; !ours && *at != '\0';) {
		size_t length = strcspn(at, ";");
		const char *code = arena_strndup(turn->flow->arena, at, length);
		const struct posyandu *posyandu = gazetteer_posyandu(turn->flow->places, code);

		ours = may_hear(turn, posyandu == NULL ? code : posyandu->area->code);
		at += length + (at[length] == ';');
	}
	return ours;
}

/* Each of these words is one of the name's. */
static bool has_words(const char *name, const char *words)
{
	while (*words != '\0') {
		size_t length = strcspn(words, " ");
		const char *at = name;

		while (strncmp(at, words, length) != 0 ||
			(at[length] != '\0' && at[length] != ' ')) {
			at += strcspn(at, " ");
			if (*at == '\0')
				return false;
			at++;
		}
		words += length + (words[length] == ' ');
	}
	return true;
}

static int named_each(const struct person *person, void *context)
{
	struct named *named = context;
	struct arena *arena = named->turn->flow->arena;
	struct person *to = &named->list[named->count];

	if (named->count == PEOPLE || strcmp(person->state, "active") != 0 ||
		(strcmp(person->role, "kader") != 0 && strcmp(person->role, "bidan") != 0) ||
		!has_words(text_fold(arena, person->name), named->name) ||
		!is_ours(named->turn, person))
		return 0;
	*to = (struct person){.phone = arena_strdup(arena, person->phone),
		.name = arena_strdup(arena, person->name),
		.role = arena_strdup(arena, person->role),
		.areas = arena_strdup(arena, person->areas)};
	named->count++;
	return 0;
}

static char *person_text(const struct turn *turn, const struct person *person)
{
	return arena_printf(turn->flow->arena, "%s %s",
		reply_word(&turn->reply, "role", person->role, person->role),
		reply_title_case(turn->flow->arena, person->name));
}

/* "kader wati sdh lapor blm": each of that name, from whom what came this month. */
static int told_by(struct turn *turn, const char *name)
{
	struct named named = {.turn = turn, .name = name};
	char *all = arena_strdup(turn->flow->arena, "");
	int error = store_person_each(turn->flow->store, named_each, &named);

	for (size_t i = 0; error == OK && i < named.count; i++) {
		const char *count = NULL;
		char *list = NULL;

		error = reports_of(turn, named.list[i].phone, &count, &list);
		all = arena_printf(turn->flow->arena, "%s%s%s: %s", all, i > 0 ? ". " : "",
			person_text(turn, &named.list[i]),
			count != NULL ? arena_printf(turn->flow->arena, "%s (%s)", count, list)
				      : reply_word(&turn->reply, "query", "silent", "belum lapor"));
	}
	if (error != OK)
		return error;
	if (named.count == 0)
		turn_say(turn, MESSAGE_STATUS_NOBODY, "name",
			reply_title_case(turn->flow->arena, name));
	else
		turn_say(turn, MESSAGE_STATUS_PEOPLE, "month", this_month(turn), "list", all);
	return OK;
}

int status_handle(struct turn *turn)
{
	const char *echo, *state, *ask;
	const struct record *seen;
	struct record record;
	int error;

	if (turn->reading->command != NULL &&
		strcmp(turn->reading->command, "belum_verifikasi") == 0)
		return unchecked_say(turn);
	if (turn->reading->argument != NULL && scope_supervises(&turn->sender))
		return told_by(turn, turn->reading->argument);
	if (turn->reading->ref == NULL || *turn->reading->ref == '\0')
		return status_mine(turn);
	error = find_ref(turn, turn->reading->ref, &record);
	if (error != OK)
		return error == ERR_NOT_FOUND || error == ERR_AMBIGUOUS ? OK : error;
	record_about(turn, &record);
	error = own_seen(turn, &record, &seen);
	if (error != OK)
		return error;
	echo = reply_echo(&turn->reply, &seen->report);
	state = reply_word(&turn->reply, "state", record.row.status, record.row.status);
	ask = record_open(&record) ? reply_question(&turn->reply, &record.report) : NULL;
	if (ask != NULL)
		turn_say(turn, MESSAGE_STATUS_ASKED, "ref", turn->ref, "echo", echo, "state", state,
			"ask", ask);
	else if (record_open(&record))
		turn_say(turn, MESSAGE_STATUS_OPEN, "ref", turn->ref, "echo", echo, "state", state,
			"fields", reply_fields(&turn->reply, &record.report));
	else
		turn_say(turn, MESSAGE_STATUS, "ref", turn->ref, "echo", echo, "state", state);
	if (turn->sender.phone != NULL && record.row.sender != NULL &&
		strcmp(record.row.sender, turn->sender.phone) != 0)
		/* another's report, with names in it */
		return turn_audit(turn, "read", record.row.ref, NULL, NULL);
	return OK;
}
