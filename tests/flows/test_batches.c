/* The size of a batch is nobody's business: the same messages, one by one, by sevens or all at
 * once, leave the same rows, the same counts and the same replies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "gateway/config/config_load.h"
#include "gateway/os/clock.h"
#include "gateway/work/worker.h"
#include "store/base/query.h"
#include "store/driver/driver.h"
#include "store/people/person.h"

#define NOW_MS   1723687200000 /* 2024-08-15 09:00 WIB */
#define TOLD 400
#define PHONES   12
#define SEEDS    3

static char directory[] = "/tmp/kabar-batches-XXXXXX";
static struct config *config;

static char *in_directory(const char *name)
{
	static char path[80];

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	return path;
}

static int setup(void **state)
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

static int teardown(void **state)
{
	(void)state;
	config_unref(config);
	(void)unlink(in_directory("kabar.conf"));
	return rmdir(directory);
}

static struct store *store_new(const char *name)
{
	static const char *const suffixes[] = {"", "-wal", "-shm"};
	struct store_options options = {.driver = "sqlite"};
	struct store *store;
	char path[100];
	int changed;

	for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
		snprintf(path, sizeof(path), "%s%s", in_directory(name), suffixes[i]);
		(void)unlink(path);
	}
	options.path = in_directory(name);
	assert_int_equal(store_open(&store, &options, NULL), OK);
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
	/* the last two phones are nobody's */
	for (int i = 0; i < PHONES - 2; i++) {
		char phone[20];
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

		snprintf(phone, sizeof(phone), "+6281200000%03d", i);
		assert_int_equal(store_person_put(store, &person, &changed), OK);
	}
	return store;
}

static uint64_t seed;

static unsigned below(unsigned limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % limit;
}

/* Few names, days and references, so that much of it is about the same. */
static void text_of(char out[200])
{
	static const char *const names[] = {"SITI", "WARNI", "RINI", "YATI", "SUMIATI AMINAH"};
	const char *name = names[below(COUNT_OF(names))];
	unsigned day = 10 + below(4), weight = 2400 + 100 * below(4), number = 1 + below(30);
	char sex = "LP"[below(2)];

	switch (below(16)) {
	case 0: snprintf(out, 200, "BATAL L2408-%04u", number); break;
	case 1: snprintf(out, 200, "KOREKSI L2408-%04u BB %u", number, weight); break;
	case 2: snprintf(out, 200, "JML LAHIR 08 2024"); break;
	case 3: snprintf(out, 200, "YA"); break;
	case 4: snprintf(out, 200, "BEDA"); break;
	case 5: snprintf(out, 200, "DAFTAR %s DESA NGLEBENG", name); break;
	case 6: snprintf(out, 200, "L %s %u %c", name, 20 + below(3), sex); break;
	case 7: snprintf(out, 200, "%u/8/24", day); break;
	case 8: snprintf(out, 200, "MATI IBU %s 25 th %u/8/24 perdarahan pkm", name, day); break;
	case 9:
		snprintf(out, 200, "POS S %u K %u D %u N %u TGL %u/8/24", 40 + below(3), 38, 30, 25,
			day);
		break;
	case 10:
		snprintf(out, 200, "LAHIR#%s#25#%u/8/24#L#%u#48#PKM#BIDAN#HIDUP/P#%u", name, day,
			weight, weight);
		break;
	default:
		snprintf(out, 200, "LAHIR#%s#25#%u/8/24#%c#%u#48#PKM#BIDAN#HIDUP", name, day, sex,
			weight);
	}
}

static struct item *item_of(uint32_t number)
{
	struct pdu_message message = {.source = {.ton = 1, .npi = 1}};
	struct tlv_list tlvs = {0};
	struct deliver deliver = {.link = "test",
		.generation = 1,
		.sequence = number,
		.received_ms = NOW_MS,
		.message = &message,
		.tlvs = &tlvs};
	char text[200];

	text_of(text);
	snprintf(message.source.digits, sizeof(message.source.digits), "6281200000%03u",
		below(PHONES));
	(void)copy_string(message.destination.digits, sizeof(message.destination.digits), "2255");
	message.octets = (const unsigned char *)text;
	message.length = strlen(text);
	return item_new_message(&deliver, ALPHABET_GSM7);
}

