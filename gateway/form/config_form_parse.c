/* Sections of a form file: fields, requirements, checks, derived values. */
#include "gateway/form/config_form_parse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELDS_MAX  REPORT_FIELDS
#define LIST_MAX    64

void form_parse_begin(struct form_parse *parse)
{
	struct form *form = parse->form;

	form->fields = parse->fields =
		arena_alloc(form->arena, FIELDS_MAX * sizeof(*parse->fields));
	form->requires = parse->requires =
		arena_alloc(form->arena, RULES_MAX * sizeof(*parse->requires));
	form->checks = parse->checks = arena_alloc(form->arena, RULES_MAX * sizeof(*parse->checks));
	form->indicators = parse->indicators =
		arena_alloc(form->arena, RULES_MAX * sizeof(*parse->indicators));
	form->by_names = parse->by_names =
		arena_alloc(form->arena, RULES_MAX * sizeof(*parse->by_names));
	form->computes = parse->computes =
		arena_alloc(form->arena, RULES_MAX * sizeof(*parse->computes));
	form->alarms = parse->alarms =
		arena_alloc(form->arena, RULES_MAX * sizeof(*parse->alarms));
	form->knowns = parse->knowns =
		arena_alloc(form->arena, RULES_MAX * sizeof(*parse->knowns));
	form->derives = parse->derives =
		arena_alloc(form->arena, RULES_MAX * sizeof(*parse->derives));
}

static void too_many(struct form_parse *parse, const struct config_entry *entry, int limit)
{
	config_error(parse->errors, parse->file, entry->line, entry->section,
		"more than %d of these", limit);
}

const char *form_name(struct form_parse *parse, const char *text)
{
	const char *name;

	for (size_t i = 0; i < parse->nname; i++) {
		if (strcmp(parse->names[i], text) == 0)
			return parse->names[i];
	}
	name = arena_strdup(parse->form->arena, text);
	if (parse->nname < NAMES_MAX)
		parse->names[parse->nname++] = name;
	return name;
}

static size_t list_parse(
	struct form_parse *parse, const char *text, bool names, const char *const **out)
{
	const char *items[LIST_MAX];
	const char **list;
	size_t count = 0;

	while (*text && count < LIST_MAX) {
		size_t length = strcspn(text, ","), skip = strspn(text, " \t"), end = length;

		while (end > skip && (text[end - 1] == ' ' || text[end - 1] == '\t'))
			end--;
		if (skip < end)
			items[count++] = arena_strndup(parse->form->arena, text + skip, end - skip);
		text += length + (text[length] == ',');
	}
	list = arena_alloc(parse->form->arena, (count + 1) * sizeof(*list));
	for (size_t i = 0; i < count; i++)
		list[i] = names ? form_name(parse, items[i]) : items[i];
	*out = list;
	return count;
}

size_t form_parse_list(struct form_parse *parse, const char *text, const char *const **out)
{
	return list_parse(parse, text, false, out);
}

size_t form_parse_names(struct form_parse *parse, const char *text, const char *const **out)
{
	return list_parse(parse, text, true, out);
}

static void condition_names(struct form_parse *parse, const struct condition *condition)
{
	if (parse->ncondition < CONDITIONS_MAX) /* else its names are looked up as they come */
		parse->conditions[parse->ncondition++] = *condition;
	for (size_t i = 0; i < condition->nterm; i++) {
		struct condition_term *term = &condition->terms[i];

		term->field = form_name(parse, term->field);
		for (size_t j = 0; j < term->nright && term->sum; j++)
			term->right[j] = form_name(parse, term->right[j]);
	}
}

void form_parse_condition(struct form_parse *parse, const struct config_entry *entry,
	const char *text, struct condition *out)
{
	const char *at;

	if (condition_parse(parse->form->arena, text, out, &at) != OK)
		config_error(parse->errors, parse->file, entry->line, at,
			"a condition is FIELD OP VALUE [and …], OP one of = != < <= > >=");
	else
		condition_names(parse, out);
}

/* Cuts a condition behind a word off the text. */
static void cut_condition(struct form_parse *parse, const struct config_entry *entry, char *text,
	const char *word, struct condition *out)
{
	char *at = strstr(text, word);

	if (!at)
		return;
	*at = '\0';
	form_parse_condition(parse, entry, at + strlen(word), out);
}

