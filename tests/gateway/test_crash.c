/* Who is kept unread after which deaths: real processes die here by real signals. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "gateway/os/clock.h"
#include "gateway/os/crash.h"

#define START	1785000000LL
#define MINUTE	60
#define SANI	"+6281200000001"
#define BUDI	"+6281200000002"
#define WATI	"+6281200000003"

static char path[] = "/tmp/kabar-crash-XXXXXX";
static struct crash *crash;

static int setup(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	clock_freeze(START * 1000);
	assert_int_equal(crash_open(&crash, path), OK);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	crash_close(crash);
	clock_thaw();
	(void)unlink(path);
	strcpy(path + strlen(path) - 6, "XXXXXX");
	return 0;
}

static void digest_of(const char *phone, unsigned char digest[DIGEST_SIZE])
{
	memset(digest, 0, DIGEST_SIZE);
	memcpy(digest, phone, strlen(phone) < DIGEST_SIZE ? strlen(phone) : DIGEST_SIZE);
}

/* A process works on a message of this phone, in this lane or (-1) elsewhere, and dies of it, or
 * (sent) of what we send it. */
static void die_of(const char *phone, int lane, int number, bool sent)
{
	int ready[2];
	char octet;
	const struct rlimit none = {0};
	unsigned char digest[DIGEST_SIZE];
	int status;
	pid_t child;

	crash_close(crash);
	crash = NULL;
	digest_of(phone, digest);
	assert_int_equal(pipe(ready), 0);
	child = fork();
	if (child == 0) {
		setrlimit(RLIMIT_CORE, &none);
		if (crash_open(&crash, path) != OK)
			_exit(1);
		crash_watch(crash, lane < 0 ? 0 : (unsigned)lane);
		crash_enter(crash, digest, phone);
		if (lane < 0)
			crash_leave(crash);
		if (!sent)
			kill(getpid(), number);
		if (write(ready[1], "", 1) == 1)
			pause();
		_exit(2);
	}
	close(ready[1]);
	if (sent) {
		assert_int_equal(read(ready[0], &octet, 1), 1);
		assert_int_equal(kill(child, number), 0);
	}
	close(ready[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), number);
	assert_int_equal(crash_open(&crash, path), OK);
}

static void die(const char *phone, int lane, int number)
{
	die_of(phone, lane, number, false);
}

static bool guilty(const char *phone)
{
	unsigned char digest[DIGEST_SIZE];

	digest_of(phone, digest);
	return crash_guilty(crash, digest);
}

static bool suspected(const char *phone)
{
	unsigned char digest[DIGEST_SIZE];

	digest_of(phone, digest);
	return crash_suspected(crash, digest);
}

static void pass(int minutes)
{
	clock_advance(minutes * MINUTE * 1000LL);
}

static struct crash_holds holds(void)
{
	struct crash_holds now;

	crash_holds(crash, clock_utc(), &now);
	return now;
}

static bool kept(const char *phone)
{
	return crash_holds_phone(crash, clock_utc(), phone);
}

static void test_a_phone_twice_in_an_hour(void **state)
{
	(void)state;
	die(SANI, 0, SIGSEGV);
	assert_false(kept(SANI));
	pass(59);
	die(SANI, 1, SIGABRT);
	assert_true(kept(SANI));
	assert_false(kept(BUDI));
	assert_int_equal(holds().phones, 1);
	assert_string_equal(holds().phone, SANI);
	assert_int_equal(holds().strangers_until, 0);
	pass(59);
	assert_true(kept(SANI));
	pass(2);
	assert_false(kept(SANI));
	assert_int_equal(holds().phones, 0);
}

static void test_twice_in_more_than_an_hour(void **state)
{
	(void)state;
	die(SANI, 0, SIGSEGV);
	pass(61);
	die(SANI, 0, SIGSEGV);
	assert_false(kept(SANI));
}

static void test_three_in_ten_minutes(void **state)
{
	(void)state;
	die(SANI, 0, SIGBUS);
	pass(5);
	die(BUDI, 0, SIGFPE);
	pass(4);
	die(WATI, 0, SIGILL);
	assert_int_equal(holds().deaths, 3);
	assert_int_equal(holds().phones, 0);
	assert_int_equal(holds().strangers_until, clock_utc() + 3600);
	pass(40);
	die(BUDI, 0, SIGSEGV); /* an hour without a death begins anew */
	assert_int_equal(holds().strangers_until, clock_utc() + 3600);
	pass(59);
	assert_int_not_equal(holds().strangers_until, 0);
	pass(2);
	assert_int_equal(holds().strangers_until, 0);
}

