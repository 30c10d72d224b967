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
	struct arena *arena = arena_new();
	struct wants wants;
	bool is;

	wants_of(pattern, arena, &wants);
	is = wants_met(&wants, text);
	arena_free(arena);
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
		{"(mati|wafat) (?1)", "mati dan wafat", true}, /* a group again, and ... */
		{"(mati|wafat) ?(?1)?", "lahir", false},
		{"(mati|wafat|lahir) ?\\1", "lahir lahir", true}, /* ... its very text */
		{"(?1)lahir(mati)?", "lahir", true},
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
		{"[*·] +mati", "# mati", false},
		{"[*·] +mati", "· mati", true},
		{"[à-ü]mati", "émati", true},
		{"[a-ü]mati", "émati", true},
		{"[a-ü]mati", "bmati", true},
		{"·?mati", "mati", true},
		{"·mati", "·mati", true},
		{"·mati", "mati", false},
		{"·{2}mati", "··mati", true},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (met(rows[i].pattern, rows[i].text) != rows[i].met)
			fail_msg("\"%s\" in \"%s\"", rows[i].pattern, rows[i].text);
	}
}

struct rule {
	struct pattern *pattern;
	struct wants wants;
};

struct rules {
	struct rule list[RULES_MAX];
	size_t count;
	struct arena *arena;
	struct sieve *sieve; /* of all of them */
};

static const char *tree(void)
{
	return getenv("top_srcdir") ? getenv("top_srcdir") : ".";
}

/* key NULL: every entry is a pattern. */
static void load(const char *name, const char *key, struct rules *rules)
{
	char *path = xasprintf("%s/conf/lexicon/%s", tree(), name), detail[160];
	struct config_errors *errors = config_errors_new();
	struct config_file *file;
	size_t at;

	assert_int_equal(config_file_read(&file, path, errors), OK);
	for (size_t i = 0; i < file->count; i++) {
		const struct config_entry *entry = &file->entries[i];
		struct rule *rule;

		if (!entry->key || (key && strcmp(entry->key, key) != 0))
			continue;
		assert_true(rules->count < RULES_MAX);
		rule = &rules->list[rules->count];
		assert_int_equal(pattern_new(&rule->pattern, entry->value, detail, sizeof(detail),
			&at), OK);
		wants_of(entry->value, rules->arena, &rule->wants);
		assert_int_equal(sieve_add(rules->sieve, entry->value), rules->count++);
	}
	config_file_free(file);
	config_errors_free(errors);
	free(path);
}

/* How many rules have to be asked: those of which all wants are met, and all together as each
 * alone. */
static size_t judge(const struct rules *rules, const char *text)
{
	struct rule_set left = sieve_rules(rules->sieve, text);
	size_t asked = 0;

	assert_true(rules->count <= SIEVE_RULES);
	for (size_t i = 0; i < rules->count; i++) {
		const struct rule *rule = &rules->list[i];
		bool may = wants_met(&rule->wants, text);

		asked += may;
		if (may != (sieve_next(&left, i, rules->count) == i))
			fail_msg("rule %zu by itself, %d, of \"%s\"", i, may, text);
		if (!may && pattern_matches(rule->pattern, text))
			fail_msg("rule %zu would have matched \"%s\"", i, text);
	}
	return asked;
}

static void corpus(
	const char *name, const struct rules *rules, size_t *texts, size_t *asked)
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
		*asked += judge(rules, text_fold(arena, text));
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
	struct rules rules = {.arena = arena_new(), .sieve = sieve_new()};
	size_t texts = 0, asked = 0;

	(void)state;
	load("rewrite.ini", "pattern", &rules);
	load("ignore.ini", NULL, &rules);
	sieve_close(rules.sieve);
	for (size_t i = 0; i < COUNT_OF(names); i++)
		corpus(names[i], &rules, &texts, &asked);
	print_message("%zu texts, %zu rules: %.1f of them asked for each\n", texts, rules.count,
		(double)asked / (double)texts);
	assert_true(texts > TEXTS_LEAST);
	assert_true(asked < texts * rules.count / 10); /* else they are of no use */
	for (size_t i = 0; i < rules.count; i++)
		pattern_free(rules.list[i].pattern);
	sieve_free(rules.sieve);
	arena_free(rules.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows),
		cmocka_unit_test(installed_rules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
