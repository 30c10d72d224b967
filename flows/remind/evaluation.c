/* The evaluation of a quarter, unasked: see evaluation.h. */
#include "flows/remind/evaluation.h"

#include <string.h>

#include "flows/query/query.h"
#include "flows/query/query_answers.h"
#include "flows/remind/calendar.h"

/* The quarter before the one that a day lies in. */
static struct period quarter_before(struct date day)
{
	struct date first = {day.year, (day.month - 1) / 3 * 3 + 1, 1};

	return (struct period){date_add_months(first, -3), date_add_days(first, -1)};
}

/* As if he had asked: LAGI goes on with it. */
static int tell(const struct turn *turn, const struct person *person, const struct area *area,
	const struct puskesmas *puskesmas, struct period period)
{
	struct turn *mine = arena_alloc(turn->flow->arena, sizeof(*mine));
	struct query query = {.indicator = "evaluasi",
		.area = puskesmas == NULL ? area : NULL,
		.puskesmas = puskesmas,
		.period = period};
	char day[DATE_TEXT];
	bool first;
	int error;

	date_format(period.to, day);
	error = calendar_once(turn, "quarter", day,
		arena_printf(turn->flow->arena, "%s %s", person->phone,
			puskesmas != NULL ? puskesmas->id : area->code),
		&first);
	if (error != OK || !first)
		return error;
	*mine = *turn;
	turn_towards(turn, person, &mine->sender, &mine->reply);
	mine->reply.sender = &mine->sender;
	query_name(mine, &query);
	error = query_evaluate_page(mine, &query, 0);
	return error != OK ? error
			   : turn_send(turn, "reminder", person->phone, mine->answer, NULL);
}

static int evaluate_person(const struct turn *turn, struct person *person, struct date due)
{
	struct period period = quarter_before(due);
	struct sender sender;
	int error = OK;

	if (strcmp(person->role, "dinkes") != 0 && strcmp(person->role, "puskesmas") != 0)
		return OK;
	person_to_sender(turn->flow, person, &sender);
	if (sender.puskesmas != NULL)
		return tell(turn, person, NULL, sender.puskesmas, period);
	for (size_t i = 0; error == OK && i < sender.narea; i++)
		error = tell(turn, person, sender.areas[i], NULL, period);
	return error;
}

int evaluation_on_due(const struct turn *turn, const struct deadline *deadline)
{
	return calendar_run(turn, deadline, evaluate_person);
}
