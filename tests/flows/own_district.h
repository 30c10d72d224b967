/* A small district in whose name texts of ours are sent back: what harm do they do? */
#ifndef TESTS_FLOWS_OWN_DISTRICT_H
#define TESTS_FLOWS_OWN_DISTRICT_H

#include "flows/flow.h"
#include "gateway/config/config_load.h"

#define BIDAN        "+6281200000001"
#define KADER        "+6281200000002"
#define DINKES       "+6281200000009"
#define DISTRICT_NOW 1723687200 /* 2024-08-15 09:00 WIB */
#define WAYS         5          /* in which a text comes back */

struct district {
	struct config *config;
	struct store *store;
	struct gazetteer *places;
	struct arena *arena;
	struct flow flow;
};

extern struct district district;

/* For cmocka_run_group_tests(). */
int district_setup(void **state);
int district_teardown(void **state);

/* A random number below count; the same ones in every run. */
size_t any(size_t count);
#define ONE(list) (list)[any(COUNT_OF(list))]
/* A coded report with random values. */
const char *some_report(void);

void person_put(const char *phone, const char *name, const char *role, const char *area,
	const char *posyandu, const char *language);
/* As a person sends it: the SMS is stored and handled. */
void send_from(const char *phone, const char *text);
/* The text as it comes back: bare, quoted, cut at 160, in small letters, forwarded. */
const char *sent_back(size_t way, const char *text);

struct harm {
	int64_t reports, alerts, answers;
};

/* What the text does when that phone sends it in that way; nothing of it stays. */
struct harm harm_of(const char *phone, size_t way, const char *text);
void harm_add(struct harm *sum, struct harm one);

#endif
