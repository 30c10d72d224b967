/* Quiet hours and validity: see hours.h. */
#include "flows/rules/hours.h"

#include <stdio.h>

#include "flows/rules/settings.h"

#define DAY	     86400
#define FRESH	     3600 /* so young an answer is expected, whatever the hour */
#define ANSWER_KEEPS (12 * 3600)
#define NOTICE_KEEPS (3 * DAY)

struct hours hours_of(const struct flow_settings *settings)
{
	return (struct hours){settings->quiet_from, settings->quiet_to, settings->timezone};
}

bool hours_read(const char *text, int *from, int *to)
{
	int a, b, c, d, end = 0;

	*from = *to = 0;
	if (!*text)
		return true;
	if (sscanf(text, "%2d:%2d - %2d:%2d%n", &a, &b, &c, &d, &end) != 4 || text[end])
		return false;
	if (a < 0 || a > 23 || b < 0 || b > 59 || c < 0 || c > 23 || d < 0 || d > 59)
		return false;
	*from = a * 60 + b;
	*to = c * 60 + d;
	return true;
}

static int64_t local_midnight(const struct hours *hours, int64_t now)
{
	int64_t local = now + hours->timezone * 60;

	return now - local % DAY;
}

int64_t hours_quiet_until(const struct hours *hours, int64_t now)
{
	int64_t midnight = local_midnight(hours, now);
	int minute = (int)((now - midnight) / 60);
	bool over_midnight = hours->from > hours->to;
	bool evening = minute >= hours->from, morning = minute < hours->to;

	if (hours->from == hours->to || !(over_midnight ? evening || morning : evening && morning))
		return 0;
	return midnight + hours->to * 60 + (over_midnight && evening ? DAY : 0);
}

int64_t hours_newer(const struct hours *hours, enum outbox_class class, int64_t now)
{
	if (class == OUTBOX_SCREEN || class == OUTBOX_ALARM || !hours_quiet_until(hours, now))
		return 0;
	return class == OUTBOX_ANSWER ? now - FRESH : INT64_MAX;
}

int64_t hours_wait(const struct hours *hours, enum outbox_class class, int64_t created, int64_t now)
{
	return created > hours_newer(hours, class, now) ? 0 : hours_quiet_until(hours, now);
}

int64_t hours_oldest(const struct hours *hours, enum outbox_class class, int64_t now)
{
	switch (class) {
	case OUTBOX_ANSWER: return now - ANSWER_KEEPS;
	case OUTBOX_NOTICE: return now - NOTICE_KEEPS;
	case OUTBOX_CAMPAIGN: return local_midnight(hours, now);
	default: return 0;
	}
}
