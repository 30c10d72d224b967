/* The little world of a transcript: a throw-away store, the gateway's own worker, a virtual clock,
 * and the phones that receive what goes out. No sockets, no sleeping.
 */
#ifndef TOOLS_PLAY_WORLD_H
#define TOOLS_PLAY_WORLD_H

#include "gateway/config/config_load.h"
#include "gateway/smpp/smpp_udh.h"
#include "store/base/store.h"
#include "flows/lists/import.h"

struct play_message { /* something that reached a phone */
	struct play_message *next;
	char *to, *text, *kind;
	bool read;
};

struct play_world;

/* What a test puts between the store and its driver. */
struct play_faults {
	void (*opened)(struct store *store);
	bool (*struck)(void); /* since the last time that it was asked */
};

/* path: of the transcript. conf NULL: the installed defaults, or those of the tree that it is in.
 * conninfo NULL: a fresh SQLite file. faults NULL: none. ERR_CONFIG was printed. */
int world_new(struct play_world **out, const char *path, const char *conf, const char *conninfo,
	const struct play_faults *faults) MUST_CHECK;
/* Another configuration from now on. */
int world_configure(struct play_world *world, const char *path, const char *conf) MUST_CHECK;
void world_free(struct play_world *world);

int world_import(struct play_world *world, const struct import_options *options) MUST_CHECK;
struct store *world_store(struct play_world *world);
struct config *world_config(struct play_world *world);
int world_offset(const struct play_world *world); /* minutes of the time zone */
struct play_message *world_messages(struct play_world *world); /* oldest first */

void world_clock(struct play_world *world, int64_t utc);
/* Time passes; what is due runs when it is due, in order. */
int world_wait(struct play_world *world, int64_t seconds) MUST_CHECK;
/* An SMS (part.total 0: a whole one). again: octet for octet the last one of this sender; text is
 * not used. */
int world_sms(struct play_world *world, const char *from, const char *text,
	struct message_part part, bool again) MUST_CHECK;
/* A USSD phone: dials (*…#), answers, or is cut off (END); as the first link's dialect puts it. */
int world_ussd(struct play_world *world, const char *from, const char *text, bool again) MUST_CHECK;
int world_restart(struct play_world *world) MUST_CHECK;
void world_fail_next(struct play_world *world);

#endif
