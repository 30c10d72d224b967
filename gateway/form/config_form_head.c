/* The [form] section, and the proof that every name in a form file is a field of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "gateway/form/config_form_parse.h"

static const char *count_field(struct form_parse *parse, const char *name)
{
	return name ? form_name(parse, name) : NULL;
}

/* "d by d", "s by s stock", "bblr when berat<2500", "stunting named of d_stunting when z_tbu<-2" */
static void parse_counts(struct form_parse *parse, const struct config_entry *entry)
{
	const char *const *items;
	struct form *form = parse->form;
	size_t count = form_parse_list(parse, entry->value, &items);
	struct form_count *counts = arena_alloc(form->arena, (count + 1) * sizeof(*counts));

	for (size_t i = 0; i < count; i++) {
		char *text = arena_strdup(form->arena, items[i]), *save, *word;

		form_parse_unless(parse, entry, text, &counts[i].unless);
		form_parse_when(parse, entry, text, &counts[i].when);
		counts[i].name = word = strtok_r(text, " ", &save);
		while ((word = strtok_r(NULL, " ", &save))) {
			if (strcmp(word, "stock") == 0)
				counts[i].stock = true;
			else if (strcmp(word, "by") == 0)
				counts[i].by = count_field(parse, strtok_r(NULL, " ", &save));
			else if (strcmp(word, "once") == 0)
				counts[i].once = true;
			else if (strcmp(word, "named") == 0)
				counts[i].named = counts[i].name;
			else if (strcmp(word, "of") == 0 && counts[i].named)
				counts[i].named = strtok_r(NULL, " ", &save);
			else
				config_error(parse->errors, parse->file, entry->line, word,
					"a count is NAME [by FIELD] [stock] [once] [named [of "
					"COUNT]] [when CONDITION] [unless CONDITION]");
		}
		counts[i].stock |= counts[i].named != NULL;
		counts[i].once |= counts[i].named != NULL;
	}
	form->counts = counts;
	form->ncount = count;
}

/* "ibu~, desa, tgl±2d, berat±200" */
size_t form_parse_same(struct form_parse *parse, const struct config_entry *entry,
	const struct form_same **out)
{
	const char *const *items;
	size_t count = form_parse_list(parse, entry->value, &items);
	struct form_same *same = arena_alloc(parse->form->arena, (count + 1) * sizeof(*same));

	for (size_t i = 0; i < count; i++) {
		char *text = arena_strdup(parse->form->arena, items[i]);
		char *sign = strstr(text, "±"), *tilde = strchr(text, '~');

		if (sign) {
			same[i].tolerance = strtod(sign + strlen("±"), NULL);
			*sign = '\0';
		}
		if (tilde) {
			same[i].fuzzy = true;
			*tilde = '\0';
		}
		same[i].field = form_name(parse, text);
	}
	*out = same;
	return count;
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

	require->nfield = form_parse_names(parse, entry->value, &require->fields);
}

static const struct {
	const char *key;
	size_t offset;
	bool kept; /* the field need not be in the file: the reader fills it */
} roles[] = {
	{"date", offsetof(struct form, date), false},
	{"place", offsetof(struct form, place), false},
	{"area", offsetof(struct form, area), true},
	{"self", offsetof(struct form, self), false},
	{"mother", offsetof(struct form, mother), false},
	{"age", offsetof(struct form, age), false},
	{"where", offsetof(struct form, where), false},
	{"kind", offsetof(struct form, kind), false},
	{"class", offsetof(struct form, class), false},
	{"held", offsetof(struct form, held), false},
	{"order_of_birth", offsetof(struct form, order_of_birth), false},
	{"jumps", offsetof(struct form, jumps), false},
	{"about", offsetof(struct form, about), false},
	{"later", offsetof(struct form, later), false},
};

static const char **role_of(const struct form *form, size_t i)
{
	return (const char **)((char *)(uintptr_t)form + roles[i].offset);
}

static void parse_role(struct form *form, const char *key, const char *field)
{
	for (size_t i = 0; i < COUNT_OF(roles); i++) {
		if (strcmp(roles[i].key, key) == 0)
			*role_of(form, i) = field;
	}
}

static void form_parse_begins(struct form *form, const char *value)
{
	form->front_only = strcmp(value, "front") == 0;
	form->line_only = form->front_only || strcmp(value, "line") == 0;
}

