/* All links by name, the reasons for which none of them is read just now, and those that are on
 * their way out after a reload. Loop thread only.
 */
#ifndef GATEWAY_LINKS_H
#define GATEWAY_LINKS_H

#include "gateway/config/config_main.h"
#include "gateway/os/timer.h"

enum hold { HOLD_INBOX = 1, HOLD_STOP = 2 };

/* What an operator wants of a link. */
enum link_order {
	LINK_ORDER_UP,
	LINK_ORDER_PAUSE, /* stays bound and is read, sends nothing */
	LINK_ORDER_DOWN /* unbinds and stays so */
};

struct retired_link;

struct links {
	struct link **list; /* list[i] belongs to smsc[i] */
	const struct config_smsc *smsc;
	enum link_order *orders; /* as list */
	size_t count;
	unsigned holds; /* enum hold */
	struct event_base *base;
	struct evdns_base *dns;
	struct link_handler handler;
	struct retired_link *retired;
	struct timer bury; /* frees retired links that have stopped */
	bool stopping;
};

struct link *links_find(const struct links *links, const char *name); /* NULL: no such link */
const struct config_smsc *links_config(const struct links *links, const struct link *link);
/* The link of a name; for NULL or an unknown name one that is bound, else the first. NULL: there
 * are no links. */
struct link *links_choose(const struct links *links, const char *name);
/* Is the phone ("+62812…") one of the link's own operator, by the prefixes of its section? */
bool links_is_home(const struct links *links, const struct link *link, const char *phone);
/* ERR_NOT_FOUND. What is due over a link that does not send goes over another where it may. */
int links_order(struct links *links, const char *name, enum link_order order) MUST_CHECK;
enum link_order links_order_of(const struct links *links, const struct link *link);
bool links_sends(const struct links *links, const struct link *link); /* bound, not paused */
/* Stops reading all sockets while there is any reason. */
void links_hold(struct links *links, enum hold reason, bool on);
/* link_ack() over the session that the message came in, which may be one of a link on its way out.
 */
int links_ack(struct links *links, const char *name, uint64_t generation, uint32_t sequence,
	uint32_t status, const unsigned char *token);

/* base, dns and handler are set. Makes the links of the sections and starts them. A link whose
 * section stays as it was is not disturbed; one that changed unbinds before its successor connects;
 * others unbind and go. */
void links_take(struct links *links, const struct config_smsc *smsc, size_t count);
void links_on_stopped(struct links *links); /* some link reached LINK_STOPPED */
void links_stop(struct links *links); /* all unbind; no successor starts any more */
bool links_stopped(const struct links *links);
void links_free(struct links *links);

#endif
