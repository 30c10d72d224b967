/* What a person could only find out on his phone is proven here: ways that end nowhere, circles,
 * questions that are never asked, screens that are too long. See config_menu.h.
 */
#include <stdlib.h>
#include <string.h>

#include "flows/query/query.h"
#include "gateway/data/config_menu.h"
#include "parsers/text/gsm7.h"

#define SCREEN	    160
#define LABEL_MAX   60 /* a line of a list, beside its number: with a footer, and so that two fit */
#define NAMES_MAX   64

static int line_of(const struct config_file *file, size_t item, const char *key)
{
	const struct config_entry *entry = menu_entry(file, item, key);

	return entry ? entry->line : 0;
}

static void prove_length(const struct menu_proof *proof, const struct config_file *file, int line,
	const char *what, const char *text, ssize_t most)
{
	ssize_t length = gsm7_septets(text);

	if (length < 0)
		config_error(proof->errors, file, line, NULL,
			"%s has a character that GSM 03.38 has not", what);
	else if (length > most)
		config_error(proof->errors, file, line, NULL,
			"%s is too long for a screen: %zd septets, room is for %zd", what, length,
			most);
}

static bool indicator_known(const struct menu_proof *proof, const char *name)
{
	for (size_t i = 0; i < proof->nform; i++) {
		if (form_indicator(proof->forms[i], name) ||
			(proof->forms[i]->weekly && strcmp(proof->forms[i]->name, name) == 0))
			return true;
	}
	return query_command_known(name);
}

static bool page_listed(const struct menu_item *item, const char *field)
{
	for (size_t i = 0; i < item->npage; i++) {
		if (strcmp(item->pages[i].field, field) == 0)
			return true;
	}
	return false;
}

/* "nama|ibu": one of them is enough. */
static bool any_listed(const struct menu_item *item, const char *names)
{
	while (*names) {
		char name[NAMES_MAX];
		size_t length = strcspn(names, "|");

		if (length < sizeof(name)) {
			memcpy(name, names, length);
			name[length] = '\0';
			if (page_listed(item, name))
				return true;
		}
		names += length + (names[length] == '|');
	}
	return false;
}

static void prove_required(const struct menu_proof *proof, const struct config_file *file, int line,
	const struct menu_item *item, const struct form *form)
{
	for (size_t i = 0; i < form->nrequire; i++) {
		for (size_t k = 0; k < form->requires[i].nfield; k++) {
			if (!any_listed(item, form->requires[i].fields[k]))
				config_error(proof->errors, file, line, NULL,
					"%s is required by the form %s but never asked",
					form->requires[i].fields[k], form->name);
		}
	}
	if (!page_listed(item, form->place))
		config_error(proof->errors, file, line, NULL,
			"%s, the place where it counts, is never asked", form->place);
	if (form->date && !form->date_default && !form->weekly && !page_listed(item, form->date))
		config_error(proof->errors, file, line, NULL,
			"%s, the day that counts, is never asked", form->date);
}

static void no_field(const struct menu_proof *proof, const struct config_file *file, int line,
	const struct form *form, const char *field)
{
	const char *names[NAMES_MAX], *near;
	size_t count = form->nfield < NAMES_MAX ? form->nfield : NAMES_MAX;

	for (size_t i = 0; i < count; i++)
		names[i] = form->fields[i].name;
	near = config_nearest(field, names, count);
	config_error(proof->errors, file, line, field, "the form %s has no field \"%s\"%s%s%s",
		form->name, field, near ? "; did you mean \"" : "", near ? near : "",
		near ? "\"?" : "");
}

static void prove_pages(const struct menu_proof *proof, const struct config_file *file,
	size_t number, const struct menu_item *item)
{
	const struct form *form = menu_form(proof->forms, proof->nform, item->target);
	int line = line_of(file, number, menu_entry(file, number, "pages") ? "pages" : "report");
	const char *names[NAMES_MAX], *near;
	struct arena *arena;

	if (!form) {
		for (size_t i = 0; i < proof->nform; i++)
			names[i] = proof->forms[i]->name;
		near = config_nearest(item->target, names, proof->nform);
		config_error(proof->errors, file, line, item->target, "no form \"%s\"%s%s%s",
			item->target, near ? "; did you mean \"" : "", near ? near : "",
			near ? "\"?" : "");
		return;
	}
	arena = arena_new();
	for (size_t i = 0; i < item->npage; i++) {
		const char *field = item->pages[i].field;
		const struct form_field *kind = form_field(form, field);

		for (size_t k = 0; k < item->pages[i].when.nterm; k++) {
			if (!form_field(form, item->pages[i].when.terms[k].field))
				no_field(proof, file, line, form,
					item->pages[i].when.terms[k].field);
		}
		if (kind) {
			prove_length(proof, file, line,
				arena_printf(arena, "the question about %s", field),
				menu_ask(arena, kind), SCREEN - MENU_WRONG - MENU_FOOT);
			continue;
		}
		if (strcmp(field, MENU_TWINS) != 0 || form->nrepeat == 0)
			no_field(proof, file, line, form, field);
	}
	prove_required(proof, file, line, item, form);
	arena_free(arena);
}

