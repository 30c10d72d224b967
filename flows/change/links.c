/* Links between reports: what repeats, replaces, or was replaced. See links.h. */
#include "flows/change/links.h"

#include <string.h>

#include "flows/change/questions.h"
#include "flows/change/record_write.h"

#define LINKED_MAX 40

struct linked {
	struct record *list;
	size_t count;
};

/* The tellings that are kept back behind a report. */
static int linked_load(const struct turn *turn, int64_t id, bool training, struct linked *out)
{
	struct report_filter filter = {.original = id, .with_training = training};
	struct report_row *rows = arena_alloc(turn->flow->arena, LINKED_MAX * sizeof(*rows));
	size_t count;
	int error = store_report_find(
		turn->flow->store, turn->flow->arena, &filter, rows, LINKED_MAX, &count);

	*out = (struct linked){0};
	if (error != OK || count == 0)
		return error;
	out->list = arena_alloc(turn->flow->arena, count * sizeof(*out->list));
	for (size_t i = 0; error == OK && i < count; i++) {
		struct record *record = &out->list[out->count];

		error = record_of_row(turn, &rows[i], record);
		if (error == OK && !record_gone(record) &&
			(record->link == LINK_SAME || record->link == LINK_REPLACES))
			out->count++;
	}
	return error;
}

static int end(struct turn *turn, const struct record *before, enum report_status status,
	const char *action)
{
	struct record *after = arena_alloc(turn->flow->arena, sizeof(*after));
	int error;

	*after = *before;
	record_settle(after, status);
	error = record_revise(turn, before, after, action);
	return error != OK ? error : questions_follow(turn, after);
}

/* What is told from outside drops nobody else's. */
static bool outdoes(const struct record *newest, const struct record *one)
{
	return newest->standing >= STANDING_SCOPE ||
		strcmp(newest->row.sender, one->row.sender) == 0;
}

int links_overtake(struct turn *turn, int64_t head, int64_t keep)
{
	struct record *newest = arena_alloc(turn->flow->arena, sizeof(*newest));
	struct linked linked;
	int error = record_load(turn, keep, newest);

	if (error == OK)
		error = linked_load(turn, head, true, &linked);
	for (size_t i = 0; error == OK && i < linked.count; i++) {
		const struct record *one = &linked.list[i];

		if (one->row.id == keep || one->link != LINK_REPLACES || !outdoes(newest, one))
			continue;
		error = end(turn, one, STATUS_SUPERSEDED, "overtake");
		if (error == OK)
			error = questions_tell(turn, one, MESSAGE_OVERTAKEN, NULL);
	}
	return error;
}

/* Linked with another one from now on. */
static int move(struct turn *turn, const struct record *before, int64_t original)
{
	struct record *after = arena_alloc(turn->flow->arena, sizeof(*after));
	int error;

	*after = *before;
	after->row.original = original;
	error = record_revise(turn, before, after, "link");
	return error != OK ? error : questions_follow(turn, after);
}

int links_behind(struct turn *turn, const struct record *old, int64_t now)
{
	struct record *after = arena_alloc(turn->flow->arena, sizeof(*after));
	int error;

	*after = *old;
	after->link = LINK_SAME;
	after->row.original = now;
	record_settle(after, STATUS_ACCEPTED);
	error = record_revise(turn, old, after, "link");
	return error != OK ? error : questions_follow(turn, after);
}

int links_take_over(struct turn *turn, const struct record *old, const struct record *now)
{
	struct linked linked;
	int error = links_overtake(turn, old->row.id, now->row.id);

	if (error == OK)
		error = linked_load(turn, old->row.id, old->row.training, &linked);
	for (size_t i = 0; error == OK && i < linked.count; i++) {
		if (linked.list[i].row.id != now->row.id)
			error = move(turn, &linked.list[i], now->row.id);
	}
	return error;
}

/* Who takes back his telling takes back the copies that he sent of it. */
static bool own_copy(
	const struct turn *turn, const struct change *change, const struct record *copy)
{
	const struct record *gone = &change->after;

	return change->want == WANT_CANCEL && turn->sender.phone != NULL &&
		strcmp(copy->row.sender, turn->sender.phone) == 0 &&
		strcmp(gone->row.sender, turn->sender.phone) == 0 &&
		same_says_nothing_new(&copy->report, &gone->report);
}

/* More complete, else older. */
static bool is_better(const struct record *a, const struct record *b)
{
	if (a->report.nproblem != b->report.nproblem)
		return a->report.nproblem < b->report.nproblem;
	if (a->report.nvalue != b->report.nvalue)
		return a->report.nvalue > b->report.nvalue;
	return a->row.id < b->row.id;
}

static int heir_among(
	struct turn *turn, const struct change *change, struct record *heir, bool *found)
{
	struct linked linked;
	int error = linked_load(
		turn, change->after.row.id, change->after.row.training, &linked);

