/* PADAM: an outbreak is over, says the puskesmas or whoever is above it. */
#ifndef FLOWS_PUT_OUT_H
#define FLOWS_PUT_OUT_H

#include "flows/record/record.h"

int put_out(struct turn *turn, struct record *record) MUST_CHECK;
/* The only outbreak that is open in the sender's area; *ref NULL: there is none, or several. */
int put_out_alone(const struct turn *turn, const char **ref) MUST_CHECK;

#endif
