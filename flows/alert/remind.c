/* Reminders and summaries. A job row per person and month makes each unique, with two gateways too.
 */
#include "flows/alert/remind.h"

#include <stdlib.h>
#include <string.h>

#include "flows/query/query.h"
#include "parsers/form/form.h"
#include "store/report.h"

#define SUBJECT "month"

struct people {
	const struct turn *turn;
	struct person *list;
	size_t count, room;
	bool summary;
};

static int64_t next_time(const struct turn *turn, int day, int hour)
{
	struct moment when = {
		.date = {turn->now.date.year, turn->now.date.month, day}, .hour = hour};
	int64_t due = moment_utc(when, turn->flow->settings->timezone);

	if (due > turn->flow->now)
		return due;
	when.date = date_add_months(when.date, 1);
	return moment_utc(when, turn->flow->settings->timezone);
}

static int plan(const struct turn *turn, const char *kind, int day, int hour)
{
	struct deadline deadline = {.kind = kind, .subject = SUBJECT}, old;
	int error;

	if (day == 0)
		return OK;
	error = store_deadline_get(turn->flow->store, turn->flow->arena, kind, SUBJECT, &old);
	if (error != ERR_NOT_FOUND)
		return error;
	deadline.due = next_time(turn, day, hour);
	return store_deadline_put(turn->flow->store, &deadline);
}

int remind_plan(const struct turn *turn)
{
	const struct flow_settings *settings = turn->flow->settings;
	int error = plan(turn, "reminder", settings->reminder_day, settings->reminder_hour);

	return error != OK ? error
			   : plan(turn, "summary", settings->summary_day, settings->summary_hour);
}

static bool wanted(const struct people *people, const struct person *person)
{
	if (person->state != NULL && strcmp(person->state, "active") != 0)
		return false;
	if (people->summary)
		return strcmp(person->role, "bidan") == 0 || strcmp(person->role, "desa") == 0;
	return strcmp(person->role, "kader") == 0 && person->posyandu != NULL &&
		*person->posyandu != '\0';
}

static int people_each(const struct person *person, void *context)
{
	struct people *people = context;
	struct arena *arena = people->turn->flow->arena;
	struct person *copy;

	if (!wanted(people, person))
		return 0;
	if (people->count == people->room) {
		people->room = people->room == 0 ? 256 : people->room * 2;
		people->list = xrealloc(people->list, people->room, sizeof(*people->list));
	}
	copy = &people->list[people->count++];
	*copy = *person;
	copy->phone = arena_strdup(arena, person->phone);
	copy->name = arena_strdup(arena, person->name);
	copy->role = people->summary ? "bidan" : "kader";
	copy->areas = arena_strdup(arena, person->areas);
	copy->posyandu = person->posyandu == NULL ? NULL : arena_strdup(arena, person->posyandu);
	copy->language = person->language == NULL ? "id" : arena_strdup(arena, person->language);
	copy->state = NULL;
	return 0;
}

static int once(const struct turn *turn, const char *job, const struct date month, const char *who,
	bool *first)
{
	int error = store_job_take(turn->flow->store, job,
		arena_printf(turn->flow->arena, "%04d-%02d %s", month.year, month.month, who),
		turn->flow->now);

	*first = error == OK;
	return error == ERR_EXISTS ? OK : error;
}

static int reported(const struct turn *turn, const char *posyandu, struct period month, bool *yes)
{
	char from[DATE_TEXT], to[DATE_TEXT];
	struct report_filter filter = {.form = "pos",
		.posyandu = posyandu,
		.date_from = from,
		.date_to = to,
		.counted = true};
	struct report_row row;
	size_t count;
	int error;

	date_format(month.from, from);
	date_format(month.to, to);
	error = store_report_find(turn->flow->store, turn->flow->arena, &filter, &row, 1, &count);
	*yes = error == OK && count > 0;
	return error;
}

static int remind_one(const struct turn *turn, const struct person *person, struct period month)
{
	const struct form *form = reader_form(turn->flow->reader, "pos");
	struct sender sender;
	struct reply_context reply;
	bool yes, first;
	int error = reported(turn, person->posyandu, month, &yes);

	if (error != OK || yes)
		return error;
	error = once(turn, "reminder", month.to, person->phone, &first);
	if (error != OK || !first)
		return error;
	turn_towards(turn, person, &sender, &reply);
	return turn_send(turn, "reminder", person->phone,
		message_text(turn->flow->catalogue, turn->flow->arena, reply_language(&reply),
			MESSAGE_REMINDER, "name", reply_title_case(turn->flow->arena, person->name),
			"posyandu", reply_place(&reply, person->posyandu), "month",
			reply_month(&reply, month.to), "example",
			form == NULL ? "POS" : reply_example(&reply, form), NULL),
		NULL);
}

static int summary_area(const struct turn *turn, const struct person *person,
	const struct area *area, struct period month)
{
	struct query query = {.area = area, .period = month};
	struct sender sender;
	struct reply_context reply;
	const char *list;
	bool first;
	int error = once(turn, "summary", month.to,
		arena_printf(turn->flow->arena, "%s %s", person->phone, area->code), &first);

	if (error != OK || !first)
		return error;
	turn_towards(turn, person, &sender, &reply);
	error = query_recap_list(turn, &reply, &query, &list);
	if (error != OK)
		return error;
	return turn_send(turn, "reminder", person->phone,
		message_text(turn->flow->catalogue, turn->flow->arena, reply_language(&reply),
			MESSAGE_SUMMARY, "area", reply_place(&reply, area->code), "month",
			reply_month(&reply, month.to), "list", list, NULL),
		NULL);
}

static struct period month_of(struct date day)
{
	return (struct period){{day.year, day.month, 1},
		{day.year, day.month, date_month_days(day.year, day.month)}};
}

int remind_on_due(const struct turn *turn, const struct deadline *deadline)
{
	struct people people = {.turn = turn};
	struct moment due = moment_local(deadline->due, turn->flow->settings->timezone);
	int error = store_person_each(turn->flow->store, people_each, &people);

	for (size_t i = 0; error == OK && i < people.count; i++)
		error = remind_one(turn, &people.list[i], month_of(due.date));
	free(people.list);
	return error;
}

int remind_on_summary(const struct turn *turn, const struct deadline *deadline)
{
	struct people people = {.turn = turn, .summary = true};
	struct moment due = moment_local(deadline->due, turn->flow->settings->timezone);
	struct period month =
		month_of(date_add_days((struct date){due.date.year, due.date.month, 1}, -1));
	int error = store_person_each(turn->flow->store, people_each, &people);

	for (size_t i = 0; error == OK && i < people.count; i++) {
		struct sender sender;

		person_to_sender(turn->flow, &people.list[i], &sender);
		for (size_t k = 0; error == OK && k < sender.narea; k++)
			error = summary_area(turn, &people.list[i], sender.areas[k], month);
	}
	free(people.list);
	return error;
}
