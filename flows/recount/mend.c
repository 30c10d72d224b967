/* Counting again where the rules of counting have changed, and where counts were damaged: see
 * mend.h. */
#include "flows/recount/mend.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flows/change/case_keep.h"
#include "flows/change/count.h"
#include "flows/change/count_named.h"
#include "flows/recount/recount.h"
#include "flows/recount/recount_state.h"
#include "parsers/form/form.h"
#include "store/report/cells.h"
#include "store/report/names.h"

#define KIND	   "recount"
#define SUBJECT	   "counts"
#define NAMES_MAX  128 /* of all forms */
#define TELLERS_MAX 256 /* posyandu that tell in a desa's month */
#define REPORTS_MAX 2000 /* of a form in a desa's month */
#define DAY_ROOM   16

/* What is wrong is set right while it is found. */
struct mending {
	const struct turn *turn;
	const char *area; /* of the month that is looked at; NULL: everything is */
	bool posyandu; /* one of its posyandu is looked at, else the desa itself */
	bool stocks;   /* a stock of the posyandu is wrong */
	size_t mended;
	int error;
};

static uint64_t hash_text(uint64_t hash, const char *text)
{
	for (; text != NULL && *text != '\0'; text++)
		hash = (hash ^ (unsigned char)*text) * 1099511628211u;
	return (hash ^ 1) * 1099511628211u;
}

static uint64_t hash_condition(uint64_t hash, const struct condition *condition)
{
	for (size_t i = 0; i < condition->nterm; i++) {
		const struct condition_term *term = &condition->terms[i];

		hash = (hash_text(hash, term->field) ^ (uint64_t)term->op) * 1099511628211u;
		for (size_t k = 0; k < term->nright; k++)
			hash = hash_text(hash, term->right[k]);
	}
	return hash_text(hash, "");
}

/* Two sets of forms that count otherwise have two numbers; never 0. */
static int64_t rules_of(const struct reader *reader)
{
	uint64_t hash = 14695981039346656037u;
	const struct form *form;

	for (size_t i = 0; (form = reader_form_at(reader, i)) != NULL; i++) {
		hash = hash_text(hash_text(hash_text(hash, form->name), form->date), form->held);
		if (form->cases != NULL)
			hash = hash_text(hash, "cases");
		for (size_t k = 0; k < form->ncount; k++) {
			const struct form_count *count = &form->counts[k];

			hash = hash_text(hash_text(hash, count->name), count->by);
			hash = hash_condition(hash, &count->when);
			hash = hash_condition(hash, &count->unless);
			hash = hash_text(hash, count->stock ? "stock" : "");
			if (count->once)
				hash = hash_text(hash, count->named ? count->named : "once");
		}
	}
	return (int64_t)(hash >> 2) + 1;
}

/* The names of all forms' events or stocks. */
static struct cell_names names_of(const struct turn *turn, bool stocks)
{
	const char **list = arena_alloc(turn->flow->arena, NAMES_MAX * sizeof(*list));
	const struct form *form;
	size_t count = 0;

	for (size_t i = 0; (form = reader_form_at(turn->flow->reader, i)) != NULL; i++) {
		for (size_t k = 0; k < form->ncount && count < NAMES_MAX; k++) {
			bool known = form->counts[k].stock != stocks;

			for (size_t n = 0; !known && n < count; n++)
				known = strcmp(list[n], form->counts[k].name) == 0;
			if (!known)
				list[count++] = form->counts[k].name;
		}
	}
	return (struct cell_names){list, count};
}

static struct cell_names coverage_of(const struct turn *turn)
{
	const char **list = arena_alloc(turn->flow->arena, NAMES_MAX * sizeof(*list));
	const struct form *form;
	size_t count = 0;

	for (size_t i = 0; (form = reader_form_at(turn->flow->reader, i)) != NULL; i++) {
		if (count + 2 > NAMES_MAX)
			break;
		list[count++] = form->name;
		list[count++] = arena_printf(turn->flow->arena, COVERAGE_HELD, form->name);
	}
	return (struct cell_names){list, count};
}

/* An event is added above its desa too, unless each cell above is looked at for itself. */
static int cell_mend(const struct mending *mending, const char *table, const char *place,
	const char *what, const char *when, int64_t delta)
{
	struct store *store = mending->turn->flow->store;
	struct date day;

	if (mending->area != NULL && strcmp(table, "tally_day") == 0)
		return date_parse(when, &day) ? store_tally_add(store, place, what, day, delta)
					      : OK;
	return store_cell_add(store, table, place, what, when, mending->area, delta);
}

