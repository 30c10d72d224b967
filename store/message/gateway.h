/* Several gateways on one store: each has its name, held by one process at a time, and says every
 * few seconds that it lives. What a silent one had claimed is taken over by another.
 *
 * A name has an epoch, which counts its holders. Every transaction of a holder carries it: when the
 * name was taken over meanwhile the transaction fails with ERR_STORE_IO, and the process ends. Times
 * are those of the database's clock.
 */
#ifndef STORE_GATEWAY_H
#define STORE_GATEWAY_H

#include "store/base/store.h"
#include "store/message/outbox.h"

#define GATEWAY_SILENT 30 /* seconds after which others take over */
#define GATEWAY_BEAT   5  /* seconds between two signs of life */
#define GATEWAY_LEASE  20 /* seconds after the last one was sent: nothing may be submitted any more */

/* Takes the name for this process; holder says who that is, for people. ERR_EXISTS: somebody has it,
 * and detail (room for 256) says who. */
int store_gateway_take(
	struct store *store, const char *name, const char *holder, char *detail) MUST_CHECK;

/* Another connection of the same process, under the name that it has taken. */
int store_gateway_join(struct store *store, const char *name) MUST_CHECK;

/* Only where several can share the store. */
bool store_gateway_shared(const struct store *store);

/* A sign of life, with the links that this gateway has. */
int store_gateway_beat(struct store *store, const char *name, const char *const *links,
	size_t count) MUST_CHECK;

/* Rows that a silent gateway had claimed and that may leave over one of these links are this one's
 * from now on, as unsure: nobody knows what became of them. In a transaction of its own. */
int store_gateway_take_over(struct store *store, struct arena *arena, const char *name,
	const char *const *links, size_t nlinks, struct outbox *rows, size_t room,
	size_t *count) MUST_CHECK;

/* A gateway that lives has a link of this name. */
int store_gateway_has_link(struct store *store, const char *link, bool *has) MUST_CHECK;

struct gateway_row {
	const char *name, *holder;
	int64_t silent; /* seconds */
};
int store_gateway_list(struct store *store, struct arena *arena, struct gateway_row *rows,
	size_t room, size_t *count) MUST_CHECK;

#endif
