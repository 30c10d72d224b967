/* The crash memory: see crash.h. */
#include "gateway/os/crash.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

#include "gateway/os/clock.h"
#include "gateway/os/crash_page.h"

/* What a death says against a message in progress, and how much is enough. */
#define POINTS_SIGNAL 3
#define POINTS_KILLED 2
#define POINTS_GUILTY 6

static const char magic[8] = "KABARCR4";

static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS};
static struct crash *_Atomic watched; /* by the handler of fatal signals */
static _Thread_local struct crash_lane *mine; /* NULL: this thread works on no messages */

static struct suspect *find(const struct crash *crash, const unsigned char *digest)
{
	for (size_t i = 0; i < SUSPECTS; i++) {
		struct suspect *suspect = &crash->page->suspects[i];

		if (suspect->points > 0 && memcmp(suspect->digest, digest, DIGEST_SIZE) == 0)
			return suspect;
	}
	return NULL;
}

static struct suspect *new_suspect(struct page *page)
{
	for (size_t i = 0; i < SUSPECTS; i++) {
		if (page->suspects[i].points == 0)
			return &page->suspects[i];
	}
	page->next = (page->next + 1) % SUSPECTS;
	return &page->suspects[page->next];
}

static void suspect(struct crash *crash, const struct crash_lane *lane)
{
	struct suspect *suspect = find(crash, lane->current);

	if (!suspect) {
		suspect = new_suspect(crash->page);
		memcpy(suspect->digest, lane->current, DIGEST_SIZE);
		suspect->points = 0;
	}
	suspect->points += lane->signal ? POINTS_SIGNAL : POINTS_KILLED;
}

static void note_death(struct page *page, int64_t now, const struct crash_lane *lane)
{
	struct crash_death *death = &page->deaths[page->ndeath++ % DEATHS];

	*death = (struct crash_death){.at = now, .holding = lane && lane->holding};
	if (lane)
		memcpy(death->phone, lane->phone, sizeof(death->phone));
}

/* A thread that got the signal is to blame, and nobody else; killed from outside, whatever was at
 * work may have been the cause. */
static void blame(struct crash *crash, int64_t now)
{
	struct page *page = crash->page;
	bool sure = page->signal != 0;

	for (size_t i = 0; i < CRASH_LANES; i++)
		sure |= page->lanes[i].signal != 0;
	for (size_t i = 0; i < CRASH_LANES; i++) {
		struct crash_lane *lane = &page->lanes[i];

		if (lane->running && (!sure || lane->signal))
			suspect(crash, lane);
		if (lane->signal)
			note_death(page, now, lane->running ? lane : NULL);
		lane->running = lane->holding = lane->signal = 0;
	}
	if (page->signal)
		note_death(page, now, NULL);
	page->signal = 0;
	for (size_t i = 0; i < DEATHS; i++) { /* the clock was wrong */
		if (page->deaths[i].at > now)
			page->deaths[i].at = now;
	}
	for (size_t i = 0; i < SUSPECTS; i++)
		crash->any |= page->suspects[i].points > 0;
}

/* Of a program before this one: what comes behind those who are suspected stands elsewhere. */
static bool is_older(const struct page *page)
{
	return memcmp(page->magic, "KABARCR2", sizeof(magic)) == 0 ||
		memcmp(page->magic, "KABARCR3", sizeof(magic)) == 0;
}

/* ERR_EXISTS: a running gateway has it. */
static int page_open(struct page **page, int *fd, const char *path)
{
	void *mapped;

	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
	if (*fd < 0)
		return ERR_SYSTEM;
	if (flock(*fd, LOCK_EX | LOCK_NB) != 0)
		goto failed;
	/* Real blocks, not a hole: writing to a hole on a full disk is a SIGBUS. */
	errno = posix_fallocate(*fd, 0, sizeof(struct page));
	if (errno != 0)
		goto failed;
	mapped = mmap(NULL, sizeof(struct page), PROT_READ | PROT_WRITE, MAP_SHARED, *fd, 0);
	if (mapped == MAP_FAILED)
		goto failed;
	*page = mapped;
	if (is_older(*page))
		memset(&(*page)->signal, 0,
			sizeof(struct page) - offsetof(struct page, signal));
	else if (memcmp((*page)->magic, magic, sizeof(magic)) != 0)
		memset(mapped, 0, sizeof(struct page));
	memcpy((*page)->magic, magic, sizeof(magic));
	return OK;
failed:
	close(*fd);
	return errno == EWOULDBLOCK ? ERR_EXISTS : ERR_SYSTEM;
}

int crash_open(struct crash **out, const char *path)
{
	struct crash *crash;
	struct page *page;
	int fd, rc;

	*out = NULL;
	rc = page_open(&page, &fd, path);
	if (rc != OK)
		return rc;
	crash = xcalloc(1, sizeof(*crash));
	crash->page = page;
	crash->fd = fd;
	blame(crash, clock_utc());
	*out = crash;
	return OK;
}

