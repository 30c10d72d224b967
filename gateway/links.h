/* All links by name, and the reasons for which none of them is read just now. Loop thread only. */
#ifndef GATEWAY_LINKS_H
#define GATEWAY_LINKS_H

#include "gateway/config_main.h"

enum hold { HOLD_INBOX = 1, HOLD_STOP = 2 };

struct links {
	struct link **list; /* list[i] belongs to smsc[i] */
	const struct config_smsc *smsc;
	size_t count;
	unsigned holds; /* enum hold */
};

struct link *links_find(const struct links *links, const char *name); /* NULL: no such link */
const struct config_smsc *links_config(const struct links *links, const struct link *link);
/* The link of a name; for NULL or an unknown name one that is bound, else the first. NULL: there are no links. */
struct link *links_choose(const struct links *links, const char *name);
/* Stops reading all sockets while there is any reason. */
void links_hold(struct links *links, enum hold reason, bool on);

#endif
