/* Weekly reports with too many cases: see surge.h. What is open is kept as a session, a row for
 * each unit and disease, which silence ends by itself. */
#include "flows/alert/surge.h"

#include <stdlib.h>
#include <string.h>

#include "flows/alert/bundle.h"
#include "flows/alert/recipients.h"
#include "flows/record/outbreak_open.h"
#include "flows/record/week.h"
#include "parsers/form/form.h"

#define WEEK 7

struct surge {
	const struct form_least *rule;
	long cases;
};

/* NULL: nobody knows yet whose week it is, and nothing can be compared. */
static const char *unit_of(const struct record *record)
{
	return report_text(&record->report, record->report.form->weekly->unit);
}

/* "skdr:PKM-PANGGUL:a" */
static const char *key_of(
	const struct turn *turn, const struct record *record, const struct form_least *rule)
{
	return arena_printf(turn->flow->arena, "%s:%s:%s", record->report.form->name,
		unit_of(record) == NULL ? "-" : unit_of(record), rule->field);
}

static long cases_of(const struct report *report, const char *field)
{
	const char *text = report_text(report, field);

	return text == NULL ? 0 : strtol(text, NULL, 10);
}

bool surge_reached(const struct record *record)
{
	const struct form_weekly *weekly = record->report.form->weekly;

	for (size_t i = 0; i < weekly->nleast; i++) {
		if ((double)cases_of(&record->report, weekly->least[i].field) >=
			weekly->least[i].least)
			return true;
	}
	return false;
}

/* What the unit told of the weeks before. */
static int before_load(
	const struct turn *turn, const struct record *record, struct week_list *out)
{
	const struct form *form = record->report.form;
	struct date last;
	size_t kept = 0;
	int error;

	*out = (struct week_list){0};
	if (record->row.date == NULL || !date_parse(record->row.date, &last))
		return OK;
	error = week_load(turn, form, record->row.area,
		(struct period){date_add_days(last, -WEEK * form->weekly->weeks),
			date_add_days(last, -1)},
		out);
	for (size_t i = 0; i < out->count; i++) {
		if (out->list[i].counted && strcmp(out->list[i].unit, unit_of(record)) == 0)
			out->list[kept++] = out->list[i];
	}
	out->count = kept;
	return error;
}

/* More than so many times the mean of the weeks that were told. */
static bool has_grown(const struct form_weekly *weekly, const struct week_list *before,
	const char *field, long cases)
{
	double sum = 0;

	for (size_t i = 0; i < before->count; i++)
		sum += (double)cases_of(&before->list[i].report, field);
	return before->count > 0 && cases >= weekly->from &&
		(double)cases * (double)before->count > weekly->times * sum;
}

static bool open_day(const json_t *open, struct date *day)
{
	const char *text = json_string_value(json_object_get(open, "week"));

	return text != NULL && date_parse(text, day);
}

/* Silence begins when the next week is due: what is told of long ago is over already. */
static int64_t expires_at(const struct turn *turn, const struct record *record, struct date week)
{
	int late = date_diff_days(turn->now.date, date_add_days(week, WEEK));

	return turn->flow->now +
		(int64_t)(record->report.form->weekly->silence - (late > 0 ? late : 0)) *
			OUTBREAK_DAY_SECONDS;
}

static int open_put(const struct turn *turn, const struct record *record,
	const struct surge *surge, int64_t expires)
{
	return outbreak_open_save(turn, key_of(turn, record, surge->rule),
		json_pack("{s:I,s:s,s:s}", "sum", (json_int_t)surge->cases, "ref",
			record->row.ref, "week", record->row.date),
		expires);
}

/* Is it told now: not yet open, or doubled since. What is open stays so; of an older week nothing
 * is opened that a newer one is measured by. */
