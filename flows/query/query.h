/* Counts by text: what every query command gets, and how numbers are written. */
#ifndef FLOWS_QUERY_H
#define FLOWS_QUERY_H

#include "flows/turn/turn.h"

struct query {
	const char *indicator;
	const struct area *area; /* NULL when a puskesmas is asked */
	const struct puskesmas *puskesmas;
	struct period period;
	const char *by; /* "puskesmas": what is counted; NULL: desa */
	const char *area_name, *period_name, *title; /* as the reply writes them */
};

struct query_command {
	const char *indicator;
	int (*run)(struct turn *turn, struct query *query, const struct query_command *command);
	const char *form; /* whose reports make it complete */
	long per; /* of how many births; 0: a count */
};

/* query_count.c: events and rates of live births. query_share.c: D/S, N/D, K/S. query_pos.c: S K D
 * N. query_ilp.c: coverage. query_stock.c: stunting. query_gaps.c: BELUM LAPOR. query_recap.c:
 * REKAP. */
int query_count(
	struct turn *turn, struct query *query, const struct query_command *command) MUST_CHECK;
int query_share(
	struct turn *turn, struct query *query, const struct query_command *command) MUST_CHECK;
int query_pos(
	struct turn *turn, struct query *query, const struct query_command *command) MUST_CHECK;
int query_ilp(
	struct turn *turn, struct query *query, const struct query_command *command) MUST_CHECK;
int query_stock(
	struct turn *turn, struct query *query, const struct query_command *command) MUST_CHECK;
int query_gaps(
	struct turn *turn, struct query *query, const struct query_command *command) MUST_CHECK;
int query_recap(
	struct turn *turn, struct query *query, const struct query_command *command) MUST_CHECK;

/* Is there such an indicator? */
bool query_known(const char *indicator);
/* Any number that a query would answer: events, stocks, coverage. ERR_NOT_FOUND: no such indicator.
 */
int query_number(struct turn *turn, const char *indicator, const char *area, const char *period,
	int64_t *number) MUST_CHECK;

/* Sums over the area, or over the desa of the puskesmas. */
int query_sum(const struct turn *turn, const struct query *query, const char *name,
	struct period period, int64_t *sum) MUST_CHECK;
int query_stock_sum(const struct turn *turn, const struct query *query, const char *name,
	struct period period, int64_t *sum) MUST_CHECK;
/* A stock added over the months of the period: what D of several months is compared with. */
int query_stock_months(const struct turn *turn, const struct query *query, const char *name,
	int64_t *sum) MUST_CHECK;
/* Distinct desa with any report of the form; of is how many there are. */
int query_coverage(const struct turn *turn, const struct query *query, const char *form,
	int64_t *desa, int64_t *of) MUST_CHECK;
/* "84 dari 157 desa/kel lapor" */
int query_complete(const struct turn *turn, const struct query *query, const char *form,
	const char **text) MUST_CHECK;
/* "lahir 12, kematian ibu 0 …, D/S 84%": also the monthly summary. */
int query_recap_list(const struct turn *turn, const struct reply_context *reply,
	const struct query *query, const char **list) MUST_CHECK;

/* 4.041 */
const char *query_number_text(struct arena *arena, int64_t number);
/* 53,5% and 5,99% */
const char *percent_text(struct arena *arena, int64_t part, int64_t whole);

#endif
