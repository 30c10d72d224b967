/* Alarms and outbreaks of a form file: who is told of what, and when cases are too many; what is
 * carried on from report to report. */
#include <stdlib.h>
#include <string.h>

#include "gateway/form/config_form_parse.h"

#define CARRY_DAYS 365

static void parse_levels(
	struct form_parse *parse, const struct config_entry *entry, struct form_alarm *alarm)
{
	static const struct {
		const char *name;
		unsigned level;
	} levels[] = {{"bidan", FORM_TO_BIDAN}, {"puskesmas", FORM_TO_PUSKESMAS},
		{"dinkes", FORM_TO_DINKES}};
	const char *const *items;
	size_t count = form_parse_list(parse, entry->value, &items);

	alarm->levels = 0;
	for (size_t i = 0; i < count; i++) {
		unsigned level = 0;

		for (size_t k = 0; k < COUNT_OF(levels); k++)
			level |= strcmp(levels[k].name, items[i]) == 0 ? levels[k].level : 0;
		if (!level)
			config_error(parse->errors, parse->file, entry->line, items[i],
				"an alarm is to bidan, puskesmas or dinkes");
		alarm->levels |= level;
	}
}

void form_parse_alarm(struct form_parse *parse, const struct config_entry *entry, const char *name)
{
	struct form *form = parse->form;
	struct form_alarm *alarm = form->nalarm ? &parse->alarms[form->nalarm - 1] : NULL;

	if (!entry->key) {
		if (form->nalarm == RULES_MAX)
			config_error(parse->errors, parse->file, entry->line, entry->section,
				"more than %d of these", RULES_MAX);
		else /* "berat diastol": one more condition of the same alarm */
			parse->alarms[form->nalarm++] = (struct form_alarm){
				.name = arena_strndup(form->arena, name, strcspn(name, " ")),
				.levels = FORM_TO_BIDAN | FORM_TO_PUSKESMAS};
		return;
	}
	if (!alarm)
		return;
	if (strcmp(entry->key, "when") == 0)
		form_parse_condition(parse, entry, entry->value, &alarm->when);
	else if (strcmp(entry->key, "to") == 0)
		parse_levels(parse, entry, alarm);
	else if (strcmp(entry->key, "as") == 0)
		alarm->notice = strcmp(entry->value, "now") != 0;
	if (strcmp(entry->key, "as") != 0)
		return;
	alarm->daily = strcmp(entry->value, "daily") == 0;
	alarm->death = strcmp(entry->value, "death") == 0;
}

/* "1 when penyakit=J|K, 5 when penyakit=A": the first that holds. */
static void parse_least(
	struct form_parse *parse, const struct config_entry *entry, struct form_outbreak *outbreak)
{
	const char *const *items;
	size_t count = form_parse_list(parse, entry->value, &items);
	struct form_points *least = arena_alloc(parse->form->arena, (count + 1) * sizeof(*least));

	for (size_t i = 0; i < count; i++) {
		char *text = arena_strdup(parse->form->arena, items[i]), *end;

		form_parse_when(parse, entry, text, &least[i].when);
		least[i].points = strtod(text, &end);
		if (end == text || *end || least[i].points < 1)
			config_error(parse->errors, parse->file, entry->line, items[i],
				"a threshold is NUMBER [when CONDITION]");
	}
	outbreak->least = least;
	outbreak->nleast = count;
}

static void parse_dinkes(
	struct form_parse *parse, const struct config_entry *entry, struct form_outbreak *outbreak)
{
	const char *const *items;
	size_t count = form_parse_list(parse, entry->value, &items);
	struct condition *list = arena_alloc(parse->form->arena, (count + 1) * sizeof(*list));

	for (size_t i = 0; i < count; i++)
		form_parse_condition(parse, entry, items[i], &list[i]);
	outbreak->dinkes = list;
	outbreak->ndinkes = count;
}

