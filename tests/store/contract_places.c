/* The contract of places as a gazetteer: what is active and hangs together, nothing else. */
#include <stdlib.h>

#include "store/people/account.h"
#include "store/people/person.h"
#include "tests/store/contract.h"

static void put_area(struct world *world, const char *code, const char *parent, const char *level)
{
	int changed;

	ok(store_area_put(world->store, code, parent, level, level, &changed));
}

static struct gazetteer *load(struct world *world)
{
	struct gazetteer *gazetteer;

	ok(store_gazetteer_load(world->store, &gazetteer));
	assert_non_null(gazetteer);
	return gazetteer;
}

void test_gazetteer_holds_what_is_active(void **state)
{
	struct world *world = *state;
	struct gazetteer *gazetteer;
	int changed;

	put_area(world, "35", "", "provinsi");
	put_area(world, "35.03", "35", "kabupaten");
	put_area(world, "35.03.01", "35.03", "kecamatan");
	put_area(world, "35.03.01.2001", "35.03.01", "desa");
	put_area(world, "35.03.02", "35.03", "kecamatan");
	put_area(world, "35.03.02.2001", "35.03.02", "desa");
	ok(store_posyandu_put(world->store, "A", "MELATI", "35.03.01.2001", &changed));
	ok(store_posyandu_put(world->store, "B", "MAWAR", "35.03.02.2001", &changed));
	ok(store_puskesmas_put(
		world->store, "PKM", "Panggul", "35.03.01.2001;35.03.02.2001", &changed));
	gazetteer = load(world);
	assert_int_equal(gazetteer_area(gazetteer, "35.03")->desa_count, 2);
	assert_int_equal(gazetteer_puskesmas(gazetteer, "PKM")->narea, 2);
	assert_string_equal(gazetteer_posyandu(gazetteer, "B")->area->code, "35.03.02.2001");
	gazetteer_free(gazetteer);
	ok(store_place_deactivate(world->store, "areas", "35.03.02", "2024-08-20"));
	ok(store_place_deactivate(world->store, "posyandu", "A", "2024-08-20"));
	gazetteer = load(world);
	assert_int_equal(gazetteer_area(gazetteer, "35.03")->desa_count, 1);
	assert_null(gazetteer_area(gazetteer, "35.03.02.2001"));
	assert_null(gazetteer_posyandu(gazetteer, "A"));
	assert_null(gazetteer_posyandu(gazetteer, "B"));
	assert_int_equal(gazetteer_puskesmas(gazetteer, "PKM")->narea, 1);
	gazetteer_free(gazetteer);
}

static int each_outline(const char *code, const char *rings, void *context)
{
	struct strbuf *out = context;

	strbuf_printf(out, "%s %s;", code, rings);
	return strcmp(code, "35.03.03") == 0 ? 7 : 0;
}

static void expect_outlines(struct world *world, const char *parent, int result, const char *text)
{
	struct strbuf out = {0};

	strbuf_puts(&out, "");
	assert_int_equal(
		store_outline_each(world->store, parent, each_outline, &out), result);
	assert_string_equal(out.text, text);
	free(out.text);
}

/* Those below a code, in order, until one is enough; a code that begins alike is none below. */
void test_outlines(void **state)
{
	static const char *const codes[] = {
		"35.03.04", "35.03.02", "35.03", "35.03.03", "35.030", "35.02.09", "35.04"};
	struct world *world = *state;

	for (size_t i = 0; i < COUNT_OF(codes); i++)
		ok(store_outline_put(world->store, codes[i], "1 2 3 4 5 6"));
	ok(store_outline_put(world->store, "35.03.02", "7 8 9 1 2 3"));
	expect_outlines(world, "35.03", 7, "35.03.02 7 8 9 1 2 3;35.03.03 1 2 3 4 5 6;");
	expect_outlines(world, "35.02", 0, "35.02.09 1 2 3 4 5 6;");
	expect_outlines(world, "35.05", 0, "");
}

void test_gazetteer_of_an_empty_store(void **state)
{
	struct gazetteer *gazetteer = load(*state);

	assert_null(gazetteer_area_at(gazetteer, 0));
	gazetteer_free(gazetteer);
}
