/* When what may be sent: quiet hours of the local day, and for how long a message is of use, both
 * by its class. Times are UTC seconds.
 */
#ifndef FLOWS_HOURS_H
#define FLOWS_HOURS_H

#include "parsers/text/util.h"
#include "store/message/outbox.h"

struct hours {
	int from, to; /* minutes of the local day, to not included; equal: no quiet hours */
	int timezone; /* minutes east of UTC */
};

struct flow_settings;
struct hours hours_of(const struct flow_settings *settings);
/* "20:30-06:30", or "" for none. */
bool hours_read(const char *text, int *from, int *to) MUST_CHECK;
/* The end of the quiet hours that `now` is in; 0: it is not in any. */
int64_t hours_quiet_until(const struct hours *hours, int64_t now);
/* A message of this class that was put at `created`: until when it has to wait; 0: it may go.
 * Screens and alarms never wait, answers to people who wrote within the hour neither. */
int64_t hours_wait(
	const struct hours *hours, enum outbox_class class, int64_t created, int64_t now);
/* In quiet hours, messages of this class put after this may go all the same; INT64_MAX: none. */
int64_t hours_newer(const struct hours *hours, enum outbox_class class, int64_t now);
/* What was put before this is of no use any more; 0: there is no such time. Answers keep 12 hours,
 * notices three days, campaigns the local day. */
int64_t hours_oldest(const struct hours *hours, enum outbox_class class, int64_t now);

#endif
