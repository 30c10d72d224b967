/* Every cell of docs/reports.md: what a status follows from, and what may be done in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "flows/record/status.h"
#include "parsers/text/util.h"

/* The first row that holds; ? does not matter. */
struct row {
	enum report_status ended;
	const char *link; /* name, "?" any other */
	const char *flags; /* asked missing verified story death stranger outside: y, n, ? */
	enum report_status status;
};

static const struct row rows[] = {
	{STATUS_CANCELLED, "?", "???????", STATUS_CANCELLED},
	{STATUS_REFUSED, "?", "???????", STATUS_REFUSED},
	{STATUS_SUPERSEDED, "?", "???????", STATUS_SUPERSEDED},
	{STATUS_ACCEPTED, "same", "???????", STATUS_DUPLICATE},
	{STATUS_ACCEPTED, "replaces", "???????", STATUS_QUESTION},
	{STATUS_ACCEPTED, "?", "??ny???", STATUS_SUSPECT},
	{STATUS_ACCEPTED, "?", "??n??y?", STATUS_SUSPECT},
	{STATUS_ACCEPTED, "?", "y??????", STATUS_QUESTION},
	{STATUS_ACCEPTED, "?", "?y?????", STATUS_INCOMPLETE},
	{STATUS_ACCEPTED, "?", "??y????", STATUS_VERIFIED},
	{STATUS_ACCEPTED, "?", "????y?y", STATUS_SUSPECT},
	{STATUS_ACCEPTED, "?", "??????y", STATUS_HELD},
	{STATUS_ACCEPTED, "?", "???????", STATUS_ACCEPTED},
};

static bool holds(const struct row *row, const struct status_facts *facts)
{
	const bool flags[] = {facts->asked, facts->missing, facts->verified, facts->story,
		facts->death, facts->standing == STANDING_STRANGER,
		facts->standing == STANDING_OUTSIDE};

	if (row->ended != facts->ended ||
		(*row->link != '?' && strcmp(row->link, linkage_name(facts->link)) != 0))
		return false;
	for (size_t i = 0; i < COUNT_OF(flags); i++) {
		if (row->flags[i] != '?' && (row->flags[i] == 'y') != flags[i])
			return false;
	}
	return true;
}

static enum report_status expected(const struct status_facts *facts)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (holds(&rows[i], facts))
			return rows[i].status;
	}
	fail();
	return STATUS_REFUSED;
}

/* All of 4 endings, 6 links, 4 standings and 5 facts. */
static void test_status_of_every_cell(void **state)
{
	static const enum report_status ends[] = {
		STATUS_ACCEPTED, STATUS_CANCELLED, STATUS_REFUSED, STATUS_SUPERSEDED};
	size_t cells = 0;

	(void)state;
	for (unsigned i = 0; i < 4 * 6 * 4 * 32; i++) {
		struct status_facts facts = {.ended = ends[i % 4],
			.link = (enum linkage)(i / 4 % 6),
			.standing = (enum standing)(i / 24 % 4),
			.verified = i / 96 & 1,
			.story = i / 96 & 2,
			.death = i / 96 & 4,
			.asked = i / 96 & 8,
			.missing = i / 96 & 16};

		assert_int_equal(status_of(&facts), expected(&facts));
		cells++;
	}
	assert_int_equal(cells, 3072);
}

/* Columns: WAIT FILL CORRECT CANCEL VERIFY REFUSE APPROVE DIFFERENT REPLACE KEEP INHERIT. */
static const struct {
	const char *status, *link, *wants;
} allowed[] = {
	{"accepted", "?", "--xxxx-----"},
	{"verified", "?", "--xxxx-----"},
	{"incomplete", "?", "xxxxxx-----"},
	{"question", "replaces", "--xxxx-xxxx"},
	{"question", "?", "xxxxxx-----"},
	{"suspect", "?", "xxxxxx-----"},
	{"held", "?", "--xxxxx----"},
	{"duplicate", "?", "--xx---xx-x"},
	{"superseded", "?", "----------x"},
	{"refused", "?", "-----------"},
	{"cancelled", "?", "-----------"},
};

static void test_wants_of_every_status(void **state)
{
	static const enum want wants[] = {WANT_WAIT, WANT_FILL, WANT_CORRECT, WANT_CANCEL,
		WANT_VERIFY, WANT_REFUSE, WANT_APPROVE, WANT_DIFFERENT, WANT_REPLACE, WANT_KEEP,
		WANT_INHERIT};
	size_t cells = 0;

	(void)state;
	for (int status = STATUS_ACCEPTED; status <= STATUS_VERIFIED; status++) {
		for (int link = LINK_NONE; link <= LINK_BELONGS; link++) {
			size_t row = 0;

			while (strcmp(allowed[row].status,
				       status_name((enum report_status)status)) != 0 ||
				(*allowed[row].link != '?' &&
					strcmp(allowed[row].link,
						linkage_name((enum linkage)link)) != 0))
				row++;
			for (size_t i = 0; i < COUNT_OF(wants); i++, cells++)
				assert_int_equal(status_allows((enum report_status)status,
							 (enum linkage)link, wants[i]),
					allowed[row].wants[i] == 'x');
		}
	}
	assert_int_equal(cells, 10 * 6 * 11);
}

static void test_names_and_back(void **state)
{
	(void)state;
	for (int i = STANDING_STRANGER; i <= STANDING_VERIFIER; i++)
		assert_int_equal(standing_by_name(standing_name((enum standing)i)), i);
	for (int i = LINK_NONE; i <= LINK_BELONGS; i++)
		assert_int_equal(linkage_by_name(linkage_name((enum linkage)i)), i);
	assert_int_equal(standing_by_name(""), STANDING_SCOPE);
	assert_int_equal(linkage_by_name(NULL), LINK_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_status_of_every_cell),
		cmocka_unit_test(test_wants_of_every_status),
		cmocka_unit_test(test_names_and_back),
	};

	return cmocka_run_group_tests_name("status", tests, NULL, NULL);
}
