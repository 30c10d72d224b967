/* What a batch will ask about messages: foreseen with the parameters of the question itself, brought
 * by store_ask() (store/base/store.h), and then answered from memory. What was not foreseen is asked
 * when it is wanted.
 */
#ifndef STORE_MESSAGE_FORESEE_H
#define STORE_MESSAGE_FORESEE_H

#include "parsers/text/util.h"

struct store;
struct outbox_claim; /* outbox.h */

void store_redelivery_foresee(struct store *store, const unsigned char *digest);
void store_session_foresee(struct store *store, const char *kind, const char *key);
void store_session_any_foresee(struct store *store, const char *kind);
void store_counter_foresee(
	struct store *store, const char *kind, const char *key, const char *window);
void store_outbox_lately_foresee(
	struct store *store, const char *recipient, int64_t since, size_t most);
void store_outbox_answers_foresee(struct store *store, const char *recipient, int64_t since);
void store_outbox_claim_foresee(
	struct store *store, const struct outbox_claim *claim, size_t room);
/* This one is done at once; store_outbox_sent() then tells what became of it. */
void store_outbox_sent_foresee(
	struct store *store, int64_t id, const char *link, const char *message_id);
/* So many messages come, with their answers. */
void store_rows_foresee(struct store *store, size_t messages);

#endif
