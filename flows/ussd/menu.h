/* USSD menus as data, filled by gateway/data/config_menu.c from conf/menus/: what a number does, and in
 * which order a form's fields are asked. Plain immutable structs once loaded; strings live in the
 * arena.
 */
#ifndef FLOWS_MENU_H
#define FLOWS_MENU_H

#include "parsers/form/form.h"
#include "parsers/form/reading.h"

enum menu_action {
	MENU_REPORT, /* target: a form; its pages */
	MENU_MENU, /* target: another menu */
	MENU_QUERY, /* target: an indicator, for the sender's own area and this month */
	MENU_MINE, /* the sender's last reports */
	MENU_DEATHS, /* deaths that nobody verified */
	MENU_TEXT, /* target: the text */
	MENU_REGISTER, /* target: a role */
	MENU_CHECKUP, /* questionnaires */
};

/* The page that asks how many babies: it stands in a list of pages like a field. */
#define MENU_TWINS "kembar"

struct menu_page {
	const char *field; /* a field of the form, or MENU_TWINS */
	bool optional; /* asked although the form does not require it; can be skipped */
	bool has_when;
	struct condition when; /* asked only when this holds */
};

struct menu_item {
	const char *label, *target;
	enum menu_action action;
	const struct menu_page *pages;
	size_t npage;
};

#define MENU_ITEMS 16 /* nine on a screen, the others behind it */
struct menu {
	const char *name, *title;
	unsigned roles; /* bits 1 << enum role; 0: only reached from another menu */
	struct menu_item items[MENU_ITEMS];
	size_t nitem;
};

/* Septets that a screen keeps for what was wrong with the last answer, and for what 0 and 9 do. */
#define MENU_WRONG 44
#define MENU_FOOT  28

#define MENUS_MAX 32
struct menus {
	struct menu list[MENUS_MAX];
	size_t count;
	struct arena *arena;
};

const struct menu *menu_of_role(const struct menus *menus, enum role role); /* NULL */
const struct menu *menu_by_name(const struct menus *menus, const char *name); /* NULL */
/* A field's question without the list of its choices: these are numbered below it. */
char *menu_ask(struct arena *arena, const struct form_field *field);
void menus_free(struct menus *menus);

#endif
