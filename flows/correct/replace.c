/* What became of a telling that was linked with an earlier one. See replace.h. */
#include "flows/correct/replace.h"

#include <string.h>

#include "flows/correct/request.h"
#include "flows/record/record_scope.h"
#include "flows/report/report.h"
#include "flows/rules/scope.h"
#include "flows/same/same_session.h"
#include "flows/turn/handlers.h"

/* Both ends as they are now. *open false: it is no longer asked, and the answer says how it stands.
 */
static int ends_load(struct turn *turn, const struct pending *pending, struct record *fresh,
	struct record *old, bool *open)
{
	int error = record_load(turn, pending->id, fresh);

	if (error == OK)
		error = record_load(turn, fresh->row.original, old);
	if (error != OK)
		return error;
	record_about(turn, fresh);
	*open = !record_gone(fresh) &&
		(fresh->link == LINK_SAME || fresh->link == LINK_REPLACES);
	return *open ? OK : record_say_state(turn, fresh);
}

/* The old one changed since it was asked: asked anew, with what it says now. */
static int ask_anew(struct turn *turn, const struct pending *pending, const struct record *fresh,
	const struct record *old)
{
	struct pending again = *pending;

	again.until = 0;
	again.version = old->row.version;
	record_about(turn, old);
	turn_say(turn, MESSAGE_REPLACE, "ref", old->row.ref, "echo",
		reply_echo(&turn->reply, &old->report), "new",
		reply_echo(&turn->reply, &fresh->report));
	return pending_add(turn, turn->sender.phone, &again);
}

/* Another one of the same SMS still waits to be told apart ("kembar L 2600 P 2400"): the newest. */
static int next_of_sms(
	struct turn *turn, const struct record *record, struct record *out, bool *found)
{
	struct pendings open;
	int error = pendings_load(turn, turn->sender.phone, &open);

	*found = false;
	for (size_t i = open.count; error == OK && !*found && i-- > 0;) {
		const struct pending *pending = &open.list[i];

		if (strcmp(pending->kind, "duplicate") != 0 || pending->id == record->row.id)
			continue;
		error = record_load(turn, pending->id, out);
		*found = error == OK && out->row.inbound == record->row.inbound &&
			!record_gone(out) && out->link == LINK_SAME;
	}
	return error;
}

/* "Dicatat sebagai laporan lain", and what is asked next. */
static int say_different(struct turn *turn, const struct record *record)
{
	struct record *next = arena_raw(turn->flow->arena, sizeof(*next));
	const char *said;
	bool found;
	int error = next_of_sms(turn, record, next, &found);

	if (error != OK)
		return error;
	turn_say(turn, MESSAGE_DIFFERENT, "ref", record->row.ref, "echo",
		found ? reply_brief(&turn->reply, &record->report)
		      : reply_echo(&turn->reply, &record->report));
	if (!found)
		return OK;
	said = turn->answer;
	turn_say(turn, MESSAGE_ASK_PERHAPS, "echo", reply_brief(&turn->reply, &next->report));
	turn->answer = arena_printf(turn->flow->arena, "%s %s", said, turn->answer);
	return OK;
}

int replace_not(struct turn *turn, const struct pending *pending)
{
	struct record *record = arena_alloc(turn->flow->arena, 2 * sizeof(*record));
	struct change *change;
	bool open = false;
	int error = ends_load(turn, pending, record, record + 1, &open);

	if (error != OK || !open)
		return error != OK ? error
				   : pending_drop(turn, turn->sender.phone, pending->kind,
					     pending->id);
	if (record->link == LINK_REPLACES && same_session_excludes(record, record + 1))
		return ask_anew(turn, pending, record, record + 1);
	change = change_new(turn, WANT_DIFFERENT, record);
	error = report_change(turn, change);
	if (error == OK)
		error = report_console(turn, &change->after, false);
	if (error != OK)
		return error;
	if (record_open(&change->after) || record_is_death(&change->after)) {
		report_say(turn, change);
		return OK;
	}
	return say_different(turn, &change->after);
}