static void step(struct worker *worker, struct item *items)
{
	struct outgoing *out;

	assert_int_equal(worker_step(worker, items, &out), OK);
	for (const struct item *item = items; item; item = item->next)
		assert_int_equal(item->verdict, VERDICT_OK);
	item_free_list(items);
	outgoing_free_list(out);
}

static struct worker *worker_of(struct store *store)
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

/* Some digests come twice and are proven in between or not. */
static void run(struct store *store, size_t size)
{
	struct worker *worker = worker_of(store);
	struct item *items = NULL, **tail = &items;
	size_t count = 0;

	for (uint32_t i = 0; i < TOLD; i++) {
		struct item *item = *tail = item_of(i);

		tail = &item->next;
		if (below(3) > 0) {
			*tail = item_new_proven("test", item->digest);
			tail = &(*tail)->next;
		}
		if (++count < size)
			continue;
		step(worker, items);
		items = NULL;
		tail = &items;
		count = 0;
	}
	if (items)
		step(worker, items);
	worker_free(worker);
	assert_int_equal(store_fold(store), OK);
}

static const char *const tables[] = {
	"SELECT id, channel, link, source, octets, received, text, state, intent FROM inbound",
	"SELECT id, inbound, kind, class, link, recipient, text, ref, state, owner, due FROM "
	"outbox",
	"SELECT * FROM reports", "SELECT * FROM report_versions ORDER BY 1, 2",
	"SELECT * FROM serials ORDER BY 1, 2", "SELECT * FROM tally_day ORDER BY 1, 2, 3",
	"SELECT * FROM tally_month ORDER BY 1, 2, 3", "SELECT * FROM stocks ORDER BY 1, 2, 3",
	"SELECT * FROM stock_sums ORDER BY 1, 2, 3", "SELECT * FROM coverage_desa ORDER BY 1, 2, 3",
	"SELECT * FROM coverage_posyandu ORDER BY 1, 2, 3, 4",
	"SELECT kind, subject, due, step, data FROM deadlines ORDER BY 1, 2",
	"SELECT * FROM sessions ORDER BY 1, 2", "SELECT * FROM counters ORDER BY 1, 2, 3",
	"SELECT * FROM human", "SELECT at, actor, action, subject, old_value, new_value FROM audit",
	"SELECT hex(digest), inbound FROM redeliveries ORDER BY 1"};

#define COLUMNS 24

/* All rows of all tables as text; columns that a table has not are NULL there. */
static char *dump(struct store *store)
{
	struct strbuf text = {0};
	struct cursor cursor;

	for (size_t i = 0; i < COUNT_OF(tables); i++) {
		strbuf_printf(&text, "== %s\n", tables[i]);
		cursor_open(&cursor, store, tables[i], NULL, 0);
		while (cursor_next(&cursor) > 0) {
			for (int k = 0; k < COLUMNS; k++) {
				const char *value = cursor_peek(&cursor, k);

				strbuf_printf(&text, "%s|", value ? value : "-");
			}
			strbuf_puts(&text, "\n");
		}
		cursor_close(&cursor);
	}
	return text.text;
}

static char *result(uint64_t start, size_t size)
{
	struct store *store = store_new("kabar.db");
	char *text;

	seed = start;
	run(store, size);
	text = dump(store);
	store_close(store);
	(void)unlink(in_directory("kabar.db"));
	return text;
}

/* The first line that differs is worth more than two long texts. */
static void assert_same(const char *a, const char *b)
{
	size_t line = 0, at = 0;

	for (; a[at] && a[at] == b[at]; at++)
		line = a[at] == '\n' ? at + 1 : line;
	if (a[at] != b[at])
		fail_msg("one by one: %.*s\nin batches: %.*s", (int)strcspn(a + line, "\n"),
			a + line, (int)strcspn(b + line, "\n"), b + line);
}

static void test_the_size_of_a_batch_changes_nothing(void **state)
{
	static const size_t sizes[] = {7, 256};

	(void)state;
	for (uint64_t start = 1; start <= SEEDS; start++) {
		char *one = result(start, 1);

		assert_non_null(strstr(one, "|duplicate|"));
		for (size_t i = 0; i < COUNT_OF(sizes); i++) {
			char *other = result(start, sizes[i]);

			assert_same(one, other);
			free(other);
		}
		free(one);
	}
}

