/* The crash memory: see crash.h. */
#include "gateway/os/crash.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

#define SUSPECTS 16

static const char magic[8] = "KABARCR2";

struct suspect {
	unsigned char digest[DIGEST_SIZE];
	uint32_t deaths; /* 0: free */
};

struct page {
	char magic[8];
	uint32_t running;
	uint32_t next; /* the slot to be overwritten when all are taken */
	int64_t acknowledged; /* the highest inbound message that was committed */
	unsigned char current[DIGEST_SIZE];
	struct suspect suspects[SUSPECTS];
};

struct crash {
	struct page *page;
	int fd; /* locked: one gateway per store */
	bool any; /* somebody is suspected: else nothing needs a look */
};

static struct suspect *find(const struct crash *crash, const unsigned char *digest)
{
	for (size_t i = 0; i < SUSPECTS; i++) {
		struct suspect *suspect = &crash->page->suspects[i];

		if (suspect->deaths > 0 && memcmp(suspect->digest, digest, DIGEST_SIZE) == 0)
			return suspect;
	}
	return NULL;
}

static struct suspect *new_suspect(struct page *page)
{
	for (size_t i = 0; i < SUSPECTS; i++) {
		if (page->suspects[i].deaths == 0)
			return &page->suspects[i];
	}
	page->next = (page->next + 1) % SUSPECTS;
	return &page->suspects[page->next];
}

static void blame(struct crash *crash)
{
	struct page *page = crash->page;
	struct suspect *suspect;

	if (page->running) {
		suspect = find(crash, page->current);
		if (!suspect) {
			suspect = new_suspect(page);
			memcpy(suspect->digest, page->current, DIGEST_SIZE);
			suspect->deaths = 0;
		}
		suspect->deaths++;
		page->running = 0;
	}
	for (size_t i = 0; i < SUSPECTS; i++)
		crash->any |= page->suspects[i].deaths > 0;
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
	if (memcmp((*page)->magic, magic, sizeof(magic)) != 0) {
		memset(mapped, 0, sizeof(struct page));
		memcpy((*page)->magic, magic, sizeof(magic));
	}
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
	blame(crash);
	*out = crash;
	return OK;
}

void crash_close(struct crash *crash)
{
	if (!crash)
		return;
	munmap(crash->page, sizeof(*crash->page));
	close(crash->fd);
	free(crash);
}

void crash_acknowledge(struct crash *crash, int64_t inbound)
{
	if (crash && inbound > crash->page->acknowledged)
		crash->page->acknowledged = inbound;
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

void crash_enter(struct crash *crash, const unsigned char digest[DIGEST_SIZE])
{
	if (!crash)
		return;
	memcpy(crash->page->current, digest, DIGEST_SIZE);
	atomic_signal_fence(memory_order_seq_cst);
	*(volatile uint32_t *)&crash->page->running = 1;
}

void crash_leave(struct crash *crash)
{
	if (crash)
		*(volatile uint32_t *)&crash->page->running = 0;
}

unsigned crash_deaths(const struct crash *crash, const unsigned char digest[DIGEST_SIZE])
{
	const struct suspect *suspect = crash && crash->any ? find(crash, digest) : NULL;

	return suspect ? suspect->deaths : 0;
}

void crash_forget(struct crash *crash, const unsigned char digest[DIGEST_SIZE])
{
	struct suspect *suspect = crash && crash->any ? find(crash, digest) : NULL;

	if (suspect)
		suspect->deaths = 0;
}
