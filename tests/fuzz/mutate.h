/* Texts made of other texts: what fuzzers without feedback feed to a target. The same seed makes
 * the same texts. */
#ifndef TESTS_FUZZ_MUTATE_H
#define TESTS_FUZZ_MUTATE_H

#include <stddef.h>
#include <stdint.h>

#define MUTANT_MOST 40000 /* octets */

struct mutate_pool;

struct mutate_pool *mutate_pool_new(void);
void mutate_pool_free(struct mutate_pool *pool);
/* An input to begin with; its words are put into others. */
void mutate_pool_add(struct mutate_pool *pool, const uint8_t *octets, size_t length);
size_t mutate_pool_count(const struct mutate_pool *pool);
void mutate_seed(struct mutate_pool *pool, uint64_t seed);
/* One of the inputs with some changes, mostly of up to 400 octets; its length. Its first octet is
 * left as it was, or another. */
size_t mutate_make(struct mutate_pool *pool, uint8_t out[MUTANT_MOST]);

#endif
