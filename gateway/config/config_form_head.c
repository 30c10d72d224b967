/* The [form] section, and the proof that every name in a form file is a field of it. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "gateway/config/config_form_parse.h"

/* "d by d", "s by s stock", "bblr when berat<2500" */
static void parse_counts(struct form_parse *parse, const struct config_entry *entry)
{
	const char *const *items;
	struct form *form = parse->form;
	size_t count = form_parse_list(parse, entry->value, &items);
	struct form_count *counts = arena_alloc(form->arena, (count + 1) * sizeof(*counts));

	for (size_t i = 0; i < count; i++) {
		char *text = arena_strdup(form->arena, items[i]), *save, *word;

		form_parse_when(parse, entry, text, &counts[i].when);
		counts[i].name = word = strtok_r(text, " ", &save);
		while ((word = strtok_r(NULL, " ", &save))) {
			if (strcmp(word, "stock") == 0)
				counts[i].stock = true;
			else if (strcmp(word, "by") == 0)
				counts[i].by = strtok_r(NULL, " ", &save);
			else
				config_error(parse->errors, parse->file, entry->line, word,
					"a count is NAME [by FIELD] [stock] [when CONDITION]");
		}
	}
	form->counts = counts;
	form->ncount = count;
}

/* "ibu~, desa, tgl±2d, berat±200" */
static void parse_same(struct form_parse *parse, const struct config_entry *entry)
{
	const char *const *items;
	struct form *form = parse->form;
	size_t count = form_parse_list(parse, entry->value, &items);
	struct form_same *same = arena_alloc(form->arena, (count + 1) * sizeof(*same));

	for (size_t i = 0; i < count; i++) {
		char *text = arena_strdup(form->arena, items[i]);
		char *sign = strstr(text, "±"), *tilde = strchr(text, '~');

		if (sign) {
			same[i].tolerance = strtod(sign + strlen("±"), NULL);
			*sign = '\0';
		}
		if (tilde) {
			same[i].fuzzy = true;
			*tilde = '\0';
		}
		same[i].field = text;
	}
	form->same = same;
	form->nsame = count;
}

/* "mati jenis=LAHIRMATI when luaran=MATI" */
static struct form_becomes *parse_becomes(
	struct form_parse *parse, const struct config_entry *entry)
{
	struct arena *arena = parse->form->arena;
	struct form_becomes *becomes = arena_alloc(arena, sizeof(*becomes));
	char *text = arena_strdup(arena, entry->value), *space, *equals;

	form_parse_when(parse, entry, text, &becomes->when);
	space = strchr(text, ' ');
	equals = space ? strchr(space, '=') : NULL;
	if (!equals) {
		config_error(parse->errors, parse->file, entry->line, entry->value,
			"it is FORM FIELD=VALUE [when CONDITION]");
		return becomes;
	}
	*space = *equals = '\0';
	*becomes = (struct form_becomes){text, space + 1, equals + 1, becomes->when};
	return becomes;
}

static void parse_required(struct form_parse *parse, const struct config_entry *entry)
{
	struct form_require *require = &parse->requires[parse->form->nrequire++];

	require->nfield = form_parse_list(parse, entry->value, &require->fields);
}

void form_parse_form(struct form_parse *parse, const struct config_entry *entry)
{
	struct form *form = parse->form;
	const char *value;

	if (!entry->key)
		return;
	value = arena_strdup(form->arena, entry->value);
	if (strcmp(entry->key, "title") == 0)
		form->title = value;
	else if (strcmp(entry->key, "letter") == 0)
		form->letter = value;
	else if (strcmp(entry->key, "keywords") == 0)
		form->nkeyword = form_parse_list(parse, value, &form->keywords);
	else if (strcmp(entry->key, "order") == 0)
		form->norder = form_parse_list(parse, value, &form->order);
	else if (strcmp(entry->key, "repeats") == 0)
		form->nrepeat = form_parse_list(parse, value, &form->repeats);
	else if (strcmp(entry->key, "required") == 0)
		parse_required(parse, entry);
	else if (strcmp(entry->key, "date") == 0)
		form->date = value;
	else if (strcmp(entry->key, "date_default") == 0)
		form->date_default = value;
	else if (strcmp(entry->key, "place") == 0)
		form->place = value;
	else if (strcmp(entry->key, "story") == 0)
		form->story = value;
	else if (strcmp(entry->key, "counts") == 0)
		parse_counts(parse, entry);
	else if (strcmp(entry->key, "same_as") == 0)
		parse_same(parse, entry);
	else if (strcmp(entry->key, "becomes") == 0)
		form->becomes = parse_becomes(parse, entry);
	else if (strcmp(entry->key, "follows") == 0)
		form->follows = parse_becomes(parse, entry);
}

static bool known(const struct form *form, const char *name)
{
	if (form_field_index(form, name) >= 0)
		return true;
	for (size_t i = 0; i < form->nderive; i++) {
		if (strcmp(form->derives[i].field, name) == 0)
			return true;
	}
	return false;
}

