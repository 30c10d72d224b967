/* What messages will ask: see foresee.h. */
#include "flows/foresee.h"

#include "flows/record/pending.h"
#include "flows/report/habits.h"
#include "flows/report/loop.h"
#include "flows/turn/turn.h"
#include "parsers/form/form.h"
#include "store/message/foresee.h"
#include "store/report/case.h"
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
	habits_foresee(flow, phone);
	pendings_foresee(flow, phone);
	store_counter_foresee(flow->store, "replies", "known", today);
	store_counter_foresee(flow->store, "replies", "stranger", today);
	store_reports_foresee(flow->store, NULL, phone, from, to);
}

static void foresee_desa(
	struct flow *flow, const struct area *desa, const char *from, const char *to)
{
	const struct form *form;

	store_reports_foresee(flow->store, desa->code, NULL, from, to);
	if (flow->reader == NULL)
		return;
	for (size_t i = 0; (form = reader_form_at(flow->reader, i)) != NULL; i++) {
		if (form->cases != NULL)
			store_case_any_foresee(flow->store, form->name, desa->code);
	}
}

int flow_foresee_places(struct flow *flow, const char *phone, const char **desa)
{
	char from[DATE_TEXT], to[DATE_TEXT];
	struct turn turn;
	int error = turn_begin(&turn, flow, phone);

	*desa = NULL;
	if (error != OK)
		return error;
	days_of(flow, turn.now, from, to);
	for (size_t i = 0; i < turn.sender.narea; i++) {
		if (turn.sender.areas[i]->level != LEVEL_DESA)
			continue;
		foresee_desa(flow, turn.sender.areas[i], from, to);
		*desa = *desa ? *desa : turn.sender.areas[i]->code;
	}
	if (turn.sender.posyandu != NULL) {
		foresee_desa(flow, turn.sender.posyandu->area, from, to);
		*desa = *desa ? *desa : turn.sender.posyandu->area->code;
	}
	return OK;
}
