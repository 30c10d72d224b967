/* [indicator NAME] of a form file: a number that people ask for, made of counts. */
#include <stdlib.h>
#include <string.h>

#include "gateway/form/config_form_parse.h"

/* "stock s": *stock, and the name. */
static const char *count_name(struct form_parse *parse, const char *value, bool *stock)
{
	*stock = strncmp(value, "stock ", 6) == 0;
	return arena_strdup(parse->form->arena, value + (*stock ? 6 : 0));
}

/* "lahir", "stock s", "d - o - b" */
static void parse_of(struct form_parse *parse, const struct config_entry *entry,
	struct form_indicator *indicator)
{
	char *text = arena_strdup(parse->form->arena, entry->value), *minus = strstr(text, " - ");
	char *rest = minus ? minus + 3 : NULL;

	if (minus)
		*minus = '\0';
	indicator->of = count_name(parse, text, &indicator->of_stock);
	for (char *c = rest; c && (c = strstr(c, " - ")); c += 3)
		memcpy(c, " , ", 3);
	if (rest)
		indicator->nless = form_parse_list(parse, rest, &indicator->less);
}

void form_parse_indicator(
	struct form_parse *parse, const struct config_entry *entry, const char *name)
{
	struct form *form = parse->form;
	struct form_indicator *indicator =
		form->nindicator ? &parse->indicators[form->nindicator - 1] : NULL;

	if (!entry->key) {
		if (form->nindicator == RULES_MAX) {
			config_error(parse->errors, parse->file, entry->line, NULL,
				"more than %d indicators", RULES_MAX);
			return;
		}
		parse->indicators[form->nindicator++].name = arena_strdup(form->arena, name);
		return;
	}
	if (!indicator)
		return;
	if (strcmp(entry->key, "count") == 0)
		indicator->count = count_name(parse, entry->value, &indicator->stock);
	else if (strcmp(entry->key, "cases") == 0)
		indicator->cases = strcmp(entry->value, "risk") == 0 ? CASES_RISK : CASES_OPEN;
	else if (strcmp(entry->key, "of") == 0)
		parse_of(parse, entry, indicator);
	else if (strcmp(entry->key, "target") == 0)
		indicator->target = count_name(parse, entry->value, &indicator->target_stock);
	else if (strcmp(entry->key, "beside") == 0)
		indicator->beside = arena_strdup(form->arena, entry->value);
	else if (strcmp(entry->key, "per") == 0)
		indicator->per = strtol(entry->value, NULL, 10);
	else if (strcmp(entry->key, "decimals") == 0)
		indicator->decimals = (int)strtol(entry->value, NULL, 10);
	else if (strcmp(entry->key, "period") == 0)
		indicator->yearly = strcmp(entry->value, "year") == 0;
}

void form_parse_by_name(
	struct form_parse *parse, const struct config_entry *entry, const char *field)
{
	struct form *form = parse->form;
	struct form_by_name *last = form->nby_name ? &parse->by_names[form->nby_name - 1] : NULL;

	if (!entry->key) {
		if (form->nby_name == RULES_MAX)
			config_error(parse->errors, parse->file, entry->line, NULL,
				"more than %d counts by name", RULES_MAX);
		else
			parse->by_names[form->nby_name++] = (struct form_by_name){
				.field = arena_strdup(form->arena, field), .apart = 2};
	} else if (last && strcmp(entry->key, "count") == 0)
		last->count = arena_strdup(form->arena, entry->value);
	else if (last && strcmp(entry->key, "apart") == 0)
		last->apart = strtol(entry->value, NULL, 10);
}

static bool is_counted(struct form *const *forms, size_t count, const char *name, bool stock)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < forms[i]->ncount; k++) {
			if (strcmp(forms[i]->counts[k].name, name) == 0 &&
				forms[i]->counts[k].stock == stock)
				return true;
		}
		for (size_t k = 0; forms[i]->cases && k < forms[i]->cases->nmark; k++) {
			if (strcmp(forms[i]->cases->marks[k].name, name) == 0 && !stock)
				return true;
		}
	}
	return false;
}

static void prove_one(struct form *const *forms, size_t count, const struct form *form,
	const char *name, bool stock, const char *path, struct config_errors *errors)
{
	if (name && !is_counted(forms, count, name, stock))
		config_error(errors, &(struct config_file){.path = path}, 0, NULL,
			"an indicator of form %s stands on \"%s%s\", which no form counts",
			form->name, stock ? "stock " : "", name);
}

static void prove_by_names(struct form *const *forms, size_t count, const struct form *form,
	const char *path, struct config_errors *errors)
{
	for (size_t i = 0; i < form->nby_name; i++) {
		const struct form_by_name *one = &form->by_names[i];

		prove_one(forms, count, form, one->field, false, path, errors);
		prove_one(forms, count, form, one->count, false, path, errors);
		if (!one->count || !form_field(form, one->field))
			config_error(errors, &(struct config_file){.path = path}, 0, NULL,
				"by_name %s of form %s: %s", one->field, form->name,
				one->count ? "no such field" : "no count");
	}
}

void form_indicators_prove(struct form *const *forms, size_t count, const char *directory,
	struct config_errors *errors)
{
	for (size_t i = 0; i < count; i++) {
		prove_by_names(forms, count, forms[i], directory, errors);
		for (size_t k = 0; k < forms[i]->nindicator; k++) {
			const struct form_indicator *one = &forms[i]->indicators[k];

			if (!one->count && !one->cases)
				config_error(errors, &(struct config_file){.path = directory}, 0,
					NULL, "indicator %s of form %s counts nothing", one->name,
					forms[i]->name);
			prove_one(
				forms, count, forms[i], one->count, one->stock, directory, errors);
			prove_one(
				forms, count, forms[i], one->of, one->of_stock, directory, errors);
			for (size_t l = 0; l < one->nless; l++)
				prove_one(forms, count, forms[i], one->less[l], false, directory,
					errors);
			if (one->beside && !form_indicator(forms[i], one->beside))
				config_error(errors, &(struct config_file){.path = directory}, 0,
					NULL,
					"indicator %s: beside it stands \"%s\", which is no "
					"indicator of form %s",
					one->name, one->beside, forms[i]->name);
		}
	}
}
