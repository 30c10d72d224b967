/* Outbreaks: see outbreak.h. What is open is kept as a session, which silence ends by itself. */
#include "flows/alert/outbreak.h"

#include <stdlib.h>
#include <string.h>

#include "flows/alert/alert_words.h"
#include "flows/alert/bundle.h"
#include "flows/alert/recipients.h"
#include "flows/alert/surge.h"
#include "flows/record/outbreak_open.h"
#include "parsers/form/form.h"

#define CASES_FIRST 64 /* room in the beginning */

/* "sakit:35.03.01.2004:C" */
static const char *key_of(const struct turn *turn, const struct record *record)
{
	const struct form *form = record->report.form;
	const char *kind = report_text(&record->report, form->outbreak->by);

	return kind == NULL || record->row.area == NULL || *record->row.area == '\0' ? NULL
		: arena_printf(
			  turn->flow->arena, "%s:%s:%s", form->name, record->row.area, kind);
}

struct told_case {
	struct date day;
	const char *area;
	long number;
};

struct cases {
	struct told_case *list;
	size_t count;
};

/* The kecamatan of a desa's code. */
static const char *around(const struct turn *turn, const struct record *record)
{
	const struct area *area = gazetteer_area(turn->flow->places, record->row.area);

	return area == NULL || area->parent == NULL ? record->row.area : area->parent->code;
}

/* The days that are added up, and what they came to. */
struct window {
	struct date end; /* the last of them */
	long sum;
	size_t desa; /* in how many */
};

struct loading {
	const struct turn *turn;
	const struct form_outbreak *rule;
	const char *kind;
	struct record *other;
	struct cases *out;
	size_t room;
};

static void case_add(struct loading *loading, const struct told_case *one)
{
	struct cases *out = loading->out;

	if (out->count == loading->room) {
		struct told_case *list;

		loading->room *= 2;
		list = arena_alloc(loading->turn->flow->arena, loading->room * sizeof(*list));
		memcpy(list, out->list, out->count * sizeof(*list));
		out->list = list;
	}
	out->list[out->count++] = *one;
}

static int case_row(const struct report_row *row, void *context)
{
	struct loading *loading = context;
	const struct report *report = &loading->other->report;
	const char *kind, *cases;
	struct told_case one;
	int error = record_of_row(loading->turn, row, loading->other);

	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error;
	kind = report_text(report, loading->rule->by);
	cases = report_text(report, loading->rule->sum);
	if (kind == NULL || cases == NULL || strcmp(kind, loading->kind) != 0 ||
		row->date == NULL || !date_parse(row->date, &one.day))
		return OK;
	one.area = arena_strdup(loading->turn->flow->arena, row->area);
	one.number = strtol(cases, NULL, 10);
	case_add(loading, &one);
	return OK;
}

/* The cases of its kind in an area that fall into a window: all of them, however many told. */
static int cases_load(const struct turn *turn, const struct record *record, const char *area,
	struct date first, struct date last, struct cases *out)
{
	const struct form_outbreak *rule = record->report.form->outbreak;
	char from[DATE_TEXT], to[DATE_TEXT];
	struct report_filter filter = {.form = record->report.form->name,
		.area_prefix = area, .date_from = from, .date_to = to, .counted = true};
	struct loading loading = {.turn = turn, .rule = rule,
		.kind = report_text(&record->report, rule->by),
		.other = arena_alloc(turn->flow->arena, sizeof(*loading.other)),
		.out = out,
		.room = CASES_FIRST};

	out->list = arena_alloc(turn->flow->arena, CASES_FIRST * sizeof(*out->list));
	out->count = 0;
	if (loading.kind == NULL)
		return OK;
	date_format(first, from);
	date_format(last, to);
	return store_report_each(turn->flow->store, &filter, case_row, &loading);
}

static struct window window_of(const struct cases *cases, struct date end, int days)
{
	struct window window = {.end = end};
	const char *last = "";

