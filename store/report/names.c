/* Names of reports, from an index alone. See names.h.
 *
 * What a batch will ask is read ahead for the days that most reports are about; what the batch
 * itself wrote since stands beside it, and goes before.
 */
#include "store/report/names.h"

#include <stdlib.h>

#include "store/base/filed.h"
#include "store/base/lock.h"
#include "store/report/recent.h"
#include "store/report/waits.h"
#include "store/statement/ahead.h"
#include "store/statement/query.h"
#include "store/statement/store_state.h"

#define READ_MOST 300 /* of a place or a teller that are read ahead */
#define PLACE	  "names-place" /* kinds of what is foreseen */
#define TELLER	  "names-teller"

#define NAMES "SELECT id, match_name, date FROM reports WHERE "
#define DAYS  " AND date >= ? AND date <= ? AND match_name IS NOT NULL LIMIT ?"
static const struct question of_place = {PLACE, NAMES "area = ?" DAYS, "TTTI"};
static const struct question of_teller = {TELLER, NAMES "sender = ?" DAYS, "TTTI"};

/* Where reports are filed later: what has no name has "" there. */
#define FILED_DAYS " AND date >= ? AND date <= ? AND match_name > '' LIMIT ?"
static const char filed_place[] = "SELECT id, match_name, date FROM by_place WHERE "
					"area = ?" FILED_DAYS,
	filed_teller[] = "SELECT id, match_name, date FROM by_teller WHERE sender = ?" FILED_DAYS;
static const struct filed_sql like_sql = FILED("by_place", "SELECT id, match_name",
	"area = ? AND date = ? AND match_name >= ? AND match_name < ?", "");

struct names {
	uint64_t batch;
	char from[16], to[16]; /* the days that were read ahead */
	struct arena *arena;
	struct named *list; /* the reports of the batch as they stand now */
	size_t count, room, again;
	bool mixed; /* some were written before they were read ahead */
};

static void names_free(struct store *store)
{
	arena_free(store->names->arena);
	free(store->names->list);
	free(store->names);
}

int store_report_lock(struct store *store, const char *area)
{
	bool late = false;
	int error = store_lock_late(store, LOCK_PLACE, area, &late);

	if (!late)
		return error;
	ahead_forget(store, PLACE, ROW(p_text(area)));
	ahead_forget(store, REPORT_ROW, NULL);
	waits_forget(store, area);
	return error;
}

/* Of the open batch; NULL: nothing was read ahead. */
static struct names *names_of(const struct store *store)
{
	return store->batch && store->names && store->names->batch == store->batches
		? store->names
		: NULL;
}

void store_reports_foresee(struct store *store, const char *area, const char *sender,
	const char *date_from, const char *date_to)
{
	struct names *names = store->names;

	if (!ahead_helps(store))
		return;
	if (!names) {
		names = store->names = xcalloc(1, sizeof(*names));
		names->arena = arena_new();
		store->names_free = names_free;
	}
	if (names->batch != store->batches) {
		names->batch = store->batches;
		names->count = names->again = 0;
		names->mixed = false;
		arena_reset(names->arena);
		copy_string(names->from, sizeof(names->from), date_from);
		copy_string(names->to, sizeof(names->to), date_to);
	}
	names->mixed |= names->count > 0;
	waits_foresee(store, sender, area);
	if (area) {
		lock_foresee(store, LOCK_PLACE, area);
		ahead_foresee(store, &of_place,
			ROW(p_text(area), p_text(names->from), p_text(names->to),
				p_int(READ_MOST)));
	}
	if (sender)
		ahead_foresee(store, &of_teller,
			ROW(p_text(sender), p_text(names->from), p_text(names->to),
				p_int(READ_MOST)));
}

static const char *copy(struct names *names, const char *text)
{
	return text ? arena_strdup(names->arena, text) : NULL;
}

void names_note(struct store *store, const struct named *row)
{
	struct names *names = names_of(store);
	struct named *there;
	size_t at;

	recent_note(store, row);
	if (!names)
		return;
	at = row->again ? 0 : names->count;
	while (at < names->count && names->list[at].id != row->id)
		at++;
	if (at == names->count && names->count == names->room) {
		names->room = names->room ? 2 * names->room : 64;
		names->list = xrealloc(names->list, names->room, sizeof(*names->list));
	}
	there = &names->list[at];
	if (at == names->count) {
		names->count++;
		names->again += row->again;
		there->again = row->again; /* what was read ahead has it as it was */
	}
	there->id = row->id;
	there->area = copy(names, row->area ? row->area : "");
	there->sender = copy(names, row->sender ? row->sender : "");
	there->date = copy(names, row->date);
	there->name = copy(names, row->name);
}

