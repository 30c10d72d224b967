/* Places by code and by name, on the shipped list of areas. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/place/gazetteer.h"
#include "parsers/text/error.h"

static struct gazetteer *g;

static int load(void **state)
{
	char path[4096], line[256];
	FILE *file;

	(void)state;
	snprintf(path, sizeof(path), "%s/conf/areas/wilayah.csv",
		getenv("top_srcdir") ? getenv("top_srcdir") : ".");
	file = fopen(path, "r");
	assert_non_null(file);
	g = gazetteer_new();
	assert_non_null(fgets(line, sizeof(line), file)); /* the header */
	while (fgets(line, sizeof(line), file)) {
		char *rest = line, *code = strsep(&rest, ","), *parent = strsep(&rest, ","),
		     *level = strsep(&rest, ",");

		rest[strcspn(rest, "\r\n")] = '\0';
		assert_int_equal(gazetteer_add_area(g, code, parent, level, rest), OK);
	}
	fclose(file);
	assert_int_equal(
		gazetteer_add_puskesmas(g, "PKM-PANGGUL", "PANGGUL", "35.03.01.2001;35.03.01.2004"),
		OK);
	assert_int_equal(
		gazetteer_add_puskesmas(g, "PKM-URIP", "PUSKESMAS SUMBER URIP", "17.02.17"), OK);
	assert_int_equal(
		gazetteer_add_posyandu(g, "35.03.01.2004.001", "MELATI", "35.03.01.2004"), OK);
	assert_int_equal(
		gazetteer_add_posyandu(g, "35.03.01.2004.002", "Posyandu Anggrek", "35.03.01.2004"),
		OK);
	assert_int_equal(
		gazetteer_add_posyandu(g, "35.03.01.2004.006", "CEMPAKA 1", "35.03.01.2004"), OK);
	assert_int_equal(
		gazetteer_add_posyandu(g, "35.03.01.2004.007", "CEMPAKA II", "35.03.01.2004"), OK);
	assert_int_equal(
		gazetteer_add_posyandu(g, "35.03.01.2011.001", "MELATI", "35.03.01.2011"), OK);
	gazetteer_seal(g);
	return 0;
}

static int unload(void **state)
{
	(void)state;
	gazetteer_free(g);
	return 0;
}

static void test_codes(void **state)
{
	const struct area *desa = gazetteer_area(g, "35.03.01.2004");

	(void)state;
	assert_string_equal(desa->name, "Wonocoyo");
	assert_int_equal(desa->level, LEVEL_DESA);
	assert_string_equal(desa->parent->parent->folded, "trenggalek");
	assert_true(area_within(desa, gazetteer_area(g, "35")));
	assert_true(area_within(desa, desa));
	assert_false(area_within(gazetteer_area(g, "35.03"), desa));
	assert_int_equal(gazetteer_area(g, "35.03.01")->desa_count, 17);
	assert_int_equal(gazetteer_area(g, "35.03")->desa_count, 157);
	assert_int_equal(desa->desa_count, 1);
	assert_null(gazetteer_area(g, "35.99"));
	assert_string_equal(gazetteer_serving(g, desa)->id, "PKM-PANGGUL");
	assert_null(gazetteer_serving(g, gazetteer_area(g, "35.03.01.2011")));
	assert_string_equal(
		gazetteer_serving(g, gazetteer_area(g, "17.02.17.1003"))->id, "PKM-URIP");
}

static void test_walks_are_in_code_order(void **state)
{
	size_t i = 0;

	(void)state;
	for (; gazetteer_area_at(g, i + 1); i++)
		assert_true(strcmp(gazetteer_area_at(g, i)->code,
				    gazetteer_area_at(g, i + 1)->code) < 0);
	assert_int_equal(i + 1, 1175);
	assert_null(gazetteer_posyandu_at(g, 5));
	assert_non_null(gazetteer_puskesmas_at(g, 1));
}

static void test_bad_rows(void **state)
{
	struct gazetteer *bad = gazetteer_new();

	(void)state;
	assert_int_equal(gazetteer_add_area(bad, "35.03", "35", "kabupaten", "X"), ERR_NOT_FOUND);
	assert_int_equal(gazetteer_add_area(bad, "35", "", "provinsi", "Jawa Timur"), OK);
	assert_int_equal(gazetteer_add_area(bad, "35", "", "provinsi", "Jawa Timur"), ERR_EXISTS);
	assert_int_equal(gazetteer_add_area(bad, "3a", "", "provinsi", "X"), ERR_SYNTAX);
	assert_int_equal(gazetteer_add_area(bad, "36.01", "35", "kabupaten", "X"), ERR_SYNTAX);
	assert_int_equal(gazetteer_add_area(bad, "35.01", "35", "negara", "X"), ERR_SYNTAX);
	assert_int_equal(gazetteer_add_area(bad, "35.01", "35", "desa", "X"), ERR_SYNTAX);
	assert_int_equal(gazetteer_add_posyandu(bad, "1", "MELATI", "35.01"), ERR_NOT_FOUND);
	assert_int_equal(gazetteer_add_puskesmas(bad, "1", "X", "35;35.77"), ERR_NOT_FOUND);
	gazetteer_free(bad);
}

