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

static bool is_own(const char *place, const void *context)
{
	const struct turn *turn = context;
	const struct area *area = gazetteer_area(turn->flow->places, place);

	return area != NULL && scope_area(&turn->sender, area);
}

int put_out_alone(const struct turn *turn, const char **ref)
{
	const struct form *form;
	int64_t all = 0;
	int error = OK;

	*ref = NULL;
	for (size_t i = 0; error == OK && (form = reader_form_at(turn->flow->reader, i)) != NULL;
		i++) {
		const char *one = NULL;
		int64_t count = 0;

		if (form->outbreak != NULL)
			error = outbreak_open_count(turn, form->name, is_own, turn, &count, &one);
		all += count;
		*ref = one == NULL ? *ref : one;
	}
	if (all != 1)
		*ref = NULL;
	return error;
}
