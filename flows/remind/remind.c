/* Reminders and summaries: what the calendar does every month, quarter and week. */
#include "flows/remind/remind.h"

#include <string.h>

#include "flows/query/query.h"
#include "flows/record/week.h"
#include "flows/remind/by_name.h"
#include "flows/remind/calendar.h"
#include "parsers/form/form.h"
#include "parsers/text/gsm7.h"
#include "store/report/report.h"

#define DAY_HOURS 24
#define SATURDAY  6
/* A desa whose bidan told no week for so long leaves that to its puskesmas. */
#define LATELY_DAYS 56

/* Hours from the beginning of a week's last day as a weekday and an hour. */
static struct calendar_job weekly_job(const char *kind, int hours)
{
	return (struct calendar_job){kind, CALENDAR_WEEK,
		hours > 0 ? (SATURDAY + hours / DAY_HOURS) % 7 : -1, hours % DAY_HOURS};
}

/* The form that units tell week by week; NULL. */
static const struct form *weekly_form(const struct turn *turn)
{
	const struct form *form;

	for (size_t i = 0; (form = reader_form_at(turn->flow->reader, i)) != NULL; i++) {
		if (form_is_weekly(form))
			return form;
	}
	return NULL;
}

int remind_plan(const struct turn *turn)
{
	const struct flow_settings *settings = turn->flow->settings;
	const struct form *form = weekly_form(turn);
	const struct calendar_job jobs[] = {
		{"reminder", CALENDAR_MONTH, settings->reminder_day, settings->reminder_hour},
		{"summary", CALENDAR_MONTH, settings->summary_day, settings->summary_hour},
		{"quarter", CALENDAR_QUARTER, settings->evaluation_day, settings->evaluation_hour},
		weekly_job("week-desa", form == NULL ? 0 : form->weekly->remind_desa),
		weekly_job("week-puskesmas", form == NULL ? 0 : form->weekly->remind_puskesmas),
	};

	return calendar_plan(turn, jobs, COUNT_OF(jobs));
}

static bool is_role(const struct person *person, const char *role)
{
	return strcmp(person->role, role) == 0;
}

/* "2024-08" */
static const char *month_name(const struct turn *turn, struct date day)
{
	return arena_printf(turn->flow->arena, "%04d-%02d", day.year, day.month);
}

