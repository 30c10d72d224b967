/* A transcript's world: store, worker, clock, phones. See play_world.h. */
#include "tools/play/play_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flows/rules/random.h"
#include "gateway/os/clock.h"
#include "gateway/os/log.h"
#include "gateway/smpp/smpp_codes.h"
#include "gateway/work/worker.h"
#include "parsers/text/gsm7.h"
#include "store/message/deadline.h"
#include "tools/data/data_dir.h"

#define LINK	 "play"
#define ADDRESS	 "2255"
#define TEXT_MAX 4096
#define PLAY_TLVS 32

struct sent { /* the last SMS of a phone, for its redelivery */
	struct sent *next;
	char *from;
	bool is_ussd;
	unsigned char octets[TEXT_MAX];
	size_t length;
	uint8_t esm_class, data_coding;
	unsigned char digest[DIGEST_SIZE];
	bool proven;
	uint8_t tlvs[PLAY_TLVS];
	size_t ntlv;
	uint64_t session; /* what names it */
};

struct play_world {
	struct config *config;
	struct flow_settings settings; /* the configuration's, with the switch for `fail next` */
	struct store *store;
	struct worker *worker;
	char *directory, *path, *conf, *schema, *key;
	struct store_options options;
	bool frozen, fail;
	struct sent *sent;
	struct play_message *messages, **tail;
};

static uint32_t predictable(uint32_t limit)
{
	return 123456 % limit;
}

static int store_connect(const struct play_world *world, struct store **out)
{
	char detail[256];
	int error = store_open(out, &world->options, detail);

	if (error != OK)
		fprintf(stderr, "kabarctl play: %s: %s\n", error_text(error), detail);
	return error;
}

static int store_start(struct play_world *world)
{
	struct worker_setup setup = {.config = {.reader = world->config->reader,
					     .catalogue = world->config->catalogue,
					     .settings = &world->settings,
					     .menus = world->config->menus,
					     .redelivery = world->config->main.redelivery,
					     .parts = world->config->main.parts,
					     .part_gap = world->config->main.part_gap,
					     .hours = hours_of(&world->settings)}};
	int error = store_connect(world, &world->store);

	if (error != OK)
		return error;
	setup.store = world->store;
	world->worker = worker_new(&setup);
	return OK;
}

static void store_stop(struct play_world *world)
{
	if (world->worker != NULL)
		worker_free(world->worker);
	world->worker = NULL;
	if (world->store != NULL)
		store_close(world->store);
	world->store = NULL;
}

static int config_start(struct play_world *world, const char *conf, const char *near)
{
	struct config_errors *errors = config_errors_new();
	char *made = data_dir_config(world->directory, conf, near);
	int error = made == NULL ? ERR_CONFIG : config_load(&world->config, made, errors);

	if (error != OK)
		config_errors_print(errors, stderr);
	config_errors_free(errors);
	free(made);
	if (error == OK) {
		world->settings = world->config->main.flow;
		world->settings.fail = &world->fail;
	}
	return error;
}

int world_new(struct play_world **out, const char *path, const char *conf, const char *conninfo)
{
	struct play_world *world = xcalloc(1, sizeof(*world));
	const char *base = getenv("TMPDIR");
	int error = ERR_SYSTEM;

	*out = NULL;
	world->tail = &world->messages;
	world->directory = xasprintf("%s/kabar-play-XXXXXX", base != NULL ? base : "/tmp");
	if (mkdtemp(world->directory) == NULL) {
		perror(world->directory);
		goto out;
	}
	world->path = xasprintf("%s/kabar.db", world->directory);
	world->key = xasprintf("%s.key", world->path);
	world->schema = xasprintf("kabar_play_%s", strrchr(world->directory, '-') + 1);
	/* in PostgreSQL a schema of its own: nothing that is in the database already is touched */
	world->options = (struct store_options){.driver = conninfo ? "postgres" : "sqlite",
		.path = world->path, .conninfo = conninfo, .schema = world->schema,
		.key = world->key};
	error = config_start(world, conf, path);
	if (error != OK)
		goto out;
	random_replace(predictable);
	error = store_start(world);
out:
	if (error == OK)
		*out = world;
	else
		world_free(world);
	return error;
}

int world_configure(struct play_world *world, const char *path, const char *conf)
{
	struct config *before = world->config;
	int error = config_start(world, conf, path);

	if (error != OK)
		return error;
	store_stop(world);
	config_unref(before);
	return store_start(world);
}

static void drop_schema(const struct play_world *world)
{
	char detail[256];

	if (world->options.conninfo && store_drop(&world->options, detail) != OK)
		fprintf(stderr, "kabarctl play: %s: %s\n", world->schema, detail);
}

static void remove_files(const struct play_world *world)
{
	static const char *const endings[] = {
		"kabar.db", "kabar.db-wal", "kabar.db-shm", "kabar.db.key", "kabar.conf"};

	for (size_t i = 0; i < COUNT_OF(endings); i++) {
		char *path = xasprintf("%s/%s", world->directory, endings[i]);

		unlink(path);
		free(path);
	}
	rmdir(world->directory);
}

