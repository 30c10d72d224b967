/* Counts by text: the commands, each an answer of its own to a question (flows/measure/measure.h). */
#ifndef FLOWS_QUERY_H
#define FLOWS_QUERY_H

#include "flows/measure/measure.h"

/* What is answered by a list of its own; numbers are indicators of the forms. */
struct query_command {
	const char *name;
	int (*run)(struct turn *turn, struct query *query);
};
typedef int query_answer(struct turn *turn, struct query *query) MUST_CHECK;
query_answer query_pos, query_ilp, query_gaps, query_recap, query_deaths, query_due,
	query_places_count;
/* query_count.c: one indicator or several; query_by.c: one by desa, kecamatan, puskesmas. */
query_answer query_count, query_by;
void query_by_fit(const struct turn *turn, struct query *query); /* by what its place can be listed */
const struct form *query_due_form(const struct reader *reader, const char *list); /* NULL: none */
/* The same from an item of their list on, for LAGI. */
int query_due_page(struct turn *turn, struct query *query, size_t offset) MUST_CHECK;
const struct form *query_gaps_form(const struct turn *turn, const struct query *query); /* NULL */
int query_gaps_page(struct turn *turn, struct query *query, size_t offset) MUST_CHECK;
int query_recap_page(struct turn *turn, struct query *query, size_t offset) MUST_CHECK;
int query_by_page(struct turn *turn, struct query *query, size_t offset) MUST_CHECK;

/* Is it a question of its own, beside the indicators of the forms? */
bool query_command_known(const char *name);
/* Any number that a query would answer: events, stocks, coverage. ERR_NOT_FOUND: no such area. */
int query_number(struct turn *turn, const char *indicator, const char *area, const char *period,
	int64_t *number) MUST_CHECK;
/* Of what is no number but has a list by places: the form, by its first share or by the desa that held a
 * session; NULL: none. */
const struct form *query_by_form(const struct reader *reader, const struct query *query);
const char *query_area_name(struct turn *turn, const struct area *area); /* with its level */
void query_name(struct turn *turn, struct query *query); /* fills those that the reply writes */

/* Also the monthly summary. share: with D/S; waits: with the deaths that nobody has checked
 * yet. */
int query_recap_list(const struct turn *turn, const struct reply_context *reply,
	const struct query *query, bool share, bool waits, const char **list) MUST_CHECK;

#endif
