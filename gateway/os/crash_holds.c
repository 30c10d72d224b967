/* Whose messages are kept unread, judged by the last deaths: see crash.h. */
#include <string.h>

#include "gateway/os/crash.h"
#include "gateway/os/crash_page.h"

#define HOUR		 3600
#define PHONE_DEATHS	 2
#define STRANGERS_DEATHS 3
#define STRANGERS_SPAN	 600
#define ALL_DEATHS	 6

static size_t kept(const struct page *page)
{
	return page->ndeath < DEATHS ? page->ndeath : DEATHS;
}

/* The i-th of those that are kept, oldest first. */
static const struct crash_death *death_at(const struct page *page, size_t i)
{
	return &page->deaths[(page->ndeath - kept(page) + i) % DEATHS];
}

/* `most` deaths within `span` seconds begin it, an hour without any ends it. */
static int64_t until(const struct page *page, int64_t now, size_t most, int64_t span)
{
	int64_t end = 0;

	for (size_t i = 0; i < kept(page); i++) {
		int64_t at = death_at(page, i)->at;

		if (at >= end)
			end = 0;
		if (end > 0 ||
			(i + 1 >= most && at - death_at(page, i + 1 - most)->at <= span))
			end = at + HOUR;
	}
	return now < end ? end : 0;
}

static int64_t phone_until(const struct page *page, int64_t now, const char *phone)
{
	int64_t before = 0, end = 0;

	for (size_t i = 0; i < kept(page); i++) {
		const struct crash_death *death = death_at(page, i);

		if (strcmp(death->phone, phone) != 0)
			continue;
		if (before > 0 && death->at - before <= HOUR)
			end = death->at + HOUR;
		before = death->at;
	}
	_Static_assert(PHONE_DEATHS == 2, "one death before this one");
	return now < end ? end : 0;
}

void crash_holds(const struct crash *crash, int64_t now, struct crash_holds *out)
{
	const struct page *page = crash ? crash->page : NULL;

	*out = (struct crash_holds){0};
	for (size_t i = 0; page && i < kept(page); i++) {
		const struct crash_death *death = death_at(page, i);
		bool again = false;
		int64_t end;

		if (now - death->at >= HOUR)
			continue;
		out->deaths++;
		out->bare |= death->holding;
		for (size_t k = i + 1; k < kept(page); k++)
			again |= strcmp(death_at(page, k)->phone, death->phone) == 0;
		end = again || !*death->phone ? 0 : phone_until(page, now, death->phone);
		if (end == 0)
			continue;
		out->phones++;
		out->phones_until = end > out->phones_until ? end : out->phones_until;
		copy_string(out->phone, sizeof(out->phone), death->phone);
	}
	if (out->deaths == 0)
		return;
	out->strangers_until = until(page, now, STRANGERS_DEATHS, STRANGERS_SPAN);
	out->all_until = until(page, now, ALL_DEATHS, HOUR);
}

bool crash_holds_phone(const struct crash *crash, int64_t now, const char *phone)
{
	char name[PHONE];

	if (!crash || crash->page->ndeath == 0)
		return false;
	copy_string(name, sizeof(name), phone);
	return phone_until(crash->page, now, name) > 0;
}
