/* S K D N of an area: stocks of each posyandu's last month, the others added up; the first shares
 * that the form defines; what was told of children by their names. */
#include <ctype.h>
#include <string.h>

#include "flows/measure/query_number.h"
#include "flows/measure/query_value.h"
#include "flows/query/query.h"
#include "flows/query/query_answers.h"

#define LETTERS 4 /* S K D N: more are told by few */
#define SHARES  2

static const struct form_count *count_named(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->ncount; i++) {
		if (strcmp(form->counts[i].name, name) == 0)
			return &form->counts[i];
	}
	return NULL;
}

/* The counts with a letter for a name, in the order in which they are told. */
static int letters(const struct turn *turn, const struct query *query, const struct form *form,
	const char **list)
{
	struct arena *arena = turn->flow->arena;
	int error = OK, shown = 0;

	*list = "";
	for (size_t i = 0; error == OK && i < form->norder && shown < LETTERS; i++) {
		const struct form_count *count = count_named(form, form->order[i]);
		int64_t sum = 0;

		if (count == NULL || count->name[1] != '\0')
			continue;
		error = count->stock
			? query_stock_sum(turn, query, count->name, query->period, &sum)
			: query_sum(turn, query, count->name, query->period, &sum);
		*list = arena_printf(arena, "%s%s%c %s", *list, shown > 0 ? " " : "",
			toupper((unsigned char)count->name[0]), query_number_text(arena, sum));
		shown++;
	}
	return error;
}

static int shares(const struct turn *turn, const struct query *query, const struct form *form,
	const char **list)
{
	struct arena *arena = turn->flow->arena;
	int error = OK;

	for (size_t i = 0; error == OK && i < form->nindicator && i < SHARES; i++) {
		const char *name = form->indicators[i].name;
		struct measured measured;

		error = query_measure(turn, query, name, &measured);
		if (error == OK && measured.of > 0)
			*list = arena_printf(arena, "%s, %s %s/%s (%s)", *list,
				reply_word(&turn->reply, "title", name, name),
				query_number_text(arena, measured.count),
				query_number_text(arena, measured.of),
				percent_text(arena, measured.count, measured.of));
	}
	return error;
}

/* ", menurut nama D 18 N 9 T 6": what is told of people by their names, where anybody is. */
static int by_names(const struct turn *turn, const struct query *query, const struct form *form,
	const char **list)
{
	struct arena *arena = turn->flow->arena;
	const char *all = "";
	int error = OK;

	for (size_t i = 0; error == OK && i < form->nby_name; i++) {
		const struct form_by_name *one = &form->by_names[i];
		int64_t sum = 0;

		if (one->field[1] != '\0')
			continue; /* no letter of SKDN: asked for by itself */
		error = query_sum(turn, query, one->count, query->period, &sum);
		if (error == OK && sum > 0)
			all = arena_printf(arena, "%s %c %s", all,
				toupper((unsigned char)one->field[0]),
				query_number_text(arena, sum));
	}
	if (error == OK && *all != '\0')
		*list = arena_printf(arena, "%s, %s%s", *list,
			reply_word(&turn->reply, "query", "by_name", "menurut nama"), all);
	return error;
}

int query_pos(struct turn *turn, struct query *query)
{
	const struct form *form = reader_form(turn->flow->reader, query->indicator);
	const char *list;
	int error = form == NULL ? ERR_NOT_FOUND : letters(turn, query, form, &list);

	if (error == OK)
		error = shares(turn, query, form, &list);
	if (error == OK)
		error = by_names(turn, query, form, &list);
	return error != OK ? error : query_say_list(turn, query, form, list);
}
