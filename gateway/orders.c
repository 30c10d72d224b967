/* Orders of an operator: see orders.h. */
#include "gateway/orders.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/os/log.h"

static const char *const levels[] = {"error", "warn", "info", "debug"};

static void on_noted(void *context, uint64_t client, const char *answer)
{
	(void)context;
	(void)client;
	if (!answer)
		log_warn("gateway", "an order is not in the audit trail: not stored");
}

void orders_note(struct gateway *gateway, const char *who, const char *action, const char *subject,
	const char *value)
{
	json_t *request = json_pack("{s:s, s:s, s:s, s:s, s:s?}", "verb", "gateway", "account", who,
		"action", action, "subject", subject, "value", value);
	char *text = json_dumps(request, JSON_COMPACT);

	json_decref(request);
	if (!text)
		abort();
	inbox_put(gateway->inbox, item_new_deed(text, &(struct item_deed){.done = on_noted}));
	free(text);
}

static char *order_link(struct gateway *gateway, const char *who, const char *rest)
{
	static const struct {
		const char *word;
		enum link_order order;
	} words[] = {{"up", LINK_ORDER_UP}, {"down", LINK_ORDER_DOWN}, {"pause", LINK_ORDER_PAUSE}};
	const char *space = strrchr(rest, ' ');
	char *name = space ? xstrndup(rest, (size_t)(space - rest)) : NULL, *answer = NULL;

	for (size_t i = 0; name && i < COUNT_OF(words); i++) {
		if (strcmp(space + 1, words[i].word) != 0)
			continue;
		if (links_order(&gateway->links, name, words[i].order) != OK) {
			answer = xasprintf("there is no link \"%s\"\n", name);
			break;
		}
		outbox_links_changed(gateway->outbox);
		orders_note(gateway, who, "link", name, words[i].word);
		log_info("gateway", "link %s name=%s by=%s", words[i].word, name, who);
		answer = xstrdup("ok\n");
	}
	free(name);
	return answer ? answer : xstrdup("a link takes up, down or pause\n");
}

static char *order_level(struct gateway *gateway, const char *who, const char *word)
{
	enum log_level level, now = log_get_level();

	if (!*word) {
		for (size_t i = 0; i < COUNT_OF(levels); i++) {
			if (log_level_by_name(levels[i], &level) && level == now)
				return xasprintf("ok %s\n", levels[i]);
		}
	}
	if (!log_level_by_name(word, &level))
		return xasprintf("\"%s\" is none of error, warn, info, debug\n", word);
	log_set_level(level);
	orders_note(gateway, who, "log level", gateway->config->main.name, word);
	log_info("gateway", "log level=%s by=%s", word, who);
	return xasprintf("ok %s\n", word);
}

char *orders_obey(struct gateway *gateway, const char *who, const char *order)
{
	if (strncmp(order, "link ", 5) == 0)
		return order_link(gateway, who, order + 5);
	if (strcmp(order, "log level") == 0)
		return order_level(gateway, who, "");
	if (strncmp(order, "log level ", 10) == 0)
		return order_level(gateway, who, order + 10);
	return NULL;
}
