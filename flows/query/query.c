/* Queries: one table of indicators; scope and period are settled here, each command answers in its
 * own file. */
#include "flows/query/query.h"

#include <stdio.h>
#include <string.h>

#include "flows/record/pending.h"
#include "flows/rules/scope.h"
#include "flows/turn/handlers.h"

static const struct query_command commands[] = {
	{"lahir", query_count, "lahir", 0},
	{"aki", query_count, "mati", 100000},
	{"akn", query_count, "mati", 1000},
	{"akb", query_count, "mati", 1000},
	{"akaba", query_count, "mati", 1000},
	{"lahir_mati", query_count, "mati", 0},
	{"bblr", query_count, "lahir", 100},
	{"pos", query_pos, "pos", 0},
	{"ds", query_share, "pos", 0},
	{"nd", query_share, "pos", 0},
	{"ks", query_share, "pos", 0},
	{"ilp", query_ilp, "ilp", 0},
	{"stunting", query_stock, "pos", 0},
	{"belum_lapor", query_gaps, "pos", 0},
	{"rekap", query_recap, "lahir", 0},
};

static const struct query_command *command_find(const char *indicator)
{
	for (size_t i = 0; indicator != NULL && i < COUNT_OF(commands); i++) {
		if (strcmp(commands[i].indicator, indicator) == 0)
			return &commands[i];
	}
	return NULL;
}

bool query_known(const char *indicator)
{
	return command_find(indicator) != NULL;
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
	struct pending pending = {.kind = "again", .slot = "query", .text = turn->message->text};

	for (size_t i = 0; i < problem->noption; i++)
		pending.options[pending.noption++] = problem->options[i].value;
	turn->answer = reply_compose(&turn->reply, turn->reading);
	return pending.noption == 0 ? OK : pending_add(turn, turn->sender.phone, &pending);
}

int query_handle(struct turn *turn)
{
	const struct reading *reading = turn->reading;
	const struct query_command *command = command_find(reading->query.indicator);
	const struct problem *problem = problem_of(reading, PROBLEM_AMBIGUOUS);
	struct query query = {.indicator = reading->query.indicator, .by = reading->query.by};
	char period[PERIOD_TEXT];
	bool mine;

	if (problem != NULL)
		return ask_area(turn, problem);
	if (reading->nproblem > 0 || command == NULL) {
		turn->answer = reply_compose(&turn->reply, reading);
		return OK;
	}
	place_find(turn, reading->query.area, &query);
	period_find(turn, reading->query.period, &query);
	mine = query.puskesmas != NULL ? scope_puskesmas(&turn->sender, query.puskesmas)
		: scope_area(&turn->sender, query.area);
	query.area_name = query.puskesmas != NULL ? reply_place(&turn->reply, query.puskesmas->id)
		: query.area != NULL ? reply_place(&turn->reply, query.area->code) : "";
	if (!mine) {
		turn_say(turn, MESSAGE_QUERY_SCOPE, "area", query.area_name);
		return OK;
	}
	period_format(query.period, period);
	query.period_name = reply_period(&turn->reply, period);
	query.title = reply_word(&turn->reply, "title", query.indicator, query.indicator);
	return command->run(turn, &query, command);
}

int query_number(struct turn *turn, const char *indicator, const char *area, const char *period,
	int64_t *number)
{
	const struct query_command *command = command_find(indicator);
	struct query query = {.indicator = indicator};
	int64_t of;

	place_find(turn, area, &query);
	period_find(turn, period, &query);
	if (query.area == NULL && query.puskesmas == NULL)
		return ERR_NOT_FOUND;
	if (strcmp(indicator, "ilp") == 0)
		return query_coverage(turn, &query, "ilp held", number, &of);
	if (strcmp(indicator, "belum_lapor") == 0) {
		int error = query_coverage(turn, &query, "pos", number, &of);

		*number = of - *number;
		return error;
	}
	if ((command != NULL && command->run == query_stock) || strcmp(indicator, "s") == 0
	    || strcmp(indicator, "k") == 0 || strcmp(indicator, "gizi_buruk") == 0)
		return query_stock_sum(turn, &query, indicator, query.period, number);
	return query_sum(turn, &query, indicator, query.period, number);
}
