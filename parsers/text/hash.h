/* uthash with a quick hash of short keys, and with short chains: each link of a chain is a place in
 * memory that no cache has. Not for keys that somebody chooses to do harm. */
#ifndef PARSERS_HASH_H
#define PARSERS_HASH_H

#include <stdint.h>
#include <string.h>

static inline unsigned hash_octets(const void *key, size_t length)
{
	const char *at = key;
	uint64_t hash = length * 0x9e3779b97f4a7c15u, eight;

	for (; length >= sizeof(eight); length -= sizeof(eight), at += sizeof(eight)) {
		memcpy(&eight, at, sizeof(eight));
		hash = (hash ^ eight) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 32;
	}
	for (eight = 0; length > 0; length--)
		eight = eight << 8 | (unsigned char)*at++;
	hash = (hash ^ eight) * 0x9e3779b97f4a7c15u;
	return (unsigned)(hash >> 32);
}

#define HASH_FUNCTION(key, length, value) ((value) = hash_octets(key, length))
#include "parsers/text/table.h"
/* Of the longest chain, instead of ten: so about half as many entries as places. Much less would
 * make the table grow until chance lets no two share a place. */
#undef HASH_BKT_CAPACITY_THRESH
#define HASH_BKT_CAPACITY_THRESH 6U

#endif
