/* The digest that tells a redelivery: a keyed hash (libsodium) over everything that the SMSC
 * repeats. */
#include <sodium.h>
#include <string.h>

#include "gateway/inbox/item.h"

/* Not a secret: it keeps these hashes apart from all others. A change makes one day's redeliveries
 * unknown. */
static const unsigned char key[] = "kabar redelivery digest, first form";

/* Each field with its length, so that no two fields can be cut differently into the same octets. */
static void add(crypto_generichash_state *state, const void *data, size_t length)
{
	uint64_t size = length;

	crypto_generichash_update(state, (const unsigned char *)&size, sizeof(size));
	if (length > 0)
		crypto_generichash_update(state, data, length);
}

static void add_text(crypto_generichash_state *state, const char *text)
{
	add(state, text, strlen(text));
}

void digest_deliver(const struct deliver *deliver, unsigned char digest[DIGEST_SIZE])
{
	const struct pdu_message *message = deliver->message;
	const unsigned char coding[2] = {message->esm_class, message->data_coding};
	crypto_generichash_state state;

	crypto_generichash_init(&state, key, sizeof(key) - 1, DIGEST_SIZE);
	add_text(&state, deliver->link);
	add_text(&state, message->source.digits);
	add_text(&state, message->destination.digits);
	add_text(&state, message->service_type);
	add(&state, coding, sizeof(coding));
	add(&state, message->octets, message->length);
	add(&state, deliver->tlvs->area, deliver->tlvs->area_length);
	crypto_generichash_final(&state, digest, DIGEST_SIZE);
}
