/* A worker over a store of its own, on either database: for tests of batches. */
#ifndef TESTS_FLOWS_BATCH_WORLD_H
#define TESTS_FLOWS_BATCH_WORLD_H

#include "gateway/work/worker.h"
#include "store/driver/driver.h"
#include "store/statement/query.h"

#define NOW_MS 1723687200000 /* 2024-08-15 09:00 WIB */

/* "postgres": a schema of its own in KABAR_TEST_POSTGRES; else a file. */
extern const char *world_driver;

int world_setup(void **state);
int world_teardown(void **state);

/* Empty, but for places and so many people; the first two are officers, the next three bidan. */
#define PHONE "+6281200000%03d" /* of the n-th */
struct store *world_store(int people);
/* So many further desa, and a kader in each, whose phones begin with number WIDE. */
#define WIDE 300
void world_widen(struct store *store, int desa);
void world_store_end(struct store *store);
struct worker *world_worker(struct store *store);

struct item *world_item(uint32_t number, int phone, const char *text);
/* Runs them; all must be well. What goes out, to be freed. */
struct outgoing *world_step(struct worker *worker, const struct item *items);
/* What the next batch brings of this one: the answers were taken, the acknowledgements are proven. */
struct item *world_after(const struct item *items, const struct outgoing *out);

/* A birth of a mother whom nobody takes for another. */
struct item *world_plain(uint32_t number, int phone);

#endif
