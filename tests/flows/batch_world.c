/* See batch_world.h. */
#include "tests/flows/batch_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "gateway/config/config_load.h"
#include "gateway/os/clock.h"
#include "store/people/person.h"

#define SCHEMA "batches"

const char *world_driver = "sqlite";

static char directory[] = "/tmp/kabar-batches-XXXXXX";
static struct config *config;

static char *in_directory(const char *name)
{
	static char path[80];

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	return path;
}

int world_setup(void **state)
{
	const char *top = getenv("top_srcdir");
	struct config_errors *errors = config_errors_new();
	FILE *file;

	(void)state;
	assert_non_null(mkdtemp(directory));
	file = fopen(in_directory("kabar.conf"), "w");
	fprintf(file,
		"[gateway]\nforms = %s/conf/forms\nmessages = %s/conf/messages\nlexicon = "
		"%s/conf/lexicon\nmenus = %s/conf/menus\ndialects = %s/conf/dialects\n"
		"[limits]\nquick_time = 0\n"
		"[smsc test]\nhost = localhost\nsystem_id = test\naddress = 2255\n",
		top, top, top, top, top);
	fclose(file);
	assert_int_equal(config_load(&config, in_directory("kabar.conf"), errors), OK);
	config_errors_free(errors);
	clock_freeze(NOW_MS);
	return 0;
}

int world_teardown(void **state)
{
	(void)state;
	config_unref(config);
	(void)unlink(in_directory("kabar.conf"));
	return rmdir(directory);
}

static struct store_options options_of(void)
{
	return (struct store_options){.driver = world_driver,
		.path = in_directory("kabar.db"),
		.conninfo = getenv("KABAR_TEST_POSTGRES"),
		.schema = SCHEMA,
		.serial_block = 20};
}

static void put_places(struct store *store)
{
	int changed;

	assert_int_equal(store_area_put(store, "35", NULL, "provinsi", "Jawa Timur", &changed), OK);
	assert_int_equal(
		store_area_put(store, "35.03", "35", "kabupaten", "Trenggalek", &changed), OK);
	assert_int_equal(
		store_area_put(store, "35.03.01", "35.03", "kecamatan", "Panggul", &changed), OK);
	assert_int_equal(
		store_area_put(store, "35.03.01.2004", "35.03.01", "desa", "Nglebeng", &changed),
		OK);
	assert_int_equal(
		store_area_put(store, "35.03.01.2005", "35.03.01", "desa", "Banjar", &changed), OK);
	assert_int_equal(
		store_posyandu_put(store, "35.03.01.2004.001", "MELATI", "35.03.01.2004", &changed),
		OK);
}

static void remove_file(void)
{
	static const char *const names[] = {"kabar.db", "kabar.db-wal", "kabar.db-shm"};

	for (size_t i = 0; i < COUNT_OF(names); i++)
		(void)unlink(in_directory(names[i]));
}

struct store *world_store(int people)
{
	struct store_options options = options_of();
	struct store *store;
	char detail[DETAIL_SIZE] = "";
	int changed;

	remove_file();
	if (strcmp(world_driver, "postgres") == 0)
		assert_int_equal(store_drop(&options, detail), OK);
	assert_int_equal(store_open(&store, &options, detail), OK);
	assert_int_equal(store_batch_begin(store), OK);
	put_places(store);
	for (int i = 0; i < people; i++) {
		char phone[32];
		const struct person person = {.phone = phone,
			.name = "RATNA",
			.role = i == 0   ? "dinkes"
				: i == 1 ? "puskesmas"
				: i < 5  ? "bidan"
					 : "kader",
			.areas = i < 2  ? "35.03"
				: i % 2 ? "35.03.01.2004"
					: "35.03.01.2005",
			.posyandu = i == 5 ? "35.03.01.2004.001" : NULL};

		snprintf(phone, sizeof(phone), PHONE, i);
		assert_int_equal(store_person_put(store, &person, &changed), OK);
	}
	assert_int_equal(store_batch_commit(store), OK);
	return store;
}