static void prove_item(const struct menu_proof *proof, const struct config_file *file,
	size_t number, const struct menu_item *item)
{
	int label = line_of(file, number, "label");

	prove_length(proof, file, label, "the label", item->label, LABEL_MAX);
	switch (item->action) {
	case MENU_REPORT:
		prove_pages(proof, file, number, item);
		break;
	case MENU_MENU:
		if (!menu_by_name(proof->menus, item->target))
			config_error(proof->errors, file, line_of(file, number, "menu"),
				item->target, "no menu \"%s\"", item->target);
		break;
	case MENU_QUERY:
		if (!indicator_known(proof, item->target))
			config_error(proof->errors, file, line_of(file, number, "query"),
				item->target, "no indicator \"%s\"", item->target);
		break;
	case MENU_REGISTER:
		if (role_by_name(item->target) <= ROLE_NONE)
			config_error(proof->errors, file, line_of(file, number, "register"),
				item->target, "nobody can register as \"%s\"", item->target);
		break;
	case MENU_TEXT:
		if (gsm7_septets(item->target) < 0)
			config_error(proof->errors, file, line_of(file, number, "text"), NULL,
				"the text has a character that GSM 03.38 has not");
		if (*item->target == '\0')
			config_error(
				proof->errors, file, label, NULL, "an empty text is a dead end");
		break;
	case MENU_MINE:
	case MENU_DEATHS:
	case MENU_CHECKUP:
		break;
	}
}

/* Depth first over "menu" items; path holds the menus on the way down. */
static void walk(const struct menu_proof *proof, size_t at, unsigned path, unsigned *seen)
{
	const struct menu *menu = &proof->menus->list[at];

	if (path & (1u << at)) {
		config_error(
			proof->errors, proof->files[at], 0, NULL, "the menu leads back to itself");
		return;
	}
	if (*seen & (1u << at))
		return;
	*seen |= 1u << at;
	for (size_t i = 0; i < menu->nitem; i++) {
		const struct menu *next = menu->items[i].action == MENU_MENU
			? menu_by_name(proof->menus, menu->items[i].target) : NULL;

		if (next)
			walk(proof, (size_t)(next - proof->menus->list), path | 1u << at, seen);
	}
}

static void prove_roots(const struct menu_proof *proof)
{
	unsigned seen = 0;

	for (int role = ROLE_NONE; role <= ROLE_PROVINSI; role++) {
		size_t found = 0;

		for (size_t i = 0; i < proof->menus->count; i++) {
			if (proof->menus->list[i].roles & (1u << role) && found++ > 0)
				config_error(proof->errors, proof->files[i], 0, NULL,
					"another menu is there for role %s too",
					role_name((enum role)role));
		}
		if (found == 0 && proof->menus->count > 0)
			config_error(proof->errors, proof->files[0], 0, NULL,
				"no menu is there for role %s", role_name((enum role)role));
	}
	for (size_t i = 0; i < proof->menus->count; i++) {
		if (proof->menus->list[i].roles)
			walk(proof, i, 0, &seen);
	}
	for (size_t i = 0; i < proof->menus->count; i++) {
		if (!(seen & (1u << i)))
			config_error(proof->errors, proof->files[i], 0, NULL, "no menu leads here");
	}
}

void menus_prove(const struct menu_proof *proof)
{
	for (size_t i = 0; i < proof->menus->count; i++) {
		const struct menu *menu = &proof->menus->list[i];

		if (menu->nitem == 0)
			config_error(proof->errors, proof->files[i], 0, NULL,
				"a menu without [item 1] is a dead end");
		prove_length(proof, proof->files[i], 0, "the title", menu->title,
			SCREEN - MENU_WRONG - LABEL_MAX);
		for (size_t k = 0; k < menu->nitem; k++)
			prove_item(proof, proof->files[i], k, &menu->items[k]);
	}
	prove_roots(proof);
}
