/* The table of links: see links.h. */
#include "gateway/links.h"

#include <string.h>

struct link *links_find(const struct links *links, const char *name)
{
	for (size_t i = 0; name && i < links->count; i++) {
		if (strcmp(links->smsc[i].link.name, name) == 0)
			return links->list[i];
	}
	return NULL;
}

const struct config_smsc *links_config(const struct links *links, const struct link *link)
{
	for (size_t i = 0; i < links->count; i++) {
		if (links->list[i] == link)
			return &links->smsc[i];
	}
	return NULL;
}

struct link *links_choose(const struct links *links, const char *name)
{
	struct link *link = links_find(links, name);

	for (size_t i = 0; !link && i < links->count; i++) {
		if (link_state(links->list[i]) == LINK_BOUND)
			link = links->list[i];
	}
	return link || links->count == 0 ? link : links->list[0];
}

void links_hold(struct links *links, enum hold reason, bool on)
{
	unsigned before = links->holds;

	links->holds = on ? before | reason : before & ~(unsigned)reason;
	if (!before == !links->holds)
		return;
	for (size_t i = 0; i < links->count; i++) {
		if (links->holds)
			link_pause_reading(links->list[i]);
		else
			link_resume_reading(links->list[i]);
	}
}
