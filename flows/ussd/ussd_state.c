/* The session's values, and the table of the kinds of screens. */
#include "flows/ussd/ussd_state.h"

#include <string.h>

#include "flows/ussd/ussd_kinds.h"

#define KIND(name) {#name, name##_show, name##_take, false}
#define LOCKED(name) {#name, name##_show, name##_take, true}
static const struct ussd_kind kinds[] = {
	KIND(menu),
	KIND(text),
	KIND(resume),
	KIND(page),
	KIND(check),
	KIND(summary),
	KIND(change),
	KIND(mine),
	KIND(deaths),
	KIND(stored),
	KIND(correct),
	KIND(value),
	KIND(cancel),
	KIND(person),
	KIND(place),
	KIND(unit),
	KIND(join),
	LOCKED(pin),
	LOCKED(pin_new),
	LOCKED(pin_again),
	LOCKED(done),
};

const struct ussd_kind *ussd_kind(const char *name)
{
	for (size_t i = 0; name != NULL && i < COUNT_OF(kinds); i++) {
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	}
	return &kinds[0];
}

const char *ussd_get(const struct ussd *ussd, const char *key)
{
	const char *text = json_string_value(json_object_get(ussd->json, key));

	return text == NULL ? NULL : arena_strdup(ussd->arena, text);
}

int64_t ussd_number(const struct ussd *ussd, const char *key)
{
	return json_integer_value(json_object_get(ussd->json, key));
}

void ussd_put(struct ussd *ussd, const char *key, const char *text)
{
	if (text == NULL)
		json_object_del(ussd->json, key);
	else
		json_object_set_new(ussd->json, key, json_string(text));
}

void ussd_put_number(struct ussd *ussd, const char *key, int64_t number)
{
	json_object_set_new(ussd->json, key, json_integer(number));
}

void ussd_go(struct ussd *ussd, const char *kind)
{
	ussd_put(ussd, "at", kind);
	ussd_put_number(ussd, "from", 0);
}