static int reported(const struct turn *turn, const char *posyandu, struct period month, bool *yes)
{
	char from[DATE_TEXT], to[DATE_TEXT];
	struct report_filter filter = {.form = "pos",
		.posyandu = posyandu,
		.date_from = from,
		.date_to = to,
		.counted = true,
		.unnamed = form_by_month(reader_form(turn->flow->reader, "pos"))};

	date_format(month.from, from);
	date_format(month.to, to);
	return store_report_any(turn->flow->store, turn->flow->arena, &filter, yes);
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
	error = calendar_once(turn, "reminder", month_name(turn, month.to), person->phone, &first);
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

static int summary_text(const struct turn *turn, const struct reply_context *reply,
	const struct query *query, bool waits, const char **text)
{
	const char *list;
	int error = query_recap_list(turn, reply, query, true, waits, &list);

	if (error == OK)
		*text = message_text(turn->flow->catalogue, turn->flow->arena,
			reply_language(reply), MESSAGE_SUMMARY, "area",
			reply_place(reply, query->area->code), "month",
			reply_month(reply, query->period.to), "list", list, NULL);
	return error;
}

static int summary_area(const struct turn *turn, const struct person *person,
	const struct area *area, struct period month)
{
	struct query query = {.area = area, .period = month};
	struct sender sender;
	struct reply_context reply;
	const char *text;
	bool first;
	int error = calendar_once(turn, "summary", month_name(turn, month.to),
		arena_printf(turn->flow->arena, "%s %s", person->phone, area->code), &first);

	if (error != OK || !first)
		return error;
	turn_towards(turn, person, &sender, &reply);
	error = summary_text(turn, &reply, &query, true, &text);
	if (error == OK && gsm7_septets(text) >= SMS_SEPTETS) /* it may be cut: the counts alone */
		error = summary_text(turn, &reply, &query, false, &text);
	return error != OK ? error : turn_send(turn, "reminder", person->phone, text, NULL);
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


static int remind_person(const struct turn *turn, struct person *person, struct date due)
{
	if (!is_role(person, "kader") || person->posyandu == NULL || *person->posyandu == '\0')
		return OK;
	return remind_one(turn, person, month_of(due));
}

static int summary_person(const struct turn *turn, struct person *person, struct date due)
{
	struct date first = {due.year, due.month, 1};

	struct period month = month_of(date_add_days(first, -1));

	if (is_role(person, "kader") && person->posyandu != NULL)
		return by_name_ask(turn, person, month);
	if (!is_role(person, "bidan") && !is_role(person, "desa"))
		return OK;
	person->role = "bidan";
	return summary_one(turn, person, month);
}

int remind_on_due(const struct turn *turn, const struct deadline *deadline)
{
	return calendar_run(turn, deadline, remind_person);
}

int remind_on_summary(const struct turn *turn, const struct deadline *deadline)
{
	return calendar_run(turn, deadline, summary_person);
}

/* Has a unit told of weeks that end on these days? */
static int weeks_told(const struct turn *turn, const struct form *form, const char *unit,
	const char *area, struct period days, bool *told)
{
	struct week_list list = {0};
	int error = week_load(turn, form, area, days, &list);

	*told = false;
	for (size_t i = 0; i < list.count; i++)
		*told = *told || strcmp(list.list[i].unit, unit) == 0;
	return error;
}

static int week_remind(const struct turn *turn, const struct person *person,
	const struct form *form, const char *unit, const char *area, struct date last)
{
	char time[DATE_TEXT];
	struct sender sender;
	struct reply_context reply;
	bool told, first;
	int year, error = weeks_told(turn, form, unit, area, (struct period){last, last}, &told);

	if (error != OK || told)
		return error;
	date_format(last, time);
	error = calendar_once(turn, form->name, time,
		arena_printf(turn->flow->arena, "%s %s", person->phone, unit), &first);
	if (error != OK || !first)
		return error;
	turn_towards(turn, person, &sender, &reply);
	return turn_send(turn, "reminder", person->phone,
		message_text(turn->flow->catalogue, turn->flow->arena, reply_language(&reply),
			MESSAGE_WEEK_REMINDER, "form",
			reply_word(&reply, "told", form->name, form->title), "place",
			reply_place(&reply, unit), "count",
			arena_printf(turn->flow->arena, "%d", week_of(last, &year)), "example",
			reply_example(&reply, form), NULL),
		NULL);
}

static int week_desa(const struct turn *turn, struct person *person, struct date due)
{
	const struct form *form = weekly_form(turn);
	struct sender sender;
	int error = OK;

	if (form == NULL || !is_role(person, "bidan"))
		return OK;
	person_to_sender(turn->flow, person, &sender);
	for (size_t i = 0; error == OK && i < sender.narea; i++) {
		const char *desa = sender.areas[i]->code;
		bool takes_part;

		error = weeks_told(turn, form, desa, desa,
			(struct period){date_add_days(due, -LATELY_DAYS), due}, &takes_part);
		if (error == OK && takes_part)
			error = week_remind(
				turn, person, form, desa, desa, week_last_day(due));
	}
	return error;
}

/* Has anybody of the kabupaten told a week lately? Else it is told in another way there. */
static int weeks_used(const struct turn *turn, const struct form *form, const struct area *desa,
	struct date due, bool *used)
{
	char from[DATE_TEXT], to[DATE_TEXT];
	struct report_filter filter = {.form = form->name, .date_from = from, .date_to = to};

	while (desa->parent != NULL && desa->level != LEVEL_KABUPATEN)
		desa = desa->parent;
	filter.area_prefix = desa->code;
	date_format(date_add_days(due, -LATELY_DAYS), from);
	date_format(due, to);
	return store_report_any(turn->flow->store, turn->flow->arena, &filter, used);
}

static int week_puskesmas(const struct turn *turn, struct person *person, struct date due)
{
	const struct form *form = weekly_form(turn);
	const struct puskesmas *puskesmas;
	struct sender sender;
	bool used;
	int error;

	if (form == NULL || !is_role(person, "puskesmas"))
		return OK;
	person_to_sender(turn->flow, person, &sender);
	puskesmas = sender_puskesmas(turn->flow->places, &sender);
	if (puskesmas == NULL || puskesmas->narea == 0)
		return OK;
	error = weeks_used(turn, form, puskesmas->areas[0], due, &used);
	if (error != OK || !used)
		return error;
	return week_remind(turn, person, form, puskesmas->id, puskesmas->areas[0]->code,
		week_last_day(due));
}

int remind_on_week_desa(const struct turn *turn, const struct deadline *deadline)
{
	return calendar_run(turn, deadline, week_desa);
}

int remind_on_week_puskesmas(const struct turn *turn, const struct deadline *deadline)
{
	return calendar_run(turn, deadline, week_puskesmas);
}
