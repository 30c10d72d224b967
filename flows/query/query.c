/* Queries: one table of indicators; scope and period are settled here, each command answers in its
 * own file. */
#include "flows/query/query.h"
#include "flows/query/query_answers.h"
#include "flows/query/query_then.h"

#include <string.h>

#include "flows/change/count.h"
#include "flows/record/pending.h"
#include "flows/reply/reply_asked.h"
#include "flows/rules/scope.h"
#include "flows/turn/handlers.h"
#include "store/message/deadline.h"
#include "store/report/tally.h"

#define LOOKED_AT_MOST 20000 /* reports of one question; each takes some 18 us of the worker */

/* What is no number of a form: each answers in its own file. */
static const struct query_command commands[] = {
	{"pos", query_pos},
	{"ilp", query_ilp},
	{"belum_lapor", query_gaps},
	{"rekap", query_recap},
	{"kematian", query_deaths},
	{"evaluasi", query_evaluate},
	{"skrining", query_checkup},
	{"jumlah_wilayah", query_places_count},
	{"waspada", query_open},
};

static query_answer *command_find(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(commands); i++) {
		if (strcmp(commands[i].name, name) == 0)
			return commands[i].run;
	}
	return NULL;
}

bool query_command_known(const char *name)
{
	return command_find(name) != NULL;
}

/* BELUM LAPOR of each kecamatan or puskesmas; of desa it is itself a list of them. */
static bool lists_gaps(const struct query *query)
{
	return command_find(query->indicator) == query_gaps && query->by != NULL &&
		(strcmp(query->by, "kecamatan") == 0 || strcmp(query->by, "puskesmas") == 0 ||
			strcmp(query->by, "kabupaten") == 0) &&
		(query->form == NULL || strcmp(query->form, "skdr") != 0);
}

/* The function that answers; NULL: there is no such indicator. */
static query_answer *answer_find(const struct turn *turn, const struct query *query)
{
	const struct form *form;
	bool number = query_indicator(turn->flow->reader, query->indicator, &form) != NULL;

	if (query_lists_dead(query))
		return query_dead;
	if (query->split != NULL && (query->by == NULL ||
		(query_by_time(query) && !query_side_carries(turn, query))))
		return query_split;
	if (query_is_side(query) && query_side_carries(turn, query))
		return query_side;
	if (lists_gaps(query))
		return query_by;
	if (query->by != NULL && (number || query_by_form(turn->flow->reader, query) != NULL))
		return query_by;
	if (query_is_weekly(turn->flow->reader, query->indicator))
		return query_units_told;
	if (query_is_cases(turn->flow->reader, query->indicator))
		return query->by != NULL && !query_by_time(query) ? query_by : query_cases;
	if (query->nalso == 0 && command_find(query->indicator) != NULL)
		return command_find(query->indicator);
	if (query->nalso == 0 && query_due_form(turn->flow->reader, query->indicator) != NULL)
		return query_due;
	return number ? query_count : NULL;
}

static const struct problem *problem_of(const struct reading *reading, enum problem_code code)
{
	for (size_t i = 0; i < reading->nproblem; i++) {
		if (reading->problems[i].code == code)
			return &reading->problems[i];
	}
	return NULL;
}

/* The area asked, else the sender's own. */
static void place_find(const struct turn *turn, const char *code, struct query *query)
{
	if (code == NULL) {
		query->puskesmas = turn->sender.puskesmas;
		if (query->puskesmas == NULL && turn->sender.narea > 0)
			query->area = turn->sender.areas[0];
		return;
	}
	query->area = gazetteer_area(turn->flow->places, code);
	if (query->area == NULL)
		query->puskesmas = gazetteer_puskesmas(turn->flow->places, code);
	if (query->area == NULL && query->puskesmas == NULL)
		query->posyandu = gazetteer_posyandu(turn->flow->places, code);
	if (query->posyandu != NULL)
		query->area = query->posyandu->area;
}

static void period_find(const struct turn *turn, const char *text, struct query *query)
{
	struct date today = turn->now.date;

	if (text != NULL && period_parse(text, &query->period))
		return;
	query->period.from = (struct date){today.year, today.month, 1};
	query->period.to =
		(struct date){today.year, today.month, date_month_days(today.year, today.month)};
}