static void prove_name(struct form_parse *parse, const char *where, const char *name)
{
	const char *names[REPORT_FIELDS], *near;
	size_t count = parse->form->nfield;

	if (!name || known(parse->form, name))
		return;
	for (size_t i = 0; i < count; i++)
		names[i] = parse->form->fields[i].name;
	near = config_nearest(name, names, count);
	config_error(parse->errors, parse->file, 0, NULL,
		"%s names \"%s\", which is no field%s%s%s", where, name,
		near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

static void prove_list(
	struct form_parse *parse, const char *where, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char *text = arena_strdup(parse->form->arena, names[i]), *save;

		for (char *name = strtok_r(text, "|", &save); name;
			name = strtok_r(NULL, "|", &save))
			prove_name(parse, where, name);
	}
}

static void prove_condition(
	struct form_parse *parse, const char *where, const struct condition *condition)
{
	for (size_t i = 0; i < condition->nterm; i++) {
		prove_name(parse, where, condition->terms[i].field);
		if (condition->terms[i].sum)
			prove_list(parse, where, condition->terms[i].right,
				condition->terms[i].nright);
	}
}

void form_parse_prove(struct form_parse *parse)
{
	const struct form *form = parse->form;

	prove_list(parse, "order", form->order, form->norder);
	prove_list(parse, "repeats", form->repeats, form->nrepeat);
	prove_name(parse, "date", form->date);
	prove_name(parse, "place", form->place);
	for (size_t i = 0; i < form->nrequire; i++) {
		prove_list(parse, "required", form->requires[i].fields, form->requires[i].nfield);
		prove_condition(parse, "required", &form->requires[i].when);
	}
	for (size_t i = 0; i < form->ncheck; i++) {
		prove_name(parse, "check", form->checks[i].field);
		prove_condition(parse, "check", &form->checks[i].when);
		prove_condition(parse, "check", &form->checks[i].rule);
	}
	for (size_t i = 0; i < form->nderive; i++)
		prove_condition(parse, "derive", &form->derives[i].when);
	for (size_t i = 0; i < form->nsame; i++)
		prove_name(parse, "same_as", form->same[i].field);
	for (size_t i = 0; i < form->ncount; i++) {
		prove_name(parse, "counts", form->counts[i].by);
		prove_condition(parse, "counts", &form->counts[i].when);
	}
	for (size_t i = 0; i < form->nfield; i++) {
		for (size_t j = 0; j < form->fields[i].nnote; j++)
			prove_condition(parse, "note", &form->fields[i].notes[j].when);
		prove_name(parse, "written", form->fields[i].written);
	}
}

static int name_is_ini(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return length > 4 && entry->d_name[0] != '.' &&
		strcmp(entry->d_name + length - 4, ".ini") == 0;
}

static void prove_apart(const struct form *a, const struct form *b, const char *directory,
	struct config_errors *errors)
{
	const struct config_file whole = {.path = directory};

	if (strcmp(a->letter, b->letter) == 0)
		config_error(errors, &whole, 0, NULL, "forms %s and %s have the same letter %s",
			a->name, b->name, a->letter);
	for (size_t i = 0; i < a->nkeyword; i++) {
		for (size_t j = 0; j < b->nkeyword; j++) {
			if (strcasecmp(a->keywords[i], b->keywords[j]) == 0)
				config_error(errors, &whole, 0, NULL,
					"forms %s and %s have the same keyword %s", a->name,
					b->name, a->keywords[i]);
		}
	}
}

int config_forms_read(struct form *out[FORMS_MAX], size_t *count, const char *directory,
	struct config_errors *errors)
{
	size_t before = config_errors_count(errors);
	struct dirent **names;
	int found = scandir(directory, &names, name_is_ini, alphasort);

	*count = 0;
	if (found < 0) {
		config_error(errors, &(struct config_file){.path = directory}, 0, NULL,
			"no such directory");
		return ERR_CONFIG;
	}
	for (int i = 0; i < found; i++) {
		char *path = xasprintf("%s/%s", directory, names[i]->d_name);
		int error = *count < FORMS_MAX ? config_form_read(&out[*count], path, errors)
					       : ERR_LIMIT;

		if (error == ERR_LIMIT)
			config_error(errors, &(struct config_file){.path = path}, 0, NULL,
				"more than %d forms", FORMS_MAX);
		if (error == OK)
			(*count)++;
		free(path);
		free(names[i]);
	}
	free(names);
	for (size_t i = 0; i < *count; i++) {
		for (size_t j = 0; j < i; j++)
			prove_apart(out[j], out[i], directory, errors);
	}
	if (config_errors_count(errors) == before)
		return OK;
	config_forms_free(out, *count);
	*count = 0;
	return ERR_CONFIG;
}

void config_forms_free(struct form **forms, size_t count)
{
	for (size_t i = 0; i < count; i++)
		form_free(forms[i]);
}
