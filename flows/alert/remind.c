/* Reminders and summaries. A job row per kind and month, and one per person and month, make each
 * unique, whatever the clock did and with two gateways too. */
#include "flows/alert/remind.h"

#include <stdlib.h>
#include <string.h>

#include "flows/query/query.h"
#include "flows/rules/hours.h"
#include "parsers/form/form.h"
#include "store/report/report.h"

#define JOB	  "calendar" /* a row of jobs per kind and month that was run */
#define ROWS_MOST 8
/* People in one transaction: messages come in between. */
#define PEOPLE_AT_ONCE 200
#define PHONES_AT_ONCE 1000

struct job { /* of the calendar: once for a month */
	const char *kind;
	int day, hour;
};

static void jobs_of(const struct flow_settings *settings, struct job jobs[2])
{
	jobs[0] = (struct job){"reminder", settings->reminder_day, settings->reminder_hour};
	jobs[1] = (struct job){"summary", settings->summary_day, settings->summary_hour};
}

static const char *period_of(const struct turn *turn, const struct job *job, struct date month)
{
	return arena_printf(
		turn->flow->arena, "%s %04d-%02d", job->kind, month.year, month.month);
}

/* The month that the job is for next: this one while its day is not over and it was not done. */
static int next_month(const struct turn *turn, const struct job *job, struct date *month)
{
	bool done;
	int error;

	*month = (struct date){turn->now.date.year, turn->now.date.month, job->day};
	error = store_job_taken(turn->flow->store, JOB, period_of(turn, job, *month), &done);
	if (done || turn->now.date.day > job->day)
		*month = date_add_months(*month, 1);
	return error;
}

/* Its day went by without it (we were down, or the clock was elsewhere): said, and not made up for
 * at another time. */
static int skip(const struct turn *turn, const struct deadline *deadline)
{
	turn->flow->skipped = arena_printf(
		turn->flow->arena, "%s %s", deadline->kind, deadline->subject);
	return turn_audit(turn, "calendar", turn->flow->skipped, NULL, "skipped");
}

static bool same_day(const struct turn *turn, int64_t utc)
{
	struct moment then = moment_local(utc, turn->flow->settings->timezone);

	return date_compare(then.date, turn->now.date) == 0;
}

/* The one that was planned will not run any more: its day is over, or (by a reload) its new day. */
static int skip_if_over(const struct turn *turn, const struct job *job,
	const struct deadline *planned, const struct deadline *wanted)
{
	bool done, over = planned->due <= turn->flow->now && !same_day(turn, planned->due);
	int error;

	if (job->day == 0 || !strchr(planned->subject, '-'))
		return OK; /* not wanted any more, or of a program before this one */
	error = store_job_taken(turn->flow->store, JOB,
		arena_printf(turn->flow->arena, "%s %s", planned->kind, planned->subject), &done);
	if (error != OK || (!over && strcmp(planned->subject, wanted->subject) >= 0) ||
		(done && !planned->data))
		return error;
	return skip(turn, planned);
}

/* What stands in the store is what settings and what was done say, and nothing else. One that is at
 * work (it has data) goes on. */
static int plan(const struct turn *turn, const struct job *job)
{
	struct store *store = turn->flow->store;
	struct deadline rows[ROWS_MOST], wanted = {.kind = job->kind};
	struct date month = {0};
	size_t count;
	bool there = job->day == 0;
	int error = there ? OK : next_month(turn, job, &month);

	if (!there) {
		wanted.subject = arena_printf(
			turn->flow->arena, "%04d-%02d", month.year, month.month);
		wanted.due = moment_utc((struct moment){.date = month, .hour = job->hour},
			turn->flow->settings->timezone);
	}
	if (error == OK)
		error = store_deadline_of_kind(
			store, turn->flow->arena, job->kind, rows, ROWS_MOST, &count);
	for (size_t i = 0; error == OK && i < count; i++) {
		bool same = wanted.subject && strcmp(rows[i].subject, wanted.subject) == 0 &&
			rows[i].due == wanted.due;

		there |= same;
		if (same || (rows[i].data && same_day(turn, rows[i].due)))
			continue;
		error = store_deadline_drop(store, rows[i].kind, rows[i].subject);
		if (error == OK)
			error = skip_if_over(turn, job, &rows[i], &wanted);
	}
	return error == OK && !there ? store_deadline_put(store, &wanted) : error;
}

