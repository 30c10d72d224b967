/* SKRINING: how many looked after themselves, how many of them had a red result; without names. */
#include "flows/checkup/checkup.h"
#include "flows/checkup/checkup_count.h"
#include "flows/measure/query_number.h"
#include "flows/query/query.h"
#include "flows/query/query_answers.h"

struct places {
	const struct query *query;
	const struct gazetteer *places;
};

static bool inside(const char *desa, const void *context)
{
	const struct places *own = context;
	const struct area *area = gazetteer_area(own->places, desa);

	for (size_t i = 0; area != NULL && i < query_parts(own->query); i++) {
		if (area_within(area, query_part(own->query, i)))
			return true;
	}
	return false;
}

/* "Ibu hamil 4/1": of whom one red. */
static int each_text(const struct turn *turn, const struct query *query, const struct places *own,
	const char **text)
{
	const struct checkups *checkups = turn->flow->checkups;
	struct arena *arena = turn->flow->arena;
	struct checkup_sum sum;
	int error = OK;

	*text = "";
	for (size_t i = 0; error == OK && checkups != NULL && i < checkups->count; i++) {
		const struct checkup *one = &checkups->list[i];

		error = checkup_sums(turn, one->name, query->period, inside, own, &sum);
		if (error == OK && sum.all > 0)
			*text = arena_printf(arena, "%s, %s %s/%s", *text, one->title,
				query_number_text(arena, sum.all),
				query_number_text(arena, sum.red));
	}
	return error;
}

int query_checkup(struct turn *turn, struct query *query)
{
	struct places own = {query, turn->flow->places};
	struct arena *arena = turn->flow->arena;
	struct checkup_sum sum;
	const char *each;
	const struct checkup *one = query->kind == NULL || turn->flow->checkups == NULL
		? NULL : checkup_by_name(turn->flow->checkups, query->kind);
	int error = checkup_sums(turn, one == NULL ? NULL : one->name, query->period, inside, &own,
		&sum);

	each = "";
	if (one != NULL)
		query->title = arena_printf(arena, "%s, %s", query->title, one->title);
	else if (error == OK)
		error = each_text(turn, query, &own, &each);
	if (error != OK)
		return error;
	query_say(turn, query,
		arena_printf(arena, "%s, %s %s%s", query_number_text(arena, sum.all),
			reply_word(&turn->reply, "checkup", "red", "merah"),
			query_number_text(arena, sum.red), each),
		reply_word(&turn->reply, "checkup", "nameless", "Dihitung tanpa nama"));
	return OK;
}
