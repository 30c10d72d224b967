/* A bidan's messages of the day about one desa: see care_desa.h. Nothing to say: no message. */
#include "flows/remind/care_desa.h"

#include <jansson.h>
#include <string.h>

#include "flows/alert/alarm.h"
#include "flows/case/case_find.h"
#include "flows/query/query_due.h"
#include "flows/record/record_scope.h"
#include "parsers/form/form.h"
#include "parsers/form/form_case.h"
#include "parsers/form/names.h"
#include "parsers/text/gsm7.h"
#include "store/message/deadline.h"

#define ROWS_MOST   60
#define LIST_ROOM   92 /* septets of a list, in the longest text around it */
#define LATE_AT_ONCE 5
#define WEEK_DAYS   7
#define DAY_SECONDS 86400

struct care {
	const struct turn *turn;
	const struct person *person;
	const struct area *desa;
	struct reply_context reply;
	struct sender sender;
};

/* A list that ends with how many more there are, when not all fit. */
struct items {
	struct strbuf text;
	size_t more;
};

static void item_add(struct items *items, const char *item)
{
	size_t septets = (size_t)gsm7_septets(items->text.length > 0 ? items->text.text : "");

	if (items->more > 0 || septets + 2 + strlen(item) > LIST_ROOM)
		items->more++;
	else
		strbuf_printf(&items->text, "%s%s", items->text.length > 0 ? ", " : "", item);
}

static const char *items_end(const struct care *care, struct items *items)
{
	const char *text = "";

	if (items->more > 0)
		strbuf_printf(&items->text, ", %zu %s", items->more,
			reply_word(&care->reply, "query", "others", "lainnya"));
	if (items->text.length > 0)
		text = arena_strdup(care->turn->flow->arena, items->text.text);
	strbuf_free(&items->text);
	return text;
}

static const char *day_text(const struct care *care, struct date day)
{
	char *text = arena_alloc(care->turn->flow->arena, DATE_TEXT);

	date_format(day, text);
	return text;
}

/* Once for a day, a phone and a desa, whatever the clock did. */
static int once(const struct care *care, const char *what, bool *first)
{
	const struct turn *turn = care->turn;
	int error = store_job_take(turn->flow->store, what,
		arena_printf(turn->flow->arena, "%s %s %s", turn_today(turn), care->person->phone,
			care->desa->code),
		turn->flow->now);

	*first = error == OK;
	return error == ERR_EXISTS ? OK : error;
}

static int say(const struct care *care, enum message_id id, const char *list, const char *time)
{
	bool first;
	int error = *list == '\0' ? OK : once(care, message_name(id), &first);

	if (error != OK || *list == '\0' || !first)
		return error;
	return turn_send(care->turn, "notice", care->person->phone,
		message_text(care->turn->flow->catalogue, care->turn->flow->arena,
			reply_language(&care->reply), id, "place",
			reply_place(&care->reply, care->desa->code), "list", list, "time", time,
			NULL),
		NULL);
}

/* Whom she expects in the days ahead, and of whom nothing was heard any more. */
static int due_list(const struct care *care, const struct form *form)
{
	const struct turn *turn = care->turn;
	struct case_row *rows = arena_alloc(turn->flow->arena, ROWS_MOST * sizeof(*rows));
	struct items items = {0}, lost = {0};
	const char *gone;
	size_t count;
	int error = store_case_due(turn->flow->store, turn->flow->arena, form->name,
		care->desa->code, day_text(care, turn->now.date),
		day_text(care, date_add_days(turn->now.date, form->cases->ahead)), 0, rows,
		ROWS_MOST, &count);

	for (size_t i = 0; error == OK && i < count; i++)
		item_add(&items, query_due_item(turn, &care->reply, &rows[i], false));
	if (error == OK)
		error = say(care, MESSAGE_CARE_DUE, items_end(care, &items),
			arena_printf(turn->flow->arena, "%d", form->cases->ahead));
	if (error == OK)
		error = store_case_closed(turn->flow->store, turn->flow->arena, form->name,
			care->desa->code, CASE_LOST,
			day_text(care, date_add_days(turn->now.date, 1 - WEEK_DAYS)),
			day_text(care, turn->now.date), rows, ROWS_MOST, &count);
	for (size_t i = 0; error == OK && i < count; i++)
		item_add(&lost, query_due_item(turn, &care->reply, &rows[i], false));
	gone = items_end(care, &lost);
	return error != OK ? error : say(care, MESSAGE_CARE_LOST, gone, "");
}