static int open_see(const struct turn *turn, const struct record *record,
	const struct surge *surge, bool *news)
{
	const char *key = key_of(turn, record, surge->rule);
	struct date week, known;
	bool newer;
	int64_t expires;
	json_t *open;
	int error;

	if (record->row.date == NULL || !date_parse(record->row.date, &week))
		return OK;
	expires = expires_at(turn, record, week);
	error = outbreak_open_load(turn, key, &open);
	if (error != OK)
		return error;
	newer = !open_day(open, &known) || date_compare(week, known) >= 0;
	*news = open == NULL || expires <= turn->flow->now ||
		surge->cases >= 2 * (long)json_integer_value(json_object_get(open, "sum"));
	if (!newer || expires <= turn->flow->now) {
		json_decref(open);
		return OK;
	}
	if (!*news)
		return outbreak_open_save(turn, key, open, expires);
	json_decref(open);
	return open_put(turn, record, surge, expires);
}

/* The gravest first: what alarms from the fewest cases on. */
static int compare(const void *a, const void *b)
{
	const struct surge *x = a, *y = b;

	if (x->rule->least != y->rule->least)
		return x->rule->least < y->rule->least ? -1 : 1;
	return strcmp(x->rule->field, y->rule->field);
}

static int surges_find(const struct turn *turn, const struct record *record, struct surge *out,
	size_t *count)
{
	const struct form_weekly *weekly = record->report.form->weekly;
	struct week_list before;
	int error = before_load(turn, record, &before);

	*count = 0;
	for (size_t i = 0; error == OK && i < weekly->nleast; i++) {
		const struct form_least *rule = &weekly->least[i];
		struct surge one = {rule, cases_of(&record->report, rule->field)};
		bool news = false;

		if ((double)one.cases >= rule->least ||
			has_grown(weekly, &before, rule->field, one.cases))
			error = open_see(turn, record, &one, &news);
		if (news)
			out[(*count)++] = one;
	}
	if (*count > 1)
		qsort(out, *count, sizeof(*out), compare);
	return error;
}

const char *surge_week(const struct turn *turn, const struct reply_context *reply,
	const struct record *record)
{
	return arena_printf(turn->flow->arena, "%s %s", reply_word(reply, "unit", "week", "mgg"),
		report_text(&record->report, record->report.form->weekly->week));
}

/* "campak 1, diare 20, mgg 32" */
static const char *words_of(const struct turn *turn, const struct reply_context *reply,
	const struct record *record, const struct surge *surges, size_t count)
{
	const struct form *form = record->report.form;
	struct arena *arena = turn->flow->arena;
	const char *text = "";

	for (size_t i = 0; i < count; i++)
		text = arena_printf(arena, "%s%s %ld, ", text,
			reply_told(reply, form, surges[i].rule->field), surges[i].cases);
	return arena_printf(arena, "%s%s", text, surge_week(turn, reply, record));
}

static int tell(const struct turn *turn, const struct record *record, enum message_id id,
	const struct surge *surges, size_t count)
{
	const char *unit = unit_of(record);
	struct recipients *to = arena_alloc(turn->flow->arena, sizeof(*to));
	bool now = true;
	int error = recipients_find(turn, gazetteer_area(turn->flow->places, record->row.area),
		gazetteer_area(turn->flow->places, unit) != NULL
			? TO_BIDAN | TO_PUSKESMAS | TO_DINKES : TO_PUSKESMAS | TO_DINKES,
		to);

	if (error == OK && id != MESSAGE_OUTBREAK_OVER)
		error = bundle_begin(
			turn, id == MESSAGE_OUTBREAK ? "outbreaks" : "outbreaks-less", &now);
	for (size_t i = 0; error == OK && i < to->count; i++) {
		struct sender sender;
		struct reply_context reply;

		turn_towards(turn, &to->list[i].person, &sender, &reply);
		if (!now) {
			error = bundle_add(turn, to->list[i].person.phone,
				arena_printf(turn->flow->arena, "%s %s", record->row.ref,
					words_of(turn, &reply, record, surges, count)));
			continue;
		}
		error = turn_send(turn, "alert", to->list[i].person.phone,
			message_text(turn->flow->catalogue, turn->flow->arena,
				reply_language(&reply), id, "ref", record->row.ref, "what",
				words_of(turn, &reply, record, surges, count), "place",
				reply_place(&reply, unit), "who",
				reply_title_case(turn->flow->arena,
					turn->person.name == NULL ? "kabar" : turn->person.name),
				NULL),
			record->row.ref);
	}
	return error;
}