static int ask_area(struct turn *turn, const struct problem *problem)
{
	struct pending pending = {.kind = "again", .slot = "query", .text = turn_text(turn)};

	for (size_t i = 0; i < problem->noption; i++)
		pending.options[pending.noption++] = problem->options[i].value;
	turn->answer = reply_compose(&turn->reply, turn->reading);
	return pending.noption == 0 ? OK : pending_add(turn, turn->sender.phone, &pending);
}

/* Of several places one answer can only be about one. */
static int ask_which(struct turn *turn)
{
	struct reading *reading = turn->reading;
	struct problem which = {.field = "area", .code = PROBLEM_AMBIGUOUS};

	for (size_t i = 0; i <= reading->query.nbeside; i++) {
		struct query place = {.indicator = reading->query.indicator};

		place_find(turn, i == 0 ? reading->query.area : reading->query.beside[i - 1],
			&place);
		query_name(turn, &place);
		which.options[which.noption++] = (struct option){
			i == 0 ? reading->query.area : reading->query.beside[i - 1],
			place.area_name};
	}
	reading->problems[0] = which;
	reading->nproblem = 1;
	return ask_area(turn, &reading->problems[0]);
}

void query_name(struct turn *turn, struct query *query)
{
	char period[PERIOD_TEXT];

	query->area_name = "";
	if (query->puskesmas != NULL)
		query->area_name = reply_place(&turn->reply, query->puskesmas->id);
	else if (query->posyandu != NULL)
		query->area_name = arena_printf(turn->flow->arena, "%s %s",
			reply_word(&turn->reply, "short", "posyandu", "Posyandu"),
			reply_place(&turn->reply, query->posyandu->id));
	else if (query->area != NULL)
		query->area_name = query_area_name(turn, query->area);
	period_format(query->period, period);
	query->period_name = reply_period(&turn->reply, period);
	query->title = reply_word(&turn->reply, "title", query->indicator, query->indicator);
	if (query->without)
		query->title = reply_word(&turn->reply, "without", query->indicator,
			arena_printf(turn->flow->arena, "%s %s",
				reply_word(&turn->reply, "query", "not", "Bukan"), query->title));
	if (query->which != NULL)
		query->title = arena_printf(turn->flow->arena, "%s%s", query->title,
			query_which_text(turn, query->indicator, query->which));
}

static bool own(const struct turn *turn, const struct query *query)
{
	return query->puskesmas != NULL ? scope_puskesmas(&turn->sender, query->puskesmas)
					: scope_area(&turn->sender, query->area);
}

/* The further places of the question; the first that is not the sender's to see: *outside. */
static void beside_find(const struct turn *turn, const char *const *codes, struct query *query,
	const struct query **outside)
{
	struct query *list = arena_alloc(turn->flow->arena, QUERY_TEXTS * sizeof(*list));

	for (size_t i = 0; i < query->nbeside; i++) {
		list[i] = *query;
		list[i].area = NULL;
		list[i].puskesmas = NULL;
		list[i].posyandu = NULL;
		list[i].nbeside = 0;
		place_find(turn, codes[i], &list[i]);
		if (*outside == NULL && !own(turn, &list[i]))
			*outside = &list[i];
	}
	query->beside = list;
}

/* It has not begun: there can be nothing yet. Dates that people expect lie there. */
static bool is_ahead(const struct turn *turn, const struct query *query, query_answer *answer)
{
	return answer != query_due && date_compare(query->period.from, turn->now.date) > 0;
}

/* Report by report no more is looked at than holds the worker for a third of a second, and in more
 * than a kabupaten only deaths. */
static int is_too_wide(const struct turn *turn, const struct query *query, bool *wide)
{
	const struct form *form;
	const struct form_indicator *indicator =
		query_indicator(turn->flow->reader, query->indicator, &form);
	struct query all = *query;
	struct measured cases;
	int64_t count = 0;
	int error;

	*wide = false;
	if ((query->which == NULL && query->split == NULL) || indicator == NULL ||
		(indicator->count == NULL && indicator->cases == CASES_NONE))
		return OK;
	all.which = NULL;
	if (indicator->cases != CASES_NONE) {
		error = query_measure(turn, &all, query->indicator, &cases);
		count = cases.count;
	} else {
		error = query_sum(turn, query, indicator->count, query->period, &count);
	}
	*wide = count > LOOKED_AT_MOST ||
		(query->area != NULL && query->area->level == LEVEL_PROVINSI &&
			form->story == NULL);
	return error;
}

