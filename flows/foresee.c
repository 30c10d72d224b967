/* What messages will ask: see foresee.h. */
#include "flows/foresee.h"

#include "flows/record/pending.h"
#include "flows/report/loop.h"
#include "flows/turn/turn.h"
#include "store/message/foresee.h"
#include "store/report/names.h"

#define DAYS_BACK 45 /* what nearly all reports are about */

/* The same for all of a batch. */
static void days_of(const struct flow *flow, struct moment now, char from[DATE_TEXT],
	char to[DATE_TEXT])
{
	int near = flow->settings->twin_days;

	date_format(date_add_days(now.date, -DAYS_BACK - near), from);
	date_format(date_add_days(now.date, near), to);
}

void flow_foresee(struct flow *flow, const char *phone)
{
	struct moment now = moment_local(flow->now, flow->settings->timezone);
	char from[DATE_TEXT], to[DATE_TEXT], today[DATE_TEXT];

	days_of(flow, now, from, to);
	date_format(now.date, today);
	store_person_foresee(flow->store, phone);
	loop_foresee(flow, phone);
	pendings_foresee(flow, phone);
	store_counter_foresee(flow->store, "replies", "known", today);
	store_counter_foresee(flow->store, "replies", "stranger", today);
	store_reports_foresee(flow->store, NULL, phone, from, to);
}

int flow_foresee_places(struct flow *flow, const char *phone)
{
	char from[DATE_TEXT], to[DATE_TEXT];
	struct turn turn;
	int error = turn_begin(&turn, flow, phone);

	if (error != OK)
		return error;
	days_of(flow, turn.now, from, to);
	for (size_t i = 0; i < turn.sender.narea; i++) {
		if (turn.sender.areas[i]->level == LEVEL_DESA)
			store_reports_foresee(
				flow->store, turn.sender.areas[i]->code, NULL, from, to);
	}
	if (turn.sender.posyandu != NULL)
		store_reports_foresee(
			flow->store, turn.sender.posyandu->area->code, NULL, from, to);
	return OK;
}