int remind_plan(const struct turn *turn)
{
	struct job jobs[2];
	int error = OK;

	jobs_of(turn->flow->settings, jobs);
	for (size_t i = 0; error == OK && i < COUNT_OF(jobs); i++)
		error = plan(turn, &jobs[i]);
	return error;
}

static bool wanted(const struct person *person, bool summary)
{
	if (person->state != NULL && strcmp(person->state, "active") != 0)
		return false;
	if (summary)
		return strcmp(person->role, "bidan") == 0 || strcmp(person->role, "desa") == 0;
	return strcmp(person->role, "kader") == 0 && person->posyandu != NULL &&
		*person->posyandu != '\0';
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
	error = query_recap_list(turn, &reply, &query, true, &list);
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

static int summary_one(const struct turn *turn, const struct person *person, struct period month)
{
	struct sender sender;
	int error = OK;

	person_to_sender(turn->flow, person, &sender);
	for (size_t i = 0; error == OK && i < sender.narea; i++)
		error = summary_area(turn, person, sender.areas[i], month);
	return error;
}

/* Some people at a time: how far it came stands in the deadline. */
static int run_some(const struct turn *turn, const struct deadline *deadline, struct period month,
	bool summary)
{
	struct person *rows =
		arena_alloc(turn->flow->arena, PHONES_AT_ONCE * sizeof(*rows));
	int64_t after = deadline->data ? strtoll(deadline->data, NULL, 10) : 0;
	struct deadline next = *deadline;
	size_t count;
	int error = store_person_some(turn->flow->store, turn->flow->arena, &after, PEOPLE_AT_ONCE,
		rows, PHONES_AT_ONCE, &count);

	for (size_t i = 0; error == OK && i < count; i++) {
		struct person *person = &rows[i];

		if (!wanted(person, summary))
			continue;
		person->role = summary ? "bidan" : "kader";
		person->state = NULL;
		if (person->language == NULL)
			person->language = "id";
		error = summary ? summary_one(turn, person, month)
				: remind_one(turn, person, month);
	}
	if (error != OK || after == 0)
		return error;
	next.data = arena_printf(turn->flow->arena, "%lld", (long long)after);
	return store_deadline_put(turn->flow->store, &next);
}

/* On its day, by day, and once for its month, whatever the clock did. */
static int run(const struct turn *turn, const struct deadline *deadline, struct period month,
	bool summary)
{
	const struct hours hours = hours_of(turn->flow->settings);
	const char *period =
		arena_printf(turn->flow->arena, "%s %s", deadline->kind, deadline->subject);
	int error;

	if (!strchr(deadline->subject, '-'))
		return OK; /* of a program before this one: it is planned again */
	if (!same_day(turn, deadline->due) || hours_quiet_until(&hours, turn->flow->now))
		return skip(turn, deadline);
	if (!deadline->data) {
		error = store_job_take(turn->flow->store, JOB, period, turn->flow->now);
		if (error != OK)
			return error == ERR_EXISTS ? OK : error;
	}
	return run_some(turn, deadline, month, summary);
}

int remind_on_due(const struct turn *turn, const struct deadline *deadline)
{
	struct moment due = moment_local(deadline->due, turn->flow->settings->timezone);

	return run(turn, deadline, month_of(due.date), false);
}

int remind_on_summary(const struct turn *turn, const struct deadline *deadline)
{
	struct moment due = moment_local(deadline->due, turn->flow->settings->timezone);
	struct date first = {due.date.year, due.date.month, 1};

	return run(turn, deadline, month_of(date_add_days(first, -1)), true);
}
