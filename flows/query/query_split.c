/* What is counted apart by what its reports tell: "Kematian ibu menurut sebab Kec. Pule 2024:
 * perdarahan 2, tidak disebut 1". */
#include "flows/query/query_answers.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "flows/measure/query_number.h"
#include "flows/measure/query_value.h"
#include "flows/query/query.h"
#include "flows/query/query_by.h"
#include "flows/reply/reply.h"

struct split {
	const struct turn *turn;
	const struct form *form;
	const struct form_field *field;
	const char *list; /* what stands there already */
	struct measured asked; /* of a field that is told by yes or no: the yes */
};

static const char *word(const struct turn *turn, const char *name, const char *standard)
{
	return reply_word(&turn->reply, "query", name, standard);
}

static void list_add(struct split *split, const char *name, const char *value)
{
	split->list = arena_printf(split->turn->flow->arena, "%s%s%s %s", split->list,
		*split->list != '\0' ? ", " : "", name, value);
}

static void value_each(const char *value, int64_t count, void *context)
{
	struct split *split = context;
	const struct turn *turn = split->turn;

	if (form_field_yes_no(split->field)) {
		split->asked.count += strcmp(value, "YA") == 0 ? count : 0;
		split->asked.unsaid += *value == '\0' ? count : 0;
		split->asked.of += count;
		return;
	}
	list_add(split,
		*value == '\0' ? word(turn, "unsaid", "tidak disebut")
				: reply_value_text(&turn->reply, split->form, split->field->name,
					  value),
		query_number_text(turn->flow->arena, count));
}

/* "IMD 2 dari 3 (66,7%)", in a list by places "IMD 2/3": under the field's own name. */
static void asked_add(struct split *split, bool short_form)
{
	const struct turn *turn = split->turn;
	const struct measured *asked = &split->asked;
	struct arena *arena = turn->flow->arena;

	list_add(split, reply_label(&turn->reply, split->form, split->field->name),
		short_form && asked->unsaid < asked->of
			? arena_printf(arena, "%s/%s", query_number_text(arena, asked->count),
				  query_number_text(arena, asked->of))
			: query_share_text(turn, asked));
}

static const char *lower(struct arena *arena, const char *label)
{
	char *text = arena_strdup(arena, label);

	if (islower((unsigned char)text[0] ? (unsigned char)text[1] : 0))
		text[0] = (char)tolower((unsigned char)text[0]);
	return text;
}

/* "perdarahan", "IMD", "umur >35 th" */
static const char *term_text(
	const struct turn *turn, const struct form *form, const struct condition_term *term)
{
	static const char *const ops[] = {"", "<>", "<", "<=", ">", ">="};
	struct arena *arena = turn->flow->arena;
	const struct form_field *field = form_field(form, term->field);
	const char *label = lower(arena, reply_label(&turn->reply, form, term->field)),
		*text = "";
	bool choice = field != NULL && field->type == FIELD_CHOICE;

	if (choice && form_field_yes_no(field) && strcmp(term->right[0], "YA") == 0)
		return label;
	for (size_t k = 0; k < term->nright; k++)
		text = arena_printf(arena, "%s%s%s", text, k > 0 ? "/" : "",
			choice ? reply_value_text(&turn->reply, form, term->field, term->right[k])
			: term->right[k][0] == 'P' ? reply_age(&turn->reply, term->right[k])
						   : term->right[k]);
	return choice && !form_field_yes_no(field)
		? text : arena_printf(arena, "%s %s%s", label, choice ? "" : ops[term->op], text);
}

/* Does the list of fields have it? */
static bool has_field(const char *split, const char *field, size_t length)
{
	for (const char *at = split; at != NULL; at = strchr(at, ' ')) {
		at += *at == ' ';
		if (strcspn(at, " ") == length && memcmp(at, field, length) == 0)
			return true;
	}
	return false;
}

/* What it is narrowed to beside the fields that are told apart: "tempat=RS"; NULL. */
static const char *which_rest(const struct turn *turn, const char *which, const char *split)
{
	static const char and[] = " and ";
	const char *rest = NULL;

	for (const char *at = which; at != NULL && *at != '\0';) {
		const char *end = strstr(at, and);
		size_t length = end == NULL ? strlen(at) : (size_t)(end - at);

		if (!has_field(split, at, strcspn(at, "=<>!")))
			rest = arena_printf(turn->flow->arena, "%s%s%.*s", rest == NULL ? "" : rest,
				rest == NULL ? "" : and, (int)length, at);
		at = end == NULL ? NULL : end + strlen(and);
	}
	return rest;
}

/* ", perdarahan, umur >35": what it is narrowed to. */
const char *query_which_text(const struct turn *turn, const char *indicator, const char *which)
{
	struct arena *arena = turn->flow->arena;
	struct condition condition;
	const struct form *form;
	const char *text = "", *wrong;

	if (which == NULL || query_indicator(turn->flow->reader, indicator, &form) == NULL ||
		condition_parse(arena, which, &condition, &wrong) != OK)
		return "";
	for (size_t i = 0; i < condition.nterm; i++)
		text = arena_printf(
			arena, "%s, %s", text, term_text(turn, form, &condition.terms[i]));
	return text;
}

