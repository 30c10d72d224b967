/* Which states follow each other for a message that goes out (outbox.h). Only store_outbox_set() and
 * its like write one. */
#ifndef STORE_MESSAGE_OUTBOX_MOVES_H
#define STORE_MESSAGE_OUTBOX_MOVES_H

#include <stdbool.h>

bool outbox_move_allowed(const char *from, const char *to); /* the same again is fine */
/* Nothing more is done about it, but that a receipt may still say more. */
bool outbox_is_end(const char *state);

#endif
