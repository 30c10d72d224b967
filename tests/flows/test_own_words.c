/* We know what we said: every text of every language, its slots filled from generated reports, sent
 * back bare, quoted, cut at 160, in small letters, forwarded: no report, no alert, no answer. And
 * what a person adds is read; without the recogniser all of this goes wrong. */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "flows/reply/catalogue_widths.h"
#include "flows/reply/reply.h"
#include "parsers/form/form.h"
#include "tests/flows/own_district.h"

#define ROUNDS 4
#define FORMS  4

static struct reply_context reply(const char *language, struct sender *sender)
{
	*sender = (struct sender){
		.phone = KADER, .name = "SITI", .language = language, .role = ROLE_KADER};
	sender->areas[sender->narea++] = gazetteer_area(district.places, "35.03.01.2004");
	sender->posyandu = gazetteer_posyandu(district.places, "35.03.01.2004.001");
	return (struct reply_context){.catalogue = district.config->catalogue,
		.places = district.places,
		.reader = district.config->reader,
		.sender = sender,
		.arena = district.arena,
		.now = moment_local(DISTRICT_NOW, 420)};
}

static const char *echo_value(const struct reply_context *context)
{
	struct reading *reading = arena_alloc(district.arena, sizeof(*reading));
	const struct read_context read = {
		.places = district.places, .sender = context->sender, .now = context->now};

	reader_read(district.config->reader, district.flow.scratch, district.arena, &read,
		some_report(), reading);
	assert_true(reading->nreport > 0);
	return reply_echo(context, &reading->reports[0]);
}

static const char *ref_value(void)
{
	static const char letters[] = "LMPI";

	return arena_printf(district.arena, "%c2408-%04d", letters[any(4)], 1 + (int)any(9000));
}

static const char *word_value(const struct reply_context *context, const char *slot)
{
	static const struct {
		const char *slot, *keys[4];
	} words[] = {
		{"title", {"title.lahir", "title.aki", "title.akb", "title.lahir_mati"}},
		{"class",
			{"class.MATERNAL", "class.STILLBIRTH", "class.NEONATAL_EARLY",
				"class.CHILD"}},
		{"state",
			{"state.accepted", "state.incomplete", "state.cancelled",
				"state.verified"}},
		{"role", {"role.kader", "role.bidan", "role.puskesmas", "role.dinkes"}},
		{"note", {"note.bblr", "note.late", "note.young_mother", "note.unskilled_birth"}},
	};

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (!strcmp(words[i].slot, slot))
			return catalogue_word(district.config->catalogue, context->sender->language,
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
		{"changes",
			{"berat 3100 -> 3200", "jenis kelamin L -> P",
				"tanggal lahir 12/8/24 -> 13/8/24"}},
		{"code", {"482913", "771204", "190355"}},
		{"complete",
			{"84 dari 157 desa/kel lapor kematian, 120 lapor kelahiran",
				"3 dari 4 posyandu-bulan lapor", "belum ada posyandu terdaftar"}},
		{"count", {"12", "0", "1.204"}},
		{"fields",
			{"jenis kelamin, berat", "tempat lahir",
				"tanggal meninggal, masa hamil/nifas"}},
		{"hours", {"24", "12", "48"}},
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
		{"phones",
			{"Ratna 081200000001", "PKM 0355123456, Ratna 081200000001",
				"Hadi 081200000009"}},
		{"place", {"Nglebeng Panggul", "Nglebeng", "desa belum jelas"}},
		{"places",
			{"Panggul 12, Nglebeng 3, 15 lainnya 0",
				"Melati 30/45, Nglebeng 3/7, Cempaka 1 3/8",
				"Melati (Nglebeng) Jun, Cempaka 1 (Banjar). 12 lagi, ketik LAGI"}},
		{"posyandu", {"Melati", "Cempaka 1", "MELATI"}},
		{"question", {"KEMATIAN IBU KEC. PANGGUL 2024", "K6 JUL 24", "D/S DESA TERBIS"}},
		{"raw", {"32", "31/6", "Sukosono"}},
		{"reason", {"salah nama", "bayi masih hidup", "bukan warga"}},
		{"share", {"84 dari 157", "3 dari 4", "0 dari 1"}},
		{"text",
			{"tolong bu siti pendarahan", "bayi kejang di nglebeng",
				"ibu hamil pingsan cepat"}},
		{"time", {"09:00", "14:30", "7:05"}},
		{"what", {"tensi 170/115", "gizi buruk 5,9 kg 74 cm", "6 diare dalam 7 hr"}},
		{"value",
			{"S 75 K 75 D 63 N 50, D/S 63/75 (84%), N/D 50/63 (79,4%)",
				"8 (+2 belum dicek), lahir hidup 7.340: 109 (47-215)/100.000",
				"1 (+2 belum dicek), ibu 1 (+1), neonatal 0, bayi 0"}},
		{"who", {"kader Siti", "bidan Ratna", "warga +6281234567890"}},
		{"why", {"K 45 melebihi S 40.", "D 50 melebihi S 45.", "N 30 melebihi D 20."}},
		{"year", {"2024", "2023", "2022"}},
	};

	for (size_t i = 0; i < COUNT_OF(plain); i++)
		if (!strcmp(plain[i].slot, slot))
			return plain[i].values[any(3)];
	fail_msg("the slot {%s} has no values in plain_value()", slot);
	return NULL;
}

