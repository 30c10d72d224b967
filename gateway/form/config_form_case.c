/* Cases of a form file: [case], its marks, what ends it, what should follow an event. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/form/config_form_parse.h"

static const struct condition *condition_of(
	struct form_parse *parse, const struct config_entry *entry)
{
	struct condition *condition = arena_alloc(parse->form->arena, sizeof(*condition));

	form_parse_condition(parse, entry, entry->value, condition);
	return condition;
}

static struct form_case *case_of(struct form_parse *parse)
{
	if (!parse->cases) {
		struct form_case *made = arena_alloc(parse->form->arena, sizeof(*made));

		made->marks = parse->marks =
			arena_alloc(parse->form->arena, RULES_MAX * sizeof(*parse->marks));
		made->ends = parse->ends =
			arena_alloc(parse->form->arena, RULES_MAX * sizeof(*parse->ends));
		made->follows = parse->follows =
			arena_alloc(parse->form->arena, RULES_MAX * sizeof(*parse->follows));
		parse->cases = made;
		parse->form->cases = made;
	}
	return parse->cases;
}

void form_parse_case(struct form_parse *parse, const struct config_entry *entry)
{
	struct form_case *made = case_of(parse);
	const char *value;

	if (!entry->key)
		return;
	value = arena_strdup(parse->form->arena, entry->value);
	if (strcmp(entry->key, "due") == 0)
		made->due = form_name(parse, value);
	else if (strcmp(entry->key, "near") == 0)
		made->near = atoi(value);
	else if (strcmp(entry->key, "another") == 0)
		made->ask = strcmp(value, "ask") == 0;
	else if (strcmp(entry->key, "person") == 0)
		made->nperson = form_parse_same(parse, entry, &made->person);
	else if (strcmp(entry->key, "alike") == 0)
		made->ask_alike = strcmp(value, "ask") == 0;
	else if (strcmp(entry->key, "same") == 0)
		made->same = form_name(parse, value);
	else if (strcmp(entry->key, "class") == 0)
		made->class = form_name(parse, value);
	else if (strcmp(entry->key, "risk") == 0)
		made->risk = condition_of(parse, entry);
	else if (strcmp(entry->key, "contact") == 0)
		made->contact = form_name(parse, value);
	else if (strcmp(entry->key, "seen_by") == 0)
		made->seen_by = form_name(parse, value);
	else if (strcmp(entry->key, "no_contact") == 0)
		made->no_contact = condition_of(parse, entry);
	else if (strcmp(entry->key, "list") == 0)
		made->list = value;
	else if (strcmp(entry->key, "ahead") == 0)
		made->ahead = atoi(value);
	else if (strcmp(entry->key, "late") == 0)
		made->late = atoi(value);
	else if (strcmp(entry->key, "over") == 0)
		made->over = atoi(value);
	else if (strcmp(entry->key, "lost") == 0)
		made->lost = atoi(value);
}

static bool room(struct form_parse *parse, const struct config_entry *entry, size_t count)
{
	if (count < RULES_MAX)
		return true;
	config_error(parse->errors, parse->file, entry->line, entry->section,
		"more than %d of these", RULES_MAX);
	return false;
}

void form_parse_mark(struct form_parse *parse, const struct config_entry *entry, const char *name)
{
	struct form_case *made = case_of(parse);
	struct form_mark *mark = made->nmark ? &parse->marks[made->nmark - 1] : NULL;

	if (!entry->key && room(parse, entry, made->nmark))
		parse->marks[made->nmark++] =
			(struct form_mark){.name = arena_strdup(parse->form->arena, name)};
	else if (entry->key && mark && strcmp(entry->key, "need") == 0)
		mark->nneed = form_parse_points(parse, entry, &mark->need);
	else if (entry->key && mark && strcmp(entry->key, "say") == 0)
		mark->say = strcmp(entry->value, "yes") == 0;
}

/* "-140..42" */
static void parse_days(
	struct form_parse *parse, const struct config_entry *entry, struct form_end *end)
{
	if (sscanf(entry->value, "%d..%d", &end->from, &end->to) != 2 || end->from > end->to)
		config_error(parse->errors, parse->file, entry->line, entry->value,
			"it is FROM..TO in days");
}

void form_parse_end(struct form_parse *parse, const struct config_entry *entry, const char *name)
{
	struct form_case *made = case_of(parse);
	struct form_end *end = made->nend ? &parse->ends[made->nend - 1] : NULL;

	if (!entry->key) {
		if (room(parse, entry, made->nend))
			parse->ends[made->nend++] = (struct form_end){
				.name = arena_strdup(parse->form->arena, name)};
		return;
	}
	if (!end)
		return;
	if (strcmp(entry->key, "form") == 0)
		end->form = arena_strdup(parse->form->arena, entry->value);
	else if (strcmp(entry->key, "who") == 0)
		end->who = arena_strdup(parse->form->arena, entry->value);
	else if (strcmp(entry->key, "when") == 0)
		form_parse_condition(parse, entry, entry->value, &end->when);
	else if (strcmp(entry->key, "days") == 0)
		parse_days(parse, entry, end);
}

