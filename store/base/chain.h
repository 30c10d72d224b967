/* The audit trail as a chain. Each row carries a keyed hash of itself (digest) and one of that and
 * of the row before (mac); the head says how many rows there are and which is the last, and has a
 * keyed hash of its own (seal). Without the key nobody changes, removes, inserts or cuts off a row
 * and makes it look right. A store without a key uses a key that everybody knows: it finds
 * accidents.
 *
 * Rows wait for the commit, so that several writers of one store wait for each other no longer than
 * that.
 */
#ifndef STORE_BASE_CHAIN_H
#define STORE_BASE_CHAIN_H

#include "store/statement/query.h"

#define CHAIN_HASH 32

struct chain_entry {
	int64_t at;
	const char *actor, *action, *subject;
	const char *old_value, *new_value; /* may be NULL */
};

/* Copies it; inside a span. */
void chain_add(struct store *store, const struct chain_entry *entry);
/* Writes what waits: before the commit, and before rows are read. */
int chain_flush(struct store *store) MUST_CHECK;
void chain_drop(struct store *store);

void chain_digest(const struct store *store, const struct chain_entry *entry,
	unsigned char digest[CHAIN_HASH]);
/* mac holds the row before's and becomes this row's. */
void chain_mac(const struct store *store, const unsigned char digest[CHAIN_HASH],
	unsigned char mac[CHAIN_HASH]);
/* What the head says of the chain. */
struct chain_head {
	int64_t entries, last; /* rows in the chain; id of the last row */
	unsigned char mac[CHAIN_HASH];
};
void chain_seal(const struct store *store, const struct chain_head *head,
	unsigned char seal[CHAIN_HASH]);
/* A row as it is stored. digest and mac are both there or both NULL: a row outside the chain. */
#define CHAIN_COLUMNS                                                                              \
	"id, at, actor, action, subject, old_value, new_value, digest, mac, erased"
struct chain_row {
	int64_t id;
	struct chain_entry entry;
	const unsigned char *digest, *mac;
	int64_t erased; /* id of the row that says so; 0: it is not */
};
void chain_row_read(const struct cursor *cursor, struct arena *arena, struct chain_row *row);
/* Inside a batch: rows of history may be changed until it ends. */
int chain_rewriting(struct store *store, bool begins) MUST_CHECK;
/* Chains all rows that there are, as they are: when a store gets its key. Inside a batch. */
int chain_adopt(struct store *store) MUST_CHECK;
int chain_head_write(struct store *store, const struct chain_head *head) MUST_CHECK;

#endif
