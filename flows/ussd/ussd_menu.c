/* The menu, what its numbers do, texts to read, and the offer to go on with a kept report. */
#include <string.h>

#include "flows/turn/handlers.h"
#include "flows/ussd/ussd_kinds.h"
#include "parsers/form/form.h"

#define NAME_SHOWN 60

const struct menu *ussd_menu(const struct ussd *ussd)
{
	const struct menu *menu = menu_by_name(ussd->turn->flow->menus, ussd_get(ussd, "menu"));

	return menu == NULL ? ussd->menu : menu;
}

static size_t labels(const struct menu *menu, const char **out)
{
	for (size_t i = 0; i < menu->nitem; i++)
		out[i] = menu->items[i].label;
	return menu->nitem;
}

int menu_show(struct ussd *ussd)
{
	const struct menu *menu = ussd_menu(ussd);
	const char *names[MENU_ITEMS];
	size_t count;

	if (menu == NULL) {
		ussd_say_end(ussd, ussd_word(ussd, "no_menu"));
		return OK;
	}
	count = labels(menu, names);
	ussd_list(
		ussd, menu->title, names, count, menu == ussd->menu ? "" : ussd_word(ussd, "back"));
	return OK;
}

/* The answer of a flow as a text to read; it is not also an SMS. */
static int read_answer(struct ussd *ussd, int error)
{
	const char *text = ussd->turn->answer == NULL ? "-" : ussd->turn->answer;
	const char *hint = reply_word(&ussd->turn->reply, "more", "hint", "LAGI"),
		   *more = strstr(text, hint);

	if (error != OK)
		return error;
	if (more != NULL)
		text = arena_printf(ussd->arena, "%.*s (9 %s)%s",
			(int)(more - text) + (int)strcspn(hint, ","), text, ussd_word(ussd, "more"),
			more + strlen(hint));
	ussd_put_number(ussd, "query", more != NULL);
	ussd_put(ussd, "text", text);
	ussd->turn->answer = NULL;
	ussd_go(ussd, "text");
	return OK;
}

static int query_open(struct ussd *ussd, const char *indicator)
{
	struct reading *reading = arena_alloc(ussd->arena, sizeof(*reading));

	reading->intent = INTENT_QUERY;
	reading->query.indicator = indicator;
	ussd->turn->reading = reading;
	return read_answer(ussd, query_handle(ussd->turn));
}

/* A report of another form, or a new one, while one is begun: that one is offered first. */
static int report_open(struct ussd *ussd, const struct menu *menu, size_t item)
{
	if (!ussd_draft_begun(ussd))
		return ussd_form_begin(ussd, menu, item);
	ussd_put(ussd, "new_menu", menu->name);
	ussd_put_number(ussd, "new_item", (int64_t)item);
	ussd_go(ussd, "resume");
	return OK;
}

int ussd_item(struct ussd *ussd, const struct menu *menu, size_t item)
{
	const struct menu_item *chosen = &menu->items[item];

	ussd_put_number(ussd, "query", 0);
	switch (chosen->action) {
	case MENU_REPORT:
		return report_open(ussd, menu, item);
	case MENU_MENU:
		ussd_put(ussd, "menu", chosen->target);
		ussd_go(ussd, "menu");
		return OK;
	case MENU_QUERY:
		return query_open(ussd, chosen->target);
	case MENU_MINE:
		ussd_go(ussd, "mine");
		return OK;
	case MENU_DEATHS:
		ussd_go(ussd, "deaths");
		return OK;
	case MENU_TEXT:
		ussd_put(ussd, "text", chosen->target);
		ussd_go(ussd, "text");
		return OK;
	case MENU_CHECKUP:
		ussd_go(ussd, "checkups");
		return OK;
	case MENU_REGISTER:
		return register_open(ussd, chosen->target);
	}
	return ERR_STATE;
}

int menu_take(struct ussd *ussd, const char *text)
{
	const struct menu *menu = ussd_menu(ussd);
	long choice = ussd_choice(ussd, text, menu->nitem);

	if (ussd_back(text, true)) {
		ussd_put(ussd, "menu", NULL);
		ussd_go(ussd, "menu");
		return OK;
	}
	if (choice == CHOICE_MORE)
		return OK;
	return choice < 0 ? ussd_wrong_choice(ussd) : ussd_item(ussd, menu, (size_t)choice);
}

int text_show(struct ussd *ussd)
{
	const char *text = ussd_get(ussd, "text");

	ussd_say(ussd, text == NULL ? "-" : text, ussd_word(ussd, "back"));
	return OK;
}

/* A list that the query itself goes on with (LAGI): 9 on its last screen. */
int text_take(struct ussd *ussd, const char *text)
{
	if (ussd_more(ussd, text))
		return OK;
	if (strcmp(text, "9") == 0 && ussd_number(ussd, "query") != 0)
		return read_answer(ussd, query_more_handle(ussd->turn));
	ussd_put(ussd, "text", NULL);
	ussd_go(ussd, "menu");
	return ussd_back(text, true) ? OK : ussd_wrong_choice(ussd);
}

/* "Siti", or what the form is called. */
static const char *draft_name(const struct ussd *ussd)
{
	const json_t *draft = ussd_draft(ussd), *shared = json_object_get(draft, "shared");
	const struct form *form = reader_form(
		ussd->turn->flow->reader, json_string_value(json_object_get(draft, "form")));
	const char *name =
		form == NULL ? NULL : json_string_value(json_object_get(shared, form->self));

	if (form != NULL && name == NULL)
		name = json_string_value(json_object_get(shared, form->mother));
	for (size_t i = 0; form != NULL && i < form->nfield && name == NULL; i++) {
		const char *told = json_string_value(json_object_get(shared, form->fields[i].name));

		if (form->fields[i].type == FIELD_POSYANDU && told != NULL)
			return reply_place(&ussd->turn->reply, told);
	}
	return name != NULL                           ? reply_title_case(ussd->arena, name)
		: form != NULL && form->title != NULL ? form->title
						      : "";
}

int resume_show(struct ussd *ussd)
{
	const char *options[2] = {ussd_word(ussd, "yes"), ussd_word(ussd, "new")};

	ussd_list(ussd, arena_printf(ussd->arena, "%s %s?", ussd_word(ussd, "resume"),
		ussd_cut(ussd, draft_name(ussd), NAME_SHOWN)), options, 2, "");
	return OK;
}

int resume_take(struct ussd *ussd, const char *text)
{
	const struct menu *menu = menu_by_name(ussd->turn->flow->menus, ussd_get(ussd, "new_menu"));
	size_t item = (size_t)ussd_number(ussd, "new_item");
	int error;

	switch (ussd_choice(ussd, text, 2)) {
	case 0:
		ussd_form_next(ussd);
		break;
	case 1:
		error = ussd_draft_drop(ussd);
		if (error != OK)
			return error;
		ussd_go(ussd, "menu");
		if (menu != NULL && item < menu->nitem) {
			ussd_put(ussd, "new_menu", NULL);
			return ussd_item(ussd, menu, item);
		}
		break;
	default:
		return ussd_wrong_choice(ussd);
	}
	ussd_put(ussd, "new_menu", NULL);
	return OK;
}

int ussd_open(struct ussd *ussd)
{
	int error = OK;

	if (ussd->turn->sender.role != ROLE_NONE)
		error = ussd_draft_load(ussd);
	ussd_go(ussd, ussd_draft_begun(ussd) ? "resume" : "menu");
	return error;
}
