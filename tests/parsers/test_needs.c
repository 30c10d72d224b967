/* No pattern is passed over that would have matched: what needs.c takes from it, row by row, and
 * over all rules that are installed and all texts of the corpora. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gateway/ini/config_file.h"
#include "parsers/text/text.h"
#include "parsers/words/needs.h"
#include "parsers/words/pattern.h"

#define RULES_MAX 200
#define TEXTS_LEAST 7000

static bool met(const char *pattern, const char *text)
{
	struct needs *needs = needs_of(pattern);
	struct grams grams;
	bool is;

	grams_find(&grams, text);
	is = needs_met(needs, &grams);
	needs_free(needs);
	return is;
}

static void rows(void **state)
{
	static const struct {
		const char *pattern, *text;
		bool met;
	} rows[] = {
		{"lahir", "mati#siti", false},
		{"lahir", "lapor lahir", true},
		{"(?:mati|meninggal) ibu", "ibu siti sehat", false},
		{"(?:mati|meninggal) ibu", "meninggal ibu", true},
		{"(?:mati|meninggal)? ibu", "lapor ibu", true},
		{"(?:mati|\\d+) ibu", "3 ibu", true},
		{"ab+cd", "abbbcd", true},
		{"ab+cd", "abbbc", false},
		{"abx*cd", "abcd", true},
		{"ab{2}cd", "abbcd", true},
		{"abc{0,3}d", "abd", true},
		{"^(?!lahir)mati", "mati", true},
		{"(?<!tgl )mati", "mati", true},
		{"(?<=tgl )mati", "hari mati", false},
		{"^(?=.*wafat)ibu", "ibu", false},
		{"^(?=.*wafat)ibu", "ibu wafat", true},
		{"[)\\]x-]mati", "]mati", true},
		{"[^]]mati", "amati", true},
		{"[[:alpha:]]mati", "amati", true},
		{"a/s[ :=]*\\d", "a/s 7", true},
		{"a/s[ :=]*\\d", "as 7", false},
		{"\\bmati\\b", "amati", true}, /* only what is sure */
		{"(\\w+) \\1 lagi", "ya ya lagi", true},
		{"(?<name>lahir|mati)", "mati", true},
		{"(?s)a.mati", "a\nmati", true},
		{"(?i)LAHIR", "lahir", true},
		{"(?|lahir|mati)x", "y", true}, /* nothing is known of it */
		{"mati|", "hidup", true},
		{"sangatpanjangsekalikatanya", "sangatpanjangsekalikatanya", true},
		{"50 ?(?:%|persen)", "50 persen", true},
		{"50 ?(?:%|persen)", "50 orang", false},
		{"((((mati))))", "mati", true},
		{"\\(mati\\)", "(mati)", true},
		{"\\(mati\\)", "mati", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (met(rows[i].pattern, rows[i].text) != rows[i].met)
			fail_msg("\"%s\" in \"%s\"", rows[i].pattern, rows[i].text);
	}
}

struct rule {
	struct pattern *pattern;
	struct needs *needs;
};

static const char *tree(void)
{
	return getenv("top_srcdir") ? getenv("top_srcdir") : ".";
}

/* key NULL: every entry is a pattern. */
static size_t load(const char *name, const char *key, struct rule *rules, size_t count)
{
	char *path = xasprintf("%s/conf/lexicon/%s", tree(), name), detail[160];
	struct config_errors *errors = config_errors_new();
	struct config_file *file;
	size_t at;

	assert_int_equal(config_file_read(&file, path, errors), OK);
	for (size_t i = 0; i < file->count; i++) {
		const struct config_entry *entry = &file->entries[i];

		if (!entry->key || (key && strcmp(entry->key, key) != 0))
			continue;
		assert_true(count < RULES_MAX);
		assert_int_equal(pattern_new(&rules[count].pattern, entry->value, detail,
			sizeof(detail), &at), OK);
		rules[count++].needs = needs_of(entry->value);
	}
	config_file_free(file);
	config_errors_free(errors);
	free(path);
	return count;
}

/* How many rules have to be asked. */
static size_t judge(const struct rule *rules, size_t count, const char *text)
{
	struct grams grams;
	size_t asked = 0;

	grams_find(&grams, text);
	for (size_t i = 0; i < count; i++) {
		bool may = needs_met(rules[i].needs, &grams);

		asked += may;
		if (!may && pattern_matches(rules[i].pattern, text))
			fail_msg("rule %zu would have matched \"%s\"", i, text);
	}
	return asked;
}

static void corpus(
	const char *name, const struct rule *rules, size_t count, size_t *texts, size_t *asked)
{
	char *path = xasprintf("%s/tests/corpus/%s.tsv", tree(), name), *line = NULL;
	FILE *file = fopen(path, "r");
	size_t room = 0;

	assert_non_null(file);
	while (getline(&line, &room, file) > 0) {
		char *rest = line, *text;
		struct arena *arena;

		strsep(&rest, "\t");
		strsep(&rest, "\t");
		text = strsep(&rest, "\t");
		if (!text || *line == '#')
			continue;
		arena = arena_new();
		*asked += judge(rules, count, text_fold(arena, text));
		arena_free(arena);
		++*texts;
	}
	free(line);
	(void)fclose(file);
	free(path);
}

static void installed_rules(void **state)
{
	static const char *const names[] = {
		"dev", "blind", "own", "newcomers", "ilp", "questions", "skdr"};
	struct rule rules[RULES_MAX];
	size_t count, texts = 0, asked = 0;

	(void)state;
	count = load("rewrite.ini", "pattern", rules, 0);
	count = load("ignore.ini", NULL, rules, count);
	for (size_t i = 0; i < COUNT_OF(names); i++)
		corpus(names[i], rules, count, &texts, &asked);
	print_message("%zu texts, %zu rules: %.1f of them asked for each\n", texts, count,
		(double)asked / (double)texts);
	assert_true(texts > TEXTS_LEAST);
	assert_true(asked < texts * count / 10); /* else they are of no use */
	for (size_t i = 0; i < count; i++) {
		pattern_free(rules[i].pattern);
		needs_free(rules[i].needs);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows),
		cmocka_unit_test(installed_rules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