static int answer_asked(struct turn *turn, const char *remark)
{
	const struct reading *reading = turn->reading;
	const struct problem *problem = problem_of(reading, PROBLEM_AMBIGUOUS);
	struct query query = {.indicator = reading->query.indicator,
		.also = reading->query.also,
		.nalso = reading->query.nalso,
		.nbeside = reading->query.nbeside,
		.by = reading->query.by,
		.lowest = reading->query.lowest,
		.ends = reading->query.ends,
		.without = reading->query.without,
		.limit = reading->query.limit,
		.limit_too = reading->query.limit_too,
		.which = reading->query.which,
		.split = reading->query.split,
		.apart = reading->query.apart,
		.form = reading->query.form,
		.kind = reading->query.kind,
		.remark = remark};
	const struct query *outside = NULL;
	query_answer *answer;
	bool wide;
	int error;

	if (problem != NULL)
		return ask_area(turn, problem);
	if (reading->query.against != NULL &&
		!period_parse(reading->query.against, &query.against))
		query.against = (struct period){0};
	answer = query.indicator == NULL ? NULL : answer_find(turn, &query);
	if (reading->nproblem == 0 && answer == NULL && query.nalso > 0)
		return query_say_mixed(turn, &reading->query);
	if (reading->nproblem > 0 || answer == NULL) {
		turn->answer = reply_compose(&turn->reply, reading);
		return OK;
	}
	place_find(turn, reading->query.area, &query);
	query_by_fit(turn, &query);
	period_find(turn, reading->query.period, &query);
	query_name(turn, &query);
	if (!own(turn, &query))
		outside = &query;
	beside_find(turn, reading->query.beside, &query, &outside);
	if (outside != NULL) {
		struct query other = *outside;

		query_name(turn, &other);
		turn_say(turn, MESSAGE_QUERY_SCOPE, "area", other.area_name);
		return OK;
	}
	if (query.nbeside > 0 && answer != query_side && answer != query_by)
		return ask_which(turn);
	error = is_too_wide(turn, &query, &wide);
	if (error != OK)
		return error;
	if (wide) {
		turn_say(turn, MESSAGE_QUERY_NARROW, "area", query.area_name);
		return OK;
	}
	if (is_ahead(turn, &query, answer)) {
		turn_say(turn, MESSAGE_QUERY_AHEAD, "period", query.period_name);
		return OK;
	}
	error = query_keep(turn, &query);
	if (error != OK)
		return error;
	if (query.against.from.year != 0 && answer != query_side && answer != query_by &&
		answer != query_evaluate)
		return query_say_apart(turn, &reading->query);
	if (query_mixed(turn, &query) && (answer == query_count || answer == query_by))
		return query_say_mixed(turn, &reading->query);
	if (query.by != NULL && (answer == query_recap || answer == query_units_told ||
				answer == query_cases || answer == query_split ||
				answer == query_checkup || answer == query_open))
		return query_say_each(turn, &query);
	return answer(turn, &query);
}

int query_one(struct turn *turn)
{
	const char *remark = turn->reading->nproblem > 0
		? NULL : reply_left_out(&turn->reply, &turn->reading->query);
	int error;

	if (remark == NULL && turn->reading->nproblem == 0)
		remark = query_split_remark(turn);
	error = answer_asked(turn, remark);

	if (error == OK)
		query_add_meaning(turn);
	if (error == OK && remark != NULL && turn->answer != NULL)
		turn->answer = reply_remarked(turn->flow->arena, remark, turn->answer);
	return error;
}

static int more_load(struct turn *turn, const char *data, struct query *query, size_t *offset)
{
	const struct query *outside = NULL;
	const char *const *places;
	const char *area = query_page_load(turn, data, query, &places, offset);

	place_find(turn, area, query);
	beside_find(turn, places, query, &outside);
	return query->indicator != NULL && (query->area != NULL || query->puskesmas != NULL)
		? OK
		: ERR_SYNTAX;
}