void form_parse_outbreak(struct form_parse *parse, const struct config_entry *entry)
{
	struct form *form = parse->form;
	struct form_outbreak *outbreak = parse->outbreak;

	if (!entry->key) {
		form->outbreak = parse->outbreak =
			arena_alloc(form->arena, sizeof(*parse->outbreak));
		return;
	}
	if (strcmp(entry->key, "by") == 0)
		outbreak->by = arena_strdup(form->arena, entry->value);
	else if (strcmp(entry->key, "sum") == 0)
		outbreak->sum = arena_strdup(form->arena, entry->value);
	else if (strcmp(entry->key, "days") == 0)
		outbreak->days = atoi(entry->value);
	else if (strcmp(entry->key, "silence") == 0)
		outbreak->silence = atoi(entry->value);
	else if (strcmp(entry->key, "least") == 0)
		parse_least(parse, entry, outbreak);
	else if (strcmp(entry->key, "dinkes") == 0)
		parse_dinkes(parse, entry, outbreak);
}

/* "lahir, jk, bb>bb_lalu" */
static size_t parse_take(struct form_parse *parse, const struct config_entry *entry,
	const struct form_carry **out)
{
	const char *const *items;
	struct form *form = parse->form;
	size_t count = form_parse_list(parse, entry->value, &items);
	struct form_carry *carry = arena_alloc(form->arena, (count + 1) * sizeof(*carry));

	for (size_t i = 0; i < count; i++) {
		char *text = arena_strdup(form->arena, items[i]), *sign = strchr(text, '>');

		bool newest = sign && sign[1] == '>';

		if (sign)
			*sign = '\0';
		carry[i] = (struct form_carry){form_name(parse, text),
			sign ? form_name(parse, sign + 1 + newest) : NULL, newest};
	}
	*out = carry;
	return count;
}

void form_parse_known(struct form_parse *parse, const struct config_entry *entry, const char *name)
{
	struct form *form = parse->form;
	struct form_known *known = form->nknown ? &parse->knowns[form->nknown - 1] : NULL;

	if (!entry->key) {
		if (form->nknown == RULES_MAX)
			config_error(parse->errors, parse->file, entry->line, entry->section,
				"more than %d of these", RULES_MAX);
		else
			parse->knowns[form->nknown++] = (struct form_known){
				.form = arena_strdup(form->arena, name), .days = CARRY_DAYS};
		return;
	}
	if (known && strcmp(entry->key, "take") == 0)
		known->ntake = parse_take(parse, entry, &known->take);
	else if (known && strcmp(entry->key, "days") == 0)
		known->days = atoi(entry->value);
}

void form_parse_carry(struct form_parse *parse, const struct config_entry *entry)
{
	struct form *form = parse->form;

	form->ncarry = parse_take(parse, entry, &form->carry);
	form->carry_days = form->carry_days ? form->carry_days : CARRY_DAYS;
}

void form_alarms_prove(struct form_parse *parse)
{
	const struct form *form = parse->form;
	const struct form_outbreak *outbreak = form->outbreak;

	for (size_t i = 0; i < form->ncarry; i++) {
		form_prove_name(parse, "carry", form->carry[i].from);
		form_prove_name(parse, "carry", form->carry[i].to);
	}
	for (size_t i = 0; i < form->nknown; i++) {
		for (size_t k = 0; k < form->knowns[i].ntake; k++)
			form_prove_name(parse, "known", form->knowns[i].take[k].to
				? form->knowns[i].take[k].to : form->knowns[i].take[k].from);
	}
	for (size_t i = 0; i < form->nalarm; i++)
		form_prove_condition(parse, "alarm", &form->alarms[i].when);
	if (!outbreak)
		return;
	form_prove_name(parse, "outbreak", outbreak->by);
	form_prove_name(parse, "outbreak", outbreak->sum);
	for (size_t i = 0; i < outbreak->nleast; i++)
		form_prove_condition(parse, "outbreak", &outbreak->least[i].when);
	for (size_t i = 0; i < outbreak->ndinkes; i++)
		form_prove_condition(parse, "outbreak", &outbreak->dinkes[i]);
}
