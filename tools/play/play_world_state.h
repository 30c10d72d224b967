/* What the files of a transcript's world share. */
#ifndef TOOLS_PLAY_WORLD_STATE_H
#define TOOLS_PLAY_WORLD_STATE_H

#include "flows/rules/settings.h"
#include "gateway/inbox/item.h"
#include "store/driver/store_options.h"

#define PLAY_LINK "play"
#define TEXT_MAX  4096
#define PLAY_TLVS 32

struct config;
struct play_faults;
struct play_message;
struct store;
struct worker;

struct sent { /* the last SMS of a phone, for its redelivery */
	struct sent *next;
	char *from;
	bool is_ussd;
	unsigned char octets[TEXT_MAX];
	size_t length;
	uint8_t esm_class, data_coding;
	unsigned char digest[DIGEST_SIZE];
	bool proven;
	uint8_t tlvs[PLAY_TLVS];
	size_t ntlv;
	uint64_t session; /* what names it */
};

struct play_world {
	struct config *config;
	struct flow_settings settings; /* the configuration's, with the switch for `fail next` */
	struct store *store;
	struct worker *worker;
	char *directory, *path, *conf, *schema, *key;
	struct store_options options;
	const struct play_faults *faults;
	bool frozen, fail;
	struct sent *sent;
	struct play_message *messages, **tail;
};

/* One step of the worker, then one tick, as the gateway does; until nothing more goes out. The
 * items are gone afterwards. */
int world_step(struct play_world *world, struct item *items) MUST_CHECK;

#endif