/* What a plain report may cost from its coming to the proof that it was acknowledged, in batches of
 * a hundred: not a stopwatch, so it holds on every machine. */
#define PLAIN		 500
#define PLAIN_BATCH	 100
/* message, its key and that key's end, report, answer, what became of it; counts */
#define ROWS_MOST	 7.0
#define PAGES_MOST	 1.0 /* of a district; 889 desa at once touch two */
#define ALLOCATIONS_MOST 135

static unsigned long allocations;

#ifndef __SANITIZE_ADDRESS__
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *malloc(size_t size)
{
	allocations++;
	return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	allocations++;
	return __libc_calloc(count, size);
}
#endif

/* Mothers whom nobody takes for one another. */
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

static struct item *plain_item(uint32_t number)
{
	struct pdu_message message = {.source = {.ton = 1, .npi = 1}};
	struct tlv_list tlvs = {0};
	struct deliver deliver = {.link = "test",
		.generation = 1,
		.sequence = number,
		.received_ms = NOW_MS,
		.message = &message,
		.tlvs = &tlvs};
	char text[200], name[32];

	plain_name(number, name);
	snprintf(text, sizeof(text), "LAHIR#%s#%u#%u/8/24#L#%u#48#PKM#BIDAN#HIDUP", name,
		20 + number % 15, 1 + number % 14, 2500 + number);
	snprintf(message.source.digits, sizeof(message.source.digits), "6281200000%03u",
		2 + number % (PHONES - 4));
	(void)copy_string(message.destination.digits, sizeof(message.destination.digits), "2255");
	message.octets = (const unsigned char *)text;
	message.length = strlen(text);
	return item_new_message(&deliver, ALPHABET_GSM7);
}

/* A batch, and what the next one brings of it: the answer was taken, the ROK is proven. */
static struct item *plain_batch(struct worker *worker, uint32_t first, struct item *items)
{
	struct item *next = NULL, **tail = &items, **after = &next;
	struct outgoing *out;

	while (*tail)
		tail = &(*tail)->next;
	for (uint32_t i = 0; i < PLAIN_BATCH; i++, tail = &(*tail)->next)
		*tail = plain_item(first + i);
	assert_int_equal(worker_step(worker, items, &out), OK);
	for (const struct item *item = items; item; item = item->next) {
		if (item->kind != ITEM_MESSAGE)
			continue;
		assert_string_equal(item->outcome, "report");
		*after = item_new_proven("test", item->digest);
		after = &(*after)->next;
	}
	for (const struct outgoing *one = out; one; one = one->next) {
		char id[24];

		snprintf(id, sizeof(id), "%lld", (long long)one->id);
		*after = item_new_result("test", one->id, "sent", id, 0);
		after = &(*after)->next;
	}
	item_free_list(items);
	outgoing_free_list(out);
	return next;
}

static void test_a_plain_report_keeps_its_budget(void **state)
{
	struct store *store = store_new("kabar.db");
	struct worker *worker = worker_of(store);
	struct store_work before, after;
	double rows, pages, allocated;
	struct item *items;

	(void)state;
	items = plain_batch(worker, 0, NULL); /* warm */
	store_work(store, &before);
	allocations = 0;
	for (uint32_t i = 1; i <= PLAIN / PLAIN_BATCH; i++)
		items = plain_batch(worker, i * PLAIN_BATCH, items);
	allocated = (double)allocations / PLAIN;
	store_work(store, &after);
	rows = (double)(after.rows - before.rows) / PLAIN;
	pages = (double)(after.pages - before.pages) / PLAIN;
	print_message("a plain report: %.2f rows, %.2f pages, %.0f allocations\n", rows, pages,
		allocated);
	assert_true(rows <= ROWS_MOST);
	assert_true(pages <= PAGES_MOST);
	assert_true(allocated <= ALLOCATIONS_MOST);
	item_free_list(items);
	worker_free(worker);
	store_close(store);
	(void)unlink(in_directory("kabar.db"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_size_of_a_batch_changes_nothing),
		cmocka_unit_test(test_a_plain_report_keeps_its_budget)};

	return cmocka_run_group_tests(tests, setup, teardown);
}
