/* Patterns and computed fields of a form file, and the tables of growth that stand beside it. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/form/config_form_parse.h"
#include "parsers/form/field_pattern_match.h"

#define ROWS_MAX 4000 /* of a table, both sexes */
#define LINE_MAX_OCTETS 128

void form_parse_pattern(
	struct form_parse *parse, const struct config_entry *entry, struct form_field *field)
{
	char why[160];
	size_t at;
	const struct field_pattern *pattern =
		field_pattern_new(entry->value, why, sizeof(why), &at);

	if (!pattern) {
		config_error(parse->errors, parse->file, entry->line,
			at < strlen(entry->value) ? entry->value + at : entry->value, "%s", why);
		return;
	}
	field_pattern_free(field->pattern); /* a key told twice is an error of its own */
	field->pattern = pattern;
	parse->pattern_line = entry->line;
}

/* "L,0,0.3487,3.3464,0.14602" behind a header; the sexes one behind the other, equally spaced. */
static bool row_read(const char *line, int *sex, double *place, struct growth_row *row)
{
	char letter;

	if (sscanf(line, "%c,%lf,%lf,%lf,%lf", &letter, place, &row->l, &row->m, &row->s) != 5 ||
		(letter != 'L' && letter != 'P'))
		return false;
	*sex = letter == 'P' ? GROWTH_GIRLS : GROWTH_BOYS;
	return row->m > 0 && row->s > 0;
}

static const char *table_read(FILE *file, struct arena *arena, struct growth *out)
{
	struct growth_row *rows[GROWTH_SEXES], row;
	size_t counts[GROWTH_SEXES] = {0};
	char line[LINE_MAX_OCTETS];
	double place;
	int sex;

	for (int i = 0; i < GROWTH_SEXES; i++)
		out->rows[i] = rows[i] = arena_alloc(arena, ROWS_MAX * sizeof(row));
	if (!fgets(line, sizeof(line), file))
		return "it is empty";
	while (fgets(line, sizeof(line), file)) {
		if (!row_read(line, &sex, &place, &row))
			return "a row is SEX,PLACE,L,M,S, SEX one of L and P";
		if (counts[sex] == ROWS_MAX)
			return "it has too many rows";
		if (counts[sex] == 0 && sex == GROWTH_BOYS)
			out->first = place;
		else if (counts[sex] == 1 && sex == GROWTH_BOYS)
			out->step = place - out->first;
		if (counts[sex] > 0 &&
			fabs(place - (out->first + out->step * (double)counts[sex])) > 1e-6)
			return "its rows are not equally spaced";
		rows[sex][counts[sex]++] = row;
	}
	out->count = counts[GROWTH_BOYS];
	return counts[GROWTH_BOYS] != counts[GROWTH_GIRLS] || out->count < 2 || out->step <= 0
		? "it does not have as many rows for girls as for boys"
		: NULL;
}

/* Beside the form file: "who/weight_for_age.csv". */
static const struct growth *parse_table(struct form_parse *parse, const struct config_entry *entry)
{
	const char *slash = strrchr(parse->file->path, '/');
	char *path = arena_printf(parse->form->arena, "%.*s%s",
		slash ? (int)(slash - parse->file->path) + 1 : 0, parse->file->path, entry->value);
	struct growth *table = arena_alloc(parse->form->arena, sizeof(*table));
	FILE *file = fopen(path, "r");
	const char *wrong;

	if (!file) {
		config_error(parse->errors, parse->file, entry->line, entry->value, "%s: %s", path,
			strerror(errno));
		return NULL;
	}
	wrong = table_read(file, parse->form->arena, table);
	fclose(file);
	if (wrong)
		config_error(parse->errors, parse->file, entry->line, entry->value, "%s: %s", path,
			wrong);
	return wrong ? NULL : table;
}

/* "4 when umur<=16", "4 when tanda=BENGKAK unless note=hipertensi" */
size_t form_parse_points(struct form_parse *parse, const struct config_entry *entry,
	const struct form_points **out)
{
	const char *const *items;
	size_t count = form_parse_list(parse, entry->value, &items);
	struct form_points *points =
		arena_alloc(parse->form->arena, (count + 1) * sizeof(*points));

	for (size_t i = 0; i < count; i++) {
		char *text = arena_strdup(parse->form->arena, items[i]), *end;

		form_parse_unless(parse, entry, text, &points[i].unless);
		form_parse_when(parse, entry, text, &points[i].when);
		points[i].points = strtod(text, &end);
		if (end == text || *end)
			config_error(parse->errors, parse->file, entry->line, items[i],
				"points are NUMBER when CONDITION [unless CONDITION]");
	}
	*out = points;
	return count;
}

static void parse_function(
	struct form_parse *parse, const struct config_entry *entry, struct form_compute *compute)
{
	const struct compute_function *row;
	const char *names[32], *near;
	size_t count = 0;

