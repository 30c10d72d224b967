/* What a number is: an indicator, an area and a period, measured the same way for answers, pages and
 * summaries. A question is one value, (indicators, area, period, level): everything that an answer
 * prints, label, count, denominator, completeness, list, is computed from it alone. */
#ifndef FLOWS_MEASURE_MEASURE_H
#define FLOWS_MEASURE_MEASURE_H

#include "flows/turn/turn.h"
#include "parsers/form/form.h"
#include "store/report/report.h"

struct query {
	const char *indicator;
	const char *const *also; /* further indicators of the same question */
	size_t nalso;
	const struct area *area; /* NULL when a puskesmas is asked */
	const struct puskesmas *puskesmas;
	const struct posyandu *posyandu; /* of the area, which is its desa; NULL */
	bool ends; /* of a list: the largest and the smallest alone */
	bool lowest; /* a list begins with the smallest */
	bool without; /* of shares: those who are not */
	int limit; /* of a list those under (lowest) or over it, in tenths; 0: all */
	bool limit_too; /* and those at it */
	struct period period, against; /* what it is compared with; its first year 0: nothing */
	const struct query *beside; /* the same of further places */
	size_t nbeside;
	const char *by; /* the level of a list, or what is counted: "desa", "puskesmas" …; NULL */
	const char *form, *kind; /* whose gaps, NULL: what posyandu tell; diseases' codes */
	const char *which, *split; /* only some, and apart by what they tell: parsers/form/asked.h */
	bool apart;       /* of two values the difference */
	bool counted;     /* only what counts: nobody looks at what waits */
	const char *area_name, *period_name, *title; /* as the reply writes them */
	const char *remark; /* stands in front of the answer; NULL: nothing */
};

/* The indicator and the form that defines it; NULL: none. */
const struct form_indicator *query_indicator(
	const struct reader *reader, const char *name, const struct form **form);
/* What is added up: the area, or the areas that the puskesmas serves. */
size_t query_parts(const struct query *query);
const struct area *query_part(const struct query *query, size_t i);
bool query_covers(const struct query *query, const struct area *area); /* NULL: no */
/* Sums over the area, or over the desa of the puskesmas. */
int query_sum(const struct turn *turn, const struct query *query, const char *name,
	struct period period, int64_t *sum) MUST_CHECK;
int query_stock_sum(const struct turn *turn, const struct query *query, const char *name,
	struct period period, int64_t *sum) MUST_CHECK;
/* A stock that is compared with what adds up: of each month the posyandu that held a session;
 * inside a month those that held one on these days. */
int query_stock_held(const struct turn *turn, const struct query *query, const struct form *form,
	const char *name, int64_t *sum) MUST_CHECK;

/* What an indicator is in the query's area and period. */
struct measured {
	const struct form_indicator *indicator;
	const struct form *form;
	int64_t count, of;
	int64_t waiting; /* told, not yet counted: incomplete, asked or suspect */
	int64_t unsaid;  /* of those counted, which do not tell what is asked by yes or no */
};
int query_measure(const struct turn *turn, const struct query *query, const char *indicator,
	struct measured *out) MUST_CHECK;
/* Each report of the query's places and period that the filter lets through; it names neither. */
int query_reports(const struct turn *turn, const struct query *query,
	const struct report_filter *filter,
	int (*each)(const struct report_row *row, void *context), void *context) MUST_CHECK;
/* query_which.c: report by report, those of query->which among all that the indicator counts. */
int query_measure_which(
	const struct turn *turn, const struct query *query, struct measured *out) MUST_CHECK;
/* The same by the values of a field: each() once for each value that any tells, or that is asked for. */
int query_measure_split(const struct turn *turn, const struct query *query, const char *indicator,
	const struct form_field *field,
	void (*each)(const char *value, int64_t count, void *context), void *context) MUST_CHECK;

/* Who has told: places times months of the period that have begun. */
struct complete {
	const struct form *form;
	const struct form *naming; /* its telling by names is as good: children weighed; NULL */
	int64_t told, of;
	bool posyandu; /* places are posyandu, else desa */
	bool monthly;  /* several months: desa-months */
};
int query_complete(const struct turn *turn, const struct query *query, const struct form *form,
	const struct form_indicator *indicator, /* NULL: of the form itself */
	struct complete *out) MUST_CHECK;
/* Distinct desa of the area with any of a form in the period ("ilp held": a session), of all. */
int query_coverage(const struct turn *turn, const struct query *query, const char *form,
	int64_t *with, int64_t *of) MUST_CHECK;
/* Nobody told the form, so that no number follows, not even 0. */
int query_untold(const struct turn *turn, const struct query *query,
	const struct measured *measured, bool *untold) MUST_CHECK;
bool complete_is_thin(const struct complete *complete); /* for a rate */
const char *complete_text( /* "84 dari 157 desa/kel lapor kematian, 120 lapor kelahiran" */
	const struct reply_context *reply, const struct complete *list, size_t count);
/* Desa or posyandu of the query's area; of its period: those that were closed since, too. */
int64_t query_units(const struct turn *turn, const struct query *query, bool posyandu);
int query_units_then(const struct turn *turn, const struct query *query, bool posyandu,
	int64_t *units) MUST_CHECK;
bool form_by_posyandu(const struct form *form); /* told per posyandu, not per desa */

#endif