	for (size_t i = 0; i < cases->count; i++) {
		const struct told_case *one = &cases->list[i];
		int back = date_diff_days(end, one->day);

		if (back < 0 || back >= days)
			continue;
		window.sum += one->number;
		window.desa += strcmp(one->area, last) != 0;
		last = one->area;
	}
	return window;
}

/* The days around its own in which there were most: those up to today, if they are as many. */
static int window_find(const struct turn *turn, const struct record *record, struct window *out)
{
	int days = record->report.form->outbreak->days;
	struct cases here, near;
	struct date day;
	int error;

	*out = (struct window){0};
	if (record->row.date == NULL || !date_parse(record->row.date, &day))
		return OK;
	error = cases_load(turn, record, record->row.area, date_add_days(day, 1 - days),
		date_add_days(day, days - 1), &here);
	for (int i = 0; error == OK && i < days; i++) {
		struct date end = date_add_days(day, i);
		struct window one = window_of(&here, end, days);

		if (i == 0 || one.sum > out->sum ||
			(one.sum == out->sum && date_compare(end, turn->now.date) == 0))
			*out = one;
	}
	if (error == OK)
		error = cases_load(turn, record, around(turn, record),
			date_add_days(out->end, 1 - days), out->end, &near);
	if (error == OK)
		out->desa = window_of(&near, out->end, days).desa;
	return error;
}

/* When silence ends it; past: it is over already. */
static int64_t expires_at(
	const struct turn *turn, const struct record *record, struct date last)
{
	int64_t days = date_diff_days(turn->now.date, last);

	return turn->flow->now +
		(record->report.form->outbreak->silence - days) * OUTBREAK_DAY_SECONDS;
}

static double least_of(const struct turn *turn, const struct record *record)
{
	const struct form_outbreak *rule = record->report.form->outbreak;

	for (size_t i = 0; i < rule->nleast; i++) {
		if (condition_holds(&rule->least[i].when, &record->report, turn->now.date))
			return rule->least[i].points;
	}
	return 0;
}

bool outbreak_reached(const struct turn *turn, const struct record *record)
{
	const struct form_outbreak *rule = record->report.form->outbreak;
	const char *cases = rule == NULL ? NULL : report_text(&record->report, rule->sum);

	if (record->report.form->weekly != NULL)
		return surge_reached(record);
	return cases != NULL && least_of(turn, record) >= 1 &&
		strtod(cases, NULL) >= least_of(turn, record);
}

static bool for_dinkes(const struct turn *turn, const struct record *record)
{
	const struct form_outbreak *rule = record->report.form->outbreak;

	for (size_t i = 0; i < rule->ndinkes; i++) {
		if (condition_holds(&rule->dinkes[i], &record->report, turn->now.date))
			return true;
	}
	return false;
}

static const char *words(const struct turn *turn, const struct reply_context *reply,
	const struct record *record, const struct window *window)
{
	const struct form_outbreak *rule = record->report.form->outbreak;
	const char *kind;

	char last[DATE_TEXT];
	const char *text;

	kind = report_text(&record->report, rule->by);
	text = arena_printf(turn->flow->arena, "%ld %s %s %d %s", window->sum,
		reply_word(reply, "told", arena_printf(turn->flow->arena, "%s.%s", rule->by, kind),
			kind),
		reply_word(reply, "within", "days", "/"), rule->days,
		reply_word(reply, "unit", "day", "hr"));
	if (date_compare(window->end, turn->now.date) == 0)
		return text;
	date_format(window->end, last);
	return arena_printf(turn->flow->arena, "%s %s %s", text,
		reply_word(reply, "within", "until", "-"), reply_date(turn->flow->arena, last));
}

const char *outbreak_words(const struct turn *turn, const struct reply_context *reply,
	const struct record *record, long sum)
{
	struct window window = {.end = turn->now.date, .sum = sum};

	return record->report.form->weekly != NULL ? surge_week(turn, reply, record)
						   : words(turn, reply, record, &window);
}

const char *outbreak_place(const struct record *record)
{
	const struct form_weekly *weekly = record->report.form->weekly;

	const char *unit = weekly == NULL ? NULL : report_text(&record->report, weekly->unit);

	return unit == NULL ? record->row.area : unit;
}