int surge_see(const struct turn *turn, const struct record *record)
{
	const struct form_weekly *weekly = record->report.form->weekly;
	struct surge *surges = arena_alloc(
		turn->flow->arena, (weekly->nleast + 1) * sizeof(*surges));
	size_t count;
	int error;

	if (unit_of(record) == NULL)
		return OK;
	error = surges_find(turn, record, surges, &count);
	return error != OK || count == 0
		? error : tell(turn, record, MESSAGE_OUTBREAK, surges, count);
}

/* One kind of cases: told by `before`, and fewer now? */
static int fell_see(const struct turn *turn, const struct record *before,
	const struct record *after, struct surge *surge, bool *fell)
{
	const char *key = key_of(turn, before, surge->rule), *ref;
	struct week_list weeks = {0};
	struct date week;
	json_t *open = NULL;
	int error = outbreak_open_load(turn, key, &open);

	ref = json_string_value(json_object_get(open, "ref"));
	*fell = error == OK && ref != NULL && strcmp(ref, before->row.ref) == 0 &&
		surge->cases < (long)json_integer_value(json_object_get(open, "sum"));
	json_decref(open);
	if (error != OK || !*fell)
		return error;
	if (after != NULL)
		error = before_load(turn, after, &weeks);
	if (error != OK)
		return error;
	if (after == NULL || !date_parse(after->row.date, &week) ||
		((double)surge->cases < surge->rule->least &&
			!has_grown(after->report.form->weekly, &weeks, surge->rule->field,
				surge->cases)))
		return outbreak_open_drop(turn, key);
	return open_put(turn, after, surge, expires_at(turn, after, week));
}

int surge_fell(
	const struct turn *turn, const struct record *record, const struct record *after)
{
	const struct form_weekly *weekly = record->report.form->weekly;
	struct surge *surges = arena_alloc(
		turn->flow->arena, (weekly->nleast + 1) * sizeof(*surges));
	size_t count = 0;
	int error = OK;

	if (after != NULL && !week_same(&record->report, &after->report))
		after = NULL; /* of another unit or week now */
	for (size_t i = 0; error == OK && i < weekly->nleast; i++) {
		bool fell;

		surges[count] = (struct surge){&weekly->least[i],
			after == NULL ? 0 : cases_of(&after->report, weekly->least[i].field)};
		error = fell_see(turn, record, after, &surges[count], &fell);
		count += error == OK && fell;
	}
	if (count > 1)
		qsort(surges, count, sizeof(*surges), compare);
	return error != OK || count == 0
		? error
		: tell(turn, record, MESSAGE_OUTBREAK_FELL, surges, count);
}

int surge_end(const struct turn *turn, const struct record *record, bool *open)
{
	const struct form_weekly *weekly = record->report.form->weekly;
	struct surge *surges = arena_alloc(
		turn->flow->arena, (weekly->nleast + 1) * sizeof(*surges));
	size_t count = 0;
	int error = OK;

	for (size_t i = 0; error == OK && i < weekly->nleast; i++) {
		const struct form_least *rule = &weekly->least[i];
		const char *key = key_of(turn, record, rule), *ref;
		json_t *state;

		error = outbreak_open_load(turn, key, &state);
		ref = error == OK ? json_string_value(json_object_get(state, "ref")) : NULL;
		if (ref != NULL && strcmp(ref, record->row.ref) == 0) {
			surges[count++] = (struct surge){rule,
				(long)json_integer_value(json_object_get(state, "sum"))};
			error = outbreak_open_drop(turn, key);
		}
		if (error == OK)
			json_decref(state);
	}
	if (count > 1)
		qsort(surges, count, sizeof(*surges), compare);
	*open = count > 0;
	if (error == OK && count > 0)
		error = turn_audit(turn, "over", record->row.ref, NULL, turn->sender.phone);
	return error != OK || count == 0
		? error : tell(turn, record, MESSAGE_OUTBREAK_OVER, surges, count);
}
