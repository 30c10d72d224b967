/* Every field of every form told twice, in range and out of it: nothing breaks, and a report that
 * contradicts itself, or holds a value that cannot be, is never accepted. The forms are those of
 * conf/forms: a new field is tried without a word here.
 *
 * test_twice DIRECTORY writes such texts as seeds for fuzz_reader instead.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/form/form.h"
#include "parsers/read/read_field.h"
#include "parsers/text/error.h"
#include "tests/parsers/corpus_world.h"

#define TOLD_MOST 5

static struct corpus_world *world;
static struct scratch *scratch;
static unsigned long tried, contradictions, silent;

static const char *const kader = "+6281200000001";
static const char *const stranger = "+6281299999999";

/* Values to tell of each type, the first one good; a choice's and a number's own come in front. */
static const char *const told[][TOLD_MOST] = {
	[FIELD_NAME] = {"SITI AMINAH", "WARNI", "12", ""},
	[FIELD_NIK] = {"3503014507950001", "3503014607950002", "350301450795000", "12", ""},
	[FIELD_INT] = {"9999", "0", "x", ""},
	[FIELD_COUNT] = {"12", "1246", "-3", "x", ""},
	[FIELD_DATE] = {"12/8/24", "13/8/24", "31/6/24", "20/8/24", "98/24"},
	[FIELD_TIME] = {"04:30", "05:30", "25:61", "siang", ""},
	[FIELD_CHOICE] = {"XYZQW", "9", ""},
	[FIELD_WEIGHT] = {"3000", "2900", "32", "99999", "3 kilo 2"},
	[FIELD_LENGTH] = {"48", "49", "999", "4,8", ""},
	[FIELD_AGE] = {"3 hr", "2 bln", "11", "200 th", ""},
	[FIELD_POSYANDU] = {"ANGGREK", "MELATI", "ZZYZX", ""},
	[FIELD_AREA] = {"WONOCOYO", "35.03.01.2004", "ZZYZX", "KARANGANYAR", ""},
	[FIELD_AMOUNT] = {"50", "52,5", "4", "9999", ""},
	[FIELD_LIST] = {"XYZQW", "9", ""},
	[FIELD_PATTERN] = {"130/90", "9", ""},
	[FIELD_TEXT] = {"PANAS", "MATI LAMPU", "12", "", ""},
};

/* How a key meets its value, and what stands between two keys. */
static const struct {
	const char *glue, *between;
} styles[] = {{" ", " "}, {"", " "}, {"=", ", "}, {" ", "#"}, {"", "*"}, {": ", "\n"}};

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

static size_t values_of(const struct form_field *field, const char *values[])
{
	size_t count = 0;

	for (size_t i = 0; i < field->nchoice && i < 3; i++)
		values[count++] = field->choices[i];
	if ((field->type == FIELD_INT || field->type == FIELD_PATTERN) && field->example)
		values[count++] = field->example;
	for (size_t i = 0; i < TOLD_MOST && told[field->type][i]; i++)
		values[count++] = told[field->type][i];
	return count;
}

/* What a value of the form's field means by itself; NULL: nothing. */
static const char *meaning_of(struct arena *arena, const struct read_context *context,
	const struct form *form, const struct form_field *field, const char *text)
{
	struct value value = {0};
	struct problem problem = {0};
	int error = reader_read_field(corpus_reader(world), scratch, arena, context, form,
		field->name, text, &value, &problem);

	if (error != OK) {
		assert_string_equal(problem.field, field->name);
		return problem.raw && (problem.code != PROBLEM_INVALID) ? "!" : NULL;
	}
	assert_non_null(value.text);
	return value.text;
}

static void check_report(const struct report *report, const char *text)
{
	if (report->status == STATUS_ACCEPTED && report->nproblem)
		print_error("accepted with a problem: %s\n", text);
	assert_false(report->status == STATUS_ACCEPTED && report->nproblem);
	for (size_t i = 0; i < report->nvalue; i++) {
		assert_non_null(report->values[i].text);
		assert_true(*report->values[i].text != '\0');
	}
	for (size_t i = 0; i < report->nproblem; i++) {
		const struct problem *problem = &report->problems[i];

		assert_true(problem->noption <= OPTIONS_MAX);
		for (size_t o = 0; o < problem->noption; o++)
			assert_non_null(problem->options[o].value);
	}
}

