/* A sample district's months, as its people would have written them: for demonstrations, training,
 * and tests. Every text goes through the gateway's own worker on a virtual clock. */
#ifndef TOOLS_FILL_H
#define TOOLS_FILL_H

#include "gateway/config/config_load.h"
#include "store/base/store.h"

struct fill_options {
	int months; /* whole months before the current one, which is filled up to now */
	uint32_t seed;
	int64_t now; /* UTC */
};

struct fill_result {
	size_t messages;
};

/* ERR_NOT_FOUND: nobody is on file who could report. Leaves the clock as it was. */
int fill_store(struct config *config, struct store *store, const struct fill_options *options,
	struct fill_result *result) MUST_CHECK;

/* One text that somebody writes at a time. */
struct fill_event {
	int64_t at; /* UTC */
	const char *from, *text;
};
struct fill_day {
	struct arena *arena;
	struct fill_event *list;
	size_t count, room;
	struct date date;
	int timezone;
};
void fill_add(struct fill_day *day, int minute, const char *from, const char *text);

/* Who reports for a desa. */
struct fill_desa {
	const struct area *area;
	const char *bidan, *kader;
	bool ilp;
	int quality; /* 0 … 99: how well it reports and attends */
};

struct fill_random {
	uint64_t state;
};
uint32_t fill_below(struct fill_random *random, uint32_t limit);

/* fill_texts.c: what a desa's people write on a day. last: the last day of the sample. */
void fill_desa_day(struct fill_random *random, const struct fill_desa *desa,
	const struct gazetteer *places, struct fill_day *day, bool last);
/* What comes from nobody in particular: questions, registrations, deaths in words. */
void fill_other(struct fill_random *random, const struct fill_desa *desa, struct fill_day *day,
	bool last);

#endif