void world_free(struct play_world *world)
{
	if (world == NULL)
		return;
	store_stop(world);
	config_unref(world->config);
	while (world->messages != NULL) {
		struct play_message *next = world->messages->next;

		free(world->messages->to);
		free(world->messages->text);
		free(world->messages->kind);
		free(world->messages);
		world->messages = next;
	}
	while (world->sent != NULL) {
		struct sent *next = world->sent->next;

		free(world->sent->from);
		free(world->sent);
		world->sent = next;
	}
	drop_schema(world);
	remove_files(world);
	random_replace(NULL);
	if (world->frozen)
		clock_thaw();
	free(world->directory);
	free(world->path);
	free(world->schema);
	free(world->key);
	free(world);
}

/* Beside the running worker, as the operator does it: that is how the worker learns of it. */
int world_import(struct play_world *world, const struct import_options *options)
{
	struct import_result result;
	struct store *store;
	int error = store_connect(world, &store);

	if (error != OK)
		return error;
	error = import_file(store, options, &result);
	store_close(store);
	return error;
}

struct store *world_store(struct play_world *world)
{
	return world->store;
}

struct config *world_config(struct play_world *world)
{
	return world->config;
}

int world_offset(const struct play_world *world)
{
	return world->settings.timezone;
}

struct play_message *world_messages(struct play_world *world)
{
	return world->messages;
}

/* What goes out reaches its phone at once; the operator confirms each. */
static struct item *deliver_out(struct play_world *world, struct outgoing *out)
{
	struct item *results = NULL, **tail = &results;

	for (struct outgoing *row = out; row != NULL; row = row->next) {
		struct play_message *message = xcalloc(1, sizeof(*message));
		char id[32];

		message->to = xstrdup(row->recipient);
		message->text = xstrdup(row->text);
		message->kind = xstrdup(row->kind);
		*world->tail = message;
		world->tail = &message->next;
		snprintf(id, sizeof(id), "%lld", (long long)row->id);
		*tail = item_new_result(row->link ? row->link : "", row->id, "sent", id, 0);
		tail = &(*tail)->next;
	}
	outgoing_free_list(out);
	return results;
}

/* One step of the worker, then one tick, as the gateway does; until nothing more goes out. */
static int step(struct play_world *world, struct item *items)
{
	struct outgoing *out = NULL;
	int error = OK;

	while (error == OK && items != NULL) {
		error = worker_step(world->worker, items, &out);
		item_free_list(items);
		items = deliver_out(world, out);
		out = NULL;
		if (items == NULL && error == OK) {
			error = worker_tick(world->worker, &out);
			items = deliver_out(world, out);
			out = NULL;
		}
	}
	item_free_list(items);
	return error;
}

static int tick(struct play_world *world)
{
	struct outgoing *out = NULL;
	int error = worker_tick(world->worker, &out);

	return error != OK || !out ? error : step(world, deliver_out(world, out));
}

void world_clock(struct play_world *world, int64_t utc)
{
	if (world->frozen)
		clock_set_wall(utc * 1000);
	else
		clock_freeze(utc * 1000);
	world->frozen = true;
}

int world_wait(struct play_world *world, int64_t seconds)
{
	int64_t end = clock_utc() + seconds, due;
	int error = tick(world); /* what was imported meanwhile may have something planned */

	while (error == OK) {
		int64_t until = end;

		error = store_deadline_next(world->store, &due);
		if (error == OK && due > clock_utc() && due < end)
			until = due;
		clock_advance((until - clock_utc()) * 1000);
		if (error == OK)
			error = tick(world);
		if (until == end)
			break;
	}
	return error;
}

static struct sent *sent_of(struct play_world *world, const char *from, bool ussd)
{
	struct sent *sent;

	for (sent = world->sent; sent != NULL; sent = sent->next) {
		if (strcmp(sent->from, from) == 0 && sent->is_ussd == ussd)
			return sent;
	}
	sent = xcalloc(1, sizeof(*sent));
	sent->from = xstrdup(from);
	sent->is_ussd = ussd;
	sent->next = world->sent;
	world->sent = sent;
	return sent;
}

static int encode(struct sent *sent, const char *text, struct message_part part)
{
	size_t skip = part.total > 1 ? UDH_CONCAT_SIZE : 0;
	unsigned char *ucs2;
	struct arena *arena;
	ssize_t length;

	if (skip > 0)
		udh_write_concat(sent->octets, (uint8_t)part.ref, part.total, part.number);
	sent->esm_class = skip > 0 ? ESM_UDHI : 0;
	sent->data_coding = 0;
	length = gsm7_encode(text, sent->octets + skip, sizeof(sent->octets) - skip);
	if (length == ERR_SYNTAX) { /* not in the alphabet: as a phone would, UCS-2 */
		arena = arena_new();
		length = (ssize_t)text_to_ucs2(arena, text, &ucs2);
		if ((size_t)length + skip <= sizeof(sent->octets))
			memcpy(sent->octets + skip, ucs2, (size_t)length);
		else
			length = ERR_LIMIT;
		sent->data_coding = 8;
		arena_free(arena);
	}
	if (length < 0)
		return (int)length;
	sent->length = skip + (size_t)length;
	return OK;
}

