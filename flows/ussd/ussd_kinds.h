/* The kinds of screens: what each shows and how it takes an answer. */
#ifndef FLOWS_USSD_KINDS_H
#define FLOWS_USSD_KINDS_H

#include "flows/ussd/ussd_state.h"

struct ussd_kind {
	const char *name;
	int (*show)(struct ussd *ussd); /* sets the screen, or goes to another kind */
	int (*take)(struct ussd *ussd, const char *text);
	bool locked; /* 00 does not leave it */
};
/* By its name; the menu when there is none of that name. */
const struct ussd_kind *ussd_kind(const char *name);

#define USSD_KIND(name) \
	int name##_show(struct ussd *ussd) MUST_CHECK; \
	int name##_take(struct ussd *ussd, const char *text) MUST_CHECK

USSD_KIND(menu);
USSD_KIND(text);
USSD_KIND(resume);
USSD_KIND(pin);
USSD_KIND(pin_new);
USSD_KIND(pin_again);
USSD_KIND(page); /* a question of a form */
USSD_KIND(check); /* values that contradict each other: right all the same? */
USSD_KIND(summary);
USSD_KIND(change); /* which page again */
USSD_KIND(mine);
USSD_KIND(deaths);
USSD_KIND(stored); /* one stored report */
USSD_KIND(correct); /* which field of it */
USSD_KIND(value); /* its new value */
USSD_KIND(cancel);
USSD_KIND(person); /* registration: name, */
USSD_KIND(place); /* desa or puskesmas, */
USSD_KIND(unit); /* posyandu, */
USSD_KIND(join); /* and is it right? */
USSD_KIND(checkups); /* which questionnaire */
USSD_KIND(checkup_step); /* its questions, and what they mean */
USSD_KIND(done);

int register_open(struct ussd *ussd, const char *role) MUST_CHECK;

#endif
