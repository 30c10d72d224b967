/* Reads corpus rows (id, phone, text, …) from stdin and prints one JSON reading per line.
 *
 * read_corpus [explain] [bench N]: bench reads all rows N times and prints readings per second
 * instead.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "flows/reading_json.h"
#include "tests/parsers/corpus_world.h"

#define ROWS_MAX 20000

struct row {
	char *phone, *text;
};

static size_t rows_read(struct row *rows)
{
	char *line = NULL;
	size_t room = 0, count = 0;

	while (getline(&line, &room, stdin) > 0 && count < ROWS_MAX) {
		char *rest = line, *id = strsep(&rest, "\t"), *phone = strsep(&rest, "\t");
		char *text = strsep(&rest, "\t\n");

		if (!text || *id == '#')
			continue;
		rows[count].phone = xstrdup(phone);
		rows[count++].text = corpus_unescape(text);
	}
	free(line);
	return count;
}

static void print_all(
	struct corpus_world *world, const struct row *rows, size_t count, bool explain)
{
	struct scratch *scratch = scratch_new();
	struct reading *reading = xcalloc(1, sizeof(*reading));

	for (size_t i = 0; i < count; i++) {
		struct arena *arena = arena_new();
		struct read_context context = corpus_context(world, rows[i].phone);
		struct strbuf why = {0};
		char *json;

		context.explain = explain ? &why : NULL;
		reader_read(corpus_reader(world), scratch, arena, &context, rows[i].text, reading);
		if (explain)
			fprintf(stderr, "%s\n%s\n", rows[i].text, why.text ? why.text : "");
		json = reading_json(reading, NULL);
		puts(json);
		free(json);
		strbuf_free(&why);
		arena_free(arena);
	}
	free(reading);
	scratch_free(scratch);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void bench(struct corpus_world *world, const struct row *rows, size_t count, int times)
{
	struct scratch *scratch = scratch_new();
	struct reading *reading = xcalloc(1, sizeof(*reading));
	struct arena *arena = arena_new();
	double start = seconds(), took;

	for (int t = 0; t < times; t++) {
		for (size_t i = 0; i < count; i++) {
			struct read_context context = corpus_context(world, rows[i].phone);

			reader_read(corpus_reader(world), scratch, arena, &context, rows[i].text,
				reading);
			arena_reset(arena);
		}
	}
	took = seconds() - start;
	printf("%.0f readings per second on one core, %.1f us each\n", (double)count * times / took,
		took * 1e6 / ((double)count * times));
	arena_free(arena);
	free(reading);
	scratch_free(scratch);
}

int main(int argc, char **argv)
{
	struct row *rows = xcalloc(ROWS_MAX, sizeof(*rows));
	struct corpus_world *world = corpus_world_new(NULL);
	size_t count = rows_read(rows);

	if (argc > 2 && strcmp(argv[1], "bench") == 0)
		bench(world, rows, count, atoi(argv[2]));
	else
		print_all(world, rows, count, argc > 1 && strcmp(argv[1], "explain") == 0);
	for (size_t i = 0; i < count; i++) {
		free(rows[i].phone);
		free(rows[i].text);
	}
	free(rows);
	corpus_world_free(world);
	return 0;
}