	for (size_t i = 0; error == OK && i < linked.count; i++) {
		struct record judged = linked.list[i];

		if (own_copy(turn, change, &linked.list[i])) {
			error = end(turn, &linked.list[i], STATUS_CANCELLED, "cancel");
			continue;
		}
		record_judge(turn, &judged);
		judged.report.status = linked.list[i].report.status;
		if (!*found || is_better(&judged, heir))
			*heir = judged;
		*found = true;
	}
	return error;
}

static int heir_find(struct turn *turn, const struct change *change, struct record *heir,
	bool *found)
{
	const struct record *gone = &change->after;
	int error = OK;

	*found = false;
	if (gone->link == LINK_REPLACED) {
		error = record_load(turn, gone->row.original, heir);
		*found = error == OK && heir->report.status == STATUS_SUPERSEDED;
		error = error == ERR_NOT_FOUND ? OK : error;
	}
	return error != OK || *found ? error : heir_among(turn, change, heir, found);
}

static int inherit(struct turn *turn, struct change *change)
{
	struct record *heir = &change->heir, *before, *found;
	enum same same = SAME_NONE;
	int error;

	before = arena_alloc(turn->flow->arena, 2 * sizeof(*before));
	found = before + 1;
	error = record_load(turn, heir->row.id, before);
	if (error != OK)
		return error;
	*heir = *before;
	if (heir->link == LINK_SAME || heir->link == LINK_REPLACES) {
		heir->link = LINK_NONE;
		heir->row.original = 0;
	}
	record_judge(turn, heir);
	if (heir->report.nproblem == 0)
		error = same_event_find(turn, heir, false, &same, found);
	if (error == OK && same != SAME_NONE && same != SAME_UNFINISHED) {
		heir->link = same == SAME_OTHER_FIGURES ? LINK_REPLACES : LINK_SAME;
		heir->row.original = found->row.id;
	}
	record_settle(heir, STATUS_ACCEPTED);
	error = error == OK ? record_revise(turn, before, heir, "inherit") : error;
	if (error == OK)
		error = questions_follow(turn, heir);
	if (error == OK)
		error = questions_tell(turn, heir, MESSAGE_INHERITS, change->after.row.ref);
	return error;
}

int links_inherit(struct turn *turn, struct change *change)
{
	const struct record *gone = &change->after;
	int error;

	if (change->before.link == LINK_SAME || change->before.link == LINK_REPLACES)
		return OK; /* nothing stands behind what was itself kept back */
	error = heir_find(turn, change, &change->heir, &change->inherited);
	if (error != OK || !change->inherited)
		return error;
	error = inherit(turn, change);
	if (error == OK)
		error = links_take_over(turn, gone, &change->heir);
	return error;
}

/* Somebody else's, of an event that the corrected report does not tell any more. */
static bool parted(const struct turn *turn, const struct change *change, const struct record *other)
{
	return strcmp(other->row.sender, change->before.row.sender) != 0 &&
		!same_one(turn, &change->after, other);
}

/* The last that it took the place of, its teller's own left out. */
static int replaced_find(struct turn *turn, struct change *change)
{
	struct record *heir = &change->heir;
	int64_t id = change->before.row.original;
	enum linkage link = change->before.link;
	int error = OK;

	while (error == OK && !change->inherited && link == LINK_REPLACED) {
		error = record_load(turn, id, heir);
		if (error != OK || heir->report.status != STATUS_SUPERSEDED)
			break;
		change->inherited = parted(turn, change, heir);
		link = heir->link;
		id = heir->row.original;
	}
	return error == ERR_NOT_FOUND ? OK : error;
}

int links_part(struct turn *turn, struct change *change)
{
	struct linked linked;
	int error = OK;

	if (change->before.link == LINK_SAME || change->before.link == LINK_REPLACES)
		return OK; /* nothing stands behind what was itself kept back */
	error = replaced_find(turn, change);
	if (error != OK || change->inherited) {
		change->after.link = LINK_NONE;
		change->after.row.original = 0;
		return error;
	}
	error = linked_load(turn, change->before.row.id, change->before.row.training, &linked);
	for (size_t i = 0; error == OK && i < linked.count; i++) {
		if (!parted(turn, change, &linked.list[i]) ||
			(change->inherited && !is_better(&linked.list[i], &change->heir)))
			continue;
		change->heir = linked.list[i];
		change->inherited = true;
	}
	return error;
}

int links_stand(struct turn *turn, struct change *change)
{
	struct linked linked;
	int error = inherit(turn, change);

	if (error == OK)
		error = linked_load(
			turn, change->after.row.id, change->after.row.training, &linked);
	for (size_t i = 0; error == OK && i < linked.count; i++) {
		if (parted(turn, change, &linked.list[i]))
			error = move(turn, &linked.list[i], change->heir.row.id);
	}
	return error;
}
