/* Stored reports as pages show them: in scope, in words, masked. */
#ifndef WEB_REPORTS_H
#define WEB_REPORTS_H

#include "flows/record/record.h"
#include "web/view/view.h"

/* Reports of a form (NULL: all) whose day lies in the period, of the place, newest first. */
int reports_of(struct request *request, const struct unit *unit, const char *form,
	struct period period, struct report_row *rows, size_t room, size_t *count) MUST_CHECK;
/* The report of a reference, when it is in scope. ERR_NOT_FOUND. */
int reports_find(struct request *request, const char *ref, struct record *out) MUST_CHECK;

/* May this account see it at all? */
bool reports_visible(const struct request *request, const struct report_row *row);
const char *reports_status(const struct request *request, const char *status);
const char *reports_status_colour(const char *status); /* of a tag; NULL: grey */
const char *reports_form(const struct request *request, const char *form);
const char *reports_place(struct request *request, const struct report_row *row);
/* "Siti Aminah, L 3200g 49cm, …" */
const char *reports_echo(struct request *request, const struct report_row *row);
const char *reports_url(struct request *request, const char *ref);

/* Who has confirmed a death's alarm, and when; *at 0: nobody yet. */
int reports_taken(
	struct request *request, const char *ref, const char **by, int64_t *at) MUST_CHECK;
/* The name behind an actor of the audit: an account, a person, a program. */
const char *reports_actor(struct request *request, const char *actor);

#endif
