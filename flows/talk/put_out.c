/* PADAM: see put_out.h. */
#include "flows/talk/put_out.h"

#include "flows/alert/outbreak.h"
#include "flows/record/outbreak_open.h"
#include "flows/record/record_scope.h"
#include "flows/rules/scope.h"
#include "parsers/form/form.h"

int put_out(struct turn *turn, struct record *record)
{
	bool open = false;
	long sum;
	int error;

	if (!scope_checks(turn, record) || !scope_decides(turn->sender.role)) {
		turn_say_plain(turn, MESSAGE_DECIDE_ROLE);
		return OK;
	}
	error = outbreak_end(turn, record, &open, &sum);
	if (error != OK)
		return error;
	if (open)
		turn_say(turn, MESSAGE_OUTBREAK_OVER, "ref", record->row.ref, "what",
			outbreak_words(turn, &turn->reply, record, sum), "place",
			reply_place(&turn->reply, outbreak_place(record)), "who",
			reply_title_case(turn->flow->arena, turn->person.name));
	else
		turn_say(turn, MESSAGE_OUTBREAK_NONE, "ref", record->row.ref);
	return OK;
}

struct own {
	const struct turn *turn;
	size_t count;
	const char *ref;
};

static void take_own(const struct outbreak_row *row, void *context)
{
	struct own *own = context;
	const struct gazetteer *places = own->turn->flow->places;
	const struct area *area = gazetteer_area(places, row->place);
	const struct puskesmas *puskesmas = gazetteer_puskesmas(places, row->place);

	if (!(area != NULL && scope_area(&own->turn->sender, area)) &&
		!(puskesmas != NULL && scope_puskesmas(&own->turn->sender, puskesmas)))
		return;
	own->count++;
	own->ref = row->ref;
}

int put_out_alone(const struct turn *turn, const char **ref)
{
	struct own own = {turn, 0, NULL};
	int error = outbreak_open_each(turn, take_own, &own);

	*ref = own.count == 1 ? own.ref : NULL;
	return error;
}
