/* Loads what the corpus names straight from CSV and INI files. */
#include "tests/parsers/corpus_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/data/config_faq.h"
#include "gateway/data/config_lexicon.h"
#include "gateway/form/config_form.h"
#include "parsers/text/error.h"
#include "parsers/text/phone.h"
#include "parsers/text/utf8.h"

#define PEOPLE_MAX 64
#define LINE_TEXT  2000

struct corpus_world {
	struct gazetteer *places;
	struct lexicon *lexicon;
	struct faqs *faqs;
	struct form *forms[FORMS_MAX];
	size_t nform;
	struct reader *reader;
	struct arena *arena;
	struct sender people[PEOPLE_MAX];
	size_t nperson;
	struct sender stranger;
};

static const char *tree(void)
{
	const char *top = getenv("top_srcdir");

	return top ? top : ".";
}

/* Calls row() with the fields of each line after the header. */
static void csv_each(struct corpus_world *world, const char *path,
	void (*row)(struct corpus_world *, char **fields))
{
	char *full = xasprintf("%s/%s", tree(), path), line[LINE_TEXT];
	FILE *file = fopen(full, "r");
	bool header = true;

	if (!file) {
		perror(full);
		exit(1);
	}
	while (fgets(line, sizeof(line), file)) {
		char *fields[8] = {0}, *rest = line;

		line[strcspn(line, "\r\n")] = '\0';
		for (size_t i = 0; i < COUNT_OF(fields) && rest; i++)
			fields[i] = strsep(&rest, ",");
		if (!header && *line && *line != '#')
			row(world, fields);
		header = false;
	}
	fclose(file);
	free(full);
}

static void must(int error, const char *what)
{
	if (error == OK)
		return;
	fprintf(stderr, "%s: %s\n", what, error_text(error));
	exit(1);
}

static void area_row(struct corpus_world *world, char **f)
{
	must(gazetteer_add_area(world->places, f[0], f[1], f[2], f[3]), f[0]);
}

static void puskesmas_row(struct corpus_world *world, char **f)
{
	must(gazetteer_add_puskesmas(world->places, f[0], f[1], f[2]), f[0]);
}

static void posyandu_row(struct corpus_world *world, char **f)
{
	must(gazetteer_add_posyandu(world->places, f[0], f[1], f[2]), f[0]);
}

static void person_row(struct corpus_world *world, char **f)
{
	struct sender *person = &world->people[world->nperson++];

	*person = (struct sender){.phone = arena_strdup(world->arena, f[0]),
		.name = arena_strdup(world->arena, f[1]),
		.language = "id",
		.role = (enum role)role_by_name(f[2])};
	person->areas[0] = gazetteer_area(world->places, f[3]);
	person->narea = person->areas[0] != NULL;
	person->posyandu = f[4] && *f[4] ? gazetteer_posyandu(world->places, f[4]) : NULL;
}

struct corpus_world *corpus_world_new(const char *forms)
{
	struct corpus_world *world = xcalloc(1, sizeof(*world));
	struct config_errors *errors = config_errors_new();
	char *words = xasprintf("%s/conf/lexicon", tree());
	char *standard = xasprintf("%s/conf/forms", tree());
	int error;

	world->arena = arena_new();
	world->places = gazetteer_new();
	world->lexicon = lexicon_new();
	world->faqs = faqs_new();
	csv_each(world, "conf/areas/wilayah.csv", area_row);
	csv_each(world, "tests/corpus/context/puskesmas.csv", puskesmas_row);
	csv_each(world, "tests/corpus/context/posyandu.csv", posyandu_row);
	gazetteer_seal(world->places);
	csv_each(world, "tests/corpus/context/people.csv", person_row);
	error = config_lexicon_read(world->lexicon, words, errors);
	if (error == OK)
		error = config_forms_read(
			world->forms, &world->nform, forms ? forms : standard, errors);
	if (error == OK)
		error = config_faqs_read(world->faqs, world->lexicon, NULL, words, errors);
	config_errors_print(errors, stderr);
	config_errors_free(errors);
	must(error, "conf");
	world->reader =
		reader_new((const struct form *const *)world->forms, world->nform, world->lexicon);
	reader_explain(world->reader, world->faqs);
	free(words);
	free(standard);
	return world;
}

void corpus_world_free(struct corpus_world *world)
{
	reader_free(world->reader);
	config_forms_free(world->forms, world->nform);
	lexicon_free(world->lexicon);
	faqs_free(world->faqs);
	gazetteer_free(world->places);
	arena_free(world->arena);
	free(world);
}

const struct reader *corpus_reader(const struct corpus_world *world)
{
	return world->reader;
}

/* Another day of August 2024: texts whose writer thought of that one. */
static int corpus_day(void)
{
	const char *day = getenv("CORPUS_DAY");

	return day ? atoi(day) : 15;
}

struct read_context corpus_context(struct corpus_world *world, const char *phone)
{
	struct read_context context = {.places = world->places,
		.now = {.date = {2024, 8, corpus_day()}, .hour = 10, .minute = 0}};
	char number[PHONE_TEXT];

	phone_normalise(phone, number);
	world->stranger =
		(struct sender){.phone = arena_strdup(world->arena, number), .language = "id"};
	context.sender = &world->stranger;
	for (size_t i = 0; i < world->nperson; i++) {
		if (strcmp(world->people[i].phone, number) == 0)
			context.sender = &world->people[i];
	}
	return context;
}

char *corpus_unescape(const char *text)
{
	struct strbuf out = {0};

	strbuf_puts(&out, "");
	for (const char *c = text; *c; c++) {
		if (*c != '\\') {
			strbuf_putc(&out, *c);
		} else if (c[1] == 'u' && strlen(c) >= 6) {
			char hex[5] = {c[2], c[3], c[4], c[5], 0};

			utf8_put(&out, (int32_t)strtol(hex, NULL, 16));
			c += 5;
		} else if (c[1]) {
			c++;
			strbuf_putc(&out, *c == 'n' ? '\n' : *c == 't' ? '\t' : *c);
		}
	}
	return out.text;
}
