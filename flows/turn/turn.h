/* One message being handled: who speaks, what was read, what will be answered. */
#ifndef FLOWS_TURN_H
#define FLOWS_TURN_H

#include "flows/reply/catalogue.h"
#include "flows/reply/reply.h"
#include "flows/rules/settings.h"
#include "flows/turn/flow_context.h"
#include "store/people/person.h"

/* What speaks for a machine at the other end: flows/report/loop.h. */
struct turn_loop {
	bool quick; /* nobody could have read what we sent and typed this */
	bool repeats; /* it is what we sent to that phone */
	bool part; /* ... and all of it is a part of that */
	bool example; /* ... a report that we showed as one */
	size_t from, to; /* octets of the folded text that we sent to that phone; to 0: none */
	int run; /* messages in a row before this one that were one of both */
	bool news; /* a report was stored that nobody had told before: no loop */
	bool muted, link_muted;
	bool mutes, link_mutes; /* by this message */
};

struct case_row; /* store/report/case.h */
/* The cases of one name that were looked for last; what changes a case forgets them. */
struct case_looked {
	const char *form, *area, *name; /* form NULL: none */
	struct case_row *rows; /* of the very name, then those that are open and alike */
	size_t exact, alike;
	bool with_alike; /* these were looked for, too */
};

struct turn {
	struct flow *flow;
	const struct flow_message *message; /* NULL in flow_tick() */
	struct person person; /* of the sender; valid when known */
	bool known; /* on file, in whatever state */
	struct sender sender; /* role ROLE_NONE unless active */
	struct read_context read;
	struct reply_context reply;
	struct moment now; /* local */
	struct reading *reading;
	const char *answer; /* what goes back; NULL: nothing */
	const char *ref; /* of the report the answer is about; NULL */
	bool practice; /* that report is LATIHAN */
	bool about_death; /* a report that it is about is of a death, and no practice */
	bool answered; /* it was the answer to an open question */
	bool followed; /* a part of the question that was asked before it */
	bool of_cry; /* written behind a call for help, it goes to the same people */
	bool cried; /* and went to them at once: it is answered as the cry was */
	bool with_people; /* it stands in the human inbox */
	struct turn_loop loop;
	int repeats; /* how often this text came from this sender lately, this time included */
	struct case_looked *looked; /* what flows/case/case_find.h looked for last */
	/* fields and checks that were affirmed before the report is stored; NULL */
	const char *const *confirmed;
	const char *again; /* the earlier message that is handled once more; NULL */
	const char *chosen; /* the field whose value is one that was offered; NULL */
	/* the reports that the reading became */
	int64_t stored[COUNT_OF(((struct reading *)0)->reports)];
	bool news[COUNT_OF(((struct reading *)0)->reports)]; /* nobody had told it before */
	size_t nstored;
};

/* Who speaks: fills person, sender and the contexts. from NULL: the system itself. */
int turn_begin(struct turn *turn, struct flow *flow, const char *from) MUST_CHECK;
/* The same for a person who is written to: a reply context in his language. */
void turn_towards(const struct turn *turn, const struct person *person, struct sender *sender,
	struct reply_context *reply);
/* A person's areas, role and posyandu as places. */
/* Somebody let him in once: his name and role are more than what he says of himself. */
bool person_vouched(const struct person *person);
void person_to_sender(const struct flow *flow, const struct person *person, struct sender *out);

/* The sender is on file in this state ("stopped", "waiting" …). */
bool turn_state_is(const struct turn *turn, const char *state);
/* The words that are being handled: of this message, or of the earlier one. */
const char *turn_text(const struct turn *turn);
/* Where the sender was last on file to be, in whatever state: a death or an emergency must reach
 * somebody. NULL: nowhere. */
const struct area *turn_place(const struct turn *turn);

/* Writes to someone: a kind of store/message/outbox.h, which says its class; ref may be NULL. */
int turn_send(const struct turn *turn, const char *kind, const char *phone, const char *text,
	const char *ref) MUST_CHECK;
/* Puts the answer as the reply to the message. Nothing when there is none. */
int turn_answer(struct turn *turn) MUST_CHECK;
/* Whose answers of the day this one is counted to: "known" or "stranger". */
const char *turn_share(const struct turn *turn);
int turn_audit(const struct turn *turn, const char *action, const char *subject,
	const char *old_value, const char *new_value) MUST_CHECK;
const char *turn_today(const struct turn *turn); /* "2024-08-15", local */

/* The text in the sender's language as the answer: turn_say(turn, MESSAGE_X, "ref", ref, …). */
#define turn_say(turn, id, ...) \
	((turn)->answer = message_text((turn)->flow->catalogue, (turn)->flow->arena, \
		reply_language(&(turn)->reply), id, __VA_ARGS__, NULL))
#define turn_say_plain(turn, id)                                                                   \
	((turn)->answer = message_text((turn)->flow->catalogue, (turn)->flow->arena,               \
		 reply_language(&(turn)->reply), id, NULL))

#endif
