/* However long or odd a text is, reading it takes bounded work and memory: counted, not timed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/parse/parse.h"
#include "tests/parsers/corpus_world.h"

#define TEXT_LONG   10000
#define MEMORY_MOST (2u << 20)

static struct corpus_world *world;
static struct scratch *scratch;

static int setup(void **state)
{
	(void)state;
	world = corpus_world_new(NULL);
	scratch = scratch_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	scratch_free(scratch);
	corpus_world_free(world);
	return 0;
}

struct work {
	size_t steps, memory;
	enum intent intent;
	size_t nreport;
};

static struct work read_text(const char *phone, const char *text)
{
	struct arena *arena = arena_new();
	struct read_context context = corpus_context(world, phone);
	struct reading *reading = arena_alloc(arena, sizeof(*reading));
	struct work work;

	reader_read(corpus_reader(world), scratch, arena, &context, text, reading);
	work = (struct work){
		scratch_steps(scratch), arena_room(arena), reading->intent, reading->nreport};
	arena_free(arena);
	return work;
}

/* head, then piece again and again up to a length. */
static char *repeated(const char *head, const char *piece, size_t length)
{
	struct strbuf out = {0};

	strbuf_puts(&out, head);
	while (out.length < length)
		strbuf_puts(&out, piece);
	return out.text;
}

static void check_bounded(const char *head, const char *piece)
{
	static const size_t lengths[] = {160, 459, 918, 1500, TEXT_LONG};
	static const char *const phones[] = {"+6281200000001", "+6281200000023", "+6281299999999"};

	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		char *text = repeated(head, piece, lengths[i]);

		for (size_t p = 0; p < COUNT_OF(phones); p++) {
			struct work work = read_text(phones[p], text);

			if (work.steps > STEPS_MAX + STEPS_OVER || work.memory > MEMORY_MOST)
				print_error("%s%s… of %zu: %zu steps, %zu octets\n", head, piece,
					lengths[i], work.steps, work.memory);
			assert_true(work.steps <= STEPS_MAX + STEPS_OVER);
			assert_true(work.memory <= MEMORY_MOST);
		}
		free(text);
	}
}

static void test_repeated(void **state)
{
	static const char *const heads[] = {
		"", "LAHIR#", "lahir ", "MATI IBU#", "POS ", "ILP ", "KOREKSI ", "JML ", "DAFTAR "};
	static const char *const pieces[] = {"#", " ", "*,;", "1", "9 ", "8/", "12/8/24 ", "3,2 ",
		"3 kilo 2 ", "L/P ", "L", "bb ", "BB3100", "LAHIR ", "LAHIR\n", "POS#1#2#3#4\n",
		"mati ", "ibu siti ", "satu ", "dua puluh ribu ", "seratusribu", "karanganyar ",
		"karangayar ", "wonocoyo desa ", "tgl kemarin ", "umur 3 th 4 bln ",
		"siti aminah binti ", "=", "\xf0\x9f\x99\x8f", "\xff", "a", "o0l1",
		"3503014507959991 ", "rs pkm bidan ", "panjang berat tempat penolong "};

	(void)state;
	for (size_t h = 0; h < COUNT_OF(heads); h++) {
		for (size_t p = 0; p < COUNT_OF(pieces); p++)
			check_bounded(heads[h], pieces[p]);
	}
}

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* Any words that mean something, in any order: as many candidates as there can be. */
static void test_mixed(void **state)
{
	static const char *const words[] = {"lahir", "bb", "3200", "12/8/24", "L", "p", "siti",
		"bu", "tgl", "kemarin", "rs", "pkm", "bidan", "dr", "hidup", "mati", "#", "/", ",",
		"2", "kg", "satu", "ribu", "umur", "th", "bln", "s", "k", "d", "n", "melati",
		"wonocoyo", "dan", "kembar", "3,2", "35.03.01.2004", "jam", "5", "sore", "4"};
	uint32_t seed = 20240815;

	(void)state;
	for (size_t i = 0; i < 400; i++) {
		struct strbuf text = {0};
		struct work work;

		for (size_t n = 10 + next_random(&seed) % 300; n > 0; n--)
			strbuf_printf(&text, "%s%s", words[next_random(&seed) % COUNT_OF(words)],
				next_random(&seed) % 4 ? " " : "");
		work = read_text("+6281200000003", text.text);
		assert_true(work.steps <= STEPS_MAX + STEPS_OVER);
		assert_true(work.memory <= MEMORY_MOST);
		strbuf_free(&text);
	}
}

/* The counter counts, and what is too much for it is handed to a human in the end. */
static void test_counter(void **state)
{
	char *text = repeated("LAHIR#", "SITI ", TEXT_LONG);
	struct work plain =
		read_text("+6281200000003", "LAHIR#SITI#25#14/8/24#L#3000#49#PKM#BIDAN#HIDUP");
	struct work more = read_text("+6281200000003",
		"LAHIR#SITI#25#14/8/24#L#3000#49#PKM#BIDAN#HIDUP#ket sehat semua "
		"ibu dan bayi, kontrol hari senin jam 8 pagi di pustu");
	struct work much = read_text("+6281200000003", text);

	(void)state;
	assert_true(plain.steps > 20 && more.steps > plain.steps && plain.steps < STEPS_MAX / 20);
	assert_int_equal(plain.intent, INTENT_REPORT);
	assert_int_equal(much.intent, INTENT_HUMAN);
	assert_int_equal(much.nreport, 0);
	free(text);
}

/* Every text is read as if alone: the same in a fresh scratch as after another message. */
static void test_alone(void **state)
{
	static const char *const texts[] = {
		"NIHIL LAHIR NIHIL MATI JULI. POS MELATI JULI S45 K45 D38 N30",
		"LAHIR#SITI#25#14/8/24#L#3000#49#PKM#BIDAN#HIDUP", "POS MELATI S45 K45 D38 N30",
		"innalillahi bu sarmi meninggal tadi pagi di rumah", "JML LAHIR JUL 2024",
		"KOREKSI L2408-0007 BB 3100"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct work first, after;

		scratch_free(scratch);
		scratch = scratch_new();
		first = read_text("+6281200000001", texts[i]);
		(void)read_text("+6281200000003", texts[(i + 1) % COUNT_OF(texts)]);
		after = read_text("+6281200000001", texts[i]);
		assert_int_equal(first.intent, after.intent);
		assert_int_equal(first.nreport, after.nreport);
		assert_int_equal(first.steps, after.steps);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_alone),
		cmocka_unit_test(test_counter),
		cmocka_unit_test(test_repeated),
		cmocka_unit_test(test_mixed),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
