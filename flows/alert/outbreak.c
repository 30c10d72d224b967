/* Outbreaks: see outbreak.h. What is open is kept as a session, which silence ends by itself. */
#include "flows/alert/outbreak.h"

#include <stdlib.h>
#include <string.h>

#include "flows/alert/bundle.h"
#include "flows/alert/recipients.h"
#include "flows/alert/surge.h"
#include "flows/record/outbreak_open.h"
#include "parsers/form/form.h"

#define CASES_MOST 200 /* reports of a window that are looked at */

/* "sakit:35.03.01.2004:C" */
static const char *key_of(const struct turn *turn, const struct record *record)
{
	const struct form *form = record->report.form;
	const char *kind = report_text(&record->report, form->outbreak->by);

	return kind == NULL || record->row.area == NULL || *record->row.area == '\0' ? NULL
		: arena_printf(
			  turn->flow->arena, "%s:%s:%s", form->name, record->row.area, kind);
}

/* All cases of its kind in an area during the days up to its own; *desa: in how many desa. */
static int window_sum(const struct turn *turn, const struct record *record, const char *area,
	long *sum, size_t *desa)
{
	const struct form_outbreak *rule = record->report.form->outbreak;
	char from[DATE_TEXT], to[DATE_TEXT];
	struct report_filter filter = {.form = record->report.form->name,
		.area_prefix = area, .date_from = from, .date_to = to, .counted = true};
	struct report_row *rows = arena_alloc(turn->flow->arena, CASES_MOST * sizeof(*rows));
	struct record *other = arena_alloc(turn->flow->arena, sizeof(*other));
	const char *kind = report_text(&record->report, rule->by), *last = "";
	struct date day;
	size_t count;
	int error;

	*sum = 0;
	*desa = 0;
	if (record->row.date == NULL || !date_parse(record->row.date, &day))
		return OK;
	date_format(date_add_days(day, 1 - rule->days), from);
	date_format(day, to);
	error = store_report_find(
		turn->flow->store, turn->flow->arena, &filter, rows, CASES_MOST, &count);
	for (size_t i = 0; error == OK && i < count; i++) {
		const char *other_kind, *cases;

		error = record_of_row(turn, &rows[i], other);
		other_kind = error == OK ? report_text(&other->report, rule->by) : NULL;
		cases = error == OK ? report_text(&other->report, rule->sum) : NULL;
		if (other_kind == NULL || cases == NULL || strcmp(other_kind, kind) != 0)
			continue;
		*sum += strtol(cases, NULL, 10);
		*desa += strcmp(rows[i].area, last) != 0;
		last = rows[i].area;
	}
	return error;
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

static bool for_dinkes(const struct turn *turn, const struct record *record)
{
	const struct form_outbreak *rule = record->report.form->outbreak;

	for (size_t i = 0; i < rule->ndinkes; i++) {
		if (condition_holds(&rule->dinkes[i], &record->report, turn->now.date))
			return true;
	}
	return false;
}

const char *outbreak_words(const struct turn *turn, const struct reply_context *reply,
	const struct record *record, long sum)
{
	const struct form_outbreak *rule = record->report.form->outbreak;
	const char *kind;

	if (record->report.form->weekly != NULL)
		return surge_week(turn, reply, record);
	kind = report_text(&record->report, rule->by);
	return arena_printf(turn->flow->arena, "%ld %s %s %d %s", sum,
		reply_word(reply, "told", arena_printf(turn->flow->arena, "%s.%s", rule->by, kind),
			kind),
		reply_word(reply, "within", "days", "/"), rule->days,
		reply_word(reply, "unit", "day", "hr"));
}

const char *outbreak_place(const struct record *record)
{
	const struct form_weekly *weekly = record->report.form->weekly;

	const char *unit = weekly == NULL ? NULL : report_text(&record->report, weekly->unit);

	return unit == NULL ? record->row.area : unit;
}

static int tell(const struct turn *turn, const struct record *record, unsigned levels,
	enum message_id id, long sum)
{
	struct recipients to;
	bool now = true;
	int error = recipients_find(
		turn, gazetteer_area(turn->flow->places, record->row.area), levels, &to);

	if (error == OK && id == MESSAGE_OUTBREAK)
		error = bundle_begin(turn, "outbreaks", &now);
	for (size_t i = 0; error == OK && i < to.count; i++) {
		struct sender sender;
		struct reply_context reply;

		if (!now) {
			error = bundle_add(turn, to.list[i].person.phone, record->row.ref);
			continue;
		}
		turn_towards(turn, &to.list[i].person, &sender, &reply);
		error = turn_send(turn, "alert", to.list[i].person.phone,
			message_text(turn->flow->catalogue, turn->flow->arena,
				reply_language(&reply), id, "ref", record->row.ref, "what",
				outbreak_words(turn, &reply, record, sum), "place",
				reply_place(&reply, record->row.area), "who",
				reply_title_case(turn->flow->arena,
					turn->person.name == NULL ? "kabar" : turn->person.name),
				NULL),
			record->row.ref);
	}
	return error;
}

/* The kecamatan of a desa's code. */
static const char *around(const struct turn *turn, const struct record *record)
{
	const struct area *area = gazetteer_area(turn->flow->places, record->row.area);

	return area == NULL || area->parent == NULL ? record->row.area : area->parent->code;
}

int outbreak_see(const struct turn *turn, const struct record *record)
{
	const struct form_outbreak *rule = record->report.form->outbreak;
	const char *key = rule == NULL ? NULL : key_of(turn, record);
	unsigned levels = TO_BIDAN | TO_PUSKESMAS;
	long sum, near, told;
	int64_t expires;
	size_t desa;
	json_t *open;
	int error;

	if (record->report.form->weekly != NULL)
		return surge_see(turn, record);
	if (key == NULL)
		return OK;
	expires = turn->flow->now + (int64_t)rule->silence * OUTBREAK_DAY_SECONDS;
	error = window_sum(turn, record, record->row.area, &sum, &desa);
	if (error != OK || (double)sum < least_of(turn, record) || least_of(turn, record) < 1)
		return error;
	error = window_sum(turn, record, around(turn, record), &near, &desa);
	if (error == OK)
		error = outbreak_open_load(turn, key, &open);
	if (error != OK)
		return error;
	told = (long)json_integer_value(json_object_get(open, "sum"));
	if (open != NULL && sum < 2 * told)
		return outbreak_open_save(turn, key, open, expires); /* its silence begins anew */
	json_decref(open);
	error = outbreak_open_save(turn, key,
		json_pack("{s:I,s:s}", "sum", (json_int_t)sum, "ref", record->row.ref), expires);
	if (desa > 1 || for_dinkes(turn, record))
		levels |= TO_DINKES;
	return error != OK ? error : tell(turn, record, levels, MESSAGE_OUTBREAK, sum);
}

int outbreak_fell(const struct turn *turn, const struct record *record)
{
	const char *key = record->report.form->outbreak == NULL ? NULL : key_of(turn, record);
	int64_t expires;
	json_t *open = NULL;
	size_t desa;
	long sum;
	int error;

	if (record->report.form->weekly != NULL)
		return surge_fell(turn, record);
	if (key == NULL)
		return OK;
	error = outbreak_open_load(turn, key, &open);
	if (error != OK || open == NULL)
		return error;
	error = window_sum(turn, record, record->row.area, &sum, &desa);
	if (error == OK && (double)sum < least_of(turn, record)) {
		json_decref(open);
		return outbreak_open_drop(turn, key);
	}
	if (error != OK || sum >= (long)json_integer_value(json_object_get(open, "sum"))) {
		json_decref(open);
		return error;
	}
	json_object_set_new(open, "sum", json_integer((json_int_t)sum));
	expires = turn->flow->now +
		(int64_t)record->report.form->outbreak->silence * OUTBREAK_DAY_SECONDS;
	return outbreak_open_save(turn, key, open, expires);
}

int outbreak_end(const struct turn *turn, const struct record *record, bool *open)
{
	const char *key = record->report.form->outbreak == NULL ? NULL : key_of(turn, record);
	json_t *state = NULL;
	int error = OK;
	long sum;

	if (record->report.form->weekly != NULL)
		return surge_end(turn, record, open);
	if (key != NULL)
		error = outbreak_open_load(turn, key, &state);
	sum = (long)json_integer_value(json_object_get(state, "sum"));
	*open = state != NULL;
	json_decref(state);
	if (error != OK || !*open)
		return error;
	error = outbreak_open_drop(turn, key);
	if (error == OK)
		error = turn_audit(turn, "over", record->row.ref, NULL, turn->sender.phone);
	return error != OK ? error
			   : tell(turn, record, TO_BIDAN | TO_PUSKESMAS | TO_DINKES,
				     MESSAGE_OUTBREAK_OVER, sum);
}
