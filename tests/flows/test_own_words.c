/* We know what we said: every text of every language, its slots filled from generated reports, sent
 * back bare, quoted, cut at 160, in small letters, forwarded: no report, no alert, no answer. And
 * what a person adds is read; without the recogniser all of this goes wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "flows/flow.h"
#include "flows/reply/catalogue_widths.h"
#include "flows/reply/reply.h"
#include "gateway/config/config_load.h"
#include "parsers/form/form.h"
#include "parsers/text/text.h"
#include "store/message/inbound.h"
#include "store/people/person.h"
#include "store/base/query.h"

#define BIDAN  "+6281200000001"
#define KADER  "+6281200000002"
#define DINKES "+6281200000009"
#define NOW    1723687200 /* 2024-08-15 09:00 WIB */
#define ROUNDS 4
#define VALUE  512

static char directory[] = "/tmp/kabar-own-XXXXXX";
static struct config *config;
static struct store *store;
static struct gazetteer *places;
static struct flow flow;
static unsigned long seed = 20240815;

static size_t any(size_t count)
{
	seed = seed * 6364136223846793005UL + 1442695040888963407UL;
	return (size_t)(seed >> 33) % count;
}

#define ONE(list) (list)[any(COUNT_OF(list))]

static char *in_directory(const char *name)
{
	static char path[64];

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	return path;
}

static void person_put(const char *phone, const char *name, const char *role, const char *area,
	const char *posyandu)
{
	const struct person person = {.phone = phone, .name = name, .role = role, .areas = area,
		.posyandu = posyandu};
	int changed;

	assert_int_equal(store_person_put(store, &person, &changed), OK);
}

static void places_put(void)
{
	static const char *const areas[][4] = {{"35", NULL, "provinsi", "Jawa Timur"},
		{"35.03", "35", "kabupaten", "Kabupaten Trenggalek"},
		{"35.03.01", "35.03", "kecamatan", "Panggul"},
		{"35.03.01.2004", "35.03.01", "desa", "Nglebeng"}};
	int changed;

	for (size_t i = 0; i < COUNT_OF(areas); i++)
		assert_int_equal(store_area_put(store, areas[i][0], areas[i][1], areas[i][2],
					 areas[i][3], &changed),
			OK);
	assert_int_equal(store_posyandu_put(store, "35.03.01.2004.001", "MELATI", "35.03.01.2004",
				 &changed),
		OK);
	person_put(BIDAN, "RATNA", "bidan", "35.03.01.2004", NULL);
	person_put(KADER, "SITI", "kader", "35.03.01.2004", "35.03.01.2004.001");
	person_put(DINKES, "HADI", "dinkes", "35.03", NULL);
	assert_int_equal(store_gazetteer_load(store, &places), OK);
}

static int setup(void **state)
{
	const char *top = getenv("top_srcdir");
	struct config_errors *errors = config_errors_new();
	struct store_options options = {.driver = "sqlite"};
	FILE *file;

	(void)state;
	assert_non_null(mkdtemp(directory));
	file = fopen(in_directory("kabar.conf"), "w");
	fprintf(file,
		"[gateway]\nforms = %s/conf/forms\nmessages = %s/conf/messages\nlexicon = "
		"%s/conf/lexicon\nmenus = %s/conf/menus\ndialects = %s/conf/dialects\n"
		"[limits]\nreplies_per_sender_per_day = 100000\nreplies_per_day = 1000000\n"
		"[smsc test]\nhost = localhost\nsystem_id = test\naddress = 2255\n",
		top, top, top, top, top);
	fclose(file);
	assert_int_equal(config_load(&config, in_directory("kabar.conf"), errors), OK);
	config_errors_free(errors);
	options.path = in_directory("kabar.db");
	assert_int_equal(store_open(&store, &options, NULL), OK);
	places_put();
	flow = (struct flow){.store = store, .reader = config->reader,
		.scratch = scratch_new(), .places = places, .menus = config->menus,
		.catalogue = config->catalogue, .settings = &config->main.flow,
		.arena = arena_new(), .now = NOW};
	return 0;
}

static int teardown(void **state)
{
	static const char *const files[] = {
		"kabar.conf", "kabar.db", "kabar.db-wal", "kabar.db-shm"};

	(void)state;
	scratch_free(flow.scratch);
	arena_free(flow.arena);
	gazetteer_free(places);
	store_close(store);
	config_unref(config);
	for (size_t i = 0; i < COUNT_OF(files); i++)
		(void)unlink(in_directory(files[i]));
	return rmdir(directory);
}