static int keep_old(struct turn *turn, const struct record *fresh, const struct record *old)
{
	record_about(turn, old);
	turn_say(turn, MESSAGE_KEPT, "ref", old->row.ref, "echo",
		reply_echo(&turn->reply, &old->report));
	return report_change(turn, change_new(turn, WANT_KEEP, fresh));
}

static int replace_write(struct turn *turn, const struct record *fresh)
{
	struct change *change = change_new(turn, WANT_REPLACE, fresh);
	int error = report_change(turn, change);

	if (error != OK)
		return error;
	record_about(turn, &change->after);
	if (change->verdict == CHANGE_STATE)
		return record_say_state(turn, &change->before);
	if (change->verdict == CHANGE_ASKED) {
		turn_say(turn, MESSAGE_QUESTION, "ref", change->after.row.ref, "echo", "", "ask",
			reply_ask(&turn->reply, &change->after.report, &change->problem));
		return OK;
	}
	if (change->verdict == CHANGE_OTHERS) {
		report_say(turn, change);
		return OK;
	}
	turn_say(turn, MESSAGE_REPLACED, "ref", change->after.row.ref, "old",
		change->found.row.ref, "echo",
		reply_echo(&turn->reply, &change->after.report));
	return OK;
}

/* Who may not look at the old one is told of his own alone, and asks nobody. */
static int say_outside(struct turn *turn, const struct record *fresh, bool yes)
{
	record_about(turn, fresh);
	turn_say(turn, MESSAGE_REPLACE_OUTSIDE, "ref", fresh->row.ref, "echo",
		reply_echo(&turn->reply, &fresh->report));
	return yes ? OK : report_change(turn, change_new(turn, WANT_KEEP, fresh));
}

int replace_answer(struct turn *turn, const struct pending *pending, bool yes)
{
	struct record *fresh = arena_alloc(turn->flow->arena, 2 * sizeof(*fresh)), *old = fresh + 1;
	bool open = false;
	int error = ends_load(turn, pending, fresh, old, &open);

	if (error != OK || !open)
		return error != OK ? error
				   : pending_drop(turn, turn->sender.phone, pending->kind,
					     pending->id);
	if (turn->sender.role == ROLE_NONE && !fresh->row.training)
		return unregistered_handle(turn); /* is told of no report, and asks nobody */
	if (!scope_shown(turn, old))
		return say_outside(turn, fresh, yes);
	if (!yes)
		return keep_old(turn, fresh, old);
	if (pending->version != 0 && old->row.version != pending->version && !record_gone(old))
		return ask_anew(turn, pending, fresh, old);
	if (record_gone(old) || scope_replaces(turn, old, fresh))
		return replace_write(turn, fresh);
	turn_say(turn, MESSAGE_REPLACE_WAITS, "ref", old->row.ref);
	return request_replace(turn, old, fresh);
}

int replace_do(struct turn *turn, struct record *old, int64_t by)
{
	struct record *fresh = arena_alloc(turn->flow->arena, sizeof(*fresh));
	int error = record_load(turn, by, fresh);

	if (error != OK)
		return error;
	if (fresh->row.original != old->row.id)
		return record_say_state(turn, fresh);
	return replace_write(turn, fresh);
}

int replace_again(struct turn *turn, const struct pending *pending, bool *done)
{
	struct record *fresh = arena_alloc(turn->flow->arena, 2 * sizeof(*fresh)), *old = fresh + 1;
	const char *echo;
	int error = ends_load(turn, pending, fresh, old, done);

	if (error != OK || !*done)
		return error;
	*done = !record_gone(old) && scope_shown(turn, old) &&
		(turn->sender.role != ROLE_NONE || fresh->row.training);
	if (!*done)
		return OK;
	if (fresh->link == LINK_REPLACES)
		return ask_anew(turn, pending, fresh, old);
	record_about(turn, old);
	echo = reply_echo(&turn->reply, &old->report);
	turn_say(turn,
		strcmp(echo, reply_echo(&turn->reply, &fresh->report)) == 0 ? MESSAGE_DUPLICATE
									    : MESSAGE_PERHAPS,
		"ref", old->row.ref, "echo", echo);
	return OK;
}
