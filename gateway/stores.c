/* Opening the store: see stores.h. */
#include "gateway/stores.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "gateway/os/clock.h"
#include "gateway/os/identity.h"
#include "gateway/os/log.h"
#include "gateway/os/notify.h"
#include "store/message/gateway.h"

#define MB	(1 << 20)
#define SERIAL_BLOCK 20
#define PATIENCE_MS  60000 /* of a start; then whoever watches us starts anew */
#define PAUSE_MS     1000  /* between two tries */

/* Each gateway has a name, and each name one gateway. */
static int take_name(struct gateway *gateway)
{
	char host[64] = "?", holder[96], detail[IDENTITY_DETAIL] = "";
	int rc;

	gethostname(host, sizeof(host) - 1);
	snprintf(holder, sizeof(holder), "%s, process %ld", host, (long)getpid());
	rc = store_gateway_take(
		gateway->stores[0], gateway->config->main.name, holder, detail);
	if (rc != OK)
		log_error("store", "refused: %s", detail);
	return rc;
}

/* The others speak in the name that the first has taken. */
static int open_others(struct gateway *gateway, const struct store_options *options)
{
	const char *name = gateway->config->main.name;
	char detail[IDENTITY_DETAIL] = "";
	int rc = OK;

	while (rc == OK && gateway->nstore < (unsigned)gateway->config->main.workers) {
		rc = store_open(&gateway->stores[gateway->nstore], options, detail);
		if (rc == OK)
			rc = store_gateway_join(gateway->stores[gateway->nstore++], name);
	}
	if (rc != OK)
		log_error("store", "connection %u cannot be opened error=\"%s\" detail=\"%s\"",
			gateway->nstore + 1, error_text(rc), detail);
	return rc;
}

/* What this machine keeps of the store beside it. */
static int open_crash(struct gateway *gateway)
{
	char *path;
	int rc;

	if (gateway->crash != NULL)
		return OK;
	path = xasprintf("%s.crash", gateway->config->main.store_path);
	rc = crash_open(&gateway->crash, path);
	if (rc != OK)
		log_error("store", "crash memory %s: %s", path,
			rc == ERR_EXISTS ? "another kabard has this store" : strerror(errno));
	free(path);
	return rc;
}

static int open_once(struct gateway *gateway, const struct store_options *options)
{
	char detail[IDENTITY_DETAIL] = "";
	int rc = store_open(&gateway->stores[0], options, detail);

	if (rc != OK) {
		log_error("store", "cannot be opened error=\"%s\" detail=\"%s\"", error_text(rc),
			detail);
		return rc;
	}
	gateway->nstore = 1;
	rc = open_crash(gateway);
	if (rc == OK)
		rc = identity_check(gateway->stores[0], gateway->config->main.store_path,
			gateway->crash, detail);
	if (rc == ERR_STATE)
		log_error("store", "refused: %s", detail);
	if (rc == OK)
		rc = take_name(gateway);
	if (rc == OK && options->conninfo)
		rc = open_others(gateway, options);
	return rc;
}

/* A server may be starting, or the next one not promoted yet: no reason to end. */
static bool wait_for_server(int64_t until)
{
	const struct timespec pause = {
		.tv_sec = PAUSE_MS / 1000, .tv_nsec = PAUSE_MS % 1000 * 1000000};

	if (clock_now() + PAUSE_MS > until)
		return false;
	notify("EXTEND_TIMEOUT_USEC=30000000\nSTATUS=waits for the store");
	nanosleep(&pause, NULL);
	return true;
}

int stores_open(struct gateway *gateway)
{
	const struct config_main *main_file = &gateway->config->main;
	bool sqlite = main_file->store_driver == 0;
	int64_t until = sqlite ? 0 : clock_now() + PATIENCE_MS;
	const struct store_options options = {
		.driver = sqlite ? "sqlite" : "postgres",
		.path = sqlite ? main_file->store_path : NULL,
		.conninfo = sqlite ? NULL : main_file->store_conninfo,
		.key = main_file->store_key,
		.busy_ms = 3000,
		.serial_block = SERIAL_BLOCK,
		.must_exist = true,
		.sync_later = true,
	};
	int rc;

	while ((rc = open_once(gateway, &options)) == ERR_STORE_BUSY && wait_for_server(until))
		stores_close(gateway);
	if (sqlite && gateway->nstore > 0)
		gateway->disk = disk_new(&(struct disk_setup){
			.path = main_file->store_path,
			.reserve = (int64_t)main_file->disk_reserve * MB,
			.ballast = (int64_t)main_file->ballast * MB,
		});
	return rc;
}

void stores_close(struct gateway *gateway)
{
	while (gateway->nstore > 0)
		store_close(gateway->stores[--gateway->nstore]);
}
