/* A small district: see own_district.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "parsers/text/text.h"
#include "store/message/inbound.h"
#include "store/people/person.h"
#include "store/statement/query.h"
#include "tests/flows/own_district.h"

struct district district;

static char directory[] = "/tmp/kabar-own-XXXXXX";
static unsigned long seed = 20240815;

size_t any(size_t count)
{
	seed = seed * 6364136223846793005UL + 1442695040888963407UL;
	return (size_t)(seed >> 33) % count;
}

static char *in_directory(const char *name)
{
	static char path[64];

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	return path;
}

void person_put(const char *phone, const char *name, const char *role, const char *area,
	const char *posyandu, const char *language)
{
	const struct person person = {.phone = phone,
		.name = name,
		.role = role,
		.areas = area,
		.posyandu = posyandu,
		.language = language};
	int changed;

	assert_int_equal(store_person_put(district.store, &person, &changed), OK);
}

static void places_put(void)
{
	static const char *const areas[][4] = {{"35", NULL, "provinsi", "Jawa Timur"},
		{"35.03", "35", "kabupaten", "Kabupaten Trenggalek"},
		{"35.03.01", "35.03", "kecamatan", "Panggul"},
		{"35.03.01.2004", "35.03.01", "desa", "Nglebeng"},
		{"35.03.01.2005", "35.03.01", "desa", "Banjar"},
		{"35.03.02", "35.03", "kecamatan", "Munjungan"},
		{"35.03.02.2001", "35.03.02", "desa", "Tawing"}};
	static const char *const posyandu[][3] = {{"35.03.01.2004.001", "MELATI", "35.03.01.2004"},
		{"35.03.01.2005.001", "CEMPAKA 1", "35.03.01.2005"},
		{"35.03.01.2005.002", "CEMPAKA 2", "35.03.01.2005"},
		{"35.03.02.2001.001", "MAWAR", "35.03.02.2001"}};
	int changed;

	for (size_t i = 0; i < COUNT_OF(areas); i++)
		assert_int_equal(store_area_put(district.store, areas[i][0], areas[i][1],
					 areas[i][2], areas[i][3], &changed),
			OK);
	for (size_t i = 0; i < COUNT_OF(posyandu); i++)
		assert_int_equal(store_posyandu_put(district.store, posyandu[i][0], posyandu[i][1],
					 posyandu[i][2], &changed),
			OK);
	person_put(BIDAN, "RATNA", "bidan", "35.03.01.2004", NULL, NULL);
	person_put(KADER, "SITI", "kader", "35.03.01.2004", "35.03.01.2004.001", NULL);
	person_put(DINKES, "HADI", "dinkes", "35.03", NULL, NULL);
	assert_int_equal(store_gazetteer_load(district.store, &district.places), OK);
}

static void config_write(void)
{
	const char *top = getenv("top_srcdir");
	FILE *file = fopen(in_directory("kabar.conf"), "w");

	assert_non_null(file);
	fprintf(file,
		"[gateway]\nforms = %s/conf/forms\nmessages = %s/conf/messages\nlexicon = "
		"%s/conf/lexicon\nmenus = %s/conf/menus\ndialects = %s/conf/dialects\n"
		"[limits]\nreplies_per_sender_per_day = 100000\nreplies_per_day = 1000000\n"
		"[smsc test]\nhost = localhost\nsystem_id = test\naddress = 2255\n",
		top, top, top, top, top);
	fclose(file);
}

int district_setup(void **state)
{
	struct config_errors *errors = config_errors_new();
	struct store_options options = {.driver = "sqlite"};
	struct config *config;

	(void)state;
	assert_non_null(mkdtemp(directory));
	config_write();
	assert_int_equal(config_load(&config, in_directory("kabar.conf"), errors), OK);
	config_errors_free(errors);
	options.path = in_directory("kabar.db");
	assert_int_equal(store_open(&district.store, &options, NULL), OK);
	places_put();
	district.config = config;
	district.arena = arena_new();
	district.flow = (struct flow){.store = district.store,
		.reader = config->reader,
		.scratch = scratch_new(),
		.places = district.places,
		.menus = config->menus,
		.catalogue = config->catalogue,
		.settings = &config->main.flow,
		.arena = district.arena,
		.now = DISTRICT_NOW};
	return 0;
}

int district_teardown(void **state)
{
	static const char *const files[] = {
		"kabar.conf", "kabar.db", "kabar.db-wal", "kabar.db-shm"};

	(void)state;
	scratch_free(district.flow.scratch);
	arena_free(district.arena);
	gazetteer_free(district.places);
	store_close(district.store);
	config_unref(district.config);
	for (size_t i = 0; i < COUNT_OF(files); i++)
		(void)unlink(in_directory(files[i]));
	return rmdir(directory);
}

const char *some_report(void)
{
	static const char *const names[] = {"SITI AMINAH", "RATNA", "SRI WAHYUNI", "SARMI", "DEWI"};
	static const char *const helpers[] = {"BIDAN", "DOKTER", "DUKUN"};
	static const char *const sites[] = {"PKM", "RS", "RUMAH", "POLINDES"};
	struct arena *arena = district.arena;
	int day = 1 + (int)any(14), n = 20 + (int)any(40);

	switch (any(4)) {
	case 0:
		return arena_printf(arena, "LAHIR#%s#%d#%d/8/24#%s#%d#49#%s#%s#HIDUP", ONE(names),
			18 + (int)any(25), day, any(2) ? "L" : "P", 2200 + (int)any(1800),
			ONE(sites), ONE(helpers));
	case 1:
		return arena_printf(arena, "MATI IBU#%s#%d#%d/8/24#NIFAS#%s#PERDARAHAN", ONE(names),
			18 + (int)any(25), day, ONE(sites));
	case 2: return arena_printf(arena, "POS#MELATI#%d#%d#%d#%d", n, n, n - 5, n - 9);
	default: return arena_printf(arena, "ILP#MELATI#%d#2#5#%d#3#9#20#7", (int)any(9), n);
	}
}

void send_from(const char *phone, const char *text)
{
	struct inbound inbound = {.channel = "sms",
		.link = "test",
		.source = phone,
		.destination = "2255",
		.octets = (const unsigned char *)text,
		.length = strlen(text),
		.received = DISTRICT_NOW,
		.text = text,
		.state = "received"};
	struct flow_message handled = {.link = "test", .from = phone, .to = "2255", .text = text};

	assert_int_equal(store_inbound_put(district.store, &inbound, &handled.inbound), OK);
	assert_int_equal(flow_handle(&district.flow, &handled), OK);
}

const char *sent_back(size_t way, const char *text)
{
	struct arena *arena = district.arena;
	char *lower;

	switch (way % WAYS) {
	case 0: return text;
	case 1: return arena_printf(arena, "\u201c%s\u201d", text);
	case 2: return arena_strndup(arena, arena_printf(arena, "Fwd: %s", text), 160);
	case 3:
		lower = arena_strdup(arena, text);
		for (char *p = lower; *p; p++)
			*p = (char)(*p >= 'A' && *p <= 'Z' ? *p + 32 : *p);
		return lower;
	default: return arena_printf(arena, "Fwd: %s", text);
	}
}

static int64_t number(const char *sql)
{
	int64_t value;

	assert_int_equal(query_int(district.store, sql, NULL, 0, &value), OK);
	return value;
}

static struct harm harm_now(void)
{
	return (struct harm){number("SELECT count(*) FROM reports"),
		number("SELECT count(*) FROM outbox WHERE kind = 'alert'"),
		number("SELECT count(*) FROM outbox WHERE kind = 'reply'")};
}

struct harm harm_of(const char *phone, size_t way, const char *text)
{
	struct harm before, after;

	assert_int_equal(store_batch_begin(district.store), OK);
	before = harm_now();
	send_from(phone, sent_back(way, text));
	after = harm_now();
	store_batch_rollback(district.store);
	return (struct harm){after.reports - before.reports, after.alerts - before.alerts,
		after.answers - before.answers};
}

void harm_add(struct harm *sum, struct harm one)
{
	sum->reports += one.reports;
	sum->alerts += one.alerts;
	sum->answers += one.answers;
}