static const char *list_value(const struct reply_context *context, const char *message)
{
	if (!strncmp(message, "several", 7))
		return arena_printf(district.arena, "%s %s; %s %s", ref_value(),
			echo_value(context), ref_value(), echo_value(context));
	if (!strcmp(message, "help"))
		return "LAHIR, MATI, POS, ILP";
	if (!strcmp(message, "help_field"))
		return any(2) ? "RUMAH, POLINDES, PUSTU, PKM, RS" : "L = laki-laki; P = perempuan";
	if (!strcmp(message, "query_more"))
		return "Melati, Cempaka 1, Cempaka 2, Nglebeng. 12 lagi, ketik LAGI";
	if (!strcmp(message, "query_skdn") || !strcmp(message, "summary") ||
		!strcmp(message, "query_summary"))
		return any(2) ? "S 50, K 45, D 38, N 30, D/S 76%"
			      : "lahir 12, BBLR 1, lahir mati 1, meninggal: ibu 1, bayi 2";
	if (any(2))
		return arena_printf(district.arena, "1=%s, 2=%s", ref_value(), ref_value());
	return arena_printf(district.arena, "%s, %s", ref_value(), ref_value());
}

static const char *filled(const struct reply_context *context, enum message_id id);

/* A fragment that asks: the form's own, or one of the catalogue. */
static const char *some_question(const struct reply_context *context)
{
	size_t id = any(MESSAGE_COUNT);

	if (any(5) == 0)
		return "Jenis kelamin bayi? Balas L atau P.";
	while (strncmp(message_name((enum message_id)id), "ask_", 4) != 0)
		id = (id + 1) % MESSAGE_COUNT;
	return filled(context, (enum message_id)id);
}

/* What a fragment shows is of one field: its name, and a value that fits it. */
static const char *field_value(const struct reply_context *context, const char *slot)
{
	static const struct form_field *field;
	static const struct form *form;

	if (!strcmp(slot, "label")) {
		do {
			form = reader_form_at(context->reader, any(FORMS));
			field = &form->fields[any(form->nfield)];
		} while (!isalnum((unsigned char)*reply_field_example(context, form, field->name)));
		return reply_label(context, form, field->name);
	}
	return form && !strcmp(slot, "example") ? reply_field_example(context, form, field->name)
						: NULL;
}

