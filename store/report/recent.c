/* The names of the last weeks: see recent.h.
 *
 * Of a name only a sketch is kept. Few are alike by it, and those are read.
 */
#include "store/report/recent.h"

#include <stdlib.h>
#include <string.h>
#include <sodium.h>

#include "parsers/form/names.h"
#include "parsers/number/date.h"
#include "parsers/text/hash.h"
#include "store/base/filed.h"
#include "store/statement/query.h"
#include "store/statement/store_state.h"

#define DAYS	   45
#define OWNERS_MOST 16384
#define NAMES_MOST 800000 /* 12 octets each */
#define KEY_MOST   64
#define SPARE	   4 /* names that a list has room for besides; there are as many lists as phones */
#define DAY_MOST   UINT8_MAX /* that day, or a later one */
#define DAYS_ANEW  150 /* after so many they are counted from another day */

struct name {
	uint32_t id; /* a store with more is asked */
	struct name_sketch sketch; /* kept: the day, from the first on that is in memory */
};

/* A place or a teller. */
struct owner {
	UT_hash_handle hh;
	uint64_t generation; /* of the store, and of places, when it was asked for */
	uint64_t moved;
	bool read; /* the list is whole */
	int32_t from; /* the first day of the list */
	struct name *list;
	size_t count, room;
	char key[]; /* "P" or "T" in front */
};

/* Reports that are not filed yet, and some that are; of which place and teller by keyed hashes. */
struct fresh {
	struct name name;
	unsigned char owners[2][crypto_shorthash_BYTES]; /* place, teller */
};

struct recent {
	struct owner *owners;
	size_t names;
	int32_t first; /* the day that all are counted from */
	bool beyond; /* the numbers of reports have outgrown those of names */
	uint64_t moved; /* reports that may have come from a place that is in memory */
	struct fresh *fresh;
	size_t nfresh, fresh_room;
	bool fresh_read;
	uint64_t fresh_generation;
	unsigned char key[crypto_shorthash_KEYBYTES];
};

static void drop_all(struct recent *recent)
{
	struct owner *owner, *next;

	HASH_ITER (hh, recent->owners, owner, next) {
		HASH_DEL(recent->owners, owner);
		free(owner->list);
		free(owner);
	}
	recent->names = 0;
}

static void recent_free(struct store *store)
{
	drop_all(store->recent);
	free(store->recent->fresh);
	free(store->recent);
}

static struct owner *find(const struct recent *recent, bool teller, const char *key)
{
	char text[KEY_MOST] = {teller ? 'T' : 'P'};
	struct owner *owner = NULL;

	if (recent && key && copy_string(text + 1, sizeof(text) - 1, key))
		HASH_FIND(hh, recent->owners, text, strlen(text), owner);
	return owner;
}

/* What it holds is so. */
static bool is_current(const struct store *store, const struct owner *owner)
{
	return owner->read && owner->generation == store->generation &&
		(owner->key[0] == 'T' || owner->moved == store->recent->moved);
}

/* NULL: nobody has such a long one. */
static struct owner *owner_new(struct store *store, bool teller, const char *key)
{
	struct recent *recent = store->recent;
	struct owner *owner;
	size_t length = strlen(key) + 1;

	if (length >= KEY_MOST)
		return NULL;
	if (HASH_COUNT(recent->owners) >= OWNERS_MOST || recent->names >= NAMES_MOST)
		drop_all(recent);
	owner = xcalloc(1, sizeof(*owner) + length + 1);
	owner->key[0] = teller ? 'T' : 'P';
	memcpy(owner->key + 1, key, length - 1);
	owner->generation = store->generation;
	owner->moved = recent->moved;
	HASH_ADD_KEYPTR(hh, recent->owners, owner->key, length, owner);
	return owner;
}

static void add(struct recent *recent, struct owner *owner, const struct name *name)
{
	if (owner->count == owner->room) {
		owner->room += owner->room / 8 + SPARE;
		owner->list = xrealloc(owner->list, owner->room, sizeof(*owner->list));
	}
	owner->list[owner->count++] = *name;
	recent->names++;
}

/* False: it has no day, one that nobody writes so, or one that is not asked for any more. */
static bool name_of(struct recent *recent, int64_t id, const char *date, const char *text,
	struct name *out)
{
	struct date day;
	int32_t since;

