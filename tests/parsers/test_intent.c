/* Texts that are no reports: each with the intent and what was read of it. The texts are in
 * intent_texts.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gateway/form/config_form.h"
#include "gateway/data/config_lexicon.h"
#include "parsers/form/form.h"
#include "parsers/intent/intent.h"
#include "parsers/text/error.h"
#include "parsers/text/text.h"
#include "tests/parsers/intent_texts.h"
#include "parsers/reader.h"

static struct gazetteer *places;
static struct lexicon *lexicon;
static struct form *forms[FORMS_MAX];
static size_t nform;
static struct reader *reader;
static struct scratch *scratch;
static struct arena *arena;
static struct sender senders[WHO_COUNT];

static void load_areas(const char *top)
{
	char path[4096], line[256];
	FILE *file;

	snprintf(path, sizeof(path), "%s/conf/areas/wilayah.csv", top);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_non_null(fgets(line, sizeof(line), file));
	while (fgets(line, sizeof(line), file)) {
		char *rest = line, *code = strsep(&rest, ","), *parent = strsep(&rest, ","),
		     *level = strsep(&rest, ",");

		rest[strcspn(rest, "\r\n")] = '\0';
		assert_int_equal(gazetteer_add_area(places, code, parent, level, rest), OK);
	}
	fclose(file);
}

static void load_places(const char *top)
{
	static const char *const posyandu[][3] = {
		{"35.03.01.2004.001", "MELATI", "35.03.01.2004"},
		{"35.03.01.2004.002", "MAWAR", "35.03.01.2004"},
		{"35.03.01.2004.006", "CEMPAKA 1", "35.03.01.2004"},
		{"35.03.01.2004.007", "CEMPAKA 2", "35.03.01.2004"},
		{"35.03.01.2011.001", "MELATI", "35.03.01.2011"},
		{"35.03.01.2011.002", "SERUNI", "35.03.01.2011"},
	};

	places = gazetteer_new();
	load_areas(top);
	assert_int_equal(gazetteer_add_puskesmas(
				 places, "PKM-PANGGUL", "PANGGUL", "35.03.01.2004;35.03.01.2008"),
		OK);
	assert_int_equal(gazetteer_add_puskesmas(
				 places, "PKM-BODAG", "BODAG", "35.03.01.2009;35.03.01.2010"),
		OK);
	for (size_t i = 0; i < COUNT_OF(posyandu); i++)
		assert_int_equal(gazetteer_add_posyandu(
					 places, posyandu[i][0], posyandu[i][1], posyandu[i][2]),
			OK);
	gazetteer_seal(places);
}

static void load_sender(
	enum who who, const char *phone, enum role role, const char *area, const char *second)
{
	struct sender *sender = &senders[who];

	*sender = (struct sender){
		.phone = phone, .name = role ? "X" : NULL, .language = "id", .role = role};
	if (area)
		sender->areas[sender->narea++] = gazetteer_area(places, area);
	if (second)
		sender->areas[sender->narea++] = gazetteer_area(places, second);
}

static int load(void **state)
{
	const char *top = getenv("top_srcdir") ? getenv("top_srcdir") : ".";
	struct config_errors *errors = config_errors_new();
	char path[4096];

	(void)state;
	load_places(top);
	lexicon = lexicon_new();
	snprintf(path, sizeof(path), "%s/conf/lexicon", top);
	if (config_lexicon_read(lexicon, path, errors) != OK)
		config_errors_print(errors, stderr);
	snprintf(path, sizeof(path), "%s/conf/forms", top);
	if (config_forms_read(forms, &nform, path, errors) != OK)
		config_errors_print(errors, stderr);
	assert_int_equal(config_errors_count(errors), 0);
	config_errors_free(errors);
	reader = reader_new((const struct form *const *)forms, nform, lexicon);
	scratch = scratch_new();
	arena = arena_new();
	load_sender(KADER, "+6281200000001", ROLE_KADER, "35.03.01.2004", NULL);
	load_sender(BIDAN, "+6281200000003", ROLE_BIDAN, "35.03.01.2004", NULL);
	load_sender(TWO, "+6281200000004", ROLE_BIDAN, "35.03.01.2004", "35.03.01.2011");
	load_sender(KECAMATAN, "+6281200000010", ROLE_PUSKESMAS, "35.03.01", NULL);
	load_sender(PUSKESMAS, "+6281200000011", ROLE_PUSKESMAS, NULL, NULL);
	senders[PUSKESMAS].puskesmas = gazetteer_puskesmas(places, "PKM-PANGGUL");
	load_sender(DINKES, "+6281200000020", ROLE_DINKES, "35.03", NULL);
	load_sender(BANTEN, "+6281200000023", ROLE_PROVINSI, "36", NULL);
	load_sender(STRANGER, "+6281299990000", ROLE_NONE, NULL, NULL);
	load_sender(SERVICE, "363", ROLE_NONE, NULL, NULL);
	load_sender(BRAND, "TELKOMSEL", ROLE_NONE, NULL, NULL);
	return 0;
}

static int unload(void **state)
{
	(void)state;
	arena_free(arena);
	scratch_free(scratch);
	reader_free(reader);
	config_forms_free(forms, nform);
	lexicon_free(lexicon);
	gazetteer_free(places);
	return 0;
}

static bool read_text(enum who who, const char *text, enum intent_stage stage, struct reading *out)
{
	struct read_context context = {
		.places = places, .sender = &senders[who], .now = {{2024, 8, 15}, 10, 0}};
	struct intent_call call = {
		reader, lexicon, scratch, arena, &context, text_fold(arena, text), NULL};

	*out = (struct reading){.training = false};
	return intent_read(&call, stage, out);
}

static void put(struct strbuf *text, const char *name, const char *value)
{
	if (value)
		strbuf_printf(text, " %s=%s", name, value);
}

/* What was read, on one line. */
static const char *summary(const struct reading *reading)
{
	struct strbuf text = {0};
	char *copy;

	strbuf_puts(&text, intent_name(reading->intent));
	put(&text, "ref", reading->ref);
	put(&text, "command", reading->command);
	put(&text, "argument", reading->argument);
	put(&text, "topic", reading->topic);
	for (size_t i = 0; i < reading->nchange; i++)
		put(&text, reading->changes[i].field, reading->changes[i].text);
	put(&text, "indicator", reading->query.indicator);
	put(&text, "area", reading->query.area);
	put(&text, "period", reading->query.period);
	put(&text, "by", reading->query.by);
	put(&text, "role", reading->registration.role);
	put(&text, "name", reading->registration.name);
	put(&text, "area", reading->registration.area);
	put(&text, "posyandu", reading->registration.posyandu);
	put(&text, "place", reading->place ? reading->place->code : NULL);
	for (size_t i = 0; i < reading->nproblem; i++)
		strbuf_printf(&text, " !%s:%s", reading->problems[i].field,
			problem_name(reading->problems[i].code));
	copy = arena_strdup(arena, text.text);
	strbuf_free(&text);
	return copy;
}

