/* Registrations that wait: SETUJU and TOLAK by whoever supervises the place. */
#ifndef FLOWS_APPROVE_H
#define FLOWS_APPROVE_H

#include "flows/turn/turn.h"

/* argument: "081234567890 alasan", or nothing when only one waits. */
int approve(struct turn *turn, bool yes, const char *argument) MUST_CHECK;
/* Who waits for the sender, by name and number; "". */
int approve_waiting(struct turn *turn, const char **list) MUST_CHECK;
/* A wish took the place of another that waited: who approves is shown it first. */
int approve_changed(const struct turn *turn, const char *phone, bool changed) MUST_CHECK;
/* "Melati, Karanganyar": where a person belongs. */
const char *person_place(const struct reply_context *reply, const struct person *person);

#endif
