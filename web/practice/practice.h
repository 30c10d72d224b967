/* The practice phone: the real flows over a throw-away copy of the places and people of a district.
 * Nothing that is done there reaches the store, a count or a phone. One world per account. */
#ifndef WEB_PRACTICE_H
#define WEB_PRACTICE_H

#include "web/base/web.h"

struct practices;
struct practice;

/* What was said, oldest first. */
struct practice_line {
	struct practice_line *next;
	char *phone; /* whose phone shows it */
	char *text;
	char *kind; /* "in", or of the outbox: "reply", "alert", "ussd", "ussd-end" … */
	int64_t at;
};

struct practices *practices_new(const struct web_settings *settings);
void practices_free(struct practices *practices);

/* The account's world; made on the first use from the store, for the kabupaten of `code`. NULL: it
 * could not be made, logged. */
struct practice *practice_of(struct practices *practices, struct store *store, const char *account,
	const char *code, int64_t now);
void practice_reset(struct practices *practices, const char *account);

/* An SMS or, with ussd, what is dialled, answered, or "END", from a phone. */
int practice_send(struct practice *practice, const char *phone, const char *text, bool ussd,
	int64_t now) MUST_CHECK;
const struct practice_line *practice_lines(const struct practice *practice);
/* How the last SMS was read, step by step; "". */
const char *practice_explained(const struct practice *practice);
/* Does a USSD session of this phone wait for an answer? */
bool practice_in_session(const struct practice *practice, const char *phone);

#endif
