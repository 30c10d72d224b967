/* [weekly WEEK] of a form file: reports of units about a week, when they are due, how many are
 * too many. */
#include <stdlib.h>
#include <string.h>

#include "gateway/form/config_form_parse.h"

/* "24 desa, 60 puskesmas" */
static void parse_hours(
	struct form_parse *parse, const struct config_entry *entry, int *desa, int *puskesmas)
{
	const char *const *items;
	size_t count = form_parse_list(parse, entry->value, &items);

	for (size_t i = 0; i < count; i++) {
		char *end;
		long hours = strtol(items[i], &end, 10);
		int *to = strcmp(end, " desa") == 0 ? desa
			: strcmp(end, " puskesmas") == 0 ? puskesmas : NULL;

		if (end == items[i] || !to || hours < 1 || hours > 7 * 24)
			config_error(parse->errors, parse->file, entry->line, items[i],
				"it is HOURS desa or HOURS puskesmas, at most a week");
		else
			*to = (int)hours;
	}
}

/* "15 a": so many of the field alarm. */
static void parse_least(
	struct form_parse *parse, const struct config_entry *entry, struct form_weekly *weekly)
{
	const char *const *items;
	size_t count = form_parse_list(parse, entry->value, &items);
	struct form_least *least = arena_alloc(parse->form->arena, (count + 1) * sizeof(*least));

	for (size_t i = 0; i < count; i++) {
		char *end;

		least[i].least = strtod(items[i], &end);
		least[i].field = end + strspn(end, " ");
		if (end == items[i] || least[i].least < 1)
			config_error(parse->errors, parse->file, entry->line, items[i],
				"it is NUMBER FIELD, the number at least 1");
	}
	weekly->least = least;
	weekly->nleast = count;
}

static void weekly_begin(struct form_parse *parse, const char *name)
{
	struct arena *arena = parse->form->arena;

	parse->weekly = arena_alloc(arena, sizeof(*parse->weekly));
	*parse->weekly = (struct form_weekly){.week = arena_strdup(arena, name),
		.due_desa = 24,
		.due_puskesmas = 60,
		.weeks = 3,
		.times = 2,
		.from = 3,
		.silence = 14};
	parse->form->weekly = parse->weekly;
}

void form_parse_weekly(
	struct form_parse *parse, const struct config_entry *entry, const char *name)
{
	struct form_weekly *weekly = parse->weekly;
	const char *value;

	if (!entry->key) {
		weekly_begin(parse, name);
		return;
	}
	value = arena_strdup(parse->form->arena, entry->value);
	if (strcmp(entry->key, "year") == 0)
		weekly->year = value;
	else if (strcmp(entry->key, "unit") == 0)
		weekly->unit = value;
	else if (strcmp(entry->key, "kind") == 0)
		weekly->kind = value;
	else if (strcmp(entry->key, "total") == 0)
		weekly->total = value;
	else if (strcmp(entry->key, "due") == 0)
		parse_hours(parse, entry, &weekly->due_desa, &weekly->due_puskesmas);
	else if (strcmp(entry->key, "remind") == 0)
		parse_hours(parse, entry, &weekly->remind_desa, &weekly->remind_puskesmas);
	else if (strcmp(entry->key, "least") == 0)
		parse_least(parse, entry, weekly);
	else if (strcmp(entry->key, "weeks") == 0)
		weekly->weeks = atoi(value);
	else if (strcmp(entry->key, "times") == 0)
		weekly->times = atoi(value);
	else if (strcmp(entry->key, "from") == 0)
		weekly->from = atoi(value);
	else if (strcmp(entry->key, "silence") == 0)
		weekly->silence = atoi(value);
}

void form_weekly_prove(struct form_parse *parse)
{
	const struct form_weekly *weekly = parse->form->weekly;

	if (!weekly)
		return;
	form_prove_name(parse, "weekly", weekly->week);
	form_prove_name(parse, "weekly", weekly->year);
	form_prove_name(parse, "weekly", weekly->unit);
	form_prove_name(parse, "weekly", weekly->total);
	form_prove_name(parse, "weekly", weekly->kind);
	for (size_t i = 0; i < weekly->nleast; i++)
		form_prove_name(parse, "weekly", weekly->least[i].field);
}