	recent->beyond |= id > UINT32_MAX;
	if (!date || !date_parse(date, &day) || date_to_days(day) < recent->first)
		return false;
	since = date_to_days(day) - recent->first;
	*out = (struct name){(uint32_t)id, name_sketch(name_core(text ? text : ""))};
	out->sketch.kept = (unsigned char)(since < DAY_MOST ? since : DAY_MOST);
	return true;
}

static void owner_hash(const struct recent *recent, const char *key, unsigned char out[])
{
	(void)crypto_shorthash(
		out, (const unsigned char *)key, strlen(key), recent->key);
}

static bool fresh_is_current(const struct store *store)
{
	return store->recent->fresh_read && store->recent->fresh_generation == store->generation;
}

/* Those that are filed meanwhile go when the room is needed. */
static void fresh_add(struct store *store, const struct named *row)
{
	struct recent *recent = store->recent;
	struct fresh fresh;
	size_t at = row->again ? 0 : recent->nfresh, kept = 0;
	bool listed = row->name && name_of(recent, row->id, row->date, row->name, &fresh.name);

	while (at < recent->nfresh && recent->fresh[at].name.id != row->id)
		at++;
	if (!listed && at < recent->nfresh)
		recent->fresh[at] = recent->fresh[--recent->nfresh];
	if (!listed)
		return;
	owner_hash(recent, row->area ? row->area : "", fresh.owners[0]);
	owner_hash(recent, row->sender ? row->sender : "", fresh.owners[1]);
	if (at == recent->nfresh && recent->nfresh == recent->fresh_room) {
		for (size_t i = 0; i < recent->nfresh; i++) {
			if (recent->fresh[i].name.id > store->filed.last)
				recent->fresh[kept++] = recent->fresh[i];
		}
		at = recent->nfresh = kept;
		if (kept > recent->fresh_room / 2 || kept == recent->fresh_room) {
			recent->fresh_room = recent->fresh_room ? 2 * recent->fresh_room : 256;
			recent->fresh = xrealloc(
				recent->fresh, recent->fresh_room, sizeof(*recent->fresh));
		}
	}
	recent->fresh[at] = fresh;
	recent->nfresh += at == recent->nfresh;
}

/* The newest reports once, then those of this process as they come. */
static int fresh_read(struct store *store)
{
	struct recent *recent = store->recent;
	struct cursor cursor;
	int result = filed_last(store);

	if (result || fresh_is_current(store))
		return result;
	recent->nfresh = 0;
	cursor_open(&cursor, store,
		"SELECT id, area, sender, date, match_name FROM reports WHERE id > ?",
		PARAMS(p_int(store->filed.last)));
	while ((result = cursor_next(&cursor)) > 0)
		fresh_add(store,
			&(struct named){cursor_int(&cursor, 0), cursor_peek(&cursor, 1),
				cursor_peek(&cursor, 2), cursor_peek(&cursor, 3),
				cursor_peek(&cursor, 4), false});
	cursor_close(&cursor);
	recent->fresh_generation = store->generation;
	recent->fresh_read = result == 0;
	return result;
}

static int owner_read_fresh(struct store *store, struct owner *owner)
{
	struct recent *recent = store->recent;
	unsigned char hash[crypto_shorthash_BYTES];
	int error = fresh_read(store);

	owner_hash(recent, owner->key + 1, hash);
	for (size_t i = 0; error == OK && i < recent->nfresh; i++) {
		const struct fresh *fresh = &recent->fresh[i];

		if (fresh->name.id > store->filed.last &&
			recent->first + fresh->name.sketch.kept >= owner->from &&
			memcmp(fresh->owners[owner->key[0] == 'T'], hash, sizeof(hash)) == 0)
			add(recent, owner, &fresh->name);
	}
	return error;
}

/* Those that are filed. */
static const char *const questions[] = {
	"SELECT id, date, match_name FROM report_places WHERE area = ? AND date >= ? AND "
	"match_name > ''",
	"SELECT id, date, match_name FROM report_runs r CROSS JOIN report_tellers t ON t.run = "
	"r.run WHERE sender = ? AND date >= ? AND match_name > ''"};

