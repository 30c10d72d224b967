/* A measured indicator in words, and how complete it is. */
#include <ctype.h>
#include <string.h>

#include "flows/measure/query_number.h"
#include "flows/measure/query_target.h"
#include "flows/measure/query_value.h"
#include "store/report/tally.h"

static const char *number(const struct turn *turn, int64_t value)
{
	return query_number_text(turn->flow->arena, value);
}

static const char *word(const struct turn *turn, const char *name, const char *standard)
{
	return reply_word(&turn->reply, "query", name, standard);
}

const char *query_count_beside(const struct turn *turn, const struct reply_context *reply,
	const struct measured *measured, bool *said)
{
	const char *count = number(turn, measured->count), *waits;

	if (measured->waiting == 0)
		return count;
	waits = *said ? "" : reply_word(reply, "query", "waiting", "belum dicek");
	*said = true;
	return arena_printf(turn->flow->arena, "%s (+%s%s%s)", count,
		number(turn, measured->waiting), *waits != '\0' ? " " : "", waits);
}

const char *query_count_text(const struct turn *turn, const struct measured *measured)
{
	bool said = false;

	return query_count_beside(turn, &turn->reply, measured, &said);
}

/* "38 dari 45 (84,4%)", "3 dari 63 balita ditimbang (4,76%)", "0 dari 4 (tidak disebut 4)" */
const char *query_share_text(const struct turn *turn, const struct measured *measured)
{
	struct arena *arena = turn->flow->arena;
	const char *what = reply_word(&turn->reply, "births", measured->indicator->of, ""), *text,
		*share;

	if (measured->of <= 0 && measured->waiting == 0)
		return word(turn, "untold", "belum ada yang melaporkan");
	text = arena_printf(arena, "%s %s %s%s%s", query_count_text(turn, measured),
		reply_word(&turn->reply, "of", "all", "dari"), number(turn, measured->of),
		*what != '\0' ? " " : "", what);
	if (measured->of <= measured->unsaid)
		share = "";
	else
		share = percent_text(arena, measured->count, measured->of);
	if (measured->unsaid > 0)
		share = arena_printf(arena, "%s%s%s %s", share, *share != '\0' ? "; " : "",
			word(turn, "unsaid", "tidak disebut"), number(turn, measured->unsaid));
	return *share == '\0' ? text : arena_printf(arena, "%s (%s)", text, share);
}

/* "8, lahir hidup 7.340: 109 (47-215)/100.000"; only the numbers when they can carry no rate. */
static const char *rated_text(const struct turn *turn, const struct measured *measured, bool thin)
{
	struct arena *arena = turn->flow->arena;
	const struct form_indicator *indicator = measured->indicator;
	const char *text = arena_printf(arena, "%s, %s %s", query_count_text(turn, measured),
		reply_word(&turn->reply, "births", indicator->of, indicator->of),
		number(turn, measured->of));

	if (thin || measured->of <= 0 || measured->count < turn->flow->settings->small_number)
		return text;
	return arena_printf(arena, "%s: %s", text,
		rate_text(
			arena, measured->count, measured->of, indicator->per, indicator->decimals));
}

/* told: how many told the form; of nobody's telling no number follows, not even 0. */
static const char *measured_text(
	const struct turn *turn, const struct measured *measured, int64_t told, bool thin)
{
	if (measured->count == 0 && measured->of <= 0 && measured->waiting == 0 && told == 0)
		return word(turn, "untold", "belum ada yang melaporkan");
	if (measured->indicator->of == NULL ||
		(measured->of <= 0 && *measured->indicator->of == '\0'))
		return query_count_text(turn, measured);
	return measured->indicator->per > 0 ? rated_text(turn, measured, thin)
					    : query_share_text(turn, measured);
}

/* ", sasaran 420 (84,5%)": a denominator of the year's plan beside the told one. */
static int add_target(const struct turn *turn, const struct query *query,
	const struct measured *measured, const char **text)
{
	struct arena *arena = turn->flow->arena;
	enum target_known known;
	int64_t target;
	int error = query_target(turn, query, measured->indicator, &target, &known);

	if (error != OK || known == TARGET_NONE)
		return error;
	*text = known == TARGET_PARTLY || target <= 0
		? arena_printf(arena, "%s, %s", *text,
			  word(turn, "target_partly", "sasaran belum lengkap"))
		: arena_printf(arena, "%s, %s %s (%s)", *text, word(turn, "target", "sasaran"),
			  number(turn, target), percent_text(arena, measured->count, target));
	return OK;
}

/* "S semua 150": those who held no session are left out of the share, not of the sight. */
static int add_whole(const struct turn *turn, const struct query *query,
	const struct measured *measured, const char **text)
{
	const struct form_indicator *indicator = measured->indicator;
	struct period year = query->period;
	struct arena *arena = turn->flow->arena;
	int64_t all = 0;
	char *name;
	int error;

	if (indicator->of == NULL || !indicator->of_stock || indicator->stock)
		return OK;
	year.from = date_add_months((struct date){year.to.year, year.to.month, 1}, -11);
	error = query_stock_sum(turn, query, indicator->of, year, &all);
	if (error != OK || all <= measured->of ||
		query->period.from.year * 12 + query->period.from.month <
			query->period.to.year * 12 + query->period.to.month)
		return error;
	name = arena_strdup(arena, indicator->of);
	for (char *c = name; *c != '\0'; c++)
		*c = (char)toupper((unsigned char)*c);
	*text = arena_printf(arena, "%s, %s %s %s", *text, name, word(turn, "everywhere", "semua"),
		number(turn, all));
	return OK;
}

