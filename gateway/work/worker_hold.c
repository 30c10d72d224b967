/* A crash is contained to who caused it: see worker_hold.h. */
#include "gateway/work/worker_hold.h"

#include <sodium.h>
#include <string.h>

#include "flows/talk/held.h"
#include "flows/turn/secret.h"
#include "gateway/os/log.h"
#include "parsers/text/phone.h"
#include "store/people/person.h"

#define SHOWN	 1000 /* octets of a message that people are shown */
#define DCS_UCS2 8

const char *worker_phone(struct worker *worker, const struct item *item)
{
	const char *source = item->u.message.source;
	char phone[PHONE_TEXT];

	return arena_strdup(worker->arena, phone_normalise(source, phone) ? phone : source);
}

static int is_registered(struct worker *worker, const char *phone, bool *registered)
{
	struct person person;
	int rc = store_person_by_phone(worker->store, worker->arena, phone, &person);

	*registered = rc == OK && (!person.state || strcmp(person.state, "active") == 0);
	return rc == ERR_NOT_FOUND ? OK : rc;
}

int worker_holds(struct worker *worker, const char *phone, bool *holds)
{
	struct crash_holds now;
	bool registered;
	int rc;

	crash_holds(worker->crash, worker->flow.now, &now);
	*holds = now.all_until > 0 ||
		(now.phones > 0 && crash_holds_phone(worker->crash, worker->flow.now, phone));
	if (*holds || now.strangers_until == 0)
		return OK;
	rc = is_registered(worker, phone, &registered);
	*holds = !registered;
	return rc;
}

/* Letters of ASCII, the rest as marks: what reads texts may be what kills. */
static const char *plain(struct worker *worker, const struct item_message *message)
{
	const unsigned char *octets = message->octets + message->skip;
	size_t length = message->length - message->skip;
	size_t step = message->data_coding == DCS_UCS2 ? 2 : 1;
	char *text = arena_alloc(worker->arena, SHOWN + 1);
	size_t used = 0;

	for (size_t i = step - 1; i < length && used < SHOWN; i += step) {
		bool shown = octets[i] >= ' ' && octets[i] <= '~' && (step == 1 || !octets[i - 1]);

		text[used++] = shown ? (char)octets[i] : octets[i] == '\n' ? ' ' : '?';
	}
	text[used] = '\0';
	return text;
}

/* Who dials gets the last screen that says so, each time; who writes is answered once. */
static int keep(struct worker *worker, struct item *item, struct inbound *inbound, const char *text)
{
	struct flow_message message = {.inbound = inbound->id, .link = inbound->link,
		.from = inbound->source, .to = inbound->destination, .text = text};
	int rc = item->u.message.ussd ? worker_apologise_ussd(worker, item, &message)
				      : held_keep(&worker->flow, &message);

	return rc == OK ? worker_gather(worker, item, inbound->id) : rc;
}

int worker_hold(struct worker *worker, struct item *item, struct inbound *inbound)
{
	const char *text = plain(worker, &item->u.message), *masked;
	struct crash_holds now;
	int rc;

	crash_holding(worker->crash);
	crash_holds(worker->crash, worker->flow.now, &now);
	masked = now.bare ? NULL : flow_secret(worker->arena, text);
	if (masked) {
		inbound->octets = NULL;
		inbound->length = 0;
		inbound->digest = NULL;
		inbound->text = text = masked;
	}
	inbound->state = "quarantined";
	rc = item->u.message.ussd && !now.bare ? worker_mask_ussd(worker, item, inbound) : OK;
	if (rc == OK)
		rc = store_inbound_put(worker->store, inbound, &inbound->id);
	if (rc == OK && !now.bare)
		rc = keep(worker, item, inbound, text);
	if (rc != OK)
		return rc;
	item->row = inbound->id;
	item->outcome = "held";
	atomic_fetch_add(&worker->held, 1);
	return OK;
}

static struct held told_of(const struct crash_holds *now)
{
	struct held held = {.deaths = now->deaths};

	held.all = now->all_until > 0;
	held.until = held.all ? now->all_until : now->strangers_until;
	if (held.until == 0) {
		held.phone = now->phone;
		held.until = now->phones_until;
	}
	return held;
}

int worker_tell_operator(struct worker *worker)
{
	struct crash_holds now;
	struct held held;
	char phone[LOG_PHONE];
	int rc;

	if (!crash_untold(worker->crash, worker->flow.now))
		return OK;
	rc = worker_begin(worker);
	if (rc != OK)
		return rc;
	arena_reset(worker->arena);
	crash_holds(worker->crash, worker->flow.now, &now);
	held = told_of(&now);
	rc = held_tell(&worker->flow, &held);
	if (rc != OK) {
		worker_rollback(worker);
		return rc;
	}
	rc = worker_commit(worker);
	if (rc != OK)
		return rc;
	crash_told(worker->crash);
	log_error("worker", "messages are kept unread, they ended the program deaths=%u of=%s",
		held.deaths,
		held.phone ? log_mask_phone(held.phone, phone) : held.all ? "all" : "strangers");
	return OK;
}

/* What a deadline is, as a message is known. */
static void digest_of(const char *job, unsigned char digest[DIGEST_SIZE])
{
	crypto_generichash(
		digest, DIGEST_SIZE, (const unsigned char *)job, strlen(job), NULL, 0);
}

static bool guard(void *context, const char *job)
{
	struct worker *worker = context;
	unsigned char digest[DIGEST_SIZE];

	crash_leave(worker->crash);
	if (!job || !worker->crash)
		return true;
	digest_of(job, digest);
	if (crash_guilty(worker->crash, digest)) {
		log_error("worker", "not run, it ended the program before deadline=\"%s\"", job);
		return false;
	}
	crash_enter(worker->crash, digest, "");
	return true;
}

void worker_guard_deadlines(struct worker *worker)
{
	worker->flow.guard = guard;
	worker->flow.guard_context = worker;
}
