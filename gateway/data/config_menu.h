/* USSD menus: all files of conf/menus/ into a struct menus, with everything proven: no dead ends,
 * no circles, every required field of a form is asked, every screen fits with its longest
 * values. */
#ifndef GATEWAY_CONFIG_MENU_H
#define GATEWAY_CONFIG_MENU_H

#include "flows/ussd/menu.h"
#include "gateway/ini/config_file.h"

/* ERR_CONFIG: errors were added, *out is NULL. The menus point into the forms. */
int config_menus_read(struct menus **out, const char *directory, struct form *const *forms,
	size_t nform, struct config_errors *errors) MUST_CHECK;

/* config_menu_prove.c */
struct menu_proof {
	const struct menus *menus;
	const struct config_file *files[MENUS_MAX]; /* of each menu */
	struct form *const *forms;
	size_t nform;
	struct config_errors *errors;
};
void menus_prove(const struct menu_proof *proof);
/* "item 3" of a menu, as its section is called. */
const struct config_entry *menu_entry(const struct config_file *file, size_t item, const char *key);
const struct form *menu_form(struct form *const *forms, size_t nform, const char *name); /* NULL */

#endif
