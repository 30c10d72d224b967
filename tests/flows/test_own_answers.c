/* What the product really answers to questions, in every language, sent back by others in every
 * way: no report, no alert. Nothing here imitates an answer, so a new indicator or wording is met
 * too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "store/statement/query.h"
#include "tests/flows/own_district.h"

#define SECOND_BIDAN "+6281200000011"
#define THIRD_BIDAN  "+6281200000012"
#define FEWEST       100 /* answers; fewer would prove little */

static const char *const languages[] = {"id", "en", "jv", "su"};

static const char *const numbers[] = {"AKI", "AKN", "AKB", "AKABA", "JML KEMATIAN", "JML LAHIR",
	"JML LAHIR MATI", "JML BBLR", "JML PERSALINAN", "JML PERSALINAN NAKES",
	"JML PERSALINAN FASKES", "JML PERSALINAN DUKUN", "REKAP", "REKAP POS", "D/S", "N/D", "K/S",
	"JML STUNTING", "JML GIZI BURUK", "JML BGM", "JML TIDAK NAIK", "CAKUPAN ILP", "BELUM LAPOR",
	"BELUM LAPOR LAHIR", "BELUM LAPOR MATI", "BELUM LAPOR ILP", "JML KEMATIAN IBU DAN BAYI",
	"D/S DAN N/D"};

static const char *const ranges[] = {
	"", " JUL 2024", " TW 3 2024", " 2024", " PER DESA", " PER KECAMATAN", " MINGGU INI"};

static void births_told(void)
{
	static const char *const bidan[] = {BIDAN, SECOND_BIDAN, THIRD_BIDAN};
	static const char *const who[] = {"BIDAN", "DUKUN", "DOKTER"};
	static const char *const names[] = {"SITI AMINAH", "RATNA DEWI", "SRI WAHYUNI", "SUMARTI",
		"KATMINAH", "PARTINI", "YULIANI", "ENDANG", "WAGINEM", "LASTRI"};
	struct arena *arena = district.arena;

	for (size_t i = 0; i < 30; i++) {
		send_from(bidan[i % 3],
			arena_printf(arena, "LAHIR#%s#%d#%d/8/24#%s#%d#49#RUMAH#%s#HIDUP",
				names[i / 3], 18 + (int)i % 20, 1 + (int)i % 14, i % 2 ? "L" : "P",
				2300 + (int)i * 40, who[i % 3]));
		if (i < 9)
			send_from(bidan[i % 3],
				arena_printf(arena, "MATI IBU#%s#%d#%d/8/24#NIFAS#RS#PERDARAHAN",
					names[9 - i], 30 + (int)i, 2 + (int)i));
		if (i < 2)
			send_from(bidan[i],
				arena_printf(arena, "MATI BAYI#BY NY %s#3 HR#%d/8/24#RUMAH",
					names[i], 12 + (int)i));
		if (i < 3)
			send_from(bidan[i], "MATI NIHIL JUL");
	}
	send_from(BIDAN, "MATI LAHIRMATI#BY NY KATMI#9/8/24#UK 34#RS");
	send_from(BIDAN, "MATI IBU#WARSITI#31#3/8/24#RS"); /* waits */
}

static void sessions_told(void)
{
	send_from(KADER, "POS#MELATI#45#45#38#30 O 3 B 1 T 4 STUNTING 3 BGM 1");
	send_from(SECOND_BIDAN, "POS#CEMPAKA 1#30#30#25#20");
	send_from(SECOND_BIDAN, "POS NIHIL CEMPAKA 2");
	send_from(KADER, "ILP#MELATI#3#2#5#38#3#9#20#7");
}

static int setup(void **state)
{
	int error = district_setup(state);

	person_put(SECOND_BIDAN, "TUTIK", "bidan", "35.03.01.2005", NULL, NULL);
	person_put(THIRD_BIDAN, "ENI", "bidan", "35.03.02.2001", NULL, NULL);
	births_told();
	sessions_told();
	return error;
}

static const char *answer_to(const char *phone, const char *text)
{
	static const char last[] = "SELECT text FROM outbox WHERE kind = 'reply' ORDER BY id DESC";
	const char *answer;
	struct cursor cursor;

	assert_int_equal(store_batch_begin(district.store), OK);
	send_from(phone, text);
	cursor_open(&cursor, district.store, last, NULL, 0);
	assert_int_equal(cursor_next(&cursor), 1);
	answer = cursor_text(&cursor, district.arena, 0);
	cursor_close(&cursor);
	store_batch_rollback(district.store);
	return answer;
}

struct outcome {
	struct harm harm;
	size_t answers;
};

/* One answer, sent back by a kader and by a bidan in each way. */
static void answer_back(struct outcome *outcome, const char *answer, bool tell)
{
	outcome->answers++;
	for (size_t n = 0; n < 2 * WAYS; n++) {
		struct harm harm = harm_of(n < WAYS ? KADER : SECOND_BIDAN, n, answer);

		if (tell && (harm.reports > 0 || harm.alerts > 0))
			print_error("way %zu: %s\n", n, answer);
		harm_add(&outcome->harm, harm);
	}
}

static struct outcome ask_all(bool tell)
{
	static const char *const phones[] = {DINKES, BIDAN};
	struct outcome outcome = {0};

	for (size_t i = 0; i < COUNT_OF(languages); i++) {
		person_put(DINKES, "HADI", "dinkes", "35.03", NULL, languages[i]);
		person_put(BIDAN, "RATNA", "bidan", "35.03.01.2004", NULL, languages[i]);
		for (size_t k = 0; k < COUNT_OF(numbers) * COUNT_OF(ranges); k++) {
			const char *question = arena_printf(district.arena, "%s%s",
				numbers[k / COUNT_OF(ranges)], ranges[k % COUNT_OF(ranges)]);

			answer_back(&outcome, answer_to(phones[any(2)], question), tell);
			arena_reset(district.arena);
		}
	}
	return outcome;
}

static void answers_that_come_back_do_nothing(void **state)
{
	struct outcome outcome = ask_all(true);

	(void)state;
	print_message("# answers %zu reports %lld alerts %lld\n", outcome.answers,
		(long long)outcome.harm.reports, (long long)outcome.harm.alerts);
	assert_true(outcome.answers > FEWEST);
	assert_int_equal(outcome.harm.reports, 0);
	assert_int_equal(outcome.harm.alerts, 0);
}

/* The negative control: the same without knowing our texts. */
static void without_knowing_them_they_do_harm(void **state)
{
	const struct said *said = district.config->main.flow.said;
	struct outcome outcome;

	(void)state;
	district.config->main.flow.said = NULL;
	outcome = ask_all(false);
	district.config->main.flow.said = said;
	print_message("# answers %zu reports %lld alerts %lld\n", outcome.answers,
		(long long)outcome.harm.reports, (long long)outcome.harm.alerts);
	assert_true(outcome.harm.reports > FEWEST);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_that_come_back_do_nothing),
		cmocka_unit_test(without_knowing_them_they_do_harm),
	};

	return cmocka_run_group_tests(tests, setup, district_teardown);
}