/* accepted: whether some report of it was. */
static bool read_whole(struct arena *arena, const struct read_context *context, const char *text)
{
	struct reading *reading = arena_alloc(arena, sizeof(*reading));
	bool accepted = false;

	reader_read(corpus_reader(world), scratch, arena, context, text, reading);
	tried++;
	for (size_t i = 0; i < reading->nreport; i++) {
		check_report(&reading->reports[i], text);
		accepted |= reading->reports[i].status == STATUS_ACCEPTED;
	}
	for (size_t i = 0; i < reading->nchange; i++)
		assert_non_null(reading->changes[i].text);
	return accepted;
}

static void put(struct strbuf *out, size_t style, const char *key, const char *value)
{
	strbuf_printf(out, "%s%s%s%s", styles[style].between, key, styles[style].glue, value);
}

/* The form's keyword, every field of its order by key and example but one, and that one twice. */
static char *report_with(const struct form *form, const struct form_field *field, size_t style,
	const char *other_key, const char *const two[2])
{
	struct strbuf out = {0};

	strbuf_puts(&out, form->keywords[0]);
	for (size_t i = 0; i < form->norder; i++) {
		const struct form_field *other = form_field(form, form->order[i]);

		if (other != field && other->nkey && other->example)
			put(&out, style, other->keys[0], other->example);
	}
	put(&out, style, field->keys[0], two[0]);
	put(&out, style, other_key, two[1]);
	return out.text;
}

/* The two alone behind the keyword, behind a correction and without anything. */
static void tell_alone(struct arena *arena, const struct read_context *context,
	const struct form *form, const struct form_field *field, size_t style,
	const char *const two[2])
{
	char *const heads[] = {arena_strdup(arena, form->keywords[0]),
		arena_strdup(arena, "KOREKSI"),
		arena_printf(arena, "KOREKSI %s2408-0007", form->letter), arena_strdup(arena, "")};

	for (size_t i = 0; i < COUNT_OF(heads); i++) {
		struct strbuf out = {0};

		strbuf_puts(&out, heads[i]);
		put(&out, style, field->keys[0], two[0]);
		put(&out, style, field->keys[0], two[1]);
		read_whole(arena, context, out.text);
		strbuf_free(&out);
	}
}

/* Told twice is heard twice, but for words glued to their key (other words), days and places behind
 * a whole report in prose (talk), and posyandu on a line of their own (the next one's row). */
static bool heard(enum field_type type, size_t style)
{
	bool place = type == FIELD_POSYANDU || type == FIELD_AREA;

	if (!*styles[style].glue)
		return type != FIELD_NAME && type != FIELD_CHOICE && !place;
	if (*styles[style].between == '\n')
		return type != FIELD_POSYANDU;
	return strcmp(styles[style].between, " ") != 0 || (type != FIELD_DATE && !place);
}

static void tell_twice(const struct form *form, const struct form_field *field, size_t style,
	const char *key, const char *const two[2])
{
	struct arena *arena = arena_new();
	struct read_context context = corpus_context(world, kader);
	const char *first = meaning_of(arena, &context, form, field, two[0]);
	const char *second = meaning_of(arena, &context, form, field, two[1]);
	char *text = report_with(form, field, style, key, two);
	bool accepted = read_whole(arena, &context, text);

	if (first && second && strcmp(first, second) != 0 && !field->adds &&
		field->type != FIELD_LIST &&
		field->type != FIELD_TEXT && heard(field->type, style)) {
		contradictions++;
		if (accepted)
			print_error("%s is %s and %s, accepted: %s\n", field->name, first, second,
				text);
		silent += accepted;
	}
	tell_alone(arena, &context, form, field, style, two);
	context = corpus_context(world, stranger);
	assert_false(read_whole(arena, &context, text));
	free(text);
	arena_free(arena);
}

/* Two values in each style, by one key and by two. */
static void tell_styles(
	const struct form *form, const struct form_field *field, const char *const two[2])
{
	/* Under sanitizers, which are slow, in turns: it is memory that is looked at. */
	size_t each = getenv("KABAR_SANITIZED") ? 5 : 1;
	static size_t turn;

	for (size_t style = 0; style < COUNT_OF(styles); style++) {
		if (turn++ % each != 0)
			continue;
		tell_twice(form, field, style, field->keys[0], two);
		tell_twice(form, field, style, field->keys[field->nkey > 1], two);
	}
}

