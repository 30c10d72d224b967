/* An outbox of two links that are doubles: see outbox_fixture.h. */
#include "tests/gateway/outbox_fixture.h"

#include "gateway/os/clock.h"

struct config_smsc smsc[2] = {
	{.link = {.name = "uji"},
		.address = "2255",
		.service_type = "",
		.receipts = true,
		.recipient_ton = 1},
	{.link = {.name = "lain"},
		.address = "3366",
		.service_type = "",
		.alphabet = ALPHABET_LATIN1},
};
struct link made[2] = {{"uji", LINK_BOUND}, {"lain", LINK_BOUND}};
static struct link *list[2] = {&made[0], &made[1]};
static struct links links = {.list = list, .smsc = smsc, .count = 2};
struct outbox_queue *queue;
struct result results[32];
size_t nresult;

static void on_result(void *context, const char *link, const char *recipient, int64_t id,
	const char *state, const char *message_id, int64_t due)
{
	struct result *result = &results[nresult++ % 32];

	(void)context;
	(void)recipient;
	*result = (struct result){.id = id, .due = due, .state = state};
	copy_string(result->message_id, sizeof(result->message_id), message_id);
	copy_string(result->link, sizeof(result->link), link);
}

int outbox_setup_test(void **state)
{
	(void)state;
	clock_freeze(1723680000000);
	doubles_reset();
	nresult = 0;
	links.holds = 0;
	made[0].state = made[1].state = LINK_BOUND;
	queue = outbox_new(&(struct outbox_setup){
		.links = &links, .limit = 4, .result = on_result,
		.policy = {.resend_unsure = true, .tries = 3, .retry = 10, .retry_max = 25},
	});
	return 0;
}

int outbox_teardown_test(void **state)
{
	(void)state;
	outbox_free(queue);
	clock_thaw();
	return 0;
}

void send_as(int64_t id, const char *kind, const char *link, const char *text, int tries)
{
	outbox_send(queue,
		outgoing_new(&(struct outbox){
			.id = id,
			.kind = kind,
			.link = link,
			.recipient = "+6281234567890",
			.text = text,
			.tries = tries,
			.created = clock_utc(),
		}));
}

void answer(size_t index, enum submit_outcome outcome, const char *message_id)
{
	const struct submit_result result = {.outcome = outcome, .message_id = message_id};

	outbox_on_result(queue, (struct link *)sents[index].link, sents[index].cookie, &result);
}