struct place_case {
	const char *name, *within;
	enum area_level level;
	int result;
	const char *code; /* of the first */
	size_t count;
};

static void test_areas_by_name(void **state)
{
	static const struct place_case cases[] = {
		{"trenggalek", NULL, LEVEL_ANY, OK, "35.03",
			1}, /* a kecamatan and a kelurahan too */
		{"kec trenggalek", NULL, LEVEL_ANY, OK, "35.03.11", 1},
		{"trenggalek", NULL, LEVEL_KECAMATAN, OK, "35.03.11", 1},
		{"panggul", "35.03", LEVEL_ANY, OK, "35.03.01", 1},
		{"ds panggul", "35.03", LEVEL_ANY, OK, "35.03.01.2008", 1},
		{"ds. nglebeng", "35.03.01", LEVEL_ANY, OK, "35.03.01.2011", 1},
		{"nglebeng", NULL, LEVEL_ANY, OK, "35.03.01.2011", 1},
		{"nglebang", "35.03", LEVEL_ANY, OK, "35.03.01.2011", 1},
		{"wono coyo", "35.03.01", LEVEL_ANY, OK, "35.03.01.2004", 1},
		{"wonocoyo", "35.03", LEVEL_ANY, ERR_AMBIGUOUS, NULL, 2},
		{"karanganyar", "35.03", LEVEL_ANY, ERR_AMBIGUOUS, "35.03.03.2008", 2},
		{"karang anyar", "35.03.10", LEVEL_ANY, OK, "35.03.10.2008", 1},
		{"karanganyar trenggalek", NULL, LEVEL_ANY, ERR_AMBIGUOUS, "35.03.03.2008", 2},
		{"desa karanganyar kec pule kab trenggalek", NULL, LEVEL_ANY, OK, "35.03.03.2008",
			1},
		{"serang", NULL, LEVEL_ANY, ERR_AMBIGUOUS, "36.04", 2},
		{"kab serang", NULL, LEVEL_ANY, OK, "36.04", 1},
		{"kota serang", NULL, LEVEL_ANY, OK, "36.73", 1},
		{"banten", NULL, LEVEL_ANY, OK, "36", 1},
		{"trengalek", NULL, LEVEL_ANY, OK, "35.03", 1},
		{"kota trenggalek", NULL, LEVEL_KABUPATEN, ERR_NOT_FOUND, NULL, 0},
		{"panggul", "35.03.01.2004", LEVEL_ANY, ERR_NOT_FOUND, NULL, 0},
		{"atlantis", NULL, LEVEL_ANY, ERR_NOT_FOUND, NULL, 0},
		{"", NULL, LEVEL_ANY, ERR_NOT_FOUND, NULL, 0},
		{"ds", NULL, LEVEL_ANY, ERR_NOT_FOUND, NULL, 0},
		{"35.03.01.2004", NULL, LEVEL_ANY, OK, "35.03.01.2004", 1},
		{"3503012004", NULL, LEVEL_ANY, OK, "35.03.01.2004", 1},
		{"35.03.99.2004", NULL, LEVEL_ANY, ERR_NOT_FOUND, NULL, 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct area_matches out;
		const struct area *within =
			cases[i].within ? gazetteer_area(g, cases[i].within) : NULL;
		int result = gazetteer_find_area(g, cases[i].name, within, cases[i].level, &out);

		if (result != cases[i].result || out.count != cases[i].count)
			fail_msg("%s: %d (%zu)", cases[i].name, result, out.count);
		if (cases[i].code)
			assert_string_equal(out.list[0]->code, cases[i].code);
	}
}

/* Every listed name, as it is written, finds at least itself inside its parent. */
static void test_every_name_finds_itself(void **state)
{
	const struct area *area;

	(void)state;
	for (size_t i = 0; (area = gazetteer_area_at(g, i)) != NULL; i++) {
		struct area_matches out;
		size_t k = 0;

		if (gazetteer_find_area(g, area->folded, area->parent, area->level, &out) ==
			ERR_NOT_FOUND)
			fail_msg("%s", area->folded);
		while (k < out.count && out.list[k] != area)
			k++;
		assert_true(k < out.count);
		assert_false(out.fuzzy);
	}
}

static void test_posyandu(void **state)
{
	static const struct place_case cases[] = {
		{"melati", "35.03.01.2004", LEVEL_ANY, OK, "35.03.01.2004.001", 1},
		{"melati", NULL, LEVEL_ANY, ERR_AMBIGUOUS, "35.03.01.2004.001", 2},
		{"posy melati", "35.03.01.2011", LEVEL_ANY, OK, "35.03.01.2011.001", 1},
		{"posyandu melatti", "35.03.01.2011", LEVEL_ANY, OK, "35.03.01.2011.001", 1},
		{"anggrek", "35.03.01", LEVEL_ANY, OK, "35.03.01.2004.002", 1},
		{"cempaka 1", "35.03.01", LEVEL_ANY, OK, "35.03.01.2004.006", 1},
		{"cempaka i", "35.03.01", LEVEL_ANY, OK, "35.03.01.2004.006", 1},
		{"cempaka01", "35.03.01", LEVEL_ANY, OK, "35.03.01.2004.006", 1},
		{"cempaka no 2", "35.03.01", LEVEL_ANY, OK, "35.03.01.2004.007", 1},
		{"cempka 2", "35.03.01", LEVEL_ANY, OK, "35.03.01.2004.007", 1},
		{"cempaka 3", "35.03.01", LEVEL_ANY, ERR_NOT_FOUND, NULL, 0},
		{"cempaka", "35.03.01", LEVEL_ANY, ERR_AMBIGUOUS, "35.03.01.2004.006", 2},
		{"mawar", NULL, LEVEL_ANY, ERR_NOT_FOUND, NULL, 0},
		{"35.03.01.2004.006", NULL, LEVEL_ANY, OK, "35.03.01.2004.006", 1},
		{"35.03.01.2004.006", "35.03.01.2011", LEVEL_ANY, ERR_NOT_FOUND, NULL, 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct posyandu_matches out;
		const struct area *within =
			cases[i].within ? gazetteer_area(g, cases[i].within) : NULL;
		int result = gazetteer_find_posyandu(g, cases[i].name, within, &out);

		if (result != cases[i].result || out.count != cases[i].count)
			fail_msg("%s: %d (%zu)", cases[i].name, result, out.count);
		if (cases[i].code)
			assert_string_equal(out.list[0]->id, cases[i].code);
	}
}

/* As many of one name as there is room for, one more, and many: the first ones are offered. */
static void test_many_of_one_name(void **state)
{
	static const size_t many[] = {PLACES_MAX - 1, PLACES_MAX, PLACES_MAX + 1, 3 * PLACES_MAX};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(many); i++) {
		struct gazetteer *own = gazetteer_new();
		struct posyandu_matches out;

		assert_int_equal(gazetteer_add_area(own, "35", "", "provinsi", "Jawa Timur"), OK);
		for (size_t k = 0; k < many[i]; k++) {
			char id[32];

			snprintf(id, sizeof(id), "P%03zu", k);
			assert_int_equal(gazetteer_add_posyandu(own, id, "MELATI", "35"), OK);
		}
		gazetteer_seal(own);
		assert_int_equal(
			gazetteer_find_posyandu(own, "melati", NULL, &out), ERR_AMBIGUOUS);
		assert_int_equal(out.count, many[i] < PLACES_MAX ? many[i] : PLACES_MAX);
		for (size_t k = 0; k < out.count; k++)
			assert_string_equal(out.list[k]->name, "MELATI");
		gazetteer_free(own);
	}
}

static void test_puskesmas(void **state)
{
	const struct puskesmas *out;

	(void)state;
	assert_int_equal(gazetteer_find_puskesmas(g, "pkm sumber urip", NULL, &out), OK);
	assert_string_equal(out->id, "PKM-URIP");
	assert_int_equal(gazetteer_find_puskesmas(g, "uptd puskesmas panggul", NULL, &out), OK);
	assert_string_equal(out->id, "PKM-PANGGUL");
	assert_int_equal(gazetteer_find_puskesmas(g, "pkm sumberurib", NULL, &out), OK);
	assert_int_equal(gazetteer_find_puskesmas(g, "pkm panggul", gazetteer_area(g, "17"), &out),
		ERR_NOT_FOUND);
	assert_null(out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_codes),
		cmocka_unit_test(test_walks_are_in_code_order),
		cmocka_unit_test(test_bad_rows),
		cmocka_unit_test(test_areas_by_name),
		cmocka_unit_test(test_every_name_finds_itself),
		cmocka_unit_test(test_posyandu),
		cmocka_unit_test(test_many_of_one_name),
		cmocka_unit_test(test_puskesmas),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