void form_parse_when(struct form_parse *parse, const struct config_entry *entry, char *text,
	struct condition *out)
{
	cut_condition(parse, entry, text, " when ", out);
}

void form_parse_unless(struct form_parse *parse, const struct config_entry *entry, char *text,
	struct condition *out)
{
	cut_condition(parse, entry, text, " unless ", out);
}

static void parse_range(
	struct form_parse *parse, const struct config_entry *entry, double *min, double *max)
{
	char *text = arena_strdup(parse->form->arena, entry->value), *dots = strstr(text, ".."),
	     *end = text;

	if (dots) {
		*dots = '\0';
		*min = strtod(text, &end);
		if (end != text && *end == '\0')
			*max = strtod(dots + 2, &end);
	}
	if (!dots || *end != '\0' || end == text || *min > *max)
		config_error(parse->errors, parse->file, entry->line, entry->value,
			"a range is MIN..MAX");
}

static void parse_notes(
	struct form_parse *parse, const struct config_entry *entry, struct form_field *field)
{
	const char *const *items;
	size_t count = form_parse_list(parse, entry->value, &items);
	struct form_note *notes = arena_alloc(parse->form->arena, (count + 1) * sizeof(*notes));

	for (size_t i = 0; i < count; i++) {
		char *text = arena_strdup(parse->form->arena, items[i]);

		form_parse_when(parse, entry, text, &notes[i].when);
		notes[i].name = text;
	}
	field->notes = notes;
	field->nnote = count;
}

static void parse_rest(
	struct form_parse *parse, const struct config_entry *entry, struct form_field *field)
{
	field->rest = true;
	field->rest_segment = strcmp(entry->value, "segment") == 0;
	if (strncmp(entry->value, "when ", 5) == 0)
		form_parse_condition(parse, entry, entry->value + 5, &field->rest_when);
}

static void field_key(
	struct form_parse *parse, const struct config_entry *entry, struct form_field *field)
{
	const char *value = arena_strdup(parse->form->arena, entry->value);
	int type;

	if (strcmp(entry->key, "type") == 0) {
		type = field_type_by_name(value);
		if (type < 0)
			config_error(parse->errors, parse->file, entry->line, entry->value,
				"unknown type \"%s\"", value);
		else
			field->type = (enum field_type)type;
	} else if (strcmp(entry->key, "label") == 0) {
		field->label = value;
	} else if (strcmp(entry->key, "keys") == 0) {
		field->nkey = form_parse_list(parse, value, &field->keys);
	} else if (strcmp(entry->key, "words") == 0) {
		field->words = value;
	} else if (strcmp(entry->key, "choices") == 0) {
		field->nchoice = form_parse_list(parse, value, &field->choices);
	} else if (strcmp(entry->key, "range") == 0) {
		parse_range(parse, entry, &field->min, &field->max);
	} else if (strcmp(entry->key, "usual") == 0) {
		parse_range(parse, entry, &field->usual_min, &field->usual_max);
	} else if (strcmp(entry->key, "rare") == 0) {
		parse_range(parse, entry, &field->rare_min, &field->rare_max);
	} else if (strcmp(entry->key, "days") == 0) {
		double first = 0, last = 0;

		parse_range(parse, entry, &first, &last);
		field->day_min = (int)first;
		field->day_max = (int)last;
	} else if (strcmp(entry->key, "unit") == 0) {
		field->unit = value;
	} else if (strcmp(entry->key, "unit_when") == 0) {
		form_parse_condition(parse, entry, value, &field->unit_when);
	} else if (strcmp(entry->key, "female") == 0) {
		field->female = true;
		if (strncmp(value, "when ", 5) == 0)
			form_parse_condition(parse, entry, value + 5, &field->female_when);
	} else if (strcmp(entry->key, "titled") == 0) {
		form_parse_condition(parse, entry, value, &field->titled);
	} else if (strcmp(entry->key, "mother") == 0) {
		field->mother = value;
	} else if (strcmp(entry->key, "note") == 0) {
		parse_notes(parse, entry, field);
	} else if (strcmp(entry->key, "ask") == 0) {
		field->ask = value;
	} else if (strcmp(entry->key, "example") == 0) {
		field->example = value;
	} else if (strcmp(entry->key, "adds") == 0) {
		field->adds = strcmp(value, "yes") == 0;
	} else if (strcmp(entry->key, "keyed") == 0) {
		field->keyed = strcmp(value, "yes") == 0;
	} else if (strcmp(entry->key, "tail") == 0) {
		field->tail = strcmp(value, "yes") == 0;
	} else if (strcmp(entry->key, "rest") == 0) {
		parse_rest(parse, entry, field);
	} else if (strcmp(entry->key, "pattern") == 0) {
		form_parse_pattern(parse, entry, field);
	} else if (strcmp(entry->key, "finer") == 0) {
		field->finer = value;
	} else if (strcmp(entry->key, "written") == 0) {
		field->written = value;
	}
}