/* A question: whose, and of which days. */
struct asked {
	const struct question *question;
	const char *key, *from, *to, *like;
	size_t most;
};

static bool within(const struct asked *asked, const char *date)
{
	return date && strcmp(date, asked->from) >= 0 && strcmp(date, asked->to) <= 0;
}

static bool written_again(const struct names *names, int64_t id)
{
	for (size_t i = 0; (names->again || names->mixed) && i < names->count; i++) {
		if ((names->list[i].again || names->mixed) && names->list[i].id == id)
			return true;
	}
	return false;
}

/* What was read ahead and what was written since. False: it is not all; nothing was told. */
static bool known_walk(struct store *store, const struct names *names, const struct asked *asked,
	size_t *read, report_name *each, void *context, int *result)
{
	struct cursor cursor;
	size_t rows;

	cursor_open(&cursor, store, asked->question->sql,
		PARAMS(p_text(asked->key), p_text(names->from), p_text(names->to),
			p_int(READ_MOST)));
	if (!cursor_foreseen(&cursor, &rows) || rows == READ_MOST) {
		cursor_close(&cursor);
		return false;
	}
	*result = 0;
	while (*result == 0 && *read < asked->most && cursor_next(&cursor) > 0) {
		int64_t id = cursor_int(&cursor, 0);

		if (!within(asked, cursor_peek(&cursor, 2)) || written_again(names, id))
			continue;
		++*read;
		*result = each(id, cursor_peek(&cursor, 1), context);
	}
	cursor_close(&cursor);
	for (size_t i = 0; *result == 0 && *read < asked->most && i < names->count; i++) {
		const struct named *named = &names->list[i];
		const char *key = asked->question == &of_place ? named->area : named->sender;

		if (!named->name || strcmp(key, asked->key) != 0 || !within(asked, named->date))
			continue;
		++*read;
		*result = each(named->id, named->name, context);
	}
	return true;
}

static int names_walk(struct cursor *cursor, size_t *read, report_name *each, void *context)
{
	int result;

	*read = 0;
	while ((result = cursor_next(cursor)) > 0) {
		++*read;
		result = each(cursor_int(cursor, 0), cursor_peek(cursor, 1), context);
		if (result)
			break;
	}
	cursor_close(cursor);
	return result;
}

static int names_find(struct store *store, const struct asked *asked, size_t *read,
	report_name *each, void *context)
{
	const struct names *names = names_of(store);
	struct cursor cursor;
	int result;

	*read = 0;
	if (recent_walk(store, &(struct recent_question){asked->question == &of_teller, asked->key,
			asked->from, asked->to, asked->like}, each, context, &result))
		return result;
	if (names && strcmp(asked->from, names->from) >= 0 && strcmp(asked->to, names->to) <= 0 &&
		known_walk(store, names, asked, read, each, context, &result))
		return result;
	cursor_open(&cursor, store,
		!files_later(store)		 ? asked->question->sql
		: asked->question == &of_teller ? filed_teller
						 : filed_place,
		PARAMS(p_text(asked->key), p_text(asked->from), p_text(asked->to),
			p_int((int64_t)asked->most)));
	return names_walk(&cursor, read, each, context);
}

int store_report_names(struct store *store, const char *area, const char *date_from,
	const char *date_to, const char *like, size_t most, size_t *read, report_name *each,
	void *context)
{
	const struct asked asked = {&of_place, area, date_from, date_to, like, most};

	return names_find(store, &asked, read, each, context);
}

int store_report_names_told(struct store *store, const char *sender, const char *date_from,
	const char *date_to, const char *like, size_t most, report_name *each, void *context)
{
	const struct asked asked = {&of_teller, sender, date_from, date_to, like, most};
	size_t read;

	return names_find(store, &asked, &read, each, context);
}

#define LAST_CHARACTER "\xf4\x8f\xbf\xbf" /* U+10FFFF */

int store_report_names_like(struct store *store, const char *area, const char *date,
	const char *first, report_name *each, void *context)
{
	struct arena *arena = arena_new();
	struct cursor cursor;
	size_t read;
	int result;

	cursor_open(&cursor, store, filed_sql(store, &like_sql),
		PARAMS(p_text(area), p_text(date), p_text(first),
			p_text(arena_printf(arena, "%s" LAST_CHARACTER, first))));
	result = names_walk(&cursor, &read, each, context);
	arena_free(arena);
	return result;
}