static void tell_field(const struct form *form, const struct form_field *field)
{
	const char *values[TOLD_MOST + 4];
	size_t count = field->nkey ? values_of(field, values) : 0;

	for (size_t a = 0; a < count; a++) {
		for (size_t b = 0; b < count; b++) {
			const char *const two[2] = {values[a], values[b]};

			tell_styles(form, field, two);
		}
	}
}

static void each_field(void (*each)(const struct form *form, const struct form_field *field))
{
	for (char letter = 'A'; letter <= 'Z'; letter++) {
		const struct form *form = reader_form_by_letter(corpus_reader(world), letter);

		for (size_t f = 0; form && f < form->nfield; f++)
			each(form, &form->fields[f]);
	}
}

static const char *seeds; /* the directory */

/* Each pair of values in one of the styles; the first octet is the sender. */
static void seed_field(const struct form *form, const struct form_field *field)
{
	const char *values[TOLD_MOST + 4];
	size_t count = field->nkey ? values_of(field, values) : 0;

	for (size_t i = 0; i < count * count; i++) {
		const char *const two[2] = {values[i / count], values[i % count]};
		char *text = report_with(
			form, field, i % COUNT_OF(styles), field->keys[field->nkey > 1], two);
		char *path = xasprintf("%s/%s-%s-%zu", seeds, form->name, field->name, i);
		FILE *file = fopen(path, "w");

		if (!file || fprintf(file, "-%s", text) < 0 || fclose(file) != 0) {
			perror(path);
			exit(1);
		}
		free(path);
		free(text);
	}
}

static void test_every_field(void **state)
{
	(void)state;
	each_field(tell_field);
	print_message("%lu texts, %lu contradict themselves\n", tried, contradictions);
	assert_true(tried > 10000 && contradictions > 1000);
	assert_int_equal(silent, 0);
}

/* Parts of a sum of which one is out of range: the rest is no sum; the same key twice is asked. */
static void test_parts(void **state)
{
	static const char *const rest = "ILP ANGGREK BUMIL 2 BUSUI 3 BAYI 1 BALITA 2 APRAS 1 "
					"DEWASA 4 LANSIA 5";
	static const struct {
		const char *text, *value;
		int problem;
	} cases[] = {
		{"SEKOLAH 7 REMAJA 12", "19", -1},
		{"REMAJA1246 REMAJA12", NULL, PROBLEM_RANGE},
		{"REMAJA12 REMAJA1246", NULL, PROBLEM_RANGE},
		{"SEKOLAH 1246 REMAJA 12", NULL, PROBLEM_RANGE},
		{"REMAJA1246 REMAJA1246", NULL, PROBLEM_RANGE},
		{"REMAJA 12 REMAJA 13", NULL, PROBLEM_AMBIGUOUS},
		{"REMAJA 12 REMAJA 12", NULL, PROBLEM_AMBIGUOUS},
		{"SEKOLAH 999 REMAJA 12", "1011", PROBLEM_RANGE},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct arena *arena = arena_new();
		struct read_context context = corpus_context(world, kader);
		struct reading *reading = arena_alloc(arena, sizeof(*reading));
		const struct report *report = &reading->reports[0];
		const char *value;

		reader_read(corpus_reader(world), scratch, arena, &context,
			arena_printf(arena, "%s %s", rest, cases[i].text), reading);
		assert_int_equal(reading->nreport, 1);
		value = report_text(report, "remaja");
		assert_int_equal(value != NULL, cases[i].value != NULL);
		if (value)
			assert_string_equal(value, cases[i].value);
		assert_int_equal(report->nproblem, cases[i].problem >= 0);
		if (report->nproblem) {
			assert_string_equal(report->problems[0].field, "remaja");
			assert_int_equal(report->problems[0].code, cases[i].problem);
		}
		arena_free(arena);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_every_field),
	};

	if (argc > 1) {
		seeds = argv[1];
		setup(NULL);
		each_field(seed_field);
		return teardown(NULL);
	}
	return cmocka_run_group_tests(tests, setup, teardown);
}
