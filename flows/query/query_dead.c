/* "daftar kematian ibu 2024": the deaths that an indicator counts, one by one: reference, desa, day
 * and class; nobody's name. For those who verify reports. */
#include <stdlib.h>
#include <string.h>

#include "flows/measure/query_number.h"
#include "flows/query/query.h"
#include "flows/query/query_answers.h"
#include "flows/query/query_page.h"
#include "flows/record/report_json.h"
#include "flows/rules/scope.h"
#include "parsers/form/form.h"
#include "store/report/report.h"

#define DEATHS_MOST 200 /* of one list; who wants more narrows it down */

struct dead {
	const struct turn *turn;
	const struct form_indicator *indicator;
	struct query_list list;
	bool desa; /* of more than one */
	bool counted; /* the report that is looked at */
	struct report report;
};

bool query_lists_dead(const struct query *query)
{
	return query->by != NULL && strcmp(query->by, "laporan") == 0;
}

static void counted_each(const struct form_count *count, double amount, void *context)
{
	struct dead *dead = context;

	if (count->by == NULL && strcmp(count->name, dead->indicator->count) == 0 && amount > 0)
		dead->counted = true;
}

/* "M2408-0001 Wonocoyo 12/7/24 ibu (maternal)" */
static int dead_row(const struct report_row *row, void *context)
{
	struct dead *dead = context;
	const struct reply_context *reply = &dead->turn->reply;
	struct arena *arena = dead->turn->flow->arena;
	const char *const *confirmed, *class;

	if (report_from_row(dead->turn->flow->reader, arena, row, &dead->report, &confirmed) != OK)
		return OK;
	dead->counted = false;
	form_counts(dead->report.form, &dead->report, dead->turn->now.date, counted_each, dead);
	if (!dead->counted)
		return OK;
	if (dead->list.count == DEATHS_MOST)
		return ERR_LIMIT;
	class = report_text(&dead->report, dead->report.form->class);
	dead->list.items[dead->list.count++] = arena_printf(arena, "%s%s%s %s %s", row->ref,
		dead->desa ? " " : "", dead->desa ? reply_place(reply, row->area) : "",
		row->date == NULL ? "-" : reply_date(arena, row->date),
		class == NULL ? "?" : reply_word(reply, "class", class, class));
	return OK;
}

int query_dead_page(struct turn *turn, struct query *query, size_t offset)
{
	struct dead *dead = arena_alloc(turn->flow->arena, sizeof(*dead));
	const struct form *form;
	int error;

	if (!scope_supervises(&turn->sender)) { /* how many there are says nothing of anybody */
		query->by = NULL;
		return query_command_known(query->indicator) ? query_deaths(turn, query)
							      : query_count(turn, query);
	}
	*dead = (struct dead){.turn = turn,
		.indicator = query_indicator(turn->flow->reader, query->indicator, &form),
		.desa = query->area == NULL || query->area->level != LEVEL_DESA};
	if (dead->indicator == NULL || dead->indicator->count == NULL)
		return ERR_NOT_FOUND;
	dead->list.items = arena_alloc(turn->flow->arena, DEATHS_MOST * sizeof(*dead->list.items));
	error = query_reports(turn, query,
		&(struct report_filter){.form = form->name, .counted = true}, dead_row, dead);
	if (error == ERR_LIMIT) {
		turn_say(turn, MESSAGE_QUERY_NARROW, "area", query->area_name);
		return OK;
	}
	return error != OK ? error
			   : query_page(turn, query, &dead->list, offset, MESSAGE_QUERY_LIST,
				     query_number_text(turn->flow->arena,
					     (int64_t)dead->list.count));
}

int query_dead(struct turn *turn, struct query *query)
{
	return query_dead_page(turn, query, 0);
}