static void test_three_in_eleven_minutes(void **state)
{
	(void)state;
	die(SANI, 0, SIGSEGV);
	pass(6);
	die(BUDI, 0, SIGSEGV);
	pass(5);
	die(WATI, 0, SIGSEGV);
	assert_int_equal(holds().strangers_until, 0);
}

static void test_six_in_an_hour(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++) {
		die(i % 2 ? SANI : BUDI, 0, SIGSEGV);
		pass(11);
	}
	assert_int_equal(holds().all_until, 0);
	die(WATI, 0, SIGSEGV);
	assert_int_equal(holds().all_until, clock_utc() + 3600);
	pass(61);
	assert_int_equal(holds().all_until, 0);
	assert_int_equal(holds().deaths, 0);
	for (int i = 0; i < 20; i++) /* more than are remembered */
		die(SANI, 0, SIGSEGV);
	assert_int_equal(holds().all_until, clock_utc() + 3600);
}

/* What kills from outside (an operator, no power) says nothing about whose fault it was. */
static void test_killed_from_outside(void **state)
{
	unsigned char digest[DIGEST_SIZE];

	(void)state;
	digest_of(SANI, digest);
	for (int i = 0; i < 2; i++)
		die(SANI, 0, SIGKILL);
	assert_true(suspected(SANI)); /* but of the message itself */
	assert_false(guilty(SANI)); /* it may have been there twice by chance */
	die(SANI, 0, SIGKILL);
	assert_true(guilty(SANI));
	assert_int_equal(holds().deaths, 0);
	assert_false(kept(SANI));
	crash_forget(crash, digest);
	assert_false(suspected(SANI));
}

static void test_by_a_signal_twice(void **state)
{
	(void)state;
	die(SANI, 0, SIGSEGV);
	assert_true(suspected(SANI));
	assert_false(guilty(SANI));
	die(SANI, 3, SIGSEGV);
	assert_true(guilty(SANI));
	assert_false(suspected(BUDI));
}

/* The watchdog ends a process that is stuck: the signal comes in no worker's thread. */
static void test_stuck(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_false(guilty(SANI));
		die_of(SANI, 0, SIGABRT, true);
	}
	assert_true(guilty(SANI));
	assert_int_equal(holds().deaths, 0);
	die_of(SANI, -1, SIGABRT, true); /* nobody was at work */
	assert_int_equal(holds().deaths, 1);
}

static void test_a_death_without_a_message(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++)
		die(SANI, -1, SIGSEGV);
	assert_false(suspected(SANI));
	assert_false(kept(SANI));
	assert_int_not_equal(holds().strangers_until, 0);
}

static void test_the_operator_is_told_of_each(void **state)
{
	(void)state;
	die(SANI, 0, SIGSEGV);
	assert_false(crash_untold(crash, clock_utc()));
	die(SANI, 0, SIGSEGV);
	assert_true(crash_untold(crash, clock_utc()));
	crash_told(crash);
	assert_false(crash_untold(crash, clock_utc()));
	die(BUDI, 0, SIGSEGV);
	assert_true(crash_untold(crash, clock_utc()));
}

/* A clock that was ten years ahead for a moment keeps nobody unread for ten years. */
static void test_a_wrong_clock(void **state)
{
	(void)state;
	clock_set_wall(clock_wall() + 3650LL * 86400 * 1000);
	die(SANI, 0, SIGSEGV);
	die(SANI, 0, SIGSEGV);
	clock_set_wall(START * 1000);
	crash_close(crash);
	assert_int_equal(crash_open(&crash, path), OK);
	assert_true(kept(SANI));
	pass(61);
	assert_false(kept(SANI));
}

/* The file of the program before this one: how far it had acknowledged is not forgotten. */
static void test_the_form_before(void **state)
{
	int fd;

	(void)state;
	crash_acknowledge(crash, 4711);
	die(SANI, 0, SIGSEGV);
	die(SANI, 0, SIGSEGV);
	crash_close(crash);
	fd = open(path, O_RDWR | O_CLOEXEC);
	assert_int_equal(pwrite(fd, "KABARCR2", 8, 0), 8);
	close(fd);
	assert_int_equal(crash_open(&crash, path), OK);
	assert_int_equal(crash_acknowledged(crash), 4711);
	assert_int_equal(holds().deaths, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_phone_twice_in_an_hour),
		TEST(test_twice_in_more_than_an_hour),
		TEST(test_three_in_ten_minutes),
		TEST(test_three_in_eleven_minutes),
		TEST(test_six_in_an_hour),
		TEST(test_killed_from_outside),
		TEST(test_by_a_signal_twice),
		TEST(test_stuck),
		TEST(test_a_death_without_a_message),
		TEST(test_the_operator_is_told_of_each),
		TEST(test_a_wrong_clock),
		TEST(test_the_form_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
