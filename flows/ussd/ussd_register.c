/* DAFTAR by menu: name, desa or puskesmas, posyandu of a kader; then as by SMS. */
#include <string.h>

#include "flows/turn/handlers.h"
#include "flows/ussd/ussd_kinds.h"
#include "parsers/text/text.h"
#include "parsers/text/utf8.h"

#define NAME_MAX_SHOWN 40
#define PLACE_TYPED    16
#define PLACE_SHOWN    50
#define UNITS	       60

static const char *answered(const struct ussd *ussd, const char *key)
{
	const char *text =
		json_string_value(json_object_get(json_object_get(ussd->json, "register"), key));

	return text == NULL ? NULL : arena_strdup(ussd->arena, text);
}

static void answer_put(struct ussd *ussd, const char *key, const char *text)
{
	json_object_set_new(json_object_get(ussd->json, "register"), key, json_string(text));
}

static enum role role_of(const struct ussd *ussd)
{
	const char *role = answered(ussd, "role");
	int found = role == NULL ? -1 : role_by_name(role);

	return found < 0 ? ROLE_NONE : (enum role)found;
}

int register_open(struct ussd *ussd, const char *role)
{
	json_object_set_new(ussd->json, "register", json_pack("{s:s}", "role", role));
	ussd_go(ussd, "person");
	return OK;
}

int person_show(struct ussd *ussd)
{
	ussd_say(ussd, ussd_word(ussd, "your_name"), ussd_word(ussd, "back"));
	return OK;
}

int person_take(struct ussd *ussd, const char *text)
{
	if (ussd_back(text, true)) {
		ussd_go(ussd, "menu");
		return OK;
	}
	if (strlen(text) < 2 || strlen(text) > NAME_MAX_SHOWN ||
		strpbrk(text, "0123456789#*") != NULL)
		return ussd_wrong(ussd, ussd_word(ussd, "name_bad"));
	answer_put(ussd, "name", text_upper(ussd->arena, text));
	json_object_del(ussd->json, "found");
	ussd_go(ussd, "place");
	return OK;
}

/* Level of the place that a role belongs to. */
static enum area_level level_of(enum role role)
{
	return role == ROLE_PROVINSI  ? LEVEL_PROVINSI
		: role == ROLE_DINKES ? LEVEL_KABUPATEN
				      : LEVEL_DESA;
}

/* "Panggul, Trenggalek": tells places of one name apart. */
static const char *area_line(const struct ussd *ussd, const struct area *area)
{
	if (area->parent == NULL)
		return area->name;
	return arena_printf(ussd->arena, "%s, %s%s%s", area->name, area->parent->name,
		area->parent->parent ? ", " : "",
		area->parent->parent ? area->parent->parent->name : "");
}

int place_show(struct ussd *ussd)
{
	json_t *found = json_object_get(ussd->json, "found"), *code;
	const char *lines[PLACES_MAX];
	size_t i;

	if (json_array_size(found) == 0) {
		ussd_say(ussd, role_of(ussd) == ROLE_PUSKESMAS ? ussd_word(ussd, "your_puskesmas")
			: level_of(role_of(ussd)) == LEVEL_DESA ? ussd_word(ussd, "your_desa")
			: ussd_word(ussd, "your_area"), ussd_word(ussd, "back"));
		return OK;
	}
	json_array_foreach(found, i, code) {
		const struct area *area =
			gazetteer_area(ussd->turn->flow->places, json_string_value(code));

		lines[i] = area == NULL ? "?" : area_line(ussd, area);
	}
	ussd_list(ussd, ussd_word(ussd, "which"), lines, json_array_size(found),
		ussd_word(ussd, "back"));
	return OK;
}

static int place_set(struct ussd *ussd, const char *code)
{
	answer_put(ussd, "area", code);
	ussd_go(ussd, role_of(ussd) == ROLE_KADER ? "unit" : "join");
	return OK;
}

static int place_read(struct ussd *ussd, const char *text)
{
	const struct gazetteer *places = ussd->turn->flow->places;
	const char *folded = text_fold(ussd->arena, text);
	struct area_matches *matches = arena_alloc(ussd->arena, sizeof(*matches));
	const struct puskesmas *puskesmas;
	json_t *found;

	if (role_of(ussd) == ROLE_PUSKESMAS) {
		if (gazetteer_find_puskesmas(places, folded, NULL, &puskesmas) == OK)
			return place_set(ussd, puskesmas->id);
	} else {
		int error =
			gazetteer_find_area(places, folded, NULL, level_of(role_of(ussd)), matches);

		if (error == OK && !matches->fuzzy)
			return place_set(ussd, matches->list[0]->code);
		if (matches->count > 0) {
			found = json_array();
			for (size_t i = 0; i < matches->count; i++)
				json_array_append_new(found, json_string(matches->list[i]->code));
			json_object_set_new(ussd->json, "found", found);
			ussd_put_number(ussd, "from", 0);
			return OK;
		}
	}
	return ussd_wrong(
		ussd, arena_printf(ussd->arena, "%s %s", ussd_cut(ussd, text, PLACE_TYPED),
			      ussd_word(ussd, "not_found")));
}

