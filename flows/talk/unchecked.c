/* The deaths that nobody has verified: see unchecked.h. */
#include "flows/talk/unchecked.h"

#include <string.h>

#include "flows/alert/alert_words.h"
#include "flows/record/record.h"
#include "flows/turn/handlers.h"
#include "parsers/form/form.h"

#define ROWS  200 /* of an area; more are "200+" */
#define NAMED 4

struct unchecked {
	size_t count;
	bool more;
	char *list;
};

/* What still counts, or waits: neither verified nor taken back, refused or told before. */
static bool is_unchecked(const struct record *record)
{
	static const char *const open[] = {"accepted", "suspect", "incomplete", "question"};
	bool waits = false;

	for (size_t i = 0; i < COUNT_OF(open); i++)
		waits = waits || strcmp(record->row.status, open[i]) == 0;
	return waits && !record_is_nihil(record);
}

static int area_add(struct turn *turn, const struct form *form, const struct area *area,
	struct unchecked *all)
{
	struct arena *arena = turn->flow->arena;
	struct report_row *rows = arena_alloc(arena, ROWS * sizeof(*rows));
	struct report_filter filter = {.form = form->name, .area_prefix = area->code};
	struct record record;
	size_t found;
	int error = store_report_find(turn->flow->store, arena, &filter, rows, ROWS, &found);

	all->more |= found == ROWS;
	for (size_t i = 0; error == OK && i < found; i++) {
		error = record_of_row(turn, &rows[i], &record);
		if (error != OK || !is_unchecked(&record) || all->count++ >= NAMED)
			continue;
		all->list = arena_printf(arena, "%s%s%s %s %s", all->list,
			all->count > 1 ? ", " : "", record.row.ref,
			alert_initials(arena, &record.report),
			reply_place(&turn->reply, record.row.area));
	}
	return error;
}

int unchecked_say(struct turn *turn)
{
	const struct puskesmas *puskesmas = turn->sender.puskesmas; /* may serve many desa */
	size_t areas = puskesmas == NULL ? turn->sender.narea : puskesmas->narea;
	struct unchecked all = {.list = arena_strdup(turn->flow->arena, "")};
	const struct form *form;
	int error = OK;

	for (size_t k = 0; (form = reader_form_at(turn->flow->reader, k)) != NULL; k++)
		for (size_t i = 0; form->story != NULL && error == OK && i < areas; i++)
			error = area_add(turn, form,
				puskesmas == NULL ? turn->sender.areas[i] : puskesmas->areas[i],
				&all);
	if (error != OK)
		return error;
	if (all.count == 0)
		turn_say_plain(turn, MESSAGE_UNCHECKED_NONE);
	else
		turn_say(turn, MESSAGE_UNCHECKED, "count",
			arena_printf(turn->flow->arena, "%zu%s", all.count, all.more ? "+" : ""),
			"list", all.list);
	return OK;
}
