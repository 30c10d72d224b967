/* The store's own memory: for the files that carry the topics (store, query, merge, span), and for
 * what depends on the driver. */
#ifndef STORE_STATEMENT_STORE_STATE_H
#define STORE_STATEMENT_STORE_STATE_H

#include "store/driver/driver.h"

struct ahead;
struct bulks;
struct chain; struct keys;
struct memo;
struct locks; struct serials;
struct puts;
struct names;
struct recent;
struct merge; struct logged;

struct statement {
	struct statement *next;
	const char *sql; /* a copy */
	void *handle;    /* of the driver */
	bool busy;
	uint64_t missed; /* ahead.h */
};

/* Numbers that are free: from next up to end, not included. */
struct id_range {
	int64_t next, end;
};

/* Of several, the first in front. */
#define ID_RANGES 16
struct id_ranges {
	struct id_range of[ID_RANGES];
	size_t count;
	int64_t wanted; /* blocks that were foreseen */
};
/* How far the newest rows of phones are known, the last one put: store/message/lately.c. */
struct lately {
	struct arena *arena; /* for one text; NULL: not yet */
	bool known; uint64_t generation, batch; int64_t committed, last;
};

struct filed { bool known; uint64_t generation; int64_t last; }; /* store/base/filed.c */
/* The last digest of a message, as it is stored with these keys, and the batch that found none. */
struct blinded { const struct keys *keys; unsigned char digest[32], blind[32]; uint64_t fresh; };
#define BLINDED 256 /* by the first octet of their digest: as many as are under way */

#define ID_TABLES         3
#define STATEMENT_BUCKETS 256

struct store {
	const struct driver *driver;
	void *db;
	struct statement *statements[STATEMENT_BUCKETS];
	bool read_only, sync_later;
	bool batch;  /* a transaction is open */
	int spoiled; /* first error inside the batch; only a rollback helps */
	int dead;    /* ERR_STORE_IO: for good */
	bool places_dirty;
	int64_t now; /* store_set_now() */
	bool version_known;
	int64_t version;
	uint64_t generation; /* moves when rows may have changed that this connection did not write */
	uint64_t people; /* moves when this connection may have changed one */
	struct memo *memo;
	struct ahead *ahead; /* NULL: nothing was foreseen */
	struct bulks *bulks; /* rows that wait to be written: bulk.h */
	int (*bulks_flush)(struct store *store);
	struct puts *puts; void (*puts_free)(struct store *store); /* outbox.c */
	struct recent *recent; void (*recent_free)(struct store *store); /* report/recent.c */
	struct names *names; void (*names_free)(struct store *store); /* report/names.c */
	struct lately lately; struct blinded blinded[BLINDED]; struct filed filed;
	uint64_t batches; /* begun */
	int64_t numbered; /* the newest inbound message of this batch; 0: none */
	struct { int64_t inbound; char ref[24]; } told; /* the newest report: outbox.c */
	struct merge *merge; struct logged *logged; size_t log_octets; bool log_longer; /* base/merge.h */
	struct locks *locks;
	struct serials *serials; int serial_block; /* blocks that this process has: serial.c */
	struct chain *chain; /* audit rows that wait for the commit */
	struct keys *keys;   /* NULL: a store without a key */
	struct id_ranges ids[ID_TABLES];       /* ids.h */
	char *key_path;      /* NULL: it never gets one */
	bool unsealed;       /* some rows may be older than its first key */
	const char *const *allow, *const *own; /* numbers: store_outbox_limit() */
	size_t nallow, nown;
	char detail[DETAIL_SIZE];
};

/* Remembers an error and its text; returns it. */
int store_fail(struct store *store, int error);

/* A parameter as it is stored; the room of what was sealed, or NULL (query.c). */
void *param_seal(const struct store *store, const struct param *param, struct param *out);

/* An idle statement of this text, until it is given back (query.c). */
int statement_take(struct store *store, const char *sql, struct statement **out) MUST_CHECK;
int statement_give(struct store *store, struct statement *statement);

#endif
