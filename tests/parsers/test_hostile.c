/* Whatever words a text is made of, reading it takes bounded work: every word of the lexicon and of
 * the forms, again and again and mixed, with everything that may part them. Steps are counted, not
 * timed; a step takes some 20 ns.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/parse/parse.h"
#include "parsers/text/text.h"
#include "tests/parsers/corpus_world.h"

#define MEMORY_MOST (2u << 20)
#define TEXT_LENGTH 1530 /* ten parts of an SMS */
#define WORDS_MOST  20000
#define MIXES       3000

static struct corpus_world *world;
static struct scratch *scratch;
static char *words[WORDS_MOST];
static size_t nword, most_steps, most_memory;
static uint32_t seed = 20240815;

static const char *const heads[] = {"", "0 ", "LAHIR#", "LAHIR ", "MATI ", "POS ", "ILP ",
	"KOREKSI ", "DAFTAR KADER ", "JML "};
static const char *const seps[] = {" ", ". ", "\n", "#", ", ", "; ", "/", "-", "=", "", "? ", ": "};
static const char *const others[] = {"1", "12/8/24", "3,2", "3 kilo 2", "35.03.01.2004.001",
	"3503014507950001", "jam 4", "4:30", "a", "siti", "x1y2", "8/", "9-", "anggrek", "wonocoyo",
	"karanganyar", "L2408-0001", "081234567890"};
static const char *const phones[] = {"+6281200000001", "+6281200000003", "+6281200000010",
	"+6281200000020", "+6281200000023", "+6281299999999"};

static uint32_t draw(size_t count)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % (uint32_t)count;
}

/* Everything between commas behind "key =", and on the lines that go on with it. */
static void words_of_line(char *line)
{
	char *rest, *word;

	line[strcspn(line, ";\n")] = '\0';
	rest = strchr(line, '=') ? strchr(line, '=') + 1 : line;
	while (*line != '[' && (word = strsep(&rest, ","))) {
		word += strspn(word, " \t");
		if (*word && nword < WORDS_MOST)
			words[nword++] = xstrdup(word);
	}
}

static void words_of(const char *directory)
{
	DIR *dir = opendir(directory);
	struct dirent *entry;

	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		char *path = xasprintf("%s/%s", directory, entry->d_name), *line = NULL;
		FILE *file = strstr(entry->d_name, ".ini") ? fopen(path, "r") : NULL;
		size_t room = 0;

		while (file && getline(&line, &room, file) > 0)
			words_of_line(line);
		if (file)
			fclose(file);
		free(line);
		free(path);
	}
	closedir(dir);
}

static int setup(void **state)
{
	const char *tree = getenv("top_srcdir"), *other = getenv("KABAR_SEED");
	char *lexicon = xasprintf("%s/conf/lexicon", tree ? tree : ".");
	char *forms = xasprintf("%s/conf/forms", tree ? tree : ".");

	(void)state;
	seed = other ? (uint32_t)strtoul(other, NULL, 10) : seed;
	words_of(lexicon);
	words_of(forms);
	free(lexicon);
	free(forms);
	world = corpus_world_new(NULL);
	scratch = scratch_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	print_message("%zu words; at most %zu steps, %zu octets\n", nword, most_steps, most_memory);
	while (nword)
		free(words[--nword]);
	scratch_free(scratch);
	corpus_world_free(world);
	return 0;
}

static void check(const char *text)
{
	struct arena *arena = arena_new();
	struct read_context context = corpus_context(world, phones[draw(COUNT_OF(phones))]);
	struct reading *reading = arena_alloc(arena, sizeof(*reading));
	size_t steps, memory;

	reader_read(corpus_reader(world), scratch, arena, &context, text, reading);
	steps = scratch_steps(scratch);
	memory = arena_room(arena);
	if (steps > STEPS_MAX + STEPS_OVER || memory > MEMORY_MOST)
		print_error("%zu steps, %zu octets, %s: %s\n", steps, memory,
			context.sender->phone, text);
	assert_true(steps <= STEPS_MAX + STEPS_OVER);
	assert_true(memory <= MEMORY_MOST);
	most_steps = steps > most_steps ? steps : most_steps;
	most_memory = memory > most_memory ? memory : most_memory;
	arena_free(arena);
}

/* A head, then the piece until the text is long enough. */
static void check_repeated(const char *head, const char *piece, size_t length)
{
	struct strbuf text = {0};

	strbuf_puts(&text, head);
	while (text.length < length)
		strbuf_puts(&text, *piece ? piece : "x");
	text.text[length] = '\0';
	check(text.text);
	strbuf_free(&text);
}

static void piece_add(struct strbuf *piece)
{
	strbuf_puts(piece, draw(10) < 7 ? words[draw(nword)] : others[draw(COUNT_OF(others))]);
	strbuf_puts(piece, seps[draw(COUNT_OF(seps))]);
}

/* Under sanitizers, which are slow, every third: steps are counted in the other build. */
static size_t each = 1;

static void test_every_word(void **state)
{
	(void)state;
	assert_true(nword > 4000);
	for (size_t i = 0; i < nword; i += each) {
		struct strbuf piece = {0};

		strbuf_printf(&piece, "%s%s", words[i], seps[i % COUNT_OF(seps)]);
		check_repeated(heads[draw(COUNT_OF(heads))], piece.text, TEXT_LENGTH);
		strbuf_free(&piece);
	}
}

/* A few words in turn, again and again; and any words, none like the one before. */
static void test_mixes(void **state)
{
	(void)state;
	for (size_t i = 0; i < MIXES / each; i++) {
		size_t length = 160 + draw(TEXT_LENGTH), pieces = i % 2 ? 2 + draw(4) : 400;
		struct strbuf piece = {0};

		while (pieces-- > 0 && piece.length < length)
			piece_add(&piece);
		check_repeated(heads[draw(COUNT_OF(heads))], piece.text, length);
		strbuf_free(&piece);
	}
}

/* The longest that a gateway hands on. */
static void test_long(void **state)
{
	static const char *const pieces[] = {"ILP. ", "#", "a", "9", "lahir ", "\xcc\x81\xcc\xa3",
		"\xef\xb7\xba",
		"satukatayangpanjangsekalidansatukatayangpanjangsekalidansatukatayangpanjang "};

	(void)state;
	for (size_t h = 0; h < COUNT_OF(heads); h++) {
		for (size_t p = 0; p < COUNT_OF(pieces); p++) {
			check_repeated(heads[h], pieces[p], 40000);
			check_repeated(heads[h], pieces[p], TEXT_FOLDED_MAX);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_word),
		cmocka_unit_test(test_mixes),
		cmocka_unit_test(test_long),
	};

	each = getenv("KABAR_SANITIZED") ? 3 : 1;
	return cmocka_run_group_tests(tests, setup, teardown);
}