static void test_texts(void **state)
{
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < first_count; i++) {
		struct reading reading;
		const char *got = "-";

		if (read_text(first_texts[i].who, first_texts[i].text, INTENT_FIRST, &reading))
			got = summary(&reading);
		if (strcmp(got, first_texts[i].expect) != 0) {
			print_error("%s\n\texpected %s\n\tgot      %s\n", first_texts[i].text,
				first_texts[i].expect, got);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

static void test_what_no_form_claims(void **state)
{
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < last_count; i++) {
		struct reading reading;
		bool first =
			read_text(last_texts[i].who, last_texts[i].text, INTENT_FIRST, &reading);
		const char *got;

		if (!first)
			assert_true(read_text(
				last_texts[i].who, last_texts[i].text, INTENT_LAST, &reading));
		got = summary(&reading);
		if (strcmp(got, last_texts[i].expect) != 0) {
			print_error("%s\n\texpected %s\n\tgot      %s\n", last_texts[i].text,
				last_texts[i].expect, got);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

static void test_options_of_an_ambiguous_place(void **state)
{
	struct reading reading;

	(void)state;
	assert_true(read_text(DINKES, "JML LAHIR WONOCOYO", INTENT_FIRST, &reading));
	assert_int_equal(reading.nproblem, 1);
	assert_int_equal(reading.problems[0].noption, 2);
	assert_string_equal(reading.problems[0].options[0].value, "35.03.01.2004");
	assert_string_equal(reading.problems[0].options[0].label, "Wonocoyo (Panggul)");
}

static void test_long_texts_end(void **state)
{
	struct strbuf text = {0};
	struct reading reading;

	(void)state;
	for (int i = 0; i < 600; i++)
		strbuf_puts(&text, "jml di ");
	(void)read_text(DINKES, text.text, INTENT_FIRST, &reading);
	assert_true(read_text(DINKES, text.text, INTENT_LAST, &reading));
	strbuf_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_what_no_form_claims),
		cmocka_unit_test(test_options_of_an_ambiguous_place),
		cmocka_unit_test(test_long_texts_end),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
