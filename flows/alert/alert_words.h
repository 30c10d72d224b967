/* Words about a death or a danger for messages. */
#ifndef FLOWS_ALERT_WORDS_H
#define FLOWS_ALERT_WORDS_H

#include "flows/record/record.h"

/* Class, initials ("" of nobody named), age, place, year, reporter. */
const char *alert_class(const struct reply_context *reply, const struct report *report);
const char *alert_initials(struct arena *arena, const struct report *report);
const char *alert_age(const struct reply_context *reply, const struct report *report);
const char *alert_place(const struct reply_context *reply, const struct record *record);
const char *alert_year(const struct turn *turn, const struct record *record);
const char *alert_who(
	const struct turn *turn, const struct reply_context *reply, const char *phone);

#endif
