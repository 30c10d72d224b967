/* "kematian yang belum diverifikasi": the deaths of the sender's area that wait for VERIFIKASI. */
#ifndef FLOWS_UNCHECKED_H
#define FLOWS_UNCHECKED_H

#include "flows/turn/turn.h"

int unchecked_say(struct turn *turn) MUST_CHECK;

#endif
