/* A worker on a real SQLite store in a directory of its own, with flows as doubles. */
#ifndef TESTS_GATEWAY_WORKER_FIXTURE_H
#define TESTS_GATEWAY_WORKER_FIXTURE_H

#include "flows/rules/settings.h"
#include "tests/gateway/doubles.h"

#define PHONE "+6281234567890"

extern char directory[64];
extern struct flow_settings settings;
extern struct store *store;
extern struct worker *worker;
extern struct crash *crash;
extern struct disk *disk;
extern struct arena *arena;
extern struct outgoing *out; /* of the newest step or tick */
extern int64_t disk_room; /* what the disk has, in octets */
extern enum verdict verdicts[3];

int fixture_setup(void **state);
int fixture_teardown(void **state);
char *in_directory(const char *name);
void open_worker(void);
void close_worker(void);
/* Steps over up to three items; their verdicts are kept, all are freed. */
int step(struct item *a, struct item *b, struct item *c);
size_t outgoing_count(void);
struct inbound inbound_row(int64_t id); /* id 0: no such row */
struct outbox outbox_row(int64_t id);

#endif