static int add_beside(const struct turn *turn, const struct query *query,
	const struct measured *measured, const char **text)
{
	const char *name = measured->indicator->beside;
	struct measured beside;
	int error = name == NULL ? OK : query_measure(turn, query, name, &beside);

	if (name == NULL || error != OK || beside.of == measured->of || beside.of <= 0)
		return error;
	*text = arena_printf(turn->flow->arena, "%s, %s %s", *text,
		reply_word(&turn->reply, "title", name, name), query_share_text(turn, &beside));
	return OK;
}

/* What is told of people by their names beside a count that is told; NULL: nothing is. */
static const struct form_by_name *by_name_of(const struct form *form, const char *count)
{
	for (size_t i = 0; i < form->nby_name; i++) {
		if (strcmp(form->by_names[i].field, count) == 0)
			return &form->by_names[i];
	}
	return NULL;
}

/* "menurut nama 36": beside what a session told, never in it. */
static int add_by_name(const struct turn *turn, const struct query *query,
	const struct measured *measured, const char **text)
{
	const struct form_indicator *indicator = measured->indicator;
	const struct form_by_name *other = indicator->count == NULL || indicator->stock
		? NULL
		: by_name_of(measured->form, indicator->count);
	int64_t sum = 0;
	int error = other == NULL ? OK
				  : query_sum(turn, query, other->count, query->period, &sum);

	if (error == OK && sum > 0)
		*text = arena_printf(turn->flow->arena, "%s, %s %s", *text,
			word(turn, "by_name", "menurut nama"), number(turn, sum));
	return error;
}

/* The period before, of the same length. */
struct period query_period_before(struct period period)
{
	int months =
		(period.to.year - period.from.year) * 12 + period.to.month - period.from.month + 1;
	int days = date_diff_days(period.to, period.from) + 1;
	struct period before;

	if (period.from.day == 1 &&
		period.to.day == date_month_days(period.to.year, period.to.month)) {
		before.from = date_add_months(period.from, -months);
		before.to = date_add_days(period.from, -1);
		return before;
	}
	before.from = date_add_days(period.from, -days);
	before.to = date_add_days(period.from, -1);
	return before;
}

/* "naik 2 dari Jul 24": of a period that is over, when both are told well enough to compare. */
static int add_trend(const struct turn *turn, const struct query *query,
	const struct measured *measured, const struct complete *complete, const char **text)
{
	struct arena *arena = turn->flow->arena;
	struct query before = *query;
	struct complete then;
	char period[PERIOD_TEXT];
	int64_t count = 0, change;
	int error;

	if (measured->indicator->of != NULL || measured->indicator->stock ||
		measured->indicator->cases != CASES_NONE ||
		date_compare(query->period.to, turn->now.date) >= 0 || complete_is_thin(complete))
		return OK;
	before.period = query_period_before(query->period);
	error = query_complete(turn, &before, measured->form, measured->indicator, &then);
	if (error == OK && !complete_is_thin(&then))
		error = query_sum(turn, &before, measured->indicator->count, before.period, &count);
	if (error != OK || complete_is_thin(&then) || count == 0)
		return error;
	change = measured->count - count;
	period_format(before.period, period);
	*text = arena_printf(arena, "%s, %s%s%s %s %s", *text,
		change > 0           ? word(turn, "up", "naik")
			: change < 0 ? word(turn, "down", "turun")
				     : word(turn, "level", "sama"),
		change == 0 ? "" : " ",
		change == 0 ? "" : number(turn, change < 0 ? -change : change),
		change == 0 ? word(turn, "as", "dengan") : word(turn, "from", "dari"),
		reply_period(&turn->reply, period));
	return OK;
}

/* The forms that a rate stands on: that of the events, that of what they are of. */
static int complete_of(const struct turn *turn, const struct query *query,
	const struct measured *measured, struct complete list[2], size_t *count)
{
	const struct form *of = NULL;
	int error = query_complete(
		turn, query, measured->form, measured->indicator, &list[0]);

	*count = 1;
	if (measured->indicator->of != NULL && measured->indicator->per > 0)
		(void)query_indicator(turn->flow->reader, measured->indicator->of, &of);
	if (error == OK && of != NULL && of != measured->form) {
		error = query_complete(turn, query, of, NULL, &list[1]);
		*count = 2;
	}
	return error;
}

int query_value(const struct turn *turn, const struct query *query, const char *indicator,
	const char **text, const char **note)
{
	struct measured measured;
	struct complete complete[2];
	size_t count;
	bool thin;
	int error = query_measure(turn, query, indicator, &measured);

	if (error == OK)
		error = complete_of(turn, query, &measured, complete, &count);
	if (error != OK)
		return error;
	thin = measured.indicator->per > 0 &&
		(complete_is_thin(&complete[0]) || (count > 1 && complete_is_thin(&complete[1])));
	*text = measured_text(turn, &measured, complete[0].told, thin);
	*note = complete_text(&turn->reply, complete, count);
	if (thin && measured.count >= turn->flow->settings->small_number)
		*note = arena_printf(turn->flow->arena, "%s, %s", *note,
			word(turn, "thin", "belum cukup untuk rasio"));
	if (query->without)
		return OK;
	error = add_target(turn, query, &measured, text);
	if (error == OK)
		error = add_whole(turn, query, &measured, text);
	if (error == OK)
		error = add_beside(turn, query, &measured, text);
	if (error == OK)
		error = add_by_name(turn, query, &measured, text);
	if (error == OK)
		error = add_trend(turn, query, &measured, &complete[0], text);
	return error;
}