/* Past her day with nothing heard: asked once. */
static int late_ask(const struct care *care, const struct form *form)
{
	const struct turn *turn = care->turn;
	struct case_row *rows = arena_alloc(turn->flow->arena, ROWS_MOST * sizeof(*rows));
	const char *until = day_text(care, date_add_days(turn->now.date, -form->cases->late));
	size_t count, asked = 0;
	int error = store_case_due(turn->flow->store, turn->flow->arena, form->name,
		care->desa->code, "", until, 0, rows, ROWS_MOST, &count);

	for (size_t i = 0; error == OK && i < count && asked < LATE_AT_ONCE; i++) {
		bool first;

		error = store_job_take(turn->flow->store, "care late",
			arena_printf(turn->flow->arena, "%lld %s", (long long)rows[i].id,
				care->person->phone),
			turn->flow->now);
		first = error == OK;
		error = error == ERR_EXISTS ? OK : error;
		if (error != OK || !first)
			continue;
		asked++;
		error = turn_send(turn, "notice", care->person->phone,
			message_text(turn->flow->catalogue, turn->flow->arena,
				reply_language(&care->reply), MESSAGE_CARE_LATE, "ref", rows[i].ref,
				"initials", reply_initials(turn->flow->arena, rows[i].name),
				"place", reply_place(&care->reply, care->desa->code), "offer",
				reply_date(turn->flow->arena, rows[i].due), NULL),
			rows[i].ref);
	}
	return error;
}

static bool fits_any(const struct case_row *row, const void *context)
{
	(void)row;
	(void)context;
	return true;
}

/* She (or the child) died since: nobody is asked to visit her. */
static int is_gone(const struct care *care, const struct form_follow *follow,
	const struct record *event, bool *gone)
{
	const struct turn *turn = care->turn;
	struct report_row *rows;
	struct record *other = arena_alloc(turn->flow->arena, sizeof(*other));
	struct report_filter filter = {.form = follow->gone,
		.area_prefix = event->row.area,
		.date_from = event->row.date,
		.counted = true};
	const char *who = name_core(form_who(&event->report)), *name;
	size_t count = 0;
	int error;

	*gone = false;
	if (follow->gone == NULL)
		return OK;
	rows = arena_alloc(turn->flow->arena, ROWS_MOST * sizeof(*rows));
	error = store_report_find(
		turn->flow->store, turn->flow->arena, &filter, rows, ROWS_MOST, &count);
	for (size_t i = 0; error == OK && i < count && !*gone; i++) {
		error = record_of_row(turn, &rows[i], other);
		name = error != OK          ? NULL
			: follow->gone_who ? report_text(&other->report, follow->gone_who)
					   : form_who(&other->report);
		*gone = name != NULL && names_alike(who, name_core(name)) &&
			condition_holds(&follow->gone_when, &other->report, turn->now.date);
	}
	return error;
}

/* The marks that the person's case lacks, as words. */
static int lacks(const struct care *care, const struct form *form, const struct record *event,
	struct strbuf *out)
{
	const char *who = form_who(&event->report);
	struct case_row row;
	json_t *marks = NULL;
	bool found = false;
	int error = who == NULL ? OK
		: case_of_person(care->turn, form, event->row.area, who, fits_any, NULL, &row,
			  &found);

	if (error != OK || who == NULL)
		return error;
	if (found)
		marks = json_loads(row.marks, 0, NULL);
	for (size_t i = 0; error == OK && i < form->cases->nfollow; i++) {
		const struct form_follow *follow = &form->cases->follows[i];
		bool gone;

		if (strcmp(follow->form, event->row.form) != 0 ||
			!condition_holds(&follow->when, &event->report, care->turn->now.date) ||
			json_object_get(marks, follow->mark) != NULL)
			continue;
		error = is_gone(care, follow, event, &gone);
		if (error != OK || gone)
			continue;
		strbuf_printf(out, "%s ", reply_word(&care->reply, "title", follow->mark,
			follow->mark));
	}
	json_decref(marks);
	return error;
}

