/* The deaths that nobody has verified: see unchecked.h. */
#include "flows/talk/unchecked.h"

#include <string.h>

#include "flows/alert/alert_words.h"
#include "flows/record/report_json.h"
#include "flows/turn/handlers.h"
#include "parsers/form/form.h"

#define DAYS  366 /* received so lately */
#define NAMED 4   /* the newest */

struct named {
	int64_t received, inbound; /* in the order in which they came */
	const char *text;
};

struct unchecked {
	struct turn *turn;
	struct report report; /* as it is looked at */
	size_t count;
	struct named newest[NAMED]; /* the last received first */
};

static bool is_newer(const struct report_row *row, const struct named *named)
{
	return row->received != named->received ? row->received > named->received
						: row->inbound > named->inbound;
}

static void name(struct unchecked *all, const struct report_row *row)
{
	struct arena *arena = all->turn->flow->arena;
	size_t i = NAMED - 1;

	for (; i > 0 && is_newer(row, &all->newest[i - 1]); i--)
		all->newest[i] = all->newest[i - 1];
	all->newest[i] = (struct named){row->received, row->inbound,
		arena_printf(arena, "%s %s %s", row->ref, alert_initials(arena, &all->report),
			reply_place(&all->turn->reply, row->area))};
}

static int each(const struct report_row *row, void *context)
{
	struct unchecked *all = context;
	struct arena *arena = all->turn->flow->arena;
	const char *const *confirmed;

	if (report_from_row(all->turn->flow->reader, arena, row, &all->report, &confirmed) != OK ||
		report_is_nihil(&all->report))
		return OK;
	all->count++;
	if (is_newer(row, &all->newest[NAMED - 1]))
		name(all, row);
	return OK;
}

/* What still counts, or waits: neither verified nor taken back, refused or told before. */
static int area_add(struct unchecked *all, const struct form *form, const struct area *area)
{
	const struct flow *flow = all->turn->flow;
	struct moment start = {.date = date_add_days(all->turn->now.date, -DAYS)};
	struct report_filter filter = {.form = form->name,
		.area_prefix = area->code,
		.received_from = moment_utc(start, flow->settings->timezone),
		.status = "accepted"};
	int error = store_report_each(flow->store, &filter, each, all);

	filter.status = NULL;
	filter.waiting = true;
	return error != OK ? error : store_report_each(flow->store, &filter, each, all);
}

static void say(struct turn *turn, const struct unchecked *all)
{
	struct arena *arena = turn->flow->arena;
	char *list = arena_strdup(arena, "");

	for (size_t i = 0; i < NAMED && all->newest[i].text != NULL; i++)
		list = arena_printf(arena, "%s%s%s", list, i > 0 ? ", " : "", all->newest[i].text);
	if (all->count == 0)
		turn_say_plain(turn, MESSAGE_UNCHECKED_NONE);
	else
		turn_say(turn, MESSAGE_UNCHECKED, "count", arena_printf(arena, "%zu", all->count),
			"list", list);
}

int unchecked_say(struct turn *turn)
{
	const struct puskesmas *puskesmas = turn->sender.puskesmas; /* may serve many desa */
	size_t areas = puskesmas == NULL ? turn->sender.narea : puskesmas->narea;
	struct unchecked *all = arena_alloc(turn->flow->arena, sizeof(*all));
	const struct form *form;
	int error = OK;

	all->turn = turn;
	for (size_t k = 0; (form = reader_form_at(turn->flow->reader, k)) != NULL; k++)
		for (size_t i = 0; form->story != NULL && error == OK && i < areas; i++)
			error = area_add(all, form,
				puskesmas == NULL ? turn->sender.areas[i] : puskesmas->areas[i]);
	if (error == OK)
		say(turn, all);
	return error;
}