static void form_parse_letter(
	struct form_parse *parse, const struct config_entry *entry, const char *value)
{
	parse->form->letter = value;
	if (strcmp(value, REF_CONSENT) == 0)
		config_error(parse->errors, parse->file, entry->line, entry->value,
			"this letter begins the numbers of CEK SEHAT");
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
		form_parse_letter(parse, entry, value);
	else if (strcmp(entry->key, "keywords") == 0)
		form->nkeyword = form_parse_list(parse, value, &form->keywords);
	else if (strcmp(entry->key, "order") == 0)
		form->norder = form_parse_names(parse, value, &form->order);
	else if (strcmp(entry->key, "repeats") == 0)
		form->nrepeat = form_parse_names(parse, value, &form->repeats);
	else if (strcmp(entry->key, "required") == 0)
		parse_required(parse, entry);
	else if (strcmp(entry->key, "carry") == 0)
		form_parse_carry(parse, entry);
	else if (strcmp(entry->key, "carry_days") == 0)
		form->carry_days = atoi(value);
	else if (strcmp(entry->key, "later_hours") == 0)
		form->later_hours = atoi(value);
	else if (strcmp(entry->key, "begins") == 0)
		form_parse_begins(form, value);
	else if (strcmp(entry->key, "date_default") == 0)
		form->date_default = value;
	else if (strcmp(entry->key, "example") == 0)
		form->example = value;
	else if (strcmp(entry->key, "codes") == 0)
		form->codes = value;
	else if (strcmp(entry->key, "story") == 0)
		form->story = value;
	else if (strcmp(entry->key, "prose") == 0)
		form->prose = value;
	else if (strcmp(entry->key, "counts") == 0)
		parse_counts(parse, entry);
	else if (strcmp(entry->key, "same_as") == 0)
		form->nsame = form_parse_same(parse, entry, &form->same);
	else if (strcmp(entry->key, "becomes") == 0)
		form->becomes = parse_becomes(parse, entry);
	else if (strcmp(entry->key, "follows") == 0)
		form->follows = parse_becomes(parse, entry);
	else if (strcmp(entry->key, "class_from") == 0)
		form->nclass_from = form_parse_names(parse, value, &form->class_from);
	else
		parse_role(form, entry->key, form_name(parse, value));
}

static bool known(const struct form *form, const char *name)
{
	if (form_field_index(form, name) >= 0)
		return true;
	for (size_t i = 0; i < form->nderive; i++) {
		if (strcmp(form->derives[i].field, name) == 0)
			return true;
	}
	for (size_t i = 0; i < form->ncompute; i++) {
		if (strcmp(form->computes[i].field, name) == 0)
			return true;
	}
	return strcmp(name, CONDITION_NOTE) == 0;
}

void form_prove_name(struct form_parse *parse, const char *where, const char *name)
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
			form_prove_name(parse, where, name);
	}
}

void form_prove_condition(
	struct form_parse *parse, const char *where, const struct condition *condition)
{
	for (size_t i = 0; i < condition->nterm; i++) {
		form_prove_name(parse, where, condition->terms[i].field);
		for (size_t j = 0; j < condition->terms[i].nright && condition->terms[i].sum; j++) {
			if (condition->terms[i].literals[j].kind != LITERAL_NUMBER)
				form_prove_name(parse, where, condition->terms[i].right[j]);
		}
	}
}

/* Whose event it is, where no role says so: the name by which it is known again. */
static void default_self(struct form *form)
{
	for (size_t i = 0; !form->self && !form->mother && i < form->nsame; i++) {
		if (form->same[i].fuzzy)
			form->self = form->same[i].field;
	}
}

/* What is told in days goes there whole. */
static void prove_finer(struct form_parse *parse, const char *name)
{
	const struct form_field *field = name ? form_field(parse->form, name) : NULL;

	form_prove_name(parse, "finer", name);
	if (field && (field->type != FIELD_INT || !field->unit ||
		strcasecmp(field->unit, "HARI") != 0))
		config_error(parse->errors, parse->file, 0, NULL,
			"finer names \"%s\", which is no int with unit = HARI", name);
}

void form_parse_prove(struct form_parse *parse)
{
	const struct form *form = parse->form;

	default_self(parse->form);
	prove_list(parse, "order", form->order, form->norder);
	prove_list(parse, "repeats", form->repeats, form->nrepeat);
	prove_list(parse, "class_from", form->class_from, form->nclass_from);
	for (size_t i = 0; i < COUNT_OF(roles); i++) {
		if (!roles[i].kept)
			form_prove_name(parse, roles[i].key, *role_of(form, i));
	}
	for (size_t i = 0; i < form->nrequire; i++) {
		prove_list(parse, "required", form->requires[i].fields, form->requires[i].nfield);
		form_prove_condition(parse, "required", &form->requires[i].when);
	}
	for (size_t i = 0; i < form->ncheck; i++) {
		form_prove_name(parse, "check", form->checks[i].field);
		form_prove_condition(parse, "check", &form->checks[i].when);
		form_prove_condition(parse, "check", &form->checks[i].rule);
	}
	for (size_t i = 0; i < form->nderive; i++)
		form_prove_condition(parse, "derive", &form->derives[i].when);
	for (size_t i = 0; i < form->nsame; i++)
		form_prove_name(parse, "same_as", form->same[i].field);
	for (size_t i = 0; i < form->ncount; i++) {
		form_prove_name(parse, "counts", form->counts[i].by);
		form_prove_condition(parse, "counts", &form->counts[i].when);
		form_prove_condition(parse, "counts", &form->counts[i].unless);
	}
	for (size_t i = 0; i < form->nfield; i++) {
		for (size_t j = 0; j < form->fields[i].nnote; j++)
			form_prove_condition(parse, "note", &form->fields[i].notes[j].when);
		form_prove_name(parse, "written", form->fields[i].written);
		prove_finer(parse, form->fields[i].finer);
	}
	form_computes_prove(parse);
	form_alarms_prove(parse);
	form_case_prove(parse);
	form_weekly_prove(parse);
}
