/* Residence: asking and telling the bidan of the home. See residence.h. */
#include "flows/report/residence.h"

#include <stdlib.h>
#include <string.h>

#include "flows/alert/alert.h"
#include "flows/alert/outbreak.h"
#include "flows/alert/recipients.h"
#include "flows/record/home.h"
#include "flows/rules/scope.h"
#include "parsers/form/form.h"
#include "store/message/deadline.h"

static int write_to(struct turn *turn, const struct record *record, const struct area *desa,
	unsigned levels, enum message_id id)
{
	struct recipients to;
	int error = recipients_find(turn, desa, levels, &to);

	for (size_t i = 0; error == OK && i < to.count; i++) {
		struct sender sender;
		struct reply_context reply;

		turn_towards(turn, &to.list[i].person, &sender, &reply);
		error = turn_send(turn, "notice", to.list[i].person.phone,
			message_text(turn->flow->catalogue, turn->flow->arena,
				reply_language(&reply), id, "ref", record->row.ref, "echo",
				reply_echo(&reply, &record->report), "place",
				reply_place(&reply, desa->code), "who",
				alert_who(turn, &reply, record->row.sender), NULL),
			record->row.ref);
	}
	return error;
}

#define ASKED	     "held-asked" /* by report: the version that was shown */
#define KEEP_SECONDS (90 * 86400)

static int asked_put(const struct turn *turn, const struct record *record)
{
	return store_session_put(turn->flow->store, ASKED,
		arena_printf(turn->flow->arena, "%lld", (long long)record->row.id),
		arena_printf(turn->flow->arena, "%d", (int)record->row.version),
		turn->flow->now + KEEP_SECONDS);
}

int residence_changed(struct turn *turn, const struct record *record, bool *changed)
{
	const char *version;
	int error = store_session_get(turn->flow->store, turn->flow->arena, ASKED,
		arena_printf(turn->flow->arena, "%lld", (long long)record->row.id),
		turn->flow->now, &version);

	*changed = error == OK && strtoll(version, NULL, 10) != record->row.version;
	if (!*changed)
		return error == ERR_NOT_FOUND ? OK : error;
	turn_say(turn, MESSAGE_HELD_ASK, "ref", record->row.ref, "echo",
		reply_echo(&turn->reply, &record->report), "place",
		reply_place(&turn->reply, record->row.area), "who",
		alert_who(turn, &turn->reply, record->row.sender));
	return asked_put(turn, record);
}

static bool far_away(const struct turn *turn, const struct area *desa)
{
	return turn->sender.narea > 0 &&
		home_kabupaten(turn->sender.areas[0]) != home_kabupaten(desa);
}

static int to_people(const struct turn *turn)
{
	struct human_row row = {.inbound = turn->message == NULL ? 0 : turn->message->inbound,
		.received = turn->flow->now,
		.phone = turn->sender.phone,
		.text = turn->message == NULL ? "" : turn->message->text,
		.state = "waiting"};

	return store_human_put(turn->flow->store, &row);
}

int residence_tell(struct turn *turn, const struct change *change)
{
	const struct record *after = &change->after, *before = &change->before;
	const struct area *desa = record_desa(turn, after);
	bool changed = before->row.id == 0 || strcmp(before->row.status, after->row.status) != 0 ||
		strcmp(before->row.area, after->row.area) != 0;

	bool held_week = after->report.status == STATUS_HELD &&
		after->report.form->weekly != NULL; /* a kader told what her bidan tells */

	if (desa == NULL || !changed || (record_is_session(after) && !held_week))
		return OK;
	if (after->report.status == STATUS_HELD && !far_away(turn, desa)) {
		int error = asked_put(turn, after);

		return error != OK ? error
				   : write_to(turn, after, desa,
					     TO_BIDAN | (outbreak_reached(turn, after)
							       ? TO_PUSKESMAS : 0),
					     MESSAGE_HELD_ASK);
	}
	if (after->report.status == STATUS_HELD)
		return to_people(turn);
	if (after->report.status != STATUS_ACCEPTED || record_is_death(after) ||
		turn->sender.role != ROLE_BIDAN || scope_area(&turn->sender, desa))
		return OK; /* a death is told to her anyway */
	return write_to(turn, after, desa, TO_BIDAN, MESSAGE_RESIDENT);
}

void residence_say(struct turn *turn, const struct record *record)
{
	const struct area *desa = record_desa(turn, record);

	turn_say(turn,
		desa != NULL && far_away(turn, desa) ? MESSAGE_HELD_FAR : MESSAGE_HELD,
		"ref", record->row.ref, "echo", reply_echo(&turn->reply, &record->report));
}
