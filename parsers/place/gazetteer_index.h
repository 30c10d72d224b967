/* Inside the gazetteer: its items in order, and the keys by which names are compared.
 *
 * Only gazetteer.c and gazetteer_find.c include this.
 */
#ifndef PARSERS_GAZETTEER_INDEX_H
#define PARSERS_GAZETTEER_INDEX_H

#include <limits.h>

#include "parsers/place/place.h"

/* A name reduced to what counts: letters without spaces, and its numbers (roman ones too) apart,
 * since a slip may change a letter but never "Cempaka 1" into "Cempaka 2". */
struct name_key {
	const char *letters;
	const char *number; /* "" when there is none */
	size_t length; /* of letters */
	uint64_t hash; /* of both */
	/* which letters occur, of those that are compared for slips: a quick test before */
	uint32_t mask;
};
struct name_room { /* longer names are cut */
	char letters[80], number[24];
	size_t nletter, nnumber; /* octets of both */
};
/* The key's strings stand in room. */
void name_key_make(const char *folded, size_t length, struct name_room *room, struct name_key *key);

struct hashed {
	uint64_t hash;
	size_t item;
};

/* The names of one kind of place, in the order of its items, and sorted by hash. */
#define NAME_BEGINNINGS (1u << 15) /* three letters of five bits */
struct name_index {
	uint64_t begun[NAME_BEGINNINGS / 64]; /* what the names begin with, one bit each */
	struct name_key *keys;
	struct hashed *by_hash;
	size_t count;
	uint32_t *starts; /* the first whose hash begins with so many bits or later, and one more */
	unsigned bits;
};

void name_begins(struct name_index *index, const struct name_key *key);
/* false: no name begins with the first letters of the word. */
bool name_may_begin(const struct name_index *index, const char *word, size_t length);

struct area_node {
	struct area area; /* first: a struct area is one of these */
	const struct puskesmas *serving;
	size_t area_first, area_last; /* the areas inside it */
	size_t unit_first, unit_last; /* its posyandu, from the first up to the last */
};

struct list {
	void **items;
	size_t count, room;
};

struct slot {
	const char *key;
	void *item;
};

struct code_table { /* open addressing, never more than half full */
	struct slot *slots;
	size_t count, room;
	bool begins[UCHAR_MAX + 1]; /* a key begins with it: names are asked for as codes, too */
};

struct gazetteer {
	struct arena *arena;
	struct list areas, puskesmas, posyandu; /* sorted by code once sealed */
	struct code_table area_codes, puskesmas_ids, posyandu_ids;
	struct name_index area_names, puskesmas_names, posyandu_names;
	bool sealed;
};

/* The items from *first up to *last lie inside an area (all when within is NULL). */
void gazetteer_area_range(
	const struct gazetteer *g, const struct area *within, size_t *first, size_t *last);
void gazetteer_posyandu_range(
	const struct gazetteer *g, const struct area *within, size_t *first, size_t *last);

#endif
