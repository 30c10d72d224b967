/* "alarm penyakit yg blm padam": outbreaks that are open now, one by one: reference, disease,
 * number and place. */
#include <stdlib.h>
#include <string.h>

#include "flows/measure/query_number.h"
#include "flows/query/query.h"
#include "flows/query/query_answers.h"
#include "flows/query/query_page.h"
#include "flows/record/outbreak_open.h"
#include "parsers/form/form.h"

#define OPEN_MOST 200 /* of one list; who wants more narrows it down */

struct open_list {
	const struct turn *turn;
	const struct query *query;
	const char *form; /* of this one alone; NULL: of all */
	struct query_list list;
	int64_t count;
};

/* Is a desa, or a unit that tells weeks, inside what is asked about? */
static bool inside(const struct open_list *open, const char *place)
{
	const struct gazetteer *places = open->turn->flow->places;
	const struct query *query = open->query;
	const struct area *area = gazetteer_area(places, place);
	const struct puskesmas *puskesmas = gazetteer_puskesmas(places, place);

	return puskesmas != NULL ? query_puskesmas_inside(query, puskesmas)
				 : query_covers(query, area);
}

/* "S2408-0007 diare 7 Craken" */
static const char *open_text(const struct open_list *open, const struct outbreak_row *row)
{
	const struct reply_context *reply = &open->turn->reply;
	struct arena *arena = open->turn->flow->arena;
	const struct form *form = reader_form(open->turn->flow->reader, row->form);
	const char *kind = row->kind;

	if (form != NULL && form->weekly != NULL)
		kind = reply_told(reply, form, row->kind);
	else if (form != NULL && form->outbreak != NULL)
		kind = reply_word(reply, "told",
			arena_printf(arena, "%s.%s", form->outbreak->by, row->kind), row->kind);
	return arena_printf(arena, "%s %s %ld %s", row->ref, kind, row->sum,
		reply_place(reply, row->place));
}

static void each(const struct outbreak_row *row, void *context)
{
	struct open_list *open = context;

	if ((open->form != NULL && strcmp(open->form, row->form) != 0) ||
		!inside(open, row->place))
		return;
	open->count++;
	if (open->list.items != NULL && open->list.count < OPEN_MOST)
		open->list.items[open->list.count++] = open_text(open, row);
}

int query_open_sum(const struct turn *turn, const struct query *query, int64_t *sum)
{
	struct open_list open = {.turn = turn, .query = query, .form = query->indicator};
	int error = outbreak_open_each(turn, each, &open);

	*sum = open.count;
	return error;
}

/* By their references: each form's together, the newest last. */
static int compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int query_open_page(struct turn *turn, struct query *query, size_t offset)
{
	struct open_list open = {.turn = turn, .query = query};
	char today[DATE_TEXT];
	int error;

	open.list.items = arena_alloc(turn->flow->arena, OPEN_MOST * sizeof(*open.list.items));
	error = outbreak_open_each(turn, each, &open);
	if (error != OK)
		return error;
	if (open.list.count > 1)
		qsort(open.list.items, open.list.count, sizeof(*open.list.items), compare);
	date_format(turn->now.date, today);
	query->period = (struct period){turn->now.date, turn->now.date};
	query->period_name = reply_date(turn->flow->arena, today);
	return query_page(turn, query, &open.list, offset, MESSAGE_QUERY_LIST,
		query_number_text(turn->flow->arena, open.count));
}

int query_open(struct turn *turn, struct query *query)
{
	return query_open_page(turn, query, 0);
}
