/* A year on the virtual clock with random down times, clock jumps and reloads: each job of the
 * calendar once for its month or said to be skipped, nothing in quiet hours, nothing left in a
 * future that was none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sodium.h>

#include "flows/rules/hours.h"
#include "gateway/config/config_load.h"
#include "gateway/os/clock.h"
#include "gateway/os/log.h"
#include "gateway/work/worker.h"
#include "parsers/number/date.h"
#include "store/message/deadline.h"
#include "store/message/outbox.h"
#include "store/people/person.h"

#define KADER	 6
#define BIDAN	 2
#define PEOPLE	 (KADER + BIDAN)
#define MONTHS	 13
#define START	 1767225600 /* 2026-01-01 07:00 WIB */
#define STEP	 (30 * 60 * 1000)
#define MINUTE	 60000
#define HOUR	 3600000LL
#define DAY	 (24 * HOUR)

static char directory[] = "/tmp/kabar-calendar-XXXXXX";
static struct config *config;
static struct flow_settings settings;
static struct store *store;
static struct worker *worker;
static struct arena *arena;
static int got[MONTHS][PEOPLE], night;
static bool disturbed[MONTHS];
static bool off[MONTHS]; /* no reminder was wanted for some time of it */

static char *in_directory(const char *name)
{
	static char path[64];

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	return path;
}

static void people_put(void)
{
	int changed;

	assert_int_equal(store_area_put(store, "35", NULL, "provinsi", "Jawa Timur", &changed), OK);
	assert_int_equal(
		store_area_put(store, "35.03", "35", "kabupaten", "Kabupaten Trenggalek", &changed),
		OK);
	assert_int_equal(
		store_area_put(store, "35.03.01", "35.03", "kecamatan", "Panggul", &changed), OK);
	assert_int_equal(
		store_area_put(store, "35.03.01.2004", "35.03.01", "desa", "Nglebeng", &changed),
		OK);
	assert_int_equal(
		store_posyandu_put(store, "P1", "Melati", "35.03.01.2004", &changed), OK);
	for (int i = 0; i < PEOPLE; i++) {
		char phone[20], name[20];
		const struct person person = {.phone = phone, .name = name,
			.role = i < KADER ? "kader" : "bidan", .areas = "35.03.01.2004",
			.posyandu = i < KADER ? "P1" : NULL, .language = "id"};

		snprintf(phone, sizeof(phone), "+62812000000%02d", i);
		snprintf(name, sizeof(name), "ORANG %d", i);
		assert_int_equal(store_person_put(store, &person, &changed), OK);
	}
}

static void start_worker(void)
{
	const struct worker_setup setup = {.store = store,
		.config = {.reader = config->reader, .catalogue = config->catalogue,
			.settings = &settings, .menus = config->menus, .redelivery = 86400,
			.parts = 86400, .part_gap = 3600, .hours = hours_of(&settings)}};

	worker = worker_new(&setup);
}

static int setup(void **state)
{
	const char *top = getenv("top_srcdir");
	struct config_errors *errors = config_errors_new();
	FILE *file;

	(void)state;
	assert_non_null(mkdtemp(directory));
	file = fopen(in_directory("kabar.conf"), "w");
	fprintf(file,
		"[gateway]\nforms = %s/conf/forms\nmessages = %s/conf/messages\n"
		"lexicon = %s/conf/lexicon\nmenus = %s/conf/menus\ndialects = %s/conf/dialects\n"
		"[smsc test]\nhost = localhost\nsystem_id = test\naddress = 2255\n",
		top, top, top, top, top);
	fclose(file);
	assert_int_equal(config_load(&config, in_directory("kabar.conf"), errors), OK);
	config_errors_free(errors);
	settings = config->main.flow;
	clock_freeze(START * 1000LL);
	assert_int_equal(store_open(&store,
				 &(struct store_options){.driver = "sqlite",
					 .path = in_directory("kabar.db")},
				 NULL),
		OK);
	people_put();
	arena = arena_new();
	start_worker();
	memset(got, 0, sizeof(got));
	memset(disturbed, 0, sizeof(disturbed));
	memset(off, 0, sizeof(off));
	night = 0;
	return 0;
}

static int teardown(void **state)
{
	static const char *const files[] = {
		"kabar.conf", "kabar.db", "kabar.db-wal", "kabar.db-shm"};

	(void)state;
	worker_free(worker);
	arena_free(arena);
	store_close(store);
	config_unref(config);
	clock_thaw();
	for (size_t i = 0; i < COUNT_OF(files); i++)
		(void)unlink(in_directory(files[i]));
	strcpy(directory + strlen(directory) - 6, "XXXXXX");
	return 0;
}

/* The true time, which only the test knows: what the wall clock says may be wrong. */
static struct moment truth(void)
{
	return moment_local(START + (clock_now() - 1000000) / 1000, settings.timezone);
}

