/* Acknowledgements owed, and acknowledgements proven: see smpp_acks.h. */
#include "gateway/link/smpp_acks.h"

#include <stdlib.h>
#include <string.h>
#include <utlist.h>

#include "gateway/os/clock.h"

#define PROMPT_MS	2000
#define PROOFS_MAX	4096

struct owed {
	uint32_t sequence, command;
	int64_t received_ms;
	struct owed *prev, *next;
};

struct proof {
	uint64_t order;
	unsigned char token[ACK_TOKEN];
};

struct acks {
	struct owed *owed; /* oldest first; acknowledgements come nearly in this order */
	size_t waiting;
	struct proof *proofs; /* a ring, oldest at `first` */
	size_t first, count;
};

struct acks *acks_new(void)
{
	struct acks *acks = xcalloc(1, sizeof(*acks));

	acks->proofs = xcalloc(PROOFS_MAX, sizeof(*acks->proofs));
	return acks;
}

void acks_clear(struct acks *acks)
{
	struct owed *owed, *next;

	DL_FOREACH_SAFE(acks->owed, owed, next)
		free(owed);
	acks->owed = NULL;
	acks->waiting = 0;
	acks->count = 0;
}

void acks_free(struct acks *acks)
{
	if (!acks)
		return;
	acks_clear(acks);
	free(acks->proofs);
	free(acks);
}

void acks_received(struct acks *acks, uint32_t sequence, uint32_t command)
{
	struct owed *owed = xcalloc(1, sizeof(*owed));

	owed->sequence = sequence;
	owed->command = command;
	owed->received_ms = clock_now();
	DL_APPEND(acks->owed, owed);
	acks->waiting++;
}

size_t acks_waiting(const struct acks *acks)
{
	return acks->waiting;
}

int acks_take(struct acks *acks, uint32_t sequence, uint32_t *command, bool *prompt)
{
	struct owed *owed;

	DL_FOREACH(acks->owed, owed)
		if (owed->sequence == sequence)
			break;
	if (!owed)
		return ERR_NOT_FOUND;
	*command = owed->command;
	*prompt = clock_now() - owed->received_ms <= PROMPT_MS;
	DL_DELETE(acks->owed, owed);
	acks->waiting--;
	free(owed);
	return OK;
}

void acks_sent(struct acks *acks, uint64_t order, const unsigned char token[ACK_TOKEN])
{
	struct proof *proof;

	if (acks->count == PROOFS_MAX) {
		acks->first = (acks->first + 1) % PROOFS_MAX;
		acks->count--;
	}
	proof = &acks->proofs[(acks->first + acks->count++) % PROOFS_MAX];
	proof->order = order;
	memcpy(proof->token, token, ACK_TOKEN);
}

uint64_t acks_newest(const struct acks *acks)
{
	if (!acks->count)
		return 0;
	return acks->proofs[(acks->first + acks->count - 1) % PROOFS_MAX].order;
}

int acks_next_proven(struct acks *acks, uint64_t order, unsigned char token[ACK_TOKEN])
{
	const struct proof *oldest = &acks->proofs[acks->first];

	if (!acks->count || oldest->order >= order)
		return ERR_NOT_FOUND;
	memcpy(token, oldest->token, ACK_TOKEN);
	acks->first = (acks->first + 1) % PROOFS_MAX;
	acks->count--;
	return OK;
}
