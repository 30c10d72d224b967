/* Messages that go out, and the one place that changes their state. See outbox.h. */
#include "store/message/outbox.h"

#include <stdlib.h>
#include <string.h>

#include "store/base/ids.h"
#include "store/base/span.h"
#include "store/message/foresee.h"
#include "store/message/lately.h"
#include "store/message/outbox_moves.h"
#include "store/statement/ahead.h"
#include "store/statement/bulk.h"
#include "store/statement/query.h"
#include "store/statement/store_state.h"

#define COLUMNS                                                                                    \
	"id, inbound, kind, link, recipient, text, ref, state, owner, message_id, created, due, "  \
	"tries, session, sent, ended"

#define DUE "due" /* kind of what is foreseen, by class */

static const struct bulk put_row = {
	"INSERT INTO outbox (id, inbound, kind, class, link, recipient, text, ref, state, owner, "
	"message_id, created, due, tries, session) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
	"IITITTTTTTTIIIT", NULL, 0};
static const struct question ask_due = {DUE,
	"SELECT " COLUMNS " FROM outbox WHERE class = ? AND state = 'waiting' "
	"AND coalesce(link, '') = ? AND due <= ? AND created > ? ORDER BY due, id LIMIT ? "
	SKIP_TAKEN,
	"ITIII"};
static const struct question mark_sent = {"sent",
	"UPDATE outbox SET state = 'sent', link = coalesce(?, link), message_id = coalesce(?, "
	"message_id), sent = ? WHERE id = ? AND state = 'claimed'",
	"TTII"};

/* Rows began to wait, or ended it. */
static void waiting_changed(struct store *store)
{
	ahead_forget(store, LATELY, NULL);
	ahead_forget(store, DUE, NULL);
}

/* What was put for the newest message of the open batch: its replies are gathered at its end
 * without asking the database for what it was just given. */
#define PUTS_MAX 16
struct puts {
	int64_t inbound; /* 0: of none */
	uint64_t batch;
	struct arena *arena;
	struct outbox rows[PUTS_MAX];
	size_t count;
};

static struct outbox copy(struct arena *arena, const struct outbox *row)
{
	struct outbox out = *row;
	const char **texts[] = {&out.kind, &out.link, &out.recipient, &out.text, &out.ref,
		&out.state, &out.owner, &out.message_id, &out.session};

	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		if (*texts[i])
			*texts[i] = arena_strdup(arena, *texts[i]);
	}
	return out;
}

static void puts_free(struct store *store)
{
	arena_free(store->puts->arena);
	free(store->puts);
}

/* Of the newest message; NULL: the database must be asked. */
static struct puts *puts_of(struct store *store, int64_t inbound)
{
	struct puts *puts = store->puts;

	if (!store->batch || inbound == 0 || inbound != store->numbered)
		return NULL;
	if (!puts) {
		puts = store->puts = xcalloc(1, sizeof(*puts));
		puts->arena = arena_new();
		store->puts_free = puts_free;
	}
	if (puts->inbound != inbound || puts->batch != store->batches) {
		arena_reset(puts->arena);
		puts->inbound = inbound;
		puts->batch = store->batches;
		puts->count = 0;
	}
	return puts;
}

/* Rows changed otherwise. */
static void puts_forget(struct store *store)
{
	store->numbered = 0;
}

static void put_noted(
	struct store *store, const struct outbox *row, const char *state, int64_t number)
{
	struct puts *puts = puts_of(store, row->inbound);
	struct outbox put = *row;

	put.id = number;
	put.state = state;
	put.owner = strcmp(state, "dropped") == 0 ? NULL : row->owner;
	if (puts && puts->count < PUTS_MAX)
		puts->rows[puts->count++] = copy(puts->arena, &put);
	else if (puts)
		puts_forget(store);
}

/* The answer to the message that told a report is found by that message: an index less for it. */
static const char *ref_of(const struct store *store, const struct outbox *row)
{
	bool answers = row->ref && row->inbound && row->inbound == store->told.inbound &&
		strcmp(row->kind, "reply") == 0 && strcmp(row->ref, store->told.ref) == 0;

	return answers ? NULL : row->ref;
}

