/* Menus by role and by name. */
#include "flows/ussd/menu.h"

#include <stdlib.h>
#include <string.h>

const struct menu *menu_of_role(const struct menus *menus, enum role role)
{
	for (size_t i = 0; menus != NULL && i < menus->count; i++) {
		if (menus->list[i].roles & (1u << role))
			return &menus->list[i];
	}
	return NULL;
}

const struct menu *menu_by_name(const struct menus *menus, const char *name)
{
	for (size_t i = 0; menus != NULL && name != NULL && i < menus->count; i++) {
		if (strcmp(menus->list[i].name, name) == 0)
			return &menus->list[i];
	}
	return NULL;
}

char *menu_ask(struct arena *arena, const struct form_field *field)
{
	const char *mark = field->ask == NULL ? NULL : strchr(field->ask, '?');
	char *label;

	if (field->ask == NULL) {
		label = arena_printf(
			arena, "%s?", field->label == NULL ? field->name : field->label);
		if (label[0] >= 'a' && label[0] <= 'z')
			label[0] = (char)(label[0] - 'a' + 'A');
		return label;
	}
	if (mark == NULL || (field->nchoice == 0 && field->type != FIELD_CHOICE))
		return arena_strdup(arena, field->ask);
	return arena_strndup(arena, field->ask, (size_t)(mark - field->ask) + 1);
}

void menus_free(struct menus *menus)
{
	if (menus == NULL)
		return;
	arena_free(menus->arena);
	free(menus);
}