int place_take(struct ussd *ussd, const char *text)
{
	json_t *found = json_object_get(ussd->json, "found");
	long choice;

	if (ussd_back(text, true)) {
		ussd_go(ussd, json_array_size(found) > 0 ? "place" : "person");
		json_object_del(ussd->json, "found");
		return OK;
	}
	if (json_array_size(found) == 0)
		return place_read(ussd, text);
	choice = ussd_choice(ussd, text, json_array_size(found));
	if (choice == CHOICE_MORE)
		return OK;
	if (choice < 0)
		return ussd_wrong_choice(ussd);
	return place_set(ussd,
		arena_strdup(
			ussd->arena, json_string_value(json_array_get(found, (size_t)choice))));
}

static size_t units_of(const struct ussd *ussd, const struct posyandu **out, const char **lines)
{
	const struct gazetteer *places = ussd->turn->flow->places;
	const struct area *desa = gazetteer_area(places, answered(ussd, "area"));
	const struct posyandu *posyandu;
	size_t count = 0;

	for (size_t i = 0; (posyandu = gazetteer_posyandu_at(places, i)) != NULL && count < UNITS;
		i++) {
		if (posyandu->area != desa)
			continue;
		lines[count] = reply_title_case(ussd->arena, posyandu->name);
		out[count++] = posyandu;
	}
	return count;
}

int unit_show(struct ussd *ussd)
{
	const struct posyandu *list[UNITS];
	const char *lines[UNITS];
	size_t count = units_of(ussd, list, lines);

	if (count == 0)
		ussd_go(ussd, "join");
	else
		ussd_list(ussd, ussd_word(ussd, "your_posyandu"), lines, count,
			ussd_word(ussd, "back"));
	return OK;
}

int unit_take(struct ussd *ussd, const char *text)
{
	const struct posyandu *list[UNITS];
	const char *lines[UNITS];
	long choice = ussd_choice(ussd, text, units_of(ussd, list, lines));

	if (ussd_back(text, true)) {
		ussd_go(ussd, "place");
		json_object_del(ussd->json, "found");
		return OK;
	}
	if (choice == CHOICE_MORE)
		return OK;
	if (choice < 0)
		return ussd_wrong_choice(ussd);
	answer_put(ussd, "posyandu", list[choice]->id);
	ussd_go(ussd, "join");
	return OK;
}

int join_show(struct ussd *ussd)
{
	const char *options[2] = {ussd_word(ussd, "send"), ussd_word(ussd, "drop")};
	const char *role = answered(ussd, "role"), *posyandu = answered(ussd, "posyandu"),
		   *area = answered(ussd, "area");

	ussd_list(ussd,
		arena_printf(ussd->arena, "%s: %s, %s, %s", ussd_word(ussd, "join"),
			reply_title_case(ussd->arena, answered(ussd, "name")),
			reply_word(&ussd->turn->reply, "role", role, role),
			ussd_cut(ussd,
				reply_place(
					&ussd->turn->reply, posyandu != NULL ? posyandu : area),
				PLACE_SHOWN)),
		options, 2, ussd_word(ussd, "back"));
	return OK;
}

int join_take(struct ussd *ussd, const char *text)
{
	struct reading *reading = arena_alloc(ussd->arena, sizeof(*reading));
	int error;

	if (ussd_back(text, true)) {
		ussd_go(ussd, "person");
		return OK;
	}
	switch (ussd_choice(ussd, text, 2)) {
	case 0:
		break;
	case 1:
		ussd_go(ussd, "menu");
		return OK;
	default:
		return ussd_wrong_choice(ussd);
	}
	reading->intent = INTENT_REGISTER;
	reading->registration.role = answered(ussd, "role");
	reading->registration.name = answered(ussd, "name");
	reading->registration.area = answered(ussd, "area");
	reading->registration.posyandu = answered(ussd, "posyandu");
	ussd->turn->reading = reading;
	error = register_handle(ussd->turn);
	ussd_put(ussd, "text", ussd->turn->answer);
	ussd->copy = true;
	ussd_go(ussd, "done");
	return error;
}