/* Where it is; of cases whose desa is asked, where the teller is. */
static const struct area *told_where(const struct turn *turn, const struct record *record)
{
	return record->row.area != NULL && *record->row.area != '\0'
		? gazetteer_area(turn->flow->places, record->row.area)
		: turn->sender.narea > 0 ? turn->sender.areas[0] : NULL;
}

static int tell(const struct turn *turn, const struct record *record, const char *ref,
	unsigned levels, enum message_id id, const struct window *window)
{
	struct recipients to;
	bool now = true;
	int error = recipients_find(turn, told_where(turn, record), levels, &to);

	if (error == OK && id != MESSAGE_OUTBREAK_OVER)
		error = bundle_begin(
			turn, id == MESSAGE_OUTBREAK ? "outbreaks" : "outbreaks-less", &now);
	for (size_t i = 0; error == OK && i < to.count; i++) {
		struct sender sender;
		struct reply_context reply;

		turn_towards(turn, &to.list[i].person, &sender, &reply);
		if (!now) {
			error = bundle_add(turn, to.list[i].person.phone,
				arena_printf(turn->flow->arena, "%s %s", ref,
					words(turn, &reply, record, window)));
			continue;
		}
		error = turn_send(turn, "alert", to.list[i].person.phone,
			message_text(turn->flow->catalogue, turn->flow->arena,
				reply_language(&reply), id, "ref", ref, "what",
				words(turn, &reply, record, window), "place",
				alert_place(&reply, record), "who",
				reply_title_case(turn->flow->arena,
					turn->person.name == NULL ? "kabar" : turn->person.name),
				NULL),
			ref);
	}
	return error;
}

static const char *open_text(const json_t *open, const char *name)
{
	const char *text = json_string_value(json_object_get(open, name));

	return text == NULL ? "" : text;
}

/* Told before, and not doubled since: its silence begins anew. */
static int still_open(const struct turn *turn, const char *key, json_t *open,
	const struct window *now, int64_t expires, bool *known)
{
	struct date until = now->end;
	char last[DATE_TEXT];

	date_parse(open_text(open, "until"), &until);
	*known = open != NULL &&
		now->sum < 2 * (long)json_integer_value(json_object_get(open, "sum"));
	if (!*known) {
		json_decref(open);
		return OK;
	}
	if (date_compare(until, now->end) >= 0) {
		json_decref(open);
		return OK;
	}
	date_format(now->end, last);
	json_object_set_new(open, "until", json_string(last));
	return outbreak_open_save(turn, key, open, expires);
}

/* What is over already is told with its days, and nothing that comes is measured by it. */
static int open_now(const struct turn *turn, const char *key, const struct record *record,
	const struct window *now, unsigned levels, int64_t expires)
{
	char last[DATE_TEXT];

	if (expires <= turn->flow->now)
		return OK;
	date_format(now->end, last);
	return outbreak_open_save(turn, key,
		json_pack("{s:I,s:s,s:s,s:I}", "sum", (json_int_t)now->sum, "ref", record->row.ref,
			"until", last, "levels", (json_int_t)levels), expires);
}

int outbreak_see(const struct turn *turn, const struct record *record)
{
	const struct form_outbreak *rule = record->report.form->outbreak;
	const char *key = rule == NULL ? NULL : key_of(turn, record);
	unsigned levels = TO_BIDAN | TO_PUSKESMAS;
	struct window now;
	int64_t expires;
	json_t *open = NULL;
	bool known = false;
	int error;

	if (record->report.form->weekly != NULL)
		return surge_see(turn, record);
	if (key == NULL)
		return OK;
	error = window_find(turn, record, &now);
	if (error != OK || (double)now.sum < least_of(turn, record) || least_of(turn, record) < 1)
		return error;
	expires = expires_at(turn, record, now.end);
	if (expires > turn->flow->now)
		error = outbreak_open_load(turn, key, &open);
	if (error == OK)
		error = still_open(turn, key, open, &now, expires, &known);
	if (error != OK || known)
		return error;
	if (now.desa > 1 || for_dinkes(turn, record))
		levels |= TO_DINKES;
	error = open_now(turn, key, record, &now, levels, expires);
	return error != OK ? error
			   : tell(turn, record, record->row.ref, levels, MESSAGE_OUTBREAK, &now);
}

