/* Messages of one session that wait for our acknowledgement, and which acknowledgements surely
 * arrived.
 *
 * An SMSC that answers a request which we sent after an ESME_ROK has read that ESME_ROK too: TCP
 * keeps the order. Not so when it had given up waiting: an ESME_ROK that took over 2 s proves
 * nothing.
 */
#ifndef GATEWAY_SMPP_ACKS_H
#define GATEWAY_SMPP_ACKS_H

#include "parsers/text/error.h"
#include "parsers/text/util.h"

#define ACK_TOKEN 40

struct acks;

struct acks *acks_new(void);
void acks_free(struct acks *acks);
void acks_clear(struct acks *acks);

void acks_received(struct acks *acks, uint32_t sequence, uint32_t command);
size_t acks_waiting(const struct acks *acks);
/* Takes the oldest with this sequence. ERR_NOT_FOUND: none. *prompt: within the 2 s. */
int acks_take(struct acks *acks, uint32_t sequence, uint32_t *command, bool *prompt) MUST_CHECK;

/* order: number of the PDU in the session, rising. The oldest are forgotten (stay unproven)
 * beyond 4096. */
void acks_sent(struct acks *acks, uint64_t order, const unsigned char token[ACK_TOKEN]);
uint64_t acks_newest(const struct acks *acks); /* order of the newest unproven one; 0: none */
/* The SMSC answered the request number `order`: what was sent before is proven. ERR_NOT_FOUND:
 * nothing (more) to tell; call it until then. */
int acks_next_proven(struct acks *acks, uint64_t order, unsigned char token[ACK_TOKEN]) MUST_CHECK;

#endif
