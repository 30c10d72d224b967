/* Some of what an indicator counts, by what its reports tell: "umur<20"; or apart by the values of
 * a field. No sum is kept of that: the reports of the place and period, or the open cases with what
 * is known of them, are looked at one by one. */
#include <math.h>
#include <string.h>

#include "flows/measure/query_cases.h"
#include "flows/record/report_json.h"
#include "store/report/report.h"

#define VALUES_MOST 64 /* no field has so many choices */

struct which {
	const struct turn *turn;
	const struct form_indicator *indicator;
	struct condition condition;
	const struct form_field *field; /* whose values are told apart; NULL */
	const struct form *form;
	int64_t all, held; /* what the indicator counts, and those of which the condition holds */
	int64_t unsaid; /* those that do not tell what is asked by yes or no */
	struct {
		const char *value; /* "": it was not told */
		int64_t count;
	} values[VALUES_MOST];
	size_t nvalue;
	double amount; /* of the report that is looked at ... */
	struct arena *row; /* ... and its memory */
};

/* No share of desa (query_by.h), of which one says all. */
static const struct form_indicator share = {.of = ""};

static void amount_add(const struct form_count *count, double amount, void *context)
{
	struct which *which = context;

	if (count->by == NULL && which->indicator->count != NULL &&
		strcmp(count->name, which->indicator->count) == 0)
		which->amount += amount;
}

static void value_add(struct which *which, const char *value, int64_t count)
{
	size_t i = 0;

	while (i < which->nvalue && strcmp(which->values[i].value, value) != 0)
		i++;
	if (i == VALUES_MOST)
		return;
	if (i == which->nvalue)
		which->values[which->nvalue++].value =
			arena_strdup(which->turn->flow->arena, value);
	which->values[i].count += count;
}

/* "yg dapat IMD": is it told of neither? */
static bool leaves_unsaid(const struct which *which, const struct report *report)
{
	for (size_t i = 0; i < which->condition.nterm; i++) {
		const char *name = which->condition.terms[i].field;
		const struct form_field *field = form_field(which->form, name);

		if (field != NULL && form_field_yes_no(field) && report_text(report, name) == NULL)
			return true;
	}
	return false;
}

static void look_at(struct which *which, const struct report *report, int64_t amount)
{
	const char *value;

	which->all += amount;
	if (leaves_unsaid(which, report))
		which->unsaid += amount;
	if (amount <= 0 ||
		!condition_holds(&which->condition, report, which->turn->now.date))
		return;
	which->held += amount;
	value = which->field == NULL ? NULL : report_text(report, which->field->name);
	if (which->field != NULL)
		value_add(which, value == NULL ? "" : value, amount);
}

static int row(const struct report_row *row, void *context)
{
	struct which *which = context;
	const struct turn *turn = which->turn;
	const char *const *confirmed;
	struct report report;

	arena_reset(which->row);
	if (report_from_row(turn->flow->reader, which->row, row, &report, &confirmed) != OK)
		return OK;
	which->amount = 0;
	form_counts(report.form, &report, turn->now.date, amount_add, which);
	look_at(which, &report, llround(which->amount));
	return OK;
}

static void case_look(const struct report *report, void *context)
{
	look_at(context, report, 1);
}

static int look(const struct turn *turn, const struct query *query, const struct form *form,
	struct which *which)
{
	const struct report_filter filter = {.form = form->name,
		.counted = true,
		.posyandu = query->posyandu == NULL ? NULL : query->posyandu->id};
	const char *wrong;
	int error = query->which == NULL
		? OK
		: condition_parse(turn->flow->arena, query->which, &which->condition, &wrong);

	which->form = form;
	which->row = arena_new(); /* all together they are much */
	if (error == OK)
		error = which->indicator->cases == CASES_NONE
			? query_reports(turn, query, &filter, row, which)
			: query_open_each(turn, query, form, which->indicator, case_look, which);
	arena_free(which->row);
	return error;
}

int query_measure_which(const struct turn *turn, const struct query *query, struct measured *out)
{
	struct which which = {.turn = turn, .indicator = out->indicator};
	int error = look(turn, query, out->form, &which);

	out->count = which.held;
	out->of = which.all;
	out->unsaid = which.unsaid;
	out->indicator = &share;
	return error;
}

/* "sebab_kode=PERDARAHAN|EKLAMPSIA": those that are asked for are told, also of none. */
static void values_asked(struct which *which, const struct form_field *field)
{
	for (size_t i = 0; i < which->condition.nterm; i++) {
		const struct condition_term *term = &which->condition.terms[i];

		for (size_t k = 0; strcmp(term->field, field->name) == 0 && k < term->nright; k++)
			value_add(which, term->right[k], 0);
	}
}

int query_measure_split(const struct turn *turn, const struct query *query, const char *indicator,
	const struct form_field *field,
	void (*each)(const char *value, int64_t count, void *context), void *context)
{
	struct which which = {.turn = turn, .field = field};
	const struct form *form;
	int error;

	which.indicator = query_indicator(turn->flow->reader, indicator, &form);
	if (which.indicator == NULL)
		return ERR_NOT_FOUND;
	error = look(turn, query, form, &which);
	values_asked(&which, field);
	for (size_t i = 0; error == OK && i < which.nvalue; i++)
		each(which.values[i].value, which.values[i].count, context);
	return error;
}
