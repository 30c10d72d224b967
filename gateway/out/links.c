/* The table of links: see links.h. */
#include "gateway/out/links.h"

#include <stdlib.h>
#include <string.h>
#include <utlist.h>

#include "gateway/os/log.h"

struct retired_link { /* stops; its successor, if any, waits for that */
	struct link *link;
	struct retired_link *next;
};

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
		if (links_sends(links, links->list[i]))
			link = links->list[i];
	}
	return link || links->count == 0 ? link : links->list[0];
}

/* 0812, 62812 and +62812 are the same. */
static bool begins_so(const char *phone, const char *prefix, size_t length)
{
	const char *digits = phone + (*phone == '+');

	if (*prefix == '+' || *prefix == '0') {
		if (*prefix == '0' && strncmp(digits, "62", 2) == 0)
			digits += 2;
		prefix++;
		length--;
	}
	return length > 0 && strncmp(digits, prefix, length) == 0;
}

bool links_is_home(const struct links *links, const struct link *link, const char *phone)
{
	const struct config_smsc *smsc = links_config(links, link);
	const char *at = smsc && smsc->prefixes ? smsc->prefixes : "";
	bool home = false;

	while (*(at += strspn(at, ", ")) && !home) {
		size_t length = strcspn(at, ", ");

		home = begins_so(phone, at, length);
		at += length;
	}
	return home;
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

int links_ack(struct links *links, const char *name, uint64_t generation, uint32_t sequence,
	uint32_t status, const unsigned char *token)
{
	struct link *link = links_find(links, name);
	const struct retired_link *retired;

	LL_FOREACH(links->retired, retired) {
		if (strcmp(link_name(retired->link), name) == 0 &&
			link_ack(retired->link, generation, sequence, status, token) == OK)
			return OK;
	}
	return link ? link_ack(link, generation, sequence, status, token) : ERR_NOT_FOUND;
}

static bool has_retired(const struct links *links, const char *name)
{
	const struct retired_link *retired;

	LL_FOREACH(links->retired, retired) {
		if (strcmp(link_name(retired->link), name) == 0)
			return true;
	}
	return false;
}

/* Links are not freed inside their own callbacks: a timer does it. */
static void on_bury(void *context)
{
	struct links *links = context;
	struct retired_link *retired, *next;

	LL_FOREACH_SAFE(links->retired, retired, next) {
		if (link_state(retired->link) != LINK_STOPPED)
			continue;
		LL_DELETE(links->retired, retired);
		link_free(retired->link);
		free(retired);
	}
	for (size_t i = 0; i < links->count && !links->stopping; i++) {
		if (link_state(links->list[i]) == LINK_STOPPED &&
			links->orders[i] != LINK_ORDER_DOWN &&
			!has_retired(links, link_name(links->list[i])))
			link_start(links->list[i]);
	}
}

void links_on_stopped(struct links *links)
{
	timer_arm(&links->bury, 0);
}

static void retire(struct links *links, struct link *link)
{
	struct retired_link *retired = xcalloc(1, sizeof(*retired));

	retired->link = link;
	LL_PREPEND(links->retired, retired);
	link_stop(link);
}

enum link_order links_order_of(const struct links *links, const struct link *link)
{
	for (size_t i = 0; links->orders && i < links->count; i++) {
		if (links->list[i] == link)
			return links->orders[i];
	}
	return LINK_ORDER_UP;
}

bool links_sends(const struct links *links, const struct link *link)
{
	return link_state(link) == LINK_BOUND && links_order_of(links, link) == LINK_ORDER_UP;
}

/* An order outlives the change of its link. */
static struct link *take_one(struct links *links, const struct config_smsc *smsc,
	const struct links *old, enum link_order *order)
{
	struct link *link = links_find(old, smsc->link.name);

	*order = link ? links_order_of(old, link) : LINK_ORDER_UP;
	if (link && link_config_same(&links_config(old, link)->link, &smsc->link))
		return link;
	if (link || old->count > 0)
		log_info("gateway", "link %s name=%s", link ? "changed" : "added", smsc->link.name);
	link = link_new(links->base, links->dns, &smsc->link, &links->handler);
	if (links->holds)
		link_pause_reading(link);
	link_hold(link, *order == LINK_ORDER_PAUSE);
	return link;
}

int links_order(struct links *links, const char *name, enum link_order order)
{
	for (size_t i = 0; i < links->count; i++) {
		struct link *link = links->list[i];
		enum link_state state = link_state(link);

		if (strcmp(link_name(link), name) != 0)
			continue;
		links->orders[i] = order;
		link_hold(link, order == LINK_ORDER_PAUSE);
		if (order != LINK_ORDER_DOWN)
			timer_arm(&links->bury, 0); /* starts it where it has stopped */
		else if (state != LINK_STOPPED && state != LINK_UNBINDING)
			link_stop(link);
		return OK;
	}
	return ERR_NOT_FOUND;
}

void links_take(struct links *links, const struct config_smsc *smsc, size_t count)
{
	const struct links old = *links;

	timer_init(&links->bury, on_bury, links);
	links->list = xcalloc(count + 1, sizeof(*links->list));
	links->orders = xcalloc(count + 1, sizeof(*links->orders));
	links->smsc = smsc;
	links->count = count;
	for (size_t i = 0; i < count; i++)
		links->list[i] = take_one(links, &smsc[i], &old, &links->orders[i]);
	for (size_t i = 0; i < old.count; i++) {
		if (links_config(links, old.list[i]))
			continue;
		if (!links_find(links, link_name(old.list[i])))
			log_info("gateway", "link removed name=%s", link_name(old.list[i]));
		retire(links, old.list[i]);
	}
	free(old.list);
	free(old.orders);
	on_bury(links);
}

void links_stop(struct links *links)
{
	links->stopping = true;
	for (size_t i = 0; i < links->count; i++) {
		enum link_state state = link_state(links->list[i]);

		if (state != LINK_STOPPED && state != LINK_UNBINDING)
			link_stop(links->list[i]);
	}
}

bool links_stopped(const struct links *links)
{
	for (size_t i = 0; i < links->count; i++) {
		if (link_state(links->list[i]) != LINK_STOPPED)
			return false;
	}
	return !links->retired;
}

void links_free(struct links *links)
{
	struct retired_link *retired, *next;

	timer_cancel(&links->bury);
	LL_FOREACH_SAFE(links->retired, retired, next) {
		link_free(retired->link);
		free(retired);
	}
	for (size_t i = 0; i < links->count; i++)
		link_free(links->list[i]);
	links->retired = NULL;
	links->count = 0;
	free(links->list);
	free(links->orders);
	links->list = NULL;
	links->orders = NULL;
}
