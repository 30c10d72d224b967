/* Phones and their workers: see spread.h. */
#include "gateway/inbox/spread.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/text/table.h"

#define HOMES	    (1u << 17) /* phones whose desa is remembered; two at one place: the later */
#define LAST_DIGITS 9	       /* of a phone: "0812...", "62812...", "+62812..." are one */

struct busy {
	UT_hash_handle hh;
	uint64_t who;
	unsigned worker;
	size_t count; /* taken and not given back */
};

struct home {
	uint32_t tag; /* of the phone, beside its place */
	uint8_t worker;
	bool known;
};

struct spread {
	unsigned workers;
	struct busy *busy;
	struct home *homes;
};

struct spread *spread_new(unsigned workers)
{
	struct spread *spread = xcalloc(1, sizeof(*spread));

	spread->workers = workers;
	if (workers > 1)
		spread->homes = xcalloc(HOMES, sizeof(*spread->homes));
	return spread;
}

void spread_free(struct spread *spread)
{
	struct busy *each, *next;

	if (!spread)
		return;
	HASH_ITER(hh, spread->busy, each, next) {
		HASH_DEL(spread->busy, each);
		free(each);
	}
	free(spread->homes);
	free(spread);
}

uint64_t spread_hash(const char *text)
{
	uint64_t hash = 14695981039346656037u;

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 1099511628211u;
	hash ^= hash >> 32; /* its low bits choose */
	return hash ? hash : 1;
}

uint64_t spread_who(const char *phone)
{
	char digits[LAST_DIGITS + 1];
	size_t length = strlen(phone), count = 0;

	while (length > 0 && count < LAST_DIGITS) {
		if (isdigit((unsigned char)phone[--length]))
			digits[count++] = phone[length];
	}
	digits[count] = '\0';
	return spread_hash(count ? digits : phone);
}

static struct home *home_of(const struct spread *spread, uint64_t who)
{
	return &spread->homes[who % HOMES];
}

unsigned spread_take(struct spread *spread, uint64_t who)
{
	const struct home *home;
	struct busy *busy;

	if (spread->workers == 1 || who == 0)
		return 0;
	HASH_FIND(hh, spread->busy, &who, sizeof(who), busy);
	if (!busy) {
		home = home_of(spread, who);
		busy = xcalloc(1, sizeof(*busy));
		busy->who = who;
		busy->worker = home->known && home->tag == (uint32_t)(who >> 32)
			? home->worker : (unsigned)(who % spread->workers);
		HASH_ADD(hh, spread->busy, who, sizeof(who), busy);
	}
	busy->count++;
	return busy->worker;
}

void spread_give_back(struct spread *spread, uint64_t who, uint64_t home)
{
	struct busy *busy;

	if (spread->workers == 1 || who == 0)
		return;
	if (home)
		*home_of(spread, who) = (struct home){.tag = (uint32_t)(who >> 32),
			.worker = (uint8_t)(home % spread->workers), .known = true};
	HASH_FIND(hh, spread->busy, &who, sizeof(who), busy);
	if (busy && --busy->count == 0) {
		HASH_DEL(spread->busy, busy);
		free(busy);
	}
}