void world_widen(struct store *store, int desa)
{
	int changed;

	assert_int_equal(store_batch_begin(store), OK);
	for (int i = 0; i < desa; i++) {
		char code[24], name[24], phone[32];
		const struct person kader = {
			.phone = phone, .name = "RATNA", .role = "kader", .areas = code};

		snprintf(code, sizeof(code), "35.03.01.%d", 3000 + i);
		snprintf(name, sizeof(name), "Desa %d", i);
		snprintf(phone, sizeof(phone), PHONE, WIDE + i);
		assert_int_equal(
			store_area_put(store, code, "35.03.01", "desa", name, &changed), OK);
		assert_int_equal(store_person_put(store, &kader, &changed), OK);
	}
	assert_int_equal(store_batch_commit(store), OK);
}

void world_store_end(struct store *store)
{
	store_close(store);
	remove_file();
}

struct worker *world_worker(struct store *store)
{
	static struct flow_settings settings;

	settings = config->main.flow;
	settings.replies_per_sender_per_day = settings.replies_per_day = 1000000;
	return worker_new(&(struct worker_setup){.store = store,
		.config = {.reader = config->reader,
			.catalogue = config->catalogue,
			.settings = &settings,
			.menus = config->menus,
			.redelivery = 86400,
			.parts = 86400,
			.part_gap = 3600}});
}

struct item *world_item(uint32_t number, int phone, const char *text)
{
	struct pdu_message message = {.source = {.ton = 1, .npi = 1}};
	struct tlv_list tlvs = {0};
	struct deliver deliver = {.link = "test",
		.generation = 1,
		.sequence = number,
		.received_ms = NOW_MS,
		.message = &message,
		.tlvs = &tlvs};
	char from[32];

	snprintf(from, sizeof(from), PHONE, phone);
	(void)copy_string(message.source.digits, sizeof(message.source.digits), from + 1);
	(void)copy_string(message.destination.digits, sizeof(message.destination.digits), "2255");
	message.octets = (const unsigned char *)text;
	message.length = strlen(text);
	return item_new_message(&deliver, ALPHABET_GSM7);
}

struct outgoing *world_step(struct worker *worker, const struct item *items)
{
	struct outgoing *out;

	assert_int_equal(worker_step(worker, (struct item *)items, &out), OK);
	for (const struct item *item = items; item; item = item->next)
		assert_int_equal(item->verdict, VERDICT_OK);
	return out;
}

struct item *world_after(const struct item *items, const struct outgoing *out)
{
	struct item *next = NULL, **after = &next;

	for (; items; items = items->next) {
		if (items->kind != ITEM_MESSAGE)
			continue;
		*after = item_new_proven("test", items->digest);
		after = &(*after)->next;
	}
	for (; out; out = out->next) {
		char id[24];

		snprintf(id, sizeof(id), "%lld", (long long)out->id);
		*after = item_new_result("test", out->id, "sent", id, 0);
		after = &(*after)->next;
	}
	return next;
}

static void plain_name(unsigned long number, char out[32])
{
	static const char *const syllables[20] = {"SI", "TI", "RA", "NI", "DE", "WI", "SU", "MA",
		"YA", "LI", "PU", "TRI", "AN", "EN", "KA", "LA", "RU", "MI", "NA", "TU"};
	unsigned long mixed = number * 7919 % 25600000;
	size_t length = 0;

	for (int i = 0; i < 6; i++, mixed /= 20)
		length += (size_t)snprintf(out + length, 32 - length, "%s%s", i == 3 ? " " : "",
			syllables[mixed % 20]);
}

struct item *world_plain(uint32_t number, int phone)
{
	char text[200], name[32];

	plain_name(number, name);
	snprintf(text, sizeof(text), "LAHIR#%s#%u#%u/8/24#L#%u#48#PKM#BIDAN#HIDUP", name,
		20 + number % 15, 1 + number % 14, 2500 + number % 2000);
	return world_item(number, phone, text);
}