static int month_now(void)
{
	struct date date = truth().date;

	return (date.year - 2026) * 12 + date.month - 1;
}

static void tick(void)
{
	const struct hours hours = hours_of(&settings);
	struct outgoing *out = NULL;

	for (int i = 0; i < 3; i++) { /* a campaign comes in parts */
		assert_int_equal(worker_tick(worker, &out), OK);
		for (const struct outgoing *row = out; row; row = row->next) {
			if (strcmp(row->kind, "reminder") != 0)
				continue;
			got[month_now()][atoi(row->recipient + strlen(row->recipient) - 2)]++;
			night += hours_quiet_until(&hours, clock_utc()) != 0;
		}
		outgoing_free_list(out);
		out = NULL;
	}
}

static void down(int64_t milliseconds)
{
	worker_free(worker);
	disturbed[month_now()] = true;
	clock_advance(milliseconds);
	disturbed[month_now()] = true;
	start_worker();
}

/* Wrong for some minutes, by up to ten years in either direction, then right again. */
static void jump(void)
{
	int64_t by = (random() % 2 ? 1 : -1) * (random() % 3650) * DAY + random() % HOUR;

	disturbed[month_now()] = true;
	clock_set_wall(clock_wall() + by);
	for (int i = 0; i < 8; i++) {
		clock_advance(MINUTE);
		tick();
	}
	clock_set_wall(clock_wall() - by);
	tick();
	clock_advance(11 * MINUTE);
	disturbed[month_now()] = true;
}

static void reload(void)
{
	static const int days[] = {0, 24, 25, 25, 28};

	disturbed[month_now()] = true;
	settings.reminder_day = days[random() % (long)COUNT_OF(days)];
	settings.reminder_hour = random() % 2 ? 9 : 17;
	off[month_now()] |= settings.reminder_day == 0;
	worker_configure(worker,
		&(struct worker_config){.reader = config->reader, .catalogue = config->catalogue,
			.settings = &settings, .menus = config->menus, .redelivery = 86400,
			.parts = 86400, .part_gap = 3600, .hours = hours_of(&settings)});
}

static bool skipped(const char *kind, int month)
{
	struct audit_row rows[4];
	size_t count;

	assert_int_equal(store_audit_list(store, arena,
				 arena_printf(arena, "%s 2026-%02d", kind, month + 1), rows, 4,
				 &count),
		OK);
	return count > 0;
}

/* It was put, and nothing could be sent while it was of use: it says that it expired. */
static bool expired(int month, int person)
{
	struct outbox rows[64];
	char start[DATE_TEXT];
	size_t count;
	bool found = false;

	snprintf(start, sizeof(start), "2026-%02d", month + 1);
	assert_int_equal(store_outbox_to(store, arena,
				 arena_printf(arena, "+62812000000%02d", person), 0, rows, 64,
				 &count),
		OK);
	for (size_t i = 0; i < count; i++) {
		char day[DATE_TEXT];

		date_format(moment_local(rows[i].created, settings.timezone).date, day);
		found |= strcmp(rows[i].kind, "reminder") == 0 &&
			strcmp(rows[i].state, "expired") == 0 &&
			strncmp(day, start, strlen(start)) == 0;
	}
	return found;
}

/* Exactly once, or it says why not: in every month, disturbed or not. */
static void check_month(int month, unsigned seed)
{
	for (int i = 0; i < PEOPLE; i++) {
		const char *kind = i < KADER ? "reminder" : "summary";
		bool said = skipped(kind, month) || expired(month, i) || (i < KADER && off[month]);

		if (got[month][i] > 1 || (got[month][i] == 0 && !said) ||
			(got[month][i] == 0 && !disturbed[month] && !off[month]))
			fail_msg("seed %u: %s of 2026-%02d for person %d: %d times", seed, kind,
				month + 1, i, got[month][i]);
	}
}

static void live_through(unsigned seed)
{
	srandom(seed);
	while (truth().date.year == 2026) {
		long chance = random() % 2000;

		clock_advance(STEP);
		if (chance < 6)
			down(HOUR + random() % (3 * DAY));
		else if (chance < 12)
			jump();
		else if (chance < 16)
			reload();
		off[month_now()] |= settings.reminder_day == 0;
		tick();
	}
	for (int i = 0; i < 4; i++) { /* a clock that was wrong to the end */
		clock_advance(11 * MINUTE);
		tick();
	}
}

static void test_a_year_with_troubles(void **state)
{
	const char *years = getenv("KABAR_YEARS");
	int many = years ? atoi(years) : 2, once = 0, said = 0;

	for (int year = 0; year < many; year++) {
		if (year > 0) {
			teardown(state);
			setup(state);
		}
		live_through(20261129 + (unsigned)year);
		assert_int_equal(night, 0);
		for (int i = 0; i < 12; i++) {
			check_month(i, 20261129 + (unsigned)year);
			once += got[i][0] == 1;
			said += skipped("reminder", i) + skipped("summary", i);
		}
	}
	print_message("# %d years: %d reminders came once, %d jobs say that they were skipped\n",
		many, once, said);
}