/* Is a cell of this table whole in what is looked at? */
static bool is_whole(const struct mending *mending, const char *table)
{
	if (mending->area == NULL)
		return true;
	return mending->posyandu ? strcmp(table, "stocks") == 0 ||
			strcmp(table, "coverage_posyandu") == 0
				 : strcmp(table, "tally_day") == 0 ||
			strcmp(table, "coverage_desa") == 0;
}

static void mend_cell(const char *table, const char *place, const char *what, const char *when,
	int64_t kept, int64_t told, void *context)
{
	struct mending *mending = context;

	if (mending->error != OK || !is_whole(mending, table))
		return;
	if (strcmp(table, "stocks") == 0)
		mending->stocks = true;
	else
		mending->error = cell_mend(mending, table, place, what, when, told - kept);
	mending->mended += mending->error == OK;
}

/* The stocks of a posyandu's month, of every form that has some. */
static int stocks_mend(
	const struct turn *turn, const char *posyandu, const char *area, const char *month)
{
	const char *day = arena_printf(turn->flow->arena, "%.7s-01", month);
	const struct form *form;
	int error = OK;

	for (size_t i = 0;
		error == OK && (form = reader_form_at(turn->flow->reader, i)) != NULL; i++)
		error = count_stocks(turn, form, posyandu, area, day);
	for (size_t i = 0;
		error == OK && (form = reader_form_at(turn->flow->reader, i)) != NULL; i++)
		error = count_named_again(turn, form, posyandu, area, day);
	return error;
}

/* One place and month: what its reports say against what is kept. posyandu NULL: the desa's own. */
static int place_mend(struct mending *mending, const char *posyandu, const char *month)
{
	const struct turn *turn = mending->turn;
	char from[DAY_ROOM], to[DAY_ROOM];
	struct report_filter filter = {
		.counted = true, .posyandu = posyandu, .date_from = from, .date_to = to};
	struct cell_names counts = names_of(turn, posyandu != NULL), coverage = coverage_of(turn);
	struct recounted result;
	struct counter *counter = xcalloc(1, sizeof(*counter));
	int error;

	snprintf(from, sizeof(from), "%.7s-01", month);
	snprintf(to, sizeof(to), "%.7s-31", month);
	if (posyandu == NULL)
		filter.area_prefix = mending->area;
	mending->posyandu = posyandu != NULL;
	error = counter_begin(counter, turn->flow, mend_cell, mending, &result);
	if (error == OK)
		error = counter_take(counter, &filter);
	if (error == OK)
		error = posyandu == NULL
			? store_desa_cells(turn->flow->store, mending->area, month, &counts,
				  &coverage, counter_kept, counter)
			: store_posyandu_cells(turn->flow->store, posyandu, month, &counts,
				  &coverage, counter_kept, counter);
	if (error == OK)
		counter_rest(counter);
	counter_end(counter);
	free(counter);
	return error != OK ? error : mending->error;
}

/* What was told before its form had cases gets one. */
static int cases_mend(const struct turn *turn, const char *area, const char *month)
{
	int64_t *reports = arena_alloc(turn->flow->arena, REPORTS_MAX * sizeof(*reports));
	struct record *record = arena_alloc(turn->flow->arena, sizeof(*record));
	const struct form *form;
	int error = OK;

	for (size_t i = 0; error == OK &&
		(form = reader_form_with_cases(turn->flow->reader, &i)) != NULL;) {
		size_t count = 0;

		error = store_case_without(turn->flow->store, form->name, area, month, reports,
			REPORTS_MAX, &count);
		for (size_t k = 0; error == OK && k < count; k++) {
			error = record_load(turn, reports[k], record);
			if (error == OK)
				error = case_begin(turn, record);
		}
	}
	return error;
}

static int month_mend(struct mending *mending, const char *month)
{
	const struct turn *turn = mending->turn;
	const char **ids = arena_alloc(turn->flow->arena, TELLERS_MAX * sizeof(*ids));
	size_t count;
	/* before it is counted: nobody reports there meanwhile */
	int error = store_report_lock(turn->flow->store, mending->area);

	if (error == OK)
		error = store_month_posyandu(turn->flow->store, turn->flow->arena, mending->area,
			month, ids, TELLERS_MAX, &count);
	if (error == OK)
		error = cases_mend(turn, mending->area, month);
	if (error == OK)
		error = place_mend(mending, NULL, month);
	for (size_t i = 0; error == OK && i < count; i++) {
		mending->stocks = false;
		error = place_mend(mending, ids[i], month);
		if (error == OK && mending->stocks)
			error = stocks_mend(turn, ids[i], mending->area, month);
	}
	return error;
}

static const char *text_at(const struct turn *turn, json_t *data, const char *key)
{
	const char *text = json_string_value(json_object_get(data, key));

	return text == NULL ? "" : arena_strdup(turn->flow->arena, text);
}

