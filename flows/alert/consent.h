/* Somebody who looked after himself (flows/checkup) lets a bidan call him: told as any alarm is,
 * again until somebody says TERIMA. No report is stored and no name; his number is kept until the
 * alarm is taken, at most 30 days.
 */
#ifndef FLOWS_CONSENT_H
#define FLOWS_CONSENT_H

#include "flows/turn/turn.h"
#include "store/message/deadline.h"

struct consent {
	const char *ref; /* REF_CONSENT, the month, a serial */
	const char *title; /* of the questionnaire */
	const char *phone; /* to be called */
	const struct area *desa; /* NULL: not told */
};

/* ref is set. *told: somebody was. */
int consent_raise(const struct turn *turn, struct consent *consent, bool *told) MUST_CHECK;
/* TERIMA from one who was told, or who supervises there; ERR_NOT_FOUND: it is no such number, or not
 * his. Whoever comes later is thanked too. */
int consent_take(struct turn *turn, const char *ref) MUST_CHECK;
/* The numbers of those that the one who speaks was told of and nobody took, as options of a list. */
int consent_untaken(
	const struct turn *turn, struct consent *list, size_t room, size_t *count) MUST_CHECK;

/* Deadlines "consent" (nobody took it) and "consent-over" (its number is forgotten). */
int consent_on_due(const struct turn *turn, const struct deadline *deadline) MUST_CHECK;
int consent_on_over(const struct turn *turn, const struct deadline *deadline) MUST_CHECK;

#endif