static int64_t due_of(const char *kind)
{
	struct deadline rows[4];
	size_t count;

	assert_int_equal(store_deadline_of_kind(store, arena, kind, rows, 4, &count), OK);
	return count == 1 ? rows[0].due : 0;
}

/* Ten years ahead for a moment, then right again: nothing stays there. */
static void test_nothing_stays_in_a_wrong_future(void **state)
{
	int64_t before;

	(void)state;
	tick();
	before = due_of("reminder");
	assert_int_equal(store_deadline_put(store,
				 &(struct deadline){.kind = "alert", .subject = "1",
					 .due = clock_utc() + 3660 * 86400}),
		OK);
	clock_set_wall(clock_wall() + 3650 * DAY);
	tick();
	clock_advance(MINUTE);
	tick();
	clock_set_wall(clock_wall() - 3650 * DAY);
	tick();
	clock_advance(15 * MINUTE);
	tick();
	assert_int_equal(due_of("reminder"), before);
	assert_in_range(due_of("alert"), clock_utc(), clock_utc() + 6 * 3600);
}

/* 25 → 28 by a reload: on the 28th, and not on the 25th; day 0: not at all. */
static void test_a_changed_day(void **state)
{
	(void)state;
	tick();
	settings.reminder_day = 28;
	tick();
	clock_advance(26 * DAY); /* the 27th */
	tick();
	assert_int_equal(got[0][0], 0);
	clock_advance(DAY + 3 * HOUR);
	tick();
	assert_int_equal(got[0][0], 1);
	settings.reminder_day = 0;
	clock_advance(MINUTE * 2);
	tick();
	assert_int_equal(due_of("reminder"), 0);
	clock_advance(40 * DAY);
	tick();
	assert_int_equal(got[2][0], 0);
}

/* 9 → 14 by a reload: at 14, and not at 9. */
static void test_a_changed_hour(void **state)
{
	int64_t before;

	(void)state;
	settings.reminder_hour = 9;
	tick();
	before = due_of("reminder");
	settings.reminder_hour = 14;
	clock_advance(MINUTE * 2);
	tick();
	assert_int_equal(due_of("reminder"), before + 5 * HOUR / 1000);
	clock_advance(24 * DAY + 4 * HOUR); /* the 25th at 11 */
	tick();
	assert_int_equal(got[0][0], 0);
	clock_advance(4 * HOUR);
	tick();
	assert_int_equal(got[0][0], 1);
}

/* Down over the hour of the 25th, up on the 26th at two in the night: skipped, and said. */
static void test_down_over_its_day(void **state)
{
	struct audit_row rows[4];
	size_t count;

	(void)state;
	clock_advance(23 * DAY + 16 * HOUR);
	tick();
	worker_free(worker);
	clock_advance(27 * HOUR);
	start_worker();
	tick();
	assert_int_equal(truth().date.day, 26);
	assert_int_equal(truth().hour, 2);
	clock_advance(10 * HOUR);
	tick();
	assert_int_equal(got[0][0], 0);
	assert_int_equal(store_audit_list(store, arena, "reminder 2026-01", rows, 4, &count), OK);
	assert_int_equal(count, 1);
	assert_string_equal(rows[0].new_value, "skipped");
}

/* Down over nine o'clock of the 25th, up at noon: it is sent then, also by a gateway that had not
 * planned it. */
static void late_by_hours(bool planned)
{
	struct audit_row rows[4];
	size_t count;

	clock_advance(23 * DAY + 16 * HOUR);
	if (planned)
		tick();
	worker_free(worker);
	clock_advance(13 * HOUR);
	start_worker();
	tick();
	assert_int_equal(truth().date.day, 25);
	assert_int_equal(truth().hour, 12);
	assert_int_equal(got[0][0], 1);
	assert_int_equal(store_audit_list(store, arena, "reminder 2026-01", rows, 4, &count), OK);
	assert_int_equal(count, 0);
}

static void test_down_over_its_hour(void **state)
{
	(void)state;
	late_by_hours(true);
}

static void test_begun_behind_its_hour(void **state)
{
	(void)state;
	late_by_hours(false);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_year_with_troubles),
		TEST(test_nothing_stays_in_a_wrong_future),
		TEST(test_a_changed_day),
		TEST(test_a_changed_hour),
		TEST(test_down_over_its_day),
		TEST(test_down_over_its_hour),
		TEST(test_begun_behind_its_hour),
	};

	if (sodium_init() < 0)
		return 1;
	log_set_quiet(true);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