static int64_t number(const char *sql)
{
	int64_t value;

	assert_int_equal(query_int(store, sql, NULL, 0, &value), OK);
	return value;
}

/* Generated reports */

static const char *const names[] = {"SITI AMINAH", "RATNA", "SRI WAHYUNI", "SARMI", "DEWI"};
static const char *const helpers[] = {"BIDAN", "DOKTER", "DUKUN"};
static const char *const sites[] = {"PKM", "RS", "RUMAH", "POLINDES"};

static const char *some_report(void)
{
	int day = 1 + (int)any(14), n = 20 + (int)any(40);

	switch (any(4)) {
	case 0:
		return arena_printf(flow.arena, "LAHIR#%s#%d#%d/8/24#%s#%d#49#%s#%s#HIDUP",
			ONE(names), 18 + (int)any(25), day, any(2) ? "L" : "P",
			2200 + (int)any(1800), ONE(sites), ONE(helpers));
	case 1:
		return arena_printf(flow.arena, "MATI IBU#%s#%d#%d/8/24#NIFAS#%s#PERDARAHAN",
			ONE(names), 18 + (int)any(25), day, ONE(sites));
	case 2:
		return arena_printf(flow.arena, "POS#MELATI#%d#%d#%d#%d", n, n, n - 5, n - 9);
	default:
		return arena_printf(flow.arena, "ILP#MELATI#%d#2#5#%d#3#9#20#7", (int)any(9), n);
	}
}

static struct reply_context reply(const char *language, struct sender *sender)
{
	*sender = (struct sender){.phone = KADER, .name = "SITI", .language = language,
		.role = ROLE_KADER};
	sender->areas[sender->narea++] = gazetteer_area(places, "35.03.01.2004");
	sender->posyandu = gazetteer_posyandu(places, "35.03.01.2004.001");
	return (struct reply_context){.catalogue = config->catalogue, .places = places,
		.reader = config->reader, .sender = sender, .arena = flow.arena,
		.now = moment_local(NOW, 420)};
}

static const char *echo_value(const struct reply_context *context)
{
	struct reading *reading = arena_alloc(flow.arena, sizeof(*reading));
	const struct read_context read = {
		.places = places, .sender = context->sender, .now = context->now};

	reader_read(config->reader, flow.scratch, flow.arena, &read, some_report(), reading);
	assert_true(reading->nreport > 0);
	return reply_echo(context, &reading->reports[0]);
}

static const char *ref_value(void)
{
	static const char letters[] = "LMPI";

	return arena_printf(
		flow.arena, "%c2408-%04d", letters[any(4)], 1 + (int)any(9000));
}

static const char *word_value(const struct reply_context *context, const char *slot)
{
	static const struct {
		const char *slot, *keys[4];
	} words[] = {
		{"title", {"title.lahir", "title.aki", "title.akb", "title.lahir_mati"}},
		{"class", {"class.MATERNAL", "class.STILLBIRTH", "class.NEONATAL_EARLY",
			"class.CHILD"}},
		{"state", {"state.accepted", "state.incomplete", "state.cancelled",
			"state.verified"}},
		{"role", {"role.kader", "role.bidan", "role.puskesmas", "role.dinkes"}},
		{"note", {"note.bblr", "note.late", "note.young_mother", "note.unskilled_birth"}},
	};

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (!strcmp(words[i].slot, slot))
			return catalogue_word(config->catalogue, context->sender->language,
				words[i].keys[any(4)]);
	return NULL;
}

