/* The session's values. */
#include "flows/ussd/ussd_state.h"

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