/* The operator's answers show that it has all earlier ROKs: the same octets are a human repeating
 * from now on. */
static struct item *prove_earlier(struct play_world *world)
{
	struct item *items = NULL, **tail = &items;

	for (struct sent *sent = world->sent; sent != NULL; sent = sent->next) {
		if (sent->proven || sent->length == 0)
			continue;
		sent->proven = true;
		*tail = item_new_proven(LINK, sent->digest);
		tail = &(*tail)->next;
	}
	return items;
}

/* What was encoded arrives. */
static int receive(struct play_world *world, struct sent *sent, bool ussd)
{
	const struct config_smsc *smsc = &world->config->main.smsc[0];
	struct pdu_message message = {.octets = sent->octets,
		.length = sent->length,
		.esm_class = sent->esm_class,
		.data_coding = sent->data_coding};
	struct tlv_list tlvs = {0};
	struct deliver deliver = {
		.link = LINK, .generation = 1, .message = &message, .tlvs = &tlvs};
	struct item *item;
	int error = tlv_parse(&tlvs, sent->tlvs, sent->ntlv);

	if (error != OK)
		return error;
	copy_string(message.source.digits, sizeof(message.source.digits), sent->from);
	copy_string(message.destination.digits, sizeof(message.destination.digits), ADDRESS);
	copy_string(message.service_type, sizeof(message.service_type), ussd ? "USSD" : "");
	deliver.received_ms = clock_now();
	item = item_new_message(&deliver, ALPHABET_GSM7);
	if (ussd) {
		item->u.message.ussd = true;
		ussd_read(&smsc->dialect, smsc->ussd_code, &deliver, &item->u.message.ussd_arrival);
	}
	memcpy(sent->digest, item->digest, DIGEST_SIZE);
	error = step(world, item);
	world->fail = false;
	return error;
}

int world_sms(struct play_world *world, const char *from, const char *text,
	struct message_part part, bool again)
{
	struct sent *sent = sent_of(world, from, false);
	int error = OK;

	if (!again) {
		error = step(world, prove_earlier(world));
		if (error == OK)
			error = encode(sent, text, part);
		sent->proven = false;
	}
	return error == OK ? receive(world, sent, false) : error;
}

static const struct config_smsc *link_of(const struct play_world *world)
{
	return &world->config->main.smsc[0];
}

/* What the operator puts beside the text: the operation, and the TLV that names the session. */
static int tlvs_write(const struct ussd_dialect *dialect, struct sent *sent, enum ussd_event event)
{
	struct tlv_writer to = {.octets = sent->tlvs, .room = sizeof(sent->tlvs)};
	uint64_t value = sent->session |
		(event == USSD_ABORT && dialect->abort.count == 0 ? dialect->abort_bits : 0);
	uint8_t op = event == USSD_BEGIN ? dialect->begin.list[0] : dialect->answer.list[0],
		octets[8];
	int error;

	if (event == USSD_ABORT && dialect->abort.count > 0)
		op = dialect->abort.list[0];
	for (size_t i = dialect->size; i-- > 0; value >>= 8)
		octets[i] = (uint8_t)value;
	error = tlv_put_u8(&to, 0x0501, op);
	if (error == OK && dialect->size > 0)
		error = tlv_put(&to, dialect->tag, octets, dialect->size);
	sent->ntlv = to.length;
	return error;
}

int world_ussd(struct play_world *world, const char *from, const char *text, bool again)
{
	const struct ussd_dialect *dialect = &link_of(world)->dialect;
	struct sent *sent = sent_of(world, from, true);
	enum ussd_event event = strcmp(text, "END") == 0 ? USSD_ABORT
		: *text == '*' && strchr(text, '#')      ? USSD_BEGIN
							 : USSD_ANSWER;
	int error = OK;

	if (event == USSD_ABORT && dialect->abort.count == 0 && dialect->abort_bits == 0)
		return OK; /* this operator does not tell */
	if (!again) {
		error = step(world, prove_earlier(world));
		if (error == OK)
			error = encode(
				sent, event == USSD_ABORT ? "" : text, (struct message_part){0});
		sent->session += event == USSD_BEGIN ? 0x100 : 0;
		if (error == OK)
			error = tlvs_write(dialect, sent, event);
		sent->proven = false;
	}
	return error == OK ? receive(world, sent, true) : error;
}

int world_restart(struct play_world *world)
{
	struct outgoing *out = NULL;
	int error;

	store_stop(world);
	error = store_start(world);
	if (error == OK)
		error = worker_reclaim(world->worker, &out);
	return error != OK ? error : step(world, deliver_out(world, out));
}

void world_fail_next(struct play_world *world)
{
	world->fail = true;
}