static const char *plain_value(const char *slot)
{
	static const struct {
		const char *slot, *values[3];
	} plain[] = {
		{"age", {"34 th", "11 bln 29 hr", "3 hr"}},
		{"area", {"Panggul", "Nglebeng", "Kab. Trenggalek"}},
		{"births", {"157", "1.204", "12"}},
		{"changes", {"berat 3100 -> 3200",
			"jenis kelamin L -> P",
			"tanggal lahir 12/8/24 -> 13/8/24"}},
		{"code", {"482913", "771204", "190355"}},
		{"complete", {"84 dari 157 desa/kel lapor",
			"3 dari 4 desa/kel lapor",
			"0 dari 1 desa/kel lapor"}},
		{"count", {"12", "0", "1.204"}},
		{"fields", {"jenis kelamin, berat",
			"tempat lahir",
			"tanggal meninggal, masa hamil/nifas"}},
		{"initials", {"S.A.", "R.", "W"}},
		{"label", {"berat", "jenis kelamin", "nama posyandu"}},
		{"month", {"Agt 24", "Jul 24", "Jan 24"}},
		{"name", {"Siti", "Bu Ratna", "SARMI"}},
		{"new", {"S50 K45 D38 N30", "3200", "Siti, L 3200g"}},
		{"offer", {"3200", "3100 g", "14/8/24"}},
		{"old", {"40", "Jul 24", "3000"}},
		{"options", {"1=Cempaka 1, 2=Cempaka 2", "1=hamil, 2=nifas", "1=14/8, 2=8/14"}},
		{"period", {"Agt 24", "2024", "Jan-Jun 24"}},
		{"phone", {"081234567890", "+6281234567890", "085700000001"}},
		{"phones", {"Ratna 081200000001",
			"PKM 0355123456, Ratna 081200000001",
			"Hadi 081200000009"}},
		{"place", {"Nglebeng Panggul", "Nglebeng", "desa belum jelas"}},
		{"posyandu", {"Melati", "Cempaka 1", "MELATI"}},
		{"rate", {"109/100.000", "5,99%", "109 (47-215)"}},
		{"raw", {"32", "31/6", "Sukosono"}},
		{"reason", {"salah nama", "bayi masih hidup", "bukan warga"}},
		{"share", {"84 dari 157", "3 dari 4", "0 dari 1"}},
		{"text", {"tolong bu siti pendarahan",
			"bayi kejang di nglebeng",
			"ibu hamil pingsan cepat"}},
		{"who", {"kader Siti", "bidan Ratna", "warga +6281234567890"}},
		{"why", {"K 45 melebihi S 40.", "D 50 melebihi S 45.", "N 30 melebihi D 20."}},
	};

	for (size_t i = 0; i < COUNT_OF(plain); i++)
		if (!strcmp(plain[i].slot, slot))
			return plain[i].values[any(3)];
	return "7"; /* a slot that came later: some number or name */
}

static const char *list_value(const struct reply_context *context, const char *message)
{
	if (!strncmp(message, "several", 7))
		return arena_printf(flow.arena, "%s %s; %s %s", ref_value(), echo_value(context),
			ref_value(), echo_value(context));
	if (!strcmp(message, "help"))
		return "LAHIR, MATI, POS, ILP";
	if (!strcmp(message, "help_field"))
		return any(2) ? "RUMAH, POLINDES, PUSTU, PKM, RS" : "L = laki-laki; P = perempuan";
	if (!strcmp(message, "query_gaps") || !strcmp(message, "query_more"))
		return "Melati, Cempaka 1, Cempaka 2, Nglebeng; 12 lagi, ketik LAGI";
	if (!strcmp(message, "query_skdn") || !strcmp(message, "summary") ||
		!strcmp(message, "query_summary"))
		return any(2) ? "S 50, K 45, D 38, N 30, D/S 76%"
			      : "lahir 12, BBLR 1, lahir mati 1, meninggal: ibu 1, bayi 2";
	if (any(2))
		return arena_printf(flow.arena, "1=%s, 2=%s", ref_value(), ref_value());
	return arena_printf(flow.arena, "%s, %s", ref_value(), ref_value());
}

static const char *value_of(
	const struct reply_context *context, const char *message, const char *slot)
{
	static const char *const forms[] = {"lahir", "mati", "pos", "ilp"};
	static size_t form;
	const char *word = word_value(context, slot);

	if (word)
		return word;
	if (!strcmp(slot, "ref"))
		return ref_value();
	if (!strcmp(slot, "echo"))
		return echo_value(context);
	if (!strcmp(slot, "example"))
		return reply_example(context, reader_form(config->reader, forms[form]));
	if (!strcmp(slot, "form")) /* the example behind it is of the same */
		return reader_form(config->reader, forms[form = any(COUNT_OF(forms))])->title;
	if (!strcmp(slot, "list"))
		return list_value(context, message);
	if (!strcmp(slot, "text") && strcmp(message, "inbox_reply") == 0)
		return "timbangan baru datang besok"; /* an officer's own words */
	if (!strcmp(slot, "reply"))
		return arena_printf(flow.arena, "%s %s. Terima kasih.", ref_value(),
			echo_value(context));
	if (!strcmp(slot, "ask"))
		return "Jenis kelamin bayi? Balas L atau P.";
	return plain_value(slot);
}

#define SLOTS 8

