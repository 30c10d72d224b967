/* The mapped file of the crash memory, shared by crash*.c only. */
#ifndef GATEWAY_CRASH_PAGE_H
#define GATEWAY_CRASH_PAGE_H

#include "store/message/inbound.h"

#define CRASH_LANES 16 /* half of them for threads that read ahead */
#define SUSPECTS 16
#define DEATHS	 16
#define PHONE	 24

struct suspect {
	unsigned char digest[DIGEST_SIZE];
	uint32_t points; /* 0: free */
};

struct crash_lane { /* one thread that works on messages */
	uint32_t running, holding;
	uint32_t signal; /* the fatal one that came in this thread; 0: none */
	unsigned char current[DIGEST_SIZE];
	char phone[PHONE];
};

struct crash_death { /* by a fatal signal */
	int64_t at; /* UTC, when it was seen: at the next start */
	uint32_t holding;
	char phone[PHONE]; /* "": not while a phone's message was worked on */
};

/* The first three members are those of the form before this one. */
struct page {
	char magic[8];
	uint32_t running_before;
	uint32_t next; /* the slot to be overwritten when all are taken */
	int64_t acknowledged; /* the highest inbound message that was committed */
	unsigned char current_before[DIGEST_SIZE];
	struct suspect suspects[SUSPECTS];
	uint32_t signal; /* a fatal one in a thread without a lane */
	uint32_t ndeath; /* ever; the last DEATHS of them are kept */
	uint32_t told; /* so many of them the operator was told */
	struct crash_lane lanes[CRASH_LANES];
	struct crash_death deaths[DEATHS];
};

struct crash {
	struct page *page;
	int fd; /* locked: one gateway per store */
	bool any; /* somebody is suspected: else nothing needs a look */
};

#endif