void crash_close(struct crash *crash)
{
	if (!crash)
		return;
	if (watched == crash) {
		for (size_t i = 0; i < sizeof(fatal) / sizeof(fatal[0]); i++)
			(void)signal(fatal[i], SIG_DFL);
		watched = NULL;
	}
	munmap(crash->page, sizeof(*crash->page));
	close(crash->fd);
	free(crash);
}

void crash_acknowledge(struct crash *crash, int64_t inbound)
{
	int64_t *known = crash ? &crash->page->acknowledged : NULL, before;

	if (!crash)
		return;
	before = __atomic_load_n(known, __ATOMIC_RELAXED);
	while (inbound > before && !__atomic_compare_exchange_n(known, &before, inbound, false,
					   __ATOMIC_RELAXED, __ATOMIC_RELAXED))
		;
}

int64_t crash_acknowledged(const struct crash *crash)
{
	return crash->page->acknowledged;
}

int crash_accept(const char *path, int64_t inbound)
{
	struct page *page;
	int fd, rc = page_open(&page, &fd, path);

	if (rc != OK)
		return rc;
	page->acknowledged = inbound;
	rc = msync(page, sizeof(*page), MS_SYNC) == 0 ? OK : ERR_SYSTEM;
	munmap(page, sizeof(*page));
	close(fd);
	return rc;
}

static bool at_work(const struct page *page)
{
	for (size_t i = 0; i < CRASH_LANES; i++) {
		if (page->lanes[i].running)
			return true;
	}
	return false;
}

/* Async-signal-safe: notes whose thread it was, and lets the signal do what it would have done. */
static void on_fatal(int number, siginfo_t *info, void *context)
{
	struct crash *crash = watched;
	bool sent = info->si_code == SI_USER && info->si_pid != getpid();

	(void)context;
	if (sent && crash && at_work(crash->page))
		; /* the watchdog: somebody is stuck; blame() sees who was at work */
	else if (mine)
		mine->signal = (uint32_t)number;
	else if (crash)
		crash->page->signal = (uint32_t)number;
	(void)raise(number); /* the handler is reset; it comes when we return */
}

void crash_watch(struct crash *crash, unsigned lane)
{
	static _Thread_local char room[16384]; /* a stack that overflowed holds no handler */
	const stack_t stack = {.ss_sp = room, .ss_size = sizeof(room)};
	stack_t before;
	struct sigaction action = {
		.sa_sigaction = on_fatal,
		.sa_flags = (int)(SA_SIGINFO | SA_ONSTACK | SA_RESETHAND)};

	if (!crash)
		return;
	mine = &crash->page->lanes[lane % CRASH_LANES];
	watched = crash;
	if (sigaltstack(NULL, &before) == 0 && before.ss_flags & SS_DISABLE)
		(void)sigaltstack(&stack, NULL); /* else it is a sanitizer's, and does */
	for (size_t i = 0; i < sizeof(fatal) / sizeof(fatal[0]); i++)
		(void)sigaction(fatal[i], &action, NULL);
}

static struct crash_lane *lane_of(const struct crash *crash)
{
	return mine ? mine : &crash->page->lanes[0];
}

void crash_enter(struct crash *crash, const unsigned char digest[DIGEST_SIZE], const char *phone)
{
	struct crash_lane *lane;

	if (!crash)
		return;
	lane = lane_of(crash);
	memcpy(lane->current, digest, DIGEST_SIZE);
	copy_string(lane->phone, sizeof(lane->phone), phone);
	lane->holding = 0;
	atomic_signal_fence(memory_order_seq_cst);
	*(volatile uint32_t *)&lane->running = 1;
}

void crash_holding(struct crash *crash)
{
	if (crash)
		*(volatile uint32_t *)&lane_of(crash)->holding = 1;
}

void crash_leave(struct crash *crash)
{
	if (crash)
		*(volatile uint32_t *)&lane_of(crash)->running = 0;
}

static uint32_t points(const struct crash *crash, const unsigned char *digest)
{
	const struct suspect *suspect = crash && crash->any ? find(crash, digest) : NULL;

	return suspect ? suspect->points : 0;
}

bool crash_suspected(const struct crash *crash, const unsigned char digest[DIGEST_SIZE])
{
	return points(crash, digest) > 0;
}

bool crash_guilty(const struct crash *crash, const unsigned char digest[DIGEST_SIZE])
{
	return points(crash, digest) >= POINTS_GUILTY;
}

void crash_forget(struct crash *crash, const unsigned char digest[DIGEST_SIZE])
{
	struct suspect *suspect = crash && crash->any ? find(crash, digest) : NULL;

	if (suspect)
		suspect->points = 0;
}

bool crash_untold(const struct crash *crash, int64_t now)
{
	struct crash_holds holds;

	if (!crash || crash->page->told == crash->page->ndeath)
		return false;
	crash_holds(crash, now, &holds);
	return holds.phones > 0 || holds.strangers_until > 0 || holds.all_until > 0;
}

void crash_told(struct crash *crash)
{
	crash->page->told = crash->page->ndeath;
}