void form_parse_field(struct form_parse *parse, const struct config_entry *entry, const char *name)
{
	struct form *form = parse->form;
	struct form_field *field = form->nfield ? &parse->fields[form->nfield - 1] : NULL;

	if (entry->key) {
		if (field)
			field_key(parse, entry, field);
		return;
	}
	if (form->nfield == FIELDS_MAX) {
		too_many(parse, entry, FIELDS_MAX);
		return;
	}
	field = &parse->fields[form->nfield++];
	field->name = field->label = form_name(parse, name);
	form_names_add(&form->names, field->name);
}

void form_parse_require(struct form_parse *parse, const struct config_entry *entry)
{
	struct form *form = parse->form;

	if (!entry->key) {
		if (form->nrequire == RULES_MAX)
			too_many(parse, entry, RULES_MAX);
		else
			form->nrequire++;
	} else if (form->nrequire && strcmp(entry->key, "fields") == 0) {
		struct form_require *require = &parse->requires[form->nrequire - 1];

		require->nfield = form_parse_names(parse, entry->value, &require->fields);
	} else if (form->nrequire && strcmp(entry->key, "when") == 0) {
		form_parse_condition(
			parse, entry, entry->value, &parse->requires[form->nrequire - 1].when);
	}
}

void form_parse_check(struct form_parse *parse, const struct config_entry *entry, const char *name)
{
	struct form *form = parse->form;
	struct form_check *check = form->ncheck ? &parse->checks[form->ncheck - 1] : NULL;
	int code;

	if (!entry->key) {
		if (form->ncheck == RULES_MAX) {
			too_many(parse, entry, RULES_MAX);
			return;
		}
		parse->checks[form->ncheck++] = (struct form_check){
			.field = form_name(parse, name), .code = PROBLEM_SUM};
		return;
	}
	if (!check)
		return;
	if (strcmp(entry->key, "field") == 0) {
		check->field = form_name(parse, entry->value);
	} else if (strcmp(entry->key, "when") == 0) {
		form_parse_condition(parse, entry, entry->value, &check->when);
	} else if (strcmp(entry->key, "rule") == 0) {
		form_parse_condition(parse, entry, entry->value, &check->rule);
	} else if (strcmp(entry->key, "on") == 0) {
		check->ask = strcmp(entry->value, "ask") == 0;
	} else if (strcmp(entry->key, "note") == 0) {
		check->note = arena_strdup(form->arena, entry->value);
	} else if (strcmp(entry->key, "code") == 0) {
		code = problem_by_name(entry->value);
		if (code < 0)
			config_error(parse->errors, parse->file, entry->line, entry->value,
				"unknown problem code");
		else
			check->code = (enum problem_code)code;
	}
}

void form_parse_derive(struct form_parse *parse, const struct config_entry *entry, const char *name)
{
	struct form *form = parse->form;
	struct form_derive *derive;

	if (!entry->key)
		return;
	if (form->nderive == RULES_MAX) {
		too_many(parse, entry, RULES_MAX);
		return;
	}
	derive = &parse->derives[form->nderive++];
	/* "kelas 2": more rows */
	derive->field = form_name(parse,
		arena_strndup(form->arena, name, strcspn(name, " ")));
	derive->value = arena_strdup(form->arena, entry->key);
	derive->prose = strstr(name, " prosa") != NULL;
	if (strcmp(entry->value, "always") != 0)
		form_parse_condition(parse, entry, entry->value, &derive->when);
}