int query_more(struct turn *turn)
{
	struct query query;
	const char *data;
	size_t offset;
	bool done;
	int error = store_session_get(turn->flow->store, turn->flow->arena, "more",
		turn->sender.phone, turn->flow->now, &data);

	if (error == ERR_NOT_FOUND) {
		turn_say_plain(turn, MESSAGE_QUERY_END);
		return answer_ask_again(turn, &done); /* "lanjut" */
	}
	if (error == OK)
		error = more_load(turn, data, &query, &offset);
	if (error != OK)
		return error;
	query_name(turn, &query);
	if (query_lists_dead(&query))
		return query_dead_page(turn, &query, offset);
	if (query_is_side(&query) && query_side_carries(turn, &query))
		return query_side_page(turn, &query, offset);
	if (query_due_form(turn->flow->reader, query.indicator) != NULL)
		return query_due_page(turn, &query, offset);
	if (command_find(query.indicator) == query_evaluate)
		return query_evaluate_page(turn, &query, offset);
	if (command_find(query.indicator) == query_open)
		return query_open_page(turn, &query, offset);
	if (command_find(query.indicator) == query_recap)
		return query_recap_page(turn, &query, offset);
	if (query.nalso > 0 && query.by == NULL)
		return query_several_page(turn, &query, offset);
	return command_find(query.indicator) == query_gaps && !lists_gaps(&query)
		? query_gaps_page(turn, &query, offset) : query_by_page(turn, &query, offset);
}

/* Whether a form counts it as a stock. */
static bool is_stock(const struct reader *reader, const char *name)
{
	const struct form *form;

	for (size_t i = 0; (form = reader_form_at(reader, i)) != NULL; i++) {
		for (size_t k = 0; k < form->ncount; k++) {
			if (strcmp(form->counts[k].name, name) == 0)
				return form->counts[k].stock;
		}
	}
	return false;
}

int query_number(struct turn *turn, const char *indicator, const char *area, const char *period,
	int64_t *number)
{
	struct query query = {.indicator = indicator};
	const struct form_indicator *found;
	const struct form *form;
	const char *count = indicator;
	int64_t of;

	place_find(turn, area, &query);
	period_find(turn, period, &query);
	if (query.area == NULL && query.puskesmas == NULL)
		return ERR_NOT_FOUND;
	if (command_find(indicator) == query_ilp)
		return query_coverage(turn, &query,
			arena_printf(turn->flow->arena, COVERAGE_HELD, indicator), number, &of);
	found = query_indicator(turn->flow->reader, indicator, &form);
	if (found != NULL && found->cases != CASES_NONE) {
		struct measured measured;
		int error = query_measure(turn, &query, indicator, &measured);

		*number = measured.count;
		return error;
	}
	if (found != NULL)
		count = found->count;
	return is_stock(turn->flow->reader, count)
		? query_stock_sum(turn, &query, count, query.period, number)
		: query_sum(turn, &query, count, query.period, number);
}

int query_figure(struct turn *turn, const char *indicator, const char *area, const char *period,
	int64_t *part, int64_t *whole)
{
	struct query query = {.indicator = indicator, .counted = true};
	struct measured measured;
	int error;

	place_find(turn, area, &query);
	period_find(turn, period, &query);
	if (query.area == NULL && query.puskesmas == NULL)
		return ERR_NOT_FOUND;
	error = query_measure(turn, &query, indicator, &measured);
	*part = measured.count;
	*whole = measured.of;
	return error;
}

int query_told(struct turn *turn, const char *form, const char *area, const char *period,
	int64_t *told, int64_t *of)
{
	struct query query = {.indicator = form};
	const struct form *which = reader_form(turn->flow->reader, form);
	struct complete complete = {0};
	int error;

	place_find(turn, area, &query);
	period_find(turn, period, &query);
	if (which == NULL || (query.area == NULL && query.puskesmas == NULL))
		return ERR_NOT_FOUND;
	error = query_complete(turn, &query, which, NULL, &complete);
	*told = complete.told;
	*of = complete.of;
	return error;
}
