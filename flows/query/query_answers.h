/* Questions that are answered by what is stored beside counts: weeks, cases, questionnaires, quarters. Each is
 * known by what the forms say, or by its name in the table of query.c. */
#ifndef FLOWS_QUERY_ANSWERS_H
#define FLOWS_QUERY_ANSWERS_H

#include "parsers/reader.h"

struct turn;
struct query; /* flows/query/query.h */
struct puskesmas;

/* query_count.c: the answer to one question: its value, and how complete it is; of a form. */
void query_say(
	struct turn *turn, const struct query *query, const char *value, const char *complete);
void query_add_meaning(struct turn *turn); /* behind the answer, where that is asked too */
int query_say_list(struct turn *turn, const struct query *query, const struct form *form,
	const char *value) MUST_CHECK;
/* Several indicators, from one of them on, for LAGI. */
int query_several_page(struct turn *turn, struct query *query, size_t offset) MUST_CHECK;
/* query_page.c: what LAGI goes on with, but for its places: the code of the first, and of those beside
 * it, which query->nbeside counts. */
#define QUERY_TEXTS 8 /* places or indicators of one question */
const char *query_page_load(const struct turn *turn, const char *data, struct query *query,
	const char *const **places, size_t *offset);
char *query_page_data(const struct turn *turn, const struct query *query, size_t offset);
/* query_follow.c: what is asked is kept for half an hour, what is asked next may be a part of it. A question
 * that begins like one that goes on ("kalau kematian ibu?") takes the place and time that it does not name. */
int query_keep(struct turn *turn, const struct query *query) MUST_CHECK;
int query_inherit(struct turn *turn) MUST_CHECK;
/* query_open.c: outbreaks that are open now, one by one; how many of the form that is asked about. */
int query_open(struct turn *turn, struct query *query) MUST_CHECK;
int query_open_page(struct turn *turn, struct query *query, size_t offset) MUST_CHECK;
int query_open_sum(const struct turn *turn, const struct query *query, int64_t *sum) MUST_CHECK;
bool query_puskesmas_inside(const struct query *query, const struct puskesmas *puskesmas);
/* query_dead.c: deaths one by one, without names. */
bool query_lists_dead(const struct query *query);
int query_dead(struct turn *turn, struct query *query) MUST_CHECK;
int query_dead_page(struct turn *turn, struct query *query, size_t offset) MUST_CHECK;
/* query_week.c: who told a weekly form, in time; cases of diseases; who did not tell, from an item of the
 * list on. */
int query_units_told(struct turn *turn, struct query *query) MUST_CHECK;
int query_cases(struct turn *turn, struct query *query) MUST_CHECK;
/* Of one place the cases that units tell, all kinds that are asked about; whose they are; how it is called. */
int query_cases_sum(const struct turn *turn, const struct query *query, int64_t *sum) MUST_CHECK;
/* Of a list by units: what people told besides, and how many units have told. */
int query_cases_people(
	const struct turn *turn, const struct query *query, int64_t *sum) MUST_CHECK;
int query_cases_units(
	const struct turn *turn, const struct query *query, int64_t *told) MUST_CHECK;
/* "3 dari 7 puskesmas lapor" */
int query_cases_complete(
	const struct turn *turn, const struct query *query, const char **text) MUST_CHECK;
const struct form *query_cases_form(const struct turn *turn);
void query_cases_name(struct turn *turn, struct query *query);
int query_week_gaps(struct turn *turn, struct query *query, size_t offset) MUST_CHECK;
/* query.c: an indicator as answers and pages have it, of counted reports: part, whole (0: of nothing); how
 * complete a form is. */
int query_figure(struct turn *turn, const char *indicator, const char *area, const char *period,
	int64_t *part, int64_t *whole) MUST_CHECK;
int query_told(struct turn *turn, const char *form, const char *area, const char *period,
	int64_t *told, int64_t *of) MUST_CHECK;
/* query_side.c: several places, two periods or all months of a period beside each other. Is such a list
 * asked for; are all its indicators numbers that can stand in it? */
bool query_is_side(const struct query *query);
bool query_by_time(const struct query *query); /* month by month, year by year */
bool query_side_carries(const struct turn *turn, const struct query *query);
int query_side(struct turn *turn, struct query *query) MUST_CHECK;
int query_side_page(struct turn *turn, struct query *query, size_t offset) MUST_CHECK;
/* query_split.c: counted apart by what reports tell; ", umur <20": what `which` narrows it to, "". */
int query_split(struct turn *turn, struct query *query) MUST_CHECK;
/* "laki-laki 2, perempuan 1", and by what: "jenis kelamin". */
int query_split_values(const struct turn *turn, const struct query *query, const char **list,
	const char **names) MUST_CHECK;
/* Of what is listed by time: how it is asked apart, to stand in front; NULL: it is not. */
const char *query_split_remark(const struct turn *turn);
const char *query_split_title(
	const struct turn *turn, const struct query *query, const char *names);
const char *query_which_text(const struct turn *turn, const char *indicator, const char *which);
/* query_apart.c: the questions to ask one by one: of each period, each place, each of what is counted. */
int query_say_apart(struct turn *turn, const struct asked *asked);
int query_say_each(struct turn *turn, const struct query *query);
bool query_mixed(const struct turn *turn, const struct query *query); /* something that is no number */
int query_say_mixed(struct turn *turn, const struct asked *asked);
/* query_evaluate.c, query_checkup.c */
int query_evaluate(struct turn *turn, struct query *query) MUST_CHECK;
/* The same for whoever may have it, from an item of the list on. */
int query_evaluate_page(struct turn *turn, struct query *query, size_t offset) MUST_CHECK;
int query_checkup(struct turn *turn, struct query *query) MUST_CHECK;
bool query_is_weekly(const struct reader *reader, const char *indicator);
bool query_is_cases(const struct reader *reader, const char *indicator);

#endif