static int owner_read(struct store *store, struct owner *owner)
{
	int32_t first = (int32_t)(store->now / 86400) - DAYS;
	char from[DATE_TEXT];
	struct cursor cursor;
	struct name name;
	int result;

	date_format(date_from_days(first), from);
	store->recent->names -= owner->count;
	owner->count = 0;
	cursor_open(&cursor, store, questions[owner->key[0] == 'T'],
		PARAMS(p_text(owner->key + 1), p_text(from)));
	while ((result = cursor_next(&cursor)) > 0) {
		if (name_of(store->recent, cursor_int(&cursor, 0), cursor_peek(&cursor, 1),
			    cursor_peek(&cursor, 2), &name))
			add(store->recent, owner, &name);
	}
	cursor_close(&cursor);
	owner->from = first;
	if (result == 0)
		result = owner_read_fresh(store, owner);
	owner->generation = store->generation;
	owner->moved = store->recent->moved;
	owner->read = result == 0;
	if (owner->room > owner->count + SPARE) {
		owner->room = owner->count + SPARE;
		owner->list = xrealloc(owner->list, owner->room, sizeof(*owner->list));
	}
	return result;
}

/* Of this question. NULL: the database must be asked. */
static struct owner *owner_of(
	struct store *store, const struct recent_question *question, int *result)
{
	struct owner *owner = find(store->recent, question->teller, question->key);

	*result = OK;
	if (!owner)
		owner = owner_new(store, question->teller, question->key);
	if (owner && !is_current(store, owner))
		*result = owner_read(store, owner);
	return owner;
}

static int tell(struct store *store, int64_t id, report_name *each, void *context)
{
	struct cursor cursor;
	int result;

	cursor_open(&cursor, store, "SELECT match_name FROM reports WHERE id = ?",
		PARAMS(p_int(id)));
	result = cursor_next(&cursor);
	if (result > 0) {
		const char *name = cursor_peek(&cursor, 0);

		result = name ? each(id, name, context) : 0;
	}
	cursor_close(&cursor);
	return result;
}

/* Its days are counted in one octet. */
static void begin_anew(struct recent *recent, int32_t today)
{
	drop_all(recent);
	recent->nfresh = 0;
	recent->fresh_read = false;
	recent->first = today - DAYS;
}

bool recent_walk(struct store *store, const struct recent_question *question, report_name *each,
	void *context, int *result)
{
	const struct name_sketch like = name_sketch(question->like ? question->like : "");
	struct date from, to;
	struct owner *owner;
	int32_t today = (int32_t)(store->now / 86400), first, last;

	if (!files_later(store) || !store->batch || store->now == 0 ||
		!date_parse(question->from, &from) || !date_parse(question->to, &to))
		return false;
	if (!store->recent) {
		store->recent = xcalloc(1, sizeof(*store->recent));
		store->recent_free = recent_free;
		randombytes_buf(store->recent->key, sizeof(store->recent->key));
	}
	if (today - DAYS < store->recent->first ||
		today - DAYS > store->recent->first + DAYS_ANEW)
		begin_anew(store->recent, today);
	owner = owner_of(store, question, result);
	if (*result != OK)
		return true;
	if (!owner || date_to_days(from) < owner->from || store->recent->beyond)
		return false;
	first = date_to_days(from) - store->recent->first;
	last = date_to_days(to) - store->recent->first;
	if (last >= DAY_MOST)
		return false;
	for (size_t i = 0; *result == 0 && i < owner->count; i++) {
		const struct name *name = &owner->list[i];

		if (name->sketch.kept >= first && name->sketch.kept <= last &&
			(!question->like || names_may_be_alike(&name->sketch, &like)))
			*result = tell(store, name->id, each, context);
	}
	return true;
}

static void note(struct store *store, struct owner *owner, const struct named *row)
{
	struct name name;
	bool listed = name_of(store->recent, row->id, row->date, row->name, &name) &&
		row->name;
	size_t at = row->again ? 0 : owner->count;

	while (at < owner->count && owner->list[at].id != row->id)
		at++;
	if (at < owner->count && listed) {
		owner->list[at] = name;
	} else if (at < owner->count) {
		owner->list[at] = owner->list[--owner->count];
		store->recent->names--;
	} else {
		/* it may be in the list of another place */
		store->recent->moved += row->again && owner->key[0] == 'P';
		if (row->again && owner->key[0] == 'P')
			return;
		if (listed)
			add(store->recent, owner, &name);
	}
}

void recent_note(struct store *store, const struct named *row)
{
	struct owner *place = find(store->recent, false, row->area),
		     *teller = find(store->recent, true, row->sender);

	if (!store->recent)
		return;
	if (fresh_is_current(store))
		fresh_add(store, row);
	if (place && is_current(store, place))
		note(store, place, row);
	else if (row->again)
		store->recent->moved++;
	if (teller && is_current(store, teller))
		note(store, teller, row);
}