/* "IMD, HB0": is each of them told by yes or no? Their names stand beside their shares. */
static bool asks_each(const struct turn *turn, const struct query *query)
{
	struct arena *arena = turn->flow->arena;
	const struct form *form;
	bool each = query->by == NULL;

	(void)query_indicator(turn->flow->reader, query->indicator, &form);
	for (const char *at = query->split; each && *at != '\0';) {
		size_t length = strcspn(at, " ");

		each = form_field_yes_no(form_field(form, arena_strndup(arena, at, length)));
		at += length + (at[length] == ' ');
	}
	return each;
}

/* "sebab, tempat meninggal" */
static const char *split_names(
	const struct turn *turn, const struct form *form, const char *fields)
{
	struct arena *arena = turn->flow->arena;
	const char *names = "";

	for (const char *at = fields; *at != '\0';) {
		size_t length = strcspn(at, " ");
		const struct form_field *field = form_field(form, arena_strndup(arena, at, length));

		names = arena_printf(arena, "%s%s%s", names, *names != '\0' ? ", " : "",
			lower(arena, reply_label(&turn->reply, form, field->name)));
		at += length + (at[length] == ' ');
	}
	return names;
}

int query_split_values(const struct turn *turn, const struct query *query, const char **list,
	const char **names)
{
	struct arena *arena = turn->flow->arena;
	struct split split = {.turn = turn, .list = ""};
	const char *at = query->split;
	int error = OK;

	(void)query_indicator(turn->flow->reader, query->indicator, &split.form);
	*names = split_names(turn, split.form, query->split);
	while (error == OK && *at != '\0') {
		size_t length = strcspn(at, " ");

		split.field = form_field(split.form, arena_strndup(arena, at, length));
		split.asked = (struct measured){.indicator = &query_share_of_desa};
		error = query_measure_split(
			turn, query, query->indicator, split.field, value_each, &split);
		if (error == OK && form_field_yes_no(split.field))
			asked_add(&split, query->by != NULL);
		at += length + (at[length] == ' ');
	}
	*list = split.list;
	return error;
}

const char *query_split_title(
	const struct turn *turn, const struct query *query, const char *names)
{
	const char *title = arena_printf(turn->flow->arena, "%s%s",
		reply_word(&turn->reply, "title", query->indicator, query->indicator),
		query_which_text(turn, query->indicator,
			which_rest(turn, query->which, query->split)));

	return asks_each(turn, query) ? title
		: arena_printf(turn->flow->arena, "%s %s %s", title,
			  word(turn, "by", "menurut"), names);
}

/* "Menurut sebab: KEMATIAN BAYI MENURUT SEBAB 2024." */
const char *query_split_remark(const struct turn *turn)
{
	const struct asked *asked = &turn->reading->query;
	const struct query query = {
		.indicator = asked->indicator, .split = asked->split, .by = asked->by};
	struct arena *arena = turn->flow->arena;
	const struct form *form;
	const char *names;

	if (asked->split == NULL || asked->by == NULL || !query_by_time(&query) ||
		query_indicator(turn->flow->reader, asked->indicator, &form) == NULL)
		return NULL;
	names = split_names(turn, form, asked->split);
	return arena_printf(arena, "%s %s: %s.",
		reply_capital(arena_strdup(arena, word(turn, "by", "menurut"))), names,
		reply_upper(arena_printf(arena, "%s %s", query_split_title(turn, &query, names),
			reply_period(&turn->reply, asked->period))));
}

/* Of two values, as they come. */
struct two {
	int64_t counts[2];
	size_t count;
};

static void two_each(const char *value, int64_t count, void *context)
{
	struct two *two = context;

	if (*value == '\0')
		return;
	if (two->count < COUNT_OF(two->counts))
		two->counts[two->count] = count;
	two->count++;
}

/* ", selisih 2": of the values of one field, when they are two. */
static int difference(const struct turn *turn, const struct query *query, const char **text)
{
	const struct form *form;
	struct two two = {.count = 0};
	int error;

	*text = "";
	if (!query->apart || strchr(query->split, ' ') != NULL)
		return OK;
	(void)query_indicator(turn->flow->reader, query->indicator, &form);
	error = query_measure_split(turn, query, query->indicator,
		form_field(form, query->split), two_each, &two);
	if (error == OK && two.count == COUNT_OF(two.counts))
		*text = arena_printf(turn->flow->arena, ", %s %s", word(turn, "apart", "selisih"),
			query_number_text(turn->flow->arena,
				llabs(two.counts[0] - two.counts[1])));
	return error;
}

int query_split(struct turn *turn, struct query *query)
{
	struct arena *arena = turn->flow->arena;
	const char *list, *names, *apart;
	struct complete complete;
	struct measured all;
	struct query rest = *query;
	int error;

	rest.which = which_rest(turn, query->which, query->split);
	error = query_measure(turn, &rest, query->indicator, &all);
	if (error == OK)
		error = query_split_values(turn, query, &list, &names);
	if (error == OK)
		error = difference(turn, query, &apart);
	if (error == OK)
		error = query_complete(turn, query, all.form, all.indicator, &complete);
	if (error != OK)
		return error;
	query->title = query_split_title(turn, query, names);
	if (complete.told == 0 && all.count == 0 && all.of == 0)
		list = word(turn, "untold", "belum ada yang melaporkan");
	else if (!asks_each(turn, query))
		list = arena_printf(arena, "%s%s%s %s%s", list, *list != '\0' ? ", " : "",
			word(turn, "total", "semua"), query_number_text(arena, all.count), apart);
	query_say(turn, query, list, complete_text(&turn->reply, &complete, 1));
	return OK;
}
