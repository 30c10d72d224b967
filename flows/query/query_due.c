/* Open cases by the day that they wait for: the list of those who look after them. */
#include <string.h>

#include "flows/query/query_due.h"
#include "flows/measure/query_value.h"
#include "flows/query/query_page.h"
#include "flows/rules/scope.h"
#include "parsers/form/form_case.h"

#define ROWS_MOST 200

const struct form *query_due_form(const struct reader *reader, const char *list)
{
	const struct form *form;

	for (size_t i = 0; (form = reader_form_with_cases(reader, &i)) != NULL;) {
		if (form->cases->list != NULL && strcmp(form->cases->list, list) == 0)
			return form;
	}
	return NULL;
}

const char *query_due_item(const struct turn *turn, const struct reply_context *reply,
	const struct case_row *row, bool desa)
{
	const struct form *form = reader_form(turn->flow->reader, row->form);
	const char *class = row->class == NULL || form == NULL
		? NULL
		: reply_value_text(reply, form, form->cases->class, row->class);

	return arena_printf(turn->flow->arena, "%s%s%s %s%s%s",
		reply_initials(turn->flow->arena, row->name), desa ? " " : "",
		desa ? reply_place(reply, row->area) : "",
		row->due == NULL ? "-" : reply_date(turn->flow->arena, row->due),
		class == NULL ? "" : " ", class == NULL ? "" : class);
}

/* Only those whom the indicator counts: at risk, by the class of their case. */
static bool is_wanted(const struct query *query, const struct form *form,
	const struct case_row *row)
{
	const struct condition *risk = query->kind == NULL ? NULL : form->cases->risk;

	for (size_t i = 0; risk != NULL && i < risk->nterm; i++) {
		const struct condition_term *term = &risk->terms[i];
		bool among = false;

		if (form->cases->class == NULL || strcmp(term->field, form->cases->class) != 0)
			continue;
		for (size_t k = 0; row->class != NULL && k < term->nright; k++)
			among |= strcmp(term->right[k], row->class) == 0;
		if (!among)
			return false;
	}
	return true;
}

static int rows_load(struct turn *turn, const struct query *query, const struct form *form,
	struct query_list *list)
{
	struct case_row *rows = arena_alloc(turn->flow->arena, ROWS_MOST * sizeof(*rows));
	bool desa = query->area == NULL || query->area->level != LEVEL_DESA;
	char from[DATE_TEXT], to[DATE_TEXT];
	int error = OK;

	date_format(query->period.from, from);
	date_format(query->period.to, to);
	list->items = arena_alloc(turn->flow->arena, ROWS_MOST * sizeof(*list->items));
	for (size_t i = 0; error == OK && i < query_parts(query); i++) {
		size_t count;

		error = store_case_due(turn->flow->store, turn->flow->arena, form->name,
			query_part(query, i)->code, from, to, 0, rows, ROWS_MOST - list->count,
			&count);
		for (size_t k = 0; error == OK && k < count; k++)
			if (is_wanted(query, form, &rows[k]))
				list->items[list->count++] =
					query_due_item(turn, &turn->reply, &rows[k], desa);
	}
	return error;
}

int query_due_page(struct turn *turn, struct query *query, size_t offset)
{
	const struct form *form = query_due_form(turn->flow->reader, query->indicator);
	struct query_list list = {0};
	size_t people;
	int error;

	if (query->kind != NULL)
		query->title = arena_printf(turn->flow->arena, "%s %s", query->title,
			query_inner_title(turn, query->kind));
	error = rows_load(turn, query, form, &list);
	if (error != OK)
		return error;
	people = list.count;
	if (!scope_supervises(&turn->sender))
		list.count = 0; /* names, if only by their letters, are for who looks after them */
	return query_page(turn, query, &list, offset, MESSAGE_QUERY_LIST,
		people == 0 ? reply_word(&turn->reply, "due", "none", "tidak ada")
				: arena_printf(turn->flow->arena, "%zu %s", people,
					  reply_word(&turn->reply, "due", "people", "orang")));
}

int query_due(struct turn *turn, struct query *query)
{
	return query_due_page(turn, query, 0);
}
