/* What a server has taken or refused, item by item, in a file: a push that was killed goes on, and
 * what was taken is not sent again unless it says something else by now. */
#ifndef TOOLS_EXCHANGE_JOURNAL_H
#define TOOLS_EXCHANGE_JOURNAL_H

#include "tools/exchange/items.h"

struct journal;
/* ERR_EXISTS: another push writes it; ERR_SYSTEM; ERR_SYNTAX: it is no journal of this server. */
int journal_open(struct journal **out, const char *path, const char *server) MUST_CHECK;
void journal_close(struct journal *journal); /* NULL is fine */
bool journal_taken(const struct journal *journal, const struct item *item);
/* Durable when it returns OK. */
void journal_add(struct journal *journal, const struct item *item, bool taken);
int journal_sync(struct journal *journal) MUST_CHECK;

#endif
