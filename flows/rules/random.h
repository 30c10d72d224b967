/* Randomness, replaceable: `kabarctl play` and tests make it predictable. */
#ifndef FLOWS_RANDOM_H
#define FLOWS_RANDOM_H

#include <stdint.h>

/* A number below limit. */
uint32_t random_below(uint32_t limit);
/* NULL: the system's again. */
void random_replace(uint32_t (*below)(uint32_t limit));

#endif
