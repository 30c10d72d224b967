/* Reads the files of conf/menus/. See config_menu.h. */
#include "gateway/data/config_menu.h"
#include "gateway/ini/config_directory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct config_option options[] = {
	{"menu", "roles", CONFIG_LIST, "", 0, 0, NULL, true, false,
		"whose first screen it is; none: of strangers"},
	{"menu", "title", CONFIG_TEXT, NULL, 0, 0, NULL, true, true, "first line of the screen"},
	{"item *", "label", CONFIG_TEXT, NULL, 0, 0, NULL, true, true,
		"what stands behind its number"},
	{"item *", "report", CONFIG_TEXT, NULL, 0, 0, NULL, true, false, "a form: asks its pages"},
	{"item *", "pages", CONFIG_LIST, NULL, 0, 0, NULL, true, false,
		"FIELD[?] [when CONDITION], in this order"},
	{"item *", "menu", CONFIG_TEXT, NULL, 0, 0, NULL, true, false, "another menu"},
	{"item *", "query", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"an indicator, of the sender's area"},
	{"item *", "mine", CONFIG_BOOL, NULL, 0, 0, NULL, true, false, "the sender's last reports"},
	{"item *", "deaths", CONFIG_BOOL, NULL, 0, 0, NULL, true, false,
		"deaths that nobody verified"},
	{"item *", "checkup", CONFIG_BOOL, NULL, 0, 0, NULL, true, false,
		"questionnaires, for anybody"},
	{"item *", "text", CONFIG_TEXT, NULL, 0, 0, NULL, true, false, "a text to read"},
	{"item *", "register", CONFIG_TEXT, NULL, 0, 0, NULL, true, false,
		"registration for a role"},
};

static const struct {
	const char *key;
	enum menu_action action;
} actions[] = {
	{"report", MENU_REPORT}, {"menu", MENU_MENU}, {"query", MENU_QUERY}, {"mine", MENU_MINE},
	{"deaths", MENU_DEATHS}, {"text", MENU_TEXT}, {"register", MENU_REGISTER},
	{"checkup", MENU_CHECKUP},
};

struct menu_reading {
	struct menus *menus;
	struct arena *arena;
	struct form *const *forms;
	size_t nform;
	struct config_errors *errors;
	const struct config_file *file;
};

const struct config_entry *menu_entry(const struct config_file *file, size_t item, const char *key)
{
	char section[24];

	snprintf(section, sizeof(section), "item %zu", item + 1);
	return config_find(file, section, key);
}

const struct form *menu_form(struct form *const *forms, size_t nform, const char *name)
{
	for (size_t i = 0; i < nform; i++) {
		if (strcmp(forms[i]->name, name) == 0)
			return forms[i];
	}
	return NULL;
}

/* Is there such a section at all? */
static bool has_item(const struct config_file *file, size_t item)
{
	char section[24];

	snprintf(section, sizeof(section), "item %zu", item + 1);
	for (size_t i = 0; i < file->count; i++) {
		if (strcmp(file->entries[i].section, section) == 0)
			return true;
	}
	return false;
}

/* The next item of a list, trimmed; *text moves behind it. NULL after the last. */
static char *list_next(struct arena *arena, const char **text)
{
	size_t length;
	char *item;

	*text += strspn(*text, ", ");
	length = strcspn(*text, ",");
	if (length == 0)
		return NULL;
	item = arena_strndup(arena, *text, length);
	*text += length;
	while (length > 0 && item[length - 1] == ' ')
		item[--length] = '\0';
	return item;
}

static void page_read(const struct menu_reading *from, const struct config_entry *entry, char *text,
	struct menu_page *page)
{
	char *when = strstr(text, " when ");
	const char *at = NULL;

	if (when) {
		*when = '\0';
		page->has_when = true;
		if (condition_parse(from->arena, when + 6, &page->when, &at) != OK)
			config_error(from->errors, from->file, entry->line, at, "not a condition");
	}
	if (text[0] && text[strlen(text) - 1] == '?') {
		page->optional = true;
		text[strlen(text) - 1] = '\0';
	}
	page->field = text;
}

static void pages_read(
	const struct menu_reading *from, const struct config_entry *entry, struct menu_item *item)
{
	const char *text = entry->value;
	size_t room = strlen(text) / 2 + 2;
	struct menu_page *pages = arena_alloc(from->arena, room * sizeof(*pages));
	char *one;

	while ((one = list_next(from->arena, &text)))
		page_read(from, entry, one, &pages[item->npage++]);
	item->pages = pages;
}

static bool requires(const struct form *form, const char *field)
{
	for (size_t i = 0; i < form->nrequire; i++) {
		for (size_t k = 0; k < form->requires[i].nfield; k++) {
			if (strcmp(form->requires[i].fields[k], field) == 0)
				return true;
		}
	}
	return false;
}

static bool has_page(const struct menu_item *item, const struct menu_page *pages, const char *field)
{
	for (size_t i = 0; i < item->npage; i++) {
		if (strcmp(pages[i].field, field) == 0)
			return true;
	}
	return false;
}

static bool repeats(const struct form *form, const char *field)
{
	for (size_t i = 0; i < form->nrepeat; i++) {
		if (strcmp(form->repeats[i], field) == 0)
			return true;
	}
	return false;
}

static void page_add(
	const struct form *form, struct menu_item *item, struct menu_page *pages, const char *field)
{
	if (has_page(item, pages, field))
		return;
	if (repeats(form, field) && !has_page(item, pages, MENU_TWINS))
		pages[item->npage++].field = MENU_TWINS;
	pages[item->npage].optional = !requires(form, field);
	pages[item->npage++].field = field;
}