void form_parse_follow(struct form_parse *parse, const struct config_entry *entry, const char *name)
{
	struct form_case *made = case_of(parse);
	struct form_follow *follow = made->nfollow ? &parse->follows[made->nfollow - 1] : NULL;

	if (!entry->key) {
		if (room(parse, entry, made->nfollow))
			parse->follows[made->nfollow++] = (struct form_follow){
				.name = arena_strdup(parse->form->arena, name)};
		return;
	}
	if (!follow)
		return;
	if (strcmp(entry->key, "form") == 0)
		follow->form = arena_strdup(parse->form->arena, entry->value);
	else if (strcmp(entry->key, "when") == 0)
		form_parse_condition(parse, entry, entry->value, &follow->when);
	else if (strcmp(entry->key, "days") == 0)
		follow->days = atoi(entry->value);
	else if (strcmp(entry->key, "mark") == 0)
		follow->mark = arena_strdup(parse->form->arena, entry->value);
	else if (strcmp(entry->key, "gone") == 0)
		follow->gone = arena_strdup(parse->form->arena, entry->value);
	else if (strcmp(entry->key, "gone_who") == 0)
		follow->gone_who = arena_strdup(parse->form->arena, entry->value);
	else if (strcmp(entry->key, "gone_when") == 0)
		form_parse_condition(parse, entry, entry->value, &follow->gone_when);
}

/* What a case file names of its own form; what it names of others is proven with them. */
void form_case_prove(struct form_parse *parse)
{
	const struct form_case *made = parse->form->cases;

	if (!made)
		return;
	form_prove_name(parse, "case", made->due);
	form_prove_name(parse, "case", made->same);
	for (size_t i = 0; i < made->nperson; i++)
		form_prove_name(parse, "case", made->person[i].field);
	form_prove_name(parse, "case", made->class);
	form_prove_name(parse, "case", made->contact);
	form_prove_name(parse, "case", made->seen_by);
	if (made->risk)
		form_prove_condition(parse, "case", made->risk);
	if (made->no_contact)
		form_prove_condition(parse, "case", made->no_contact);
	for (size_t i = 0; i < made->nmark; i++) {
		for (size_t k = 0; k < made->marks[i].nneed; k++)
			form_prove_condition(parse, "mark", &made->marks[i].need[k].when);
	}
	for (size_t i = 0; i < made->nend; i++) {
		if (!made->ends[i].form)
			form_prove_condition(parse, "end", &made->ends[i].when);
	}
}

static const struct form *named(struct form *const *forms, size_t count, const char *name)
{
	for (size_t i = 0; name && i < count; i++) {
		if (strcmp(forms[i]->name, name) == 0)
			return forms[i];
	}
	return NULL;
}

static void prove_other(const struct form *other, const char *in, const char *name,
	const char *who, const struct condition *when, const struct config_file *whole,
	struct config_errors *errors)
{
	if (!other) {
		config_error(errors, whole, 0, NULL, "form %s: \"%s\" names no form", in, name);
		return;
	}
	if (who && form_field_index(other, who) < 0)
		config_error(errors, whole, 0, NULL, "form %s: \"%s\" names \"%s\", which is no "
			"field of %s", in, name, who, other->name);
	for (size_t i = 0; i < when->nterm; i++) {
		if (form_field_index(other, when->terms[i].field) < 0)
			config_error(errors, whole, 0, NULL, "form %s: \"%s\" names \"%s\", which "
				"is no field of %s", in, name, when->terms[i].field, other->name);
	}
}

void form_cases_prove(struct form *const *forms, size_t count, const char *directory,
	struct config_errors *errors)
{
	const struct config_file whole = {.path = directory};

	for (size_t i = 0; i < count; i++) {
		const struct form_case *made = forms[i]->cases;

		for (size_t k = 0; made && k < made->nend; k++) {
			if (made->ends[k].form)
				prove_other(named(forms, count, made->ends[k].form), forms[i]->name,
					made->ends[k].name, made->ends[k].who, &made->ends[k].when,
					&whole, errors);
		}
		for (size_t k = 0; made && k < made->nfollow; k++)
			prove_other(named(forms, count, made->follows[k].form), forms[i]->name,
				made->follows[k].name, NULL, &made->follows[k].when, &whole,
				errors);
	}
}
