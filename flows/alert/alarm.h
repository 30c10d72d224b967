/* Alarms that a form file asks for: `[alarm NAME]`. A death is alarmed by alert.c whatever its file says. */
#ifndef FLOWS_ALARM_H
#define FLOWS_ALARM_H

#include "flows/record/record.h"

/* The levels (enum recipient_levels) that alarms of the record reach at once; 0: none holds. before
 * (NULL: nothing was told so far): only those that did not hold then. */
unsigned alarm_levels(
	const struct turn *turn, const struct record *before, const struct record *record);
/* What they say, in the reader's language: "tanda bahaya kejang, Hb 6,2". */
const char *alarm_words(
	const struct turn *turn, const struct reply_context *reply, const struct record *record);
/* It tells that somebody died (`as = death`). */
bool alarm_of_death(const struct turn *turn, const struct record *record);
/* Somebody's form file can alarm at all. */
bool alarm_form(const struct form *form);
/* What she reads with the others of the day; "": nothing. */
const char *alarm_daily(
	const struct turn *turn, const struct reply_context *reply, const struct record *record);
/* What is news to the bidan and nothing more: what begins to hold; "": nothing. */
const char *alarm_news(const struct turn *turn, const struct reply_context *reply,
	const struct record *before, const struct record *record);

#endif