static const char *value_of(
	const struct reply_context *context, const char *message, const char *slot)
{
	static const char *const forms[] = {"lahir", "mati", "pos", "ilp"};
	static size_t form;
	const char *word = word_value(context, slot);

	if (!word && !strncmp(message, "ask_", 4))
		word = field_value(context, slot);
	if (word)
		return word;
	if (!strcmp(slot, "ref") || !strcmp(slot, "birth"))
		return ref_value();
	if (!strcmp(slot, "echo"))
		return echo_value(context);
	if (!strcmp(slot, "example"))
		return reply_example(context, reader_form(district.config->reader, forms[form]));
	if (!strcmp(slot, "form")) /* the example behind it is of the same */
		return reader_form(district.config->reader, forms[form = any(COUNT_OF(forms))])
			->title;
	if (!strcmp(slot, "list"))
		return list_value(context, message);
	if (!strcmp(slot, "text") && strcmp(message, "inbox_reply") == 0)
		return "timbangan baru datang besok"; /* an officer's own words */
	if (!strcmp(slot, "reply"))
		return arena_printf(
			district.arena, "%s %s. Terima kasih.", ref_value(), echo_value(context));
	if (!strcmp(slot, "ask"))
		return some_question(context);
	return plain_value(slot);
}

#define SLOTS 8

/* The text as it goes out, at most an SMS long. */
static const char *filled(const struct reply_context *context, enum message_id id)
{
	const char *name[SLOTS + 1] = {NULL}, *value[SLOTS + 1] = {NULL};
	const char *at = catalogue_template(district.config->catalogue, 0, id);
	size_t count = 0;

	while ((at = strchr(at, '{')) != NULL) {
		size_t length = strcspn(at, "}") - 1;

		size_t known = 0;

		name[count] = arena_strndup(district.arena, at + 1, length);
		at += length;
		while (strcmp(name[known], name[count]) != 0)
			known++;
		if (known == count)
			value[count++] = value_of(context, message_name(id), name[known]);
		else
			name[count] = NULL;
		assert_true(count < SLOTS);
	}
	return message_text(district.config->catalogue, district.arena, context->sender->language,
		id, name[0], value[0], name[1], value[1], name[2], value[2], name[3], value[3],
		name[4], value[4], name[5], value[5], name[6], value[6], name[7], value[7], NULL);
}

/* One text in one way; from the bidan and from the kader in turn. */
static struct harm send_one(const char *language, enum message_id id, size_t n, bool tell)
{
	struct sender sender;
	struct reply_context context = reply(language, &sender);
	const char *text = filled(&context, id);
	struct harm harm = harm_of(n % 2 ? KADER : BIDAN, n, text);

	if (tell && (harm.reports > 0 || harm.alerts > 0))
		print_error("%s %s: %s\n", language, message_name(id), sent_back(n, text));
	arena_reset(district.arena);
	return harm;
}

/* "Kelahiran Agt 24 nihil" is a person's report as much as a piece of ours. */
static bool is_a_persons(const char *name)
{
	return !strcmp(name, "nihil_short");
}

static struct harm send_all(bool tell)
{
	const struct catalogue *catalogue = district.config->catalogue;
	struct harm sum = {0};

	for (size_t language = 0; language < catalogue_languages(catalogue); language++) {
		for (int id = 0; id < MESSAGE_COUNT; id++) {
			if (!catalogue_template(catalogue, language, (enum message_id)id) ||
				is_a_persons(message_name((enum message_id)id)))
				continue;
			for (size_t n = 0; n < ROUNDS * WAYS; n++)
				harm_add(&sum,
					send_one(catalogue_language(catalogue, language),
						(enum message_id)id, n, tell));
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
	const struct said *said = district.config->main.flow.said;
	struct harm harm;

	(void)state;
	district.config->main.flow.said = NULL;
	harm = send_all(false);
	district.config->main.flow.said = said;
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

	return cmocka_run_group_tests(tests, district_setup, district_teardown);
}
