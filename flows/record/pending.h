/* Open questions of one phone, newest last: what the next short message may answer. */
#ifndef FLOWS_PENDING_H
#define FLOWS_PENDING_H

#include "flows/turn/turn.h"
#include "parsers/form/report.h"

/* report:    the problems of a stored report (id)
 * verify:    the same, asked of who verifies it (text: the class he named)
 * duplicate: BEDA makes report id one of its own, GANTI lets it take the place of the other
 * replace:   YA lets report id replace report other (version: of the other)
 * cancel:    YA cancels report id
 * choose:    a number says for which report the value is (options: ids; text: the value)
 * correct:   a value of field `slot` completes the correction of report id (text: its changes,
 *            as JSON; options: the values offered); slot "beda": YA affirms another event
 * again:     a number fills `slot` of the message `text`, which is then handled again
 * checkup:   the next answer of a questionnaire (text: where it stands, as JSON)
 * move:      the one-time code for this number (id: the person; text: the code;
 *            other: wrong tries) */
struct pending {
	const char *kind;
	int64_t id, other;
	int version; /* of the report, when it was asked; 0: does not matter */
	int64_t until; /* UTC */
	const char *text, *slot;
	const char *options[OPTIONS_MAX];
	size_t noption;
};

#define PENDING_MAX 12
struct pendings {
	struct pending list[PENDING_MAX];
	size_t count;
};

void pendings_foresee(const struct flow *flow, const char *phone); /* flows/foresee.h */
int pendings_load(const struct turn *turn, const char *phone, struct pendings *out) MUST_CHECK;
int pendings_save(
	const struct turn *turn, const char *phone, const struct pendings *pendings) MUST_CHECK;
/* Adds as the newest, in place of one of the same kind and id; where that stood when somebody else
 * than the phone's owner does it. The oldest goes when there are too many. until 0: the configured
 * hours from now. */
int pending_add(
	const struct turn *turn, const char *phone, const struct pending *pending) MUST_CHECK;
/* Is there one of this kind about this report? */
int pending_find(const struct turn *turn, const char *phone, const char *kind, int64_t id,
	struct pending *out, bool *found) MUST_CHECK;
int pending_drop(
	const struct turn *turn, const char *phone, const char *kind, int64_t id) MUST_CHECK;
/* A value of a stored report is asked, of its teller or of who verifies it. */
bool pending_asks_value(const struct pending *pending);
/* Such a one was asked of two, and the other has answered. */
bool pending_is_over(const struct turn *turn, const struct pending *pending);

#endif