int store_outbox_put(struct store *store, const struct outbox *row, int64_t *id)
{
	enum outbox_class class = store_outbox_class(row->kind);
	bool drop = class != OUTBOX_SCREEN && !store_outbox_allows(store, row->recipient);
	const char *state = drop ? "dropped" : row->state ? row->state : "waiting";
	struct span span;
	int64_t number;
	int error = span_begin(&span, store);

	if (error)
		return error;
	error = ids_next(store, IDS_OUTBOX, &number);
	if (!error)
		error = bulk_run(store, &put_row,
			ROW(p_int(number), row->inbound ? p_int(row->inbound) : p_text(NULL),
				p_text(row->kind), p_int(class),
				p_text(row->link), p_text(row->recipient), p_secret(row->text),
				p_text(ref_of(store, row)), p_text(state),
				p_text(drop ? NULL : row->owner),
				p_text(row->message_id), p_int(row->created), p_int(row->due),
				p_int(row->tries), p_text(row->session)));
	ahead_forget(store, LATELY, ROW(p_text(row->recipient)));
	ahead_forget(store, LATELY_ANSWERS, ROW(p_text(row->recipient)));
	if (strcmp(state, "waiting") == 0)
		ahead_forget(store, DUE, ROW(p_int(class)));
	if (!error) {
		put_noted(store, row, state, number);
		lately_note(store, row->recipient, number, row->created, row->text);
	}
	if (id)
		*id = number;
	return span_end(&span, error);
}

void store_rows_foresee(struct store *store, size_t messages)
{
	ids_foresee(store, IDS_INBOUND, messages);
	ids_foresee(store, IDS_OUTBOX, messages);
	ids_foresee(store, IDS_REPORTS, messages);
}

static void row_read(const struct cursor *cursor, struct arena *arena, struct outbox *out)
{
	*out = (struct outbox){
		.id = cursor_int(cursor, 0),
		.inbound = cursor_int(cursor, 1),
		.kind = cursor_text(cursor, arena, 2),
		.link = cursor_text(cursor, arena, 3),
		.recipient = cursor_text(cursor, arena, 4),
		.text = cursor_secret(cursor, arena, 5),
		.ref = cursor_text(cursor, arena, 6),
		.state = cursor_text(cursor, arena, 7),
		.owner = cursor_text(cursor, arena, 8),
		.message_id = cursor_text(cursor, arena, 9),
		.created = cursor_int(cursor, 10),
		.due = cursor_int(cursor, 11),
		.tries = (int)cursor_int(cursor, 12),
		.session = cursor_text(cursor, arena, 13),
		.sent = cursor_int(cursor, 14),
		.ended = cursor_int(cursor, 15),
	};
}

static int rows_of(struct store *store, struct arena *arena, const char *sql,
	const struct param *params, size_t nparam, struct outbox *rows, size_t room, size_t *count)
{
	struct cursor cursor;
	int result = 0;

	*count = 0;
	cursor_open(&cursor, store, sql, params, nparam);
	while (*count < room && (result = cursor_next(&cursor)) > 0)
		row_read(&cursor, arena, &rows[(*count)++]);
	cursor_close(&cursor);
	return result < 0 ? result : OK;
}

static void due_params(const struct outbox_claim *claim, size_t room, struct param params[5])
{
	params[0] = p_int(claim->class);
	params[1] = p_text(claim->link ? claim->link : "");
	params[2] = p_int(claim->now);
	params[3] = p_int(claim->newer);
	params[4] = p_int((int64_t)room);
}

static int due_rows(struct store *store, struct arena *arena, const struct outbox_claim *claim,
	struct outbox *rows, size_t room, size_t *count)
{
	struct param params[5];

	due_params(claim, room, params);
	return rows_of(store, arena, ask_due.sql, params, COUNT_OF(params), rows, room, count);
}

void store_outbox_claim_foresee(
	struct store *store, const struct outbox_claim *claim, size_t room)
{
	struct param params[5];

	due_params(claim, room, params);
	ahead_foresee(store, &ask_due, params);
}

/* Nothing due is the usual case: it must not cost a write transaction. */
int store_outbox_claim(struct store *store, struct arena *arena, const struct outbox_claim *claim,
	struct outbox *rows, size_t room, size_t *count)
{
	struct span span;
	int64_t changed;
	int error;

	error = due_rows(store, arena, claim, rows, room, count);
	if (error || !*count)
		return error;
	*count = 0;
	puts_forget(store);
	error = span_begin(&span, store);
	if (error)
		return error;
	error = due_rows(store, arena, claim, rows, room, count);
	for (size_t i = 0; !error && i < *count; i++) {
		error = query_change(store,
			"UPDATE outbox SET state = 'claimed', owner = ?, tries = tries + 1 WHERE "
			"id = ? AND state = 'waiting'",
			PARAMS(p_text(claim->owner), p_int(rows[i].id)), &changed);
		if (!error && !changed)
			error = ERR_NOT_FOUND;
		rows[i].state = "claimed";
		rows[i].owner = arena_strdup(arena, claim->owner);
		rows[i].tries++;
	}
	waiting_changed(store);
	error = span_end(&span, error);
	if (error)
		*count = 0;
	return error;
}

