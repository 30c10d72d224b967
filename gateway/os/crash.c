/* The crash memory: see crash.h. */
#include "gateway/os/crash.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define SUSPECTS 16

static const char magic[8] = "KABARCR1";

struct suspect {
	unsigned char digest[DIGEST_SIZE];
	uint32_t deaths; /* 0: free */
};

struct page {
	char magic[8];
	uint32_t running;
	uint32_t next; /* the slot to be overwritten when all are taken */
	unsigned char current[DIGEST_SIZE];
	struct suspect suspects[SUSPECTS];
};

struct crash {
	struct page *page;
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

int crash_open(struct crash **out, const char *path)
{
	struct crash *crash;
	void *page;
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);

	*out = NULL;
	if (fd < 0)
		return ERR_SYSTEM;
	/* Real blocks, not a hole: writing to a hole on a full disk is a SIGBUS. */
	if (posix_fallocate(fd, 0, sizeof(struct page)) != 0) {
		close(fd);
		return ERR_SYSTEM;
	}
	page = mmap(NULL, sizeof(struct page), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	if (page == MAP_FAILED)
		return ERR_SYSTEM;
	crash = xcalloc(1, sizeof(*crash));
	crash->page = page;
	if (memcmp(crash->page->magic, magic, sizeof(magic)) != 0) {
		memset(page, 0, sizeof(struct page));
		memcpy(crash->page->magic, magic, sizeof(magic));
	}
	blame(crash);
	*out = crash;
	return OK;
}

void crash_close(struct crash *crash)
{
	if (!crash)
		return;
	munmap(crash->page, sizeof(*crash->page));
	free(crash);
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