/* The text as it goes out, at most an SMS long. */
static const char *filled(const struct reply_context *context, enum message_id id)
{
	const char *name[SLOTS + 1] = {NULL}, *value[SLOTS + 1] = {NULL};
	const char *at = catalogue_template(config->catalogue, 0, id);
	size_t count = 0;

	while ((at = strchr(at, '{')) != NULL) {
		size_t length = strcspn(at, "}") - 1;

		size_t known = 0;

		name[count] = arena_strndup(flow.arena, at + 1, length);
		at += length;
		while (strcmp(name[known], name[count]) != 0)
			known++;
		if (known == count)
			value[count++] = value_of(context, message_name(id), name[known]);
		else
			name[count] = NULL;
		assert_true(count < SLOTS);
	}
	return message_text(config->catalogue, flow.arena, context->sender->language, id,
		name[0], value[0], name[1], value[1], name[2], value[2], name[3], value[3],
		name[4], value[4], name[5], value[5], name[6], value[6], name[7], value[7], NULL);
}

/* Sending back */

static const char *as(size_t way, const char *text)
{
	char *lower;

	switch (way) {
	case 0:
		return text;
	case 1:
		return arena_printf(flow.arena, "\u201c%s\u201d", text);
	case 2:
		return arena_strndup(flow.arena, arena_printf(flow.arena, "Fwd: %s", text), 160);
	case 3:
		lower = arena_strdup(flow.arena, text);
		for (char *p = lower; *p; p++)
			*p = (char)(*p >= 'A' && *p <= 'Z' ? *p + 32 : *p);
		return lower;
	default:
		return arena_printf(flow.arena, "Fwd: %s", text);
	}
}

static void send_from(const char *phone, const char *text)
{
	struct inbound inbound = {.channel = "sms", .link = "test", .source = phone,
		.destination = "2255", .octets = (const unsigned char *)text,
		.length = strlen(text), .received = NOW, .text = text, .state = "received"};
	struct flow_message handled = {.link = "test", .from = phone, .to = "2255", .text = text};

	assert_int_equal(store_inbound_put(store, &inbound, &handled.inbound), OK);
	assert_int_equal(flow_handle(&flow, &handled), OK);
}

struct harm {
	int64_t reports, alerts, answers;
};

static struct harm harm_now(void)
{
	return (struct harm){number("SELECT count(*) FROM reports"),
		number("SELECT count(*) FROM outbox WHERE kind = 'alert'"),
		number("SELECT count(*) FROM outbox WHERE kind = 'reply'")};
}

/* Fragments that only stand inside other messages. */
static bool is_fragment(const char *name)
{
	return !strcmp(name, "nihil_short") || !strncmp(name, "ask_", 4);
}

static struct harm send_all(bool tell)
{
	struct harm sum = {0};

	for (size_t language = 0; language < catalogue_languages(config->catalogue); language++) {
		const char *code = catalogue_language(config->catalogue, language);

		for (int id = 0; id < MESSAGE_COUNT; id++) {
			const char *name = message_name((enum message_id)id);
			const char *text = catalogue_template(
				config->catalogue, language, (enum message_id)id);

			for (size_t n = 0; text && !is_fragment(name) && n < ROUNDS * 5; n++) {
				struct sender sender;
				struct reply_context context = reply(code, &sender);
				const char *sent = as(n % 5, filled(&context, (enum message_id)id));
				struct harm before, after;

				assert_int_equal(store_batch_begin(store), OK);
				before = harm_now();
				send_from(n % 2 ? KADER : BIDAN, sent);
				after = harm_now();
				store_batch_rollback(store);
				if (tell && (after.reports > before.reports ||
						    after.alerts > before.alerts))
					print_error("%s %s: %s\n", code, name, sent);
				sum.reports += after.reports - before.reports;
				sum.alerts += after.alerts - before.alerts;
				sum.answers += after.answers - before.answers;
				arena_reset(flow.arena);
			}
		}
	}
	return sum;
}

static void our_texts_are_known(void **state)
{
	struct harm harm = send_all(true);

	(void)state;
	print_message("# reports %lld alerts %lld answers %lld\n", (long long)harm.reports,
		(long long)harm.alerts, (long long)harm.answers);
	assert_int_equal(harm.reports, 0);
	assert_int_equal(harm.alerts, 0);
}

/* The negative control: the same without knowing our texts. */
static void without_knowing_them_they_do_harm(void **state)
{
	const struct said *said = config->main.flow.said;
	struct harm harm;

	(void)state;
	config->main.flow.said = NULL;
	harm = send_all(false);
	config->main.flow.said = said;
	print_message("# reports %lld alerts %lld answers %lld\n", (long long)harm.reports,
		(long long)harm.alerts, (long long)harm.answers);
	assert_true(harm.reports > 100);
	assert_true(harm.alerts > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(our_texts_are_known),
		cmocka_unit_test(without_knowing_them_they_do_harm),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