int store_outbox_expire(struct store *store, enum outbox_class class, int64_t before, size_t most,
	size_t *expired)
{
	struct cursor cursor;
	int64_t any;
	int result;

	*expired = 0;
	puts_forget(store);
	/* Nothing is the usual case: it must not take the writer's place. */
	result = query_int(store,
		"SELECT id FROM outbox WHERE state = 'waiting' AND class = ? AND created < ? "
		"LIMIT 1",
		PARAMS(p_int(class), p_int(before)), &any);
	if (result)
		return result == ERR_NOT_FOUND ? OK : result;
	waiting_changed(store);
	cursor_open(&cursor, store,
		"UPDATE outbox SET state = 'expired', ended = ? WHERE id IN (SELECT id FROM outbox "
		"WHERE state = 'waiting' AND class = ? AND created < ? LIMIT ?) RETURNING id",
		PARAMS(p_int(store->now), p_int(class), p_int(before), p_int((int64_t)most)));
	while ((result = cursor_next(&cursor)) > 0)
		(*expired)++;
	cursor_close(&cursor);
	return result;
}

int store_outbox_free_links(struct store *store, struct arena *arena,
	bool (*keep)(const char *link, void *context), void *context)
{
	const char *links[64];
	size_t count = 0;
	struct cursor cursor;
	int error = 0;

	puts_forget(store);
	cursor_open(&cursor, store,
		"SELECT DISTINCT link FROM outbox WHERE state = 'waiting' AND link IS NOT NULL",
		NULL, 0);
	while (count < COUNT_OF(links) && (error = cursor_next(&cursor)) > 0) {
		const char *link = cursor_text(&cursor, arena, 0);

		if (!keep(link, context))
			links[count++] = link;
	}
	cursor_close(&cursor);
	if (count)
		waiting_changed(store);
	for (size_t i = 0; error >= 0 && i < count; i++)
		error = query_run(store,
			"UPDATE outbox SET link = NULL WHERE state = 'waiting' AND link = ?",
			PARAMS(p_text(links[i])));
	return error < 0 ? error : OK;
}

int store_outbox_reclaim(struct store *store, struct arena *arena, const char *owner,
	struct outbox *rows, size_t room, size_t *count)
{
	return rows_of(store, arena,
		"SELECT " COLUMNS
		" FROM outbox WHERE state IN ('claimed', 'unsure') AND owner = ? "
		"ORDER BY id LIMIT ?",
		PARAMS(p_text(owner), p_int((int64_t)room)), rows, room, count);
}

int store_outbox_claimed_by(struct store *store, struct arena *arena, const char *owner,
	const char *link, struct outbox *rows, size_t room, size_t *count)
{
	return rows_of(store, arena,
		"SELECT " COLUMNS
		" FROM outbox WHERE state IN ('claimed', 'unsure') AND owner = ? "
		"AND coalesce(link, '') = ? ORDER BY id LIMIT ?",
		PARAMS(p_text(owner), p_text(link ? link : ""), p_int((int64_t)room)), rows, room,
		count);
}

int store_outbox_get(struct store *store, struct arena *arena, int64_t id, struct outbox *out)
{
	size_t count;
	int error = rows_of(store, arena, "SELECT " COLUMNS " FROM outbox WHERE id = ?",
		PARAMS(p_int(id)), out, 1, &count);

	if (error)
		return error;
	return count ? OK : ERR_NOT_FOUND;
}

static int set_row(struct store *store, int64_t id, const char *state, const char *link,
	const char *message_id, int64_t due)
{
	struct cursor cursor;
	bool allowed = false, given_up = strcmp(state, "unsure") == 0 && due <= 0;
	bool disown = given_up || strcmp(state, "waiting") == 0;
	int64_t sent = strcmp(state, "sent") == 0 ? store->now : 0;
	int64_t ended = outbox_is_end(state) ? store->now : 0;
	int result;

	puts_forget(store);
	cursor_open(&cursor, store, "SELECT state FROM outbox WHERE id = ?", PARAMS(p_int(id)));
	result = cursor_next(&cursor);
	if (result > 0) {
		allowed = outbox_move_allowed(cursor_peek(&cursor, 0), state);
		if (disown || strcmp(cursor_peek(&cursor, 0), "waiting") == 0)
			waiting_changed(store);
	}
	cursor_close(&cursor);
	if (result < 0)
		return result;
	if (!result)
		return ERR_NOT_FOUND;
	if (!allowed)
		return ERR_STATE;
	return query_run(store,
		"UPDATE outbox SET state = ?, link = coalesce(?, link), "
		"message_id = coalesce(?, message_id), due = CASE WHEN ? > 0 THEN ? ELSE due END, "
		"owner = CASE WHEN ? = 1 THEN NULL ELSE owner END, "
		"sent = CASE WHEN ? > 0 THEN ? ELSE sent END, "
		"ended = CASE WHEN ? > 0 THEN ? ELSE ended END WHERE id = ?",
		PARAMS(p_text(state), p_text(link), p_text(message_id), p_int(due), p_int(due),
			p_int(disown), p_int(sent), p_int(sent), p_int(ended), p_int(ended),
			p_int(id)));
}

