/* PDUs as an SMSC sends them, and as none should: made at random from a seed, then changed. */
#ifndef TESTS_FUZZ_MUTANT_PDU_H
#define TESTS_FUZZ_MUTANT_PDU_H

#include "gateway/smpp/smpp_pdu.h"

uint32_t chance(uint32_t below); /* 0 to below - 1 */
void chance_seed(uint64_t seed);

/* Texts that people may send, one a line; of a file of the corpora (the third column). */
void mutant_texts(const char *path);

/* One PDU: an SMS, a part, a step of USSD, a receipt, a response to one of the submits whose
 * sequence numbers are given, or what keeps a link alive; most are changed in some way that leaves
 * the frame whole, a few (`torn`) in one that ends the session. Returns its length. */
struct mutant_submits {
	uint32_t sequences[256];
	size_t count; /* ever; the last 256 are kept */
};
size_t mutant_make(
	uint8_t out[PDU_ROOM], uint32_t sequence, const struct mutant_submits *submits, bool torn);
/* The response to a submit: sent, refused, throttled, or nonsense. */
size_t mutant_answer(uint8_t out[PDU_ROOM], uint32_t sequence);

#endif
