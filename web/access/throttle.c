/* Failures by account and by address, in a table of fixed size: see throttle.h. */
#include "web/access/throttle.h"

#include <sodium.h>
#include <stdlib.h>

#define SLOTS         4096 /* of a keyed hash: nobody can choose whom he collides with */
#define WINDOW        900
#define ACCOUNT_TRIES 5
#define ADDRESS_TRIES 30

struct slot {
	int64_t since;
	int failures;
};

struct throttle {
	unsigned char key[crypto_shorthash_KEYBYTES];
	struct slot accounts[SLOTS], addresses[SLOTS];
};

struct throttle *throttle_new(void)
{
	struct throttle *throttle = xcalloc(1, sizeof(*throttle));

	randombytes_buf(throttle->key, sizeof(throttle->key));
	return throttle;
}

void throttle_free(struct throttle *throttle)
{
	free(throttle);
}

static struct slot *slot_of(struct throttle *throttle, struct slot *slots, const char *name)
{
	unsigned char hash[crypto_shorthash_BYTES];

	crypto_shorthash(hash, (const unsigned char *)name, strlen(name), throttle->key);
	return &slots[(hash[0] << 8 | hash[1]) % SLOTS];
}

static int wait_of(const struct slot *slot, int tries, int64_t now)
{
	int64_t end = slot->since + WINDOW;

	return slot->failures >= tries && end > now ? (int)(end - now) : 0;
}

int throttle_wait(struct throttle *throttle, const char *account, const char *address, int64_t now)
{
	int first = wait_of(slot_of(throttle, throttle->accounts, account), ACCOUNT_TRIES, now);
	int second = wait_of(slot_of(throttle, throttle->addresses, address), ADDRESS_TRIES, now);

	return first > second ? first : second;
}

static void count(struct slot *slot, int64_t now)
{
	if (slot->since + WINDOW <= now)
		slot->failures = 0;
	if (slot->failures++ == 0)
		slot->since = now;
}

void throttle_failed(
	struct throttle *throttle, const char *account, const char *address, int64_t now)
{
	count(slot_of(throttle, throttle->accounts, account), now);
	count(slot_of(throttle, throttle->addresses, address), now);
}

void throttle_succeeded(struct throttle *throttle, const char *account)
{
	slot_of(throttle, throttle->accounts, account)->failures = 0;
}
