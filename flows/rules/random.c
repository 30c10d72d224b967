/* Randomness from libsodium, unless it was replaced. */
#include "flows/rules/random.h"

#include <sodium.h>
#include <stddef.h>
#include <stdlib.h>

static uint32_t (*replaced)(uint32_t limit);

uint32_t random_below(uint32_t limit)
{
	if (replaced != NULL)
		return replaced(limit);
	if (sodium_init() < 0)
		abort(); /* no source of randomness: nothing secret may be made */
	return randombytes_uniform(limit);
}

void random_replace(uint32_t (*below)(uint32_t limit))
{
	replaced = below;
}
