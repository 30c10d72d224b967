/* The PIN of a person's USSD sessions: kept as argon2id only, changed with the old one, or reset. */
#ifndef FLOWS_PIN_H
#define FLOWS_PIN_H

#include "flows/turn/turn.h"

/* Six digits, not one repeated and not a run. */
bool pin_good(const char *pin);
int pin_hash(struct arena *arena, const char *pin, const char **hash) MUST_CHECK; /* argon2id */
int pin_put(struct turn *turn, const char *hash) MUST_CHECK;
/* PIN 493817, or PIN old new where there is one already. */
int pin_handle(struct turn *turn) MUST_CHECK;
/* RESET PIN phone, by whoever may approve that person: the next session or SMS makes a new one. */
int pin_reset(struct turn *turn, const char *phone) MUST_CHECK;

#endif
