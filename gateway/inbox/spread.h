/* Which of several workers what a phone has to do with goes to.
 *
 * One at a time: while something of a phone waits or is at work, all of it goes to the same worker, so
 * that it stays in its order. Otherwise the worker of the desa where the phone's owner was last seen
 * to work: those of one desa would wait for each other's locks.
 */
#ifndef GATEWAY_INBOX_SPREAD_H
#define GATEWAY_INBOX_SPREAD_H

#include "parsers/text/error.h"
#include "parsers/text/util.h"

struct spread;

struct spread *spread_new(unsigned workers);
void spread_free(struct spread *spread);

/* who: of a phone, by spread_who(); 0: of nobody, the first worker's. Each taking is given back. */
unsigned spread_take(struct spread *spread, uint64_t who);
/* home: a hash of the desa; 0: not known. */
void spread_give_back(struct spread *spread, uint64_t who, uint64_t home);

/* However the phone is spelled. */
uint64_t spread_who(const char *phone);
uint64_t spread_hash(const char *text); /* never 0 */

#endif
