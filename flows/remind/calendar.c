/* The calendar: see calendar.h. A job row per kind and time that was run makes each unique. */
#include "flows/remind/calendar.h"

#include <stdlib.h>
#include <string.h>

#include "flows/rules/hours.h"

#define JOB	  "calendar" /* a row of jobs per kind and time that was run */
#define ROWS_MOST 8
#define PEOPLE_AT_ONCE 200
#define WEEK	       7
#define QUARTER	       3

/* "2024-08", of a week its day: "2024-08-12" */
static const char *time_of(const struct turn *turn, const struct calendar_job *job, struct date day)
{
	return job->every == CALENDAR_WEEK
		? arena_printf(turn->flow->arena, "%04d-%02d-%02d", day.year, day.month, day.day)
		: arena_printf(turn->flow->arena, "%04d-%02d", day.year, day.month);
}

static const char *period_of(const struct turn *turn, const struct calendar_job *job,
	struct date day)
{
	return arena_printf(
		turn->flow->arena, "%s %s", job->kind, time_of(turn, job, day));
}

static bool is_wanted(const struct calendar_job *job)
{
	return job->every == CALENDAR_WEEK ? job->day >= 0 : job->day > 0;
}

/* The first day of the job from today on, and the one after another. */
static struct date first_day(const struct turn *turn, const struct calendar_job *job)
{
	struct date today = turn->now.date, day = {today.year, today.month, job->day};

	if (job->every == CALENDAR_WEEK)
		return date_add_days(today, (job->day - date_weekday(today) + WEEK) % WEEK);
	while (job->every == CALENDAR_QUARTER && (day.month - 1) % QUARTER != 0)
		day = date_add_months(day, 1);
	return day;
}

static struct date next_day(const struct calendar_job *job, struct date day)
{
	return job->every == CALENDAR_WEEK ? date_add_days(day, WEEK)
		: date_add_months(day, job->every == CALENDAR_QUARTER ? QUARTER : 1);
}

/* The day that the job is for next: this one while it is not over and it was not done. */
static int next_time(const struct turn *turn, const struct calendar_job *job, struct date *day)
{
	bool done;
	int error;

	*day = first_day(turn, job);
	error = store_job_taken(turn->flow->store, JOB, period_of(turn, job, *day), &done);
	if (done || date_compare(turn->now.date, *day) > 0)
		*day = next_day(job, *day);
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
static int skip_if_over(const struct turn *turn, const struct calendar_job *job,
	const struct deadline *planned, const struct deadline *wanted)
{
	bool done, over = planned->due <= turn->flow->now && !same_day(turn, planned->due);
	int error;

	if (!is_wanted(job) || !strchr(planned->subject, '-'))
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
static int plan(const struct turn *turn, const struct calendar_job *job)
{
	struct store *store = turn->flow->store;
	struct deadline rows[ROWS_MOST], wanted = {.kind = job->kind};
	struct date day = {0};
	size_t count;
	bool there = !is_wanted(job);
	int error = there ? OK : next_time(turn, job, &day);

	if (!there) {
		wanted.subject = time_of(turn, job, day);
		wanted.due = moment_utc((struct moment){.date = day, .hour = job->hour},
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

int calendar_plan(const struct turn *turn, const struct calendar_job *jobs, size_t count)
{
	int error = OK;

	for (size_t i = 0; error == OK && i < count; i++)
		error = plan(turn, &jobs[i]);
	return error;
}

int calendar_once(const struct turn *turn, const char *job, const char *time, const char *who,
	bool *first)
{
	int error = store_job_take(turn->flow->store, job,
		arena_printf(turn->flow->arena, "%s %s", time, who), turn->flow->now);

	*first = error == OK;
	return error == ERR_EXISTS ? OK : error;
}

size_t calendar_people(const struct turn *turn)
{
	size_t most = turn->flow->at_once;

	return most > 0 && most < PEOPLE_AT_ONCE ? most : PEOPLE_AT_ONCE;
}

/* Some people at a time: how far it came stands in the deadline. */
static int run_some(const struct turn *turn, const struct deadline *deadline,
	calendar_person *each)
{
	struct person *rows =
		arena_alloc(turn->flow->arena, CALENDAR_PHONES * sizeof(*rows));
	struct moment due = moment_local(deadline->due, turn->flow->settings->timezone);
	int64_t after = deadline->data ? strtoll(deadline->data, NULL, 10) : 0;
	struct deadline next = *deadline;
	size_t count;
	int error = store_person_some(turn->flow->store, turn->flow->arena, &after,
		calendar_people(turn), rows, CALENDAR_PHONES, &count);

	for (size_t i = 0; error == OK && i < count; i++) {
		if (rows[i].state != NULL && strcmp(rows[i].state, "active") != 0)
			continue;
		rows[i].state = NULL;
		if (rows[i].language == NULL)
			rows[i].language = "id";
		error = each(turn, &rows[i], due.date);
	}
	if (error != OK || after == 0)
		return error;
	next.data = arena_printf(turn->flow->arena, "%lld", (long long)after);
	return store_deadline_put(turn->flow->store, &next);
}

int calendar_run(
	const struct turn *turn, const struct deadline *deadline, calendar_person *each)
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
	return run_some(turn, deadline, each);
}