static int follow_one(const struct care *care, const struct form *form, const char *of, int days,
	struct items *items)
{
	const struct turn *turn = care->turn;
	struct report_row *rows = arena_alloc(turn->flow->arena, ROWS_MOST * sizeof(*rows));
	const char *day = day_text(care, date_add_days(turn->now.date, -days));
	struct report_filter filter = {.form = of, .area_prefix = care->desa->code,
		.date_from = day, .date_to = day, .counted = true};
	size_t count;
	int error = store_report_find(
		turn->flow->store, turn->flow->arena, &filter, rows, ROWS_MOST, &count);

	for (size_t i = 0; error == OK && i < count; i++) {
		struct record *event = arena_alloc(turn->flow->arena, sizeof(*event));
		struct strbuf lack = {0};

		error = record_of_row(turn, &rows[i], event);
		if (error == OK)
			error = lacks(care, form, event, &lack);
		if (error == OK && lack.length > 0)
			item_add(items, arena_printf(turn->flow->arena, "%s%s (%s)", lack.text,
				reply_initials(turn->flow->arena, form_who(&event->report)),
				reply_date(turn->flow->arena, day)));
		strbuf_free(&lack);
	}
	return error;
}

/* What should have followed an event and was not told; each form of event once. */
static int follow_list(const struct care *care, const struct form *form)
{
	struct items items = {0};
	int error = OK;

	for (size_t i = 0; error == OK && i < form->cases->nfollow; i++) {
		const struct form_follow *follow = &form->cases->follows[i];
		bool seen = false;

		for (size_t k = 0; k < i; k++)
			seen |= strcmp(form->cases->follows[k].form, follow->form) == 0;
		if (!seen)
			error = follow_one(care, form, follow->form, follow->days, &items);
	}
	return error != OK ? error : say(care, MESSAGE_CARE_FOLLOW, items_end(care, &items), "");
}

static bool has_daily(const struct form *form)
{
	for (size_t i = 0; i < form->nalarm; i++) {
		if (form->alarms[i].daily)
			return true;
	}
	return false;
}

/* What is news and no alarm, of all that others told since the day before. */
static int news_list(const struct care *care, const struct form *form)
{
	const struct turn *turn = care->turn;
	struct report_row *rows = arena_alloc(turn->flow->arena, ROWS_MOST * sizeof(*rows));
	struct report_filter filter = {.form = form->name, .area_prefix = care->desa->code,
		.received_from = turn->flow->now - DAY_SECONDS,
		.received_to = turn->flow->now - 1, .counted = true};
	struct record *record = arena_alloc(turn->flow->arena, sizeof(*record));
	struct items items = {0};
	size_t count;
	int error = store_report_find(
		turn->flow->store, turn->flow->arena, &filter, rows, ROWS_MOST, &count);

	for (size_t i = count; error == OK && i-- > 0;) {
		const char *words;

		error = record_of_row(turn, &rows[i], record);
		if (error != OK || strcmp(rows[i].sender, care->person->phone) == 0)
			continue;
		words = alarm_daily(turn, &care->reply, record);
		if (*words != '\0')
			item_add(&items, arena_printf(turn->flow->arena, "%s %s %s", rows[i].ref,
				reply_initials(turn->flow->arena, form_who(&record->report)),
				words));
	}
	return error != OK ? error : say(care, MESSAGE_CARE_NEWS, items_end(care, &items), "");
}

/* 1 Monday … 7 Sunday */
static int weekday(struct date day)
{
	return (date_to_days(day) + 3) % WEEK_DAYS + 1;
}

int care_desa(const struct turn *turn, const struct person *person, const struct area *desa)
{
	struct care care = {.turn = turn, .person = person, .desa = desa};
	bool weekly = weekday(turn->now.date) == turn->flow->settings->care_day;
	const struct form *form;
	int error = OK;

	turn_towards(turn, person, &care.sender, &care.reply);
	for (size_t i = 0; error == OK && (form = reader_form_at(turn->flow->reader, i)) != NULL;
		i++) {
		if (has_daily(form))
			error = news_list(&care, form);
		if (error != OK || form->cases == NULL)
			continue;
		if (form->cases->ahead > 0 && weekly)
			error = due_list(&care, form);
		if (error == OK && form->cases->late > 0)
			error = late_ask(&care, form);
		if (error == OK && form->cases->nfollow > 0)
			error = follow_list(&care, form);
	}
	return error;
}
