/* "daftar kematian ibu 2024": the deaths that an indicator counts, one by one: reference, desa, day
 * and class; nobody's name. For those who verify reports. Or the sessions that were not held, with
 * the reason. */
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

/* What is told where there was no session: the reason; NULL. */
static const char *reason_of(const struct report *report)
{
	const struct form *form = report->form;

	for (size_t i = 0; i < form->nfield; i++) {
		const struct condition *when = &form->fields[i].rest_when;

		if (when->nterm == 1 && strcmp(when->terms[0].field, form->held) == 0)
			return report_text(report, form->fields[i].name);
	}
	return NULL;
}

/* "Melati (Wonocoyo) 8/7/24 hujan"; the reason is written freely: told to those who supervise. */
static const char *unheld_text(const struct dead *dead, const struct report_row *row)
{
	const struct reply_context *reply = &dead->turn->reply;
	struct arena *arena = dead->turn->flow->arena;
	const char *place = report_text(&dead->report, dead->report.form->place),
		*reason = scope_supervises(&dead->turn->sender) ? reason_of(&dead->report) : NULL;

	place = place == NULL ? "?" : reply_place(reply, place);
	if (dead->desa)
		place = arena_printf(arena, "%s (%s)", place, reply_place(reply, row->area));
	return arena_printf(arena, "%s %s%s%s", place,
		row->date == NULL ? "-" : reply_date(arena, row->date),
		reason == NULL ? "" : " ", reason == NULL ? "" : reason);
}

/* "M2408-0001 Wonocoyo 12/7/24 ibu (maternal)" */
static const char *dead_text(const struct dead *dead, const struct report_row *row)
{
	const struct reply_context *reply = &dead->turn->reply;
	struct arena *arena = dead->turn->flow->arena;
	const char *class = report_text(&dead->report, dead->report.form->class);

	return arena_printf(arena, "%s%s%s %s %s", row->ref, dead->desa ? " " : "",
		dead->desa ? reply_place(reply, row->area) : "",
		row->date == NULL ? "-" : reply_date(arena, row->date),
		class == NULL ? "?" : reply_word(reply, "class", class, class));
}

static int dead_row(const struct report_row *row, void *context)
{
	struct dead *dead = context;
	struct arena *arena = dead->turn->flow->arena;
	const char *const *confirmed;

	if (report_from_row(dead->turn->flow->reader, arena, row, &dead->report, &confirmed) != OK)
		return OK;
	dead->counted = false;
	form_counts(dead->report.form, &dead->report, dead->turn->now.date, counted_each, dead);
	if (!dead->counted)
		return OK;
	if (dead->list.count == DEATHS_MOST)
		return ERR_LIMIT;
	dead->list.items[dead->list.count++] = dead->report.form->held == NULL
		? dead_text(dead, row) : unheld_text(dead, row);
	return OK;
}

int query_dead_page(struct turn *turn, struct query *query, size_t offset)
{
	struct dead *dead = arena_alloc(turn->flow->arena, sizeof(*dead));
	const struct form_indicator *indicator;
	const struct form *form;
	struct complete complete;
	const char *share;
	int error;

	indicator = query_indicator(turn->flow->reader, query->indicator, &form);
	if ((indicator == NULL || form->held == NULL) &&
		!scope_supervises(&turn->sender)) { /* how many there are says nothing of anybody */
		query->by = NULL;
		return query_command_known(query->indicator) ? query_deaths(turn, query)
							      : query_count(turn, query);
	}
	*dead = (struct dead){.turn = turn,
		.indicator = indicator,
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
	share = query_number_text(turn->flow->arena, (int64_t)dead->list.count);
	if (error == OK && form->held != NULL) {
		error = query_complete(turn, query, form, NULL, &complete);
		share = arena_printf(turn->flow->arena, "%s. %s", share,
			error == OK ? complete_text(&turn->reply, &complete, 1) : "");
	}
	return error != OK ? error
			   : query_page(turn, query, &dead->list, offset, MESSAGE_QUERY_LIST,
				     share);
}

int query_dead(struct turn *turn, struct query *query)
{
	return query_dead_page(turn, query, 0);
}
