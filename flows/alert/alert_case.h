/* What a report means to those who look after the person that it is about. */
#ifndef FLOWS_ALERT_CASE_H
#define FLOWS_ALERT_CASE_H

#include "flows/alert/recipients.h"
#include "flows/record/record.h"

/* Those of an area, and the bidan who looks after the person now, when she was handed to another
 * desa. */
int alert_recipients(const struct turn *turn, const struct record *record,
	const struct area *area, unsigned levels, struct recipients *to) MUST_CHECK;
/* The report that her case began with is taken back: the bidan of `hers` reads it, once. */
int alert_case_gone(const struct turn *turn, const struct record *record,
	const struct area *hers) MUST_CHECK;
/* The report moved the day of a case that others told (record->due_moved): they hear of it, and her
 * bidan. */
int alert_case_moved(const struct turn *turn, const struct record *record) MUST_CHECK;
/* Who told a report of her hears it. */
int alert_due_moved(
	const struct turn *turn, const struct record *record, const char *changes) MUST_CHECK;

#endif