int outbreak_waits(const struct turn *turn, const struct record *record)
{
	const struct form_outbreak *rule = record->report.form->outbreak;
	const char *cases = rule == NULL ? NULL : report_text(&record->report, rule->sum);
	struct window now = {.end = turn->now.date, .sum = cases == NULL ? 1 : atol(cases)};
	const char *key = rule == NULL ? NULL : key_of(turn, record);
	unsigned levels = TO_BIDAN | TO_PUSKESMAS;
	json_t *open = NULL;
	int error = OK;

	if (rule == NULL || record->report.form->weekly != NULL || least_of(turn, record) != 1 ||
		report_text(&record->report, rule->by) == NULL)
		return OK;
	if (for_dinkes(turn, record))
		levels |= TO_DINKES;
	if (key != NULL) {
		error = outbreak_open_load(turn, key, &open);
		if (error != OK || open != NULL) {
			json_decref(open);
			return error; /* known: more of them are told when they count */
		}
		error = open_now(turn, key, record, &now, levels,
			expires_at(turn, record, now.end));
	}
	return error != OK ? error
			   : tell(turn, record, record->row.ref, levels, MESSAGE_OUTBREAK, &now);
}

int outbreak_fell(const struct turn *turn, const struct record *record, const struct record *after)
{
	const struct form_outbreak *rule = record->report.form->outbreak;
	const char *key = rule == NULL ? NULL : key_of(turn, record), *ref;
	unsigned levels;
	struct cases here;
	struct window now = {0};
	json_t *open = NULL;
	int error;

	if (record->report.form->weekly != NULL)
		return surge_fell(turn, record, after);
	if (key == NULL)
		return OK;
	error = outbreak_open_load(turn, key, &open);
	if (error != OK || open == NULL)
		return error;
	if (!date_parse(open_text(open, "until"), &now.end))
		now.end = turn->now.date;
	error = cases_load(turn, record, record->row.area, date_add_days(now.end, 1 - rule->days),
		now.end, &here);
	now = window_of(&here, now.end, rule->days);
	if (error != OK || now.sum >= (long)json_integer_value(json_object_get(open, "sum"))) {
		json_decref(open);
		return error;
	}
	ref = arena_strdup(turn->flow->arena, open_text(open, "ref"));
	levels = (unsigned)json_integer_value(json_object_get(open, "levels"));
	json_object_set_new(open, "sum", json_integer((json_int_t)now.sum));
	if ((double)now.sum >= least_of(turn, record)) {
		error = outbreak_open_save(
			turn, key, open, expires_at(turn, record, now.end));
	} else {
		json_decref(open);
		error = outbreak_open_drop(turn, key);
	}
	return error != OK ? error : tell(turn, record, ref, levels, MESSAGE_OUTBREAK_FELL, &now);
}

int outbreak_end(
	const struct turn *turn, const struct record *record, bool *open, long *sum)
{
	const char *key = record->report.form->outbreak == NULL ? NULL : key_of(turn, record);
	json_t *state = NULL;
	int error = OK;
	struct window now = {.end = turn->now.date};

	*sum = 0;
	if (record->report.form->weekly != NULL)
		return surge_end(turn, record, open);
	if (key != NULL)
		error = outbreak_open_load(turn, key, &state);
	now.sum = *sum = (long)json_integer_value(json_object_get(state, "sum"));
	*open = state != NULL;
	json_decref(state);
	if (error != OK || !*open)
		return error;
	error = outbreak_open_drop(turn, key);
	if (error == OK)
		error = turn_audit(turn, "over", record->row.ref, NULL, turn->sender.phone);
	return error != OK ? error
			   : tell(turn, record, record->row.ref,
				     TO_BIDAN | TO_PUSKESMAS | TO_DINKES, MESSAGE_OUTBREAK_OVER,
				     &now);
}