/* Nothing is written about pages: the form's own order, then what else it requires, then the place.
 */
static void pages_generate(
	const struct menu_reading *from, const struct form *form, struct menu_item *item)
{
	struct menu_page *pages = arena_alloc(from->arena, (form->nfield * 2 + 8) * sizeof(*pages));

	for (size_t i = 0; i < form->norder; i++)
		page_add(form, item, pages, form->order[i]);
	for (size_t i = 0; i < form->nfield; i++) {
		if (requires(form, form->fields[i].name) ||
			strcmp(form->fields[i].name, form->place) == 0)
			page_add(form, item, pages, form->fields[i].name);
	}
	for (size_t i = 0; i < item->npage; i++) {
		if (strcmp(pages[i].field, form->place) == 0)
			pages[i].optional = false;
	}
	item->pages = pages;
}

static void item_fill(const struct menu_reading *from, size_t number, struct menu_item *item)
{
	const struct config_entry *label = menu_entry(from->file, number, "label");
	const struct config_entry *pages = menu_entry(from->file, number, "pages"), *found = NULL;
	const struct form *form;

	item->label = label && label->value ? arena_strdup(from->arena, label->value) : "";
	for (size_t i = 0; i < COUNT_OF(actions); i++) {
		const struct config_entry *entry = menu_entry(from->file, number, actions[i].key);

		if (!entry || !entry->value)
			continue;
		if (found)
			config_error(from->errors, from->file, entry->line, NULL,
				"item %zu does two things: %s and %s", number + 1, found->key,
				entry->key);
		found = entry;
		item->action = actions[i].action;
		item->target = arena_strdup(from->arena, entry->value);
	}
	if (!found) {
		config_error(from->errors, from->file, label ? label->line : 0, NULL,
			"item %zu leads nowhere: report, menu, query, mine, deaths, text, "
			"register or checkup is needed",
			number + 1);
		item->action = MENU_TEXT;
		item->target = "";
		return;
	}
	if (item->action != MENU_REPORT)
		return;
	form = menu_form(from->forms, from->nform, item->target);
	if (pages && pages->value)
		pages_read(from, pages, item);
	else if (form)
		pages_generate(from, form, item);
}

static void roles_read(
	const struct menu_reading *from, const struct config_entry *entry, struct menu *menu)
{
	const char *text = entry ? entry->value : "";
	char *name;

	while (text && (name = list_next(from->arena, &text))) {
		int role = role_by_name(name);

		if (role < 0)
			config_error(from->errors, from->file, entry->line, name,
				"unknown role \"%s\"", name);
		else
			menu->roles |= 1u << role;
	}
}

static void menu_fill(struct menu_reading *from, const char *name, struct menu *menu)
{
	const struct config_entry *title = config_find(from->file, "menu", "title");

	menu->name = arena_strdup(from->arena, name);
	menu->title = title && title->value ? arena_strdup(from->arena, title->value) : "";
	roles_read(from, config_find(from->file, "menu", "roles"), menu);
	while (menu->nitem < MENU_ITEMS && has_item(from->file, menu->nitem)) {
		item_fill(from, menu->nitem, &menu->items[menu->nitem]);
		menu->nitem++;
	}
	if (has_item(from->file, menu->nitem))
		config_error(from->errors, from->file, 0, NULL,
			"more than %d items: the rest goes into a menu behind one of them",
			MENU_ITEMS);
}

static void file_add(struct menu_reading *from, const char *directory, const char *name,
	struct menu_proof *proof)
{
	char *path = xasprintf("%s/%s", directory, name), *bare = xstrndup(name, strlen(name) - 4);
	struct config_file *file;

	if (config_file_read(&file, path, from->errors) == OK) {
		config_check(file, options, COUNT_OF(options), from->errors);
		from->file = file;
		if (from->menus->count < MENUS_MAX) {
			proof->files[from->menus->count] = file;
			menu_fill(from, bare, &from->menus->list[from->menus->count++]);
		} else {
			config_error(from->errors, file, 0, NULL, "there are more than %d menus",
				MENUS_MAX);
			config_file_free(file);
		}
	} else {
		config_file_free(file);
	}
	free(path);
	free(bare);
}

int config_menus_read(struct menus **out, const char *directory, struct form *const *forms,
	size_t nform, struct config_errors *errors)
{
	struct menu_reading from = {.forms = forms, .nform = nform, .errors = errors};
	struct menu_proof proof = {.forms = forms, .nform = nform, .errors = errors};
	size_t before = config_errors_count(errors);
	struct dirent **names;
	int count = config_directory(directory, "", &names);

	*out = NULL;
	if (count < 0) {
		config_error(errors, &(struct config_file){.path = directory}, 0, NULL,
			"no such directory");
		return ERR_CONFIG;
	}
	from.menus = xcalloc(1, sizeof(*from.menus));
	from.menus->arena = from.arena = arena_new();
	proof.menus = from.menus;
	for (int i = 0; i < count; i++) {
		file_add(&from, directory, names[i]->d_name, &proof);
		free(names[i]);
	}
	free(names);
	menus_prove(&proof);
	for (size_t i = 0; i < from.menus->count; i++)
		config_file_free((struct config_file *)(uintptr_t)proof.files[i]);
	if (config_errors_count(errors) > before) {
		menus_free(from.menus);
		return ERR_CONFIG;
	}
	*out = from.menus;
	return OK;
}