int store_outbox_set(struct store *store, int64_t id, const char *state, int64_t due)
{
	return set_row(store, id, state, NULL, NULL, due);
}

/* Nearly always from "claimed", which one statement tells and changes. */
int store_outbox_sent(struct store *store, int64_t id, const char *link, const char *message_id)
{
	int64_t changed = 0;
	int error = query_change(store, mark_sent.sql,
		PARAMS(p_text(link), p_text(message_id), p_int(store->now), p_int(id)), &changed);

	puts_forget(store);
	if (error || changed)
		return error;
	return set_row(store, id, "sent", link, message_id, 0);
}

void store_outbox_sent_foresee(
	struct store *store, int64_t id, const char *link, const char *message_id)
{
	ahead_foresee(store, &mark_sent,
		ROW(p_text(link), p_text(message_id), p_int(store->now), p_int(id)));
}

int store_outbox_hasten(struct store *store, int64_t after, int64_t due)
{
	puts_forget(store);
	waiting_changed(store);
	return query_run(store, "UPDATE outbox SET due = ? WHERE state = 'waiting' AND due > ?",
		PARAMS(p_int(due), p_int(after)));
}

int store_outbox_of_inbound(struct store *store, struct arena *arena, int64_t inbound,
	struct outbox *rows, size_t room, size_t *count)
{
	const struct puts *puts = puts_of(store, inbound);

	for (*count = 0; puts && *count < puts->count && *count < room; (*count)++)
		rows[*count] = copy(arena, &puts->rows[*count]);
	if (puts)
		return OK;
	return rows_of(store, arena,
		"SELECT " COLUMNS " FROM outbox WHERE inbound = ? ORDER BY id LIMIT ?",
		PARAMS(p_int(inbound), p_int((int64_t)room)), rows, room, count);
}

int store_outbox_of_ref(struct store *store, struct arena *arena, const char *ref,
	struct outbox *rows, size_t room, size_t *count)
{
	return rows_of(store, arena,
		"SELECT " COLUMNS " FROM outbox WHERE ref = ? UNION ALL SELECT " COLUMNS
		" FROM outbox WHERE inbound IN (SELECT inbound FROM reports WHERE ref = ?) AND "
		"ref IS NULL AND kind = 'reply' ORDER BY 1 LIMIT ?",
		PARAMS(p_text(ref), p_text(ref), p_int((int64_t)room)), rows, room, count);
}

int store_outbox_to(struct store *store, struct arena *arena, const char *recipient, int64_t since,
	struct outbox *rows, size_t room, size_t *count)
{
	return rows_of(store, arena,
		"SELECT " COLUMNS
		" FROM outbox WHERE recipient = ? AND created >= ? "
		"ORDER BY created DESC, id DESC LIMIT ?",
		PARAMS(p_text(recipient), p_int(since), p_int((int64_t)room)), rows, room, count);
}

/* Newest first: an SMSC may use an id again after years. */
int store_outbox_by_message_id(struct store *store, const char *link, const char *const *variants,
	size_t count, int64_t *id)
{
	for (size_t i = 0; i < count; i++) {
		int error = query_int(store,
			"SELECT id FROM outbox WHERE ltrim(lower(message_id), '0') = ? "
			"AND (link = ? OR link IS NULL) ORDER BY id DESC LIMIT 1",
			PARAMS(p_text(variants[i]), p_text(link)), id);

		if (error != ERR_NOT_FOUND)
			return error;
	}
	return ERR_NOT_FOUND;
}

int store_outbox_waiting(struct store *store, struct outbox_waiting waiting[OUTBOX_CLASSES])
{
	struct cursor cursor;
	int result;

	memset(waiting, 0, sizeof(*waiting) * OUTBOX_CLASSES);
	cursor_open(&cursor, store,
		"SELECT class, count(*), min(created) FROM outbox WHERE state = 'waiting' "
		"GROUP BY class",
		NULL, 0);
	while ((result = cursor_next(&cursor)) > 0) {
		int64_t class = cursor_int(&cursor, 0);

		if (class >= 0 && class < OUTBOX_CLASSES)
			waiting[class] = (struct outbox_waiting){
				cursor_int(&cursor, 1), cursor_int(&cursor, 2)};
	}
	cursor_close(&cursor);
	return result;
}