	compute->function = compute_by_name(entry->value);
	if (compute->function)
		return;
	for (; count < COUNT_OF(names) && (row = compute_at(count)); count++)
		names[count] = row->name;
	near = config_nearest(entry->value, names, count);
	config_error(parse->errors, parse->file, entry->line, entry->value,
		"there is no function \"%s\"%s%s%s", entry->value,
		near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

static bool arg_is(const char *arg, const char *key)
{
	size_t length = strlen(key);

	return arg && strncmp(arg, key, length) == 0 && (!arg[length] || arg[length] == '?');
}

static void parse_argument(
	struct form_parse *parse, const struct config_entry *entry, struct form_compute *compute)
{
	for (size_t i = 0; compute->function && i < COMPUTE_ARGS; i++) {
		if (!arg_is(compute->function->args[i], entry->key))
			continue;
		compute->args[i] = form_name(parse, entry->value);
		return;
	}
	config_error(parse->errors, parse->file, entry->line, NULL,
		compute->function ? "the function has no argument \"%s\""
				  : "\"function\" comes in front of \"%s\"",
		entry->key);
}

void form_parse_compute(
	struct form_parse *parse, const struct config_entry *entry, const char *name)
{
	struct form *form = parse->form;
	struct form_compute *compute =
		form->ncompute ? &parse->computes[form->ncompute - 1] : NULL;

	if (!entry->key) {
		if (form->ncompute == RULES_MAX)
			config_error(parse->errors, parse->file, entry->line, entry->section,
				"more than %d of these", RULES_MAX);
		else /* "hpl uk": a second way to the same field */
			parse->computes[form->ncompute++].field = form_name(parse,
				arena_strndup(form->arena, name, strcspn(name, " ")));
		return;
	}
	if (!compute)
		return;
	if (strcmp(entry->key, "function") == 0)
		parse_function(parse, entry, compute);
	else if (strcmp(entry->key, "when") == 0)
		form_parse_condition(parse, entry, entry->value, &compute->when);
	else if (strcmp(entry->key, "unless") == 0)
		form_parse_condition(parse, entry, entry->value, &compute->unless);
	else if (compute->function && compute->function->table &&
		strcmp(entry->key, "table") == 0)
		compute->table = parse_table(parse, entry);
	else if (compute->function && compute->function->points &&
		strcmp(entry->key, "points") == 0)
		compute->npoint = form_parse_points(parse, entry, &compute->points);
	else
		parse_argument(parse, entry, compute);
}

static unsigned char number_of(const struct form *form, const char *name)
{
	int number = form_names_find(&form->names, name);

	return number < 0 ? NAME_NONE : (unsigned char)number;
}

void form_names_bind(struct form_parse *parse)
{
	struct form *form = parse->form;

	for (size_t i = 0; i < form->ncompute; i++) {
		if (form_names_find(&form->names, form->computes[i].field) < 0)
			form_names_add(&form->names, form->computes[i].field);
	}
	for (size_t i = 0; i < form->ncompute; i++) {
		struct form_compute *compute = &parse->computes[i];

		for (size_t k = 0; k < COMPUTE_ARGS; k++) {
			if (compute->args[k])
				compute->numbers[k] = number_of(form, compute->args[k]);
		}
	}
	for (size_t i = 0; i < parse->ncondition; i++) {
		for (size_t k = 0; k < parse->conditions[i].nterm; k++) {
			struct condition_term *term = &parse->conditions[i].terms[k];

			term->number = number_of(form, term->field);
			for (size_t j = 0; j < term->nright && term->sum; j++)
				term->numbers[j] = number_of(form, term->right[j]);
		}
	}
}

/* What is found anew when a report is judged again. */
static void mark_found(struct form_parse *parse)
{
	const struct form *form = parse->form;

	for (size_t i = 0; i < form->ncompute; i++) {
		const struct compute_function *function = form->computes[i].function;
		int field = form_field_index(form, form->computes[i].field);

		if (function && !function->kept && field >= 0 && function->late)
			parse->fields[field].computed_late = true;
		else if (function && !function->kept && field >= 0)
			parse->fields[field].computed = true;
	}
	for (size_t i = 0; i < form->nderive; i++) {
		int field = form_field_index(form, form->derives[i].field);

		if (field >= 0)
			parse->fields[field].derived = true;
	}
}

static void prove_compute(struct form_parse *parse, const struct form_compute *compute)
{
	const struct compute_function *function = compute->function;

	if (compute->field[0] != '_' && form_field_index(parse->form, compute->field) < 0)
		form_prove_name(parse, "compute", compute->field);
	form_prove_condition(parse, "compute", &compute->when);
	form_prove_condition(parse, "compute", &compute->unless);
	for (size_t i = 0; i < compute->npoint; i++) {
		form_prove_condition(parse, "points", &compute->points[i].when);
		form_prove_condition(parse, "points", &compute->points[i].unless);
	}
	for (size_t i = 0; function && i < COMPUTE_ARGS && function->args[i]; i++) {
		const char *name = function->args[i], *value = compute->args[i];

		if (!value && !strchr(name, '?'))
			config_error(parse->errors, parse->file, 0, NULL,
				"compute %s lacks \"%s\"", compute->field, name);
	}
	if (!function)
		config_error(parse->errors, parse->file, 0, NULL, "compute %s has no function",
			compute->field);
	else if (function->table && !compute->table)
		config_error(parse->errors, parse->file, 0, NULL, "compute %s has no table",
			compute->field);
}

static void prove_field(struct form_parse *parse, const struct form_field *field)
{
	const struct form *form = parse->form;
	const char *group;

	if ((field->type == FIELD_PATTERN) != (field->pattern != NULL))
		config_error(parse->errors, parse->file, parse->pattern_line, NULL,
			"field %s: type pattern and a pattern go together", field->name);
	for (size_t g = 0;
		field->pattern && (group = field_pattern_group(field->pattern, g)); g++) {
		if (form_field_index(form, group) < 0)
			config_error(parse->errors, parse->file, parse->pattern_line,
				group, "the group \"%s\" is no field", group);
	}
	if (field->type == FIELD_LIST && !field->nchoice)
		config_error(parse->errors, parse->file, 0, NULL,
			"field %s is a list of no choices", field->name);
}

void form_computes_prove(struct form_parse *parse)
{
	const struct form *form = parse->form;

	for (size_t i = 0; i < form->ncompute; i++)
		prove_compute(parse, &form->computes[i]);
	for (size_t i = 0; i < form->nfield; i++)
		prove_field(parse, &form->fields[i]);
	mark_found(parse);
}
