/* How much may be claimed: each link and class has a room of its own, so that nothing that waits
 * for one holds back what waits for another.
 *
 * What finds no room waits in the store, and later ones of its link and class queue up behind it:
 * `spilled` remembers that. Place 0 is for rows that may go over any link.
 */
#include <stdlib.h>
#include <string.h>

#include "gateway/os/clock.h"
#include "gateway/work/worker_rooms.h"
#include "gateway/work/worker_state.h"
#include "store/message/foresee.h"
#include "store/message/gateway.h"

#define ANY	     0
#define CLAIM_BATCH  64 /* rows of a link and class that a batch takes along */
#define CLAIM_MOST   256

static void set_room(struct worker_rooms *rooms, size_t place, size_t class, size_t room)
{
	rooms->room[place][class] = room;
}

void worker_rooms_look(struct worker *worker)
{
	struct worker_rooms *rooms = &worker->rooms;
	struct shares *shares = &rooms->shares;

	if (!worker->shares) { /* no limits: transcripts, tests */
		for (size_t i = 0; i < OUTBOX_CLASSES; i++)
			set_room(rooms, ANY, i, SIZE_MAX / 2);
		return;
	}
	worker->shares(worker->context, shares);
	for (size_t i = 0; i < OUTBOX_CLASSES; i++) {
		size_t sum = 0;

		for (size_t k = 0; k < shares->count; k++) {
			set_room(rooms, k + 1, i, shares->list[k].room[i]);
			sum += shares->list[k].room[i];
		}
		set_room(rooms, ANY, i, sum);
	}
}

void worker_rooms_begin(struct worker_rooms *rooms)
{
	memset(rooms->spilled, true, sizeof(rooms->spilled)); /* nobody knows what was left */
}

static size_t place_of(const struct worker_rooms *rooms, const char *link)
{
	for (size_t k = 0; link && k < rooms->shares.count; k++) {
		if (rooms->shares.list[k].known && strcmp(rooms->shares.list[k].link, link) == 0)
			return k + 1;
	}
	return ANY;
}

void worker_rooms_take(struct worker_rooms *rooms, const struct outbox *row)
{
	size_t *room =
		&rooms->room[place_of(rooms, row->link)][store_outbox_class(row->kind)];

	*room -= *room > 0;
}

bool worker_may_send(struct worker *worker, const struct outbox *row)
{
	struct worker_rooms *rooms = &worker->rooms;
	enum outbox_class class = store_outbox_class(row->kind);
	size_t place = place_of(rooms, row->link);
	bool *spilled = &rooms->spilled[place][class];

	if (class == OUTBOX_SCREEN)
		return true; /* somebody looks at a screen: later is never */
	if (!worker->shares)
		return true;
	if (*spilled || rooms->room[place][class] == 0)
		*spilled = true;
	return !*spilled;
}

/* What is claimed, and how much of it; 0: nothing. */
static size_t claim_of(const struct worker *worker, size_t place, enum outbox_class class,
	size_t most, struct outbox_claim *wanted)
{
	const struct worker_rooms *rooms = &worker->rooms;
	size_t room = rooms->room[place][class];

	*wanted = (struct outbox_claim){
		.owner = worker->config.settings->name,
		.class = class,
		.link = place == ANY ? NULL : rooms->shares.list[place - 1].link,
		.now = worker->flow.now,
		.newer = hours_newer(&worker->config.hours, class, worker->flow.now),
	};
	if (wanted->newer > wanted->now)
		return 0;
	return room < most ? room : most;
}

static int claim(struct worker *worker, size_t place, enum outbox_class class, size_t most)
{
	struct worker_rooms *rooms = &worker->rooms;
	struct outbox_claim wanted;
	size_t room = claim_of(worker, place, class, most, &wanted), count;
	struct outbox *rows;
	int rc;

	if (room == 0)
		return OK;
	arena_reset(worker->arena);
	rows = arena_alloc(worker->arena, room * sizeof(*rows));
	rc = store_outbox_claim(worker->store, worker->arena, &wanted, rows, room, &count);
	for (size_t i = 0; rc == OK && i < count; i++)
		worker_send(worker, &rows[i]);
	if (rc == OK)
		rooms->spilled[place][class] = count == room;
	return rc;
}

static bool keeps(const char *link, void *context)
{
	struct worker *worker = context;
	bool others = worker->shared;

	if (place_of(&worker->rooms, link) != ANY)
		return true;
	if (others && store_gateway_has_link(worker->store, link, &others) != OK)
		return true; /* who cannot ask leaves it as it is */
	return others;
}

int worker_free_links(struct worker *worker)
{
	if (worker->shares && worker->rooms.shares.count == 0)
		return OK; /* not looked at yet */
	arena_reset(worker->arena);
	return store_outbox_free_links(worker->store, worker->arena, keeps, worker);
}

/* all: also what nobody of this process has put. */
static bool is_claimed(
	const struct worker_rooms *rooms, bool all, size_t place, enum outbox_class class)
{
	return all || place == ANY || class == OUTBOX_ALARM || rooms->spilled[place][class];
}

static int claim_rows(struct worker *worker, bool all, size_t most)
{
	int rc = worker->shares ? OK : worker_free_links(worker); /* no links: all go over any */

	for (int class = OUTBOX_ALARM; class < OUTBOX_CLASSES; class++) {
		for (size_t place = ANY; rc == OK && place <= worker->rooms.shares.count; place++) {
			if (is_claimed(&worker->rooms, all, place, (enum outbox_class)class))
				rc = claim(worker, place, (enum outbox_class)class, most);
		}
	}
	return rc;
}

void worker_rooms_foresee(struct worker *worker)
{
	struct outbox_claim wanted;

	for (int class = OUTBOX_ALARM; class < OUTBOX_CLASSES; class++) {
		for (size_t place = ANY; place <= worker->rooms.shares.count; place++) {
			enum outbox_class each = (enum outbox_class)class;
			size_t room = claim_of(worker, place, each, CLAIM_BATCH, &wanted);

			if (room > 0 && is_claimed(&worker->rooms, false, place, each))
				store_outbox_claim_foresee(worker->store, &wanted, room);
		}
	}
}

int worker_claim_new(struct worker *worker)
{
	return claim_rows(worker, false, CLAIM_BATCH);
}

int worker_claim_all(struct worker *worker)
{
	worker->flow.now = clock_utc();
	store_set_now(worker->store, worker->flow.now);
	worker_rooms_look(worker);
	return claim_rows(worker, true, CLAIM_MOST);
}
