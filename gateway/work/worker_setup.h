/* What a worker works with: given once, and what a reload may change. */
#ifndef GATEWAY_WORKER_SETUP_H
#define GATEWAY_WORKER_SETUP_H

#include "flows/flow.h"
#include "flows/rules/hours.h"
#include "gateway/inbox/item.h"
#include "gateway/os/crash.h"
#include "gateway/os/disk.h"
#include "gateway/out/outgoing.h"
#include "gateway/out/share.h"
#include "store/report/figures.h"

struct worker_reading; /* worker_reading.h */

struct worker_config {
	/* what a reload may change; all of it outlives the next worker_configure() */
	const struct reader *reader;
	const struct catalogue *catalogue;
	const struct flow_settings *settings;
	const struct menus *menus; /* NULL: no USSD */
	const struct checkups *checkups; /* NULL: none */
	int64_t redelivery; /* seconds */
	int64_t parts, part_gap; /* seconds */
	struct hours hours; /* quiet ones */
};

struct config; /* gateway/config/config_load.h */
struct worker_config worker_config_of(const struct config *config);

struct worker_setup {
	struct store *store; /* the worker's own connection */
	bool shared; /* with other gateways: what is claimed is held by signs of life */
	struct crash *crash; /* NULL: no crash memory */
	struct disk *disk; /* NULL: no early refusal */
	/* rows that may leave now, others wait in the store; NULL: no limit */
	void (*shares)(void *context, struct shares *out);
	void *context;
	struct worker_config config;
};

/* A gateway that shares the store, this one too. */
#define SURVEY_GATEWAYS 16
struct survey_gateway {
	char name[64], holder[96];
	int64_t silent; /* seconds since its last sign of life */
};

/* How the store is doing. */
struct survey {
	int64_t at; /* clock_now(); 0: not yet */
	int64_t utc;
	struct store_figures figures;
	struct disk_figures disk;
	struct survey_gateway gateways[SURVEY_GATEWAYS];
	size_t ngateway; /* 0: the store is not shared */
};

/* How much may be claimed. */
struct worker_rooms { /* [0] any link, [k + 1] shares.list[k] */
	struct shares shares;
	size_t room[SHARES_MAX + 1][OUTBOX_CLASSES];
	/* rows wait in the store for room: later ones queue up behind them */
	bool spilled[SHARES_MAX + 1][OUTBOX_CLASSES];
};

#endif