static int deadline_put(
	struct flow *flow, int64_t rules, const char *area, const char *month, size_t mended)
{
	struct deadline deadline = {.kind = KIND,
		.subject = SUBJECT,
		.due = flow->now,
		.data = arena_printf(flow->arena,
			"{\"rules\":%lld,\"area\":\"%s\",\"month\":\"%s\",\"mended\":%zu}",
			(long long)rules, area, month, mended)};

	return store_deadline_put(flow->store, &deadline);
}

/* A month of a desa: messages wait for it. */
int mend_on_due(const struct turn *turn, const struct deadline *deadline)
{
	struct store *store = turn->flow->store;
	json_t *data = deadline->data == NULL ? NULL : json_loads(deadline->data, 0, NULL);
	int64_t rules = json_integer_value(json_object_get(data, "rules"));
	struct mending mending = {.turn = turn,
		.area = text_at(turn, data, "area"),
		.mended = (size_t)json_integer_value(json_object_get(data, "mended"))};
	const char *month = text_at(turn, data, "month");
	int error;

	json_decref(data);
	error = store_month_next(store, turn->flow->arena, &mending.area, &month);
	if (error == OK)
		error = month_mend(&mending, month);
	if (error == OK)
		return deadline_put(turn->flow, rules, mending.area, month, mending.mended);
	if (error != ERR_NOT_FOUND)
		return error;
	error = store_counted_by_put(store, rules);
	return error != OK ? error
			   : turn_audit(turn, KIND, SUBJECT, NULL,
				     arena_printf(turn->flow->arena, "%zu", mending.mended));
}

/* Does a recount by these rules go on already? */
static int under_way(struct flow *flow, int64_t rules, bool *going)
{
	struct deadline deadline;
	json_t *data;
	int error = store_deadline_get(flow->store, flow->arena, KIND, SUBJECT, &deadline);

	*going = false;
	if (error != OK)
		return error == ERR_NOT_FOUND ? OK : error;
	data = deadline.data == NULL ? NULL : json_loads(deadline.data, 0, NULL);
	*going = json_integer_value(json_object_get(data, "rules")) == rules;
	json_decref(data);
	return OK;
}

int mend_derive(struct flow *flow)
{
	const char *area = "", *month = "";
	int64_t rules, known;
	bool going;
	int error;

	if (flow->reader == NULL)
		return OK; /* without forms nothing is counted */
	rules = rules_of(flow->reader);
	error = store_counted_by(flow->store, &known);
	if (error != OK || known == rules)
		return error;
	error = store_month_next(flow->store, flow->arena, &area, &month);
	if (error == ERR_NOT_FOUND) /* nothing was told yet: there is nothing to count again */
		return store_counted_by_put(flow->store, rules);
	if (error == OK)
		error = under_way(flow, rules, &going);
	return error != OK || going ? error : deadline_put(flow, rules, "", "", 0);
}

/* Stocks are set by their own function, sums and all, when all were looked at. */
struct stock_wrong {
	const char *posyandu, *month;
	struct stock_wrong *next;
};
struct stocks_wrong {
	struct arena *arena;
	struct stock_wrong *first;
	size_t count;
};

static void mend_stock(const char *table, const char *place, const char *what, const char *when,
	int64_t kept, int64_t told, void *context)
{
	struct stocks_wrong *wrong = context;
	struct stock_wrong *one;

	(void)what, (void)kept, (void)told;
	if (strcmp(table, "stocks") != 0)
		return;
	one = arena_alloc(wrong->arena, sizeof(*one));
	*one = (struct stock_wrong){arena_strdup(wrong->arena, place),
		arena_strdup(wrong->arena, when), wrong->first};
	wrong->first = one;
	wrong->count++;
}

int mend_all(struct flow *flow, size_t *mended)
{
	struct turn *turn = arena_alloc(flow->arena, sizeof(*turn));
	struct stocks_wrong wrong = {.arena = flow->arena};
	struct mending mending = {.turn = turn};
	struct recounted result;
	int error = turn_begin(turn, flow, NULL);

	if (error == OK)
		error = recount(flow, mend_stock, &wrong, &result);
	for (const struct stock_wrong *one = wrong.first; error == OK && one != NULL;
		one = one->next)
		error = stocks_mend(turn, one->posyandu, "", one->month);
	if (error == OK)
		error = recount(flow, mend_cell, &mending, &result);
	*mended = wrong.count + mending.mended;
	if (error == OK)
		error = mending.error;
	return error != OK ? error : store_counted_by_put(flow->store, rules_of(flow->reader));
}
